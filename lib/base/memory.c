/* memory.c - allocation through a poupa_allocator, growing arrays, and arenas. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

/* -- Allocators ---------------------------------------------------------- */

static void *system_allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void *system_reallocate(void *context, void *block, size_t old_size, size_t size)
{
    (void)context;
    (void)old_size;
    return realloc(block, size);
}

static void system_release(void *context, void *block, size_t size)
{
    (void)context;
    (void)size;
    free(block);
}

poupa_allocator poupa__allocator(const poupa_allocator *given)
{
    static const poupa_allocator system = {system_allocate, system_reallocate, system_release,
                                           NULL};
    return given ? *given : system;
}

void *poupa__allocate(const poupa_allocator *allocator, size_t size)
{
    return allocator->allocate(allocator->context, size ? size : 1);
}

void *poupa__allocate_zeroed(const poupa_allocator *allocator, size_t size)
{
    void *block = poupa__allocate(allocator, size);
    if (block)
        memset(block, 0, size);
    return block;
}

void *poupa__reallocate(const poupa_allocator *allocator, void *block, size_t old_size,
                        size_t size)
{
    if (block == NULL)
        return poupa__allocate(allocator, size);
    return allocator->reallocate(allocator->context, block, old_size, size);
}

void poupa__release(const poupa_allocator *allocator, void *block, size_t size)
{
    if (block)
        allocator->release(allocator->context, block, size ? size : 1);
}

bool poupa__grow(const poupa_allocator *allocator, void **items, size_t *capacity, size_t needed,
                 size_t item_size)
{
    if (needed <= *capacity)
        return true;
    if (needed > SIZE_MAX / 2 / item_size)
        return false;
    size_t larger = *capacity ? *capacity : 8;
    while (larger < needed)
        larger *= 2;
    void *moved = poupa__reallocate(allocator, *items, *capacity * item_size, larger * item_size);
    if (moved == NULL)
        return false;
    *items = moved;
    *capacity = larger;
    return true;
}

/* -- Arenas -------------------------------------------------------------- */

enum { BLOCK_ALIGNMENT = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct poupa__arena_block {
    poupa__arena_block *previous;
    size_t size; /* of the whole block, this header included */
};

#define BLOCK_HEADER                                                                             \
    ((sizeof(poupa__arena_block) + BLOCK_ALIGNMENT - 1) & ~(size_t)(BLOCK_ALIGNMENT - 1))

void poupa__arena_init(poupa__arena *arena, poupa_allocator allocator)
{
    *arena = (poupa__arena){.allocator = allocator};
}

static void release_chain(poupa__arena *arena, poupa__arena_block *block)
{
    while (block) {
        poupa__arena_block *previous = block->previous;
        poupa__release(&arena->allocator, block, block->size);
        block = previous;
    }
}

void poupa__arena_free(poupa__arena *arena)
{
    release_chain(arena, arena->blocks);
    poupa__arena_init(arena, arena->allocator);
}

void poupa__arena_reset(poupa__arena *arena)
{
    if (arena->blocks == NULL)
        return;
    release_chain(arena, arena->blocks->previous);
    arena->blocks->previous = NULL;
    arena->size = arena->blocks->size;
    arena->next = (char *)arena->blocks + BLOCK_HEADER;
}

static bool add_block(poupa__arena *arena, size_t size)
{
    size_t last = arena->blocks ? arena->blocks->size : FIRST_BLOCK / 2;
    size_t wanted = last >= LARGEST_BLOCK ? (size_t)LARGEST_BLOCK : last * 2;
    if (wanted < size + BLOCK_HEADER)
        wanted = size + BLOCK_HEADER;
    poupa__arena_block *block = (poupa__arena_block *)poupa__allocate(&arena->allocator, wanted);
    if (block == NULL)
        return false;
    block->previous = arena->blocks;
    block->size = wanted;
    arena->blocks = block;
    arena->size += wanted;
    arena->next = (char *)block + BLOCK_HEADER;
    arena->end = (char *)block + wanted;
    return true;
}

static void *take_bytes(poupa__arena *arena, size_t size)
{
    if (size > (size_t)(arena->end - arena->next) || arena->blocks == NULL) {
        if (size > SIZE_MAX / 2 || !add_block(arena, size))
            return NULL;
    }
    void *result = arena->next;
    arena->next += size;
    return result;
}

void *poupa__arena_allocate(poupa__arena *arena, size_t size)
{
    size_t misaligned = (uintptr_t)arena->next & 7;
    if (misaligned && (size_t)(arena->end - arena->next) >= 8 - misaligned)
        arena->next += 8 - misaligned;
    else if (misaligned)
        arena->next = arena->end;
    return take_bytes(arena, size);
}

char *poupa__arena_text(poupa__arena *arena, const char *data, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = (char *)take_bytes(arena, size + 1);
    if (copy == NULL)
        return NULL;
    if (size)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}
