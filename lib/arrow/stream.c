/* stream.c - streams that are handed out. */
#include "stream.h"

#include <errno.h>

#include "base/error.h"
#include "table/table.h"

enum { STREAM_ROWS = 1 << 18 };

/* -- Errors -------------------------------------------------------------- */

static int errno_of(poupa_status status)
{
    switch (status) {
    case POUPA_ERR_ARGUMENT:
    case POUPA_ERR_SYNTAX:
    case POUPA_ERR_INVALID:
    case POUPA_ERR_LIMIT:
        return EINVAL;
    case POUPA_ERR_MEMORY:
        return ENOMEM;
    case POUPA_ERR_CANCELLED:
        return ECANCELED;
    default:
        return EIO;
    }
}

static int set_reason(poupa__arrow_stream *stream, poupa_status status, const poupa_error *err)
{
    if (err->line)
        poupa__error_text(stream->message, sizeof stream->message, "line %zu, column %zu: %s",
                          err->line, err->column, err->message);
    else
        poupa__error_text(stream->message, sizeof stream->message, "%s", err->message);
    return errno_of(status);
}

/* -- What is next -------------------------------------------------------- */

/* Decodes the next table; *more is false at the end. */
static poupa_status decode_batch(poupa__arrow_stream *stream, bool *more, poupa_error *err)
{
    poupa_attendance *table;
    poupa_status status = poupa_ndjson_next(stream->ndjson, &table, err);
    *more = table != NULL;
    if (table == NULL)
        return status;
    poupa__arrow_owner_release(stream->part.owner);
    stream->part.owner = NULL;
    stream->piece = 0;
    status = poupa__arrow_lend(table, &stream->allocator, &stream->part, err);
    poupa_attendance_release(table);
    return status;
}

/* Sees to it that the part has rows, unless nothing is left. */
static poupa_status advance(poupa__arrow_stream *stream, poupa_error *err)
{
    poupa_status status = POUPA_OK;
    bool more = true;
    while (stream->part.rows == 0 && more && status == POUPA_OK) {
        poupa__arrow_owner *owner = stream->part.owner;
        if (owner && owner->table && stream->piece < owner->table->piece_count)
            poupa__arrow_lend_piece(&stream->part, stream->piece++);
        else if (stream->ndjson)
            status = decode_batch(stream, &more, err);
        else
            more = false;
    }
    return status;
}

/* -- Callbacks ----------------------------------------------------------- */

static int get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    poupa__arrow_stream *stream = (poupa__arrow_stream *)self->private_data;
    poupa_error err;
    if (poupa__arrow_schema(&stream->layout, &stream->allocator, out))
        return 0;
    return set_reason(stream, poupa__error_memory(&err), &err);
}

static int get_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    poupa__arrow_stream *stream = (poupa__arrow_stream *)self->private_data;
    poupa_error err;
    *out = (struct ArrowArray){.release = NULL};
    poupa_status status = stream->failure ? POUPA_OK : advance(stream, &err);
    poupa__arrow_part batch = stream->part;
    if (stream->failure || (status == POUPA_OK && batch.rows == 0))
        return stream->failure;
    if (batch.rows > STREAM_ROWS)
        batch.rows = STREAM_ROWS;
    if (status == POUPA_OK && !poupa__arrow_batch(&stream->layout, &batch, out))
        status = poupa__error_memory(&err);
    if (status != POUPA_OK)
        return stream->failure = set_reason(stream, status, &err);
    stream->part.first += batch.rows;
    stream->part.rows -= batch.rows;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *self)
{
    poupa__arrow_stream *stream = (poupa__arrow_stream *)self->private_data;
    return stream->message[0] ? stream->message : NULL;
}

static void release_stream(struct ArrowArrayStream *self)
{
    poupa__arrow_stream_free((poupa__arrow_stream *)self->private_data);
    self->private_data = NULL;
    self->release = NULL;
}

/* -- Life ---------------------------------------------------------------- */

poupa__arrow_stream *poupa__arrow_stream_new(const poupa_allocator *allocator,
                                             const poupa__arrow_layout *layout)
{
    poupa__arrow_stream *stream = POUPA__NEW(allocator, poupa__arrow_stream);
    if (stream) {
        stream->allocator = *allocator;
        stream->layout = *layout;
    }
    return stream;
}

void poupa__arrow_stream_free(poupa__arrow_stream *stream)
{
    if (stream == NULL)
        return;
    poupa_allocator allocator = stream->allocator;
    poupa__arrow_owner_release(stream->part.owner);
    poupa_ndjson_close(stream->ndjson);
    poupa__release(&allocator, stream, sizeof *stream);
}

void poupa__arrow_stream_hand_out(poupa__arrow_stream *stream, struct ArrowArrayStream *out)
{
    *out =
        (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, stream};
}
