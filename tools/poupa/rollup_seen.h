/* rollup_seen.h - which words of --where the records had, since a word that none has is
 * mostly a mistake. */
#ifndef TOOL_ROLLUP_SEEN_H
#define TOOL_ROLLUP_SEEN_H

#include "rollup.h"

typedef struct rollup_seen {
    const rollup_words *words;
    bool *seen[POUPA_GROUPS_MAX];           /* by filter and value */
    poupa_catalog *known[POUPA_GROUPS_MAX]; /* words that the records had, for suggestions */
} rollup_seen;

void rollup_seen_begin(rollup_seen *out, const rollup_words *words);
void rollup_seen_free(rollup_seen *seen);

/* Looks at the words of a batch. */
void rollup_seen_add(rollup_seen *seen, const poupa_attendance *batch);

/* Says on standard error which words no record had, and what was probably meant. */
void rollup_seen_report(const rollup_seen *seen);

#endif
