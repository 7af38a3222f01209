/* codec.h - decompression. */
#ifndef POUPA__NDJSON_CODEC_H
#define POUPA__NDJSON_CODEC_H

#include "base/error.h"

/* What may be wrong with compressed input. */
enum { POUPA__PACKED_DAMAGED = -1, POUPA__PACKED_TOO_WIDE = -2, POUPA__PACKED_NO_MEMORY = -3 };

/* A compression, as the build knows it; `open` is NULL where it was left out. */
typedef struct poupa__codec {
    const char *name;
    const char *magic; /* the first bytes of what is compressed so */
    size_t magic_size;
    void *(*open)(poupa_allocator *allocator); /* which outlives the state */
    void (*close)(void *state);
    /*
     * Decompresses from *in, of which it takes some, to `out`. Returns the bytes written,
     * or what is wrong. *complete tells whether the input may end here.
     */
    ptrdiff_t (*step)(void *state, const char **in, size_t *in_size, char *out, size_t out_size,
                      bool *complete);
} poupa__codec;

#define POUPA__MAGIC_MOST 4

/* The codec of a text by its first bytes; NULL for plain text. */
const poupa__codec *poupa__codec_find(const char *head, size_t size);

/* Memory for compression libraries, which do not tell the size of what they give back. */
void *poupa__codec_allocate(void *allocator, size_t size);
void poupa__codec_release(void *allocator, void *block);

extern const poupa__codec poupa__codec_gzip;
extern const poupa__codec poupa__codec_zstd;

#endif
