/*
 * synthetic.h - made-up attendance records: the same ones for the same seed on every
 * machine. It needs no library but that of C.
 */
#ifndef TOOL_SYNTHETIC_H
#define TOOL_SYNTHETIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the lines are written. */
typedef enum synthetic_style {
    SYNTHETIC_CLEAN,     /* members in the order of the format, no white space */
    SYNTHETIC_PRODUCERS, /* eight sources, each with an order and a spacing of its own */
    SYNTHETIC_MESSY      /* any order, white space, escapes, unknown members, CRLF */
} synthetic_style;

/* Ids to choose from. */
typedef struct synthetic_ids {
    const char *const *items;
    size_t count;
} synthetic_ids;

/* A channel, and whether its records are of a unit. */
typedef struct synthetic_channel {
    const char *id;
    bool has_unit;
} synthetic_channel;

/* What is recorded. Without units and services, ids are made up that begin with
 * "synthetic-"; with them, every record has a member "synthetic" that is true. */
typedef struct synthetic_options {
    uint64_t rows;
    uint64_t seed;
    synthetic_style style;
    synthetic_ids units;
    synthetic_ids services;
    const synthetic_channel *channels; /* NULL: some of its own */
    size_t channel_count;
} synthetic_options;

/* Writes the records, whose days go from 2020-01-01 to 2021-12-31. False where `write` says
 * so. */
bool synthetic_write(const synthetic_options *options,
                     bool (*write)(void *context, const char *data, size_t size), void *context);

#endif
