/* keys.h - the keys of the objects that are being read, to find those given twice. */
#ifndef POUPA__NDJSON_KEYS_H
#define POUPA__NDJSON_KEYS_H

#include "base/hash.h"
#include "base/memory.h"
#include "fields.h"

typedef struct poupa__key {
    poupa__span text; /* decoded */
    size_t offset;    /* of its opening quote, in the line */
} poupa__key;

/* A stack: the keys of an object stand above those of the object that it is in. */
typedef struct poupa__keys {
    poupa_allocator allocator;
    poupa__hash_key hash_key;
    poupa__key *items;
    size_t count;
    size_t capacity;
    uint32_t *slots; /* index of a key + 1; 0 is free */
    size_t slot_capacity;
} poupa__keys;

void poupa__keys_init(poupa__keys *keys, const poupa_allocator *allocator);
void poupa__keys_free(poupa__keys *keys);

/* False for want of memory. */
bool poupa__keys_push(poupa__keys *keys, poupa__span text, size_t offset);

/* Takes off the keys of an object, those from `first` on. *twice is set to the first one
 * that was there before, or NULL; it is valid until the next push. Linear in their number.
 * False for want of memory. */
bool poupa__keys_pop(poupa__keys *keys, size_t first, const poupa__key **twice);

#endif
