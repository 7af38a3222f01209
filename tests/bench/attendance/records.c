/* records.c - the benchmark's files: bench_records clean|producers|messy ROWS. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "synthetic.h"

static bool write_stream(void *stream, const char *data, size_t size)
{
    return fwrite(data, 1, size, stream) == size;
}

int main(int argc, char **argv)
{
    static const char *const styles[] = {[SYNTHETIC_CLEAN] = "clean",
                                         [SYNTHETIC_PRODUCERS] = "producers",
                                         [SYNTHETIC_MESSY] = "messy"};
    for (size_t i = 0; argc == 3 && i < sizeof styles / sizeof styles[0]; i++) {
        const synthetic_options options = {
            .rows = strtoull(argv[2], NULL, 10), .seed = 1, .style = (synthetic_style)i};
        if (strcmp(argv[1], styles[i]) == 0)
            return synthetic_write(&options, write_stream, stdout) && fclose(stdout) == 0
                       ? EXIT_SUCCESS
                       : EXIT_FAILURE;
    }
    fputs("bench_records clean|producers|messy ROWS\n", stderr);
    return EXIT_FAILURE;
}
