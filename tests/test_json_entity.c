/* test_json_entity.c - entities that are read by themselves, each from a text of its own. */
#define _GNU_SOURCE

#include <sys/mman.h>

#include "building.h"
#include "fixture.h"

static poupa_status add_text(poupa_catalog *catalog, poupa_kind kind, const char *text,
                             const void **out, poupa_error *err)
{
    return poupa_catalog_add_json(catalog, kind, text, strlen(text), out, err);
}

static poupa_buffer write_entity(poupa_kind kind, const void *entity)
{
    poupa_buffer text = new_buffer();
    poupa_writer *writer = NULL;
    ASSERT_OK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, &err));
    poupa_entity_write(kind, entity, writer);
    ASSERT_OK(poupa_writer_finish(writer, &err));
    poupa_writer_free(writer);
    return text;
}

/* -- There and back ------------------------------------------------------ */

/* Writes an entity and reads it into a catalogue that has nothing else. */
static void check_alone(poupa_kind kind, const void *entity)
{
    poupa_catalog *own = new_catalog();
    const void *again = NULL;
    poupa_buffer text = write_entity(kind, entity);
    ASSERT_OK(poupa_catalog_begin(own, &err)); /* its references lead nowhere */
    ASSERT_OK(poupa_catalog_add_json(own, kind, text.data, text.size, &again, &err));
    ck_assert_ptr_eq(again, poupa_catalog_at(own, kind, 0));
    ck_assert(poupa_entity_equal(kind, entity, again));
    poupa_buffer second = write_entity(kind, again);
    ck_assert_str_eq(text.data, second.data);
    poupa_buffer_free(&text);
    poupa_buffer_free(&second);
    poupa_catalog_release(own);
}

static void check_each_alone(const char *path)
{
    poupa_catalog *catalog = read_catalog_file(path);
    for (int i = 0; i < POUPA_KIND_COUNT; i++) {
        poupa_kind kind = (poupa_kind)i;
        for (size_t k = 0; k < poupa_catalog_count(catalog, kind); k++)
            check_alone(kind, poupa_catalog_at(catalog, kind, k));
    }
    poupa_catalog_release(catalog);
}

START_TEST(every_entity_is_read_as_it_was_written)
{
    ck_assert_uint_gt(for_each_fixture(POUPA_FIXTURES "/catalogs", ".json", check_each_alone), 3);
    check_each_alone(EXAMPLE);
}
END_TEST

START_TEST(a_catalogue_is_put_together_from_the_texts_of_its_entities)
{
    poupa_catalog *catalog = read_catalog_file(EXAMPLE);
    poupa_catalog *again = new_catalog();
    ASSERT_OK(poupa_catalog_begin(again, &err));
    for (int i = POUPA_KIND_COUNT - 1; i >= 0; i--) { /* those that refer before the others */
        poupa_kind kind = (poupa_kind)i;
        for (size_t k = 0; k < poupa_catalog_count(catalog, kind); k++) {
            poupa_buffer text = write_entity(kind, poupa_catalog_at(catalog, kind, k));
            ASSERT_OK(poupa_catalog_add_json(again, kind, text.data, text.size, NULL, &err));
            poupa_buffer_free(&text);
        }
    }
    ASSERT_OK(poupa_catalog_commit(again, &err));
    ck_assert(poupa_catalog_equal(catalog, again));
    poupa_catalog_release(catalog);
    poupa_catalog_release(again);
}
END_TEST

START_TEST(a_replacement_takes_the_place_and_keeps_unknown_members)
{
    static const char text[] =
        " {\"x-b\": [1e2, null], \"name\": \"S\\u00e9 (nova)\", \"x-a\": 1,"
        "\"status\": \"open\", \"id\": \"se\"}\r\n";
    poupa_catalog *catalog = small_catalog();
    const void *unit = NULL;
    ASSERT_OK(
        poupa_catalog_replace_json(catalog, POUPA_KIND_UNIT, text, sizeof text - 1, &unit, &err));
    ck_assert_ptr_eq(unit, poupa_unit_at(catalog, 0));
    poupa_buffer written = write_entity(POUPA_KIND_UNIT, unit);
    ck_assert_str_eq(written.data, "{\"id\":\"se\",\"name\":\"Sé (nova)\",\"status\":\"open\","
                                   "\"x-b\":[100.0,null],\"x-a\":1}");
    poupa_buffer_free(&written);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Errors in the text -------------------------------------------------- */

static const struct {
    poupa_kind kind;
    const char *text;
    poupa_status status;
    const char *code;
    const char *path;
    size_t line;
    size_t column;
    size_t offset;
    const char *message; /* a part of it */
} mistakes[] = {
    {POUPA_KIND_UNIT, "", POUPA_ERR_SYNTAX, "E1002", "", 1, 1, 0, "the text ends"},
    {POUPA_KIND_UNIT, "Poupatempo", POUPA_ERR_SYNTAX, "E1001", "", 1, 1, 0, "found 'P'"},
    {POUPA_KIND_UNIT, "{\"id\":\"a\",\n\"name\":\"\xFF\"}", POUPA_ERR_SYNTAX, "E1005", "", 2, 9,
     19, "0xFF"},
    {POUPA_KIND_UNIT, "\xEF\xBB\xBF{}", POUPA_ERR_SYNTAX, "E1004", "", 1, 1, 0, "byte order"},
    {POUPA_KIND_UNIT, "{\"id\":\"a\",\"id\":\"b\"}", POUPA_ERR_SYNTAX, "E1006", "", 1, 11, 10,
     "\"id\""},
    {POUPA_KIND_UNIT, "{\"id\":\"a\",\"name\":\"A\"} {}", POUPA_ERR_SYNTAX, "E1001", "", 1, 23,
     22, "found '{'"},
    {POUPA_KIND_UNIT, "[]", POUPA_ERR_INVALID, "E2002", "", 1, 1, 0,
     "a unit must be an object; found a list"},
    {POUPA_KIND_UNIT, " null", POUPA_ERR_INVALID, "E2002", "", 1, 2, 1, "found null"},
    {POUPA_KIND_UNIT, "{\"nmae\":\"A\",\"id\":\"a\"}", POUPA_ERR_INVALID, "E2001", "", 1, 1, 0,
     "did you mean that by \"nmae\""},
    {POUPA_KIND_UNIT, "{\"id\":\"a\",\n \"name\":7}", POUPA_ERR_INVALID, "E2002", "/name", 2, 9,
     19, "\"name\" must be a text; found an integer"},
    {POUPA_KIND_UNIT, "{\"id\":\"A\",\"name\":\"A\"}", POUPA_ERR_INVALID, "E2003", "/id", 1, 7, 6,
     "\"A\" is not an id"},
    {POUPA_KIND_UNIT, "{\"id\":\"a\",\"name\":\"A\",\"status\":\"opne\"}", POUPA_ERR_INVALID,
     "E2009", "/status", 1, 31, 30, "did you mean \"open\""},
    {POUPA_KIND_UNIT, "{\"id\":\"a\",\"name\":\"\xC3\x89\",\"opened\":\"21\"}", POUPA_ERR_INVALID,
     "E2010", "/opened", 1, 31, 31, "\"21\" is not a date"},
    {POUPA_KIND_OFFERING,
     "{\"id\":\"o\",\"service_id\":\"s\",\"channel_id\":\"c\",\"unit_ids\":[\"se\",7]}",
     POUPA_ERR_INVALID, "E2002", "/unit_ids/1", 1, 62, 61, "an item of \"unit_ids\""},
    {POUPA_KIND_OFFERING,
     "{\"id\":\"o\",\"service_id\":\"s\",\"channel_id\":\"c\",\"unit_ids\":[\"se\",\"se\"]}",
     POUPA_ERR_INVALID, "E2007", "/unit_ids/1", 1, 62, 61, "\"se\""},
};

START_TEST(an_error_is_told_with_its_place_in_the_text_and_changes_nothing)
{
    poupa_catalog *catalog = small_catalog();
    for (int editing = 0; editing < 2; editing++) {
        poupa_catalog *before = copy_of(catalog);
        for (size_t i = 0; i < COUNT(mistakes); i++) {
            poupa_error err;
            const void *out = catalog;
            poupa_status status =
                add_text(catalog, mistakes[i].kind, mistakes[i].text, &out, &err);
            ck_assert_msg(
                status == mistakes[i].status && err.status == status &&
                    strcmp(err.code, mistakes[i].code) == 0 &&
                    strcmp(err.path, mistakes[i].path) == 0 && err.line == mistakes[i].line &&
                    err.column == mistakes[i].column && err.offset == mistakes[i].offset &&
                    strstr(err.message, mistakes[i].message),
                "%s: %s %s %s %zu:%zu (%zu) %s", mistakes[i].text, poupa_status_name(status),
                err.code, err.path, err.line, err.column, err.offset, err.message);
            ck_assert_ptr_null(out);
            ck_assert_int_eq(add_text(catalog, mistakes[i].kind, mistakes[i].text, NULL, NULL),
                             status);
        }
        assert_unchanged(catalog, before);
        ASSERT_OK(editing ? POUPA_OK : poupa_catalog_begin(catalog, &err));
    }
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_nul_byte_is_no_part_of_an_entity)
{
    static const char text[] = "{\"id\":\"a\",\"name\":\"A\"}";
    poupa_catalog *catalog = new_catalog();
    poupa_error err;
    ck_assert_int_eq(
        poupa_catalog_add_json(catalog, POUPA_KIND_UNIT, text, sizeof text, NULL, &err),
        POUPA_ERR_SYNTAX);
    ck_assert_str_eq(err.code, "E1003");
    ck_assert_uint_eq(err.offset, sizeof text - 1);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(no_part_of_a_text_is_an_entity)
{
    static const char text[] =
        "{\"id\":\"a\",\"name\":\"\\u00c1\",\"latitude\":-23.5,\"x\":[{}]}";
    poupa_catalog *catalog = new_catalog();
    for (size_t size = 0; size < sizeof text - 1; size++) {
        char *part = malloc(size + 1); /* of its exact size, for the sanitizer */
        memcpy(part, text, size);
        ASSERT_FAILS(poupa_catalog_add_json(catalog, POUPA_KIND_UNIT, part, size, NULL, &err),
                     POUPA_ERR_SYNTAX);
        free(part);
    }
    ck_assert_uint_eq(poupa_unit_count(catalog), 0);
    ASSERT_OK(add_text(catalog, POUPA_KIND_UNIT, text, NULL, &err));
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Limits -------------------------------------------------------------- */

START_TEST(an_entity_may_be_nested_as_deep_as_a_document_leaves_it)
{
    static const char *const beginnings[] = {
        "{\"id\":\"a\",\"name\":\"A\",\"x\":", "{\"id\":\"a\",\"name\":", ""};
    for (size_t i = 0; i < COUNT(beginnings); i++) {
        for (int depth = 58; depth < 66; depth++) {
            char nested[140] = "", text[200];
            for (int k = 0; k < depth; k++) {
                nested[k] = '[';
                nested[depth + k] = ']';
            }
            snprintf(text, sizeof text, "%s%s%s", beginnings[i], nested, i < 2 ? "}" : "");
            poupa_catalog *catalog = new_catalog();
            poupa_error err = {0};
            poupa_status status = add_text(catalog, POUPA_KIND_UNIT, text, NULL, &err);
            bool too_deep = depth + (i < 2) > 62;
            ck_assert_int_eq(status, too_deep ? POUPA_ERR_LIMIT
                                     : i == 0 ? POUPA_OK
                                              : POUPA_ERR_INVALID);
            ck_assert_str_eq(err.code, too_deep ? "E1007" : i == 0 ? "" : "E2002");
            poupa_buffer written = write_catalog(catalog, true);
            poupa_catalog_release(read_catalog(written.data));
            poupa_buffer_free(&written);
            poupa_catalog_release(catalog);
        }
    }
}
END_TEST

START_TEST(a_text_beyond_a_gib_is_not_looked_at)
{
    const size_t size = ((size_t)1 << 30) + 1;
    char *text = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ck_assert_ptr_ne(text, MAP_FAILED);
    poupa_catalog *catalog = new_catalog();
    poupa_error err;
    ck_assert_int_eq(poupa_catalog_add_json(catalog, POUPA_KIND_UNIT, text, size, NULL, &err),
                     POUPA_ERR_LIMIT);
    ck_assert_str_eq(err.code, "E1010");
    poupa_catalog_release(catalog);
    munmap(text, size);
}
END_TEST

/* -- Errors of the catalogue --------------------------------------------- */

START_TEST(what_the_catalogue_has_against_an_entity_has_no_place_in_the_text)
{
    static const char unit[] = "{\"id\":\"bauru\",\"name\":\"Bauru\",\"area_id\":\"captial\"}";
    static const char taken[] = "{\"id\":\"se\",\"name\":\"again\"}";
    poupa_catalog *catalog = small_catalog(), *before = copy_of(catalog);
    poupa_error why;
    const void *out = catalog;
    ck_assert_int_eq(add_text(catalog, POUPA_KIND_UNIT, unit, &out, &why), POUPA_ERR_INVALID);
    ck_assert_str_eq(why.code, "E2005");
    ck_assert_str_eq(why.path, "/units/2/area_id");
    ck_assert_ptr_nonnull(strstr(why.message, "did you mean \"capital\"?"));
    ck_assert_uint_eq(why.line, 0);
    ck_assert_ptr_null(out);
    ASSERT_FAILS(add_text(catalog, POUPA_KIND_UNIT, taken, &out, &err), POUPA_ERR_EXISTS);
    ASSERT_FAILS(
        poupa_catalog_replace_json(catalog, POUPA_KIND_UNIT, unit, sizeof unit - 1, &out, &err),
        POUPA_ERR_NOT_FOUND);
    ck_assert_ptr_null(out);
    assert_unchanged(catalog, before);
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(add_text(catalog, POUPA_KIND_UNIT, unit, &out, &err));
    ck_assert_str_eq(((const poupa_unit *)out)->area_id, "captial");
    ASSERT_FAILS(poupa_catalog_commit(catalog, &err), POUPA_ERR_INVALID);
    ck_assert_ptr_null(poupa_unit_find(catalog, "bauru"));
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(arguments_that_are_missing_are_told)
{
    poupa_catalog *catalog = new_catalog();
    const void *out = catalog;
    ASSERT_FAILS(poupa_catalog_add_json(NULL, POUPA_KIND_UNIT, "{}", 2, &out, &err),
                 POUPA_ERR_ARGUMENT);
    ck_assert_ptr_null(out);
    ASSERT_FAILS(poupa_catalog_add_json(catalog, POUPA_KIND_UNIT, NULL, 0, NULL, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_add_json(catalog, (poupa_kind)-1, "{}", 2, NULL, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_replace_json(NULL, POUPA_KIND_UNIT, "{}", 2, NULL, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_replace_json(catalog, (poupa_kind)12, "{}", 2, NULL, &err),
                 POUPA_ERR_ARGUMENT);
    poupa_catalog_release(catalog);
}
END_TEST

int main(void)
{
    return RUN_SUITE("json: entities", every_entity_is_read_as_it_was_written,
                     a_catalogue_is_put_together_from_the_texts_of_its_entities,
                     a_replacement_takes_the_place_and_keeps_unknown_members,
                     an_error_is_told_with_its_place_in_the_text_and_changes_nothing,
                     a_nul_byte_is_no_part_of_an_entity, no_part_of_a_text_is_an_entity,
                     an_entity_may_be_nested_as_deep_as_a_document_leaves_it,
                     a_text_beyond_a_gib_is_not_looked_at,
                     what_the_catalogue_has_against_an_entity_has_no_place_in_the_text,
                     arguments_that_are_missing_are_told);
}
