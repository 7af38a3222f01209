/*
 * fuzz_arrow.c - any Arrow structures as a stream of records: they are refused with a reason or
 * become a table, which comes back the same from every form of export; what was handed out is
 * released once, and nothing else is.
 *
 * The first bytes: how many batches there are and how the stream ends; then what producer.h makes
 * of them.
 */
#include <errno.h>

#include "producer.h"
#include "records.h"

/* -- The stream ---------------------------------------------------------- */

/* OK for most bytes. */
static int take_code(producer *self)
{
    static const int codes[] = {EIO, ENOMEM, EINVAL, ECANCELED, -1, INT32_MAX};
    uint8_t byte = take_byte(&self->in);
    return byte < 250 ? 0 : codes[byte - 250];
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    producer *self = stream->private_data;
    int code = take_code(self);
    if (code == 0)
        make_schema(self, out);
    return code;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    producer *self = stream->private_data;
    int code = take_code(self);
    if (code)
        return code;
    if (self->batches == 0)
        *out = (struct ArrowArray){.release = NULL};
    else
        make_batch(self, out);
    if (self->batches)
        self->batches--;
    return 0;
}

/* Nothing, or any bytes of any length. */
static const char *get_last_error(struct ArrowArrayStream *stream)
{
    producer *self = stream->private_data;
    size_t size = take_byte(&self->in) * (size_t)2;
    uint8_t byte = take_byte(&self->in);
    if (size == 0)
        return NULL;
    memset(self->message, byte, size);
    for (size_t i = 0; i < size && self->in.size; i++)
        self->message[i] = (char)take_byte(&self->in);
    self->message[size] = '\0';
    return self->message;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    producer *self = stream->private_data;
    CHECK(self->live == 1); /* what it handed out goes before it */
    self->live--;
    stream->release = NULL;
}

static struct ArrowArrayStream stream_of(producer *self)
{
    self->live = 1;
    return (struct ArrowArrayStream){.get_schema = get_schema,
                                     .get_next = get_next,
                                     .get_last_error = get_last_error,
                                     .release = release_stream,
                                     .private_data = self};
}

/* -- What becomes of it -------------------------------------------------- */

/* Whether texts are handed out as codes, which lead nowhere without their words. */
static bool has_codes(const struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        char format = schema->children[i]->format[0];
        if (format == 'I' || format == 'C')
            return true;
    }
    return false;
}

/* Exports with what a schema asks for, which may be none, and imports again. */
static void check_export(poupa_attendance *table, const struct ArrowSchema *requested)
{
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    poupa_attendance *again;
    poupa_error err;
    poupa_status status = poupa_attendance_to_arrow(table, requested, NULL, &stream, &err);
    CHECK(poupa_attendance_arrow_schema(requested, NULL, &schema, NULL) == status);
    CHECK((status == POUPA_OK) == (schema.release != NULL));
    CHECK((status == POUPA_OK) == (stream.release != NULL));
    if (status != POUPA_OK) {
        CHECK(requested && (status == POUPA_ERR_ARGUMENT || status == POUPA_ERR_LIMIT));
        CHECK(err.message[0]);
        return;
    }
    bool codes = has_codes(&schema);
    schema.release(&schema);
    status = poupa_attendance_from_arrow(&stream, NULL, &again, NULL);
    CHECK(stream.release == NULL && status == (codes ? POUPA_ERR_INVALID : POUPA_OK));
    CHECK(codes || poupa_attendance_equal(table, again));
    poupa_attendance_release(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    uint8_t choice = take_byte(&in);
    producer self = {
        .in = in, .batches = 1 + choice % 3, .unaligned = choice & 4, .honest = choice & 8};
    struct ArrowArrayStream stream = stream_of(&self);
    stream.get_last_error = choice & 16 ? NULL : get_last_error;
    poupa_attendance *table;
    poupa_error err;
    poupa_status status = poupa_attendance_from_arrow(&stream, NULL, &table, &err);
    CHECK(stream.release == NULL && self.live == 0);
    CHECK((table != NULL) == (status == POUPA_OK));
    if (table == NULL) {
        CHECK(err.status == status && err.message[0]);
        CHECK(poupa_utf8_valid(err.message, strlen(err.message)));
        return 0;
    }
    CHECK(poupa_attendance_rows(table) == (size_t)self.rows);
    producer asks = {.in = in, .honest = choice & 32};
    struct ArrowSchema requested;
    make_schema(&asks, &requested);
    check_export(table, NULL);
    check_export(table, &requested);
    requested.release(&requested);
    CHECK(asks.live == 0);
    check_records(table);
    poupa_attendance_release(table);
    return 0;
}
