/* navigate.c - from one entity to those that have to do with it. */
#include <stdlib.h>
#include <string.h>

#include "catalog.h"
#include "fields.h"

/* -- Lists --------------------------------------------------------------- */

/* A list while it grows; entities may enter more than once. */
typedef struct collection {
    poupa_allocator allocator;
    const poupa__entity **items;
    size_t count;
    size_t capacity;
    bool lost; /* there was no memory for an item */
} collection;

static void collect(collection *list, const poupa__entity *entity)
{
    if (entity == NULL || list->lost)
        return;
    void *items = list->items;
    if (!poupa__grow(&list->allocator, &items, &list->capacity, list->count + 1,
                     sizeof *list->items)) {
        list->lost = true;
        return;
    }
    list->items = (const poupa__entity **)items;
    list->items[list->count++] = entity;
}

static int by_position(const void *a, const void *b)
{
    size_t x = (*(const poupa__entity *const *)a)->position;
    size_t y = (*(const poupa__entity *const *)b)->position;
    return (x > y) - (x < y);
}

static void release_collection(collection *list)
{
    poupa__release(&list->allocator, list->items, list->capacity * sizeof *list->items);
}

/* Makes the list: sorted, each entity once, the array just as long as the list. */
static poupa_status finish(collection *list, poupa_kind kind, poupa_list *out, poupa_error *err)
{
    *out = (poupa_list){kind, NULL, 0, list->allocator};
    size_t count = 0;
    if (list->count && !list->lost) {
        qsort(list->items, list->count, sizeof *list->items, by_position);
        for (size_t i = 0; i < list->count; i++) {
            if (count == 0 || list->items[i] != list->items[count - 1])
                list->items[count++] = list->items[i];
        }
        const void **items = POUPA__NEW_ARRAY(&list->allocator, const void *, count);
        for (size_t i = 0; items && i < count; i++)
            items[i] = poupa__entity_struct(list->items[i]);
        list->lost = items == NULL;
        out->items = items;
        out->count = items ? count : 0;
    }
    release_collection(list);
    return list->lost ? poupa__error_memory(err) : POUPA_OK;
}

void poupa_list_free(poupa_list *list)
{
    if (list == NULL || list->items == NULL)
        return;
    poupa__release(&list->allocator, (void *)list->items, list->count * sizeof *list->items);
    list->items = NULL;
    list->count = 0;
}

/* -- References ---------------------------------------------------------- */

/* Finds where a navigation starts. */
static poupa_status start_list(const poupa_catalog *catalog, poupa_kind kind, const char *id,
                               poupa_list *out, const poupa__id **found, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = (poupa_list){kind, NULL, 0, poupa__allocator(NULL)};
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(id, err);
    if (!poupa__kind_valid(kind))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%d is not a kind of entity", (int)kind);
    *found = poupa__id_find(catalog, kind, id, strlen(id));
    if (*found && (*found)->entity)
        return POUPA_OK;
    return poupa__error_not_found(catalog, kind, id, err);
}

static const poupa__entity *entity_at(const char *reference)
{
    return reference[0] ? poupa__id_of(reference)->entity : NULL;
}

poupa_status poupa_catalog_referrers(const poupa_catalog *catalog, poupa_kind kind,
                                     const char *id, poupa_kind from, poupa_list *out,
                                     poupa_error *err)
{
    const poupa__id *root;
    poupa_status status = start_list(catalog, kind, id, out, &root, err);
    if (status != POUPA_OK)
        return status;
    if (!poupa__kind_valid(from))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%d is not a kind of entity", (int)from);
    collection found = {.allocator = catalog->allocator};
    for (const poupa__edge *edge = root->first; edge; edge = edge->next) {
        if (edge->from->kind == from)
            collect(&found, edge->from);
    }
    return finish(&found, from, out, err);
}

/* What a list collects from each offering that refers to where it starts. */
typedef void (*step_fn)(const poupa_offering *offering, collection *found);

static poupa_status through_offerings(const poupa_catalog *catalog, poupa_kind kind,
                                      const char *id, step_fn step, poupa_kind to,
                                      poupa_list *out, poupa_error *err)
{
    const poupa__id *root;
    poupa_status status = start_list(catalog, kind, id, out, &root, err);
    if (status != POUPA_OK)
        return status;
    collection found = {.allocator = catalog->allocator};
    for (const poupa__edge *edge = root->first; edge; edge = edge->next) {
        if (edge->from->kind == POUPA_KIND_OFFERING)
            step((const poupa_offering *)poupa__entity_struct(edge->from), &found);
    }
    return finish(&found, to, out, err);
}

static void to_service(const poupa_offering *offering, collection *found)
{
    collect(found, entity_at(offering->service_id));
}

static void to_channel(const poupa_offering *offering, collection *found)
{
    collect(found, entity_at(offering->channel_id));
}

static void to_units(const poupa_offering *offering, collection *found)
{
    for (size_t i = 0; i < offering->unit_ids.count; i++)
        collect(found, entity_at(offering->unit_ids.items[i]));
}

poupa_status poupa_service_offerings(const poupa_catalog *catalog, const char *id,
                                     poupa_list *out, poupa_error *err)
{
    return poupa_catalog_referrers(catalog, POUPA_KIND_SERVICE, id, POUPA_KIND_OFFERING, out,
                                   err);
}

poupa_status poupa_service_channels(const poupa_catalog *catalog, const char *id, poupa_list *out,
                                    poupa_error *err)
{
    return through_offerings(catalog, POUPA_KIND_SERVICE, id, to_channel, POUPA_KIND_CHANNEL, out,
                             err);
}

poupa_status poupa_service_units(const poupa_catalog *catalog, const char *id, poupa_list *out,
                                 poupa_error *err)
{
    return through_offerings(catalog, POUPA_KIND_SERVICE, id, to_units, POUPA_KIND_UNIT, out,
                             err);
}

poupa_status poupa_unit_offerings(const poupa_catalog *catalog, const char *id, poupa_list *out,
                                  poupa_error *err)
{
    return poupa_catalog_referrers(catalog, POUPA_KIND_UNIT, id, POUPA_KIND_OFFERING, out, err);
}

poupa_status poupa_unit_services(const poupa_catalog *catalog, const char *id, poupa_list *out,
                                 poupa_error *err)
{
    return through_offerings(catalog, POUPA_KIND_UNIT, id, to_service, POUPA_KIND_SERVICE, out,
                             err);
}

poupa_status poupa_channel_services(const poupa_catalog *catalog, const char *id, poupa_list *out,
                                    poupa_error *err)
{
    return through_offerings(catalog, POUPA_KIND_CHANNEL, id, to_service, POUPA_KIND_SERVICE, out,
                             err);
}

poupa_status poupa_area_units(const poupa_catalog *catalog, const char *id, poupa_list *out,
                              poupa_error *err)
{
    const poupa__id *root;
    poupa_status status = start_list(catalog, POUPA_KIND_AREA, id, out, &root, err);
    if (status != POUPA_OK)
        return status;
    collection areas = {.allocator = catalog->allocator};
    collection found = {.allocator = catalog->allocator};
    collect(&areas, root->entity);
    /* Every area has at most one parent, so each area below enters once; only where an
     * open edit has made a cycle can the walk come back to the root. */
    for (size_t i = 0; i < areas.count; i++) {
        const poupa_area *area = (const poupa_area *)poupa__entity_struct(areas.items[i]);
        for (const poupa__edge *edge = poupa__id_of(area->id)->first; edge; edge = edge->next) {
            if (edge->from->kind == POUPA_KIND_AREA && edge->from != root->entity)
                collect(&areas, edge->from);
            else if (edge->from->kind == POUPA_KIND_UNIT)
                collect(&found, edge->from);
        }
    }
    found.lost = found.lost || areas.lost;
    release_collection(&areas);
    return finish(&found, POUPA_KIND_UNIT, out, err);
}

/* -- Digital or not ------------------------------------------------------ */

static bool is_among(int32_t code, const int32_t *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == code)
            return true;
    }
    return false;
}

bool poupa_channel_is_digital(const poupa_channel *channel)
{
    static const int32_t digital[] = {POUPA_CHANNEL_PORTAL, POUPA_CHANNEL_APP,
                                      POUPA_CHANNEL_KIOSK,  POUPA_CHANNEL_CHAT,
                                      POUPA_CHANNEL_EMAIL,  POUPA_CHANNEL_SMS};
    return channel && is_among(channel->type.code, digital, sizeof digital / sizeof digital[0]);
}

bool poupa_channel_has_units(const poupa_channel *channel)
{
    static const int32_t placed[] = {POUPA_CHANNEL_IN_PERSON, POUPA_CHANNEL_KIOSK,
                                     POUPA_CHANNEL_MOBILE_UNIT};
    return channel && is_among(channel->type.code, placed, sizeof placed / sizeof placed[0]);
}

bool poupa_service_is_digital(const poupa_catalog *catalog, const char *id)
{
    if (catalog == NULL || id == NULL)
        return false;
    const poupa__id *root = poupa__id_find(catalog, POUPA_KIND_SERVICE, id, strlen(id));
    for (const poupa__edge *edge = root ? root->first : NULL; edge; edge = edge->next) {
        if (edge->from->kind != POUPA_KIND_OFFERING)
            continue;
        const poupa_offering *offering = (const poupa_offering *)poupa__entity_struct(edge->from);
        if (poupa_channel_is_digital((const poupa_channel *)poupa__follow(offering->channel_id)))
            return true;
    }
    return false;
}
