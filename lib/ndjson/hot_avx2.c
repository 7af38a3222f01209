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

/* Bit i: byte i is the one of sixteen bytes that its last four bits choose. */
static inline uint32_t chosen(wide bytes, __m128i sixteen)
{
    wide choice = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(sixteen), bytes);
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(choice, bytes));
}

static inline uint32_t wide_solid(wide bytes)
{
    const __m128i spaces = _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', 0, 0, 0, '\r', 0, 0);
    return ~chosen(bytes, spaces);
}

static inline uint32_t wide_delimiters(wide bytes)
{
    const __m128i separators = _mm_setr_epi8(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ',', '}', 0, 0);
    return chosen(bytes, separators) | ~wide_solid(bytes);
}

static inline uint64_t wide_hash(const uint32_t *keys, wide bytes)
{
    __m256i sums = _mm256_add_epi32(bytes, wide_load(keys));
    __m256i products = _mm256_mul_epu32(sums, _mm256_srli_epi64(sums, 32));
    __m128i pair =
        _mm_add_epi64(_mm256_castsi256_si128(products), _mm256_extracti128_si256(products, 1));
    return (uint64_t)_mm_cvtsi128_si64(_mm_add_epi64(pair, _mm_unpackhi_epi64(pair, pair)));
}

#define HOT_LINES poupa__hot_lines_avx2
#include "hot_lines.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

#endif
