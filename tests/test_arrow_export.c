/* test_arrow_export.c - tables of records in the Arrow C interfaces. */
#define _XOPEN_SOURCE 700

#include "test_arrow.h"

#include <errno.h>
#include <pthread.h>

#include "counting.h"

/* -- Tables -------------------------------------------------------------- */

START_TEST(a_stream_has_the_records_of_the_table)
{
    const size_t sizes[] = {1, 7, 8, 9, 1023, 1024, 1025, 6000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct ArrowArrayStream stream;
        poupa_attendance *table = table_from(i, sizes[i], NULL);
        ASSERT_OK(poupa_attendance_to_arrow(table, NULL, NULL, &stream, &err));
        check_stream(&stream, table);
        poupa_attendance_release(table);
    }
}
END_TEST

START_TEST(an_empty_table_is_a_schema_without_batches)
{
    struct ArrowArrayStream stream;
    poupa_attendance *table = table_from(0, 0, NULL);
    ASSERT_OK(poupa_attendance_to_arrow(table, NULL, NULL, &stream, &err));
    ck_assert_uint_eq(check_stream(&stream, table), 0);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(the_schema_is_the_documented_one)
{
    static const struct {
        const char *name;
        const char *format;
        const char *words;
        int64_t flags;
    } expected[] = {
        {"period", "tdD", NULL, 0},
        {"period_kind", "i", "u", 0},
        {"unit", "i", "u", ARROW_FLAG_NULLABLE},
        {"service", "i", "u", 0},
        {"channel", "i", "u", 0},
        {"count", "l", NULL, 0},
        {"wait_s", "i", NULL, ARROW_FLAG_NULLABLE},
        {"service_s", "i", NULL, ARROW_FLAG_NULLABLE},
    };
    struct ArrowSchema schema;
    ASSERT_OK(poupa_attendance_arrow_schema(NULL, NULL, &schema, &err));
    ck_assert_str_eq(schema.format, "+s");
    ck_assert_int_eq(schema.n_children, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct ArrowSchema *column = schema.children[i];
        ck_assert_str_eq(column->name, expected[i].name);
        ck_assert_str_eq(column->format, expected[i].format);
        ck_assert_int_eq(column->flags, expected[i].flags);
        ck_assert_int_eq(column->dictionary != NULL, expected[i].words != NULL);
        if (expected[i].words)
            ck_assert_str_eq(column->dictionary->format, expected[i].words);
    }
    schema.release(&schema);
    ck_assert(schema.release == NULL);
}
END_TEST

START_TEST(every_slice_has_its_rows)
{
    poupa_attendance *table = table_from(0, 1500, NULL);
    for (size_t first = 0; first <= 1500; first += 37) {
        for (size_t count = 0; first + count <= 1500; count = count * 3 + 1) {
            struct ArrowArrayStream stream;
            poupa_attendance *slice = NULL;
            ASSERT_OK(poupa_attendance_slice(table, first, count, &slice, &err));
            ASSERT_OK(poupa_attendance_to_arrow(slice, NULL, NULL, &stream, &err));
            check_stream(&stream, slice);
            poupa_attendance_release(slice);
        }
    }
    poupa_attendance_release(table);
}
END_TEST

START_TEST(merged_and_sorted_tables_have_their_rows)
{
    poupa_attendance *parts[] = {table_from(0, 1200, NULL), table_from(5, 1, NULL),
                                 table_from(9, 0, NULL), table_from(7, 3000, NULL)};
    poupa_attendance *tables[2] = {NULL, NULL};
    struct ArrowArrayStream stream;
    ASSERT_OK(poupa_attendance_merge(parts, COUNT(parts), &tables[0], &err));
    ASSERT_OK(poupa_attendance_sort(tables[0], &tables[1], &err));
    for (size_t i = 0; i < COUNT(tables); i++) {
        ASSERT_OK(poupa_attendance_to_arrow(tables[i], NULL, NULL, &stream, &err));
        check_stream(&stream, tables[i]);
        poupa_attendance_release(tables[i]);
    }
    for (size_t i = 0; i < COUNT(parts); i++)
        poupa_attendance_release(parts[i]);
}
END_TEST

START_TEST(batches_have_at_most_262144_rows)
{
    poupa_builder *builder = NULL;
    poupa_attendance *table = NULL;
    struct ArrowArrayStream stream;
    const size_t rows = 530000;
    poupa_record record = record_of(3);
    ASSERT_OK(poupa_builder_new(NULL, &builder, &err));
    ASSERT_OK(poupa_builder_reserve(builder, rows, &err));
    for (size_t i = 0; i < rows; i++) {
        record.count = (int64_t)i;
        (void)poupa_builder_append(builder, &record, NULL);
    }
    ASSERT_OK(poupa_builder_finish(builder, &table, &err));
    ck_assert_uint_eq(poupa_attendance_rows(table), rows);
    ck_assert_uint_eq(poupa_attendance_segments(table), 1);
    ASSERT_OK(poupa_attendance_to_arrow(table, NULL, NULL, &stream, &err));
    ck_assert_uint_eq(check_stream(&stream, table), 3);
    poupa_attendance_release(table);
    poupa_builder_free(builder);
}
END_TEST

START_TEST(columns_are_lent_not_copied)
{
    poupa_attendance *table = table_from(0, 1000, NULL);
    poupa_columns columns;
    ASSERT_OK(poupa_attendance_columns(table, 0, &columns, &err));
    struct ArrowArrayStream stream = stream_of(table);
    struct ArrowArray batch;
    ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
    ck_assert_ptr_eq(batch.children[0]->buffers[1], columns.period_start);
    ck_assert_ptr_eq(batch.children[2]->buffers[1], columns.unit);
    ck_assert_ptr_eq(batch.children[2]->buffers[0], columns.unit_valid);
    ck_assert_ptr_eq(batch.children[5]->buffers[1], columns.count);
    ck_assert_ptr_eq(batch.children[7]->buffers[1], columns.service_s);
    batch.release(&batch);
    stream.release(&stream);
}
END_TEST

/* -- What is asked for ---------------------------------------------------- */

START_TEST(texts_are_what_the_requested_schema_asks_for)
{
    struct ArrowSchema words = ask("", "u", NULL);
    struct ArrowSchema asked[] = {
        ask("channel", "U", NULL),        ask("unit", "u", NULL),  ask("period_kind", "u", NULL),
        ask("service", "s", &words),      ask("count", "u", NULL), ask("wait_s", "g", NULL),
        ask("no such column", "u", NULL), ask(NULL, "u", NULL),    ask("channel", "vz", NULL),
    };
    struct ArrowSchema *columns[COUNT(asked)];
    struct ArrowSchema requested = ask_all(asked, COUNT(asked), columns);
    struct ArrowArrayStream stream;
    poupa_attendance *whole = table_from(0, 3000, NULL);
    poupa_attendance *table = NULL;
    ASSERT_OK(poupa_attendance_slice(whole, 13, 2500, &table, &err));
    ASSERT_OK(poupa_attendance_to_arrow(table, &requested, NULL, &stream, &err));
    struct ArrowSchema schema = schema_of(&stream);
    const char *const formats[] = {"tdD", "u", "u", "i", "U", "l", "i", "i"};
    for (size_t i = 0; i < COUNT(formats); i++)
        ck_assert_str_eq(schema.children[i]->format, formats[i]);
    schema.release(&schema);
    check_stream(&stream, table);
    ASSERT_OK(poupa_attendance_arrow_schema(&requested, NULL, &schema, &err));
    ck_assert_str_eq(schema.children[4]->format, "U");
    schema.release(&schema);
    poupa_attendance_release(table);
    poupa_attendance_release(whole);
}
END_TEST

START_TEST(codes_are_lent_where_the_requested_schema_asks_for_them)
{
    struct ArrowSchema asked[] = {ask("period_kind", "C", NULL), ask("unit", "I", NULL),
                                  ask("service", "I", NULL), ask("channel", "C", NULL)};
    struct ArrowSchema *columns[COUNT(asked)];
    struct ArrowSchema requested = ask_all(asked, COUNT(asked), columns);
    struct ArrowArrayStream stream;
    poupa_attendance *table = table_from(0, 3000, NULL);
    poupa_columns lent;
    ASSERT_OK(poupa_attendance_columns(table, 0, &lent, &err));
    ASSERT_OK(poupa_attendance_to_arrow(table, &requested, NULL, &stream, &err));
    struct ArrowSchema schema = schema_of(&stream);
    const char *const formats[] = {"tdD", "C", "I", "I", "i"};
    for (size_t i = 0; i < COUNT(formats); i++) {
        ck_assert_str_eq(schema.children[i]->format, formats[i]);
        ck_assert_int_eq(schema.children[i]->dictionary != NULL, i == 4);
    }
    schema.release(&schema);
    struct ArrowArray batch;
    ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
    ck_assert_ptr_eq(batch.children[1]->buffers[1], lent.period_kind);
    ck_assert_ptr_eq(batch.children[2]->buffers[1], lent.unit);
    ck_assert_ptr_eq(batch.children[2]->buffers[0], lent.unit_valid);
    ck_assert_ptr_eq(batch.children[3]->buffers[1], lent.service);
    for (size_t i = 1; i < 4; i++) {
        ck_assert_ptr_null(batch.children[i]->dictionary);
        ck_assert_int_eq(batch.children[i]->n_buffers, 2);
    }
    batch.release(&batch);
    stream.release(&stream);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(codes_whose_words_are_not_known_are_not_lent)
{
    struct ArrowSchema unit = ask("unit", "I", NULL);
    struct ArrowSchema requested = ask_struct((struct ArrowSchema *[]){&unit}, 1);
    static const char line[] =
        "{\"period\":\"2021\",\"unit\":\"se\",\"service\":\"rg\",\"channel\":\"posto\"}\n";
    poupa_ndjson *records;
    struct ArrowArrayStream stream;
    ASSERT_OK(poupa_ndjson_open_data(line, sizeof line - 1, NULL, &records, &err));
    ASSERT_OK(poupa_ndjson_to_arrow(records, &requested, NULL, &stream, &err));
    struct ArrowSchema schema = schema_of(&stream);
    ck_assert_str_eq(schema.children[2]->format, "i");
    ck_assert_ptr_nonnull(schema.children[2]->dictionary);
    schema.release(&schema);
    stream.release(&stream);
}
END_TEST

START_TEST(a_requested_schema_of_another_kind_is_left_to_the_consumer)
{
    struct ArrowSchema requested = ask("", "l", NULL);
    struct ArrowSchema schema;
    ASSERT_OK(poupa_attendance_arrow_schema(&requested, NULL, &schema, &err));
    ck_assert_ptr_nonnull(schema.children[2]->dictionary);
    schema.release(&schema);
}
END_TEST

START_TEST(a_malformed_requested_schema_is_refused)
{
    struct ArrowSchema good = ask("unit", "u", NULL);
    struct ArrowSchema released = good, formless = good, childless = good;
    released.release = NULL;
    formless.format = NULL;
    childless.n_children = 1;
    struct ArrowSchema *columns[][2] = {
        {&good, NULL}, {&good, &released}, {&good, &formless}, {&good, &childless}};
    poupa_attendance *table = table_from(0, 10, NULL);
    for (size_t i = 0; i < COUNT(columns); i++) {
        struct ArrowSchema requested = ask_struct(columns[i], 2);
        struct ArrowSchema schema = good;
        struct ArrowArrayStream stream;
        ASSERT_FAILS(poupa_attendance_arrow_schema(&requested, NULL, &schema, &err),
                     POUPA_ERR_ARGUMENT);
        ck_assert(schema.release == NULL);
        ASSERT_FAILS(poupa_attendance_to_arrow(table, &requested, NULL, &stream, &err),
                     POUPA_ERR_ARGUMENT);
        ck_assert(stream.release == NULL);
    }
    struct ArrowSchema roots[4], wide = ask_struct(columns[0], INT64_MAX);
    struct ArrowSchema schema;
    for (size_t i = 0; i < COUNT(roots); i++)
        roots[i] = ask_struct(columns[0], 1);
    roots[0].release = NULL;
    roots[1].format = NULL;
    roots[2].n_children = -1;
    roots[3].children = NULL;
    ASSERT_FAILS(poupa_attendance_arrow_schema(&wide, NULL, &schema, &err), POUPA_ERR_LIMIT);
    for (size_t i = 0; i < COUNT(roots); i++)
        ASSERT_FAILS(poupa_attendance_arrow_schema(&roots[i], NULL, &schema, &err),
                     POUPA_ERR_ARGUMENT);
    poupa_attendance_release(table);
}
END_TEST

/* -- Who owns what -------------------------------------------------------- */

START_TEST(batches_outlive_their_stream_and_their_table)
{
    poupa_attendance *same = table_from(0, 6000, NULL);
    struct ArrowArrayStream stream = stream_of(table_from(0, 6000, NULL));
    struct ArrowSchema schema = schema_of(&stream);
    struct ArrowArray batches[8];
    size_t count = 0;
    while ((batches[count] = next_of(&stream, &schema)).release)
        count++;
    stream.release(&stream);
    ck_assert_uint_gt(count, 2);
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        check_array(&schema, &batches[i]);
        check_records(&schema, &batches[i], same, rows);
        rows += (size_t)batches[i].length;
    }
    for (size_t i = count; i-- > 0;)
        batches[i].release(&batches[i]);
    schema.release(&schema);
    poupa_attendance_release(same);
}
END_TEST

START_TEST(children_and_dictionaries_may_be_moved_away)
{
    for (int moved = 0; moved < 8; moved++) {
        struct ArrowArrayStream stream = stream_of(table_from(0, 500, NULL));
        struct ArrowSchema schema = schema_of(&stream);
        struct ArrowArray batch = next_of(&stream, &schema);
        struct ArrowArray child = *batch.children[moved];
        struct ArrowSchema type = *schema.children[moved];
        batch.children[moved]->release = NULL;
        schema.children[moved]->release = NULL;
        stream.release(&stream);
        batch.release(&batch);
        schema.release(&schema);
        check_array(&type, &child);
        if (child.dictionary) {
            struct ArrowArray words = *child.dictionary;
            struct ArrowSchema word = *type.dictionary;
            child.dictionary->release = NULL;
            type.dictionary->release = NULL;
            child.release(&child);
            type.release(&type);
            check_array(&word, &words);
            words.release(&words);
            word.release(&word);
        } else {
            type.release(&type);
            child.release(&child);
        }
        ck_assert(child.release == NULL);
    }
}
END_TEST

enum { THREADS = 4 };

static void *check_and_release(void *context)
{
    struct ArrowArray *array = context;
    int64_t sum = 0;
    const int32_t *values = array->buffers[1];
    for (int64_t i = 0; i < array->length; i++)
        sum += values[array->offset + i];
    array->release(array);
    return sum == INT64_MIN ? NULL : context;
}

START_TEST(threads_release_parts_of_one_batch)
{
    static const int columns[THREADS] = {0, 1, 2, 6};
    for (int round = 0; round < 50; round++) {
        pthread_t threads[THREADS];
        struct ArrowArray parts[THREADS];
        struct ArrowArray batch;
        struct ArrowArrayStream stream = stream_of(table_from(0, 300, NULL));
        ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
        for (int i = 0; i < THREADS; i++) {
            parts[i] = *batch.children[columns[i]];
            batch.children[columns[i]]->release = NULL;
        }
        for (int i = 0; i < THREADS; i++)
            ck_assert_int_eq(pthread_create(&threads[i], NULL, check_and_release, &parts[i]), 0);
        batch.release(&batch);
        stream.release(&stream);
        for (int i = 0; i < THREADS; i++)
            ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
}
END_TEST

/* -- Misuse and want of memory -------------------------------------------- */

START_TEST(what_is_null_is_refused)
{
    poupa_attendance *table = table_from(0, 1, NULL);
    struct ArrowArrayStream stream;
    ASSERT_FAILS(poupa_attendance_to_arrow(NULL, NULL, NULL, &stream, &err), POUPA_ERR_ARGUMENT);
    ck_assert(stream.release == NULL);
    ASSERT_FAILS(poupa_attendance_to_arrow(table, NULL, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_attendance_arrow_schema(NULL, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    poupa_attendance_release(table);
}
END_TEST

/* Everything, with texts spelt out or not; false when memory was wanting. */
static bool export_all(const poupa_allocator *allocator, const struct ArrowSchema *requested)
{
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;
    poupa_attendance *table = table_from(0, 1200, NULL);
    poupa_status status = poupa_attendance_to_arrow(table, requested, allocator, &stream, NULL);
    poupa_attendance_release(table);
    ck_assert((stream.release != NULL) == (status == POUPA_OK));
    if (status != POUPA_OK) {
        ck_assert_int_eq(status, POUPA_ERR_MEMORY);
        return false;
    }
    int code = stream.get_schema(&stream, &schema);
    if (code == 0)
        schema.release(&schema);
    while (code == 0 && (code = stream.get_next(&stream, &batch)) == 0 && batch.release)
        batch.release(&batch);
    ck_assert(code == 0 || code == ENOMEM);
    if (code)
        ck_assert_str_eq(stream.get_last_error(&stream), "out of memory");
    stream.release(&stream);
    status = poupa_attendance_arrow_schema(requested, allocator, &schema, NULL);
    if (status == POUPA_OK)
        schema.release(&schema);
    return code == 0 && status == POUPA_OK;
}

START_TEST(every_allocation_may_fail)
{
    struct ArrowSchema unit = ask("unit", "u", NULL), service = ask("service", "U", NULL);
    struct ArrowSchema requested = ask_struct((struct ArrowSchema *[]){&unit, &service}, 2);
    for (int spelt = 0; spelt < 2; spelt++) {
        bool done = false;
        counting state = {0};
        poupa_allocator allocator = counting_allocator(&state);
        for (size_t call = 1; !done; call++) {
            state.calls = 0;
            state.fail_at = call;
            done = export_all(&allocator, spelt ? &requested : NULL);
            assert_nothing_leaked(&state);
        }
        ck_assert_uint_gt(state.calls, 15);
    }
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "arrow: export", a_stream_has_the_records_of_the_table,
        an_empty_table_is_a_schema_without_batches, the_schema_is_the_documented_one,
        every_slice_has_its_rows, merged_and_sorted_tables_have_their_rows,
        batches_have_at_most_262144_rows, columns_are_lent_not_copied,
        texts_are_what_the_requested_schema_asks_for,
        codes_are_lent_where_the_requested_schema_asks_for_them,
        codes_whose_words_are_not_known_are_not_lent,
        a_requested_schema_of_another_kind_is_left_to_the_consumer,
        a_malformed_requested_schema_is_refused, batches_outlive_their_stream_and_their_table,
        children_and_dictionaries_may_be_moved_away, threads_release_parts_of_one_batch,
        what_is_null_is_refused, every_allocation_may_fail);
}
