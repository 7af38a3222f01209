/* batch.h - columns in memory as Arrow arrays. */
#ifndef POUPA__ARROW_BATCH_H
#define POUPA__ARROW_BATCH_H

#include "layout.h"
#include "owner.h"

/* The words of a column, one behind the other. */
typedef struct poupa__arrow_words {
    const int32_t *offsets; /* of each word, and of the end */
    const char *text;
    size_t count;
} poupa__arrow_words;

/* Puts words into memory of the owner. Errors: MEMORY, LIMIT. */
poupa_status poupa__arrow_words_make(poupa__arrow_owner *owner, const char *const *words,
                                     size_t count, poupa__arrow_words *out, poupa_error *err);

/* A column, from its row 0 on, aligned to 64 bytes. */
typedef struct poupa__arrow_cells {
    const void *data;     /* by the type of the field */
    const uint8_t *valid; /* bits, or NULL where nothing is absent; absent cells are 0 */
    poupa__arrow_words words;
} poupa__arrow_cells;

/* Rows [first, first + rows) of columns; what they lie in belongs to the owner. */
typedef struct poupa__arrow_part {
    poupa__arrow_owner *owner;
    poupa__arrow_cells cells[POUPA__ARROW_FIELDS_MAX];
    size_t first;
    size_t rows;
} poupa__arrow_part;

/* Makes a struct array of a part; false for want of memory. */
bool poupa__arrow_batch(const poupa__arrow_layout *layout, const poupa__arrow_part *part,
                        struct ArrowArray *out);

#endif
