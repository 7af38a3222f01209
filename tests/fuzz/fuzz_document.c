/*
 * fuzz_document.c - any bytes as a document with all that is to be said about it: every finding
 * has a place in the text and can be told; claims are judged, targets measured, figures derived;
 * every list of entities is one of the catalogue.
 *
 * The first byte: the limits of reading, and whether what is told has colours and excerpts.
 */
#include "base/jsontext.h"
#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"
#include "poupa/document.h"
#include "poupa/metrics.h"

static void check_findings(const poupa_report *report, size_t size)
{
    size_t offset = 0;
    for (size_t i = 0; i < poupa_report_count(report); i++) {
        const poupa_finding *finding = poupa_report_at(report, i);
        CHECK(finding->line > 0 && finding->column > 0 && finding->offset <= size);
        CHECK(finding->offset >= offset);
        CHECK(finding->message[0] &&
              poupa_utf8_valid(finding->message, strlen(finding->message)));
        CHECK(finding->path[0] == '/' || finding->path[0] == '\0');
        CHECK(poupa_rule_find(finding->rule->code) == finding->rule);
        offset = finding->offset;
    }
}

static void check_told(const poupa_report *report, const poupa_report_style *style)
{
    poupa_buffer text;
    poupa_writer *writer;
    poupa__json_fault fault;
    poupa__buffer_init(&text, poupa__allocator(NULL));
    CHECK(poupa_report_write_text(report, style, poupa__buffer_write, &text, NULL) == POUPA_OK);
    CHECK((text.size > 0) == (poupa_report_count(report) > 0));
    CHECK(text.size == 0 || poupa_utf8_valid(text.data, text.size));
    text.size = 0;
    CHECK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, NULL) == POUPA_OK);
    poupa_report_write_json(report, "-", writer);
    CHECK(poupa_writer_finish(writer, NULL) == POUPA_OK);
    CHECK(poupa__json_check(text.data, text.size, POUPA__JSON_MAX_DEPTH, &fault));
    poupa_writer_free(writer);
    poupa_buffer_free(&text);
}

static void check_targets(const poupa_catalog *catalog)
{
    static const poupa_date dates[] = {{0, 0, 0}, {2021, 7, 31}, {9999, 12, 31}};
    for (size_t i = 0; i < poupa_target_count(catalog); i++) {
        for (size_t k = 0; k < sizeof dates / sizeof dates[0]; k++) {
            poupa_progress progress;
            poupa_error err;
            poupa_status status = poupa_target_progress(catalog, poupa_target_at(catalog, i),
                                                        dates[k], &progress, &err);
            CHECK(status == POUPA_OK || err.message[0]);
            CHECK(status != POUPA_OK || poupa_target_state_name(progress.state)[0]);
            CHECK(status != POUPA_OK || progress.forecast.year == 0 ||
                  poupa_date_valid(progress.forecast));
        }
    }
}

/* Whatever figures a catalogue has, what is made of them is made of them or refused. */
static void check_figures(const poupa_catalog *catalog)
{
    poupa_derived_list derived;
    poupa_status status = poupa_metrics_derive(catalog, &derived, NULL);
    CHECK(status == POUPA_OK);
    poupa_derived_list_free(&derived);
    for (size_t i = 0; i < poupa_claim_count(catalog); i++) {
        poupa_judgement judgement;
        poupa_error err;
        status = poupa_claim_judge(catalog, poupa_claim_at(catalog, i), &judgement, &err);
        CHECK(status == POUPA_OK || err.message[0]);
        CHECK(status != POUPA_OK || poupa_verdict_name(judgement.verdict)[0]);
    }
}

/* -- Ways ---------------------------------------------------------------- */

/* Frees the list, which has entities of the catalogue, in its order and each once. */
static void check_list(const poupa_catalog *catalog, poupa_list *list, poupa_status status)
{
    CHECK(status == POUPA_OK);
    size_t at = 0, count = poupa_catalog_count(catalog, list->kind);
    for (size_t i = 0; i < list->count; i++, at++) {
        while (at < count && poupa_catalog_at(catalog, list->kind, at) != list->items[i])
            at++;
        CHECK(at < count);
    }
    poupa_list_free(list);
}

static void check_ways(const poupa_catalog *catalog)
{
    typedef poupa_status (*way)(const poupa_catalog *catalog, const char *id, poupa_list *out,
                                poupa_error *err);
    static const struct {
        poupa_kind kind;
        way follow;
    } ways[] = {{POUPA_KIND_SERVICE, poupa_service_offerings},
                {POUPA_KIND_SERVICE, poupa_service_channels},
                {POUPA_KIND_SERVICE, poupa_service_units},
                {POUPA_KIND_UNIT, poupa_unit_offerings},
                {POUPA_KIND_UNIT, poupa_unit_services},
                {POUPA_KIND_CHANNEL, poupa_channel_services},
                {POUPA_KIND_AREA, poupa_area_units}};
    poupa_list list;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        for (size_t k = 0; k < poupa_catalog_count(catalog, ways[i].kind); k++) {
            const char *const *id = poupa_catalog_at(catalog, ways[i].kind, k);
            check_list(catalog, &list, ways[i].follow(catalog, *id, &list, NULL));
        }
    }
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        const char *const *id = poupa_catalog_at(catalog, (poupa_kind)kind, 0);
        for (int from = 0; id && from < POUPA_KIND_COUNT; from++)
            check_list(catalog, &list,
                       poupa_catalog_referrers(catalog, (poupa_kind)kind, *id, (poupa_kind)from,
                                               &list, NULL));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t depths[] = {0, 64, 5, 4, 3, 2, 1, 1000};
    input in = {data, size};
    uint8_t choice = take_byte(&in);
    poupa_read_options options = {.max_depth = depths[choice % 8],
                                  .max_entities = choice & 8 ? 3 : 0};
    const char *text = in.size ? (const char *)in.data : "";
    poupa_document *document;
    CHECK(poupa_document_read(text, in.size, &options, &document, NULL) == POUPA_OK);
    const poupa_report *report = poupa_document_report(document);
    const poupa_catalog *catalog = poupa_document_catalog(document);
    CHECK(catalog || poupa_report_errors(report));
    check_findings(report, in.size);
    poupa_report_style style = {"-", choice & 16 ? text : NULL, in.size, choice & 32};
    check_told(report, &style);
    if (catalog && poupa_report_errors(report) == 0) {
        check_figures(catalog);
        check_targets(catalog);
        check_ways(catalog);
    }
    poupa_document_free(document);
    return 0;
}
