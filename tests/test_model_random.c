/*
 * test_model_random.c - thousands of random edits, done to a catalogue and to a model of it
 * that is too simple to be wrong. After each step both must agree in everything.
 */
#include <stdio.h>

#include "building.h"

enum { IDS = 8, STEPS = 2000, SEEDS = 4 };

/* -- The simple model ---------------------------------------------------- */

/* An area or a unit: its id is a letter, that of its area is another or '-'. */
typedef struct simple_entity {
    char id;
    char area;
} simple_entity;

typedef struct simple_shelf {
    simple_entity items[IDS];
    size_t count;
} simple_shelf;

enum { AREAS, UNITS, SHELVES };

typedef struct simple_catalog {
    simple_shelf shelves[SHELVES];
} simple_catalog;

static simple_entity *find(simple_shelf *shelf, char id)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (shelf->items[i].id == id)
            return &shelf->items[i];
    return NULL;
}

static bool is_sound(simple_catalog *catalog)
{
    simple_shelf *areas = &catalog->shelves[AREAS];
    for (size_t s = 0; s < SHELVES; s++) {
        for (size_t i = 0; i < catalog->shelves[s].count; i++) {
            char at = catalog->shelves[s].items[i].area;
            for (size_t steps = 0; at != '-'; steps++) {
                simple_entity *area = find(areas, at);
                if (area == NULL || steps > IDS)
                    return false; /* leads nowhere, or goes round */
                at = area->area;
            }
        }
    }
    return true;
}

/* -- Steps --------------------------------------------------------------- */

typedef enum action { ADD_ONE, REPLACE_ONE, REMOVE_ONE, ACTIONS } action;

typedef struct step {
    action action;
    size_t shelf;
    simple_entity entity;
} step;

static step random_step(uint64_t *seed)
{
    size_t area = (size_t)(next_random(seed) % (IDS + 1));
    return (step){.action = (action)(next_random(seed) % ACTIONS),
                  .shelf = (size_t)(next_random(seed) % SHELVES),
                  .entity = {(char)('a' + next_random(seed) % IDS),
                             area == IDS ? '-' : (char)('a' + area)}};
}

/* Does a step to the simple model; false where the entity is there, or is not. */
static bool do_simply(simple_catalog *catalog, step next)
{
    simple_shelf *shelf = &catalog->shelves[next.shelf];
    simple_entity *old = find(shelf, next.entity.id);
    if ((old == NULL) != (next.action == ADD_ONE))
        return false;
    if (next.action == ADD_ONE) {
        shelf->items[shelf->count++] = next.entity;
    } else if (next.action == REPLACE_ONE) {
        *old = next.entity;
    } else {
        simple_entity *end = shelf->items + shelf->count--;
        memmove(old, old + 1, (size_t)(end - old - 1) * sizeof *old);
    }
    return true;
}

static poupa_status do_really(poupa_catalog *catalog, step next)
{
    const char id[] = {next.entity.id, '\0'}, reference[] = {next.entity.area, '\0'};
    const char *area = next.entity.area == '-' ? NULL : reference;
    poupa_kind kind = next.shelf == AREAS ? POUPA_KIND_AREA : POUPA_KIND_UNIT;
    poupa_area as_area = {.id = id, .name = id, .type = {0, "part"}, .parent_id = area};
    poupa_unit as_unit = {.id = id, .name = id, .area_id = area};
    const void *entity = next.shelf == AREAS ? (void *)&as_area : (void *)&as_unit;
    size_t size = next.shelf == AREAS ? sizeof as_area : sizeof as_unit;
    switch (next.action) {
    case ADD_ONE:
        return poupa_catalog_add(catalog, kind, entity, size, NULL);
    case REPLACE_ONE:
        return poupa_catalog_replace(catalog, kind, entity, size, NULL);
    default:
        return poupa_catalog_remove(catalog, kind, id, NULL);
    }
}

/* -- Agreement ----------------------------------------------------------- */

/* Both as text: "a- bc|u- ..." */
static void print_simply(const simple_catalog *catalog, char *out)
{
    for (size_t s = 0; s < SHELVES; s++, *out++ = '|')
        for (size_t i = 0; i < catalog->shelves[s].count; i++)
            out += sprintf(out, "%c%c ", catalog->shelves[s].items[i].id,
                           catalog->shelves[s].items[i].area);
    *out = '\0';
}

static void print_really(const poupa_catalog *catalog, char *out)
{
    for (size_t i = 0; i < poupa_area_count(catalog); i++) {
        const poupa_area *area = poupa_area_at(catalog, i);
        out += sprintf(out, "%s%s ", area->id, area->parent_id[0] ? area->parent_id : "-");
        ck_assert_ptr_eq(poupa_area_find(catalog, area->id), area);
    }
    *out++ = '|';
    for (size_t i = 0; i < poupa_unit_count(catalog); i++) {
        const poupa_unit *unit = poupa_unit_at(catalog, i);
        out += sprintf(out, "%s%s ", unit->id, unit->area_id[0] ? unit->area_id : "-");
        ck_assert_ptr_eq(poupa_unit_find(catalog, unit->id), unit);
    }
    strcpy(out, "|");
}

/* The units of each area are those that name it, in the order of the file. */
static void assert_navigation_agrees(const simple_catalog *simple, const poupa_catalog *catalog)
{
    for (char id = 'a'; id < 'a' + IDS; id++) {
        const char area[] = {id, '\0'};
        if (poupa_area_find(catalog, area) == NULL)
            continue;
        poupa_list list;
        ASSERT_OK(poupa_catalog_referrers(catalog, POUPA_KIND_AREA, area, POUPA_KIND_UNIT, &list,
                                          &err));
        size_t at = 0;
        for (size_t i = 0; i < simple->shelves[UNITS].count; i++) {
            if (simple->shelves[UNITS].items[i].area != id)
                continue;
            ck_assert_uint_lt(at, list.count);
            const poupa_unit *unit = list.items[at++];
            ck_assert_int_eq(unit->id[0], simple->shelves[UNITS].items[i].id);
        }
        ck_assert_uint_eq(at, list.count);
        poupa_list_free(&list);
    }
}

static void assert_agree(const simple_catalog *simple, const poupa_catalog *catalog)
{
    char expected[256], found[256];
    print_simply(simple, expected);
    print_really(catalog, found);
    ck_assert_str_eq(found, expected);
    assert_navigation_agrees(simple, catalog);
}

/* -- The tests ----------------------------------------------------------- */

START_TEST(a_catalogue_agrees_with_a_simple_model_of_it_after_every_change)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t random = seed;
        simple_catalog simple = {0};
        poupa_catalog *catalog = new_catalog();
        for (int i = 0; i < STEPS; i++) {
            step next = random_step(&random);
            simple_catalog tried = simple;
            bool good = do_simply(&tried, next) && is_sound(&tried);
            ck_assert((do_really(catalog, next) == POUPA_OK) == good);
            if (good)
                simple = tried;
            assert_agree(&simple, catalog);
        }
        poupa_catalog_release(catalog);
    }
}
END_TEST

START_TEST(a_catalogue_agrees_with_a_simple_model_of_it_within_and_after_every_edit)
{
    size_t kept = 0, undone = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        uint64_t random = seed * 1000;
        simple_catalog simple = {0};
        poupa_catalog *catalog = new_catalog();
        for (int i = 0; i < STEPS;) {
            simple_catalog tried = simple;
            ASSERT_OK(poupa_catalog_begin(catalog, &err));
            for (uint64_t left = next_random(&random) % 6; left; left--, i++) {
                step next = random_step(&random);
                bool good = do_simply(&tried, next);
                ck_assert((do_really(catalog, next) == POUPA_OK) == good);
                assert_agree(&tried, catalog);
            }
            i++;
            if (next_random(&random) % 8 == 0) {
                poupa_catalog_rollback(catalog);
            } else if (is_sound(&tried)) {
                ASSERT_OK(poupa_catalog_commit(catalog, &err));
                simple = tried;
                kept++;
            } else {
                ck_assert_int_ne(poupa_catalog_commit(catalog, NULL), POUPA_OK);
                undone++;
            }
            assert_agree(&simple, catalog);
        }
        poupa_catalog_release(catalog);
    }
    ck_assert_uint_gt(kept, 100);
    ck_assert_uint_gt(undone, 100);
}
END_TEST

int main(void)
{
    return RUN_SUITE("model: random edits",
                     a_catalogue_agrees_with_a_simple_model_of_it_after_every_change,
                     a_catalogue_agrees_with_a_simple_model_of_it_within_and_after_every_edit);
}
