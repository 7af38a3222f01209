/* test_metrics_select.c - choosing metrics, and comparing what they are about. */
#include "test_metrics.h"

static poupa_catalog *catalog;
static scarcity memory;

static void set_up(void)
{
    memory = (scarcity){.left = SIZE_MAX};
    catalog = new_catalog_of_places(&(poupa_allocator)SCARCE(memory));
    ADD(metric, .id = "all", .indicator_id = "attendances", .value = 15,
        .period = period_of("2021-S1"), .dimensions.program_id = "poupatempo");
    ADD(metric, .id = "online", .indicator_id = "attendances", .value = 12,
        .period = period_of("2021-01/2021-06"),
        .dimensions = {.program_id = "poupatempo", .channel_ids = POUPA_TEXTS("portal", "app")});
    ADD(metric, .id = "procon", .indicator_id = "attendances", .value = 7,
        .period = period_of("2021-06"),
        .dimensions = {.organization_id = "procon",
                       .service_id = "claims",
                       .area_id = "sp",
                       .unit_ids = POUPA_TEXTS("itaquera", "se")});
    ADD(metric, .id = "services", .indicator_id = "services", .value = 140,
        .period = period_of("2021-07"));
}

static void tear_down(void)
{
    poupa_catalog_release(catalog);
    ck_assert_uint_eq(memory.in_use, 0);
}

/* Compares the ids that a query selects, each behind a space. */
static void check_selected(poupa_metric_query query, const char *expected)
{
    poupa_list list;
    CHECK_OK(poupa_metrics_select(catalog, &query, &list, &err));
    char found[256] = "";
    for (size_t i = 0; i < list.count; i++) {
        const poupa_metric *metric = list.items[i];
        strcat(found, " ");
        strcat(found, metric->id);
    }
    ck_assert_str_eq(found, expected);
    ck_assert_int_eq(list.kind, POUPA_KIND_METRIC);
    poupa_list_free(&list);
}

/* -- Selection ----------------------------------------------------------- */

START_TEST(an_empty_query_selects_all_in_file_order)
{
    check_selected((poupa_metric_query){0}, " all online procon services");
}
END_TEST

START_TEST(metrics_are_selected_by_indicator_and_by_each_dimension)
{
    check_selected((poupa_metric_query){.indicator_id = "attendances"}, " all online procon");
    check_selected((poupa_metric_query){.indicator_id = "nowhere"}, "");
    check_selected((poupa_metric_query){.program_id = "poupatempo"}, " all online");
    check_selected((poupa_metric_query){.organization_id = "procon"}, " procon");
    check_selected((poupa_metric_query){.service_id = "claims"}, " procon");
    check_selected((poupa_metric_query){.area_id = "sp"}, " procon");
    check_selected((poupa_metric_query){.channel_id = "app"}, " online");
    check_selected((poupa_metric_query){.channel_id = "kiosk"}, "");
    check_selected((poupa_metric_query){.unit_id = "se"}, " procon");
    check_selected((poupa_metric_query){.program_id = "poupatempo", .channel_id = "portal"},
                   " online");
}
END_TEST

START_TEST(an_empty_text_selects_those_without_the_member)
{
    check_selected((poupa_metric_query){.program_id = ""}, " procon services");
    check_selected((poupa_metric_query){.organization_id = ""}, " all online services");
    check_selected((poupa_metric_query){.service_id = ""}, " all online services");
    check_selected((poupa_metric_query){.area_id = ""}, " all online services");
    check_selected((poupa_metric_query){.channel_id = ""}, " all procon services");
    check_selected((poupa_metric_query){.unit_id = ""}, " all online services");
    check_selected((poupa_metric_query){.indicator_id = ""}, "");
}
END_TEST

START_TEST(a_period_selects_the_same_days_in_whatever_form)
{
    check_selected((poupa_metric_query){.period = period_of("2021-S1")}, " all online");
    check_selected((poupa_metric_query){.period = period_of("2021-Q1/2021-Q2")}, " all online");
    check_selected((poupa_metric_query){.period = period_of("2021-06-01/2021-06-30")}, " procon");
    check_selected((poupa_metric_query){.period = period_of("2021")}, "");
    check_selected((poupa_metric_query){.within = period_of("2021-S1")}, " all online procon");
    check_selected((poupa_metric_query){.within = period_of("2021-06/2021-07")},
                   " procon services");
    check_selected((poupa_metric_query){.within = period_of("../2021-06")}, " all online procon");
    check_selected(
        (poupa_metric_query){.period = period_of("2021-06"), .within = period_of("2021-07")}, "");
}
END_TEST

START_TEST(want_of_memory_is_reported)
{
    poupa_metric_query query = {0};
    poupa_list list;
    poupa_error err = {0};
    memory.left = 0;
    ck_assert_int_eq(poupa_metrics_select(catalog, &query, &list, &err), POUPA_ERR_MEMORY);
    ck_assert_int_eq(err.status, POUPA_ERR_MEMORY);
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(queries_that_cannot_be_are_refused)
{
    poupa_metric_query query = {0};
    poupa_list list;
    ck_assert_int_eq(poupa_metrics_select(NULL, &query, &list, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_metrics_select(catalog, NULL, &list, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_metrics_select(catalog, &query, NULL, NULL), POUPA_ERR_ARGUMENT);

    poupa_error err = {0};
    query.period.kind = 99;
    ck_assert_int_eq(poupa_metrics_select(catalog, &query, &list, &err), POUPA_ERR_ARGUMENT);
    ck_assert_str_eq(err.message, "the query's period is not a valid one");
    query = (poupa_metric_query){.within = {.kind = POUPA_PERIOD_MONTH, .first = 3, .last = 2}};
    ck_assert_int_eq(poupa_metrics_select(catalog, &query, &list, &err), POUPA_ERR_ARGUMENT);
}
END_TEST

/* -- Dimensions ---------------------------------------------------------- */

START_TEST(dimensions_are_equal_as_sets)
{
    const poupa_dimensions none = {0};
    const poupa_dimensions empty = {
        .program_id = "", .organization_id = "", .service_id = "", .area_id = ""};
    const poupa_dimensions ab = {.channel_ids = POUPA_TEXTS("a", "b", "c")};
    const poupa_dimensions ba = {.channel_ids = POUPA_TEXTS("c", "b", "a")};
    const poupa_dimensions twice = {.channel_ids = POUPA_TEXTS("b", "a", "b", "c", "c")};
    ck_assert(poupa_dimensions_equal(&none, &none));
    ck_assert(poupa_dimensions_equal(&none, &empty));
    ck_assert(poupa_dimensions_equal(&empty, &none));
    ck_assert(poupa_dimensions_equal(&ab, &ba));
    ck_assert(poupa_dimensions_equal(&ab, &twice));
    ck_assert(poupa_dimensions_equal(&twice, &ba));
    ck_assert(poupa_dimensions_equal(NULL, NULL));
}
END_TEST

START_TEST(every_dimension_tells_figures_apart)
{
    const poupa_dimensions all[] = {
        {0},
        {.program_id = "a"},
        {.program_id = "b"},
        {.organization_id = "a"},
        {.service_id = "a"},
        {.area_id = "a"},
        {.channel_ids = POUPA_TEXTS("a")},
        {.channel_ids = POUPA_TEXTS("b")},
        {.channel_ids = POUPA_TEXTS("a", "b")},
        {.channel_ids = POUPA_TEXTS("a", "c")},
        {.unit_ids = POUPA_TEXTS("a")},
        {.unit_ids = POUPA_TEXTS("a", "b")},
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        ck_assert(!poupa_dimensions_equal(&all[i], NULL));
        ck_assert(!poupa_dimensions_equal(NULL, &all[i]));
        for (size_t j = 0; j < COUNT_OF(all); j++)
            ck_assert(poupa_dimensions_equal(&all[i], &all[j]) == (i == j));
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("selection");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, an_empty_query_selects_all_in_file_order);
    tcase_add_test(tests, metrics_are_selected_by_indicator_and_by_each_dimension);
    tcase_add_test(tests, an_empty_text_selects_those_without_the_member);
    tcase_add_test(tests, a_period_selects_the_same_days_in_whatever_form);
    tcase_add_test(tests, want_of_memory_is_reported);
    tcase_add_test(tests, queries_that_cannot_be_are_refused);
    tcase_add_test(tests, dimensions_are_equal_as_sets);
    tcase_add_test(tests, every_dimension_tells_figures_apart);
    return run_case(tests);
}
