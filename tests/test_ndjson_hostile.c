/* test_ndjson_hostile.c - input that means harm, want of memory, and what comes back out. */
#include "counting.h"
#include "test_ndjson.h"

#define MEMBERS "\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"portal\""

static poupa_status read_with(const text *all, const poupa_allocator *allocator, uint32_t threads,
                              poupa_attendance **out, poupa_error *err)
{
    poupa_ndjson_options options = {.threads = threads, .allocator = allocator};
    return poupa_ndjson_read(all->data, all->size, &options, out, NULL, err);
}

/* -- Large lines and many words ------------------------------------------ */

START_TEST(ten_thousand_unknown_members_are_read_and_their_repetition_found)
{
    char member[40];
    for (int repeated = 0; repeated < 2; repeated++) {
        text all = {NULL, 0, 0};
        text_put(&all, "{" MEMBERS);
        for (int i = 0; i < 10000; i++) {
            snprintf(member, sizeof member, ",\"member-%d\":%d", i, i);
            text_put(&all, member);
        }
        text_put(&all, repeated ? ",\"member-4\\u0032\":0}" : "}");
        poupa_attendance *table;
        poupa_error err;
        poupa_status status = read_with(&all, NULL, 1, &table, &err);
        ck_assert_int_eq(status, repeated ? POUPA_ERR_SYNTAX : POUPA_OK);
        if (repeated)
            ck_assert_str_eq(err.code, "E1006");
        poupa_attendance_release(table);
        text_free(&all);
    }
}
END_TEST

START_TEST(nesting_is_limited_to_64)
{
    for (int depth = 60; depth < 70; depth++) {
        text all = {NULL, 0, 0};
        poupa_attendance *table;
        poupa_error err;
        text_put(&all, "{" MEMBERS ",\"x\":");
        for (int i = 0; i < depth; i++)
            text_put(&all, i % 2 ? "[" : "{\"y\":");
        text_put(&all, "1");
        for (int i = depth; i > 0; i--)
            text_put(&all, i % 2 ? "}" : "]");
        text_put(&all, "}");
        ck_assert_int_eq(read_with(&all, NULL, 1, &table, &err),
                         depth < 64 ? POUPA_OK : POUPA_ERR_LIMIT);
        poupa_attendance_release(table);
        text_free(&all);
    }
}
END_TEST

START_TEST(a_text_of_nearly_a_mib_is_read)
{
    text all = {NULL, 0, 0};
    poupa_attendance *table;
    text_put(&all, "{" MEMBERS ",\"x\":\"");
    while (all.size < (1 << 20) - 10)
        text_put(&all, "\xC3\xA7");
    text_put(&all, "\"}\r\n");
    ck_assert_int_eq(read_with(&all, NULL, 1, &table, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(table), 1);
    poupa_attendance_release(table);
    text_free(&all);
}
END_TEST

START_TEST(a_hundred_thousand_distinct_ids_keep_their_order)
{
    text all = {NULL, 0, 0};
    char line[160];
    for (int i = 0; i < 100000; i++) {
        snprintf(
            line, sizeof line,
            "{\"period\":\"2021\",\"unit\":\"u%d\",\"service\":\"s.%d\",\"channel\":\"c\"}\n", i,
            i / 2);
        text_put(&all, line);
    }
    for (uint32_t threads = 1; threads <= 2; threads++) {
        poupa_attendance *table;
        size_t count;
        ck_assert_int_eq(read_with(&all, NULL, threads, &table, NULL), POUPA_OK);
        const char *const *units = poupa_attendance_words(table, POUPA_DICTIONARY_UNIT, &count);
        ck_assert_uint_eq(count, 100000);
        for (int i = 0; i < 100000; i++) {
            snprintf(line, sizeof line, "u%d", i);
            ck_assert_str_eq(units[i], line);
        }
        (void)poupa_attendance_words(table, POUPA_DICTIONARY_SERVICE, &count);
        ck_assert_uint_eq(count, 50000);
        poupa_attendance_release(table);
    }
    text_free(&all);
}
END_TEST

/* -- Compression --------------------------------------------------------- */

START_TEST(zstd_is_told_by_its_content)
{
    static const char packed[] =
        "\x28\xB5\x2F\xFD\x20\x74\x2D\x02\x00\xB4\x03\x7B\x22\x70\x65\x72"
        "\x69\x6F\x64\x22\x3A\x22\x32\x30\x32\x31\x2D\x30\x36\x2D\x30\x31"
        "\x22\x2C\x22\x73\x65\x72\x76\x69\x63\x65\x22\x3A\x22\x72\x67\x22"
        "\x2C\x22\x63\x68\x61\x6E\x6E\x65\x6C\x22\x3A\x22\x70\x6F\x72\x74"
        "\x61\x6C\x22\x7D\x0A\x32\x02\x00\xC0\x23\xB4\xD3\x0A\x0A";
    poupa_attendance *table;
    poupa_error err = {.status = POUPA_OK};
    poupa_status status = poupa_ndjson_read(packed, sizeof packed - 1, NULL, &table, NULL, &err);
    if (status == POUPA_OK)
        ck_assert_uint_eq(poupa_attendance_rows(table), 2);
    else
        ck_assert_ptr_nonnull(strstr(err.message, "compressed with zstd"));
    poupa_attendance_release(table);
    if (status == POUPA_OK)
        ck_assert_int_eq(poupa_ndjson_read(packed, sizeof packed - 3, NULL, &table, NULL, NULL),
                         POUPA_ERR_IO);
}
END_TEST

/* -- Encoding ------------------------------------------------------------ */

START_TEST(what_is_written_is_canonical_and_reads_back_the_same)
{
    static const char loose[] =
        "{\"count\": 9223372036854775807, \"channel\":\"portal\",\"service\":\"rg\", "
        "\"period\":\"2021-06-14\"}\n"
        "{\"service\":\"cnh\",\"unit\":\"itaquera\",\"channel\":\"presencial\",\"period\":\"2021-"
        "S2\","
        "\"service_s\":10000,\"wait_s\":0}\n"
        "{\"period\":\"0001\",\"service\":\"rg\",\"channel\":\"portal\",\"count\":9999}\n"
        "{\"period\":\"9999-12\",\"service\":\"rg\",\"channel\":\"portal\",\"count\":10000,"
        "\"wait_s\":2147483647}\n";
    static const char canonical[] =
        "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"portal\","
        "\"count\":9223372036854775807}\n"
        "{\"period\":\"2021-S2\",\"unit\":\"itaquera\",\"service\":\"cnh\",\"channel\":"
        "\"presencial\","
        "\"count\":1,\"wait_s\":0,\"service_s\":10000}\n"
        "{\"period\":\"0001\",\"service\":\"rg\",\"channel\":\"portal\",\"count\":9999}\n"
        "{\"period\":\"9999-12\",\"service\":\"rg\",\"channel\":\"portal\",\"count\":10000,"
        "\"wait_s\":2147483647}\n";
    poupa_attendance *table, *again;
    poupa_buffer out;
    ck_assert_int_eq(poupa_ndjson_read(loose, sizeof loose - 1, NULL, &table, NULL, NULL),
                     POUPA_OK);
    ck_assert_int_eq(poupa_attendance_write(table, NULL, &out, NULL), POUPA_OK);
    ck_assert_str_eq(out.data, canonical);
    ck_assert_int_eq(poupa_ndjson_read(out.data, out.size, NULL, &again, NULL, NULL), POUPA_OK);
    ck_assert(poupa_attendance_equal(table, again));
    poupa_buffer_free(&out);
    poupa_attendance_release(again);
    poupa_attendance_release(table);
}
END_TEST

static bool refuse(void *context, const char *data, size_t size)
{
    (void)context;
    (void)data;
    (void)size;
    return false;
}

START_TEST(output_that_is_refused_is_an_error)
{
    static const char line[] = "{" MEMBERS "}";
    poupa_attendance *table;
    ck_assert_int_eq(poupa_ndjson_read(line, sizeof line - 1, NULL, &table, NULL, NULL),
                     POUPA_OK);
    ck_assert_int_eq(poupa_attendance_write_to(table, NULL, refuse, NULL, NULL), POUPA_ERR_IO);
    ck_assert_int_eq(poupa_attendance_write_file(table, NULL, "/nowhere/at/all", NULL),
                     POUPA_ERR_IO);
    poupa_attendance_release(table);
}
END_TEST

/* -- Want of memory ------------------------------------------------------ */

/* Reads and writes, by all the ways that there are. */
static poupa_status use_all(const text *all, const poupa_allocator *allocator)
{
    poupa_attendance *table = NULL;
    poupa_attendance *fed = NULL;
    poupa_decoder *decoder = NULL;
    poupa_buffer out = {.data = NULL};
    poupa_ndjson_options options = {
        .on_error = POUPA_ON_ERROR_QUARANTINE, .allocator = allocator, .quarantine = refuse};
    poupa_status status = read_with(all, allocator, 1, &table, NULL);
    if (status == POUPA_OK)
        status = poupa_attendance_write(table, allocator, &out, NULL);
    if (status == POUPA_OK)
        status = poupa_decoder_new(&options, &decoder, NULL);
    for (size_t i = 0; status == POUPA_OK && i < out.size; i += 100)
        status = poupa_decoder_feed(decoder, out.data + i,
                                    out.size - i < 100 ? out.size - i : 100, NULL);
    if (status == POUPA_OK)
        status = poupa_decoder_finish(decoder, &fed, NULL);
    if (status == POUPA_OK)
        ck_assert(poupa_attendance_equal(fed, table));
    poupa_decoder_free(decoder);
    poupa_buffer_free(&out);
    poupa_attendance_release(fed);
    poupa_attendance_release(table);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    counting state;
    const poupa_allocator allocator = counting_allocator(&state);
    text all = {NULL, 0, 0};
    char line[120];
    for (int i = 0; i < 1100; i++) {
        snprintf(line, sizeof line,
                 "{\"x%d\":[1,{\"y\":\"\\u0061\"}]," MEMBERS ",\"unit\":\"u%d\"}\n", i % 3,
                 i % 80);
        text_put(&all, line);
    }
    poupa_status status = POUPA_ERR_MEMORY;
    size_t faults = 0;
    for (; status != POUPA_OK; faults++) {
        ck_assert_int_eq(status, POUPA_ERR_MEMORY);
        state = (counting){.fail_at = faults + 1};
        status = use_all(&all, &allocator);
        assert_nothing_leaked(&state);
    }
    ck_assert_uint_gt(faults, 40);
    text_free(&all);
}
END_TEST

START_TEST(arguments_that_cannot_be_are_refused)
{
    poupa_attendance *table;
    poupa_ndjson *stream;
    poupa_ndjson_options options = {.threads = 1000};
    ck_assert_int_eq(poupa_ndjson_read("", 0, &options, &table, NULL, NULL), POUPA_ERR_ARGUMENT);
    options = (poupa_ndjson_options){.max_line = SIZE_MAX};
    ck_assert_int_eq(poupa_ndjson_read("", 0, &options, &table, NULL, NULL), POUPA_ERR_ARGUMENT);
    options = (poupa_ndjson_options){.on_error = POUPA_ON_ERROR_QUARANTINE};
    ck_assert_int_eq(poupa_ndjson_read("", 0, &options, &table, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_ndjson_read(NULL, 1, NULL, &table, NULL, NULL), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(poupa_ndjson_open("/nowhere/at/all", NULL, &stream, NULL), POUPA_ERR_IO);
    ck_assert_int_eq(poupa_ndjson_open("/", NULL, &stream, NULL), POUPA_ERR_IO);
    ck_assert_int_eq(poupa_ndjson_read("", 0, NULL, &table, NULL, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_attendance_rows(table), 0);
    poupa_attendance_release(table);
    ck_assert(!poupa_ndjson_path_available((poupa_ndjson_path)99));
}
END_TEST

/* -- Against a catalogue ------------------------------------------------- */

START_TEST(ids_that_a_catalogue_lacks_are_found_with_what_was_meant)
{
    static const char lines[] =
        "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"portla\",\"unit\":\"santos\"}\n"
        "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"portal\"}\n"
        "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"portla\"}\n";
    poupa_attendance *table;
    poupa_catalog *catalog;
    poupa_report *report;
    const poupa_channel portal = {
        .id = "portal", .type = {.code = POUPA_CHANNEL_PORTAL}, .name = "Portal"};
    ck_assert_int_eq(poupa_catalog_new(NULL, &catalog, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_report_new(NULL, &report, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_channel_add(catalog, &portal, NULL), POUPA_OK);
    ck_assert_int_eq(poupa_ndjson_read(lines, sizeof lines - 1, NULL, &table, NULL, NULL),
                     POUPA_OK);
    ck_assert_int_eq(poupa_attendance_check(table, catalog, report, NULL), POUPA_OK);
    ck_assert_uint_eq(poupa_report_count(report), 3);
    ck_assert_str_eq(poupa_report_at(report, 0)->message,
                     "\"santos\" is not the id of a unit, in 1 row");
    ck_assert_str_eq(
        poupa_report_at(report, 2)->message,
        "\"portla\" is not the id of a channel, in 2 rows; did you mean \"portal\"?");
    poupa_report_free(report);
    poupa_catalog_release(catalog);
    poupa_attendance_release(table);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "ndjson: hostile", ten_thousand_unknown_members_are_read_and_their_repetition_found,
        nesting_is_limited_to_64, a_text_of_nearly_a_mib_is_read,
        a_hundred_thousand_distinct_ids_keep_their_order, zstd_is_told_by_its_content,
        what_is_written_is_canonical_and_reads_back_the_same, output_that_is_refused_is_an_error,
        every_allocation_may_fail, arguments_that_cannot_be_are_refused,
        ids_that_a_catalogue_lacks_are_found_with_what_was_meant);
}
