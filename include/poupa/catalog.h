/*
 * catalog.h - the catalogue: entities of all kinds, found by id, in the order of the file,
 * changed all or nothing, and followed from one to the other.
 *
 * What a catalogue hands out is borrowed and lives as long as the catalogue, also after
 * the entity was replaced or removed. A catalogue may be read from many threads at once,
 * and changed from one at a time while none reads.
 */
#ifndef POUPA_CATALOG_H
#define POUPA_CATALOG_H

#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Catalogue ----------------------------------------------------------- */

typedef struct poupa_catalog poupa_catalog;

/** Makes an empty catalogue with one reference; release it. */
POUPA_API poupa_status poupa_catalog_new(const poupa_allocator *allocator, poupa_catalog **out,
                                         poupa_error *err);

/** Adds a reference and returns the catalogue; NULL gives NULL. Atomic. */
POUPA_API poupa_catalog *poupa_catalog_retain(poupa_catalog *catalog);

/** Drops a reference; the last one frees the catalogue and all in it. NULL is fine. */
POUPA_API void poupa_catalog_release(poupa_catalog *catalog);

/**
 * Makes a copy with one reference, holding just what is there now: memory of replaced
 * and removed entities, which a catalogue keeps for those who still point to it, is
 * left behind.
 */
POUPA_API poupa_status poupa_catalog_copy(const poupa_catalog *catalog,
                                          const poupa_allocator *allocator, poupa_catalog **out,
                                          poupa_error *err);

/**
 * Whether two catalogues say the same: equal entities in the same order, members that
 * are absent being equal to their defaults, unknown members compared by value and
 * order, lists in their order. NULL equals only NULL.
 */
POUPA_API bool poupa_catalog_equal(const poupa_catalog *a, const poupa_catalog *b);

/**
 * Whether two entities of a kind say the same, as poupa_catalog_equal compares them. They
 * are ones that catalogues handed out, not necessarily the same catalogue. NULL equals only
 * NULL; entities of another kind are never equal.
 */
POUPA_API bool poupa_entity_equal(poupa_kind kind, const void *a, const void *b);

/** The language of the catalogue's texts, a BCP 47 tag; "pt-BR" unless it was set. */
POUPA_API const char *poupa_catalog_language(const poupa_catalog *catalog);

/** Sets the language, which an edit undoes with the rest. Errors: ARGUMENT, INVALID (not a
 * well-formed tag), MEMORY. */
POUPA_API poupa_status poupa_catalog_set_language(poupa_catalog *catalog, const char *language,
                                                  poupa_error *err);

/** The format version that the catalogue was read from, or "1.0". */
POUPA_API const char *poupa_catalog_format_version(const poupa_catalog *catalog);

/** The unknown members of the document itself. */
POUPA_API poupa_members poupa_catalog_extra(const poupa_catalog *catalog);

/** How many entities of a kind there are; 0 for NULL or no kind. */
POUPA_API size_t poupa_catalog_count(const poupa_catalog *catalog, poupa_kind kind);

/** The entity at an index, in file order; NULL past the end. O(1), but O(n) in an open edit
 *  that has removed entities of the kind. */
POUPA_API const void *poupa_catalog_at(const poupa_catalog *catalog, poupa_kind kind,
                                       size_t index);

/** The entity with an id, in constant time; NULL where there is none. */
POUPA_API const void *poupa_catalog_find(const poupa_catalog *catalog, poupa_kind kind,
                                         const char *id);

/**
 * Finds the entity of a kind whose id is closest to a text, for "did you mean". NULL
 * where none is close: at most a third of the letters may differ, but one always, and at
 * most 3 (Damerau-Levenshtein distance). O(n).
 */
POUPA_API const void *poupa_catalog_nearest(const poupa_catalog *catalog, poupa_kind kind,
                                            const char *id);

/* -- Editing ------------------------------------------------------------- */

/**
 * Adds an entity behind the others of its kind. `entity` is the struct of that kind
 * and `entity_size` its sizeof, so that structs may grow. Errors: EXISTS, INVALID
 * (with the rule's code and the member in err->path), MEMORY, ARGUMENT. Amortised O(1)
 * in the size of the catalogue. A call that fails may keep some memory until the catalogue
 * is freed.
 */
POUPA_API poupa_status poupa_catalog_add(poupa_catalog *catalog, poupa_kind kind,
                                         const void *entity, size_t entity_size,
                                         poupa_error *err);

/** Replaces the entity that has the same id, in its place; what refers to it stays. O(1) but
 *  for a channel, whose offerings are checked again. Errors: as add; NOT_FOUND. */
POUPA_API poupa_status poupa_catalog_replace(poupa_catalog *catalog, poupa_kind kind,
                                             const void *entity, size_t entity_size,
                                             poupa_error *err);

/**
 * Removes an entity. Errors: NOT_FOUND, IN_USE (naming one entity that refers to it).
 * O(n) in the entities behind it; inside an edit O(1).
 */
POUPA_API poupa_status poupa_catalog_remove(poupa_catalog *catalog, poupa_kind kind,
                                            const char *id, poupa_error *err);

/**
 * Begins an edit: adds, replacements and removals that take effect together. Inside
 * it, references may point to what is still to come, in any order. Edits do not nest.
 *
 * While an edit is open, what it added can be found, read, compared and written like
 * everything else, with the ids of its references as texts, whether they lead anywhere or
 * not; and the catalogue may be released, which needs no rollback. So an entity can be
 * built and checked by itself, in a catalogue of its own whose edit is never committed.
 */
POUPA_API poupa_status poupa_catalog_begin(poupa_catalog *catalog, poupa_error *err);

/**
 * Ends an edit. Where a reference does not resolve or a chain of parents has a cycle,
 * everything since begin is undone and the call returns INVALID, or IN_USE where what was
 * removed is still referred to. Errors: also MEMORY; ARGUMENT where no edit is open.
 */
POUPA_API poupa_status poupa_catalog_commit(poupa_catalog *catalog, poupa_error *err);

/** Undoes everything since begin. Without an open edit it does nothing. */
POUPA_API void poupa_catalog_rollback(poupa_catalog *catalog);

/* -- Typed access -------------------------------------------------------- */

/*
 * The same for each kind, with its type:
 *   poupa_service_count(catalog)            poupa_service_find(catalog, id)
 *   poupa_service_at(catalog, index)        poupa_service_add(catalog, service, err)
 *   poupa_service_remove(catalog, id, err)  poupa_service_replace(catalog, service, err)
 */
#define POUPA_TYPED(noun, KIND)                                                                  \
    POUPA_API size_t poupa_##noun##_count(const poupa_catalog *catalog);                         \
    POUPA_API const poupa_##noun *poupa_##noun##_at(const poupa_catalog *catalog, size_t index); \
    POUPA_API const poupa_##noun *poupa_##noun##_find(const poupa_catalog *catalog,              \
                                                      const char *id);                           \
    POUPA_API poupa_status poupa_##noun##_remove(poupa_catalog *catalog, const char *id,         \
                                                 poupa_error *err);                              \
    static inline poupa_status poupa_##noun##_add(poupa_catalog *catalog,                        \
                                                  const poupa_##noun *entity, poupa_error *err)  \
    {                                                                                            \
        return poupa_catalog_add(catalog, KIND, entity, sizeof *entity, err);                    \
    }                                                                                            \
    static inline poupa_status poupa_##noun##_replace(                                           \
        poupa_catalog *catalog, const poupa_##noun *entity, poupa_error *err)                    \
    {                                                                                            \
        return poupa_catalog_replace(catalog, KIND, entity, sizeof *entity, err);                \
    }

POUPA_TYPED(source, POUPA_KIND_SOURCE)
POUPA_TYPED(area, POUPA_KIND_AREA)
POUPA_TYPED(organization, POUPA_KIND_ORGANIZATION)
POUPA_TYPED(program, POUPA_KIND_PROGRAM)
POUPA_TYPED(channel, POUPA_KIND_CHANNEL)
POUPA_TYPED(unit, POUPA_KIND_UNIT)
POUPA_TYPED(service, POUPA_KIND_SERVICE)
POUPA_TYPED(offering, POUPA_KIND_OFFERING)
POUPA_TYPED(indicator, POUPA_KIND_INDICATOR)
POUPA_TYPED(metric, POUPA_KIND_METRIC)
POUPA_TYPED(target, POUPA_KIND_TARGET)
POUPA_TYPED(claim, POUPA_KIND_CLAIM)

#undef POUPA_TYPED

/* -- Navigation ---------------------------------------------------------- */

/**
 * Entities of one kind, each once, in file order; the caller frees it with
 * poupa_list_free. The items are borrowed from the catalogue:
 * `const poupa_unit *unit = list.items[i];`
 */
typedef struct poupa_list {
    poupa_kind kind;
    const void *const *items; /**< NULL when count is 0 */
    size_t count;
    poupa_allocator allocator;
} poupa_list;

/** Frees a list and leaves an empty one. NULL and an empty list are fine. */
POUPA_API void poupa_list_free(poupa_list *list);

/**
 * The entities of kind `from` that refer to an entity: the metrics of an indicator,
 * the units of an area. Costs O(k log k) in the number of references to the entity.
 * This and the other lists below: errors NOT_FOUND (no such id), MEMORY, ARGUMENT; an
 * empty result is no error.
 */
POUPA_API poupa_status poupa_catalog_referrers(const poupa_catalog *catalog, poupa_kind kind,
                                               const char *id, poupa_kind from, poupa_list *out,
                                               poupa_error *err);

/** The offerings of a service. */
POUPA_API poupa_status poupa_service_offerings(const poupa_catalog *catalog, const char *id,
                                               poupa_list *out, poupa_error *err);

/** The channels a service is offered through. */
POUPA_API poupa_status poupa_service_channels(const poupa_catalog *catalog, const char *id,
                                              poupa_list *out, poupa_error *err);

/** The units a service is offered at. */
POUPA_API poupa_status poupa_service_units(const poupa_catalog *catalog, const char *id,
                                           poupa_list *out, poupa_error *err);

/** The offerings at a unit. */
POUPA_API poupa_status poupa_unit_offerings(const poupa_catalog *catalog, const char *id,
                                            poupa_list *out, poupa_error *err);

/** The services offered at a unit. */
POUPA_API poupa_status poupa_unit_services(const poupa_catalog *catalog, const char *id,
                                           poupa_list *out, poupa_error *err);

/** The services offered through a channel. */
POUPA_API poupa_status poupa_channel_services(const poupa_catalog *catalog, const char *id,
                                              poupa_list *out, poupa_error *err);

/** The units in an area or in any area below it. */
POUPA_API poupa_status poupa_area_units(const poupa_catalog *catalog, const char *id,
                                        poupa_list *out, poupa_error *err);

/** Whether a service is offered through a digital channel. */
POUPA_API bool poupa_service_is_digital(const poupa_catalog *catalog, const char *id);

#ifdef __cplusplus
}
#endif

#endif
