/* document.c - a catalogue document as a whole: text, catalogue, findings. */
#include "poupa/document.h"

#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#define MAX_SIZE ((size_t)1 << 30)

struct poupa_document {
    poupa_allocator allocator;
    poupa_buffer text;
    poupa_catalog *catalog;
    poupa_report *report;
};

static poupa_status document_new(const poupa_read_options *options, poupa_document **out,
                                 poupa_error *err)
{
    *out = NULL;
    poupa_allocator allocator = poupa__allocator(options ? options->allocator : NULL);
    poupa_document *document = POUPA__NEW(&allocator, poupa_document);
    if (document == NULL)
        return poupa__error_memory(err);
    document->allocator = allocator;
    poupa__buffer_init(&document->text, allocator);
    poupa_status status = poupa_report_new(&allocator, &document->report, err);
    if (status == POUPA_OK)
        *out = document;
    else
        poupa__release(&allocator, document, sizeof *document);
    return status;
}

/* Examines the text that the document has, or frees the document. */
static poupa_status examine(poupa_status status, poupa_document *document,
                            const poupa_read_options *options, poupa_document **out,
                            poupa_error *err)
{
    const char *data = document->text.data;
    size_t size = document->text.size;
    if (status == POUPA_OK)
        status =
            poupa_catalog_inspect(data, size, options, document->report, &document->catalog, err);
    if (status == POUPA_OK)
        status = poupa_catalog_validate(document->catalog, document->report, err);
    if (status == POUPA_OK)
        status = poupa_report_locate(document->report, data, size, err);
    if (status == POUPA_OK)
        *out = document;
    else
        poupa_document_free(document);
    return status;
}

static size_t document_max_size(const poupa_read_options *options)
{
    return options && options->max_size ? options->max_size : MAX_SIZE;
}

poupa_status poupa_document_read(const char *data, size_t size, const poupa_read_options *options,
                                 poupa_document **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(data, err);
    poupa_document *document;
    poupa_status status = document_new(options, &document, err);
    if (status != POUPA_OK)
        return status;
    if (!poupa__buffer_append(&document->text, data, size))
        status = poupa__error_memory(err);
    return examine(status, document, options, out, err);
}

poupa_status poupa_document_read_file(const char *path, const poupa_read_options *options,
                                      poupa_document **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(path, err);
    poupa_document *document;
    poupa_status status = document_new(options, &document, err);
    if (status != POUPA_OK)
        return status;
    status = poupa__read_file(path, document_max_size(options), &document->text, err);
    return examine(status, document, options, out, err);
}

poupa_status poupa_document_read_from(poupa_read_fn read, void *context,
                                      const poupa_read_options *options, poupa_document **out,
                                      poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (read == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "poupa_document_read_from: read is NULL");
    poupa_document *document;
    poupa_status status = document_new(options, &document, err);
    if (status != POUPA_OK)
        return status;
    status = poupa__read_all(read, context, document_max_size(options), &document->text, err);
    return examine(status, document, options, out, err);
}

void poupa_document_free(poupa_document *document)
{
    if (document == NULL)
        return;
    poupa_catalog_release(document->catalog);
    poupa_report_free(document->report);
    poupa_buffer_free(&document->text);
    poupa_allocator allocator = document->allocator;
    poupa__release(&allocator, document, sizeof *document);
}

poupa_catalog *poupa_document_catalog(const poupa_document *document)
{
    return document ? document->catalog : NULL;
}

const poupa_report *poupa_document_report(const poupa_document *document)
{
    return document ? document->report : NULL;
}

const char *poupa_document_text(const poupa_document *document, size_t *size)
{
    if (size)
        *size = document ? document->text.size : 0;
    return document ? document->text.data : "";
}
