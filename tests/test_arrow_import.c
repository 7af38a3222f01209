/* test_arrow_import.c - tables from streams, our own and those of others. */
#include <errno.h>
#include <math.h>

#include "counting.h"
#include "test_arrow.h"
#include "test_arrow_fake.h"

/* -- Our own ------------------------------------------------------------- */

/* Asserts that a table comes back from a stream of it, with texts in a format. */
static void check_round_trip(poupa_attendance *table, const char *format)
{
    struct ArrowSchema unit = ask("unit", format, NULL), service = ask("service", format, NULL);
    struct ArrowSchema kind = ask("period_kind", format, NULL);
    struct ArrowSchema requested =
        ask_struct((struct ArrowSchema *[]){&unit, &service, &kind}, 3);
    struct ArrowArrayStream stream;
    poupa_attendance *back = NULL;
    ASSERT_OK(poupa_attendance_to_arrow(table, format ? &requested : NULL, NULL, &stream, &err));
    ASSERT_OK(poupa_attendance_from_arrow(&stream, NULL, &back, &err));
    ck_assert(stream.release == NULL);
    ck_assert(poupa_attendance_equal(table, back));
    poupa_attendance_release(back);
}

START_TEST(a_table_comes_back_from_its_stream)
{
    static const char *const formats[] = {NULL, "u", "U"};
    for (size_t i = 0; i < COUNT(formats); i++) {
        for (size_t rows = 0; rows <= 9000; rows = rows * 3 + 1) {
            poupa_attendance *table = table_from(rows, rows, NULL);
            poupa_attendance *slice = NULL;
            poupa_attendance *sorted = NULL;
            ASSERT_OK(poupa_attendance_slice(table, rows / 3, rows / 2, &slice, &err));
            ASSERT_OK(poupa_attendance_sort(slice, &sorted, &err));
            check_round_trip(table, formats[i]);
            check_round_trip(slice, formats[i]);
            check_round_trip(sorted, formats[i]);
            poupa_attendance_release(sorted);
            poupa_attendance_release(slice);
            poupa_attendance_release(table);
        }
    }
}
END_TEST

START_TEST(only_words_that_rows_have_are_taken_in_their_order)
{
    size_t count;
    poupa_attendance *table = table_from(0, 100, NULL);
    poupa_attendance *slice = NULL;
    poupa_attendance *back = NULL;
    ASSERT_OK(poupa_attendance_slice(table, 5, 2, &slice, &err));
    struct ArrowArrayStream stream = stream_of(slice);
    ASSERT_OK(poupa_attendance_from_arrow(&stream, NULL, &back, &err));
    const char *const *words = poupa_attendance_words(back, POUPA_DICTIONARY_SERVICE, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(words[0], "procon-sp.reclamacao");
    ck_assert_str_eq(words[1], "rg");
    poupa_attendance_release(back);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(batches_with_dictionaries_of_their_own_make_one_table)
{
    poupa_buffer text;
    poupa_ndjson_options options = {.batch_rows = 70};
    poupa_ndjson *lines = NULL;
    struct ArrowArrayStream stream;
    poupa_attendance *table = table_from(3, 1000, NULL);
    poupa_attendance *back = NULL;
    ASSERT_OK(poupa_attendance_write(table, NULL, &text, &err));
    ASSERT_OK(poupa_ndjson_open_data(text.data, text.size, &options, &lines, &err));
    ASSERT_OK(poupa_ndjson_to_arrow(lines, NULL, NULL, &stream, &err));
    ASSERT_OK(poupa_attendance_from_arrow(&stream, NULL, &back, &err));
    ck_assert(poupa_attendance_equal(table, back));
    poupa_attendance_release(back);
    poupa_attendance_release(table);
    poupa_buffer_free(&text);
}
END_TEST

/* -- Those of others ------------------------------------------------------ */

static const four_texts services = FOUR_TEXTS("rg", "a-service-with-a-long-name", "cnh", "rg");
static const four_texts channels = FOUR_TEXTS("app", "portal", "app", "kiosk");
static const four_texts units = FOUR_TEXTS("se", "", "lapa", "bauru");
static const four_texts forms = FOUR_TEXTS("2021", "2021-S2", "2021-Q3", "2021-06-14");
static const four_texts firsts = FOUR_TEXTS("2021-01-01", "2021-07-01", "2021-07", "2021-06-14");
static const four_texts kinds = FOUR_TEXTS("year", "half", "month", "day");

/* 2021-06-14 and three others. */
static const int32_t days[] = {18792, -1, 0, -719162};
static const char *const day_texts[] = {"2021-06-14", "1969-12-31", "1970-01-01", "0001-01-01"};

static const fake_column service_column = UTF8("service", services);
static const fake_column channel_column = UTF8("channel", channels);

/* Imports 4 rows of columns, to which a service and a channel are added. */
static poupa_attendance *import_columns(const fake_column *columns, size_t count)
{
    fake_column all[FAKE_COLUMNS];
    poupa_attendance *table = NULL;
    memcpy(all, columns, count * sizeof *columns);
    all[count] = service_column;
    all[count + 1] = channel_column;
    fake of = {.columns = all, .count = count + 2, .rows = 4, .batches = 1};
    ASSERT_OK(import_fake(&of, NULL, &table, &err));
    ck_assert_uint_eq(poupa_attendance_rows(table), 4);
    return table;
}

/* Asserts that the periods of 4 rows print as given. */
static void check_periods(const fake_column *columns, size_t count, const char *const expected[4])
{
    char text[POUPA_PERIOD_SIZE];
    poupa_attendance *table = import_columns(columns, count);
    for (size_t i = 0; i < 4; i++) {
        poupa_record record;
        ASSERT_OK(poupa_attendance_at(table, i, &record, &err));
        poupa_period_print(record.period, text);
        ck_assert_str_eq(text, expected[i]);
    }
    poupa_attendance_release(table);
}

START_TEST(periods_are_dates_of_any_kind)
{
    static const struct {
        const char *format;
        int64_t per_day;
    } types[] = {{"tdm", 86400000},
                 {"tss:", 86400},
                 {"tsm:", 86400000},
                 {"tsu:", INT64_C(86400000000)},
                 {"tss:UTC", 86400},
                 {"tsm:+00:00", 86400000},
                 {"tsu:Etc/UTC", INT64_C(86400000000)}};
    const fake_column plain = NUMBERS("period", "tdD", days);
    check_periods(&plain, 1, day_texts);
    for (size_t i = 0; i < COUNT(types); i++) {
        int64_t values[4];
        for (size_t j = 0; j < 4; j++)
            values[j] = days[j] * types[i].per_day;
        const fake_column column = NUMBERS("period", types[i].format, values);
        check_periods(&column, 1, day_texts);
    }
    /* Nanoseconds do not reach the year 1. */
    const int64_t nano[] = {INT64_C(1623628800000000000), 0, 0, 0};
    const fake_column column = NUMBERS("period", "tsn:", nano);
    check_periods(&column, 1,
                  (const char *const[]){day_texts[0], day_texts[2], day_texts[2], day_texts[2]});
}
END_TEST

START_TEST(periods_are_texts_of_every_form)
{
    static const char *const expected[] = {"2021", "2021-S2", "2021-Q3", "2021-06-14"};
    const fake_column columns[] = {UTF8("period", forms), LARGE_UTF8("period", forms)};
    check_periods(&columns[0], 1, expected);
    check_periods(&columns[1], 1, expected);
}
END_TEST

START_TEST(a_kind_tells_what_begins_on_a_day)
{
    static const char *const expected[] = {"2021", "2021-S2", "2021-07", "2021-06-14"};
    const fake_column texts[] = {LARGE_UTF8("period_kind", kinds), UTF8("period", firsts)};
    check_periods(texts, 2, expected);
    const int32_t starts[] = {18628, 18809, 18809, 18792};
    const fake_column dates[] = {NUMBERS("period", "tdD", starts), UTF8("period_kind", kinds)};
    check_periods(dates, 2, expected);
    const uint8_t valid[] = {0x0e};
    const fake_column partly[] = {
        NUMBERS("period", "tdD", starts),
        {.name = "period_kind",
         .format = "u",
         .nulls = 1,
         .buffers = {valid, kinds.offsets, kinds.text}},
    };
    check_periods(partly, 2,
                  (const char *const[]){"2021-01-01", expected[1], expected[2], expected[3]});
}
END_TEST

/* Asserts that the units of 4 rows are "se", none, "lapa" and "bauru". */
static void check_units(const fake_column *unit)
{
    static const char *const expected[] = {"se", "", "lapa", "bauru"};
    const fake_column columns[] = {NUMBERS("period", "tdD", days), *unit};
    poupa_attendance *table = import_columns(columns, 2);
    for (size_t i = 0; i < 4; i++) {
        poupa_record record;
        ASSERT_OK(poupa_attendance_at(table, i, &record, &err));
        ck_assert_str_eq(record.unit, expected[i]);
    }
    poupa_attendance_release(table);
}

START_TEST(texts_have_any_layout)
{
    typedef struct view {
        int32_t size;
        char text[12];
    } view;
    const view views[] = {{2, "se"}, {0, ""}, {4, "lapa"}, {5, "bauru"}};
    const fake_column columns[] = {
        UTF8("unit", units),
        LARGE_UTF8("unit", units),
        {.name = "unit", .format = "vu", .buffers = {NULL, views, NULL}},
    };
    for (size_t i = 0; i < COUNT(columns); i++)
        check_units(&columns[i]);
}
END_TEST

START_TEST(long_texts_of_views_stand_in_buffers)
{
    typedef struct view {
        int32_t size;
        char head[4];
        int32_t buffer;
        int32_t offset;
    } view;
    const view views[] = {
        {26, "a-se", 0, 2}, {26, "a-se", 0, 2}, {26, "a-se", 0, 2}, {26, "a-se", 0, 2}};
    const int64_t sizes[] = {services.large[4]};
    const fake_column columns[] = {
        NUMBERS("period", "tdD", days),
        {.name = "unit",
         .format = "vu",
         .buffer_count = 4,
         .buffers = {NULL, views, services.text, sizes}},
    };
    poupa_record record;
    poupa_attendance *table = import_columns(columns, 2);
    ASSERT_OK(poupa_attendance_at(table, 3, &record, &err));
    ck_assert_str_eq(record.unit, "a-service-with-a-long-name");
    poupa_attendance_release(table);
}
END_TEST

START_TEST(keys_of_dictionaries_are_integers_of_any_type)
{
    const int8_t c[] = {0, 1, 2, 3};
    const int16_t s[] = {0, 1, 2, 3};
    const int32_t i[] = {0, 1, 2, 3};
    const int64_t l[] = {0, 1, 2, 3};
    const void *const keys[] = {c, c, s, s, i, i, l, l};
    static const char *const formats[] = {"c", "C", "s", "S", "i", "I", "l", "L"};
    const fake_column words[] = {
        {.format = "u", .length = 4, .buffers = {NULL, units.offsets, units.text}},
        {.format = "U", .length = 4, .buffers = {NULL, units.large, units.text}},
    };
    for (size_t j = 0; j < COUNT(keys) * COUNT(words); j++) {
        const fake_column column = {.name = "unit",
                                    .format = formats[j / 2],
                                    .buffers = {NULL, keys[j / 2]},
                                    .words = &words[j % 2]};
        check_units(&column);
    }
}
END_TEST

START_TEST(nulls_are_those_of_keys_and_those_of_words)
{
    const uint8_t keys_valid[] = {0x0d}, words_valid[] = {0x3d};
    const int32_t keys[] = {0, 99, 2, 3}, to_null[] = {0, 1, 2, 3};
    const fake_column words = {
        .format = "u", .length = 4, .buffers = {NULL, units.offsets, units.text}};
    const fake_column nulls = {.format = "u",
                               .length = 4,
                               .nulls = 1,
                               .buffers = {words_valid, units.offsets, units.text}};
    const fake_column columns[] = {
        {.name = "unit",
         .format = "i",
         .nulls = -1,
         .buffers = {keys_valid, keys},
         .words = &words},
        {.name = "unit", .format = "i", .buffers = {NULL, to_null}, .words = &nulls},
    };
    check_units(&columns[0]);
    check_units(&columns[1]);
}
END_TEST

START_TEST(a_dictionary_larger_than_the_batch_is_looked_up)
{
    enum { WORDS = 100 };
    int32_t offsets[WORDS + 1] = {0};
    for (int i = 0; i < WORDS; i++)
        offsets[i + 1] = i == 95 ? 2 : i == 97 ? 6 : i == 99 ? 11 : offsets[i];
    const int8_t keys[] = {95, 0, 97, 99};
    const fake_column words = {
        .format = "u", .length = WORDS, .buffers = {NULL, offsets, units.text}};
    const fake_column column = {
        .name = "unit", .format = "c", .buffers = {NULL, keys}, .words = &words};
    check_units(&column);
}
END_TEST

/* Asserts what 4 rows have in `count`, or in `wait_s` where -1 is absent. */
static void check_numbers(const fake_column *column, const int64_t expected[4])
{
    const fake_column columns[] = {NUMBERS("period", "tdD", days), *column};
    poupa_attendance *table = import_columns(columns, 2);
    for (size_t i = 0; i < 4; i++) {
        poupa_record record;
        ASSERT_OK(poupa_attendance_at(table, i, &record, &err));
        int64_t seconds = record.wait_s.present ? record.wait_s.value : -1;
        ck_assert_int_eq(strcmp(column->name, "count") ? seconds : record.count, expected[i]);
    }
    poupa_attendance_release(table);
}

START_TEST(numbers_have_any_type)
{
    const int8_t c[] = {0, 1, 127, 3};
    const int16_t s[] = {0, 1, 127, 3};
    const int32_t i[] = {0, 1, 127, 3};
    const int64_t l[] = {0, 1, 127, 3};
    const float f[] = {0, 1, 127, 3};
    const double g[] = {0, 1, 127, 3};
    const uint64_t d[][2] = {{0, 0}, {1, 0}, {127, 0}, {3, 0}};
    const void *const values[] = {c, c, s, s, i, i, l, l, f, g, d, d};
    static const char *const formats[] = {"c", "C", "s", "S", "i",      "I",
                                          "l", "L", "f", "g", "d:38,0", "d:3,0,128"};
    for (size_t j = 0; j < COUNT(values); j++) {
        const fake_column wait = NUMBERS("wait_s", formats[j], values[j]);
        const fake_column count = NUMBERS("count", formats[j], values[j]);
        check_numbers(&wait, l);
        check_numbers(&count, l);
    }
}
END_TEST

START_TEST(a_null_is_one_attendance_and_no_seconds)
{
    const uint8_t valid[] = {0x0a};
    const int64_t values[] = {-7, 5, INT64_MIN, INT32_MAX};
    const fake_column columns[] = {
        {.name = "wait_s", .format = "l", .nulls = 2, .buffers = {valid, values}},
        {.name = "count", .format = "l", .nulls = -1, .buffers = {valid, values}},
        {.name = "count", .format = "n", .nulls = 4},
        {.name = "wait_s", .format = "n", .nulls = 4},
        {.name = "another", .format = "+l"},
    };
    check_numbers(&columns[0], (const int64_t[]){-1, 5, -1, INT32_MAX});
    check_numbers(&columns[1], (const int64_t[]){1, 5, 1, INT32_MAX});
    check_numbers(&columns[2], (const int64_t[]){1, 1, 1, 1});
    check_numbers(&columns[3], (const int64_t[]){-1, -1, -1, -1});
}
END_TEST

START_TEST(offsets_of_structs_and_of_columns_add_up)
{
    const uint8_t valid[] = {0xef};
    const int64_t counts[] = {9, 9, 5, 6};
    const fake_column columns[] = {
        {.name = "period", .format = "tdD", .offset = 0, .buffers = {NULL, days}},
        {.name = "count", .format = "l", .length = 3, .offset = 1, .buffers = {NULL, counts}},
        {.name = "unit",
         .format = "u",
         .length = 3,
         .offset = 1,
         .nulls = -1,
         .buffers = {valid, units.offsets, units.text}},
        service_column,
        channel_column,
    };
    fake of = FAKE(columns, 2);
    of.offset = 1;
    poupa_attendance *table = NULL;
    poupa_record record;
    ASSERT_OK(import_fake(&of, NULL, &table, &err));
    ck_assert_uint_eq(poupa_attendance_rows(table), 2);
    ASSERT_OK(poupa_attendance_at(table, 1, &record, &err));
    ck_assert_int_eq(record.count, 6);
    ck_assert_int_eq(record.period.first, 0);
    ck_assert_str_eq(record.unit, "bauru");
    ck_assert_str_eq(record.service, "cnh");
    poupa_attendance_release(table);
}
END_TEST

START_TEST(buffers_may_lie_at_any_address)
{
    char room[3][64];
    const int64_t counts[] = {5, 6, 7, 8};
    memcpy(room[0] + 1, counts, sizeof counts);
    memcpy(room[1] + 1, units.offsets, sizeof units.offsets);
    memcpy(room[2] + 1, units.large, sizeof units.large);
    const fake_column columns[] = {
        NUMBERS("count", "l", room[0] + 1),
        {.name = "unit", .format = "u", .buffers = {NULL, room[1] + 1, units.text}},
        {.name = "unit", .format = "U", .buffers = {NULL, room[2] + 1, units.text}},
    };
    check_numbers(&columns[0], counts);
    check_units(&columns[1]);
    check_units(&columns[2]);
}
END_TEST

START_TEST(no_batches_and_empty_batches_make_a_table)
{
    const fake_column columns[] = {NUMBERS("period", "tdD", days), service_column,
                                   channel_column};
    for (size_t batches = 0; batches < 3; batches++) {
        fake of = FAKE(columns, 0);
        of.batches = batches;
        poupa_attendance *table = NULL;
        ASSERT_OK(import_fake(&of, NULL, &table, &err));
        ck_assert_uint_eq(poupa_attendance_rows(table), 0);
        poupa_attendance_release(table);
    }
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    const int32_t keys[] = {0, 1, 2, 3};
    const fake_column words = {
        .format = "u", .length = 4, .buffers = {NULL, units.offsets, units.text}};
    const fake_column columns[] = {
        UTF8("period", forms),
        service_column,
        channel_column,
        {.name = "unit", .format = "i", .buffers = {NULL, keys}, .words = &words}};
    fake of = FAKE(columns, 4);
    of.batches = 300; /* more rows than the first segment has */
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_status status = POUPA_ERR_MEMORY;
    for (size_t call = 1; status == POUPA_ERR_MEMORY; call++) {
        poupa_attendance *table = NULL;
        state.calls = 0;
        state.fail_at = call;
        status = import_fake(&of, &allocator, &table, NULL);
        poupa_attendance_release(table);
        assert_nothing_leaked(&state);
    }
    ck_assert_int_eq(status, POUPA_OK);
    ck_assert_uint_gt(state.calls, 30);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "arrow: import", a_table_comes_back_from_its_stream,
        only_words_that_rows_have_are_taken_in_their_order,
        batches_with_dictionaries_of_their_own_make_one_table, periods_are_dates_of_any_kind,
        periods_are_texts_of_every_form, a_kind_tells_what_begins_on_a_day, texts_have_any_layout,
        long_texts_of_views_stand_in_buffers, keys_of_dictionaries_are_integers_of_any_type,
        nulls_are_those_of_keys_and_those_of_words,
        a_dictionary_larger_than_the_batch_is_looked_up, numbers_have_any_type,
        a_null_is_one_attendance_and_no_seconds, offsets_of_structs_and_of_columns_add_up,
        buffers_may_lie_at_any_address, no_batches_and_empty_batches_make_a_table,
        every_allocation_may_fail);
}
