/*
 * hurry.c - the short way for the rows that most are: with days, of which all is known, in
 * rollups by period, by one column of words, or by both.
 *
 * It does in one pass what locate.c and sum.c do in several, and stops at the first row
 * with something new, which goes their way. Many rows of one day go a shorter way still, that
 * of run.c.
 */
#include <string.h>

#include "block.h"

/* Where to look things up. */
typedef struct lookup {
    const uint32_t *codes; /* of days, from the first one on */
    uint32_t first_day;
    uint32_t day_count;
    unsigned day_shift;
    const int32_t *words;
    const uint8_t *valid; /* bits of the words; NULL where all are */
    size_t first_bit;
    const uint32_t *map; /* codes of words, that of none before them */
    unsigned word_shift;
    const uint32_t *direct;
} lookup;

/* What a loop over rows need not ask: constants, for which the compiler makes a loop each. */
typedef struct hurry_manner {
    bool by_day;   /* by period, the days being several */
    bool by_word;  /* by a column of words, */
    bool nullable; /* which may be absent */
} hurry_manner;

/* An unknown code is 0, and no group is at a place that has one. */
static inline size_t hurry_rows(poupa__bin *__restrict bins, poupa__block *rows,
                                const lookup *look, hurry_manner how)
{
    const int32_t *days = rows->columns.period_start;
    const int64_t *count = rows->columns.count;
    const lookup at = *look;
    size_t row_count = rows->columns.rows;
    size_t i = 0;
    for (; i < row_count; i++) {
        uint32_t place = 0;
        int32_t day = days[i];
        if (how.by_day) {
            uint32_t offset = (uint32_t)day - at.first_day;
            if (offset >= at.day_count)
                break;
            place |= at.codes[offset] << at.day_shift;
        }
        if (how.by_word) {
            /* Without a branch, which chance would often mislead. */
            uint32_t word = (uint32_t)at.words[i] + 1;
            if (how.nullable)
                word &= 0 - (uint32_t)poupa__bit_is_set(at.valid, at.first_bit + i);
            place |= at.map[word] << at.word_shift;
        }
        uint32_t group = at.direct[place];
        if (group == POUPA__GROUP_NONE)
            break;
        poupa__bin *bin = &bins[group];
        rows->groups[i] = group;
        bin->count += (uint64_t)count[i];
        bin->rows++;
        if (day * 8 + POUPA_PERIOD_DAY < bin->first)
            bin->first = day * 8 + POUPA_PERIOD_DAY;
        if (day * 8 + 7 - POUPA_PERIOD_DAY > bin->last)
            bin->last = day * 8 + 7 - POUPA_PERIOD_DAY;
    }
    return i;
}

/* Whether the items of a column are all alike: each as the one before it. */
static bool all_alike(const uint8_t *items, size_t count)
{
    return memcmp(items, items + 1, count - 1) == 0;
}

static lookup make_lookup(const poupa_rollup *rollup, const poupa_columns *columns,
                          poupa__axis_id words)
{
    const poupa__calendar *calendar = &rollup->calendars[POUPA_PERIOD_DAY];
    const int32_t *const columns_of[POUPA__AXIS_COUNT] = {NULL, columns->unit, columns->service,
                                                          columns->channel};
    return (lookup){
        .codes = calendar->codes,
        .first_day = (uint32_t)calendar->first,
        .day_count = (uint32_t)calendar->count,
        .day_shift = rollup->shifts[POUPA__AXIS_PERIOD],
        .words = columns_of[words],
        .valid = words == POUPA__AXIS_UNIT ? columns->unit_valid : NULL,
        .first_bit = columns->bitmap_offset,
        .map = words == POUPA__AXIS_PERIOD ? NULL : rollup->maps[words],
        .word_shift = rollup->shifts[words],
        .direct = rollup->direct,
    };
}

static size_t add_by_day(poupa__bin *bins, poupa__block *rows, const lookup *look)
{
    if (look->words == NULL)
        return hurry_rows(bins, rows, look, (hurry_manner){true, false, false});
    if (look->valid)
        return hurry_rows(bins, rows, look, (hurry_manner){true, true, true});
    return hurry_rows(bins, rows, look, (hurry_manner){true, true, false});
}

static size_t add_by_word(poupa__bin *bins, poupa__block *rows, const lookup *look)
{
    if (look->words == NULL)
        return hurry_rows(bins, rows, look, (hurry_manner){false, false, false});
    if (look->valid)
        return hurry_rows(bins, rows, look, (hurry_manner){false, true, true});
    return hurry_rows(bins, rows, look, (hurry_manner){false, true, false});
}

size_t poupa__block_hurry(poupa_rollup *rollup, poupa__block *rows)
{
    const poupa_columns *columns = &rows->columns;
    poupa__axis_id words = poupa__rollup_words(rollup);
    bool days = columns->period_kind[0] == POUPA_PERIOD_DAY &&
                all_alike(columns->period_kind, columns->rows);
    if (rollup->direct == NULL || words == POUPA__AXIS_COUNT || !days)
        return 0;
    lookup look = make_lookup(rollup, columns, words);
    size_t done = rollup->axes[POUPA__AXIS_PERIOD].idle ? add_by_word(rollup->bins, rows, &look)
                                                        : add_by_day(rollup->bins, rows, &look);
    poupa__block_sum_times(rollup, rows, done);
    return done;
}
