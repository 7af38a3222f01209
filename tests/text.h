/* text.h - a text that grows, for tests and benchmarks. */
#ifndef TEST_TEXT_H
#define TEST_TEXT_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct text {
    char *data;
    size_t size;
    size_t capacity;
} text;

static inline void text_add(text *out, const char *data, size_t size)
{
    if (out->size + size + 1 > out->capacity) {
        out->capacity = 2 * (out->size + size + 1);
        out->data = realloc(out->data, out->capacity);
        if (out->data == NULL)
            abort();
    }
    memcpy(out->data + out->size, data, size);
    out->size += size;
    out->data[out->size] = '\0';
}

static inline void text_put(text *out, const char *string)
{
    text_add(out, string, strlen(string));
}

static inline void text_free(text *out)
{
    free(out->data);
    *out = (text){NULL, 0, 0};
}

#endif
