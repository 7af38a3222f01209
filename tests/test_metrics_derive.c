/* test_metrics_derive.c - the figures that follow from two published ones. */
#include "test_metrics.h"

#include <stdio.h>

static poupa_catalog *catalog;
static scarcity memory;

static void set_up(void)
{
    memory = (scarcity){.left = SIZE_MAX};
    catalog = new_catalog_of_places(&(poupa_allocator)SCARCE(memory));
}

static void tear_down(void)
{
    poupa_catalog_release(catalog);
    ck_assert_uint_eq(memory.in_use, 0);
}

static void add_metric(const char *id, const char *period, double value,
                       poupa_dimensions dimensions)
{
    ADD(metric, .id = id, .indicator_id = "attendances", .period = period_of(period),
        .value = value, .dimensions = dimensions);
}

#define EVERYWHERE ((poupa_dimensions){0})
#define THROUGH(...) ((poupa_dimensions){.channel_ids = POUPA_TEXTS(__VA_ARGS__)})

static poupa_derived_list derive(void)
{
    poupa_derived_list list;
    CHECK_OK(poupa_metrics_derive(catalog, &list, &err));
    return list;
}

/* Compares what is derived with lines such as "growth jun may 10", the percent rounded. */
static void check_derived(const char *expected)
{
    poupa_derived_list list = derive();
    char found[1024] = "";
    size_t length = 0;
    for (size_t i = 0; i < list.count; i++) {
        const poupa_derived *item = &list.items[i];
        int printed = snprintf(found + length, sizeof found - length, "%s %s %s %.0f\n",
                               poupa_derivation_name(item->derivation), item->metric->id,
                               item->base->id, item->percent.value);
        ck_assert(printed > 0 && (size_t)printed < sizeof found - length);
        length += (size_t)printed;
    }
    ck_assert_str_eq(found, expected);
    poupa_derived_list_free(&list);
    ck_assert_uint_eq(list.count, 0);
    ck_assert_ptr_null(list.items);
}

/* -- The article --------------------------------------------------------- */

START_TEST(shares_and_parts_of_a_year_follow_from_the_article)
{
    poupa_dimensions program = {.program_id = "poupatempo"};
    poupa_dimensions online = {.program_id = "poupatempo",
                               .channel_ids = POUPA_TEXTS("portal", "app", "kiosk")};
    poupa_dimensions online_again = {.program_id = "poupatempo",
                                     .channel_ids = POUPA_TEXTS("app", "kiosk", "portal")};
    add_metric("half", "2021-S1", 15e6, program);
    add_metric("year", "2020", 14.1e6, program);
    ADD(metric, .id = "online-half", .indicator_id = "attendances",
        .period = period_of("2021-S1"), .value = 12.2e6,
        .qualifier = {POUPA_QUALIFIER_ABOUT, NULL}, .resolution = 1e5, .dimensions = online);
    add_metric("online-year", "2020-01/2020-12", 5.4e6, online_again);
    check_derived("part_of_year half year 106\n"
                  "digital_share online-half half 81\n"
                  "part_of_year online-half online-year 226\n"
                  "digital_share online-year year 38\n");
    poupa_derived_list list = derive();
    CHECK_INTERVAL(list.items[1].percent, 1220 / 15.0, 1210 / 15.0, 1230 / 15.0);
    poupa_derived_list_free(&list);
}
END_TEST

/* -- Digital share ------------------------------------------------------- */

START_TEST(a_digital_share_takes_digital_channels_only_and_the_same_days)
{
    add_metric("all", "2021-06", 100, EVERYWHERE);
    add_metric("portal", "2021-06", 20, THROUGH("portal"));
    add_metric("mixed", "2021-06", 60, THROUGH("portal", "in-person"));
    add_metric("in-person", "2021-06", 40, THROUGH("in-person"));
    add_metric("same-days", "2021-06-01/2021-06-30", 50, THROUGH("app", "portal"));
    add_metric("other-days", "2021-06-01/2021-06-29", 50, THROUGH("app", "portal"));
    add_metric("longer", "2021-Q2", 50, THROUGH("app", "portal"));
    poupa_dimensions at_unit = THROUGH("kiosk");
    at_unit.unit_ids = (poupa_texts)POUPA_TEXTS("se");
    add_metric("at-unit", "2021-06", 5, at_unit);
    check_derived("digital_share portal all 20\n"
                  "digital_share same-days all 50\n");
}
END_TEST

START_TEST(a_digital_share_of_nothing_or_of_what_may_be_nothing_is_left_out)
{
    add_metric("none", "2021-05", 0, EVERYWHERE);
    add_metric("none-online", "2021-05", 0, THROUGH("portal"));
    ADD(metric, .id = "up-to", .indicator_id = "attendances", .period = period_of("2021-06"),
        .value = 100, .qualifier = {POUPA_QUALIFIER_AT_MOST, NULL});
    add_metric("online", "2021-06", 10, THROUGH("portal"));
    check_derived("");
}
END_TEST

/* -- Growth -------------------------------------------------------------- */

START_TEST(growth_is_from_one_period_to_the_next_published_of_its_length)
{
    add_metric("jun", "2021-06", 121, EVERYWHERE);
    add_metric("apr", "2021-04", 100, EVERYWHERE);
    add_metric("may", "2021-05", 110, EVERYWHERE);
    add_metric("aug", "2021-08", 242, EVERYWHERE);
    add_metric("may-online", "2021-05", 55, THROUGH("portal"));
    add_metric("quarter", "2021-Q2", 300, EVERYWHERE);
    check_derived("growth jun may 10\n"
                  "growth may apr 10\n"
                  "growth aug jun 100\n"
                  "digital_share may-online may 50\n");
}
END_TEST

START_TEST(overlapping_periods_do_not_grow_from_each_other)
{
    add_metric("y2019", "2019", 50, EVERYWHERE);
    add_metric("y2020", "2020", 100, EVERYWHERE);
    add_metric("to-july", "2020-08/2021-07", 150, EVERYWHERE);
    add_metric("y2021", "2021", 200, EVERYWHERE);
    add_metric("y2021-again", "2021-01/2021-12", 300, EVERYWHERE);
    check_derived("growth y2020 y2019 100\n"
                  "growth to-july y2019 200\n"
                  "growth y2021 y2020 100\n"
                  "growth y2021-again y2020 200\n");
}
END_TEST

START_TEST(days_and_odd_ranges_grow_by_their_length_in_days)
{
    add_metric("monday", "2021-06-14", 10, EVERYWHERE);
    add_metric("tuesday", "2021-06-15", 15, EVERYWHERE);
    add_metric("ten", "2021-06-02/2021-06-11", 100, EVERYWHERE);
    add_metric("ten-more", "2021-06-12/2021-06-21", 120, EVERYWHERE);
    add_metric("eleven", "2021-06-22/2021-07-02", 130, EVERYWHERE);
    add_metric("so-far", "../2021-06", 900, EVERYWHERE);
    add_metric("further", "../2021-07", 990, EVERYWHERE);
    check_derived("growth tuesday monday 50\n"
                  "growth ten-more ten 20\n");
}
END_TEST

START_TEST(stocks_and_running_totals_grow_but_have_no_shares)
{
    static const char *const indicators[] = {"services", "total", "wait"};
    for (size_t i = 0; i < COUNT_OF(indicators); i++) {
        char before[32];
        char after[32];
        char online[32];
        snprintf(before, sizeof before, "%s-before", indicators[i]);
        snprintf(after, sizeof after, "%s-after", indicators[i]);
        snprintf(online, sizeof online, "%s-online", indicators[i]);
        ADD(metric, .id = before, .indicator_id = indicators[i], .value = 80,
            .period = period_of("2020-12"));
        ADD(metric, .id = after, .indicator_id = indicators[i], .value = 100,
            .period = period_of("2021-01"));
        ADD(metric, .id = online, .indicator_id = indicators[i], .value = 10,
            .period = period_of("2021-01"), .dimensions = THROUGH("portal"));
    }
    check_derived("growth services-after services-before 25\n"
                  "growth total-after total-before 25\n");
}
END_TEST

/* -- A part of a year ---------------------------------------------------- */

START_TEST(a_part_of_a_year_with_a_like_in_the_year_before_is_growth)
{
    add_metric("y2020", "2020", 1000, EVERYWHERE);
    add_metric("s1-2021", "2021-S1", 800, EVERYWHERE);
    add_metric("q1-2020", "2020-Q1", 100, EVERYWHERE);
    add_metric("q1-2021", "2021-Q1", 300, EVERYWHERE);
    add_metric("m1-2019", "2019-12", 10, EVERYWHERE);
    add_metric("m1-2021", "2021-01", 90, EVERYWHERE);
    check_derived("part_of_year s1-2021 y2020 80\n"
                  "growth q1-2021 q1-2020 200\n"
                  "growth m1-2021 m1-2019 800\n"
                  "part_of_year m1-2021 y2020 9\n");
}
END_TEST

START_TEST(a_part_of_a_year_lies_in_one_year_and_is_of_whole_months)
{
    add_metric("y2020", "2020", 1000, EVERYWHERE);
    add_metric("across", "2020-10/2021-05", 1, EVERYWHERE);
    add_metric("day", "2021-06-14", 1, EVERYWHERE);
    add_metric("odd", "2021-06-02/2021-06-11", 1, EVERYWHERE);
    add_metric("too-late", "2022-01/2022-05", 1, EVERYWHERE);
    add_metric("first-year", "0001-S1", 1, EVERYWHERE);
    add_metric("range", "2021-02/2021-04", 500, EVERYWHERE);
    check_derived("part_of_year range y2020 50\n");
}
END_TEST

START_TEST(forecasts_are_neither_derived_nor_derived_from)
{
    add_metric("may", "2021-05", 100, EVERYWHERE);
    ADD(metric, .id = "june", .indicator_id = "attendances", .period = period_of("2021-06"),
        .value = 200, .status = {POUPA_OBS_FORECAST, NULL});
    add_metric("july", "2021-07", 150, EVERYWHERE);
    check_derived("growth july may 50\n");
}
END_TEST

START_TEST(of_two_figures_for_the_same_days_the_later_one_is_the_base)
{
    add_metric("may", "2021-05", 100, EVERYWHERE);
    add_metric("may-revised", "2021-05-01/2021-05-31", 200, EVERYWHERE);
    add_metric("june", "2021-06", 300, EVERYWHERE);
    check_derived("growth june may-revised 50\n");
}
END_TEST

/* -- Many, and none ------------------------------------------------------ */

START_TEST(a_long_series_grows_at_every_step)
{
    enum { DAYS = 20000 };
    int32_t start = poupa_date_first_day((poupa_date){.year = 1970});
    CHECK_OK(poupa_catalog_begin(catalog, &err));
    for (int32_t i = 0; i < DAYS; i++) {
        char id[32];
        snprintf(id, sizeof id, "day-%d", (int)i);
        ADD(metric, .id = id, .indicator_id = "attendances", .value = i + 1.0,
            .period = poupa_period_around(start + i, POUPA_PERIOD_DAY));
    }
    CHECK_OK(poupa_catalog_commit(catalog, &err));
    poupa_derived_list list = derive();
    ck_assert_uint_eq(list.count, DAYS - 1);
    for (size_t i = 0; i < list.count; i++) {
        ck_assert_ptr_eq(list.items[i].metric, poupa_metric_at(catalog, i + 1));
        ck_assert_ptr_eq(list.items[i].base, poupa_metric_at(catalog, i));
    }
    poupa_derived_list_free(&list);
}
END_TEST

START_TEST(without_metrics_nothing_is_derived)
{
    check_derived("");
    poupa_derived_list_free(NULL);
}
END_TEST

START_TEST(want_of_memory_is_reported_and_leaves_nothing_behind)
{
    enum { UNITS = 1000 };
    static char ids[UNITS][8];
    const char *unit_ids[UNITS];
    for (size_t i = 0; i < UNITS; i++) {
        snprintf(ids[i], sizeof ids[i], "u%zu", i);
        unit_ids[i] = ids[i];
        ADD(unit, .id = ids[i], .name = ids[i]);
    }
    poupa_texts places = {unit_ids, UNITS};
    add_metric("all", "2021-06", 100, (poupa_dimensions){.unit_ids = places});
    add_metric("online", "2021-06", 50,
               (poupa_dimensions){.unit_ids = places, .channel_ids = POUPA_TEXTS("portal")});
    size_t before = memory.in_use;
    poupa_status status = POUPA_ERR_MEMORY;
    for (size_t allocations = 0; status == POUPA_ERR_MEMORY; allocations++) {
        memory.left = allocations;
        poupa_derived_list list;
        poupa_error err = {0};
        status = poupa_metrics_derive(catalog, &list, &err);
        ck_assert_uint_eq(list.count, status == POUPA_OK ? 1 : 0);
        ck_assert_int_eq(err.status, status);
        poupa_derived_list_free(&list);
        ck_assert_uint_eq(memory.in_use, before);
    }
    ck_assert_int_eq(status, POUPA_OK);
}
END_TEST

START_TEST(null_arguments_are_refused)
{
    poupa_derived_list list;
    ck_assert_int_eq(poupa_metrics_derive(NULL, &list, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_metrics_derive(catalog, NULL, NULL), POUPA_ERR_ARGUMENT);
}
END_TEST

START_TEST(derivations_have_names)
{
    ck_assert_str_eq(poupa_derivation_name(POUPA_DERIVED_DIGITAL_SHARE), "digital_share");
    ck_assert_str_eq(poupa_derivation_name(POUPA_DERIVED_GROWTH), "growth");
    ck_assert_str_eq(poupa_derivation_name(POUPA_DERIVED_PART_OF_YEAR), "part_of_year");
    ck_assert_str_eq(poupa_derivation_name((poupa_derivation)0), "");
    ck_assert_str_eq(poupa_derivation_name((poupa_derivation)99), "");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("derived figures");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, shares_and_parts_of_a_year_follow_from_the_article);
    tcase_add_test(tests, a_digital_share_takes_digital_channels_only_and_the_same_days);
    tcase_add_test(tests, a_digital_share_of_nothing_or_of_what_may_be_nothing_is_left_out);
    tcase_add_test(tests, growth_is_from_one_period_to_the_next_published_of_its_length);
    tcase_add_test(tests, overlapping_periods_do_not_grow_from_each_other);
    tcase_add_test(tests, days_and_odd_ranges_grow_by_their_length_in_days);
    tcase_add_test(tests, stocks_and_running_totals_grow_but_have_no_shares);
    tcase_add_test(tests, a_part_of_a_year_with_a_like_in_the_year_before_is_growth);
    tcase_add_test(tests, a_part_of_a_year_lies_in_one_year_and_is_of_whole_months);
    tcase_add_test(tests, forecasts_are_neither_derived_nor_derived_from);
    tcase_add_test(tests, of_two_figures_for_the_same_days_the_later_one_is_the_base);
    tcase_add_test(tests, a_long_series_grows_at_every_step);
    tcase_add_test(tests, without_metrics_nothing_is_derived);
    tcase_add_test(tests, want_of_memory_is_reported_and_leaves_nothing_behind);
    tcase_add_test(tests, null_arguments_are_refused);
    tcase_add_test(tests, derivations_have_names);
    return run_case(tests);
}
