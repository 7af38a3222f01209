/* plan.c - what a rollup was asked for. */
#include <stdlib.h>
#include <string.h>

#include "axis.h"
#include "base/error.h"

/* What there is to know of each key. */
typedef struct key_info {
    poupa__axis_id axis;
    bool needs_catalog;
    int32_t greatest_level;
} key_info;

static const key_info key_infos[] = {
    [0] = {POUPA__AXIS_PERIOD, false, 0},
    [POUPA_GROUP_PERIOD] = {POUPA__AXIS_PERIOD, false, POUPA_PERIOD_DAY},
    [POUPA_GROUP_UNIT] = {POUPA__AXIS_UNIT, false, 0},
    [POUPA_GROUP_SERVICE] = {POUPA__AXIS_SERVICE, false, 0},
    [POUPA_GROUP_CHANNEL] = {POUPA__AXIS_CHANNEL, false, 0},
    [POUPA_GROUP_ORGANIZATION] = {POUPA__AXIS_SERVICE, true, 0},
    [POUPA_GROUP_AREA] = {POUPA__AXIS_UNIT, true, POUPA_AREA_DISTRICT},
    [POUPA_GROUP_DIGITAL] = {POUPA__AXIS_CHANNEL, true, 0},
};

poupa__axis_id poupa__group_axis(poupa_group group)
{
    return key_infos[group.key].axis;
}

static poupa_status check_group(poupa_group group, const poupa_catalog *catalog, poupa_error *err)
{
    if (group.key < POUPA_GROUP_PERIOD || group.key > POUPA_GROUP_DIGITAL || group.level < 0 ||
        group.level > key_infos[group.key].greatest_level)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "there is no group %d of level %d",
                            (int)group.key, (int)group.level);
    if (key_infos[group.key].needs_catalog && catalog == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "\"%s\" needs a catalogue",
                            poupa_group_name(group));
    return POUPA_OK;
}

static poupa_status take_group(poupa__plan *plan, poupa_group group, poupa_error *err)
{
    poupa_status status = check_group(group, plan->catalog, err);
    if (status != POUPA_OK)
        return status;
    for (size_t i = 0; i < plan->by_count; i++) {
        if (poupa__group_equal(plan->by[i], group))
            return poupa__error(err, POUPA_ERR_ARGUMENT, "\"%s\" is there twice",
                                poupa_group_name(group));
    }
    if (group.key == POUPA_GROUP_PERIOD) {
        if (group.level == 0)
            return poupa__error(err, POUPA_ERR_ARGUMENT,
                                "a period to group by is a day, month, quarter, half or year");
        if (plan->grain)
            return poupa__error(err, POUPA_ERR_ARGUMENT, "there are two periods to group by");
        plan->grain = group.level;
    }
    plan->by[plan->by_count++] = group;
    return POUPA_OK;
}

/* -- Filters ------------------------------------------------------------- */

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static poupa_status read_periods(poupa__plan *plan, poupa__filter *filter, poupa_error *err)
{
    size_t count = filter->values.count;
    filter->periods = POUPA__ARENA_ARRAY(&plan->arena, poupa_period, count);
    if (filter->periods == NULL)
        return poupa__error_memory(err);
    for (size_t i = 0; i < count; i++) {
        const char *text = filter->values.items[i];
        poupa_status status = poupa_period_parse(text, strlen(text), &filter->periods[i], err);
        if (status != POUPA_OK)
            return status;
    }
    return POUPA_OK;
}

static poupa_status check_reach(const poupa__filter *filter, poupa_error *err)
{
    static const char *const reaches[] = {"", "digital", "in_person", "other"};
    for (size_t i = 0; i < filter->values.count; i++) {
        bool known = false;
        for (size_t j = 0; j < sizeof reaches / sizeof reaches[0]; j++)
            known = known || strcmp(reaches[j], filter->values.items[i]) == 0;
        if (!known)
            return poupa__error(err, POUPA_ERR_ARGUMENT,
                                "\"digital\" is \"digital\", \"in_person\" or \"other\"");
    }
    return POUPA_OK;
}

static poupa_status take_filter(poupa__plan *plan, const poupa_rollup_filter *given,
                                poupa_error *err)
{
    poupa_status status = check_group(given->group, plan->catalog, err);
    if (status != POUPA_OK)
        return status;
    if (given->values.count == 0)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the filter of \"%s\" has no values",
                            poupa_group_name(given->group));
    poupa__filter *filter = &plan->filters[plan->filter_count++];
    size_t count = given->values.count;
    const char **texts = POUPA__ARENA_ARRAY(&plan->arena, const char *, count);
    for (size_t i = 0; texts && i < count; i++) {
        const char *text = given->values.items[i];
        POUPA__REQUIRE(text, err);
        texts[i] = poupa__arena_text(&plan->arena, text, strlen(text));
        if (texts[i] == NULL)
            return poupa__error_memory(err);
    }
    if (texts == NULL)
        return poupa__error_memory(err);
    qsort(texts, count, sizeof *texts, compare_texts);
    *filter = (poupa__filter){given->group, {texts, count}, NULL};
    if (given->group.key == POUPA_GROUP_PERIOD)
        return read_periods(plan, filter, err);
    return given->group.key == POUPA_GROUP_DIGITAL ? check_reach(filter, err) : POUPA_OK;
}

/* -- Plans --------------------------------------------------------------- */

poupa_status poupa__plan_make(const poupa_rollup_options *options, poupa__plan *out,
                              poupa_error *err)
{
    poupa_status status = POUPA_OK;
    if (options->by_count > POUPA_GROUPS_MAX || options->filter_count > POUPA_GROUPS_MAX)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "there are more than %d groups or filters",
                            POUPA_GROUPS_MAX);
    *out = (poupa__plan){.catalog = poupa_catalog_retain(options->catalog),
                         .counts_only = options->counts_only,
                         .top = options->top};
    poupa__arena_init(&out->arena, poupa__allocator(options->allocator));
    for (size_t i = 0; status == POUPA_OK && i < options->by_count; i++)
        status = take_group(out, options->by[i], err);
    for (size_t i = 0; status == POUPA_OK && i < options->filter_count; i++)
        status = take_filter(out, &options->filters[i], err);
    if (status != POUPA_OK)
        poupa__plan_free(out);
    return status;
}

void poupa__plan_free(poupa__plan *plan)
{
    poupa_catalog_release(plan->catalog);
    poupa__arena_free(&plan->arena);
}

static bool filters_equal(const poupa__filter *a, const poupa__filter *b)
{
    bool equal = poupa__group_equal(a->group, b->group) && a->values.count == b->values.count;
    for (size_t i = 0; equal && i < a->values.count; i++)
        equal = strcmp(a->values.items[i], b->values.items[i]) == 0;
    return equal;
}

bool poupa__plan_equal(const poupa__plan *a, const poupa__plan *b)
{
    bool equal = a->by_count == b->by_count && a->filter_count == b->filter_count &&
                 a->catalog == b->catalog && a->counts_only == b->counts_only;
    for (size_t i = 0; equal && i < a->by_count; i++)
        equal = poupa__group_equal(a->by[i], b->by[i]);
    for (size_t i = 0; equal && i < a->filter_count; i++)
        equal = filters_equal(&a->filters[i], &b->filters[i]);
    return equal;
}
