/* layout.h - which columns are exported, and as which types. */
#ifndef POUPA__ARROW_LAYOUT_H
#define POUPA__ARROW_LAYOUT_H

#include "poupa/arrow.h"

/* What the cells of a column are in memory. */
typedef enum poupa__arrow_type {
    POUPA__ARROW_DATE, /* int32_t, days */
    POUPA__ARROW_INT32,
    POUPA__ARROW_INT64,
    POUPA__ARROW_FLOAT64,
    POUPA__ARROW_BOOL, /* bits */
    POUPA__ARROW_TEXT, /* int32_t, codes of words */
    POUPA__ARROW_KIND  /* uint8_t, codes of words that count from 1 */
} poupa__arrow_type;

/* How a column of texts is handed out. */
typedef enum poupa__arrow_form {
    POUPA__ARROW_DICTIONARY,
    POUPA__ARROW_UTF8,
    POUPA__ARROW_LARGE_UTF8,
    POUPA__ARROW_CODES /* without their words */
} poupa__arrow_form;

typedef struct poupa__arrow_field {
    const char *name; /* of static storage */
    poupa__arrow_type type;
    bool nullable;
    poupa__arrow_form form; /* of texts; else DICTIONARY, which is 0 */
} poupa__arrow_field;

#define POUPA__ARROW_FIELDS_MAX (POUPA_GROUPS_MAX + 8)

typedef struct poupa__arrow_layout {
    poupa__arrow_field fields[POUPA__ARROW_FIELDS_MAX];
    size_t count;
    bool lasting_words; /* whether the caller knows the words of all codes */
} poupa__arrow_layout;

/* Whether a field is of texts. */
static inline bool poupa__arrow_is_text(const poupa__arrow_field *field)
{
    return field->type == POUPA__ARROW_TEXT || field->type == POUPA__ARROW_KIND;
}

/* The format of the codes of texts, as they are in memory. */
static inline const char *poupa__arrow_codes_of(const poupa__arrow_field *field)
{
    return field->type == POUPA__ARROW_KIND ? "C" : "I";
}

/* Gives texts the forms that a schema asks for; NULL asks for nothing. Errors: ARGUMENT,
 * LIMIT. */
poupa_status poupa__arrow_request(poupa__arrow_layout *layout,
                                  const struct ArrowSchema *requested, poupa_error *err);

/* Makes the schema of a struct of the fields; false for want of memory. */
bool poupa__arrow_schema(const poupa__arrow_layout *layout, const poupa_allocator *allocator,
                         struct ArrowSchema *out);

#endif
