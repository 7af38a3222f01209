/* input.h - where the bytes of a text come from: files, ranges of them, callbacks, memory;
 * decompressed where they are compressed. */
#ifndef POUPA__NDJSON_INPUT_H
#define POUPA__NDJSON_INPUT_H

#include "base/memory.h"
#include "codec.h"

/* Asked several times a second while a file has nothing to give yet; false to give up. */
typedef struct poupa__patience {
    bool (*go_on)(void *context);
    void *context;
} poupa__patience;

/* How often, in milliseconds. */
enum { POUPA__PATIENCE_TIME = 100 };

typedef struct poupa__input {
    poupa_allocator allocator;
    poupa_read_fn read; /* gives the bytes as they are stored */
    void *context;
    poupa_error failure;

    int descriptor; /* of a file that this opened; else -1 */
    char *path;     /* as it was given; NULL for a callback */
    bool waits;     /* it is a pipe or the like, which may have nothing to give yet */
    poupa__patience patience;
    uint64_t first;      /* offset of the first byte that this gives */
    uint64_t at;         /* offset of the next byte to read */
    uint64_t known_size; /* of a regular file, when it was opened; else 0 */
    uint64_t last;       /* lines that begin here or later are another range's */
    bool skip_line;      /* the first line is another range's */

    char head[POUPA__MAGIC_MOST]; /* read to tell the compression */
    size_t head_size;
    size_t head_at;
    const poupa__codec *codec;
    void *codec_state;
    bool codec_complete;
    char *packed; /* what was read, but not yet decompressed */
    const char *packed_at;
    size_t packed_size;
} poupa__input;

/* On failure there is nothing to close. */
poupa_status poupa__input_open_file(poupa__input *input, const char *path,
                                    poupa__patience patience, const poupa_allocator *allocator,
                                    poupa_error *err);
poupa_status poupa__input_open_range(poupa__input *input, const char *path, uint64_t first,
                                     uint64_t last, const poupa_allocator *allocator,
                                     poupa_error *err);
poupa_status poupa__input_open_from(poupa__input *input, poupa_read_fn read, void *context,
                                    const poupa_allocator *allocator, poupa_error *err);
void poupa__input_close(poupa__input *input);

/* Bytes of the text: how many, 0 at the end, -1 on failure. */
ptrdiff_t poupa__input_read(poupa__input *input, char *buffer, size_t capacity);
/* Why reading failed. */
poupa_status poupa__input_error(const poupa__input *input, poupa_error *err);

#endif
