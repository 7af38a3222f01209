/* segment.h - a stretch of rows as columns, and pieces of it. */
#ifndef POUPA__TABLE_SEGMENT_H
#define POUPA__TABLE_SEGMENT_H

#include "base/memory.h"
#include "base/references.h"
#include "poupa/table.h"

/* The columns whose values may be absent, in the order of their bitmaps. */
typedef enum poupa__nullable {
    POUPA__NULLABLE_UNIT,
    POUPA__NULLABLE_WAIT,
    POUPA__NULLABLE_SERVICE,
    POUPA__NULLABLE_COUNT
} poupa__nullable;

/*
 * The columns of a segment, aligned to 64 bytes. While rows are being added, an absent
 * value is -1; sealing turns that into 0 and a bit of the bitmap.
 */
typedef struct poupa__cells {
    int32_t *codes[POUPA_DICTIONARY_COUNT]; /* by poupa_dictionary */
    int32_t *period_start;
    int32_t *wait_s;
    int32_t *service_s;
    int64_t *count;
    uint8_t *period_kind;
    uint8_t *valid[POUPA__NULLABLE_COUNT];
    uint8_t *steady; /* of each block of rows, whether all have the period of the row before */
} poupa__cells;

/* Rows are sealed by the block: loops of that many turns are what compilers make vectors of. */
#define POUPA__SEAL_ROWS ((size_t)64)

/* How many rows a segment gets unasked, at most. */
#define POUPA__SEGMENT_MOST ((size_t)1 << 18)

typedef struct poupa__segment poupa__segment;
struct poupa__segment {
    poupa__references references;
    poupa_allocator allocator;
    size_t capacity;
    void *block;
    size_t block_size;
    poupa__cells cells;
};

/*
 * Rows of a segment, all sealed. Bit i of `absent` says that nullable column i may have absent
 * values; no count has a bit that `counts` has not.
 */
typedef struct poupa__piece {
    poupa__segment *segment;
    size_t first;
    size_t rows;
    uint64_t counts;
    uint8_t absent;
} poupa__piece;

/* A segment for `capacity` rows, a multiple of SEAL_ROWS, of which most will be `filled`; NULL
 * for want of memory. */
poupa__segment *poupa__segment_new(const poupa_allocator *allocator, size_t capacity,
                                   bool filled);
poupa__segment *poupa__segment_retain(poupa__segment *segment);
void poupa__segment_release(poupa__segment *segment);

/* Seals rows that were added behind those of a piece, which begins with a block and so far has
 * whole ones, and puts them to it. */
void poupa__piece_extend(poupa__piece *piece, size_t rows);

/* How many rows of a piece from one on, which is counted from the piece's first, have the same
 * period; at most `most`, which is at least 1. */
size_t poupa__piece_steady_rows(const poupa__piece *piece, size_t row, size_t most);

/* Whether a value of a nullable column is there. */
static inline bool poupa__is_valid(const poupa__piece *piece, poupa__nullable column, size_t row)
{
    return !(piece->absent >> column & 1) ||
           (piece->segment->cells.valid[column][row / 8] >> row % 8 & 1);
}

/* The period of a kind that starts on a day. */
poupa_period poupa__period_of(int32_t start, uint8_t kind);

#endif
