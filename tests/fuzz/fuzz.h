/* fuzz.h - what every fuzz target has: its function, a check that ends the program, and the input
 * as something that is taken from, since its first bytes choose the options. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "poupa/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition)                                                                         \
    do {                                                                                         \
        if (!(condition)) {                                                                      \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);              \
            abort();                                                                             \
        }                                                                                        \
    } while (0)

/* What is left of an input. */
typedef struct input {
    const uint8_t *data;
    size_t size;
} input;

/* The next byte; behind the end all are 0, so that a cut input means something, too. */
static inline uint8_t take_byte(input *from)
{
    if (from->size == 0)
        return 0;
    from->size--;
    return *from->data++;
}

/* The next bytes as a number, the lowest first. */
static inline uint64_t take_number(input *from, int bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++)
        number |= (uint64_t)take_byte(from) << 8 * i;
    return number;
}

/* Up to as many bytes, and those before a newline only, which is taken as well. */
static inline const char *take_line(input *from, size_t *size)
{
    const uint8_t *start = from->data;
    const uint8_t *end = from->size ? memchr(start, '\n', from->size) : NULL;
    *size = end ? (size_t)(end - start) : from->size;
    from->data += *size + (end != NULL);
    from->size -= *size + (end != NULL);
    return *size ? (const char *)start : "";
}

/* A poupa_write_fn that counts what it takes. */
static inline bool count_bytes(void *context, const char *data, size_t size)
{
    *(size_t *)context += size;
    return data != NULL;
}

/* Frees both. */
static inline void check_same_bytes(poupa_buffer *a, poupa_buffer *b)
{
    CHECK(a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0));
    poupa_buffer_free(a);
    poupa_buffer_free(b);
}

#endif
