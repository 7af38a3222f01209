/* lines.h - decoding runs of complete lines into the rows of a builder. */
#ifndef POUPA__NDJSON_LINES_H
#define POUPA__NDJSON_LINES_H

#include "general.h"
#include "hot.h"
#include "table/table.h"

#define POUPA__LINE_MOST ((size_t)1 << 20)

/* What became of a run of lines. */
typedef struct poupa__run {
    size_t good;
    size_t blank;
    size_t *bad; /* where bad lines begin */
    size_t bad_count;
    size_t bad_capacity;
} poupa__run;

/* How the known layouts fare: where they do not pay, they rest for a while. */
typedef struct poupa__pace {
    uint64_t taken; /* lines since the last look */
    uint64_t missed;
    uint64_t lessons;   /* lines that were learned from */
    uint64_t rest;      /* lines still to go without */
    uint64_t last_rest; /* how long the last one was */
} poupa__pace;

/* All that one thread decodes with. */
typedef struct poupa__lines {
    poupa_allocator allocator;
    size_t max_line;
    poupa__hot_lines *hot_lines; /* NULL for the general parser alone */
    poupa_builder *builder;
    poupa__general general;
    poupa__memo memos[POUPA_DICTIONARY_COUNT];
    poupa__trie *trie;
    poupa__months *months;
    poupa__known *known;
    poupa__layout layout;
    poupa__pace pace;
} poupa__lines;

/* On failure there is nothing to free. */
poupa_status poupa__lines_init(poupa__lines *lines, const poupa_ndjson_options *options,
                               poupa_error *err);
void poupa__lines_free(poupa__lines *lines);

/*
 * Decodes a run: complete lines, of which only the last may lack its newline. Bad lines are
 * listed, and end the run where `stop` says so. False for want of memory.
 */
bool poupa__lines_decode(poupa__lines *lines, const char *data, size_t size, bool stop,
                         poupa__run *run);

/* Makes an id known that no line had yet; false for want of memory. */
bool poupa__lines_know(poupa__lines *lines, poupa_dictionary column, const poupa__word *id);

/* The line that begins at a place of a run, its newline (LF or CRLF) apart. */
poupa__span poupa__line_at(const char *data, size_t size, size_t offset);

#endif
