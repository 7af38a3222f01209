/*
 * catalog.h - how a catalogue is stored.
 *
 * Every id of a kind, whether defined or only referred to, is one poupa__id, in which the
 * text of the id is embedded: the id and reference members of entities point to that text,
 * so that a reference is followed without a look-up (poupa__id_of). Every reference is an
 * edge in the list of the id it leads to; that is what navigation, removal and the check of
 * references walk.
 */
#ifndef POUPA__MODEL_CATALOG_H
#define POUPA__MODEL_CATALOG_H

#include "base/error.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/references.h"
#include "base/rule.h"
#include "poupa/catalog.h"

typedef struct poupa__entity poupa__entity;
typedef struct poupa__edge poupa__edge;

/* Its text stands right behind it, NUL-terminated. */
typedef struct poupa__id {
    poupa__entity *entity; /* NULL while nothing defines the id */
    poupa__edge *first;    /* references to it, in no order */
    poupa__edge *last;
    uint64_t hash;
    uint64_t stamp; /* of the last list of references that named it; finds repeats */
    size_t size;
    bool declared; /* a broken entity of a document has this id: it is no loose end */
} poupa__id;

struct poupa__edge {
    poupa__edge *next;
    poupa__edge *previous;
    poupa__entity *from;
    poupa__id *to;
    uint8_t field; /* index in the field table of from's kind */
};

/* Stands before every entity struct that a catalogue hands out. */
struct poupa__entity {
    uint64_t given;  /* bit i: field i was given, though perhaps with its default */
    size_t position; /* in the kind's slots */
    size_t place;    /* in the kind's array, counting entities that were read and not sound */
    poupa__edge *edges;
    size_t edge_count;
    poupa_kind kind;
};

static inline const void *poupa__entity_struct(const poupa__entity *entity)
{
    return entity + 1;
}

static inline const poupa__entity *poupa__entity_of(const void *structure)
{
    return (const poupa__entity *)structure - 1;
}

static inline const char *poupa__id_text(const poupa__id *id)
{
    return (const char *)(id + 1);
}

/* The poupa__id that an id or reference member of a stored entity points into; the
 * member must not be "". */
static inline const poupa__id *poupa__id_of(const char *text)
{
    return (const poupa__id *)(const void *)text - 1;
}

/* The struct that a reference member of a stored entity leads to; NULL for "" and for a
 * reference that leads nowhere. */
static inline const void *poupa__follow(const char *reference)
{
    const poupa__entity *entity = reference[0] ? poupa__id_of(reference)->entity : NULL;
    return entity ? poupa__entity_struct(entity) : NULL;
}

/* Whether a member was given in the document or by add, be it with its default. */
static inline bool poupa__given(const void *structure, size_t field)
{
    return poupa__entity_of(structure)->given >> field & 1;
}

/* Orders the entities of a kind as a document does. */
static inline size_t poupa__position(const void *structure)
{
    return poupa__entity_of(structure)->position;
}

/* -- The catalogue ------------------------------------------------------- */

/* The entities of a kind in file order, and their ids. */
typedef struct poupa__shelf {
    poupa__entity **slots; /* NULL where an entity was removed in the open edit */
    size_t used;
    size_t capacity;
    size_t live;     /* used less the NULLs */
    poupa__id **ids; /* open addressing; a power of two, at most half full */
    size_t id_count;
    size_t id_capacity;
    size_t loose_ends; /* ids that are referred to and neither defined nor declared */
    size_t skipped;    /* entities that were read and not sound */
    bool given;        /* the document has this array, be it empty */
} poupa__shelf;

/* What an edit did, so that it can be undone: `before` was replaced by `after`; one of
 * them is NULL for an addition or a removal. */
typedef struct poupa__change {
    poupa__entity *before;
    poupa__entity *after;
} poupa__change;

struct poupa_catalog {
    poupa__references references;
    poupa_allocator allocator;
    poupa__arena arena;
    poupa__hash_key hash_key;
    uint64_t stamp;
    poupa__shelf shelves[POUPA_KIND_COUNT];
    const char *language;        /* "" when the document has none */
    const char *language_before; /* the open edit */
    const char *format_version;
    poupa_members extra;
    bool editing;
    poupa__change *changes;
    size_t change_count;
    size_t change_capacity;
};

/* -- Breaches of the model's rules --------------------------------------- */

/* One breach: in `field` (NULL: the entity itself) and, in a list, at `item` (SIZE_MAX:
 * the list itself). `rule` is POUPA__RULE_COUNT for what only a C program can get wrong. */
typedef struct poupa__breach {
    poupa__rule rule;
    const poupa_field *field;
    size_t item;
    char message[400];
} poupa__breach;

/* Where breaches go. */
typedef struct poupa__breaches {
    void (*take)(void *context, const poupa__breach *breach);
    void *context;
    size_t count;
    size_t searches; /* for near words that may still be made; each costs O(n) */
} poupa__breaches;

void poupa__breach_add(poupa__breaches *breaches, poupa__rule rule, const poupa_field *field,
                       size_t item, const char *format, ...) POUPA__PRINTF(5, 6);

/* -- Building, for edits and for readers --------------------------------- */

/* An entity on its way into a catalogue: a struct whose texts the caller owns. */
typedef struct poupa__draft {
    poupa_kind kind;
    const void *structure;
    uint64_t given;  /* bit i: field i has a value */
    uint64_t broken; /* bit i: field i had a value that was not understood, and reported */
    bool trusted;    /* texts are known to be UTF-8, unknown members to be JSON */
} poupa__draft;

/* The rules that an entity must keep in itself. */
void poupa__draft_check(const poupa__draft *draft, poupa__breaches *breaches);

/*
 * Copies a draft into the catalogue, with its ids interned, not linked yet. *out is NULL
 * when there was a breach. Errors: MEMORY.
 */
poupa_status poupa__entity_make(poupa_catalog *catalog, const poupa__draft *draft,
                                poupa__breaches *breaches, poupa__entity **out, poupa_error *err);

/*
 * Adds a draft that keeps the rules in itself, or replaces the entity that has its id.
 * Breaches that show only now, ids named twice in a list, go to `breaches`; *out is then
 * NULL. Errors: EXISTS, NOT_FOUND, INVALID (what the rest of the catalogue has against it;
 * not inside an edit), MEMORY.
 */
poupa_status poupa__draft_put(poupa_catalog *catalog, const poupa__draft *draft, bool replaces,
                              poupa__breaches *breaches, const void **out, poupa_error *err);

/* Changes that are all or nothing: an edit of their own, or a part of the one that is open. */
typedef struct poupa__part {
    bool own;
    size_t first; /* of its changes */
} poupa__part;

poupa__part poupa__part_begin(poupa_catalog *catalog);
/* Keeps the changes, or undoes them where one has failed. Errors: that one, and those of
 * poupa_catalog_commit. */
poupa_status poupa__part_end(poupa_catalog *catalog, poupa__part part, poupa_status status,
                             poupa_error *err);

/* Room for one more entity of a kind, so that appending it cannot fail. */
bool poupa__shelf_reserve(poupa_catalog *catalog, poupa_kind kind);

/* Puts an entity behind the others, or takes the last one away. */
void poupa__shelf_push(poupa_catalog *catalog, poupa__entity *entity);
void poupa__shelf_pop(poupa_catalog *catalog, poupa__entity *entity);

/* Leaves a gap behind the others, for an entity that is not sound; closes all gaps. */
void poupa__shelf_skip(poupa_catalog *catalog, poupa_kind kind);
void poupa__shelf_close_gaps(poupa__shelf *shelf);

/* Enters the entity's references in the lists of the ids they lead to, and its id's
 * definition; or takes them out. */
void poupa__entity_link(poupa_catalog *catalog, poupa__entity *entity);
void poupa__entity_unlink(poupa_catalog *catalog, poupa__entity *entity);

/* The id with a text, made if it is not there; NULL when there is no memory. */
poupa__id *poupa__id_intern(poupa_catalog *catalog, poupa_kind kind, const char *text,
                            size_t size);
/* The id with a text; NULL where there is none. */
poupa__id *poupa__id_find(const poupa_catalog *catalog, poupa_kind kind, const char *text,
                          size_t size);
/* Notes that a broken entity of the document has this id; forgets all such notes. */
void poupa__id_declare(poupa_catalog *catalog, poupa_kind kind, poupa__id *id);
void poupa__ids_forget(poupa__shelf *shelf);

/* NOT_FOUND, with what was probably meant. */
poupa_status poupa__error_not_found(const poupa_catalog *catalog, poupa_kind kind, const char *id,
                                    poupa_error *err);

/* The rules between an entity and others: references resolve, units where there are
 * places. */
void poupa__relations_check(const poupa_catalog *catalog, const poupa__entity *entity,
                            poupa__breaches *breaches);

/* Reports a reference that was met before in a list; `stamp` is the list's own. */
void poupa__repeat_check(poupa__id *id, uint64_t stamp, const poupa_field *field, size_t item,
                         poupa__breaches *breaches);

/* Reports a reference that leads nowhere. */
void poupa__loose_end_report(const poupa_catalog *catalog, const poupa_field *field, size_t item,
                             const poupa__id *id, poupa__breaches *breaches);

/*
 * Calls `found` for every entity of a kind on a cycle of parents. O(n). Errors: MEMORY.
 */
poupa_status poupa__cycles_find(const poupa_catalog *catalog, poupa_kind kind,
                                void (*found)(void *context, const poupa__entity *entity),
                                void *context, poupa_error *err);

/* The field that holds the parent of entities of a kind; NULL for kinds without. */
const poupa_field *poupa__parent_field(poupa_kind kind);

/* Whether a text is a well-formed BCP 47 language tag. */
bool poupa__language_valid(const char *text, size_t size);

#endif
