/* axis.c - what the values of a column come to. */
#include "axis.h"

#include <stdlib.h>
#include <string.h>

bool poupa__axis_init(poupa__axis *axis, poupa__axis_id id, const poupa__plan *plan,
                      const poupa_allocator *allocator)
{
    bool idle = true;
    for (size_t i = 0; i < plan->by_count; i++)
        idle = idle && poupa__group_axis(plan->by[i]) != id;
    for (size_t i = 0; i < plan->filter_count; i++)
        idle = idle && poupa__group_axis(plan->filters[i].group) != id;
    *axis = (poupa__axis){id, idle, poupa__dictionary_new(allocator)};
    return axis->texts && (!idle || poupa__dictionary_add(axis->texts, "", 0) == 0);
}

static uint32_t text_code(poupa__axis *axis, const void *text, size_t size)
{
    int32_t word = poupa__dictionary_add(axis->texts, (const char *)text, size);
    return word == POUPA__NO_WORD ? (uint32_t)POUPA__CODE_UNKNOWN
                                  : (uint32_t)word + POUPA__CODE_TEXT;
}

/* -- Through the catalogue ----------------------------------------------- */

const char *poupa__channel_reach(const poupa_channel *channel)
{
    if (channel == NULL)
        return "";
    if (poupa_channel_is_digital(channel))
        return "digital";
    return poupa_channel_has_units(channel) ? "in_person" : "other";
}

static const poupa_area *area_of(const poupa_catalog *catalog, const char *unit_id)
{
    const poupa_unit *unit = poupa_unit_find(catalog, unit_id);
    return unit ? poupa_area_find(catalog, unit->area_id) : NULL;
}

/* The area that an area lies in. *steps, at first 0, counts them, so that a catalogue that
 * was read in spite of errors, whose areas may go round in a circle, comes to an end. */
static const poupa_area *area_around(const poupa_catalog *catalog, const poupa_area *area,
                                     size_t *steps)
{
    if (++*steps > poupa_area_count(catalog))
        return NULL;
    return poupa_area_find(catalog, area->parent_id);
}

/* What a group of the axis comes to for an id. */
static const char *key_of(const poupa_catalog *catalog, poupa_group group, const char *id)
{
    if (group.key == POUPA_GROUP_ORGANIZATION) {
        const poupa_service *service = poupa_service_find(catalog, id);
        return service ? service->organization_id : "";
    }
    if (group.key == POUPA_GROUP_DIGITAL)
        return poupa__channel_reach(poupa_channel_find(catalog, id));
    if (group.key != POUPA_GROUP_AREA)
        return id;
    size_t steps = 0;
    const poupa_area *area = area_of(catalog, id);
    while (area && group.level && area->type.code != group.level)
        area = area_around(catalog, area, &steps);
    return area ? area->id : "";
}

/* -- Filters ------------------------------------------------------------- */

static int compare_to_text(const void *a, const void *b)
{
    return strcmp((const char *)a, *(const char *const *)b);
}

static bool has_value(const poupa__filter *filter, const char *value)
{
    return bsearch(value, filter->values.items, filter->values.count,
                   sizeof *filter->values.items, compare_to_text) != NULL;
}

static bool passes(const poupa__filter *filter, const poupa_catalog *catalog, const char *id)
{
    if (filter->group.key != POUPA_GROUP_AREA)
        return has_value(filter, key_of(catalog, filter->group, id));
    size_t steps = 0;
    const poupa_area *area = area_of(catalog, id);
    bool found = area == NULL && has_value(filter, "");
    for (; area && !found; area = area_around(catalog, area, &steps))
        found = has_value(filter, area->id);
    return found;
}

uint32_t poupa__axis_code(poupa__axis *axis, const poupa__plan *plan, const char *id,
                          poupa_buffer *scratch)
{
    for (size_t i = 0; i < plan->filter_count; i++) {
        const poupa__filter *filter = &plan->filters[i];
        if (poupa__group_axis(filter->group) == axis->id && !passes(filter, plan->catalog, id))
            return POUPA__CODE_FILTERED;
    }
    scratch->size = 0;
    for (size_t i = 0; i < plan->by_count; i++) {
        if (poupa__group_axis(plan->by[i]) != axis->id)
            continue;
        const char *key = key_of(plan->catalog, plan->by[i], id);
        if (!poupa__buffer_append(scratch, key, strlen(key) + 1))
            return POUPA__CODE_UNKNOWN;
    }
    return text_code(axis, scratch->size ? scratch->data : "", scratch->size);
}

/* -- Periods ------------------------------------------------------------- */

/* How a filter takes a period: POUPA__CODE_TEXT for wholly. */
static uint32_t period_passes(const poupa__filter *filter, poupa_period period)
{
    uint32_t result = POUPA__CODE_FILTERED;
    for (size_t i = 0; i < filter->values.count; i++) {
        const poupa_period *wanted = &filter->periods[i];
        if (poupa_period_contains(*wanted, period))
            return POUPA__CODE_TEXT;
        if (wanted->first <= period.last && period.first <= wanted->last)
            result = POUPA__CODE_CUT;
    }
    return result;
}

uint32_t poupa__axis_period_code(poupa__axis *axis, const poupa__plan *plan, int32_t first,
                                 poupa_period_kind kind)
{
    uint32_t code = POUPA__CODE_TEXT;
    poupa_period period = poupa_period_around(first, kind);
    for (size_t i = 0; i < plan->filter_count; i++) {
        if (plan->filters[i].group.key != POUPA_GROUP_PERIOD)
            continue;
        uint32_t found = period_passes(&plan->filters[i], period);
        if (found < code)
            code = found;
    }
    if (code != POUPA__CODE_TEXT)
        return code;
    if (plan->grain == 0)
        return text_code(axis, "", 0);
    /* Kinds are numbered from wide to narrow, and each one's periods lie in the wider's. */
    if ((int32_t)kind > plan->grain)
        period = poupa_period_around(first, (poupa_period_kind)plan->grain);
    const int32_t key[2] = {period.first, period.kind};
    return text_code(axis, key, sizeof key);
}

poupa_period poupa__axis_period(const poupa__axis *axis, uint32_t code)
{
    int32_t key[2] = {0, POUPA_PERIOD_NONE};
    const poupa__word *word = poupa__dictionary_word(axis->texts, code - POUPA__CODE_TEXT);
    if (word->size == sizeof key)
        memcpy(key, word->text, sizeof key);
    return poupa_period_around(key[0], (poupa_period_kind)key[1]);
}
