/* hot.h - decoding lines of known layouts with wide compares. */
#ifndef POUPA__NDJSON_HOT_H
#define POUPA__NDJSON_HOT_H

#include "memo.h"
#include "months.h"
#include "poupa/ndjson.h"
#include "table/segment.h"
#include "trie.h"

/* What a run of lines is decoded with, and to. */
typedef struct poupa__hot {
    const poupa__trie *trie;
    const poupa__memo *memos; /* one for each dictionary */
    poupa__months *months;
    poupa__cells cells;
    size_t row; /* the next one; only rows of lines that were taken count */
    size_t row_limit;
    size_t max_line;
    bool use_trie;
    size_t loose;      /* lines that were tried without the trie */
    size_t loose_most; /* how many may be */
} poupa__hot;

/*
 * Decodes lines from the start of the data, which must hold complete lines: along the paths
 * of the trie, or else, for some lines, in any order of members. Ends before a line that
 * neither takes, that holds an id which is not in the memo, or where there are no more rows.
 * Returns how many bytes were taken.
 */
typedef size_t poupa__hot_lines(poupa__hot *hot, const char *data, size_t size);

poupa__hot_lines poupa__hot_lines_portable;
poupa__hot_lines poupa__hot_lines_sse2;
poupa__hot_lines poupa__hot_lines_avx2;
poupa__hot_lines poupa__hot_lines_neon;

/* The function of a path; NULL for GENERAL, and for what the processor cannot take. */
poupa__hot_lines *poupa__hot_choose(poupa_ndjson_path path);

#if defined(__x86_64__) && defined(__GNUC__)
#define POUPA__HOT_X86 1
#elif defined(__aarch64__) && defined(__GNUC__) && !defined(__AARCH64EB__)
#define POUPA__HOT_NEON 1
#endif

#endif
