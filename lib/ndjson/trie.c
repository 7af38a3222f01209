/* trie.c - learning the layouts of lines. */
#include "trie.h"

#include <string.h>

void poupa__trie_clear(poupa__trie *trie)
{
    memset(trie, 0, sizeof trie->nodes[0]);
    trie->count = 1;
}

static bool is_number(poupa__target target)
{
    return target == POUPA__TARGET_COUNT || target == POUPA__TARGET_WAIT ||
           target == POUPA__TARGET_SERVICE_TIME || target == POUPA__TARGET_ANY_NUMBER;
}

static poupa__node make_node(const char *literal, size_t size, poupa__target target)
{
    poupa__node node = {.size = (uint32_t)size, .target = (uint32_t)target};
    memcpy(node.literal, literal, size);
    memset(node.mask, 0xFF, size);
    if (is_number(target)) {
        /* A digit must follow, lest "k": shadow "k": with a space behind it. */
        node.literal[size] = '0';
        node.mask[size] = 0xF0;
    }
    return node;
}

/* The child of a node that a literal leads to, which is made, as the last one, where it is
 * new. There must be room. */
static poupa__node *descend(poupa__trie *trie, poupa__node *parent, const char *literal,
                            size_t size, poupa__target target)
{
    uint32_t *link = &parent->child;
    while (*link) {
        poupa__node *node = &trie->nodes[*link / sizeof *node];
        if (node->size == size && node->target == (uint32_t)target &&
            memcmp(node->literal, literal, size) == 0)
            return node;
        link = &node->sibling;
    }
    poupa__node *made = &trie->nodes[trie->count];
    *link = (uint32_t)(trie->count++ * sizeof *made);
    *made = make_node(literal, size, target);
    return made;
}

/* Follows a literal of any length, in nodes of what fits. */
static poupa__node *follow(poupa__trie *trie, poupa__node *node, const char *literal, size_t size,
                           poupa__target target)
{
    for (; size > POUPA__LITERAL_MOST; size -= POUPA__LITERAL_MOST) {
        node = descend(trie, node, literal, POUPA__LITERAL_MOST, POUPA__TARGET_NOTHING);
        literal += POUPA__LITERAL_MOST;
    }
    return descend(trie, node, literal, size, target);
}

/* How many nodes the path of a line needs at most. */
static size_t nodes_needed(size_t size, const poupa__layout *layout)
{
    size_t needed = 0;
    size_t end = 0;
    for (size_t i = 0; i < layout->count; i++) {
        needed += (layout->places[i].start - end) / POUPA__LITERAL_MOST + 1;
        end = layout->places[i].end;
    }
    return needed + (size - end) / POUPA__LITERAL_MOST + 1;
}

void poupa__trie_learn(poupa__trie *trie, const char *line, size_t size,
                       const poupa__layout *layout)
{
    /* Whole paths only: a path that ends nowhere would mislead every line that takes it. */
    if (!layout->is_regular || trie->count + nodes_needed(size, layout) > POUPA__TRIE_MOST)
        return;
    poupa__node *node = trie->nodes;
    size_t end = 0;
    for (size_t i = 0; i < layout->count; i++) {
        const poupa__place_in_line *place = &layout->places[i];
        node = follow(trie, node, line + end, place->start - end, place->target);
        end = place->end;
    }
    (void)follow(trie, node, line + end, size - end, POUPA__TARGET_END);
}
