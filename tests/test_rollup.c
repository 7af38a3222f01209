/* test_rollup.c - adding up attendance records. */
#include "test_rollup.h"

/* -- Groups -------------------------------------------------------------- */

START_TEST(counts_add_up_and_means_are_weighted_by_them)
{
    const poupa_group by[] = {month, channel};
    const poupa_rollup_options options = {.by = by, .by_count = 2};
    EXPECT(&options, june,
           "month,channel,count,rows,wait_s,service_s,first,last,wider\r\n"
           "2021-05,portal,0,1,,,2021-05-31,2021-05-31,false\r\n"
           "2021-06,portal,7,1,,,2021-06-15,2021-06-15,false\r\n"
           "2021-06,presencial,40,2,500,600,2021-06-14,2021-06-15,false\r\n"
           "2021-07,presencial,1,1,5,0,2021-07-01,2021-07-01,false\r\n");
}
END_TEST

START_TEST(without_groups_everything_is_one)
{
    EXPECT(NULL, june,
           "count,rows,wait_s,service_s,first,last\r\n"
           "48,5,487.9268292682927,580.6451612903226,2021-05-31,2021-07-01\r\n");
}
END_TEST

START_TEST(nothing_gives_no_groups)
{
    const poupa_rollup_options options = {.by = &month, .by_count = 1};
    expect(&options, june, 0, "month,count,rows,wait_s,service_s,first,last,wider\r\n");
}
END_TEST

START_TEST(records_without_a_unit_are_a_group_of_their_own)
{
    const poupa_rollup_options options = {.by = &unit, .by_count = 1, .counts_only = true};
    EXPECT(&options, june,
           "unit,count,rows,wait_s,service_s,first,last\r\n"
           ",7,2,,,2021-05-31,2021-06-15\r\n"
           "itaquera,40,2,,,2021-06-14,2021-06-15\r\n"
           "se,1,1,,,2021-07-01,2021-07-01\r\n");
}
END_TEST

START_TEST(wider_periods_are_apart_and_never_split)
{
    static const line lines[] = {
        {"2021", NULL, "a", "portal", 5, {0, false}, {0, false}},
        {"2021-Q1", NULL, "a", "portal", 4, {0, false}, {0, false}},
        {"2021-06-30", NULL, "a", "portal", 3, {0, false}, {0, false}},
        {"2021-06", NULL, "a", "portal", 2, {0, false}, {0, false}},
        {"0001-01-01", NULL, "a", "portal", 1, {0, false}, {0, false}},
        {"9999-12-31", NULL, "a", "portal", 1, {0, false}, {0, false}},
    };
    const poupa_rollup_options options = {.by = &month, .by_count = 1, .top = 2};
    poupa_rollup_table *results = RESULTS(&options, lines);
    char text[4096];
    ck_assert_str_eq(text_of(results, text),
                     "month,count,rows,wait_s,service_s,first,last,wider\r\n"
                     "2021-06,5,2,,,2021-06,2021-06,false\r\n"
                     "0001-01,1,1,,,0001-01-01,0001-01-01,false\r\n"
                     "2021,5,1,,,2021,2021,true\r\n"
                     "2021-Q1,4,1,,,2021-Q1,2021-Q1,true\r\n");
    poupa_rollup_tally tally = poupa_rollup_table_tally(results);
    ck_assert_uint_eq(tally.rows, 6);
    ck_assert_uint_eq(tally.kept, 6);
    ck_assert_uint_eq(tally.wider, 2);
    ck_assert_uint_eq(tally.groups, 5);
    poupa_rollup_table_free(results);
}
END_TEST

START_TEST(top_keeps_the_groups_of_most_attendances)
{
    const poupa_rollup_options options = {
        .by = &unit, .by_count = 1, .counts_only = true, .top = 2};
    EXPECT(&options, june,
           "unit,count,rows,wait_s,service_s,first,last\r\n"
           "itaquera,40,2,,,2021-06-14,2021-06-15\r\n"
           ",7,2,,,2021-05-31,2021-06-15\r\n");
}
END_TEST

/* -- Filters ------------------------------------------------------------- */

START_TEST(filters_all_hold_and_what_they_leave_out_is_counted)
{
    static const line lines[] = {
        {"2021-06-14", "se", "a", "portal", 1, {0, false}, {0, false}},
        {"2021-06", "se", "a", "app", 2, {0, false}, {0, false}},
        {"2021", "se", "a", "portal", 4, {0, false}, {0, false}},
        {"2021", "se", "a", "phone", 8, {0, false}, {0, false}},
        {"2021-07-02", "se", "a", "portal", 16, {0, false}, {0, false}},
    };
    const poupa_rollup_filter filters[] = {
        {channel, POUPA_TEXTS("portal", "app")},
        {{POUPA_GROUP_PERIOD, 0}, POUPA_TEXTS("2021-01/2021-06")},
    };
    const poupa_rollup_options options = {.filters = filters, .filter_count = 2};
    poupa_rollup_table *results = RESULTS(&options, lines);
    ck_assert_uint_eq(poupa_rollup_table_count(results), 1);
    ck_assert_int_eq(poupa_rollup_table_at(results, 0)->count, 3);
    poupa_rollup_tally tally = poupa_rollup_table_tally(results);
    ck_assert_uint_eq(tally.rows, 5);
    ck_assert_uint_eq(tally.kept, 2);
    ck_assert_uint_eq(tally.cut, 1);
    ck_assert_uint_eq(tally.filtered, 2);
    poupa_rollup_table_free(results);
}
END_TEST

/* -- Exact sums ---------------------------------------------------------- */

START_TEST(sums_up_to_the_greatest_int64_are_exact)
{
    static const line lines[] = {
        {"2021", "se", "a", "portal", INT64_MAX - 1, POUPA_SOME(INT32_MAX), POUPA_SOME(1)},
        {"2021", "se", "a", "portal", 1, POUPA_SOME(0), POUPA_SOME(INT32_MAX)},
    };
    poupa_rollup_table *results = RESULTS(NULL, lines);
    const poupa_rollup_row *row = poupa_rollup_table_at(results, 0);
    ck_assert_int_eq(row->count, INT64_MAX);
    ck_assert_double_eq(row->wait_s.value, 2147483647.0);
    ck_assert_double_eq(row->service_s.value, 1.0 + 0x1p-32);
    poupa_rollup_table_free(results);
}
END_TEST

START_TEST(a_sum_beyond_int64_is_an_error_that_names_the_group)
{
    static const line lines[] = {
        {"2021-06-01", "se", "a", "portal", INT64_MAX, {0, false}, {0, false}},
        {"2021-06-02", "se", "a", "portal", 1, {0, false}, {0, false}},
        {"2021-06-02", "se", "a", "app", 1, {0, false}, {0, false}},
    };
    const poupa_group by[] = {month, channel};
    const poupa_rollup_options options = {.by = by, .by_count = 2};
    for (size_t split = 0; split <= 3; split++) {
        poupa_error err;
        poupa_rollup_table *results;
        poupa_rollup *rollup = rollup_of(&options);
        poupa_attendance *parts[] = {table_of(lines, split), table_of(lines + split, 3 - split)};
        for (int i = 0; i < 2; i++) {
            ck_assert_int_eq(poupa_rollup_add(rollup, parts[i], &err), POUPA_OK);
            poupa_attendance_release(parts[i]);
        }
        ck_assert_int_eq(poupa_rollup_finish(rollup, &results, &err), POUPA_ERR_LIMIT);
        ck_assert_ptr_null(results);
        ck_assert_str_eq(err.message, "the attendances of month \"2021-06\", channel \"portal\" "
                                      "add up to more than 9223372036854775807");
        poupa_rollup_free(rollup);
    }
}
END_TEST

/* a * b, digit by digit of 32 bits. */
static poupa__wide product(uint64_t a, uint64_t b)
{
    uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX);
    uint64_t middle = (a >> 32) * (b & UINT32_MAX) + (low >> 32);
    uint64_t other = (a & UINT32_MAX) * (b >> 32) + (middle & UINT32_MAX);
    return (poupa__wide){(a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32),
                         other << 32 | (low & UINT32_MAX)};
}

static poupa__wide shifted(poupa__wide a, int bits)
{
    return (poupa__wide){a.high << bits | a.low >> (64 - bits), a.low << bits};
}

static bool at_most(poupa__wide a, poupa__wide b)
{
    return a.high < b.high || (a.high == b.high && a.low <= b.low);
}

START_TEST(a_ratio_is_rounded_once)
{
    uint64_t state = 7;
    for (int i = 0; i < 200000; i++) {
        uint64_t b = (next_random(&state) >> (next_random(&state) % 63)) | 1;
        uint64_t seconds = next_random(&state) >> (33 + next_random(&state) % 31);
        poupa__wide a = product(b, seconds);
        poupa__wide_add(&a, (poupa__wide){0, next_random(&state) % b});
        double found = poupa__wide_ratio(a, b);
        /* Neither neighbour is nearer: |a - found b| is at most half a unit. */
        int exponent;
        frexp(found, &exponent);
        if (found == 0 || exponent > 31 || exponent < 1)
            continue;
        uint64_t scaled = (uint64_t)ldexp(found, 53 - exponent);
        int shift = 54 - exponent;
        if ((a.high >> (63 - shift)) == 0 && (b >> 62) == 0) {
            ck_assert(at_most(product(2 * scaled - 1, b), shifted(a, shift)));
            ck_assert(at_most(shifted(a, shift), product(2 * scaled + 1, b)));
        }
    }
}
END_TEST

/* -- However the rows are spread ----------------------------------------- */

/* Adds the lines in tables of `size` rows, the odd ones to another rollup, merged later. */
static char *spread(const poupa_rollup_options *options, const line *lines, size_t size,
                    bool merge)
{
    poupa_rollup *rollups[] = {rollup_of(options), rollup_of(options)};
    for (size_t i = 0, part = 0; i < ROWS; i += size, part++) {
        poupa_attendance *table = table_of(lines + i, ROWS - i < size ? ROWS - i : size);
        ck_assert_int_eq(poupa_rollup_add(rollups[merge && part % 2], table, NULL), POUPA_OK);
        poupa_attendance_release(table);
    }
    ck_assert_int_eq(poupa_rollup_merge(rollups[0], rollups[1], NULL), POUPA_OK);
    char *text = long_text_of(rollups[0]);
    poupa_rollup_free(rollups[0]);
    poupa_rollup_free(rollups[1]);
    return text;
}

START_TEST(results_do_not_depend_on_tables_and_merges)
{
    const poupa_group few[] = {month, channel};
    const poupa_group some[] = {unit, {POUPA_GROUP_PERIOD, POUPA_PERIOD_YEAR}};
    const poupa_group many[] = {day, unit, service};
    const poupa_rollup_options options[] = {
        {.by = few, .by_count = 2}, {.by = some, .by_count = 2}, {.by = many, .by_count = 3}};
    static const int64_t greatest[] = {100, INT64_C(1) << 40};
    for (size_t i = 0; i < 6; i++) {
        const line *lines = random_lines(i, greatest[i / 3]);
        char *whole = spread(&options[i % 3], lines, ROWS, false);
        static const size_t sizes[] = {1, 7, 1023, 4096};
        for (size_t j = i % 2; j < 4; j++) {
            char *parts = spread(&options[i % 3], lines, sizes[j], j % 2);
            ck_assert(strcmp(whole, parts) == 0);
            free(parts);
        }
        free(whole);
    }
}
END_TEST

START_TEST(results_are_those_of_adding_up_one_by_one)
{
    const poupa_group by[] = {channel, unit};
    for (uint64_t seed = 0; seed < 4; seed++) {
        const line *lines = random_lines(seed, seed % 2 ? INT64_C(1) << 45 : 1000);
        const poupa_rollup_options options = {.by = by, .by_count = 2};
        poupa_rollup_table *results = results_of(&options, lines, ROWS);
        uint64_t rows = 0;
        for (size_t i = 0; i < poupa_rollup_table_count(results); i++) {
            const poupa_rollup_row *row = poupa_rollup_table_at(results, i);
            uint64_t count = 0, weight = 0;
            long double sum = 0;
            for (size_t j = 0; j < ROWS; j++) {
                if (strcmp(lines[j].channel, row->keys[0]) != 0 ||
                    strcmp(lines[j].unit ? lines[j].unit : "", row->keys[1]) != 0)
                    continue;
                count += (uint64_t)lines[j].count;
                sum += (long double)lines[j].count * lines[j].wait.value;
                weight += lines[j].wait.present ? (uint64_t)lines[j].count : 0;
            }
            ck_assert(count == (uint64_t)row->count);
            double mean = (double)(sum / (long double)weight);
            ck_assert_double_eq_tol(row->wait_s.value, mean, mean * 0x1p-52);
            rows += row->rows;
        }
        ck_assert_uint_eq(rows, ROWS);
        poupa_rollup_table_free(results);
    }
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "rollup", counts_add_up_and_means_are_weighted_by_them, without_groups_everything_is_one,
        nothing_gives_no_groups, records_without_a_unit_are_a_group_of_their_own,
        wider_periods_are_apart_and_never_split, top_keeps_the_groups_of_most_attendances,
        filters_all_hold_and_what_they_leave_out_is_counted,
        sums_up_to_the_greatest_int64_are_exact,
        a_sum_beyond_int64_is_an_error_that_names_the_group, a_ratio_is_rounded_once,
        results_do_not_depend_on_tables_and_merges, results_are_those_of_adding_up_one_by_one);
}
