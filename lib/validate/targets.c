/* targets.c - checks of what targets start from, and of what claims state. */
#include "check.h"

void poupa__check_due_date(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_target *target = (const poupa_target *)subject->entity;
    const poupa_metric *baseline = (const poupa_metric *)poupa__follow(target->baseline_id);
    if (baseline && poupa_date_last_day(target->due) < baseline->period.last)
        poupa__report_add(
            run->report, POUPA__W3022_DUE_BEFORE_BASELINE, poupa__at(subject, "due"),
            "due %s, before its baseline \"%s\" ends on %s", poupa__date(target->due).text,
            baseline->id, poupa__date(poupa_date_from_day(baseline->period.last)).text);
}

void poupa__check_baseline(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_target *target = (const poupa_target *)subject->entity;
    const poupa_metric *baseline = (const poupa_metric *)poupa__follow(target->baseline_id);
    if (!baseline)
        return;
    if (baseline->indicator_id != target->indicator_id) {
        poupa__report_add(run->report, POUPA__W3023_BASELINE_DIFFERS,
                          poupa__at(subject, "baseline_id"),
                          "the baseline \"%s\" measures \"%s\", but the target is for \"%s\"",
                          baseline->id, baseline->indicator_id, target->indicator_id);
        return;
    }
    const char *dimension =
        poupa__series_difference(run->series.key, &target->dimensions, &baseline->dimensions);
    if (dimension)
        poupa__report_add(
            run->report, POUPA__W3023_BASELINE_DIFFERS, poupa__at(subject, "baseline_id"),
            "the baseline \"%s\" has not the same %s as the target", baseline->id, dimension);
}

void poupa__check_stated(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_claim *claim = (const poupa_claim *)subject->entity;
    bool compares_sides =
        claim->kind.code == POUPA_CLAIM_SUM || claim->kind.code == POUPA_CLAIM_GREATER;
    if (!compares_sides && !claim->stated.present)
        poupa__report_add(run->report, POUPA__W3024_NOTHING_STATED, poupa__at(subject, "kind"),
                          "a claim of kind %s needs stated, the figure that was claimed",
                          claim->kind.text);
}
