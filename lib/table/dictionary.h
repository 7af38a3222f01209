/* dictionary.h - words with a code each, in the order of their first appearance. */
#ifndef POUPA__TABLE_DICTIONARY_H
#define POUPA__TABLE_DICTIONARY_H

#include "base/hash.h"
#include "base/memory.h"
#include "base/references.h"

typedef struct poupa__word {
    const char *text; /* NUL-terminated */
    uint32_t size;
    uint32_t hash;
} poupa__word;

#define POUPA__NO_WORD (-1)
#define POUPA__WORD_BLOCKS 24
#define POUPA__FIRST_BLOCK 256

/*
 * Words stand in blocks of 256, 512, 1024, ... that never move: while one thread adds
 * words, others may read those that they were told of.
 */
typedef struct poupa__dictionary {
    poupa__references references;
    poupa_allocator allocator;
    poupa__arena arena;
    poupa__hash_key key;
    uint32_t *slots; /* code + 1, open addressing; 0 is free */
    size_t slot_count;
    size_t count;
    poupa__word *blocks[POUPA__WORD_BLOCKS];
    const char **texts; /* all of them, once the dictionary is complete */
    size_t text_count;
} poupa__dictionary;

poupa__dictionary *poupa__dictionary_new(const poupa_allocator *allocator);
poupa__dictionary *poupa__dictionary_retain(poupa__dictionary *dictionary);
void poupa__dictionary_release(poupa__dictionary *dictionary);

/* The code of a word, which is added where it is new; POUPA__NO_WORD for want of memory. */
int32_t poupa__dictionary_add(poupa__dictionary *dictionary, const char *text, size_t size);

/* The code of a word; POUPA__NO_WORD where it is not there. */
int32_t poupa__dictionary_find(const poupa__dictionary *dictionary, const char *text,
                               size_t size);

/* Takes back the words added since there were `count`. */
void poupa__dictionary_cut(poupa__dictionary *dictionary, size_t count);

/* How many bytes the words take. */
size_t poupa__dictionary_size(const poupa__dictionary *dictionary);

/* Makes the list of texts; false for want of memory. */
bool poupa__dictionary_complete(poupa__dictionary *dictionary);

/* The word with a code. */
static inline const poupa__word *poupa__dictionary_word(const poupa__dictionary *dictionary,
                                                        size_t code)
{
    size_t block = 0;
    for (size_t over = (code + POUPA__FIRST_BLOCK) / POUPA__FIRST_BLOCK; over > 1; over /= 2)
        block++;
    return &dictionary->blocks[block]
                              [code + POUPA__FIRST_BLOCK - ((size_t)POUPA__FIRST_BLOCK << block)];
}

#endif
