/* zstd.c - decompression of Zstandard (RFC 8878), with libzstd. */
#include "codec.h"

#if defined(POUPA_HAVE_ZSTD)

#include <zstd.h>

static void *open_zstd(void)
{
    return ZSTD_createDStream();
}

static void close_zstd(void *state)
{
    ZSTD_freeDStream(state);
}

static ptrdiff_t step_zstd(void *state, const char **in, size_t *in_size, char *out,
                           size_t out_size, bool *complete)
{
    ZSTD_inBuffer from = {*in, *in_size, 0};
    ZSTD_outBuffer to = {out, out_size, 0};
    size_t result = ZSTD_decompressStream(state, &to, &from);
    if (ZSTD_isError(result))
        return -1;
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
