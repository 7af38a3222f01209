/*
 * locate.c - from the rows of a block to their groups.
 *
 * What is new, a day or a word or a combination of codes, is looked up when it is met first.
 */
#include <string.h>

#include "block.h"

enum { DIRECT_BITS = 20 };

/* -- Codes of days ------------------------------------------------------- */

/* Makes a calendar hold the days from `first` to `last`, with as much room again. */
static bool stretch(poupa_rollup *rollup, poupa__calendar *calendar, int32_t first, int32_t last)
{
    int32_t end = calendar->first + (int32_t)calendar->days - 1;
    if (calendar->days && first >= calendar->first && last <= end)
        return true;
    if (calendar->days && first > calendar->first)
        first = calendar->first;
    if (calendar->days && last < end)
        last = end;
    int32_t margin = (last - first) / 2 + 366;
    size_t days = (size_t)(last - first) + 1 + 2 * (size_t)margin;
    uint32_t *codes = poupa__allocate_zeroed(&rollup->allocator, days * sizeof *codes);
    if (codes == NULL)
        return false;
    first -= margin;
    if (calendar->days)
        memcpy(codes + (calendar->first - first), calendar->codes,
               calendar->days * sizeof *codes);
    poupa__release(&rollup->allocator, calendar->codes, calendar->days * sizeof *codes);
    *calendar = (poupa__calendar){codes, first, days};
    return true;
}

static uint32_t learn_period(poupa_rollup *rollup, int32_t day, poupa_period_kind kind)
{
    poupa__calendar *calendar = &rollup->calendars[kind];
    uint32_t code =
        poupa__axis_period_code(&rollup->axes[POUPA__AXIS_PERIOD], &rollup->plan, day, kind);
    calendar->codes[day - calendar->first] = code;
    return code;
}

uint32_t poupa__day_code(poupa_rollup *rollup, int32_t day)
{
    poupa__calendar *calendar = &rollup->calendars[POUPA_PERIOD_DAY];
    if (!stretch(rollup, calendar, day, day))
        return POUPA__CODE_UNKNOWN;
    uint32_t code = calendar->codes[day - calendar->first];
    return code == POUPA__CODE_UNKNOWN ? learn_period(rollup, day, POUPA_PERIOD_DAY) : code;
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
    poupa__calendar *calendar = &rollup->calendars[POUPA_PERIOD_DAY];
    if (!stretch(rollup, calendar, first, last))
        return false;
    const int32_t *days = rows->columns.period_start;
    for (size_t i = 0; i < rows->columns.rows; i++) {
        uint32_t code = calendar->codes[days[i] - calendar->first];
        if (code == POUPA__CODE_UNKNOWN)
            code = learn_period(rollup, days[i], POUPA_PERIOD_DAY);
        if (code == POUPA__CODE_UNKNOWN)
            return false;
        rows->codes[POUPA__AXIS_PERIOD][i] = code;
    }
    return true;
}

/* The same for periods of any kind. */
static bool code_periods(poupa_rollup *rollup, poupa__block *rows)
{
    for (size_t i = 0; i < rows->columns.rows; i++) {
        int32_t day = rows->columns.period_start[i];
        poupa_period_kind kind = (poupa_period_kind)rows->columns.period_kind[i];
        poupa__calendar *calendar = &rollup->calendars[kind];
        if (!stretch(rollup, calendar, day, day))
            return false;
        uint32_t code = calendar->codes[day - calendar->first];
        if (code == POUPA__CODE_UNKNOWN)
            code = learn_period(rollup, day, kind);
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

bool poupa__block_clear_maps(poupa_rollup *rollup, const poupa_attendance *table)
{
    for (int i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        size_t count = 0;
        int axis = POUPA__AXIS_UNIT + i;
        void *map = rollup->maps[axis];
        poupa_attendance_words(table, (poupa_dictionary)i, &count);
        if (!poupa__grow(&rollup->allocator, &map, &rollup->map_capacities[axis], count + 1,
                         sizeof *rollup->maps[axis]))
            return false;
        rollup->maps[axis] = map;
        memset(map, 0, (count + 1) * sizeof *rollup->maps[axis]);
    }
    return true;
}

/* -- Groups -------------------------------------------------------------- */

/* Gives every axis as many bits of a place as its codes need now. */
static bool lay_out(poupa_rollup *rollup)
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
    rollup->direct = poupa__allocate_zeroed(&rollup->allocator, count * sizeof *rollup->direct);
    rollup->direct_count = rollup->direct ? count : 0;
    return rollup->direct != NULL;
}

static uint32_t group_of_row(poupa_rollup *rollup, const poupa__block *rows, size_t row)
{
    uint32_t codes[POUPA__AXIS_COUNT];
    for (int i = 0; i < POUPA__AXIS_COUNT; i++)
        codes[i] = rollup->axes[i].idle ? POUPA__CODE_TEXT : rows->codes[i][row];
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
    if (!lay_out(rollup))
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
