/* memo.c - spellings of ids that were seen, with their codes. */
#include "memo.h"

enum { FIRST_BITS = 9, MOST_BITS = 14, LOAD = 16, PLACE_ALIGNMENT = 64 };

static bool make_places(poupa__memo *memo, unsigned bits)
{
    size_t size = ((size_t)1 << bits) * sizeof(poupa__spelling) + PLACE_ALIGNMENT;
    void *block = poupa__allocate_zeroed(&memo->allocator, size);
    if (block == NULL)
        return false;
    poupa__release(&memo->allocator, memo->block, memo->block_size);
    memo->block = block;
    memo->block_size = size;
    uintptr_t start =
        ((uintptr_t)block + PLACE_ALIGNMENT - 1) & ~(uintptr_t)(PLACE_ALIGNMENT - 1);
    memo->places = (poupa__spelling *)(void *)((char *)block + (start - (uintptr_t)block));
    memo->shift = 64 - bits;
    memo->count = 0;
    return true;
}

bool poupa__memo_init(poupa__memo *memo, const poupa_allocator *allocator)
{
    *memo = (poupa__memo){.allocator = *allocator};
    for (size_t i = 0; i < POUPA__SPELLING_KEYS; i += sizeof(poupa__hash_key) / 4) {
        poupa__hash_key random = poupa__hash_key_random();
        memcpy(&memo->keys[i], &random, sizeof random);
    }
    return make_places(memo, FIRST_BITS);
}

void poupa__memo_free(poupa__memo *memo)
{
    poupa__release(&memo->allocator, memo->block, memo->block_size);
    memo->block = NULL;
}

void poupa__memo_clear(poupa__memo *memo)
{
    memset(memo->places, 0, ((size_t)1 << (64 - memo->shift)) * sizeof *memo->places);
    memo->count = 0;
}

static size_t spelling_place(const poupa__memo *memo, const poupa__spelling *spelling)
{
    uint64_t words[8] = {0};
    for (size_t i = 0; i < POUPA__SPELLING_MOST; i++)
        words[i / 8] |= (uint64_t)spelling->bytes[i] << i % 8 * 8;
    uint64_t hash = poupa__memo_hash(memo->keys, words);
    if (spelling->bytes[POUPA__SPELLING_HEAD])
        hash += poupa__memo_hash(memo->keys + 8, words + 4);
    return poupa__memo_place(memo, hash);
}

static void put_spelling(poupa__memo *memo, const poupa__spelling *spelling)
{
    size_t place = spelling_place(memo, spelling);
    size_t other = place ^ 1;
    if (memo->places[place].used && !memo->places[other].used)
        place = other;
    memo->count += !memo->places[place].used;
    memo->places[place] = *spelling;
}

static bool is_known(const poupa__memo *memo, const poupa__spelling *spelling)
{
    size_t place = spelling_place(memo, spelling);
    return memcmp(memo->places[place].bytes, spelling->bytes, POUPA__SPELLING_MOST) == 0 ||
           memcmp(memo->places[place ^ 1].bytes, spelling->bytes, POUPA__SPELLING_MOST) == 0;
}

/* Doubles the places; what cannot be moved for want of memory stays where it is. */
static void grow(poupa__memo *memo)
{
    poupa__memo old = *memo;
    memo->block = NULL;
    if (!make_places(memo, 64 - old.shift + 1)) {
        *memo = old;
        return;
    }
    for (size_t i = 0; i < (size_t)1 << (64 - old.shift); i++) {
        if (old.places[i].used)
            put_spelling(memo, &old.places[i]);
    }
    poupa__memo_free(&old);
}

void poupa__memo_add(poupa__memo *memo, const char *raw, size_t size, int32_t code)
{
    poupa__spelling spelling = {.code = code, .used = 1};
    if (size > POUPA__SPELLING_MOST)
        return;
    memcpy(spelling.bytes, raw, size);
    if (is_known(memo, &spelling))
        return;
    if (memo->count >= ((size_t)1 << (64 - memo->shift)) / LOAD && 64 - memo->shift < MOST_BITS)
        grow(memo);
    put_spelling(memo, &spelling);
}
