/* hot_avx2.c - decoding lines with AVX2. */
#include "hot.h"

#if defined(POUPA__HOT_X86)

#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2")
#endif

typedef __m256i wide;

static inline wide wide_load(const void *from)
{
    return _mm256_loadu_si256((const __m256i *)from);
}

static inline void wide_store(void *to, wide bytes)
{
    _mm256_storeu_si256((__m256i *)to, bytes);
}

static inline wide wide_and(wide a, wide b)
{
    return _mm256_and_si256(a, b);
}

static inline bool wide_equal(wide a, wide b)
{
    return _mm256_movemask_epi8(_mm256_cmpeq_epi8(a, b)) == -1;
}

static inline bool wide_matches(wide bytes, const uint8_t *literal, const uint8_t *mask)
{
    return _mm256_testz_si256(_mm256_xor_si256(bytes, wide_load(literal)), wide_load(mask));
}

static inline uint32_t wide_quotes(wide bytes)
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')));
}

/* As signed numbers, bytes of characters beyond ASCII are below the space too. */
static inline uint32_t wide_ends(wide bytes)
{
    __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
    __m256i slash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
    __m256i other = _mm256_cmpgt_epi8(_mm256_set1_epi8(' '), bytes);
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(quote, slash), other));
}

static inline uint32_t wide_solid(wide bytes)
{
    __m256i space = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(' '));
    __m256i tab = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\t'));
    __m256i cr = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\r'));
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(space, tab), cr));
}

static inline uint32_t wide_delimiters(wide bytes)
{
    __m256i comma = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(','));
    __m256i brace = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('}'));
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(comma, brace)) | ~wide_solid(bytes);
}

#define HOT_LINES poupa__hot_lines_avx2
#include "hot_lines.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
