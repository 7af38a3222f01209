/* texts.h - columns of texts as codes: each distinct text is checked once. */
#ifndef POUPA__ARROW_TEXTS_H
#define POUPA__ARROW_TEXTS_H

#include "foreign.h"
#include "table/table.h"

/* Checks a new text, and says what period it means. Errors: INVALID. */
typedef poupa_status (*poupa__text_check)(const char *text, size_t size, poupa_period *meaning,
                                          poupa_error *err);

#define POUPA__TEXT_MEMO 512

/* The texts of a column, over all batches. */
typedef struct poupa__texts {
    poupa_allocator allocator;
    poupa__text_check check;
    poupa__rule rule; /* that a text breaks which does not pass */
    bool required;    /* else a null, and "", are absent */
    poupa__dictionary *words;
    poupa_period *meanings; /* by code */
    size_t meaning_capacity;
    uint32_t memo[POUPA__TEXT_MEMO]; /* code + 1 of a text with that spelling; 0 for none */
    /* What the words of the batch's dictionary are: code + 2, ABSENT, or not known yet. */
    uint32_t *known;
    size_t known_capacity;
    bool is_mapped;
} poupa__texts;

/* Checks of units, services and channels; of periods; and of their kinds. */
poupa_status poupa__text_check_id(const char *text, size_t size, poupa_period *meaning,
                                  poupa_error *err);
poupa_status poupa__text_check_period(const char *text, size_t size, poupa_period *meaning,
                                      poupa_error *err);
poupa_status poupa__text_check_kind(const char *text, size_t size, poupa_period *meaning,
                                    poupa_error *err);

/* A column of texts in a batch, with its dictionary or, `words.name` being NULL, without. */
typedef struct poupa__text_column {
    poupa__foreign values;
    poupa__foreign words;
} poupa__text_column;

/* Prepares for a batch. Errors: MEMORY. */
poupa_status poupa__texts_begin(poupa__texts *texts, const poupa__text_column *column,
                                poupa_error *err);

#define POUPA__TEXT_ROWS 1024

/* The codes of at most POUPA__TEXT_ROWS rows; -1 where there is no text. Errors: INVALID,
 * ARGUMENT, MEMORY. */
poupa_status poupa__texts_read(poupa__texts *texts, const poupa__text_column *column,
                               size_t first, size_t count, int32_t *codes, poupa_error *err);

void poupa__texts_free(poupa__texts *texts);

#endif
