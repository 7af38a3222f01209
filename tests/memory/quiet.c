/* quiet.c - the functions that ask for no memory: each is called while there is none, and says
 * what it always says. */
#define _XOPEN_SOURCE 700

#include "building.h"
#include "folder.h"
#include "sweep.h"
#include "test_arrow.h"

typedef struct subject {
    poupa_catalog *catalog;
    poupa_document *document;
    const poupa_report *report;
    poupa_attendance *table;
    poupa_builder *builder;
    poupa_rollup *rollup;
    poupa_rollup_table *results;
    poupa_decoder *decoder;
    poupa_ndjson *stream;
    poupa_writer *writer;
    poupa_saving *saving;
    poupa_list list;
    poupa_derived_list derived;
    poupa_buffer buffer;
} subject;

/* -- Text, numbers, dates and periods -------------------------------------- */

static void ask_words(void *context)
{
    poupa_kind kind;
    poupa_group group;
    size_t count;
    (void)context;
    ck_assert_str_eq(CALL(poupa_version)(), POUPA_VERSION);
    ck_assert_str_eq(CALL(poupa_status_name)(POUPA_ERR_MEMORY), "memory");
    ck_assert_str_eq(CALL(poupa_severity_name)(POUPA_SEVERITY_ERROR), "error");
    ck_assert_str_eq(CALL(poupa_verdict_name)(POUPA_VERDICT_CONFIRMED), "confirmed");
    ck_assert_str_ne(CALL(poupa_target_state_name)(POUPA_TARGET_REACHED), "");
    ck_assert_str_ne(CALL(poupa_derivation_name)(POUPA_DERIVED_GROWTH), "");
    ck_assert_str_eq(CALL(poupa_kind_name)(POUPA_KIND_UNIT), "unit");
    ck_assert_str_eq(CALL(poupa_kind_plural)(POUPA_KIND_UNIT), "units");
    ck_assert_str_ne(CALL(poupa_kind_meaning)(POUPA_KIND_UNIT), "");
    ck_assert(CALL(poupa_kind_find)("unit", &kind) && kind == POUPA_KIND_UNIT);
    const poupa_field *fields = CALL(poupa_kind_fields)(POUPA_KIND_AREA, &count);
    ck_assert_str_eq(fields[1].name, "type");
    ck_assert_int_eq(CALL(poupa_vocabulary_find)(fields[1].vocabulary, "state"),
                     POUPA_AREA_STATE);
    ck_assert(CALL(poupa_group_find)("unit", &group) && group.key == POUPA_GROUP_UNIT);
    ck_assert_str_eq(CALL(poupa_group_name)(group), "unit");
    ck_assert_ptr_nonnull(CALL(poupa_group_word)(0));
    ck_assert_uint_gt(CALL(poupa_rule_count)(), 0);
    const char *code = CALL(poupa_rule_at)(0)->code;
    ck_assert_ptr_eq(CALL(poupa_rule_find)(code), poupa_rule_at(0));
    ck_assert(CALL(poupa_utf8_valid)("\xC3\xA9", 2));
    ck_assert(CALL(poupa_ndjson_path_available)(POUPA_NDJSON_PORTABLE));
}

static void ask_dates(void *context)
{
    char text[POUPA_NUMBER_SIZE];
    poupa_date date;
    poupa_period half, june;
    (void)context;
    ck_assert_uint_eq(CALL(poupa_number_print)(1e300, text), 5);
    ck_assert_int_eq(CALL(poupa_date_parse)("2021-06-14", 10, &date, NULL), POUPA_OK);
    ck_assert(CALL(poupa_date_valid)(date));
    ck_assert_uint_eq(CALL(poupa_date_print)(date, text), 10);
    int32_t day = CALL(poupa_date_first_day)(date);
    ck_assert_int_eq(CALL(poupa_date_last_day)(date), day);
    ck_assert_int_eq(CALL(poupa_date_from_day)(day).month, 6);
    ck_assert_int_eq(CALL(poupa_period_parse)("2021-S1", 7, &half, NULL), POUPA_OK);
    june = CALL(poupa_period_around)(day, POUPA_PERIOD_MONTH);
    ck_assert(CALL(poupa_period_valid)(june));
    ck_assert_uint_eq(CALL(poupa_period_print)(june, text), 7);
    ck_assert_int_eq(CALL(poupa_period_days)(june), 30);
    ck_assert_int_eq(CALL(poupa_period_months)(half), 6);
    ck_assert(!CALL(poupa_period_same_length)(half, june));
    ck_assert(CALL(poupa_period_contains)(half, june));
    ck_assert_int_ne(CALL(poupa_period_compare)(half, june), 0);
}

static void ask_intervals(void *context)
{
    const poupa_catalog *catalog = ((subject *)context)->catalog;
    const poupa_metric *metric = poupa_metric_at(catalog, 0);
    poupa_interval one = CALL(poupa_metric_interval)(metric);
    poupa_interval two = CALL(poupa_published_interval)(8000, POUPA_QUALIFIER_ABOUT, 1000);
    const poupa_interval both[] = {one, two};
    ck_assert(!CALL(poupa_interval_is_unknown)(one));
    ck_assert(poupa_interval_is_unknown(CALL(poupa_interval_unknown)()));
    ck_assert(!poupa_interval_is_unknown(CALL(poupa_interval_sum)(both, 2)));
    ck_assert(!poupa_interval_is_unknown(CALL(poupa_interval_mean)(both, 2)));
    ck_assert(!poupa_interval_is_unknown(CALL(poupa_interval_difference)(one, two)));
    ck_assert(!poupa_interval_is_unknown(CALL(poupa_interval_ratio)(one, two)));
    ck_assert(!poupa_interval_is_unknown(CALL(poupa_interval_share)(one, two)));
    ck_assert(!poupa_interval_is_unknown(CALL(poupa_interval_growth)(one, two)));
    ck_assert(
        !poupa_interval_is_unknown(CALL(poupa_target_interval)(poupa_target_at(catalog, 0))));
    ck_assert(!poupa_interval_is_unknown(CALL(poupa_claim_interval)(poupa_claim_at(catalog, 0))));
    ck_assert(CALL(poupa_dimensions_equal)(&metric->dimensions, &metric->dimensions));
}

/* -- Catalogues ------------------------------------------------------------ */

#define ASK_KIND(noun)                                                                           \
    do {                                                                                         \
        ck_assert_uint_gt(CALL(poupa_##noun##_count)(catalog), 0);                               \
        const poupa_##noun *at = CALL(poupa_##noun##_at)(catalog, 0);                            \
        ck_assert_ptr_eq(CALL(poupa_##noun##_find)(catalog, at->id), at);                        \
    } while (0)

static void ask_kinds(void *context)
{
    const poupa_catalog *catalog = ((subject *)context)->catalog;
    ASK_KIND(source);
    ASK_KIND(area);
    ASK_KIND(organization);
    ASK_KIND(program);
    ASK_KIND(channel);
    ASK_KIND(unit);
    ASK_KIND(service);
    ASK_KIND(offering);
    ASK_KIND(indicator);
    ASK_KIND(metric);
    ASK_KIND(target);
    ASK_KIND(claim);
}

static void ask_a_catalogue(void *context)
{
    subject *of = context;
    poupa_catalog *catalog = of->catalog;
    poupa_judgement judgement;
    poupa_progress progress;
    const void *unit = CALL(poupa_catalog_at)(catalog, POUPA_KIND_UNIT, 0);
    ck_assert_ptr_eq(CALL(poupa_catalog_retain)(catalog), catalog);
    CALL(poupa_catalog_release)(catalog);
    ck_assert(CALL(poupa_catalog_equal)(catalog, poupa_document_catalog(of->document)));
    ck_assert_str_eq(CALL(poupa_catalog_language)(catalog), "pt-BR");
    ck_assert_str_eq(CALL(poupa_catalog_format_version)(catalog), "1.0");
    ck_assert_uint_eq(CALL(poupa_catalog_extra)(catalog).count, 0);
    ck_assert_uint_eq(CALL(poupa_catalog_count)(catalog, POUPA_KIND_UNIT), 1);
    ck_assert_ptr_eq(CALL(poupa_catalog_find)(catalog, POUPA_KIND_UNIT, "santos"), unit);
    ck_assert_ptr_eq(CALL(poupa_catalog_nearest)(catalog, POUPA_KIND_UNIT, "santso"), unit);
    ck_assert(CALL(poupa_entity_equal)(POUPA_KIND_UNIT, unit, unit));
    ck_assert(CALL(poupa_service_is_digital)(catalog, "reclamacao"));
    ck_assert(CALL(poupa_channel_is_digital)(poupa_channel_at(catalog, 0)));
    ck_assert(!CALL(poupa_channel_has_units)(poupa_channel_at(catalog, 0)));
    ck_assert_int_eq(
        CALL(poupa_claim_judge)(catalog, poupa_claim_at(catalog, 0), &judgement, NULL), POUPA_OK);
    ck_assert_int_eq(CALL(poupa_target_progress)(catalog, poupa_target_at(catalog, 0),
                                                 (poupa_date){2021, 7, 1}, &progress, NULL),
                     POUPA_OK);
}

/* -- Reports, tables and results ------------------------------------------- */

static void ask_a_document(void *context)
{
    subject *of = context;
    size_t size;
    ck_assert_ptr_nonnull(CALL(poupa_document_catalog)(of->document));
    of->report = CALL(poupa_document_report)(of->document);
    ck_assert_str_ne(CALL(poupa_document_text)(of->document, &size), "");
    size_t count = CALL(poupa_report_count)(of->report);
    ck_assert_uint_eq(
        CALL(poupa_report_errors)(of->report) + CALL(poupa_report_warnings)(of->report), count);
    ck_assert_ptr_null(CALL(poupa_report_at)(of->report, count));
    count = CALL(poupa_report_not_run_count)(of->report);
    ck_assert_ptr_null(CALL(poupa_report_not_run_at)(of->report, count));
}

static void ask_a_table(void *context)
{
    poupa_attendance *table = ((subject *)context)->table;
    poupa_record record;
    poupa_columns columns;
    size_t count;
    ck_assert_ptr_eq(CALL(poupa_attendance_retain)(table), table);
    CALL(poupa_attendance_release)(table);
    ck_assert_uint_eq(CALL(poupa_attendance_rows)(table), 20);
    ck_assert_int_eq(CALL(poupa_attendance_at)(table, 1, &record, NULL), POUPA_OK);
    ck_assert_ptr_nonnull(CALL(poupa_attendance_words)(table, POUPA_DICTIONARY_UNIT, &count));
    ck_assert_uint_eq(CALL(poupa_attendance_segments)(table), 1);
    ck_assert_int_eq(CALL(poupa_attendance_columns)(table, 0, &columns, NULL), POUPA_OK);
    ck_assert(CALL(poupa_attendance_equal)(table, table));
}

static void ask_results(void *context)
{
    const poupa_rollup_table *results = ((subject *)context)->results;
    size_t count;
    ck_assert_uint_eq(CALL(poupa_rollup_table_count)(results), 1);
    ck_assert_uint_eq(CALL(poupa_rollup_table_at)(results, 0)->rows, 3);
    CALL(poupa_rollup_table_by)(results, &count);
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(CALL(poupa_rollup_table_tally)(results).kept, 3);
}

static void ask_decoders(void *context)
{
    subject *of = context;
    ck_assert_uint_eq(CALL(poupa_ndjson_counted)(of->stream).good, 0);
    ck_assert_uint_eq(CALL(poupa_decoder_counted)(of->decoder).good, 0);
}

/* -- The ends of things ---------------------------------------------------- */

static void free_all(void *context)
{
    subject *of = context;
    CALL(poupa_list_free)(&of->list);
    CALL(poupa_derived_list_free)(&of->derived);
    CALL(poupa_buffer_free)(&of->buffer);
    CALL(poupa_writer_free)(of->writer);
    ck_assert(CALL(poupa_saving_write)(of->saving, "text", 4));
    ck_assert_int_eq(CALL(poupa_saving_commit)(of->saving, NULL), POUPA_OK);
    CALL(poupa_saving_free)(of->saving);
    CALL(poupa_ndjson_close)(of->stream);
    CALL(poupa_decoder_free)(of->decoder);
    CALL(poupa_rollup_table_free)(of->results);
    CALL(poupa_rollup_free)(of->rollup);
    CALL(poupa_builder_free)(of->builder);
    CALL(poupa_attendance_release)(of->table);
    CALL(poupa_document_free)(of->document);
    ck_assert_int_eq(CALL(poupa_catalog_begin)(of->catalog, NULL), POUPA_OK);
    CALL(poupa_catalog_rollback)(of->catalog);
    CALL(poupa_catalog_release)(of->catalog);
}

static void free_a_report(void *context)
{
    CALL(poupa_report_free)((poupa_report *)context);
}

static void make_all(subject *of)
{
    ASSERT_OK(poupa_catalog_read_file(EVERY_MEMBER, NULL, &of->catalog, &err));
    ASSERT_OK(poupa_document_read_file(EVERY_MEMBER, NULL, &of->document, &err));
    of->table = table_from(0, 20, NULL);
    ASSERT_OK(poupa_builder_new(NULL, &of->builder, &err));
    ASSERT_OK(poupa_rollup_new(NULL, &of->rollup, &err));
    poupa_attendance *few = table_from(1, 3, NULL);
    ASSERT_OK(poupa_rollup_add(of->rollup, few, &err));
    poupa_attendance_release(few);
    ASSERT_OK(poupa_rollup_finish(of->rollup, &of->results, &err));
    ASSERT_OK(poupa_decoder_new(NULL, &of->decoder, &err));
    ASSERT_OK(poupa_ndjson_open_data("", 0, NULL, &of->stream, &err));
    ASSERT_OK(poupa_writer_new(NULL, take_all, NULL, &of->writer, &err));
    char path[256];
    ASSERT_OK(poupa_saving_new(in_folder("saved", path), NULL, &of->saving, &err));
    ASSERT_OK(poupa_service_units(of->catalog, "reclamacao", &of->list, &err));
    ASSERT_OK(poupa_metrics_derive(of->catalog, &of->derived, &err));
    ASSERT_OK(poupa_catalog_write(of->catalog, NULL, &of->buffer, &err));
}

void sweep_quiet(void)
{
    subject of = {.catalog = NULL};
    poupa_report *report;
    make_folder();
    make_all(&of);
    sweep_without_any(ask_words, &of);
    sweep_without_any(ask_dates, &of);
    sweep_without_any(ask_intervals, &of);
    sweep_without_any(ask_kinds, &of);
    sweep_without_any(ask_a_catalogue, &of);
    sweep_without_any(ask_a_document, &of);
    sweep_without_any(ask_a_table, &of);
    sweep_without_any(ask_results, &of);
    sweep_without_any(ask_decoders, &of);
    sweep_without_any(free_all, &of);
    ck_assert_uint_eq(remove_folder(), 1);
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    sweep_without_any(free_a_report, report);
}
