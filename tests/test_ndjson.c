/* test_ndjson.c - reading attendance streams: cut anywhere, from anywhere, by any policy. */
#define _XOPEN_SOURCE 700

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "test_ndjson.h"

#define LINE(day, service)                                                                       \
    "{\"period\":\"2021-06-" day "\",\"service\":\"" service "\",\"channel\":\"portal\"}"

/* Everything that splits can go wrong at. */
static const char tricky[] = "\r\n" LINE(
    "01", "rg") "\r\n"
                "  \t\n"
                "{\"period\":\"2020-02-29\", \"unit\" :\"s\\u00e3o\"}\n"
                "{ \"nota\":\"\xC3\xA7\xE2\x82\xAC\xF0\x9F\x98\x80 \\\" "
                "\\\\\",\"period\":\"2020-02-29\",\"service\":"
                "\"it\\u0061\",\"channel\":\"app\",\"count\":12 }\n"
                "2020-02-29\n"
                "{\"period\":2020-02-29,\"service\":\"rg\",\"channel\":\"app\"}\n"
                "{\"x\" : ,\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\"}\n"
                "\n\n" LINE("02", "cnh") "\n"
                                         "{\"period\":\"2021-S1\",\"service\":\"never-there\","
                                         "\"channel\":\"app\",\"count\":-1}\n" LINE("03", "rg");

static poupa_attendance *read_text(const char *data, size_t size, uint32_t threads)
{
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .threads = threads};
    poupa_attendance *table;
    poupa_error err;
    ck_assert_msg(poupa_ndjson_read(data, size, &options, &table, NULL, &err) == POUPA_OK, "%s",
                  err.message);
    return table;
}

static char *write_temporary(const char *data, size_t size, char path[32])
{
    strcpy(path, "/tmp/poupa-test-XXXXXX");
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    for (size_t done = 0; done < size;) {
        ssize_t some = write(descriptor, data + done, size - done);
        ck_assert_int_gt(some, 0);
        done += (size_t)some;
    }
    close(descriptor);
    return path;
}

static poupa_status all_batches(poupa_ndjson *stream, poupa_attendance **out, poupa_error *err)
{
    poupa_attendance *batch;
    poupa_attendance *merged;
    poupa_status status = poupa_attendance_merge(NULL, 0, out, NULL);
    while (status == POUPA_OK) {
        status = poupa_ndjson_next(stream, &batch, err);
        if (batch == NULL)
            break;
        poupa_attendance *const both[] = {*out, batch};
        status = poupa_attendance_merge(both, 2, &merged, err);
        poupa_attendance_release(batch);
        poupa_attendance_release(*out);
        *out = merged;
    }
    return status;
}

START_TEST(the_tricky_text_has_four_records)
{
    poupa_attendance *table = read_text(tricky, sizeof tricky - 1, 1);
    poupa_record record;
    ck_assert_uint_eq(poupa_attendance_rows(table), 4);
    ck_assert_int_eq(poupa_attendance_at(table, 1, &record, NULL), POUPA_OK);
    ck_assert_str_eq(record.service, "ita");
    ck_assert_int_eq(record.count, 12);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(rejected_lines_leave_no_word)
{
    poupa_attendance *table = read_text(tricky, sizeof tricky - 1, 1);
    size_t count;
    const char *const *words = poupa_attendance_words(table, POUPA_DICTIONARY_SERVICE, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(words[0], "rg");
    ck_assert_str_eq(words[1], "ita");
    ck_assert_str_eq(words[2], "cnh");
    (void)poupa_attendance_words(table, POUPA_DICTIONARY_UNIT, &count);
    ck_assert_uint_eq(count, 0);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(every_split_into_two_ranges_has_the_lines_of_the_whole)
{
    char path[32];
    poupa_attendance *whole = read_text(tricky, sizeof tricky - 1, 1);
    write_temporary(tricky, sizeof tricky - 1, path);
    for (uint64_t cut = 0; cut <= sizeof tricky; cut++) {
        const uint64_t ends[] = {0, cut, sizeof tricky + 5};
        poupa_attendance *parts[2];
        poupa_attendance *merged;
        uint64_t lines = 0;
        uint64_t bytes = 0;
        for (size_t i = 0; i < 2; i++) {
            poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP};
            poupa_ndjson *stream;
            ck_assert_int_eq(
                poupa_ndjson_open_range(path, ends[i], ends[i + 1], &options, &stream, NULL),
                POUPA_OK);
            ck_assert_int_eq(all_batches(stream, &parts[i], NULL), POUPA_OK);
            poupa_ndjson_counts counts = poupa_ndjson_counted(stream);
            lines += counts.good + counts.bad + counts.blank;
            bytes += counts.bytes;
            poupa_ndjson_close(stream);
        }
        ck_assert_int_eq(poupa_attendance_merge(parts, 2, &merged, NULL), POUPA_OK);
        ck_assert_msg(poupa_attendance_equal(merged, whole), "cut at %d", (int)cut);
        ck_assert_uint_eq(lines, 13);
        ck_assert_uint_eq(bytes, sizeof tricky - 1);
        poupa_attendance_release(merged);
        poupa_attendance_release(parts[0]);
        poupa_attendance_release(parts[1]);
    }
    unlink(path);
    poupa_attendance_release(whole);
}
END_TEST

START_TEST(every_two_pieces_make_the_same_table)
{
    poupa_attendance *whole = read_text(tricky, sizeof tricky - 1, 1);
    for (size_t cut = 0; cut < sizeof tricky; cut++) {
        poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP};
        poupa_decoder *decoder;
        poupa_attendance *table;
        ck_assert_int_eq(poupa_decoder_new(&options, &decoder, NULL), POUPA_OK);
        ck_assert_int_eq(poupa_decoder_feed(decoder, tricky, cut, NULL), POUPA_OK);
        ck_assert_int_eq(poupa_decoder_feed(decoder, tricky + cut, sizeof tricky - 1 - cut, NULL),
                         POUPA_OK);
        ck_assert_int_eq(poupa_decoder_finish(decoder, &table, NULL), POUPA_OK);
        ck_assert_msg(poupa_attendance_equal(table, whole), "cut at %zu", cut);
        poupa_attendance_release(table);
        poupa_decoder_free(decoder);
    }
    poupa_attendance_release(whole);
}
END_TEST

/* -- Errors and policies ------------------------------------------------- */

START_TEST(a_failure_names_the_place_and_the_rule)
{
    static const char lines[] = LINE("01", "rg") "\n\n{\"\xC3\xA7\":1,\"period\":\"2021-H1\"}\n";
    poupa_attendance *table;
    poupa_error err;
    poupa_ndjson_counts counts;
    ck_assert_int_eq(poupa_ndjson_read(lines, sizeof lines - 1, NULL, &table, &counts, &err),
                     POUPA_ERR_INVALID);
    ck_assert_ptr_null(table);
    ck_assert_str_eq(err.code, "E2011");
    ck_assert_str_eq(err.path, "/period");
    ck_assert_uint_eq(err.line, 3);
    ck_assert_uint_eq(err.column, 17);
    ck_assert_uint_eq(err.offset, strlen(LINE("01", "rg")) + 2 + 17);
    ck_assert_ptr_nonnull(strstr(err.message, "2021-S1"));
    ck_assert_uint_eq(counts.good, 1);
    ck_assert_uint_eq(counts.bad, 1);
}
END_TEST

START_TEST(reasons_are_told_by_their_rules)
{
    static const struct {
        const char *line;
        const char *code;
    } cases[] = {
        {"{\"period\":\"2021\"", "E1002"},
        {"[]", "E1012"},
        {"{\"a\":1,\"a\":2,\"period\":\"2021\",\"service\":\"a\",\"channel\":\"b\"}", "E1006"},
        {"{\"a\":{\"b\":1,\"\\u0062\":2}}", "E1006"},
        {"{\"period\":\"2021\",\"period\":\"2021\"}", "E1006"},
        {"{\"a\":18446744073709551615}", "E1008"},
        {"{\"a\":[1e309]}", "E1008"},
        {"{\"a\":\"\\ud800\"}", "E1009"},
        {"{\"a\":\"\xFF\"}", "E1005"},
        {"\xEF\xBB\xBF{}", "E1004"},
        {"{\"service\":\"a\",\"channel\":\"b\"}", "E2001"},
        {"{\"service\":null}", "E2002"},
        {"{\"count\":1.0}", "E2002"},
        {"{\"count\":9223372036854775808}", "E1008"},
        {"{\"wait_s\":2147483648}", "E1008"},
        {"{\"unit\":\"Santos\"}", "E2003"},
        {"{\"x\" : ,\"period\":\"2021\"}", "E1001"},
        {"{} {}", "E1001"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_attendance *table;
        poupa_error err;
        ck_assert_int_ne(
            poupa_ndjson_read(cases[i].line, strlen(cases[i].line), NULL, &table, NULL, &err),
            POUPA_OK);
        ck_assert_msg(strcmp(err.code, cases[i].code) == 0, "%s: %s %s", cases[i].line, err.code,
                      err.message);
        ck_assert_uint_eq(err.line, 1);
    }
}
END_TEST

static bool keep(void *context, const char *data, size_t size)
{
    text_add(context, data, size);
    return true;
}

START_TEST(the_quarantine_gets_the_lines_with_their_reasons)
{
    text lines = {NULL, 0, 0};
    poupa_ndjson_options options = {
        .on_error = POUPA_ON_ERROR_QUARANTINE, .quarantine = keep, .quarantine_context = &lines};
    static const char bytes[] = "{\"a\":\"\xFF\"}\n";
    poupa_attendance *table;
    poupa_ndjson_counts counts;
    ck_assert_int_eq(
        poupa_ndjson_read(tricky, sizeof tricky - 1, &options, &table, &counts, NULL), POUPA_OK);
    poupa_attendance_release(table);
    ck_assert_uint_eq(counts.good, 4);
    ck_assert_uint_eq(counts.bad, 5);
    ck_assert_uint_eq(counts.blank, 4);
    size_t found = 0;
    static const json_int_t numbers[] = {4, 6, 7, 8, 12};
    for (char *line = strtok(lines.data, "\n"); line; line = strtok(NULL, "\n"), found++) {
        json_t *object = json_loads(line, 0, NULL);
        ck_assert_int_eq(json_integer_value(json_object_get(object, "line")), numbers[found]);
        ck_assert_ptr_nonnull(json_string_value(json_object_get(object, "reason")));
        const char *kept = json_string_value(json_object_get(object, "text"));
        ck_assert_ptr_nonnull(strstr(tricky, kept));
        json_decref(object);
    }
    ck_assert_uint_eq(found, 5);
    lines.size = 0;
    ck_assert_int_eq(poupa_ndjson_read(bytes, sizeof bytes - 1, &options, &table, NULL, NULL),
                     POUPA_OK);
    poupa_attendance_release(table);
    ck_assert_ptr_nonnull(strstr(lines.data, "\"hex\":\"7b2261223a22ff227d\""));
    text_free(&lines);
}
END_TEST

START_TEST(a_line_above_the_limit_is_bad_however_it_is_fed)
{
    text all = {NULL, 0, 0};
    text_put(&all, LINE("01", "rg") "\n{\"x\":\"");
    for (size_t i = 0; i < 3 << 20; i++)
        text_put(&all, "y");
    text_put(&all, "\"}\n" LINE("02", "rg") "\n");
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP};
    char path[32];
    write_temporary(all.data, all.size, path);
    for (size_t max_line = 100; max_line <= 1 << 20; max_line *= 2) {
        poupa_attendance *tables[3];
        poupa_ndjson_counts counts[3];
        poupa_decoder *decoder;
        options.max_line = max_line;
        ck_assert_int_eq(
            poupa_ndjson_read(all.data, all.size, &options, &tables[0], &counts[0], NULL),
            POUPA_OK);
        ck_assert_int_eq(poupa_ndjson_read_file(path, &options, &tables[1], &counts[1], NULL),
                         POUPA_OK);
        ck_assert_int_eq(poupa_decoder_new(&options, &decoder, NULL), POUPA_OK);
        for (size_t at = 0; at < all.size; at += 1000)
            ck_assert_int_eq(poupa_decoder_feed(decoder, all.data + at,
                                                all.size - at < 1000 ? all.size - at : 1000,
                                                NULL),
                             POUPA_OK);
        counts[2] = poupa_decoder_counted(decoder);
        ck_assert_int_eq(poupa_decoder_finish(decoder, &tables[2], NULL), POUPA_OK);
        poupa_decoder_free(decoder);
        for (size_t i = 0; i < 3; i++) {
            ck_assert_uint_eq(counts[i].good, 2);
            ck_assert_uint_eq(counts[i].bad, 1);
            ck_assert_uint_eq(counts[i].bytes, all.size);
            ck_assert_uint_eq(poupa_attendance_rows(tables[i]), 2);
            poupa_attendance_release(tables[i]);
        }
    }
    unlink(path);
    text_free(&all);
}
END_TEST

static bool stop_at_once(void *context, const poupa_ndjson_counts *counts)
{
    *(uint64_t *)context = counts->bytes;
    return false;
}

START_TEST(reading_can_be_cancelled)
{
    uint64_t bytes = 0;
    poupa_ndjson_options options = {.progress = stop_at_once, .progress_context = &bytes};
    poupa_attendance *table;
    static const char line[] = LINE("01", "rg");
    for (options.threads = 1; options.threads <= 3; options.threads++) {
        ck_assert_int_eq(poupa_ndjson_read(line, sizeof line - 1, &options, &table, NULL, NULL),
                         POUPA_ERR_CANCELLED);
        ck_assert_ptr_null(table);
        ck_assert_uint_eq(bytes, sizeof line - 1);
    }
}
END_TEST

/* -- Large inputs -------------------------------------------------------- */

/* A few MiB of lines, some of them bad. */
static text large_text(void)
{
    text all = {NULL, 0, 0};
    char line[256];
    random_state = 7;
    for (size_t i = 0; i < 60000; i++) {
        int size = snprintf(line, sizeof line,
                            "{\"period\":\"2021-%02d-%02d\",\"unit\":\"unit-%d\",\"service\":"
                            "\"service-%d\",\"channel\":\"%s\",\"count\":%d}%s",
                            (int)random_below(13), (int)random_below(29), (int)random_below(300),
                            (int)random_below(90), random_below(2) ? "portal" : "app",
                            (int)random_below(500), random_below(9) ? "\n" : "\r\n");
        text_add(&all, line, (size_t)size);
    }
    return all;
}

START_TEST(threads_batches_and_sources_make_the_same_table)
{
    text all = large_text();
    char path[32];
    write_temporary(all.data, all.size, path);
    poupa_attendance *one = read_text(all.data, all.size, 1);
    for (uint32_t threads = 1; threads <= 4; threads++) {
        poupa_ndjson_options options = {
            .on_error = POUPA_ON_ERROR_SKIP, .threads = threads, .batch_rows = 12345};
        poupa_attendance *table;
        poupa_ndjson *stream;
        ck_assert_int_eq(poupa_ndjson_read_file(path, &options, &table, NULL, NULL), POUPA_OK);
        ck_assert(poupa_attendance_equal(table, one));
        size_t words[2];
        const char *const *a = poupa_attendance_words(table, POUPA_DICTIONARY_UNIT, &words[0]);
        const char *const *b = poupa_attendance_words(one, POUPA_DICTIONARY_UNIT, &words[1]);
        ck_assert_uint_eq(words[0], words[1]);
        for (size_t i = 0; i < words[0]; i++)
            ck_assert_str_eq(a[i], b[i]);
        poupa_attendance_release(table);
        ck_assert_int_eq(poupa_ndjson_open(path, &options, &stream, NULL), POUPA_OK);
        ck_assert_int_eq(all_batches(stream, &table, NULL), POUPA_OK);
        ck_assert(poupa_attendance_equal(table, one));
        poupa_attendance_release(table);
        poupa_ndjson_close(stream);
    }
    unlink(path);
    poupa_attendance_release(one);
    text_free(&all);
}
END_TEST

START_TEST(a_failure_comes_behind_the_rows_before_it_in_any_number_of_threads)
{
    text all = large_text();
    for (uint32_t threads = 1; threads <= 3; threads++) {
        poupa_ndjson_options options = {.threads = threads, .batch_rows = 3};
        poupa_attendance *table;
        poupa_error err = {.line = 0};
        poupa_ndjson *stream;
        ck_assert_int_eq(poupa_ndjson_open_data(all.data, all.size, &options, &stream, NULL),
                         POUPA_OK);
        ck_assert_int_eq(all_batches(stream, &table, &err), POUPA_ERR_INVALID);
        ck_assert_uint_eq(err.line, poupa_attendance_rows(table) + 1);
        ck_assert_uint_eq(poupa_ndjson_counted(stream).bytes + 10, err.offset);
        poupa_attendance_release(table);
        ck_assert_int_eq(poupa_ndjson_next(stream, &table, &err), POUPA_ERR_INVALID);
        poupa_ndjson_close(stream);
    }
    text_free(&all);
}
END_TEST

START_TEST(gzip_is_read_in_members_and_its_damage_is_found)
{
    text all = large_text();
    char path[32];
    write_temporary("", 0, path);
    for (size_t part = 0; part < 2; part++) {
        gzFile file = gzopen(path, "ab1");
        size_t half = all.size / 2;
        ck_assert_int_gt(
            gzwrite(file, all.data + part * half, (unsigned)(part ? all.size - half : half)), 0);
        gzclose(file);
    }
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .threads = 2};
    poupa_attendance *one = read_text(all.data, all.size, 1);
    poupa_attendance *table;
    poupa_ndjson *stream;
    poupa_error err;
    ck_assert_int_eq(poupa_ndjson_read_file(path, &options, &table, NULL, NULL), POUPA_OK);
    ck_assert(poupa_attendance_equal(table, one));
    poupa_attendance_release(table);
    ck_assert_int_eq(poupa_ndjson_open_range(path, 0, 10, &options, &stream, NULL),
                     POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(truncate(path, 5000), 0);
    ck_assert_int_eq(poupa_ndjson_read_file(path, &options, &table, NULL, &err), POUPA_ERR_IO);
    ck_assert_ptr_nonnull(strstr(err.message, "cut off"));
    unlink(path);
    poupa_attendance_release(one);
    text_free(&all);
}
END_TEST

static char *shrinking_path;

static bool shrink(void *context, const poupa_ndjson_counts *counts)
{
    (void)context;
    (void)counts;
    return truncate(shrinking_path, 100) == 0;
}

START_TEST(a_file_that_shrinks_is_an_error)
{
    text all = large_text();
    char path[32];
    shrinking_path = write_temporary(all.data, all.size, path);
    poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_SKIP, .progress = shrink};
    poupa_attendance *table;
    poupa_error err;
    ck_assert_int_eq(poupa_ndjson_read_file(path, &options, &table, NULL, &err), POUPA_ERR_IO);
    ck_assert_ptr_nonnull(strstr(err.message, "shrank"));
    unlink(path);
    text_free(&all);
}
END_TEST

/* Gives the same line again and again; the context is how many bytes are left. */
static ptrdiff_t repeat(void *context, char *buffer, size_t capacity)
{
    static const char line[] = LINE("01", "rg") "\n";
    uint64_t *left = context;
    size_t size = *left < capacity ? (size_t)*left : capacity;
    const uint64_t length = sizeof line - 1;
    for (size_t i = 0; i < size; i++)
        buffer[i] = line[(length - (*left)-- % length) % length];
    return (ptrdiff_t)size;
}

START_TEST(batches_of_a_long_input_are_all_there)
{
    uint64_t left = 1000000 * (sizeof LINE("01", "rg") "\n" - 1);
    uint64_t rows = 0;
    poupa_ndjson_options options = {.batch_rows = 10000};
    poupa_ndjson *stream;
    poupa_attendance *batch;
    ck_assert_int_eq(poupa_ndjson_open_from(repeat, &left, &options, &stream, NULL), POUPA_OK);
    while (poupa_ndjson_next(stream, &batch, NULL) == POUPA_OK && batch) {
        ck_assert_uint_eq(poupa_attendance_rows(batch), 10000);
        rows += poupa_attendance_rows(batch);
        poupa_attendance_release(batch);
    }
    ck_assert_uint_eq(rows, 1000000);
    poupa_ndjson_close(stream);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson", the_tricky_text_has_four_records, rejected_lines_leave_no_word,
                     every_split_into_two_ranges_has_the_lines_of_the_whole,
                     every_two_pieces_make_the_same_table, a_failure_names_the_place_and_the_rule,
                     reasons_are_told_by_their_rules,
                     the_quarantine_gets_the_lines_with_their_reasons,
                     a_line_above_the_limit_is_bad_however_it_is_fed, reading_can_be_cancelled,
                     threads_batches_and_sources_make_the_same_table,
                     a_failure_comes_behind_the_rows_before_it_in_any_number_of_threads,
                     gzip_is_read_in_members_and_its_damage_is_found,
                     a_file_that_shrinks_is_an_error, batches_of_a_long_input_are_all_there);
}
