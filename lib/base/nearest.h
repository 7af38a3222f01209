/* nearest.h - which of many words was probably meant. */
#ifndef POUPA__BASE_NEAREST_H
#define POUPA__BASE_NEAREST_H

#include "poupa/base.h"

/*
 * A search for the closest of the candidates that are offered: start it with the word
 * that was found, offer every candidate, read `best`, which is NULL where none is close.
 * Close means that at most a third of the word's letters, and at most 3, are changed,
 * left out, added or swapped with a neighbour. Ties go to the first.
 */
typedef struct poupa__nearest {
    const char *word;
    size_t size;
    size_t distance; /* of best; before any, the limit plus one */
    const void *best;
} poupa__nearest;

poupa__nearest poupa__nearest_start(const char *word, size_t size);
void poupa__nearest_offer(poupa__nearest *nearest, const char *candidate, size_t size,
                          const void *value);

#endif
