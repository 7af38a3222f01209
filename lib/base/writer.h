/* writer.h - what the writer of JSON text offers inside the library. */
#ifndef POUPA__BASE_WRITER_H
#define POUPA__BASE_WRITER_H

#include "poupa/base.h"

/* A key known at compile time that needs no escapes, or a text known to be UTF-8. */
void poupa__writer_plain_key(poupa_writer *writer, const char *name, size_t size);
void poupa__writer_plain_text(poupa_writer *writer, const char *data, size_t size);

/* Makes finish fail with this status, unless something failed before. */
void poupa__writer_fail(poupa_writer *writer, poupa_status status, const char *why);

/* Appends a JSON string to a buffer; false when there is no memory. */
bool poupa__json_quote(poupa_buffer *out, const char *data, size_t size);

/* Appends a well-formed JSON text in its canonical compact form, in which equal values are
 * equal texts. Errors: MEMORY, ARGUMENT. */
poupa_status poupa__json_compact(const char *json, const poupa_write_options *options,
                                 poupa_buffer *out);

#endif
