/* number.h - whether the numbers of JSON text can be held. */
#ifndef POUPA__NDJSON_NUMBER_H
#define POUPA__NDJSON_NUMBER_H

#include "poupa/base.h"

/* Whether a well-formed JSON number has neither point nor exponent. */
bool poupa__number_is_integer(const char *data, size_t size);

/* Whether a well-formed JSON number fits: an integer in 64 bits, any other in a double. */
bool poupa__number_fits(const char *data, size_t size);

/* The value of a well-formed integer that fits. */
int64_t poupa__number_integer(const char *data, size_t size);

#endif
