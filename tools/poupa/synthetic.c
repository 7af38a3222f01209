/* synthetic.c - making up attendance records. */
#include "synthetic.h"

#include <stdio.h>
#include <string.h>

enum {
    MEMBERS = 12,
    VALUE_SIZE = 320, /* an id of 128 bytes, some of them escaped */
    LINE_MOST = 8192,
    PIECE = 1 << 16,
    MADE_UP_UNITS = 240,
    MADE_UP_SERVICES = 400,
    PRODUCERS = 8,
    DAYS = 731
};

typedef struct member {
    const char *key;
    char value[VALUE_SIZE];
} member;

typedef struct record {
    member members[MEMBERS];
    size_t count;
} record;

typedef struct maker {
    const synthetic_options *options;
    const synthetic_channel *channels;
    size_t channel_count;
    uint64_t state;
    char out[PIECE + LINE_MOST];
    size_t size;
} maker;

/* -- Chance -------------------------------------------------------------- */

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t next_random(maker *self)
{
    uint64_t z = self->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static size_t below(maker *self, size_t limit)
{
    return (size_t)((next_random(self) >> 32) * limit >> 32);
}

/* -- Records ------------------------------------------------------------- */

static char *add(record *out, const char *key)
{
    member *added = &out->members[out->count++];
    added->key = key;
    return added->value;
}

static void add_number(record *out, const char *key, size_t number)
{
    snprintf(add(out, key), VALUE_SIZE, "%zu", number);
}

/* An id as a JSON string; in messy lines some letters are escaped. */
static void add_id(maker *self, record *out, const char *key, const char *id)
{
    char *value = add(out, key);
    size_t size = 0;
    bool escaped = self->options->style == SYNTHETIC_MESSY && below(self, 16) == 0;
    value[size++] = '"';
    for (size_t i = 0; id[i] && size + 8 < VALUE_SIZE; i++) {
        if (escaped && i % 3 == 1 && size < VALUE_SIZE - 128)
            size += (size_t)snprintf(value + size, 8, "\\u%04x", (unsigned char)id[i]);
        else
            value[size++] = id[i];
    }
    value[size++] = '"';
    value[size] = '\0';
}

/* One of the ids, or one made up of a word and a number. */
static void add_choice(maker *self, record *out, const char *key, synthetic_ids ids,
                       const char *word, size_t made_up)
{
    char id[64];
    size_t choice = below(self, ids.count ? ids.count : made_up);
    snprintf(id, sizeof id, "synthetic-%s-%03zu", word, choice);
    add_id(self, out, key, ids.count ? ids.items[choice] : id);
}

static void add_day(maker *self, record *out, uint64_t row)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int day = (int)((double)row / (double)self->options->rows * DAYS);
    int year = day < 366 ? 2020 : 2021;
    int left = day < 366 ? day : day - 366;
    int month = 0;
    while (left >= lengths[month] - (year == 2021 && month == 1))
        left -= lengths[month] - (year == 2021 && month == 1), month++;
    snprintf(add(out, "period"), VALUE_SIZE, "\"%d-%02d-%02d\"", year, month + 1, left + 1);
}

static void make_record(maker *self, uint64_t row, record *out)
{
    const synthetic_options *options = self->options;
    const synthetic_channel *channel = &self->channels[below(self, self->channel_count)];
    out->count = 0;
    add_day(self, out, row);
    if (channel->has_unit)
        add_choice(self, out, "unit", options->units, "unit", MADE_UP_UNITS);
    add_choice(self, out, "service", options->services, "service", MADE_UP_SERVICES);
    add_id(self, out, "channel", channel->id);
    add_number(out, "count", 1 + below(self, below(self, 8) ? 60 : 900));
    if (channel->has_unit)
        add_number(out, "wait_s", 30 + below(self, 3000));
    add_number(out, "service_s", 60 + below(self, 1800));
    if (options->units.count || options->services.count)
        strcpy(add(out, "synthetic"), "true");
}

static void shuffle(record *out, maker *self)
{
    for (size_t i = out->count; i > 1; i--) {
        size_t other = below(self, i);
        member held = out->members[i - 1];
        out->members[i - 1] = out->members[other];
        out->members[other] = held;
    }
}

static void add_unknown(maker *self, record *out)
{
    static const struct {
        const char *key;
        const char *value;
    } unknown[] = {
        {"note", "\"fila \\u00fanica \\\"A\\\"\""},
        {"operator",
         "{\"id\":17,\"roles\":[\"desk\",\"triage\"],\"shift\":{\"from\":8,\"to\":12}}"},
        {"tags", "[ \"a\", [1, 2.5e3, -0.25], null, true ]"},
        {"observa\xc3\xa7\xc3\xa3o", "\"hor\xc3\xa1rio de ver\xc3\xa3o\""},
    };
    size_t count = sizeof unknown / sizeof unknown[0];
    for (size_t i = 0; i < count; i++) {
        if (below(self, 3) == 0)
            strcpy(add(out, unknown[i].key), unknown[i].value);
    }
}

/* -- Lines --------------------------------------------------------------- */

/* What stands between the parts of a line. */
typedef struct spacing {
    const char *open;
    const char *colon;
    const char *comma;
    const char *close;
} spacing;

static const spacing compact = {"{", ":", ",", "}\n"};

static void put(maker *self, const char *text)
{
    size_t size = strlen(text);
    memcpy(self->out + self->size, text, size);
    self->size += size;
}

static void put_record(maker *self, const record *line, const spacing *space)
{
    for (size_t i = 0; i < line->count; i++) {
        put(self, i ? space->comma : space->open);
        put(self, "\"");
        put(self, line->members[i].key);
        put(self, "\"");
        put(self, space->colon);
        put(self, line->members[i].value);
    }
    put(self, space->close);
}

/* A source's own order: the members turned round and, for every other one, reversed. */
static void put_in_order_of(maker *self, const record *line, size_t producer)
{
    static const spacing spacings[] = {
        {"{", ":", ",", "}\n"},     {"{", ": ", ", ", "}\n"},     {"{ ", ": ", ", ", " }\n"},
        {"{", ":", ",", "}\r\n"},   {"{", " : ", " , ", "}\n"},   {"{", ":", ", ", "}\n"},
        {"{ ", ":", ",", " }\r\n"}, {"{\t", ":\t", ",\t", "}\n"},
    };
    record turned = {.count = line->count};
    for (size_t i = 0; i < line->count; i++) {
        size_t from = (i + producer) % line->count;
        turned.members[i] = line->members[producer % 2 ? line->count - 1 - from : from];
    }
    put_record(self, &turned, &spacings[producer]);
}

static void put_messily(maker *self, record *line)
{
    static const char *const spaces[] = {"", "", "", " ", "  ", "\t"};
    char parts[4][16];
    static const char *const signs[] = {"{", ":", ",", "}"};
    for (size_t i = 0; i < 4; i++) {
        size_t before = i ? below(self, 6) : 0;
        snprintf(parts[i], sizeof parts[i], "%s%s%s", spaces[before], signs[i],
                 i < 3            ? spaces[below(self, 6)]
                 : below(self, 4) ? "\n"
                                  : "\r\n");
    }
    const spacing space = {parts[0], parts[1], parts[2], parts[3]};
    add_unknown(self, line);
    shuffle(line, self);
    put_record(self, line, &space);
    if (below(self, 256) == 0)
        put(self, "\n");
}

bool synthetic_write(const synthetic_options *options,
                     bool (*write)(void *context, const char *data, size_t size), void *context)
{
    static const synthetic_channel usual[] = {{"presencial", true}, {"presencial", true},
                                              {"presencial", true}, {"totem", true},
                                              {"portal", false},    {"app", false}};
    maker self = {.options = options,
                  .channels = options->channels,
                  .channel_count = options->channel_count,
                  .state = options->seed};
    if (self.channels == NULL) {
        self.channels = usual;
        self.channel_count = sizeof usual / sizeof usual[0];
    }
    for (uint64_t row = 0; row < options->rows; row++) {
        record line;
        make_record(&self, row, &line);
        if (options->style == SYNTHETIC_MESSY)
            put_messily(&self, &line);
        else if (options->style == SYNTHETIC_PRODUCERS)
            put_in_order_of(&self, &line, below(&self, PRODUCERS));
        else
            put_record(&self, &line, &compact);
        if (self.size >= PIECE) {
            if (!write(context, self.out, self.size))
                return false;
            self.size = 0;
        }
    }
    return self.size == 0 || write(context, self.out, self.size);
}
