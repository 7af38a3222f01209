/* large_lines.h - lines that would take long if anything about them were quadratic. */
#ifndef TEST_LARGE_LINES_H
#define TEST_LARGE_LINES_H

#include <stdio.h>

#include "text.h"

/* The line with a number, whose ids no other has; returns its size. */
static inline size_t short_ids(uint64_t number, char *out)
{
    return (size_t)sprintf(
        out,
        "{\"period\":\"2021\",\"unit\":\"%llx\",\"service\":\"%llx\",\"channel\":\"%llx\"}\n",
        (unsigned long long)number, (unsigned long long)number, (unsigned long long)number);
}

static inline void put_distinct_ids(text *out, int count)
{
    char line[128];
    for (int i = 0; i < count; i++)
        text_add(out, line, short_ids((uint64_t)i, line));
}

/* A line with so many unknown members. */
static inline void put_members(text *out, int count)
{
    char member[32];
    text_put(out, "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\"");
    for (int i = 0; i < count; i++) {
        snprintf(member, sizeof member, ",\"x%d\":%d", i, i);
        text_put(out, member);
    }
    text_put(out, "}\n");
}

/* A line that holds little but a string of so many KiB. */
static inline void put_string(text *out, int kib)
{
    static const char letters[] = "de itaquera \xC3\xA0 s\xC3\xA9, 7 \\u00e7 \\\\";
    size_t end = out->size + ((size_t)kib << 10);
    text_put(out, "{\"period\":\"2021\",\"service\":\"rg\",\"channel\":\"app\",\"x\":\"");
    while (out->size < end)
        text_put(out, letters);
    text_put(out, "\"}\n");
}

#endif
