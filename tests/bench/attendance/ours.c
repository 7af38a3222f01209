/*
 * ours.c - the library's side of the attendance benchmark, and what memory and the C library
 * allow at all; jansson.c is part of the program.
 *
 *     bench_ours WORK FILE [THREADS]
 *
 * does one piece of work on a file of records and prints its nanoseconds and a sum of what
 * came out, by which the runs are compared. With BENCH_WARM in the environment it does the
 * work twice, in memory that malloc keeps, and tells of the second time.
 */
#define _DEFAULT_SOURCE

#include "ours.h"

#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <poupa/rollup.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HOT_ROUNDS = 15 };

/* -- Input --------------------------------------------------------------- */

text read_text(const char *path)
{
    FILE *stream = fopen(path, "rb");
    check(stream && fseek(stream, 0, SEEK_END) == 0, path);
    text out = {NULL, (size_t)ftell(stream)};
    out.data = malloc(out.size + 64);
    rewind(stream);
    check(out.data && fread(out.data, 1, out.size, stream) == out.size, path);
    fclose(stream);
    return out;
}

static ptrdiff_t read_descriptor(void *context, char *buffer, size_t capacity)
{
    return read(*(int *)context, buffer, capacity);
}

uint64_t sum_of(const poupa_attendance *table)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < poupa_attendance_segments(table); i++) {
        poupa_columns columns;
        check(poupa_attendance_columns(table, i, &columns, NULL) == POUPA_OK, "columns");
        for (size_t j = 0; j < columns.rows; j++)
            sum += (uint64_t)columns.count[j] + (uint32_t)columns.period_start[j] +
                   (uint32_t)columns.wait_s[j];
    }
    return sum;
}

/* -- Pieces of work ------------------------------------------------------ */

void decode_file(job *self)
{
    poupa_error err;
    uint64_t start = now();
    check_status(poupa_ndjson_read_file(self->path, &self->options, &self->table, NULL, &err),
                 &err);
    self->nanoseconds = now() - start;
    self->sum = sum_of(self->table);
}

/* For those who know that their file does not shrink: the fastest way to its bytes. */
static void decode_mapped(job *self)
{
    poupa_error err;
    struct stat file;
    uint64_t start = now();
    int descriptor = open(self->path, O_RDONLY);
    check(descriptor >= 0 && fstat(descriptor, &file) == 0, self->path);
    size_t size = (size_t)file.st_size;
    void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    check(data != MAP_FAILED, self->path);
    check_status(poupa_ndjson_read(data, size, &self->options, &self->table, NULL, &err), &err);
    self->nanoseconds = now() - start; /* the peers do not unmap either */
    munmap(data, size);
    close(descriptor);
    self->sum = sum_of(self->table);
}

static void decode_chunks(job *self)
{
    poupa_error err;
    int descriptor = open(self->path, O_RDONLY);
    check(descriptor >= 0, self->path);
    uint64_t start = now();
    check_status(poupa_ndjson_read_from(read_descriptor, &descriptor, &self->options,
                                        &self->table, NULL, &err),
                 &err);
    self->nanoseconds = now() - start;
    close(descriptor);
    self->sum = sum_of(self->table);
}

static void decode_batches(job *self)
{
    poupa_error err;
    poupa_ndjson *stream;
    poupa_attendance *batch;
    uint64_t start = now();
    check_status(poupa_ndjson_open(self->path, &self->options, &stream, &err), &err);
    for (;;) {
        check_status(poupa_ndjson_next(stream, &batch, &err), &err);
        if (batch == NULL)
            break;
        self->sum += sum_of(batch);
        poupa_attendance_release(batch);
    }
    poupa_ndjson_close(stream);
    self->nanoseconds = now() - start;
}

/* Lets malloc keep what is freed: the system would have to find other pages, and fill them with
 * zeros, for whoever asks next. */
static void keep_memory(void)
{
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT32_MAX);
}

/* The best of some rounds. */
static void decode_hot(job *self)
{
    poupa_error err;
    keep_memory();
    self->input = read_text(self->path);
    self->nanoseconds = UINT64_MAX;
    for (int i = 0; i < HOT_ROUNDS; i++) {
        poupa_attendance_release(self->table);
        uint64_t start = now();
        check_status(poupa_ndjson_read(self->input.data, self->input.size, &self->options,
                                       &self->table, NULL, &err),
                     &err);
        uint64_t taken = now() - start;
        self->nanoseconds = taken < self->nanoseconds ? taken : self->nanoseconds;
    }
    self->sum = sum_of(self->table);
}

/* What a program takes that does nothing. */
static void be_idle(job *self)
{
    self->nanoseconds = 0;
}

static void scan_newlines(job *self)
{
    self->input = read_text(self->path);
    self->nanoseconds = UINT64_MAX;
    for (int i = 0; i < HOT_ROUNDS; i++) {
        uint64_t start = now();
        const char *end = self->input.data + self->input.size;
        self->sum = 0;
        for (const char *at = self->input.data; at < end; self->sum++, at++) {
            at = memchr(at, '\n', (size_t)(end - at));
            if (at == NULL)
                break;
        }
        uint64_t taken = now() - start;
        self->nanoseconds = taken < self->nanoseconds ? taken : self->nanoseconds;
    }
}

static void copy_memory(job *self)
{
    self->input = read_text(self->path);
    char *other = malloc(self->input.size);
    check(other != NULL, "memory");
    self->nanoseconds = UINT64_MAX;
    for (int i = 0; i < HOT_ROUNDS; i++) {
        uint64_t start = now();
        memcpy(other, self->input.data, self->input.size);
        uint64_t taken = now() - start;
        self->nanoseconds = taken < self->nanoseconds ? taken : self->nanoseconds;
        self->sum += (unsigned char)other[(size_t)i * 4096 % self->input.size];
    }
    free(other);
}

/* -- Encoding and rollups ------------------------------------------------ */

text resident_text(const job *self)
{
    text out = {NULL, poupa_attendance_rows(self->table) * 256 + (1 << 20)};
    out.data = malloc(out.size);
    check(out.data != NULL, "memory");
    memset(out.data, 1, out.size);
    return out;
}

/* Large blocks from resident memory, where jansson writes to as well; others as usual. */
enum { LARGE = 1 << 20 };

static bool is_resident(const text *room, const void *block)
{
    return (const char *)block == room->data;
}

static void *take(void *context, size_t size)
{
    const text *room = context;
    return size < LARGE ? malloc(size) : size <= room->size ? room->data : NULL;
}

/* There is one large block at a time, which grows where it is. */
static void *retake(void *context, void *block, size_t old_size, size_t size)
{
    if (size < LARGE)
        return realloc(block, size);
    void *moved = take(context, size);
    if (moved && !is_resident(context, block)) {
        memcpy(moved, block, old_size);
        free(block);
    }
    return moved;
}

static void give_back(void *context, void *block, size_t size)
{
    (void)size;
    if (!is_resident(context, block))
        free(block);
}

static void encode_memory(job *self)
{
    poupa_error err;
    poupa_buffer lines;
    decode_file(self);
    text room = resident_text(self);
    const poupa_allocator allocator = {take, retake, give_back, &room};
    uint64_t start = now();
    check_status(poupa_attendance_write(self->table, &allocator, &lines, &err), &err);
    self->nanoseconds = now() - start;
    check(is_resident(&room, lines.data), "the lines are not in resident memory");
    self->sum = lines.size;
    free(room.data);
}

/* To a buffer that the library makes: mostly the time that its pages take. */
static void encode_buffer(job *self)
{
    poupa_error err;
    poupa_buffer buffer;
    decode_file(self);
    uint64_t start = now();
    check_status(poupa_attendance_write(self->table, NULL, &buffer, &err), &err);
    self->nanoseconds = now() - start;
    self->sum = buffer.size;
    poupa_buffer_free(&buffer);
}

static void encode_file(job *self)
{
    poupa_error err;
    char path[4096];
    snprintf(path, sizeof path, "%s.encoded", self->path);
    decode_file(self);
    uint64_t start = now();
    check_status(poupa_attendance_write_file(self->table, NULL, path, &err), &err);
    self->nanoseconds = now() - start;
    remove(path);
}

static bool write_descriptor(void *context, const char *data, size_t size)
{
    return write(*(int *)context, data, size) == (ssize_t)size;
}

/* To a file that may be lost with the power, as the peers write theirs. */
static void encode_unsynced(job *self)
{
    poupa_error err;
    char path[4096];
    snprintf(path, sizeof path, "%s.encoded", self->path);
    decode_file(self);
    uint64_t start = now();
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    check(descriptor >= 0, path);
    check_status(
        poupa_attendance_write_to(self->table, NULL, write_descriptor, &descriptor, &err), &err);
    check(close(descriptor) == 0, path);
    self->nanoseconds = now() - start;
    remove(path);
}

static void roll_up(job *self, const poupa_group *by, size_t count, bool counts_only)
{
    poupa_error err;
    const poupa_rollup_options options = {
        .by = by, .by_count = count, .counts_only = counts_only};
    decode_file(self);
    self->nanoseconds = UINT64_MAX;
    for (int i = 0; i < HOT_ROUNDS; i++) {
        poupa_rollup *rollup;
        poupa_rollup_table *table;
        uint64_t start = now();
        check_status(poupa_rollup_new(&options, &rollup, &err), &err);
        check_status(poupa_rollup_add(rollup, self->table, &err), &err);
        check_status(poupa_rollup_finish(rollup, &table, &err), &err);
        uint64_t taken = now() - start;
        self->nanoseconds = taken < self->nanoseconds ? taken : self->nanoseconds;
        self->sum = poupa_rollup_table_count(table);
        poupa_rollup_table_free(table);
        poupa_rollup_free(rollup);
    }
}

static const poupa_group month_and_channel[] = {{POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH},
                                                {POUPA_GROUP_CHANNEL, 0}};
static const poupa_group unit[] = {{POUPA_GROUP_UNIT, 0}};

static void roll_up_months(job *self)
{
    roll_up(self, month_and_channel, 2, false);
}

static void count_months(job *self)
{
    roll_up(self, month_and_channel, 2, true);
}

static void roll_up_units(job *self)
{
    roll_up(self, unit, 1, false);
}

static void count_units(job *self)
{
    roll_up(self, unit, 1, true);
}

static const struct {
    const char *name;
    void (*run)(job *self);
    poupa_ndjson_path path;
} works[] = {
    {"mapped", decode_mapped, POUPA_NDJSON_FASTEST},
    {"mapped-sse2", decode_mapped, POUPA_NDJSON_SSE2},
    {"file", decode_file, POUPA_NDJSON_FASTEST},
    {"file-portable", decode_file, POUPA_NDJSON_PORTABLE},
    {"file-general", decode_file, POUPA_NDJSON_GENERAL},
    {"chunks", decode_chunks, POUPA_NDJSON_FASTEST},
    {"batches", decode_batches, POUPA_NDJSON_FASTEST},
    {"hot", decode_hot, POUPA_NDJSON_FASTEST},
    {"hot-sse2", decode_hot, POUPA_NDJSON_SSE2},
    {"idle", be_idle, POUPA_NDJSON_FASTEST},
    {"memchr", scan_newlines, POUPA_NDJSON_FASTEST},
    {"memcpy", copy_memory, POUPA_NDJSON_FASTEST},
    {"jansson", decode_jansson, POUPA_NDJSON_FASTEST},
    {"jansson-encode", encode_jansson, POUPA_NDJSON_FASTEST},
    {"encode", encode_memory, POUPA_NDJSON_FASTEST},
    {"encode-buffer", encode_buffer, POUPA_NDJSON_FASTEST},
    {"encode-file", encode_file, POUPA_NDJSON_FASTEST},
    {"encode-unsynced", encode_unsynced, POUPA_NDJSON_FASTEST},
    {"rollup-month-channel", roll_up_months, POUPA_NDJSON_FASTEST},
    {"rollup-month-channel-counts", count_months, POUPA_NDJSON_FASTEST},
    {"rollup-unit", roll_up_units, POUPA_NDJSON_FASTEST},
    {"rollup-unit-counts", count_units, POUPA_NDJSON_FASTEST},
};

static void finish(job *self)
{
    poupa_attendance_release(self->table);
    free(self->input.data);
    self->table = NULL;
    self->input.data = NULL;
    self->sum = 0;
}

int main(int argc, char **argv)
{
    check(argc >= 3, "bench_ours WORK FILE [THREADS]");
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
        if (strcmp(works[i].name, argv[1]) != 0)
            continue;
        job self = {.path = argv[2], .options = {.path = works[i].path}};
        self.options.threads = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 1;
        if (getenv("BENCH_WARM")) {
            keep_memory();
            works[i].run(&self);
            finish(&self);
        }
        works[i].run(&self);
        struct rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        printf("%" PRIu64 " %" PRIu64 " %ld\n", self.nanoseconds, self.sum, usage.ru_maxrss);
        finish(&self);
        return EXIT_SUCCESS;
    }
    check(false, "no such work");
}
