/* hot_sse2.c - decoding lines with SSE2, which every x86-64 has. */
#include "hot.h"

#if defined(POUPA__HOT_X86)

#include <emmintrin.h>

typedef struct wide {
    __m128i low;
    __m128i high;
} wide;

static inline wide wide_load(const void *from)
{
    const __m128i *parts = (const __m128i *)from;
    return (wide){_mm_loadu_si128(parts), _mm_loadu_si128(parts + 1)};
}

static inline void wide_store(void *to, wide bytes)
{
    _mm_storeu_si128((__m128i *)to, bytes.low);
    _mm_storeu_si128((__m128i *)to + 1, bytes.high);
}

static inline wide wide_and(wide a, wide b)
{
    return (wide){_mm_and_si128(a.low, b.low), _mm_and_si128(a.high, b.high)};
}

static inline bool is_all_ones(__m128i bytes)
{
    return _mm_movemask_epi8(bytes) == 0xFFFF;
}

static inline bool wide_equal(wide a, wide b)
{
    return is_all_ones(
        _mm_and_si128(_mm_cmpeq_epi8(a.low, b.low), _mm_cmpeq_epi8(a.high, b.high)));
}

static inline bool wide_matches(wide bytes, const uint8_t *literal, const uint8_t *mask)
{
    wide expected = wide_load(literal);
    wide bits = wide_load(mask);
    __m128i low = _mm_and_si128(_mm_xor_si128(bytes.low, expected.low), bits.low);
    __m128i high = _mm_and_si128(_mm_xor_si128(bytes.high, expected.high), bits.high);
    return is_all_ones(_mm_cmpeq_epi8(_mm_or_si128(low, high), _mm_setzero_si128()));
}

static inline uint32_t bits_of(__m128i low, __m128i high)
{
    return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

static inline uint32_t wide_quotes(wide bytes)
{
    __m128i quote = _mm_set1_epi8('"');
    return bits_of(_mm_cmpeq_epi8(bytes.low, quote), _mm_cmpeq_epi8(bytes.high, quote));
}

/* As signed numbers, bytes of characters beyond ASCII are below the space too. */
static inline __m128i ends(__m128i bytes)
{
    return _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')),
                        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
}

static inline uint32_t wide_ends(wide bytes)
{
    return bits_of(ends(bytes.low), ends(bytes.high));
}

static inline __m128i spaces(__m128i bytes)
{
    return _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'))));
}

static inline uint32_t wide_solid(wide bytes)
{
    return ~bits_of(spaces(bytes.low), spaces(bytes.high));
}

static inline __m128i delimiters(__m128i bytes)
{
    return _mm_or_si128(spaces(bytes), _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')),
                                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('}'))));
}

static inline uint32_t wide_delimiters(wide bytes)
{
    return bits_of(delimiters(bytes.low), delimiters(bytes.high));
}

/* Products of the halves of each eight bytes, with the keys added. */
static inline __m128i products(const uint32_t *keys, __m128i bytes)
{
    __m128i sums = _mm_add_epi32(bytes, _mm_loadu_si128((const __m128i *)(const void *)keys));
    return _mm_mul_epu32(sums, _mm_srli_epi64(sums, 32));
}

static inline uint64_t wide_hash(const uint32_t *keys, wide bytes)
{
    __m128i pair = _mm_add_epi64(products(keys, bytes.low), products(keys + 4, bytes.high));
    return (uint64_t)_mm_cvtsi128_si64(_mm_add_epi64(pair, _mm_unpackhi_epi64(pair, pair)));
}

#define HOT_LINES poupa__hot_lines_sse2
#include "hot_lines.h"

#endif
