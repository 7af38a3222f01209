/* report_json.c - "poupa report --json". */
#include "documents.h"
#include "messages.h"
#include "report.h"

/* -- Members ------------------------------------------------------------- */

static void write_text(poupa_writer *writer, const char *key, const char *value)
{
    poupa_writer_key(writer, key);
    poupa_writer_text(writer, value);
}

/* An unknown number and an open bound are null. */
static void write_number(poupa_writer *writer, const char *key, double number)
{
    poupa_writer_key(writer, key);
    poupa_writer_number(writer, number);
}

static void write_date(poupa_writer *writer, const char *key, poupa_date date)
{
    char digits[POUPA_DATE_SIZE];
    poupa_writer_key(writer, key);
    poupa_writer_text(writer, poupa_date_print(date, digits) ? digits : NULL);
}

static void write_bounds(poupa_writer *writer, poupa_interval interval)
{
    write_number(writer, "low", interval.low);
    write_number(writer, "high", interval.high);
}

static void write_interval(poupa_writer *writer, const char *key, poupa_interval interval)
{
    poupa_writer_key(writer, key);
    poupa_writer_begin_object(writer);
    write_number(writer, "value", interval.value);
    write_bounds(writer, interval);
    poupa_writer_end_object(writer);
}

static void begin_list(poupa_writer *writer, const char *key)
{
    poupa_writer_key(writer, key);
    poupa_writer_begin_array(writer);
}

/* -- Sections ------------------------------------------------------------ */

static void write_metrics(poupa_writer *writer, const poupa_catalog *catalog)
{
    const poupa_metric *metric;
    begin_list(writer, "metrics");
    for (size_t i = 0; (metric = poupa_metric_at(catalog, i)) != NULL; i++) {
        poupa_interval interval = poupa_metric_interval(metric);
        char period[POUPA_PERIOD_SIZE];
        poupa_period_print(metric->period, period);
        poupa_writer_begin_object(writer);
        write_text(writer, "id", metric->id);
        write_text(writer, "indicator_id", metric->indicator_id);
        write_number(writer, "value", interval.value);
        write_bounds(writer, interval);
        write_text(writer, "unit", unit_of(catalog, metric->indicator_id).text);
        write_text(writer, "period", period);
        write_text(writer, "qualifier", metric->qualifier.text);
        write_number(writer, "resolution", metric->resolution);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_array(writer);
}

static void write_derived(poupa_writer *writer, const poupa_catalog *catalog)
{
    poupa_derived_list list;
    if (poupa_metrics_derive(catalog, &list, NULL) != POUPA_OK)
        fail_for_memory();
    begin_list(writer, "derived");
    for (size_t i = 0; i < list.count; i++) {
        const poupa_derived *derived = &list.items[i];
        poupa_writer_begin_object(writer);
        write_text(writer, "derivation", poupa_derivation_name(derived->derivation));
        write_text(writer, "metric_id", derived->metric->id);
        write_text(writer, "base_id", derived->base->id);
        write_interval(writer, "percent", derived->percent);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_array(writer);
    poupa_derived_list_free(&list);
}

static void write_claims(poupa_writer *writer, const poupa_catalog *catalog)
{
    const poupa_claim *claim;
    begin_list(writer, "claims");
    for (size_t i = 0; (claim = poupa_claim_at(catalog, i)) != NULL; i++) {
        poupa_judgement judgement;
        if (poupa_claim_judge(catalog, claim, &judgement, NULL) != POUPA_OK)
            fail_for_memory();
        poupa_writer_begin_object(writer);
        write_text(writer, "id", claim->id);
        write_text(writer, "kind", claim->kind.text);
        write_text(writer, "verdict", poupa_verdict_name(judgement.verdict));
        write_interval(writer, "computed", judgement.computed);
        write_interval(writer, "stated", judgement.stated);
        begin_list(writer, "warnings");
        for (size_t j = 0; j < judgement.warning_count; j++)
            poupa_writer_text(writer, judgement.warnings[j]->code);
        poupa_writer_end_array(writer);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_array(writer);
}

/* The bounds of the numbers that a target's progress has as point estimates. */
static void write_progress_bounds(poupa_writer *writer, const poupa_progress *progress)
{
    const struct {
        const char *key;
        poupa_interval interval;
    } members[] = {
        {"target", progress->target},
        {"share", progress->share},
        {"remaining", progress->remaining},
    };
    poupa_writer_key(writer, "bounds");
    poupa_writer_begin_object(writer);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        poupa_writer_key(writer, members[i].key);
        poupa_writer_begin_object(writer);
        write_bounds(writer, members[i].interval);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_object(writer);
}

static void write_targets(poupa_writer *writer, const poupa_catalog *catalog, poupa_date as_of)
{
    const poupa_target *target;
    begin_list(writer, "targets");
    for (size_t i = 0; (target = poupa_target_at(catalog, i)) != NULL; i++) {
        poupa_progress progress;
        if (poupa_target_progress(catalog, target, as_of, &progress, NULL) != POUPA_OK)
            fail_for_memory();
        poupa_writer_begin_object(writer);
        write_text(writer, "id", target->id);
        write_text(writer, "state", poupa_target_state_name(progress.state));
        write_date(writer, "as_of", progress.as_of);
        write_interval(writer, "actual", progress.actual);
        write_number(writer, "target", progress.target.value);
        write_number(writer, "share", progress.share.value);
        write_number(writer, "remaining", progress.remaining.value);
        write_number(writer, "months_left", progress.months_left);
        write_number(writer, "pace_needed", progress.pace_needed);
        write_date(writer, "forecast", progress.forecast);
        write_progress_bounds(writer, &progress);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_array(writer);
}

exit_status report_json(const poupa_catalog *catalog, poupa_date as_of)
{
    poupa_writer *writer = json_begin();
    poupa_writer_begin_object(writer);
    write_metrics(writer, catalog);
    write_derived(writer, catalog);
    write_claims(writer, catalog);
    write_targets(writer, catalog, as_of);
    poupa_writer_end_object(writer);
    return json_end(writer);
}
