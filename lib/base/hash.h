/* hash.h - hashing that crafted keys cannot defeat: SipHash-1-3 with a random key. */
#ifndef POUPA__BASE_HASH_H
#define POUPA__BASE_HASH_H

#include "poupa/base.h"

typedef struct poupa__hash_key {
    uint64_t k0;
    uint64_t k1;
} poupa__hash_key;

/* A key from the system's random source. */
poupa__hash_key poupa__hash_key_random(void);

uint64_t poupa__hash(poupa__hash_key key, const void *data, size_t size);

/* Mixes all bits of a word (splitmix64's finalizer), for combining hashes. */
static inline uint64_t poupa__mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

#endif
