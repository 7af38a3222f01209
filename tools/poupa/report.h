/* report.h - "poupa report": what its sections share. */
#ifndef TOOL_REPORT_H
#define TOOL_REPORT_H

#include <poupa/poupa.h>

#include "commands.h"
#include "language.h"
#include "layout.h"

typedef struct cli_report {
    const poupa_catalog *catalog;
    cli_language language;
    poupa_date as_of; /* of the targets; may be no date */
    cli_terminal terminal;
} cli_report;

/* The sections, in their order. One that has nothing to tell prints nothing. */
void report_programs(const cli_report *report);
void report_organizations(const cli_report *report);
void report_services(const cli_report *report);
void report_figures(const cli_report *report);
void report_derived(const cli_report *report);
void report_targets(const cli_report *report);
void report_claims(const cli_report *report);
void report_sources(const cli_report *report);

/* The whole report as JSON, on standard output. */
exit_status report_json(const poupa_catalog *catalog, poupa_date as_of);

/* -- Parts of sections --------------------------------------------------- */

const char *report_text(const cli_report *report, text_id id);

/* The heading of a section. */
void report_heading(const cli_report *report, text_id id);

/* The name of an entity in bold, and what is told behind it unless that is "". */
void report_name(const cli_report *report, const char *name, const char *more);

/* A row of a label and a value, unless the value is "". */
void report_row(const cli_report *report, cli_table *table, text_id label, const char *value);

/* Starts another line in a cell for a text in dim letters, unless it is "". */
void report_aside(FILE *cell, const char *aside);
/* The same for the words of a source, in quotation marks. */
void report_quote(const cli_report *report, FILE *cell, const char *quote);

/* " · " before all but the first of some items. */
void report_dot(const cli_report *report, FILE *cell, bool *first);

/* What a figure is about: "Procon-SP · Programa Poupatempo · Portal, Totem"; each with a
 * dot before it unless it is the first. */
void report_dimensions(const cli_report *report, FILE *cell, const poupa_dimensions *dimensions,
                       bool *first);

/* The figure, and the interval it stands for below it where that says more than words do. */
void report_figure(const cli_report *report, FILE *cell, const poupa_metric *metric);

/* The figure alone. */
cli_words metric_words(const cli_report *report, const poupa_metric *metric);

/* The unit that an indicator counts in. */
poupa_word unit_of(const poupa_catalog *catalog, const char *indicator_id);

/* A name by which an entity is told apart from others in running text. */
const char *name_of(const poupa_catalog *catalog, poupa_kind kind, const char *id);

#endif
