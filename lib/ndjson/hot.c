/* hot.c - which instructions decode lines. */
#include "hot.h"

static bool is_there(poupa_ndjson_path path)
{
    switch (path) {
    case POUPA_NDJSON_FASTEST:
    case POUPA_NDJSON_GENERAL:
    case POUPA_NDJSON_PORTABLE:
        return true;
#if defined(POUPA__HOT_X86)
    case POUPA_NDJSON_SSE2:
        return true;
    case POUPA_NDJSON_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
#elif defined(POUPA__HOT_NEON)
    case POUPA_NDJSON_NEON:
        return true;
#endif
    default:
        return false;
    }
}

bool poupa_ndjson_path_available(poupa_ndjson_path path)
{
    return is_there(path);
}

static const struct {
    poupa_ndjson_path path;
    poupa__hot_lines *lines;
} choices[] = {
/* The best first. */
#if defined(POUPA__HOT_X86)
    {POUPA_NDJSON_AVX2, poupa__hot_lines_avx2},
    {POUPA_NDJSON_SSE2, poupa__hot_lines_sse2},
#elif defined(POUPA__HOT_NEON)
    {POUPA_NDJSON_NEON, poupa__hot_lines_neon},
#endif
    {POUPA_NDJSON_PORTABLE, poupa__hot_lines_portable},
};

poupa__hot_lines *poupa__hot_choose(poupa_ndjson_path path)
{
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        if ((path == POUPA_NDJSON_FASTEST || path == choices[i].path) &&
            is_there(choices[i].path))
            return choices[i].lines;
    }
    return NULL;
}

char poupa__hot_escape(const char *at)
{
    if (memcmp(at, "\\u00", 4) != 0)
        return '\0';
    unsigned value = 0;
    for (size_t i = 4; i < 6; i++) {
        unsigned digit = (unsigned char)at[i] - (unsigned)'0';
        unsigned letter = ((unsigned char)at[i] | 0x20U) - 'a';
        if (digit > 9 && letter > 5)
            return '\0';
        value = value * 16 + (digit > 9 ? letter + 10 : digit);
    }
    return (char)(value < 0x80 ? value : 0);
}

int32_t poupa__hot_find(const poupa__hot *hot, poupa_dictionary dictionary, const char **at,
                        const char *last)
{
    enum { ID_MOST = 128 };
    char id[ID_MOST];
    size_t size = 0;
    const char *from = *at;
    for (; from <= last && *from != '"' && size < ID_MOST; size++) {
        bool escaped = *from == '\\';
        id[size] = escaped ? poupa__hot_escape(from) : *from;
        if (id[size] == '\0')
            return POUPA__NO_WORD;
        from += escaped ? 6 : 1;
    }
    if (from > last || *from != '"')
        return POUPA__NO_WORD;
    *at = from + 1;
    return poupa__dictionary_find(hot->dictionaries[dictionary], id, size);
}
