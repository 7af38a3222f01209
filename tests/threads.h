/* threads.h - the same function in several threads, for tests. */
#ifndef TEST_THREADS_H
#define TEST_THREADS_H

#include <pthread.h>

#include "suite.h"

enum { THREADS = 8 };

/* Runs a function in THREADS threads at once, with contexts of an array, each of so many bytes;
 * of 0, all get the same. */
static inline void run_in_threads(void *(*function)(void *), void *contexts, size_t size)
{
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, function, (char *)contexts + i * size),
                         0);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

/* Runs a function in one other thread. */
static inline void run_elsewhere(void *(*function)(void *), void *context)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, function, context), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}

#endif
