/* test_json_write.c - writing documents: the same bytes each time, and files that survive. */
#define _XOPEN_SOURCE 700

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "building.h"
#include "folder.h"

/* -- Round trips --------------------------------------------------------- */

static void check_round_trip(const char *path)
{
    poupa_catalog *catalog = read_catalog_file(path);
    for (int pretty = 0; pretty < 2; pretty++) {
        poupa_buffer once = write_catalog(catalog, pretty);
        poupa_buffer twice = write_catalog(catalog, pretty);
        ck_assert_str_eq(once.data, twice.data);
        poupa_catalog *again = read_catalog(once.data);
        ck_assert_msg(poupa_catalog_equal(catalog, again), "%s", path);
        poupa_buffer_free(&twice);
        twice = write_catalog(again, pretty);
        ck_assert_str_eq(once.data, twice.data);
        poupa_catalog_release(again);
        poupa_buffer_free(&once);
        poupa_buffer_free(&twice);
    }
    poupa_catalog_release(catalog);
}

START_TEST(what_was_written_reads_back_as_equal_and_is_written_the_same)
{
    ck_assert_uint_gt(for_each_fixture(POUPA_FIXTURES "/catalogs", ".json", check_round_trip), 3);
    ck_assert_uint_gt(for_each_fixture(POUPA_FIXTURES "/rules", "pass.json", check_round_trip),
                      40);
    check_round_trip(EXAMPLE);
}
END_TEST

START_TEST(the_example_is_in_canonical_form)
{
    poupa_catalog *catalog = read_catalog_file(EXAMPLE);
    poupa_buffer text = write_catalog(catalog, true);
    assert_content(EXAMPLE, text.data);
    poupa_buffer_free(&text);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(members_are_written_in_the_order_of_the_table_and_unknown_ones_behind)
{
    poupa_catalog *catalog = read_catalog(
        "{\"z\": 1, \"units\": [{\"x\": [1.0], \"note\": \"\", \"name\": \"Sé\", \"w\": {},"
        "\"status\": \"open\", \"id\": \"se\"}], \"areas\": [], \"language\": \"pt-BR\","
        "\"a\": null, \"poupa\": \"1.0\"}");
    poupa_buffer text = write_catalog(catalog, false);
    ck_assert_str_eq(text.data, "{\"poupa\":\"1.0\",\"language\":\"pt-BR\",\"areas\":[],"
                                "\"units\":[{\"id\":\"se\",\"name\":\"Sé\",\"status\":\"open\","
                                "\"note\":\"\",\"x\":[1.0],\"w\":{}}],\"z\":1,\"a\":null}");
    poupa_buffer_free(&text);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_catalogue_built_in_c_is_written_and_reads_back_as_equal)
{
    poupa_catalog *catalog = small_catalog();
    static const poupa_member extra[] = {{"b", " [ 1, \"\\u00e9\" ] "},
                                         {"a", "{\"x\":null}"},
                                         {"n", "[1E2, 1.50, -0, 1e-7, 9007199254740993]"}};
    ADD(catalog, unit, .id = "bauru", .name = "Bauru \"centro\"\n\\", .extra = {extra, 3},
        .latitude = POUPA_SOME(-22.3145), .longitude = POUPA_SOME(0));
    ADD(catalog, target, .id = "t", .indicator_id = "atendimentos", .due = {2022, 12, 0},
        .value = 200);
    ADD(catalog, claim, .id = "c", .kind = {POUPA_CLAIM_RATIO, NULL},
        .left = POUPA_TEXTS("todos-2020"), .right = POUPA_TEXTS("online-2020"),
        .stated = POUPA_SOME(2), .qualifier = {POUPA_QUALIFIER_AT_LEAST, NULL});
    poupa_buffer text = write_catalog(catalog, true);
    poupa_catalog *again = read_catalog(text.data);
    ck_assert(poupa_catalog_equal(catalog, again));
    poupa_catalog_release(again);
    poupa_buffer_free(&text);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_removed_entity_is_not_written_even_inside_an_edit)
{
    poupa_catalog *catalog = new_catalog();
    ADD(catalog, unit, .id = "a", .name = "A");
    ADD(catalog, unit, .id = "b", .name = "B");
    ASSERT_OK(poupa_catalog_begin(catalog, &err));
    ASSERT_OK(poupa_unit_remove(catalog, "a", &err));
    poupa_buffer text = write_catalog(catalog, false);
    ck_assert_str_eq(text.data, "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"b\",\"name\":\"B\"}]}");
    poupa_buffer_free(&text);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(one_entity_is_written_as_an_object)
{
    poupa_catalog *catalog = small_catalog();
    poupa_buffer text = new_buffer();
    poupa_writer *writer = NULL;
    ASSERT_OK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, &err));
    poupa_entity_write(POUPA_KIND_OFFERING, poupa_offering_find(catalog, "na-se"), writer);
    ASSERT_OK(poupa_writer_finish(writer, &err));
    poupa_writer_free(writer);
    ck_assert_str_eq(text.data, "{\"id\":\"na-se\",\"service_id\":\"reclamacao\","
                                "\"channel_id\":\"presencial\",\"unit_ids\":[\"se\"]}");
    poupa_buffer_free(&text);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(no_entity_cannot_be_written)
{
    poupa_catalog *catalog = small_catalog();
    const struct {
        poupa_kind kind;
        const void *entity;
    } cases[] = {{POUPA_KIND_UNIT, NULL}, {(poupa_kind)99, poupa_unit_at(catalog, 0)}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_buffer text = new_buffer();
        poupa_writer *writer = NULL;
        ASSERT_OK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, &err));
        poupa_entity_write(cases[i].kind, cases[i].entity, writer);
        ASSERT_FAILS(poupa_writer_finish(writer, &err), POUPA_ERR_ARGUMENT);
        poupa_writer_free(writer);
        poupa_buffer_free(&text);
    }
    poupa_catalog_release(catalog);
}
END_TEST

/* -- Output that fails --------------------------------------------------- */

/* A catalogue whose text takes many pieces. */
static poupa_catalog *large_catalog(void)
{
    poupa_catalog *catalog = new_catalog();
    for (int i = 0; i < 5000; i++) {
        char id[16];
        snprintf(id, sizeof id, "unidade-%d", i);
        ADD(catalog, unit, .id = id, .name = "Uma unidade com um nome bem comprido",
            .address = "Avenida Brigadeiro Faria Lima, sem número");
    }
    return catalog;
}

static bool take_pieces(void *context, const char *data, size_t size)
{
    size_t *left = context;
    ck_assert(data[0] != '\0' && size > 0);
    return *left > 0 && (*left)--;
}

START_TEST(a_callback_may_fail_at_any_call)
{
    poupa_catalog *catalog = large_catalog();
    poupa_status status = POUPA_ERR_IO;
    size_t calls = 0;
    for (; status == POUPA_ERR_IO; calls++) {
        size_t left = calls;
        status = poupa_catalog_write_to(catalog, NULL, take_pieces, &left, NULL);
        ck_assert_uint_eq(left, 0);
    }
    ck_assert_int_eq(status, POUPA_OK);
    ck_assert_uint_gt(calls, 5);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_file_is_written_whole_or_not_at_all)
{
    char path[256];
    poupa_catalog *catalog = large_catalog();
    make_folder();
    write_fixture(in_folder("old.json", path), "old", 3);
    struct rlimit before, small;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    static const rlim_t sizes[] = {0, 1, 65536, 100000, 200000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        small.rlim_cur = sizes[i];
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
        poupa_error err;
        poupa_status status = poupa_catalog_write_file(catalog, NULL, path, &err);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
        ck_assert_int_eq(status, POUPA_ERR_IO);
        ck_assert_msg(strstr(err.message, "File too large") != NULL, "%s", err.message);
        assert_content(path, "old");
    }
    signal(SIGXFSZ, handler);
    ASSERT_OK(poupa_catalog_write_file(catalog, NULL, path, &err));
    poupa_catalog *again = read_catalog_file(path);
    ck_assert(poupa_catalog_equal(catalog, again));
    ck_assert_uint_eq(remove_folder(), 1); /* no temporary file is left */
    poupa_catalog_release(again);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(a_file_is_written_through_a_link_and_keeps_its_mode)
{
    char path[256], link[256];
    struct stat about;
    poupa_catalog *catalog = small_catalog();
    poupa_write_options options = {.pretty = true};
    make_folder();
    write_fixture(in_folder("real.json", path), "old", 3);
    ck_assert_int_eq(chmod(path, 0604), 0);
    ck_assert_int_eq(symlink("real.json", in_folder("link.json", link)), 0);
    ASSERT_OK(poupa_catalog_write_file(catalog, &options, link, &err));
    poupa_buffer text = write_catalog(catalog, true);
    assert_content(path, text.data);
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_uint_eq(about.st_mode & 07777, 0604);
    ck_assert_uint_eq(remove_folder(), 2);
    poupa_buffer_free(&text);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(where_nothing_can_be_written_the_caller_is_told)
{
    poupa_catalog *catalog = small_catalog();
    poupa_buffer text;
    ASSERT_FAILS(poupa_catalog_write_file(catalog, NULL, "/nowhere/a.json", &err), POUPA_ERR_IO);
    ASSERT_FAILS(poupa_catalog_write_file(catalog, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_write_file(NULL, NULL, "a.json", &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_write(catalog, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_write(NULL, NULL, &text, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_write_to(catalog, NULL, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_write_to(NULL, NULL, take_pieces, NULL, &err), POUPA_ERR_ARGUMENT);
    poupa_catalog_release(catalog);
}
END_TEST

/* -- The schema ---------------------------------------------------------- */

START_TEST(the_schema_names_every_member_of_every_kind)
{
    poupa_buffer text = new_buffer();
    poupa_writer *writer = NULL;
    ASSERT_OK(poupa_writer_new(NULL, poupa__buffer_write, &text, &writer, &err));
    poupa_schema_write(writer);
    ASSERT_OK(poupa_writer_finish(writer, &err));
    poupa_writer_free(writer);
    for (int kind = 0; kind < POUPA_KIND_COUNT; kind++) {
        char member[64];
        size_t count;
        const poupa_field *fields = poupa_kind_fields((poupa_kind)kind, &count);
        snprintf(member, sizeof member, "\"%s\":{\"description\"",
                 poupa_kind_name((poupa_kind)kind));
        const char *at = strstr(text.data, member);
        ck_assert_ptr_nonnull(at);
        for (size_t i = 0; i < count; i++) {
            snprintf(member, sizeof member, "\"%s\":{", fields[i].name);
            at = strstr(at, member);
            ck_assert_msg(at != NULL, "%s", member);
        }
    }
    poupa_buffer_free(&text);
}
END_TEST

int main(void)
{
    return RUN_SUITE("json: writing",
                     what_was_written_reads_back_as_equal_and_is_written_the_same,
                     the_example_is_in_canonical_form,
                     members_are_written_in_the_order_of_the_table_and_unknown_ones_behind,
                     a_catalogue_built_in_c_is_written_and_reads_back_as_equal,
                     a_removed_entity_is_not_written_even_inside_an_edit,
                     one_entity_is_written_as_an_object, no_entity_cannot_be_written,
                     a_callback_may_fail_at_any_call, a_file_is_written_whole_or_not_at_all,
                     a_file_is_written_through_a_link_and_keeps_its_mode,
                     where_nothing_can_be_written_the_caller_is_told,
                     the_schema_names_every_member_of_every_kind);
}
