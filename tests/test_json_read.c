/* test_json_read.c - reading documents: every way in, limits, and what is kept. */
#include "fixture.h"

/* -- Ways in ------------------------------------------------------------- */

/* A text that is read in pieces and may fail on the way. */
typedef struct pieces {
    const char *text;
    size_t left;
    size_t calls_before_failure;
} pieces;

static ptrdiff_t read_piece(void *context, char *buffer, size_t capacity)
{
    pieces *from = context;
    if (from->calls_before_failure-- == 0)
        return -1;
    size_t size = from->left < 100 ? from->left : 100;
    ck_assert_uint_ge(capacity, size);
    memcpy(buffer, from->text, size);
    from->text += size;
    from->left -= size;
    return (ptrdiff_t)size;
}

START_TEST(all_ways_of_reading_lead_to_the_same_catalogue)
{
    poupa_buffer text = read_fixture(EXAMPLE);
    poupa_catalog *catalogs[4] = {NULL};
    pieces from = {text.data, text.size, SIZE_MAX};
    FILE *file = fopen(EXAMPLE, "rb");
    ck_assert_ptr_nonnull(file);
    ASSERT_OK(poupa_catalog_read(text.data, text.size, NULL, &catalogs[0], &err));
    ASSERT_OK(poupa_catalog_read_file(EXAMPLE, NULL, &catalogs[1], &err));
    ASSERT_OK(poupa_catalog_read_stream(file, NULL, &catalogs[2], &err));
    ASSERT_OK(poupa_catalog_read_from(read_piece, &from, NULL, &catalogs[3], &err));
    for (size_t i = 0; i < COUNT(catalogs); i++) {
        ck_assert(poupa_catalog_equal(catalogs[i], catalogs[0]));
        if (i > 0)
            poupa_catalog_release(catalogs[i]);
    }
    poupa_catalog_release(catalogs[0]);
    ck_assert_int_eq(fclose(file), 0); /* it is still open */
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(an_input_that_fails_gives_no_catalogue)
{
    poupa_buffer text = read_fixture(EXAMPLE);
    for (size_t calls = 0; calls < 10; calls += 3) {
        pieces from = {text.data, text.size, calls};
        poupa_catalog *catalog = (poupa_catalog *)&from;
        ASSERT_FAILS(poupa_catalog_read_from(read_piece, &from, NULL, &catalog, &err),
                     POUPA_ERR_IO);
        ck_assert_ptr_null(catalog);
    }
    poupa_catalog *catalog = NULL;
    ASSERT_FAILS(poupa_catalog_read_file("/nowhere.json", NULL, &catalog, &err), POUPA_ERR_IO);
    FILE *folder = fopen("/", "rb");
    ck_assert_ptr_nonnull(folder);
    ASSERT_FAILS(poupa_catalog_read_stream(folder, NULL, &catalog, &err), POUPA_ERR_IO);
    fclose(folder);
    poupa_buffer_free(&text);
}
END_TEST

START_TEST(arguments_that_are_missing_are_told)
{
    poupa_catalog *catalog = NULL;
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    ASSERT_FAILS(poupa_catalog_read(NULL, 0, NULL, &catalog, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_read("", 0, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_read_file(NULL, NULL, &catalog, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_read_file("", NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_read_stream(NULL, NULL, &catalog, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_read_from(NULL, NULL, NULL, &catalog, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_read_from(read_piece, NULL, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_inspect(NULL, 0, NULL, report, &catalog, &err),
                 POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_inspect("", 0, NULL, NULL, &catalog, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_catalog_inspect("", 0, NULL, report, NULL, &err), POUPA_ERR_ARGUMENT);
    poupa_report_free(report);
}
END_TEST

/* -- Limits -------------------------------------------------------------- */

START_TEST(a_document_at_a_limit_is_read_and_one_beyond_it_is_not)
{
    static const char text[] = "{\"poupa\":\"1.0\",\"units\":[{\"id\":\"a\",\"name\":\"A\","
                               "\"x\":[[1]]},{\"id\":\"b\",\"name\":\"B\"}]}";
    static const struct {
        poupa_read_options at;
        poupa_read_options beyond;
        const char *code;
        const char *message;
    } cases[] = {
        {{.max_size = sizeof text - 1}, {.max_size = sizeof text - 2}, "E1010", "bytes; at most"},
        {{.max_depth = 5}, {.max_depth = 4}, "E1007", "nested deeper than 4 levels"},
        {{.max_depth = 64}, {.max_depth = 3}, "E1007", "nested deeper than 3 levels"},
        {{.max_depth = 9999}, {.max_depth = 1}, "E1007", "nested deeper than 1 levels"},
        {{.max_entities = 2}, {.max_entities = 1}, "E1011", "more than 1 entities"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_catalog *catalog = NULL;
        ASSERT_OK(poupa_catalog_read(text, sizeof text - 1, &cases[i].at, &catalog, &err));
        poupa_catalog_release(catalog);
        poupa_error err;
        ck_assert_int_eq(
            poupa_catalog_read(text, sizeof text - 1, &cases[i].beyond, &catalog, &err),
            POUPA_ERR_LIMIT);
        ck_assert_str_eq(err.code, cases[i].code);
        ck_assert_msg(strstr(err.message, cases[i].message) != NULL, "%s", err.message);
        ck_assert_ptr_null(catalog);
    }
}
END_TEST

START_TEST(depth_is_limited_wherever_the_nesting_is)
{
    static const char *const frames[] = {
        "{\"poupa\":\"1.0\",\"x\":%s}",                           /* the document */
        "{\"poupa\":\"1.0\",\"units\":%s}",                       /* where a list belongs */
        "{\"poupa\":\"1.0\",\"units\":[%s]}",                     /* an entity */
        "{\"poupa\":\"1.0\",\"units\":[{\"x\":%s}]}",             /* an unknown member */
        "{\"poupa\":\"1.0\",\"units\":[{\"name\":%s}]}",          /* a known one */
        "{\"poupa\":\"1.0\",\"services\":[{\"keywords\":[%s]}]}", /* a list in one */
        "{\"poupa\":%s}",
        "{\"language\":%s}",
        "%s",
    };
    for (size_t i = 0; i < COUNT(frames); i++) {
        for (size_t levels = 60; levels <= 300; levels += 60) {
            char nested[700] = "", text[1000];
            memset(nested, '[', levels);
            memset(nested + levels, ']', levels);
            size_t before = (size_t)(strchr(frames[i], '%') - frames[i]);
            snprintf(text, sizeof text, "%.*s%s%s", (int)before, frames[i], nested,
                     frames[i] + before + 2);
            poupa_catalog *catalog = NULL;
            poupa_error err;
            poupa_status status = poupa_catalog_read(text, strlen(text), NULL, &catalog, &err);
            size_t above = 0;
            for (const char *at = frames[i]; *at != '%'; at++)
                above += *at == '{' || *at == '[';
            if (levels + above > 64) {
                ck_assert_msg(status == POUPA_ERR_LIMIT, "%s: %s", frames[i], err.message);
                ck_assert_str_eq(err.code, "E1007");
                ck_assert_uint_eq(err.offset, before + 64 - above);
            } else {
                ck_assert_int_ne(status, POUPA_ERR_LIMIT);
            }
            poupa_catalog_release(catalog);
        }
    }
}
END_TEST

/* -- What is kept -------------------------------------------------------- */

START_TEST(unknown_members_keep_their_type_their_value_and_their_order)
{
    poupa_catalog *catalog = read_catalog(
        "{ \"zeta\": {\"b\": [1, 2.0, -0.0], \"a\": {}}, \"poupa\": \"1.7\", \"units\": ["
        "{\"y\": null, \"id\": \"se\", \"x\": [true, false], \"name\": \"Sé\", \"w\": "
        "\"\\u00e9\"}"
        "], \"alpha\": 1e2 }");
    static const poupa_member of_document[] = {{"zeta", "{\"b\":[1,2.0,-0.0],\"a\":{}}"},
                                               {"alpha", "100.0"}};
    static const poupa_member of_unit[] = {{"y", "null"}, {"x", "[true,false]"}, {"w", "\"é\""}};
    poupa_members extra = poupa_catalog_extra(catalog);
    ck_assert_uint_eq(extra.count, COUNT(of_document));
    for (size_t i = 0; i < extra.count; i++) {
        ck_assert_str_eq(extra.items[i].name, of_document[i].name);
        ck_assert_str_eq(extra.items[i].json, of_document[i].json);
    }
    extra = poupa_unit_find(catalog, "se")->extra;
    ck_assert_uint_eq(extra.count, COUNT(of_unit));
    for (size_t i = 0; i < extra.count; i++) {
        ck_assert_str_eq(extra.items[i].name, of_unit[i].name);
        ck_assert_str_eq(extra.items[i].json, of_unit[i].json);
    }
    ck_assert_str_eq(poupa_catalog_format_version(catalog), "1.7");
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(numbers_of_unknown_members_stay_what_they_are)
{
    static const struct {
        const char *written;
        const char *kept;
    } cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9007199254740993", "9007199254740993"}, /* not a double */
        {"1.0", "1.0"},
        {"-0.0", "-0.0"},
        {"1E5", "100000.0"},
        {"1e300", "1e300"},
        {"0.1", "0.1"},
        {"12345678901234567890.0", "1.2345678901234567e19"},
        {"1e-400", "0.0"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[128];
        snprintf(text, sizeof text, "{\"poupa\":\"1.0\",\"x\":%s}", cases[i].written);
        poupa_catalog *catalog = read_catalog(text);
        ck_assert_str_eq(poupa_catalog_extra(catalog).items[0].json, cases[i].kept);
        poupa_catalog_release(catalog);
    }
}
END_TEST

START_TEST(open_words_that_are_not_listed_are_kept)
{
    poupa_catalog *catalog = read_catalog_file(POUPA_FIXTURES "/catalogs/unknown-words.json");
    size_t unknown = 0;
    for (size_t i = 0; i < poupa_channel_count(catalog); i++) {
        const poupa_channel *channel = poupa_channel_at(catalog, i);
        ck_assert_str_ne(channel->type.text, "");
        unknown += channel->type.code == 0;
    }
    ck_assert_uint_gt(unknown, 0);
    poupa_catalog_release(catalog);
}
END_TEST

START_TEST(versions_of_the_first_major_are_read)
{
    static const struct {
        const char *version;
        bool read;
    } cases[] = {
        {"\"1.0\"", true},       {"\"1.99999\"", true},
        {"\"01.0\"", true},      {"\"2.0\"", false},
        {"\"0.9\"", false},      {"\"1\"", false},
        {"\"1.\"", false},       {"\".0\"", false},
        {"\"\"", false},         {"\"1.0.0\"", false},
        {"1.0", false},          {"null", false},
        {"\"1.0 \"", false},     {"\"4294967297.0\"", false},
        {"\"1.123456\"", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[64];
        snprintf(text, sizeof text, "{\"poupa\":%s}", cases[i].version);
        poupa_catalog *catalog = NULL;
        poupa_error err = {0};
        poupa_status status = poupa_catalog_read(text, strlen(text), NULL, &catalog, &err);
        ck_assert_msg((status == POUPA_OK) == cases[i].read, "%s", cases[i].version);
        ck_assert_str_eq(err.code, cases[i].read ? "" : "E2015");
        poupa_catalog_release(catalog);
    }
}
END_TEST

/* -- All errors ---------------------------------------------------------- */

START_TEST(what_is_sound_is_kept_when_the_rest_is_reported)
{
    static const char text[] =
        "{\"poupa\": \"1.0\", \"areas\": 5, \"units\": [7, {\"id\": \"a\"},\n"
        "{\"id\": \"b\", \"name\": \"B\", \"area_id\": \"unknown\"}, {\"name\": \"no id\"},\n"
        "{\"id\": \"b\", \"name\": \"again\"}, {\"id\": \"c\", \"name\": \"C\"}]}";
    poupa_report *report = NULL;
    poupa_catalog *catalog = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    ASSERT_OK(poupa_catalog_inspect(text, strlen(text), NULL, report, &catalog, &err));
    ck_assert_uint_eq(poupa_unit_count(catalog), 2);
    ck_assert_str_eq(poupa_unit_at(catalog, 0)->id, "b");
    ck_assert_str_eq(poupa_unit_at(catalog, 1)->id, "c");
    static const char *const paths[] = {"/areas", "/units/0", "/units/1", "/units/3",
                                        "/units/4/id"};
    ck_assert_uint_eq(poupa_report_errors(report), COUNT(paths));
    for (size_t i = 0; i < COUNT(paths); i++)
        ck_assert_str_eq(poupa_report_at(report, i)->path, paths[i]);
    ck_assert_uint_eq(poupa_report_not_run_count(report), 2); /* ids of areas and of units */
    poupa_catalog_release(catalog);
    poupa_report_free(report);
}
END_TEST

START_TEST(a_value_of_the_wrong_type_is_told_with_what_was_expected)
{
    static const struct {
        const char *array;
        const char *members;
        const char *path;
        const char *message;
    } cases[] = {
        {"units", "\"id\":7", "/units/0/id", "\"id\" must be a text; found an integer"},
        {"units", "\"status\":true", "/units/0/status", "\"status\" must be a text; found true"},
        {"units", "\"opened\":2021", "/units/0/opened",
         "\"opened\" must be a date as text; found an integer"},
        {"units", "\"latitude\":\"1\"", "/units/0/latitude",
         "\"latitude\" must be a number; found a text"},
        {"units", "\"note\":null", "/units/0/note",
         "\"note\" must be a text; found null; leave the member out instead"},
        {"metrics", "\"period\":{}", "/metrics/0/period",
         "\"period\" must be a period as text; found an object"},
        {"metrics", "\"value\":false", "/metrics/0/value",
         "\"value\" must be a number; found false"},
        {"services", "\"keywords\":\"a\"", "/services/0/keywords",
         "\"keywords\" must be a list of texts; found a text"},
        {"services", "\"keywords\":[\"a\",1.5]", "/services/0/keywords/1",
         "an item of \"keywords\" must be a text; found a number"},
        {"offerings", "\"access_rules\":{}", "/offerings/0/access_rules",
         "\"access_rules\" must be a list of texts; found an object"},
        {"offerings", "\"unit_ids\":[[]]", "/offerings/0/unit_ids/0",
         "an item of \"unit_ids\" must be a text; found a list"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[256];
        bool told = false;
        poupa_report *report = NULL;
        poupa_catalog *catalog = NULL;
        snprintf(text, sizeof text, "{\"poupa\":\"1.0\",\"%s\":[{%s}]}", cases[i].array,
                 cases[i].members);
        ASSERT_OK(poupa_report_new(NULL, &report, &err));
        ASSERT_OK(poupa_catalog_inspect(text, strlen(text), NULL, report, &catalog, &err));
        for (size_t k = 0; k < poupa_report_count(report); k++)
            told = told || (strcmp(poupa_report_at(report, k)->path, cases[i].path) == 0 &&
                            strcmp(poupa_report_at(report, k)->message, cases[i].message) == 0);
        ck_assert_msg(told, "%s", cases[i].message);
        poupa_catalog_release(catalog);
        poupa_report_free(report);
    }
}
END_TEST

START_TEST(the_first_error_in_the_order_of_the_text_is_told)
{
    static const char text[] =
        "{\"poupa\": \"1.0\",\n\"units\": [{\"id\": \"se\", \"name\": 5}],\n"
        "\"areas\": [{\"id\": \"A\"}]}";
    poupa_catalog *catalog = NULL;
    poupa_error err;
    ck_assert_int_eq(poupa_catalog_read(text, strlen(text), NULL, &catalog, &err),
                     POUPA_ERR_INVALID);
    ck_assert_str_eq(err.code, "E2002");
    ck_assert_str_eq(err.path, "/units/0/name");
    ck_assert_str_eq(err.message, "\"name\" must be a text; found an integer");
    ck_assert_uint_eq(err.line, 2);
    ck_assert_uint_eq(err.column, 32);
    ck_assert_uint_eq(err.offset, 48);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "json: reading", all_ways_of_reading_lead_to_the_same_catalogue,
        an_input_that_fails_gives_no_catalogue, arguments_that_are_missing_are_told,
        a_document_at_a_limit_is_read_and_one_beyond_it_is_not,
        depth_is_limited_wherever_the_nesting_is,
        unknown_members_keep_their_type_their_value_and_their_order,
        numbers_of_unknown_members_stay_what_they_are, open_words_that_are_not_listed_are_kept,
        versions_of_the_first_major_are_read, what_is_sound_is_kept_when_the_rest_is_reported,
        a_value_of_the_wrong_type_is_told_with_what_was_expected,
        the_first_error_in_the_order_of_the_text_is_told);
}
