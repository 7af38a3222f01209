/* test_validate_figures.c - when figures, codes and offerings are implausible. */
#include "test_validate.h"

/* -- Metrics against each other ------------------------------------------ */

/* Two channels, two units, and one indicator of each measure, of that name. */
static poupa_catalog *catalog_for_metrics(void)
{
    poupa_catalog *c = new_catalog();
    ADD(c, organization, .id = "procon-sp", .name = "Procon-SP");
    ADD(c, channel, .id = "portal", .type = WORD("portal"), .name = "Portal");
    ADD(c, channel, .id = "totem", .type = WORD("kiosk"), .name = "Totem");
    static const char *const measures[] = {"flow", "stock", "cumulative", "mean", "share"};
    for (size_t i = 0; i < COUNT(measures); i++)
        ADD(c, indicator, .id = measures[i], .name = measures[i], .measure = WORD(measures[i]));
    return c;
}

typedef struct row {
    const char *of; /* the indicator */
    const char *period;
    double value;
    const char *qualifier;
    const char *status;
    poupa_dimensions dimensions;
} row;

/* Checks what is found in metrics, and nothing about indicators that have none. */
static void check_metrics(const row *rows, size_t count, const char *expected)
{
    poupa_catalog *catalog = catalog_for_metrics();
    for (size_t i = 0; i < count; i++) {
        char id[32];
        snprintf(id, sizeof id, "m%zu", i);
        ADD(catalog, metric, .id = id, .indicator_id = rows[i].of, .value = rows[i].value,
            .period = period(rows[i].period), .qualifier = {0, rows[i].qualifier},
            .resolution = rows[i].qualifier ? 1 : 0, .status = {0, rows[i].status},
            .dimensions = rows[i].dimensions);
    }
    poupa_report *report = new_report();
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));
    char found[256] = "";
    for (size_t i = 0; i < poupa_report_count(report); i++) {
        const poupa_finding *finding = poupa_report_at(report, i);
        if (strncmp(finding->path, "/metrics/", 9) != 0)
            continue;
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%s%s m%c: %s", used ? "; " : "",
                 finding->rule->code, finding->path[9], finding->message);
    }
    ck_assert_str_eq(found, expected);
    poupa_report_free(report);
    poupa_catalog_release(catalog);
}

#define CHECK_METRICS(expected, ...)                                                             \
    do {                                                                                         \
        const row rows_[] = {__VA_ARGS__};                                                       \
        check_metrics(rows_, COUNT(rows_), expected);                                            \
    } while (0)

#define CHANNELS(...)                                                                            \
    {                                                                                            \
        .channel_ids = POUPA_TEXTS(__VA_ARGS__)                                                  \
    }

START_TEST(figures_disagree_that_have_no_value_in_common)
{
    CHECK_METRICS("W3011 m1: 8, but 5 in \"m0\", for the same indicator, period and dimensions",
                  {.of = "flow", "2021", 5}, {.of = "flow", "2021", 8});
    CHECK_METRICS("W3011 m1: at most 4, but at least 5 in \"m0\", for the same indicator, period "
                  "and dimensions",
                  {.of = "flow", "2021", 5, "at_least"}, {.of = "flow", "2021", 4, "at_most"});
    CHECK_METRICS("W3011 m2: 9 to 11, but 4 to 6 in \"m0\", for the same indicator, period and "
                  "dimensions",
                  {.of = "flow", "2021", 5, "about"}, {.of = "flow", "2021", 6, "over"},
                  {.of = "flow", "2021", 10, "about"});
    CHECK_METRICS("", {.of = "flow", "2021", 5, "about"}, {.of = "flow", "2021", 6, "about"});
}
END_TEST

START_TEST(figures_agree_that_are_of_different_things)
{
    CHECK_METRICS("", {.of = "flow", "2021", 5}, {.of = "stock", "2021", 8});
    CHECK_METRICS("", {.of = "flow", "2021", 5}, {.of = "flow", "2020", 8});
    CHECK_METRICS("", {.of = "flow", "2021-01-01/2021-06-30", 5},
                  {.of = "flow", "2021-01-01/2021-07-30", 8});
    CHECK_METRICS("", {.of = "flow", "2021", 5}, {.of = "flow", "2021", 8, NULL, "F"});
    CHECK_METRICS("", {.of = "flow", "2021", 5, .dimensions = CHANNELS("portal")},
                  {.of = "flow", "2021", 8, .dimensions = CHANNELS("totem")});
}
END_TEST

START_TEST(lists_of_dimensions_are_compared_as_sets_and_periods_by_their_days)
{
    CHECK_METRICS(
        "W3011 m1: 8, but 5 in \"m0\", for the same indicator, period and dimensions",
        {.of = "flow", "2021-S1", 5, .dimensions = CHANNELS("portal", "totem")},
        {.of = "flow", "2021-01/2021-06", 8, .dimensions = CHANNELS("totem", "portal")});
}
END_TEST

START_TEST(a_part_is_not_above_its_whole)
{
    CHECK_METRICS("W3010 m0: 8 is above the whole, 5 in \"m1\", which differs by having no "
                  "channel_ids",
                  {.of = "stock", "2021", 8, .dimensions = CHANNELS("portal")},
                  {.of = "stock", "2021", 5});
    CHECK_METRICS(
        "W3010 m1: 8 is above the whole, 5 in \"m0\", which differs by having no "
        "organization_id",
        {.of = "flow", "2021", 5, .dimensions = CHANNELS("portal")},
        {.of = "flow",
         "2021",
         8,
         .dimensions = {.organization_id = "procon-sp", .channel_ids = POUPA_TEXTS("portal")}});
    CHECK_METRICS(
        "W3010 m1: 8 is above the whole, 5 in \"m0\", which differs by having no "
        "organization_id, channel_ids",
        {.of = "flow", "2021", 5},
        {.of = "flow",
         "2021",
         8,
         .dimensions = {.organization_id = "procon-sp", .channel_ids = POUPA_TEXTS("portal")}});
    CHECK_METRICS("", {.of = "flow", "2021", 5},
                  {.of = "flow", "2021", 5, .dimensions = CHANNELS("portal")});
}
END_TEST

START_TEST(a_mean_may_be_above_that_of_the_whole)
{
    CHECK_METRICS("", {.of = "mean", "2021", 5},
                  {.of = "mean", "2021", 8, .dimensions = CHANNELS("portal")});
}
END_TEST

START_TEST(a_running_total_does_not_fall)
{
    CHECK_METRICS(
        "W3009 m1: 5 by 2021-12-31 is below 8 by 2020-12-31, in \"m0\": a running total "
        "cannot fall",
        {.of = "cumulative", "../2020", 8}, {.of = "cumulative", "../2021", 5});
    CHECK_METRICS(
        "W3009 m0: 5 by 2022-12-31 is below 9 by 2020-12-31, in \"m1\": a running total "
        "cannot fall",
        {.of = "cumulative", "2022", 5}, {.of = "cumulative", "2020", 9},
        {.of = "cumulative", "2021", 10, "almost"}, {.of = "cumulative", "2019", 5});
    CHECK_METRICS("", {.of = "cumulative", "2020", 8, "about"}, {.of = "cumulative", "2021", 7});
    CHECK_METRICS("", {.of = "flow", "2020", 8}, {.of = "flow", "2021", 5});
}
END_TEST

START_TEST(a_running_total_is_compared_with_earlier_days_of_its_own_only)
{
    CHECK_METRICS("", {.of = "cumulative", "2020", 8, .dimensions = CHANNELS("portal")},
                  {.of = "cumulative", "2021", 5, .dimensions = CHANNELS("totem")});
    CHECK_METRICS("", {.of = "cumulative", "2020", 8, NULL, "F"},
                  {.of = "cumulative", "2021", 5});
    CHECK_METRICS("", {.of = "cumulative", "2020", 8},
                  {.of = "cumulative", "2021", 0, NULL, "O"});
    CHECK_METRICS("", {.of = "cumulative", "2021-12", 8, NULL, "P"},
                  {.of = "cumulative", "2021", 5});
}
END_TEST

/* -- Single figures ------------------------------------------------------ */

START_TEST(a_value_is_a_multiple_of_its_resolution)
{
    static const struct {
        double value;
        double resolution;
        bool multiple;
    } rows[] = {
        {12000, 1000, true},  {12500, 1000, false},  {500, 1000, false}, {0, 1000, true},
        {-12000, 1000, true}, {-12001, 1000, false}, {12.2, 0.1, true},  {12.25, 0.1, false},
        {0.3, 0.1, true},     {1e15, 1e-300, true},  {7, 0, true},       {1e-9, 1e-9, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        poupa_catalog *c = new_catalog();
        ADD(c, indicator, .id = "saldo", .name = "Saldo", .measure = WORD("mean"));
        ADD(c, metric, .id = "m", .indicator_id = "saldo", .value = rows[i].value,
            .resolution = rows[i].resolution, .period = period("2021"));
        CHECK_FOUND(c, rows[i].multiple ? "" : "W3014 /metrics/0/value");
        poupa_catalog_release(c);
    }
}
END_TEST

START_TEST(what_a_claim_states_is_a_multiple_of_its_resolution)
{
    poupa_catalog *c = new_catalog();
    ADD(c, indicator, .id = "saldo", .name = "Saldo", .measure = WORD("mean"));
    ADD(c, metric, .id = "m", .indicator_id = "saldo", .value = 1, .period = period("2021"));
    ADD(c, claim, .id = "dobro", .kind = WORD("ratio"), .left = POUPA_TEXTS("m"),
        .right = POUPA_TEXTS("m"), .stated = POUPA_SOME(2.5), .resolution = 1);
    ADD(c, claim, .id = "soma", .kind = WORD("sum"), .left = POUPA_TEXTS("m"),
        .right = POUPA_TEXTS("m"), .resolution = 1);
    CHECK_FOUND(c, "W3014 /claims/0/stated");
    poupa_catalog_release(c);
}
END_TEST

START_TEST(a_figure_may_cover_the_day_of_its_publication_and_no_later_one)
{
    static const struct {
        poupa_date published;
        const char *period;
        bool late;
    } rows[] = {
        {{2021, 7, 0}, "2021-07", false},     {{2021, 7, 14}, "2021-07", true},
        {{2021, 7, 0}, "2021", true},         {{2021, 0, 0}, "2021", false},
        {{2021, 7, 14}, "2021-07-14", false}, {{2021, 7, 14}, "../2021-07-15", true},
        {{0, 0, 0}, "2030", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        poupa_catalog *c = new_catalog();
        ADD(c, source, .id = "s", .title = "Notícia", .published = rows[i].published);
        ADD(c, indicator, .id = "total", .name = "Total", .measure = WORD("cumulative"));
        ADD(c, metric, .id = "m", .indicator_id = "total", .value = 1, .source_id = "s",
            .period = period(rows[i].period));
        CHECK_FOUND(c, rows[i].late ? "W3008 /metrics/0/period" : "");
        poupa_catalog_release(c);
    }
}
END_TEST

START_TEST(only_what_counts_things_is_never_negative)
{
    static const struct {
        const char *measure;
        const char *unit;
        const char *found;
    } rows[] = {
        {"stock", "count", "W3012 /metrics/0/value"},
        {"cumulative", "count", "W3012 /metrics/0/value"},
        {"flow", "BRL", ""},
        {"mean", "count", ""},
        {"share", "percent", "W3013 /metrics/0/value"},
        {"share", "count", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        poupa_catalog *c = new_catalog();
        ADD(c, indicator, .id = "i", .name = "Indicador", .measure = WORD(rows[i].measure),
            .unit = WORD(rows[i].unit));
        ADD(c, metric, .id = "m", .indicator_id = "i", .value = -1, .period = period("2021"));
        CHECK_FOUND(c, rows[i].found);
        poupa_catalog_release(c);
    }
}
END_TEST

START_TEST(a_baseline_measures_the_same_as_its_target)
{
    poupa_catalog *c = catalog_for_metrics();
    for (int i = 0; i < 2; i++)
        ADD(c, metric, .id = i ? "parado" : "fluxo", .indicator_id = i ? "stock" : "flow",
            .value = 1, .period = period("2020"));
    ADD(c, target, .id = "meta", .indicator_id = "flow", .value = 2, .due = {2021, 0, 0},
        .baseline_id = "parado");
    poupa_report *report = new_report();
    ASSERT_OK(poupa_catalog_validate(c, report, &err));
    const poupa_finding *last = poupa_report_at(report, poupa_report_count(report) - 1);
    ck_assert_str_eq(last->rule->code, "W3023");
    ck_assert_str_eq(
        last->message,
        "the baseline \"parado\" measures \"stock\", but the target is for \"flow\"");
    poupa_report_free(report);
    poupa_catalog_release(c);
}
END_TEST

/* -- Codes of municipalities --------------------------------------------- */

static void check_code(const char *code, const char *country_id, const char *country_code,
                       const char *expected)
{
    poupa_catalog *c = new_catalog();
    if (country_id)
        ADD(c, area, .id = country_id, .type = WORD("country"), .name = "País",
            .code = country_code);
    ADD(c, area, .id = "cidade", .type = WORD("municipality"), .name = "Cidade", .code = code,
        .parent_id = country_id);
    poupa_buffer found = found_in(c);
    ck_assert_msg(strncmp(found.data, expected, strlen(expected)) == 0 &&
                      (expected[0] || !found.data[0]),
                  "%s: %s", code, found.data);
    poupa_buffer_free(&found);
    poupa_catalog_release(c);
}

START_TEST(official_codes_of_municipalities_are_accepted)
{
    static const char *const codes[] = {"3550308", "3529401", "3548708", "3506003", "3509502",
                                        "3515509", "3548500", "3537305", "3530706", "1100015",
                                        "5300108", /* and the nine with another check digit: */
                                        "2201919", "2201988", "2202251", "2611533", "3117836",
                                        "3152131", "4305871", "5203939", "5203962"};
    for (size_t i = 0; i < COUNT(codes); i++)
        check_code(codes[i], NULL, NULL, "");
}
END_TEST

START_TEST(other_codes_of_municipalities_are_not)
{
    check_code("355030", NULL, NULL, "W3006");
    check_code("35503080", NULL, NULL, "W3006");
    check_code("355O308", NULL, NULL, "W3006");
    check_code("3550307", NULL, NULL, "W3007");
    check_code("2201910", NULL, NULL, "W3007");
    check_code("1000007", NULL, NULL, "W3007");
    check_code("5400007", NULL, NULL, "W3007");
}
END_TEST

START_TEST(municipalities_of_other_countries_have_other_codes)
{
    check_code("1106", "pt", "", "");
    check_code("1106", "portugal", "PRT", "");
    check_code("1106", "br", "", "W3006");
    check_code("1106", "pais", "BRA", "W3006");
    check_code("1106", "pais", "076", "W3006");
}
END_TEST

/* -- Offerings ----------------------------------------------------------- */

START_TEST(a_service_is_digital_through_any_of_its_offerings)
{
    poupa_catalog *c = new_catalog();
    ADD(c, organization, .id = "procon-sp", .name = "Procon-SP");
    ADD(c, channel, .id = "telefone", .type = WORD("phone"), .name = "Telefone");
    ADD(c, channel, .id = "portal", .type = WORD("portal"), .name = "Portal");
    ADD(c, service, .id = "procon", .name = "Procon", .organization_id = "procon-sp",
        .digital_since = {2020, 0, 0});
    ADD(c, indicator, .id = "total", .name = "Total", .measure = WORD("flow"));
    ADD(c, offering, .id = "procon-telefone", .service_id = "procon", .channel_id = "telefone");
    ADD(c, metric, .id = "m", .indicator_id = "total", .value = 1, .period = period("2021"),
        .dimensions = {.service_id = "procon"});
    CHECK_FOUND(c, "W3016 /services/0/digital_since");
    ADD(c, offering, .id = "procon-portal", .service_id = "procon", .channel_id = "portal");
    CHECK_FOUND(c, "");
    poupa_catalog_release(c);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "validate: figures", figures_disagree_that_have_no_value_in_common,
        figures_agree_that_are_of_different_things,
        lists_of_dimensions_are_compared_as_sets_and_periods_by_their_days,
        a_part_is_not_above_its_whole, a_mean_may_be_above_that_of_the_whole,
        a_running_total_does_not_fall,
        a_running_total_is_compared_with_earlier_days_of_its_own_only,
        a_value_is_a_multiple_of_its_resolution,
        what_a_claim_states_is_a_multiple_of_its_resolution,
        a_figure_may_cover_the_day_of_its_publication_and_no_later_one,
        only_what_counts_things_is_never_negative, a_baseline_measures_the_same_as_its_target,
        official_codes_of_municipalities_are_accepted, other_codes_of_municipalities_are_not,
        municipalities_of_other_countries_have_other_codes,
        a_service_is_digital_through_any_of_its_offerings);
}
