/* read.c - reading catalogue documents, and entities by themselves. */
#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "model/fields.h"
#include "poupa/json.h"
#include "read.h"

#define MAX_SIZE ((size_t)1 << 30)
#define MAX_ENTITIES ((size_t)1 << 24)

/* -- Inspecting ---------------------------------------------------------- */

static const poupa_allocator *allocator_of(const poupa_read_options *options)
{
    return options ? options->allocator : NULL;
}

static size_t max_size_of(const poupa_read_options *options)
{
    size_t size = options && options->max_size ? options->max_size : MAX_SIZE;
    return size < INT_MAX ? size : INT_MAX; /* as documented */
}

typedef poupa_status (*document_reader)(poupa__reader *reader, poupa_error *err);

/* Reads with what memory a reader takes on the way. */
static poupa_status run_reader(poupa__reader *reader, document_reader read, poupa_error *err)
{
    const poupa_allocator *allocator = &reader->catalog->allocator;
    poupa__arena_init(&reader->scratch, *allocator);
    poupa__buffer_init(&reader->text, *allocator);
    poupa_status status = read(reader, err);
    poupa_buffer_free(&reader->text);
    poupa__arena_free(&reader->scratch);
    poupa__release(allocator, reader->pending,
                   reader->pending_capacity * sizeof *reader->pending);
    return status == POUPA_OK ? poupa__report_status(reader->report, err) : status;
}

static void report_size(poupa_report *report, size_t size, size_t most)
{
    poupa__report_add_at(report, POUPA__E1010_SIZE, 0, "%zu bytes; at most %zu are read", size,
                         most);
}

poupa_status poupa_catalog_inspect(const char *data, size_t size,
                                   const poupa_read_options *options, poupa_report *report,
                                   poupa_catalog **out, poupa_error *err)
{
    POUPA__REQUIRE(data, err);
    POUPA__REQUIRE(report, err);
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (size > max_size_of(options)) {
        report_size(report, size, max_size_of(options));
        return poupa__report_status(report, err);
    }
    poupa__reader reader = {.report = report};
    size_t max_depth = options ? options->max_depth : 0;
    if (max_depth == 0 || max_depth > POUPA__JSON_MAX_DEPTH)
        max_depth = POUPA__JSON_MAX_DEPTH;
    reader.cursor = poupa__json_start(data, size, max_depth);
    reader.max_entities = options && options->max_entities ? options->max_entities : MAX_ENTITIES;
    reader.entities_left = reader.max_entities;
    poupa_status status = poupa_catalog_new(allocator_of(options), &reader.catalog, err);
    if (status != POUPA_OK)
        return status;
    status = run_reader(&reader, poupa__read_document, err);
    if (status == POUPA_OK && !reader.refused)
        *out = reader.catalog;
    else
        poupa_catalog_release(reader.catalog);
    return status;
}

/* -- Reading ------------------------------------------------------------- */

/* The first error of a report, if nothing went wrong before, with its place in the text. */
static poupa_status first_error(poupa_status status, poupa_report *report, const char *data,
                                size_t size, poupa_error *err)
{
    if (status == POUPA_OK)
        status = poupa_report_locate(report, data, size, err);
    return status == POUPA_OK ? poupa__report_error(report, err) : status;
}

poupa_status poupa_catalog_read(const char *data, size_t size, const poupa_read_options *options,
                                poupa_catalog **out, poupa_error *err)
{
    POUPA__REQUIRE(data, err);
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_report *report;
    poupa_status status = poupa_report_new(allocator_of(options), &report, err);
    if (status != POUPA_OK)
        return status;
    poupa_catalog *catalog = NULL;
    status = poupa_catalog_inspect(data, size, options, report, &catalog, err);
    status = first_error(status, report, data, size, err);
    poupa_report_free(report);
    if (status == POUPA_OK)
        *out = catalog;
    else
        poupa_catalog_release(catalog);
    return status;
}

/* Reads the text that was gathered, and lets go of it. */
static poupa_status read_gathered(poupa_status status, poupa_buffer *text,
                                  const poupa_read_options *options, poupa_catalog **out,
                                  poupa_error *err)
{
    if (status == POUPA_OK)
        status = poupa_catalog_read(text->data, text->size, options, out, err);
    poupa_buffer_free(text);
    return status;
}

poupa_status poupa_catalog_read_file(const char *path, const poupa_read_options *options,
                                     poupa_catalog **out, poupa_error *err)
{
    POUPA__REQUIRE(path, err);
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_buffer text;
    poupa__buffer_init(&text, poupa__allocator(allocator_of(options)));
    poupa_status status = poupa__read_file(path, max_size_of(options), &text, err);
    return read_gathered(status, &text, options, out, err);
}

poupa_status poupa_catalog_read_from(poupa_read_fn read, void *context,
                                     const poupa_read_options *options, poupa_catalog **out,
                                     poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (read == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "poupa_catalog_read_from: read is NULL");
    poupa_buffer text;
    poupa__buffer_init(&text, poupa__allocator(allocator_of(options)));
    poupa_status status = poupa__read_all(read, context, max_size_of(options), &text, err);
    return read_gathered(status, &text, options, out, err);
}

static ptrdiff_t read_stdio(void *context, char *buffer, size_t capacity)
{
    size_t most = capacity < PTRDIFF_MAX ? capacity : PTRDIFF_MAX;
    size_t got = fread(buffer, 1, most, (FILE *)context);
    return got == 0 && ferror((FILE *)context) ? -1 : (ptrdiff_t)got;
}

poupa_status poupa_catalog_read_stream(FILE *stream, const poupa_read_options *options,
                                       poupa_catalog **out, poupa_error *err)
{
    POUPA__REQUIRE(stream, err);
    return poupa_catalog_read_from(read_stdio, stream, options, out, err);
}

/* -- One entity ---------------------------------------------------------- */

static poupa_status put_json(poupa_catalog *catalog, poupa_kind kind, const char *data,
                             size_t size, bool replaces, const void **out, poupa_error *err)
{
    if (out)
        *out = NULL;
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(data, err);
    if (!poupa__kind_valid(kind))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%d is not a kind of entity", (int)kind);
    poupa_report *report;
    poupa_status status = poupa_report_new(&catalog->allocator, &report, err);
    if (status != POUPA_OK)
        return status;
    poupa__reader reader = {.catalog = catalog,
                            .report = report,
                            .kind = kind,
                            .index = POUPA__NONE,
                            .alone = true,
                            .replaces = replaces};
    reader.cursor = poupa__json_start(data, size, POUPA__JSON_MAX_DEPTH - POUPA__DOCUMENT_LEVELS);
    if (size > max_size_of(NULL))
        report_size(report, size, max_size_of(NULL));
    else
        status = run_reader(&reader, poupa__read_alone, err);
    status = first_error(status, report, data, size, err);
    poupa_report_free(report);
    if (out)
        *out = reader.put;
    return status;
}

poupa_status poupa_catalog_add_json(poupa_catalog *catalog, poupa_kind kind, const char *data,
                                    size_t size, const void **out, poupa_error *err)
{
    return put_json(catalog, kind, data, size, false, out, err);
}

poupa_status poupa_catalog_replace_json(poupa_catalog *catalog, poupa_kind kind, const char *data,
                                        size_t size, const void **out, poupa_error *err)
{
    return put_json(catalog, kind, data, size, true, out, err);
}
