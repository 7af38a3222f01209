/*
 * edit.c - changing a catalogue: add, replace and remove, each all or nothing, and edits
 * that are all or nothing together.
 *
 * A change is made first and checked against the rest afterwards: at once outside an edit,
 * at the commit inside one. What does not pass is undone from the log of changes, which
 * cannot fail: everything that needs memory has it before the first change.
 */
#include <string.h>

#include "catalog.h"
#include "entity.h"
#include "fields.h"

/* -- Breaches as errors -------------------------------------------------- */

/* Only the first breach is told, so only one search for a near word is of use. */
enum { SEARCHES_AN_EDIT = 1 };

/* Keeps the first breach as an error. */
typedef struct first_breach {
    poupa_error *err;
    poupa_status status;
    poupa_kind kind;
    size_t index;
} first_breach;

static void take_breach(void *context, const poupa__breach *breach)
{
    first_breach *first = (first_breach *)context;
    if (first->status != POUPA_OK)
        return;
    first->status = breach->rule == POUPA__RULE_COUNT ? POUPA_ERR_ARGUMENT : POUPA_ERR_INVALID;
    poupa__error(first->err, first->status, "%s", breach->message);
    char path[96];
    poupa__error_text(path, sizeof path, "/%s/%zu", poupa_kind_plural(first->kind), first->index);
    size_t size = strlen(path);
    if (breach->field)
        poupa__error_text(path + size, sizeof path - size, "/%s", breach->field->name);
    size = strlen(path);
    if (breach->item != SIZE_MAX)
        poupa__error_text(path + size, sizeof path - size, "/%zu", breach->item);
    const char *code = breach->rule == POUPA__RULE_COUNT ? "" : poupa__rules[breach->rule].code;
    poupa__error_rule(first->err, code, path);
}

static void fail_in_use(const poupa__entity *entity, const poupa__entity *by, first_breach *first)
{
    const char *const *id = (const char *const *)poupa__entity_struct(entity);
    const char *const *user = (const char *const *)poupa__entity_struct(by);
    first->status = poupa__error(
        first->err, POUPA_ERR_IN_USE, "the %s \"%s\" is in use: the %s \"%s\" refers to it",
        poupa_kind_name(entity->kind), *id, poupa_kind_name(by->kind), *user);
}

/* -- Checking against the rest ------------------------------------------- */

static const poupa__id *id_of(const poupa__entity *entity)
{
    const char *const *id = (const char *const *)poupa__entity_struct(entity);
    return poupa__id_of(*id);
}

/* Whether an entity is its own ancestor. Only one that something refers to can be. */
static bool is_own_ancestor(const poupa_catalog *catalog, const poupa__entity *entity)
{
    const poupa_field *field = poupa__parent_field(entity->kind);
    if (field == NULL || id_of(entity)->first == NULL)
        return false;
    const poupa__entity *at = entity;
    for (size_t steps = 0; steps < catalog->shelves[entity->kind].used; steps++) {
        const char *const *reference =
            (const char *const *)poupa__member(poupa__entity_struct(at), field);
        const void *parent = poupa__follow(*reference);
        if (parent == NULL)
            return false;
        at = poupa__entity_of(parent);
        if (at == entity)
            return true;
    }
    return false;
}

/* The rules between an entity and others, in both directions. */
static void check_entity(const poupa_catalog *catalog, const poupa__entity *entity,
                         first_breach *first)
{
    poupa__breaches breaches = {take_breach, first, 0, SEARCHES_AN_EDIT};
    first->kind = entity->kind;
    first->index = entity->position;
    poupa__relations_check(catalog, entity, &breaches);
    if (entity->kind != POUPA_KIND_CHANNEL)
        return;
    for (const poupa__edge *edge = id_of(entity)->first; edge; edge = edge->next) {
        first->kind = edge->from->kind;
        first->index = edge->from->position;
        poupa__relations_check(catalog, edge->from, &breaches);
    }
}

static void fail_cycle(const poupa__entity *entity, first_breach *first)
{
    poupa__breaches breaches = {take_breach, first, 0, SEARCHES_AN_EDIT};
    first->kind = entity->kind;
    first->index = entity->position;
    poupa__breach_add(&breaches, POUPA__E2008_CYCLE, poupa__parent_field(entity->kind), SIZE_MAX,
                      "the %s \"%s\" is its own ancestor", poupa_kind_name(entity->kind),
                      poupa__id_text(id_of(entity)));
}

static void take_cycle(void *context, const poupa__entity *entity)
{
    fail_cycle(entity, (first_breach *)context);
}

/* -- Changes and undoing them -------------------------------------------- */

static poupa__shelf *shelf_of(poupa_catalog *catalog, const poupa__entity *entity)
{
    return &catalog->shelves[entity->kind];
}

/* Room to note one more change. */
static bool reserve_change(poupa_catalog *catalog)
{
    void *changes = catalog->changes;
    if (!poupa__grow(&catalog->allocator, &changes, &catalog->change_capacity,
                     catalog->change_count + 1, sizeof *catalog->changes))
        return false;
    catalog->changes = (poupa__change *)changes;
    return true;
}

static void apply(poupa_catalog *catalog, poupa__change change)
{
    if (change.before) {
        poupa__shelf *shelf = shelf_of(catalog, change.before);
        poupa__entity_unlink(catalog, change.before);
        shelf->slots[change.before->position] = change.after;
        shelf->live -= change.after == NULL;
        if (change.after) {
            change.after->position = change.before->position;
            change.after->place = change.before->place;
        }
    } else {
        poupa__shelf_push(catalog, change.after);
    }
    if (change.after)
        poupa__entity_link(catalog, change.after);
    catalog->changes[catalog->change_count++] = change;
}

/* Undoes the changes behind the first ones. */
static void undo(poupa_catalog *catalog, size_t first)
{
    while (catalog->change_count > first) {
        poupa__change change = catalog->changes[--catalog->change_count];
        if (change.after)
            poupa__entity_unlink(catalog, change.after);
        if (change.before) {
            poupa__shelf *shelf = shelf_of(catalog, change.before);
            shelf->slots[change.before->position] = change.before;
            shelf->live += change.after == NULL;
            poupa__entity_link(catalog, change.before);
        } else {
            poupa__shelf_pop(catalog, change.after);
        }
    }
}

static void undo_all(poupa_catalog *catalog)
{
    undo(catalog, 0);
    if (catalog->editing)
        catalog->language = catalog->language_before;
}

/* Checks all changes against the rest. */
static poupa_status check_changes(poupa_catalog *catalog, first_breach *first)
{
    bool parents[POUPA_KIND_COUNT] = {false};
    for (size_t i = 0; i < catalog->change_count && first->status == POUPA_OK; i++) {
        const poupa__change *change = &catalog->changes[i];
        const poupa__entity *entity = change->after ? change->after : change->before;
        const poupa__entity *now = id_of(entity)->entity;
        if (now)
            check_entity(catalog, now, first);
        else if (id_of(entity)->first)
            fail_in_use(entity, id_of(entity)->first->from, first);
        if (!catalog->editing && now && is_own_ancestor(catalog, now))
            fail_cycle(now, first);
        parents[entity->kind] = catalog->editing;
    }
    for (int kind = 0; kind < POUPA_KIND_COUNT && first->status == POUPA_OK; kind++) {
        if (!parents[kind])
            continue;
        poupa_status status =
            poupa__cycles_find(catalog, (poupa_kind)kind, take_cycle, first, first->err);
        if (status != POUPA_OK)
            first->status = status;
    }
    return first->status;
}

/* Closes the gaps that removals left; what was not sound when it was read is gone too. */
static void settle_shelf(poupa__shelf *shelf)
{
    if (shelf->used == shelf->live && shelf->skipped == 0)
        return;
    poupa__shelf_close_gaps(shelf);
    for (size_t i = 0; i < shelf->used; i++)
        shelf->slots[i]->place = i;
    shelf->skipped = 0;
}

/* Keeps the changes if they pass, and undoes them otherwise. */
static poupa_status settle_edit(poupa_catalog *catalog, poupa_error *err)
{
    first_breach first = {err, POUPA_OK, POUPA_KIND_SOURCE, 0};
    if (check_changes(catalog, &first) != POUPA_OK)
        undo_all(catalog);
    catalog->change_count = 0;
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        settle_shelf(&catalog->shelves[kind]);
    return first.status;
}

/* -- Add, replace, remove ------------------------------------------------ */

/* Takes a caller's struct of another version of the library: members that it does not
 * have are absent, members that only it has must be. */
static bool take_structure(const poupa__kind_info *info, const void *entity, size_t size,
                           void *out)
{
    memset(out, 0, info->size);
    memcpy(out, entity, size < info->size ? size : info->size);
    for (size_t i = info->size; i < size; i++) {
        if (((const char *)entity)[i])
            return false;
    }
    return size >= sizeof(const char *);
}

static poupa_status check_presence(const poupa_catalog *catalog, poupa_kind kind, const char *id,
                                   bool wanted, poupa_error *err)
{
    bool found = poupa_catalog_find(catalog, kind, id) != NULL;
    if (found == wanted)
        return POUPA_OK;
    if (found) {
        char shown[POUPA__SHOWN_SIZE];
        poupa__error(err, POUPA_ERR_EXISTS, "there is a %s \"%s\" already", poupa_kind_name(kind),
                     poupa__shown(id, strlen(id), shown));
        poupa__error_rule(err, poupa__rules[POUPA__E2004_DUPLICATE_ID].code, "");
        return POUPA_ERR_EXISTS;
    }
    return poupa__error_not_found(catalog, kind, id, err);
}

poupa_status poupa__draft_put(poupa_catalog *catalog, const poupa__draft *draft, bool replaces,
                              poupa__breaches *breaches, const void **out, poupa_error *err)
{
    const char *const *id =
        (const char *const *)draft->structure; /* every struct begins with it */
    *out = NULL;
    poupa_status status = check_presence(catalog, draft->kind, *id, replaces, err);
    if (status != POUPA_OK)
        return status;
    poupa__change change = {NULL, NULL};
    status = poupa__entity_make(catalog, draft, breaches, &change.after, err);
    if (status != POUPA_OK || change.after == NULL)
        return status;
    if (!poupa__shelf_reserve(catalog, draft->kind) || !reserve_change(catalog))
        return poupa__error_memory(err);
    if (replaces)
        change.before = id_of(change.after)->entity;
    apply(catalog, change);
    if (!catalog->editing)
        status = settle_edit(catalog, err);
    if (status == POUPA_OK)
        *out = poupa__entity_struct(change.after);
    return status;
}

static poupa_status put_entity(poupa_catalog *catalog, poupa_kind kind, const void *entity,
                               size_t size, bool replaces, poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(entity, err);
    poupa__any_entity structure;
    if (!poupa__kind_valid(kind) ||
        !take_structure(&poupa__kinds[kind], entity, size, &structure))
        return poupa__error(err, POUPA_ERR_ARGUMENT,
                            "%d and %zu are not the kind and the size of "
                            "an entity",
                            (int)kind, size);
    const void *replaced = replaces ? poupa_catalog_find(catalog, kind, structure.id) : NULL;
    size_t index =
        replaced ? poupa__entity_of(replaced)->position : poupa_catalog_count(catalog, kind);
    first_breach first = {err, POUPA_OK, kind, index};
    poupa__breaches breaches = {take_breach, &first, 0, SEARCHES_AN_EDIT};
    poupa__draft draft = {
        .kind = kind, .structure = &structure, .given = poupa__given_in(kind, &structure)};
    poupa__draft_check(&draft, &breaches);
    if (first.status != POUPA_OK)
        return first.status;
    const void *made;
    poupa_status status = poupa__draft_put(catalog, &draft, replaces, &breaches, &made, err);
    return status != POUPA_OK ? status : first.status;
}

poupa_status poupa_catalog_add(poupa_catalog *catalog, poupa_kind kind, const void *entity,
                               size_t entity_size, poupa_error *err)
{
    return put_entity(catalog, kind, entity, entity_size, false, err);
}

poupa_status poupa_catalog_replace(poupa_catalog *catalog, poupa_kind kind, const void *entity,
                                   size_t entity_size, poupa_error *err)
{
    return put_entity(catalog, kind, entity, entity_size, true, err);
}

poupa_status poupa_catalog_remove(poupa_catalog *catalog, poupa_kind kind, const char *id,
                                  poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(id, err);
    if (!poupa__kind_valid(kind))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%d is not a kind of entity", (int)kind);
    poupa_status status = check_presence(catalog, kind, id, true, err);
    if (status != POUPA_OK)
        return status;
    if (!reserve_change(catalog))
        return poupa__error_memory(err);
    apply(catalog, (poupa__change){poupa__id_find(catalog, kind, id, strlen(id))->entity, NULL});
    return catalog->editing ? POUPA_OK : settle_edit(catalog, err);
}

/* -- Edits --------------------------------------------------------------- */

poupa_status poupa_catalog_begin(poupa_catalog *catalog, poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    if (catalog->editing)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "an edit is open already");
    catalog->editing = true;
    catalog->language_before = catalog->language;
    return POUPA_OK;
}

poupa_status poupa_catalog_commit(poupa_catalog *catalog, poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    if (!catalog->editing)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "no edit is open");
    poupa_status status = settle_edit(catalog, err);
    catalog->editing = false;
    return status;
}

void poupa_catalog_rollback(poupa_catalog *catalog)
{
    if (catalog == NULL || !catalog->editing)
        return;
    undo_all(catalog);
    catalog->editing = false;
}

poupa__part poupa__part_begin(poupa_catalog *catalog)
{
    return (poupa__part){poupa_catalog_begin(catalog, NULL) == POUPA_OK, catalog->change_count};
}

poupa_status poupa__part_end(poupa_catalog *catalog, poupa__part part, poupa_status status,
                             poupa_error *err)
{
    if (status == POUPA_OK)
        return part.own ? poupa_catalog_commit(catalog, err) : POUPA_OK;
    undo(catalog, part.first);
    if (part.own)
        poupa_catalog_rollback(catalog);
    return status;
}
