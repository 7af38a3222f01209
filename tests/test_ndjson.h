/* test_ndjson.h - what the tests of attendance streams share: random lines, and jansson as
 * the judge of what is strict. */
#ifndef TEST_NDJSON_H
#define TEST_NDJSON_H

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "poupa/ndjson.h"
#include "suite.h"
#include "text.h"

/* -- Random numbers (xorshift64*), the same on every machine ------------- */

static uint64_t random_state = 1;

static inline uint64_t random_below(uint64_t limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (random_state * UINT64_C(2685821657736338717) >> 33) % limit;
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

/* -- The judge ----------------------------------------------------------- */

static inline size_t depth_of(json_t *value)
{
    size_t deepest = 0;
    size_t index;
    const char *key;
    json_t *item;
    if (json_is_object(value)) {
        json_object_foreach(value, key, item)
        {
            size_t depth = depth_of(item);
            deepest = depth > deepest ? depth : deepest;
        }
    } else if (json_is_array(value)) {
        json_array_foreach(value, index, item)
        {
            size_t depth = depth_of(item);
            deepest = depth > deepest ? depth : deepest;
        }
    } else {
        return 0;
    }
    return deepest + 1;
}

/* An expected record; its ids are kept. */
typedef struct expected {
    poupa_period period;
    char ids[POUPA_DICTIONARY_COUNT][132];
    int64_t count;
    poupa_seconds wait_s;
    poupa_seconds service_s;
} expected;

static inline bool judge_id(json_t *line, const char *name, bool required, char out[132])
{
    json_t *value = json_object_get(line, name);
    out[0] = '\0';
    if (value == NULL)
        return !required;
    const char *id = json_string_value(value);
    size_t size = json_string_length(value);
    if (id == NULL || size < 1 || size > 128 || strchr("._-", id[0]) ||
        strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-") != size)
        return false;
    memcpy(out, id, size + 1);
    return true;
}

static inline bool judge_seconds(json_t *line, const char *name, poupa_seconds *out)
{
    json_t *value = json_object_get(line, name);
    json_int_t number = json_integer_value(value);
    *out = (poupa_seconds){(int32_t)number, value != NULL};
    return value == NULL || (json_is_integer(value) && number >= 0 && number <= INT32_MAX);
}

/* Whether a line is a record, by jansson and the rules of the format. */
static inline bool judge(const char *data, size_t size, expected *out)
{
    if (memchr(data, '\0', size))
        return false;
    json_t *line = json_loadb(data, size, JSON_REJECT_DUPLICATES, NULL);
    json_t *period = json_object_get(line, "period");
    json_t *count = json_object_get(line, "count");
    bool good = json_is_object(line) && depth_of(line) <= 64 && json_is_string(period) &&
                poupa_period_parse(json_string_value(period), json_string_length(period),
                                   &out->period, NULL) == POUPA_OK &&
                out->period.kind <= POUPA_PERIOD_DAY &&
                judge_id(line, "unit", false, out->ids[0]) &&
                judge_id(line, "service", true, out->ids[1]) &&
                judge_id(line, "channel", true, out->ids[2]) &&
                (count == NULL || (json_is_integer(count) && json_integer_value(count) >= 0)) &&
                judge_seconds(line, "wait_s", &out->wait_s) &&
                judge_seconds(line, "service_s", &out->service_s);
    out->count = count ? json_integer_value(count) : 1;
    json_decref(line);
    return good;
}

static inline bool same_seconds(poupa_seconds a, poupa_seconds b)
{
    return a.present == b.present && (!a.present || a.value == b.value);
}

static inline bool is_as_expected(const poupa_record *record, const expected *wanted)
{
    return memcmp(&record->period, &wanted->period, sizeof record->period) == 0 &&
           strcmp(record->unit, wanted->ids[0]) == 0 &&
           strcmp(record->service, wanted->ids[1]) == 0 &&
           strcmp(record->channel, wanted->ids[2]) == 0 && record->count == wanted->count &&
           same_seconds(record->wait_s, wanted->wait_s) &&
           same_seconds(record->service_s, wanted->service_s);
}

#endif
