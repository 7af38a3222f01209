/*
 * locate.c - from the rows of a block to their groups.
 *
 * What is new, a day or a word or a combination of codes, is looked up when it is met first.
 */
#include <string.h>

#include "base/date.h"
#include "block.h"

enum { DIRECT_BITS = 20 };

/* -- Codes of periods ---------------------------------------------------- */

/* Numbers the periods of a kind, as given by the day that each begins with. */
static inline int32_t number_of(int32_t day, poupa_period_kind kind)
{
    static const int in_year[] = {[POUPA_PERIOD_NONE] = 0,
                                  [POUPA_PERIOD_YEAR] = 1,
                                  [POUPA_PERIOD_HALF] = 2,
                                  [POUPA_PERIOD_QUARTER] = 4,
                                  [POUPA_PERIOD_MONTH] = 12};
    if (kind == POUPA_PERIOD_DAY)
        return day;
    poupa_date date = poupa_date_from_day(day);
    return date.year * in_year[kind] + (date.month - 1) * in_year[kind] / 12;
}

/* Makes a calendar hold the periods from number `first` to `last`, with as much room again as
 * there are such periods. */
static bool stretch(poupa_rollup *rollup, poupa_period_kind kind, int32_t first, int32_t last)
{
    poupa__calendar *calendar = &rollup->calendars[kind];
    int32_t end = calendar->first + (int32_t)calendar->count - 1;
    if (calendar->count && first >= calendar->first && last <= end)
        return true;
    if (calendar->count && first > calendar->first)
        first = calendar->first;
    if (calendar->count && last < end)
        last = end;
    int32_t margin = (last - first) / 2 + 366;
    int32_t least = number_of(poupa__day_from_civil(1, 1, 1), kind);
    int32_t most = number_of(poupa__day_from_civil(9999, 12, 31), kind);
    first = first - margin > least ? first - margin : least;
    last = last + margin < most ? last + margin : most;
    size_t count = (size_t)(last - first) + 1;
    uint32_t *codes = POUPA__NEW_ZEROED(&rollup->allocator, uint32_t, count);
    if (codes == NULL)
        return false;
    if (calendar->count)
        memcpy(codes + (calendar->first - first), calendar->codes,
               calendar->count * sizeof *codes);
    poupa__release(&rollup->allocator, calendar->codes, calendar->count * sizeof *codes);
    *calendar = (poupa__calendar){codes, first, count};
    return true;
}

/* The code of the period of a kind that begins with a day, which its calendar must hold;
 * UNKNOWN for want of memory. */
static inline uint32_t period_code(poupa_rollup *rollup, int32_t day, poupa_period_kind kind)
{
    const poupa__calendar *calendar = &rollup->calendars[kind];
    uint32_t *code = &calendar->codes[number_of(day, kind) - calendar->first];
    if (*code == POUPA__CODE_UNKNOWN)
        *code =
            poupa__axis_period_code(&rollup->axes[POUPA__AXIS_PERIOD], &rollup->plan, day, kind);
    return *code;
}

uint32_t poupa__day_code(poupa_rollup *rollup, int32_t day)
{
    return stretch(rollup, POUPA_PERIOD_DAY, day, day)
               ? period_code(rollup, day, POUPA_PERIOD_DAY)
               : (uint32_t)POUPA__CODE_UNKNOWN;
}

/* Whether all periods are days; *first and *last are the first and last of their starts. */
static bool survey_periods(const poupa_columns *columns, int32_t *first, int32_t *last)
{
    uint8_t narrowest = POUPA_PERIOD_DAY;
    *first = INT32_MAX;
    *last = INT32_MIN;
    for (size_t i = 0; i < columns->rows; i++) {
        int32_t day = columns->period_start[i];
        *first = day < *first ? day : *first;
        *last = day > *last ? day : *last;
        narrowest = columns->period_kind[i] < narrowest ? columns->period_kind[i] : narrowest;
    }
    return narrowest == POUPA_PERIOD_DAY;
}

static bool code_days(poupa_rollup *rollup, poupa__block *rows, int32_t first, int32_t last)
{
    if (!stretch(rollup, POUPA_PERIOD_DAY, first, last))
        return false;
    const int32_t *days = rows->columns.period_start;
    for (size_t i = 0; i < rows->columns.rows; i++) {
        uint32_t code = period_code(rollup, days[i], POUPA_PERIOD_DAY);
        if (code == POUPA__CODE_UNKNOWN)
            return false;
        rows->codes[POUPA__AXIS_PERIOD][i] = code;
    }
    return true;
}

/* The same for periods of any kind. */
static bool code_periods(poupa_rollup *rollup, poupa__block *rows)
{
    const int32_t *days = rows->columns.period_start;
    const uint8_t *kinds = rows->columns.period_kind;
    uint32_t code = POUPA__CODE_UNKNOWN;
    for (size_t i = 0; i < rows->columns.rows; i++) {
        if (i == 0 || days[i] != days[i - 1] || kinds[i] != kinds[i - 1]) {
            poupa_period_kind kind = (poupa_period_kind)kinds[i];
            int32_t number = number_of(days[i], kind);
            if (!stretch(rollup, kind, number, number))
                return false;
            code = period_code(rollup, days[i], kind);
        }
        if (code == POUPA__CODE_UNKNOWN)
            return false;
        rows->codes[POUPA__AXIS_PERIOD][i] = code;
    }
    return true;
}

static void mark_periods(poupa__block *rows)
{
    int32_t day = INT32_MIN;
    int32_t kind = 0;
    int32_t last = 0;
    for (size_t i = 0; i < rows->columns.rows; i++) {
        if (rows->columns.period_start[i] != day || rows->columns.period_kind[i] != kind) {
            day = rows->columns.period_start[i];
            kind = rows->columns.period_kind[i];
            last = poupa_period_around(day, (poupa_period_kind)kind).last;
        }
        rows->firsts[i] = day * 8 + kind;
        rows->lasts[i] = last * 8 + 7 - kind;
    }
}

static bool take_periods(poupa_rollup *rollup, poupa__block *rows)
{
    int32_t first;
    int32_t last;
    bool idle = rollup->axes[POUPA__AXIS_PERIOD].idle;
    rows->days = survey_periods(&rows->columns, &first, &last);
    if (rows->days)
        return idle || code_days(rollup, rows, first, last);
    mark_periods(rows);
    return idle || code_periods(rollup, rows);
}

/* -- Codes of words ------------------------------------------------------ */

static uint32_t learn_word(poupa_rollup *rollup, poupa__axis_id axis, const char *id,
                           uint32_t *place)
{
    *place = poupa__axis_code(&rollup->axes[axis], &rollup->plan, id, &rollup->scratch);
    return *place;
}

static bool code_words(poupa_rollup *rollup, poupa__block *rows, poupa__axis_id axis,
                       const int32_t *words, const uint8_t *valid, const char *const *texts)
{
    uint32_t *map = rollup->maps[axis] + 1;
    for (size_t i = 0; i < rows->columns.rows; i++) {
        ptrdiff_t word = words[i];
        if (valid && !poupa__bit_is_set(valid, rows->columns.bitmap_offset + i))
            word = -1;
        uint32_t code = map[word];
        if (code == POUPA__CODE_UNKNOWN)
            code = learn_word(rollup, axis, word < 0 ? "" : texts[word], &map[word]);
        if (code == POUPA__CODE_UNKNOWN)
            return false;
        rows->codes[axis][i] = code;
    }
    return true;
}

static bool take_words(poupa_rollup *rollup, poupa__block *rows, const poupa_attendance *table)
{
    const struct {
        poupa_dictionary dictionary;
        poupa__axis_id axis;
        const int32_t *words;
        const uint8_t *valid;
    } sources[] = {
        {POUPA_DICTIONARY_UNIT, POUPA__AXIS_UNIT, rows->columns.unit, rows->columns.unit_valid},
        {POUPA_DICTIONARY_SERVICE, POUPA__AXIS_SERVICE, rows->columns.service, NULL},
        {POUPA_DICTIONARY_CHANNEL, POUPA__AXIS_CHANNEL, rows->columns.channel, NULL},
    };
    bool taken = true;
    for (size_t i = 0; taken && i < POUPA_DICTIONARY_COUNT; i++) {
        size_t count;
        if (!rollup->axes[sources[i].axis].idle)
            taken = code_words(rollup, rows, sources[i].axis, sources[i].words, sources[i].valid,
                               poupa_attendance_words(table, sources[i].dictionary, &count));
    }
    return taken;
}

/* -- Groups -------------------------------------------------------------- */

/* Gives every axis as many bits of a place as its codes need now. */
static bool lay_out_codes(poupa_rollup *rollup)
{
    unsigned shifts[POUPA__AXIS_COUNT + 1] = {0};
    for (int i = 0; i < POUPA__AXIS_COUNT; i++) {
        unsigned bits = 0;
        while (!rollup->axes[i].idle && (rollup->axes[i].texts->count + POUPA__CODE_TEXT) >> bits)
            bits++;
        shifts[i + 1] = shifts[i] + bits;
    }
    if (rollup->direct_count && memcmp(shifts, rollup->shifts, sizeof shifts) == 0)
        return true;
    poupa__release(&rollup->allocator, rollup->direct,
                   rollup->direct_count * sizeof *rollup->direct);
    rollup->direct = NULL;
    rollup->direct_count = 0;
    memcpy(rollup->shifts, shifts, sizeof shifts);
    if (shifts[POUPA__AXIS_COUNT] > DIRECT_BITS)
        return true;
    size_t count = (size_t)1 << shifts[POUPA__AXIS_COUNT];
    rollup->direct = POUPA__NEW_ZEROED(&rollup->allocator, uint32_t, count);
    rollup->direct_count = rollup->direct ? count : 0;
    return rollup->direct != NULL;
}

static uint32_t group_of_row(poupa_rollup *rollup, const poupa__block *rows, size_t row)
{
    uint32_t codes[POUPA__AXIS_COUNT];
    for (int i = 0; i < POUPA__AXIS_COUNT; i++)
        codes[i] = rollup->axes[i].idle ? (uint32_t)POUPA__CODE_TEXT : rows->codes[i][row];
    return poupa__rollup_group(rollup, codes);
}

/* From places, which stand in rows->groups, to groups. */
static bool take_places(poupa_rollup *rollup, poupa__block *rows)
{
    for (size_t i = 0; i < rows->columns.rows; i++) {
        uint32_t *known = &rollup->direct[rows->groups[i]];
        if (*known == POUPA__GROUP_NONE)
            *known = group_of_row(rollup, rows, i);
        if (*known == POUPA__GROUP_NONE)
            return false;
        rows->groups[i] = *known;
    }
    return true;
}

static bool take_groups(poupa_rollup *rollup, poupa__block *rows)
{
    if (!lay_out_codes(rollup))
        return false;
    for (size_t i = 0; rollup->direct == NULL && i < rows->columns.rows; i++) {
        rows->groups[i] = group_of_row(rollup, rows, i);
        if (rows->groups[i] == POUPA__GROUP_NONE)
            return false;
    }
    if (rollup->direct == NULL)
        return true;
    memset(rows->groups, 0, rows->columns.rows * sizeof *rows->groups);
    for (int axis = 0; axis < POUPA__AXIS_COUNT; axis++) {
        unsigned shift = rollup->shifts[axis];
        for (size_t i = 0; !rollup->axes[axis].idle && i < rows->columns.rows; i++)
            rows->groups[i] |= rows->codes[axis][i] << shift;
    }
    return take_places(rollup, rows);
}

bool poupa__block_locate(poupa_rollup *rollup, const poupa_attendance *table, poupa__block *rows)
{
    return take_periods(rollup, rows) && take_words(rollup, rows, table) &&
           take_groups(rollup, rows);
}

/* -- Tables -------------------------------------------------------------- */

/* Forgets the codes of another table's words, and makes room for those of this one. */
static bool clear_maps(poupa_rollup *rollup, const poupa_attendance *table)
{
    for (int i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        size_t count = 0;
        int axis = POUPA__AXIS_UNIT + i;
        void *map = rollup->maps[axis];
        poupa_attendance_words(table, (poupa_dictionary)i, &count);
        if (!poupa__grow(&rollup->allocator, &map, &rollup->map_capacities[axis], count + 1,
                         sizeof *rollup->maps[axis]))
            return false;
        rollup->maps[axis] = (uint32_t *)map;
        memset(map, 0, (count + 1) * sizeof *rollup->maps[axis]);
    }
    return true;
}

bool poupa__rollup_begin(poupa_rollup *rollup, const poupa_attendance *table)
{
    return clear_maps(rollup, table) && lay_out_codes(rollup);
}
