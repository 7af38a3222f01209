/* test_arrow.h - tables to export, and a reading of Arrow structures by the specification
 * alone: every structure is checked while its values are read. */
#ifndef TEST_ARROW_H
#define TEST_ARROW_H

#include <string.h>

#include "poupa/arrow.h"
#include "suite.h"

/* -- Tables -------------------------------------------------------------- */

/* A record that its number tells apart. */
static inline poupa_record record_of(size_t number)
{
    static const char *const periods[] = {"2021-06-14", "2021-06",    "2020", "2021-S1",
                                          "2021-Q3",    "1969-12-31", "0001", "9999-12-31"};
    static const char *const units[] = {"itaquera", NULL, "santos", "", "bauru"};
    static const char *const services[] = {"rg", "cnh", "procon-sp.reclamacao"};
    poupa_record record = {
        .unit = units[number / 2 % 5],
        .service = services[number % 3],
        .channel = number % 7 ? "presencial" : "portal",
        .count = number % 11 ? (int64_t)number : INT64_MAX,
        .wait_s = {(int32_t)(number % 4), number % 4 != 0},
        .service_s = {INT32_MAX, number % 9 == 0},
    };
    const char *period = periods[number % 8];
    (void)poupa_period_parse(period, strlen(period), &record.period, NULL);
    return record;
}

/* A table of the records with numbers from `first` on. */
static inline poupa_attendance *table_from(size_t first, size_t count,
                                           const poupa_allocator *allocator)
{
    poupa_builder *builder = NULL;
    poupa_attendance *table = NULL;
    ASSERT_OK(poupa_builder_new(allocator, &builder, &err));
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        poupa_record record = record_of(first + i);
        good = good && poupa_builder_append(builder, &record, NULL) == POUPA_OK;
    }
    ck_assert(good);
    ASSERT_OK(poupa_builder_finish(builder, &table, &err));
    poupa_builder_free(builder);
    return table;
}

/* -- What is asked for ---------------------------------------------------- */

/* Requested schemas here are not on the heap. */
static inline void keep(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

/* A column, and a struct of columns, for a requested schema. */
static inline struct ArrowSchema ask(const char *name, const char *format,
                                     struct ArrowSchema *dictionary)
{
    return (struct ArrowSchema){
        .format = format, .name = name, .dictionary = dictionary, .release = keep};
}

static inline struct ArrowSchema ask_struct(struct ArrowSchema **columns, int64_t count)
{
    return (struct ArrowSchema){
        .format = "+s", .n_children = count, .children = columns, .release = keep};
}

/* The same for columns that stand in one array; `columns` has room for as many. */
static inline struct ArrowSchema ask_all(struct ArrowSchema *asked, size_t count,
                                         struct ArrowSchema **columns)
{
    for (size_t i = 0; i < count; i++)
        columns[i] = &asked[i];
    return ask_struct(columns, (int64_t)count);
}

/* -- Reading by the specification ---------------------------------------- */

static inline bool bit_at(const void *bits, int64_t index)
{
    return ((const uint8_t *)bits)[index / 8] >> index % 8 & 1;
}

static inline bool valid_at(const struct ArrowArray *array, int64_t row)
{
    return array->buffers[0] == NULL || bit_at(array->buffers[0], array->offset + row);
}

static inline int64_t integer_at(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                 int64_t row)
{
    int64_t at = array->offset + row;
    switch (schema->format[0]) {
    case 'b':
        return bit_at(array->buffers[1], at);
    case 'l':
        return ((const int64_t *)array->buffers[1])[at];
    default:
        return ((const int32_t *)array->buffers[1])[at];
    }
}

/* A text; its size is -1 where it is null. */
typedef struct arrow_text {
    const char *data;
    int64_t size;
} arrow_text;

static inline arrow_text text_at(const struct ArrowSchema *schema, const struct ArrowArray *array,
                                 int64_t row)
{
    if (!valid_at(array, row))
        return (arrow_text){"", -1};
    if (schema->dictionary)
        return text_at(schema->dictionary, array->dictionary, integer_at(schema, array, row));
    int64_t at = array->offset + row;
    bool large = schema->format[0] == 'U';
    const int32_t *narrow = array->buffers[1];
    const int64_t *wide = array->buffers[1];
    int64_t start = large ? wide[at] : narrow[at];
    int64_t end = large ? wide[at + 1] : narrow[at + 1];
    return (arrow_text){(const char *)array->buffers[2] + start, end - start};
}

static inline bool text_is(arrow_text text, const char *expected)
{
    if (expected == NULL || expected[0] == '\0')
        return text.size == -1;
    return text.size == (int64_t)strlen(expected) &&
           memcmp(text.data, expected, (size_t)text.size) == 0;
}

static inline double real_at(const struct ArrowArray *array, int64_t row)
{
    return ((const double *)array->buffers[1])[array->offset + row];
}

static inline int64_t column_index(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (strcmp(schema->children[i]->name, name) == 0)
            return i;
    }
    ck_abort_msg("there is no column %s", name);
    return -1;
}

/* -- Checking structures ------------------------------------------------- */

/* Assertions are slow, so that rows are checked first and asserted together. */

static inline void check_nulls(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    int64_t nulls = 0;
    bool zero = true;
    bool text = schema->format[0] == 'u' || schema->format[0] == 'U';
    for (int64_t row = 0; row < array->length; row++) {
        if (valid_at(array, row))
            continue;
        nulls++;
        if (schema->format[0] == 'g')
            zero = zero && memcmp(&(double){0}, &(double){real_at(array, row)}, 8) == 0;
        else if (!text)
            zero = zero && integer_at(schema, array, row) == 0;
    }
    ck_assert(zero);
    ck_assert_int_eq(array->null_count, nulls);
    ck_assert_int_eq(array->buffers[0] != NULL, nulls > 0);
    ck_assert(nulls == 0 || schema->flags & ARROW_FLAG_NULLABLE);
}

static inline void check_texts(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    bool good = true;
    for (int64_t row = 0; row < array->length; row++) {
        arrow_text one = text_at(schema, array, row);
        good = good && one.size >= -1 &&
               (one.size <= 0 || poupa_utf8_valid(one.data, (size_t)one.size));
    }
    ck_assert(good);
}

static inline void check_codes(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    bool good = true;
    for (int64_t row = 0; row < array->length; row++) {
        int64_t code = integer_at(schema, array, row);
        good = good && (!valid_at(array, row) || (code >= 0 && code < array->dictionary->length));
    }
    ck_assert(good);
    ck_assert_str_eq(schema->format, "i");
}

static inline void check_array(const struct ArrowSchema *schema, const struct ArrowArray *array)
{
    bool nested = strcmp(schema->format, "+s") == 0;
    bool text = strcmp(schema->format, "u") == 0 || strcmp(schema->format, "U") == 0;
    ck_assert(schema->release != NULL);
    ck_assert(array->release != NULL);
    ck_assert_int_ge(array->length, 0);
    ck_assert_int_ge(array->offset, 0);
    ck_assert_int_eq(array->n_buffers, nested ? 1 : text ? 3 : 2);
    ck_assert_int_eq(array->n_children, schema->n_children);
    ck_assert_int_eq(array->dictionary != NULL, schema->dictionary != NULL);
    for (int64_t i = 0; i < array->n_buffers; i++)
        ck_assert_uint_eq((uintptr_t)array->buffers[i] % 64, 0);
    for (int64_t i = 0; i < array->n_children; i++) {
        ck_assert_int_ge(array->children[i]->length, array->offset + array->length);
        check_array(schema->children[i], array->children[i]);
    }
    if (nested) {
        ck_assert_int_eq(array->null_count, 0);
        ck_assert_ptr_null(array->buffers[0]);
        return;
    }
    for (int64_t i = 1; i < array->n_buffers; i++)
        ck_assert_ptr_nonnull(array->buffers[i]);
    check_nulls(schema, array);
    if (text)
        check_texts(schema, array);
    if (array->dictionary) {
        check_array(schema->dictionary, array->dictionary);
        check_codes(schema, array);
    }
}

/* -- Streams ------------------------------------------------------------- */

static inline struct ArrowSchema schema_of(struct ArrowArrayStream *stream)
{
    struct ArrowSchema schema;
    ck_assert_int_eq(stream->get_schema(stream, &schema), 0);
    return schema;
}

/* The next batch, checked; its release is NULL at the end. */
static inline struct ArrowArray next_of(struct ArrowArrayStream *stream,
                                        const struct ArrowSchema *schema)
{
    struct ArrowArray batch;
    ck_assert_int_eq(stream->get_next(stream, &batch), 0);
    if (batch.release) {
        ck_assert_int_gt(batch.length, 0);
        ck_assert_int_le(batch.length, 262144);
        check_array(schema, &batch);
    }
    return batch;
}

/* Asserts that the rows of a batch are those of a table from `first` on. */
static inline void check_records(const struct ArrowSchema *schema, const struct ArrowArray *batch,
                                 const poupa_attendance *table, size_t first)
{
    static const char *const kinds[] = {"", "year", "half", "quarter", "month", "day"};
    static const char *const names[] = {"period",  "period_kind", "unit",   "service",
                                        "channel", "count",       "wait_s", "service_s"};
    struct ArrowSchema *s[8];
    struct ArrowArray *a[8];
    for (size_t i = 0; i < 8; i++) {
        int64_t at = column_index(schema, names[i]);
        s[i] = schema->children[at];
        a[i] = batch->children[at];
    }
    for (int64_t row = 0; row < batch->length; row++) {
        poupa_record record;
        bool same = poupa_attendance_at(table, first + (size_t)row, &record, NULL) == POUPA_OK &&
                    integer_at(s[0], a[0], row) == record.period.first &&
                    text_is(text_at(s[1], a[1], row), kinds[record.period.kind]) &&
                    text_is(text_at(s[2], a[2], row), record.unit) &&
                    text_is(text_at(s[3], a[3], row), record.service) &&
                    text_is(text_at(s[4], a[4], row), record.channel) &&
                    integer_at(s[5], a[5], row) == record.count &&
                    valid_at(a[6], row) == record.wait_s.present &&
                    integer_at(s[6], a[6], row) == record.wait_s.value &&
                    valid_at(a[7], row) == record.service_s.present &&
                    integer_at(s[7], a[7], row) == record.service_s.value;
        if (!same)
            ck_abort_msg("row %zu", first + (size_t)row);
    }
}

/* Asserts that a stream, which is released, is of the rows of a table; returns the number
 * of batches. */
static inline size_t check_stream(struct ArrowArrayStream *stream, const poupa_attendance *table)
{
    size_t rows = 0;
    size_t batches = 0;
    struct ArrowSchema schema = schema_of(stream);
    for (struct ArrowArray batch; (batch = next_of(stream, &schema)).release; batches++) {
        check_records(&schema, &batch, table, rows);
        rows += (size_t)batch.length;
        batch.release(&batch);
    }
    ck_assert_uint_eq(rows, poupa_attendance_rows(table));
    ck_assert(next_of(stream, &schema).release == NULL);
    ck_assert_ptr_null(stream->get_last_error(stream));
    schema.release(&schema);
    stream->release(stream);
    ck_assert(stream->release == NULL);
    return batches;
}

/* Takes a stream of a table, which is let go of. */
static inline struct ArrowArrayStream stream_of(poupa_attendance *table)
{
    struct ArrowArrayStream stream;
    ASSERT_OK(poupa_attendance_to_arrow(table, NULL, NULL, &stream, &err));
    poupa_attendance_release(table);
    return stream;
}

#endif
