/* records.h - what fuzz targets of attendance records share. */
#ifndef FUZZ_RECORDS_H
#define FUZZ_RECORDS_H

#include "fuzz.h"
#include "poupa/ndjson.h"

/* A text that comes in pieces. */
typedef struct source {
    const char *data;
    size_t size;
    size_t piece;
} source;

/* A poupa_read_fn: the next piece of a source. */
static inline ptrdiff_t give(void *context, char *buffer, size_t capacity)
{
    source *from = context;
    size_t some = from->size < from->piece ? from->size : from->piece;
    some = some < capacity ? some : capacity;
    if (some)
        memcpy(buffer, from->data, some);
    from->data += some;
    from->size -= some;
    return (ptrdiff_t)some;
}

/* Whatever came in as a record is one: it can be written as a line and read. */
static inline void check_records(const poupa_attendance *table)
{
    poupa_buffer written;
    poupa_attendance *again;
    CHECK(poupa_attendance_write(table, NULL, &written, NULL) == POUPA_OK);
    CHECK(poupa_ndjson_read(written.data, written.size, NULL, &again, NULL, NULL) == POUPA_OK);
    CHECK(poupa_attendance_equal(table, again));
    poupa_attendance_release(again);
    poupa_buffer_free(&written);
}

#endif
