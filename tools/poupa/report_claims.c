/* report_claims.c - the report on claims: what was said, recomputed and judged. */
#define _POSIX_C_SOURCE 200809L

#include <stdlib.h>

#include "messages.h"
#include "numbers.h"
#include "report.h"

static const struct {
    cli_sign sign;
    const char *color;
} marks[] = {
    [POUPA_VERDICT_UNKNOWN] = {SIGN_UNDECIDED, ""},
    [POUPA_VERDICT_CONFIRMED] = {SIGN_YES, GREEN},
    [POUPA_VERDICT_CONSISTENT] = {SIGN_NEARLY, GREEN},
    [POUPA_VERDICT_CONTRADICTED] = {SIGN_NO, RED},
};

/* What the result of a claim counts in. */
typedef enum result_unit { RESULT_LIKE_METRICS, RESULT_PERCENT, RESULT_PLAIN } result_unit;

/* How a kind of claim is told: {0} the left side, {1} the right side, {2} what is stated. */
static const struct {
    text_id statement;
    result_unit unit;
} kinds[] = {
    [POUPA_CLAIM_SUM] = {TEXT_CLAIM_SUM, RESULT_LIKE_METRICS},
    [POUPA_CLAIM_SHARE] = {TEXT_CLAIM_SHARE, RESULT_PERCENT},
    [POUPA_CLAIM_RATIO] = {TEXT_CLAIM_RATIO, RESULT_PLAIN},
    [POUPA_CLAIM_GROWTH] = {TEXT_CLAIM_GROWTH, RESULT_PERCENT},
    [POUPA_CLAIM_DIFFERENCE] = {TEXT_CLAIM_DIFFERENCE, RESULT_LIKE_METRICS},
    [POUPA_CLAIM_MEAN] = {TEXT_CLAIM_MEAN, RESULT_LIKE_METRICS},
    [POUPA_CLAIM_GREATER] = {TEXT_CLAIM_GREATER, RESULT_LIKE_METRICS},
};

static poupa_word unit_of_result(const cli_report *report, const poupa_claim *claim)
{
    static const poupa_word percent = {POUPA_UNIT_OF_PERCENT, "percent"};
    static const poupa_word plain = {POUPA_UNIT_OF_COUNT, "count"};
    const poupa_metric *metric = poupa_metric_find(report->catalog, claim->left.items[0]);
    switch (kinds[claim->kind.code].unit) {
    case RESULT_PERCENT:
        return percent;
    case RESULT_PLAIN:
        return plain;
    default:
        return unit_of(report->catalog, metric->indicator_id);
    }
}

/* Whether all metrics have the period of another one. */
static bool all_in(const cli_report *report, poupa_texts metric_ids, poupa_period period)
{
    for (size_t i = 0; i < metric_ids.count; i++) {
        const poupa_metric *metric = poupa_metric_find(report->catalog, metric_ids.items[i]);
        if (poupa_period_compare(metric->period, period) != 0)
            return false;
    }
    return true;
}

/* The metrics of a side, each with its period unless that is told already; free the text. */
static char *side_text(const cli_report *report, poupa_texts metric_ids, bool with_periods)
{
    char *side = NULL;
    size_t size;
    FILE *out = open_memstream(&side, &size);
    if (out == NULL)
        fail_for_memory();
    for (size_t i = 0; i < metric_ids.count; i++) {
        const poupa_metric *metric = poupa_metric_find(report->catalog, metric_ids.items[i]);
        fprintf(out, "%s%s", i ? " + " : "", metric_words(report, metric).text);
        if (with_periods)
            fprintf(out, " (%s)", period_words(report->language, metric->period).text);
    }
    if (fclose(out) != 0)
        fail_for_memory();
    return side;
}

static cli_words stated_words(const cli_report *report, const poupa_claim *claim,
                              const char *nothing)
{
    if (!claim->stated.present)
        return FILL("{0}", nothing);
    return published_words(report->language, claim->stated.value, claim->qualifier.code,
                           claim->resolution, unit_of_result(report, claim));
}

static void print_statement(const cli_report *report, FILE *cell, const poupa_claim *claim)
{
    poupa_period period = poupa_metric_find(report->catalog, claim->left.items[0])->period;
    bool shared = all_in(report, claim->left, period) && all_in(report, claim->right, period);
    char *left = side_text(report, claim->left, !shared);
    char *right = side_text(report, claim->right, !shared);
    if (shared)
        SAY(cell, report_text(report, TEXT_ALL_IN), period_words(report->language, period).text);
    SAY(cell, report_text(report, kinds[claim->kind.code].statement), left, right,
        stated_words(report, claim, "?").text);
    free(left);
    free(right);
}

/* What was computed beside what was stated; where nothing can be stated, the two sides. */
static void print_computed(const cli_report *report, FILE *cell, const poupa_claim *claim,
                           const poupa_judgement *judgement)
{
    cli_language language = report->language;
    poupa_word unit = unit_of_result(report, claim);
    cli_words computed = estimate_interval_words(language, judgement->computed, unit);
    fputc('\n', cell);
    if (claim->kind.code == POUPA_CLAIM_SUM || claim->kind.code == POUPA_CLAIM_GREATER) {
        SAY(cell, report_text(report, TEXT_TOTALS), computed.text,
            estimate_interval_words(language, judgement->stated, unit).text);
        return;
    }
    if (judgement->computed.low < judgement->computed.high)
        computed =
            FILL(report_text(report, TEXT_WITHIN),
                 measured_words(language, judgement->computed.value, unit).text, computed.text);
    SAY(cell, report_text(report, TEXT_COMPUTED), computed.text,
        stated_words(report, claim, report_text(report, TEXT_NOTHING_STATED)).text);
}

static void print_claim(const cli_report *report, cli_table *table, const poupa_claim *claim)
{
    poupa_judgement judgement;
    if (poupa_claim_judge(report->catalog, claim, &judgement, NULL) != POUPA_OK)
        fail_for_memory();
    fprintf(table_row(table), "%s%s %s" PLAIN, marks[judgement.verdict].color,
            sign_text(&report->terminal, marks[judgement.verdict].sign),
            word(report->language, WORDS_VERDICT, (int)judgement.verdict, ""));
    FILE *cell = table_cell(table);
    print_statement(report, cell, claim);
    print_computed(report, cell, claim, &judgement);
    for (size_t i = 0; i < judgement.warning_count; i++)
        fprintf(cell, "\n" YELLOW "%s [%s]" PLAIN,
                warning_title(report->language, judgement.warnings[i]),
                judgement.warnings[i]->code);
    report_quote(report, cell, claim->quote);
    report_aside(cell, claim->note);
}

void report_claims(const cli_report *report)
{
    cli_table table = {0};
    const poupa_claim *claim;
    for (size_t i = 0; (claim = poupa_claim_at(report->catalog, i)) != NULL; i++) {
        if (i == 0)
            report_heading(report, TEXT_CLAIMS);
        print_claim(report, &table, claim);
    }
    table_print(&table, &report->terminal, 2);
}
