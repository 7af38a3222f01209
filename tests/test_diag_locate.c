/* test_diag_locate.c - from JSON pointers to places in the text. */

#include "diag/report.h"
#include "fixture.h"

/* A document in which findings are looked for. */
static const char text[] = "{\n"
                           "  \"poupa\": \"1.0\",\r\n"
                           "  \"açúcar\": \"é\", \"behind\": 1,\n"
                           "  \"esc\\u0061ped\\/\": true,\n"
                           "  \"til~de\": {\"a\": [10, 20, {\"b\": null}]},\n"
                           "\t\"units\": [\n"
                           "    {\"id\": \"se\", \"name\": \"Sé\"},\n"
                           "    {\"id\": \"x\", \"keywords\": [\"um\", \"dois\"]}\n"
                           "  ],\n"
                           "  \"\": 0\n"
                           "}\n";

/* Adds a finding at any pointer: a place has but two levels, so the path is set as it is. */
static void add_path(poupa_report *report, const char *path, bool at_key)
{
    poupa__place place = {-1, POUPA__NONE, NULL, POUPA__NONE, at_key};
    poupa__report_add(report, POUPA__W3001_MEMBER_NAME, place, "%s", path);
    report->findings[report->count - 1].finding.path = path;
}

static const poupa_finding *located(poupa_report *report, const char *path)
{
    for (size_t i = 0; i < poupa_report_count(report); i++)
        if (strcmp(poupa_report_at(report, i)->path, path) == 0)
            return poupa_report_at(report, i);
    ck_abort_msg("%s is lost", path);
    return NULL;
}

START_TEST(every_pointer_leads_to_its_line_and_column)
{
    static const struct {
        const char *path;
        bool at_key;
        size_t line;
        size_t column;
        const char *there; /* what stands at the offset */
    } cases[] = {
        {"", false, 1, 1, "{\n"},
        {"/poupa", false, 2, 12, "\"1.0\""},
        {"/açúcar", false, 3, 13, "\"é\""},
        {"/behind", true, 3, 18, "\"behind\""}, /* columns are characters, not bytes */
        {"/behind", false, 3, 28, "1,"},
        {"/escaped~1", false, 4, 21, "true"},
        {"/til~0de/a/1", false, 5, 24, "20"},
        {"/til~0de/a/2/b", false, 5, 34, "null"},
        {"/til~0de/a/2/b", true, 5, 29, "\"b\""},
        {"/units", true, 6, 2, "\"units\""},
        {"/units/0/name", false, 7, 26, "\"Sé\""},
        {"/units/1/keywords/1", false, 8, 36, "\"dois\""},
        {"/", false, 10, 7, "0\n"},
        /* What the text has not is shown at what it has of the way there. */
        {"/units/1/name", false, 8, 5, "{\"id\": \"x\""},
        {"/units/1/name", true, 8, 5, "{\"id\": \"x\""},
        {"/units/7/name", false, 6, 11, "[\n"},
        {"/units/x", false, 6, 11, "[\n"},
        {"/units/00", false, 6, 11, "[\n"},
        {"/nowhere/at/all", false, 1, 1, "{\n"},
        {"/poupa/deeper", false, 2, 12, "\"1.0\""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_report *report = NULL;
        ASSERT_OK(poupa_report_new(NULL, &report, &err));
        add_path(report, cases[i].path, cases[i].at_key);
        ASSERT_OK(poupa_report_locate(report, text, strlen(text), &err));
        const poupa_finding *finding = poupa_report_at(report, 0);
        ck_assert_msg(finding->line == cases[i].line && finding->column == cases[i].column,
                      "%s: %zu:%zu", cases[i].path, finding->line, finding->column);
        ck_assert_int_eq(strncmp(text + finding->offset, cases[i].there, strlen(cases[i].there)),
                         0);
        poupa_report_free(report);
    }
}
END_TEST

START_TEST(all_findings_are_located_at_once_and_put_in_order)
{
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    add_path(report, "/", false);
    add_path(report, "/units/1/keywords/1", false);
    poupa__report_add_at(report, POUPA__E1001_SYNTAX, 4, "at an offset");
    add_path(report, "/units/0", false);
    add_path(report, "/units/0", false); /* twice at the same place: in the order of adding */
    add_path(report, "/units/0/id", false);
    report->findings[4].finding.message = "second";
    ASSERT_OK(poupa_report_locate(report, text, strlen(text), &err));
    ck_assert_uint_eq(poupa_report_count(report), 6);
    for (size_t i = 1; i < poupa_report_count(report); i++)
        ck_assert_uint_le(poupa_report_at(report, i - 1)->offset,
                          poupa_report_at(report, i)->offset);
    ck_assert_str_eq(poupa_report_at(report, 0)->message, "at an offset");
    ck_assert_uint_eq(poupa_report_at(report, 0)->line, 2);
    ck_assert_uint_eq(poupa_report_at(report, 0)->column, 3);
    ck_assert_str_eq(poupa_report_at(report, 2)->message, "second");
    ck_assert_uint_eq(located(report, "/")->line, 10);
    poupa_report_free(report);
}
END_TEST

START_TEST(a_document_on_one_line_has_columns)
{
    static const char line[] = "{\"a\":[{\"b\":\"ção\"},{\"b\":2}]}";
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    add_path(report, "/a/1/b", false);
    ASSERT_OK(poupa_report_locate(report, line, strlen(line), &err));
    ck_assert_uint_eq(poupa_report_at(report, 0)->line, 1);
    ck_assert_uint_eq(poupa_report_at(report, 0)->column, 24);
    ck_assert_uint_eq(poupa_report_at(report, 0)->offset, 25);
    poupa_report_free(report);
}
END_TEST

START_TEST(a_text_that_is_not_json_is_located_as_far_as_it_goes)
{
    static const char *const texts[] = {
        "",       "{",           "{\"a\"",          "{\"a\":",      "{\"a\":{\"b\":}}", "[1",
        "{a:1}",  "{\"a\" 1}",   "{\"a\":{\"b\"",   "\x01",         "{\"a\":1,}",       "}",
        "[[[[[[", "{\"a\":\"\\", "{\"a\":[1,2,,]}", "{\"\\ud800\"", "{\"a\":{\"b\":01", "nul"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        poupa_report *report = NULL;
        ASSERT_OK(poupa_report_new(NULL, &report, &err));
        add_path(report, "/a/b/c", false);
        add_path(report, "/0/1/2", true);
        poupa__report_add_at(report, POUPA__E1001_SYNTAX, 1000, "far beyond");
        ASSERT_OK(poupa_report_locate(report, texts[i], strlen(texts[i]), &err));
        for (size_t k = 0; k < 3; k++) {
            ck_assert_uint_le(poupa_report_at(report, k)->offset, strlen(texts[i]));
            ck_assert_uint_eq(poupa_report_at(report, k)->line, 1);
        }
        poupa_report_free(report);
    }
}
END_TEST

START_TEST(without_a_report_or_a_text_nothing_is_located)
{
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    ASSERT_FAILS(poupa_report_locate(NULL, text, 1, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_report_locate(report, NULL, 1, &err), POUPA_ERR_ARGUMENT);
    ASSERT_OK(poupa_report_locate(report, text, strlen(text), &err));
    poupa_report_free(report);
}
END_TEST

START_TEST(findings_are_located_in_whatever_order_they_are_found)
{
    enum { COUNT_OF_UNITS = 20000 };
    poupa_buffer json = new_buffer();
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    ck_assert(poupa__buffer_append(&json, "{\"units\":[", 10));
    for (size_t i = 0; i < COUNT_OF_UNITS; i++) {
        poupa__place place = {POUPA_KIND_UNIT, COUNT_OF_UNITS - 1 - i, "name", POUPA__NONE,
                              false};
        ck_assert(
            poupa__buffer_print(&json, "%s\n{\"id\":\"u%zu\",\"name\":\"\"}", i ? "," : "", i));
        poupa__report_add(report, POUPA__W3003_EMPTY_TEXT, place, "empty");
    }
    ck_assert(poupa__buffer_append(&json, "]}", 2));
    ASSERT_OK(poupa_report_locate(report, json.data, json.size, &err));
    for (size_t i = 0; i < COUNT_OF_UNITS; i++)
        ck_assert_uint_eq(poupa_report_at(report, i)->line, i + 2);
    poupa_report_free(report);
    poupa_buffer_free(&json);
}
END_TEST

int main(void)
{
    return RUN_SUITE("diag: places", every_pointer_leads_to_its_line_and_column,
                     all_findings_are_located_at_once_and_put_in_order,
                     a_document_on_one_line_has_columns,
                     a_text_that_is_not_json_is_located_as_far_as_it_goes,
                     without_a_report_or_a_text_nothing_is_located,
                     findings_are_located_in_whatever_order_they_are_found);
}
