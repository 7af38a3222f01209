/* source.h - a text, in pieces of complete lines. */
#ifndef POUPA__NDJSON_SOURCE_H
#define POUPA__NDJSON_SOURCE_H

#include "input.h"

/* Complete lines, of which only the last may lack its newline, because the text ends there
 * or because it is too long, the rest of it being left out. */
typedef struct poupa__chunk {
    const char *data; /* in the buffer, or in the caller's memory */
    size_t size;      /* may be 0: it then stands for a part of a line that was too long */
    bool ended;       /* there is nothing more */
    uint64_t offset;  /* of its first byte in the text */
    uint64_t bytes;   /* of the text that it stands for */
    poupa_buffer buffer;
} poupa__chunk;

typedef struct poupa__source {
    poupa__input *input;
    poupa_allocator allocator;
    const char *data; /* the whole text, where it is in memory; else NULL */
    size_t size;
    size_t max_line;
    uint64_t offset;
    poupa_buffer rest; /* what was read of the line that a chunk did not hold in full */
    bool skipping;     /* what comes first is the rest of a line that was too long */
    bool foreign;      /* or that belongs to another range */
    bool ended;
} poupa__source;

/* From an input, or from memory where `data` is not NULL. */
void poupa__source_init(poupa__source *source, poupa__input *input, const char *data, size_t size,
                        size_t max_line, const poupa_allocator *allocator);
void poupa__source_free(poupa__source *source);

poupa_status poupa__source_next(poupa__source *source, poupa__chunk *chunk, poupa_error *err);

#endif
