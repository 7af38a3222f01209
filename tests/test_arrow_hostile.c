/* test_arrow_hostile.c - streams that break the specification, or hold what records cannot:
 * each is refused with a reason, and all that was handed out is released. */
#include <errno.h>
#include <stdio.h>

#include "test_arrow.h"
#include "test_arrow_fake.h"

static const four_texts services = FOUR_TEXTS("rg", "cnh", "rg", "cnh");
static const int32_t days[] = {18792, 18793, 18794, 18795};
static const int32_t keys[] = {0, 1, 2, 3};
static const int64_t counts[] = {1, 2, 3, 4};

static const fake_column words = {
    .format = "u", .length = 4, .buffers = {NULL, services.offsets, services.text}};

enum { PERIOD, SERVICE, CHANNEL, ATTENDANCES };

static const fake_column good_columns[] = {
    NUMBERS("period", "tdD", days),
    UTF8("service", services),
    {.name = "channel", .format = "i", .buffers = {NULL, keys}, .words = &words},
    NUMBERS("count", "l", counts),
};

/* A stream that would be good, if it were not for its spoilers. */
static fake good(void)
{
    return FAKE(good_columns, 4);
}

START_TEST(the_good_stream_is_good)
{
    fake of = good();
    poupa_attendance *table = NULL;
    ASSERT_OK(import_fake(&of, NULL, &table, &err));
    ck_assert_uint_eq(poupa_attendance_rows(table), 4);
    poupa_attendance_release(table);
}
END_TEST

/* -- Streams ------------------------------------------------------------- */

START_TEST(a_stream_that_cannot_be_read_is_refused_and_released)
{
    poupa_attendance *table = NULL;
    fake of = good();
    struct ArrowArrayStream stream = fake_stream(&of);
    ASSERT_FAILS(poupa_attendance_from_arrow(NULL, NULL, &table, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_attendance_from_arrow(&stream, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(of.live, 0);
    ASSERT_FAILS(poupa_attendance_from_arrow(&stream, NULL, &table, &err), POUPA_ERR_ARGUMENT);
    ck_assert_ptr_null(table);
    stream = fake_stream(&of);
    stream.get_schema = NULL;
    ASSERT_FAILS(poupa_attendance_from_arrow(&stream, NULL, &table, &err), POUPA_ERR_ARGUMENT);
    stream = fake_stream(&of);
    stream.get_next = NULL;
    ASSERT_FAILS(poupa_attendance_from_arrow(&stream, NULL, &table, &err), POUPA_ERR_ARGUMENT);
    ck_assert_int_eq(of.live, 0);
    stream = fake_stream(&of);
    stream.get_last_error = NULL;
    of.schema_code = EIO;
    ASSERT_FAILS(poupa_attendance_from_arrow(&stream, NULL, &table, &err), POUPA_ERR_IO);
}
END_TEST

START_TEST(what_the_stream_says_becomes_the_error)
{
    static const struct {
        int code;
        poupa_status status;
    } codes[] = {{EIO, POUPA_ERR_IO},
                 {ENOMEM, POUPA_ERR_MEMORY},
                 {EINVAL, POUPA_ERR_INVALID},
                 {ECANCELED, POUPA_ERR_CANCELLED},
                 {-1, POUPA_ERR_IO}};
    char expected[64];
    for (size_t i = 0; i < COUNT(codes); i++) {
        fake of = good();
        of.message = "não há mais papel";
        of.next_code = codes[i].code;
        snprintf(expected, sizeof expected, "the stream failed (%d): %s", codes[i].code,
                 of.message);
        import_fails(&of, codes[i].status, "", "", expected);
        of.schema_code = codes[i].code;
        import_fails(&of, codes[i].status, "", "", expected);
    }
    fake of = good();
    of.next_code = EIO;
    import_fails(&of, POUPA_ERR_IO, "", "", "the stream failed (5): no reason given");
    of.message = "\xff!";
    import_fails(&of, POUPA_ERR_IO, "", "", "the stream failed (5): ?!");
}
END_TEST

/* -- Schemas ------------------------------------------------------------- */

#define SPOIL_SCHEMA(name, statement)                                                            \
    static void name(struct ArrowSchema *schema)                                                 \
    {                                                                                            \
        statement;                                                                               \
    }

SPOIL_SCHEMA(schema_without_format, schema->format = NULL)
SPOIL_SCHEMA(schema_not_a_struct, schema->format = "l")
SPOIL_SCHEMA(schema_of_less_than_no_columns, schema->n_children = -1)
SPOIL_SCHEMA(schema_of_too_many_columns, schema->n_children = INT64_MAX)
SPOIL_SCHEMA(schema_without_columns, schema->children = NULL)
SPOIL_SCHEMA(column_null, schema->children[1] = NULL)
SPOIL_SCHEMA(column_released, schema->children[1]->release = NULL)
SPOIL_SCHEMA(column_without_format, schema->children[1]->format = NULL)
SPOIL_SCHEMA(column_without_its_children, schema->children[1]->n_children = 2)
SPOIL_SCHEMA(column_without_name, schema->children[1]->name = NULL)
SPOIL_SCHEMA(column_of_another_name, schema->children[2]->name = "Channel")
SPOIL_SCHEMA(column_twice, schema->children[3]->name = "period")
SPOIL_SCHEMA(words_released, schema->children[2]->dictionary->release = NULL)
SPOIL_SCHEMA(words_without_format, schema->children[2]->dictionary->format = NULL)
SPOIL_SCHEMA(words_not_texts, schema->children[2]->dictionary->format = "l")
SPOIL_SCHEMA(words_with_words,
             schema->children[2]->dictionary->dictionary = schema->children[2]->dictionary)
SPOIL_SCHEMA(keys_not_integers, schema->children[2]->format = "g")
SPOIL_SCHEMA(keys_dates, schema->children[2]->format = "tdD")
SPOIL_SCHEMA(period_of_another_zone, schema->children[0]->format = "tss:America/Sao_Paulo")
SPOIL_SCHEMA(period_time, schema->children[0]->format = "tts")
SPOIL_SCHEMA(period_null, schema->children[0]->format = "n")
SPOIL_SCHEMA(service_number, schema->children[1]->format = "i")
SPOIL_SCHEMA(service_binary, schema->children[1]->format = "z")
SPOIL_SCHEMA(count_fraction, schema->children[3]->format = "d:38,2")
SPOIL_SCHEMA(count_bool, schema->children[3]->format = "b")
SPOIL_SCHEMA(count_date, schema->children[3]->format = "tdD")
SPOIL_SCHEMA(count_empty_format, schema->children[3]->format = "")

typedef struct bad_schema {
    void (*spoil)(struct ArrowSchema *schema);
    poupa_status status;
    const char *code;
    const char *path;
    const char *message;
} bad_schema;

static const bad_schema bad_schemas[] = {
    {schema_without_format, POUPA_ERR_ARGUMENT, "", "", "the stream: the schema has no format"},
    {schema_not_a_struct, POUPA_ERR_INVALID, "", "", "a stream of structs (\"+s\"), found"},
    {schema_of_less_than_no_columns, POUPA_ERR_ARGUMENT, "", "", "the stream: the schema has"},
    {schema_of_too_many_columns, POUPA_ERR_LIMIT, "", "", "the stream: 9223372036854775807"},
    {schema_without_columns, POUPA_ERR_ARGUMENT, "", "", "the stream: the schema lacks its"},
    {column_null, POUPA_ERR_ARGUMENT, "", "", "a column: the schema is NULL"},
    {column_released, POUPA_ERR_ARGUMENT, "", "", "a column: the schema was released"},
    {column_without_format, POUPA_ERR_ARGUMENT, "", "", "a column: the schema has no format"},
    {column_without_its_children, POUPA_ERR_ARGUMENT, "", "", "a column: the schema lacks"},
    {column_without_name, POUPA_ERR_INVALID, "E2001", "/service", "service: there is no column"},
    {column_of_another_name, POUPA_ERR_INVALID, "E2001", "/channel", "channel: there is no"},
    {column_twice, POUPA_ERR_INVALID, "E1006", "/period", "period: two columns have this name"},
    {words_released, POUPA_ERR_ARGUMENT, "", "", "channel: the schema was released"},
    {words_without_format, POUPA_ERR_ARGUMENT, "", "", "channel: the schema has no format"},
    {words_not_texts, POUPA_ERR_INVALID, "E2002", "/channel", "channel: a column of texts"},
    {words_with_words, POUPA_ERR_INVALID, "E2002", "/channel", "channel: a column of texts"},
    {keys_not_integers, POUPA_ERR_INVALID, "E2002", "/channel", "channel: a column of texts"},
    {keys_dates, POUPA_ERR_INVALID, "E2002", "/channel", "channel: a column of texts"},
    {period_of_another_zone, POUPA_ERR_INVALID, "E2002", "/period",
     "period: a column of dates, timestamps without a zone or in UTC, or texts, found format "
     "\"tss:America/Sao_Paulo\""},
    {period_time, POUPA_ERR_INVALID, "E2002", "/period", "period: a column of dates"},
    {period_null, POUPA_ERR_INVALID, "E2002", "/period", "period: a column of dates"},
    {service_number, POUPA_ERR_INVALID, "E2002", "/service", "service: a column of texts"},
    {service_binary, POUPA_ERR_INVALID, "E2002", "/service", "service: a column of texts"},
    {count_fraction, POUPA_ERR_INVALID, "E2002", "/count",
     "count: a column of integers or floats, found format \"d:38,2\""},
    {count_bool, POUPA_ERR_INVALID, "E2002", "/count",
     "count: a column of integers or floats, found"},
    {count_date, POUPA_ERR_INVALID, "E2002", "/count",
     "count: a column of integers or floats, found"},
    {count_empty_format, POUPA_ERR_INVALID, "E2002", "/count", "count: a column of integers"},
};

START_TEST(a_schema_that_cannot_be_is_refused)
{
    for (size_t i = 0; i < COUNT(bad_schemas); i++) {
        fake of = good();
        of.spoil_schema = bad_schemas[i].spoil;
        import_fails(&of, bad_schemas[i].status, bad_schemas[i].code, bad_schemas[i].path,
                     bad_schemas[i].message);
    }
}
END_TEST

/* -- Arrays -------------------------------------------------------------- */

#define SPOIL_BATCH(name, statement)                                                             \
    static void name(struct ArrowArray *batch)                                                   \
    {                                                                                            \
        statement;                                                                               \
    }

SPOIL_BATCH(length_below_zero, batch->length = -1)
SPOIL_BATCH(length_too_large, batch->length = INT64_MAX)
SPOIL_BATCH(length_beyond_32_bits, batch->length += INT64_C(1) << 32)
SPOIL_BATCH(offset_beyond_32_bits, batch->offset += INT64_C(1) << 32)
SPOIL_BATCH(offset_below_zero, batch->offset = -1)
SPOIL_BATCH(offset_too_large, batch->offset = INT64_MAX)
SPOIL_BATCH(nulls_below_zero, batch->null_count = -2)
SPOIL_BATCH(nulls_too_many, batch->null_count = 5)
SPOIL_BATCH(nulls_without_bitmap, batch->null_count = 1)
SPOIL_BATCH(no_buffers, batch->buffers = NULL)
SPOIL_BATCH(buffers_below_zero, batch->n_buffers = -1)
SPOIL_BATCH(children_too_few, batch->n_children = 3)
SPOIL_BATCH(children_below_zero, batch->n_children = -4)
SPOIL_BATCH(children_beyond_32_bits, batch->n_children += INT64_C(1) << 32)
SPOIL_BATCH(no_children, batch->children = NULL)
SPOIL_BATCH(row_null, batch->null_count = -1; static const uint8_t bits[] = {0x0b};
            batch->buffers[0] = bits)
SPOIL_BATCH(array_null, batch->children[PERIOD] = NULL)
SPOIL_BATCH(array_released, batch->children[PERIOD]->release = NULL)
SPOIL_BATCH(array_length_below_zero, batch->children[PERIOD]->length = -1)
SPOIL_BATCH(array_length_too_large, batch->children[PERIOD]->length = INT64_MAX)
SPOIL_BATCH(array_offset_below_zero, batch->children[PERIOD]->offset = -1)
SPOIL_BATCH(array_offset_too_large, batch->children[PERIOD]->offset = INT64_MAX)
SPOIL_BATCH(array_too_short, batch->children[PERIOD]->length = 3)
SPOIL_BATCH(array_shorter_than_offset, batch->offset = 1)
SPOIL_BATCH(array_nulls_too_many, batch->children[PERIOD]->null_count = 5)
SPOIL_BATCH(array_nulls_below_zero, batch->children[PERIOD]->null_count = -2)
SPOIL_BATCH(array_nulls_without_bitmap, batch->children[PERIOD]->null_count = 4)
SPOIL_BATCH(array_no_buffers, batch->children[PERIOD]->buffers = NULL)
SPOIL_BATCH(array_one_buffer, batch->children[PERIOD]->n_buffers = 1)
SPOIL_BATCH(array_buffers_below_zero, batch->children[PERIOD]->n_buffers = -1)
SPOIL_BATCH(array_no_values, static const void *none[2]; batch->children[PERIOD]->buffers = none)
SPOIL_BATCH(text_two_buffers, batch->children[SERVICE]->n_buffers = 2)
SPOIL_BATCH(dictionary_null, batch->children[CHANNEL]->dictionary = NULL)
SPOIL_BATCH(dictionary_released, batch->children[CHANNEL]->dictionary->release = NULL)
SPOIL_BATCH(dictionary_too_large, batch->children[CHANNEL]->dictionary->length = INT64_C(1) << 40)
SPOIL_BATCH(dictionary_length_below_zero, batch->children[CHANNEL]->dictionary->length = -1)
SPOIL_BATCH(dictionary_too_small, batch->children[CHANNEL]->dictionary->length = 3)
SPOIL_BATCH(dictionary_empty, batch->children[CHANNEL]->dictionary->length = 0)

typedef struct bad_batch {
    void (*spoil)(struct ArrowArray *batch);
    poupa_status status;
    const char *message;
} bad_batch;

static const bad_batch bad_batches[] = {
    {length_below_zero, POUPA_ERR_ARGUMENT, "the batch at row 0 has a length or an offset"},
    {length_too_large, POUPA_ERR_ARGUMENT, "the batch at row 0 has a length or an offset"},
    /* Sizes of 32 bits refuse these at once, and larger ones since the columns are shorter. */
    {length_beyond_32_bits, POUPA_ERR_ARGUMENT, ""},
    {offset_beyond_32_bits, POUPA_ERR_ARGUMENT, ""},
    {offset_below_zero, POUPA_ERR_ARGUMENT, "the batch at row 0 has a length or an offset"},
    {offset_too_large, POUPA_ERR_ARGUMENT, "the batch at row 0 has a length or an offset"},
    {nulls_below_zero, POUPA_ERR_ARGUMENT, "the batch at row 0 has a null count"},
    {nulls_too_many, POUPA_ERR_ARGUMENT, "the batch at row 0 has a null count"},
    {nulls_without_bitmap, POUPA_ERR_ARGUMENT, "the batch at row 0 has nulls and no bitmap"},
    {no_buffers, POUPA_ERR_ARGUMENT, "the batch at row 0 lacks its one buffer"},
    {buffers_below_zero, POUPA_ERR_ARGUMENT, "the batch at row 0 lacks its one buffer"},
    {children_too_few, POUPA_ERR_ARGUMENT, "the batch at row 0 has other columns"},
    {children_below_zero, POUPA_ERR_ARGUMENT, "the batch at row 0 has other columns"},
    {children_beyond_32_bits, POUPA_ERR_ARGUMENT, "the batch at row 0 has other columns"},
    {no_children, POUPA_ERR_ARGUMENT, "the batch at row 0 has other columns"},
    {row_null, POUPA_ERR_INVALID, "row 2 is null"},
    {array_null, POUPA_ERR_ARGUMENT, "period: the array is NULL"},
    {array_released, POUPA_ERR_ARGUMENT, "period: the array was released"},
    {array_length_below_zero, POUPA_ERR_ARGUMENT, "period: the array has a length"},
    {array_length_too_large, POUPA_ERR_ARGUMENT, "period: the array has a length"},
    {array_offset_below_zero, POUPA_ERR_ARGUMENT, "period: the array has an offset"},
    {array_offset_too_large, POUPA_ERR_ARGUMENT, "period: the array has an offset"},
    {array_too_short, POUPA_ERR_ARGUMENT, "period: the array is shorter than the struct"},
    {array_shorter_than_offset, POUPA_ERR_ARGUMENT, "service: the array is shorter"},
    {array_nulls_too_many, POUPA_ERR_ARGUMENT, "period: the array has a null count"},
    {array_nulls_below_zero, POUPA_ERR_ARGUMENT, "period: the array has a null count"},
    {array_nulls_without_bitmap, POUPA_ERR_ARGUMENT, "period: the array has nulls and no"},
    {array_no_buffers, POUPA_ERR_ARGUMENT, "period: the array lacks its buffers"},
    {array_one_buffer, POUPA_ERR_ARGUMENT, "period: the array has another number of buffers"},
    {array_buffers_below_zero, POUPA_ERR_ARGUMENT, "period: the array has another number"},
    {array_no_values, POUPA_ERR_ARGUMENT, "period: the array lacks its values"},
    {text_two_buffers, POUPA_ERR_ARGUMENT, "service: the array has another number of buffers"},
    {dictionary_null, POUPA_ERR_ARGUMENT, "channel: the dictionary is NULL"},
    {dictionary_released, POUPA_ERR_ARGUMENT, "channel: the dictionary was released"},
    {dictionary_too_large, POUPA_ERR_LIMIT, "channel: a dictionary of 1099511627776 words"},
    {dictionary_length_below_zero, POUPA_ERR_ARGUMENT, "channel: the dictionary has a length"},
    {dictionary_too_small, POUPA_ERR_ARGUMENT, "channel, row 3: a key that the dictionary"},
    {dictionary_empty, POUPA_ERR_ARGUMENT, "channel, row 0: a key that the dictionary"},
};

START_TEST(an_array_that_cannot_be_is_refused)
{
    for (size_t i = 0; i < COUNT(bad_batches); i++) {
        fake of = good();
        of.spoil_batch = bad_batches[i].spoil;
        import_fails(&of, bad_batches[i].status, "", "", bad_batches[i].message);
    }
}
END_TEST

/* -- Every field in turn -------------------------------------------------- */

/* Counts down to the change that is due. */
static size_t changes_left;
static bool changed;

static bool is_due(void)
{
    bool due = changes_left-- == 0;
    changed = changed || due;
    return due;
}

static void change_number(int64_t *number)
{
    static const int64_t values[] = {-1, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < COUNT(values); i++) {
        if (is_due())
            *number = values[i];
    }
}

static void change_schema(struct ArrowSchema *schema)
{
    struct ArrowSchema *const *children = schema->children;
    int64_t count = schema->n_children;
    struct ArrowSchema *dictionary = schema->dictionary;
    if (is_due())
        schema->format = NULL;
    if (is_due())
        schema->format = "";
    if (is_due())
        schema->name = NULL;
    if (is_due())
        schema->children = NULL;
    if (is_due())
        schema->dictionary = NULL;
    change_number(&schema->n_children);
    for (int64_t i = 0; i < count; i++) {
        if (is_due())
            children[i]->release = NULL;
        change_schema(children[i]);
    }
    if (dictionary)
        change_schema(dictionary);
}

static void change_array(struct ArrowArray *array)
{
    struct ArrowArray *const *children = array->children;
    int64_t count = array->n_children;
    struct ArrowArray *dictionary = array->dictionary;
    if (is_due())
        array->buffers = NULL;
    if (is_due())
        array->children = NULL;
    if (is_due())
        array->dictionary = NULL;
    change_number(&array->length);
    change_number(&array->null_count);
    change_number(&array->offset);
    change_number(&array->n_buffers);
    change_number(&array->n_children);
    for (int64_t i = 0; i < count; i++) {
        if (is_due())
            children[i]->release = NULL;
        change_array(children[i]);
    }
    if (dictionary)
        change_array(dictionary);
}

/* What a change makes of the good stream: its records, or an error that is not of memory. */
static size_t try_changes(fake of)
{
    size_t failures = 0;
    changed = true;
    for (size_t i = 0; changed; i++) {
        poupa_attendance *table = NULL;
        poupa_error err;
        changed = false;
        changes_left = i;
        poupa_status status = import_fake(&of, NULL, &table, &err);
        ck_assert(status == POUPA_OK || status == POUPA_ERR_ARGUMENT ||
                  status == POUPA_ERR_INVALID || status == POUPA_ERR_LIMIT);
        ck_assert_uint_eq(poupa_attendance_rows(table), status == POUPA_OK ? 4 : 0);
        failures += status != POUPA_OK;
        poupa_attendance_release(table);
    }
    return failures;
}

START_TEST(no_field_is_trusted)
{
    fake of = good();
    of.spoil_schema = change_schema;
    ck_assert_uint_gt(try_changes(of), 30);
    of = good();
    of.spoil_batch = change_array;
    ck_assert_uint_gt(try_changes(of), 60);
}
END_TEST

int main(void)
{
    return RUN_SUITE("arrow: hostile", the_good_stream_is_good,
                     a_stream_that_cannot_be_read_is_refused_and_released,
                     what_the_stream_says_becomes_the_error, a_schema_that_cannot_be_is_refused,
                     an_array_that_cannot_be_is_refused, no_field_is_trusted);
}
