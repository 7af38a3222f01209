/* number.h - printing integers; for doubles see poupa_number_print. */
#ifndef POUPA__BASE_NUMBER_H
#define POUPA__BASE_NUMBER_H

#include "poupa/base.h"

/* Returns the length. */
size_t poupa__integer_print(int64_t number, char out[POUPA_NUMBER_SIZE]);

#endif
