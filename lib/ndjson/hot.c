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
