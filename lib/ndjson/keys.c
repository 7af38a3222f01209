/* keys.c - finding keys that are given twice. */
#include "keys.h"

#include <string.h>

enum { FEW = 12 };

void poupa__keys_init(poupa__keys *keys, const poupa_allocator *allocator)
{
    *keys = (poupa__keys){.allocator = *allocator, .hash_key = poupa__hash_key_random()};
}

void poupa__keys_free(poupa__keys *keys)
{
    poupa__release(&keys->allocator, keys->items, keys->capacity * sizeof *keys->items);
    poupa__release(&keys->allocator, keys->slots, keys->slot_capacity * sizeof *keys->slots);
}

bool poupa__keys_push(poupa__keys *keys, poupa__span text, size_t offset)
{
    void *items = keys->items;
    if (keys->count == keys->capacity) {
        if (!poupa__grow(&keys->allocator, &items, &keys->capacity, keys->count + 1,
                         sizeof *keys->items))
            return false;
        keys->items = (poupa__key *)items;
    }
    keys->items[keys->count++] = (poupa__key){text, offset};
    return true;
}

static bool same_key(const poupa__key *a, const poupa__key *b)
{
    return a->text.size == b->text.size && memcmp(a->text.data, b->text.data, a->text.size) == 0;
}

static const poupa__key *compare_all(const poupa__key *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (same_key(&keys[i], &keys[j]))
                return &keys[i];
        }
    }
    return NULL;
}

static const poupa__key *hash_all(poupa__keys *keys, size_t first, size_t slot_count)
{
    memset(keys->slots, 0, slot_count * sizeof *keys->slots);
    for (size_t i = first; i < keys->count; i++) {
        const poupa__key *key = &keys->items[i];
        size_t slot = (size_t)poupa__hash(keys->hash_key, key->text.data, key->text.size);
        for (slot &= slot_count - 1; keys->slots[slot]; slot = (slot + 1) & (slot_count - 1)) {
            if (same_key(key, &keys->items[keys->slots[slot] - 1]))
                return key;
        }
        keys->slots[slot] = (uint32_t)i + 1;
    }
    return NULL;
}

bool poupa__keys_pop(poupa__keys *keys, size_t first, const poupa__key **twice)
{
    size_t count = keys->count - first;
    *twice = NULL;
    if (count <= FEW) {
        if (count > 1)
            *twice = compare_all(keys->items + first, count);
    } else {
        size_t slot_count = 4 * FEW;
        while (slot_count < 2 * count)
            slot_count *= 2;
        void *slots = keys->slots;
        if (!poupa__grow(&keys->allocator, &slots, &keys->slot_capacity, slot_count,
                         sizeof *keys->slots))
            return false;
        keys->slots = (uint32_t *)slots;
        *twice = hash_all(keys, first, slot_count);
    }
    keys->count = first;
    return true;
}
