/* test_base_jsontext.c - the strict scanner of JSON text. */
#include <string.h>

#include "base/jsontext.h"
#include "suite.h"

/* A text of `count` times `piece`, with `last` in the middle and `closing` as often behind. */
static char *nested(size_t count, const char *piece, const char *last, char closing)
{
    size_t size = strlen(piece);
    char *text = calloc(count * (size + 1) + strlen(last) + 1, 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * size, piece, size);
    strcat(text + count * size, last);
    memset(text + count * size + strlen(last), closing, count);
    return text;
}

START_TEST(what_is_json_is_accepted)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "\"\"",
        "0",
        "-0",
        "true",
        "false",
        "null",
        " \t\r\n1 \t\r\n",
        "{\"a\":{\"b\":[1,-2.5,3e8,4E+9,5e-10,0.0]},\"\":null}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e3\\u00E3\\uD83D\\uDE00 São €😀\x7f\"",
        "[[],[[]],{},\"a\",[true,false,null]]",
        "123456789012345678901234567890",
        "1e99999",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        poupa__json_fault fault;
        ck_assert_msg(poupa__json_check(texts[i], strlen(texts[i]), 64, &fault), "%s: %s",
                      texts[i], fault.message);
    }
}
END_TEST

#define FAULT(text, rule, offset, message)                                                       \
    {                                                                                            \
        text, sizeof text - 1, rule, offset, message                                             \
    }

static const struct {
    const char *text;
    size_t size;
    poupa__rule rule;
    size_t offset;
    const char *message;
} faults[] = {
    FAULT("", POUPA__E1002_TRUNCATED, 0, "the text ends where a value is expected"),
    FAULT("  ", POUPA__E1002_TRUNCATED, 2, "the text ends where a value is expected"),
    FAULT("[", POUPA__E1002_TRUNCATED, 1, "the text ends where a value is expected"),
    FAULT("[1", POUPA__E1002_TRUNCATED, 2, "the text ends where ',' or ']' is expected"),
    FAULT("[1,", POUPA__E1002_TRUNCATED, 3, "the text ends where a value is expected"),
    FAULT("{", POUPA__E1002_TRUNCATED, 1,
          "the text ends where a key in quotes or '}' is expected"),
    FAULT("{\"a", POUPA__E1002_TRUNCATED, 3, "the text ends inside a string"),
    FAULT("{\"a\"", POUPA__E1002_TRUNCATED, 4, "the text ends where ':' is expected"),
    FAULT("{\"a\":", POUPA__E1002_TRUNCATED, 5, "the text ends where a value is expected"),
    FAULT("{\"a\":1", POUPA__E1002_TRUNCATED, 6, "the text ends where ',' or '}' is expected"),
    FAULT("{\"a\":1,", POUPA__E1002_TRUNCATED, 7,
          "the text ends where a key in quotes is expected"),
    FAULT("\"\\", POUPA__E1002_TRUNCATED, 2, "the text ends inside a string"),
    FAULT("\"\\u12", POUPA__E1001_SYNTAX, 1, "\\u takes four hexadecimal digits"),
    FAULT("tru", POUPA__E1002_TRUNCATED, 3,
          "the text ends where true, false or null is expected"),
    FAULT("-", POUPA__E1002_TRUNCATED, 1, "the text ends where a digit is expected"),
    FAULT("1.", POUPA__E1002_TRUNCATED, 2, "the text ends where a digit is expected"),
    FAULT("1e", POUPA__E1002_TRUNCATED, 2, "the text ends where a digit is expected"),
    FAULT("[1,]", POUPA__E1001_SYNTAX, 3, "a comma before ']'"),
    FAULT("{\"a\":1,}", POUPA__E1001_SYNTAX, 7, "a comma before '}'"),
    FAULT("[,1]", POUPA__E1001_SYNTAX, 1, "expected a value, found ','"),
    FAULT("[1 2]", POUPA__E1001_SYNTAX, 3, "expected ',' or ']', found '2'"),
    FAULT("{\"a\" 1}", POUPA__E1001_SYNTAX, 5, "expected ':', found '1'"),
    FAULT("{\"a\":1 \"b\":2}", POUPA__E1001_SYNTAX, 7, "expected ',' or '}', found '\"'"),
    FAULT("{a:1}", POUPA__E1001_SYNTAX, 1, "expected a key in quotes or '}', found 'a'"),
    FAULT("{'a':1}", POUPA__E1001_SYNTAX, 1, "expected a key in quotes or '}', found '''"),
    FAULT("{\"a\":1,2}", POUPA__E1001_SYNTAX, 7, "expected a key in quotes, found '2'"),
    FAULT("[1}", POUPA__E1001_SYNTAX, 2, "expected ',' or ']', found '}'"),
    FAULT("{} {}", POUPA__E1001_SYNTAX, 3, "expected the end of the text, found '{'"),
    FAULT("// no", POUPA__E1001_SYNTAX, 0, "expected a value, found '/'"),
    FAULT("nul!", POUPA__E1001_SYNTAX, 3, "expected true, false or null, found '!'"),
    FAULT("True", POUPA__E1001_SYNTAX, 0, "expected a value, found 'T'"),
    FAULT("01", POUPA__E1001_SYNTAX, 0, "a number has no leading zero"),
    FAULT("-01.5", POUPA__E1001_SYNTAX, 1, "a number has no leading zero"),
    FAULT("+1", POUPA__E1001_SYNTAX, 0, "expected a value, found '+'"),
    FAULT(".5", POUPA__E1001_SYNTAX, 0, "expected a value, found '.'"),
    FAULT("1.e5", POUPA__E1001_SYNTAX, 2, "expected a digit, found 'e'"),
    FAULT("1e+", POUPA__E1002_TRUNCATED, 3, "the text ends where a digit is expected"),
    FAULT("[é]", POUPA__E1001_SYNTAX, 1, "expected a value, found 'é'"),
    FAULT("[😀]", POUPA__E1001_SYNTAX, 1, "expected a value, found '😀'"),
    FAULT("[\x01]", POUPA__E1001_SYNTAX, 1, "expected a value, found the control character 0x01"),
    FAULT("[\x7f]", POUPA__E1001_SYNTAX, 1, "expected a value, found the control character 0x7F"),
    FAULT("[\0]", POUPA__E1001_SYNTAX, 1, "expected a value, found the control character 0x00"),
    FAULT("\"a\nb\"", POUPA__E1001_SYNTAX, 2,
          "the control character 0x0A must be escaped in a string"),
    FAULT("\"\\x41\"", POUPA__E1001_SYNTAX, 1,
          "this escape is none of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"),
    FAULT("\"\\u12g4\"", POUPA__E1001_SYNTAX, 1, "\\u takes four hexadecimal digits"),
    FAULT("\"a\\u0000\"", POUPA__E1009_ESCAPE, 2, "\\u0000 is not allowed"),
    FAULT("\"\\uDE00\"", POUPA__E1009_ESCAPE, 1, "\\uDE00 is the second half of a pair"),
    FAULT("\"\\uD83D\"", POUPA__E1009_ESCAPE, 1,
          "\\uD83D is half of a pair, and its other half does not follow"),
    FAULT("\"\\uD83D\\u0041\"", POUPA__E1009_ESCAPE, 1,
          "\\uD83D is half of a pair, and its other half does not follow"),
    FAULT("\"\\uD83D\\uD83D\"", POUPA__E1009_ESCAPE, 1,
          "\\uD83D is half of a pair, and its other half does not follow"),
    FAULT("\"S\xe3o\"", POUPA__E1005_UTF8, 2, "byte 0xE3 is not UTF-8"),
    FAULT("[\xff]", POUPA__E1005_UTF8, 1, "byte 0xFF is not UTF-8"),
    FAULT("\"\xed\xa0\x80\"", POUPA__E1005_UTF8, 1, "byte 0xED is not UTF-8"),
    FAULT("\"\xc0\xaf\"", POUPA__E1005_UTF8, 1, "byte 0xC0 is not UTF-8"),
};

START_TEST(what_is_not_json_is_refused_at_its_place_and_in_words)
{
    for (size_t i = 0; i < COUNT(faults); i++) {
        poupa__json_fault fault = {0};
        ck_assert_msg(!poupa__json_check(faults[i].text, faults[i].size, 64, &fault), "%s",
                      faults[i].text);
        ck_assert_str_eq(fault.message, faults[i].message);
        ck_assert_int_eq(fault.rule, faults[i].rule);
        ck_assert_uint_eq(fault.offset, faults[i].offset);
    }
}
END_TEST

START_TEST(nesting_ends_at_the_limit)
{
    static const struct {
        const char *piece;
        char closing;
    } shapes[] = {{"[", ']'}, {"{\"a\":", '}'}};
    for (size_t i = 0; i < COUNT(shapes); i++) {
        for (size_t limit = 1; limit <= 64; limit += 21) {
            poupa__json_fault fault;
            char *text = nested(limit, shapes[i].piece, "1", shapes[i].closing);
            ck_assert(poupa__json_check(text, strlen(text), limit, &fault));
            ck_assert(!poupa__json_check(text, strlen(text), limit - 1, &fault));
            ck_assert_int_eq(fault.rule, POUPA__E1007_DEPTH);
            ck_assert_uint_eq(fault.offset, (limit - 1) * strlen(shapes[i].piece));
            free(text);
        }
    }
}
END_TEST

START_TEST(very_deep_nesting_is_refused_without_going_there)
{
    char *text = nested(100000, "[", "", ']');
    poupa__json_fault fault;
    ck_assert(!poupa__json_check(text, strlen(text), 64, &fault));
    ck_assert_int_eq(fault.rule, POUPA__E1007_DEPTH);
    ck_assert_uint_eq(fault.offset, 64);
    ck_assert_str_eq(fault.message, "nested deeper than 64 levels");
    free(text);
}
END_TEST

START_TEST(a_string_is_decoded)
{
    static const struct {
        const char *inside;
        const char *decoded;
    } cases[] = {
        {"", ""},
        {"plain São", "plain São"},
        {"\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t"},
        {"\\u0041\\u00e3\\u00E3\\u20ac\\uFFFD", "Aãã€\xef\xbf\xbd"},
        {"\\uD800\\uDC00\\uD83D\\uDE00\\uDBFF\\uDFFF", "𐀀😀\xf4\x8f\xbf\xbf"},
        {"\\u007f\\u0080\\u07ff\\u0800", "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char out[64];
        size_t size = poupa__json_unescape(cases[i].inside, strlen(cases[i].inside), out);
        ck_assert_uint_eq(size, strlen(cases[i].decoded));
        ck_assert_mem_eq(out, cases[i].decoded, size);
    }
}
END_TEST

START_TEST(a_key_is_the_same_however_it_is_written)
{
    static const struct {
        const char *text;
        bool unique;
    } cases[] = {
        {"{\"a\":1,\"b\":2}", true},
        {"{\"a\":1,\"a\":2}", false},
        {"{\"a\":1,\"\\u0061\":2}", false},
        {"{\"ã\":1,\"\\u00e3\":2}", false},
        {"{\"\\u00e3\":1,\"ã\":2}", false},
        {"{\"\\ud83d\\ude00\":1,\"😀\":2}", false},
        {"{\"\\u00e3\":1,\"ä\":2}", true},
        {"{\"ab\":1,\"a\":2,\"abc\":3,\"\":4}", true},
        {"{\"\":1,\"\":2}", false},
        {"[{\"a\":1},{\"a\":2}]", true},
        {"{\"a\":{\"a\":{\"a\":[]}},\"b\":[{\"c\":1,\"c\":1}]}", false},
        {"\"a\"", true},
        {"[]", true},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_msg(poupa__json_keys_unique(cases[i].text, strlen(cases[i].text)) ==
                          cases[i].unique,
                      "%s", cases[i].text);
}
END_TEST

START_TEST(a_container_can_be_walked)
{
    static const char text[] = " {\"a\" : 1, \"b\": [true, \"x\"]} ";
    poupa__json_cursor cursor = poupa__json_start(text, strlen(text), 64);
    ck_assert_int_eq(poupa__json_peek(&cursor), '{');
    ck_assert(poupa__json_open(&cursor));
    ck_assert_uint_eq(cursor.depth, 1);
    ck_assert(poupa__json_next(&cursor, true, '}'));
    ck_assert(poupa__json_string(&cursor) && poupa__json_colon(&cursor));
    ck_assert(poupa__json_value(&cursor));
    ck_assert(poupa__json_next(&cursor, false, '}'));
    ck_assert_uint_eq(cursor.at, strlen(" {\"a\" : 1, "));
    ck_assert(poupa__json_string(&cursor) && poupa__json_colon(&cursor));
    ck_assert(poupa__json_value(&cursor));
    ck_assert(!poupa__json_next(&cursor, false, '}'));
    ck_assert(!poupa__json_failed(&cursor));
    ck_assert_uint_eq(cursor.depth, 0);
    ck_assert_int_eq(poupa__json_peek(&cursor), -1);
}
END_TEST

int main(void)
{
    return RUN_SUITE("base: JSON text", what_is_json_is_accepted,
                     what_is_not_json_is_refused_at_its_place_and_in_words,
                     nesting_ends_at_the_limit, very_deep_nesting_is_refused_without_going_there,
                     a_string_is_decoded, a_key_is_the_same_however_it_is_written,
                     a_container_can_be_walked);
}
