/* report_targets.c - the report on progress towards targets. */
#include <math.h>

#include "messages.h"
#include "numbers.h"
#include "report.h"

enum { BAR_WIDTH = 32, BESIDE_BAR = 12 }; /* the indent, and the share in percent */

static const char *color_of(poupa_target_state state)
{
    static const char *const colors[] = {
        [POUPA_TARGET_UNKNOWN] = "",     [POUPA_TARGET_REACHED] = GREEN,
        [POUPA_TARGET_ON_TRACK] = GREEN, [POUPA_TARGET_BEHIND] = YELLOW,
        [POUPA_TARGET_MISSED] = RED,
    };
    return colors[state];
}

/* A bar that is filled to a share, in eighths of a column where the terminal has them. */
static void print_bar(const cli_report *report, FILE *cell, double percent)
{
    static const char *const eighths[] = {"",       "\u258F", "\u258E", "\u258D",
                                          "\u258C", "\u258B", "\u258A", "\u2589"};
    int room = (int)report->terminal.width - BESIDE_BAR;
    int width = room < BAR_WIDTH ? room : BAR_WIDTH;
    double filled = percent > 100 ? width : percent > 0 ? percent * width / 100 : 0;
    int full = (int)filled;
    int part = report->terminal.utf8 ? (int)((filled - full) * 8) : 0;
    int column = 0;
    for (; column < full; column++)
        fputs(sign_text(&report->terminal, SIGN_BAR_FULL), cell);
    fputs(eighths[part], cell);
    for (column += part > 0; column < width; column++)
        fputs(sign_text(&report->terminal, SIGN_BAR_EMPTY), cell);
}

static void print_title(const cli_report *report, const poupa_target *target)
{
    cli_language language = report->language;
    cli_table title = {0};
    FILE *cell = table_row(&title);
    cli_words value =
        published_words(language, target->value, target->qualifier.code, target->resolution,
                        unit_of(report->catalog, target->indicator_id));
    fputs(BOLD, cell);
    SAY(cell, report_text(report, TEXT_TARGET),
        name_of(report->catalog, POUPA_KIND_INDICATOR, target->indicator_id), value.text,
        due_words(language, target->due).text);
    fputs(PLAIN, cell);
    table_print(&title, &report->terminal, 2);
}

/* What is left to do, and in what time. */
static void print_remaining(const cli_report *report, FILE *cell, const poupa_progress *progress,
                            poupa_word unit)
{
    cli_language language = report->language;
    bool first = true;
    if (progress->state == POUPA_TARGET_REACHED || isnan(progress->remaining.value))
        return;
    fputc('\n', cell);
    report_dot(report, cell, &first);
    SAY(cell, report_text(report, TEXT_REMAINING),
        measured_words(language, progress->remaining.value, unit).text);
    if (progress->months_left > 0 && !isnan(progress->pace_needed)) {
        cli_words time = months_words(language, progress->months_left);
        fputc(' ', cell);
        SAY(cell, report_text(report, TEXT_PACE_NEEDED), time.text,
            measured_words(language, progress->pace_needed, unit).text);
    } else if (progress->months_left < 0) {
        report_dot(report, cell, &first);
        SAY(cell, report_text(report, TEXT_OVERDUE),
            months_words(language, -progress->months_left).text);
    }
}

/* How fast it went, and when that leads there. */
static void print_pace(const cli_report *report, FILE *cell, const poupa_progress *progress,
                       poupa_word unit)
{
    bool first = true;
    if (isnan(progress->pace))
        return;
    fputc('\n', cell);
    report_dot(report, cell, &first);
    SAY(cell, report_text(report, TEXT_PACE),
        measured_words(report->language, progress->pace, unit).text);
    if (progress->forecast.year) {
        report_dot(report, cell, &first);
        SAY(cell, report_text(report, TEXT_FORECAST),
            date_words(report->language, progress->forecast).text);
    }
}

static void print_progress(const cli_report *report, FILE *cell, const poupa_target *target,
                           const poupa_progress *progress)
{
    poupa_word unit = unit_of(report->catalog, target->indicator_id);
    bool first = true;
    report_dimensions(report, cell, &target->dimensions, &first);
    fputs(first ? "" : "\n", cell);
    if (progress->metric == NULL) {
        fputs(report_text(report, TEXT_NO_FIGURE), cell);
    } else {
        print_bar(report, cell, progress->share.value);
        fprintf(cell, " " BOLD "%s" PLAIN "\n",
                percent_words(report->language, progress->share.value).text);
        SAY(cell, report_text(report, TEXT_ACTUAL), metric_words(report, progress->metric).text,
            period_words(report->language, progress->metric->period).text);
    }
    if (progress->as_of.year) {
        first = false; /* the figure is */
        report_dot(report, cell, &first);
        SAY(cell, report_text(report, TEXT_AS_OF),
            date_words(report->language, progress->as_of).text);
    }
    print_remaining(report, cell, progress, unit);
    print_pace(report, cell, progress, unit);
    if (progress->metric)
        fprintf(cell, "\n%s%s" PLAIN, color_of(progress->state),
                word(report->language, WORDS_TARGET_STATE, (int)progress->state, ""));
    report_quote(report, cell, target->quote);
    report_aside(cell, target->note);
}

void report_targets(const cli_report *report)
{
    const poupa_target *target;
    for (size_t i = 0; (target = poupa_target_at(report->catalog, i)) != NULL; i++) {
        cli_table table = {0};
        poupa_progress progress;
        if (i == 0)
            report_heading(report, TEXT_TARGETS);
        else
            fputc('\n', report->terminal.stream);
        if (poupa_target_progress(report->catalog, target, report->as_of, &progress, NULL))
            fail_for_memory();
        print_title(report, target);
        print_progress(report, table_row(&table), target, &progress);
        table_print(&table, &report->terminal, 4);
    }
}
