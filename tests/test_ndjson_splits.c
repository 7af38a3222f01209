/* test_ndjson_splits.c - the lines of a text, however it is cut: into ranges, or packed. */
#define _XOPEN_SOURCE 700

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "test_ndjson.h"

#define RECORD(day, service)                                                                     \
    "{\"period\":\"2021-06-" day "\",\"service\":\"" service "\",\"channel\":\"app\"}"

/* A line of more than the 100 bytes that the tests allow, of which pieces would be records. */
#define LONG_LINE                                                                                \
    RECORD("30", "never") RECORD("30", "never") RECORD("30", "never") RECORD("30", "never")

enum { MAX_LINE = 100 };

/* All that a seam may fall into. */
static const char tricky[] = "\r\n" RECORD(
    "01", "rg") "\r\n"
                " \t\n"
                "{\"nota\":\"\xC3\xA7\xF0\x9F\x98\x80 \\\" \\\\\",\"count\":12,"
                "\"period\":\"2020-02-29\",\"service\":\"it\\u0061\","
                "\"channel\":\"app\"}\n" LONG_LINE "\r\n"
                "{\"x\" : ,\n\n" RECORD("02", "cnh") "\n" LONG_LINE "\n"
                                                     "2020-02-29\n" RECORD("03", "rg");

enum { SIZE = sizeof tricky - 1, LINES = 11, BAD = 4 };

/* What reading came to. */
typedef struct reading {
    poupa_attendance *table;
    poupa_ndjson_counts counts;
} reading;

static void reading_free(reading *self)
{
    poupa_attendance_release(self->table);
    *self = (reading){NULL, {0, 0, 0, 0}};
}

static poupa_ndjson_options options_of(uint32_t threads)
{
    return (poupa_ndjson_options){
        .on_error = POUPA_ON_ERROR_SKIP, .threads = threads, .max_line = MAX_LINE};
}

/* Adds all batches of a stream, and its counts. */
static void add_stream(reading *to, poupa_ndjson *stream)
{
    poupa_attendance *batch;
    for (;;) {
        ASSERT_OK(poupa_ndjson_next(stream, &batch, &err));
        if (batch == NULL)
            break;
        poupa_attendance *merged;
        poupa_attendance *const both[] = {to->table, batch};
        ASSERT_OK(poupa_attendance_merge(to->table ? both : &both[1], to->table ? 2 : 1, &merged,
                                         &err));
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

static reading read_whole(void)
{
    reading whole;
    const poupa_ndjson_options options = options_of(1);
    ASSERT_OK(poupa_ndjson_read(tricky, SIZE, &options, &whole.table, &whole.counts, &err));
    ck_assert_uint_eq(whole.counts.good + whole.counts.bad + whole.counts.blank, LINES);
    ck_assert_uint_eq(whole.counts.bad, BAD);
    return whole;
}

/* Frees what was found. */
static void assert_same(reading *found, const reading *whole, const char *what, size_t cut)
{
    ck_assert_msg(found->table && poupa_attendance_equal(found->table, whole->table), "%s at %zu",
                  what, cut);
    ck_assert_msg(memcmp(&found->counts, &whole->counts, sizeof found->counts) == 0,
                  "%s at %zu: %d good, %d bad, %d blank, %d bytes", what, cut,
                  (int)found->counts.good, (int)found->counts.bad, (int)found->counts.blank,
                  (int)found->counts.bytes);
    reading_free(found);
}

/* -- Ranges -------------------------------------------------------------- */

static void add_range(reading *to, const char *path, uint64_t first, uint64_t last,
                      uint32_t threads)
{
    poupa_ndjson *stream;
    const poupa_ndjson_options options = options_of(threads);
    ASSERT_OK(poupa_ndjson_open_range(path, first, last, &options, &stream, &err));
    add_stream(to, stream);
}

static char *tricky_file(char path[32])
{
    strcpy(path, "/tmp/poupa-test-XXXXXX");
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(write(descriptor, tricky, SIZE), SIZE);
    close(descriptor);
    return path;
}

START_TEST(two_ranges_are_the_whole_in_any_number_of_threads)
{
    char path[32];
    reading whole = read_whole();
    tricky_file(path);
    for (uint32_t threads = 1; threads <= 3; threads++) {
        for (uint64_t cut = 0; cut <= SIZE + 1; cut++) {
            reading found = {NULL, {0, 0, 0, 0}};
            add_range(&found, path, 0, cut, threads);
            add_range(&found, path, cut, UINT64_MAX, threads);
            assert_same(&found, &whole, "cut", (size_t)cut);
        }
    }
    unlink(path);
    reading_free(&whole);
}
END_TEST

START_TEST(three_ranges_are_the_whole)
{
    char path[32];
    reading whole = read_whole();
    tricky_file(path);
    for (uint64_t cut = 0; cut <= SIZE; cut++) {
        /* Ranges of one byte, of a few, within one line and over several. */
        for (uint64_t size = 0; cut + size <= SIZE; size = 3 * size / 2 + 1) {
            reading found = {NULL, {0, 0, 0, 0}};
            add_range(&found, path, 0, cut, 1);
            add_range(&found, path, cut, cut + size, 1);
            add_range(&found, path, cut + size, SIZE, 1);
            assert_same(&found, &whole, "cut", (size_t)cut);
        }
    }
    unlink(path);
    reading_free(&whole);
}
END_TEST

/* -- Packed -------------------------------------------------------------- */

/* Appends a text as a compression has it. */
typedef void (*packer)(const char *data, size_t size, text *out);

static void pack_gzip(const char *data, size_t size, text *out)
{
    unsigned char packed[2048];
    unsigned char plain[SIZE];
    memcpy(plain, data, size);
    z_stream stream = {.next_in = plain, .avail_in = (uInt)size};
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_out = packed;
    stream.avail_out = sizeof packed;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    text_add(out, (const char *)packed, sizeof packed - stream.avail_out);
    deflateEnd(&stream);
}

static void pack_zstd(const char *data, size_t size, text *out)
{
    char packed[2048];
    size_t packed_size = ZSTD_compress(packed, sizeof packed, data, size, 3);
    ck_assert(!ZSTD_isError(packed_size));
    text_add(out, packed, packed_size);
}

static const packer packers[] = {pack_gzip, pack_zstd};

/* Gives a text in two pieces. */
typedef struct halves {
    const char *data;
    size_t size;
    size_t cut;
    size_t at;
} halves;

static ptrdiff_t give(void *context, char *buffer, size_t capacity)
{
    halves *from = context;
    size_t end = from->at < from->cut ? from->cut : from->size;
    size_t some = end - from->at < capacity ? end - from->at : capacity;
    memcpy(buffer, from->data + from->at, some);
    from->at += some;
    return (ptrdiff_t)some;
}

static reading read_halves(const text *packed, size_t cut)
{
    reading found;
    const poupa_ndjson_options options = options_of(1);
    halves from = {packed->data, packed->size, cut, 0};
    ASSERT_OK(poupa_ndjson_read_from(give, &from, &options, &found.table, &found.counts, &err));
    return found;
}

START_TEST(packed_text_may_come_cut_at_any_byte)
{
    reading whole = read_whole();
    for (size_t i = 0; i < COUNT(packers); i++) {
        text packed = {NULL, 0, 0};
        packers[i](tricky, SIZE, &packed);
        for (size_t cut = 0; cut <= packed.size; cut++) {
            reading found = read_halves(&packed, cut);
            assert_same(&found, &whole, i ? "zstd" : "gzip", cut);
        }
        text_free(&packed);
    }
    reading_free(&whole);
}
END_TEST

START_TEST(members_and_frames_may_meet_at_any_byte)
{
    reading whole = read_whole();
    for (size_t i = 0; i < COUNT(packers); i++) {
        for (size_t seam = 0; seam <= SIZE; seam++) {
            text packed = {NULL, 0, 0};
            packers[i](tricky, seam, &packed);
            size_t first = packed.size;
            packers[i]("", 0, &packed);
            packers[i](tricky + seam, SIZE - seam, &packed);
            reading found = read_halves(&packed, first + seam % 5);
            assert_same(&found, &whole, i ? "zstd" : "gzip", seam);
            text_free(&packed);
        }
    }
    reading_free(&whole);
}
END_TEST

START_TEST(gzip_may_be_filled_up_with_zeros_but_with_nothing_else)
{
    static const char zeros[512];
    reading whole = read_whole();
    text packed = {NULL, 0, 0};
    pack_gzip(tricky, 20, &packed);
    text_add(&packed, zeros, 7);
    pack_gzip(tricky + 20, SIZE - 20, &packed);
    size_t size = packed.size;
    text_add(&packed, zeros, sizeof zeros);
    for (size_t cut = size - 4; cut < size + 4; cut++) {
        reading found = read_halves(&packed, cut);
        assert_same(&found, &whole, "zeros", cut);
    }
    packed.data[packed.size - 1] = 1;
    poupa_attendance *table;
    ASSERT_FAILS(poupa_ndjson_read(packed.data, packed.size, NULL, &table, NULL, &err),
                 POUPA_ERR_IO);
    text_free(&packed);
    reading_free(&whole);
}
END_TEST

/* A frame's head that asks for a window of 2^log bytes, and an empty block. */
static void put_frame(text *out, int log)
{
    const char frame[] = {0x28, (char)0xB5, 0x2F, (char)0xFD, 0, (char)((log - 10) << 3),
                          1,    0,          0};
    text_add(out, frame, sizeof frame);
}

START_TEST(zstd_may_ask_for_128_mib_and_no_more)
{
    for (int log = 26; log <= 29; log++) {
        text packed = {NULL, 0, 0};
        put_frame(&packed, log);
        poupa_attendance *table;
        poupa_error err;
        poupa_status status =
            poupa_ndjson_read(packed.data, packed.size, NULL, &table, NULL, &err);
        ck_assert_int_eq(status, log <= 27 ? POUPA_OK : POUPA_ERR_IO);
        if (status != POUPA_OK)
            ck_assert_str_eq(err.message,
                             "the zstd data of the input has a window of more than 128 MiB");
        poupa_attendance_release(table);
        text_free(&packed);
    }
}
END_TEST

START_TEST(damage_is_told_with_the_name_of_the_file)
{
    char path[] = "/tmp/poupa-test-XXXXXX";
    int descriptor = mkstemp(path);
    text packed = {NULL, 0, 0};
    pack_gzip(tricky, SIZE, &packed);
    ck_assert_int_eq(write(descriptor, packed.data, packed.size - 9), (int)packed.size - 9);
    close(descriptor);
    for (int damaged = 0; damaged < 2; damaged++) {
        poupa_attendance *table;
        poupa_error err;
        char message[128];
        snprintf(message, sizeof message, "the gzip data of %s is %s", path,
                 damaged ? "damaged" : "cut off");
        const poupa_ndjson_options options = options_of(1);
        ck_assert_int_eq(poupa_ndjson_read_file(path, &options, &table, NULL, &err),
                         POUPA_ERR_IO);
        ck_assert_str_eq(err.message, message);
        descriptor = open(path, O_WRONLY | O_APPEND);
        ck_assert_int_eq(write(descriptor, "123456789", 9), 9);
        close(descriptor);
    }
    unlink(path);
    text_free(&packed);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: splits", two_ranges_are_the_whole_in_any_number_of_threads,
                     three_ranges_are_the_whole, packed_text_may_come_cut_at_any_byte,
                     members_and_frames_may_meet_at_any_byte,
                     gzip_may_be_filled_up_with_zeros_but_with_nothing_else,
                     zstd_may_ask_for_128_mib_and_no_more,
                     damage_is_told_with_the_name_of_the_file);
}
