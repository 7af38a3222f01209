/* test_rollup_catalog.c - rollups through a catalogue, their outputs, and metrics of them. */
#include <stdio.h>
#include <string.h>

#include "counting.h"
#include "poupa/rollup.h"
#include "poupa/table.h"
#include "suite.h"

/* -- A catalogue and its records ----------------------------------------- */

static poupa_catalog *make_catalog(void)
{
    poupa_catalog *catalog;
    const poupa_area areas[] = {
        {.id = "sp", .type = {POUPA_AREA_STATE, NULL}, .name = "São Paulo"},
        {.id = "capital",
         .type = {POUPA_AREA_MUNICIPALITY, NULL},
         .name = "São Paulo",
         .parent_id = "sp"},
        {.id = "itaquera",
         .type = {POUPA_AREA_DISTRICT, NULL},
         .name = "Itaquera",
         .parent_id = "capital"},
        {.id = "bauru",
         .type = {POUPA_AREA_MUNICIPALITY, NULL},
         .name = "Bauru",
         .parent_id = "sp"},
    };
    const poupa_organization organization = {.id = "procon", .name = "Procon"};
    const poupa_channel channels[] = {
        {.id = "portal", .type = {POUPA_CHANNEL_PORTAL, NULL}, .name = "Portal"},
        {.id = "totem", .type = {POUPA_CHANNEL_KIOSK, NULL}, .name = "Totem"},
        {.id = "balcao", .type = {POUPA_CHANNEL_IN_PERSON, NULL}, .name = "Balcão"},
        {.id = "fone", .type = {POUPA_CHANNEL_PHONE, NULL}, .name = "Telefone"},
    };
    const poupa_unit units[] = {{.id = "itaquera", .name = "Itaquera", .area_id = "itaquera"},
                                {.id = "bauru", .name = "Bauru", .area_id = "bauru"},
                                {.id = "movel", .name = "Móvel"}};
    const poupa_service service = {
        .id = "reclamacao", .name = "Reclamação", .organization_id = "procon"};
    const poupa_indicator indicators[] = {
        {.id = "atendimentos", .name = "Atendimentos", .measure = {POUPA_MEASURE_FLOW, NULL}},
        {.id = "espera",
         .name = "Espera",
         .measure = {POUPA_MEASURE_MEAN, NULL},
         .unit = {POUPA_UNIT_OF_SECONDS, NULL}}};
    ck_assert_int_eq(poupa_catalog_new(NULL, &catalog, NULL), POUPA_OK);
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(poupa_area_add(catalog, &areas[i], NULL), POUPA_OK);
    ck_assert_int_eq(poupa_organization_add(catalog, &organization, NULL), POUPA_OK);
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(poupa_channel_add(catalog, &channels[i], NULL), POUPA_OK);
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(poupa_unit_add(catalog, &units[i], NULL), POUPA_OK);
    ck_assert_int_eq(poupa_service_add(catalog, &service, NULL), POUPA_OK);
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(poupa_indicator_add(catalog, &indicators[i], NULL), POUPA_OK);
    return catalog;
}

static poupa_attendance *make_table(void)
{
    static const struct {
        const char *period;
        const char *unit;
        const char *service;
        const char *channel;
        int64_t count;
    } lines[] = {
        {"2021-06-14", "itaquera", "reclamacao", "balcao", 32},
        {"2021-06-15", "bauru", "reclamacao", "totem", 16},
        {"2021-07-01", "movel", "reclamacao", "balcao", 8},
        {"2021-07-02", NULL, "reclamacao", "portal", 4},
        {"2021-07-03", NULL, "outro", "fone", 2},
        {"2021-07-04", "fechado", "outro", "sinal", 1},
    };
    poupa_builder *builder;
    poupa_attendance *table;
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, NULL), POUPA_OK);
    for (size_t i = 0; i < COUNT(lines); i++) {
        poupa_record record = {.unit = lines[i].unit,
                               .service = lines[i].service,
                               .channel = lines[i].channel,
                               .count = lines[i].count,
                               .wait_s = {(int32_t)(10 * i), i < 3}};
        poupa_period_parse(lines[i].period, 10, &record.period, NULL);
        ck_assert_int_eq(poupa_builder_append(builder, &record, NULL), POUPA_OK);
    }
    ck_assert_int_eq(poupa_builder_finish(builder, &table, NULL), POUPA_OK);
    poupa_builder_free(builder);
    return table;
}

static poupa_rollup_table *results_with(const char *by, const poupa_rollup_filter *filter,
                                        poupa_catalog *catalog, const poupa_allocator *allocator)
{
    poupa_error err;
    poupa_rollup *rollup;
    poupa_rollup_table *results;
    poupa_group group = {POUPA_GROUP_UNIT, 0};
    poupa_attendance *table = make_table();
    ck_assert(by == NULL || poupa_group_find(by, &group));
    const poupa_rollup_options options = {.by = &group,
                                          .by_count = by != NULL,
                                          .filters = filter,
                                          .filter_count = filter != NULL,
                                          .catalog = catalog,
                                          .allocator = allocator};
    ck_assert_msg(poupa_rollup_new(&options, &rollup, &err) == POUPA_OK, "%s", err.message);
    ck_assert_int_eq(poupa_rollup_add(rollup, table, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_rollup_finish(rollup, &results, NULL), POUPA_OK);
    poupa_rollup_free(rollup);
    poupa_attendance_release(table);
    return results;
}

static poupa_rollup_table *results_of(const char *by, const poupa_rollup_filter *filter,
                                      poupa_catalog *catalog)
{
    return results_with(by, filter, catalog, NULL);
}

static bool append(void *context, const char *data, size_t size)
{
    strncat(context, data, size);
    return true;
}

/* -- Groups -------------------------------------------------------------- */

START_TEST(groups_and_filters_follow_the_catalogue)
{
    static const struct {
        const char *by;
        poupa_group filtered_by;
        const char *value; /* NULL: no filter */
        const char *expected;
    } cases[] = {
        {"organization", {0, 0}, NULL, "=3 procon=60 "},
        {"area", {0, 0}, NULL, "=15 bauru=16 itaquera=32 "},
        {"district", {0, 0}, NULL, "=31 itaquera=32 "},
        {"municipality", {0, 0}, NULL, "=15 bauru=16 capital=32 "},
        {"state", {0, 0}, NULL, "=15 sp=48 "},
        {"country", {0, 0}, NULL, "=63 "},
        {"digital", {0, 0}, NULL, "=1 digital=20 in_person=40 other=2 "},
        {"unit", {POUPA_GROUP_AREA, 0}, "capital", "itaquera=32 "},
        {"unit", {POUPA_GROUP_AREA, 0}, "sp", "bauru=16 itaquera=32 "},
        {"unit", {POUPA_GROUP_AREA, 0}, "", "=6 fechado=1 movel=8 "},
        {"channel", {POUPA_GROUP_DIGITAL, 0}, "digital", "portal=4 totem=16 "},
        {"month", {POUPA_GROUP_ORGANIZATION, 0}, "procon", "2021-06=48 2021-07=12 "},
        {"quarter", {POUPA_GROUP_UNIT, 0}, "bauru", "2021-Q2=16 "},
    };
    poupa_catalog *catalog = make_catalog();
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[256] = "";
        const poupa_rollup_filter filter = {cases[i].filtered_by, {&cases[i].value, 1}};
        poupa_rollup_table *results =
            results_of(cases[i].by, cases[i].value ? &filter : NULL, catalog);
        for (size_t j = 0; j < poupa_rollup_table_count(results); j++) {
            const poupa_rollup_row *row = poupa_rollup_table_at(results, j);
            size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "%s=%lld ", row->keys[0],
                     (long long)row->count);
        }
        ck_assert_str_eq(text, cases[i].expected);
        poupa_rollup_table_free(results);
    }
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Outputs ------------------------------------------------------------- */

START_TEST(results_are_written_as_json_and_as_lines)
{
    char text[2048] = "";
    poupa_writer *writer;
    const poupa_rollup_filter filter = {{POUPA_GROUP_PERIOD, 0},
                                        POUPA_TEXTS("2021-07-02/2021-12")};
    poupa_rollup_table *results = results_of("unit", &filter, NULL);
    ck_assert_int_eq(poupa_writer_new(NULL, append, text, &writer, NULL), POUPA_OK);
    poupa_rollup_write_json(results, writer);
    ck_assert_int_eq(poupa_writer_finish(writer, NULL), POUPA_OK);
    poupa_writer_free(writer);
    ck_assert_str_eq(
        text, "{\"by\":[\"unit\"],\"rows\":6,\"kept\":3,\"filtered\":3,\"cut\":0,\"groups\":["
              "{\"unit\":null,\"count\":6,\"rows\":2,\"wait_s\":null,\"service_s\":null,"
              "\"first\":\"2021-07-02\",\"last\":\"2021-07-03\"},"
              "{\"unit\":\"fechado\",\"count\":1,\"rows\":1,\"wait_s\":null,"
              "\"service_s\":null,\"first\":\"2021-07-04\",\"last\":\"2021-07-04\"}]}");
    text[0] = '\0';
    ck_assert_int_eq(poupa_rollup_write_ndjson(results, append, text, NULL), POUPA_OK);
    ck_assert_str_eq(text,
                     "{\"unit\":null,\"count\":6,\"rows\":2,\"wait_s\":null,"
                     "\"service_s\":null,\"first\":\"2021-07-02\",\"last\":\"2021-07-03\"}\n"
                     "{\"unit\":\"fechado\",\"count\":1,\"rows\":1,\"wait_s\":null,"
                     "\"service_s\":null,\"first\":\"2021-07-04\",\"last\":\"2021-07-04\"}\n");
    poupa_rollup_table_free(results);
}
END_TEST

/* -- Metrics ------------------------------------------------------------- */

static const poupa_rollup_metrics counts_and_waits = {
    .indicator_id = "atendimentos", .wait_indicator_id = "espera", .prefix = "stream"};

START_TEST(groups_become_metrics_with_their_dimensions)
{
    poupa_error err;
    size_t left_out = 99;
    poupa_catalog *catalog = make_catalog();
    const poupa_rollup_filter filter = {{POUPA_GROUP_DIGITAL, 0}, POUPA_TEXTS("digital")};
    poupa_rollup_table *results = results_of("municipality", &filter, catalog);
    ck_assert_msg(poupa_rollup_to_metrics(results, &counts_and_waits, catalog, &left_out, &err) ==
                      POUPA_OK,
                  "%s", err.message);
    ck_assert_uint_eq(left_out, 1); /* the portal's records, which are of no municipality */
    ck_assert_uint_eq(poupa_metric_count(catalog), 2);
    const poupa_metric *count = poupa_metric_find(catalog, "stream.bauru");
    ck_assert_double_eq(count->value, 16);
    ck_assert_str_eq(count->dimensions.area_id, "bauru");
    ck_assert_uint_eq(count->dimensions.channel_ids.count, 2);
    ck_assert_str_eq(count->dimensions.channel_ids.items[1], "totem");
    char period[POUPA_PERIOD_SIZE];
    poupa_period_print(count->period, period);
    ck_assert_str_eq(period, "2021-06-15");
    ck_assert_double_eq(poupa_metric_find(catalog, "stream.bauru.wait_s")->value, 10);
    poupa_rollup_table_free(results);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(organizations_services_and_reaches_become_dimensions)
{
    size_t left_out;
    poupa_catalog *catalog = make_catalog();
    const poupa_rollup_filter filter = {{POUPA_GROUP_SERVICE, 0}, POUPA_TEXTS("reclamacao")};
    poupa_rollup_table *results = results_of("organization", &filter, catalog);
    ck_assert_int_eq(
        poupa_rollup_to_metrics(results, &counts_and_waits, catalog, &left_out, NULL), POUPA_OK);
    ck_assert_uint_eq(left_out, 0);
    const poupa_metric *metric = poupa_metric_find(catalog, "stream.procon");
    ck_assert_str_eq(metric->dimensions.organization_id, "procon");
    ck_assert_str_eq(metric->dimensions.service_id, "reclamacao");
    ck_assert_double_eq(metric->value, 60);
    poupa_rollup_table_free(results);

    results = results_of("digital", NULL, catalog);
    ck_assert_int_eq(
        poupa_rollup_to_metrics(results, &counts_and_waits, catalog, &left_out, NULL), POUPA_OK);
    ck_assert_uint_eq(left_out, 1);
    metric = poupa_metric_find(catalog, "stream.in_person");
    ck_assert_uint_eq(metric->dimensions.channel_ids.count, 1);
    ck_assert_str_eq(metric->dimensions.channel_ids.items[0], "balcao");
    poupa_rollup_table_free(results);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(without_a_period_metrics_span_the_first_to_the_last)
{
    poupa_catalog *catalog = make_catalog();
    poupa_rollup_table *results = results_of(NULL, NULL, catalog);
    char period[POUPA_PERIOD_SIZE];
    ck_assert_int_eq(poupa_rollup_to_metrics(results, &counts_and_waits, catalog, NULL, NULL), 0);
    poupa_period_print(poupa_metric_find(catalog, "stream")->period, period);
    ck_assert_str_eq(period, "2021-06-14/2021-07-04");
    poupa_rollup_table_free(results);
    results = results_of("half", NULL, catalog);
    ck_assert_int_eq(poupa_rollup_to_metrics(results, &counts_and_waits, catalog, NULL, NULL), 0);
    ck_assert_double_eq(poupa_metric_find(catalog, "stream.2021-s1")->value, 48);
    poupa_rollup_table_free(results);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(metrics_are_added_all_or_none)
{
    poupa_error err;
    poupa_catalog *catalog = make_catalog();
    poupa_rollup_table *results = results_of("unit", NULL, catalog);
    ck_assert_int_eq(poupa_rollup_to_metrics(results, &counts_and_waits, catalog, NULL, &err),
                     POUPA_ERR_INVALID); /* the unit "fechado" is not in the catalogue */
    ck_assert_uint_eq(poupa_metric_count(catalog), 0);
    poupa_rollup_table_free(results);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(what_dimensions_cannot_say_is_refused)
{
    poupa_catalog *catalog = make_catalog();
    const poupa_rollup_filter filters[] = {
        {{POUPA_GROUP_SERVICE, 0}, POUPA_TEXTS("reclamacao", "outro")},
        {{POUPA_GROUP_CHANNEL, 0}, POUPA_TEXTS("portal")},
        {{POUPA_GROUP_UNIT, 0}, POUPA_TEXTS("")},
    };
    for (size_t i = 0; i < 3; i++) {
        poupa_rollup_table *results = results_of("digital", &filters[i], catalog);
        ck_assert_int_eq(poupa_rollup_to_metrics(results, &counts_and_waits, catalog, NULL, NULL),
                         POUPA_ERR_ARGUMENT);
        poupa_rollup_table_free(results);
    }
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(an_edit_that_is_open_is_joined)
{
    poupa_catalog *catalog = make_catalog();
    poupa_rollup_table *results = results_of("municipality", NULL, catalog);
    size_t before = poupa_unit_count(catalog);
    const poupa_unit unit = {.id = "novo", .name = "Novo"};
    ck_assert_int_eq(poupa_catalog_begin(catalog, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_unit_add(catalog, &unit, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_rollup_to_metrics(results, &counts_and_waits, catalog, NULL, NULL), 0);
    size_t metrics = poupa_metric_count(catalog);
    ck_assert_int_eq(poupa_rollup_to_metrics(results, &counts_and_waits, catalog, NULL, NULL),
                     POUPA_ERR_EXISTS);
    ck_assert_uint_eq(poupa_metric_count(catalog), metrics);
    const poupa_rollup_metrics others = {.indicator_id = "atendimentos",
                                         .wait_indicator_id = "espera",
                                         .prefix = "x",
                                         .source_id = "none"};
    ck_assert_int_eq(poupa_rollup_to_metrics(results, &others, catalog, NULL, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_catalog_commit(catalog, NULL), POUPA_ERR_INVALID);
    ck_assert_uint_eq(poupa_metric_count(catalog), 0);
    ck_assert_uint_eq(poupa_unit_count(catalog), before);
    poupa_rollup_table_free(results);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Want of memory ------------------------------------------------------ */

static bool drop(void *context, const char *data, size_t size)
{
    (void)data;
    *(size_t *)context += size;
    return true;
}

static poupa_status write_all(const poupa_rollup_table *results, poupa_catalog *catalog)
{
    size_t written = 0;
    poupa_status status = poupa_rollup_write_csv(results, drop, &written, NULL);
    if (status == POUPA_OK)
        status = poupa_rollup_write_ndjson(results, drop, &written, NULL);
    if (status == POUPA_OK)
        status = poupa_rollup_to_metrics(results, &counts_and_waits, catalog, NULL, NULL);
    return status;
}

START_TEST(writing_survives_want_of_memory)
{
    const poupa_rollup_filter filter = {{POUPA_GROUP_DIGITAL, 0}, POUPA_TEXTS("digital")};
    poupa_status status = POUPA_ERR_MEMORY;
    for (size_t allowed = 0; status != POUPA_OK; allowed++) {
        counting state = {0, 0, 0, 0};
        poupa_allocator allocator = counting_allocator(&state);
        poupa_catalog *catalog = make_catalog();
        poupa_rollup_table *results = results_with("month", &filter, catalog, &allocator);
        state.fail_at = state.calls + allowed + 1;
        status = write_all(results, catalog);
        ck_assert(status == POUPA_OK || status == POUPA_ERR_MEMORY);
        ck_assert_uint_eq(poupa_metric_count(catalog), status == POUPA_OK ? 3 : 0);
        poupa_rollup_table_free(results);
        poupa_catalog_release(catalog);
        assert_nothing_leaked(&state);
    }
}
END_TEST

START_TEST(without_results_there_is_nothing_to_write)
{
    char text[16] = "";
    poupa_writer *writer;
    size_t written = 0;
    ck_assert_int_eq(poupa_rollup_write_csv(NULL, drop, &written, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_rollup_write_ndjson(NULL, drop, &written, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_rollup_to_metrics(NULL, &counts_and_waits, NULL, NULL, NULL),
                     POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_writer_new(NULL, append, text, &writer, NULL), POUPA_OK);
    poupa_rollup_write_json(NULL, writer);
    ck_assert_int_eq(poupa_writer_finish(writer, NULL), POUPA_OK);
    poupa_writer_free(writer);
    ck_assert_str_eq(text, "null");
    ck_assert_uint_eq(poupa_rollup_table_count(NULL), 0);
    ck_assert_ptr_null(poupa_rollup_table_at(NULL, 0));
    ck_assert_ptr_null(poupa_rollup_table_by(NULL, &written));
    ck_assert_uint_eq(poupa_rollup_table_tally(NULL).rows, 0);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "rollup: catalogue", groups_and_filters_follow_the_catalogue,
        results_are_written_as_json_and_as_lines, groups_become_metrics_with_their_dimensions,
        organizations_services_and_reaches_become_dimensions,
        without_a_period_metrics_span_the_first_to_the_last, metrics_are_added_all_or_none,
        what_dimensions_cannot_say_is_refused, an_edit_that_is_open_is_joined,
        writing_survives_want_of_memory, without_results_there_is_nothing_to_write);
}
