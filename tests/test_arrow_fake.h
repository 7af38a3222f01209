/* test_arrow_fake.h - streams as others make them, well or badly. What is handed out is
 * counted, so that a structure that is not released, or twice, fails the test. */
#ifndef TEST_ARROW_FAKE_H
#define TEST_ARROW_FAKE_H

#include <string.h>

#include "poupa/arrow.h"
#include "suite.h"

enum { FAKE_COLUMNS = 12, FAKE_BUFFERS = 6 };

/* One column of every batch of a stream. */
typedef struct fake_column {
    const char *name;
    const char *format;
    int64_t length; /* of the array; 0 stands for the rows of the batch */
    int64_t offset;
    int64_t nulls;
    int64_t buffer_count; /* 0 stands for that of the format */
    const void *buffers[FAKE_BUFFERS];
    const struct fake_column *words;
} fake_column;

typedef struct fake {
    const fake_column *columns;
    size_t count;
    int64_t rows;
    int64_t offset; /* of the struct */
    size_t batches;
    int schema_code;
    int next_code; /* once there are no batches left */
    const char *message;
    /* Break what is about to be handed out. */
    void (*spoil_schema)(struct ArrowSchema *schema);
    void (*spoil_batch)(struct ArrowArray *batch);
    int live; /* structures, the stream included, that are not released yet */
} fake;

/* -- Structures ---------------------------------------------------------- */

typedef struct fake_schema {
    fake *of;
    struct ArrowSchema fields[FAKE_COLUMNS];
    struct ArrowSchema words[FAKE_COLUMNS];
    struct ArrowSchema *children[FAKE_COLUMNS];
} fake_schema;

typedef struct fake_batch {
    fake *of;
    struct ArrowArray arrays[FAKE_COLUMNS];
    struct ArrowArray words[FAKE_COLUMNS];
    struct ArrowArray *children[FAKE_COLUMNS];
    const void *valid[1];
} fake_batch;

/* Parts go with the root. */
static void release_schema_part(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void release_array_part(struct ArrowArray *array)
{
    array->release = NULL;
}

static void release_fake_schema(struct ArrowSchema *schema)
{
    fake_schema *all = schema->private_data;
    ck_assert_int_gt(all->of->live--, 0);
    schema->release = NULL;
    free(all);
}

static void release_fake_batch(struct ArrowArray *batch)
{
    fake_batch *all = batch->private_data;
    ck_assert_int_gt(all->of->live--, 0);
    batch->release = NULL;
    free(all);
}

static struct ArrowSchema schema_of_column(const fake_column *column)
{
    return (struct ArrowSchema){.format = column->format,
                                .name = column->name,
                                .flags = ARROW_FLAG_NULLABLE,
                                .release = release_schema_part};
}

static int get_fake_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    fake *of = stream->private_data;
    if (of->schema_code)
        return of->schema_code;
    fake_schema *all = calloc(1, sizeof *all);
    ck_assert_ptr_nonnull(all);
    all->of = of;
    for (size_t i = 0; i < of->count; i++) {
        all->fields[i] = schema_of_column(&of->columns[i]);
        all->children[i] = &all->fields[i];
        if (of->columns[i].words) {
            all->words[i] = schema_of_column(of->columns[i].words);
            all->fields[i].dictionary = &all->words[i];
        }
    }
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = (int64_t)of->count,
                                .children = all->children,
                                .release = release_fake_schema,
                                .private_data = all};
    of->live++;
    if (of->spoil_schema)
        of->spoil_schema(out);
    return 0;
}

static struct ArrowArray array_of_column(const fake_column *column, int64_t rows)
{
    bool text = column->format[0] == 'u' || column->format[0] == 'U' || column->format[0] == 'v';
    int64_t usual = column->format[0] == 'n' ? 0 : text ? 3 : 2;
    return (struct ArrowArray){.length = column->length ? column->length : rows,
                               .null_count = column->nulls,
                               .offset = column->offset,
                               .n_buffers = column->buffer_count ? column->buffer_count : usual,
                               .buffers = (const void **)(uintptr_t)column->buffers,
                               .release = release_array_part};
}

static int get_fake_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    fake *of = stream->private_data;
    if (of->batches == 0) {
        out->release = NULL;
        return of->next_code;
    }
    of->batches--;
    fake_batch *all = calloc(1, sizeof *all);
    ck_assert_ptr_nonnull(all);
    all->of = of;
    for (size_t i = 0; i < of->count; i++) {
        all->arrays[i] = array_of_column(&of->columns[i], of->offset + of->rows);
        all->children[i] = &all->arrays[i];
        if (of->columns[i].words) {
            all->words[i] = array_of_column(of->columns[i].words, 0);
            all->arrays[i].dictionary = &all->words[i];
        }
    }
    *out = (struct ArrowArray){.length = of->rows,
                               .offset = of->offset,
                               .n_buffers = 1,
                               .n_children = (int64_t)of->count,
                               .buffers = all->valid,
                               .children = all->children,
                               .release = release_fake_batch,
                               .private_data = all};
    of->live++;
    if (of->spoil_batch)
        of->spoil_batch(out);
    return 0;
}

static const char *get_fake_error(struct ArrowArrayStream *stream)
{
    return ((fake *)stream->private_data)->message;
}

static void release_fake(struct ArrowArrayStream *stream)
{
    fake *of = stream->private_data;
    ck_assert_int_gt(of->live--, 0);
    stream->release = NULL;
}

/* -- Streams ------------------------------------------------------------- */

static inline struct ArrowArrayStream fake_stream(fake *of)
{
    of->live = 1;
    return (struct ArrowArrayStream){get_fake_schema, get_fake_batch, get_fake_error,
                                     release_fake, of};
}

/* Imports a stream, of which nothing is left then. */
static inline poupa_status import_fake(const fake *from, const poupa_allocator *allocator,
                                       poupa_attendance **out, poupa_error *err)
{
    fake of = *from;
    struct ArrowArrayStream stream = fake_stream(&of);
    poupa_status status = poupa_attendance_from_arrow(&stream, allocator, out, err);
    ck_assert(stream.release == NULL);
    ck_assert_int_eq(of.live, 0);
    ck_assert((*out != NULL) == (status == POUPA_OK));
    return status;
}

#define FAKE(columns_, rows_)                                                                    \
    (fake)                                                                                       \
    {                                                                                            \
        .columns = (columns_), .count = COUNT(columns_), .rows = (rows_), .batches = 1           \
    }

/* Asserts that an import fails, and with which status, rule, path and start of message. */
static inline void import_fails(const fake *of, poupa_status status, const char *code,
                                const char *path, const char *message)
{
    poupa_error err = {0};
    poupa_attendance *table = NULL;
    poupa_status found = import_fake(of, NULL, &table, &err);
    poupa_attendance_release(table);
    ck_assert_msg(found == status && strncmp(err.message, message, strlen(message)) == 0,
                  "expected %s: %s, found %s: %s", poupa_status_name(status), message,
                  poupa_status_name(found), err.message);
    ck_assert_str_eq(err.code, code);
    ck_assert_str_eq(err.path, path);
}

/* -- Columns ------------------------------------------------------------- */

/* Four texts one behind the other, with offsets of both widths. */
typedef struct four_texts {
    char text[80];
    int32_t offsets[5];
    int64_t large[5];
} four_texts;

#define ENDS_OF_4(a, b, c, d)                                                                    \
    {                                                                                            \
        0, sizeof(a) - 1, sizeof(a b) - 1, sizeof(a b c) - 1, sizeof(a b c d) - 1                \
    }
#define FOUR_TEXTS(a, b, c, d)                                                                   \
    {                                                                                            \
        a b c d, ENDS_OF_4(a, b, c, d), ENDS_OF_4(a, b, c, d)                                    \
    }

#define UTF8(name_, texts)                                                                       \
    {                                                                                            \
        .name = (name_), .format = "u", .buffers = { NULL, (texts).offsets, (texts).text }       \
    }
#define LARGE_UTF8(name_, texts)                                                                 \
    {                                                                                            \
        .name = (name_), .format = "U", .buffers = { NULL, (texts).large, (texts).text }         \
    }
#define NUMBERS(name_, format_, values)                                                          \
    {                                                                                            \
        .name = (name_), .format = (format_), .buffers = { NULL, values }                        \
    }

#endif
