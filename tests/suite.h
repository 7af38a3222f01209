/* suite.h - running check tests, and asserting that a call went well. */
#ifndef TEST_SUITE_H
#define TEST_SUITE_H

#include <check.h>
#include <stdlib.h>

#include "poupa/base.h"

/* How many items an array has. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Asserts that a call which fills in `err` succeeds, and tells its message if not. */
#define ASSERT_OK(call)                                                                          \
    do {                                                                                         \
        poupa_error err = {0};                                                                   \
        poupa_status status_ = (call);                                                           \
        ck_assert_msg(status_ == POUPA_OK, "%s: %s %s", poupa_status_name(status_), err.path,    \
                      err.message);                                                              \
    } while (0)

/* Asserts that a call returns a status other than OK, and that `err` says the same. */
#define ASSERT_FAILS(call, expected)                                                             \
    do {                                                                                         \
        poupa_error err = {0};                                                                   \
        poupa_status status_ = (call);                                                           \
        ck_assert_msg(status_ == (expected), "expected %s, got %s: %s",                          \
                      poupa_status_name(expected), poupa_status_name(status_), err.message);     \
        ck_assert_int_eq(err.status, status_);                                                   \
        ck_assert_str_ne(err.message, "");                                                       \
    } while (0)

static inline int run_suite(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);
    tcase_set_timeout(all, 600); /* valgrind takes its time */
    for (size_t i = 0; i < count; i++)
        tcase_add_test(all, tests[i]);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The body of main: runs the tests that are named. */
#define RUN_SUITE(name, ...)                                                                     \
    run_suite(name, (const TTest *[]){__VA_ARGS__}, COUNT(((const TTest *[]){__VA_ARGS__})))

/* The next number of a sequence that is the same in every run (splitmix64). */
static inline uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

#endif
