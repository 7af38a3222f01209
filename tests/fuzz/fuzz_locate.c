/*
 * fuzz_locate.c - any text, and any pointers into it: where the locator says that a value stands,
 * jansson finds the value that the pointer leads to, and the line and column are those of a count
 * by hand.
 *
 * The first byte: how many of the lines that follow are pointers, and which of them are to the
 * name of a member; the rest is the text.
 */
#include <jansson.h>

#include "base/jsontext.h"
#include "base/memory.h"
#include "diag/report.h"
#include "fuzz.h"

enum { MOST_POINTERS = 7 };

/* -- What jansson finds -------------------------------------------------- */

/* The value that a token leads to from another one; NULL where none does. */
static json_t *step(json_t *from, const char *token)
{
    char *end;
    if (json_is_object(from))
        return json_object_get(from, token);
    if (!json_is_array(from) || token[0] < '0' || token[0] > '9' || (token[0] == '0' && token[1]))
        return NULL;
    unsigned long long index = strtoull(token, &end, 10);
    return *end ? NULL : json_array_get(from, (size_t)index);
}

/* Follows a pointer as far as it goes, and says whether that is its end. */
static json_t *follow(json_t *from, const char *path, bool *exact, char *last)
{
    while (*path == '/') {
        char *out = last;
        for (path++; *path && *path != '/'; path++) {
            if (*path == '~' && path[1])
                *out++ = *++path == '1' ? '/' : '~';
            else
                *out++ = *path;
        }
        *out = '\0';
        json_t *next = step(from, last);
        if (next == NULL) {
            *exact = false;
            return from;
        }
        from = next;
    }
    *exact = true;
    return from;
}

/* The value that a text begins with. */
static json_t *value_at(const char *text, size_t size)
{
    return json_loadb(text, size, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
}

static void check_place(json_t *whole, const poupa_finding *finding, const char *text,
                        size_t size)
{
    bool exact;
    char *last = malloc(strlen(finding->path) + 1);
    CHECK(last != NULL);
    json_t *wanted = follow(whole, finding->path, &exact, last);
    json_t *found = value_at(text + finding->offset, size - finding->offset);
    CHECK(found != NULL);
    bool name = finding->at_key && exact && finding->path[0] && text[finding->offset] == '"' &&
                json_is_string(found) && strcmp(json_string_value(found), last) == 0;
    CHECK(name || json_equal(found, wanted));
    json_decref(found);
    free(last);
}

/* -- What a count by hand finds ------------------------------------------ */

static void check_line(const poupa_finding *finding, const char *text, size_t size)
{
    size_t line = 1, start = 0, column = 1;
    CHECK(finding->offset <= size);
    for (size_t i = 0; i < finding->offset; i++) {
        if (text[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    for (size_t i = start; i < finding->offset; i++)
        column += (text[i] & 0xC0) != 0x80;
    CHECK(finding->line == line && finding->column == column);
}

/* -- Pointers ------------------------------------------------------------ */

static void add_pointer(poupa_report *report, const char *path, size_t size, bool at_key)
{
    size_t count = poupa_report_count(report);
    const char *copy = poupa__arena_text(&report->arena, path, size);
    CHECK(copy != NULL);
    poupa__report_add(report, POUPA__W3001_MEMBER_NAME,
                      (poupa__place){-1, POUPA__NONE, NULL, POUPA__NONE, at_key}, "found");
    CHECK(poupa_report_count(report) == count + 1);
    report->findings[count].finding.path = copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    poupa_report *report;
    uint8_t choice = take_byte(&in);
    CHECK(poupa_report_new(NULL, &report, NULL) == POUPA_OK);
    for (int i = 0; i < choice % (MOST_POINTERS + 1); i++) {
        size_t length;
        const char *path = take_line(&in, &length);
        if (!memchr(path, '\0', length))
            add_pointer(report, path, length, choice >> (3 + i % 5) & 1);
    }
    const char *text = in.size ? (const char *)in.data : "";
    CHECK(poupa_report_locate(report, text, in.size, NULL) == POUPA_OK);
    poupa__json_fault fault;
    bool good = poupa__json_check(text, in.size, POUPA__JSON_MAX_DEPTH, &fault);
    json_t *whole =
        good ? json_loadb(text, in.size, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL) : NULL;
    for (size_t i = 0; i < poupa_report_count(report); i++) {
        const poupa_finding *finding = poupa_report_at(report, i);
        check_line(finding, text, in.size);
        CHECK(i == 0 || poupa_report_at(report, i - 1)->offset <= finding->offset);
        if (whole)
            check_place(whole, finding, text, in.size);
    }
    json_decref(whole);
    poupa_report_free(report);
    return 0;
}
