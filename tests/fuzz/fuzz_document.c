/*
 * fuzz_document.c - any bytes as a document, and as an entity by itself: the first two choose
 * the options and the entity's kind, the rest is the text. What is read must be written, read
 * again, and be equal; all that is found must have a place in the text and be told.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "fuzz.h"
#include "poupa/poupa.h"

static bool take(void *context, const char *data, size_t size)
{
    *(size_t *)context += size;
    return data != NULL;
}

static void check_report(const poupa_report *report, const char *text, size_t size)
{
    size_t told = 0;
    poupa_report_style style = {"-", text, size, true};
    CHECK(poupa_report_write_text(report, &style, take, &told, NULL) == POUPA_OK);
    CHECK((told > 0) == (poupa_report_count(report) > 0));
    for (size_t i = 0; i < poupa_report_count(report); i++) {
        const poupa_finding *finding = poupa_report_at(report, i);
        CHECK(finding->line > 0 && finding->column > 0 && finding->offset <= size);
        CHECK(finding->message[0] &&
              poupa_utf8_valid(finding->message, strlen(finding->message)));
    }
    poupa_writer *writer;
    CHECK(poupa_writer_new(NULL, take, &told, &writer, NULL) == POUPA_OK);
    poupa_report_write_json(report, "-", writer);
    CHECK(poupa_writer_finish(writer, NULL) == POUPA_OK);
    poupa_writer_free(writer);
}

/* A catalogue without errors is what its text says, whichever way it is laid out. */
static void check_round_trip(const poupa_catalog *catalog)
{
    for (int pretty = 0; pretty < 2; pretty++) {
        poupa_write_options options = {.pretty = pretty};
        poupa_buffer once, twice;
        poupa_catalog *again;
        CHECK(poupa_catalog_write(catalog, &options, &once, NULL) == POUPA_OK);
        CHECK(poupa_catalog_read(once.data, once.size, NULL, &again, NULL) == POUPA_OK);
        CHECK(poupa_catalog_equal(catalog, again));
        CHECK(poupa_catalog_write(again, &options, &twice, NULL) == POUPA_OK);
        CHECK(once.size == twice.size && memcmp(once.data, twice.data, once.size) == 0);
        poupa_catalog_release(again);
        poupa_buffer_free(&once);
        poupa_buffer_free(&twice);
    }
}

static void check_copy(poupa_catalog *catalog)
{
    poupa_catalog *copy;
    CHECK(poupa_catalog_copy(catalog, NULL, &copy, NULL) == POUPA_OK);
    CHECK(poupa_catalog_equal(catalog, copy));
    /* Every entity is out again once all are, and a rollback brings all back. */
    CHECK(poupa_catalog_begin(catalog, NULL) == POUPA_OK);
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        while (poupa_catalog_count(catalog, (poupa_kind)kind)) {
            const char *const *id = poupa_catalog_at(catalog, (poupa_kind)kind, 0);
            CHECK(poupa_catalog_remove(catalog, (poupa_kind)kind, *id, NULL) == POUPA_OK);
        }
    }
    poupa_catalog_rollback(catalog);
    CHECK(poupa_catalog_equal(catalog, copy));
    poupa_catalog_release(copy);
}

/* -- Entities by themselves ---------------------------------------------- */

/* Writes an entity, reads it again in the place of another one, and compares the two. */
static void check_entity(poupa_kind kind, const void *entity, poupa_catalog *own)
{
    poupa_buffer text;
    poupa_writer *writer;
    const void *again;
    poupa__buffer_init(&text, poupa__allocator(NULL));
    CHECK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, NULL) == POUPA_OK);
    poupa_entity_write(kind, entity, writer);
    CHECK(poupa_writer_finish(writer, NULL) == POUPA_OK);
    poupa_writer_free(writer);
    bool known = poupa_catalog_find(own, kind, *(const char *const *)entity) != NULL;
    CHECK((known ? poupa_catalog_replace_json : poupa_catalog_add_json)(
              own, kind, text.data, text.size, &again, NULL) == POUPA_OK);
    CHECK(poupa_entity_equal(kind, entity, again));
    poupa_buffer_free(&text);
}

static void check_entities(const poupa_catalog *catalog, poupa_kind kind, const char *text,
                           size_t size)
{
    poupa_catalog *own;
    poupa_error err;
    const void *entity;
    CHECK(poupa_catalog_new(NULL, &own, NULL) == POUPA_OK);
    CHECK(poupa_catalog_begin(own, NULL) == POUPA_OK);
    poupa_status status = poupa_catalog_add_json(own, kind, text, size, &entity, &err);
    CHECK((status == POUPA_OK) == (entity != NULL));
    CHECK(poupa_catalog_count(own, kind) == (status == POUPA_OK));
    CHECK(status == POUPA_OK || (err.code[0] && err.line > 0 && err.offset <= size));
    if (entity)
        check_entity(kind, entity, own);
    for (int i = 0; catalog && i < POUPA_KIND_COUNT; i++) {
        for (size_t k = 0; k < poupa_catalog_count(catalog, (poupa_kind)i); k++)
            check_entity((poupa_kind)i, poupa_catalog_at(catalog, (poupa_kind)i, k), own);
    }
    poupa_catalog_release(own);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t depths[] = {0, 64, 5, 4, 3, 2, 1, 1000};
    static const size_t entities[] = {0, 1, 2, 5};
    if (size < 2)
        return 0;
    poupa_read_options options = {.max_depth = depths[data[0] % 8],
                                  .max_entities = entities[data[1] % 4],
                                  .max_size = data[1] & 4 ? 100 : 0};
    const char *text = (const char *)data + 2;
    size -= 2;
    poupa_document *document;
    CHECK(poupa_document_read(text, size, &options, &document, NULL) == POUPA_OK);
    const poupa_report *report = poupa_document_report(document);
    poupa_catalog *catalog = poupa_document_catalog(document);
    check_report(report, text, size);
    CHECK(catalog || poupa_report_errors(report));

    poupa_catalog *same = NULL;
    poupa_error err;
    poupa_status status = poupa_catalog_read(text, size, &options, &same, &err);
    CHECK((status == POUPA_OK) == (poupa_report_errors(report) == 0));
    CHECK(status == POUPA_OK || (err.message[0] && err.code[0] && err.offset <= size));
    if (same) {
        CHECK(poupa_catalog_equal(same, catalog));
        check_round_trip(catalog);
    }
    if (catalog)
        check_copy(catalog);
    check_entities(catalog, (poupa_kind)(data[0] / 8 % POUPA_KIND_COUNT), text, size);
    poupa_catalog_release(same);
    poupa_document_free(document);
    return 0;
}
