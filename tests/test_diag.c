/* test_diag.c - findings: their paths, their places in the text, and how they are told. */
#include "counting.h"
#include "diag/report.h"
#include "fixture.h"

static poupa_report *new_report(void)
{
    poupa_report *report = NULL;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    return report;
}

/* A finding about a member of the document itself. */
static void add_at(poupa_report *report, const char *member, bool at_key)
{
    poupa__place place = {-1, POUPA__NONE, member, POUPA__NONE, at_key};
    poupa__report_add(report, POUPA__W3001_MEMBER_NAME, place, "about %s", member);
}

/* -- Reports ------------------------------------------------------------- */

START_TEST(a_place_is_written_as_a_json_pointer)
{
    static const struct {
        poupa__place place;
        const char *path;
    } cases[] = {
        {{-1, POUPA__NONE, NULL, POUPA__NONE, false}, ""},
        {{-1, POUPA__NONE, "language", POUPA__NONE, false}, "/language"},
        {{-1, POUPA__NONE, "a/b~c", POUPA__NONE, false}, "/a~1b~0c"},
        {{-1, POUPA__NONE, "", POUPA__NONE, false}, "/"},
        {{POUPA_KIND_UNIT, POUPA__NONE, NULL, POUPA__NONE, false}, "/units"},
        {{POUPA_KIND_UNIT, 12, NULL, POUPA__NONE, false}, "/units/12"},
        {{POUPA_KIND_CLAIM, 0, "left", POUPA__NONE, false}, "/claims/0/left"},
        {{POUPA_KIND_CLAIM, 0, "left", 3, false}, "/claims/0/left/3"},
    };
    poupa_report *report = new_report();
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa__report_add(report, POUPA__E2002_TYPE, cases[i].place, "%s", "wrong");
        ck_assert_str_eq(poupa_report_at(report, i)->path, cases[i].path);
    }
    poupa_report_free(report);
}
END_TEST

START_TEST(a_report_counts_what_it_has_by_severity_and_place)
{
    poupa_report *report = new_report();
    const char *path = NULL;
    poupa__place unit = {POUPA_KIND_UNIT, 3, "name", POUPA__NONE, false};
    ck_assert_int_eq(poupa__report_error(report, NULL), POUPA_OK);
    add_at(report, "x", false);
    ck_assert_int_eq(poupa__report_error(report, NULL), POUPA_OK); /* a warning is none */
    poupa__report_add(report, POUPA__E2001_MISSING, unit, "first");
    unit.index = 4;
    poupa__report_add(report, POUPA__E2001_MISSING, unit, "second");
    poupa__report_add_at(report, POUPA__E1001_SYNTAX, 5, "third");
    ck_assert_uint_eq(poupa_report_count(report), 4);
    ck_assert_uint_eq(poupa_report_errors(report), 3);
    ck_assert_uint_eq(poupa_report_warnings(report), 1);
    ck_assert_uint_eq(poupa__report_errors_in(report, POUPA_KIND_UNIT, &path), 2);
    ck_assert_str_eq(path, "/units/3/name");
    ck_assert_uint_eq(poupa__report_errors_in(report, -1, NULL), 1);
    ck_assert_uint_eq(poupa__report_errors_in(report, POUPA_KIND_AREA, NULL), 0);
    ck_assert_int_eq(poupa__report_status(report, NULL), POUPA_OK);
    poupa_error err;
    ck_assert_int_eq(poupa__report_error(report, &err), POUPA_ERR_INVALID);
    ck_assert_str_eq(err.message, "first");
    ck_assert_str_eq(err.code, "E2001");
    ck_assert_str_eq(err.path, "/units/3/name");
    poupa_report_free(report);
}
END_TEST

START_TEST(the_first_error_tells_the_status_by_its_rule)
{
    static const struct {
        poupa__rule rule;
        poupa_status status;
    } cases[] = {
        {POUPA__E1001_SYNTAX, POUPA_ERR_SYNTAX},     {POUPA__E1007_DEPTH, POUPA_ERR_LIMIT},
        {POUPA__E1010_SIZE, POUPA_ERR_LIMIT},        {POUPA__E1011_ENTITIES, POUPA_ERR_LIMIT},
        {POUPA__E2005_REFERENCE, POUPA_ERR_INVALID},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        poupa_report *report = new_report();
        poupa__report_add_at(report, cases[i].rule, 0, "wrong");
        ck_assert_int_eq(poupa__report_error(report, NULL), cases[i].status);
        poupa_report_free(report);
    }
}
END_TEST

START_TEST(no_report_has_no_findings)
{
    ck_assert_uint_eq(poupa_report_count(NULL), 0);
    ck_assert_uint_eq(poupa_report_errors(NULL), 0);
    ck_assert_uint_eq(poupa_report_warnings(NULL), 0);
    ck_assert_uint_eq(poupa_report_not_run_count(NULL), 0);
    ck_assert_ptr_null(poupa_report_at(NULL, 0));
    ck_assert_ptr_null(poupa_report_not_run_at(NULL, 0));
    poupa_report_free(NULL);
    ASSERT_FAILS(poupa_report_new(NULL, NULL, &err), POUPA_ERR_ARGUMENT);
}
END_TEST

START_TEST(rules_that_did_not_run_are_named_with_the_reason)
{
    poupa_report *report = new_report();
    poupa__report_not_run(report, POUPA__W3009_CUMULATIVE_FALLS, "%d errors", 2);
    ck_assert_uint_eq(poupa_report_not_run_count(report), 1);
    ck_assert_str_eq(poupa_report_not_run_at(report, 0)->rule->code, "W3009");
    ck_assert_str_eq(poupa_report_not_run_at(report, 0)->why, "2 errors");
    ck_assert_ptr_null(poupa_report_not_run_at(report, 1));
    ck_assert_uint_eq(poupa_report_count(report), 0);
    poupa_report_free(report);
}
END_TEST

START_TEST(a_report_without_memory_says_that_something_is_missing)
{
    size_t lost = 0;
    for (size_t at = 2; at < 12; at++) {
        counting state = {.fail_at = at};
        poupa_allocator allocator = counting_allocator(&state);
        poupa_report *report = NULL;
        ASSERT_OK(poupa_report_new(&allocator, &report, &err));
        add_at(report, "x", false);
        poupa__report_add_at(report, POUPA__E1001_SYNTAX, 0, "wrong");
        poupa__report_not_run(report, POUPA__W3009_CUMULATIVE_FALLS, "why");
        size_t kept = poupa_report_count(report) + poupa_report_not_run_count(report);
        bool all = poupa__report_status(report, NULL) == POUPA_OK;
        ck_assert(all == (kept == 3));
        lost += !all;
        poupa_report_free(report);
        assert_nothing_leaked(&state);
    }
    ck_assert_uint_gt(lost, 3);
}
END_TEST

/* -- As JSON ------------------------------------------------------------- */

static poupa_buffer as_json(const poupa_report *report, const char *file)
{
    poupa_buffer out = new_buffer();
    poupa_writer *writer = NULL;
    ASSERT_OK(poupa_writer_new(NULL, poupa__buffer_write, &out, &writer, &err));
    poupa_report_write_json(report, file, writer);
    ASSERT_OK(poupa_writer_finish(writer, &err));
    poupa_writer_free(writer);
    return out;
}

START_TEST(a_report_is_written_as_json)
{
    static const char text[] = "{\"x\": 1}";
    poupa_report *report = new_report();
    add_at(report, "x", true);
    poupa__report_not_run(report, POUPA__W3009_CUMULATIVE_FALLS, "why");
    ASSERT_OK(poupa_report_locate(report, text, strlen(text), &err));
    poupa_buffer out = as_json(report, "a.json");
    ck_assert_str_eq(out.data,
                     "{\"file\":\"a.json\",\"errors\":0,\"warnings\":1,\"findings\":[{\"code\":"
                     "\"W3001\",\"severity\":\"warning\",\"message\":\"about x\",\"path\":\"/x\","
                     "\"line\":1,\"column\":2,\"offset\":1}],"
                     "\"rules_not_run\":[{\"code\":\"W3009\",\"why\":\"why\"}]}");
    poupa_buffer_free(&out);
    poupa_report_free(report);
}
END_TEST

START_TEST(the_name_of_a_file_need_not_be_text)
{
    poupa_report *report = new_report();
    poupa_buffer out = as_json(report, "caf\xe9.json");
    ck_assert_ptr_nonnull(strstr(out.data, "\"file\":\"caf?.json\""));
    poupa_buffer_free(&out);
    out = as_json(report, NULL);
    ck_assert_ptr_nonnull(strstr(out.data, "\"file\":null"));
    poupa_buffer_free(&out);
    poupa_report_free(report);
}
END_TEST

int main(void)
{
    return RUN_SUITE("diag: reports", a_place_is_written_as_a_json_pointer,
                     a_report_counts_what_it_has_by_severity_and_place,
                     the_first_error_tells_the_status_by_its_rule, no_report_has_no_findings,
                     rules_that_did_not_run_are_named_with_the_reason,
                     a_report_without_memory_says_that_something_is_missing,
                     a_report_is_written_as_json, the_name_of_a_file_need_not_be_text);
}
