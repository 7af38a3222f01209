/* fields.h - the field table, and reaching members through it. */
#ifndef POUPA__MODEL_FIELDS_H
#define POUPA__MODEL_FIELDS_H

#include "poupa/model.h"

typedef struct poupa__kind_info {
    const char *name;
    const char *one; /* the name with its article */
    const char *plural;
    const char *meaning;
    const poupa_field *fields;
    size_t field_count; /* at most 64 */
    size_t size;        /* of the struct */
    size_t extra_offset;
} poupa__kind_info;

extern const poupa__kind_info poupa__kinds[POUPA_KIND_COUNT];

bool poupa__kind_valid(poupa_kind kind);

/* The member of a struct that a field describes. */
static inline const void *poupa__member(const void *structure, const poupa_field *field)
{
    return (const char *)structure + field->offset;
}

static inline void *poupa__member_of(void *structure, const poupa_field *field)
{
    return (char *)structure + field->offset;
}

/* The members of a struct of a kind that the format does not have. */
const poupa_members *poupa__extra(poupa_kind kind, const void *structure);

#endif
