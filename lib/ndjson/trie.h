/*
 * trie.h - the layouts of recent lines.
 *
 * A path from the root to an end is the layout of a line that the general parser took:
 * the bytes between its values, and where each value goes. Such a line has every member
 * that is required and no key twice, and so has every other line with the same path.
 */
#ifndef POUPA__NDJSON_TRIE_H
#define POUPA__NDJSON_TRIE_H

#include "fields.h"

#define POUPA__LITERAL_MOST 31 /* one byte more can be asked for: the first digit */
#define POUPA__LITERAL_ROOM 32
#define POUPA__TRIE_MOST 512

typedef struct poupa__node {
    uint8_t literal[POUPA__LITERAL_ROOM];
    uint8_t mask[POUPA__LITERAL_ROOM]; /* of the bits of the literal that count */
    uint32_t size;
    uint32_t target;     /* a poupa__target: what stands behind the literal */
    uint32_t child;      /* in bytes from the root, lest they be computed; 0 is none */
    uint32_t sibling;    /* the next one to try */
    uint64_t padding[6]; /* two lines of the cache */
} poupa__node;

typedef struct poupa__trie {
    poupa__node nodes[POUPA__TRIE_MOST]; /* the first is the root */
    size_t count;
} poupa__trie;

/* The node that is so many bytes from the root. */
static inline const poupa__node *poupa__node_at(const poupa__node *root, uint32_t offset)
{
    return (const poupa__node *)(const void *)((const char *)root + offset);
}

void poupa__trie_clear(poupa__trie *trie);

/* Learns the layout of a line that was accepted, newline included. */
void poupa__trie_learn(poupa__trie *trie, const char *line, size_t size,
                       const poupa__layout *layout);

#endif
