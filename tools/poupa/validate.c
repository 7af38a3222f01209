/* validate.c - "poupa validate": all findings of documents. */
#include <stdio.h>
#include <string.h>

#include "documents.h"
#include "messages.h"
#include "run.h"

/* What was found in all the files. */
typedef struct finding_tally {
    size_t files;
    size_t errors;
    size_t warnings;
} finding_tally;

/* Whether the rule at an index did not run for a reason. */
static bool did_not_run(const poupa_report *report, size_t rule, const char *why)
{
    for (size_t i = 0; i < poupa_report_not_run_count(report); i++) {
        const poupa_not_run *not_run = poupa_report_not_run_at(report, i);
        if (not_run->rule == poupa_rule_at(rule) && strcmp(not_run->why, why) == 0)
            return true;
    }
    return false;
}

/* Prints the rules that did not run for a reason: "W3001 to W3003, W3008". */
static void print_rules(const poupa_report *report, const char *why)
{
    const char *separator = "";
    for (size_t i = 0; i < poupa_rule_count(); i++) {
        if (!did_not_run(report, i, why))
            continue;
        size_t last = i;
        while (did_not_run(report, last + 1, why))
            last++;
        printf("%s%s", separator, poupa_rule_at(i)->code);
        if (last > i)
            printf("%s%s", last > i + 1 ? " to " : ", ", poupa_rule_at(last)->code);
        separator = ", ";
        i = last;
    }
}

/* Prints the rules that did not run, those with the same reason together. */
static void print_not_run(const poupa_report *report, const char *name)
{
    for (size_t i = 0; i < poupa_report_not_run_count(report); i++) {
        const char *why = poupa_report_not_run_at(report, i)->why;
        bool told = false;
        for (size_t j = 0; j < i && !told; j++)
            told = strcmp(poupa_report_not_run_at(report, j)->why, why) == 0;
        if (told)
            continue;
        printf("%s: note: rules not run: ", name);
        print_rules(report, why);
        printf(" (%s)\n", why);
    }
}

static void print_count(size_t count, const char *noun)
{
    printf("%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void print_summary(const finding_tally *tally, const char *only_file)
{
    if (only_file)
        fputs(only_file, stdout);
    else
        print_count(tally->files, "file");
    fputs(": ", stdout);
    if (tally->errors)
        print_count(tally->errors, "error");
    if (tally->errors && tally->warnings)
        fputs(", ", stdout);
    if (tally->warnings)
        print_count(tally->warnings, "warning");
    puts(tally->errors || tally->warnings ? "" : "no findings");
}

static exit_status validate(const char *file, const cli_terminal *terminal, poupa_writer *writer,
                            finding_tally *tally)
{
    poupa_document *document;
    exit_status status = document_read(file, &document);
    if (status != EXIT_FINE)
        return status;
    const poupa_report *report = poupa_document_report(document);
    tally->files++;
    tally->errors += poupa_report_errors(report);
    tally->warnings += poupa_report_warnings(report);
    if (writer) {
        poupa_report_write_json(report, document_name(file), writer);
    } else {
        status = document_print_findings(document, file, terminal);
        print_not_run(report, document_name(file));
    }
    poupa_document_free(document);
    return status;
}

static exit_status validate_all(const cli_arguments *arguments, poupa_writer *writer,
                                finding_tally *tally)
{
    exit_status worst = EXIT_FINE;
    cli_terminal terminal = terminal_of(stdout);
    for (size_t i = 0; i < arguments->operand_count; i++) {
        exit_status status = validate(arguments->operands[i], &terminal, writer, tally);
        if (status > worst)
            worst = status;
    }
    bool counts = tally->errors || (arguments->given[OPTION_STRICT] && tally->warnings);
    return counts && worst < EXIT_FINDINGS ? EXIT_FINDINGS : worst;
}

static exit_status validate_to_json(const cli_arguments *arguments)
{
    finding_tally tally = {0, 0, 0};
    poupa_writer *writer = json_begin();
    if (writer == NULL)
        return EXIT_IO;
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "files");
    poupa_writer_begin_array(writer);
    exit_status status = validate_all(arguments, writer, &tally);
    poupa_writer_end_array(writer);
    poupa_writer_end_object(writer);
    exit_status ended = json_end(writer);
    return ended > status ? ended : status;
}

exit_status run_validate(const cli_arguments *arguments)
{
    if (arguments->given[OPTION_JSON])
        return validate_to_json(arguments);
    finding_tally tally = {0, 0, 0};
    exit_status status = validate_all(arguments, NULL, &tally);
    bool one = arguments->operand_count == 1;
    if (tally.files > 0)
        print_summary(&tally, one ? document_name(arguments->operands[0]) : NULL);
    return status;
}
