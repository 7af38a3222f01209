/* test_base_writer.c - writing JSON text piece by piece. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/writer.h"
#include "counting.h"
#include "suite.h"

/* What a piece of code writes, and how that ends. */
typedef struct written {
    poupa_buffer text;
    poupa_status status;
    poupa_error err;
} written;

typedef void (*write_pieces)(poupa_writer *writer);

static written write_with(write_pieces pieces, bool pretty)
{
    written out = {0};
    poupa__buffer_init(&out.text, poupa__allocator(NULL));
    ck_assert(poupa__buffer_append(&out.text, "", 0));
    poupa_writer *writer = NULL;
    poupa_write_options options = {.pretty = pretty};
    ASSERT_OK(poupa_writer_new(&options, poupa__buffer_write, &out.text, &writer, &err));
    pieces(writer);
    out.status = poupa_writer_finish(writer, &out.err);
    poupa_writer_free(writer);
    return out;
}

/* Lays a JSON text out anew. */
static written lay_out(const char *json, bool pretty)
{
    written out = {0};
    poupa__buffer_init(&out.text, poupa__allocator(NULL));
    poupa_writer *writer = NULL;
    poupa_write_options options = {.pretty = pretty};
    ASSERT_OK(poupa_writer_new(&options, poupa__buffer_write, &out.text, &writer, &err));
    poupa_writer_json(writer, json, strlen(json));
    out.status = poupa_writer_finish(writer, &out.err);
    poupa_writer_free(writer);
    return out;
}

/* -- Layout -------------------------------------------------------------- */

static void write_one_of_each(poupa_writer *writer)
{
    static const char json[] = " { \"a\" : [ 1 , \"\\u00e3\\/\" ] } ";
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "text");
    poupa_writer_text(writer, "São \"Sé\"");
    poupa_writer_key(writer, "absent");
    poupa_writer_text(writer, NULL);
    poupa_writer_key(writer, "numbers");
    poupa_writer_begin_array(writer);
    poupa_writer_number(writer, 12.2);
    poupa_writer_number(writer, INFINITY);
    poupa_writer_integer(writer, INT64_MIN);
    poupa_writer_end_array(writer);
    poupa_writer_key(writer, "truths");
    poupa_writer_begin_array(writer);
    poupa_writer_boolean(writer, true);
    poupa_writer_boolean(writer, false);
    poupa_writer_null(writer);
    poupa_writer_end_array(writer);
    poupa_writer_key(writer, "empty");
    poupa_writer_begin_array(writer);
    poupa_writer_begin_object(writer);
    poupa_writer_end_object(writer);
    poupa_writer_begin_array(writer);
    poupa_writer_end_array(writer);
    poupa_writer_end_array(writer);
    poupa_writer_key(writer, "json");
    poupa_writer_json(writer, json, strlen(json));
    poupa__writer_plain_key(writer, "plain", 5);
    poupa__writer_plain_text(writer, "text", 4);
    poupa_writer_end_object(writer);
}

START_TEST(compact_text_has_no_spaces)
{
    written out = write_with(write_one_of_each, false);
    ck_assert_int_eq(out.status, POUPA_OK);
    ck_assert_str_eq(out.text.data, "{\"text\":\"São \\\"Sé\\\"\",\"absent\":null,"
                                    "\"numbers\":[12.2,null,-9223372036854775808],"
                                    "\"truths\":[true,false,null],\"empty\":[{},[]],"
                                    "\"json\":{\"a\":[1,\"ã/\"]},\"plain\":\"text\"}");
    poupa_buffer_free(&out.text);
}
END_TEST

START_TEST(pretty_text_is_indented_with_short_lists_on_one_line)
{
    written out = write_with(write_one_of_each, true);
    ck_assert_int_eq(out.status, POUPA_OK);
    ck_assert_str_eq(out.text.data, "{\n"
                                    "  \"text\": \"São \\\"Sé\\\"\",\n"
                                    "  \"absent\": null,\n"
                                    "  \"numbers\": [12.2, null, -9223372036854775808],\n"
                                    "  \"truths\": [true, false, null],\n"
                                    "  \"empty\": [\n"
                                    "    {},\n"
                                    "    []\n"
                                    "  ],\n"
                                    "  \"json\": {\n"
                                    "    \"a\": [1, \"ã/\"]\n"
                                    "  },\n"
                                    "  \"plain\": \"text\"\n"
                                    "}\n");
    poupa_buffer_free(&out.text);
}
END_TEST

START_TEST(a_list_that_does_not_fit_on_a_line_takes_one_for_each_item)
{
    char json[512] = "{\"key\":[";
    char broken[1024] = "{\n  \"key\": [\n    \"";
    char item[80];
    memset(item, 'x', sizeof item - 1);
    item[sizeof item - 1] = '\0';
    strcat(strcat(strcat(json, "\""), item), "\",\"second\"");
    strcat(strcat(broken, item), "\",\n    \"second\"");
    written out = lay_out(strcat(json, "]}"), true);
    ck_assert_str_eq(out.text.data, strcat(broken, "\n  ]\n}\n"));
    poupa_buffer_free(&out.text);
}
END_TEST

START_TEST(laying_out_pretty_text_anew_changes_nothing)
{
    uint64_t seed = 3;
    for (int round = 0; round < 200; round++) {
        char json[4096] = "[";
        size_t items = (size_t)(next_random(&seed) % 60);
        for (size_t i = 0; i < items; i++) {
            static const char *const values[] = {
                "1", "\"a longer text\"", "[]", "{\"a\":[1,2]}", "-0.5", "[[true,null],\"é\"]"};
            /* Mostly scalars, so that lists fill their line before they break. */
            size_t pick = next_random(&seed) % 32;
            strcat(strcat(json, i ? "," : ""), values[pick < COUNT(values) ? pick : pick % 2]);
        }
        written once = lay_out(strcat(json, "]"), true);
        written twice = lay_out(once.text.data, true);
        written compact = lay_out(once.text.data, false);
        ck_assert_int_eq(once.status, POUPA_OK);
        ck_assert_str_eq(once.text.data, twice.text.data);
        ck_assert_str_eq(compact.text.data, json);
        poupa_buffer_free(&once.text);
        poupa_buffer_free(&twice.text);
        poupa_buffer_free(&compact.text);
    }
}
END_TEST

static void write_every_character_below_128(poupa_writer *writer)
{
    char text[128];
    for (int i = 1; i < 128; i++)
        text[i - 1] = (char)i;
    text[127] = '\0';
    poupa_writer_text(writer, text);
}

START_TEST(only_what_must_be_is_escaped)
{
    written out = write_with(write_every_character_below_128, false);
    ck_assert_str_eq(
        out.text.data,
        "\"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
        "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b"
        "\\u001c\\u001d\\u001e\\u001f !\\\"#$%&'()*+,-./0123456789:;<=>?@"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\x7f\"");
    poupa_buffer_free(&out.text);
}
END_TEST

/* -- The grammar --------------------------------------------------------- */

static void nothing(poupa_writer *writer)
{
    (void)writer;
}
static void open_end(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
}
static void two_values(poupa_writer *writer)
{
    poupa_writer_null(writer);
    poupa_writer_null(writer);
}
static void value_without_key(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_null(writer);
}
static void key_in_list(poupa_writer *writer)
{
    poupa_writer_begin_array(writer);
    poupa_writer_key(writer, "a");
}
static void key_alone(poupa_writer *writer)
{
    poupa_writer_key(writer, "a");
}
static void key_behind_key(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "a");
    poupa_writer_key(writer, "b");
}
static void no_key(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, NULL);
}
static void end_without_value(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "a");
    poupa_writer_end_object(writer);
}
static void wrong_end(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_end_array(writer);
}
static void end_of_nothing(poupa_writer *writer)
{
    poupa_writer_end_array(writer);
}
static void bad_utf8(poupa_writer *writer)
{
    poupa_writer_text(writer, "S\xe3o");
}
static void bad_key(poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "S\xe3o");
}
static void bad_json(poupa_writer *writer)
{
    poupa_writer_json(writer, "[1,]", 4);
}
static void no_json(poupa_writer *writer)
{
    poupa_writer_json(writer, NULL, 0);
}
static void too_deep(poupa_writer *writer)
{
    for (int i = 0; i < 200; i++)
        poupa_writer_begin_array(writer);
}
static void value_in_list_behind_end(poupa_writer *writer)
{
    poupa_writer_begin_array(writer);
    poupa_writer_end_array(writer);
    poupa_writer_begin_array(writer);
}

START_TEST(pieces_that_do_not_fit_the_grammar_are_an_error)
{
    static const struct {
        write_pieces pieces;
        const char *why;
    } cases[] = {
        {nothing, "the text is not complete"},
        {open_end, "the text is not complete"},
        {two_values, "the text has one value only"},
        {value_in_list_behind_end, "the text has one value only"},
        {value_without_key, "an object takes a key before each value"},
        {key_in_list, "a key that no object expects"},
        {key_alone, "a key that no object expects"},
        {key_behind_key, "a key that no object expects"},
        {no_key, "a key that is NULL"},
        {end_without_value, "nothing to end here"},
        {wrong_end, "nothing to end here"},
        {end_of_nothing, "nothing to end here"},
        {bad_utf8, "a text that is not UTF-8"},
        {bad_key, "a text that is not UTF-8"},
        {bad_json, "a text that is not one JSON value"},
        {no_json, "a text that is not one JSON value"},
        {too_deep, "nested too deep"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int pretty = 0; pretty < 2; pretty++) {
            written out = write_with(cases[i].pieces, pretty);
            ck_assert_int_eq(out.status, POUPA_ERR_ARGUMENT);
            ck_assert_msg(strstr(out.err.message, cases[i].why) != NULL, "%s", out.err.message);
            ck_assert_str_eq(out.text.data, "");
            poupa_buffer_free(&out.text);
        }
    }
}
END_TEST

static void stumble_and_go_on(poupa_writer *writer)
{
    end_of_nothing(writer);
    write_one_of_each(writer);
    write_every_character_below_128(writer);
}

START_TEST(after_the_first_error_nothing_is_done)
{
    written out = write_with(stumble_and_go_on, true);
    ck_assert_int_eq(out.status, POUPA_ERR_ARGUMENT);
    ck_assert_str_eq(out.err.message, "writing JSON: nothing to end here");
    ck_assert_str_eq(out.text.data, "");
    poupa_buffer_free(&out.text);
}
END_TEST

START_TEST(a_writer_that_is_null_takes_everything_and_finishes_with_an_error)
{
    write_one_of_each(NULL);
    ASSERT_FAILS(poupa_writer_finish(NULL, &err), POUPA_ERR_ARGUMENT);
    poupa_writer_free(NULL);
    poupa_writer *writer = NULL;
    ASSERT_FAILS(poupa_writer_new(NULL, NULL, NULL, &writer, &err), POUPA_ERR_ARGUMENT);
    ASSERT_FAILS(poupa_writer_new(NULL, poupa__buffer_write, NULL, NULL, &err),
                 POUPA_ERR_ARGUMENT);
}
END_TEST

/* -- Output -------------------------------------------------------------- */

/* Takes pieces until it has had enough. */
typedef struct fussy {
    size_t pieces_left;
    size_t size;
} fussy;

static bool take_some(void *context, const char *data, size_t size)
{
    fussy *reader = context;
    ck_assert_ptr_nonnull(data);
    if (reader->pieces_left == 0)
        return false;
    reader->pieces_left--;
    reader->size += size;
    return true;
}

START_TEST(output_comes_in_large_pieces_and_any_of_them_may_fail)
{
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t taken = 0; taken <= 20; taken++) {
        fussy reader = {.pieces_left = taken};
        poupa_writer *writer = NULL;
        ASSERT_OK(poupa_writer_new(NULL, take_some, &reader, &writer, &err));
        poupa_writer_begin_array(writer);
        for (int i = 0; i < 1000; i++)
            poupa_writer_text(writer, text);
        poupa_writer_end_array(writer);
        poupa_error err;
        poupa_status status = poupa_writer_finish(writer, &err);
        poupa_writer_free(writer);
        bool enough = reader.size == 1000 * (sizeof text + 2) + 1;
        ck_assert_int_eq(status, enough ? POUPA_OK : POUPA_ERR_IO);
        ck_assert(enough == (taken >= 16));
        ck_assert(enough || reader.pieces_left == 0);
    }
}
END_TEST

START_TEST(without_memory_the_writer_says_so)
{
    poupa_status status = POUPA_ERR_MEMORY;
    size_t failures = 0;
    for (size_t at = 1; status == POUPA_ERR_MEMORY; at++) {
        counting state = {.fail_at = at};
        poupa_allocator allocator = counting_allocator(&state);
        poupa_write_options options = {.pretty = true, .allocator = &allocator};
        fussy reader = {.pieces_left = SIZE_MAX};
        poupa_writer *writer = NULL;
        status = poupa_writer_new(&options, take_some, &reader, &writer, NULL);
        if (status == POUPA_OK) {
            write_one_of_each(writer);
            status = poupa_writer_finish(writer, NULL);
        }
        poupa_writer_free(writer);
        assert_nothing_leaked(&state);
        failures += status == POUPA_ERR_MEMORY;
    }
    ck_assert_int_eq(status, POUPA_OK);
    ck_assert_uint_gt(failures, 3);
}
END_TEST

int main(void)
{
    return RUN_SUITE(
        "base: writer", compact_text_has_no_spaces,
        pretty_text_is_indented_with_short_lists_on_one_line,
        a_list_that_does_not_fit_on_a_line_takes_one_for_each_item,
        laying_out_pretty_text_anew_changes_nothing, only_what_must_be_is_escaped,
        pieces_that_do_not_fit_the_grammar_are_an_error, after_the_first_error_nothing_is_done,
        a_writer_that_is_null_takes_everything_and_finishes_with_an_error,
        output_comes_in_large_pieces_and_any_of_them_may_fail, without_memory_the_writer_says_so);
}
