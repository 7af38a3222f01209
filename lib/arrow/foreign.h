/* foreign.h - arrays that others made: what they are, and whether they can be. */
#ifndef POUPA__ARROW_FOREIGN_H
#define POUPA__ARROW_FOREIGN_H

#include "base/error.h"
#include "base/rule.h"
#include "poupa/arrow.h"

/* How many rows an array may have, and its offset be: so that no count of bytes, nor a sum of two
 * rows, leaves int64_t or size_t. */
#define POUPA__FOREIGN_ROWS ((int64_t)((SIZE_MAX < INT64_MAX ? SIZE_MAX : INT64_MAX) / 64))

/* How values are stored. Texts are those from UTF8 on. */
typedef enum poupa__storage {
    POUPA__STORAGE_OTHER, /* none of those below */
    POUPA__STORAGE_NULL,  /* without a value, and so without buffers: never opened */
    POUPA__STORAGE_INT8,
    POUPA__STORAGE_UINT8,
    POUPA__STORAGE_INT16,
    POUPA__STORAGE_UINT16,
    POUPA__STORAGE_INT32,
    POUPA__STORAGE_UINT32,
    POUPA__STORAGE_INT64,
    POUPA__STORAGE_UINT64,
    POUPA__STORAGE_FLOAT32,
    POUPA__STORAGE_FLOAT64,
    POUPA__STORAGE_DECIMAL128, /* of scale 0 */
    POUPA__STORAGE_UTF8,
    POUPA__STORAGE_LARGE_UTF8,
    POUPA__STORAGE_UTF8_VIEW
} poupa__storage;

/* The type of a column, as its schema tells it. */
typedef struct poupa__foreign_type {
    poupa__storage storage; /* of a dictionary: that of its keys */
    poupa__storage words;   /* of a dictionary; else OTHER */
    int64_t per_day;        /* of a date or timestamp: how many units a day has; else 0 */
} poupa__foreign_type;

static inline bool poupa__storage_is_text(poupa__storage storage)
{
    return storage >= POUPA__STORAGE_UTF8;
}

static inline bool poupa__storage_is_integer(poupa__storage storage)
{
    return storage >= POUPA__STORAGE_INT8 && storage <= POUPA__STORAGE_UINT64;
}

/* Checks a schema as such: what it is of, and that it has its children. `what` names it in
 * messages. Errors: ARGUMENT, LIMIT. */
poupa_status poupa__foreign_check_schema(const struct ArrowSchema *schema, const char *what,
                                         poupa_error *err);

/* The type of a column whose schema was checked. Errors: ARGUMENT, LIMIT. */
poupa_status poupa__foreign_type_read(const struct ArrowSchema *schema, const char *name,
                                      poupa__foreign_type *out, poupa_error *err);

/* The values of an array, or a stretch of them, counted from 0. */
typedef struct poupa__foreign {
    const char *name; /* of the column; NULL where there is none */
    poupa__storage storage;
    const void *const *buffers;
    size_t buffer_count;
    const uint8_t *valid; /* by `first`; NULL where nothing is null */
    size_t first;         /* what row 0 is in the buffers */
    size_t rows;
    size_t number; /* of row 0 in the stream */
} poupa__foreign;

/* Checks an array and takes the values [first, first + rows) of it, or, as a dictionary has
 * them, all. Errors: ARGUMENT, LIMIT. */
poupa_status poupa__foreign_open(const struct ArrowArray *array, const char *name,
                                 poupa__storage storage, size_t first, size_t rows,
                                 poupa__foreign *out, poupa_error *err);
poupa_status poupa__foreign_open_words(const struct ArrowArray *array, const char *name,
                                       poupa__storage storage, poupa__foreign *out,
                                       poupa_error *err);

static inline bool poupa__foreign_is_valid(const poupa__foreign *column, size_t row)
{
    size_t bit = column->first + row;
    return column->valid == NULL || (column->valid[bit / 8] >> bit % 8 & 1);
}

/* Widens values. Slots of nulls give anything. What is beyond int64_t, or is no integer,
 * gives a value below zero. */
void poupa__foreign_integers(const poupa__foreign *column, size_t first, size_t count,
                             int64_t *out);

/* A text, which is not NUL-terminated; false where its place cannot be. */
bool poupa__foreign_text(const poupa__foreign *column, size_t row, const char **text,
                         size_t *size);

/* Fail for a row of a column: INVALID with the rule that was broken, and ARGUMENT. */
poupa_status poupa__foreign_refuse(const poupa__foreign *column, size_t row, poupa__rule rule,
                                   poupa_error *err, const char *format, ...) POUPA__PRINTF(5, 6);
poupa_status poupa__foreign_broken(const poupa__foreign *column, size_t row, poupa_error *err,
                                   const char *why);

/* The same for a number that is not from 0 to `most`, which it shows. */
poupa_status poupa__foreign_refuse_number(const poupa__foreign *column, size_t row, int64_t most,
                                          poupa_error *err);

#endif
