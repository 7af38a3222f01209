/* test_rules.c - every rule has a document that keeps it and one that breaks it. */
#include "base/rule.h"
#include "fixture.h"
#include "poupa/poupa.h"

#define RULES POUPA_FIXTURES "/rules"

/* -- Paths --------------------------------------------------------------- */

/* The path of a rule's fixture: "pass.json", "fail.json" or "fail.txt". */
static const char *path_of(const poupa_rule *rule, const char *suffix, char out[512])
{
    snprintf(out, 512, "%s/%s-%s", RULES, rule->code, suffix);
    return out;
}

/* -- What is found in a fixture ------------------------------------------ */

/* The rules about limits are tested with small ones. */
static poupa_read_options options_of(const poupa_rule *rule)
{
    static const struct {
        poupa__rule rule;
        poupa_read_options options;
    } limits[] = {
        {POUPA__E1010_SIZE, {.max_size = 120}},
        {POUPA__E1011_ENTITIES, {.max_entities = 1}},
    };
    for (size_t i = 0; i < COUNT(limits); i++)
        if (rule == &poupa__rules[limits[i].rule])
            return limits[i].options;
    return (poupa_read_options){0};
}

/* All that was said of a document, and whether it was said by a certain rule. */
typedef struct verdict {
    poupa_buffer text;
    size_t count;
    bool by_rule;
} verdict;

static void judge_claims(const poupa_catalog *catalog, const poupa_rule *rule, const char *name,
                         verdict *out)
{
    for (size_t i = 0; i < poupa_claim_count(catalog); i++) {
        const poupa_claim *claim = poupa_claim_at(catalog, i);
        poupa_judgement judgement;
        ASSERT_OK(poupa_claim_judge(catalog, claim, &judgement, &err));
        for (size_t j = 0; j < judgement.warning_count; j++) {
            const poupa_rule *warning = judgement.warnings[j];
            out->count++;
            out->by_rule |= warning == rule;
            ck_assert(poupa__buffer_print(&out->text, "%s: claim \"%s\": warning: %s [%s]\n",
                                          name, claim->id, warning->title, warning->code));
        }
    }
}

static verdict examine(const poupa_rule *rule, const char *path)
{
    verdict out = {.text = new_buffer()};
    const char *name = strrchr(path, '/') + 1;
    poupa_buffer json = read_fixture(path);
    poupa_read_options options = options_of(rule);
    poupa_document *document = NULL;
    ASSERT_OK(poupa_document_read(json.data, json.size, &options, &document, &err));
    const poupa_report *report = poupa_document_report(document);
    poupa_report_style style = {.name = name, .data = json.data, .size = json.size};
    ASSERT_OK(poupa_report_write_text(report, &style, poupa__buffer_write, &out.text, &err));
    out.count = poupa_report_count(report);
    for (size_t i = 0; i < out.count; i++)
        out.by_rule |= poupa_report_at(report, i)->rule == rule;
    if (poupa_report_errors(report) == 0)
        judge_claims(poupa_document_catalog(document), rule, name, &out);
    poupa_document_free(document);
    poupa_buffer_free(&json);
    return out;
}

START_TEST(nothing_is_found_in_a_document_that_keeps_the_rule)
{
    const poupa_rule *rule = poupa_rule_at((size_t)_i);
    char path[512];
    verdict found = examine(rule, path_of(rule, "pass.json", path));
    ck_assert_msg(found.count == 0, "%s", found.text.data);
    poupa_buffer_free(&found.text);
}
END_TEST

START_TEST(a_document_that_breaks_the_rule_is_told_so_in_these_words)
{
    const poupa_rule *rule = poupa_rule_at((size_t)_i);
    char path[512];
    verdict found = examine(rule, path_of(rule, "fail.json", path));
    ck_assert_msg(found.by_rule, "%s does not appear in: %s", rule->code, found.text.data);
    path_of(rule, "fail.txt", path);
    if (getenv("POUPA_UPDATE"))
        write_fixture(path, found.text.data, found.text.size);
    poupa_buffer expected = read_fixture(path);
    ck_assert_str_eq(found.text.data, expected.data);
    poupa_buffer_free(&expected);
    poupa_buffer_free(&found.text);
}
END_TEST

static void belongs_to_a_rule(const char *path)
{
    char code[8];
    snprintf(code, sizeof code, "%.5s", strrchr(path, '/') + 1);
    ck_assert_msg(poupa_rule_find(code) != NULL, "no rule for %s", path);
}

START_TEST(every_fixture_belongs_to_a_rule)
{
    ck_assert_uint_eq(for_each_fixture(RULES, ".json", belongs_to_a_rule),
                      2 * poupa_rule_count());
    ck_assert_uint_eq(for_each_fixture(RULES, ".txt", belongs_to_a_rule), poupa_rule_count());
}
END_TEST

/* -- The table of rules -------------------------------------------------- */

START_TEST(rules_are_in_the_order_of_their_codes)
{
    for (size_t i = 1; i < poupa_rule_count(); i++)
        ck_assert_str_lt(poupa_rule_at(i - 1)->code + 1, poupa_rule_at(i)->code + 1);
    ck_assert_ptr_null(poupa_rule_at(poupa_rule_count()));
}
END_TEST

START_TEST(a_code_says_severity_and_stage)
{
    static const struct {
        const char *prefix;
        poupa_severity severity;
        poupa_stage stage;
    } series[] = {
        {"E1", POUPA_SEVERITY_ERROR, POUPA_STAGE_JSON},
        {"E2", POUPA_SEVERITY_ERROR, POUPA_STAGE_MODEL},
        {"W30", POUPA_SEVERITY_WARNING, POUPA_STAGE_PLAUSIBLE},
        {"W31", POUPA_SEVERITY_WARNING, POUPA_STAGE_CLAIM},
    };
    for (size_t i = 0; i < poupa_rule_count(); i++) {
        const poupa_rule *rule = poupa_rule_at(i);
        size_t k = 0;
        while (strncmp(rule->code, series[k].prefix, strlen(series[k].prefix)) != 0)
            k++;
        ck_assert_uint_lt(k, COUNT(series));
        ck_assert_int_eq(rule->severity, series[k].severity);
        ck_assert_int_eq(rule->stage, series[k].stage);
    }
}
END_TEST

START_TEST(a_name_in_the_source_agrees_with_its_code)
{
    ck_assert_str_eq(poupa__rules[POUPA__E1001_SYNTAX].code, "E1001");
    ck_assert_str_eq(poupa__rules[POUPA__E2017_LANGUAGE].code, "E2017");
    ck_assert_str_eq(poupa__rules[POUPA__W3001_MEMBER_NAME].code, "W3001");
    ck_assert_str_eq(poupa__rules[POUPA__W3024_NOTHING_STATED].code, "W3024");
    ck_assert_str_eq(poupa__rules[POUPA__W3102_DIFFERENT_LENGTHS].code, "W3102");
}
END_TEST

START_TEST(every_rule_has_a_title_and_a_text_that_ends_in_a_full_stop)
{
    for (size_t i = 0; i < poupa_rule_count(); i++) {
        const poupa_rule *rule = poupa_rule_at(i);
        ck_assert_uint_gt(strlen(rule->title), 5);
        ck_assert_uint_lt(strlen(rule->title), 50);
        ck_assert_msg(rule->text[strlen(rule->text) - 1] == '.', "%s", rule->code);
    }
}
END_TEST

START_TEST(a_rule_is_found_by_its_code)
{
    ck_assert_ptr_eq(poupa_rule_find("E2005"), &poupa__rules[POUPA__E2005_REFERENCE]);
    ck_assert_ptr_null(poupa_rule_find("E9999"));
    ck_assert_ptr_null(poupa_rule_find(""));
    ck_assert_ptr_null(poupa_rule_find(NULL));
}
END_TEST

START_TEST(severities_have_names)
{
    ck_assert_str_eq(poupa_severity_name(POUPA_SEVERITY_ERROR), "error");
    ck_assert_str_eq(poupa_severity_name(POUPA_SEVERITY_WARNING), "warning");
    ck_assert_str_eq(poupa_severity_name((poupa_severity)0), "unknown");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rules");
    TCase *fixtures = tcase_create("rules");
    int count = (int)poupa_rule_count();
    tcase_add_loop_test(fixtures, nothing_is_found_in_a_document_that_keeps_the_rule, 0, count);
    tcase_add_loop_test(fixtures, a_document_that_breaks_the_rule_is_told_so_in_these_words, 0,
                        count);
    tcase_add_test(fixtures, every_fixture_belongs_to_a_rule);
    tcase_add_test(fixtures, rules_are_in_the_order_of_their_codes);
    tcase_add_test(fixtures, a_code_says_severity_and_stage);
    tcase_add_test(fixtures, a_name_in_the_source_agrees_with_its_code);
    tcase_add_test(fixtures, every_rule_has_a_title_and_a_text_that_ends_in_a_full_stop);
    tcase_add_test(fixtures, a_rule_is_found_by_its_code);
    tcase_add_test(fixtures, severities_have_names);
    suite_add_tcase(suite, fixtures);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
