/* hot.h - decoding lines of known layouts with wide compares. */
#ifndef POUPA__NDJSON_HOT_H
#define POUPA__NDJSON_HOT_H

#include "memo.h"
#include "months.h"
#include "poupa/ndjson.h"
#include "table/dictionary.h"
#include "table/segment.h"
#include "trie.h"

#define POUPA__VALUE_MOST 128
#define POUPA__VALUES_BITS 6

/* An unknown member's key, or its text, list or object, that was found to be well-formed:
 * where the same bytes stand again, they are so again. */
typedef struct poupa__value {
    char bytes[POUPA__VALUE_MOST]; /* zeros behind it */
    size_t size;                   /* 0 for none */
} poupa__value;

/* A cache with one place for each beginning of eight bytes; beginnings that were chosen to
 * share a place are checked again each time, as without the cache. */
typedef struct poupa__values {
    poupa__value places[1 << POUPA__VALUES_BITS];
} poupa__values;

typedef struct poupa__known {
    poupa__values keys; /* in quotes, without escapes */
    poupa__values values;
} poupa__known;

/* A day as it is spelled: its first eight bytes, and the eight that end with its quote. */
typedef struct poupa__day {
    uint64_t key;
    uint64_t rest;
    int32_t start;
} poupa__day;

/* No text is spelled so: five bytes are in both words. */
#define POUPA__NO_DAY ((poupa__day){UINT64_MAX, 0, 0})

/* What a run of lines is decoded with, and to. */
typedef struct poupa__hot {
    const poupa__trie *trie;
    const poupa__memo *memos; /* one for each dictionary */
    poupa__dictionary *const *dictionaries;
    poupa__months *months;
    poupa__known *known;
    poupa__day last_day;
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

#if defined(__x86_64__) && defined(__GNUC__)
#define POUPA__HOT_X86 1
poupa__hot_lines poupa__hot_lines_sse2;
poupa__hot_lines poupa__hot_lines_avx2;
#elif defined(__aarch64__) && defined(__GNUC__) && !defined(__AARCH64EB__)
#define POUPA__HOT_NEON 1
poupa__hot_lines poupa__hot_lines_neon;
#endif
poupa__hot_lines poupa__hot_lines_portable;

/* The ASCII character of an escape of the form \u00XX; 0 for any other. */
char poupa__hot_escape(const char *at);

/*
 * Takes an id that the memo does not know, at *at behind its opening quote, where it is in
 * the dictionary all the same: rare spellings with escapes, and ids beyond number. -1 where
 * it is not. Nothing behind `last` is read.
 */
int32_t poupa__hot_find(const poupa__hot *hot, poupa_dictionary dictionary, const char **at,
                        const char *last);

/* The function of a path; NULL for GENERAL, and for what the processor cannot take. */
poupa__hot_lines *poupa__hot_choose(poupa_ndjson_path path);

#endif
