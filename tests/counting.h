/* counting.h - an allocator that counts what is in use and fails when it is told to. */
#ifndef TEST_COUNTING_H
#define TEST_COUNTING_H

#include <check.h>
#include <stdlib.h>

#include "poupa/base.h"

typedef struct counting {
    size_t calls;   /* of allocate and reallocate, so far */
    size_t fail_at; /* the call that fails, and all behind it, counted from 1; 0 for none */
    size_t blocks;  /* in use */
    size_t bytes;   /* in use */
} counting;

static inline bool counting_fails(counting *state)
{
    state->calls++;
    return state->fail_at && state->calls >= state->fail_at;
}

static inline void *counting_allocate(void *context, size_t size)
{
    counting *state = context;
    void *block = counting_fails(state) ? NULL : malloc(size);
    if (block) {
        state->blocks++;
        state->bytes += size;
    }
    return block;
}

static inline void *counting_reallocate(void *context, void *block, size_t old_size, size_t size)
{
    counting *state = context;
    void *moved = counting_fails(state) ? NULL : realloc(block, size);
    if (moved)
        state->bytes += size - old_size;
    return moved;
}

static inline void counting_release(void *context, void *block, size_t size)
{
    counting *state = context;
    ck_assert_uint_gt(state->blocks, 0);
    ck_assert_uint_ge(state->bytes, size); /* the size that was asked for */
    state->blocks--;
    state->bytes -= size;
    free(block);
}

static inline poupa_allocator counting_allocator(counting *state)
{
    return (poupa_allocator){counting_allocate, counting_reallocate, counting_release, state};
}

static inline void assert_nothing_leaked(const counting *state)
{
    ck_assert_uint_eq(state->blocks, 0);
    ck_assert_uint_eq(state->bytes, 0);
}

#endif
