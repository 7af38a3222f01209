/*
 * killed.c - processes that are killed while they save a file: the old file is there, or the new
 * one, whole. What they had written may lie beside it, under a name of its own.
 */
#define _XOPEN_SOURCE 700

#include "disk.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static const char old[] = "what was there before";

/* Waits for a child; whether it was killed. */
static bool was_killed(pid_t child)
{
    int how;
    ck_assert_int_eq(waitpid(child, &how, 0), child);
    ck_assert(WIFSIGNALED(how) ? WTERMSIG(how) == SIGKILL : WEXITSTATUS(how) == 0);
    return WIFSIGNALED(how);
}

/* Removes what a child left beside the file; returns how much it was. */
static size_t remove_left_over(void)
{
    DIR *files = opendir(folder);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(files)) != NULL;) {
        size_t size = strlen(entry->d_name);
        if (size != strlen(".poupa-0123456789abcdef.tmp") ||
            strncmp(entry->d_name, ".poupa-", 7) != 0 ||
            strcmp(entry->d_name + size - 4, ".tmp") != 0)
            continue;
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        ck_assert_int_eq(unlink(path), 0);
        count++;
    }
    closedir(files);
    return count;
}

/* Saves in a child that is killed at a call; false where it came to its end before. */
static bool save_and_be_killed(const saved *of, size_t way, size_t call)
{
    write_fixture(of->path, old, sizeof old - 1);
    pid_t child = fork();
    if (child == 0) {
        disk_arm(KILLING, call, 0);
        _exit(ways_to_save[way](of, NULL) == POUPA_OK ? 0 : 1);
    }
    bool killed = was_killed(child);
    bool is_new = content_is(of->path, of->content.data, of->content.size);
    ck_assert(is_new || (killed && content_is(of->path, old, sizeof old - 1)));
    size_t left = remove_left_over();
    ck_assert_uint_le(left, killed);
    ck_assert(left == 0 || !is_new);
    return killed;
}

START_TEST(a_kill_at_any_call_leaves_a_whole_file)
{
    for (size_t way = 0; way < WAYS_TO_SAVE; way++) {
        char path[256];
        make_folder();
        saved of = make_saved(way, in_folder("saved", path));
        size_t call = 1;
        while (save_and_be_killed(&of, way, call))
            call++;
        ck_assert_uint_gt(call, 8);
        ck_assert_uint_eq(remove_folder(), 1);
        free_saved(&of);
    }
}
END_TEST

/* Saves one text and another in turn until it is killed. */
static void save_for_ever(const saved *of)
{
    for (size_t turn = 0;; turn++) {
        size_t size = turn % 2 ? of->content.size : of->content.size / 2;
        if (poupa_file_write(of->path, of->content.data, size, NULL) != POUPA_OK)
            _exit(1);
    }
}

START_TEST(a_kill_at_any_time_of_200_saves_leaves_a_whole_file)
{
    char path[256];
    make_folder();
    saved of = make_saved(0, in_folder("saved", path));
    size_t amid = 0;
    uint64_t state = 1;
    ASSERT_OK(poupa_file_write(of.path, of.content.data, of.content.size, &err));
    for (int i = 0; i < 200; i++) {
        struct timespec wait = {.tv_nsec = (long)(next_random(&state) % 3000000)};
        pid_t child = fork();
        if (child == 0)
            save_for_ever(&of);
        nanosleep(&wait, NULL);
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert(was_killed(child));
        ck_assert(content_is(of.path, of.content.data, of.content.size) ||
                  content_is(of.path, of.content.data, of.content.size / 2));
        amid += remove_left_over();
    }
    printf("Disk: 200 processes were killed, %zu of them amid a save\n", amid);
    ck_assert_uint_gt(amid, 0);
    ck_assert_uint_eq(remove_folder(), 1);
    free_saved(&of);
}
END_TEST

int main(void)
{
    return RUN_SUITE("disk: killed", a_kill_at_any_call_leaves_a_whole_file,
                     a_kill_at_any_time_of_200_saves_leaves_a_whole_file);
}
