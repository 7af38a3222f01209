/* read.h - the parts of reading a document. */
#ifndef POUPA__JSON_READ_H
#define POUPA__JSON_READ_H

#include <jansson.h>

#include "base/jsontext.h"
#include "base/memory.h"
#include "diag/report.h"
#include "model/catalog.h"

/* A reference of an entity that is not sound in itself, to be checked at the end. */
typedef struct poupa__pending {
    poupa_kind kind;
    size_t index;
    const poupa_field *field;
    size_t item;
    const poupa__id *id;
} poupa__pending;

/* A document, or the text of one entity, while it is read. */
typedef struct poupa__reader {
    poupa__json_cursor cursor; /* in the text */
    poupa_catalog *catalog;
    poupa_report *report;
    size_t max_entities;
    size_t entities_left;
    poupa__arena scratch; /* for the entity that is being read */
    poupa_buffer text;    /* for an unknown member */
    poupa_kind kind;      /* where the reader is */
    size_t index;
    bool alone;      /* the text is that of one entity */
    bool replaces;   /* which replaces another one */
    const void *put; /* and is this one in the catalogue; NULL where it was not put there */
    poupa__pending *pending;
    size_t pending_count;
    size_t pending_capacity;
    bool ids_unread[POUPA_KIND_COUNT]; /* an array of entities has ids that nobody knows */
    bool refused; /* the text is no document, or breaks a limit; it is reported */
    bool lost;    /* there was no memory for something */
} poupa__reader;

/* Reports what is wrong with the text, which is not read on; false. */
bool poupa__refuse(poupa__reader *reader, const poupa__json_fault *fault);

/* The places of the entity at hand and of its members. One that is alone is the text. */
static inline poupa__place poupa__member_place(const poupa__reader *reader, const char *name,
                                               size_t item)
{
    int kind = reader->alone ? -1 : (int)reader->kind;
    return (poupa__place){kind, reader->index, name, item, false};
}

static inline poupa__place poupa__entity_place(const poupa__reader *reader)
{
    return poupa__member_place(reader, NULL, POUPA__NONE);
}

/* How many levels an entity stands below: in a document those of its array and of itself. */
#define POUPA__DOCUMENT_LEVELS 2

/* Takes breaches for poupa__breaches; the context is the reader. */
void poupa__read_breach(void *context, const poupa__breach *breach);

/* Refuses bytes that no document has: a byte order mark, NUL. */
bool poupa__check_bytes(poupa__reader *reader);

/* Parses the value at the cursor, for the caller to json_decref; false where it was refused
 * or memory ran out. What the scratch held is gone. */
bool poupa__parse_value(poupa__reader *reader, json_t **out);

/* Appends a value as canonical compact JSON; false when there is no memory. */
bool poupa__json_dump(json_t *value, poupa_buffer *out);

/* The text of an unknown member, in the arena; NULL where memory ran out. */
const char *poupa__read_extra(poupa__reader *reader, json_t *value, poupa__arena *arena);

/* Reads all entities of a kind, from the array at the cursor. Errors: MEMORY. */
poupa_status poupa__read_array(poupa__reader *reader, poupa_kind kind, poupa_error *err);

/* Notes the references of an entity that is not sound in itself; repeats in its lists are
 * reported unless that is NULL, as they are when an entity is made. */
void poupa__read_pending(poupa__reader *reader, const poupa__draft *draft,
                         poupa__breaches *repeats);

/* Checks the rules between entities, after all were read. Errors: MEMORY. */
poupa_status poupa__read_relations(poupa__reader *reader, poupa_error *err);

/* Reads the document at the cursor. Errors: MEMORY. */
poupa_status poupa__read_document(poupa__reader *reader, poupa_error *err);

/* Reads the entity at the cursor, which is alone, and puts it into the catalogue unless
 * something was reported. Errors: those of poupa__draft_put. */
poupa_status poupa__read_alone(poupa__reader *reader, poupa_error *err);

#endif
