/* spelling.c - unknown names and words that are probably misspelt. */
#include "spelling.h"

#include <string.h>

#include "base/nearest.h"

/* Twice the limit, so that probing ends soon. */
#define SLOTS ((size_t)2 * POUPA__SPELLING_LIMIT)

static const char *nearest(poupa__word_at *at, const void *list, const char *word)
{
    poupa__nearest search = poupa__nearest_start(word, strlen(word));
    const char *candidate;
    for (size_t i = 0; (candidate = at(list, i)) != NULL; i++)
        poupa__nearest_offer(&search, candidate, strlen(candidate), candidate);
    return (const char *)search.best;
}

/* The slot of a word, or the free one where it belongs. */
static poupa__spelling_entry *find(const poupa__spellings *spelling, const void *list,
                                   const char *word)
{
    uint64_t hash = poupa__hash(spelling->key, word, strlen(word));
    for (size_t i = (size_t)hash % SLOTS;; i = (i + 1) % SLOTS) {
        poupa__spelling_entry *entry = &spelling->slots[i];
        if (!entry->word || (entry->list == list && strcmp(entry->word, word) == 0))
            return entry;
    }
}

const char *poupa__spelling_meant(poupa__spellings *spelling, const poupa_allocator *allocator,
                                  poupa__word_at *at, const void *list, const char *word)
{
    if (!spelling->slots) {
        spelling->slots = POUPA__NEW_ZEROED(allocator, poupa__spelling_entry, SLOTS);
        if (!spelling->slots) {
            spelling->out_of_memory = true;
            return NULL;
        }
        spelling->key = poupa__hash_key_random();
    }
    poupa__spelling_entry *entry = find(spelling, list, word);
    if (entry->word)
        return entry->meant;
    if (spelling->count == POUPA__SPELLING_LIMIT) {
        spelling->full = true;
        return NULL;
    }
    spelling->count++;
    *entry = (poupa__spelling_entry){list, word, nearest(at, list, word)};
    return entry->meant;
}

void poupa__spelling_free(poupa__spellings *spelling, const poupa_allocator *allocator)
{
    poupa__release(allocator, spelling->slots, SLOTS * sizeof *spelling->slots);
}
