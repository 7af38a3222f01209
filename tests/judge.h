/* judge.h - what a line of attendance means by jansson and the rules of the format: the judge of
 * the decoder, which shares no code with it. */
#ifndef TEST_JUDGE_H
#define TEST_JUDGE_H

#include <jansson.h>
#include <string.h>

#include "poupa/table.h"

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
