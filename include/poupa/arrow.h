/*
 * arrow.h - records and results in the Arrow C data and stream interfaces, and records from
 * them, without an Arrow library.
 *
 * What is handed out follows the specification to the letter: streams, schemas and arrays
 * are released by their own callbacks, in any order and on any thread; children and
 * dictionaries may be moved out of their parents; every buffer is aligned to 64 bytes;
 * null counts are exact; there is no bitmap where nothing is null; null slots hold 0; keys
 * of dictionaries are signed, of 32 bits; batches have 1 to 262,144 rows.
 */
#ifndef POUPA_ARROW_H
#define POUPA_ARROW_H

#include "ndjson.h"
#include "rollup.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- The interfaces ------------------------------------------------------ */

/* As https://arrow.apache.org/docs/format/CDataInterface.html and CStreamInterface.html
 * give them, under the guards that they name: all headers that do so agree. */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/* -- Export -------------------------------------------------------------- */

/*
 * Texts go out with a dictionary, or as what `requested` asks for. It is a schema of any
 * columns, or NULL; it is borrowed, and read before the call returns. A column in it that
 * has the name of a text column and the type utf8 ("u") or large_utf8 ("U"), or a
 * dictionary, makes that column one; everything else in it is left to the consumer to
 * cast, as the protocol of PyCapsules wants it. Of a table, uint32 ("I") makes a column of
 * texts the codes of poupa_columns, whose words poupa_attendance_words has, and uint8 ("C")
 * makes `period_kind` the numbers of poupa_period_kind: both without a copy. A schema that was
 * released, or that lacks what the specification requires, is an ARGUMENT error.
 *
 * `*out` is the caller's to release, and its `release` is NULL after an error. All memory,
 * until the last release, is that of `allocator`, which may be NULL. Errors: ARGUMENT,
 * MEMORY, LIMIT (the words of a column are more than 2 GiB, or more than 65,536 columns are
 * requested).
 */

/**
 * Makes a stream of the rows of a table, which it retains: columns are not copied, but for
 * `period_kind` and what `requested` asks for.
 *
 * | column        | type                      |                                            |
 * |---------------|---------------------------|--------------------------------------------|
 * | `period`      | date32                    | first day                                  |
 * | `period_kind` | dictionary<int32, utf8>   | "year" "half" "quarter" "month" "day"      |
 * | `unit`        | dictionary<int32, utf8>   | nullable                                   |
 * | `service`     | dictionary<int32, utf8>   |                                            |
 * | `channel`     | dictionary<int32, utf8>   |                                            |
 * | `count`       | int64                     |                                            |
 * | `wait_s`      | int32                     | nullable                                   |
 * | `service_s`   | int32                     | nullable                                   |
 *
 * A table without rows makes a stream without batches. Every batch of one table has the
 * same dictionaries.
 */
POUPA_API poupa_status poupa_attendance_to_arrow(poupa_attendance *table,
                                                 const struct ArrowSchema *requested,
                                                 const poupa_allocator *allocator,
                                                 struct ArrowArrayStream *out, poupa_error *err);

/** The schema of those streams, and of poupa_ndjson_to_arrow, which has no codes alone. */
POUPA_API poupa_status poupa_attendance_arrow_schema(const struct ArrowSchema *requested,
                                                     const poupa_allocator *allocator,
                                                     struct ArrowSchema *out, poupa_error *err);

/**
 * Makes a stream whose get_next decodes the next batch, in memory that does not grow with
 * it; columns as above, with dictionaries that differ from batch to batch. Success takes
 * the ownership of `stream`, which must not be used any more. Where decoding fails,
 * get_next returns EINVAL (a bad line), ENOMEM, ECANCELED (by the progress function) or EIO,
 * and again at every further call; get_last_error tells line and column.
 */
POUPA_API poupa_status poupa_ndjson_to_arrow(poupa_ndjson *stream,
                                             const struct ArrowSchema *requested,
                                             const poupa_allocator *allocator,
                                             struct ArrowArrayStream *out, poupa_error *err);

/**
 * Makes a stream of the groups of a rollup, copied, in their order. First come the keys,
 * named by poupa_group_name: texts with a dictionary, null where a key is not told; but the
 * key of a PERIOD is plain utf8 ("2021-06") and never null. Then:
 *
 * | column      | type    |                                                              |
 * |-------------|---------|--------------------------------------------------------------|
 * | `period`    | date32  | first day of the group's period; only by PERIOD              |
 * | `count`     | int64   |                                                              |
 * | `rows`      | int64   |                                                              |
 * | `wait_s`    | float64 | nullable                                                     |
 * | `service_s` | float64 | nullable                                                     |
 * | `first`     | date32  | first day of the first period                                |
 * | `last`      | date32  | last day of the last period                                  |
 * | `wider`     | bool    | whether the period is wider than the grain; only by PERIOD   |
 */
POUPA_API poupa_status poupa_rollup_table_to_arrow(const poupa_rollup_table *table,
                                                   const struct ArrowSchema *requested,
                                                   const poupa_allocator *allocator,
                                                   struct ArrowArrayStream *out,
                                                   poupa_error *err);

/** The schema of that stream. */
POUPA_API poupa_status poupa_rollup_table_arrow_schema(const poupa_rollup_table *table,
                                                       const struct ArrowSchema *requested,
                                                       const poupa_allocator *allocator,
                                                       struct ArrowSchema *out, poupa_error *err);

/* -- Import -------------------------------------------------------------- */

/**
 * Makes a table of all batches of a stream of structs, which is released in any case: its
 * `release` is NULL afterwards. Columns are found by name, in any order; others are left
 * alone. Texts are utf8, large_utf8, utf8_view, or dictionaries of those with keys of any
 * integer type; integers have any width, signed or not, or are decimal128 of scale 0, or
 * floats without a fraction; a column of nulls stands for one that is not there.
 *
 * | column             |          | type                                                  |
 * |--------------------|----------|-------------------------------------------------------|
 * | `period`           | required | date32, date64 or timestamp at midnight (without a    |
 * |                    |          | zone, or UTC): a first day; or text: "2021-S1"        |
 * | `period_kind`      | optional | text, as exported; a null or no column: "day" for a   |
 * |                    |          | first day, and what the text says for a text          |
 * | `service` `channel`| required | text, ids                                             |
 * | `unit`             | optional | text, an id; null or "" where there is no place       |
 * | `count`            | optional | integer from 0; a null or no column: 1                |
 * | `wait_s` `service_s`| optional | integer from 0 to 2^31 - 1                            |
 *
 * A text of `period` that is a day may stand beside a `period_kind` that begins on it.
 *
 * Structures are checked for all that shows in them: what was released, pointers that are
 * NULL, counts, lengths, offsets and codes that cannot be, texts that end before they begin,
 * views beyond the sizes that are told. How large buffers are does not show: a producer that
 * says more rows than it has, or texts that end behind its bytes, makes this read past their
 * end.
 *
 * Errors: ARGUMENT (structures against the specification), INVALID (a column that is
 * missing, or of another type, or a value, with its row counted from 0; `path` is "/unit"
 * say), LIMIT (more than 65,536 columns, or 2^31 words), MEMORY; when the stream fails, with
 * its message, MEMORY for ENOMEM, INVALID for EINVAL, CANCELLED for ECANCELED, else IO.
 */
POUPA_API poupa_status poupa_attendance_from_arrow(struct ArrowArrayStream *stream,
                                                   const poupa_allocator *allocator,
                                                   poupa_attendance **out, poupa_error *err);

#ifdef __cplusplus
}
#endif

#endif
