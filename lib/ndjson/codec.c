/* codec.c - which compression a text has. */
#include "codec.h"

#include <string.h>

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
