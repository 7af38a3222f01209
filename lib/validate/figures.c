/* figures.c - checks of single figures: metrics, targets and what claims state. */
#include <float.h>

#include "check.h"

/* What metrics, targets and claims have in common. */
typedef struct published {
    const char *field;
    const poupa_indicator *indicator; /* NULL for a claim */
    double number;                    /* 0 for a claim that states nothing */
    double resolution;
} published;

static published published_of(const poupa__subject *subject)
{
    if (subject->kind == POUPA_KIND_METRIC) {
        const poupa_metric *metric = (const poupa_metric *)subject->entity;
        return (published){"value", (const poupa_indicator *)poupa__follow(metric->indicator_id),
                           metric->value, metric->resolution};
    }
    if (subject->kind == POUPA_KIND_TARGET) {
        const poupa_target *target = (const poupa_target *)subject->entity;
        return (published){"value", (const poupa_indicator *)poupa__follow(target->indicator_id),
                           target->value, target->resolution};
    }
    const poupa_claim *claim = (const poupa_claim *)subject->entity;
    return (published){"stated", NULL, claim->stated.value, claim->resolution};
}

void poupa__check_publication(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_metric *metric = (const poupa_metric *)subject->entity;
    const poupa_source *source = (const poupa_source *)poupa__follow(metric->source_id);
    if (!source || !source->published.year || metric->status.code == POUPA_OBS_FORECAST)
        return;
    if (metric->period.last > poupa_date_last_day(source->published))
        poupa__report_add(run->report, POUPA__W3008_AFTER_PUBLICATION,
                          poupa__at(subject, "period"),
                          "the period ends on %s, after \"%s\" was published (%s)",
                          poupa__date(poupa_date_from_day(metric->period.last)).text, source->id,
                          poupa__date(source->published).text);
}

/* Whether an indicator counts things, of which there cannot be fewer than none. */
static bool is_count(const poupa_indicator *indicator)
{
    int32_t measure = indicator->measure.code;
    return indicator->unit.code == POUPA_UNIT_OF_COUNT &&
           (measure == POUPA_MEASURE_FLOW || measure == POUPA_MEASURE_STOCK ||
            measure == POUPA_MEASURE_CUMULATIVE);
}

void poupa__check_negative(poupa__validation *run, const poupa__subject *subject)
{
    published found = published_of(subject);
    if (found.number < 0 && found.indicator && is_count(found.indicator))
        poupa__report_add(run->report, POUPA__W3012_NEGATIVE, poupa__at(subject, found.field),
                          "%s is below zero, but \"%s\" is a count",
                          poupa__shown_number(found.number).text, found.indicator->id);
}

void poupa__check_percent(poupa__validation *run, const poupa__subject *subject)
{
    published found = published_of(subject);
    if ((found.number < 0 || found.number > 100) && found.indicator &&
        found.indicator->measure.code == POUPA_MEASURE_SHARE &&
        found.indicator->unit.code == POUPA_UNIT_OF_PERCENT)
        poupa__report_add(run->report, POUPA__W3013_PERCENT, poupa__at(subject, found.field),
                          "%s is outside 0 to 100, but \"%s\" is a share in percent",
                          poupa__shown_number(found.number).text, found.indicator->id);
}

/* Whether the value is a whole number of steps, but for the rounding of the division:
 * 12.2 is 122 steps of 0.1, though neither is exact in binary. */
static bool is_multiple(double value, double step)
{
    double steps = value < 0 ? -value / step : value / step;
    if (steps >= 1 / DBL_EPSILON)
        return true;
    double distance = steps - (double)(int64_t)(steps + 0.5);
    double rounding = steps * 2 * DBL_EPSILON;
    return distance <= rounding && -distance <= rounding;
}

void poupa__check_resolution(poupa__validation *run, const poupa__subject *subject)
{
    published found = published_of(subject);
    if (found.resolution > 0 && !is_multiple(found.number, found.resolution))
        poupa__report_add(
            run->report, POUPA__W3014_FINER_THAN_RESOLUTION, poupa__at(subject, found.field),
            "%s is not a multiple of its resolution %s", poupa__shown_number(found.number).text,
            poupa__shown_number(found.resolution).text);
}

void poupa__check_indicator_used(poupa__validation *run, const poupa__subject *subject)
{
    const poupa_indicator *indicator = (const poupa_indicator *)subject->entity;
    if (!poupa__id_of(indicator->id)->first)
        poupa__report_add(run->report, POUPA__W3021_INDICATOR_UNUSED, poupa__at(subject, "id"),
                          "no metric and no target uses the indicator \"%s\"", indicator->id);
}
