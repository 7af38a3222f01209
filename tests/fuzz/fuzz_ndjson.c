/*
 * fuzz_ndjson.c - any bytes as an attendance stream: the first says how many bytes a piece
 * has, the rest is the text. Whole, in pieces, on every path and in two threads, records,
 * counts and errors must be the same; what was read must be written and read again.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "ndjson/codec.h"
#include "poupa/poupa.h"

/* Of a line; short, for lines that are too long to be found. */
enum { MAX_LINE = 300 };

/* What became of a text. */
typedef struct outcome {
    poupa_status status;
    poupa_error err;
    poupa_attendance *table; /* NULL after a failure */
    poupa_ndjson_counts counts;
} outcome;

static bool take(void *context, const char *data, size_t size)
{
    *(size_t *)context += size;
    return data != NULL;
}

static outcome read_whole(const char *data, size_t size, const poupa_ndjson_options *options)
{
    outcome result = {.status = POUPA_OK};
    result.status =
        poupa_ndjson_read(data, size, options, &result.table, &result.counts, &result.err);
    return result;
}

static outcome read_pieces(const char *data, size_t size, const poupa_ndjson_options *options,
                           size_t piece)
{
    outcome result = {.status = POUPA_OK};
    poupa_decoder *decoder;
    CHECK(poupa_decoder_new(options, &decoder, NULL) == POUPA_OK);
    for (size_t at = 0; at < size && result.status == POUPA_OK; at += piece)
        result.status = poupa_decoder_feed(decoder, data + at,
                                           size - at < piece ? size - at : piece, &result.err);
    if (result.status == POUPA_OK)
        result.status = poupa_decoder_finish(decoder, &result.table, &result.err);
    result.counts = poupa_decoder_counted(decoder);
    poupa_decoder_free(decoder);
    return result;
}

/* Frees the other one. */
static void check_same(const outcome *one, outcome other)
{
    CHECK(one->status == other.status);
    CHECK(memcmp(&one->counts, &other.counts, sizeof one->counts) == 0);
    if (one->status == POUPA_OK) {
        CHECK(poupa_attendance_equal(one->table, other.table));
    } else {
        CHECK(one->err.line == other.err.line && one->err.column == other.err.column);
        CHECK(one->err.offset == other.err.offset);
        CHECK(strcmp(one->err.message, other.err.message) == 0);
    }
    poupa_attendance_release(other.table);
}

static void check_round_trip(const poupa_attendance *table)
{
    poupa_buffer written;
    CHECK(poupa_attendance_write(table, NULL, &written, NULL) == POUPA_OK);
    outcome again = read_whole(written.data, written.size, NULL);
    CHECK(again.status == POUPA_OK && poupa_attendance_equal(table, again.table));
    poupa_attendance_release(again.table);
    poupa_buffer_free(&written);
}

static void check_text(const char *data, size_t size, size_t piece, poupa_on_error policy)
{
    size_t quarantined = 0;
    poupa_ndjson_options options = {.on_error = policy,
                                    .quarantine = take,
                                    .quarantine_context = &quarantined,
                                    .max_line = MAX_LINE,
                                    .path = POUPA_NDJSON_GENERAL};
    outcome plain = read_whole(data, size, &options);
    CHECK(policy == POUPA_ON_ERROR_FAIL || plain.status == POUPA_OK);
    CHECK(policy != POUPA_ON_ERROR_QUARANTINE || (quarantined > 0) == (plain.counts.bad > 0));
    for (poupa_ndjson_path path = POUPA_NDJSON_FASTEST; path <= POUPA_NDJSON_NEON; path++) {
        if (!poupa_ndjson_path_available(path))
            continue;
        options.path = path;
        check_same(&plain, read_whole(data, size, &options));
        check_same(&plain, read_pieces(data, size, &options, piece));
    }
    options.threads = 2;
    check_same(&plain, read_whole(data, size, &options));
    if (plain.status == POUPA_OK)
        check_round_trip(plain.table);
    poupa_attendance_release(plain.table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const char *text = (const char *)data + 1;
    if (poupa__codec_find(text, size - 1)) { /* only the whole text is then unpacked */
        poupa_attendance_release(read_whole(text, size - 1, NULL).table);
        return 0;
    }
    for (poupa_on_error policy = POUPA_ON_ERROR_FAIL; policy <= POUPA_ON_ERROR_QUARANTINE;
         policy++)
        check_text(text, size - 1, 1 + data[0], policy);
    return 0;
}
