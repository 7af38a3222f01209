/* derive.c - the figures that follow from two published ones. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "dimensions.h"
#include "model/catalog.h"
#include "poupa/metrics.h"

/* -- Figures, sorted ----------------------------------------------------- */

/* A metric, and what it is found by. */
typedef struct metric_figure {
    const poupa_metric *metric;
    int32_t measure;             /* of its indicator */
    poupa_dimensions dimensions; /* the metric's, with sorted lists */
    int32_t months;              /* length in whole months, or -1 */
    int64_t days;                /* length in days where months is -1, else 0 */
    int32_t last;
} metric_figure;

typedef struct figures {
    poupa__arena arena;
    metric_figure *items; /* in file order */
    size_t count;
    const metric_figure **sorted; /* by compare_figures */
} figures;

/* Orders by series (indicator and dimensions), length and last day. Of the same length,
 * one that ends later also starts later. */
static int compare_keys(const metric_figure *a, const metric_figure *b)
{
    int order = poupa__dimensions_compare_ids(a->metric->indicator_id, b->metric->indicator_id);
    if (order == 0)
        order = poupa__dimensions_compare(&a->dimensions, &b->dimensions);
    if (order == 0)
        order = (a->months > b->months) - (a->months < b->months);
    if (order == 0)
        order = (a->days > b->days) - (a->days < b->days);
    if (order == 0)
        order = (a->last > b->last) - (a->last < b->last);
    return order;
}

static int compare_figures(const void *a, const void *b)
{
    const metric_figure *x = *(const metric_figure *const *)a;
    const metric_figure *y = *(const metric_figure *const *)b;
    int order = compare_keys(x, y);
    return order ? order : (x > y) - (x < y);
}

/* The last figure that has the key's series and length and ends by `day`, or NULL. */
static const metric_figure *latest_by(const figures *all, metric_figure key, int32_t day)
{
    key.last = day;
    size_t low = 0;
    size_t high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(all->sorted[middle], &key) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    const metric_figure *found = all->sorted[low - 1];
    key.last = found->last;
    return compare_keys(found, &key) == 0 ? found : NULL;
}

static void measure_length(metric_figure *item, poupa_period period)
{
    item->months = poupa_period_months(period);
    item->days = item->months > 0 ? 0 : poupa_period_days(period);
    item->last = period.last;
}

static bool is_countable(int32_t measure)
{
    return measure == POUPA_MEASURE_FLOW || measure == POUPA_MEASURE_STOCK ||
           measure == POUPA_MEASURE_CUMULATIVE;
}

/* Collects what was counted, not forecast. False when there is no memory. */
static bool collect_figures(const poupa_catalog *catalog, figures *all)
{
    size_t total = poupa_metric_count(catalog);
    all->items = POUPA__ARENA_ARRAY(&all->arena, metric_figure, total);
    all->sorted = POUPA__ARENA_ARRAY(&all->arena, const metric_figure *, total);
    if (all->items == NULL || all->sorted == NULL)
        return false;
    for (size_t i = 0; i < total; i++) {
        const poupa_metric *metric = poupa_metric_at(catalog, i);
        const poupa_indicator *indicator =
            (const poupa_indicator *)poupa__follow(metric->indicator_id);
        if (indicator == NULL || !is_countable(indicator->measure.code) ||
            metric->status.code == POUPA_OBS_FORECAST)
            continue;
        metric_figure *item = &all->items[all->count];
        *item = (metric_figure){.metric = metric, .measure = indicator->measure.code};
        if (!poupa__dimensions_sorted(&all->arena, &metric->dimensions, &item->dimensions))
            return false;
        measure_length(item, metric->period);
        all->sorted[all->count++] = item;
    }
    qsort(all->sorted, all->count, sizeof(const metric_figure *), compare_figures);
    return true;
}

/* -- What a figure is set against ---------------------------------------- */

static bool is_digital_only(poupa_texts channel_ids)
{
    for (size_t i = 0; i < channel_ids.count; i++) {
        const poupa_channel *channel = (const poupa_channel *)poupa__follow(channel_ids.items[i]);
        if (channel == NULL || !poupa_channel_is_digital(channel))
            return false;
    }
    return channel_ids.count > 0;
}

/* The same days and dimensions, but through all channels. */
static const metric_figure *through_all_channels(const figures *all, const metric_figure *part)
{
    if (part->measure != POUPA_MEASURE_FLOW || !is_digital_only(part->dimensions.channel_ids))
        return NULL;
    metric_figure key = *part;
    key.dimensions.channel_ids = (poupa_texts){NULL, 0};
    const metric_figure *whole = latest_by(all, key, part->last);
    return whole && whole->last == part->last ? whole : NULL;
}

/* The one before of the same length. */
static const metric_figure *predecessor(const figures *all, const metric_figure *item)
{
    int32_t first = item->metric->period.first;
    return first == POUPA_DAY_MIN ? NULL : latest_by(all, *item, first - 1);
}

/* The year before, where it is published only as a whole. */
static const metric_figure *previous_year(const figures *all, const metric_figure *part)
{
    poupa_period period = part->metric->period;
    if (part->measure != POUPA_MEASURE_FLOW || part->months <= 0 || part->months >= 12)
        return NULL;
    poupa_period year = poupa_period_around(period.last, POUPA_PERIOD_YEAR);
    poupa_period before = poupa_period_around(year.first - 1, POUPA_PERIOD_YEAR);
    if (!poupa_period_contains(year, period) || before.kind == POUPA_PERIOD_NONE)
        return NULL;
    const metric_figure *like = latest_by(all, *part, before.last);
    if (like && poupa_period_contains(before, like->metric->period))
        return NULL;
    metric_figure key = *part;
    measure_length(&key, before);
    const metric_figure *whole = latest_by(all, key, before.last);
    return whole && whole->last == before.last ? whole : NULL;
}

/* -- Deriving ------------------------------------------------------------ */

typedef struct derivation_rule {
    const char *name;
    const metric_figure *(*find_base)(const figures *all, const metric_figure *item);
    poupa_interval (*compute)(poupa_interval metric, poupa_interval base);
} derivation_rule;

static const derivation_rule derivations[] = {
    [0] = {NULL, NULL, NULL},
    [POUPA_DERIVED_DIGITAL_SHARE] = {"digital_share", through_all_channels, poupa_interval_share},
    [POUPA_DERIVED_GROWTH] = {"growth", predecessor, poupa_interval_growth},
    [POUPA_DERIVED_PART_OF_YEAR] = {"part_of_year", previous_year, poupa_interval_share},
};

enum { DERIVATION_COUNT = sizeof derivations / sizeof derivations[0] };

/* What follows from a figure in one way; false where nothing does. */
static bool derive(const figures *all, const metric_figure *item, int way, poupa_derived *out)
{
    const metric_figure *base = derivations[way].find_base(all, item);
    if (base == NULL)
        return false;
    poupa_interval over = poupa_metric_interval(base->metric);
    if (!(over.low > 0))
        return false;
    *out = (poupa_derived){
        .derivation = (poupa_derivation)way,
        .metric = item->metric,
        .base = base->metric,
        .percent = derivations[way].compute(poupa_metric_interval(item->metric), over),
    };
    return true;
}

/* Derives all there is into a list just as long. False when there is no memory. */
static bool derive_all(figures *all, poupa_derived_list *list)
{
    size_t most = all->count * (DERIVATION_COUNT - 1);
    poupa_derived *found = POUPA__ARENA_ARRAY(&all->arena, poupa_derived, most);
    if (found == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        for (int way = POUPA_DERIVED_DIGITAL_SHARE; way < DERIVATION_COUNT; way++)
            count += derive(all, &all->items[i], way, &found[count]);
    }
    if (count == 0)
        return true;
    list->items = POUPA__NEW_ARRAY(&list->allocator, poupa_derived, count);
    if (list->items == NULL)
        return false;
    memcpy(list->items, found, count * sizeof *found);
    list->count = count;
    return true;
}

poupa_status poupa_metrics_derive(const poupa_catalog *catalog, poupa_derived_list *out,
                                  poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = (poupa_derived_list){.allocator = poupa__allocator(NULL)};
    POUPA__REQUIRE(catalog, err);
    out->allocator = catalog->allocator;
    figures all = {.items = NULL};
    poupa__arena_init(&all.arena, catalog->allocator);
    bool done = collect_figures(catalog, &all) && derive_all(&all, out);
    poupa__arena_free(&all.arena);
    return done ? POUPA_OK : poupa__error_memory(err);
}

void poupa_derived_list_free(poupa_derived_list *list)
{
    if (list == NULL)
        return;
    poupa__release(&list->allocator, list->items, list->count * sizeof *list->items);
    *list = (poupa_derived_list){.allocator = list->allocator};
}

const char *poupa_derivation_name(poupa_derivation derivation)
{
    size_t index = (size_t)derivation;
    bool known = index >= POUPA_DERIVED_DIGITAL_SHARE && index < DERIVATION_COUNT;
    return known ? derivations[index].name : "";
}
