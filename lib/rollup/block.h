/*
 * block.h - some rows on their way into a rollup.
 *
 * Rows go through in blocks that fit in the first-level cache, in simple passes over one
 * column each: every column's value to its code, the codes to a group, the numbers to the
 * group's bin.
 */
#ifndef POUPA__ROLLUP_BLOCK_H
#define POUPA__ROLLUP_BLOCK_H

#include "state.h"
#include "table/table.h"

enum { POUPA__BLOCK_BITS = 10, POUPA__BLOCK_ROWS = 1 << POUPA__BLOCK_BITS };

typedef struct poupa__block {
    poupa_columns columns; /* of its rows alone */
    bool days;             /* whether all its periods are days */
    bool wide;             /* whether plain sums of its numbers could overflow */
    uint32_t codes[POUPA__AXIS_COUNT][POUPA__BLOCK_ROWS];
    uint32_t groups[POUPA__BLOCK_ROWS];
    int32_t firsts[POUPA__BLOCK_ROWS]; /* as in poupa__tally; not for days */
    int32_t lasts[POUPA__BLOCK_ROWS];
} poupa__block;

static inline bool poupa__bit_is_set(const uint8_t *bitmap, size_t bit)
{
    return bitmap[bit >> 3] >> (bit & 7) & 1;
}

/* Prepares for the words of a table, and lays the places out for all codes there are: also
 * for those that a merge brought, or a table that could not be added. False for want of
 * memory. */
bool poupa__rollup_begin(poupa_rollup *rollup, const poupa_attendance *table);

/* How many bits the greatest of some numbers has that were or-ed. */
unsigned poupa__bit_count(uint64_t all);

/* How many bits the greatest count of some rows has. */
unsigned poupa__count_bits(const int64_t *count, size_t rows);

/* How many bits the products have that are summed up of counts of so many bits. */
static inline unsigned poupa__product_bits(const poupa_rollup *rollup, unsigned count_bits)
{
    return count_bits + (rollup->plan.counts_only ? 0 : 31);
}

/* Makes sure that the bins can take so many rows, with numbers whose sum is at most `bound`;
 * false for want of memory. */
bool poupa__bins_prepare(poupa_rollup *rollup, size_t rows, uint64_t bound);

/* The same for a block. */
bool poupa__block_prepare(poupa_rollup *rollup, poupa__block *rows);

/* The code of a day on the axis of periods; UNKNOWN for want of memory. */
uint32_t poupa__day_code(poupa_rollup *rollup, int32_t day);

/* The one axis of words that is not idle; PERIOD for none, COUNT for several. */
poupa__axis_id poupa__rollup_words(const poupa_rollup *rollup);

/* Adds rows as long as all that they have is known and simple: days, and one column of
 * words. Returns how many it was. */
size_t poupa__block_hurry(poupa_rollup *rollup, poupa__block *rows);

/* What the strands need at most; see run.c. */
#define POUPA__STRANDS_SIZE ((size_t)1 << 15)

/* Adds the rows of a piece that begin with its row `first` as long as they are of one day, if
 * that is for many of them the same simple thing; `rows` are the columns from there on. Returns
 * how many it was, 0 mostly where there is something new. */
size_t poupa__run_add(poupa_rollup *rollup, const poupa_attendance *table,
                      const poupa__piece *piece, size_t first, const poupa_columns *rows);

/* Finds the groups of the rows; false for want of memory. */
bool poupa__block_locate(poupa_rollup *rollup, const poupa_attendance *table, poupa__block *rows);

/* Adds the rows to the bins of their groups; false for want of memory. */
bool poupa__block_sum(poupa_rollup *rollup, poupa__block *rows);

/* Adds the times of the first `count` rows, of plain numbers, whose groups are found. */
void poupa__block_sum_times(poupa_rollup *rollup, const poupa__block *rows, size_t count);

/* Puts what is in the bin of a group to its total. */
void poupa__bin_settle(poupa_rollup *rollup, size_t group);

#endif
