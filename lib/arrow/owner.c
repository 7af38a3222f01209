/* owner.c - memory that exported structures share and count. */
#include "owner.h"

enum { COLUMN_ALIGNMENT = 64 };

struct poupa__arrow_block {
    poupa__arrow_block *next;
    size_t size; /* of the whole block, this header included */
};

poupa__arrow_owner *poupa__arrow_owner_new(const poupa_allocator *allocator)
{
    poupa__arrow_owner *owner = POUPA__NEW(allocator, poupa__arrow_owner);
    if (owner) {
        poupa__references_init(&owner->references);
        owner->allocator = *allocator;
    }
    return owner;
}

poupa__arrow_owner *poupa__arrow_owner_retain(poupa__arrow_owner *owner)
{
    poupa__references_add(&owner->references);
    return owner;
}

void poupa__arrow_owner_release(poupa__arrow_owner *owner)
{
    if (owner == NULL || !poupa__references_drop(&owner->references))
        return;
    poupa_allocator allocator = owner->allocator;
    while (owner->blocks) {
        poupa__arrow_block *block = owner->blocks;
        owner->blocks = block->next;
        poupa__release(&allocator, block, block->size);
    }
    poupa_attendance_release(owner->table);
    poupa__arrow_owner_release(owner->base);
    poupa__release(&allocator, owner, sizeof *owner);
}

void *poupa__arrow_take(poupa__arrow_owner *owner, size_t count, size_t item_size)
{
    const size_t header = sizeof(poupa__arrow_block) + COLUMN_ALIGNMENT;
    if (count > (SIZE_MAX / 2 - header) / item_size)
        return NULL;
    size_t size = count * item_size / COLUMN_ALIGNMENT * COLUMN_ALIGNMENT + COLUMN_ALIGNMENT;
    poupa__arrow_block *block =
        (poupa__arrow_block *)poupa__allocate_zeroed(&owner->allocator, size + header);
    if (block == NULL)
        return NULL;
    *block = (poupa__arrow_block){owner->blocks, size + header};
    owner->blocks = block;
    uintptr_t after = (uintptr_t)(block + 1);
    return (char *)(block + 1) + (COLUMN_ALIGNMENT - after % COLUMN_ALIGNMENT) % COLUMN_ALIGNMENT;
}
