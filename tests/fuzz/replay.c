/*
 * replay.c - runs a fuzz target over files, and over all files of folders and of those
 * in them, that are given as arguments: a corpus replayed as an ordinary test.
 */
#define _XOPEN_SOURCE 700

#include <ftw.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "fuzz.h"

static size_t replayed; /* nftw takes no context */

static int replay(const char *path, const struct stat *about, int type, struct FTW *place)
{
    (void)place;
    if (type != FTW_F)
        return 0;
    size_t size = (size_t)about->st_size;
    uint8_t *data = malloc(size ? size : 1); /* just its size, for sanitizers to watch */
    FILE *file = fopen(path, "rb");
    bool good = data && file && fread(data, 1, size, file) == size;
    if (good)
        LLVMFuzzerTestOneInput(data, size);
    else
        fprintf(stderr, "cannot read %s\n", path);
    if (file)
        fclose(file);
    free(data);
    replayed += good;
    return good ? 0 : -1;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (nftw(argv[i], replay, 16, FTW_PHYS) != 0) {
            fprintf(stderr, "cannot replay %s\n", argv[i]);
            return EXIT_FAILURE;
        }
    }
    printf("%zu inputs replayed\n", replayed);
    return replayed ? EXIT_SUCCESS : EXIT_FAILURE;
}
