/* rollup.h - what "poupa rollup" was asked for, and its table for people. */
#ifndef TOOL_ROLLUP_H
#define TOOL_ROLLUP_H

#include <poupa/rollup.h>

#include "arguments.h"

/* The words of --by and --where, taken apart. */
typedef struct rollup_words {
    poupa_group by[POUPA_GROUPS_MAX];
    size_t by_count;
    poupa_rollup_filter filters[POUPA_GROUPS_MAX];
    size_t filter_count;
    char *copies[POUPA_GROUPS_MAX]; /* of the texts, in which commas became NULs */
} rollup_words;

/* Reads the options' words and reports what is wrong with them; free them. */
exit_status rollup_words_read(const cli_arguments *arguments, rollup_words *out);
void rollup_words_free(rollup_words *words);

/* Prints results in columns. */
void rollup_print(const poupa_rollup_table *table);

#endif
