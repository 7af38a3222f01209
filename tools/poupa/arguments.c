/* arguments.c - taking a command line apart as the table of commands describes it. */
#include "arguments.h"

#include <getopt.h>
#include <string.h>

#include "messages.h"

/* What getopt_long returns for an option is this plus its option_id; lower values are
 * letters. */
enum { LONG_OPTION = 256 };

static void describe_options(const cli_command *command, struct option *longs, char *letters)
{
    *letters++ = ':'; /* a missing value is told apart from an unknown option */
    for (option_id id = 0; id < OPTION_COUNT; id++) {
        if (!command_takes(command, id))
            continue;
        bool takes_value = cli_options[id].value != VALUE_NONE;
        *longs++ =
            (struct option){cli_options[id].name, takes_value ? required_argument : no_argument,
                            NULL, LONG_OPTION + (int)id};
        *letters++ = cli_options[id].letter;
        if (takes_value)
            *letters++ = ':';
    }
    *longs = (struct option){NULL, 0, NULL, 0};
    *letters = '\0';
}

/* The option that getopt_long means by a letter or a number; OPTION_COUNT for none. */
static option_id option_of(const cli_command *command, int found)
{
    if (found >= LONG_OPTION)
        return (option_id)(found - LONG_OPTION);
    for (option_id id = 0; id < OPTION_COUNT; id++)
        if (command_takes(command, id) && cli_options[id].letter == found)
            return id;
    return OPTION_COUNT;
}

/* Reports what getopt_long stopped at; `word` is the argument it stands in. */
static exit_status fail_option(const cli_command *command, int found, int letter,
                               const char *word)
{
    option_id id = option_of(command, letter);
    if (found == ':')
        return fail_usage(command, "the option \"--%s\" needs a value: %s", cli_options[id].name,
                          cli_options[id].placeholder);
    if (id < OPTION_COUNT)
        return fail_usage(command, "the option \"--%s\" takes no value", cli_options[id].name);
    if (letter)
        return fail_usage(command, "\"%s\" has no option \"-%c\"", command->name, letter);
    return fail_usage(command, "\"%s\" has no option \"%s\"%s", command->name, word,
                      hint_option(command, word + 2).text);
}

static exit_status check_value(const cli_command *command, const char *what, value_type type,
                               const char *value)
{
    poupa_date date;
    poupa_error err;
    if (type == VALUE_DATE) {
        if (poupa_date_parse(value, strlen(value), &date, &err) != POUPA_OK)
            return fail_usage(command, "%s: %s", what, err.message);
    } else if (type != VALUE_GROUPS && value_word(type, 0) && !value_is_word(type, value)) {
        return fail_usage(command, "\"%s\" is no %s%s", value, what, hint_word(type, value).text);
    }
    return EXIT_FINE;
}

static exit_status check_operands(const cli_arguments *arguments)
{
    const cli_command *command = arguments->command;
    const cli_operand *operand = command->operands;
    size_t i = 0;
    for (; i < arguments->operand_count && operand->name; i++) {
        exit_status status =
            check_value(command, operand->name, operand->value, arguments->operands[i]);
        if (status != EXIT_FINE)
            return status;
        if (!operand->repeated)
            operand++;
    }
    if (i < arguments->operand_count)
        return fail_usage(command, "\"%s\" takes no further argument \"%s\"", command->name,
                          arguments->operands[i]);
    bool missing = operand->name && !operand->optional;
    if (missing && !(operand->repeated && arguments->operand_count > 0))
        return fail_usage(command, "\"%s\" needs a %s", command->name, operand->name);
    return EXIT_FINE;
}

exit_status arguments_read(const cli_command *command, int argc, char **argv, cli_arguments *out)
{
    struct option longs[OPTION_COUNT + 1];
    char letters[2 * OPTION_COUNT + 2];
    describe_options(command, longs, letters);
    *out = (cli_arguments){.command = command};
    opterr = 0;
    for (;;) {
        int found = getopt_long(argc, argv, letters, longs, NULL);
        if (found == -1)
            break;
        option_id id = option_of(command, found);
        if (id == OPTION_COUNT)
            return fail_option(command, found, optopt, argv[optind - 1]);
        out->given[id] = true;
        out->values[id] = optarg;
        if (id == OPTION_WHERE) {
            if (out->where_count == WHERES_MOST)
                return fail_usage(command, "--where is there more than %d times", WHERES_MOST);
            out->wheres[out->where_count++] = optarg;
        }
        if (optarg) {
            exit_status status =
                check_value(command, cli_options[id].placeholder, cli_options[id].value, optarg);
            if (status != EXIT_FINE)
                return status;
        }
    }
    out->operands = argv + optind;
    out->operand_count = (size_t)(argc - optind);
    return out->given[OPTION_HELP] || out->given[OPTION_VERSION] ? EXIT_FINE
                                                                 : check_operands(out);
}

poupa_date arguments_date(const cli_arguments *arguments, option_id option)
{
    poupa_date date = {0, 0, 0};
    const char *value = arguments->values[option];
    if (value)
        poupa_date_parse(value, strlen(value), &date, NULL);
    return date;
}
