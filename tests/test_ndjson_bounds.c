/* test_ndjson_bounds.c - what hostile lines may cost: memory in batches, and time. */
#include <stdatomic.h>
#include <time.h>

#include "test_ndjson.h"

/* -- An allocator for several threads, that keeps the most that was in use -- */

typedef struct peak {
    atomic_size_t bytes;
    atomic_size_t most;
} peak;

static void note(peak *self, size_t more)
{
    size_t now = atomic_fetch_add(&self->bytes, more) + more;
    size_t most = atomic_load(&self->most);
    while (now > most && !atomic_compare_exchange_weak(&self->most, &most, now))
        continue;
}

static void *peak_allocate(void *context, size_t size)
{
    note(context, size);
    return malloc(size);
}

static void *peak_reallocate(void *context, void *block, size_t old_size, size_t size)
{
    atomic_fetch_sub(&((peak *)context)->bytes, old_size);
    note(context, size);
    return realloc(block, size);
}

static void peak_release(void *context, void *block, size_t size)
{
    atomic_fetch_sub(&((peak *)context)->bytes, size);
    free(block);
}

/* -- Lines without end --------------------------------------------------- */

/* Makes the line with a number; returns its size. */
typedef size_t (*maker)(uint64_t number, char *out);

static size_t long_ids(uint64_t number, char *out)
{
    return (size_t)sprintf(out,
                           "{\"period\":\"2021\",\"unit\":\"%0128llu\",\"service\":\"%0128llu\","
                           "\"channel\":\"%0128llu\"}\n",
                           (unsigned long long)number, (unsigned long long)number,
                           (unsigned long long)number);
}

static size_t short_ids(uint64_t number, char *out)
{
    return (size_t)sprintf(
        out,
        "{\"period\":\"2021\",\"unit\":\"%llx\",\"service\":\"%llx\",\"channel\":\"%llx\"}\n",
        (unsigned long long)number, (unsigned long long)number, (unsigned long long)number);
}

static size_t bad_bytes(uint64_t number, char *out)
{
    (void)number;
    memcpy(out, "x\n", 2);
    return 2;
}

static size_t no_members(uint64_t number, char *out)
{
    (void)number;
    memcpy(out, "{}\n", 3);
    return 3;
}

typedef struct song {
    maker make;
    uint64_t number;
    uint64_t left; /* bytes, about */
    char line[512];
    size_t size;
    size_t at;
} song;

static ptrdiff_t sing(void *context, char *buffer, size_t capacity)
{
    song *self = context;
    size_t size = 0;
    while (size < capacity && (self->left || self->at < self->size)) {
        if (self->at == self->size) {
            self->size = self->make(self->number++, self->line);
            self->at = 0;
            self->left -= self->size < self->left ? self->size : self->left;
        }
        size_t some = self->size - self->at;
        some = some < capacity - size ? some : capacity - size;
        memcpy(buffer + size, self->line + self->at, some);
        self->at += some;
        size += some;
    }
    return (ptrdiff_t)size;
}

static bool take(void *context, const char *data, size_t size)
{
    (void)context;
    return data != NULL && size > 0;
}

/* Reads lines in batches; returns the most memory that took. */
static size_t memory_of(maker make, uint64_t bytes, uint32_t threads, poupa_on_error policy)
{
    peak memory = {0};
    poupa_allocator allocator = {peak_allocate, peak_reallocate, peak_release, &memory};
    song from = {.make = make, .left = bytes};
    const poupa_ndjson_options options = {
        .on_error = policy, .threads = threads, .quarantine = take, .allocator = &allocator};
    poupa_ndjson *stream;
    poupa_attendance *batch;
    uint64_t rows = 0;
    ASSERT_OK(poupa_ndjson_open_from(sing, &from, &options, &stream, &err));
    for (;;) {
        ASSERT_OK(poupa_ndjson_next(stream, &batch, &err));
        if (batch == NULL)
            break;
        rows += poupa_attendance_rows(batch);
        poupa_attendance_release(batch);
    }
    poupa_ndjson_counts counts = poupa_ndjson_counted(stream);
    ck_assert_uint_eq(counts.good, rows);
    ck_assert_uint_eq(counts.good + counts.bad, from.number);
    poupa_ndjson_close(stream);
    ck_assert_uint_eq(atomic_load(&memory.bytes), 0);
    return atomic_load(&memory.most);
}

START_TEST(batches_of_hostile_lines_take_at_most_64_mib)
{
    static const struct {
        const char *name;
        maker make;
        poupa_on_error policy;
    } cases[] = {{"long ids", long_ids, POUPA_ON_ERROR_FAIL},
                 {"short ids", short_ids, POUPA_ON_ERROR_FAIL},
                 {"bad bytes", bad_bytes, POUPA_ON_ERROR_SKIP},
                 {"no members", no_members, POUPA_ON_ERROR_QUARANTINE},
                 {"bad bytes", bad_bytes, POUPA_ON_ERROR_QUARANTINE}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (uint32_t threads = 1; threads <= 4; threads *= 2) {
            size_t most = memory_of(cases[i].make, 12 << 20, threads, cases[i].policy);
            ck_assert_msg(most <= 64 << 20, "%s, %u threads: %zu bytes", cases[i].name, threads,
                          most);
        }
    }
}
END_TEST

/* -- Time ---------------------------------------------------------------- */

static const poupa_ndjson_path paths[] = {POUPA_NDJSON_FASTEST,  POUPA_NDJSON_GENERAL,
                                          POUPA_NDJSON_PORTABLE, POUPA_NDJSON_SSE2,
                                          POUPA_NDJSON_AVX2,     POUPA_NDJSON_NEON};

/* A text of a size that is given, and how it is to be read. */
typedef struct work {
    const char *name;
    void (*make)(text *out, int size);
    int size;
    size_t batch_rows;
} work;

/* A line with so many unknown members. */
static void put_members(text *out, int count)
{
    char member[32];
    text_put(out, "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\"");
    for (int i = 0; i < count; i++) {
        snprintf(member, sizeof member, ",\"x%d\":%d", i, i);
        text_put(out, member);
    }
    text_put(out, "}\n");
}

static void put_distinct_ids(text *out, int count)
{
    char line[512];
    for (int i = 0; i < count; i++)
        text_add(out, line, short_ids((uint64_t)i, line));
}

/* Ids of which there are many, each once and then in turn. */
static void put_many_ids(text *out, int count)
{
    put_distinct_ids(out, count);
    put_distinct_ids(out, count);
}

/* Lines that hold little but a string of so many KiB. */
static void put_strings(text *out, int kib)
{
    static const char letters[] = "de itaquera \xC3\xA0 s\xC3\xA9, 7 \\u00e7 \\\\";
    size_t end = out->size + ((size_t)kib << 10);
    text_put(out, "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\",\"x\":\"");
    while (out->size < end)
        text_put(out, letters);
    text_put(out, "\"}\n");
}

/* The seconds of the processor that reading takes; where these are few, the least of some
 * times. */
static double time_of(const work *what, int size, poupa_ndjson_path path)
{
    text all = {NULL, 0, 0};
    double least = 1e9;
    what->make(&all, size);
    for (int round = 0; round < 3 && (round == 0 || least < 0.1); round++) {
        const poupa_ndjson_options options = {.path = path, .batch_rows = what->batch_rows};
        poupa_ndjson *stream;
        poupa_attendance *batch;
        clock_t start = clock();
        ASSERT_OK(poupa_ndjson_open_data(all.data, all.size, &options, &stream, &err));
        do {
            ASSERT_OK(poupa_ndjson_next(stream, &batch, &err));
            poupa_attendance_release(batch);
        } while (batch);
        poupa_ndjson_close(stream);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        least = seconds < least ? seconds : least;
    }
    text_free(&all);
    return least;
}

/* Four times the work must not take eight times as long; were it quadratic, it would take
 * sixteen times. */
static void assert_linear(const work *what, poupa_ndjson_path path)
{
    double few = time_of(what, what->size, path);
    double many = time_of(what, 4 * what->size, path);
    ck_assert_msg(many < 8 * few + 0.01, "%s, path %d: %f s, %f s", what->name, (int)path, few,
                  many);
}

START_TEST(time_is_linear_on_every_path)
{
    static const work works[] = {{"members", put_members, 10000, 0},
                                 {"distinct ids", put_distinct_ids, 60000, 0},
                                 {"batches of one row", put_many_ids, 8000, 1},
                                 {"strings", put_strings, 255, 0}};
    for (size_t i = 0; i < COUNT(works); i++) {
        for (size_t j = 0; j < COUNT(paths); j++) {
            if (poupa_ndjson_path_available(paths[j]))
                assert_linear(&works[i], paths[j]);
        }
    }
}
END_TEST

START_TEST(a_million_distinct_ids_take_linear_time)
{
    static const work million = {"a million", put_distinct_ids, 250000, 0};
    assert_linear(&million, POUPA_NDJSON_FASTEST);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: bounds", batches_of_hostile_lines_take_at_most_64_mib,
                     time_is_linear_on_every_path, a_million_distinct_ids_take_linear_time);
}
