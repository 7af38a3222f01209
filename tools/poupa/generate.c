/* generate.c - a program of the build: prints the man page and the completions. */
#include "generate.h"

#include <string.h>

static const struct {
    const char *name;
    void (*generate)(FILE *out);
} products[] = {
    {"man", generate_man},
    {"bash", generate_bash},
    {"zsh", generate_zsh},
    {"fish", generate_fish},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof products / sizeof products[0]; i++) {
        if (strcmp(argv[1], products[i].name) == 0) {
            products[i].generate(stdout);
            return fclose(stdout) == 0 ? 0 : 3;
        }
    }
    fputs("usage: generate man|bash|zsh|fish\n", stderr);
    return 2;
}
