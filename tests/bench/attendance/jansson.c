/* jansson.c - what jansson takes for the same records, line by line. */
#define _DEFAULT_SOURCE

#include "ours.h"

#include <jansson.h>
#include <string.h>

/* One line into a record, whose texts belong to the value. */
static json_t *load_line(const char *line, size_t size, poupa_record *out)
{
    json_error_t error;
    json_t *value = json_loadb(line, size, JSON_REJECT_DUPLICATES, &error);
    check(value != NULL, error.text);
    const char *period = json_string_value(json_object_get(value, "period"));
    check(period && !poupa_period_parse(period, strlen(period), &out->period, NULL), "period");
    out->unit = json_string_value(json_object_get(value, "unit"));
    out->service = json_string_value(json_object_get(value, "service"));
    out->channel = json_string_value(json_object_get(value, "channel"));
    out->count = json_integer_value(json_object_get(value, "count"));
    json_t *wait = json_object_get(value, "wait_s");
    json_t *time = json_object_get(value, "service_s");
    out->wait_s = (poupa_seconds){(int32_t)json_integer_value(wait), wait != NULL};
    out->service_s = (poupa_seconds){(int32_t)json_integer_value(time), time != NULL};
    return value;
}

void decode_jansson(job *self)
{
    poupa_error err;
    poupa_builder *builder;
    self->input = read_text(self->path);
    uint64_t start = now();
    check_status(poupa_builder_new(NULL, &builder, &err), &err);
    const char *end = self->input.data + self->input.size;
    for (const char *line = self->input.data; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)((stop ? stop : end) - line);
        if (size > 1) {
            poupa_record record;
            json_t *value = load_line(line, size, &record);
            check_status(poupa_builder_append(builder, &record, &err), &err);
            json_decref(value);
        }
        line += size + 1;
    }
    check_status(poupa_builder_finish(builder, &self->table, &err), &err);
    self->nanoseconds = now() - start;
    poupa_builder_free(builder);
    self->sum = sum_of(self->table);
}

void encode_jansson(job *self)
{
    decode_file(self);
    text lines = resident_text(self);
    uint64_t start = now();
    self->sum = 0;
    for (size_t i = 0; i < poupa_attendance_rows(self->table); i++) {
        poupa_record record;
        char period[POUPA_PERIOD_SIZE];
        poupa_attendance_at(self->table, i, &record, NULL);
        poupa_period_print(record.period, period);
        json_t *value = json_object();
        json_object_set_new_nocheck(value, "period", json_string_nocheck(period));
        if (record.unit && record.unit[0])
            json_object_set_new_nocheck(value, "unit", json_string_nocheck(record.unit));
        json_object_set_new_nocheck(value, "service", json_string_nocheck(record.service));
        json_object_set_new_nocheck(value, "channel", json_string_nocheck(record.channel));
        json_object_set_new_nocheck(value, "count", json_integer(record.count));
        if (record.wait_s.present)
            json_object_set_new_nocheck(value, "wait_s", json_integer(record.wait_s.value));
        if (record.service_s.present)
            json_object_set_new_nocheck(value, "service_s", json_integer(record.service_s.value));
        self->sum +=
            json_dumpb(value, lines.data + self->sum, lines.size - self->sum, JSON_COMPACT);
        lines.data[self->sum++] = '\n';
        json_decref(value);
    }
    self->nanoseconds = now() - start;
    free(lines.data);
}
