/* commands.c - the description of the commands. */
#include "commands.h"

#include <string.h>

#define BIT(option) (1u << OPTION_##option)

const cli_option cli_options[OPTION_COUNT] = {
    [OPTION_JSON] = {"json", 'j', VALUE_NONE, NULL, "print JSON"},
    [OPTION_STRICT] = {"strict", 's', VALUE_NONE, NULL, "let warnings fail, too"},
    [OPTION_LANG] = {"lang", 'l', VALUE_LANGUAGE, "LANG",
                     "write words, figures and dates in this language: en (the default) or pt"},
    [OPTION_AS_OF] = {"as-of", 'a', VALUE_DATE, "DATE",
                      "judge targets as of this date: YYYY, YYYY-MM or YYYY-MM-DD"},
    [OPTION_CHECK] = {"check", 'c', VALUE_NONE, NULL,
                      "write nothing; list the files that are not formatted"},
    [OPTION_IN_PLACE] = {"in-place", 'i', VALUE_NONE, NULL,
                         "write to the files themselves; a formatted one is left untouched"},
    [OPTION_MARKDOWN] = {"markdown", 'm', VALUE_NONE, NULL, "print a page of Markdown"},
    [OPTION_HELP] = {"help", 'h', VALUE_NONE, NULL, "print this help"},
    [OPTION_VERSION] = {"version", 'V', VALUE_NONE, NULL, "print the version"},
};

const cli_command commands[COMMAND_COUNT] = {
    [COMMAND_POUPA] =
        {
            .name = "poupa",
            .summary = "check, report and format catalogues of public services",
            .description =
                "A catalogue document is one JSON object that says which public services are "
                "offered, by whom, where and through which channel, and what was published "
                "about them: figures, targets and claims.\n"
                "A FILE of \"-\" is standard input. Results go to standard output, all other "
                "messages to standard error.",
            .options = BIT(HELP) | BIT(VERSION),
        },
    [COMMAND_VALIDATE] =
        {
            .name = "validate",
            .summary = "find what is wrong with documents",
            .description =
                "Finds everything in one go: broken JSON, members of the wrong type, references "
                "that lead nowhere, and what is well-formed but implausible. Each finding has "
                "its place, the line of the text, and the code of its rule, which \"poupa rules "
                "CODE\" explains. Rules that could not run are named with the reason.",
            .operands = {{"FILE", VALUE_FILE, false, true}},
            .options = BIT(JSON) | BIT(STRICT) | BIT(HELP),
            .findings = "a document has errors or, with --strict, warnings",
            .examples = {{"poupa validate catalog.json", "Lists what is wrong with a document."},
                         {"poupa validate --strict --json *.json",
                          "Checks many, warnings included, for a program to read."}},
        },
    [COMMAND_REPORT] =
        {
            .name = "report",
            .summary = "tell what a document says, recomputed and judged",
            .description =
                "Shows programmes, organizations and services with their channels, units and "
                "access rules; published figures with the interval that their words stand for; "
                "what follows from them; progress towards targets; and claims, each one "
                "recomputed and judged.\n"
                "A claim that is contradicted is a result, not a failure.",
            .operands = {{"FILE", VALUE_FILE, false, false}},
            .options = BIT(JSON) | BIT(LANG) | BIT(AS_OF) | BIT(HELP),
            .findings = "the document has errors, which are listed on standard error",
            .examples = {{"poupa report catalog.json", "Prints the report."},
                         {"poupa report --lang pt --as-of 2021-10 catalog.json",
                          "In Portuguese, with the targets as of October 2021."}},
        },
    [COMMAND_FMT] =
        {
            .name = "fmt",
            .summary = "put documents into canonical form",
            .description =
                "Writes members in the order of the format with two spaces an indent. Nothing is "
                "lost: members and words that the format does not know are kept. Formatting what "
                "is formatted changes nothing.\n"
                "Without --check or --in-place the result goes to standard output. Files are "
                "replaced whole or not at all.",
            .operands = {{"FILE", VALUE_FILE, false, true}},
            .options = BIT(CHECK) | BIT(IN_PLACE) | BIT(HELP),
            .findings = "a document has errors or, with --check, is not formatted",
            .examples = {{"poupa fmt -i catalog.json", "Formats a file."},
                         {"poupa fmt --check *.json", "Lists the files that need it."}},
        },
    [COMMAND_SHOW] =
        {
            .name = "show",
            .summary = "list the entities of a document, or show one",
            .description =
                "Lists the entities of a kind with their required members. With an ID, "
                "prints that entity as JSON. KIND may be singular or plural.",
            .operands = {{"FILE", VALUE_FILE, false, false},
                         {"KIND", VALUE_KIND, false, false},
                         {"ID", VALUE_TEXT, true, false}},
            .options = BIT(JSON) | BIT(HELP),
            .findings = "the document has errors, or no entity with that ID",
            .examples = {{"poupa show catalog.json units", "Lists the units."},
                         {"poupa show catalog.json service procon-sp",
                          "Prints one service as JSON."}},
        },
    [COMMAND_SCHEMA] =
        {
            .name = "schema",
            .summary = "print the JSON Schema of documents",
            .description =
                "Prints the JSON Schema (draft 2020-12) of catalogue documents, for "
                "editors and for validators in other languages. It covers what a schema "
                "can say; \"poupa validate\" checks everything.",
            .options = BIT(HELP),
            .examples = {{"poupa schema > catalog.schema.json", "Saves the schema."}},
        },
    [COMMAND_RULES] =
        {
            .name = "rules",
            .summary = "explain the rules that findings are made by",
            .description =
                "Lists all rules, or explains those with the given codes: what each asks "
                "for, why, and what to do.",
            .operands = {{"CODE", VALUE_RULE, true, true}},
            .options = BIT(MARKDOWN) | BIT(HELP),
            .examples = {{"poupa rules", "Lists all rules."},
                         {"poupa rules E2005", "Explains one."}},
        },
    [COMMAND_HELP] =
        {
            .name = "help",
            .summary = "explain a command",
            .description = "Prints the help of a command; without one, a list of all commands.",
            .operands = {{"COMMAND", VALUE_COMMAND, true, false}},
            .options = BIT(HELP),
            .examples = {{"poupa help report", "Explains \"poupa report\"."}},
        },
};

const cli_variable cli_variables[] = {
    {"COLUMNS",
     "The width to wrap text at, from 40 to 100, where standard output is no terminal."},
    {"LC_ALL, LC_CTYPE, LANG",
     "The character set: in a UTF-8 locale, progress bars and marks are drawn with more than "
     "ASCII. Nothing else depends on the locale."},
    {"NO_COLOR", "If set and not empty, no colours are used on a terminal."},
    {"TERM", "If \"dumb\" or unset, no colours are used either."},
    {NULL, NULL},
};

const char *value_word(value_type type, size_t index)
{
    static const char *const languages[] = {"en", "pt"};
    const poupa_rule *rule;
    switch (type) {
    case VALUE_LANGUAGE:
        return index < sizeof languages / sizeof languages[0] ? languages[index] : NULL;
    case VALUE_KIND:
        return index < POUPA_KIND_COUNT ? poupa_kind_plural((poupa_kind)index) : NULL;
    case VALUE_RULE:
        rule = poupa_rule_at(index);
        return rule ? rule->code : NULL;
    case VALUE_COMMAND:
        return index + 1 < COMMAND_COUNT ? commands[index + 1].name : NULL;
    default:
        return NULL;
    }
}

bool value_is_word(value_type type, const char *value)
{
    poupa_kind kind;
    if (type == VALUE_KIND)
        return poupa_kind_find(value, &kind);
    for (size_t i = 0; value_word(type, i); i++)
        if (strcmp(value_word(type, i), value) == 0)
            return true;
    return false;
}

bool command_takes(const cli_command *command, option_id option)
{
    return command->options >> option & 1;
}

const char *exit_meaning(const cli_command *command, exit_status status)
{
    static const char *const meanings[EXIT_STATUS_COUNT] = {
        [EXIT_FINE] = "all is well",
        [EXIT_FINDINGS] = "a document has findings that count, see the commands",
        [EXIT_USAGE] = "the command line is wrong",
        [EXIT_IO] = "a file could not be read or written",
    };
    if (status == EXIT_FINDINGS && command != &commands[COMMAND_POUPA])
        return command->findings;
    return meanings[status];
}
