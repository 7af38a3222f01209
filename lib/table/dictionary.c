/* dictionary.c - words with a code each, in the order of their first appearance. */
#include "dictionary.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

/* -- Life ---------------------------------------------------------------- */

poupa__dictionary *poupa__dictionary_new(const poupa_allocator *allocator)
{
    poupa__dictionary *dictionary = POUPA__NEW(allocator, poupa__dictionary);
    if (dictionary == NULL)
        return NULL;
    poupa__references_init(&dictionary->references);
    dictionary->allocator = *allocator;
    poupa__arena_init(&dictionary->arena, *allocator);
    dictionary->key = poupa__hash_key_random();
    return dictionary;
}

poupa__dictionary *poupa__dictionary_retain(poupa__dictionary *dictionary)
{
    poupa__references_add(&dictionary->references);
    return dictionary;
}

static size_t block_size(size_t block)
{
    return ((size_t)POUPA__FIRST_BLOCK << block) * sizeof(poupa__word);
}

void poupa__dictionary_release(poupa__dictionary *dictionary)
{
    if (dictionary == NULL || !poupa__references_drop(&dictionary->references))
        return;
    poupa_allocator allocator = dictionary->allocator;
    for (size_t i = 0; i < POUPA__WORD_BLOCKS; i++)
        poupa__release(&allocator, dictionary->blocks[i], block_size(i));
    poupa__release(&allocator, dictionary->slots, dictionary->slot_count * sizeof(uint32_t));
    poupa__release(&allocator, (void *)dictionary->texts,
                   dictionary->text_count * sizeof(const char *));
    poupa__arena_free(&dictionary->arena);
    poupa__release(&allocator, dictionary, sizeof *dictionary);
}

/* -- Looking up ---------------------------------------------------------- */

/* The slot of a word, or the free slot where it belongs. There must be a free one. */
static size_t word_slot(const poupa__dictionary *dictionary, const char *text, size_t size,
                        uint32_t hash)
{
    size_t mask = dictionary->slot_count - 1;
    for (size_t slot = hash & mask;; slot = (slot + 1) & mask) {
        if (dictionary->slots[slot] == 0)
            return slot;
        const poupa__word *word = poupa__dictionary_word(dictionary, dictionary->slots[slot] - 1);
        if (word->hash == hash && word->size == size && memcmp(word->text, text, size) == 0)
            return slot;
    }
}

int32_t poupa__dictionary_find(const poupa__dictionary *dictionary, const char *text, size_t size)
{
    if (dictionary->slot_count == 0)
        return POUPA__NO_WORD;
    uint32_t hash = (uint32_t)poupa__hash(dictionary->key, text, size);
    return (int32_t)dictionary->slots[word_slot(dictionary, text, size, hash)] - 1;
}

/* -- Adding -------------------------------------------------------------- */

/* Keeps the table at most half full. Words enter it in the order of their codes. */
static bool grow_slots(poupa__dictionary *dictionary)
{
    if (2 * (dictionary->count + 1) <= dictionary->slot_count)
        return true;
    size_t count = dictionary->slot_count ? 2 * dictionary->slot_count : (size_t)FIRST_SLOTS;
    uint32_t *slots = POUPA__NEW_ZEROED(&dictionary->allocator, uint32_t, count);
    if (slots == NULL)
        return false;
    for (size_t code = 0; code < dictionary->count; code++) {
        size_t slot = poupa__dictionary_word(dictionary, code)->hash & (count - 1);
        while (slots[slot])
            slot = (slot + 1) & (count - 1);
        slots[slot] = (uint32_t)code + 1;
    }
    poupa__release(&dictionary->allocator, dictionary->slots,
                   dictionary->slot_count * sizeof *slots);
    dictionary->slots = slots;
    dictionary->slot_count = count;
    return true;
}

/* Room for the word with the next code. */
static poupa__word *next_word(poupa__dictionary *dictionary)
{
    size_t block = 0;
    while (((size_t)POUPA__FIRST_BLOCK << (block + 1)) - POUPA__FIRST_BLOCK <= dictionary->count)
        block++;
    if (block == POUPA__WORD_BLOCKS)
        return NULL;
    if (dictionary->blocks[block] == NULL)
        dictionary->blocks[block] =
            (poupa__word *)poupa__allocate(&dictionary->allocator, block_size(block));
    return dictionary->blocks[block]
               ? (poupa__word *)poupa__dictionary_word(dictionary, dictionary->count)
               : NULL;
}

int32_t poupa__dictionary_add(poupa__dictionary *dictionary, const char *text, size_t size)
{
    uint32_t hash = (uint32_t)poupa__hash(dictionary->key, text, size);
    if (!grow_slots(dictionary))
        return POUPA__NO_WORD;
    size_t slot = word_slot(dictionary, text, size, hash);
    if (dictionary->slots[slot])
        return (int32_t)dictionary->slots[slot] - 1;
    poupa__word *word = next_word(dictionary);
    const char *copy = word ? poupa__arena_text(&dictionary->arena, text, size) : NULL;
    if (copy == NULL)
        return POUPA__NO_WORD;
    *word = (poupa__word){copy, (uint32_t)size, hash};
    dictionary->slots[slot] = (uint32_t)++dictionary->count;
    return (int32_t)dictionary->count - 1;
}

/* The newest word is the last of its chain of slots, so that its slot can be freed. */
void poupa__dictionary_cut(poupa__dictionary *dictionary, size_t count)
{
    while (dictionary->count > count) {
        const poupa__word *word = poupa__dictionary_word(dictionary, dictionary->count - 1);
        dictionary->slots[word_slot(dictionary, word->text, word->size, word->hash)] = 0;
        dictionary->count--;
    }
}

size_t poupa__dictionary_size(const poupa__dictionary *dictionary)
{
    size_t size = dictionary->arena.size + dictionary->slot_count * sizeof *dictionary->slots;
    for (size_t i = 0; i < POUPA__WORD_BLOCKS && dictionary->blocks[i]; i++)
        size += block_size(i);
    return size;
}

bool poupa__dictionary_complete(poupa__dictionary *dictionary)
{
    if (dictionary->texts && dictionary->text_count == dictionary->count)
        return true;
    const char **texts =
        POUPA__NEW_ARRAY(&dictionary->allocator, const char *, dictionary->count);
    if (texts == NULL)
        return false;
    for (size_t code = 0; code < dictionary->count; code++)
        texts[code] = poupa__dictionary_word(dictionary, code)->text;
    poupa__release(&dictionary->allocator, (void *)dictionary->texts,
                   dictionary->text_count * sizeof *texts);
    dictionary->texts = texts;
    dictionary->text_count = dictionary->count;
    return true;
}
