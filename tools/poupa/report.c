/* report.c - "poupa report": the command, and what its sections share. */
#include "report.h"

#include <math.h>
#include <string.h>

#include "documents.h"
#include "numbers.h"
#include "run.h"

/* -- Parts of sections --------------------------------------------------- */

const char *report_text(const cli_report *report, text_id id)
{
    return text(report->language, id);
}

void report_heading(const cli_report *report, text_id id)
{
    print_heading(&report->terminal, report_text(report, id));
}

void report_name(const cli_report *report, const char *name, const char *more)
{
    cli_table line = {0};
    FILE *cell = table_row(&line);
    fprintf(cell, BOLD "%s" PLAIN, name);
    if (more[0])
        fprintf(cell, " (%s)", more);
    table_print(&line, &report->terminal, 2);
}

void report_row(const cli_report *report, cli_table *table, text_id label, const char *value)
{
    if (value[0] == '\0')
        return;
    fprintf(table_row(table), DIM "%s" PLAIN, report_text(report, label));
    fputs(value, table_cell(table));
}

void report_aside(FILE *cell, const char *aside)
{
    if (aside[0])
        fprintf(cell, "\n" DIM "%s" PLAIN, aside);
}

void report_quote(const cli_report *report, FILE *cell, const char *quote)
{
    if (quote[0])
        fprintf(cell, "\n" DIM "%s%s%s" PLAIN, sign_text(&report->terminal, SIGN_QUOTE), quote,
                sign_text(&report->terminal, SIGN_UNQUOTE));
}

void report_dot(const cli_report *report, FILE *cell, bool *first)
{
    if (!*first)
        fprintf(cell, " %s ", sign_text(&report->terminal, SIGN_DOT));
    *first = false;
}

const char *name_of(const poupa_catalog *catalog, poupa_kind kind, const char *id)
{
    const poupa_organization *organization;
    const char *name = "";
    size_t count;
    const poupa_field *fields = poupa_kind_fields(kind, &count);
    const void *entity = poupa_catalog_find(catalog, kind, id);
    if (entity == NULL)
        return name;
    if (kind == POUPA_KIND_ORGANIZATION) {
        organization = entity;
        name = organization->short_name;
    }
    for (size_t i = 0; i < count && name[0] == '\0'; i++)
        if (strcmp(fields[i].name, "name") == 0)
            name = *(const char *const *)((const char *)entity + fields[i].offset);
    return name;
}

/* The names of some entities, or how many there are where that is shorter. */
static void print_names(const cli_report *report, FILE *cell, poupa_kind kind, poupa_texts ids)
{
    enum { NAMES_MOST = 4 };
    if (kind == POUPA_KIND_UNIT && ids.count > NAMES_MOST) {
        cli_words count = number_words(report->language, (double)ids.count);
        SAY(cell, report_text(report, TEXT_UNIT_COUNT), count.text);
        return;
    }
    for (size_t i = 0; i < ids.count; i++)
        fprintf(cell, "%s%s", i ? ", " : "", name_of(report->catalog, kind, ids.items[i]));
}

void report_dimensions(const cli_report *report, FILE *cell, const poupa_dimensions *dimensions,
                       bool *first)
{
    const struct {
        poupa_kind kind;
        const char *id;
    } single[] = {
        {POUPA_KIND_ORGANIZATION, dimensions->organization_id},
        {POUPA_KIND_PROGRAM, dimensions->program_id},
        {POUPA_KIND_SERVICE, dimensions->service_id},
        {POUPA_KIND_AREA, dimensions->area_id},
    };
    const struct {
        poupa_kind kind;
        poupa_texts ids;
    } lists[] = {
        {POUPA_KIND_CHANNEL, dimensions->channel_ids},
        {POUPA_KIND_UNIT, dimensions->unit_ids},
    };
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
        if (single[i].id[0]) {
            report_dot(report, cell, first);
            fputs(name_of(report->catalog, single[i].kind, single[i].id), cell);
        }
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (lists[i].ids.count) {
            report_dot(report, cell, first);
            print_names(report, cell, lists[i].kind, lists[i].ids);
        }
    }
}

poupa_word unit_of(const poupa_catalog *catalog, const char *indicator_id)
{
    const poupa_indicator *indicator = poupa_indicator_find(catalog, indicator_id);
    return indicator ? indicator->unit : (poupa_word){POUPA_UNIT_OF_COUNT, "count"};
}

cli_words metric_words(const cli_report *report, const poupa_metric *metric)
{
    return published_words(report->language, metric->value, metric->qualifier.code,
                           metric->resolution, unit_of(report->catalog, metric->indicator_id));
}

void report_figure(const cli_report *report, FILE *cell, const poupa_metric *metric)
{
    poupa_interval interval = poupa_metric_interval(metric);
    poupa_word unit = unit_of(report->catalog, metric->indicator_id);
    if (unit.code == POUPA_UNIT_OF_COUNT) { /* of things, only whole numbers can be meant */
        interval.low = ceil(interval.low);
        interval.high = floor(interval.high);
    }
    fprintf(cell, BOLD "%s" PLAIN, metric_words(report, metric).text);
    if (interval.low < interval.high && isfinite(interval.low) && isfinite(interval.high))
        report_aside(cell, interval_words(report->language, interval, unit).text);
}

/* -- The command --------------------------------------------------------- */

void report_sources(const cli_report *report)
{
    cli_table table = {0};
    const poupa_source *source;
    for (size_t i = 0; (source = poupa_source_at(report->catalog, i)) != NULL; i++) {
        FILE *cell = table_row(&table);
        bool first = true;
        fprintf(cell, BOLD "%s" PLAIN "\n" DIM, source->title);
        if (source->publisher[0]) {
            report_dot(report, cell, &first);
            fputs(source->publisher, cell);
        }
        if (source->published.year) {
            report_dot(report, cell, &first);
            SAY(cell, report_text(report, TEXT_PUBLISHED),
                date_words(report->language, source->published).text);
        }
        if (source->url[0]) {
            report_dot(report, cell, &first);
            fputs(source->url, cell);
        }
        fputs(PLAIN, cell);
        report_aside(cell, source->note);
    }
    if (table.count)
        report_heading(report, TEXT_SOURCES);
    table_print(&table, &report->terminal, 2);
}

static void print_report(const cli_report *report, const char *name)
{
    static void (*const sections[])(const cli_report *report) = {
        report_programs, report_organizations, report_services, report_figures,
        report_derived,  report_targets,       report_claims,   report_sources,
    };
    cli_table title = {0};
    SAY(table_row(&title), report_text(report, TEXT_TITLE), name);
    table_print(&title, &report->terminal, 0);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        sections[i](report);
}

exit_status run_report(const cli_arguments *arguments)
{
    poupa_document *document;
    const char *file = arguments->operands[0];
    exit_status status = document_read_sound(file, &document);
    if (status != EXIT_FINE)
        return status;
    cli_report report = {
        .catalog = poupa_document_catalog(document),
        .language = language_of(arguments->values[OPTION_LANG]),
        .as_of = arguments_date(arguments, OPTION_AS_OF),
        .terminal = terminal_of(stdout),
    };
    if (arguments->given[OPTION_JSON])
        status = report_json(report.catalog, report.as_of);
    else
        print_report(&report, document_name(file));
    poupa_document_free(document);
    return status;
}
