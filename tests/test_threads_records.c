/* test_threads_records.c - tables, rollups and streams of records in many threads at once. */
#define _XOPEN_SOURCE 700

#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "fixture.h"
#include "poupa/poupa.h"
#include "text.h"
#include "threads.h"

enum { ROUNDS = 10, ROWS = 3000 };

/* Records of units and services that the example has, and of others. */
static text some_lines(int salt)
{
    static const char *const channels[] = {"portal", "app", "presencial"};
    char line[160];
    text lines = {NULL, 0, 0};
    for (int i = 0; i < ROWS; i++) {
        snprintf(line, sizeof line,
                 "{\"period\":\"2021-%02d-%02d\",\"unit\":\"unit-%d\",\"service\":\"rg-%d\","
                 "\"channel\":\"%s\",\"count\":%d,\"wait_s\":%d}\n",
                 1 + i % 12, 1 + i % 28, i % 40, salt + i % 7, channels[i % 3], i % 100, i);
        text_put(&lines, line);
    }
    return lines;
}

static poupa_attendance *some_records(int salt)
{
    text lines = some_lines(salt);
    poupa_attendance *table;
    ASSERT_OK(poupa_ndjson_read(lines.data, lines.size, NULL, &table, NULL, &err));
    text_free(&lines);
    return table;
}

/* -- Tables -------------------------------------------------------------- */

/* Makes tables that share segments with the one that all have. */
static void *derive_tables(void *context)
{
    poupa_attendance *table = poupa_attendance_retain(context);
    for (size_t i = 0; i < ROUNDS; i++) {
        poupa_attendance *parts[2], *merged, *sorted;
        poupa_buffer written;
        poupa_record record;
        size_t cut = i * 100, words;
        ASSERT_OK(poupa_attendance_slice(table, 0, cut, &parts[0], &err));
        ASSERT_OK(poupa_attendance_slice(table, cut, ROWS - cut, &parts[1], &err));
        ASSERT_OK(poupa_attendance_merge(parts, 2, &merged, &err));
        ck_assert(poupa_attendance_equal(table, merged));
        ASSERT_OK(poupa_attendance_sort(table, &sorted, &err));
        ASSERT_OK(poupa_attendance_at(sorted, ROWS - 1, &record, &err));
        ck_assert_ptr_nonnull(poupa_attendance_words(merged, POUPA_DICTIONARY_UNIT, &words));
        ck_assert_uint_eq(words, 40);
        ASSERT_OK(poupa_attendance_write(parts[1], NULL, &written, &err));
        poupa_buffer_free(&written);
        poupa_attendance_release(parts[0]);
        poupa_attendance_release(parts[1]);
        poupa_attendance_release(merged);
        poupa_attendance_release(sorted);
    }
    poupa_attendance_release(table);
    return NULL;
}

START_TEST(many_threads_read_and_cut_one_table)
{
    poupa_attendance *table = some_records(0);
    run_in_threads(derive_tables, table, 0);
    ck_assert_uint_eq(poupa_attendance_rows(table), ROWS);
    poupa_attendance_release(table);
}
END_TEST

/* Looks into a table before it lets go of it; the last one frees it while others have just read.
 */
static void *let_go_of_table(void *context)
{
    poupa_attendance *table = *(poupa_attendance **)context;
    poupa_record record;
    for (int i = 0; i < 1000; i++) {
        poupa_attendance_retain(table);
        poupa_attendance_release(table);
    }
    ASSERT_OK(poupa_attendance_at(table, 0, &record, &err));
    poupa_attendance_release(table);
    return NULL;
}

START_TEST(the_last_thread_to_let_go_frees_the_table)
{
    poupa_attendance *same[THREADS], *table = some_records(0);
    for (size_t i = 0; i < THREADS; i++)
        same[i] = poupa_attendance_retain(table);
    poupa_attendance_release(table);
    run_in_threads(let_go_of_table, same, sizeof same[0]);
}
END_TEST

START_TEST(the_last_thread_to_let_go_frees_the_segments)
{
    poupa_attendance *parts[THREADS], *table = some_records(0);
    for (size_t i = 0; i < THREADS; i++)
        ASSERT_OK(poupa_attendance_slice(table, i, ROWS / 2, &parts[i], &err));
    poupa_attendance_release(table);
    run_in_threads(let_go_of_table, parts, sizeof parts[0]);
}
END_TEST

/* -- Rollups ------------------------------------------------------------- */

typedef struct adding {
    const poupa_rollup_options *options;
    poupa_attendance *table;
    poupa_rollup *rollup;
} adding;

static void *add_up(void *context)
{
    adding *self = context;
    ASSERT_OK(poupa_rollup_new(self->options, &self->rollup, &err));
    for (int i = 0; i < ROUNDS; i++)
        ASSERT_OK(poupa_rollup_add(self->rollup, self->table, &err));
    return NULL;
}

static poupa_buffer results_of(const poupa_rollup_table *table)
{
    poupa_buffer written = new_buffer();
    poupa_writer *writer;
    ASSERT_OK(poupa_writer_new(NULL, poupa__buffer_write, &written, &writer, &err));
    poupa_rollup_write_json(table, writer);
    ASSERT_OK(poupa_writer_finish(writer, &err));
    poupa_writer_free(writer);
    return written;
}

/* Makes results of one rollup, of which the others make theirs. */
static void *finish_one(void *context)
{
    poupa_rollup_table *table;
    ASSERT_OK(poupa_rollup_finish(context, &table, &err));
    ck_assert_uint_eq(poupa_rollup_table_tally(table).rows, (uint64_t)THREADS * ROUNDS * ROWS);
    poupa_rollup_table_free(table);
    return NULL;
}

static void *read_results(void *context)
{
    const poupa_rollup_table *table = context;
    int64_t count = 0;
    for (size_t i = 0; i < poupa_rollup_table_count(table); i++)
        count += poupa_rollup_table_at(table, i)->count;
    ck_assert_int_gt(count, 0);
    poupa_buffer written = results_of(table);
    ck_assert_uint_gt(written.size, 0);
    poupa_buffer_free(&written);
    return NULL;
}

START_TEST(threads_add_up_one_table_by_one_catalogue)
{
    static const poupa_group by[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH},
                                     {POUPA_GROUP_DIGITAL, 0},
                                     {POUPA_GROUP_SERVICE, 0}};
    poupa_attendance *table = some_records(0);
    poupa_rollup_options options = {
        .by = by, .by_count = COUNT(by), .catalog = read_catalog_file(EXAMPLE)};
    poupa_rollup_table *results;
    adding all[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        all[i] = (adding){&options, table, NULL};
    run_in_threads(add_up, all, sizeof all[0]);
    for (size_t i = 1; i < THREADS; i++) {
        ASSERT_OK(poupa_rollup_merge(all[0].rollup, all[i].rollup, &err));
        poupa_rollup_free(all[i].rollup);
    }
    run_in_threads(finish_one, all[0].rollup, 0);
    ASSERT_OK(poupa_rollup_finish(all[0].rollup, &results, &err));
    run_in_threads(read_results, results, 0);
    poupa_rollup_table_free(results);
    poupa_rollup_free(all[0].rollup);
    poupa_catalog_release(options.catalog);
    poupa_attendance_release(table);
}
END_TEST

/* -- Decoding ------------------------------------------------------------ */

/* A text that each thread decodes with threads of its own. */
static void *decode(void *context)
{
    const text *lines = context;
    for (uint32_t threads = 1; threads <= 3; threads++) {
        const poupa_ndjson_options options = {.threads = threads, .batch_rows = 500};
        poupa_ndjson *stream;
        size_t rows = 0;
        ASSERT_OK(poupa_ndjson_open_data(lines->data, lines->size, &options, &stream, &err));
        for (;;) {
            poupa_attendance *batch;
            ASSERT_OK(poupa_ndjson_next(stream, &batch, &err));
            if (batch == NULL)
                break;
            rows += poupa_attendance_rows(batch);
            poupa_attendance_release(batch);
        }
        ck_assert_uint_eq(rows, ROWS);
        poupa_ndjson_close(stream);
    }
    return NULL;
}

START_TEST(threads_decode_one_text_each_with_threads)
{
    text lines = some_lines(0);
    run_in_threads(decode, &lines, 0);
    text_free(&lines);
}
END_TEST

/* A stream that goes from thread to thread: one opens it, others read, and one closes it. */
static void *read_a_batch(void *context)
{
    poupa_attendance *batch;
    ASSERT_OK(poupa_ndjson_next(context, &batch, &err));
    ck_assert_uint_gt(poupa_attendance_rows(batch), 0);
    poupa_attendance_release(batch);
    return NULL;
}

static void *close_stream(void *context)
{
    poupa_ndjson_close(context);
    return NULL;
}

START_TEST(a_stream_may_go_from_thread_to_thread)
{
    text lines = some_lines(0);
    for (uint32_t threads = 1; threads <= 3; threads++) {
        const poupa_ndjson_options options = {.threads = threads, .batch_rows = 100};
        poupa_ndjson *stream;
        ASSERT_OK(poupa_ndjson_open_data(lines.data, lines.size, &options, &stream, &err));
        for (int i = 0; i < ROUNDS; i++)
            run_elsewhere(read_a_batch, stream);
        run_elsewhere(close_stream, stream);
    }
    text_free(&lines);
}
END_TEST

/* -- Cancelling ---------------------------------------------------------- */

typedef struct reading {
    text lines;
    size_t at;
    uint32_t threads;
    pthread_t reader;
    uint64_t bytes; /* that were told last */
    atomic_int progressed;
    atomic_bool cancelled;
} reading;

/* The same lines without an end. */
static ptrdiff_t give_forever(void *context, char *buffer, size_t capacity)
{
    reading *self = context;
    size_t left = self->lines.size - self->at;
    size_t some = left < capacity ? left : capacity;
    memcpy(buffer, self->lines.data + self->at, some);
    self->at = (self->at + some) % self->lines.size;
    return (ptrdiff_t)some;
}

/* Progress is told in the thread that reads, and nowhere else. */
static bool go_on(void *context, const poupa_ndjson_counts *counts)
{
    reading *self = context;
    ck_assert_uint_ge(counts->bytes, self->bytes);
    self->bytes = counts->bytes;
    ck_assert(pthread_equal(pthread_self(), self->reader));
    atomic_fetch_add(&self->progressed, 1);
    return !atomic_load(&self->cancelled);
}

static void *read_forever(void *context)
{
    reading *self = context;
    const poupa_ndjson_options options = {
        .threads = self->threads, .progress = go_on, .progress_context = self};
    poupa_ndjson *stream;
    poupa_attendance *batch;
    poupa_status status;
    self->reader = pthread_self();
    ASSERT_OK(poupa_ndjson_open_from(give_forever, self, &options, &stream, &err));
    while ((status = poupa_ndjson_next(stream, &batch, NULL)) == POUPA_OK)
        poupa_attendance_release(batch);
    ck_assert_int_eq(status, POUPA_ERR_CANCELLED);
    poupa_ndjson_close(stream);
    return NULL;
}

START_TEST(another_thread_can_cancel_a_reading)
{
    for (uint32_t threads = 1; threads <= 3; threads++) {
        reading self = {.lines = some_lines(0), .threads = threads};
        pthread_t reader;
        ck_assert_int_eq(pthread_create(&reader, NULL, read_forever, &self), 0);
        while (atomic_load(&self.progressed) < 2)
            nanosleep(&(struct timespec){0, 1000000}, NULL);
        atomic_store(&self.cancelled, true);
        ck_assert_int_eq(pthread_join(reader, NULL), 0);
        text_free(&self.lines);
    }
}
END_TEST

/* -- Arrow --------------------------------------------------------------- */

/* Takes a batch and the schema out of a stream of its own, and lets go of the stream first. */
static void *export_and_release(void *context)
{
    poupa_attendance *table = context;
    for (int i = 0; i < ROUNDS; i++) {
        struct ArrowArrayStream stream;
        struct ArrowSchema schema;
        struct ArrowArray batch;
        ASSERT_OK(poupa_attendance_to_arrow(table, NULL, NULL, &stream, &err));
        ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
        ck_assert_int_eq(stream.get_next(&stream, &batch), 0);
        stream.release(&stream);
        ck_assert_int_gt(batch.length, 0);
        schema.release(&schema);
        batch.release(&batch);
    }
    return NULL;
}

START_TEST(many_threads_export_one_table)
{
    poupa_attendance *table = some_records(0);
    run_in_threads(export_and_release, table, 0);
    poupa_attendance_release(table);
}
END_TEST

/* A stream that another thread made, which reads it to its end and releases it. */
static void *import_stream(void *context)
{
    poupa_attendance *table;
    ASSERT_OK(poupa_attendance_from_arrow(context, NULL, &table, &err));
    ck_assert_uint_eq(poupa_attendance_rows(table), ROWS);
    poupa_attendance_release(table);
    return NULL;
}

/* Of each kind: records that are there, records that are being decoded in threads. */
START_TEST(streams_are_read_and_released_in_other_threads)
{
    struct ArrowArrayStream streams[THREADS];
    text lines = some_lines(0);
    poupa_attendance *table = some_records(0);
    for (uint32_t i = 0; i < THREADS; i++) {
        const poupa_ndjson_options options = {.threads = 1 + i % 3, .batch_rows = 700};
        poupa_ndjson *ndjson;
        if (i % 2) {
            ASSERT_OK(poupa_attendance_to_arrow(table, NULL, NULL, &streams[i], &err));
            continue;
        }
        ASSERT_OK(poupa_ndjson_open_data(lines.data, lines.size, &options, &ndjson, &err));
        ASSERT_OK(poupa_ndjson_to_arrow(ndjson, NULL, NULL, &streams[i], &err));
    }
    poupa_attendance_release(table);
    run_in_threads(import_stream, streams, sizeof streams[0]);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert(streams[i].release == NULL);
    text_free(&lines);
}
END_TEST

static void *release_stream(void *context)
{
    struct ArrowArrayStream *stream = context;
    stream->release(stream);
    return NULL;
}

static void *release_batch(void *context)
{
    struct ArrowArray *batch = context;
    batch->release(batch);
    return NULL;
}

START_TEST(a_stream_and_its_batches_are_released_at_once)
{
    text lines = some_lines(0);
    const poupa_ndjson_options options = {.threads = 2, .batch_rows = 100};
    struct ArrowArrayStream stream;
    struct ArrowArray batches[THREADS];
    poupa_ndjson *ndjson;
    pthread_t releasing;
    ASSERT_OK(poupa_ndjson_open_data(lines.data, lines.size, &options, &ndjson, &err));
    ASSERT_OK(poupa_ndjson_to_arrow(ndjson, NULL, NULL, &stream, &err));
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(stream.get_next(&stream, &batches[i]), 0);
        ck_assert(batches[i].release != NULL);
    }
    ck_assert_int_eq(pthread_create(&releasing, NULL, release_stream, &stream), 0);
    run_in_threads(release_batch, batches, sizeof batches[0]);
    ck_assert_int_eq(pthread_join(releasing, NULL), 0);
    text_free(&lines);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "threads: records", many_threads_read_and_cut_one_table,
        the_last_thread_to_let_go_frees_the_table, the_last_thread_to_let_go_frees_the_segments,
        threads_add_up_one_table_by_one_catalogue, threads_decode_one_text_each_with_threads,
        a_stream_may_go_from_thread_to_thread, another_thread_can_cancel_a_reading,
        many_threads_export_one_table, streams_are_read_and_released_in_other_threads,
        a_stream_and_its_batches_are_released_at_once);
}
