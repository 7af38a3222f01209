/* import.h - what an import of records is made of. */
#ifndef POUPA__ARROW_IMPORT_H
#define POUPA__ARROW_IMPORT_H

#include "texts.h"

/* The columns that records come from. The first three are those of poupa_dictionary. */
typedef enum poupa__import_column {
    POUPA__IMPORT_UNIT = POUPA_DICTIONARY_UNIT,
    POUPA__IMPORT_SERVICE = POUPA_DICTIONARY_SERVICE,
    POUPA__IMPORT_CHANNEL = POUPA_DICTIONARY_CHANNEL,
    POUPA__IMPORT_PERIOD,
    POUPA__IMPORT_KIND,
    POUPA__IMPORT_TEXTS, /* how many may be texts */
    POUPA__IMPORT_COUNT = POUPA__IMPORT_TEXTS,
    POUPA__IMPORT_WAIT,
    POUPA__IMPORT_SERVICE_TIME,
    POUPA__IMPORT_COLUMNS
} poupa__import_column;

/* Where a column is in the schema. */
typedef struct poupa__import_source {
    const char *name; /* NULL where it is not there */
    size_t index;
    poupa__foreign_type type;
} poupa__import_source;

#define POUPA__PERIOD_MEMO 256

typedef struct poupa__import {
    poupa_allocator allocator;
    poupa_builder *builder;
    size_t width; /* columns of the structs */
    poupa__import_source sources[POUPA__IMPORT_COLUMNS];
    poupa__texts texts[POUPA__IMPORT_TEXTS];
    int64_t periods[POUPA__PERIOD_MEMO]; /* 8 * first day + kind of some that were checked */
    size_t rows;                         /* so far */
} poupa__import;

/* Finds the columns of a schema. Errors: ARGUMENT, INVALID, LIMIT. */
poupa_status poupa__import_bind(poupa__import *import, const struct ArrowSchema *schema,
                                poupa_error *err);

/* Appends the rows of a batch. Errors: ARGUMENT, INVALID, LIMIT, MEMORY. */
poupa_status poupa__import_batch(poupa__import *import, const struct ArrowArray *batch,
                                 poupa_error *err);

#endif
