/* test_validate.c - which checks run over a catalogue, and which do not. */
#include "test_validate.h"
#include "counting.h"

/* Procon-SP's service at one unit and on the portal, with a figure, a target and a claim. */
static poupa_catalog *sound_catalog(void)
{
    poupa_catalog *c = new_catalog();
    ADD(c, source, .id = "procon-sp", .title = "Atendimentos", .published = {2021, 7, 0});
    ADD(c, area, .id = "sao-paulo", .type = {POUPA_AREA_MUNICIPALITY, NULL}, .name = "São Paulo",
        .code = "3550308");
    ADD(c, organization, .id = "procon-sp", .name = "Fundação Procon-SP");
    ADD(c, channel, .id = "portal", .type = {POUPA_CHANNEL_PORTAL, NULL}, .name = "Portal");
    ADD(c, channel, .id = "posto", .type = {POUPA_CHANNEL_IN_PERSON, NULL}, .name = "Posto");
    ADD(c, unit, .id = "se", .name = "Sé", .area_id = "sao-paulo", .latitude = POUPA_SOME(-23.55),
        .longitude = POUPA_SOME(-46.63));
    ADD(c, service, .id = "procon", .name = "Procon-SP", .organization_id = "procon-sp",
        .digital_since = {2020, 3, 0});
    ADD(c, offering, .id = "procon-portal", .service_id = "procon", .channel_id = "portal");
    ADD(c, offering, .id = "procon-posto", .service_id = "procon", .channel_id = "posto",
        .unit_ids = POUPA_TEXTS("se"));
    ADD(c, indicator, .id = "atendimentos", .name = "Atendimentos",
        .measure = {POUPA_MEASURE_FLOW, NULL});
    ADD(c, metric, .id = "todos", .indicator_id = "atendimentos", .value = 12000,
        .resolution = 1000, .period = period("2021-S1"), .source_id = "procon-sp");
    ADD(c, metric, .id = "digitais", .indicator_id = "atendimentos", .value = 5000,
        .resolution = 1000, .period = period("2021-S1"),
        .dimensions = {.channel_ids = POUPA_TEXTS("portal")});
    ADD(c, target, .id = "meta", .indicator_id = "atendimentos", .value = 30000,
        .due = {2022, 0, 0}, .baseline_id = "todos");
    ADD(c, claim, .id = "parte", .kind = {POUPA_CLAIM_SHARE, NULL},
        .left = POUPA_TEXTS("digitais"), .right = POUPA_TEXTS("todos"), .stated = POUPA_SOME(42));
    return c;
}

static const char *why_not_run(const poupa_report *report, const char *code)
{
    for (size_t i = 0; i < poupa_report_not_run_count(report); i++)
        if (strcmp(poupa_report_not_run_at(report, i)->rule->code, code) == 0)
            return poupa_report_not_run_at(report, i)->why;
    return "it ran";
}

/* -- Running ------------------------------------------------------------- */

START_TEST(nothing_is_found_in_a_sound_catalogue_and_every_rule_runs)
{
    poupa_catalog *catalog = sound_catalog();
    poupa_report *report = new_report();
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));
    ck_assert_uint_eq(poupa_report_count(report), 0);
    ck_assert_uint_eq(poupa_report_not_run_count(report), 0);
    poupa_report_free(report);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(nothing_is_found_in_an_empty_catalogue)
{
    poupa_catalog *catalog = new_catalog();
    CHECK_FOUND(catalog, "");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_catalogue_built_in_c_is_checked_like_a_document)
{
    poupa_catalog *catalog = sound_catalog();
    ADD(catalog, channel, .id = "fax", .name = "Fax", .type = WORD("portall"));
    ADD(catalog, unit, .id = "itaquera", .name = "Itaquera", .latitude = POUPA_SOME(-235.4));
    ADD(catalog, service, .id = "fila", .name = "Fila", .organization_id = "procon-sp",
        .status = WORD("inactive"), .keywords = POUPA_TEXTS("senha", ""));
    CHECK_FOUND(catalog,
                "W3002 /channels/2/type, W3004 /units/1/latitude, "
                "W3005 /units/1/latitude, W3020 /units/1/id, W3003 /services/1/keywords/1");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(there_must_be_a_report)
{
    poupa_catalog *catalog = new_catalog();
    ASSERT_FAILS(poupa_catalog_validate(catalog, NULL, &err), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_catalog_validate(NULL, NULL, NULL), POUPA_ERR_ARGUMENT);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Rules that do not run ----------------------------------------------- */

START_TEST(without_a_catalogue_no_rule_runs)
{
    poupa_report *report = new_report();
    ASSERT_OK(poupa_catalog_validate(NULL, report, &err));
    for (size_t i = 0; i < poupa_rule_count(); i++) {
        const poupa_rule *rule = poupa_rule_at(i);
        ck_assert_str_eq(why_not_run(report, rule->code),
                         rule->stage == POUPA_STAGE_PLAUSIBLE
                             ? "the text is not a catalogue document"
                             : "it ran");
    }
    poupa_report_free(report);
}
END_TEST

START_TEST(a_rule_that_reads_broken_entities_does_not_run_and_says_why)
{
    poupa_catalog *catalog = sound_catalog();
    poupa_report *report = new_report();
    poupa__place place = {POUPA_KIND_OFFERING, 3, "channel_id", POUPA__NONE, false};
    poupa__report_add(report, POUPA__E2005_REFERENCE, place, "leads nowhere");
    place.index = 7;
    poupa__report_add(report, POUPA__E2005_REFERENCE, place, "leads nowhere");
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));

    const char *why = "2 errors in offerings, the first at /offerings/3/channel_id";
    static const char *const compare_with_offerings[] = {"W3016", "W3017", "W3020"};
    static const char *const look_at_one[] = {"W3004", "W3015", "W3018", "W3019", "W3021"};
    for (size_t i = 0; i < COUNT(compare_with_offerings); i++)
        ck_assert_str_eq(why_not_run(report, compare_with_offerings[i]), why);
    for (size_t i = 0; i < COUNT(look_at_one); i++)
        ck_assert_str_eq(why_not_run(report, look_at_one[i]), "it ran");
    poupa_report_free(report);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(entities_that_are_not_sound_are_passed_over_and_the_others_keep_their_places)
{
    static const char text[] =
        "{\"poupa\": \"1.0\", \"channels\": [{\"id\": \"app\", \"name\": 1, \"type\": \"app\"},"
        "{\"id\": \"portal\", \"name\": \"Portal\", \"type\": \"portal\", \"urll\": \"x\"}]}";
    poupa_report *report = new_report();
    poupa_catalog *catalog;
    ASSERT_OK(poupa_catalog_inspect(text, sizeof text - 1, NULL, report, &catalog, &err));
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));
    ck_assert_uint_eq(poupa_report_errors(report), 1);
    ck_assert_uint_eq(poupa_report_warnings(report), 1);
    ck_assert_str_eq(poupa_report_at(report, 1)->path, "/channels/1/urll");
    ck_assert_str_eq(why_not_run(report, "W3001"),
                     "in part: 1 error in channels, the first at /channels/0/name");
    poupa_report_free(report);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(an_error_in_the_document_itself_stops_no_rule)
{
    poupa_catalog *catalog = new_catalog();
    poupa_report *report = new_report();
    poupa__place place = {-1, POUPA__NONE, "language", POUPA__NONE, false};
    poupa__report_add(report, POUPA__E2017_LANGUAGE, place, "not a tag");
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));
    ck_assert_uint_eq(poupa_report_not_run_count(report), 0);
    poupa_report_free(report);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Catalogues that are being edited ------------------------------------ */

START_TEST(references_that_lead_nowhere_yet_are_passed_over)
{
    poupa_catalog *catalog = new_catalog();
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ADD(catalog, area, .id = "se", .type = WORD("municipality"), .code = "3550308", .name = "Sé",
        .parent_id = "sp");
    ADD(catalog, service, .id = "procon", .name = "Procon-SP", .organization_id = "procon-sp",
        .digital_since = {2020, 3, 0});
    ADD(catalog, offering, .id = "procon-posto", .service_id = "procon", .channel_id = "posto",
        .unit_ids = POUPA_TEXTS("se"));
    ADD(catalog, metric, .id = "todos", .indicator_id = "atendimentos", .value = -1,
        .period = period("2021-S1"), .source_id = "procon-sp");
    ADD(catalog, target, .id = "meta", .indicator_id = "atendimentos", .value = -1,
        .due = {2022, 0, 0}, .baseline_id = "2020");
    CHECK_FOUND(catalog, "W3016 /services/0/digital_since");
    poupa_catalog_rollback(catalog);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(removed_entities_are_passed_over)
{
    poupa_catalog *catalog = sound_catalog();
    ADD(catalog, metric, .id = "sem-sentido", .indicator_id = "atendimentos", .value = -1,
        .period = period("2020-S1"));
    ADD(catalog, metric, .id = "outra", .indicator_id = "atendimentos", .value = -2,
        .period = period("2019-S1"));
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_metric_remove(catalog, "sem-sentido", &err));
    CHECK_FOUND(catalog, "W3012 /metrics/3/value");
    poupa_catalog_rollback(catalog);
    CHECK_FOUND(catalog, "W3012 /metrics/2/value, W3012 /metrics/3/value");
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Memory -------------------------------------------------------------- */

/* A catalogue in which every check that takes memory does so. */
static poupa_catalog *catalog_with_findings(const poupa_allocator *allocator)
{
    poupa_catalog *sound = sound_catalog();
    poupa_catalog *catalog;
    ASSERT_OK(poupa_catalog_copy(sound, allocator, &catalog, &err));
    poupa_catalog_release(sound);
    poupa_member typo = {"publishd", "true"};
    ADD(catalog, source, .id = "prodesp", .title = "Balanço", .extra = {&typo, 1});
    ADD(catalog, channel, .id = "fax", .name = "Fax", .type = WORD("portall"));
    return catalog;
}

START_TEST(memory_that_runs_out_anywhere_is_an_error_and_leaks_nothing)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_catalog *catalog = catalog_with_findings(&allocator);
    size_t blocks_of_catalog = state.blocks;
    poupa_status status = POUPA_ERR_MEMORY;
    for (size_t call = 1; status != POUPA_OK; call++) {
        poupa_report *report;
        state.fail_at = 0;
        ASSERT_OK(poupa_report_new(&allocator, &report, &err));
        state.calls = 0;
        state.fail_at = call;
        poupa_error err = {0};
        status = poupa_catalog_validate(catalog, report, &err);
        ck_assert_int_eq(status, err.status);
        if (status == POUPA_OK)
            ck_assert_uint_eq(poupa_report_count(report), 2);
        else
            ck_assert_int_eq(status, POUPA_ERR_MEMORY);
        poupa_report_free(report);
        ck_assert_uint_eq(state.blocks, blocks_of_catalog);
    }
    ck_assert_uint_gt(state.calls, 6);
    poupa_catalog_release(catalog);
    assert_nothing_leaked(&state);
}
END_TEST

START_TEST(without_a_catalogue_memory_may_run_out_too)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_report *report;
    ASSERT_OK(poupa_report_new(&allocator, &report, &err));
    state.fail_at = 1;
    ASSERT_FAILS(poupa_catalog_validate(NULL, report, &err), POUPA_ERR_MEMORY);
    poupa_report_free(report);
    assert_nothing_leaked(&state);
}
END_TEST

/* -- Size ---------------------------------------------------------------- */

START_TEST(of_very_many_unknown_names_only_the_first_are_compared)
{
    poupa_catalog *catalog = new_catalog();
    for (int i = 0; i < 600; i++) {
        char id[32];
        char name[32];
        snprintf(id, sizeof id, "canal-%d", i);
        snprintf(name, sizeof name, "x-%d", i % 550);
        poupa_member members[] = {{name, "1"}, {"nmae", "1"}};
        ADD(catalog, channel, .id = id, .name = "Canal", .type = WORD(name),
            .extra = {members, 2});
    }
    poupa_report *report = new_report();
    ASSERT_OK(poupa_catalog_validate(catalog, report, &err));
    ck_assert_uint_eq(poupa_report_count(report), 600); /* "nmae" is compared once */
    const char *why = "in part: of the unknown words, the first 512 were compared with the "
                      "known ones";
    ck_assert_str_eq(why_not_run(report, "W3001"), why);
    ck_assert_str_eq(why_not_run(report, "W3002"), why);
    poupa_report_free(report);
    poupa_catalog_release(catalog);
}
END_TEST

/* Areas one in the other, all with metrics of every day and of lists in both directions. */
static poupa_catalog *large_catalog(int size)
{
    poupa_catalog *c = new_catalog();
    ADD(c, indicator, .id = "total", .name = "Total",
        .measure = {POUPA_MEASURE_CUMULATIVE, NULL});
    const char **ids = malloc((size_t)size * sizeof *ids);
    char(*texts)[32] = malloc((size_t)size * sizeof *texts);
    ck_assert(ids && texts);
    for (int i = 0; i < size; i++) {
        snprintf(texts[i], sizeof texts[i], "a%d", i);
        ids[i] = texts[i];
        ADD(c, area, .id = ids[i], .name = "Área", .type = WORD("municipality"),
            .code = "3550308", .parent_id = i ? ids[i - 1] : "");
        ADD(c, unit, .id = ids[i], .name = "Posto");
    }
    for (int i = 0; i < size; i++) {
        char id[32];
        snprintf(id, sizeof id, "m%d", i);
        poupa_metric metric = {.id = id,
                               .indicator_id = "total",
                               .value = i,
                               .period = poupa_period_around(i % 1000, POUPA_PERIOD_DAY),
                               .dimensions = {.area_id = ids[i / 1000]}};
        if (i % 1000 == 0)
            metric.dimensions.unit_ids = (poupa_texts){ids, (size_t)size};
        ASSERT_OK(poupa_metric_add(c, &metric, &err));
    }
    free(texts);
    free(ids);
    return c;
}

START_TEST(a_large_catalogue_takes_time_in_proportion)
{
    poupa_catalog *catalog = large_catalog(10000);
    CHECK_FOUND(catalog, "");
    poupa_catalog_release(catalog);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "validate", nothing_is_found_in_a_sound_catalogue_and_every_rule_runs,
        nothing_is_found_in_an_empty_catalogue, a_catalogue_built_in_c_is_checked_like_a_document,
        there_must_be_a_report, without_a_catalogue_no_rule_runs,
        a_rule_that_reads_broken_entities_does_not_run_and_says_why,
        entities_that_are_not_sound_are_passed_over_and_the_others_keep_their_places,
        an_error_in_the_document_itself_stops_no_rule,
        references_that_lead_nowhere_yet_are_passed_over, removed_entities_are_passed_over,
        memory_that_runs_out_anywhere_is_an_error_and_leaks_nothing,
        without_a_catalogue_memory_may_run_out_too,
        of_very_many_unknown_names_only_the_first_are_compared,
        a_large_catalogue_takes_time_in_proportion);
}
