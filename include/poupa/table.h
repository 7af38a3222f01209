/*
 * table.h - attendance records as typed columns.
 *
 * A table is a sequence of segments, each with its columns in memory that is aligned to 64
 * bytes, and three dictionaries (units, services, channels) that all segments share. A
 * table that was handed out never changes: builders make tables, and slices, merges and
 * sorts make new ones that share segments where they can. Const reads are safe from many
 * threads.
 */
#ifndef POUPA_TABLE_H
#define POUPA_TABLE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Records ------------------------------------------------------------- */

/** A number of seconds that may be absent. All zero means absent. */
typedef struct poupa_seconds {
    int32_t value; /**< 0 to 2^31 - 1 */
    bool present;
} poupa_seconds;

/** One attendance record. */
typedef struct poupa_record {
    poupa_period period;     /**< a year, half-year, quarter, month or day */
    const char *unit;        /**< an id; NULL or "" where there is no place */
    const char *service;     /**< an id */
    const char *channel;     /**< an id */
    int64_t count;           /**< attendances, 0 or more */
    poupa_seconds wait_s;    /**< mean wait over the attendances */
    poupa_seconds service_s; /**< mean time of service over the attendances */
} poupa_record;

/* -- Tables -------------------------------------------------------------- */

typedef struct poupa_attendance poupa_attendance;

POUPA_API poupa_attendance *poupa_attendance_retain(poupa_attendance *table);
POUPA_API void poupa_attendance_release(poupa_attendance *table);

/** How many rows there are; 0 for NULL. */
POUPA_API size_t poupa_attendance_rows(const poupa_attendance *table);

/** The row at an index; its texts are borrowed. Errors: ARGUMENT (past the end). */
POUPA_API poupa_status poupa_attendance_at(const poupa_attendance *table, size_t row,
                                           poupa_record *out, poupa_error *err);

/** The columns that are coded with a dictionary. */
typedef enum poupa_dictionary {
    POUPA_DICTIONARY_UNIT,
    POUPA_DICTIONARY_SERVICE,
    POUPA_DICTIONARY_CHANNEL
} poupa_dictionary;

#define POUPA_DICTIONARY_COUNT 3

/** The words of a dictionary by code, in the order of their first appearance. */
POUPA_API const char *const *poupa_attendance_words(const poupa_attendance *table,
                                                    poupa_dictionary dictionary, size_t *count);

/**
 * The columns of one segment, borrowed. Bitmaps have the least significant bit first;
 * the bit of row i is bit `bitmap_offset + i`; a bitmap is NULL where every row is valid.
 * A slot that is not valid holds 0.
 */
typedef struct poupa_columns {
    size_t rows;
    const int32_t *period_start; /**< first day, since 1970-01-01 */
    const uint8_t *period_kind;  /**< a poupa_period_kind, YEAR to DAY */
    const int32_t *unit;         /**< codes */
    const int32_t *service;
    const int32_t *channel;
    const int64_t *count;
    const int32_t *wait_s;
    const int32_t *service_s;
    const uint8_t *unit_valid;
    const uint8_t *wait_valid;
    const uint8_t *service_valid;
    size_t bitmap_offset;
} poupa_columns;

POUPA_API size_t poupa_attendance_segments(const poupa_attendance *table);
POUPA_API poupa_status poupa_attendance_columns(const poupa_attendance *table, size_t segment,
                                                poupa_columns *out, poupa_error *err);

/** Whether two tables have the same records in the same order. NULL equals only NULL. */
POUPA_API bool poupa_attendance_equal(const poupa_attendance *a, const poupa_attendance *b);

/** Rows `first` to `first + count` of a table, sharing its memory. O(segments). */
POUPA_API poupa_status poupa_attendance_slice(poupa_attendance *table, size_t first, size_t count,
                                              poupa_attendance **out, poupa_error *err);

/** One table from several, their rows in the order of the tables; dictionaries are merged. */
POUPA_API poupa_status poupa_attendance_merge(poupa_attendance *const *tables, size_t count,
                                              poupa_attendance **out, poupa_error *err);

/** The rows in the order of their periods (first day, then longer ones first), stable. */
POUPA_API poupa_status poupa_attendance_sort(const poupa_attendance *table,
                                             poupa_attendance **out, poupa_error *err);

/* -- Building ------------------------------------------------------------ */

typedef struct poupa_builder poupa_builder;

POUPA_API poupa_status poupa_builder_new(const poupa_allocator *allocator, poupa_builder **out,
                                         poupa_error *err);
POUPA_API void poupa_builder_free(poupa_builder *builder);

/** Makes room for more rows, so that as many appends allocate no columns. */
POUPA_API poupa_status poupa_builder_reserve(poupa_builder *builder, size_t rows,
                                             poupa_error *err);

/** Appends a record. Errors: INVALID (a period that is none or a range, an id that is not
 *  one, a number below zero), MEMORY, ARGUMENT. */
POUPA_API poupa_status poupa_builder_append(poupa_builder *builder, const poupa_record *record,
                                            poupa_error *err);

/** Makes the table of what was appended; the builder is empty again. */
POUPA_API poupa_status poupa_builder_finish(poupa_builder *builder, poupa_attendance **out,
                                            poupa_error *err);

#ifdef __cplusplus
}
#endif

#endif
