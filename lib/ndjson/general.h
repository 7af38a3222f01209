/* general.h - the plain strict parser of lines: it alone words errors. */
#ifndef POUPA__NDJSON_GENERAL_H
#define POUPA__NDJSON_GENERAL_H

#include "base/text.h"
#include "keys.h"

typedef struct poupa__general {
    poupa__keys keys;
    poupa_buffer decoded; /* of the keys and ids of the line that have escapes */
} poupa__general;

void poupa__general_init(poupa__general *general, const poupa_allocator *allocator);
void poupa__general_free(poupa__general *general);

/*
 * Reads a line, its newline apart. The fields point into the line or into the parser, and
 * are valid until the next line; `layout` may be NULL. An error has its rule, the path of the
 * member, and the offset in the line. Errors: SYNTAX, INVALID, LIMIT (too deep), MEMORY.
 */
poupa_status poupa__general_read(poupa__general *general, const char *line, size_t size,
                                 poupa__fields *out, poupa__layout *layout, poupa_error *err);

#endif
