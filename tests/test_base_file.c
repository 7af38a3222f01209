/* test_base_file.c - reading whole inputs, and saving files that survive any failure. */
#define _XOPEN_SOURCE 700

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "counting.h"
#include "folder.h"

/* Saves a text; the status is that of the first call that fails. */
static poupa_status save(const char *path, const char *text, poupa_error *err)
{
    return poupa_file_write(path, text, strlen(text), err);
}

/* -- Reading ------------------------------------------------------------- */

/* Gives a text in small pieces, and fails or lies where it is told to. */
typedef struct slow_reader {
    const char *text;
    size_t left;
    size_t calls_left;
    ptrdiff_t then; /* what the last call returns */
} slow_reader;

static ptrdiff_t read_slowly(void *context, char *buffer, size_t capacity)
{
    slow_reader *reader = context;
    if (reader->calls_left-- == 0)
        return reader->then;
    size_t size = reader->left < 3 ? reader->left : 3;
    ck_assert_uint_ge(capacity, size);
    memcpy(buffer, reader->text, size);
    reader->text += size;
    reader->left -= size;
    return (ptrdiff_t)size;
}

START_TEST(all_there_is_is_read_however_small_the_pieces)
{
    slow_reader reader = {"Poupatempo", 10, SIZE_MAX, 0};
    poupa_buffer text;
    poupa__buffer_init(&text, poupa__allocator(NULL));
    ASSERT_OK(poupa__read_all(read_slowly, &reader, 10, &text, &err));
    ck_assert_str_eq(text.data, "Poupatempo");
    ck_assert_uint_eq(text.size, 10);
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(an_input_may_fail_lie_or_be_too_large)
{
    static const struct {
        size_t calls;
        ptrdiff_t then;
        size_t max_size;
        poupa_status status;
    } cases[] = {{0, -1, 100, POUPA_ERR_IO},
                 {2, -1, 100, POUPA_ERR_IO},
                 {1, PTRDIFF_MAX, 100, POUPA_ERR_IO},
                 {9, 0, 9, POUPA_ERR_LIMIT}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        slow_reader reader = {"Poupatempo", 10, cases[i].calls, cases[i].then};
        poupa_buffer text;
        poupa__buffer_init(&text, poupa__allocator(NULL));
        ASSERT_FAILS(poupa__read_all(read_slowly, &reader, cases[i].max_size, &text, &err),
                     cases[i].status);
        poupa_buffer_free(&text);
    }
}
END_TEST

START_TEST(a_file_that_cannot_be_read_is_named_with_the_reason)
{
    static const struct {
        const char *path;
        size_t max_size;
        poupa_status status;
        const char *message;
    } cases[] = {
        {"/nowhere/at.all", 100, POUPA_ERR_IO,
         "cannot open /nowhere/at.all: No such file or directory"},
        {"/", 100, POUPA_ERR_IO, "cannot read /: Is a directory"},
        {EXAMPLE, 100, POUPA_ERR_LIMIT, "is larger than 100 bytes"},
        {"/dev/zero", 100, POUPA_ERR_LIMIT, "the input is larger than 100 bytes"},
        {"/proc/self/mem", 1 << 20, POUPA_ERR_IO, "cannot read /proc/self/mem: "},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_buffer text;
        poupa_error err;
        poupa__buffer_init(&text, poupa__allocator(NULL));
        ck_assert_int_eq(poupa__read_file(cases[i].path, cases[i].max_size, &text, &err),
                         cases[i].status);
        ck_assert_msg(strstr(err.message, cases[i].message) != NULL, "%s", err.message);
        poupa_buffer_free(&text);
    }
}
END_TEST

START_TEST(a_file_is_read_whole)
{
    poupa_buffer expected = read_fixture(EXAMPLE), text;
    poupa__buffer_init(&text, poupa__allocator(NULL));
    ASSERT_OK(poupa__read_file(EXAMPLE, expected.size, &text, &err));
    ck_assert_str_eq(text.data, expected.data);
    poupa_buffer_free(&text);
    poupa_buffer_free(&expected);
}
END_TEST

/* -- Saving -------------------------------------------------------------- */

START_TEST(a_new_file_is_saved)
{
    char path[256];
    make_folder();
    ASSERT_OK(save(in_folder("new.txt", path), "first", &err));
    assert_content(path, "first");
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(a_file_of_nothing_is_saved_and_one_without_a_name_is_refused)
{
    char path[256];
    make_folder();
    ASSERT_OK(poupa_file_write(in_folder("new.txt", path), NULL, 0, &err));
    assert_content(path, "");
    ASSERT_FAILS(poupa_file_write(path, NULL, 1, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_file_write(NULL, "", 0, &err), POUPA_ERR_ARGUMENT);
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(a_file_is_replaced_and_keeps_its_mode)
{
    char path[256];
    struct stat about;
    make_folder();
    write_fixture(in_folder("old.txt", path), "old", 3);
    ck_assert_int_eq(chmod(path, 0640), 0);
    ASSERT_OK(save(path, "new", &err));
    assert_content(path, "new");
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_uint_eq(about.st_mode & 07777, 0640);
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(a_symbolic_link_is_followed)
{
    char path[256], link[256];
    struct stat about;
    make_folder();
    write_fixture(in_folder("real.txt", path), "old", 3);
    ck_assert_int_eq(symlink("real.txt", in_folder("link.txt", link)), 0);
    ASSERT_OK(save(link, "new", &err));
    assert_content(path, "new");
    ck_assert_int_eq(lstat(link, &about), 0);
    ck_assert(S_ISLNK(about.st_mode));
    ck_assert_uint_eq(remove_folder(), 2);
}
END_TEST

START_TEST(a_link_to_nothing_is_not_replaced)
{
    char link[256];
    struct stat about;
    make_folder();
    ck_assert_int_eq(symlink("gone.txt", in_folder("link.txt", link)), 0);
    ASSERT_FAILS(save(link, "new", &err), POUPA_ERR_IO);
    ck_assert_int_eq(lstat(link, &about), 0);
    ck_assert(S_ISLNK(about.st_mode));
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(a_file_of_the_current_folder_needs_no_slash)
{
    int before = open(".", O_RDONLY);
    char path[256];
    make_folder();
    ck_assert_int_eq(chdir(folder), 0);
    ASSERT_OK(save("here.txt", "text", &err));
    ck_assert_int_eq(fchdir(before), 0);
    close(before);
    assert_content(in_folder("here.txt", path), "text");
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(where_no_file_can_be_made_the_old_one_stays)
{
    static const char *const paths[] = {"/nowhere/at/all.txt", "/proc/new.txt", "/dev/null/x"};
    for (size_t i = 0; i < COUNT(paths); i++)
        ASSERT_FAILS(save(paths[i], "new", &err), POUPA_ERR_IO);
    char path[256];
    make_folder();
    write_fixture(in_folder("old.txt", path), "old", 3);
    ck_assert_int_eq(chmod(folder, 0500), 0);
    if (geteuid() != 0) /* nothing is unwritable to root */
        ASSERT_FAILS(save(path, "new", &err), POUPA_ERR_IO);
    ck_assert_int_eq(chmod(folder, 0700), 0);
    assert_content(path, "old");
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(a_folder_cannot_be_saved_over)
{
    make_folder();
    ASSERT_FAILS(save(folder, "new", &err), POUPA_ERR_IO);
    ck_assert_uint_eq(remove_folder(), 0);
}
END_TEST

START_TEST(a_write_that_fails_leaves_the_old_file_and_no_other)
{
    char path[256];
    make_folder();
    write_fixture(in_folder("old.txt", path), "old", 3);
    struct rlimit before, small = {8, 8};
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    poupa_error err;
    poupa_status status = save(path, "more than eight bytes", &err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    ck_assert_int_eq(status, POUPA_ERR_IO);
    ck_assert_msg(strstr(err.message, "File too large") != NULL, "%s", err.message);
    assert_content(path, "old");
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(saving_can_be_given_up)
{
    char path[256];
    make_folder();
    write_fixture(in_folder("old.txt", path), "old", 3);
    poupa__saving saving;
    ASSERT_OK(poupa__save_begin(&saving, path, NULL, &err));
    ck_assert(poupa__save_write(&saving, "new", 3));
    poupa__save_abandon(&saving);
    assert_content(path, "old");
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(without_memory_no_file_is_made)
{
    char path[256];
    make_folder();
    write_fixture(in_folder("old.txt", path), "old", 3);
    for (size_t at = 1; at <= 2; at++) {
        counting state = {.fail_at = at};
        poupa_allocator allocator = counting_allocator(&state);
        poupa__saving saving;
        ASSERT_FAILS(poupa__save_begin(&saving, path, &allocator, &err), POUPA_ERR_MEMORY);
        assert_nothing_leaked(&state);
    }
    assert_content(path, "old");
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

/* -- Piece by piece ------------------------------------------------------ */

START_TEST(a_file_takes_its_place_only_when_it_is_committed)
{
    char path[256], piece[1000], big[100000];
    make_folder();
    in_folder("list.txt", path);
    write_fixture(path, "old", 3);
    memset(piece, 'a', sizeof piece);
    memset(big, 'b', sizeof big);
    poupa_saving *first, *second;
    ASSERT_OK(poupa_saving_new(path, NULL, &first, &err));
    ASSERT_OK(poupa_saving_new(path, NULL, &second, &err));
    for (int i = 0; i < 100; i++)
        ck_assert(poupa_saving_write(first, piece, sizeof piece));
    ck_assert(poupa_saving_write(first, big, sizeof big));
    ck_assert(poupa_saving_write(first, "end", 3));
    ck_assert(poupa_saving_write(second, "second", 6));
    assert_content(path, "old");
    ASSERT_OK(poupa_saving_commit(second, &err));
    poupa_saving_free(second);
    assert_content(path, "second");
    ASSERT_OK(poupa_saving_commit(first, &err));
    ck_assert(!poupa_saving_write(first, "more", 4));
    ASSERT_FAILS(poupa_saving_commit(first, &err), POUPA_ERR_ARGUMENT);
    poupa_saving_free(first);
    poupa_buffer text = read_fixture(path);
    ck_assert_uint_eq(text.size, 100 * sizeof piece + sizeof big + 3);
    ck_assert_str_eq(text.data + text.size - 4, "bend");
    poupa_buffer_free(&text);
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

START_TEST(what_is_not_committed_leaves_the_old_file_alone)
{
    char path[256];
    make_folder();
    in_folder("list.txt", path);
    write_fixture(path, "old", 3);
    poupa_saving *saving;
    ASSERT_OK(poupa_saving_new(path, NULL, &saving, &err));
    ck_assert(poupa_saving_write(saving, "new", 3));
    poupa_saving_free(saving);
    poupa_saving_free(NULL);
    assert_content(path, "old");
    ASSERT_FAILS(poupa_saving_new(folder, NULL, &saving, &err), POUPA_ERR_IO);
    ck_assert_ptr_null(saving);
    ck_assert(!poupa_saving_write(NULL, "x", 1));
    for (size_t allowed = 0; saving == NULL; allowed++) {
        counting memory = {.fail_at = allowed + 1};
        poupa_allocator allocator = counting_allocator(&memory);
        poupa_status status = poupa_saving_new(path, &allocator, &saving, NULL);
        ck_assert_int_eq(status, saving ? POUPA_OK : POUPA_ERR_MEMORY);
        poupa_saving_free(saving);
        assert_nothing_leaked(&memory);
    }
    assert_content(path, "old");
    ck_assert_uint_eq(remove_folder(), 1);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "base: files", all_there_is_is_read_however_small_the_pieces,
        an_input_may_fail_lie_or_be_too_large,
        a_file_that_cannot_be_read_is_named_with_the_reason, a_file_is_read_whole,
        a_new_file_is_saved, a_file_of_nothing_is_saved_and_one_without_a_name_is_refused,
        a_file_is_replaced_and_keeps_its_mode, a_symbolic_link_is_followed,
        a_link_to_nothing_is_not_replaced, a_file_of_the_current_folder_needs_no_slash,
        where_no_file_can_be_made_the_old_one_stays, a_folder_cannot_be_saved_over,
        a_write_that_fails_leaves_the_old_file_and_no_other, saving_can_be_given_up,
        without_memory_no_file_is_made, a_file_takes_its_place_only_when_it_is_committed,
        what_is_not_committed_leaves_the_old_file_alone);
}
