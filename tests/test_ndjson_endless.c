/* test_ndjson_endless.c - more input than memory has room for, read in batches. */
#define _XOPEN_SOURCE 700
#define _FILE_OFFSET_BITS 64

#include <sys/resource.h>
#include <unistd.h>

#include "counting.h"
#include "test_ndjson.h"

#define LINE                                                                                     \
    "{\"period\":\"2021-06-14\",\"unit\":\"se\",\"service\":\"rg\",\"channel\":\"app\"}\n"

enum { MOST_IN_USE = 32 << 20, MOST_RESIDENT_KIB = 512 << 10 };

/* -- Watching ------------------------------------------------------------ */

/* A poupa_progress_fn: what is in use does not grow with what was read. */
static bool watch(void *context, const poupa_ndjson_counts *counts)
{
    const counting *memory = context;
    ck_assert_msg(memory->bytes < MOST_IN_USE, "%zu bytes in use after %llu", memory->bytes,
                  (unsigned long long)counts->bytes);
    return true;
}

/* Freed blocks, which the address sanitizer keeps for a while, count here. */
static void assert_small(void)
{
    struct rusage usage;
    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    ck_assert_int_lt(usage.ru_maxrss, MOST_RESIDENT_KIB);
}

static bool keep(void *context, const char *data, size_t size)
{
    text_add(context, data, size);
    return true;
}

/* What became of a stream. */
typedef struct outcome {
    poupa_status status;
    poupa_error err;
    poupa_ndjson_counts counts;
    uint64_t rows;
    text bad; /* the quarantine */
} outcome;

typedef poupa_status (*opener)(void *from, const poupa_ndjson_options *options,
                               poupa_ndjson **stream, poupa_error *err);

static outcome read_batches(opener open, void *from, poupa_on_error policy)
{
    counting memory = {0};
    poupa_allocator allocator = counting_allocator(&memory);
    outcome result = {.status = POUPA_OK};
    const poupa_ndjson_options options = {.on_error = policy,
                                          .quarantine = keep,
                                          .quarantine_context = &result.bad,
                                          .progress = watch,
                                          .progress_context = &memory,
                                          .allocator = &allocator};
    poupa_ndjson *stream;
    poupa_attendance *batch;
    ASSERT_OK(open(from, &options, &stream, &err));
    while ((result.status = poupa_ndjson_next(stream, &batch, &result.err)) == POUPA_OK &&
           batch) {
        result.rows += poupa_attendance_rows(batch);
        poupa_attendance_release(batch);
    }
    result.counts = poupa_ndjson_counted(stream);
    poupa_ndjson_close(stream);
    assert_nothing_leaked(&memory);
    assert_small();
    return result;
}

/* -- A sparse file ------------------------------------------------------- */

static poupa_status open_path(void *from, const poupa_ndjson_options *options,
                              poupa_ndjson **stream, poupa_error *err)
{
    return poupa_ndjson_open(from, options, stream, err);
}

START_TEST(a_sparse_file_of_5_gb_is_one_bad_line)
{
    const uint64_t size = UINT64_C(5000000000);
    /* Holes cost the least where files are in memory. */
    char path[32] = "/dev/shm/poupa-test-XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        descriptor = mkstemp(strcpy(path, "/tmp/poupa-test-XXXXXX"));
    ck_assert_int_ge(descriptor, 0);
    ck_assert_int_eq(ftruncate(descriptor, (off_t)size), 0);
    close(descriptor);
    outcome fails = read_batches(open_path, path, POUPA_ON_ERROR_FAIL);
    ck_assert_int_eq(fails.status, POUPA_ERR_LIMIT);
    ck_assert_str_eq(fails.err.code, "E1010");
    ck_assert_uint_eq(fails.err.line, 1);
    for (poupa_on_error policy = POUPA_ON_ERROR_SKIP; policy <= POUPA_ON_ERROR_QUARANTINE;
         policy++) {
        outcome result = read_batches(open_path, path, policy);
        ck_assert_int_eq(result.status, POUPA_OK);
        ck_assert_uint_eq(result.counts.bytes, size);
        ck_assert_uint_eq(result.counts.bad, 1);
        ck_assert_uint_eq(result.counts.good + result.counts.blank + result.rows, 0);
        ck_assert((result.bad.size > 0) == (policy == POUPA_ON_ERROR_QUARANTINE));
        ck_assert_uint_lt(result.bad.size, 200);
        text_free(&result.bad);
    }
    unlink(path);
}
END_TEST

/* -- Sources that go on and on ------------------------------------------- */

/* A piece of text, again and again; then the next one. */
typedef struct refrain {
    const char *text;
    size_t size;
    uint64_t times; /* still to go; 0 behind the last refrain */
    size_t at;
} refrain;

/* Gives what some refrains come to; the context is a pointer to the first one. */
static ptrdiff_t sing(void *context, char *buffer, size_t capacity)
{
    refrain **song = context;
    size_t size = 0;
    while ((*song)->times && size < capacity) {
        refrain *now = *song;
        size_t left = now->size - now->at;
        size_t some = left < capacity - size ? left : capacity - size;
        memcpy(buffer + size, now->text + now->at, some);
        size += some;
        now->at = (now->at + some) % now->size;
        now->times -= now->at == 0;
        *song += now->times == 0;
    }
    return (ptrdiff_t)size;
}

static poupa_status open_song(void *from, const poupa_ndjson_options *options,
                              poupa_ndjson **stream, poupa_error *err)
{
    return poupa_ndjson_open_from(sing, from, options, stream, err);
}

/* A MiB of lines that are all alike. */
static text mebibyte_of(const char *line, size_t *lines)
{
    text all = {NULL, 0, 0};
    for (*lines = 0; all.size < 1 << 20; ++*lines)
        text_put(&all, line);
    return all;
}

START_TEST(records_and_blank_lines_without_end_take_little_memory)
{
    static const char spaces[] = " \t  \t    \t                       \r\n";
    size_t of_records, of_blanks;
    text records = mebibyte_of(LINE, &of_records);
    text blanks = mebibyte_of(spaces, &of_blanks);
    const uint64_t times = 64;
    for (poupa_on_error policy = POUPA_ON_ERROR_FAIL; policy <= POUPA_ON_ERROR_QUARANTINE;
         policy++) {
        refrain refrains[] = {{records.data, records.size, times, 0},
                              {blanks.data, blanks.size, times, 0},
                              {NULL, 0, 0, 0}};
        refrain *song = refrains;
        outcome result = read_batches(open_song, &song, policy);
        ck_assert_int_eq(result.status, POUPA_OK);
        ck_assert_uint_eq(result.counts.bytes, times * (records.size + blanks.size));
        ck_assert_uint_eq(result.counts.good, times * of_records);
        ck_assert_uint_eq(result.counts.blank, times * of_blanks);
        ck_assert_uint_eq(result.rows, times * of_records);
    }
    text_free(&records);
    text_free(&blanks);
}
END_TEST

START_TEST(lines_are_counted_and_found_beyond_4_gib)
{
    char *filling = malloc(1 << 20);
    memset(filling, 'x', 1 << 20);
    const uint64_t times = 4097; /* MiB, in one line */
    refrain refrains[] = {
        {LINE, sizeof LINE - 1, 1000, 0}, {filling, 1 << 20, times, 0},   {"\n\n", 2, 1, 0},
        {LINE, sizeof LINE - 1, 1000, 0}, {"{\"period\":7}\n", 13, 1, 0}, {NULL, 0, 0, 0}};
    refrain *song = refrains;
    outcome result = read_batches(open_song, &song, POUPA_ON_ERROR_QUARANTINE);
    const uint64_t before = 2000 * (sizeof LINE - 1) + (times << 20) + 2;
    ck_assert_int_eq(result.status, POUPA_OK);
    ck_assert_uint_eq(result.counts.bytes, before + 13);
    ck_assert_uint_eq(result.counts.good, 2000);
    ck_assert_uint_eq(result.counts.blank, 1);
    ck_assert_uint_eq(result.counts.bad, 2);
    const char *second = strchr(result.bad.data, '\n') + 1;
    char begin[64];
    snprintf(begin, sizeof begin, "{\"line\":2003,\"column\":11,\"offset\":%llu,",
             (unsigned long long)before + 10);
    ck_assert_msg(strncmp(second, begin, strlen(begin)) == 0, "%s", second);
    text_free(&result.bad);
    free(filling);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: endless", a_sparse_file_of_5_gb_is_one_bad_line,
                     records_and_blank_lines_without_end_take_little_memory,
                     lines_are_counted_and_found_beyond_4_gib);
}
