/* relations.c - the rules between entities: references, places and parents. */
#include "catalog.h"
#include "fields.h"

void poupa__repeat_check(poupa__id *id, uint64_t stamp, const poupa_field *field, size_t item,
                         poupa__breaches *breaches)
{
    char shown[POUPA__SHOWN_SIZE];
    if (id->stamp == stamp)
        poupa__breach_add(breaches, POUPA__E2007_REPEATED_REFERENCE, field, item,
                          "\"%s\" is in this list already",
                          poupa__shown(poupa__id_text(id), id->size, shown));
    id->stamp = stamp;
}

void poupa__loose_end_report(const poupa_catalog *catalog, const poupa_field *field, size_t item,
                             const poupa__id *id, poupa__breaches *breaches)
{
    const char *target = poupa__kinds[field->target].one;
    const char *const *nearest = NULL;
    char shown[POUPA__SHOWN_SIZE];
    poupa__shown(poupa__id_text(id), id->size, shown);
    if (breaches->searches) {
        breaches->searches--;
        nearest = (const char *const *)poupa_catalog_nearest(catalog, field->target,
                                                             poupa__id_text(id));
    }
    if (nearest)
        poupa__breach_add(breaches, POUPA__E2005_REFERENCE, field, item,
                          "\"%s\" is not the id of %s; did you mean \"%s\"?", shown, target,
                          *nearest);
    else
        poupa__breach_add(breaches, POUPA__E2005_REFERENCE, field, item,
                          "\"%s\" is not the id of %s", shown, target);
}

static void check_places(const poupa__entity *entity, poupa__breaches *breaches)
{
    const poupa_offering *offering = (const poupa_offering *)poupa__entity_struct(entity);
    const poupa_channel *channel = (const poupa_channel *)poupa__follow(offering->channel_id);
    if (offering->unit_ids.count == 0 || channel == NULL || channel->type.code == 0 ||
        poupa_channel_has_units(channel))
        return;
    size_t count;
    const poupa_field *field = poupa_kind_fields(POUPA_KIND_OFFERING, &count);
    while (field->offset != offsetof(poupa_offering, unit_ids))
        field++;
    poupa__breach_add(breaches, POUPA__E2014_UNITS, field, SIZE_MAX,
                      "the channel \"%s\" is of type %s, which has no units; only in_person, "
                      "kiosk and mobile_unit have",
                      channel->id, channel->type.text);
}

void poupa__relations_check(const poupa_catalog *catalog, const poupa__entity *entity,
                            poupa__breaches *breaches)
{
    size_t item = 0; /* of the edges of one field */
    for (size_t i = 0; i < entity->edge_count; i++) {
        const poupa__edge *edge = &entity->edges[i];
        const poupa_field *field = &poupa__kinds[entity->kind].fields[edge->field];
        item = i > 0 && edge[-1].field == edge->field ? item + 1 : 0;
        if (edge->to->entity == NULL && !edge->to->declared)
            poupa__loose_end_report(catalog, field,
                                    field->type == POUPA_FIELD_REF ? SIZE_MAX : item, edge->to,
                                    breaches);
    }
    if (entity->kind == POUPA_KIND_OFFERING)
        check_places(entity, breaches);
}

/* -- Parents ------------------------------------------------------------- */

const poupa_field *poupa__parent_field(poupa_kind kind)
{
    const poupa__kind_info *info = &poupa__kinds[kind];
    for (size_t i = 0; i < info->field_count; i++) {
        if (info->fields[i].type == POUPA_FIELD_REF && info->fields[i].target == kind)
            return &info->fields[i];
    }
    return NULL;
}

static const poupa__entity *parent_of(const poupa__entity *entity, const poupa_field *field)
{
    const char *const *reference =
        (const char *const *)poupa__member(poupa__entity_struct(entity), field);
    const void *parent = poupa__follow(*reference);
    return parent ? poupa__entity_of(parent) : NULL;
}

/*
 * Walks up from every entity until a chain that was walked before; `walk` notes in which
 * walk each was met, so that meeting the own walk again is a cycle.
 */
poupa_status poupa__cycles_find(const poupa_catalog *catalog, poupa_kind kind,
                                void (*found)(void *context, const poupa__entity *entity),
                                void *context, poupa_error *err)
{
    const poupa__shelf *shelf = &catalog->shelves[kind];
    const poupa_field *field = poupa__parent_field(kind);
    if (field == NULL || shelf->used == 0)
        return POUPA_OK;
    size_t *walk = POUPA__NEW_ZEROED(&catalog->allocator, size_t, shelf->used);
    if (walk == NULL)
        return poupa__error_memory(err);
    for (size_t i = 0; i < shelf->used; i++) {
        const poupa__entity *at = shelf->slots[i];
        while (at && walk[at->position] == 0) {
            walk[at->position] = i + 1;
            at = parent_of(at, field);
        }
        if (at == NULL || walk[at->position] != i + 1)
            continue;
        const poupa__entity *start = at;
        do {
            found(context, at);
            at = parent_of(at, field);
        } while (at != start);
    }
    poupa__release(&catalog->allocator, walk, shelf->used * sizeof *walk);
    return POUPA_OK;
}
