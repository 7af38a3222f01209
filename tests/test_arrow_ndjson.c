/* test_arrow_ndjson.c - what is being decoded in the Arrow C interfaces. */
#include <errno.h>

#include "counting.h"
#include "test_arrow.h"

/* The text of a table. */
static poupa_buffer lines_of(const poupa_attendance *table)
{
    poupa_buffer text;
    ASSERT_OK(poupa_attendance_write(table, NULL, &text, &err));
    return text;
}

START_TEST(a_decoded_stream_has_the_records_of_the_text)
{
    poupa_attendance *table = table_from(0, 5000, NULL);
    poupa_buffer text = lines_of(table);
    for (uint32_t threads = 1; threads <= 3; threads++) {
        poupa_ndjson_options options = {.batch_rows = 900, .threads = threads};
        poupa_ndjson *lines = NULL;
        struct ArrowArrayStream stream;
        ASSERT_OK(poupa_ndjson_open_data(text.data, text.size, &options, &lines, &err));
        ASSERT_OK(poupa_ndjson_to_arrow(lines, NULL, NULL, &stream, &err));
        ck_assert_uint_ge(check_stream(&stream, table), 6);
    }
    poupa_buffer_free(&text);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(a_bad_line_comes_behind_the_rows_in_front_of_it_and_again)
{
    static const char text[] =
        "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"portal\"}\n"
        "{\"period\":\"2021\",\"service\":\"RG\",\"channel\":\"portal\"}\n";
    poupa_ndjson *lines = NULL;
    struct ArrowArrayStream stream;
    struct ArrowArray batch;
    ASSERT_OK(poupa_ndjson_open_data(text, sizeof text - 1, NULL, &lines, &err));
    ASSERT_OK(poupa_ndjson_to_arrow(lines, NULL, NULL, &stream, &err));
    ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
    ck_assert_int_eq(batch.length, 1);
    batch.release(&batch);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(stream.get_next(&stream, &batch), EINVAL);
        ck_assert(batch.release == NULL);
        const char *message = stream.get_last_error(&stream);
        ck_assert_msg(strncmp(message, "line 2, column 28: \"RG\" is not an id", 36) == 0, "%s",
                      message);
    }
    stream.release(&stream);
}
END_TEST

static const char one_line[] = "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\"}\n";

/* Gives lines without an end, and fails behind some thousand bytes. */
static ptrdiff_t read_and_fail(void *context, char *buffer, size_t capacity)
{
    size_t *at = context;
    if (*at > 5000)
        return -1;
    for (size_t i = 0; i < capacity; i++)
        buffer[i] = one_line[(*at)++ % (sizeof one_line - 1)];
    return (ptrdiff_t)capacity;
}

static bool cancel(void *context, const poupa_ndjson_counts *counts)
{
    (void)context;
    (void)counts;
    return false;
}

/* The code that ends a stream of lines. */
static int end_of(poupa_ndjson *lines)
{
    struct ArrowArrayStream stream;
    struct ArrowArray batch;
    int code = 0;
    ASSERT_OK(poupa_ndjson_to_arrow(lines, NULL, NULL, &stream, &err));
    while ((code = stream.get_next(&stream, &batch)) == 0 && batch.release)
        batch.release(&batch);
    ck_assert_int_eq(code != 0, stream.get_last_error(&stream) != NULL);
    stream.release(&stream);
    return code;
}

START_TEST(failures_of_decoding_are_errnos)
{
    poupa_ndjson_options options = {.progress = cancel};
    poupa_ndjson *lines = NULL;
    size_t at = 0;
    ASSERT_OK(poupa_ndjson_open_from(read_and_fail, &at, NULL, &lines, &err));
    ck_assert_int_eq(end_of(lines), EIO);
    ASSERT_OK(poupa_ndjson_open_data(one_line, sizeof one_line - 1, &options, &lines, &err));
    ck_assert_int_eq(end_of(lines), ECANCELED);
    ASSERT_OK(poupa_ndjson_open_data(one_line, sizeof one_line - 1, NULL, &lines, &err));
    ck_assert_int_eq(end_of(lines), 0);
}
END_TEST

START_TEST(a_stream_that_cannot_be_made_leaves_the_lines_to_the_caller)
{
    struct ArrowSchema released = {.format = "+s"};
    poupa_ndjson *lines = NULL;
    poupa_attendance *table = NULL;
    struct ArrowArrayStream stream;
    ASSERT_OK(poupa_ndjson_open_data(one_line, sizeof one_line - 1, NULL, &lines, &err));
    ASSERT_FAILS(poupa_ndjson_to_arrow(lines, &released, NULL, &stream, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_ndjson_to_arrow(lines, NULL, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_ndjson_to_arrow(NULL, NULL, NULL, &stream, &err), POUPA_ERR_ARGUMENT);
    ck_assert(stream.release == NULL);
    ASSERT_OK(poupa_ndjson_next(lines, &table, &err));
    ck_assert_uint_eq(poupa_attendance_rows(table), 1);
    poupa_attendance_release(table);
    poupa_ndjson_close(lines);
}
END_TEST

START_TEST(every_allocation_may_fail)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_ndjson_options options = {.allocator = &allocator};
    int code = ENOMEM;
    for (size_t call = 1; code == ENOMEM; call++) {
        struct ArrowArrayStream stream;
        struct ArrowArray batch;
        poupa_ndjson *lines = NULL;
        state.fail_at = 0;
        ASSERT_OK(poupa_ndjson_open_data(one_line, sizeof one_line - 1, &options, &lines, &err));
        state.calls = 0;
        state.fail_at = call;
        if (poupa_ndjson_to_arrow(lines, NULL, &allocator, &stream, NULL) != POUPA_OK) {
            poupa_ndjson_close(lines);
        } else {
            while ((code = stream.get_next(&stream, &batch)) == 0 && batch.release)
                batch.release(&batch);
            ck_assert(code == 0 || code == ENOMEM);
            ck_assert_int_eq(stream.get_next(&stream, &batch), code);
            stream.release(&stream);
        }
        assert_nothing_leaked(&state);
    }
    ck_assert_uint_gt(state.calls, 15);
}
END_TEST

int main(void)
{
    return RUN_SUITE("arrow: ndjson", a_decoded_stream_has_the_records_of_the_text,
                     a_bad_line_comes_behind_the_rows_in_front_of_it_and_again,
                     failures_of_decoding_are_errnos,
                     a_stream_that_cannot_be_made_leaves_the_lines_to_the_caller,
                     every_allocation_may_fail);
}
