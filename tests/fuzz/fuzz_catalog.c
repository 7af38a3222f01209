/*
 * fuzz_catalog.c - any bytes as a catalogue: what is read is written, read again, and equal, and
 * the second writing gives the bytes of the first. Reading and inspecting agree. A copy is equal,
 * and an edit that is rolled back leaves everything as it was.
 *
 * The first two bytes: the limits of reading, and whether the text comes in pieces.
 */
#include "fuzz.h"
#include "poupa/json.h"

typedef struct source {
    input from;
    size_t piece;
} source;

static ptrdiff_t give(void *context, char *buffer, size_t capacity)
{
    source *self = context;
    size_t some = self->from.size < self->piece ? self->from.size : self->piece;
    some = some < capacity ? some : capacity;
    if (some)
        memcpy(buffer, self->from.data, some);
    self->from.data += some;
    self->from.size -= some;
    return (ptrdiff_t)some;
}

/* A catalogue without errors is what its text says, whichever way it is laid out. */
static void check_round_trip(const poupa_catalog *catalog)
{
    for (int pretty = 0; pretty < 2; pretty++) {
        poupa_write_options options = {.pretty = pretty};
        poupa_buffer once, twice;
        poupa_catalog *again;
        CHECK(poupa_catalog_write(catalog, &options, &once, NULL) == POUPA_OK);
        CHECK(poupa_utf8_valid(once.data, once.size));
        CHECK(poupa_catalog_read(once.data, once.size, NULL, &again, NULL) == POUPA_OK);
        CHECK(poupa_catalog_equal(catalog, again));
        CHECK(poupa_catalog_write(again, &options, &twice, NULL) == POUPA_OK);
        poupa_catalog_release(again);
        check_same_bytes(&once, &twice);
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

/* Everything that is wrong: nothing where reading succeeds, and else what it fails with first. */
static void check_inspection(const char *text, size_t size, const poupa_read_options *options,
                             poupa_status status, const poupa_catalog *read)
{
    poupa_report *report;
    poupa_catalog *catalog;
    CHECK(poupa_report_new(NULL, &report, NULL) == POUPA_OK);
    CHECK(poupa_catalog_inspect(text, size, options, report, &catalog, NULL) == POUPA_OK);
    CHECK((poupa_report_errors(report) == 0) == (status == POUPA_OK));
    CHECK(catalog || status != POUPA_OK);
    CHECK(status != POUPA_OK || poupa_catalog_equal(catalog, read));
    if (catalog)
        check_copy(catalog);
    poupa_catalog_release(catalog);
    poupa_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t depths[] = {0, 64, 5, 4, 3, 2, 1, 1000};
    static const size_t entities[] = {0, 1, 2, 5};
    input in = {data, size};
    uint8_t limits = take_byte(&in), piece = take_byte(&in);
    poupa_read_options options = {.max_depth = depths[limits % 8],
                                  .max_entities = entities[limits / 8 % 4],
                                  .max_size = limits & 64 ? 100 : 0};
    const char *text = in.size ? (const char *)in.data : "";
    poupa_catalog *catalog, *same;
    poupa_error err, other;
    poupa_status status = poupa_catalog_read(text, in.size, &options, &catalog, &err);
    CHECK((catalog != NULL) == (status == POUPA_OK));
    CHECK(status == POUPA_OK || (err.message[0] && err.code[0] && err.line > 0));
    CHECK(status == POUPA_OK || err.offset <= in.size);
    source from = {in, 1 + (size_t)piece};
    CHECK(poupa_catalog_read_from(give, &from, &options, &same, &other) == status);
    CHECK(poupa_catalog_equal(catalog, same));
    poupa_catalog_release(same);
    if (catalog)
        check_round_trip(catalog);
    check_inspection(text, in.size, &options, status, catalog);
    poupa_catalog_release(catalog);
    return 0;
}
