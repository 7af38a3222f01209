/*
 * state.h - a rollup while it adds up.
 *
 * A group is known by its four codes, one an axis; groups are numbered as words of a
 * dictionary whose text those codes are. The rows of one table are added up in `bins`, in
 * plain 64-bit sums that a bound on what came in keeps from overflowing, and only when all
 * of the table is in are they put to the groups' exact `totals`: so a table is added whole
 * or not at all.
 */
#ifndef POUPA__ROLLUP_STATE_H
#define POUPA__ROLLUP_STATE_H

#include "axis.h"
#include "tally.h"

/* No group, and the groups of the records that were left out. */
enum { POUPA__GROUP_NONE, POUPA__GROUP_FILTERED, POUPA__GROUP_CUT, POUPA__GROUP_FIRST };

typedef struct poupa__bin {
    uint64_t count;
    uint32_t rows;
    int32_t first; /* as in poupa__tally */
    int32_t last;
    uint64_t sums[POUPA__TIME_COUNT];
    uint64_t weights[POUPA__TIME_COUNT];
    uint64_t unused; /* a size of 64 makes finding one cheaper */
} poupa__bin;

/* Sums by word while rows are of one day; see run.c. */
typedef struct poupa__strand poupa__strand;

static const poupa__bin poupa__bin_empty = {.first = INT32_MAX, .last = INT32_MIN};

/* The codes of the periods of one kind, from the one with the number `first` on; days are
 * numbered as everywhere. */
typedef struct poupa__calendar {
    uint32_t *codes;
    int32_t first;
    size_t count;
} poupa__calendar;

struct poupa_rollup {
    poupa_allocator allocator;
    poupa__plan plan;
    poupa__axis axes[POUPA__AXIS_COUNT];
    poupa__dictionary *groups;
    poupa__tally *totals; /* of each group; as many as there is capacity for are valid */
    size_t total_capacity;
    poupa__bin *bins;
    size_t bin_capacity;
    poupa__strand *strands; /* NULL until they are needed */
    poupa__tally *carried;  /* what did not fit in the bins any more; NULL mostly */
    size_t carried_capacity;
    uint64_t rows_bound; /* in the bins there are no more rows, and no greater sums */
    uint64_t sums_bound;
    uint32_t *direct; /* the group of a place, or NONE; NULL where there are too many places */
    size_t direct_count;
    unsigned shifts[POUPA__AXIS_COUNT + 1]; /* a place has each axis's code at its shift */
    poupa__calendar calendars[POUPA_PERIOD_DAY + 1]; /* by kind of period */
    uint32_t *maps[POUPA__AXIS_COUNT];        /* the codes of the words of the table at hand; */
    size_t map_capacities[POUPA__AXIS_COUNT]; /* that of no unit stands before the units */
    poupa_buffer scratch;
};

/* The group with these codes, made if it is not there; NONE for want of memory. */
uint32_t poupa__rollup_group(poupa_rollup *rollup, const uint32_t codes[POUPA__AXIS_COUNT]);

/* The codes of a group that is there. */
void poupa__rollup_codes(const poupa_rollup *rollup, size_t group,
                         uint32_t codes[POUPA__AXIS_COUNT]);

#endif
