/* test_ndjson_bounds.c - what hostile lines may cost in batches, and that they are read. */
#include <stdatomic.h>

#include "large_lines.h"
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
        uint64_t bytes;
    } cases[] = {{"long ids", long_ids, POUPA_ON_ERROR_FAIL, 12 << 20},
                 {"short ids", short_ids, POUPA_ON_ERROR_FAIL, 12 << 20},
                 {"bad bytes", bad_bytes, POUPA_ON_ERROR_SKIP, 5 << 20},
                 {"no members", no_members, POUPA_ON_ERROR_QUARANTINE, 5 << 20},
                 {"bad bytes", bad_bytes, POUPA_ON_ERROR_QUARANTINE, 5 << 20}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (uint32_t threads = 1; threads <= 4; threads += 3) {
            size_t most = memory_of(cases[i].make, cases[i].bytes, threads, cases[i].policy);
            ck_assert_msg(most <= 64 << 20, "%s, %u threads: %zu bytes", cases[i].name, threads,
                          most);
        }
    }
}
END_TEST

/* -- Large lines and many words -------------------------------------------- */

/* Were any of these quadratic, it would not end: how long it takes scripts/bench tells. */
static uint64_t rows_of(const text *all, poupa_ndjson_path path)
{
    const poupa_ndjson_options options = {.path = path};
    poupa_attendance *table;
    ASSERT_OK(poupa_ndjson_read(all->data, all->size, &options, &table, NULL, &err));
    uint64_t rows = poupa_attendance_rows(table);
    poupa_attendance_release(table);
    return rows;
}

START_TEST(a_million_distinct_ids_are_read)
{
    enum { MILLION = 1000000 };
    text all = {NULL, 0, 0};
    poupa_attendance *table;
    size_t words;
    put_distinct_ids(&all, MILLION);
    ASSERT_OK(poupa_ndjson_read(all.data, all.size, NULL, &table, NULL, &err));
    poupa_attendance_words(table, POUPA_DICTIONARY_UNIT, &words);
    ck_assert_uint_eq(words, MILLION);
    poupa_attendance_release(table);
    text_free(&all);
}
END_TEST

START_TEST(lines_of_a_mib_are_read_on_every_path)
{
    text all = {NULL, 0, 0};
    put_members(&all, 60000);
    put_string(&all, 1000);
    for (int path = POUPA_NDJSON_FASTEST; path <= POUPA_NDJSON_NEON; path++) {
        if (poupa_ndjson_path_available((poupa_ndjson_path)path))
            ck_assert_uint_eq(rows_of(&all, (poupa_ndjson_path)path), 2);
    }
    text_free(&all);
}
END_TEST

START_TEST(a_key_is_found_twice_among_sixty_thousand)
{
    text all = {NULL, 0, 0};
    poupa_attendance *table;
    poupa_error err;
    put_members(&all, 60000);
    all.size -= strlen("}\n");
    text_put(&all, ",\"x30000\":1}\n");
    ck_assert_int_eq(poupa_ndjson_read(all.data, all.size, NULL, &table, NULL, &err),
                     POUPA_ERR_SYNTAX);
    ck_assert_ptr_nonnull(strstr(err.message, "x30000"));
    text_free(&all);
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: bounds", batches_of_hostile_lines_take_at_most_64_mib,
                     a_million_distinct_ids_are_read, lines_of_a_mib_are_read_on_every_path,
                     a_key_is_found_twice_among_sixty_thousand);
}
