/* test_base_date.c - dates and days. */
#include <string.h>

#include "base/date.h"
#include "suite.h"

#define FIRST_DAY (-719162) /* 0001-01-01 */
#define LAST_DAY 2932896    /* 9999-12-31 */

START_TEST(days_of_known_dates_are_known)
{
    static const struct {
        poupa_date date;
        int32_t day;
    } cases[] = {
        {{1970, 1, 1}, 0},         {{1969, 12, 31}, -1},   {{2000, 2, 29}, 11016},
        {{2000, 3, 1}, 11017},     {{2021, 6, 14}, 18792}, {{1600, 1, 1}, -135140},
        {{1582, 10, 15}, -141427}, {{1, 1, 1}, FIRST_DAY}, {{9999, 12, 31}, LAST_DAY},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ck_assert_int_eq(poupa_date_first_day(cases[i].date), cases[i].day);
        ck_assert_int_eq(poupa_date_last_day(cases[i].date), cases[i].day);
    }
}
END_TEST

START_TEST(every_day_from_the_year_1_to_9999_follows_the_one_before)
{
    poupa_date date = {1, 1, 1};
    for (int32_t day = FIRST_DAY; day <= LAST_DAY; day++) {
        poupa_date found = poupa_date_from_day(day);
        if (memcmp(&found, &date, sizeof date) != 0 || poupa_date_first_day(date) != day)
            ck_abort_msg("day %d is %d-%d-%d", day, found.year, found.month, found.day);
        if (date.day++ < poupa__days_in_month(date.year, date.month))
            continue;
        date.day = 1;
        if (date.month++ < 12)
            continue;
        date.month = 1;
        date.year++;
    }
    ck_assert_int_eq(date.year, 10000);
}
END_TEST

START_TEST(a_printed_day_reads_back_as_the_same)
{
    for (int32_t day = FIRST_DAY; day <= LAST_DAY; day += day % 400 == 0 ? 1 : 13) {
        poupa_date date = poupa_date_from_day(day), read;
        char text[POUPA_DATE_SIZE];
        size_t size = poupa_date_print(date, text);
        if (poupa_date_parse(text, size, &read, NULL) != POUPA_OK ||
            poupa_date_first_day(read) != day)
            ck_abort_msg("day %d: %s", day, text);
    }
}
END_TEST

START_TEST(outside_the_years_there_is_no_date)
{
    static const int32_t days[] = {FIRST_DAY - 1, LAST_DAY + 1, POUPA_DAY_MIN, POUPA_DAY_MAX};
    for (size_t i = 0; i < COUNT(days); i++)
        ck_assert_int_eq(poupa_date_from_day(days[i]).year, 0);
}
END_TEST

START_TEST(leap_years_are_those_of_the_gregorian_calendar)
{
    static const struct {
        int year;
        int days_in_february;
    } cases[] = {{4, 29},    {100, 28},  {400, 29},  {1900, 28}, {2000, 29},
                 {2020, 29}, {2021, 28}, {2100, 28}, {9996, 29}, {9999, 28}};
    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_int_eq(poupa__days_in_month(cases[i].year, 2), cases[i].days_in_february);
}
END_TEST

START_TEST(a_date_is_as_precise_as_it_was_written)
{
    static const struct {
        const char *text;
        poupa_date date;
        poupa_date first;
        poupa_date last;
    } cases[] = {
        {"2021", {2021, 0, 0}, {2021, 1, 1}, {2021, 12, 31}},
        {"2020-02", {2020, 2, 0}, {2020, 2, 1}, {2020, 2, 29}},
        {"2021-06-14", {2021, 6, 14}, {2021, 6, 14}, {2021, 6, 14}},
        {"0001", {1, 0, 0}, {1, 1, 1}, {1, 12, 31}},
        {"9999-12-31", {9999, 12, 31}, {9999, 12, 31}, {9999, 12, 31}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_date date;
        char text[POUPA_DATE_SIZE];
        ASSERT_OK(poupa_date_parse(cases[i].text, strlen(cases[i].text), &date, &err));
        ck_assert_mem_eq(&date, &cases[i].date, sizeof date);
        ck_assert_int_eq(poupa_date_first_day(date), poupa_date_first_day(cases[i].first));
        ck_assert_int_eq(poupa_date_last_day(date), poupa_date_last_day(cases[i].last));
        ck_assert_uint_eq(poupa_date_print(date, text), strlen(cases[i].text));
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

START_TEST(what_is_no_date_is_refused_by_name)
{
    static const char *const texts[] = {
        "",           "21",         "202",         "20211",      "2021-",      "2021-6",
        "2021-13",    "2021-00",    "2021-06-00",  "2021-06-31", "2021-02-29", "2021/06/14",
        "2021-06/14", "14-06-2021", "2021-06-14T", "0000",       "-001",       "2o21",
        " 2021",      "2021-6-14",  "2021-0a",     "2021-06-1x", "٢٠٢١",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        poupa_date date = {1, 2, 3};
        poupa_error err;
        ck_assert_int_eq(poupa_date_parse(texts[i], strlen(texts[i]), &date, &err),
                         POUPA_ERR_INVALID);
        ck_assert_ptr_nonnull(strstr(err.message, texts[i]));
        ck_assert_ptr_nonnull(strstr(err.message, "write YYYY, YYYY-MM or YYYY-MM-DD"));
        ck_assert_int_eq(date.day, 3);
    }
    poupa_date date;
    ASSERT_FAILS(poupa_date_parse(NULL, 0, &date, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_date_parse("2021", 4, NULL, &err), POUPA_ERR_ARGUMENT);
}
END_TEST

START_TEST(a_date_that_cannot_be_has_no_days_and_no_text)
{
    static const poupa_date dates[] = {{0, 0, 0},     {0, 1, 1},    {10000, 0, 0}, {-1, 0, 0},
                                       {2021, 13, 0}, {2021, 0, 1}, {2021, 2, 29}, {2021, 4, 31}};
    for (size_t i = 0; i < COUNT(dates); i++) {
        char text[POUPA_DATE_SIZE] = "?";
        ck_assert(!poupa_date_valid(dates[i]));
        ck_assert_int_eq(poupa_date_first_day(dates[i]), POUPA_DAY_MIN);
        ck_assert_int_eq(poupa_date_last_day(dates[i]), POUPA_DAY_MIN);
        ck_assert_uint_eq(poupa_date_print(dates[i], text), 0);
        ck_assert_str_eq(text, "");
    }
    ck_assert_uint_eq(poupa_date_print((poupa_date){2021, 0, 0}, NULL), 0);
}
END_TEST

int main(void)
{
    return RUN_SUITE("base: dates", days_of_known_dates_are_known,
                     every_day_from_the_year_1_to_9999_follows_the_one_before,
                     a_printed_day_reads_back_as_the_same, outside_the_years_there_is_no_date,
                     leap_years_are_those_of_the_gregorian_calendar,
                     a_date_is_as_precise_as_it_was_written, what_is_no_date_is_refused_by_name,
                     a_date_that_cannot_be_has_no_days_and_no_text);
}
