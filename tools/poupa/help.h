/* help.h - what a command does and takes, for people. */
#ifndef TOOL_HELP_H
#define TOOL_HELP_H

#include <stdio.h>

#include "commands.h"

/* Prints how a command is called: "poupa validate [OPTION...] FILE...". */
void print_synopsis(FILE *out, const cli_command *command);

/* Prints all there is to say about a command on standard output. */
void print_help(const cli_command *command);

#endif
