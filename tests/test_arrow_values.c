/* test_arrow_values.c - values that records cannot have, and places that cannot be: each is
 * refused with its column and row. */
#include <math.h>
#include <stdio.h>

#include "test_arrow.h"
#include "test_arrow_fake.h"

static const four_texts services = FOUR_TEXTS("rg", "cnh", "rg", "cnh");
static const int32_t days[] = {18792, 18793, 18794, 18795};

static const fake_column service_column = UTF8("service", services);
static const fake_column channel_column = UTF8("channel", services);

/* Asserts that a column is refused which stands beside good ones; rule "" is ARGUMENT. */
static void refused(const fake_column *column, const char *code, const char *message)
{
    char path[32];
    fake_column columns[] = {NUMBERS("period", "tdD", days), service_column, channel_column,
                             *column};
    size_t count = 3;
    while (count > 0 && strcmp(columns[count - 1].name, column->name) != 0)
        count--;
    if (count)
        columns[count - 1] = *column;
    fake of = {.columns = columns, .count = count ? 3 : 4, .rows = 4, .batches = 1};
    snprintf(path, sizeof path, "/%s", column->name);
    import_fails(&of, code[0] ? POUPA_ERR_INVALID : POUPA_ERR_ARGUMENT, code, code[0] ? path : "",
                 message);
}

START_TEST(ids_are_checked)
{
    static const four_texts capitals = FOUR_TEXTS("se", "se", "Se", "se");
    static const four_texts latin = FOUR_TEXTS("se", "s\xe9", "se", "se");
    static const four_texts empty = FOUR_TEXTS("rg", "rg", "rg", "");
    char many[140 * 4];
    memset(many, 'a', sizeof many);
    const int32_t ends[] = {0, 128, 128 + 129, 300, 300};
    const fake_column columns[] = {
        UTF8("unit", capitals),
        LARGE_UTF8("service", latin),
        UTF8("channel", empty),
        {.name = "unit", .format = "u", .buffers = {NULL, ends, many}}};
    refused(&columns[0], "E2003", "unit, row 2: \"Se\" is not an id: 1 to 128 of a-z");
    refused(&columns[1], "E2003", "service, row 1: \"s?\" is not an id");
    refused(&columns[2], "E2003", "channel, row 3: \"\" is not an id");
    refused(&columns[3], "E2003", "unit, row 1: \"aaaaaaaaaa");
}
END_TEST

START_TEST(what_is_required_is_not_null)
{
    const uint8_t valid[] = {0x0b};
    const int32_t keys[] = {0, 0, 1, 1};
    const fake_column words = {
        .format = "u",
        .length = 2,
        .nulls = 1,
        .buffers = {(const uint8_t[]){1}, services.offsets, services.text}};
    const fake_column columns[] = {
        {.name = "period", .format = "tdD", .nulls = 1, .buffers = {valid, days}},
        {.name = "service",
         .format = "u",
         .nulls = -1,
         .buffers = {valid, services.offsets, services.text}},
        {.name = "channel", .format = "i", .buffers = {NULL, keys}, .words = &words},
        {.name = "period",
         .format = "u",
         .nulls = 1,
         .buffers = {valid, services.offsets, services.text}},
    };
    refused(&columns[0], "E2001", "period, row 2: null, but it is required");
    refused(&columns[1], "E2001", "service, row 2: null, but it is required");
    refused(&columns[2], "E2001", "channel, row 2: null, but it is required");
    refused(&columns[3], "E2011", "period, row 0: \"rg\" is not a period");
}
END_TEST

START_TEST(dates_are_days_of_the_years_1_to_9999)
{
    const int32_t early[] = {0, -719163, 0, 0}, late[] = {0, 2932897, 0, 0};
    const int64_t noon[] = {0, 86400, -86399, 0};
    const int64_t far[] = {0, INT64_MAX / 86400 * 86400, 0, 0};
    const fake_column columns[] = {
        NUMBERS("period", "tdD", early), NUMBERS("period", "tdD", late),
        NUMBERS("period", "tss:", noon), NUMBERS("period", "tss:", far)};
    refused(&columns[0], "E2011", "period, row 1: day -719163 is not of the years");
    refused(&columns[1], "E2011", "period, row 1: day 2932897 is not of the years");
    refused(&columns[2], "E2011", "period, row 2: -86399 is not at midnight");
    refused(&columns[3], "E2011", "period, row 1: day 106751991167300 is not of");
}
END_TEST

START_TEST(periods_are_no_ranges)
{
    static const four_texts ranges = FOUR_TEXTS("2021", "2021-S1", "2020/2021", "2021");
    static const four_texts halves = FOUR_TEXTS("2021", "2021-H1", "2021", "2021");
    const fake_column columns[] = {UTF8("period", ranges), UTF8("period", halves)};
    refused(&columns[0], "E2011", "period, row 2: a record has one year");
    refused(&columns[1], "E2011", "period, row 1: \"2021-H1\" is not a period; write 2021-S1");
}
END_TEST

/* Asserts that a kind is refused beside a column of periods. */
static void kind_refused(const fake_column *period, const four_texts *kinds, const char *code,
                         const char *path, const char *message)
{
    const fake_column columns[] = {*period, service_column, channel_column,
                                   UTF8("period_kind", *kinds)};
    const fake of = FAKE(columns, 4);
    import_fails(&of, POUPA_ERR_INVALID, code, path, message);
}

START_TEST(kinds_are_of_the_period)
{
    static const four_texts known = FOUR_TEXTS("day", "day", "month", "day");
    static const four_texts unknown = FOUR_TEXTS("day", "decade", "day", "day");
    static const four_texts periods = FOUR_TEXTS("2021-01-01", "2021", "2021-01-01", "2021");
    const fake_column dates = NUMBERS("period", "tdD", days);
    const fake_column texts = UTF8("period", periods);
    kind_refused(&dates, &known, "E2011", "/period_kind",
                 "period_kind, row 2: no month begins with this period");
    kind_refused(&texts, &known, "E2011", "/period_kind",
                 "period_kind, row 1: no day begins with this period");
    kind_refused(&dates, &unknown, "E2009", "/period_kind",
                 "period_kind, row 1: \"decade\" is none of year, half, quarter, month and day");
}
END_TEST

START_TEST(numbers_are_in_range)
{
    const int64_t below[] = {0, 0, -1, 0}, above[] = {0, INT64_C(1) << 31, 0, 0};
    const uint64_t large[] = {0, UINT64_MAX, 0, 0};
    const int8_t small[] = {-128, 0, 0, 0};
    const double reals[][4] = {
        {0, 0.5, 0, 0}, {0, NAN, 0, 0}, {0, -INFINITY, 0, 0}, {0, 1e300, 0, 0}, {0, -1, 0, 0}};
    const float half[] = {0, 1.5F, 0, 0};
    const uint64_t least[][2] = {{0, 0}, {UINT64_MAX, UINT64_MAX}, {0, 0}, {0, 0}};
    const uint64_t most[][2] = {{0, 0}, {0, 0}, {0, 1}, {0, 0}};
    const uint64_t over[][2] = {{INT64_MAX, 0}, {0, 0}, {0, 0}, {0, 0}};
    const fake_column columns[] = {
        NUMBERS("count", "l", below),     NUMBERS("count", "L", large),
        NUMBERS("wait_s", "l", above),    NUMBERS("service_s", "c", small),
        NUMBERS("wait_s", "g", reals[0]), NUMBERS("wait_s", "g", reals[1]),
        NUMBERS("wait_s", "g", reals[2]), NUMBERS("wait_s", "g", reals[3]),
        NUMBERS("wait_s", "g", reals[4]), NUMBERS("service_s", "f", half),
        NUMBERS("count", "g", reals[0]),  NUMBERS("count", "d:38,0", least),
        NUMBERS("count", "d:38,0", most), NUMBERS("wait_s", "d:19,0,128", over),
    };
    static const char *const messages[] = {
        "count, row 2: an integer from 0 to 9223372036854775807, found -1",
        "count, row 1: an integer from 0 to 9223372036854775807, found 18446744073709551615",
        "wait_s, row 1: an integer from 0 to 2147483647, found 2147483648",
        "service_s, row 0: an integer from 0 to 2147483647, found -128",
        "wait_s, row 1: an integer from 0 to 2147483647, found 0.5",
        "wait_s, row 1: an integer from 0 to 2147483647, found NaN",
        "wait_s, row 1: an integer from 0 to 2147483647, found an infinity",
        "wait_s, row 1: an integer from 0 to 2147483647, found 1e300",
        "wait_s, row 1: an integer from 0 to 2147483647, found -1",
        "service_s, row 1: an integer from 0 to 2147483647, found 1.5",
        "count, row 1: an integer from 0 to 9223372036854775807, found 0.5",
        "count, row 1: an integer from 0 to 9223372036854775807, found -1",
        "count, row 2: an integer from 0 to 9223372036854775807, found 1.8446744073709552e19",
        "wait_s, row 0: an integer from 0 to 2147483647, found 9223372036854775807",
    };
    for (size_t i = 0; i < COUNT(columns); i++)
        refused(&columns[i], "E1008", messages[i]);
}
END_TEST

START_TEST(keys_are_of_the_dictionary)
{
    const int8_t below[] = {0, 1, -1, 0};
    const uint64_t large[] = {0, UINT64_MAX, 0, 0};
    const int64_t past[] = {0, 4, 0, 0};
    const fake_column words = {
        .format = "u", .length = 4, .buffers = {NULL, services.offsets, services.text}};
    const fake_column columns[] = {
        {.name = "unit", .format = "c", .buffers = {NULL, below}, .words = &words},
        {.name = "unit", .format = "L", .buffers = {NULL, large}, .words = &words},
        {.name = "unit", .format = "l", .buffers = {NULL, past}, .words = &words},
    };
    refused(&columns[0], "", "unit, row 2: a key that the dictionary does not have");
    refused(&columns[1], "", "unit, row 1: a key that the dictionary does not have");
    refused(&columns[2], "", "unit, row 1: a key that the dictionary does not have");
}
END_TEST

START_TEST(texts_lie_where_they_can)
{
    const int32_t falling[] = {0, 2, 1, 2, 3}, negative[] = {-1, 1, 2, 3, 4};
    const int64_t large[] = {0, 1, INT64_MIN, 2, 3};
    const int32_t some[] = {0, 0, 0, 1, 1};
    const fake_column columns[] = {
        {.name = "unit", .format = "u", .buffers = {NULL, falling, services.text}},
        {.name = "unit", .format = "u", .buffers = {NULL, negative, services.text}},
        {.name = "unit", .format = "U", .buffers = {NULL, large, services.text}},
        {.name = "unit", .format = "u", .buffers = {NULL, some, NULL}},
    };
    const size_t rows[] = {1, 0, 1, 2};
    char message[80];
    for (size_t i = 0; i < COUNT(columns); i++) {
        snprintf(message, sizeof message, "unit, row %zu: the place of a text that cannot be",
                 rows[i]);
        refused(&columns[i], "", message);
    }
}
END_TEST

START_TEST(views_lie_where_they_can)
{
    typedef struct view {
        int32_t size;
        char head[4];
        int32_t buffer;
        int32_t offset;
    } view;
    static const char text[] = "a-long-word-of-30-letters-here";
    const int64_t sizes[] = {30};
    const view bad[] = {{-1, "", 0, 0},      {30, "a-lo", 1, 0},
                        {30, "a-lo", -1, 0}, {30, "a-lo", 0, 1},
                        {30, "a-lo", 0, -1}, {INT32_MAX, "a-lo", 0, INT32_MAX}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        const view views[] = {{2, "se", 0, 0}, {30, "a-lo", 0, 0}, bad[i], {2, "se", 0, 0}};
        const fake_column column = {.name = "unit",
                                    .format = "vu",
                                    .buffer_count = 4,
                                    .buffers = {NULL, views, text, sizes}};
        refused(&column, "", "unit, row 2: the place of a text that cannot be");
    }
    const view views[] = {{30, "a-lo", 0, 0}};
    fake_column column = {.name = "unit", .format = "vu", .buffers = {NULL, views, NULL}};
    refused(&column, "", "unit, row 0: the place of a text that cannot be");
    column.buffer_count = 4;
    refused(&column, "", "unit: the array lacks the sizes of its buffers");
}
END_TEST

static size_t batches_left;

/* Breaks the last batch. */
static void spoil_the_last(struct ArrowArray *batch)
{
    static const int64_t counts[] = {0, 0, 0, -1};
    static const void *buffers[] = {NULL, counts};
    if (--batches_left == 0)
        batch->children[3]->buffers = buffers;
}

START_TEST(rows_are_counted_over_all_batches)
{
    const int64_t counts[] = {0, 0, 0, 0};
    const fake_column columns[] = {NUMBERS("period", "tdD", days), service_column, channel_column,
                                   NUMBERS("count", "l", counts)};
    fake of = FAKE(columns, 4);
    of.batches = batches_left = 700;
    of.spoil_batch = spoil_the_last;
    import_fails(&of, POUPA_ERR_INVALID, "E1008", "/count", "count, row 2799: an integer from 0");
}
END_TEST

int main(void)
{
    return RUN_SUITE("arrow: values", ids_are_checked, what_is_required_is_not_null,
                     dates_are_days_of_the_years_1_to_9999, periods_are_no_ranges,
                     kinds_are_of_the_period, numbers_are_in_range, keys_are_of_the_dictionary,
                     texts_lie_where_they_can, views_lie_where_they_can,
                     rows_are_counted_over_all_batches);
}
