/* terminal.h - where text goes, and what can be shown there. */
#ifndef TOOL_TERMINAL_H
#define TOOL_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct cli_terminal {
    FILE *stream;
    bool interactive; /* whether a person is likely to watch */
    bool color;
    bool utf8;
    size_t width; /* columns of text, 40 to 100 */
} cli_terminal;

/* What is known of a stream. setlocale(LC_CTYPE, "") comes first. */
cli_terminal terminal_of(FILE *stream);

#endif
