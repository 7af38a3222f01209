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
    [OPTION_BY] = {"by", 'b', VALUE_GROUPS, "GROUP,...",
                   "group by these, in this order; month,channel by default"},
    [OPTION_WHERE] = {"where", 'w', VALUE_TEXT, "GROUP=VALUE,...",
                      "only records with one of these values; may be given several times"},
    [OPTION_CATALOG] = {"catalog", 'C', VALUE_FILE, "FILE",
                        "a catalogue document that knows the units, services and channels"},
    [OPTION_TOP] = {"top", 't', VALUE_NUMBER, "N",
                    "only the N groups of most attendances, most first"},
    [OPTION_FORMAT] = {"format", 'f', VALUE_FORMAT, "FORMAT",
                       "print a table (the default), json, csv or ndjson"},
    [OPTION_THREADS] = {"threads", 'T', VALUE_NUMBER, "N", "decode with N threads"},
    [OPTION_ON_ERROR] = {"on-error", 'e', VALUE_POLICY, "POLICY",
                         "at a bad line: fail (the default), skip or quarantine"},
    [OPTION_QUARANTINE] = {"quarantine", 'q', VALUE_FILE, "FILE",
                           "write bad lines to this file, as JSON with the reason"},
    [OPTION_ROWS] = {"rows", 'n', VALUE_NUMBER, "N", "how many records; 1000 by default"},
    [OPTION_SEED] = {"seed", 'S', VALUE_NUMBER, "S",
                     "what chance begins with; the same records for the same seed"},
    [OPTION_MESSY] = {"messy", 'M', VALUE_NONE, NULL,
                      "members in any order, white space, escapes, unknown members, CRLF"},
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
    [COMMAND_ROLLUP] =
        {
            .name = "rollup",
            .summary = "add up attendance records",
            .description =
                "Reads attendance streams, one JSON record a line, compressed by gzip or zstd or "
                "not, and adds up their attendances, with mean times weighted by them. GROUP is "
                "day, month, quarter, half, year, unit, service or channel and, through a "
                "catalogue, organization, area, country, state, region, municipality, district "
                "or digital; in --where also period.\n"
                "Records of a period wider than the one asked for are listed apart. Numbers of "
                "lines go to standard error; nothing is printed before all is read.",
            .operands = {{"FILE", VALUE_FILE, false, true}},
            .options = BIT(BY) | BIT(WHERE) | BIT(CATALOG) | BIT(TOP) | BIT(FORMAT) |
                       BIT(THREADS) | BIT(ON_ERROR) | BIT(QUARANTINE) | BIT(HELP),
            .findings = "a line is no record, a sum is too large, or the catalogue has errors",
            .examples = {{"poupa rollup june.ndjson", "Attendances by month and channel."},
                         {"poupa rollup --by unit --top 10 --where channel=in-person *.ndjson.gz",
                          "The ten busiest units."}},
        },
    [COMMAND_CHECK_STREAM] =
        {
            .name = "check-stream",
            .summary = "find what is wrong with attendance streams",
            .description =
                "Prints every line that is no record as a JSON object with its place and the "
                "reason; with a catalogue, then, the ids that it does not have.",
            .operands = {{"FILE", VALUE_FILE, false, true}},
            .options = BIT(CATALOG) | BIT(THREADS) | BIT(HELP),
            .findings = "a line is no record, or an id is not in the catalogue",
            .examples = {{"poupa check-stream --catalog catalog.json june.ndjson",
                          "Checks lines and ids."}},
        },
    [COMMAND_GENERATE] =
        {
            .name = "generate",
            .summary = "make up attendance records",
            .description =
                "Prints records that are made up, the same for the same options: with a "
                "catalogue, of its units, services and channels, each one marked by a member "
                "\"synthetic\"; else with ids that begin with \"synthetic-\".",
            .options = BIT(CATALOG) | BIT(ROWS) | BIT(SEED) | BIT(MESSY) | BIT(HELP),
            .findings = "the catalogue has errors, or no service or channel",
            .examples = {{"poupa generate --rows 1000000 --seed 1 > records.ndjson",
                          "A million records."}},
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

/* The word at an index of a list that ends with NULL. */
static const char *word_at(const char *const *words, size_t index)
{
    while (*words && index-- > 0)
        words++;
    return *words;
}

const char *value_word(value_type type, size_t index)
{
    static const char *const languages[] = {"en", "pt", NULL};
    static const char *const formats[] = {"table", "json", "csv", "ndjson", NULL};
    static const char *const policies[] = {"fail", "skip", "quarantine", NULL};
    const poupa_rule *rule;
    switch (type) {
    case VALUE_LANGUAGE:
        return word_at(languages, index);
    case VALUE_GROUPS:
        return poupa_group_word(index);
    case VALUE_FORMAT:
        return word_at(formats, index);
    case VALUE_POLICY:
        return word_at(policies, index);
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
    for (size_t i = 0;; i++) {
        const char *word = value_word(type, i);
        if (word == NULL || strcmp(word, value) == 0)
            return word != NULL;
    }
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
        [EXIT_INTERRUPTED] = "an interrupt (Ctrl-C) ended it",
    };
    bool is_command = command != &commands[COMMAND_POUPA];
    if (status == EXIT_FINDINGS && is_command)
        return command->findings;
    /* Where nobody waits long, nobody asks what an interrupt does. */
    if (status == EXIT_INTERRUPTED && is_command && !command_takes(command, OPTION_THREADS))
        return NULL;
    return meanings[status];
}
