/* words.h - the vocabularies that members take their words from. */
#ifndef POUPA__MODEL_WORDS_H
#define POUPA__MODEL_WORDS_H

#include "poupa/model.h"

extern const poupa_vocabulary poupa__area_types;
extern const poupa_vocabulary poupa__channel_types;
extern const poupa_vocabulary poupa__unit_types;
extern const poupa_vocabulary poupa__unit_statuses;
extern const poupa_vocabulary poupa__service_statuses;
extern const poupa_vocabulary poupa__bookings;
extern const poupa_vocabulary poupa__access_rules;
extern const poupa_vocabulary poupa__measures;
extern const poupa_vocabulary poupa__measure_units;
extern const poupa_vocabulary poupa__qualifiers;
extern const poupa_vocabulary poupa__observations;
extern const poupa_vocabulary poupa__claim_kinds;

int32_t poupa__vocabulary_find(const poupa_vocabulary *vocabulary, const char *word, size_t size);

#endif
