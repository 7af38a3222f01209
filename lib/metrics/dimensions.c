/* dimensions.c - comparing what figures are about. */
#include "dimensions.h"

#include <stdlib.h>
#include <string.h>

#include "poupa/metrics.h"

/* -- One pair ------------------------------------------------------------ */

/* Structs that a caller filled may leave texts NULL. */
static bool same_id(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/*
 * Whether every id of `part` is in `whole`. Each search goes on where the last one ended,
 * so that lists in the same order, the usual case, take linear time.
 */
static bool is_subset(poupa_texts part, poupa_texts whole)
{
    size_t next = 0;
    for (size_t i = 0; i < part.count; i++) {
        size_t tried = 0;
        while (tried < whole.count && !same_id(part.items[i], whole.items[next])) {
            next = (next + 1) % whole.count;
            tried++;
        }
        if (tried == whole.count)
            return false;
        next = (next + 1) % whole.count;
    }
    return true;
}

static bool same_set(poupa_texts a, poupa_texts b)
{
    return is_subset(a, b) && is_subset(b, a);
}

bool poupa_dimensions_equal(const poupa_dimensions *a, const poupa_dimensions *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return same_id(a->program_id, b->program_id) &&
           same_id(a->organization_id, b->organization_id) &&
           same_id(a->service_id, b->service_id) && same_id(a->area_id, b->area_id) &&
           same_set(a->channel_ids, b->channel_ids) && same_set(a->unit_ids, b->unit_ids);
}

/* -- Many ---------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool sorted_list(poupa__arena *arena, poupa_texts list, poupa_texts *out)
{
    *out = list;
    if (list.count < 2)
        return true;
    const char **items = POUPA__ARENA_ARRAY(arena, const char *, list.count);
    if (items == NULL)
        return false;
    memcpy(items, list.items, list.count * sizeof *items);
    qsort(items, list.count, sizeof *items, compare_ids);
    out->items = items;
    return true;
}

bool poupa__dimensions_sorted(poupa__arena *arena, const poupa_dimensions *dimensions,
                              poupa_dimensions *out)
{
    *out = *dimensions;
    return sorted_list(arena, dimensions->channel_ids, &out->channel_ids) &&
           sorted_list(arena, dimensions->unit_ids, &out->unit_ids);
}

int poupa__dimensions_compare_ids(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int compare_lists(poupa_texts a, poupa_texts b)
{
    if (a.count != b.count)
        return a.count < b.count ? -1 : 1;
    int order = 0;
    for (size_t i = 0; i < a.count && order == 0; i++)
        order = poupa__dimensions_compare_ids(a.items[i], b.items[i]);
    return order;
}

int poupa__dimensions_compare(const poupa_dimensions *a, const poupa_dimensions *b)
{
    const char *const ids[][2] = {
        {a->service_id, b->service_id},
        {a->area_id, b->area_id},
        {a->organization_id, b->organization_id},
        {a->program_id, b->program_id},
    };
    int order = 0;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0] && order == 0; i++)
        order = poupa__dimensions_compare_ids(ids[i][0], ids[i][1]);
    if (order == 0)
        order = compare_lists(a->channel_ids, b->channel_ids);
    return order ? order : compare_lists(a->unit_ids, b->unit_ids);
}
