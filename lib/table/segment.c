/* segment.c - a stretch of rows as columns, and pieces of it. */
#define _DEFAULT_SOURCE

#include "segment.h"

#include <string.h>
#include <sys/mman.h>

enum { CELL_ALIGNMENT = 64, PAGE = 4096 };

/* -- Memory -------------------------------------------------------------- */

static size_t aligned(size_t size)
{
    return (size + CELL_ALIGNMENT - 1) & ~(size_t)(CELL_ALIGNMENT - 1);
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
static void *take_column(char **next, size_t size)
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
    size_t blocks = aligned(capacity / POUPA__SEAL_ROWS);
    size_t size = 6 * words + longs + aligned(capacity) + POUPA__NULLABLE_COUNT * bits + blocks;
    poupa__segment *segment = POUPA__NEW(allocator, poupa__segment);
    void *block = segment ? poupa__allocate(allocator, size + CELL_ALIGNMENT) : NULL;
    if (block == NULL) {
        poupa__release(allocator, segment, sizeof *segment);
        return NULL;
    }
    if (filled)
        ask_for_pages(block, size);
    poupa__references_init(&segment->references);
    segment->allocator = *allocator;
    segment->capacity = capacity;
    segment->block = block;
    segment->block_size = size + CELL_ALIGNMENT;
    char *next = (char *)block + (aligned((uintptr_t)block) - (uintptr_t)block);
    poupa__cells *cells = &segment->cells;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        cells->codes[i] = (int32_t *)take_column(&next, words);
    cells->period_start = (int32_t *)take_column(&next, words);
    cells->wait_s = (int32_t *)take_column(&next, words);
    cells->service_s = (int32_t *)take_column(&next, words);
    cells->count = (int64_t *)take_column(&next, longs);
    cells->period_kind = (uint8_t *)take_column(&next, capacity);
    for (size_t i = 0; i < POUPA__NULLABLE_COUNT; i++)
        cells->valid[i] = (uint8_t *)take_column(&next, bits);
    cells->steady = (uint8_t *)take_column(&next, blocks);
    return segment;
}

poupa__segment *poupa__segment_retain(poupa__segment *segment)
{
    poupa__references_add(&segment->references);
    return segment;
}

void poupa__segment_release(poupa__segment *segment)
{
    if (segment == NULL || !poupa__references_drop(&segment->references))
        return;
    poupa_allocator allocator = segment->allocator;
    poupa__release(&allocator, segment->block, segment->block_size);
    poupa__release(&allocator, segment, sizeof *segment);
}

/* -- Sealing ------------------------------------------------------------- */

enum { BLOCK = POUPA__SEAL_ROWS };

/* One bit for each of eight bytes, which are 0 or 1. */
static uint8_t gather_byte(const uint8_t bytes[8])
{
    uint64_t word = (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 |
                    (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 |
                    (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 |
                    (uint64_t)bytes[7] << 56;
    return (uint8_t)(word * UINT64_C(0x0102040810204080) >> 56);
}

/* Sets the bits of a block, and turns -1 into 0. */
static void seal_absent(int32_t *values, uint8_t *valid)
{
    uint8_t present[BLOCK];
    for (size_t i = 0; i < BLOCK; i++)
        present[i] = values[i] >= 0;
    for (size_t i = 0; i < BLOCK; i++)
        values[i] = values[i] < 0 ? 0 : values[i];
    for (size_t i = 0; i < BLOCK; i += 8)
        valid[i / 8] = gather_byte(present + i);
}

/* Seals a block of a column; returns whether it has absent values. */
static bool seal_block(int32_t *values, uint8_t *valid)
{
    int32_t all = 0;
    for (size_t i = 0; i < BLOCK; i++)
        all |= values[i];
    if (all < 0)
        seal_absent(values, valid);
    else
        memset(valid, UINT8_MAX, BLOCK / 8);
    return all < 0;
}

/* The same where there are fewer rows; those behind them are not touched. */
static bool seal_some(int32_t *values, uint8_t *valid, size_t rows)
{
    int32_t block[BLOCK] = {0};
    memcpy(block, values, rows * sizeof *block);
    bool absent = seal_block(block, valid);
    memcpy(values, block, rows * sizeof *block);
    return absent;
}

/* Whether rows have the period of the one before them. */
static bool is_steady(const poupa__cells *cells, size_t row, size_t rows)
{
    const int32_t *starts = cells->period_start + row;
    const uint8_t *kinds = cells->period_kind + row;
    int32_t other_start = 0;
    uint8_t other_kind = 0;
    for (size_t i = 0; i < rows; i++)
        other_start |= starts[i] ^ starts[-1];
    for (size_t i = 0; i < rows; i++)
        other_kind |= kinds[i] ^ kinds[-1];
    return other_start == 0 && other_kind == 0;
}

static uint64_t all_counts(const int64_t *counts, size_t rows)
{
    uint64_t all = 0;
    for (size_t i = 0; i < rows; i++)
        all |= (uint64_t)counts[i];
    return all;
}

void poupa__piece_extend(poupa__piece *piece, size_t rows)
{
    const poupa__cells *cells = &piece->segment->cells;
    int32_t *const columns[POUPA__NULLABLE_COUNT] = {cells->codes[POUPA_DICTIONARY_UNIT],
                                                     cells->wait_s, cells->service_s};
    size_t row = piece->first + piece->rows;
    for (size_t end = row + rows; row < end; row += BLOCK) {
        size_t some = end - row < BLOCK ? end - row : (size_t)BLOCK;
        for (size_t i = 0; i < POUPA__NULLABLE_COUNT; i++) {
            uint8_t *valid = cells->valid[i] + row / 8;
            bool absent = some == BLOCK ? seal_block(columns[i] + row, valid)
                                        : seal_some(columns[i] + row, valid, some);
            piece->absent |= (uint8_t)(absent << i);
        }
        bool inner = row > piece->first;
        cells->steady[row / BLOCK] =
            inner && (some == BLOCK ? is_steady(cells, row, BLOCK) : is_steady(cells, row, some));
        piece->counts |= some == BLOCK ? all_counts(cells->count + row, BLOCK)
                                       : all_counts(cells->count + row, some);
    }
    piece->rows += rows;
}

size_t poupa__piece_steady_rows(const poupa__piece *piece, size_t row, size_t most)
{
    const poupa__cells *cells = &piece->segment->cells;
    size_t first = piece->first + row;
    size_t end = piece->first + piece->rows;
    if (most < end - first)
        end = first + most;
    size_t at = first + 1;
    while (at < end) {
        if (at % BLOCK == 0 && cells->steady[at / BLOCK])
            at += BLOCK;
        else if (cells->period_start[at] == cells->period_start[at - 1] &&
                 cells->period_kind[at] == cells->period_kind[at - 1])
            at++;
        else
            break;
    }
    return (at < end ? at : end) - first;
}

poupa_period poupa__period_of(int32_t start, uint8_t kind)
{
    if (kind == POUPA_PERIOD_DAY)
        return (poupa_period){.first = start, .last = start, .kind = kind};
    return poupa_period_around(start, (poupa_period_kind)kind);
}
