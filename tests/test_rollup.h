/* test_rollup.h - tables and rollups for the tests of adding up. */
#ifndef TEST_ROLLUP_H
#define TEST_ROLLUP_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "poupa/rollup.h"
#include "poupa/table.h"
#include "rollup/tally.h"
#include "suite.h"

/* -- Making tables and rollups ------------------------------------------- */

typedef struct line {
    const char *period;
    const char *unit;
    const char *service;
    const char *channel;
    int64_t count;
    poupa_seconds wait;
    poupa_seconds service_s;
} line;

static inline poupa_attendance *table_of(const line *lines, size_t count)
{
    poupa_error err;
    poupa_builder *builder;
    poupa_attendance *table;
    ck_assert_int_eq(poupa_builder_new(NULL, &builder, &err), POUPA_OK);
    for (size_t i = 0; i < count; i++) {
        poupa_record record = {.unit = lines[i].unit,
                               .service = lines[i].service,
                               .channel = lines[i].channel,
                               .count = lines[i].count,
                               .wait_s = lines[i].wait,
                               .service_s = lines[i].service_s};
        const char *period = lines[i].period;
        ck_assert_int_eq(poupa_period_parse(period, strlen(period), &record.period, &err), 0);
        ck_assert_msg(poupa_builder_append(builder, &record, &err) == POUPA_OK, "%s",
                      err.message);
    }
    ck_assert_int_eq(poupa_builder_finish(builder, &table, &err), POUPA_OK);
    poupa_builder_free(builder);
    return table;
}

static inline poupa_rollup *rollup_of(const poupa_rollup_options *options)
{
    poupa_rollup *rollup;
    poupa_error err;
    ck_assert_msg(poupa_rollup_new(options, &rollup, &err) == POUPA_OK, "%s", err.message);
    return rollup;
}

static inline poupa_rollup_table *results_of(const poupa_rollup_options *options,
                                             const line *lines, size_t count)
{
    poupa_error err;
    poupa_rollup *rollup = rollup_of(options);
    poupa_attendance *table = table_of(lines, count);
    poupa_rollup_table *results;
    ck_assert_int_eq(poupa_rollup_add(rollup, table, &err), POUPA_OK);
    ck_assert_msg(poupa_rollup_finish(rollup, &results, &err) == POUPA_OK, "%s", err.message);
    poupa_attendance_release(table);
    poupa_rollup_free(rollup);
    return results;
}

#define RESULTS(options, lines) results_of((options), (lines), COUNT(lines))

static inline bool append(void *context, const char *data, size_t size)
{
    char *text = context;
    size_t used = strlen(text);
    memcpy(text + used, data, size);
    text[used + size] = '\0';
    return true;
}

static inline bool refuse(void *context, const char *data, size_t size)
{
    (void)context;
    (void)data;
    (void)size;
    return false;
}

/* A rollup's results as text. */
static const char *text_of(const poupa_rollup_table *table, char *out)
{
    out[0] = '\0';
    ck_assert_int_eq(poupa_rollup_write_csv(table, append, out, NULL), POUPA_OK);
    return out;
}

static inline void expect(const poupa_rollup_options *options, const line *lines, size_t count,
                          const char *csv)
{
    char text[4096];
    poupa_rollup_table *results = results_of(options, lines, count);
    ck_assert_str_eq(text_of(results, text), csv);
    poupa_rollup_table_free(results);
}

#define EXPECT(options, lines, csv) expect((options), (lines), COUNT(lines), csv)

static const poupa_group month = {POUPA_GROUP_PERIOD, POUPA_PERIOD_MONTH};
static const poupa_group day = {POUPA_GROUP_PERIOD, POUPA_PERIOD_DAY};
static const poupa_group channel = {POUPA_GROUP_CHANNEL, 0};
static const poupa_group unit = {POUPA_GROUP_UNIT, 0};
static const poupa_group service = {POUPA_GROUP_SERVICE, 0};

static const line june[] = {
    {"2021-06-14", "itaquera", "procon", "presencial", 30, POUPA_SOME(400), POUPA_SOME(600)},
    {"2021-06-15", "itaquera", "procon", "presencial", 10, POUPA_SOME(800), {0, false}},
    {"2021-06-15", NULL, "procon", "portal", 7, {0, false}, {0, false}},
    {"2021-07-01", "se", "detran", "presencial", 1, POUPA_SOME(5), POUPA_SOME(0)},
    {"2021-05-31", NULL, "detran", "portal", 0, POUPA_SOME(9), {0, false}},
};

enum { ROWS = 20000 }; /* of random_lines */

static inline const line *random_lines(uint64_t seed, int64_t greatest_count)
{
    static line lines[ROWS];
    static char texts[ROWS][4][16];
    uint64_t state = seed;
    for (size_t i = 0; i < ROWS; i++) {
        bool timed = next_random(&state) % 4 != 0;
        int days = (int)(next_random(&state) % 700);
        char date[POUPA_DATE_SIZE];
        poupa_date_print(poupa_date_from_day(18600 + days), date);
        if (next_random(&state) % 9 == 0)
            date[7] = '\0';
        snprintf(texts[i][0], 16, "%s", date);
        snprintf(texts[i][1], 16, "u%u", (unsigned)(next_random(&state) % 90));
        snprintf(texts[i][2], 16, "s%u", (unsigned)(next_random(&state) % 400));
        snprintf(texts[i][3], 16, "c%u", (unsigned)(next_random(&state) % 5));
        lines[i] = (line){texts[i][0],
                          i % 3 ? texts[i][1] : NULL,
                          texts[i][2],
                          texts[i][3],
                          (int64_t)(next_random(&state) % (uint64_t)greatest_count),
                          {timed ? (int32_t)(next_random(&state) % 5000) : 0, timed},
                          {!timed ? (int32_t)(next_random(&state) % 5000) : 0, !timed}};
    }
    return lines;
}

static inline char *long_text_of(const poupa_rollup *rollup)
{
    poupa_rollup_table *results;
    ck_assert_int_eq(poupa_rollup_finish(rollup, &results, NULL), POUPA_OK);
    char *text = calloc(1, 4 << 20);
    poupa_rollup_write_csv(results, append, text, NULL);
    poupa_rollup_table_free(results);
    return text;
}

#endif
