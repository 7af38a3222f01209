/* report_figures.c - the report on published figures and what follows from them. */
#include "messages.h"
#include "numbers.h"
#include "report.h"

/* -- Published figures --------------------------------------------------- */

/* The figure on the left; when, for what and in which words on the right. */
static void print_metric(const cli_report *report, cli_table *table, const poupa_metric *metric)
{
    const char *status = word(report->language, WORDS_OBS_STATUS, metric->status.code, "");
    report_figure(report, table_row(table), metric);
    FILE *cell = table_cell(table);
    bool first = false; /* the period is */
    fputs(period_words(report->language, metric->period).text, cell);
    if (status[0])
        fprintf(cell, " (%s)", status);
    report_dimensions(report, cell, &metric->dimensions, &first);
    report_quote(report, cell, metric->quote);
    report_aside(cell, metric->note);
}

void report_figures(const cli_report *report)
{
    const poupa_indicator *indicator;
    bool first = true;
    for (size_t i = 0; (indicator = poupa_indicator_at(report->catalog, i)) != NULL; i++) {
        cli_table table = {0};
        poupa_list metrics;
        if (poupa_catalog_referrers(report->catalog, POUPA_KIND_INDICATOR, indicator->id,
                                    POUPA_KIND_METRIC, &metrics, NULL) != POUPA_OK)
            fail_for_memory();
        if (metrics.count > 0) {
            if (first)
                report_heading(report, TEXT_FIGURES);
            else
                fputc('\n', report->terminal.stream);
            first = false;
            report_name(report, indicator->name, "");
            print_paragraph(&report->terminal, 4, indicator->description);
        }
        for (size_t j = 0; j < metrics.count; j++)
            print_metric(report, &table, metrics.items[j]);
        poupa_list_free(&metrics);
        table_print(&table, &report->terminal, 4);
    }
}

/* -- Derived figures ----------------------------------------------------- */

/* How each kind of derived figure is told: {0} the indicator, {1} the period of the metric,
 * {2} that of its base, {3} the length of the first in months, {4} the percentage. */
static const struct {
    text_id title;
    text_id figures; /* {0} the metric, {1} its base */
} derivations[] = {
    [POUPA_DERIVED_DIGITAL_SHARE] = {TEXT_DIGITAL_SHARE, TEXT_OF},
    [POUPA_DERIVED_GROWTH] = {TEXT_GROWTH, TEXT_AGAINST},
    [POUPA_DERIVED_PART_OF_YEAR] = {TEXT_PART_OF_YEAR, TEXT_AGAINST},
};

static cli_words derived_percent(const cli_report *report, const poupa_derived *derived)
{
    cli_words percent = percent_words(report->language, derived->percent.value);
    bool grows = derived->derivation == POUPA_DERIVED_GROWTH && derived->percent.value > 0;
    return FILL("{0}{1}", grows ? "+" : "", percent.text);
}

static void print_title(const cli_report *report, FILE *cell, const poupa_derived *derived)
{
    cli_language language = report->language;
    poupa_period period = derived->metric->period;
    SAY(cell, report_text(report, derivations[derived->derivation].title),
        name_of(report->catalog, POUPA_KIND_INDICATOR, derived->metric->indicator_id),
        period_words(language, period).text, period_words(language, derived->base->period).text,
        months_words(language, poupa_period_months(period)).text,
        derived_percent(report, derived).text);
}

static void print_derived(const cli_report *report, cli_table *table,
                          const poupa_derived *derived)
{
    bool callout = derived->derivation == POUPA_DERIVED_PART_OF_YEAR;
    fprintf(table_row(table), BOLD "%s" PLAIN, derived_percent(report, derived).text);
    FILE *cell = table_cell(table);
    bool first = false; /* the title is */
    fputs(callout ? BOLD : "", cell);
    print_title(report, cell, derived);
    fputs(PLAIN, cell);
    report_dimensions(report, cell, &derived->base->dimensions, &first);
    fputs("\n" DIM, cell);
    SAY(cell, report_text(report, derivations[derived->derivation].figures),
        metric_words(report, derived->metric).text, metric_words(report, derived->base).text);
    if (derived->percent.low < derived->percent.high)
        fprintf(cell, ": %s", percent_interval_words(report->language, derived->percent).text);
    fputs(PLAIN, cell);
}

void report_derived(const cli_report *report)
{
    cli_table table = {0};
    poupa_derived_list list;
    if (poupa_metrics_derive(report->catalog, &list, NULL) != POUPA_OK)
        fail_for_memory();
    if (list.count > 0)
        report_heading(report, TEXT_DERIVED);
    for (size_t i = 0; i < list.count; i++)
        print_derived(report, &table, &list.items[i]);
    poupa_derived_list_free(&list);
    table_print(&table, &report->terminal, 2);
}
