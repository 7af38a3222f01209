/* hot_portable.c - decoding lines in standard C, eight bytes at a time. */
#include "hot.h"

typedef struct wide {
    uint64_t words[4];
} wide;

/* Byte i of what is at `from` is bits 8i to 8i + 7 of the words, on every machine. */
static inline wide wide_load(const void *from)
{
    const unsigned char *bytes = (const unsigned char *)from;
    wide result = {{0}};
    for (size_t i = 0; i < 4; i++, bytes += 8)
        result.words[i] = (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 |
                          (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24 |
                          (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 |
                          (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
    return result;
}

static inline void wide_store(void *to, wide bytes)
{
    unsigned char *out = (unsigned char *)to;
    for (size_t i = 0; i < sizeof bytes; i++)
        out[i] = (unsigned char)(bytes.words[i / 8] >> i % 8 * 8 & 0xFF);
}

static inline wide wide_and(wide a, wide b)
{
    for (size_t i = 0; i < 4; i++)
        a.words[i] &= b.words[i];
    return a;
}

static inline bool wide_equal(wide a, wide b)
{
    return ((a.words[0] ^ b.words[0]) | (a.words[1] ^ b.words[1]) | (a.words[2] ^ b.words[2]) |
            (a.words[3] ^ b.words[3])) == 0;
}

static inline bool wide_matches(wide bytes, const uint8_t *literal, const uint8_t *mask)
{
    wide expected = wide_load(literal);
    wide bits = wide_load(mask);
    uint64_t different = 0;
    for (size_t i = 0; i < 4; i++)
        different |= (bytes.words[i] ^ expected.words[i]) & bits.words[i];
    return different == 0;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The highest bit of each byte that is zero; exact, no carry crosses a byte. */
static inline uint64_t zero_bytes(uint64_t word)
{
    return ~(((word & EACH(0x7F)) + EACH(0x7F)) | word) & EACH(0x80);
}

/* One bit for each byte whose highest bit is set, the others being clear. */
static inline uint32_t gather_bits(uint64_t high_bits)
{
    return (uint32_t)((high_bits >> 7) * UINT64_C(0x0102040810204080) >> 56);
}

static inline uint32_t wide_quotes(wide bytes)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; i++)
        bits |= gather_bits(zero_bytes(bytes.words[i] ^ EACH('"'))) << 8 * i;
    return bits;
}

static inline uint32_t wide_ends(wide bytes)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; i++) {
        uint64_t word = bytes.words[i];
        uint64_t high = word & EACH(0x80);
        uint64_t control = ~((word & EACH(0x7F)) + EACH(0x60)) & EACH(0x80);
        bits |= gather_bits(high | control | zero_bytes(word ^ EACH('"')) |
                            zero_bytes(word ^ EACH('\\')))
                << 8 * i;
    }
    return bits;
}

static inline uint32_t wide_solid(wide bytes)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; i++) {
        uint64_t word = bytes.words[i];
        bits |= gather_bits(zero_bytes(word ^ EACH(' ')) | zero_bytes(word ^ EACH('\t')) |
                            zero_bytes(word ^ EACH('\r')))
                << 8 * i;
    }
    return ~bits;
}

static inline uint32_t wide_delimiters(wide bytes)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; i++)
        bits |= gather_bits(zero_bytes(bytes.words[i] ^ EACH(',')) |
                            zero_bytes(bytes.words[i] ^ EACH('}')))
                << 8 * i;
    return bits | ~wide_solid(bytes);
}

static inline uint64_t wide_hash(const uint32_t *keys, wide bytes)
{
    return poupa__memo_hash(keys, bytes.words);
}

#define HOT_LINES poupa__hot_lines_portable
#include "hot_lines.h"
