/* generate.h - a large catalogue, the same in every run, as a state might publish it. */
#ifndef BENCH_GENERATE_H
#define BENCH_GENERATE_H

#include "poupa/catalog.h"

/* The sizes of a state's catalogue, times `scale`. */
typedef struct generated_sizes {
    size_t services;
    size_t units;
    size_t metrics;
} generated_sizes;

static inline generated_sizes generated_sizes_of(size_t scale)
{
    return (generated_sizes){2400 * scale, 2450 * scale, 20000 * scale};
}

/*
 * Makes the catalogue; NULL when there is no memory. Nothing is found in it: all that it
 * says is plausible.
 */
poupa_catalog *generate_catalog(generated_sizes sizes);

#endif
