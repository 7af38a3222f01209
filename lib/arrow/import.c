/* import.c - tables of the records of a stream. */
#include "import.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

/* -- Life ---------------------------------------------------------------- */

static poupa_status start_import(poupa__import *import, const poupa_allocator *allocator,
                                 poupa_error *err)
{
    static const struct {
        poupa__text_check check;
        poupa__rule rule;
        bool required;
    } kinds[POUPA__IMPORT_TEXTS] = {
        [POUPA__IMPORT_UNIT] = {poupa__text_check_id, POUPA__E2003_ID, false},
        [POUPA__IMPORT_SERVICE] = {poupa__text_check_id, POUPA__E2003_ID, true},
        [POUPA__IMPORT_CHANNEL] = {poupa__text_check_id, POUPA__E2003_ID, true},
        [POUPA__IMPORT_PERIOD] = {poupa__text_check_period, POUPA__E2011_PERIOD, true},
        [POUPA__IMPORT_KIND] = {poupa__text_check_kind, POUPA__E2009_WORD, false},
    };
    *import = (poupa__import){.allocator = poupa__allocator(allocator)};
    poupa_status status = poupa_builder_new(&import->allocator, &import->builder, err);
    for (size_t i = 0; i < POUPA__IMPORT_TEXTS && status == POUPA_OK; i++) {
        poupa__texts *texts = &import->texts[i];
        texts->allocator = import->allocator;
        texts->check = kinds[i].check;
        texts->rule = kinds[i].rule;
        texts->required = kinds[i].required;
        texts->words = i < POUPA_DICTIONARY_COUNT
                           ? poupa__dictionary_retain(import->builder->dictionaries[i])
                           : poupa__dictionary_new(&import->allocator);
        if (texts->words == NULL)
            status = poupa__error_memory(err);
    }
    return status;
}

static void end(poupa__import *import)
{
    for (size_t i = 0; i < POUPA__IMPORT_TEXTS; i++)
        poupa__texts_free(&import->texts[i]);
    poupa_builder_free(import->builder);
}

/* -- The stream ---------------------------------------------------------- */

static poupa_status status_of_errno(int code)
{
    switch (code) {
    case EINVAL:
        return POUPA_ERR_INVALID;
    case ENOMEM:
        return POUPA_ERR_MEMORY;
    case ECANCELED:
        return POUPA_ERR_CANCELLED;
    default:
        return POUPA_ERR_IO;
    }
}

/* Says that a callback failed, with the stream's own words where it has any. */
static poupa_status stream_failed(struct ArrowArrayStream *stream, int code, poupa_error *err)
{
    enum { LONGEST = 400 };
    char shown[POUPA__SHOWN_SIZE];
    const char *why = stream->get_last_error ? stream->get_last_error(stream) : NULL;
    if (why == NULL)
        why = "no reason given";
    const char *last = (const char *)memchr(why, '\0', LONGEST);
    size_t size = last ? (size_t)(last - why) : (size_t)LONGEST;
    if (!poupa_utf8_valid(why, size))
        why = poupa__shown(why, size, shown);
    return poupa__error(err, status_of_errno(code), "the stream failed (%d): %.*s", code,
                        (int)size, why);
}

static poupa_status read_schema(poupa__import *import, struct ArrowArrayStream *stream,
                                poupa_error *err)
{
    struct ArrowSchema schema = {.release = NULL};
    int code = stream->get_schema(stream, &schema);
    if (code)
        return stream_failed(stream, code, err);
    poupa_status status = poupa__import_bind(import, &schema, err);
    if (schema.release)
        schema.release(&schema);
    return status;
}

static poupa_status read_batches(poupa__import *import, struct ArrowArrayStream *stream,
                                 poupa_error *err)
{
    for (;;) {
        struct ArrowArray batch = {.release = NULL};
        int code = stream->get_next(stream, &batch);
        if (code)
            return stream_failed(stream, code, err);
        if (batch.release == NULL)
            return POUPA_OK;
        poupa_status status = poupa__import_batch(import, &batch, err);
        batch.release(&batch);
        if (status != POUPA_OK)
            return status;
    }
}

static poupa_status import_stream(struct ArrowArrayStream *stream,
                                  const poupa_allocator *allocator, poupa_attendance **out,
                                  poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    if (stream->release == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "a stream that was released");
    if (stream->get_schema == NULL || stream->get_next == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "a stream that lacks its callbacks");
    poupa__import import;
    poupa_status status = start_import(&import, allocator, err);
    if (status == POUPA_OK)
        status = read_schema(&import, stream, err);
    if (status == POUPA_OK)
        status = read_batches(&import, stream, err);
    if (status == POUPA_OK)
        status = poupa_builder_finish(import.builder, out, err);
    end(&import);
    return status;
}

poupa_status poupa_attendance_from_arrow(struct ArrowArrayStream *stream,
                                         const poupa_allocator *allocator, poupa_attendance **out,
                                         poupa_error *err)
{
    if (out)
        *out = NULL;
    POUPA__REQUIRE(stream, err);
    poupa_status status = import_stream(stream, allocator, out, err);
    if (stream->release)
        stream->release(stream);
    stream->release = NULL;
    return status;
}
