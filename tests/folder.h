/* folder.h - a folder of a test's own, for files that are written. */
#ifndef TEST_FOLDER_H
#define TEST_FOLDER_H

#include <unistd.h>

#include "fixture.h"

/* The folder; every test that uses it makes it and removes it. The including file defines
 * _XOPEN_SOURCE, for mkdtemp. */
static char folder[32];

static inline void make_folder(void)
{
    strcpy(folder, "/tmp/poupa-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static inline const char *in_folder(const char *name, char out[256])
{
    snprintf(out, 256, "%s/%s", folder, name);
    return out;
}

/* Removes the folder and all files in it, and returns how many there were. */
static inline size_t remove_folder(void)
{
    DIR *files = opendir(folder);
    ck_assert_ptr_nonnull(files);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(files)) != NULL;) {
        char path[512];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        ck_assert_int_eq(unlink(path), 0);
        count++;
    }
    closedir(files);
    ck_assert_int_eq(rmdir(folder), 0);
    return count;
}

static inline void assert_content(const char *path, const char *expected)
{
    poupa_buffer text = read_fixture(path);
    ck_assert_str_eq(text.data, expected);
    poupa_buffer_free(&text);
}

#endif
