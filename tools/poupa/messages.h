/* messages.h - what the command says besides its results: on standard error, as "poupa: …". */
#ifndef TOOL_MESSAGES_H
#define TOOL_MESSAGES_H

#include <poupa/poupa.h>

#include "commands.h"

#if defined(__GNUC__)
#define PRINTF_LIKE(text, values) __attribute__((__format__(__printf__, text, values)))
#else
#define PRINTF_LIKE(text, values)
#endif

/* Prints a message and returns `status`, for `return fail(EXIT_IO, …)`. */
exit_status fail(exit_status status, const char *format, ...) PRINTF_LIKE(2, 3);

/* The same for a wrong command line: EXIT_USAGE, with a hint at the command's help. */
exit_status fail_usage(const cli_command *command, const char *format, ...) PRINTF_LIKE(2, 3);

/* Ends the program with EXIT_IO: a command line tool has nothing better to do. */
_Noreturn void fail_for_memory(void);

/* What may be said behind a message about a wrong word. */
typedef struct hint {
    char text[320];
} hint;

/* "; did you mean "report"?" for the word of a type that is nearest to a wrong one, as the
 * library judges it; where none is near, the words there are, unless they are many. */
hint hint_word(value_type type, const char *wrong);

/* The same for the long options of a command, "--json". */
hint hint_option(const cli_command *command, const char *wrong);

/* Adds a word to those that may be meant: as a channel of a catalogue, which is asked for the
 * nearest one, so that the command and the library agree on what is near. */
void suggestion_add(poupa_catalog *known, const char *word);

/* The suggestion alone; nothing where it is NULL. */
hint did_you_mean(const char *suggestion);

#endif
