/* test_ndjson.h - what the tests of attendance streams share: random lines. */
#ifndef TEST_NDJSON_H
#define TEST_NDJSON_H

#include <stdio.h>
#include <string.h>

#include "judge.h"
#include "poupa/ndjson.h"
#include "suite.h"
#include "text.h"

/* -- Random numbers (xorshift64*), the same on every machine ------------- */

static uint64_t random_state = 1;

static inline size_t random_below(size_t limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (size_t)(random_state * UINT64_C(2685821657736338717) >> 33) % limit;
}

/* -- Random lines -------------------------------------------------------- */

#define PICK(words) ((words)[random_below(COUNT(words))])

static const char *const some_periods[] = {"\"2021-06-14\"",    "\"2020-02-29\"",
                                           "\"2021-02-29\"",    "\"2021-06\"",
                                           "\"2021-S1\"",       "\"2021-Q3\"",
                                           "\"2021\"",          "\"2021-H1\"",
                                           "\"2021-06-31\"",    "\"0001-01-01\"",
                                           "\"9999-12-31\"",    "\"2021-12-01\"",
                                           "\"202\\u0031-06\"", "\"2021-06-14/2021-07\"",
                                           "2020-02-29",        "2021",
                                           "\"2021-6-14\"",     "\"../2021\"",
                                           "\"0000\""};
static const char *const some_ids[] = {
    "\"itaquera\"",
    "\"procon-sp.reclamacao\"",
    "\"a\"",
    "\"0\"",
    "\"presencial\"",
    "\"portal\"",
    "\"an-id-of-exactly-thirty-one-byt\"",
    "\"an-id-of-exactly-thirty-two-byte\"",
    "\"an-id-of-more-than-fifty-six-bytes-which-the-memo-does-not-hold-at-all\"",
    "\"an-id-of-fifty-five-bytes-in-all-with-its-closing-qu\"",
    "\"it\\u0061quera\"",
    "\"\"",
    "\"Itaquera\"",
    "\"-a\"",
    "\"caf\xC3\xA9\"",
    "null",
    "7",
    "\"a b\"",
    "\"a\\/b\"",
    "\"\\u0069taquer\\u0061\"",
    "\"itaquera\\u0022\"",
    "\"\\u005cu0069taquera\"",
    "",
    "2020-02-29"};
static const char *const some_numbers[] = {"0",
                                           "1",
                                           "7",
                                           "42",
                                           "999",
                                           "1234",
                                           "12345",
                                           "1234567",
                                           "12345678",
                                           "123456789",
                                           "2147483647",
                                           "2147483648",
                                           "9223372036854775807",
                                           "9223372036854775808",
                                           "-0",
                                           "-1",
                                           "01",
                                           "1.0",
                                           "1e2",
                                           "1E400",
                                           "\"1\"",
                                           "true",
                                           "+1",
                                           ".5",
                                           "1.",
                                           "",
                                           "37"};
static const char *const some_values[] = {
    "null",
    "true",
    "false",
    "tru",
    "{}",
    "[]",
    "[1,2,{\"a\":[]}]",
    "{\"a\":1,\"a\":2}",
    "{\"a\":{\"b\":1,\"\\u0062\":2}}",
    "\"text\"",
    "\"\xC3\xA7\xE2\x82\xAC\xF0\x9F\x98\x80\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\u0000\"",
    "\"\xC0\x80\"",
    "\"\xED\xA0\x80\"",
    "1e308",
    "1e309",
    "-1.5",
    "0.1e-400",
    "179769313486231580793e289",
    "18446744073709551615",
    "\"a\tb\"",
    "[1,]",
    "\"\\x\"",
    "12.75",
    "",
    "2020-02-29",
    ("\"quite a long text of plain ASCII, longer than "
     "two vectors of thirty-two bytes each\""),
    "\"\\u00E7\\u00e7\\t\\/\"",
    "\"\\u00g0\"",
    "\"\\uD83D\\uDE00\"",
    "1e5",
    "1E+55",
    "-0",
    "-",
    "[ ]",
    "{ }",
    "{\"a\" : [ 1 , 2 ] , \"b\" : { } }",
    "nul",
    "falsy",
    "-12.5e-3",
    "123456789012345678901",
    "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
    "{\"a\":1,\"b\":2,\"a\":3}",
    "[1 2]",
    "{\"a\"}",
    "1e",
    "1.e1",
    "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1}",
    "\"a long text with an escape \\\\ and a letter \xC3\xA7 beyond ASCII, of more than two "
    "vectors\""};

static inline const char *random_value(const char *name)
{
    if (strcmp(name, "period") == 0)
        return random_below(3) ? some_periods[0] : PICK(some_periods);
    if (strstr("unit service channel", name))
        return random_below(3) ? some_ids[random_below(6)] : PICK(some_ids);
    if (strstr("count wait_s service_s", name))
        return random_below(4) ? some_numbers[random_below(8)] : PICK(some_numbers);
    return random_below(2) ? PICK(some_values) : "\"plain\"";
}

#define LONG_SPACE "                                                                      "

/* A line without newline: some of few layouts, some of any. */
static inline void random_line(text *out)
{
    static const char *const orders[] = {"period unit service channel count wait_s service_s",
                                         "period service channel count", "channel service period",
                                         "count x period unit service channel",
                                         ("service channel period wait_s service_s "
                                          "a_member_with_a_name_longer_than_a_literal count")};
    static const char *const names[] = {"period",  "unit",        "service",   "channel",
                                        "count",   "wait_s",      "service_s", "x",
                                        "\\u0078", "p\\u0065riod"};
    static const char *const spaces[] = {"", "", "", " ", "  ", "\t", "\r", LONG_SPACE};
    char order[160];
    size_t layout = random_below(8);
    bool tidy = layout < 5;
    if (tidy) {
        strcpy(order, orders[layout]);
    } else {
        strcpy(order, "period service channel");
        for (size_t i = random_below(5); i > 0; i--) {
            strcat(order, " ");
            strcat(order, PICK(names));
        }
    }
    text_put(out, tidy && layout == 3 ? "{ " : "{");
    bool first = true;
    for (char *name = strtok(order, " "); name; name = strtok(NULL, " "), first = false) {
        const char *parts[] = {first ? "" : ",",
                               tidy ? "" : PICK(spaces),
                               "\"",
                               name,
                               "\"",
                               tidy ? "" : PICK(spaces),
                               ":",
                               tidy ? "" : PICK(spaces),
                               random_value(name),
                               tidy ? "" : PICK(spaces)};
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            text_put(out, parts[i]);
    }
    text_put(out, "}");
}

/* Changes, drops, doubles or swaps a few bytes; never makes a newline. */
static inline void mutate(char *line, size_t *size)
{
    static const char bytes[] =
        "\"\\{}[]:,0123456789-+.eE tfnu/\r\t\x01\x7F\x80\xC3\xE2\xF0\xFF\0a";
    for (size_t i = 1 + random_below(2); i > 0 && *size > 1; i--) {
        size_t at = random_below(*size);
        switch (random_below(4)) {
        case 0:
            line[at] = bytes[random_below(sizeof bytes - 1)];
            break;
        case 1:
            memmove(line + at, line + at + 1, --*size - at);
            break;
        case 2:
            line[at] = (char)(line[at] ^ (1 << random_below(8)));
            if (line[at] == '\n')
                line[at] = ' ';
            break;
        default:
            memmove(line + at + 1, line + at, *size - at);
            ++*size;
        }
    }
}

#endif
