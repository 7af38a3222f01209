/* spelling.h - unknown names and words that are probably misspelt. */
#ifndef POUPA__VALIDATE_SPELLING_H
#define POUPA__VALIDATE_SPELLING_H

#include "base/hash.h"
#include "base/memory.h"

/* The words of a list that an unknown word is compared with; NULL past the end. */
typedef const char *poupa__word_at(const void *list, size_t index);

/* How many different unknown words are compared at most: a document may have any number
 * of them, and each costs a comparison with a whole list. */
#define POUPA__SPELLING_LIMIT 512

typedef struct poupa__spelling_entry {
    const void *list;
    const char *word; /* NULL where the slot is free */
    const char *meant;
} poupa__spelling_entry;

/* Unknown words that were compared already, in a hash table. All zero is empty. */
typedef struct poupa__spellings {
    poupa__hash_key key;
    poupa__spelling_entry *slots; /* NULL until the first word */
    size_t count;
    bool full;          /* a word was not compared, for there were too many */
    bool out_of_memory; /* likewise, for want of memory */
} poupa__spellings;

/* The word of a list that was probably meant by one that is not on it; NULL for none. */
const char *poupa__spelling_meant(poupa__spellings *spelling, const poupa_allocator *allocator,
                                  poupa__word_at *at, const void *list, const char *word);

void poupa__spelling_free(poupa__spellings *spelling, const poupa_allocator *allocator);

#endif
