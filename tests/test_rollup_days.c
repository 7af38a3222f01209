/* test_rollup_days.c - records of days, which mostly go the short way, against adding them up
 * one by one. */
#include "test_rollup.h"

enum { DAY_ROWS = 6000 };

/* How the days follow each other. */
typedef enum order { SORTED, SHUFFLED, LONG_DAYS, ONE_DAY, ORDERS } order;

typedef struct day_lines {
    line lines[DAY_ROWS];
    char texts[DAY_ROWS][3][16];
} day_lines;

static void make_lines(day_lines *out, order how, bool units, uint64_t seed)
{
    uint64_t state = seed;
    for (size_t i = 0; i < DAY_ROWS; i++) {
        const int32_t days[ORDERS] = {(int32_t)i / 40, (int32_t)(next_random(&state) % 150),
                                      (int32_t)i / 700 * 20, 0};
        char(*texts)[16] = out->texts[i];
        poupa_date_print(poupa_date_from_day(18700 + days[how]), texts[0]);
        snprintf(texts[1], 16, "u%u", (unsigned)(next_random(&state) % (1 + i / 10)));
        snprintf(texts[2], 16, "c%u", (unsigned)(next_random(&state) % (1 + i / 1500)));
        bool placed = units || next_random(&state) % 3;
        bool timed = next_random(&state) % 4 != 0;
        out->lines[i] = (line){
            .period = texts[0],
            .unit = placed ? texts[1] : NULL,
            .service = "s",
            .channel = texts[2],
            .count = (int64_t)(next_random(&state) % 1000),
            .wait = {timed ? (int32_t)(next_random(&state) % 5000) : 0, timed},
            .service_s = {(int32_t)(next_random(&state) % 5000), true},
        };
    }
}

static bool is_in(const line *record, poupa_group group, const char *key)
{
    if (group.key == POUPA_GROUP_PERIOD)
        return strncmp(record->period, key, strlen(key)) == 0;
    if (group.key == POUPA_GROUP_UNIT)
        return strcmp(record->unit ? record->unit : "", key) == 0;
    return strcmp(record->channel, key) == 0;
}

static double mean_of(uint64_t sum, uint64_t weight)
{
    return (double)sum / (double)weight;
}

/* Checks a group against its records; returns how many these are. */
static size_t check_row(const poupa_rollup_row *row, const poupa_group *by, const line *lines)
{
    uint64_t count = 0, wait = 0, weight = 0, time = 0;
    size_t rows = 0;
    char first[] = "9999-99-99", last[] = "0000-00-00", text[POUPA_PERIOD_SIZE];
    for (size_t i = 0; i < DAY_ROWS; i++) {
        bool in = true;
        for (size_t j = 0; in && j < row->key_count; j++)
            in = is_in(&lines[i], by[j], row->keys[j]);
        if (!in)
            continue;
        rows++;
        count += (uint64_t)lines[i].count;
        time += (uint64_t)lines[i].count * (uint32_t)lines[i].service_s.value;
        wait += (uint64_t)lines[i].count * (uint32_t)lines[i].wait.value;
        weight += lines[i].wait.present ? (uint64_t)lines[i].count : 0;
        if (strcmp(lines[i].period, first) < 0)
            strcpy(first, lines[i].period);
        if (strcmp(lines[i].period, last) > 0)
            strcpy(last, lines[i].period);
    }
    ck_assert_uint_eq(row->rows, rows);
    ck_assert(count == (uint64_t)row->count);
    ck_assert(row->wait_s.present == (weight > 0));
    if (weight)
        ck_assert_double_eq(row->wait_s.value, mean_of(wait, weight));
    if (count)
        ck_assert_double_eq(row->service_s.value, mean_of(time, count));
    poupa_period_print(row->first, text);
    ck_assert_str_eq(text, first);
    poupa_period_print(row->last, text);
    ck_assert_str_eq(text, last);
    return rows;
}

/* Adds the lines in tables of `size` rows and checks all groups. */
static void check_rollup(const poupa_group *by, size_t count, const line *lines, size_t size)
{
    poupa_rollup_table *results;
    const poupa_rollup_options options = {.by = by, .by_count = count};
    poupa_rollup *rollup = rollup_of(&options);
    for (size_t i = 0; i < DAY_ROWS; i += size) {
        poupa_attendance *table = table_of(lines + i, DAY_ROWS - i < size ? DAY_ROWS - i : size);
        ck_assert_int_eq(poupa_rollup_add(rollup, table, NULL), POUPA_OK);
        poupa_attendance_release(table);
    }
    ck_assert_int_eq(poupa_rollup_finish(rollup, &results, NULL), POUPA_OK);
    size_t rows = 0;
    for (size_t i = 0; i < poupa_rollup_table_count(results); i++)
        rows += check_row(poupa_rollup_table_at(results, i), by, lines);
    ck_assert_uint_eq(rows, DAY_ROWS);
    poupa_rollup_table_free(results);
    poupa_rollup_free(rollup);
}

START_TEST(records_of_days_add_up_in_any_order_and_grouping)
{
    static day_lines made;
    const poupa_group cases[][2] = {
        {month, channel}, {unit, month}, {unit, channel}, {channel, unit}, {month, unit}};
    static const size_t counts[] = {2, 2, 1, 1, 1};
    for (order how = SORTED; how < ORDERS; how++) {
        for (size_t i = 0; i < 2 * COUNT(counts); i++) {
            make_lines(&made, how, i % 2, i);
            check_rollup(cases[i / 2], counts[i / 2], made.lines, DAY_ROWS);
            check_rollup(cases[i / 2], counts[i / 2], made.lines, 1500);
        }
        check_rollup(NULL, 0, made.lines, 700);
    }
}
END_TEST

START_TEST(filters_leave_out_days_and_words)
{
    static day_lines made;
    const poupa_rollup_filter filters[] = {
        {{POUPA_GROUP_PERIOD, 0}, POUPA_TEXTS("2021-04")},
        {channel, POUPA_TEXTS("c1")},
    };
    const poupa_rollup_options options = {
        .by = &month, .by_count = 1, .filters = filters, .filter_count = 2};
    for (order how = SORTED; how < ONE_DAY; how++) {
        make_lines(&made, how, false, 5);
        poupa_rollup_table *results = results_of(&options, made.lines, DAY_ROWS);
        uint64_t expected = 0;
        for (size_t i = 0; i < DAY_ROWS; i++)
            expected += strncmp(made.lines[i].period, "2021-04", 7) == 0 &&
                        strcmp(made.lines[i].channel, "c1") == 0;
        poupa_rollup_tally tally = poupa_rollup_table_tally(results);
        ck_assert_uint_eq(tally.kept, expected);
        ck_assert_uint_eq(tally.rows, DAY_ROWS);
        ck_assert_uint_eq(tally.filtered, DAY_ROWS - expected);
        ck_assert_uint_gt(expected, 0);
        poupa_rollup_table_free(results);
    }
}
END_TEST

START_TEST(sums_too_large_for_a_bin_are_carried)
{
    enum { MANY = 40000 };
    static line lines[MANY];
    for (size_t i = 0; i < MANY; i++)
        lines[i] = (line){"2021-06-14",          "se",         "s", "portal", (1 << 20) - 1,
                          POUPA_SOME(INT32_MAX), POUPA_SOME(1)};
    poupa_rollup_table *results = results_of(NULL, lines, MANY);
    const poupa_rollup_row *row = poupa_rollup_table_at(results, 0);
    ck_assert_int_eq(row->count, (int64_t)MANY * ((1 << 20) - 1));
    ck_assert_double_eq(row->wait_s.value, INT32_MAX);
    ck_assert_double_eq(row->service_s.value, 1);
    ck_assert_uint_eq(row->rows, MANY);
    poupa_rollup_table_free(results);
}
END_TEST

int main(void)
{
    return RUN_SUITE("rollup: days", records_of_days_add_up_in_any_order_and_grouping,
                     filters_leave_out_days_and_words, sums_too_large_for_a_bin_are_carried);
}
