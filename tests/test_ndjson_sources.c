/* test_ndjson_sources.c - where streams come from and go to, and what may go wrong there. */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "test_ndjson.h"

#define MEMBERS "\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"portal\""

/* -- Callbacks ----------------------------------------------------------- */

/* Gives a text in pieces of 7 bytes, and then fails where it is to. */
typedef struct piecewise {
    const char *data;
    size_t size;
    bool fails;
    bool lies; /* claims to have given more than there was room for */
} piecewise;

static ptrdiff_t give(void *context, char *buffer, size_t capacity)
{
    piecewise *from = context;
    size_t size = from->size < 7 ? from->size : 7;
    size = size < capacity ? size : capacity;
    memcpy(buffer, from->data, size);
    from->data += size;
    from->size -= size;
    if (size == 0 && from->lies)
        return (ptrdiff_t)capacity + 1;
    return size == 0 && from->fails ? -1 : (ptrdiff_t)size;
}

static const char two_lines[] = "{" MEMBERS "}\n{" MEMBERS ",\"count\":123456789}";

START_TEST(a_callback_gives_the_text)
{
    piecewise from = {.data = two_lines, .size = sizeof two_lines - 1};
    poupa_attendance *table;
    poupa_record record;
    ck_assert_int_eq(poupa_ndjson_read_from(give, &from, NULL, &table, NULL, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(table), 2);
    ck_assert_int_eq(poupa_attendance_at(table, 1, &record, NULL), POUPA_OK);
    ck_assert_int_eq(record.count, 123456789);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(a_callback_that_fails_is_an_error_at_any_point)
{
    for (size_t size = 0; size < sizeof two_lines; size++) {
        piecewise fails = {.data = two_lines, .size = size, .fails = true};
        piecewise lies = {.data = two_lines, .size = size, .lies = true};
        poupa_attendance *table;
        poupa_error err;
        ck_assert_int_eq(poupa_ndjson_read_from(give, &fails, NULL, &table, NULL, &err),
                         POUPA_ERR_IO);
        ck_assert_int_eq(poupa_ndjson_read_from(give, &lies, NULL, &table, NULL, &err),
                         POUPA_ERR_IO);
        ck_assert_ptr_null(table);
    }
}
END_TEST

/* -- Lines without end --------------------------------------------------- */

static ptrdiff_t give_for_ever(void *context, char *buffer, size_t capacity)
{
    memset(buffer, *(const char *)context, capacity);
    return (ptrdiff_t)capacity;
}

/* Lets the reading go on for 20 MiB, of which it must tell step by step. */
static bool stop_after_a_while(void *context, const poupa_ndjson_counts *counts)
{
    uint64_t *before = context;
    ck_assert_uint_gt(counts->bytes, *before);
    ck_assert_uint_le(counts->bytes - *before, 2 << 20);
    *before = counts->bytes;
    return counts->bytes < 20 << 20;
}

static bool take_all(void *context, const char *data, size_t size)
{
    (void)context;
    return data != NULL && size > 0;
}

START_TEST(a_line_without_end_can_be_cancelled)
{
    for (poupa_on_error policy = POUPA_ON_ERROR_SKIP; policy <= POUPA_ON_ERROR_QUARANTINE;
         policy++) {
        for (uint32_t threads = 1; threads <= 3; threads++) {
            uint64_t bytes = 0;
            char byte = 'x';
            const poupa_ndjson_options options = {.on_error = policy,
                                                  .threads = threads,
                                                  .quarantine = take_all,
                                                  .progress = stop_after_a_while,
                                                  .progress_context = &bytes};
            poupa_attendance *table;
            poupa_ndjson_counts counts;
            ASSERT_FAILS(
                poupa_ndjson_read_from(give_for_ever, &byte, &options, &table, &counts, &err),
                POUPA_ERR_CANCELLED);
            ck_assert_uint_eq(counts.bytes, bytes);
            ck_assert_uint_eq(counts.bad, 1);
        }
    }
}
END_TEST

static bool count_calls(void *context, const poupa_ndjson_counts *counts)
{
    ++*(size_t *)context;
    return counts->good == 0;
}

START_TEST(a_long_line_is_counted_where_it_begins_and_passed_over_elsewhere)
{
    enum { SIZE = 8 << 20 };
    static const struct {
        uint64_t first;
        uint64_t bytes;
    } ranges[] = {{0, SIZE}, {2, SIZE - 2}, {3, 0}};
    char path[] = "/tmp/poupa-test-XXXXXX";
    int descriptor = mkstemp(path);
    ck_assert_int_eq(write(descriptor, "x\n", 2), 2);
    ck_assert_int_eq(ftruncate(descriptor, SIZE), 0);
    close(descriptor);
    for (size_t i = 0; i < COUNT(ranges); i++) {
        size_t calls = 0;
        const poupa_ndjson_options options = {
            .on_error = POUPA_ON_ERROR_SKIP, .progress = count_calls, .progress_context = &calls};
        poupa_ndjson *stream;
        poupa_attendance *batch;
        ASSERT_OK(poupa_ndjson_open_range(path, ranges[i].first, SIZE, &options, &stream, &err));
        ASSERT_OK(poupa_ndjson_next(stream, &batch, &err));
        ck_assert_ptr_null(batch);
        ck_assert_uint_eq(poupa_ndjson_counted(stream).bytes, ranges[i].bytes);
        ck_assert_uint_eq(poupa_ndjson_counted(stream).bad, 2 - i);
        ck_assert_uint_ge(calls, 7);
        poupa_ndjson_close(stream);
    }
    unlink(path);
}
END_TEST

/* -- Compression --------------------------------------------------------- */

START_TEST(damaged_gzip_is_an_error_wherever_the_damage_is)
{
    unsigned char packed[512];
    unsigned char plain[sizeof two_lines];
    memcpy(plain, two_lines, sizeof two_lines);
    z_stream stream = {.next_in = plain, .avail_in = sizeof two_lines - 1};
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_out = packed;
    stream.avail_out = sizeof packed;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t size = sizeof packed - stream.avail_out;
    deflateEnd(&stream);
    poupa_attendance *table;
    ck_assert_int_eq(poupa_ndjson_read((char *)packed, size, NULL, &table, NULL, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(table), 2);
    poupa_attendance_release(table);
    for (size_t cut = 3; cut < size; cut++)
        ck_assert_int_eq(poupa_ndjson_read((char *)packed, cut, NULL, &table, NULL, NULL),
                         POUPA_ERR_IO);
    packed[size - 6] ^= 0x10; /* of the checksum */
    ck_assert_int_eq(poupa_ndjson_read((char *)packed, size, NULL, &table, NULL, NULL),
                     POUPA_ERR_IO);
}
END_TEST

static bool refuse(void *context, const char *data, size_t size)
{
    size_t *left = context;
    (void)data;
    (void)size;
    return *left && (*left)--;
}

START_TEST(a_quarantine_that_is_full_stops_the_reading)
{
    static const char bad[] = "{}\n{\"x\":\xFF}\n";
    for (size_t left = 0; left < 4; left++) {
        size_t room = left;
        poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_QUARANTINE,
                                        .quarantine = refuse,
                                        .quarantine_context = &room};
        poupa_attendance *table;
        ck_assert_int_eq(poupa_ndjson_read(bad, sizeof bad - 1, &options, &table, NULL, NULL),
                         POUPA_ERR_IO);
    }
}
END_TEST

/* -- Encoding ------------------------------------------------------------ */

static poupa_attendance *varied_table(void)
{
    static const char *const periods[] = {"2021-06-14", "2021", "2020-02", "2019-Q4"};
    poupa_builder *builder;
    poupa_attendance *table;
    char service[128];
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, NULL), POUPA_OK);
    random_state = 11;
    for (int i = 0; i < 30000; i++) {
        const char *period = periods[i % 4];
        size_t length = 1 + random_below(120);
        memset(service, 'a' + i % 10, length);
        service[length] = '\0';
        poupa_record record = {.unit = i % 3 ? "itaquera" : NULL,
                               .service = service,
                               .channel = i % 2 ? "portal" : "app",
                               .count = (int64_t)(random_below(1 << 30) >> random_below(31)),
                               .wait_s = {(int32_t)random_below(100000), i % 5 != 0},
                               .service_s = {(int32_t)random_below(1 << 30), i % 7 != 0}};
        ck_assert_int_eq(poupa_period_parse(period, strlen(period), &record.period, NULL),
                         POUPA_OK);
        ck_assert_int_eq(poupa_builder_append(builder, &record, NULL), POUPA_OK);
    }
    ck_assert_int_eq(poupa_builder_finish(builder, &table, NULL), POUPA_OK);
    poupa_builder_free(builder);
    return table;
}

static bool keep(void *context, const char *data, size_t size)
{
    text_add(context, data, size);
    return true;
}

START_TEST(memory_file_and_callback_get_the_same_lines)
{
    poupa_attendance *table = varied_table();
    poupa_attendance *again;
    poupa_buffer buffer;
    text pieces = {NULL, 0, 0};
    char path[] = "/tmp/poupa-test-XXXXXX";
    close(mkstemp(path));
    ck_assert_int_eq(poupa_attendance_write(table, NULL, &buffer, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_attendance_write_to(table, NULL, keep, &pieces, NULL), POUPA_OK);
    ck_assert_uint_eq(buffer.size, pieces.size);
    ck_assert_mem_eq(buffer.data, pieces.data, pieces.size);
    ck_assert_int_eq(poupa_attendance_write_file(table, NULL, path, NULL), POUPA_OK);
    for (uint32_t threads = 1; threads <= 2; threads++) {
        poupa_ndjson_options options = {.threads = threads};
        ck_assert_int_eq(poupa_ndjson_read_file(path, &options, &again, NULL, NULL), POUPA_OK);
        ck_assert(poupa_attendance_equal(table, again));
        poupa_attendance_release(again);
    }
    for (size_t left = 0; left < 3; left++) {
        size_t room = left;
        ck_assert_int_eq(poupa_attendance_write_to(table, NULL, refuse, &room, NULL),
                         POUPA_ERR_IO);
    }
    unlink(path);
    text_free(&pieces);
    poupa_buffer_free(&buffer);
    poupa_attendance_release(table);
}
END_TEST

/* -- Standard input ------------------------------------------------------ */

START_TEST(a_dash_is_the_standard_input)
{
    int ends[2];
    poupa_attendance *table;
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], two_lines, sizeof two_lines - 1), sizeof two_lines - 1);
    close(ends[1]);
    int saved = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    poupa_status status = poupa_ndjson_read_file("-", NULL, &table, NULL, NULL);
    poupa_ndjson *stream;
    poupa_status range = poupa_ndjson_open_range("-", 0, 10, NULL, &stream, NULL);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(ends[0]);
    ck_assert_int_eq(status, POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(table), 2);
    ck_assert_int_eq(range, POUPA_ERR_ARGUMENT);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(a_range_may_lie_beyond_what_32_bits_count)
{
    const int64_t start = INT64_C(5) << 30;
    char path[] = "/tmp/poupa-test-XXXXXX";
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(pwrite(descriptor, two_lines, sizeof two_lines - 1, start),
                     sizeof two_lines - 1);
    close(descriptor);
    poupa_ndjson *stream;
    poupa_attendance *table;
    ASSERT_OK(
        poupa_ndjson_open_range(path, (uint64_t)start + 1, UINT64_MAX, NULL, &stream, &err));
    ASSERT_OK(poupa_ndjson_next(stream, &table, &err));
    ck_assert_uint_eq(poupa_attendance_rows(table), 1);
    poupa_attendance_release(table);
    poupa_ndjson_close(stream);
    unlink(path);
}
END_TEST

START_TEST(what_is_null_is_refused_or_empty)
{
    poupa_attendance *table;
    poupa_ndjson *stream;
    poupa_decoder *decoder;
    poupa_buffer buffer;
    ck_assert_int_eq(poupa_ndjson_read("", 0, NULL, NULL, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_ndjson_read_file(NULL, NULL, &table, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_ndjson_read_from(NULL, NULL, NULL, &table, NULL, NULL),
                     POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_ndjson_open_range(NULL, 0, 1, NULL, &stream, NULL),
                     POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_ndjson_next(NULL, &table, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_decoder_feed(NULL, "", 0, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_decoder_finish(NULL, &table, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_write(NULL, NULL, &buffer, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_write_file(NULL, NULL, "x", NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_attendance_write_to(NULL, NULL, keep, NULL, NULL), POUPA_ERR_ARGUMENT);
    poupa_ndjson_options options = {.on_error = (poupa_on_error)9};
    ck_assert_int_eq(poupa_decoder_new(&options, &decoder, NULL), POUPA_ERR_ARGUMENT);
    options = (poupa_ndjson_options){.path = (poupa_ndjson_path)77};
    ck_assert_int_eq(poupa_decoder_new(&options, &decoder, NULL), POUPA_ERR_ARGUMENT);
    poupa_ndjson_close(NULL);
    poupa_decoder_free(NULL);
    ck_assert_uint_eq(poupa_ndjson_counted(NULL).good, 0);
    ck_assert_uint_eq(poupa_decoder_counted(NULL).good, 0);
}
END_TEST

START_TEST(a_decoder_says_its_error_again_and_stays_with_it)
{
    poupa_decoder *decoder;
    poupa_attendance *table;
    poupa_error err = {.line = 0};
    ck_assert_int_eq(poupa_decoder_new(NULL, &decoder, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_decoder_feed(decoder, "\n{}\n", 4, NULL), POUPA_ERR_INVALID);
    ck_assert_int_eq(poupa_decoder_feed(decoder, two_lines, 10, &err), POUPA_ERR_INVALID);
    ck_assert_uint_eq(err.line, 2);
    ck_assert_int_eq(poupa_decoder_finish(decoder, &table, NULL), POUPA_ERR_INVALID);
    poupa_decoder_free(decoder);
}
END_TEST

START_TEST(a_decoder_tells_what_a_text_came_to_until_the_next_one)
{
    poupa_decoder *decoder;
    ASSERT_OK(poupa_decoder_new(NULL, &decoder, &err));
    for (int round = 0; round < 2; round++) {
        poupa_attendance *table;
        ASSERT_OK(poupa_decoder_feed(decoder, two_lines, sizeof two_lines - 1, &err));
        ck_assert_uint_eq(poupa_decoder_counted(decoder).good, 1);
        ASSERT_OK(poupa_decoder_finish(decoder, &table, &err));
        ck_assert_uint_eq(poupa_decoder_counted(decoder).good, 2);
        ck_assert_uint_eq(poupa_decoder_counted(decoder).bytes, sizeof two_lines - 1);
        poupa_attendance_release(table);
    }
    poupa_attendance *nothing;
    ASSERT_OK(poupa_decoder_finish(decoder, &nothing, &err));
    ck_assert_uint_eq(poupa_attendance_rows(nothing), 0);
    ck_assert_uint_eq(poupa_decoder_counted(decoder).good, 0);
    poupa_attendance_release(nothing);
    ASSERT_FAILS(poupa_decoder_feed(decoder, "\n{}\n", 4, &err), POUPA_ERR_INVALID);
    ck_assert_uint_eq(poupa_decoder_counted(decoder).bytes, 1);
    poupa_decoder_free(decoder);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "ndjson: sources", a_callback_gives_the_text,
        a_callback_that_fails_is_an_error_at_any_point, a_line_without_end_can_be_cancelled,
        a_long_line_is_counted_where_it_begins_and_passed_over_elsewhere,
        damaged_gzip_is_an_error_wherever_the_damage_is,
        a_quarantine_that_is_full_stops_the_reading, memory_file_and_callback_get_the_same_lines,
        a_dash_is_the_standard_input, a_range_may_lie_beyond_what_32_bits_count,
        what_is_null_is_refused_or_empty, a_decoder_says_its_error_again_and_stays_with_it,
        a_decoder_tells_what_a_text_came_to_until_the_next_one);
}
