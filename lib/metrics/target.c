/* target.c - progress towards targets: how far, how fast, and when. */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "model/catalog.h"
#include "poupa/metrics.h"
#include "resolve.h"

/* -- The axis of months -------------------------------------------------- */

/* Where a day ends on an axis of calendar months; the end of a month is a whole number. */
static double months_at_end(int32_t day)
{
    poupa_date date = poupa_date_from_day(day);
    double part = (double)date.day / poupa__days_in_month(date.year, date.month);
    return 12 * date.year + date.month - 1 + part;
}

/* The day in which a point of that axis lies; no date outside the calendar. */
static poupa_date date_at(double months)
{
    const double last = 12 * 9999 + 12;
    if (!(months > 12 && months <= last))
        return (poupa_date){0};
    int month = (int)ceil(months) - 1;
    int year = month / 12;
    int days = poupa__days_in_month(year, month % 12 + 1);
    /* A millionth of a day more than a day's end is rounding, and still that day. */
    int day = (int)ceil((months - month) * days - 1e-6);
    return poupa_date_from_day(poupa__day_from_civil(year, month % 12 + 1, 1) + day - 1);
}

/* -- The latest metric --------------------------------------------------- */

/*
 * The id to look for metrics at: all that share the target's dimensions refer to it, and
 * the more particular it is the fewer others do.
 */
static const poupa__id *most_particular(const poupa_catalog *catalog, const poupa_target *target)
{
    const poupa_dimensions *about = &target->dimensions;
    const struct {
        poupa_kind kind;
        const char *id;
    } choices[] = {
        {POUPA_KIND_SERVICE, about->service_id},
        {POUPA_KIND_UNIT, about->unit_ids.count ? about->unit_ids.items[0] : NULL},
        {POUPA_KIND_AREA, about->area_id},
        {POUPA_KIND_INDICATOR, target->indicator_id},
    };
    size_t i = 0;
    while (choices[i].kind != POUPA_KIND_INDICATOR && (!choices[i].id || !choices[i].id[0]))
        i++;
    return poupa__id_find(catalog, choices[i].kind, choices[i].id, strlen(choices[i].id));
}

/* Whether a metric is later than another: it ends later, or is shorter, or stands behind. */
static bool is_later(const poupa_metric *metric, const poupa_metric *than)
{
    if (than == NULL)
        return true;
    if (metric->period.last != than->period.last)
        return metric->period.last > than->period.last;
    if (metric->period.first != than->period.first)
        return metric->period.first > than->period.first;
    return poupa__position(metric) > poupa__position(than);
}

static const poupa_metric *latest_metric(const poupa_catalog *catalog, const poupa_target *target,
                                         int32_t until)
{
    const poupa_metric *latest = NULL;
    const poupa__id *at = most_particular(catalog, target);
    for (const poupa__edge *edge = at ? at->first : NULL; edge; edge = edge->next) {
        if (edge->from->kind != POUPA_KIND_METRIC)
            continue;
        const poupa_metric *metric = (const poupa_metric *)poupa__entity_struct(edge->from);
        if (metric->period.last <= until && metric->status.code != POUPA_OBS_FORECAST &&
            strcmp(metric->indicator_id, target->indicator_id) == 0 &&
            poupa_dimensions_equal(&metric->dimensions, &target->dimensions) &&
            is_later(metric, latest))
            latest = metric;
    }
    return latest;
}

/* -- Reaching ------------------------------------------------------------ */

/*
 * Whether the target is reached from above. Where its interval has only one end, that end
 * is what counts; else the baseline tells from which side things move.
 */
static bool is_downward(poupa_interval target, const poupa_metric *baseline)
{
    if (isinf(target.low) || isinf(target.high))
        return isinf(target.low);
    return baseline && baseline->value > target.value;
}

static bool is_reached(poupa_interval actual, poupa_interval target, bool downward)
{
    return downward ? actual.high <= target.high : actual.low >= target.low;
}

/* What is left of a target that is reached: nothing, whatever it was passed by. */
static poupa_interval without_excess(poupa_interval remaining, bool downward)
{
    if (downward)
        return (poupa_interval){fmin(remaining.value, 0), fmin(remaining.low, 0),
                                fmin(remaining.high, 0)};
    return (poupa_interval){fmax(remaining.value, 0), fmax(remaining.low, 0),
                            fmax(remaining.high, 0)};
}

/* -- Progress ------------------------------------------------------------ */

/* The pace since the baseline; unknown where the baseline does not end before the metric. */
static double pace_since(const poupa_metric *baseline, const poupa_metric *metric)
{
    if (baseline == NULL || baseline->period.last >= metric->period.last)
        return NAN;
    return (metric->value - baseline->value) /
           (months_at_end(metric->period.last) - months_at_end(baseline->period.last));
}

/* Fills in what follows from the latest metric. */
static void progress_of_metric(poupa_progress *progress, const poupa_target *target)
{
    const poupa_metric *metric = progress->metric;
    bool downward = is_downward(progress->target, progress->baseline);
    progress->actual = poupa_metric_interval(metric);
    progress->share = poupa_interval_share(progress->actual, progress->target);
    progress->remaining = poupa_interval_difference(progress->target, progress->actual);
    progress->pace = pace_since(progress->baseline, metric);
    if (is_reached(progress->actual, progress->target, downward)) {
        progress->state = POUPA_TARGET_REACHED;
        progress->remaining = without_excess(progress->remaining, downward);
        progress->pace_needed = 0;
        return;
    }

    /* A figure may have passed the target in its value, yet not for sure. */
    double left = without_excess(progress->remaining, downward).value;
    if (progress->months_left > 0)
        progress->pace_needed = left / progress->months_left;
    bool approaching = downward ? progress->pace < 0 : progress->pace > 0;
    if (approaching)
        progress->forecast = date_at(months_at_end(metric->period.last) + left / progress->pace);

    int32_t due = poupa_date_last_day(target->due);
    bool in_time = progress->forecast.year && poupa_date_last_day(progress->forecast) <= due;
    if (poupa_date_last_day(progress->as_of) > due)
        progress->state = POUPA_TARGET_MISSED;
    else if (!isnan(progress->pace))
        progress->state = in_time ? POUPA_TARGET_ON_TRACK : POUPA_TARGET_BEHIND;
}

static poupa_status check_arguments(const poupa_target *target, poupa_date as_of,
                                    poupa_error *err)
{
    POUPA__REQUIRE(target->indicator_id, err);
    if (poupa_interval_is_unknown(poupa_target_interval(target)))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the target has no valid value");
    if (!poupa_date_valid(target->due))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the target has no date that it is due");
    if (as_of.year != 0 && !poupa_date_valid(as_of))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the as-of date is not a valid one");
    return POUPA_OK;
}

poupa_status poupa_target_progress(const poupa_catalog *catalog, const poupa_target *target,
                                   poupa_date as_of, poupa_progress *out, poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(target, err);
    POUPA__REQUIRE(out, err);
    poupa_status status = check_arguments(target, as_of, err);
    const poupa_metric *baseline = NULL;
    if (status == POUPA_OK && target->baseline_id && target->baseline_id[0])
        status = poupa__metrics_resolve(catalog, target->baseline_id, &baseline, err);
    if (status)
        return status;

    int32_t until = as_of.year ? poupa_date_last_day(as_of) : POUPA_DAY_MAX;
    poupa_progress progress = {
        .state = POUPA_TARGET_UNKNOWN,
        .metric = latest_metric(catalog, target, until),
        .baseline = baseline,
        .actual = poupa_interval_unknown(),
        .target = poupa_target_interval(target),
        .share = poupa_interval_unknown(),
        .remaining = poupa_interval_unknown(),
        .months_left = NAN,
        .pace_needed = NAN,
        .pace = NAN,
    };
    if (progress.metric && as_of.year == 0)
        until = progress.metric->period.last;
    if (until != POUPA_DAY_MAX) {
        progress.as_of = poupa_date_from_day(until);
        progress.months_left =
            months_at_end(poupa_date_last_day(target->due)) - months_at_end(until);
    }
    if (progress.metric)
        progress_of_metric(&progress, target);
    *out = progress;
    return POUPA_OK;
}

const char *poupa_target_state_name(poupa_target_state state)
{
    static const char *const names[] = {"unknown", "reached", "on_track", "behind", "missed"};
    size_t index = (size_t)state;
    return names[index < sizeof names / sizeof names[0] ? index : 0];
}
