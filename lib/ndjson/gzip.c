/* gzip.c - decompression of gzip (RFC 1952), with zlib. */
#include "codec.h"

#if defined(POUPA_HAVE_ZLIB)

#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"

enum { GZIP_WINDOW = 16 + MAX_WBITS };

typedef struct gzip {
    z_stream stream; /* whose opaque is the allocator */
    bool between;    /* a member has ended, and no other begun */
} gzip;

static void *allocate_items(void *allocator, uInt items, uInt size)
{
    return items <= SIZE_MAX / size ? poupa__codec_allocate(allocator, (size_t)items * size)
                                    : NULL;
}

static void *open_gzip(poupa_allocator *allocator)
{
    gzip *state = (gzip *)poupa__allocate_zeroed(allocator, sizeof *state);
    if (state == NULL)
        return NULL;
    state->stream.zalloc = allocate_items;
    state->stream.zfree = poupa__codec_release;
    state->stream.opaque = allocator;
    if (inflateInit2(&state->stream, GZIP_WINDOW) != Z_OK) {
        poupa__release(allocator, state, sizeof *state);
        return NULL;
    }
    return state;
}

static void close_gzip(void *state)
{
    gzip *self = (gzip *)state;
    const poupa_allocator *allocator = (const poupa_allocator *)self->stream.opaque;
    inflateEnd(&self->stream);
    poupa__release(allocator, self, sizeof *self);
}

/* Skips the zeros that tapes and blocks are filled up with, as gzip does. */
static void skip_padding(const char **in, size_t *in_size)
{
    while (*in_size && **in == 0) {
        ++*in;
        --*in_size;
    }
}

static uInt at_most(size_t size)
{
    return size < UINT_MAX ? (uInt)size : UINT_MAX;
}

static ptrdiff_t step_gzip(void *state, const char **in, size_t *in_size, char *out,
                           size_t out_size, bool *complete)
{
    gzip *self = (gzip *)state;
    z_stream *stream = &self->stream;
    if (self->between)
        skip_padding(in, in_size);
    uInt given = at_most(*in_size);
    uInt room = at_most(out_size);
    /* zlib does not write to its input, though its type says so. */
    memcpy(&stream->next_in, in, sizeof *in);
    stream->avail_in = given;
    stream->next_out = (Bytef *)out;
    stream->avail_out = room;
    int result = inflate(stream, Z_NO_FLUSH);
    *in += given - stream->avail_in;
    *in_size -= given - stream->avail_in;
    if (result == Z_MEM_ERROR)
        return POUPA__PACKED_NO_MEMORY;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        return POUPA__PACKED_DAMAGED;
    if (given != stream->avail_in)
        *complete = self->between = false;
    /* Another member may follow. */
    if (result == Z_STREAM_END) {
        *complete = self->between = true;
        if (inflateReset(stream) != Z_OK)
            return POUPA__PACKED_DAMAGED;
    }
    return (ptrdiff_t)(room - stream->avail_out);
}

#define GZIP open_gzip, close_gzip, step_gzip
#else
#define GZIP NULL, NULL, NULL
#endif

const poupa__codec poupa__codec_gzip = {"gzip", "\x1F\x8B", 2, GZIP};
