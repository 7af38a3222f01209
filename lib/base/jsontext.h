/*
 * jsontext.h - JSON text as text: a strict scanner that knows the place of everything and
 * builds nothing. It words the errors of reading, finds values by their pointer, lays values
 * out anew, and tells those who make values what stands where.
 */
#ifndef POUPA__BASE_JSONTEXT_H
#define POUPA__BASE_JSONTEXT_H

#include "rule.h"

#define POUPA__JSON_MAX_DEPTH 64

typedef struct poupa__json_fault {
    poupa__rule rule;
    size_t offset;
    char message[160];
} poupa__json_fault;

typedef struct poupa__json_cursor {
    const char *data;
    size_t size;
    size_t at;
    size_t depth;
    size_t max_depth;
    poupa__json_fault fault; /* set when a function below returns false */
} poupa__json_cursor;

poupa__json_cursor poupa__json_start(const char *data, size_t size, size_t max_depth);

/* The byte at the cursor behind white space, which is skipped; -1 at the end. */
int poupa__json_peek(poupa__json_cursor *cursor);

/* Skip a string (the cursor being at its quote), or any value. */
bool poupa__json_string(poupa__json_cursor *cursor);
bool poupa__json_value(poupa__json_cursor *cursor);

/*
 * Walks a container: after `[` or `{` was taken with poupa__json_open, each call of next
 * stops at the next item or key, or returns false at the end, which it takes, and at a
 * fault. Skip the key with poupa__json_string and then poupa__json_colon.
 */
bool poupa__json_open(poupa__json_cursor *cursor);
bool poupa__json_next(poupa__json_cursor *cursor, bool first, char close);
bool poupa__json_colon(poupa__json_cursor *cursor);
/* Whether what follows can stand behind a value: a comma, an end, white space. */
bool poupa__json_delimiter(poupa__json_cursor *cursor);
/* Whether nothing but white space is left. */
bool poupa__json_finish(poupa__json_cursor *cursor);
bool poupa__json_failed(const poupa__json_cursor *cursor);

/* Whether the text is one JSON value and nothing else; else *fault says why. */
bool poupa__json_check(const char *data, size_t size, size_t max_depth, poupa__json_fault *fault);

/* Whether no object of a well-formed text has a key twice. Quadratic in the number of an
 * object's keys: for texts that programs make, not for documents. */
bool poupa__json_keys_unique(const char *data, size_t size);

/* Decodes the inside of a well-formed string; out has room for `size` bytes. Returns the
 * length. */
size_t poupa__json_unescape(const char *data, size_t size, char *out);

#endif
