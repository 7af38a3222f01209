/* fixture.h - reading fixtures, and catalogues from text and back. */
#ifndef TEST_FIXTURE_H
#define TEST_FIXTURE_H

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "poupa/json.h"
#include "suite.h"

#define EXAMPLE POUPA_EXAMPLES "/data/poupatempo-2021.json"
#define EVERY_MEMBER POUPA_FIXTURES "/catalogs/every-member.json"

static inline poupa_buffer new_buffer(void)
{
    poupa_buffer buffer;
    poupa__buffer_init(&buffer, poupa__allocator(NULL));
    ck_assert(poupa__buffer_append(&buffer, "", 0));
    return buffer;
}

static inline poupa_buffer read_fixture(const char *path)
{
    poupa_buffer text = new_buffer();
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is missing", path);
    char piece[4096];
    for (size_t size; (size = fread(piece, 1, sizeof piece, file)) > 0;)
        ck_assert(poupa__buffer_append(&text, piece, size));
    fclose(file);
    return text;
}

static inline void write_fixture(const char *path, const char *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s cannot be written", path);
    ck_assert_uint_eq(fwrite(data, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

/* Calls `use` with the path of every file in a folder that has the ending; returns how many. */
static inline size_t for_each_fixture(const char *folder, const char *ending,
                                      void (*use)(const char *path))
{
    DIR *files = opendir(folder);
    ck_assert_msg(files != NULL, "%s is missing", folder);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(files)) != NULL;) {
        size_t size = strlen(entry->d_name), end = strlen(ending);
        if (size <= end || strcmp(entry->d_name + size - end, ending) != 0)
            continue;
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        use(path);
        count++;
    }
    closedir(files);
    return count;
}

static inline poupa_catalog *read_catalog(const char *text)
{
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_catalog_read(text, strlen(text), NULL, &catalog, &err));
    return catalog;
}

static inline poupa_catalog *read_catalog_file(const char *path)
{
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_catalog_read_file(path, NULL, &catalog, &err));
    return catalog;
}

static inline poupa_buffer write_catalog(const poupa_catalog *catalog, bool pretty)
{
    poupa_buffer text;
    poupa_write_options options = {.pretty = pretty};
    ASSERT_OK(poupa_catalog_write(catalog, &options, &text, &err));
    return text;
}

#endif
