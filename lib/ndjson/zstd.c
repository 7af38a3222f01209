/* zstd.c - decompression of Zstandard (RFC 8878), with libzstd. */
#include "codec.h"

#if defined(POUPA_HAVE_ZSTD)

/* For memory that is ours: in a section of its own, which the shared library has, too. */
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zstd_errors.h>

/* 128 MiB, what `zstd -d` takes without being told to: a frame says how much it needs. */
enum { WIDEST_WINDOW = 27 };

static void *open_zstd(poupa_allocator *allocator)
{
    const ZSTD_customMem memory = {poupa__codec_allocate, poupa__codec_release, allocator};
    ZSTD_DStream *stream = ZSTD_createDStream_advanced(memory);
    if (stream &&
        ZSTD_isError(ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, WIDEST_WINDOW))) {
        ZSTD_freeDStream(stream);
        stream = NULL;
    }
    return stream;
}

static ptrdiff_t fault_of(size_t result)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_frameParameter_windowTooLarge:
        return POUPA__PACKED_TOO_WIDE;
    case ZSTD_error_memory_allocation:
        return POUPA__PACKED_NO_MEMORY;
    default:
        return POUPA__PACKED_DAMAGED;
    }
}

static void close_zstd(void *state)
{
    ZSTD_freeDStream((ZSTD_DStream *)state);
}

static ptrdiff_t step_zstd(void *state, const char **in, size_t *in_size, char *out,
                           size_t out_size, bool *complete)
{
    ZSTD_inBuffer from = {*in, *in_size, 0};
    ZSTD_outBuffer to = {out, out_size, 0};
    size_t result = ZSTD_decompressStream((ZSTD_DStream *)state, &to, &from);
    if (ZSTD_isError(result))
        return fault_of(result);
    *in += from.pos;
    *in_size -= from.pos;
    /* Zero says that a frame is complete; another may follow. */
    if (from.pos || to.pos)
        *complete = result == 0;
    return (ptrdiff_t)to.pos;
}

#define ZSTD open_zstd, close_zstd, step_zstd
#else
#define ZSTD NULL, NULL, NULL
#endif

const poupa__codec poupa__codec_zstd = {"zstd", "\x28\xB5\x2F\xFD", 4, ZSTD};
