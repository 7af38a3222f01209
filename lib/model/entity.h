/* entity.h - copying entities into a catalogue, and comparing them. */
#ifndef POUPA__MODEL_ENTITY_H
#define POUPA__MODEL_ENTITY_H

#include "base/memory.h"
#include "poupa/model.h"

/* Any entity's struct. */
typedef union poupa__any_entity {
    const char *id;
    poupa_source source;
    poupa_area area;
    poupa_organization organization;
    poupa_program program;
    poupa_channel channel;
    poupa_unit unit;
    poupa_service service;
    poupa_offering offering;
    poupa_indicator indicator;
    poupa_metric metric;
    poupa_target target;
    poupa_claim claim;
} poupa__any_entity;

/* Bit i: field i of a caller's struct says something. */
uint64_t poupa__given_in(poupa_kind kind, const void *structure);

/* Copies unknown members into an arena; false when there is no memory. Their JSON is made
 * canonical unless it is that already. */
bool poupa__members_copy(poupa__arena *arena, const poupa_members *from, bool canonical,
                         poupa_members *to);

bool poupa__members_equal(const poupa_members *a, const poupa_members *b);

/* Whether two stored entities of a kind say the same. */
bool poupa__entity_equal(poupa_kind kind, const void *a, const void *b);

#endif
