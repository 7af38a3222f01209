/* test_collisions.c - ids that were chosen to meet in a table whose hash has no secret. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "building.h"
#include "model/catalog.h"
#include "ndjson/memo.h"
#include "poupa/ndjson.h"
#include "table/table.h"

enum { MANY = 4000, SLOTS = 16384, ID_SIZE = 16 };

/* What a look-up costs on average: in tables with a secret, and with what was chosen here in
 * those without. */
#define FEW_STEPS (2 * (size_t)MANY)
#define MANY_STEPS (20 * (size_t)MANY)

static char ids[MANY][ID_SIZE];

/* Finds ids whose hashes end in the same 8 bits, as an attacker does who knows the key. */
static void choose_ids(void)
{
    const poupa__hash_key known = {0, 0};
    unsigned number = 0;
    for (size_t i = 0; i < MANY; i++) {
        do
            snprintf(ids[i], ID_SIZE, "id-%x", number++);
        while (poupa__hash(known, ids[i], strlen(ids[i])) & 0xFF);
    }
}

START_TEST(the_ids_do_meet_where_the_key_is_known)
{
    static bool taken[SLOTS];
    const poupa__hash_key known = {0, 0};
    size_t steps = 0;
    choose_ids();
    for (size_t i = 0; i < MANY; i++) {
        size_t slot = poupa__hash(known, ids[i], strlen(ids[i])) % SLOTS;
        for (; taken[slot]; slot = (slot + 1) % SLOTS)
            steps++;
        taken[slot] = true;
    }
    ck_assert_uint_gt(steps, MANY_STEPS);
}
END_TEST

/* -- Keys ---------------------------------------------------------------- */

START_TEST(every_table_has_a_key_of_its_own)
{
    const poupa_allocator allocator = poupa__allocator(NULL);
    poupa__dictionary *dictionaries[2];
    poupa_catalog *catalogs[2];
    poupa__memo memos[2];
    for (size_t i = 0; i < 2; i++) {
        dictionaries[i] = poupa__dictionary_new(&allocator);
        catalogs[i] = new_catalog();
        ck_assert(poupa__memo_init(&memos[i], &allocator));
    }
    ck_assert_mem_ne(&dictionaries[0]->key, &dictionaries[1]->key, sizeof(poupa__hash_key));
    ck_assert_mem_ne(&catalogs[0]->hash_key, &catalogs[1]->hash_key, sizeof(poupa__hash_key));
    for (size_t i = 0; i < COUNT(memos[0].keys); i++) {
        ck_assert_uint_ne(memos[0].keys[i], memos[1].keys[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        poupa__dictionary_release(dictionaries[i]);
        poupa_catalog_release(catalogs[i]);
        poupa__memo_free(&memos[i]);
    }
}
END_TEST

/* -- Steps --------------------------------------------------------------- */

START_TEST(a_stream_of_such_ids_is_decoded_in_few_steps)
{
    static char lines[MANY * 80];
    size_t size = 0;
    poupa_attendance *table;
    choose_ids();
    for (size_t i = 0; i < MANY; i++)
        size += (size_t)snprintf(
            lines + size, sizeof lines - size,
            "{\"period\":\"2021\",\"unit\":\"%s\",\"service\":\"rg\",\"channel\":\"app\"}\n",
            ids[i]);
    ASSERT_OK(poupa_ndjson_read(lines, size, NULL, &table, NULL, &err));
    const poupa__dictionary *words = table->dictionaries[POUPA_DICTIONARY_UNIT];
    ck_assert_uint_eq(words->count, MANY);
    size_t steps = 0;
    for (size_t slot = 0; slot < words->slot_count; slot++) {
        if (words->slots[slot])
            steps += (slot - poupa__dictionary_word(words, words->slots[slot] - 1)->hash) &
                     (words->slot_count - 1);
    }
    ck_assert_uint_lt(steps, FEW_STEPS);
    poupa_attendance_release(table);
}
END_TEST

START_TEST(a_catalogue_of_such_ids_is_built_in_few_steps)
{
    poupa_catalog *catalog = new_catalog();
    choose_ids();
    for (size_t i = 0; i < MANY; i++)
        ADD(catalog, unit, .id = ids[i], .name = "Sé");
    const poupa__shelf *shelf = &catalog->shelves[POUPA_KIND_UNIT];
    size_t steps = 0;
    for (size_t slot = 0; slot < shelf->id_capacity; slot++) {
        if (shelf->ids[slot])
            steps += (slot - (size_t)shelf->ids[slot]->hash) & (shelf->id_capacity - 1);
    }
    ck_assert_uint_lt(steps, FEW_STEPS);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(the_memo_keeps_most_of_such_spellings)
{
    const poupa_allocator allocator = poupa__allocator(NULL);
    poupa__memo memo;
    ck_assert(poupa__memo_init(&memo, &allocator));
    choose_ids();
    for (int32_t i = 0; i < MANY; i++) {
        char spelling[ID_SIZE + 1];
        int size = snprintf(spelling, sizeof spelling, "%s\"", ids[i]);
        poupa__memo_add(&memo, spelling, (size_t)size, i);
    }
    ck_assert_uint_gt(memo.count, MANY / 4 * 3);
    poupa__memo_free(&memo);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "collisions", the_ids_do_meet_where_the_key_is_known, every_table_has_a_key_of_its_own,
        a_stream_of_such_ids_is_decoded_in_few_steps,
        a_catalogue_of_such_ids_is_built_in_few_steps, the_memo_keeps_most_of_such_spellings);
}
