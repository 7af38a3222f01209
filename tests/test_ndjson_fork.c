/* test_ndjson_fork.c - streams in a process that was forked from the one that opened them. The
 * thread sanitizer knows of one process only. */
#define _XOPEN_SOURCE 700

#include <sys/wait.h>
#include <unistd.h>

#include "test_ndjson.h"

#define LINE "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"portal\"}\n"

static const char two_lines[] = LINE LINE;

/* What a forked process may do with a stream: 0 where all is as it should be. */
static int use_elsewhere(poupa_ndjson *stream, poupa_status due)
{
    poupa_attendance *table;
    poupa_status status = poupa_ndjson_next(stream, &table, NULL);
    poupa_attendance_release(table);
    poupa_ndjson_close(stream);
    return status != due;
}

START_TEST(a_forked_process_can_do_without_the_threads_of_a_stream)
{
    for (uint32_t threads = 1; threads < 4; threads++) {
        poupa_ndjson_options options = {.threads = threads, .batch_rows = 1};
        poupa_ndjson *stream;
        poupa_attendance *table;
        int ended;
        ck_assert_int_eq(
            poupa_ndjson_open_data(two_lines, sizeof two_lines - 1, &options, &stream, NULL),
            POUPA_OK);
        pid_t child = fork();
        if (child == 0) {
            alarm(20);
            _exit(use_elsewhere(stream, threads == 1 ? POUPA_OK : POUPA_ERR_ARGUMENT));
        }
        ck_assert_int_eq(waitpid(child, &ended, 0), child);
        ck_assert_int_eq(ended, 0);
        ck_assert_int_eq(poupa_ndjson_next(stream, &table, NULL), POUPA_OK);
        ck_assert_uint_eq(poupa_attendance_rows(table), 1);
        poupa_attendance_release(table);
        poupa_ndjson_close(stream);
    }
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: fork", a_forked_process_can_do_without_the_threads_of_a_stream);
}
