/* memory.h - allocation through a poupa_allocator, growing arrays, and arenas. */
#ifndef POUPA__BASE_MEMORY_H
#define POUPA__BASE_MEMORY_H

#include "poupa/base.h"

/* What an optional allocator argument stands for: itself, or malloc and friends. */
poupa_allocator poupa__allocator(const poupa_allocator *given);

void *poupa__allocate(const poupa_allocator *allocator, size_t size);
void *poupa__allocate_zeroed(const poupa_allocator *allocator, size_t size);
void *poupa__reallocate(const poupa_allocator *allocator, void *block, size_t old_size,
                        size_t size);
void poupa__release(const poupa_allocator *allocator, void *block, size_t size);

/* The same by type, so that size and pointer agree: an object of zeros, and arrays, with
 * anything in them or with zeros. */
#define POUPA__NEW(allocator, type) ((type *)poupa__allocate_zeroed(allocator, sizeof(type)))
#define POUPA__NEW_ARRAY(allocator, type, count)                                                 \
    ((type *)poupa__allocate(allocator, (count) * sizeof(type)))
#define POUPA__NEW_ZEROED(allocator, type, count)                                                \
    ((type *)poupa__allocate_zeroed(allocator, (count) * sizeof(type)))

/*
 * Makes room for `needed` items in an array that grows by doubling; false, with all as
 * it was, when there is no memory or the size does not fit in a size_t.
 */
bool poupa__grow(const poupa_allocator *allocator, void **items, size_t *capacity, size_t needed,
                 size_t item_size);

/* Memory that is freed all at once. Blocks are aligned for any scalar. */
typedef struct poupa__arena_block poupa__arena_block;
typedef struct poupa__arena {
    poupa_allocator allocator;
    poupa__arena_block *blocks;
    char *next;
    char *end;
    size_t size; /* of all blocks */
} poupa__arena;

void poupa__arena_init(poupa__arena *arena, poupa_allocator allocator);
void poupa__arena_free(poupa__arena *arena);
/* Forgets all that was allocated but keeps the newest block for reuse. */
void poupa__arena_reset(poupa__arena *arena);
void *poupa__arena_allocate(poupa__arena *arena, size_t size);
#define POUPA__ARENA_ARRAY(arena, type, count)                                                   \
    ((type *)poupa__arena_allocate(arena, (count) * sizeof(type)))
/* A NUL-terminated copy. */
char *poupa__arena_text(poupa__arena *arena, const char *data, size_t size);

#endif
