/* segment.c - a stretch of rows as columns, and pieces of it. */
#define _DEFAULT_SOURCE

#include "segment.h"

#include <string.h>
#include <sys/mman.h>

enum { ALIGNMENT = 64, PAGE = 4096 };

/* -- Memory -------------------------------------------------------------- */

static size_t aligned(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/*
 * Asks for the pages of a block at once, which costs half of what it costs when each is missed
 * by itself. Large pages would cost less still, but on some machines five times as much: where
 * the host takes free memory back, it takes the large pages first.
 */
static void ask_for_pages(void *block, size_t size)
{
#if defined(MADV_POPULATE_WRITE)
    uintptr_t first = ((uintptr_t)block + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    uintptr_t last = ((uintptr_t)block + size) & ~(uintptr_t)(PAGE - 1);
    if (first < last)
        (void)madvise((void *)first, last - first, MADV_POPULATE_WRITE);
#else
    (void)block;
    (void)size;
#endif
}

/* Takes a column of `size` bytes from the block. */
static void *take(char **next, size_t size)
{
    char *column = *next;
    *next += aligned(size);
    return column;
}

poupa__segment *poupa__segment_new(const poupa_allocator *allocator, size_t capacity, bool filled)
{
    if (capacity > SIZE_MAX / 64)
        return NULL;
    size_t words = aligned(capacity * sizeof(int32_t));
    size_t longs = aligned(capacity * sizeof(int64_t));
    size_t bits = aligned(capacity / 8);
    size_t size = 6 * words + longs + aligned(capacity) + POUPA__NULLABLE_COUNT * bits;
    poupa__segment *segment = poupa__allocate_zeroed(allocator, sizeof *segment);
    void *block = segment ? poupa__allocate(allocator, size + ALIGNMENT) : NULL;
    if (block == NULL) {
        poupa__release(allocator, segment, sizeof *segment);
        return NULL;
    }
    if (filled)
        ask_for_pages(block, size);
    atomic_init(&segment->references, 1);
    segment->allocator = *allocator;
    segment->capacity = capacity;
    segment->block = block;
    segment->block_size = size + ALIGNMENT;
    char *next = (char *)block + (aligned((uintptr_t)block) - (uintptr_t)block);
    poupa__cells *cells = &segment->cells;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        cells->codes[i] = take(&next, words);
    cells->period_start = take(&next, words);
    cells->wait_s = take(&next, words);
    cells->service_s = take(&next, words);
    cells->count = take(&next, longs);
    cells->period_kind = take(&next, capacity);
    for (size_t i = 0; i < POUPA__NULLABLE_COUNT; i++)
        cells->valid[i] = take(&next, bits);
    return segment;
}

poupa__segment *poupa__segment_retain(poupa__segment *segment)
{
    atomic_fetch_add_explicit(&segment->references, 1, memory_order_relaxed);
    return segment;
}

void poupa__segment_release(poupa__segment *segment)
{
    if (segment == NULL ||
        atomic_fetch_sub_explicit(&segment->references, 1, memory_order_acq_rel) != 1)
        return;
    poupa_allocator allocator = segment->allocator;
    poupa__release(&allocator, segment->block, segment->block_size);
    poupa__release(&allocator, segment, sizeof *segment);
}

/* -- Sealing ------------------------------------------------------------- */

/* Rows are sealed by the block: loops of that many turns are what compilers make vectors of. */
enum { BLOCK = 64 };

static bool has_absent(const int32_t *values, size_t rows)
{
    int32_t all = 0;
    for (; rows >= BLOCK && all >= 0; rows -= BLOCK, values += BLOCK) {
        for (size_t i = 0; i < BLOCK; i++)
            all |= values[i];
    }
    for (size_t i = 0; i < rows; i++)
        all |= values[i];
    return all < 0;
}

/* One bit for each of eight bytes, which are 0 or 1. */
static uint8_t gather(const uint8_t bytes[8])
{
    uint64_t word = (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
                    (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 |
                    (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 |
                    (uint64_t)bytes[7] << 56;
    return (uint8_t)(word * UINT64_C(0x0102040810204080) >> 56);
}

/* Sets the bits of a block, and turns -1 into 0. */
static void seal_block(int32_t *values, uint8_t *valid)
{
    uint8_t present[BLOCK];
    for (size_t i = 0; i < BLOCK; i++)
        present[i] = values[i] >= 0;
    for (size_t i = 0; i < BLOCK; i++)
        values[i] = values[i] < 0 ? 0 : values[i];
    for (size_t i = 0; i < BLOCK; i += 8)
        valid[i / 8] = gather(present + i);
}

/* Sets the bits of a column from a multiple of 64 on. */
static void seal_column(int32_t *values, uint8_t *valid, size_t rows)
{
    size_t i = 0;
    for (; rows - i >= BLOCK; i += BLOCK)
        seal_block(values + i, valid + i / 8);
    if (i == rows)
        return;
    int32_t rest[BLOCK] = {0};
    uint8_t bits[BLOCK / 8];
    memcpy(rest, values + i, (rows - i) * sizeof *rest);
    seal_block(rest, bits);
    memcpy(values + i, rest, (rows - i) * sizeof *rest);
    memcpy(valid + i / 8, bits, (rows - i + 7) / 8);
}

poupa__piece poupa__segment_seal(poupa__segment *segment, size_t first, size_t rows)
{
    poupa__cells *cells = &segment->cells;
    int32_t *const columns[POUPA__NULLABLE_COUNT] = {cells->codes[POUPA_DICTIONARY_UNIT],
                                                     cells->wait_s, cells->service_s};
    poupa__piece piece = {.segment = segment, .first = first, .rows = rows};
    for (size_t i = 0; i < POUPA__NULLABLE_COUNT; i++) {
        if (!has_absent(columns[i] + first, rows))
            continue;
        seal_column(columns[i] + first, cells->valid[i] + first / 8, rows);
        piece.absent |= (uint8_t)(1U << i);
    }
    return piece;
}

poupa_period poupa__period_of(int32_t start, uint8_t kind)
{
    if (kind == POUPA_PERIOD_DAY)
        return (poupa_period){.first = start, .last = start, .kind = kind};
    return poupa_period_around(start, (poupa_period_kind)kind);
}
