/* references.h - counting who holds an object, from any thread. */
#ifndef POUPA__BASE_REFERENCES_H
#define POUPA__BASE_REFERENCES_H

#include <stdbool.h>
#include <stddef.h>

/* The compiler's atomics, because C11's and C++'s have no type in common. */
typedef struct poupa__references {
    size_t count;
} poupa__references;

static inline void poupa__references_init(poupa__references *references)
{
    __atomic_store_n(&references->count, 1, __ATOMIC_RELAXED);
}

static inline void poupa__references_add(poupa__references *references)
{
    __atomic_fetch_add(&references->count, 1, __ATOMIC_RELAXED);
}

/* Whether it was the last one; what others did with the object before is then seen. */
static inline bool poupa__references_drop(poupa__references *references)
{
    return __atomic_fetch_sub(&references->count, 1, __ATOMIC_ACQ_REL) == 1;
}

#endif
