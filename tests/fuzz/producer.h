/*
 * producer.h - streams of Arrow structures made of any bytes, for fuzz_arrow.c: of any types,
 * with any values, and with any lie that shows.
 *
 * A lie shows where the structures contradict the specification or themselves: what was released,
 * NULL, counts, lengths and offsets that cannot be, other children than the schema has, keys that
 * their dictionary does not have, texts that end before they begin, views beyond the sizes that
 * are told. The size of a buffer shows nowhere but in views: each has exactly the bytes that the
 * array's length, offset and offsets of texts say, so that a sanitizer sees whoever reads more.
 *
 * A root counts in `live`; it frees all below it when it is released. Whoever releases a part of
 * it, or the root twice, ends the program.
 */
#ifndef FUZZ_PRODUCER_H
#define FUZZ_PRODUCER_H

#include "producer_base.h"

/* -- Schemas ------------------------------------------------------------- */

static struct ArrowSchema schema_part(const char *format, const char *name)
{
    return (struct ArrowSchema){.format = format, .name = name, .release = release_schema_part};
}

static void spoil_schema(producer *self, struct ArrowSchema *schema)
{
    static struct ArrowSchema *none[2];
    switch (take_lie(self, 6)) {
    case 1:
        schema->format = NULL;
        break;
    case 2:
        schema->release = NULL;
        break;
    case 3:
        schema->name = NULL;
        break;
    case 4:
        schema->n_children = take_impossible(self);
        break;
    case 5:
        schema->n_children += 2;
        schema->children = NULL;
        break;
    case 6:
        schema->n_children = 2;
        schema->children = none;
        break;
    default:
        break;
    }
}

static struct ArrowSchema *make_column(producer *self, root *of, size_t at)
{
    static const char *const names[] = {"period", "service", "channel",   "unit", "period_kind",
                                        "count",  "wait_s",  "service_s", "x"};
    struct ArrowSchema *schema = keep_structs(of, 1, sizeof *schema);
    char *name = keep_structs(of, 1, PRODUCER_TEXT);
    uint8_t which = take_byte(&self->in);
    if (which == 255)
        take_text(self, name, PRODUCER_TEXT);
    else
        strcpy(name, names[(which + at) % (sizeof names / sizeof names[0])]);
    column_type *type = &self->types[at];
    *type = (column_type){take_format(self, self->formats[at][0]), NULL};
    *schema = schema_part(type->format, name);
    if (take_byte(&self->in) % 4 == 1) {
        type->words = take_format(self, self->formats[at][1]);
        schema->dictionary = keep_structs(of, 1, sizeof *schema);
        *schema->dictionary = schema_part(type->words, "");
        spoil_schema(self, schema->dictionary);
        if (take_lie(self, 1))
            schema->dictionary->dictionary = schema->dictionary;
    }
    spoil_schema(self, schema);
    return take_lie(self, 1) ? NULL : schema;
}

static void make_schema(producer *self, struct ArrowSchema *out)
{
    root *of = new_root(self);
    struct ArrowSchema **children = keep_structs(of, PRODUCER_COLUMNS, sizeof *children);
    self->columns = 3 + take_byte(&self->in) % (PRODUCER_COLUMNS - 2);
    for (size_t i = 0; i < self->columns; i++)
        children[i] = make_column(self, of, i);
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = (int64_t)self->columns,
                                .children = children,
                                .release = release_schema,
                                .private_data = of};
    int lie = take_lie(self, 4);
    if (lie == 1)
        out->format = "u";
    else if (lie == 2)
        out->n_children = take_impossible(self);
    else if (lie == 3)
        out->children = NULL;
    else if (lie == 4)
        out->format = NULL;
}

/* -- Values -------------------------------------------------------------- */

/* Small numbers for most bytes, and any number of a width for the others. */
static void take_integer(producer *self, char *out, size_t width, int64_t scale)
{
    uint8_t byte = take_byte(&self->in);
    int64_t value = byte < 200 ? byte * scale : (int64_t)take_number(&self->in, 8);
    uint64_t high = byte < 250 ? 0 : take_number(&self->in, 8);
    for (size_t i = 0; i < width; i++)
        out[i] = (char)((i < 8 ? (uint64_t)value : high) >> i % 8 * 8);
}

static void take_real(producer *self, char *out, size_t width)
{
    uint8_t byte = take_byte(&self->in);
    double real = byte;
    float narrow = (float)byte;
    if (byte >= 200) {
        uint64_t bits = take_number(&self->in, (int)width);
        memcpy(&real, &bits, sizeof real);
        memcpy(&narrow, &bits, sizeof narrow);
    }
    memcpy(out, width == sizeof real ? (const char *)&real : (const char *)&narrow, width);
}

/* The width of a number's format, 0 for what is none, and how many units a day has. */
static size_t width_of(const char *format, int64_t *scale)
{
    static const struct {
        const char *format;
        size_t width;
        int64_t scale;
    } widths[] = {{"c", 1, 1},
                  {"C", 1, 1},
                  {"s", 2, 1},
                  {"S", 2, 1},
                  {"i", 4, 1},
                  {"I", 4, 1},
                  {"tdD", 4, 1},
                  {"tdm", 8, 86400000},
                  {"tss:", 8, 86400},
                  {"tsm:", 8, 86400000},
                  {"tsu:", 8, 86400000000},
                  {"tsn:", 8, 86400000000000},
                  {"d:", 16, 1},
                  {"l", 8, 1},
                  {"L", 8, 1}};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        if (strncmp(format, widths[i].format, strlen(widths[i].format)) == 0) {
            *scale = widths[i].scale;
            return widths[i].width;
        }
    }
    *scale = 1;
    return VIEW; /* of types that are not read: room for any */
}

static const void *make_numbers(producer *self, root *of, const char *format, size_t count)
{
    int64_t scale = 1;
    bool real = strcmp(format, "f") == 0 || strcmp(format, "g") == 0;
    size_t width = real ? (*format == 'f' ? 4 : 8) : width_of(format, &scale);
    char *values = keep(of, count * width);
    for (size_t i = 0; i < count; i++) {
        if (real)
            take_real(self, values + i * width, width);
        else
            take_integer(self, values + i * width, width, scale);
    }
    return values;
}

/* -- Texts --------------------------------------------------------------- */

static const char *take_word(producer *self, char room[PRODUCER_TEXT])
{
    static const char *const words[] = {"2021",
                                        "rg",
                                        "app",
                                        "se",
                                        "2021-06-14",
                                        "day",
                                        "2021-S1",
                                        "half",
                                        "month",
                                        "2021-06",
                                        "",
                                        "quarter",
                                        "itaquera-terminal-norte",
                                        "year",
                                        "2020-01/2020-12",
                                        "an-id-that-no-view-has-in-itself"};
    uint8_t byte = take_byte(&self->in);
    return byte == 255 ? take_text(self, room, PRODUCER_TEXT) : words[byte % 16];
}

/* Writes texts one behind the other, and offsets, some of which may be anything that shows. */
static void make_texts(producer *self, root *of, bool large, size_t count, const void **buffers)
{
    size_t width = large ? sizeof(int64_t) : sizeof(int32_t);
    char *offsets = keep(of, (count + 1) * width);
    char *scratch = malloc(count * PRODUCER_TEXT + 1);
    size_t size = 0, lie = (size_t)take_lie(self, 20);
    CHECK(scratch != NULL);
    for (size_t i = 0; i < count; i++) {
        char room[PRODUCER_TEXT];
        const char *word = take_word(self, room);
        memcpy(scratch + size, word, strlen(word));
        size += strlen(word);
        int64_t end = (int64_t)size;
        if (lie == i + 1)
            end = take_byte(&self->in) % 2 ? take_impossible(self) | INT64_MIN : end / 2;
        memcpy(offsets + (i + 1) * width, &end, width); /* the lower half comes first */
    }
    char *data = keep(of, size);
    memcpy(data, scratch, size);
    free(scratch);
    buffers[1] = offsets;
    buffers[2] = data;
}

/* Views of which longer texts stand in one of two buffers; behind those are their sizes. */
static void make_views(producer *self, root *of, size_t count, const void **buffers)
{
    char *views = keep(of, count * VIEW);
    int64_t sizes[VIEW_BUFFERS] = {0, 0};
    char *scratch[VIEW_BUFFERS];
    size_t lie = (size_t)take_lie(self, 20);
    for (size_t i = 0; i < VIEW_BUFFERS; i++) {
        scratch[i] = malloc(count * PRODUCER_TEXT + 1);
        CHECK(scratch[i] != NULL);
    }
    for (size_t i = 0; i < count; i++) {
        char room[PRODUCER_TEXT], *view = views + i * VIEW;
        const char *word = take_word(self, room);
        int32_t length = (int32_t)strlen(word), buffer = (int32_t)(i % VIEW_BUFFERS);
        memcpy(view, &length, sizeof length);
        memcpy(view + 4, word, length <= VIEW_INLINE ? (size_t)length : 4);
        if (length > VIEW_INLINE) {
            int32_t offset = (int32_t)sizes[buffer];
            memcpy(view + 8, &buffer, sizeof buffer);
            memcpy(view + 12, &offset, sizeof offset);
            memcpy(scratch[buffer] + offset, word, (size_t)length);
            sizes[buffer] += length;
        }
        if (lie == i + 1) {
            size_t at = take_byte(&self->in) % VIEW;
            view[at] = (char)(view[at] + take_byte(&self->in));
        }
    }
    buffers[1] = views;
    for (size_t i = 0; i < VIEW_BUFFERS; i++) {
        char *data = keep(of, (size_t)sizes[i]);
        memcpy(data, scratch[i], (size_t)sizes[i]);
        free(scratch[i]);
        buffers[2 + i] = take_lie(self, 1) ? NULL : data;
        if (take_lie(self, 1))
            sizes[i] = sizes[i] / 2 - 1;
    }
    void *told = keep(of, sizeof sizes);
    memcpy(told, sizes, sizeof sizes);
    buffers[2 + VIEW_BUFFERS] = told;
}

/* -- Arrays -------------------------------------------------------------- */

static void make_valid(producer *self, root *of, struct ArrowArray *array, size_t count)
{
    uint8_t choice = take_byte(&self->in);
    array->null_count = choice % 4 == 0 ? 0 : choice % 4 == 1 ? -1 : array->length / 2;
    if (choice % 4 == 0)
        return;
    uint8_t *bits = keep(of, (count + 7) / 8);
    for (size_t i = 0; i < (count + 7) / 8; i++)
        bits[i] = (uint8_t)~take_byte(&self->in);
    array->buffers[0] = bits;
}

static void spoil_array(producer *self, struct ArrowArray *array, int64_t least)
{
    bool view = array->n_buffers > 3;
    switch (take_lie(self, 9)) {
    case 1:
        array->length = take_impossible(self);
        break;
    case 2:
        array->length = least - 1;
        break;
    case 3:
        array->offset = take_impossible(self);
        break;
    case 4:
        array->null_count = take_byte(&self->in) % 2 ? -2 : array->length + 1;
        break;
    case 5:
        array->buffers = NULL;
        break;
    case 6:
        array->n_buffers = view ? 2 : take_impossible(self);
        break;
    case 7: /* which may be nothing to object to, of a bitmap say */
        if (array->n_buffers > 0)
            array->buffers[take_byte(&self->in) % (size_t)array->n_buffers] = NULL;
        break;
    case 8:
        array->release = NULL;
        break;
    case 9:
        array->null_count = array->length;
        break;
    default:
        break;
    }
}

/* An array of at least so many values, or of one less than that. */
static struct ArrowArray *make_array(producer *self, root *of, const column_type *type,
                                     int64_t least)
{
    struct ArrowArray *array = keep_structs(of, 1, sizeof *array);
    const char *format = type->format;
    uint8_t choice = take_byte(&self->in);
    bool too_short = choice >= 224 && !self->honest && least > 0;
    *array = (struct ArrowArray){.length = too_short ? least - 1 : least + choice % 4,
                                 .offset = choice / 4 % 8,
                                 .n_buffers = 2,
                                 .buffers = keep_structs(of, 3 + VIEW_BUFFERS, sizeof(void *)),
                                 .release = release_array_part};
    size_t count = (size_t)(array->length + array->offset);
    make_valid(self, of, array, count);
    if (strcmp(format, "n") == 0) {
        array->n_buffers = 0;
    } else if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0) {
        array->n_buffers = 3;
        make_texts(self, of, *format == 'U', count, array->buffers);
    } else if (strcmp(format, "vu") == 0) {
        array->n_buffers = 3 + VIEW_BUFFERS;
        make_views(self, of, count, array->buffers);
    } else {
        array->buffers[1] = make_numbers(self, of, format, count);
    }
    if (type->words) {
        const column_type words = {type->words, NULL};
        array->dictionary = make_array(self, of, &words, take_byte(&self->in) % 16);
        if (take_lie(self, 1))
            array->dictionary = NULL;
    }
    spoil_array(self, array, least);
    return take_lie(self, 1) ? NULL : array;
}

static int64_t take_rows(producer *self)
{
    uint8_t byte = take_byte(&self->in);
    return byte < 200 ? byte % 16 : (byte - 200) * 40; /* more than are read at once */
}

static void make_batch(producer *self, struct ArrowArray *out)
{
    root *of = new_root(self);
    int64_t rows = take_rows(self), offset = take_byte(&self->in) % 4;
    struct ArrowArray **children = keep_structs(of, PRODUCER_COLUMNS, sizeof *children);
    *out = (struct ArrowArray){.length = rows,
                               .offset = offset,
                               .n_buffers = 1,
                               .n_children = (int64_t)self->columns,
                               .buffers = keep_structs(of, 1, sizeof(void *)),
                               .children = children,
                               .release = release_array,
                               .private_data = of};
    if (take_lie(self, 1))
        make_valid(self, of, out, (size_t)(rows + offset));
    for (size_t i = 0; i < self->columns; i++)
        children[i] = make_array(self, of, &self->types[i], rows + offset);
    self->rows += rows;
    int lie = take_lie(self, 8);
    if (lie == 1)
        out->children = NULL;
    else if (lie == 2)
        out->n_children = take_byte(&self->in) % 2 ? -1 : out->n_children - 1;
    else if (lie == 3)
        out->length = take_impossible(self);
    else if (lie == 4)
        out->offset = take_impossible(self);
    else if (lie == 5)
        out->buffers = NULL;
    else if (lie == 6)
        out->n_buffers = take_impossible(self);
    else if (lie == 7)
        out->null_count = take_impossible(self);
    else if (lie == 8)
        out->null_count = rows;
}

#endif
