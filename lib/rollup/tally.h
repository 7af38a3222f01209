/* tally.h - exact sums of counts and times, and the means that follow from them. */
#ifndef POUPA__ROLLUP_TALLY_H
#define POUPA__ROLLUP_TALLY_H

#include "poupa/base.h"

/* An unsigned number of 128 bits. */
typedef struct poupa__wide {
    uint64_t high;
    uint64_t low;
} poupa__wide;

static inline void poupa__wide_add(poupa__wide *sum, poupa__wide more)
{
    sum->low += more.low;
    sum->high += more.high + (sum->low < more.low);
}

/* count * seconds. */
static inline poupa__wide poupa__wide_product(uint64_t count, uint32_t seconds)
{
    uint64_t low = (count & UINT32_MAX) * seconds;
    uint64_t high = (count >> 32) * seconds + (low >> 32);
    return (poupa__wide){high >> 32, high << 32 | (low & UINT32_MAX)};
}

/* a / b to the nearest double; b is not 0, and a / b is less than 2^64. */
double poupa__wide_ratio(poupa__wide a, uint64_t b);

/* The mean times that records have. */
typedef enum poupa__time { POUPA__WAIT, POUPA__SERVICE, POUPA__TIME_COUNT } poupa__time;

/* The sum of count * seconds, and that of the counts. */
typedef struct poupa__time_tally {
    poupa__wide sum;
    uint64_t weight;
} poupa__time_tally;

/*
 * What is known of a group. Sums of counts that leave int64 stay above INT64_MAX, which
 * makes them an error whatever comes in what order. The first period is kept as 8 times its
 * first day plus its kind, the last one as 8 times its last day plus 7 less its kind, so
 * that the least and the greatest are those wanted.
 */
typedef struct poupa__tally {
    uint64_t rows;
    uint64_t count;
    poupa__time_tally times[POUPA__TIME_COUNT];
    int32_t first;
    int32_t last;
} poupa__tally;

static const poupa__tally poupa__tally_empty = {.first = INT32_MAX, .last = INT32_MIN};

/* a + b, both at most INT64_MAX or a sum that was more. */
static inline uint64_t poupa__count_sum(uint64_t a, uint64_t b)
{
    uint64_t sum = a + b;
    return sum < a || (int64_t)(a | b) < 0 ? UINT64_MAX : sum;
}

void poupa__tally_add(poupa__tally *sum, const poupa__tally *more);

/* The mean; absent where nothing was counted. */
poupa_optional poupa__tally_mean(const poupa__time_tally *tally);

#endif
