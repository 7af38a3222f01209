/* test_ndjson_waiting.c - inputs that give nothing for a while, and inputs without ranges. */
#define _XOPEN_SOURCE 700

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "folder.h"
#include "test_ndjson.h"

#define RECORD "{\"period\":\"2021-06-14\",\"service\":\"rg\",\"channel\":\"portal\"}\n"

/* Goes on until it was asked so often. */
static bool lose_patience(void *context, const poupa_ndjson_counts *counts)
{
    int *left = context;
    return counts->bad == 0 && --*left > 0;
}

static poupa_status read_patiently(const char *path, uint32_t threads, int patience)
{
    const poupa_ndjson_options options = {
        .threads = threads, .progress = lose_patience, .progress_context = &patience};
    poupa_attendance *table;
    poupa_error err = {0};
    poupa_status status = poupa_ndjson_read_file(path, &options, &table, NULL, &err);
    poupa_attendance_release(table);
    if (status == POUPA_ERR_CANCELLED)
        ck_assert_str_eq(err.message, "the reading was cancelled");
    return status;
}

/* A pipe with a name, in a folder of its own. */
static void make_pipe(char path[256])
{
    make_folder();
    ck_assert_int_eq(mkfifo(in_folder("pipe", path), 0600), 0);
}

START_TEST(a_pipe_that_nobody_writes_to_can_be_given_up)
{
    char path[256];
    make_pipe(path);
    for (uint32_t threads = 1; threads <= 2; threads++)
        ck_assert_int_eq(read_patiently(path, threads, 2), POUPA_ERR_CANCELLED);
    remove_folder();
}
END_TEST

START_TEST(a_pipe_that_gives_no_more_can_be_given_up)
{
    static const char *const starts[] = {"", "{", RECORD RECORD};
    for (size_t i = 0; i < COUNT(starts); i++) {
        char path[256];
        make_pipe(path);
        int both = open(path, O_RDWR);
        ck_assert_int_ge(both, 0);
        size_t size = strlen(starts[i]);
        for (uint32_t threads = 1; threads <= 3; threads++) {
            ck_assert_int_eq(write(both, starts[i], size), (int)size);
            ck_assert_int_eq(read_patiently(path, threads, 3), POUPA_ERR_CANCELLED);
        }
        close(both);
        remove_folder();
    }
}
END_TEST

START_TEST(a_pipe_may_take_its_time)
{
    for (uint32_t threads = 1; threads <= 2; threads++) {
        int ends[2];
        ck_assert_int_eq(pipe(ends), 0);
        int saved = dup(STDIN_FILENO);
        dup2(ends[0], STDIN_FILENO);
        pid_t writer = fork();
        if (writer == 0) {
            for (size_t at = 0; at < sizeof RECORD - 1; at += 20) {
                nanosleep(&(struct timespec){0, 150000000}, NULL);
                size_t left = sizeof RECORD - 1 - at;
                if (write(ends[1], &RECORD[at], left < 20 ? left : 20) < 0)
                    _exit(1);
            }
            _exit(0);
        }
        close(ends[1]);
        poupa_status status = read_patiently("-", threads, 1000);
        dup2(saved, STDIN_FILENO);
        close(saved);
        close(ends[0]);
        ck_assert_int_eq(status, POUPA_OK);
    }
}
END_TEST

START_TEST(only_regular_files_with_a_name_have_ranges)
{
    char path[256], file[256];
    make_pipe(path);
    int descriptor = open(in_folder("file", file), O_RDWR | O_CREAT, 0600);
    ck_assert_int_eq(write(descriptor, RECORD, sizeof RECORD - 1), sizeof RECORD - 1);
    ck_assert_int_eq(lseek(descriptor, 0, SEEK_SET), 0);
    int saved = dup(STDIN_FILENO);
    dup2(descriptor, STDIN_FILENO);
    const char *const none[] = {"-", path, "/dev/zero"};
    for (size_t i = 0; i < COUNT(none); i++) {
        poupa_ndjson *stream;
        ASSERT_FAILS(poupa_ndjson_open_range(none[i], 0, 100, NULL, &stream, &err),
                     POUPA_ERR_ARGUMENT);
        ck_assert_ptr_null(stream);
    }
    poupa_status whole = read_patiently("-", 1, 1000);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(descriptor);
    ck_assert_int_eq(whole, POUPA_OK);
    remove_folder();
}
END_TEST

static bool keep(void *context, const char *data, size_t size)
{
    text_add(context, data, size);
    return true;
}

START_TEST(bad_lines_are_told_with_the_file_that_they_are_of)
{
    char path[256], start[300];
    make_folder();
    int descriptor = open(in_folder("a.ndjson", path), O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(write(descriptor, "\n{}\n", 4), 4);
    close(descriptor);
    text lines = {NULL, 0, 0};
    const poupa_ndjson_options options = {
        .on_error = POUPA_ON_ERROR_QUARANTINE, .quarantine = keep, .quarantine_context = &lines};
    poupa_attendance *table;
    ASSERT_OK(poupa_ndjson_read_file(path, &options, &table, NULL, &err));
    poupa_attendance_release(table);
    snprintf(start, sizeof start, "{\"file\":\"%s\",\"line\":2,", path);
    ck_assert_msg(strncmp(lines.data, start, strlen(start)) == 0, "%s", lines.data);
    lines.size = 0;
    ASSERT_OK(poupa_ndjson_read("{}\n", 3, &options, &table, NULL, &err));
    poupa_attendance_release(table);
    ck_assert_ptr_null(strstr(lines.data, "\"file\""));
    text_free(&lines);
    remove_folder();
}
END_TEST

int main(void)
{
    return RUN_SUITE("ndjson: waiting", a_pipe_that_nobody_writes_to_can_be_given_up,
                     a_pipe_that_gives_no_more_can_be_given_up, a_pipe_may_take_its_time,
                     only_regular_files_with_a_name_have_ranges,
                     bad_lines_are_told_with_the_file_that_they_are_of);
}
