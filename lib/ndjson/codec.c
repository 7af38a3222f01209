/* codec.c - which compression a text has. */
#include "codec.h"

#include <string.h>

#include "base/memory.h"

const poupa__codec *poupa__codec_find(const char *head, size_t size)
{
    const poupa__codec *const codecs[] = {&poupa__codec_gzip, &poupa__codec_zstd};
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++) {
        if (size >= codecs[i]->magic_size &&
            memcmp(head, codecs[i]->magic, codecs[i]->magic_size) == 0)
            return codecs[i];
    }
    return NULL;
}

/* -- Memory -------------------------------------------------------------- */

/* The size of a block is kept in front of it; blocks are aligned like malloc's. */
enum { IN_FRONT = 16 };

void *poupa__codec_allocate(void *allocator, size_t size)
{
    size_t whole = size + IN_FRONT;
    void *taken = whole > size ? poupa__allocate((poupa_allocator *)allocator, whole) : NULL;
    char *block = (char *)taken;
    if (block == NULL)
        return NULL;
    memcpy(block, &whole, sizeof whole);
    return block + IN_FRONT;
}

void poupa__codec_release(void *allocator, void *block)
{
    if (block == NULL)
        return;
    char *whole = (char *)block - IN_FRONT;
    size_t size;
    memcpy(&size, whole, sizeof size);
    poupa__release((poupa_allocator *)allocator, whole, size);
}
