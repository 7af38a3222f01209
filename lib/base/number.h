/* number.h - numbers as JSON text; for doubles see also poupa_number_print. */
#ifndef POUPA__BASE_NUMBER_H
#define POUPA__BASE_NUMBER_H

#include "poupa/base.h"

/* Returns the length. */
size_t poupa__integer_print(int64_t number, char out[POUPA_NUMBER_SIZE]);

/* Prints a double so that it reads back as one, with a point or an exponent: 1.0. Returns the
 * length. */
#define POUPA__REAL_SIZE (POUPA_NUMBER_SIZE + 2)
size_t poupa__real_print(double number, char out[POUPA__REAL_SIZE]);

/* A number as JSON text may have it: an integer of 64 bits, or a real. */
typedef struct poupa__number {
    bool is_integer;
    int64_t integer;
    double real;
} poupa__number;

/* Reads a well-formed number; false where it fits neither. The first takes it NUL-terminated, the
 * second does so with up to 511 bytes, which more never fit. */
bool poupa__number_parse(const char *text, poupa__number *out);
bool poupa__number_read(const char *data, size_t size, poupa__number *out);

#endif
