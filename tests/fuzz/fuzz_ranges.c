/*
 * fuzz_ranges.c - any bytes as a file of attendance, cut into byte ranges: together they have
 * exactly the lines of the whole, wherever the cuts are and whatever the number of threads.
 *
 * The first two bytes: how many cuts and threads, and how large a batch; then two bytes a cut.
 */
#define _XOPEN_SOURCE 700

#include <unistd.h>

#include "fuzz.h"
#include "ndjson/codec.h"
#include "poupa/ndjson.h"

enum { MAX_LINE = 200, MOST_CUTS = 3 };

/* What reading came to. */
typedef struct reading {
    poupa_attendance *table;
    poupa_ndjson_counts counts;
} reading;

/* The name of a file with the bytes: one for all inputs, that the directory does not have any
 * more, so that nothing is left of it. */
static const char *file_of(const uint8_t *data, size_t size)
{
    static char name[32];
    static FILE *file;
    if (file == NULL) {
        file = tmpfile();
        CHECK(file != NULL);
        snprintf(name, sizeof name, "/dev/fd/%d", fileno(file));
    }
    CHECK(ftruncate(fileno(file), 0) == 0);
    CHECK(pwrite(fileno(file), data, size, 0) == (ssize_t)size);
    return name;
}

/* Adds all batches of a stream, and its counts. */
static void add_stream(reading *to, poupa_ndjson *stream)
{
    poupa_attendance *batch, *merged;
    for (;;) {
        CHECK(poupa_ndjson_next(stream, &batch, NULL) == POUPA_OK);
        if (batch == NULL)
            break;
        poupa_attendance *const both[] = {to->table, batch};
        CHECK(poupa_attendance_merge(to->table ? both : both + 1, to->table ? 2 : 1, &merged,
                                     NULL) == POUPA_OK);
        poupa_attendance_release(batch);
        poupa_attendance_release(to->table);
        to->table = merged;
    }
    poupa_ndjson_counts counts = poupa_ndjson_counted(stream);
    to->counts.good += counts.good;
    to->counts.bad += counts.bad;
    to->counts.blank += counts.blank;
    to->counts.bytes += counts.bytes;
    poupa_ndjson_close(stream);
}

static void check_same(const reading *whole, const reading *parts)
{
    CHECK(memcmp(&whole->counts, &parts->counts, sizeof whole->counts) == 0);
    CHECK(parts->table || poupa_attendance_rows(whole->table) == 0);
    CHECK(parts->table == NULL || poupa_attendance_equal(whole->table, parts->table));
}

/* Ranges behind the end are empty; that of a cut before the last one is refused. */
static void add_ranges(reading *to, const char *path, input *cuts, size_t count, uint64_t size,
                       const poupa_ndjson_options *options)
{
    uint64_t first = 0;
    for (size_t i = 0; i <= count; i++) {
        uint64_t last = i < count ? take_number(cuts, 2) % (size + 3) : UINT64_MAX;
        poupa_ndjson *stream;
        poupa_status status = poupa_ndjson_open_range(path, first, last, options, &stream, NULL);
        CHECK(status == (last < first ? POUPA_ERR_ARGUMENT : POUPA_OK));
        CHECK((stream != NULL) == (status == POUPA_OK));
        if (stream) {
            add_stream(to, stream);
            first = last;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t batches[] = {0, 1, 3, 100};
    input in = {data, size};
    uint8_t amounts = take_byte(&in), choice = take_byte(&in);
    size_t count = 1 + amounts % MOST_CUTS;
    input cuts = in;
    for (size_t i = 0; i < 2 * count; i++)
        take_byte(&in);
    const char *text = (const char *)in.data;
    if (in.size == 0 || poupa__codec_find(text, in.size)) /* what is packed has no ranges */
        return 0;
    poupa_ndjson_options options = {
        .on_error = POUPA_ON_ERROR_SKIP,
        .threads = amounts < 224 ? 0 : amounts / MOST_CUTS % 3 + 2, /* starting them takes long */
        .batch_rows = batches[choice % 4],
        .max_line = MAX_LINE};
    reading whole, parts = {NULL, {0, 0, 0, 0}};
    CHECK(poupa_ndjson_read(text, in.size, &options, &whole.table, &whole.counts, NULL) ==
          POUPA_OK);
    add_ranges(&parts, file_of(in.data, in.size), &cuts, count, in.size, &options);
    check_same(&whole, &parts);
    poupa_attendance_release(whole.table);
    poupa_attendance_release(parts.table);
    return 0;
}
