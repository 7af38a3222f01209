/* table.h - how a table is stored, and what makes one inside the library. */
#ifndef POUPA__TABLE_TABLE_H
#define POUPA__TABLE_TABLE_H

#include "dictionary.h"
#include "segment.h"

struct poupa_attendance {
    poupa__references references;
    poupa_allocator allocator;
    poupa__dictionary *dictionaries[POUPA_DICTIONARY_COUNT];
    size_t rows;
    size_t piece_count;
    size_t *starts;       /* the row of the table that each piece begins with */
    poupa__piece *pieces; /* of the same block, as the starts are */
};

/*
 * Makes a table of pieces and dictionaries, which it retains and completes; NULL for want
 * of memory.
 */
poupa_attendance *poupa__table_new(const poupa_allocator *allocator,
                                   poupa__dictionary *const dictionaries[POUPA_DICTIONARY_COUNT],
                                   const poupa__piece *pieces, size_t count);

/* The piece that holds a row, which must be one of the table. */
size_t poupa__table_piece(const poupa_attendance *table, size_t row);

/* -- Builders ------------------------------------------------------------ */

/*
 * The open segment has rows that are sealed in pieces, then those of the growing piece, which
 * are sealed by the block, and then, up to `row`, some that are not yet.
 */
struct poupa_builder {
    poupa_allocator allocator;
    poupa__dictionary *dictionaries[POUPA_DICTIONARY_COUNT];
    poupa__segment *open;
    poupa__piece growing;
    size_t row;
    size_t next_capacity; /* of a segment, and the most that one gets unasked */
    size_t largest_capacity;
    bool asks_for_pages;  /* of its largest segments, all at once */
    poupa__piece *pieces; /* each retains its segment */
    size_t piece_count;
    size_t piece_capacity;
    size_t rows; /* of the pieces */
};

/* Makes room for a row at builder->row of builder->open; false for want of memory. */
bool poupa__builder_make_room(poupa_builder *builder);

static inline bool poupa__builder_room(poupa_builder *builder)
{
    return (builder->open && builder->row < builder->open->capacity) ||
           poupa__builder_make_room(builder);
}

/* Seals what whole blocks of rows there are. It is done best while the cache has them. */
void poupa__builder_seal(poupa_builder *builder);

/* Seals all rows of the open segment into a piece; false for want of memory. */
bool poupa__builder_cut(poupa_builder *builder);

/* Adds a piece as it is, whose codes are those of the builder's dictionaries; false for want
 * of memory. */
bool poupa__builder_share(poupa_builder *builder, const poupa__piece *piece);

/* Forgets all rows, but not the dictionaries nor the room there is. */
void poupa__builder_drop_pieces(poupa_builder *builder);

/* Gives the builder empty dictionaries; false, with all as it was, for want of memory. */
bool poupa__builder_new_dictionaries(poupa_builder *builder);

/* -- Codes of other dictionaries ----------------------------------------- */

/* Which codes of one dictionary are which of another; POUPA__NO_WORD is not known yet. */
typedef struct poupa__mapping {
    int32_t *codes;
    int32_t *known; /* the codes that are known, as they were learned; behind `codes` */
    size_t count;
    size_t known_count;
    size_t same; /* codes below are the same in both */
} poupa__mapping;

/* Extends a mapping by codes that are not known up to `count`; false for want of memory. */
bool poupa__mapping_extend(const poupa_allocator *allocator, poupa__mapping *mapping,
                           size_t count);
/* Notes that codes below `same`, for which there is room, are the same in both. */
void poupa__mapping_align(poupa__mapping *mapping, size_t same);
/* Forgets what is known, and no more than that: it costs as much as learning it did. */
void poupa__mapping_forget(poupa__mapping *mapping);
void poupa__mapping_free(const poupa_allocator *allocator, poupa__mapping *mapping);

/* The codes of every word of `from` in `to`, which gets the words it lacks. */
bool poupa__mapping_make(const poupa_allocator *allocator, const poupa__dictionary *from,
                         poupa__dictionary *to, poupa__mapping *mapping);

/* Rewrites the codes of a piece that nobody else has, adding words to `to` in the order
 * of the rows that need them; false for want of memory. */
bool poupa__piece_recode(const poupa__piece *piece, poupa__dictionary *const from[],
                         poupa__dictionary *const to[], poupa__mapping mappings[]);

/* Whether a text is an id: [a-z0-9][a-z0-9._-]*, 1 to 128 bytes. */
bool poupa__is_id(const char *text, size_t size);

#endif
