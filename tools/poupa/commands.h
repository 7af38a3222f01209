/*
 * commands.h - what the poupa command understands: the one description of its commands,
 * options and exit statuses, from which come the parser, the help, the man page and the
 * completions of the shells.
 */
#ifndef TOOL_COMMANDS_H
#define TOOL_COMMANDS_H

#include <poupa/poupa.h>

/* What an option or an operand takes. */
typedef enum value_type {
    VALUE_NONE,
    VALUE_TEXT,
    VALUE_FILE,
    VALUE_DATE,
    VALUE_LANGUAGE,
    VALUE_KIND,
    VALUE_RULE,
    VALUE_NUMBER,
    VALUE_GROUPS, /* words of groups, with commas between them */
    VALUE_FORMAT,
    VALUE_POLICY,
    VALUE_COMMAND
} value_type;

/* The word at an index that a value of the type can be; NULL past the end, which is at
 * once for types that are not lists of words. Kinds are told in the plural. */
const char *value_word(value_type type, size_t index);

/* Whether a value is one of the words of its type; a kind may be in the singular, too. */
bool value_is_word(value_type type, const char *value);

/* In the order in which help lists them. */
typedef enum option_id {
    OPTION_JSON,
    OPTION_STRICT,
    OPTION_LANG,
    OPTION_AS_OF,
    OPTION_CHECK,
    OPTION_IN_PLACE,
    OPTION_MARKDOWN,
    OPTION_BY,
    OPTION_WHERE,
    OPTION_CATALOG,
    OPTION_TOP,
    OPTION_FORMAT,
    OPTION_THREADS,
    OPTION_ON_ERROR,
    OPTION_QUARANTINE,
    OPTION_ROWS,
    OPTION_SEED,
    OPTION_MESSY,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_COUNT
} option_id;

typedef struct cli_option {
    const char *name; /* without its hyphens */
    char letter;
    value_type value;
    const char *placeholder; /* what usage calls the value; NULL for none */
    const char *help;
} cli_option;

extern const cli_option cli_options[OPTION_COUNT];

typedef struct cli_operand {
    const char *name; /* NULL behind the last */
    value_type value;
    bool optional;
    bool repeated;
} cli_operand;

typedef struct cli_example {
    const char *command; /* NULL behind the last */
    const char *meaning;
} cli_example;

enum { OPERANDS_MAX = 4, EXAMPLES_MAX = 4 };

/* In the order in which help lists them. POUPA is the program called without a command. */
typedef enum command_id {
    COMMAND_POUPA,
    COMMAND_VALIDATE,
    COMMAND_REPORT,
    COMMAND_FMT,
    COMMAND_SHOW,
    COMMAND_SCHEMA,
    COMMAND_RULES,
    COMMAND_ROLLUP,
    COMMAND_CHECK_STREAM,
    COMMAND_GENERATE,
    COMMAND_HELP,
    COMMAND_COUNT
} command_id;

typedef struct cli_command {
    const char *name;
    const char *summary;     /* a few words */
    const char *description; /* paragraphs, apart by a newline */
    cli_operand operands[OPERANDS_MAX];
    unsigned options;     /* a bit per option_id */
    const char *findings; /* what exit status 1 says; NULL where it is not used */
    cli_example examples[EXAMPLES_MAX];
} cli_command;

extern const cli_command commands[COMMAND_COUNT];

/* Whether the command takes the option. */
bool command_takes(const cli_command *command, option_id option);

/* How a command ends; the worst of several files counts. */
typedef enum exit_status {
    EXIT_FINE = 0,
    EXIT_FINDINGS = 1,
    EXIT_USAGE = 2,
    EXIT_IO = 3,
    EXIT_INTERRUPTED = 130, /* 128 + SIGINT: what shells make of a command that it ended */
    EXIT_STATUS_COUNT
} exit_status;

/* What an exit status of a command says; NULL where it is not worth telling. */
const char *exit_meaning(const cli_command *command, exit_status status);

/* A variable of the environment that the commands heed. */
typedef struct cli_variable {
    const char *name; /* NULL behind the last */
    const char *meaning;
} cli_variable;

extern const cli_variable cli_variables[];

#endif
