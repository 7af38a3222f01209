/*
 * bench_linear.c - whether decoding stays linear in what could make it quadratic: members of a
 * line, words, batches, long strings. Four times the work should take four times as long; were
 * it quadratic, it would take sixteen times. The argument is the number of rounds.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../large_lines.h"
#include "poupa/ndjson.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ROUNDS = 5, LIMIT = 8 };

/* A text of a size that is given, and how it is read. */
typedef struct work {
    const char *name;
    void (*make)(text *out, int size);
    int size;
    size_t batch_rows;
} work;

/* Ids of which there are many, each once and then in turn. */
static void put_ids_twice(text *out, int count)
{
    put_distinct_ids(out, count);
    put_distinct_ids(out, count);
}

static const work works[] = {
    {"unknown members of a line", put_members, 15000, 0},
    {"distinct ids", put_distinct_ids, 250000, 0},
    {"batches of one row", put_ids_twice, 8000, 1},
    {"KiB of a string", put_string, 250, 0},
};

static const struct {
    const char *name;
    poupa_ndjson_path path;
} paths[] = {{"general", POUPA_NDJSON_GENERAL},
             {"portable", POUPA_NDJSON_PORTABLE},
             {"SSE2", POUPA_NDJSON_SSE2},
             {"AVX2", POUPA_NDJSON_AVX2},
             {"NEON", POUPA_NDJSON_NEON}};

static void check(poupa_status status, const poupa_error *err)
{
    if (status != POUPA_OK) {
        fprintf(stderr, "bench_linear: %s\n", err->message);
        exit(EXIT_FAILURE);
    }
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* The least seconds of the processor that some readings took. */
static double time_of(const work *what, int size, poupa_ndjson_path path, int rounds)
{
    text all = {NULL, 0, 0};
    double least = 1e9;
    what->make(&all, size);
    for (int round = 0; round < rounds; round++) {
        const poupa_ndjson_options options = {.path = path, .batch_rows = what->batch_rows};
        poupa_ndjson *stream;
        poupa_attendance *batch;
        poupa_error err;
        double start = now();
        check(poupa_ndjson_open_data(all.data, all.size, &options, &stream, &err), &err);
        do {
            check(poupa_ndjson_next(stream, &batch, &err), &err);
            poupa_attendance_release(batch);
        } while (batch);
        poupa_ndjson_close(stream);
        double seconds = now() - start;
        least = seconds < least ? seconds : least;
    }
    text_free(&all);
    return least;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS;
    printf("%-27s %-9s %8s %10s %8s %10s %7s %6s\n", "work", "path", "size", "ms", "size", "ms",
           "times", "limit");
    for (size_t i = 0; i < COUNT(works); i++) {
        for (size_t j = 0; j < COUNT(paths); j++) {
            if (!poupa_ndjson_path_available(paths[j].path))
                continue;
            const work *what = &works[i];
            double few = time_of(what, what->size, paths[j].path, rounds);
            double many = time_of(what, 4 * what->size, paths[j].path, rounds);
            printf("%-27s %-9s %8d %10.2f %8d %10.2f %7.2f %6d %s\n", what->name, paths[j].name,
                   what->size, few * 1e3, 4 * what->size, many * 1e3, many / few, LIMIT,
                   many < LIMIT * few ? "holds" : "DOES NOT HOLD");
        }
    }
    return EXIT_SUCCESS;
}
