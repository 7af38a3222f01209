/* jsontext.c - a strict scanner of JSON text (RFC 8259). */
#include "jsontext.h"

#include <string.h>

#include "error.h"
#include "text.h"

poupa__json_cursor poupa__json_start(const char *data, size_t size, size_t max_depth)
{
    return (poupa__json_cursor){
        .data = data, .size = size, .max_depth = max_depth, .fault = {.rule = POUPA__RULE_COUNT}};
}

bool poupa__json_failed(const poupa__json_cursor *cursor)
{
    return cursor->fault.rule != POUPA__RULE_COUNT;
}

POUPA__PRINTF(4, 5)
static bool fail_at(poupa__json_cursor *cursor, poupa__rule rule, size_t offset,
                    const char *format, ...)
{
    cursor->fault.rule = rule;
    cursor->fault.offset = offset;
    va_list arguments;
    va_start(arguments, format);
    poupa__format(cursor->fault.message, sizeof cursor->fault.message, format, arguments);
    va_end(arguments);
    return false;
}

/* Fails because something else was expected at the cursor. */
static bool fail_expected(poupa__json_cursor *cursor, const char *expected)
{
    if (cursor->at >= cursor->size)
        return fail_at(cursor, POUPA__E1002_TRUNCATED, cursor->size,
                       "the text ends where %s is expected", expected);
    const char *found = cursor->data + cursor->at;
    size_t left = cursor->size - cursor->at;
    size_t good = poupa__utf8_span(found, left < 4 ? left : 4);
    if (good == 0)
        return fail_at(cursor, POUPA__E1005_UTF8, cursor->at, "byte 0x%02X is not UTF-8",
                       (unsigned)(unsigned char)*found);
    size_t length = 1;
    while (length < good && ((unsigned char)found[length] & 0xC0) == 0x80)
        length++;
    if ((unsigned char)*found < 0x20 || *found == 0x7F)
        return fail_at(cursor, POUPA__E1001_SYNTAX, cursor->at,
                       "expected %s, found the control character 0x%02X", expected,
                       (unsigned)(unsigned char)*found);
    return fail_at(cursor, POUPA__E1001_SYNTAX, cursor->at, "expected %s, found '%.*s'", expected,
                   (int)length, found);
}

int poupa__json_peek(poupa__json_cursor *cursor)
{
    while (cursor->at < cursor->size) {
        char byte = cursor->data[cursor->at];
        if (byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t')
            return (unsigned char)byte;
        cursor->at++;
    }
    return -1;
}

/* -- Strings ------------------------------------------------------------- */

static int hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* The code unit of the \uXXXX at `at`; -1 where there is none. */
static int32_t code_unit(const char *data, size_t size, size_t at)
{
    if (size - at < 6 || data[at] != '\\' || data[at + 1] != 'u')
        return -1;
    int32_t unit = 0;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_digit(data[at + i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static bool is_surrogate(int32_t unit, int32_t first)
{
    return unit >= first && unit < first + 0x400;
}

/* Skips the escape at the cursor. */
static bool escape(poupa__json_cursor *cursor)
{
    size_t start = cursor->at;
    if (cursor->size - start < 2)
        return fail_at(cursor, POUPA__E1002_TRUNCATED, cursor->size,
                       "the text ends inside a string");
    if (cursor->data[start + 1] != 'u') {
        if (!memchr("\"\\/bfnrt", cursor->data[start + 1], 8))
            return fail_at(cursor, POUPA__E1001_SYNTAX, start,
                           "this escape is none of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
        cursor->at += 2;
        return true;
    }
    int32_t unit = code_unit(cursor->data, cursor->size, start);
    if (unit < 0)
        return fail_at(cursor, POUPA__E1001_SYNTAX, start, "\\u takes four hexadecimal digits");
    if (unit == 0)
        return fail_at(cursor, POUPA__E1009_ESCAPE, start, "\\u0000 is not allowed");
    cursor->at += 6;
    if (is_surrogate(unit, 0xDC00))
        return fail_at(cursor, POUPA__E1009_ESCAPE, start, "\\u%04X is the second half of a pair",
                       (unsigned)unit);
    if (is_surrogate(unit, 0xD800)) {
        if (!is_surrogate(code_unit(cursor->data, cursor->size, cursor->at), 0xDC00))
            return fail_at(cursor, POUPA__E1009_ESCAPE, start,
                           "\\u%04X is half of a pair, and its other half does not follow",
                           (unsigned)unit);
        cursor->at += 6;
    }
    return true;
}

bool poupa__json_string(poupa__json_cursor *cursor)
{
    if (cursor->at >= cursor->size || cursor->data[cursor->at] != '"')
        return fail_expected(cursor, "a string");
    cursor->at++;
    while (cursor->at < cursor->size) {
        const char *data = cursor->data + cursor->at;
        unsigned char byte = (unsigned char)*data;
        if (byte == '"') {
            cursor->at++;
            return true;
        }
        if (byte == '\\') {
            if (!escape(cursor))
                return false;
        } else if (byte < 0x20) {
            return fail_at(cursor, POUPA__E1001_SYNTAX, cursor->at,
                           "the control character 0x%02X must be escaped in a string",
                           (unsigned)byte);
        } else if (byte < 0x80) {
            cursor->at++;
        } else {
            size_t left = cursor->size - cursor->at;
            size_t good = poupa__utf8_span(data, left < 4 ? left : 4);
            if (good == 0)
                return fail_at(cursor, POUPA__E1005_UTF8, cursor->at, "byte 0x%02X is not UTF-8",
                               (unsigned)byte);
            while (good > 0 && (unsigned char)cursor->data[cursor->at] >= 0x80) {
                cursor->at++;
                good--;
            }
        }
    }
    return fail_at(cursor, POUPA__E1002_TRUNCATED, cursor->size, "the text ends inside a string");
}

static size_t put_character(uint32_t point, char *out)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(leads[more] | point >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (point >> (6 * (more - i)) & 0x3F));
    return more + 1;
}

/* Decodes the character at *at, an escape or a byte, and moves *at behind it. Returns the
 * length of what it put out. */
static size_t take_character(const char *data, size_t size, size_t *at, char out[4])
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    size_t start = *at;
    if (data[start] != '\\') {
        *at += 1;
        out[0] = data[start];
        return 1;
    }
    if (data[start + 1] != 'u') {
        *at += 2;
        out[0] = to[strchr(from, data[start + 1]) - from];
        return 1;
    }
    *at += 6;
    uint32_t point = (uint32_t)code_unit(data, size, start);
    if (is_surrogate((int32_t)point, 0xD800)) {
        point =
            0x10000 + ((point - 0xD800) << 10) + ((uint32_t)code_unit(data, size, *at) - 0xDC00);
        *at += 6;
    }
    return put_character(point, out);
}

size_t poupa__json_unescape(const char *data, size_t size, char *out)
{
    size_t length = 0;
    char character[4];
    for (size_t at = 0; at < size;) {
        size_t more = take_character(data, size, &at, character);
        memcpy(out + length, character, more);
        length += more;
    }
    return length;
}

/* -- Numbers and literals ------------------------------------------------ */

static bool digits(poupa__json_cursor *cursor)
{
    size_t start = cursor->at;
    while (cursor->at < cursor->size && cursor->data[cursor->at] >= '0' &&
           cursor->data[cursor->at] <= '9')
        cursor->at++;
    return cursor->at > start || fail_expected(cursor, "a digit");
}

static bool at_byte(const poupa__json_cursor *cursor, char byte)
{
    return cursor->at < cursor->size && cursor->data[cursor->at] == byte;
}

static bool number(poupa__json_cursor *cursor)
{
    if (at_byte(cursor, '-'))
        cursor->at++;
    size_t start = cursor->at;
    if (!digits(cursor))
        return false;
    if (cursor->data[start] == '0' && cursor->at > start + 1)
        return fail_at(cursor, POUPA__E1001_SYNTAX, start, "a number has no leading zero");
    if (at_byte(cursor, '.')) {
        cursor->at++;
        if (!digits(cursor))
            return false;
    }
    if (at_byte(cursor, 'e') || at_byte(cursor, 'E')) {
        cursor->at++;
        if (at_byte(cursor, '+') || at_byte(cursor, '-'))
            cursor->at++;
        return digits(cursor);
    }
    return true;
}

static bool literal(poupa__json_cursor *cursor, const char *word)
{
    for (; *word; word++, cursor->at++) {
        if (!at_byte(cursor, *word))
            return fail_expected(cursor, "true, false or null");
    }
    return true;
}

/* -- Values -------------------------------------------------------------- */

bool poupa__json_open(poupa__json_cursor *cursor)
{
    if (cursor->depth >= cursor->max_depth)
        return fail_at(cursor, POUPA__E1007_DEPTH, cursor->at, "nested deeper than %zu levels",
                       cursor->max_depth);
    cursor->depth++;
    cursor->at++;
    return true;
}

bool poupa__json_next(poupa__json_cursor *cursor, bool first, char close)
{
    int byte = poupa__json_peek(cursor);
    if (byte == close) {
        cursor->at++;
        cursor->depth--;
        return false;
    }
    if (first)
        return close == ']' || byte == '"' || fail_expected(cursor, "a key in quotes or '}'");
    if (byte != ',')
        return fail_expected(cursor, close == ']' ? "',' or ']'" : "',' or '}'");
    cursor->at++;
    byte = poupa__json_peek(cursor);
    if (byte == close)
        return fail_at(cursor, POUPA__E1001_SYNTAX, cursor->at, "a comma before '%c'", close);
    return close == ']' || byte == '"' || fail_expected(cursor, "a key in quotes");
}

bool poupa__json_colon(poupa__json_cursor *cursor)
{
    if (poupa__json_peek(cursor) != ':')
        return fail_expected(cursor, "':'");
    cursor->at++;
    return true;
}

static bool container(poupa__json_cursor *cursor, char close)
{
    if (!poupa__json_open(cursor))
        return false;
    for (bool first = true; poupa__json_next(cursor, first, close); first = false) {
        if (close == '}' && !(poupa__json_string(cursor) && poupa__json_colon(cursor)))
            return false;
        if (!poupa__json_value(cursor))
            return false;
    }
    return !poupa__json_failed(cursor);
}

bool poupa__json_value(poupa__json_cursor *cursor)
{
    switch (poupa__json_peek(cursor)) {
    case '{':
        return container(cursor, '}');
    case '[':
        return container(cursor, ']');
    case '"':
        return poupa__json_string(cursor);
    case 't':
        return literal(cursor, "true");
    case 'f':
        return literal(cursor, "false");
    case 'n':
        return literal(cursor, "null");
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return number(cursor);
    default:
        return fail_expected(cursor, "a value");
    }
}

/* -- Keys ---------------------------------------------------------------- */

/* Whether the insides of two well-formed strings are the same text. */
static bool same_text(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t a_at = 0, b_at = 0;
    char x[4], y[4];
    while (a_at < a_size && b_at < b_size) {
        /* A character is one unit however it is written: a byte of several, or an escape. */
        size_t x_size = take_character(a, a_size, &a_at, x);
        size_t y_size = take_character(b, b_size, &b_at, y);
        while (x_size < y_size && a_at < a_size)
            x[x_size++] = a[a_at++];
        while (y_size < x_size && b_at < b_size)
            y[y_size++] = b[b_at++];
        if (x_size != y_size || memcmp(x, y, x_size) != 0)
            return false;
    }
    return a_at == a_size && b_at == b_size;
}

/* Whether the object that the cursor is in, begun at `open`, has the key at the cursor
 * already. */
static bool has_key(const poupa__json_cursor *cursor, size_t open)
{
    poupa__json_cursor key = *cursor;
    poupa__json_string(&key);
    poupa__json_cursor other = poupa__json_start(cursor->data, cursor->size, cursor->max_depth);
    other.at = open;
    poupa__json_open(&other);
    for (bool first = true; poupa__json_next(&other, first, '}'); first = false) {
        size_t start = other.at;
        if (start == cursor->at)
            return false;
        poupa__json_string(&other);
        if (same_text(cursor->data + cursor->at, key.at - cursor->at, cursor->data + start,
                      other.at - start))
            return true;
        poupa__json_colon(&other);
        poupa__json_value(&other);
    }
    return false;
}

static bool unique_below(poupa__json_cursor *cursor)
{
    int byte = poupa__json_peek(cursor);
    size_t open = cursor->at;
    if (byte != '{' && byte != '[')
        return poupa__json_value(cursor);
    char close = byte == '{' ? '}' : ']';
    poupa__json_open(cursor);
    for (bool first = true; poupa__json_next(cursor, first, close); first = false) {
        if (close == '}') {
            if (has_key(cursor, open))
                return false;
            poupa__json_string(cursor);
            poupa__json_colon(cursor);
        }
        if (!unique_below(cursor))
            return false;
    }
    return true;
}

bool poupa__json_keys_unique(const char *data, size_t size)
{
    poupa__json_cursor cursor = poupa__json_start(data, size, POUPA__JSON_MAX_DEPTH);
    return unique_below(&cursor);
}

/* -- Texts --------------------------------------------------------------- */

bool poupa__json_delimiter(poupa__json_cursor *cursor)
{
    bool good = cursor->at >= cursor->size || strchr(" \t\r\n,]}", cursor->data[cursor->at]);
    return good || fail_expected(cursor, "',', ']' or '}'");
}

bool poupa__json_finish(poupa__json_cursor *cursor)
{
    return poupa__json_peek(cursor) < 0 || fail_expected(cursor, "the end of the text");
}

bool poupa__json_check(const char *data, size_t size, size_t max_depth, poupa__json_fault *fault)
{
    poupa__json_cursor cursor = poupa__json_start(data, size, max_depth);
    bool good = poupa__json_value(&cursor) && poupa__json_finish(&cursor);
    if (!good)
        *fault = cursor.fault;
    return good;
}
