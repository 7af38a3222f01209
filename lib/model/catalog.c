/* catalog.c - the life of a catalogue, and looking things up in it. */
#include "catalog.h"

#include <string.h>

#include "base/nearest.h"
#include "entity.h"
#include "fields.h"

/* -- Life ---------------------------------------------------------------- */

poupa_status poupa_catalog_new(const poupa_allocator *allocator, poupa_catalog **out,
                               poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa_catalog *catalog = POUPA__NEW(&chosen, poupa_catalog);
    if (catalog == NULL)
        return poupa__error_memory(err);
    poupa__references_init(&catalog->references);
    catalog->allocator = chosen;
    poupa__arena_init(&catalog->arena, chosen);
    catalog->hash_key = poupa__hash_key_random();
    catalog->language = "";
    catalog->format_version = "1.0";
    *out = catalog;
    return POUPA_OK;
}

poupa_catalog *poupa_catalog_retain(poupa_catalog *catalog)
{
    if (catalog)
        poupa__references_add(&catalog->references);
    return catalog;
}

void poupa_catalog_release(poupa_catalog *catalog)
{
    if (catalog == NULL || !poupa__references_drop(&catalog->references))
        return;
    poupa_allocator allocator = catalog->allocator;
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        poupa__shelf *shelf = &catalog->shelves[kind];
        poupa__release(&allocator, shelf->slots, shelf->capacity * sizeof *shelf->slots);
        poupa__release(&allocator, shelf->ids, shelf->id_capacity * sizeof *shelf->ids);
    }
    poupa__release(&allocator, catalog->changes,
                   catalog->change_capacity * sizeof *catalog->changes);
    poupa__arena_free(&catalog->arena);
    poupa__release(&allocator, catalog, sizeof *catalog);
}

/* -- Ids ----------------------------------------------------------------- */

/* Where an id is in the table, or would be. */
static poupa__id **id_slot(const poupa__shelf *shelf, const char *text, size_t size,
                           uint64_t hash)
{
    size_t mask = shelf->id_capacity - 1;
    size_t at = (size_t)hash & mask;
    for (;; at = (at + 1) & mask) {
        poupa__id *id = shelf->ids[at];
        if (id == NULL ||
            (id->hash == hash && id->size == size && memcmp(poupa__id_text(id), text, size) == 0))
            return &shelf->ids[at];
    }
}

static bool grow_ids(poupa_catalog *catalog, poupa__shelf *shelf)
{
    size_t capacity = shelf->id_capacity ? shelf->id_capacity * 2 : 16;
    if (capacity > SIZE_MAX / 2 / sizeof *shelf->ids)
        return false;
    poupa__id **ids = POUPA__NEW_ZEROED(&catalog->allocator, poupa__id *, capacity);
    if (ids == NULL)
        return false;
    for (size_t i = 0; i < shelf->id_capacity; i++) {
        poupa__id *id = shelf->ids[i];
        size_t at = id ? (size_t)id->hash & (capacity - 1) : 0;
        while (id && ids[at])
            at = (at + 1) & (capacity - 1);
        if (id)
            ids[at] = id;
    }
    poupa__release(&catalog->allocator, shelf->ids, shelf->id_capacity * sizeof *ids);
    shelf->ids = ids;
    shelf->id_capacity = capacity;
    return true;
}

poupa__id *poupa__id_intern(poupa_catalog *catalog, poupa_kind kind, const char *text,
                            size_t size)
{
    poupa__shelf *shelf = &catalog->shelves[kind];
    if (shelf->id_count * 2 >= shelf->id_capacity && !grow_ids(catalog, shelf))
        return NULL;
    uint64_t hash = poupa__hash(catalog->hash_key, text, size);
    poupa__id **slot = id_slot(shelf, text, size, hash);
    if (*slot)
        return *slot;
    if (size > SIZE_MAX / 2)
        return NULL;
    poupa__id *id = (poupa__id *)poupa__arena_allocate(&catalog->arena, sizeof *id + size + 1);
    if (id == NULL)
        return NULL;
    *id = (poupa__id){.hash = hash, .size = size};
    char *copy = (char *)(id + 1);
    memcpy(copy, text, size);
    copy[size] = '\0';
    shelf->id_count++;
    return *slot = id;
}

poupa__id *poupa__id_find(const poupa_catalog *catalog, poupa_kind kind, const char *text,
                          size_t size)
{
    const poupa__shelf *shelf = &catalog->shelves[kind];
    if (shelf->id_count == 0)
        return NULL;
    return *id_slot(shelf, text, size, poupa__hash(catalog->hash_key, text, size));
}

static bool is_loose_end(const poupa__id *id)
{
    return id->first && id->entity == NULL && !id->declared;
}

/* -- Links --------------------------------------------------------------- */

static void append_edge(poupa__edge *edge)
{
    poupa__id *id = edge->to;
    edge->previous = id->last;
    edge->next = NULL;
    if (id->last)
        id->last->next = edge;
    else
        id->first = edge;
    id->last = edge;
}

static void remove_edge(poupa__edge *edge)
{
    if (edge->next)
        edge->next->previous = edge->previous;
    else
        edge->to->last = edge->previous;
    if (edge->previous)
        edge->previous->next = edge->next;
    else
        edge->to->first = edge->next;
    edge->next = edge->previous = NULL;
}

/* The id that an entity defines. */
static poupa__id *own_id(const poupa__entity *entity)
{
    /* Every struct begins with it. */
    const char *const *id = (const char *const *)poupa__entity_struct(entity);
    return (poupa__id *)poupa__id_of(*id);
}

/* The shelf of the ids of an edge, which is that of the field's target. */
static poupa__shelf *target_shelf(poupa_catalog *catalog, const poupa__edge *edge)
{
    return &catalog->shelves[poupa__kinds[edge->from->kind].fields[edge->field].target];
}

void poupa__entity_link(poupa_catalog *catalog, poupa__entity *entity)
{
    poupa__id *id = own_id(entity);
    catalog->shelves[entity->kind].loose_ends -= is_loose_end(id);
    id->entity = entity;
    for (size_t i = 0; i < entity->edge_count; i++) {
        poupa__edge *edge = &entity->edges[i];
        bool loose_before = is_loose_end(edge->to);
        append_edge(edge);
        target_shelf(catalog, edge)->loose_ends += is_loose_end(edge->to) && !loose_before;
    }
}

void poupa__entity_unlink(poupa_catalog *catalog, poupa__entity *entity)
{
    for (size_t i = 0; i < entity->edge_count; i++) {
        poupa__edge *edge = &entity->edges[i];
        bool loose_before = is_loose_end(edge->to);
        remove_edge(edge);
        target_shelf(catalog, edge)->loose_ends -= loose_before && !is_loose_end(edge->to);
    }
    poupa__id *id = own_id(entity);
    id->entity = NULL;
    catalog->shelves[entity->kind].loose_ends += is_loose_end(id);
}

void poupa__id_declare(poupa_catalog *catalog, poupa_kind kind, poupa__id *id)
{
    catalog->shelves[kind].loose_ends -= is_loose_end(id);
    id->declared = true;
}

void poupa__ids_forget(poupa__shelf *shelf)
{
    for (size_t i = 0; i < shelf->id_capacity && shelf->skipped; i++) {
        poupa__id *id = shelf->ids[i];
        if (id == NULL || !id->declared)
            continue;
        id->declared = false;
        shelf->loose_ends += is_loose_end(id);
    }
}

/* -- Shelves ------------------------------------------------------------- */

bool poupa__shelf_reserve(poupa_catalog *catalog, poupa_kind kind)
{
    poupa__shelf *shelf = &catalog->shelves[kind];
    void *slots = shelf->slots;
    if (!poupa__grow(&catalog->allocator, &slots, &shelf->capacity, shelf->used + 1,
                     sizeof *shelf->slots))
        return false;
    shelf->slots = (poupa__entity **)slots;
    return true;
}

void poupa__shelf_push(poupa_catalog *catalog, poupa__entity *entity)
{
    poupa__shelf *shelf = &catalog->shelves[entity->kind];
    entity->position = entity->place = shelf->used;
    shelf->slots[shelf->used++] = entity;
    shelf->live++;
}

void poupa__shelf_pop(poupa_catalog *catalog, poupa__entity *entity)
{
    poupa__shelf *shelf = &catalog->shelves[entity->kind];
    shelf->used--;
    shelf->live--;
}

void poupa__shelf_skip(poupa_catalog *catalog, poupa_kind kind)
{
    poupa__shelf *shelf = &catalog->shelves[kind];
    shelf->slots[shelf->used++] = NULL;
    shelf->skipped++;
}

void poupa__shelf_close_gaps(poupa__shelf *shelf)
{
    if (shelf->used == shelf->live)
        return;
    size_t to = 0;
    for (size_t i = 0; i < shelf->used; i++) {
        if (shelf->slots[i] == NULL)
            continue;
        shelf->slots[i]->position = to;
        shelf->slots[to++] = shelf->slots[i];
    }
    shelf->used = to;
}

size_t poupa_catalog_count(const poupa_catalog *catalog, poupa_kind kind)
{
    return catalog && poupa__kind_valid(kind) ? catalog->shelves[kind].live : 0;
}

const void *poupa_catalog_at(const poupa_catalog *catalog, poupa_kind kind, size_t index)
{
    if (index >= poupa_catalog_count(catalog, kind))
        return NULL;
    const poupa__shelf *shelf = &catalog->shelves[kind];
    size_t at = index;
    if (shelf->used != shelf->live) { /* an edit is open that has removed some */
        for (at = 0; shelf->slots[at] == NULL || index > 0; at++)
            index -= shelf->slots[at] != NULL;
    }
    return poupa__entity_struct(shelf->slots[at]);
}

const void *poupa_catalog_find(const poupa_catalog *catalog, poupa_kind kind, const char *id)
{
    if (catalog == NULL || id == NULL || !poupa__kind_valid(kind))
        return NULL;
    const poupa__id *known = poupa__id_find(catalog, kind, id, strlen(id));
    return known && known->entity ? poupa__entity_struct(known->entity) : NULL;
}

const void *poupa_catalog_nearest(const poupa_catalog *catalog, poupa_kind kind, const char *id)
{
    if (catalog == NULL || id == NULL || !poupa__kind_valid(kind))
        return NULL;
    poupa__nearest nearest = poupa__nearest_start(id, strlen(id));
    const poupa__shelf *shelf = &catalog->shelves[kind];
    for (size_t i = 0; i < shelf->used; i++) {
        if (shelf->slots[i] == NULL)
            continue;
        const poupa__id *known = own_id(shelf->slots[i]);
        poupa__nearest_offer(&nearest, poupa__id_text(known), known->size,
                             poupa__entity_struct(shelf->slots[i]));
    }
    return nearest.best;
}

poupa_status poupa__error_not_found(const poupa_catalog *catalog, poupa_kind kind, const char *id,
                                    poupa_error *err)
{
    char shown[POUPA__SHOWN_SIZE];
    poupa__shown(id, strlen(id), shown);
    const char *const *nearest = (const char *const *)poupa_catalog_nearest(catalog, kind, id);
    if (nearest)
        return poupa__error(err, POUPA_ERR_NOT_FOUND,
                            "there is no %s \"%s\"; did you mean \"%s\"?", poupa_kind_name(kind),
                            shown, *nearest);
    return poupa__error(err, POUPA_ERR_NOT_FOUND, "there is no %s \"%s\"", poupa_kind_name(kind),
                        shown);
}

/* -- The document's own members ------------------------------------------ */

const char *poupa_catalog_language(const poupa_catalog *catalog)
{
    return catalog && catalog->language[0] ? catalog->language : "pt-BR";
}

const char *poupa_catalog_format_version(const poupa_catalog *catalog)
{
    return catalog ? catalog->format_version : "1.0";
}

poupa_members poupa_catalog_extra(const poupa_catalog *catalog)
{
    return catalog ? catalog->extra : (poupa_members){NULL, 0};
}

poupa_status poupa_catalog_set_language(poupa_catalog *catalog, const char *language,
                                        poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(language, err);
    if (!poupa__language_valid(language, strlen(language))) {
        char shown[POUPA__SHOWN_SIZE];
        poupa__error(err, POUPA_ERR_INVALID, "\"%s\" is not a BCP 47 language tag",
                     poupa__shown(language, strlen(language), shown));
        poupa__error_rule(err, poupa__rules[POUPA__E2017_LANGUAGE].code, "/language");
        return POUPA_ERR_INVALID;
    }
    const char *copy = poupa__arena_text(&catalog->arena, language, strlen(language));
    if (copy == NULL)
        return poupa__error_memory(err);
    catalog->language = copy;
    return POUPA_OK;
}

/* -- Whole catalogues ---------------------------------------------------- */

bool poupa_catalog_equal(const poupa_catalog *a, const poupa_catalog *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    if (strcmp(poupa_catalog_language(a), poupa_catalog_language(b)) != 0 ||
        strcmp(a->format_version, b->format_version) != 0 ||
        !poupa__members_equal(&a->extra, &b->extra))
        return false;
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        size_t count = a->shelves[kind].live;
        if (count != b->shelves[kind].live)
            return false;
        for (size_t i = 0; i < count; i++) {
            if (!poupa__entity_equal((poupa_kind)kind, poupa_catalog_at(a, (poupa_kind)kind, i),
                                     poupa_catalog_at(b, (poupa_kind)kind, i)))
                return false;
        }
    }
    return true;
}

/* Copies what is no entity. */
static bool copy_document(const poupa_catalog *from, poupa_catalog *to)
{
    to->language = poupa__arena_text(&to->arena, from->language, strlen(from->language));
    to->format_version =
        poupa__arena_text(&to->arena, from->format_version, strlen(from->format_version));
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        to->shelves[kind].given = from->shelves[kind].given;
    return to->language && to->format_version &&
           poupa__members_copy(&to->arena, &from->extra, true, &to->extra);
}

static void expect_no_breach(void *context, const poupa__breach *breach)
{
    (void)context;
    (void)breach;
}

static poupa_status copy_entities(const poupa_catalog *from, poupa_catalog *to, poupa_error *err)
{
    poupa__breaches breaches = {expect_no_breach, NULL, 0, 0};
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        const poupa__shelf *shelf = &from->shelves[kind];
        for (size_t i = 0; i < shelf->used; i++) {
            if (shelf->slots[i] == NULL)
                continue;
            poupa__draft draft = {.kind = (poupa_kind)kind,
                                  .structure = poupa__entity_struct(shelf->slots[i]),
                                  .given = shelf->slots[i]->given,
                                  .trusted = true};
            poupa__entity *entity;
            poupa_status status = poupa__entity_make(to, &draft, &breaches, &entity, err);
            if (status != POUPA_OK)
                return status;
            if (!poupa__shelf_reserve(to, draft.kind))
                return poupa__error_memory(err);
            poupa__shelf_push(to, entity);
            poupa__entity_link(to, entity);
        }
    }
    return POUPA_OK;
}

poupa_status poupa_catalog_copy(const poupa_catalog *catalog, const poupa_allocator *allocator,
                                poupa_catalog **out, poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_catalog *copy;
    poupa_status status = poupa_catalog_new(allocator, &copy, err);
    if (status != POUPA_OK)
        return status;
    status = copy_document(catalog, copy) ? copy_entities(catalog, copy, err)
                                          : poupa__error_memory(err);
    if (status == POUPA_OK)
        *out = copy;
    else
        poupa_catalog_release(copy);
    return status;
}
