/*
 * sweep.h - tasks that run short of memory: each is run with its first call for memory failing,
 * then with its second, and so on until it makes no call that fails, once so that later calls
 * succeed again and once so that they do not.
 *
 * One count covers the library's allocators, those of jansson, and the starting of threads.
 */
#ifndef TEST_MEMORY_SWEEP_H
#define TEST_MEMORY_SWEEP_H

#include <string.h>

#include "fixture.h"
#include "poupa/poupa.h"

/* The allocator that is counted, for what tasks make. A call that is given none is counted, too,
 * and told apart. */
extern const poupa_allocator counted;

typedef enum trait {
    KEEPS = 1,        /* what was undone stays in memory until the object is gone */
    DOES_WITHOUT = 2, /* not every call for memory must succeed for it to succeed */
    BY_DEFAULT = 4,   /* there is no telling it which allocator to use */
    SPOILS = 8        /* a report that lacks a finding is of no more use */
} trait;

typedef struct task {
    const char *name;
    /* Makes what a run works on, while there is memory; `variants` tells how many there are to
     * choose from, 0 being 1. */
    void *(*make)(size_t variant);
    /* Fails as the library does; leaves nothing behind but what it did to the subject. */
    poupa_status (*run)(void *subject, poupa_error *err);
    /* Asserts what a run that ended so must have left; NULL where there is nothing to see. */
    void (*check)(void *subject, poupa_status status);
    void (*discard)(void *subject);
    size_t variants;
    unsigned traits;
} task;

/* Runs tasks short of memory. A run that failed is done again with all the memory it wants. */
void sweep(const task *tasks, size_t count);

/* The names of the exported functions are read from lib/symbols.txt. CALL(f) is f, and notes that
 * what is asked of the allocator from here on, up to the next CALL, is asked by it. */
void sweep_enter(const char *function);
#define CALL(function) (sweep_enter(#function), function)

/* Runs calls that ask for no memory while there is none; none of them may ask. */
void sweep_without_any(void (*calls)(void *subject), void *subject);

/* Asserts that every exported function was seen to fail, or was run without any memory. */
void sweep_assert_complete(void);

/* Prints how many failures there were. */
void sweep_print(void);

void sweep_start(void);

/* -- What tasks have in common -------------------------------------------- */

static inline bool take_all(void *context, const char *data, size_t size)
{
    (void)context;
    return data != NULL && size > 0;
}

/* Gives a text in pieces. */
typedef struct giver {
    const char *data;
    size_t size;
} giver;

static inline ptrdiff_t give(void *context, char *buffer, size_t capacity)
{
    giver *from = (giver *)context;
    size_t size = from->size < 1000 ? from->size : 1000;
    size = size < capacity ? size : capacity;
    memcpy(buffer, from->data, size);
    from->data += size;
    from->size -= size;
    return (ptrdiff_t)size;
}

void sweep_catalogues(void);
void sweep_documents(void);
void sweep_files(void);
void sweep_streams(void);
void sweep_tables(void);
void sweep_rollups(void);
void sweep_arrow(void);
void sweep_writers(void);
void sweep_quiet(void);

#endif
