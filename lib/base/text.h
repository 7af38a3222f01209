/* text.h - growing byte buffers, printing into them, and checking UTF-8. */
#ifndef POUPA__BASE_TEXT_H
#define POUPA__BASE_TEXT_H

#include <stdarg.h>
#include <string.h>

#include "error.h"

/* An empty buffer that allocates with `allocator`. */
void poupa__buffer_init(poupa_buffer *buffer, poupa_allocator allocator);

/* Room for `size` more bytes and a NUL; false when there is no memory. */
bool poupa__buffer_reserve(poupa_buffer *buffer, size_t size);

/* These keep the data NUL-terminated; false when there is no memory. */
bool poupa__buffer_append(poupa_buffer *buffer, const char *data, size_t size);
bool poupa__buffer_print(poupa_buffer *buffer, const char *format, ...) POUPA__PRINTF(2, 3);

/* A poupa_write_fn whose context is a poupa_buffer. */
bool poupa__buffer_write(void *buffer, const char *data, size_t size);

/* How many bytes from the start are well-formed UTF-8; size where all are. */
size_t poupa__utf8_span(const char *data, size_t size);

#endif
