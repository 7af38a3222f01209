/* ours.h - what the pieces of work of bench_ours share. */
#ifndef BENCH_OURS_H
#define BENCH_OURS_H

#include <poupa/ndjson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct text {
    char *data;
    size_t size;
} text;

typedef struct job {
    const char *path;
    poupa_ndjson_options options;
    text input; /* read before the time starts, where the work is on memory */
    poupa_attendance *table;
    uint64_t nanoseconds;
    uint64_t sum;
} job;

static inline uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000U + (uint64_t)time.tv_nsec;
}

static inline void check(bool fine, const char *what)
{
    if (!fine) {
        fprintf(stderr, "bench_ours: %s\n", what);
        exit(EXIT_FAILURE);
    }
}

static inline void check_status(poupa_status status, const poupa_error *err)
{
    check(status == POUPA_OK, err->message);
}

text read_text(const char *path);

/* The sum by which results are compared. */
uint64_t sum_of(const poupa_attendance *table);

/* Memory for the lines of the table, with its pages there, so that encoders alone are
 * measured and not how the system finds pages. */
text resident_text(const job *self);

void decode_file(job *self);

/* jansson.c */
void decode_jansson(job *self);
void encode_jansson(job *self);

#endif
