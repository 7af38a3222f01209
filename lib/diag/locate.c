/*
 * locate.c - from JSON pointers to places in the text. The pointers of all findings make a
 * tree, and one walk over the text, along that tree, finds them all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/jsontext.h"
#include "base/text.h"
#include "report.h"

/* -- The tree of pointers ------------------------------------------------ */

/* A value that some pointer leads to or through. Node 0 is the document. */
typedef struct pointer_node {
    size_t parent;
    const char *token; /* unescaped */
    size_t token_size;
    bool has_children;
    bool found;
    size_t value_at;
    size_t key_at;
} pointer_node;

typedef struct pointer_tree {
    poupa_allocator allocator;
    poupa__hash_key hash_key;
    poupa__arena texts;
    pointer_node *nodes;
    size_t count;
    size_t capacity;
    size_t *table; /* open addressing: node indices, 0 where free */
    size_t table_size;
} pointer_tree;

static size_t *child_slot(const pointer_tree *tree, size_t parent, const char *token, size_t size)
{
    uint64_t hash = poupa__mix(poupa__hash(tree->hash_key, token, size) + parent);
    for (size_t at = (size_t)hash;; at++) {
        size_t *slot = &tree->table[at & (tree->table_size - 1)];
        const pointer_node *child = &tree->nodes[*slot];
        if (*slot == 0 || (child->parent == parent && child->token_size == size &&
                           memcmp(child->token, token, size) == 0))
            return slot;
    }
}

static bool grow_table(pointer_tree *tree)
{
    size_t old_size = tree->table_size;
    size_t *old = tree->table;
    size_t size = old_size ? old_size * 2 : 64;
    tree->table = POUPA__NEW_ZEROED(&tree->allocator, size_t, size);
    if (tree->table == NULL) {
        tree->table = old;
        return false;
    }
    tree->table_size = size;
    for (size_t i = 1; i < tree->count; i++) {
        const pointer_node *each = &tree->nodes[i];
        *child_slot(tree, each->parent, each->token, each->token_size) = i;
    }
    poupa__release(&tree->allocator, old, old_size * sizeof *old);
    return true;
}

static bool add_node(pointer_tree *tree, pointer_node node)
{
    void *nodes = tree->nodes;
    if (!poupa__grow(&tree->allocator, &nodes, &tree->capacity, tree->count + 1,
                     sizeof *tree->nodes))
        return false;
    tree->nodes = (pointer_node *)nodes;
    tree->nodes[tree->count++] = node;
    return true;
}

/* The child of a node, made if it is not there; 0 when there is no memory. */
static size_t take_child(pointer_tree *tree, size_t parent, const char *token, size_t size)
{
    if (tree->count * 2 >= tree->table_size && !grow_table(tree))
        return 0;
    size_t *slot = child_slot(tree, parent, token, size);
    if (*slot)
        return *slot;
    const char *copy = poupa__arena_text(&tree->texts, token, size);
    if (copy == NULL ||
        !add_node(tree, (pointer_node){.parent = parent, .token = copy, .token_size = size}))
        return 0;
    tree->nodes[parent].has_children = true;
    return *slot = tree->count - 1;
}

/* Enters a pointer and returns its node; SIZE_MAX when there is no memory. */
static size_t enter(pointer_tree *tree, const char *path)
{
    size_t at = 0;
    poupa_buffer token;
    poupa__buffer_init(&token, tree->allocator);
    bool good = true;
    while (*path == '/' && good) {
        token.size = 0;
        for (path++; *path && *path != '/' && good; path++) {
            char byte = *path;
            if (byte == '~' && path[1])
                byte = *++path == '1' ? '/' : '~';
            good = poupa__buffer_append(&token, &byte, 1);
        }
        at = good ? take_child(tree, at, token.data ? token.data : "", token.size) : 0;
        good = at != 0;
    }
    poupa_buffer_free(&token);
    return good ? at : SIZE_MAX;
}

/* -- The walk over the text ---------------------------------------------- */

typedef struct text_walk {
    pointer_tree *tree;
    poupa__json_cursor cursor;
    poupa_buffer key; /* decoded, where it has escapes */
    bool lost;
} text_walk;

static void visit(text_walk *walk, size_t at);

/* The child that a key leads to; 0 where no pointer goes there. */
static size_t child_by_key(text_walk *walk, size_t at, size_t start, size_t size)
{
    const char *key = walk->cursor.data + start;
    if (memchr(key, '\\', size)) {
        walk->key.size = 0;
        if (!poupa__buffer_reserve(&walk->key, size)) {
            walk->lost = true;
            return 0;
        }
        size = poupa__json_unescape(key, size, walk->key.data);
        key = walk->key.data;
    }
    return *child_slot(walk->tree, at, key, size);
}

/* Visits the value of a child, or skips one that no pointer goes to. */
static void visit_child(text_walk *walk, size_t child, size_t key_at)
{
    if (child) {
        walk->tree->nodes[child].key_at = key_at;
        visit(walk, child);
    } else {
        poupa__json_value(&walk->cursor);
    }
}

static void visit_members(text_walk *walk, size_t at)
{
    poupa__json_cursor *cursor = &walk->cursor;
    poupa__json_open(cursor);
    for (bool first = true; poupa__json_next(cursor, first, '}'); first = false) {
        size_t key_at = cursor->at;
        if (!poupa__json_string(cursor))
            return;
        size_t child = child_by_key(walk, at, key_at + 1, cursor->at - key_at - 2);
        if (!poupa__json_colon(cursor))
            return;
        visit_child(walk, child, key_at);
        if (poupa__json_failed(cursor) || walk->lost)
            return;
    }
}

static void visit_items(text_walk *walk, size_t at)
{
    poupa__json_cursor *cursor = &walk->cursor;
    poupa__json_open(cursor);
    for (size_t i = 0; poupa__json_next(cursor, i == 0, ']'); i++) {
        char token[24];
        poupa__error_text(token, sizeof token, "%zu", i);
        poupa__json_peek(cursor);
        visit_child(walk, *child_slot(walk->tree, at, token, strlen(token)), cursor->at);
        if (poupa__json_failed(cursor) || walk->lost)
            return;
    }
}

/* Notes where a node's value is, and goes on to its children. */
static void visit(text_walk *walk, size_t at)
{
    int byte = poupa__json_peek(&walk->cursor);
    pointer_node *node = &walk->tree->nodes[at];
    node->found = byte >= 0;
    node->value_at = walk->cursor.at;
    if (node->has_children && byte == '{' && walk->cursor.depth < walk->cursor.max_depth)
        visit_members(walk, at);
    else if (node->has_children && byte == '[' && walk->cursor.depth < walk->cursor.max_depth)
        visit_items(walk, at);
    else
        poupa__json_value(&walk->cursor);
}

/* -- Findings ------------------------------------------------------------ */

/* The place of a node, or of the nearest one above it that the text has. */
static size_t node_place(const pointer_tree *tree, size_t at, bool at_key)
{
    bool exact = true;
    while (at && !tree->nodes[at].found) {
        at = tree->nodes[at].parent;
        exact = false;
    }
    const pointer_node *node = &tree->nodes[at];
    return at && at_key && exact ? node->key_at : node->value_at;
}

static int by_offset(const void *a, const void *b)
{
    const poupa__noted *x = (const poupa__noted *)a;
    const poupa__noted *y = (const poupa__noted *)b;
    if (x->finding.offset != y->finding.offset)
        return x->finding.offset < y->finding.offset ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Counts lines and characters up to each finding, the findings being in order. */
static void count_lines(poupa_report *report, const char *data, size_t size)
{
    size_t line = 1, column = 1, at = 0;
    for (size_t i = 0; i < report->count; i++) {
        poupa_finding *finding = &report->findings[i].finding;
        if (finding->offset > size)
            finding->offset = size;
        for (; at < finding->offset; at++) {
            if (data[at] == '\n') {
                line++;
                column = 1;
            } else if (((unsigned char)data[at] & 0xC0) != 0x80) {
                column++;
            }
        }
        finding->line = line;
        finding->column = column;
    }
}

/* Finds the offset of every finding that has a path only. */
static bool find_offsets(poupa_report *report, pointer_tree *tree, const char *data, size_t size)
{
    size_t *nodes = POUPA__NEW_ARRAY(&report->allocator, size_t, report->count);
    bool good = nodes && grow_table(tree) && add_node(tree, (pointer_node){.found = true});
    for (size_t i = 0; i < report->count && good; i++) {
        nodes[i] = enter(tree, report->findings[i].finding.path);
        good = nodes[i] != SIZE_MAX;
    }
    if (good) {
        text_walk walk = {
            tree, poupa__json_start(data, size, POUPA__JSON_MAX_DEPTH), {.size = 0}, false};
        poupa__buffer_init(&walk.key, report->allocator);
        visit(&walk, 0);
        poupa_buffer_free(&walk.key);
        good = !walk.lost;
    }
    for (size_t i = 0; i < report->count && good; i++) {
        poupa__noted *noted = &report->findings[i];
        if (!noted->has_offset)
            noted->finding.offset = node_place(tree, nodes[i], noted->finding.at_key);
    }
    poupa__release(&report->allocator, nodes, report->count * sizeof *nodes);
    return good;
}

poupa_status poupa_report_locate(poupa_report *report, const char *data, size_t size,
                                 poupa_error *err)
{
    POUPA__REQUIRE(report, err);
    POUPA__REQUIRE(data, err);
    if (report->count == 0)
        return POUPA_OK;
    pointer_tree tree = {.allocator = report->allocator, .hash_key = poupa__hash_key_random()};
    poupa__arena_init(&tree.texts, report->allocator);
    bool good = find_offsets(report, &tree, data, size);
    poupa__arena_free(&tree.texts);
    poupa__release(&tree.allocator, tree.nodes, tree.capacity * sizeof *tree.nodes);
    poupa__release(&tree.allocator, tree.table, tree.table_size * sizeof *tree.table);
    if (!good)
        return poupa__error_memory(err);
    qsort(report->findings, report->count, sizeof *report->findings, by_offset);
    count_lines(report, data, size);
    return POUPA_OK;
}
