/*
 * main.c - every exported function short of memory: it says so, changes nothing and leaks
 * nothing, whichever call for memory fails; or it needs none. jansson's functions for memory are
 * those of the whole process, and so are the counts: all runs in one.
 */
#define _XOPEN_SOURCE 700

#include "sweep.h"

#define SWEEP(name)                                                                              \
    START_TEST(name)                                                                             \
    {                                                                                            \
        sweep_##name();                                                                          \
    }                                                                                            \
    END_TEST

SWEEP(catalogues)
SWEEP(documents)
SWEEP(files)
SWEEP(streams)
SWEEP(tables)
SWEEP(rollups)
SWEEP(arrow)
SWEEP(writers)
SWEEP(quiet)

START_TEST(no_exported_function_is_left_out)
{
    sweep_assert_complete();
}
END_TEST

int main(void)
{
    if (setenv("CK_FORK", "no", 1) != 0)
        return EXIT_FAILURE;
    sweep_start();
    int result = RUN_SUITE("memory", catalogues, documents, files, streams, tables, rollups,
                           arrow, writers, quiet, no_exported_function_is_left_out);
    sweep_print();
    return result;
}
