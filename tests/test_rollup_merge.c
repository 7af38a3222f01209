/* test_rollup_merge.c - adding goes on rightly after a merge, and after a want of memory. */
#include "counting.h"
#include "test_rollup.h"

/* Records of months that follow each other, or of one day. */
typedef struct stretch {
    int first_month; /* counted from January 2000 */
    int months;
    size_t rows_each;
} stretch;

static const stretch few = {0, 2, 10};
static const stretch many = {2, 60, 2};
static const stretch one_day = {24, 1, 400}; /* as many as are added as a run */

static poupa_attendance *records_of(stretch what)
{
    enum { MOST = 512 };
    static char days[MOST][POUPA_DATE_SIZE];
    static line lines[MOST];
    size_t count = 0;
    for (int at = what.first_month; at < what.first_month + what.months; at++) {
        for (size_t i = 0; i < what.rows_each; i++, count++) {
            poupa_date first = {(int16_t)(2000 + at / 12), (uint8_t)(at % 12 + 1), 1};
            poupa_date_print(first, days[count]);
            lines[count] = (line){.period = days[count],
                                  .service = "s",
                                  .channel = i % 2 ? "portal" : "app",
                                  .count = 1};
        }
    }
    return table_of(lines, count);
}

static const poupa_group groups[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH},
                                     {POUPA_GROUP_CHANNEL, 0}};

/* What stretches come to that are added one after the other. */
static char *added_up(const poupa_rollup_options *options, const stretch *parts, size_t count)
{
    poupa_rollup *rollup = rollup_of(options);
    for (size_t i = 0; i < count; i++) {
        poupa_attendance *table = records_of(parts[i]);
        ck_assert_int_eq(poupa_rollup_add(rollup, table, NULL), POUPA_OK);
        poupa_attendance_release(table);
    }
    char *text = long_text_of(rollup);
    poupa_rollup_free(rollup);
    return text;
}

static void assert_text(const poupa_rollup *rollup, const char *expected)
{
    char *text = long_text_of(rollup);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(a_rollup_that_was_merged_into_takes_more_tables)
{
    for (size_t by_count = 1; by_count <= COUNT(groups); by_count++) {
        const poupa_rollup_options options = {.by = groups, .by_count = by_count};
        char *expected = added_up(&options, (const stretch[]){few, many, one_day}, 3);
        poupa_rollup *rollups[] = {rollup_of(&options), rollup_of(&options)};
        poupa_attendance *tables[] = {records_of(few), records_of(many), records_of(one_day)};
        ck_assert_int_eq(poupa_rollup_add(rollups[0], tables[0], NULL), POUPA_OK);
        ck_assert_int_eq(poupa_rollup_add(rollups[1], tables[1], NULL), POUPA_OK);
        ck_assert_int_eq(poupa_rollup_merge(rollups[0], rollups[1], NULL), POUPA_OK);
        ck_assert_int_eq(poupa_rollup_add(rollups[0], tables[2], NULL), POUPA_OK);
        assert_text(rollups[0], expected);
        for (size_t i = 0; i < COUNT(tables); i++)
            poupa_attendance_release(tables[i]);
        poupa_rollup_free(rollups[0]);
        poupa_rollup_free(rollups[1]);
        free(expected);
    }
}
END_TEST

/* Fails to add or to merge many months at one allocation after another, and does it again. */
static void fail_and_retry(size_t by_count, bool merge)
{
    poupa_attendance *tables[] = {records_of(few), records_of(many), records_of(one_day)};
    const poupa_rollup_options plain = {.by = groups, .by_count = by_count};
    char *expected = added_up(&plain, (const stretch[]){few, many, one_day}, 3);
    poupa_rollup *other = rollup_of(&plain);
    ck_assert_int_eq(poupa_rollup_add(other, tables[1], NULL), POUPA_OK);
    poupa_status status = POUPA_ERR_MEMORY;
    for (size_t allowed = 0; status != POUPA_OK; allowed++) {
        counting memory = {0};
        poupa_allocator allocator = counting_allocator(&memory);
        const poupa_rollup_options options = {
            .by = groups, .by_count = by_count, .allocator = &allocator};
        poupa_rollup *rollup = rollup_of(&options);
        ck_assert_int_eq(poupa_rollup_add(rollup, tables[0], NULL), POUPA_OK);
        memory.fail_at = memory.calls + allowed + 1;
        status = merge ? poupa_rollup_merge(rollup, other, NULL)
                       : poupa_rollup_add(rollup, tables[1], NULL);
        memory.fail_at = 0;
        ck_assert_int_eq(poupa_rollup_add(rollup, tables[2], NULL), POUPA_OK);
        if (status != POUPA_OK)
            ck_assert_int_eq(merge ? poupa_rollup_merge(rollup, other, NULL)
                                   : poupa_rollup_add(rollup, tables[1], NULL),
                             POUPA_OK);
        assert_text(rollup, expected);
        poupa_rollup_free(rollup);
        assert_nothing_leaked(&memory);
    }
    poupa_rollup_free(other);
    for (size_t i = 0; i < COUNT(tables); i++)
        poupa_attendance_release(tables[i]);
    free(expected);
}

START_TEST(what_failed_for_memory_can_be_done_again)
{
    for (size_t by_count = 1; by_count <= COUNT(groups); by_count++) {
        fail_and_retry(by_count, false);
        fail_and_retry(by_count, true);
    }
}
END_TEST

START_TEST(memory_does_not_depend_on_the_span_of_the_periods)
{
    static const char *const periods[] = {"0001",    "9999",    "0001-S1", "9999-S2",
                                          "0001-Q1", "9999-Q4", "0001-01", "9999-12",
                                          "2021-06", "2021-Q2", "2021-S1", "2021"};
    static const poupa_group year = {POUPA_GROUP_PERIOD, POUPA_PERIOD_YEAR};
    line lines[COUNT(periods)];
    for (size_t i = 0; i < COUNT(periods); i++)
        lines[i] = (line){.period = periods[i], .service = "s", .channel = "app", .count = 1};
    counting memory = {0};
    poupa_allocator allocator = counting_allocator(&memory);
    const poupa_rollup_options options = {.by = &year, .by_count = 1, .allocator = &allocator};
    poupa_rollup *rollup = rollup_of(&options);
    poupa_attendance *table = table_of(lines, COUNT(lines));
    ck_assert_int_eq(poupa_rollup_add(rollup, table, NULL), POUPA_OK);
    ck_assert_uint_lt(memory.bytes, 2 << 20);
    assert_text(rollup, "year,count,rows,wait_s,service_s,first,last,wider\r\n"
                        "0001,4,4,,,0001,0001,false\r\n"
                        "2021,4,4,,,2021,2021,false\r\n"
                        "9999,4,4,,,9999,9999,false\r\n");
    poupa_rollup_free(rollup);
    poupa_attendance_release(table);
    const line days[] = {
        {.period = "2021-06-14", .service = "s", .channel = "app", .count = 1},
        {.period = "0001-01-01", .service = "s", .channel = "app", .count = 1},
        {.period = "9999-12-31", .service = "s", .channel = "app", .count = 1},
    };
    table = table_of(days, COUNT(days));
    rollup = rollup_of(&options);
    ck_assert_int_eq(poupa_rollup_add(rollup, table, NULL), POUPA_OK);
    ck_assert_uint_lt(memory.bytes, 16 << 20); /* four bytes for each day that there is */
    poupa_rollup_free(rollup);
    poupa_attendance_release(table);
}
END_TEST

int main(void)
{
    return RUN_SUITE("rollup: merging", a_rollup_that_was_merged_into_takes_more_tables,
                     what_failed_for_memory_can_be_done_again,
                     memory_does_not_depend_on_the_span_of_the_periods);
}
