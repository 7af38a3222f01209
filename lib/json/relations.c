/* relations.c - the rules between the entities of a document, after all were read. */
#include <string.h>

#include "model/fields.h"
#include "read.h"

/* How many searches for near ids a document may cost. */
enum { SEARCHES_A_DOCUMENT = 200 };

void poupa__read_breach(void *context, const poupa__breach *breach)
{
    poupa__reader *reader = (poupa__reader *)context;
    /* A reference to a kind whose ids could not all be read may well be right. */
    if (breach->rule == POUPA__E2005_REFERENCE && reader->ids_unread[breach->field->target])
        return;
    poupa__place place = breach->field
                             ? poupa__member_place(reader, breach->field->name, breach->item)
                             : poupa__entity_place(reader);
    poupa__report_add(reader->report, breach->rule, place, "%s", breach->message);
}

/* -- Entities that are not sound ----------------------------------------- */

static void note_reference(poupa__reader *reader, const poupa_field *field, size_t item,
                           const char *text, poupa__breaches *repeats, uint64_t stamp)
{
    poupa__id *id =
        text[0] ? poupa__id_intern(reader->catalog, field->target, text, strlen(text)) : NULL;
    void *pending = reader->pending;
    bool room = poupa__grow(&reader->catalog->allocator, &pending, &reader->pending_capacity,
                            reader->pending_count + 1, sizeof *reader->pending);
    reader->pending = (poupa__pending *)pending;
    reader->lost = reader->lost || (text[0] && id == NULL) || !room;
    if (id == NULL || !room)
        return;
    if (repeats)
        poupa__repeat_check(id, stamp, field, item, repeats);
    reader->pending[reader->pending_count++] =
        (poupa__pending){reader->kind, reader->index, field, item, id};
}

void poupa__read_pending(poupa__reader *reader, const poupa__draft *draft,
                         poupa__breaches *repeats)
{
    const poupa__kind_info *info = &poupa__kinds[draft->kind];
    for (size_t i = 0; i < info->field_count && !reader->lost; i++) {
        const poupa_field *field = &info->fields[i];
        const void *member = poupa__member(draft->structure, field);
        uint64_t stamp = ++reader->catalog->stamp;
        if (!(draft->given >> i & 1) || draft->broken >> i & 1)
            continue;
        if (field->type == POUPA_FIELD_REF)
            note_reference(reader, field, POUPA__NONE, *(const char *const *)member, NULL, stamp);
        if (field->type != POUPA_FIELD_REFS)
            continue;
        const poupa_texts *texts = (const poupa_texts *)member;
        for (size_t k = 0; k < texts->count; k++)
            note_reference(reader, field, k, texts->items[k], repeats, stamp);
    }
}

static void check_pending(poupa__reader *reader, poupa__breaches *breaches)
{
    for (size_t i = 0; i < reader->pending_count; i++) {
        const poupa__pending *pending = &reader->pending[i];
        if (pending->id->entity || pending->id->declared)
            continue;
        reader->kind = pending->kind;
        reader->index = pending->index;
        poupa__loose_end_report(reader->catalog, pending->field, pending->item, pending->id,
                                breaches);
    }
}

/* -- Rules between entities ---------------------------------------------- */

static void report_cycle(void *context, const poupa__entity *entity)
{
    poupa__reader *reader = (poupa__reader *)context;
    const poupa_field *parent = poupa__parent_field(entity->kind);
    const char *const *id = (const char *const *)poupa__entity_struct(entity);
    reader->kind = entity->kind;
    reader->index = entity->position;
    poupa__report_add(reader->report, POUPA__E2008_CYCLE,
                      poupa__member_place(reader, parent->name, POUPA__NONE),
                      "the %s \"%s\" is its own ancestor", poupa_kind_name(entity->kind), *id);
}

static void note_unread(poupa__reader *reader)
{
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        const char *path = "";
        if (!reader->ids_unread[kind])
            continue;
        poupa__report_errors_in(reader->report, kind, &path);
        poupa__report_not_run(reader->report, POUPA__E2005_REFERENCE,
                              "not for references to %s, whose ids could not all be read; see %s",
                              poupa_kind_plural((poupa_kind)kind), path);
    }
}

poupa_status poupa__read_relations(poupa__reader *reader, poupa_error *err)
{
    poupa_catalog *catalog = reader->catalog;
    poupa__breaches breaches = {poupa__read_breach, reader, 0, SEARCHES_A_DOCUMENT};
    bool loose = false;
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        loose = loose || catalog->shelves[kind].loose_ends > 0;
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        poupa__shelf *shelf = &catalog->shelves[kind];
        reader->kind = (poupa_kind)kind;
        for (size_t i = 0; i < shelf->used && (loose || kind == POUPA_KIND_OFFERING); i++) {
            reader->index = i;
            if (shelf->slots[i])
                poupa__relations_check(catalog, shelf->slots[i], &breaches);
        }
        poupa_status status =
            poupa__cycles_find(catalog, (poupa_kind)kind, report_cycle, reader, err);
        if (status != POUPA_OK)
            return status;
    }
    check_pending(reader, &breaches);
    note_unread(reader);
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        poupa__ids_forget(&catalog->shelves[kind]);
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++)
        poupa__shelf_close_gaps(&catalog->shelves[kind]);
    return POUPA_OK;
}
