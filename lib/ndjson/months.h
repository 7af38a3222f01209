/* months.h - the periods that were seen, by the first eight bytes of their spelling. */
#ifndef POUPA__NDJSON_MONTHS_H
#define POUPA__NDJSON_MONTHS_H

#include "poupa/base.h"

#define POUPA__MONTHS_BITS 9

/* `2021-06-` with the days that the month has; `2021-06"`, `2021-S1"` or `2021"`, then 0. */
typedef struct poupa__month {
    uint64_t key; /* the spelling, its first byte lowest */
    int32_t start;
    uint8_t kind; /* of the period itself; DAY for the days of a month */
    uint8_t days;
} poupa__month;

/* A cache with one place for each key. Keys that were chosen to share a place cost a parse
 * each, which is what every period costs without the cache. */
typedef struct poupa__months {
    poupa__month places[1 << POUPA__MONTHS_BITS];
} poupa__months;

static inline size_t poupa__month_place(uint64_t key)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - POUPA__MONTHS_BITS));
}

void poupa__months_clear(poupa__months *months);

/* The place of a key, filled in; NULL where the key begins no period. */
const poupa__month *poupa__months_learn(poupa__months *months, uint64_t key);

#endif
