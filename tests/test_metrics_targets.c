/* test_metrics_targets.c - progress towards targets: state, pace and forecast. */
#include "test_metrics.h"

static poupa_catalog *catalog;

static void set_up(void)
{
    catalog = new_catalog_of_places(NULL);
}

static void tear_down(void)
{
    poupa_catalog_release(catalog);
}

static void add_services(const char *id, const char *period, double value)
{
    ADD(metric, .id = id, .indicator_id = "services", .period = period_of(period),
        .value = value);
}

static poupa_progress progress_of(poupa_target target, const char *as_of)
{
    poupa_progress progress;
    CHECK_OK(poupa_target_progress(catalog, &target, date_of(as_of), &progress, &err));
    return progress;
}

/* 180 digital services by the end of 2021, unless the test changes it. */
static poupa_target services_target(const char *baseline_id)
{
    return (poupa_target){.id = "t",
                          .indicator_id = "services",
                          .value = 180,
                          .due = {.year = 2021},
                          .baseline_id = baseline_id};
}

#define CHECK_STATE(progress, name)                                                              \
    ck_assert_str_eq(poupa_target_state_name((progress).state), name)

#define CHECK_DATE(date, text)                                                                   \
    do {                                                                                         \
        char printed_[POUPA_DATE_SIZE];                                                          \
        poupa_date_print(date, printed_);                                                        \
        ck_assert_str_eq(printed_, text);                                                        \
    } while (0)

/* -- The article --------------------------------------------------------- */

START_TEST(a_hundred_and_forty_of_a_hundred_and_eighty_services)
{
    add_services("now", "2021-07", 140);
    ADD(target, .id = "stored", .indicator_id = "services", .value = 180, .due = {.year = 2021});
    poupa_progress found = progress_of(*poupa_target_find(catalog, "stored"), "");
    CHECK_STATE(found, "unknown");
    CHECK_DATE(found.as_of, "2021-07-31");
    ck_assert_str_eq(found.metric->id, "now");
    ck_assert_ptr_null(found.baseline);
    CHECK_INTERVAL(found.actual, 140, 140, 140);
    CHECK_INTERVAL(found.target, 180, 180, 180);
    CHECK_INTERVAL(found.share, 140 / 1.8, 140 / 1.8, 140 / 1.8);
    CHECK_INTERVAL(found.remaining, 40, 40, 40);
    ck_assert(found.months_left == 5);
    ck_assert(found.pace_needed == 8);
    ck_assert(isnan(found.pace));
    CHECK_DATE(found.forecast, "");
}
END_TEST

START_TEST(over_two_hundred_and_forty_leaves_the_rest_open)
{
    add_services("now", "2021-07", 140);
    poupa_target target = services_target(NULL);
    target.value = 240;
    target.qualifier.code = POUPA_QUALIFIER_OVER;
    target.due.year = 2022;
    poupa_progress found = progress_of(target, "2021-07");
    CHECK_INTERVAL(found.target, 240, 240, INFINITY);
    CHECK_INTERVAL(found.remaining, 100, 100, INFINITY);
    CHECK_INTERVAL(found.share, 100 * 140 / 240.0, 0, 100 * 140 / 240.0);
    ck_assert(found.months_left == 17);
    CHECK_NUMBER(found.pace_needed, 100 / 17.0);
}
END_TEST

/* -- States -------------------------------------------------------------- */

/* A target, a baseline at the end of 2020, a metric at the end of June 2021. */
static const struct state_row {
    double baseline, actual, target;
    int32_t qualifier;
    const char *as_of;
    const char *state;
    double pace;
    const char *forecast;
} state_rows[] = {
    {120, 150, 180, 0, "2021-06", "on_track", 5, "2021-12-31"},
    {120, 156, 180, 0, "2021-06", "on_track", 6, "2021-10-31"},
    {120, 149, 180, 0, "2021-06", "behind", 29 / 6.0, "2022-01-13"},
    {120, 120, 180, 0, "2021-06", "behind", 0, ""},
    {120, 118, 180, 0, "2021-06", "behind", -2 / 6.0, ""},
    {120, 180, 180, 0, "2021-06", "reached", 10, ""},
    {120, 200, 180, 0, "2022-06", "reached", 80 / 6.0, ""},
    {120, 150, 180, 0, "2021-12-31", "on_track", 5, "2021-12-31"},
    {120, 150, 180, 0, "2022-01-01", "missed", 5, "2021-12-31"},
    {120, 120 + 0x1p-10, 180, 0, "2021-06", "behind", 0x1p-10 / 6, ""},
    {120, 240, 240, POUPA_QUALIFIER_OVER, "2021-06", "reached", 20, ""},
    {300, 200, 240, POUPA_QUALIFIER_AT_LEAST, "2021-06", "behind", -100 / 6.0, ""},
    {30, 24, 18, 0, "2021-06", "on_track", -1, "2021-12-31"},
    {30, 25, 18, 0, "2021-06", "behind", -5 / 6.0, "2022-03-13"},
    {30, 33, 18, 0, "2021-06", "behind", 0.5, ""},
    {30, 18, 18, 0, "2021-06", "reached", -2, ""},
    {30, 12, 18, 0, "2021-06", "reached", -3, ""},
    {30, 24, 18, 0, "2022-01", "missed", -1, "2021-12-31"},
    {10, 15, 18, POUPA_QUALIFIER_AT_MOST, "2021-06", "reached", 5 / 6.0, ""},
    {10, 20, 18, POUPA_QUALIFIER_AT_MOST, "2021-06", "behind", 10 / 6.0, ""},
    {30, 24, 18, POUPA_QUALIFIER_AT_MOST, "2021-06", "on_track", -1, "2021-12-31"},
};

START_TEST(a_pace_gives_state_and_forecast)
{
    const struct state_row *row = &state_rows[_i];
    add_services("before", "2020", row->baseline);
    add_services("now", "2021-06", row->actual);
    poupa_target target = services_target("before");
    target.value = row->target;
    target.qualifier.code = row->qualifier;
    poupa_progress found = progress_of(target, row->as_of);
    CHECK_STATE(found, row->state);
    ck_assert_str_eq(found.baseline->id, "before");
    CHECK_NUMBER(found.pace, row->pace);
    CHECK_DATE(found.forecast, row->forecast);
}
END_TEST

START_TEST(what_is_reached_leaves_nothing)
{
    add_services("now", "2021-06", 200);
    poupa_progress found = progress_of(services_target(NULL), "");
    CHECK_STATE(found, "reached");
    CHECK_INTERVAL(found.remaining, 0, 0, 0);
    CHECK_INTERVAL(found.share, 200 / 1.8, 200 / 1.8, 200 / 1.8);
    ck_assert(found.pace_needed == 0);

    poupa_target at_most = services_target(NULL);
    at_most.value = 230;
    at_most.qualifier.code = POUPA_QUALIFIER_AT_MOST;
    found = progress_of(at_most, "");
    CHECK_STATE(found, "reached");
    CHECK_INTERVAL(found.remaining, 0, -INFINITY, 0);
    ck_assert(found.pace_needed == 0);
}
END_TEST

START_TEST(a_target_is_reached_only_when_that_is_sure)
{
    add_services("before", "2020", 120);
    ADD(metric, .id = "now", .indicator_id = "services", .period = period_of("2021-06"),
        .value = 182, .qualifier = {POUPA_QUALIFIER_ABOUT, NULL}, .resolution = 10);
    poupa_progress found = progress_of(services_target("before"), "");
    CHECK_STATE(found, "on_track");
    CHECK_INTERVAL(found.remaining, -2, -12, 8);
    ck_assert(found.pace_needed == 0);
    CHECK_DATE(found.forecast, "2021-06-30");
}
END_TEST

START_TEST(without_a_metric_nothing_is_known)
{
    add_services("later", "2022", 200);
    ADD(metric, .id = "other", .indicator_id = "visits", .period = period_of("2020"), .value = 1);
    poupa_target target = services_target(NULL);
    poupa_progress found = progress_of(target, "2021-08-31");
    CHECK_STATE(found, "unknown");
    ck_assert_ptr_null(found.metric);
    CHECK_UNKNOWN(found.actual);
    CHECK_UNKNOWN(found.share);
    CHECK_UNKNOWN(found.remaining);
    CHECK_INTERVAL(found.target, 180, 180, 180);
    ck_assert(found.months_left == 4);
    ck_assert(isnan(found.pace_needed) && isnan(found.pace));
    CHECK_STATE(progress_of(target, "2021-12-31"), "unknown");
    CHECK_STATE(progress_of(target, "2022-01-01"), "unknown");

    target.indicator_id = "total";
    found = progress_of(target, "");
    CHECK_STATE(found, "unknown");
    CHECK_DATE(found.as_of, "");
    ck_assert(isnan(found.months_left));
    target.indicator_id = "nowhere";
    CHECK_STATE(progress_of(target, ""), "unknown");
}
END_TEST

START_TEST(without_a_pace_the_state_is_unknown_until_the_target_is_missed)
{
    add_services("now", "2021-06", 140);
    add_services("too", "2021-06-01/2021-06-30", 130);
    poupa_progress found = progress_of(services_target("too"), "");
    CHECK_STATE(found, "unknown");
    ck_assert(isnan(found.pace));
    CHECK_STATE(progress_of(services_target(NULL), "2021-12"), "unknown");
    found = progress_of(services_target(NULL), "2022-02");
    CHECK_STATE(found, "missed");
    ck_assert(found.months_left == -2);
    ck_assert(isnan(found.pace_needed));
}
END_TEST

/* -- The latest metric --------------------------------------------------- */

START_TEST(the_latest_metric_is_the_last_short_one_that_is_no_forecast)
{
    add_services("june", "2021-06", 1);
    add_services("half", "2021-S1", 2);
    add_services("so-far", "../2021-06", 3);
    add_services("may", "2021-05", 4);
    ADD(metric, .id = "planned", .indicator_id = "services", .period = period_of("2021-07"),
        .value = 5, .status = {POUPA_OBS_FORECAST, NULL});
    poupa_target target = services_target(NULL);
    ck_assert_str_eq(progress_of(target, "").metric->id, "june");
    ck_assert_str_eq(progress_of(target, "2021-06-29").metric->id, "may");
    add_services("june-again", "2021-06-01/2021-06-30", 6);
    ck_assert_str_eq(progress_of(target, "").metric->id, "june-again");
    add_services("last-day", "2021-06-30", 7);
    ck_assert_str_eq(progress_of(target, "2021").metric->id, "last-day");
    CHECK_DATE(progress_of(target, "2021").as_of, "2021-12-31");
}
END_TEST

START_TEST(only_metrics_of_the_same_dimensions_bear_on_a_target)
{
    const poupa_dimensions places[] = {
        {0},
        {.program_id = "poupatempo"},
        {.organization_id = "procon"},
        {.service_id = "claims"},
        {.area_id = "sp"},
        {.channel_ids = POUPA_TEXTS("portal", "app")},
        {.unit_ids = POUPA_TEXTS("se", "itaquera")},
        {.service_id = "claims", .unit_ids = POUPA_TEXTS("se")},
    };
    static const char *const ids[] = {"m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7"};
    for (size_t i = 0; i < COUNT_OF(places); i++)
        ADD(metric, .id = ids[i], .indicator_id = "services", .period = period_of("2021-06"),
            .value = 1, .dimensions = places[i]);
    ADD(metric, .id = "other", .indicator_id = "visits", .period = period_of("2021-07"),
        .value = 1, .dimensions = places[3]);
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        poupa_target target = services_target(NULL);
        target.dimensions = places[i];
        ck_assert_str_eq(progress_of(target, "").metric->id, ids[i]);
    }
    poupa_target reversed = services_target(NULL);
    reversed.dimensions = (poupa_dimensions){.channel_ids = POUPA_TEXTS("app", "portal")};
    ck_assert_str_eq(progress_of(reversed, "").metric->id, "m5");
}
END_TEST

START_TEST(a_replaced_metric_keeps_its_place)
{
    add_services("first", "2021-06", 1);
    add_services("second", "2021-06", 2);
    poupa_metric first = *poupa_metric_find(catalog, "first");
    first.value = 3;
    CHECK_OK(poupa_metric_replace(catalog, &first, &err));
    ck_assert_str_eq(progress_of(services_target(NULL), "").metric->id, "second");
}
END_TEST

/* -- The axis of months -------------------------------------------------- */

START_TEST(months_are_calendar_months_and_their_parts)
{
    static const struct {
        const char *as_of, *due;
        double months;
    } rows[] = {
        {"2021-07-31", "2021-12-31", 5},
        {"2021-07", "2021-12", 5},
        {"2020-12-31", "2021", 12},
        {"2021-01-31", "2021-02-28", 1},
        {"2020-01-31", "2020-02-29", 1},
        {"2021-06-15", "2021-06-30", 0.5},
        {"2020-02-29", "2021-02-28", 12},
        {"2020-02-28", "2020-02-29", 1 / 29.0},
        {"2021-02-27", "2021-02-28", 1 / 28.0},
        {"1999-12-31", "2000-12-31", 12},
        {"2021-12-31", "2021-12-30", -1 / 31.0},
        {"0001-01-31", "9999-12-31", 119987},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        poupa_target target = services_target(NULL);
        target.due = date_of(rows[i].due);
        ck_assert_double_eq_tol(progress_of(target, rows[i].as_of).months_left, rows[i].months,
                                1e-10);
    }
}
END_TEST

/* At one more a month, what is missing is also how many months it takes. */
static void check_forecast(const char *from, double months, const char *forecast)
{
    poupa_catalog_release(catalog);
    set_up();
    add_services("before", "2000-01-31", 0);
    add_services("now", from, 1);
    poupa_target target = services_target("before");
    target.due.year = 9999;
    poupa_progress found = progress_of(target, "");
    target.value = 1 + months * found.pace;
    CHECK_DATE(progress_of(target, "").forecast, forecast);
}

START_TEST(a_forecast_is_the_day_in_which_its_point_lies)
{
    check_forecast("2021-07-31", 5, "2021-12-31");
    check_forecast("2021-07-31", 4.999, "2021-12-31");
    check_forecast("2021-07-31", 5.001, "2022-01-01");
    check_forecast("2021-01-31", 1, "2021-02-28");
    check_forecast("2020-01-31", 1, "2020-02-29");
    check_forecast("2021-06-15", 0.5, "2021-06-30");
    check_forecast("2021-06-15", 0.6, "2021-07-04");
    check_forecast("2021-02-28", 1 / 31.0, "2021-03-01");
    check_forecast("2021-02-28", 2 / 31.0, "2021-03-02");
    check_forecast("2020-02-28", 12 + 1 / 29.0, "2021-02-28");
    check_forecast("2021-12-31", 12 * 7978, "9999-12-31");
    check_forecast("2021-12-31", 12 * 7978 + 0.1, "");
    check_forecast("2021-12-31", 1e300, "");
}
END_TEST

START_TEST(every_day_is_forecast_as_itself)
{
    poupa_period month = period_of("2020-01-31");
    for (int32_t days = 1; days <= 800; days++) {
        poupa_date due = poupa_date_from_day(month.last + days);
        char from[POUPA_DATE_SIZE];
        poupa_date_print(due, from);
        poupa_target target = services_target(NULL);
        target.due = due;
        double months = progress_of(target, "2020-01-31").months_left;
        check_forecast("2020-01-31", months, from);
    }
}
END_TEST

/* -- Failures ------------------------------------------------------------ */

START_TEST(arguments_that_cannot_be_are_refused)
{
    poupa_target good = services_target(NULL);
    poupa_date none = {0};
    poupa_progress out = {.months_left = 7};
    ck_assert_int_eq(poupa_target_progress(NULL, &good, none, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_target_progress(catalog, NULL, none, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_target_progress(catalog, &good, none, NULL, NULL), POUPA_ERR_ARGUMENT);

    poupa_target bad[] = {good, good, good, good};
    bad[0].indicator_id = NULL;
    bad[1].value = NAN;
    bad[2].qualifier.code = 99;
    bad[3].due = (poupa_date){.year = 2021, .month = 13};
    poupa_error err = {0};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        ck_assert_int_eq(poupa_target_progress(catalog, &bad[i], none, &out, &err),
                         POUPA_ERR_ARGUMENT);
    ck_assert_str_eq(err.message, "the target has no date that it is due");
    poupa_date no_day = {.year = 2021, .month = 2, .day = 29};
    ck_assert_int_eq(poupa_target_progress(catalog, &good, no_day, &out, &err),
                     POUPA_ERR_ARGUMENT);
    ck_assert(out.months_left == 7);
}
END_TEST

START_TEST(a_baseline_that_is_not_there_is_named)
{
    add_services("december", "2020-12", 120);
    poupa_target target = services_target("decembre");
    poupa_progress out;
    poupa_error err = {0};
    ck_assert_int_eq(poupa_target_progress(catalog, &target, (poupa_date){0}, &out, &err),
                     POUPA_ERR_NOT_FOUND);
    ck_assert_str_eq(err.message, "there is no metric \"decembre\"; did you mean \"december\"?");
}
END_TEST

START_TEST(states_have_names)
{
    ck_assert_str_eq(poupa_target_state_name(POUPA_TARGET_UNKNOWN), "unknown");
    ck_assert_str_eq(poupa_target_state_name(POUPA_TARGET_REACHED), "reached");
    ck_assert_str_eq(poupa_target_state_name(POUPA_TARGET_ON_TRACK), "on_track");
    ck_assert_str_eq(poupa_target_state_name(POUPA_TARGET_BEHIND), "behind");
    ck_assert_str_eq(poupa_target_state_name(POUPA_TARGET_MISSED), "missed");
    ck_assert_str_eq(poupa_target_state_name((poupa_target_state)99), "unknown");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("targets");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_hundred_and_forty_of_a_hundred_and_eighty_services);
    tcase_add_test(tests, over_two_hundred_and_forty_leaves_the_rest_open);
    tcase_add_loop_test(tests, a_pace_gives_state_and_forecast, 0, COUNT_OF(state_rows));
    tcase_add_test(tests, what_is_reached_leaves_nothing);
    tcase_add_test(tests, a_target_is_reached_only_when_that_is_sure);
    tcase_add_test(tests, without_a_metric_nothing_is_known);
    tcase_add_test(tests, without_a_pace_the_state_is_unknown_until_the_target_is_missed);
    tcase_add_test(tests, the_latest_metric_is_the_last_short_one_that_is_no_forecast);
    tcase_add_test(tests, only_metrics_of_the_same_dimensions_bear_on_a_target);
    tcase_add_test(tests, a_replaced_metric_keeps_its_place);
    tcase_add_test(tests, months_are_calendar_months_and_their_parts);
    tcase_add_test(tests, a_forecast_is_the_day_in_which_its_point_lies);
    tcase_add_test(tests, every_day_is_forecast_as_itself);
    tcase_add_test(tests, arguments_that_cannot_be_are_refused);
    tcase_add_test(tests, a_baseline_that_is_not_there_is_named);
    tcase_add_test(tests, states_have_names);
    return run_case(tests);
}
