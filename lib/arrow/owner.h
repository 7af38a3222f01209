/* owner.h - what exported structures live on: memory that they share and count. */
#ifndef POUPA__ARROW_OWNER_H
#define POUPA__ARROW_OWNER_H

#include "base/memory.h"
#include "base/references.h"
#include "poupa/table.h"

typedef struct poupa__arrow_block poupa__arrow_block;

/*
 * Every array and schema that is handed out holds a reference, so that a child which was
 * moved away keeps alive what it needs, and no other.
 */
typedef struct poupa__arrow_owner poupa__arrow_owner;
struct poupa__arrow_owner {
    poupa__references references;
    poupa_allocator allocator;
    poupa__arrow_block *blocks;
    poupa_attendance *table;  /* whose columns are lent; may be NULL */
    poupa__arrow_owner *base; /* that of the words; may be NULL */
};

/* NULL for want of memory. */
poupa__arrow_owner *poupa__arrow_owner_new(const poupa_allocator *allocator);
poupa__arrow_owner *poupa__arrow_owner_retain(poupa__arrow_owner *owner);
void poupa__arrow_owner_release(poupa__arrow_owner *owner);

/* Memory for `count` items that lives as long as the owner: aligned to 64 bytes, and zero
 * up to a multiple of that; NULL for want of memory. */
void *poupa__arrow_take(poupa__arrow_owner *owner, size_t count, size_t item_size);
#define POUPA__ARROW_TAKE(owner, type, count)                                                    \
    ((type *)poupa__arrow_take(owner, count, sizeof(type)))

#endif
