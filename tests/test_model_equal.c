/* test_model_equal.c - copies, equality, references to a catalogue, structs that grow. */
#include "building.h"
#include "counting.h"
#include "fixture.h"
#include "model/catalog.h"
#include "model/entity.h"
#include "model/fields.h"

/* -- Equality ------------------------------------------------------------ */

#define DOCUMENT(...) "{\"poupa\":\"1.0\"" __VA_ARGS__ "}"
#define UNITS(...) DOCUMENT(",\"units\":[" __VA_ARGS__ "]")

/* Changes a member of a struct into something else that its type can hold. */
static void change(void *structure, const poupa_field *field)
{
    static const char *const texts[] = {"different"};
    static const poupa_word words[] = {{0, "different"}};
    void *member = poupa__member_of(structure, field);
    switch (field->type) {
    case POUPA_FIELD_ID:
    case POUPA_FIELD_TEXT:
    case POUPA_FIELD_REF:
        *(const char **)member = texts[0];
        break;
    case POUPA_FIELD_TEXTS:
    case POUPA_FIELD_REFS:
        *(poupa_texts *)member = (poupa_texts){texts, 1};
        break;
    case POUPA_FIELD_WORD:
        *(poupa_word *)member = words[0];
        break;
    case POUPA_FIELD_WORDS:
        *(poupa_words *)member = (poupa_words){words, 1};
        break;
    case POUPA_FIELD_DATE:
        ((poupa_date *)member)->day++;
        break;
    case POUPA_FIELD_PERIOD:
        ((poupa_period *)member)->first++;
        break;
    case POUPA_FIELD_NUMBER:
        ++*(double *)member;
        break;
    case POUPA_FIELD_OPTIONAL:
        ((poupa_optional *)member)->present = !((poupa_optional *)member)->present;
        break;
    }
}

START_TEST(entities_that_differ_in_any_member_are_not_equal)
{
    poupa_catalog *catalog = read_catalog_file(EVERY_MEMBER);
    for (int i = 0; i < POUPA_KIND_COUNT; i++) {
        poupa_kind kind = (poupa_kind)i;
        size_t count;
        const poupa_field *fields = poupa_kind_fields(kind, &count);
        for (size_t at = 0; at < poupa_catalog_count(catalog, kind); at++) {
            const void *entity = poupa_catalog_at(catalog, kind, at);
            poupa__any_entity other;
            memcpy(&other, entity, poupa__kinds[kind].size);
            ck_assert(poupa__entity_equal(kind, entity, &other));
            for (size_t k = 0; k < count; k++) {
                change(&other, &fields[k]);
                ck_assert_msg(!poupa__entity_equal(kind, entity, &other), "%s.%s",
                              poupa_kind_name(kind), fields[k].name);
                memcpy(&other, entity, poupa__kinds[kind].size);
            }
        }
    }
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(entities_of_different_catalogues_are_equal_where_they_say_the_same)
{
    poupa_catalog *a = read_catalog(UNITS("{\"id\":\"a\",\"name\":\"A\",\"x\":1e2}"));
    poupa_catalog *b = read_catalog(
        UNITS("{\"id\":\"z\",\"name\":\"Z\"},"
              "{\"x\":100.0,\"status\":\"open\",\"name\":\"\\u0041\",\"id\":\"a\"}"));
    const void *first = poupa_unit_find(a, "a"), *second = poupa_unit_find(b, "a");
    ck_assert(poupa_entity_equal(POUPA_KIND_UNIT, first, second));
    ck_assert(!poupa_entity_equal(POUPA_KIND_UNIT, first, poupa_unit_find(b, "z")));
    ck_assert(!poupa_entity_equal(POUPA_KIND_AREA, first, second));
    ck_assert(!poupa_entity_equal((poupa_kind)-1, first, second));
    ck_assert(!poupa_entity_equal((poupa_kind)99, first, first));
    ck_assert(!poupa_entity_equal(POUPA_KIND_UNIT, first, NULL));
    ck_assert(!poupa_entity_equal(POUPA_KIND_UNIT, NULL, first));
    ck_assert(poupa_entity_equal(POUPA_KIND_UNIT, NULL, NULL));
    poupa_catalog_release(a);
    poupa_catalog_release(b);
}
END_TEST

START_TEST(lists_are_equal_item_by_item)
{
    static const char *const items[] = {"a", "b"}, *const others[] = {"a", "c"};
    static const poupa_word words[] = {{1, "face_mask"}, {0, "gloves"}};
    static const poupa_word other_words[] = {{1, "face_mask"}, {0, "boots"}};
    poupa_offering a = {.id = "x",
                        .service_id = "s",
                        .channel_id = "c",
                        .note = "",
                        .booking = {1, "none"},
                        .unit_ids = {items, 2},
                        .access_rules = {words, 2}};
    poupa_offering b = a;
    ck_assert(poupa__entity_equal(POUPA_KIND_OFFERING, &a, &b));
    b.unit_ids.items = others;
    ck_assert(!poupa__entity_equal(POUPA_KIND_OFFERING, &a, &b));
    b = a;
    b.access_rules.items = other_words;
    ck_assert(!poupa__entity_equal(POUPA_KIND_OFFERING, &a, &b));
    b.access_rules.items = words;
    b.access_rules.count = 1;
    ck_assert(!poupa__entity_equal(POUPA_KIND_OFFERING, &a, &b));
}
END_TEST

START_TEST(catalogues_that_differ_anywhere_are_not_equal)
{
    static const char *const texts[] = {
        DOCUMENT(),
        "{\"poupa\":\"1.1\"}",
        DOCUMENT(",\"language\":\"en\""),
        DOCUMENT(",\"x\":1"),
        DOCUMENT(",\"x\":2"),
        DOCUMENT(",\"y\":1"),
        DOCUMENT(",\"x\":1,\"y\":1"),
        DOCUMENT(",\"y\":1,\"x\":1"),
        UNITS("{\"id\":\"a\",\"name\":\"A\"}"),
        UNITS("{\"id\":\"a\",\"name\":\"B\"}"),
        UNITS("{\"id\":\"a\",\"name\":\"A\",\"x\":1}"),
        UNITS("{\"id\":\"a\",\"name\":\"A\"},{\"id\":\"b\",\"name\":\"B\"}"),
        UNITS("{\"id\":\"b\",\"name\":\"B\"},{\"id\":\"a\",\"name\":\"A\"}"),
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        poupa_catalog *a = read_catalog(texts[i]);
        for (size_t k = 0; k < COUNT(texts); k++) {
            poupa_catalog *b = read_catalog(texts[k]);
            ck_assert_msg(poupa_catalog_equal(a, b) == (i == k), "%s\n%s", texts[i], texts[k]);
            poupa_catalog_release(b);
        }
        ck_assert(!poupa_catalog_equal(a, NULL));
        ck_assert(!poupa_catalog_equal(NULL, a));
        poupa_catalog_release(a);
    }
    ck_assert(poupa_catalog_equal(NULL, NULL));
}
END_TEST

START_TEST(a_member_that_is_absent_is_equal_to_its_default)
{
    poupa_catalog *a = read_catalog(UNITS("{\"id\":\"a\",\"name\":\"A\"}"));
    poupa_catalog *b = read_catalog(
        DOCUMENT(",\"language\":\"pt-BR\",\"services\":[],\"units\":[{\"note\":\"\",\"name\":"
                 "\"A\",\"status\":\"open\",\"type\":\"fixed\",\"id\":\"a\"}]"));
    ck_assert(poupa_catalog_equal(a, b));
    poupa_catalog_release(a);
    poupa_catalog_release(b);
}
END_TEST

/* -- Copies -------------------------------------------------------------- */

static void check_copy(const char *path)
{
    poupa_catalog *catalog = read_catalog_file(path);
    poupa_catalog *copy = copy_of(catalog);
    ck_assert_msg(poupa_catalog_equal(catalog, copy), "%s", path);
    poupa_buffer text = write_catalog(catalog, true);
    poupa_catalog_release(catalog);
    poupa_buffer again = write_catalog(copy, true); /* after the original is gone */
    ck_assert_str_eq(text.data, again.data);
    poupa_buffer_free(&text);
    poupa_buffer_free(&again);
    poupa_catalog_release(copy);
}

START_TEST(a_copy_says_the_same_and_stands_alone)
{
    ck_assert_uint_gt(for_each_fixture(POUPA_FIXTURES "/catalogs", ".json", check_copy), 3);
    check_copy(EXAMPLE);
}
END_TEST

START_TEST(a_copy_leaves_behind_what_was_removed)
{
    counting state = {0}, of_copy = {0};
    poupa_allocator allocator = counting_allocator(&state), other = counting_allocator(&of_copy);
    poupa_catalog *catalog = NULL, *copy = NULL;
    ASSERT_OK(poupa_catalog_new(&allocator, &catalog, &err));
    char name[1000];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    for (int i = 0; i < 100; i++) {
        ADD(catalog, unit, .id = "se", .name = name);
        ASSERT_OK(poupa_unit_remove(catalog, "se", &err));
    }
    ASSERT_OK(poupa_catalog_copy(catalog, &other, &copy, &err));
    ck_assert_uint_gt(state.bytes, 100000);
    ck_assert_uint_lt(of_copy.bytes, 10000);
    poupa_catalog_release(catalog);
    poupa_catalog_release(copy);
    assert_nothing_leaked(&state);
    assert_nothing_leaked(&of_copy);
}
END_TEST

START_TEST(a_catalogue_is_freed_with_its_last_reference)
{
    counting state = {0};
    poupa_allocator allocator = counting_allocator(&state);
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_catalog_new(&allocator, &catalog, &err));
    ck_assert_ptr_eq(poupa_catalog_retain(catalog), catalog);
    ADD(catalog, unit, .id = "se", .name = "Sé");
    poupa_catalog_release(catalog);
    ck_assert_str_eq(poupa_unit_find(catalog, "se")->name, "Sé");
    poupa_catalog_release(catalog);
    assert_nothing_leaked(&state);
    ck_assert_ptr_null(poupa_catalog_retain(NULL));
    poupa_catalog_release(NULL);
}
END_TEST

START_TEST(no_catalogue_has_the_members_of_an_empty_one)
{
    ck_assert_str_eq(poupa_catalog_language(NULL), "pt-BR");
    ck_assert_str_eq(poupa_catalog_format_version(NULL), "1.0");
    ck_assert_uint_eq(poupa_catalog_extra(NULL).count, 0);
    poupa_catalog *catalog = NULL;
    ASSERT_FAILS(poupa_catalog_new(NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_copy(NULL, NULL, &catalog, &err), POUPA_ERR_ARGUMENT);
}
END_TEST

/* -- Structs that grow --------------------------------------------------- */

START_TEST(a_program_built_with_an_older_header_has_shorter_structs)
{
    poupa_catalog *catalog = new_catalog();
    poupa_unit unit = {.id = "se", .name = "Sé", .note = "not in the older struct"};
    ASSERT_OK(
        poupa_catalog_add(catalog, POUPA_KIND_UNIT, &unit, offsetof(poupa_unit, note), &err));
    ck_assert_str_eq(poupa_unit_find(catalog, "se")->name, "Sé");
    ck_assert_str_eq(poupa_unit_find(catalog, "se")->note, "");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_program_built_with_a_newer_header_has_longer_structs)
{
    poupa_catalog *catalog = new_catalog();
    struct {
        poupa_unit unit;
        const char *newer;
    } longer = {.unit = {.id = "se", .name = "Sé"}};
    ASSERT_OK(poupa_catalog_add(catalog, POUPA_KIND_UNIT, &longer, sizeof longer, &err));
    ck_assert_str_eq(poupa_unit_find(catalog, "se")->name, "Sé");
    longer.unit.id = "itaquera";
    longer.newer = "says something that this library would lose";
    ASSERT_FAILS(poupa_catalog_add(catalog, POUPA_KIND_UNIT, &longer, sizeof longer, &err),
                 POUPA_ERR_ARGUMENT);
    ck_assert_uint_eq(poupa_unit_count(catalog), 1);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Ids that were chosen to collide ------------------------------------- */

START_TEST(many_ids_of_one_pattern_are_found_without_delay)
{
    enum { MANY = 20000 };
    poupa_catalog *catalog = new_catalog();
    for (int i = 0; i < MANY; i++) {
        char id[129];
        memset(id, 'a', 128); /* long, and different at the end only */
        snprintf(id + 120, 9, "%08d", i);
        ADD(catalog, unit, .id = id, .name = "Sé");
    }
    ck_assert_uint_eq(poupa_unit_count(catalog), MANY);
    for (size_t i = 0; i < MANY; i++) {
        const poupa_unit *unit = poupa_unit_at(catalog, i);
        ck_assert_ptr_eq(poupa_unit_find(catalog, unit->id), unit);
    }
    poupa_catalog_release(catalog);
}
END_TEST

int main(void)
{
    return RUN_SUITE("model: equality", entities_that_differ_in_any_member_are_not_equal,
                     entities_of_different_catalogues_are_equal_where_they_say_the_same,
                     lists_are_equal_item_by_item, catalogues_that_differ_anywhere_are_not_equal,
                     a_member_that_is_absent_is_equal_to_its_default,
                     a_copy_says_the_same_and_stands_alone, a_copy_leaves_behind_what_was_removed,
                     a_catalogue_is_freed_with_its_last_reference,
                     no_catalogue_has_the_members_of_an_empty_one,
                     a_program_built_with_an_older_header_has_shorter_structs,
                     a_program_built_with_a_newer_header_has_longer_structs,
                     many_ids_of_one_pattern_are_found_without_delay);
}
