/* test_diag_render.c - findings as text for people. */
#include "diag/report.h"
#include "fixture.h"

/* What is printed for one finding at an offset of a text. */
static poupa_buffer print_at(const char *data, size_t offset, poupa_report_style style)
{
    poupa_report *report = NULL;
    poupa_buffer out = new_buffer();
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    poupa__report_add_at(report, POUPA__E1001_SYNTAX, offset, "wrong");
    ASSERT_OK(poupa_report_locate(report, data, strlen(data), &err));
    style.data = data;
    style.size = strlen(data);
    ASSERT_OK(poupa_report_write_text(report, &style, poupa__buffer_write, &out, &err));
    poupa_report_free(report);
    return out;
}

/* Asserts that the excerpt is the given two lines. */
static void assert_excerpt(const char *data, size_t offset, const char *expected)
{
    poupa_buffer out = print_at(data, offset, (poupa_report_style){0});
    char *line = strchr(out.data, '\n');
    ck_assert_ptr_nonnull(line);
    ck_assert_str_eq(line + 1, expected);
    poupa_buffer_free(&out);
}

/* A line of `count` times a piece. */
static char *repeat(const char *piece, size_t count)
{
    char *line = calloc(count * strlen(piece) + 1, 1);
    ck_assert_ptr_nonnull(line);
    for (size_t i = 0; i < count; i++)
        strcat(line, piece);
    return line;
}

START_TEST(a_finding_is_told_with_its_place_its_line_and_a_caret)
{
    poupa_buffer out =
        print_at("{\n  \"a\": \"bad\"\n}\n", 9, (poupa_report_style){.name = "a.json"});
    ck_assert_str_eq(out.data, "a.json:2:8: error: wrong [E1001]\n"
                               "     2 |   \"a\": \"bad\"\n"
                               "       |        ^~~~~\n");
    poupa_buffer_free(&out);
}
END_TEST

START_TEST(what_is_marked_is_a_string_a_word_a_number_or_one_character)
{
    static const struct {
        const char *data;
        size_t offset;
        const char *excerpt;
    } cases[] = {
        {"{\"a\\\"b\": 1}", 1, "     1 | {\"a\\\"b\": 1}\n       |  ^~~~~~\n"},
        {"[true, 1.5]", 1, "     1 | [true, 1.5]\n       |  ^~~~\n"},
        {"[true, 1.5]", 7, "     1 | [true, 1.5]\n       |        ^~~\n"},
        {"[true, 1.5]", 0, "     1 | [true, 1.5]\n       | ^\n"},
        {"[\"São\"]", 1, "     1 | [\"São\"]\n       |  ^~~~~\n"},
        {"[\"not closed", 1, "     1 | [\"not closed\n       |  ^~~~~~~~~~~\n"},
        {"[\"a\\", 1, "     1 | [\"a\\\n       |  ^~~\n"},
        {"[1", 2, "     1 | [1\n       |   ^\n"}, /* at the end */
        {"", 0, "     1 | \n       | ^\n"},
        {"[1\r\n]", 2, "     1 | [1\n       |   ^\n"},
        {"[1\n]", 3, "     2 | ]\n       | ^\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_excerpt(cases[i].data, cases[i].offset, cases[i].excerpt);
}
END_TEST

START_TEST(tabs_and_what_a_terminal_could_take_amiss_are_replaced)
{
    assert_excerpt("\t[\"\x1b[31m\x07\x7f\", 1]", 12,
                   "     1 |  [\"?[31m??\", 1]\n       |             ^\n");
    assert_excerpt("[\"\xff\xc2\x9b\", 1]", 8, "     1 | [\"??\", 1]\n       |        ^\n");
    /* As in columns, a byte that continues nothing is part of what stands before it. */
    assert_excerpt("[\"\x80\x80\"]", 5, "     1 | [?\"]\n       |    ^\n");
}
END_TEST

START_TEST(a_long_line_is_cut_around_the_place)
{
    static const char *const pieces[] = {"a", "é", "😀"};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        size_t width = strlen(pieces[i]);
        char *line = repeat(pieces[i], 1000), *shown = repeat(pieces[i], 90);
        char expected[1024];
        snprintf(expected, sizeof expected, "     1 | ...%s...\n       | %*s^", shown, 53, "");
        poupa_buffer out = print_at(line, 500 * width, (poupa_report_style){0});
        char *excerpt = strchr(out.data, '\n') + 1;
        ck_assert_int_eq(strncmp(excerpt, expected, strlen(expected)), 0);
        poupa_buffer_free(&out);
        free(line);
        free(shown);
    }
}
END_TEST

START_TEST(colours_are_used_where_they_are_wanted)
{
    poupa_buffer out = print_at("[x]", 1, (poupa_report_style){.name = "a.json", .color = true});
    ck_assert_str_eq(out.data, "\033[1ma.json:1:2: \033[1;31merror:\033[0m wrong "
                               "[E1001]\n"
                               "     1 | [x]\n"
                               "       |  \033[1;32m^\033[0m\n");
    poupa_buffer_free(&out);
}
END_TEST

START_TEST(a_finding_without_a_place_or_a_text_is_told_plainly)
{
    poupa_report *report = NULL;
    poupa_buffer out = new_buffer();
    poupa__place place = {POUPA_KIND_UNIT, 0, "name", POUPA__NONE, false};
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    poupa__report_add(report, POUPA__W3003_EMPTY_TEXT, place, "empty");
    ASSERT_OK(poupa_report_write_text(report, NULL, poupa__buffer_write, &out, &err));
    ck_assert_str_eq(out.data, "warning: empty [W3003 /units/0/name]\n");
    out.size = 0;
    poupa_report_style named = {.name = "a.json"};
    ASSERT_OK(poupa_report_write_text(report, &named, poupa__buffer_write, &out, &err));
    ck_assert_str_eq(out.data, "a.json: warning: empty [W3003 /units/0/name]\n");
    poupa_buffer_free(&out);
    poupa_report_free(report);
}
END_TEST

static bool refuse(void *context, const char *data, size_t size)
{
    (void)data;
    (void)size;
    ++*(int *)context;
    return false;
}

START_TEST(output_that_fails_ends_the_telling)
{
    poupa_report *report = NULL;
    int calls = 0;
    ASSERT_OK(poupa_report_new(NULL, &report, &err));
    poupa__report_add_at(report, POUPA__E1001_SYNTAX, 0, "one");
    poupa__report_add_at(report, POUPA__E1001_SYNTAX, 0, "two");
    ASSERT_FAILS(poupa_report_write_text(report, NULL, refuse, &calls, &err), POUPA_ERR_IO);
    ck_assert_int_eq(calls, 1);
    ASSERT_FAILS(poupa_report_write_text(report, NULL, NULL, NULL, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_report_write_text(NULL, NULL, refuse, &calls, &err), POUPA_ERR_ARGUMENT);
    poupa_report_free(report);
}
END_TEST

int main(void)
{
    return RUN_SUITE("diag: telling", a_finding_is_told_with_its_place_its_line_and_a_caret,
                     what_is_marked_is_a_string_a_word_a_number_or_one_character,
                     tabs_and_what_a_terminal_could_take_amiss_are_replaced,
                     a_long_line_is_cut_around_the_place, colours_are_used_where_they_are_wanted,
                     a_finding_without_a_place_or_a_text_is_told_plainly,
                     output_that_fails_ends_the_telling);
}
