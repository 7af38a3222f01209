/* series.h - metrics by what they are about, so that figures of a kind can be compared. */
#ifndef POUPA__VALIDATE_SERIES_H
#define POUPA__VALIDATE_SERIES_H

#include "base/hash.h"
#include "base/memory.h"
#include "poupa/catalog.h"

/*
 * What a figure is about, as a sum of hashes under a random key, one for each thing that
 * it names: lists come out alike in any order, and a part less is a subtraction. Two
 * sums of 64 bits each are as good as the things themselves: that they agree by chance
 * is out of the question, and nobody who writes a document knows the key.
 */
typedef struct poupa__topic {
    uint64_t a;
    uint64_t b;
} poupa__topic;

typedef struct poupa__figure poupa__figure;
struct poupa__figure {
    const poupa_metric *metric;
    int32_t last_day;
    uint8_t shape;       /* bit i: it has dimension i */
    bool is_total;       /* of a running total that was counted, not foreseen or missing */
    poupa__topic series; /* indicator and dimensions */
    poupa__topic group;  /* the series, the days and the status */
    double low;
    double high;
    const poupa__figure *disagrees;   /* one before it in the group with no value in common */
    const poupa__figure *falls_below; /* one of an earlier day: a running total that falls */
};

/* Figures of one series, period and status. */
typedef struct poupa__figure_group {
    poupa__topic hash;
    const poupa__figure *highest; /* the one whose low end is highest */
    const poupa__figure *lowest;  /* the one whose high end is lowest */
} poupa__figure_group;

/* All metrics of a catalogue, by their positions, and their groups in a hash table. Where an
 * open edit has removed a metric, its figure is all zero. */
typedef struct poupa__series_table {
    poupa__hash_key key;
    poupa__figure *figures;
    size_t count;
    poupa__figure_group *groups;
    size_t group_count;
    uint64_t *slots;   /* 1 + index of a group in the low bits, its hash above; 0: free */
    size_t slot_count; /* a power of two, more than twice the groups */
    uint64_t shapes;   /* bit s: some figure has the shape s */
} poupa__series_table;

/* Fills a table whose key is set; false when there is no memory. Free it either way. */
bool poupa__series_build(poupa__series_table *table, const poupa_catalog *catalog,
                         const poupa_allocator *allocator);
void poupa__series_free(poupa__series_table *table, const poupa_allocator *allocator);

/* Room for the names of all dimensions. */
#define POUPA__WITHOUT_SIZE 96

/*
 * The figure with fewer dimensions that a figure is too high to be a part of; NULL where
 * there is none. `without` gets the names of the dimensions that the whole is without.
 */
const poupa__figure *poupa__series_exceeded(const poupa__series_table *table,
                                            const poupa__figure *part,
                                            char without[POUPA__WITHOUT_SIZE]);

/* The name of the first dimension in which two sets of them differ; NULL for none. */
const char *poupa__series_difference(poupa__hash_key key, const poupa_dimensions *x,
                                     const poupa_dimensions *y);

#endif
