/* hash.c - SipHash-1-3 (Aumasson and Bernstein 2012), the variant of hash tables. */
#define _POSIX_C_SOURCE 200809L

#include "hash.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

poupa__hash_key poupa__hash_key_random(void)
{
    poupa__hash_key key;
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) != (ssize_t)sizeof key) {
        /* Early at boot: the clock and where the stack lies are less, but not nothing. */
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        key.k0 = poupa__mix((uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30);
        key.k1 = poupa__mix((uint64_t)(uintptr_t)&key ^ key.k0);
    }
    return key;
}

static inline uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static inline void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

static inline uint64_t load(const unsigned char *data, size_t size)
{
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++)
        word |= (uint64_t)data[i] << (8 * i);
    return word;
}

uint64_t poupa__hash(poupa__hash_key key, const void *data, size_t size)
{
    uint64_t v[4] = {key.k0 ^ UINT64_C(0x736f6d6570736575), key.k1 ^ UINT64_C(0x646f72616e646f6d),
                     key.k0 ^ UINT64_C(0x6c7967656e657261),
                     key.k1 ^ UINT64_C(0x7465646279746573)};
    const unsigned char *bytes = (const unsigned char *)data;
    size_t left = size;
    for (; left >= 8; left -= 8, bytes += 8) {
        uint64_t word = load(bytes, 8);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    uint64_t last = (uint64_t)size << 56 | load(bytes, left);
    v[3] ^= last;
    sip_round(v);
    v[0] ^= last;
    v[2] ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
