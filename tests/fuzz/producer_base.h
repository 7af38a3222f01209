/* producer_base.h - what producer.h makes its structures of: memory that goes with their root,
 * and choices. */
#ifndef FUZZ_PRODUCER_BASE_H
#define FUZZ_PRODUCER_BASE_H

#include "fuzz.h"
#include "poupa/arrow.h"

enum { PRODUCER_COLUMNS = 10, PRODUCER_TEXT = 40, VIEW = 16, VIEW_INLINE = 12, VIEW_BUFFERS = 2 };

/* What a column was said to be; a dictionary has words. */
typedef struct column_type {
    const char *format;
    const char *words; /* NULL without a dictionary */
} column_type;

typedef struct producer {
    input in;
    int live; /* roots that are not released, the stream among them */
    bool unaligned;
    bool honest; /* no lies in what follows */
    size_t columns;
    column_type types[PRODUCER_COLUMNS];
    char formats[PRODUCER_COLUMNS][2][16];
    uint8_t batches; /* left */
    int64_t rows;    /* handed out */
    char message[600];
} producer;

/* -- Memory -------------------------------------------------------------- */

typedef struct memory memory;
struct memory {
    memory *next;
    void *data;
};

/* What a root has below it. */
typedef struct root {
    producer *of;
    memory *blocks;
} root;

static void *keep(root *self, size_t size)
{
    memory *block = malloc(sizeof *block);
    bool shift = self->of->unaligned && size;
    CHECK(block != NULL);
    *block = (memory){self->blocks, calloc(1, size + shift)};
    CHECK(block->data != NULL);
    self->blocks = block;
    return (char *)block->data + shift;
}

/* The same for what is no buffer, and so has its alignment. */
static void *keep_structs(root *self, size_t count, size_t size)
{
    bool unaligned = self->of->unaligned;
    self->of->unaligned = false;
    void *data = keep(self, count * size);
    self->of->unaligned = unaligned;
    return data;
}

static root *new_root(producer *of)
{
    root *self = malloc(sizeof *self);
    CHECK(self != NULL);
    *self = (root){of, NULL};
    of->live++;
    return self;
}

static void free_root(root *self)
{
    CHECK(self->of->live-- > 0);
    while (self->blocks) {
        memory *next = self->blocks->next;
        free(self->blocks->data);
        free(self->blocks);
        self->blocks = next;
    }
    free(self);
}

static void release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
    free_root(schema->private_data);
}

static void release_array(struct ArrowArray *array)
{
    array->release = NULL;
    free_root(array->private_data);
}

static void release_schema_part(struct ArrowSchema *schema)
{
    CHECK(schema == NULL); /* it goes with its root */
}

static void release_array_part(struct ArrowArray *array)
{
    CHECK(array == NULL); /* it goes with its root */
}

/* -- Choices ------------------------------------------------------------- */

/* Which lie to tell, from 1 to `count`; 0, the most frequent one, for none. */
static int take_lie(producer *self, int count)
{
    int byte = take_byte(&self->in);
    return self->honest || byte > count ? 0 : byte;
}

static int64_t take_impossible(producer *self)
{
    static const int64_t values[] = {-1, INT64_MIN, INT64_MAX, INT64_MAX / 32 + 1, -2};
    return values[take_byte(&self->in) % 5];
}

/* A text from the input that is terminated within the room. */
static const char *take_text(producer *self, char *out, size_t room)
{
    size_t size = take_byte(&self->in) % room;
    for (size_t i = 0; i < size; i++)
        out[i] = (char)take_byte(&self->in);
    out[size] = '\0';
    return out;
}

static const char *take_format(producer *self, char out[16])
{
    static const char *const formats[] = {
        "u",   "tdD",  "i",    "l",    "vu",      "U",        "n",          "c",
        "C",   "s",    "S",    "I",    "L",       "f",        "g",          "d:38,0",
        "tdm", "tss:", "tsm:", "tsu:", "tsn:UTC", "tss:Z",    "d:38,0,128", "d:19,2",
        "z",   "b",    "+l",   "tts",  "e",       "tsn:Asia", "+s",         ""};
    uint8_t byte = take_byte(&self->in);
    if (byte == 255)
        return take_text(self, out, 16);
    strcpy(out, formats[byte % (sizeof formats / sizeof formats[0])]);
    return out;
}

#endif
