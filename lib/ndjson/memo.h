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
    uint64_t keys[7]; /* odd multipliers, by word of the spelling */
} poupa__memo;

bool poupa__memo_init(poupa__memo *memo, const poupa_allocator *allocator);
void poupa__memo_free(poupa__memo *memo);
void poupa__memo_clear(poupa__memo *memo);

/* Remembers the code of a spelling, unless it is too long. */
void poupa__memo_add(poupa__memo *memo, const char *raw, size_t size, int32_t code);

/* Multilinear hashing with random keys: crafted ids do not meet more often than others. */
static inline uint64_t poupa__memo_hash(const poupa__memo *memo, const uint64_t head[4])
{
    return head[0] * memo->keys[0] + head[1] * memo->keys[1] + head[2] * memo->keys[2] +
           head[3] * memo->keys[3];
}

static inline uint64_t poupa__memo_hash_tail(const poupa__memo *memo, const uint64_t tail[3])
{
    return tail[0] * memo->keys[4] + tail[1] * memo->keys[5] + tail[2] * memo->keys[6];
}

#endif
