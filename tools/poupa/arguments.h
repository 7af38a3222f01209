/* arguments.h - a command line, taken apart. */
#ifndef TOOL_ARGUMENTS_H
#define TOOL_ARGUMENTS_H

#include "commands.h"

enum { WHERES_MOST = 16 };

typedef struct cli_arguments {
    const cli_command *command;
    bool given[OPTION_COUNT];
    const char *values[OPTION_COUNT]; /* NULL where the option has none */
    const char *wheres[WHERES_MOST];  /* the values of --where, in their order */
    size_t where_count;
    char **operands;
    size_t operand_count;
} cli_arguments;

/* Takes apart what stands behind a command's name, which is argv[0], and reports what is
 * wrong with it. With --help given, nothing else is asked for. */
exit_status arguments_read(const cli_command *command, int argc, char **argv, cli_arguments *out);

/* The date of an option, which arguments_read has checked; no date where it is not given. */
poupa_date arguments_date(const cli_arguments *arguments, option_id option);

#endif
