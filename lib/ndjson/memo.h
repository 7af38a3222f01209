/* memo.h - spellings of ids that were seen, with their codes. */
#ifndef POUPA__NDJSON_MEMO_H
#define POUPA__NDJSON_MEMO_H

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

/* An id as it is written between quotes, the closing one included, then zeros. */
#define POUPA__SPELLING_HEAD 32
#define POUPA__SPELLING_TAIL 24
#define POUPA__SPELLING_MOST (POUPA__SPELLING_HEAD + POUPA__SPELLING_TAIL)
#define POUPA__SPELLING_KEYS 16

typedef struct poupa__spelling {
    uint8_t bytes[POUPA__SPELLING_MOST];
    int32_t code;
    uint32_t used; /* 0 for a free place */
} poupa__spelling;

/*
 * A cache: a spelling stands in one of two places, or is not known, so that a look-up costs
 * the same whatever entered before. Only ids of accepted lines enter, so that what is found
 * needs no further check.
 */
typedef struct poupa__memo {
    poupa_allocator allocator;
    poupa__spelling *places;
    void *block;
    size_t block_size;
    unsigned shift; /* 64 - log2 of the number of places */
    size_t count;
    uint32_t keys[POUPA__SPELLING_KEYS]; /* what is added to each four bytes of a spelling */
} poupa__memo;

bool poupa__memo_init(poupa__memo *memo, const poupa_allocator *allocator);
void poupa__memo_free(poupa__memo *memo);
void poupa__memo_clear(poupa__memo *memo);

/* Remembers the code of a spelling, unless it is too long. */
void poupa__memo_add(poupa__memo *memo, const char *raw, size_t size, int32_t code);

/* NH (Black et al., UMAC, 1999) of 32 bytes: with random keys, crafted ids do not meet more
 * often than others. Those of a head and of a tail that is not all zeros add up. */
static inline uint64_t poupa__memo_hash(const uint32_t keys[8], const uint64_t words[4])
{
    uint64_t sum = 0;
    for (size_t i = 0; i < 4; i++) {
        uint32_t low = (uint32_t)(words[i] & UINT32_MAX) + keys[2 * i];
        uint32_t high = (uint32_t)(words[i] >> 32) + keys[2 * i + 1];
        sum += (uint64_t)low * high;
    }
    return sum;
}

/* The first of the two places of a spelling; the other one differs in the lowest bit. */
static inline size_t poupa__memo_place(const poupa__memo *memo, uint64_t hash)
{
    return (size_t)(hash * UINT64_C(0x9E3779B97F4A7C15) >> memo->shift);
}

#endif
