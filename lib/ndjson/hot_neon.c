/* hot_neon.c - decoding lines with NEON. */
#include "hot.h"

#if defined(POUPA__HOT_NEON)

#include <arm_neon.h>

typedef uint8x16x2_t wide;

static inline wide wide_load(const void *from)
{
    const uint8_t *bytes = from;
    return (wide){{vld1q_u8(bytes), vld1q_u8(bytes + 16)}};
}

static inline void wide_store(void *to, wide bytes)
{
    vst1q_u8(to, bytes.val[0]);
    vst1q_u8((uint8_t *)to + 16, bytes.val[1]);
}

static inline wide wide_and(wide a, wide b)
{
    return (wide){{vandq_u8(a.val[0], b.val[0]), vandq_u8(a.val[1], b.val[1])}};
}

static inline bool wide_equal(wide a, wide b)
{
    return vminvq_u8(vandq_u8(vceqq_u8(a.val[0], b.val[0]), vceqq_u8(a.val[1], b.val[1]))) ==
           0xFF;
}

static inline bool wide_matches(wide bytes, const uint8_t *literal, const uint8_t *mask)
{
    wide expected = wide_load(literal);
    wide bits = wide_load(mask);
    uint8x16_t low = vandq_u8(veorq_u8(bytes.val[0], expected.val[0]), bits.val[0]);
    uint8x16_t high = vandq_u8(veorq_u8(bytes.val[1], expected.val[1]), bits.val[1]);
    return vmaxvq_u8(vorrq_u8(low, high)) == 0;
}

/* One bit for each byte that is all ones. */
static inline uint32_t bits_of(uint8x16_t low, uint8x16_t high)
{
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t weight = vld1q_u8(weights);
    uint8x16_t sum = vpaddq_u8(vandq_u8(low, weight), vandq_u8(high, weight));
    sum = vpaddq_u8(sum, sum);
    sum = vpaddq_u8(sum, sum);
    return vgetq_lane_u32(vreinterpretq_u32_u8(sum), 0);
}

static inline uint32_t wide_quotes(wide bytes)
{
    uint8x16_t quote = vdupq_n_u8('"');
    return bits_of(vceqq_u8(bytes.val[0], quote), vceqq_u8(bytes.val[1], quote));
}

/* As signed numbers, bytes of characters beyond ASCII are below the space too. */
static inline uint8x16_t ends(uint8x16_t bytes)
{
    return vorrq_u8(
        vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(' ')),
        vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('"')), vceqq_u8(bytes, vdupq_n_u8('\\'))));
}

static inline uint32_t wide_ends(wide bytes)
{
    return bits_of(ends(bytes.val[0]), ends(bytes.val[1]));
}

static inline uint8x16_t spaces(uint8x16_t bytes)
{
    return vorrq_u8(
        vceqq_u8(bytes, vdupq_n_u8(' ')),
        vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('\t')), vceqq_u8(bytes, vdupq_n_u8('\r'))));
}

static inline uint32_t wide_solid(wide bytes)
{
    return ~bits_of(spaces(bytes.val[0]), spaces(bytes.val[1]));
}

static inline uint8x16_t delimiters(uint8x16_t bytes)
{
    return vorrq_u8(spaces(bytes),
                    vorrq_u8(vceqq_u8(bytes, vdupq_n_u8(',')), vceqq_u8(bytes, vdupq_n_u8('}'))));
}

static inline uint32_t wide_delimiters(wide bytes)
{
    return bits_of(delimiters(bytes.val[0]), delimiters(bytes.val[1]));
}

/* Products of the halves of each eight bytes, with the keys added. */
static inline uint64x2_t products(const uint32_t *keys, uint8x16_t bytes)
{
    uint64x2_t sums =
        vreinterpretq_u64_u32(vaddq_u32(vreinterpretq_u32_u8(bytes), vld1q_u32(keys)));
    return vmull_u32(vmovn_u64(sums), vshrn_n_u64(sums, 32));
}

static inline uint64_t wide_hash(const uint32_t *keys, wide bytes)
{
    return vaddvq_u64(vaddq_u64(products(keys, bytes.val[0]), products(keys + 4, bytes.val[1])));
}

#define HOT_LINES poupa__hot_lines_neon
#include "hot_lines.h"

#endif
