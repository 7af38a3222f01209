/* test_base_period.c - periods: forms, refusals, and questions about them. */
#include <string.h>

#include "suite.h"

static poupa_period parse(const char *text)
{
    poupa_period period = {0};
    ASSERT_OK(poupa_period_parse(text, strlen(text), &period, &err));
    return period;
}

static int32_t day(const char *text)
{
    poupa_date date = {0};
    ASSERT_OK(poupa_date_parse(text, strlen(text), &date, &err));
    return poupa_date_first_day(date);
}

/* Every form in which a period is written. */
static const struct form {
    const char *text;
    poupa_period_kind kind;
    const char *first; /* NULL: no earlier end */
    const char *last;
    int32_t months;
    int64_t days;
} forms[] = {
    {"2021", POUPA_PERIOD_YEAR, "2021-01-01", "2021-12-31", 12, 365},
    {"2020", POUPA_PERIOD_YEAR, "2020-01-01", "2020-12-31", 12, 366},
    {"2021-S1", POUPA_PERIOD_HALF, "2021-01-01", "2021-06-30", 6, 181},
    {"2021-S2", POUPA_PERIOD_HALF, "2021-07-01", "2021-12-31", 6, 184},
    {"2021-Q1", POUPA_PERIOD_QUARTER, "2021-01-01", "2021-03-31", 3, 90},
    {"2021-Q2", POUPA_PERIOD_QUARTER, "2021-04-01", "2021-06-30", 3, 91},
    {"2021-Q3", POUPA_PERIOD_QUARTER, "2021-07-01", "2021-09-30", 3, 92},
    {"2021-Q4", POUPA_PERIOD_QUARTER, "2021-10-01", "2021-12-31", 3, 92},
    {"2021-02", POUPA_PERIOD_MONTH, "2021-02-01", "2021-02-28", 1, 28},
    {"2021-06-14", POUPA_PERIOD_DAY, "2021-06-14", "2021-06-14", -1, 1},
    {"2020-08/2021-07", POUPA_PERIOD_RANGE, "2020-08-01", "2021-07-31", 12, 365},
    {"2020/2021-S1", POUPA_PERIOD_RANGE, "2020-01-01", "2021-06-30", 18, 547},
    {"2021-Q1/2021-05-31", POUPA_PERIOD_RANGE, "2021-01-01", "2021-05-31", 5, 151},
    {"2021-06-02/2021-06-30", POUPA_PERIOD_RANGE, "2021-06-02", "2021-06-30", -1, 29},
    {"2021-06-01/2021-06-29", POUPA_PERIOD_RANGE, "2021-06-01", "2021-06-29", -1, 29},
    {"2020-08-01/2021-07-31", POUPA_PERIOD_RANGE, "2020-08-01", "2021-07-31", 12, 365},
    {"../2021-07", POUPA_PERIOD_UNTIL, NULL, "2021-07-31", -1, -1},
    {"../2021", POUPA_PERIOD_UNTIL, NULL, "2021-12-31", -1, -1},
    {"../2021-06-14", POUPA_PERIOD_UNTIL, NULL, "2021-06-14", -1, -1},
    {"0001", POUPA_PERIOD_YEAR, "0001-01-01", "0001-12-31", 12, 365},
    {"9999-12-31", POUPA_PERIOD_DAY, "9999-12-31", "9999-12-31", -1, 1},
};

START_TEST(every_form_of_a_period_has_its_first_and_last_day)
{
    for (size_t i = 0; i < COUNT(forms); i++) {
        poupa_period period = parse(forms[i].text);
        ck_assert_int_eq(period.kind, forms[i].kind);
        ck_assert_int_eq(period.first, forms[i].first ? day(forms[i].first) : POUPA_DAY_MIN);
        ck_assert_int_eq(period.last, day(forms[i].last));
        ck_assert(poupa_period_valid(period));
    }
}
END_TEST

START_TEST(a_period_is_printed_in_the_form_it_was_read_in)
{
    for (size_t i = 0; i < COUNT(forms); i++) {
        char text[POUPA_PERIOD_SIZE];
        ck_assert_uint_eq(poupa_period_print(parse(forms[i].text), text), strlen(forms[i].text));
        ck_assert_str_eq(text, forms[i].text);
    }
    ck_assert_uint_eq(poupa_period_print(parse("2021"), NULL), 0);
}
END_TEST

START_TEST(every_form_of_a_period_has_its_length)
{
    for (size_t i = 0; i < COUNT(forms); i++) {
        ck_assert_int_eq(poupa_period_months(parse(forms[i].text)), forms[i].months);
        ck_assert_int_eq(poupa_period_days(parse(forms[i].text)), forms[i].days);
    }
    ck_assert_int_eq(poupa_period_months((poupa_period){0}), -1);
    ck_assert_int_eq(poupa_period_days((poupa_period){0}), -1);
}
END_TEST

START_TEST(what_is_no_period_is_refused_with_a_hint)
{
    static const struct {
        const char *text;
        const char *hint;
    } cases[] = {
        {"2021-H1", "; write 2021-S1"},
        {"2021-h2", "; write 2021-S2"},
        {"2021-s2", "; write 2021-S2"},
        {"2021-q3", "; write 2021-Q3"},
        {"2020-H1/2021-q2", "; write 2020-S1/2021-Q2"},
        {"../2021-H1", "; write ../2021-S1"},
        {"2021-07/2020-08", "; it ends before it starts"},
        {"2021-H3", ": write 2021, 2021-S1"},
        {"2021-S0", ": write 2021, 2021-S1"},
        {"2021-S3", ": write 2021, 2021-S1"},
        {"2021-Q5", ": write 2021, 2021-S1"},
        {"2021xS1", ": write 2021, 2021-S1"},
        {"0000-S1", ": write 2021, 2021-S1"},
        {"", ": write 2021, 2021-S1"},
        {"/", ": write 2021, 2021-S1"},
        {"2021/", ": write 2021, 2021-S1"},
        {"/2021", ": write 2021, 2021-S1"},
        {"2021/..", ": write 2021, 2021-S1"},
        {"../..", ": write 2021, 2021-S1"},
        {"2019/2020/2021", ": write 2021, 2021-S1"},
        {"2021-13", ": write 2021, 2021-S1"},
        {"the first half of 2021", ": write 2021, 2021-S1"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_period period = {.last = 42};
        poupa_error err;
        ck_assert_int_eq(poupa_period_parse(cases[i].text, strlen(cases[i].text), &period, &err),
                         POUPA_ERR_INVALID);
        ck_assert_msg(strstr(err.message, cases[i].text) && strstr(err.message, cases[i].hint),
                      "%s", err.message);
        ck_assert_int_eq(period.last, 42);
    }
    poupa_period period;
    ASSERT_FAILS(poupa_period_parse(NULL, 0, &period, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_period_parse("2021", 4, NULL, &err), POUPA_ERR_ARGUMENT);
}
END_TEST

START_TEST(a_period_that_no_text_stands_for_is_not_valid)
{
    const int32_t start = day("2021-01-01"), end = day("2021-12-31");
    const poupa_period periods[] = {
        {0, 0, 0, 0, 0},                           /* none */
        {start, end, 9, 0, 0},                     /* no form */
        {start, end - 1, POUPA_PERIOD_YEAR, 0, 0}, /* ends too early */
        {start + 1, end, POUPA_PERIOD_YEAR, 0, 0}, /* starts too late */
        {start, end, POUPA_PERIOD_YEAR, 1, 0},     /* forms of ends it has not */
        {start, end, POUPA_PERIOD_YEAR, 0, 1},
        {start, end, POUPA_PERIOD_RANGE, 0, 0}, /* ends without forms */
        {start, end, POUPA_PERIOD_RANGE, 1, POUPA_PERIOD_RANGE},
        {start, end - 1, POUPA_PERIOD_RANGE, 1, 1},
        {start + 1, end, POUPA_PERIOD_RANGE, 1, 1},
        {end, start, POUPA_PERIOD_RANGE, POUPA_PERIOD_DAY, POUPA_PERIOD_DAY},
        {POUPA_DAY_MIN, end, POUPA_PERIOD_UNTIL, 1, 1},
        {start, end, POUPA_PERIOD_UNTIL, 0, 1},
        {POUPA_DAY_MIN, end, POUPA_PERIOD_YEAR, 0, 0},
        {POUPA_DAY_MIN, POUPA_DAY_MAX, POUPA_PERIOD_UNTIL, 0, POUPA_PERIOD_DAY},
    };
    for (size_t i = 0; i < COUNT(periods); i++) {
        char text[POUPA_PERIOD_SIZE] = "?";
        ck_assert_msg(!poupa_period_valid(periods[i]), "%zu", i);
        ck_assert_uint_eq(poupa_period_print(periods[i], text), 0);
        ck_assert_str_eq(text, "");
    }
}
END_TEST

START_TEST(around_a_day_there_is_one_period_of_each_form)
{
    static const struct {
        poupa_period_kind kind;
        const char *text;
    } cases[] = {{POUPA_PERIOD_YEAR, "2021"},
                 {POUPA_PERIOD_HALF, "2021-S2"},
                 {POUPA_PERIOD_QUARTER, "2021-Q3"},
                 {POUPA_PERIOD_MONTH, "2021-08"},
                 {POUPA_PERIOD_DAY, "2021-08-31"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_period around = poupa_period_around(day("2021-08-31"), cases[i].kind);
        ck_assert_int_eq(poupa_period_compare(around, parse(cases[i].text)), 0);
    }
    static const poupa_period_kind none[] = {POUPA_PERIOD_NONE, POUPA_PERIOD_RANGE,
                                             POUPA_PERIOD_UNTIL, (poupa_period_kind)99};
    for (size_t i = 0; i < COUNT(none); i++)
        ck_assert_int_eq(poupa_period_around(0, none[i]).kind, POUPA_PERIOD_NONE);
    ck_assert_int_eq(poupa_period_around(POUPA_DAY_MIN, POUPA_PERIOD_YEAR).kind, 0);
}
END_TEST

START_TEST(periods_are_of_the_same_length_by_months_or_else_by_days)
{
    static const struct {
        const char *a;
        const char *b;
        bool same;
    } cases[] = {
        {"2021-S1", "2020-S2", true},
        {"2021-S1", "2021-01/2021-06", true},
        {"2021-02", "2021-03", true},
        {"2021", "2020-08/2021-07", true},
        {"2021-S1", "2021", false},
        {"2021-06-14", "2020-01-01", true},
        {"2021-06-14", "2021-06", false},
        {"2021-01-02/2021-01-31", "2021-03-03/2021-04-01", true},
        {"2021-01-02/2021-01-31", "2021-04", false},
        {"../2021", "../2020", true},
        {"../2021", "2021", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_period a = parse(cases[i].a), b = parse(cases[i].b);
        ck_assert_msg(poupa_period_same_length(a, b) == cases[i].same, "%s %s", cases[i].a,
                      cases[i].b);
        ck_assert(poupa_period_same_length(b, a) == cases[i].same);
    }
    ck_assert(poupa_period_same_length((poupa_period){0}, (poupa_period){0}));
}
END_TEST

START_TEST(a_period_contains_those_whose_days_are_all_its_own)
{
    static const struct {
        const char *outer;
        const char *inner;
        bool contains;
    } cases[] = {
        {"2021", "2021", true},
        {"2021", "2021-S1", true},
        {"2021-S1", "2021", false},
        {"2021-S1", "2021-06-30", true},
        {"2021-S1", "2021-07-01", false},
        {"../2021-07", "2020", true},
        {"../2021-07", "../2021", false},
        {"../2021", "../2021-07", true},
        {"2021", "../2021", false},
        {"2020-08/2021-07", "2021-S1", true},
        {"2020-08/2021-07", "2020", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_msg(poupa_period_contains(parse(cases[i].outer), parse(cases[i].inner)) ==
                          cases[i].contains,
                      "%s %s", cases[i].outer, cases[i].inner);
    ck_assert(!poupa_period_contains(parse("2021"), (poupa_period){0}));
    ck_assert(!poupa_period_contains((poupa_period){0}, parse("1970-01-01")));
}
END_TEST

START_TEST(periods_are_ordered_by_their_ends_then_their_starts_then_their_forms)
{
    static const char *const ordered[] = {
        "2020-Q4/2021-05", "../2021-06",         "2020-08/2021-12", "2021",       "2021-S2",
        "2021-07/2021-12", "2021-07-01/2021-12", "2021-12",         "2021-12-31", "2022-01-01"};
    for (size_t i = 0; i < COUNT(ordered); i++) {
        for (size_t k = 0; k < COUNT(ordered); k++) {
            int order = poupa_period_compare(parse(ordered[i]), parse(ordered[k]));
            ck_assert_int_eq((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "base: periods", every_form_of_a_period_has_its_first_and_last_day,
        a_period_is_printed_in_the_form_it_was_read_in, every_form_of_a_period_has_its_length,
        what_is_no_period_is_refused_with_a_hint, a_period_that_no_text_stands_for_is_not_valid,
        around_a_day_there_is_one_period_of_each_form,
        periods_are_of_the_same_length_by_months_or_else_by_days,
        a_period_contains_those_whose_days_are_all_its_own,
        periods_are_ordered_by_their_ends_then_their_starts_then_their_forms);
}
