/* test_metrics_claims.c - claims, recomputed from their metrics and judged. */
#include "test_metrics.h"

static poupa_catalog *catalog;

static void add_metric(const char *id, const char *indicator_id, const char *period, double value,
                       int32_t qualifier, double resolution)
{
    ADD(metric, .id = id, .indicator_id = indicator_id, .period = period_of(period),
        .value = value, .qualifier = {qualifier, NULL}, .resolution = resolution);
}

static void set_up(void)
{
    catalog = new_catalog_of_places(NULL);
    add_metric("half", "attendances", "2021-S1", 15e6, POUPA_QUALIFIER_EXACT, 1e6);
    add_metric("year", "attendances", "2020", 14.1e6, POUPA_QUALIFIER_EXACT, 1e5);
    add_metric("online-half", "attendances", "2021-S1", 12.2e6, POUPA_QUALIFIER_ABOUT, 1e5);
    add_metric("online-year", "attendances", "2020", 5.4e6, POUPA_QUALIFIER_EXACT, 1e5);
    add_metric("digital", "attendances", "2021-S1", 5e3, POUPA_QUALIFIER_ABOUT, 1e3);
    add_metric("at-units", "attendances", "2021-S1", 7e3, POUPA_QUALIFIER_EXACT, 1e3);
    add_metric("all", "attendances", "2021-S1", 12e3, POUPA_QUALIFIER_OVER, 1e3);
}

static void tear_down(void)
{
    poupa_catalog_release(catalog);
}

static poupa_judgement judge(poupa_claim claim)
{
    poupa_judgement judgement = {0};
    CHECK_OK(poupa_claim_judge(catalog, &claim, &judgement, &err));
    return judgement;
}

static void check_verdict(const poupa_judgement *judgement, poupa_verdict verdict)
{
    ck_assert_str_eq(poupa_verdict_name(judgement->verdict), poupa_verdict_name(verdict));
}

/* The codes of the warnings, each behind a space: " W3101 W3102". */
static void check_warnings(const poupa_judgement *judgement, const char *codes)
{
    char found[64] = "";
    for (size_t i = 0; i < judgement->warning_count; i++) {
        strcat(found, " ");
        strcat(found, judgement->warnings[i]->code);
    }
    ck_assert_str_eq(found, codes);
}

/* -- The article --------------------------------------------------------- */

START_TEST(half_a_year_was_more_than_the_year_before)
{
    poupa_judgement found = judge((poupa_claim){.kind = {POUPA_CLAIM_GREATER, NULL},
                                                .left = POUPA_TEXTS("half"),
                                                .right = POUPA_TEXTS("year")});
    check_verdict(&found, POUPA_VERDICT_CONFIRMED);
    check_warnings(&found, " W3102");
    CHECK_INTERVAL(found.computed, 15e6, 14.5e6, 15.5e6);
    CHECK_INTERVAL(found.stated, 14.1e6, 14.05e6, 14.15e6);
}
END_TEST

START_TEST(online_was_more_than_double)
{
    poupa_judgement found = judge((poupa_claim){.kind = {POUPA_CLAIM_RATIO, NULL},
                                                .left = POUPA_TEXTS("online-half"),
                                                .right = POUPA_TEXTS("online-year"),
                                                .stated = POUPA_SOME(2),
                                                .qualifier = {POUPA_QUALIFIER_AT_LEAST, NULL}});
    check_verdict(&found, POUPA_VERDICT_CONFIRMED);
    check_warnings(&found, " W3102");
    CHECK_INTERVAL(found.left, 12.2e6, 12.1e6, 12.3e6);
    CHECK_INTERVAL(found.right, 5.4e6, 5.35e6, 5.45e6);
    CHECK_INTERVAL(found.computed, 12.2 / 5.4, 12.1 / 5.45, 12.3 / 5.35);
    CHECK_INTERVAL(found.stated, 2, 2, INFINITY);
}
END_TEST

START_TEST(five_and_seven_thousand_are_consistent_with_over_twelve_thousand)
{
    poupa_judgement found = judge((poupa_claim){.kind = {POUPA_CLAIM_SUM, NULL},
                                                .left = POUPA_TEXTS("digital", "at-units"),
                                                .right = POUPA_TEXTS("all")});
    check_verdict(&found, POUPA_VERDICT_CONSISTENT);
    check_warnings(&found, "");
    CHECK_INTERVAL(found.computed, 12e3, 10.5e3, 13.5e3);
    CHECK_INTERVAL(found.stated, 12e3, 12e3, 13e3);
}
END_TEST

START_TEST(a_claim_of_the_catalogue_is_judged_like_one_of_the_caller)
{
    ADD(claim, .id = "sum", .kind = {POUPA_CLAIM_SUM, NULL},
        .left = POUPA_TEXTS("digital", "at-units"), .right = POUPA_TEXTS("all"));
    poupa_judgement found = judge(*poupa_claim_find(catalog, "sum"));
    check_verdict(&found, POUPA_VERDICT_CONSISTENT);
    CHECK_INTERVAL(found.left, 12e3, 10.5e3, 13.5e3);
}
END_TEST

/* -- Every kind, every verdict ------------------------------------------- */

enum { EXACT = POUPA_QUALIFIER_EXACT, ABOUT, OVER, ALMOST, AT_LEAST, AT_MOST };
enum { SUM = POUPA_CLAIM_SUM, SHARE, RATIO, GROWTH, DIFFERENCE, MEAN, GREATER };
enum { UNKNOWN = POUPA_VERDICT_UNKNOWN, CONFIRMED, CONSISTENT, CONTRADICTED };

typedef struct published {
    double value;
    int32_t qualifier;
    double resolution;
} published;

#define NOTHING                                                                                  \
    {                                                                                            \
        0, 0, 0                                                                                  \
    }

static const struct verdict_row {
    int32_t kind;
    published left, right, stated;
    int verdict;
} verdict_rows[] = {
    {SUM, {12, EXACT, 0}, {12, EXACT, 0}, NOTHING, CONFIRMED},
    {SUM, {12, EXACT, 1}, {12, ABOUT, 1}, NOTHING, CONFIRMED},
    {SUM, {12, ABOUT, 1}, {12, EXACT, 1}, NOTHING, CONSISTENT},
    {SUM, {13, EXACT, 0}, {12, OVER, 1}, NOTHING, CONFIRMED},
    {SUM, {14, EXACT, 0}, {12, OVER, 1}, NOTHING, CONTRADICTED},
    {SUM, {11, EXACT, 0}, {12, OVER, 1}, NOTHING, CONTRADICTED},
    {SUM, {12, OVER, 0}, {11, AT_LEAST, 0}, NOTHING, CONFIRMED},
    {SUM, {12, OVER, 0}, {13, EXACT, 0}, NOTHING, UNKNOWN},
    {SUM, {14, OVER, 0}, {13, EXACT, 0}, NOTHING, CONTRADICTED},
    {SUM, {12, ALMOST, 0}, {11, EXACT, 0}, NOTHING, UNKNOWN},
    {SUM, {12, AT_LEAST, 0}, {13, AT_LEAST, 0}, NOTHING, CONSISTENT},
    {SUM, {12, AT_LEAST, 0}, {13, AT_MOST, 0}, NOTHING, UNKNOWN},

    {SHARE, {29, EXACT, 0}, {100, EXACT, 0}, {29, EXACT, 0}, CONFIRMED},
    {SHARE, {1, EXACT, 0}, {3, EXACT, 0}, {33, ABOUT, 1}, CONFIRMED},
    {SHARE, {1, EXACT, 0}, {3, EXACT, 0}, {33, EXACT, 0}, CONTRADICTED},
    {SHARE, {5, ABOUT, 1}, {12, OVER, 1}, {40, ABOUT, 5}, CONSISTENT},
    {SHARE, {5, EXACT, 0}, {0, ABOUT, 1}, {40, EXACT, 0}, UNKNOWN},

    {RATIO, {12, EXACT, 0}, {4, EXACT, 0}, {3, EXACT, 0}, CONFIRMED},
    {RATIO, {12, EXACT, 0}, {4, EXACT, 0}, {3, OVER, 0}, CONFIRMED},
    {RATIO, {12, EXACT, 0}, {4, EXACT, 0}, {4, AT_LEAST, 0}, CONTRADICTED},
    {RATIO, {12, EXACT, 0}, {4, AT_LEAST, 0}, {3, AT_MOST, 0}, CONFIRMED},
    {RATIO, {12, AT_LEAST, 0}, {4, EXACT, 0}, {5, AT_MOST, 0}, UNKNOWN},
    {RATIO, {12, EXACT, 0}, {4, AT_MOST, 0}, {3, EXACT, 0}, UNKNOWN},
    {RATIO, {1e-9, EXACT, 0}, {1, EXACT, 0}, {1.0001e-9, EXACT, 0}, CONTRADICTED},

    {GROWTH, {110, EXACT, 0}, {100, EXACT, 0}, {10, EXACT, 0}, CONFIRMED},
    {GROWTH, {90, EXACT, 0}, {100, EXACT, 0}, {-10, EXACT, 0}, CONFIRMED},
    {GROWTH, {100.1, EXACT, 0}, {100, EXACT, 0}, {0.1, EXACT, 0}, CONFIRMED},
    {GROWTH, {110, EXACT, 0}, {100, EXACT, 0}, {11, EXACT, 0}, CONTRADICTED},
    {GROWTH, {110, EXACT, 10}, {100, EXACT, 0}, {10, EXACT, 1}, CONSISTENT},

    {DIFFERENCE, {12, EXACT, 0}, {7, EXACT, 0}, {5, EXACT, 0}, CONFIRMED},
    {DIFFERENCE, {1000000.1, EXACT, 0}, {1000000, EXACT, 0}, {0.1, EXACT, 0}, CONFIRMED},
    {DIFFERENCE, {12, EXACT, 1}, {7, EXACT, 1}, {5, EXACT, 1}, CONSISTENT},
    {DIFFERENCE, {12, EXACT, 0}, {7, EXACT, 0}, {-5, EXACT, 0}, CONTRADICTED},

    {MEAN, {9000, EXACT, 0}, {9, EXACT, 0}, {1000, EXACT, 0}, CONFIRMED},
    {MEAN, {9000, EXACT, 0}, {9, EXACT, 0}, {900, ALMOST, 100}, CONTRADICTED},

    {GREATER, {2, EXACT, 0}, {1, EXACT, 0}, NOTHING, CONFIRMED},
    {GREATER, {2, AT_LEAST, 0}, {1, EXACT, 0}, NOTHING, CONFIRMED},
    {GREATER, {2, EXACT, 0}, {1, AT_MOST, 0}, NOTHING, CONFIRMED},
    {GREATER, {1, EXACT, 0}, {1, EXACT, 0}, NOTHING, CONTRADICTED},
    {GREATER, {1, EXACT, 0}, {2, EXACT, 0}, NOTHING, CONTRADICTED},
    {GREATER, {1, AT_MOST, 0}, {1, AT_LEAST, 0}, NOTHING, CONTRADICTED},
    {GREATER, {2, EXACT, 1}, {2, EXACT, 0}, NOTHING, CONSISTENT},
    {GREATER, {1, AT_LEAST, 0}, {2, EXACT, 0}, NOTHING, CONSISTENT},
    {GREATER, {2, AT_MOST, 0}, {1, EXACT, 0}, NOTHING, UNKNOWN},
    {GREATER, {2, EXACT, 0}, {1, AT_LEAST, 0}, NOTHING, UNKNOWN},
};

START_TEST(computed_against_stated_gives_the_verdict)
{
    const struct verdict_row *row = &verdict_rows[_i];
    const published *left = &row->left;
    const published *right = &row->right;
    add_metric("left", "visits", "2020", left->value, left->qualifier, left->resolution);
    add_metric("right", "visits", "2020", right->value, right->qualifier, right->resolution);
    poupa_judgement found = judge((poupa_claim){
        .kind = {row->kind, NULL},
        .left = POUPA_TEXTS("left"),
        .right = POUPA_TEXTS("right"),
        .stated = {row->stated.value, row->stated.qualifier != 0},
        .qualifier = {row->stated.qualifier, NULL},
        .resolution = row->stated.resolution,
    });
    check_verdict(&found, (poupa_verdict)row->verdict);
    check_warnings(&found, "");
}
END_TEST

START_TEST(decimals_add_up_although_they_are_not_exact_in_binary)
{
    add_metric("a", "visits", "2020", 0.1, EXACT, 0);
    add_metric("b", "visits", "2020", 0.2, EXACT, 0);
    add_metric("c", "visits", "2020", 0.3, EXACT, 0);
    poupa_claim claim = {
        .kind = {SUM, NULL}, .left = POUPA_TEXTS("a", "b"), .right = POUPA_TEXTS("c")};
    poupa_judgement found = judge(claim);
    check_verdict(&found, POUPA_VERDICT_CONFIRMED);
    claim.kind.code = GREATER;
    found = judge(claim);
    check_verdict(&found, POUPA_VERDICT_CONTRADICTED);
}
END_TEST

START_TEST(what_states_nothing_is_unknown)
{
    static const int32_t kinds[] = {SHARE, RATIO, GROWTH, DIFFERENCE, MEAN};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        poupa_judgement found = judge((poupa_claim){
            .kind = {kinds[i], NULL}, .left = POUPA_TEXTS("half"), .right = POUPA_TEXTS("year")});
        check_verdict(&found, POUPA_VERDICT_UNKNOWN);
        ck_assert(!poupa_interval_is_unknown(found.computed));
        CHECK_UNKNOWN(found.stated);
    }
}
END_TEST

/* -- Warnings ------------------------------------------------------------ */

START_TEST(unlike_metrics_draw_warnings)
{
    add_metric("visits-2021", "visits", "2021", 1, EXACT, 0);
    add_metric("visits-days", "visits", "2020-01-01/2020-12-30", 1, EXACT, 0);
    add_metric("services-2021", "services", "2021", 1, EXACT, 0);
    add_metric("services-june", "services", "2021-06", 1, EXACT, 0);
    static const struct {
        int32_t kind;
        const char *left, *right, *codes;
    } rows[] = {
        {GREATER, "year", "visits-2021", " W3101"},
        {GREATER, "half", "visits-2021", " W3101 W3102"},
        {GREATER, "visits-2021", "visits-days", " W3102"},
        {GREATER, "half", "services-2021", " W3101"},
        {GREATER, "services-2021", "services-june", ""},
        {SUM, "half", "visits-2021", " W3101 W3102"},
        {SHARE, "half", "visits-2021", " W3101 W3102"},
        {RATIO, "half", "visits-2021", " W3101 W3102"},
        {GROWTH, "half", "visits-2021", " W3101 W3102"},
        {DIFFERENCE, "half", "visits-2021", " W3101 W3102"},
        {MEAN, "half", "visits-2021", ""},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        poupa_judgement found = judge((poupa_claim){.kind = {rows[i].kind, NULL},
                                                    .left = POUPA_TEXTS(rows[i].left),
                                                    .right = POUPA_TEXTS(rows[i].right)});
        check_warnings(&found, rows[i].codes);
    }
}
END_TEST

START_TEST(unlike_metrics_on_one_side_draw_warnings_too)
{
    poupa_judgement found = judge((poupa_claim){
        .kind = {SUM, NULL}, .left = POUPA_TEXTS("half", "year"), .right = POUPA_TEXTS("half")});
    check_warnings(&found, " W3102");
}
END_TEST

/* -- Failures ------------------------------------------------------------ */

static void check_refused(poupa_claim claim, poupa_status status, const char *message)
{
    poupa_error err = {0};
    poupa_judgement out = {.verdict = POUPA_VERDICT_CONFIRMED, .warning_count = 7};
    ck_assert_int_eq(poupa_claim_judge(catalog, &claim, &out, &err), status);
    ck_assert_str_eq(err.message, message);
    ck_assert_uint_eq(out.warning_count, 7);
    ck_assert_int_eq(poupa_claim_judge(catalog, &claim, &out, NULL), status);
}

START_TEST(a_metric_that_is_not_there_is_named)
{
    check_refused(
        (poupa_claim){
            .kind = {SUM, NULL}, .left = POUPA_TEXTS("online-halv"), .right = POUPA_TEXTS("all")},
        POUPA_ERR_NOT_FOUND, "there is no metric \"online-halv\"; did you mean \"online-half\"?");
    check_refused((poupa_claim){.kind = {SUM, NULL},
                                .left = POUPA_TEXTS("all"),
                                .right = POUPA_TEXTS("all", "xyzzy")},
                  POUPA_ERR_NOT_FOUND, "there is no metric \"xyzzy\"");
}
END_TEST

START_TEST(a_claim_needs_a_kind_and_two_sides)
{
    check_refused((poupa_claim){.left = POUPA_TEXTS("all"), .right = POUPA_TEXTS("all")},
                  POUPA_ERR_ARGUMENT, "0 is no kind of claim");
    check_refused((poupa_claim){.kind = {GREATER + 1, NULL},
                                .left = POUPA_TEXTS("all"),
                                .right = POUPA_TEXTS("all")},
                  POUPA_ERR_ARGUMENT, "8 is no kind of claim");
    check_refused((poupa_claim){.kind = {SUM, NULL}, .left = POUPA_TEXTS("all")},
                  POUPA_ERR_ARGUMENT, "a side of the claim names no metric");
    check_refused((poupa_claim){.kind = {SUM, NULL}, .right = POUPA_TEXTS("all")},
                  POUPA_ERR_ARGUMENT, "a side of the claim names no metric");
    poupa_claim nameless = {
        .kind = {SUM, NULL}, .left = POUPA_TEXTS(NULL), .right = POUPA_TEXTS("all")};
    ck_assert_int_eq(poupa_claim_judge(catalog, &nameless, &(poupa_judgement){0}, NULL),
                     POUPA_ERR_ARGUMENT);
}
END_TEST

START_TEST(null_arguments_are_refused)
{
    poupa_claim claim = {
        .kind = {SUM, NULL}, .left = POUPA_TEXTS("all"), .right = POUPA_TEXTS("all")};
    poupa_judgement out;
    ck_assert_int_eq(poupa_claim_judge(NULL, &claim, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_claim_judge(catalog, NULL, &out, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_claim_judge(catalog, &claim, NULL, NULL), POUPA_ERR_ARGUMENT);
}
END_TEST

START_TEST(verdicts_have_names)
{
    ck_assert_str_eq(poupa_verdict_name(POUPA_VERDICT_UNKNOWN), "unknown");
    ck_assert_str_eq(poupa_verdict_name(POUPA_VERDICT_CONFIRMED), "confirmed");
    ck_assert_str_eq(poupa_verdict_name(POUPA_VERDICT_CONSISTENT), "consistent");
    ck_assert_str_eq(poupa_verdict_name(POUPA_VERDICT_CONTRADICTED), "contradicted");
    ck_assert_str_eq(poupa_verdict_name((poupa_verdict)99), "unknown");
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("claims");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, half_a_year_was_more_than_the_year_before);
    tcase_add_test(tests, online_was_more_than_double);
    tcase_add_test(tests, five_and_seven_thousand_are_consistent_with_over_twelve_thousand);
    tcase_add_test(tests, a_claim_of_the_catalogue_is_judged_like_one_of_the_caller);
    tcase_add_loop_test(tests, computed_against_stated_gives_the_verdict, 0,
                        COUNT_OF(verdict_rows));
    tcase_add_test(tests, decimals_add_up_although_they_are_not_exact_in_binary);
    tcase_add_test(tests, what_states_nothing_is_unknown);
    tcase_add_test(tests, unlike_metrics_draw_warnings);
    tcase_add_test(tests, unlike_metrics_on_one_side_draw_warnings_too);
    tcase_add_test(tests, a_metric_that_is_not_there_is_named);
    tcase_add_test(tests, a_claim_needs_a_kind_and_two_sides);
    tcase_add_test(tests, null_arguments_are_refused);
    tcase_add_test(tests, verdicts_have_names);
    return run_case(tests);
}
