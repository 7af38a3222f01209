/* select.c - choosing metrics by indicator, period and dimensions. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "model/catalog.h"
#include "poupa/metrics.h"

static bool text_matches(const char *wanted, const char *found)
{
    return wanted == NULL || strcmp(wanted, found) == 0;
}

/* A list matches an id that it holds; an empty one matches "". */
static bool list_matches(const char *wanted, poupa_texts found)
{
    if (wanted == NULL || (wanted[0] == '\0' && found.count == 0))
        return true;
    for (size_t i = 0; i < found.count; i++) {
        if (strcmp(wanted, found.items[i]) == 0)
            return true;
    }
    return false;
}

static bool period_matches(const poupa_metric_query *query, poupa_period found)
{
    bool same_days = query->period.kind == POUPA_PERIOD_NONE ||
                     (query->period.first == found.first && query->period.last == found.last);
    return same_days && (query->within.kind == POUPA_PERIOD_NONE ||
                         poupa_period_contains(query->within, found));
}

static bool metric_matches(const poupa_metric_query *query, const poupa_metric *metric)
{
    const poupa_dimensions *found = &metric->dimensions;
    return text_matches(query->indicator_id, metric->indicator_id) &&
           period_matches(query, metric->period) &&
           text_matches(query->program_id, found->program_id) &&
           text_matches(query->organization_id, found->organization_id) &&
           text_matches(query->service_id, found->service_id) &&
           text_matches(query->area_id, found->area_id) &&
           list_matches(query->channel_id, found->channel_ids) &&
           list_matches(query->unit_id, found->unit_ids);
}

static bool is_period_or_none(poupa_period period)
{
    return period.kind == POUPA_PERIOD_NONE || poupa_period_valid(period);
}

poupa_status poupa_metrics_select(const poupa_catalog *catalog, const poupa_metric_query *query,
                                  poupa_list *out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = (poupa_list){.kind = POUPA_KIND_METRIC, .allocator = poupa__allocator(NULL)};
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(query, err);
    if (!is_period_or_none(query->period) || !is_period_or_none(query->within))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the query's period is not a valid one");

    size_t total = poupa_metric_count(catalog);
    size_t count = 0;
    for (size_t i = 0; i < total; i++)
        count += metric_matches(query, poupa_metric_at(catalog, i));

    if (count == 0)
        return POUPA_OK;
    const void **items = POUPA__NEW_ARRAY(&catalog->allocator, const void *, count);
    if (items == NULL)
        return poupa__error_memory(err);
    size_t kept = 0;
    for (size_t i = 0; kept < count; i++) {
        const poupa_metric *metric = poupa_metric_at(catalog, i);
        if (metric_matches(query, metric))
            items[kept++] = metric;
    }
    *out = (poupa_list){POUPA_KIND_METRIC, items, count, catalog->allocator};
    return POUPA_OK;
}
