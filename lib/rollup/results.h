/* results.h - the table that a rollup ends in. */
#ifndef POUPA__ROLLUP_RESULTS_H
#define POUPA__ROLLUP_RESULTS_H

#include "base/memory.h"
#include "poupa/rollup.h"

struct poupa_rollup_table {
    poupa__arena arena; /* of all texts and keys */
    poupa_rollup_row *rows;
    size_t count;
    size_t capacity;
    poupa_group by[POUPA_GROUPS_MAX];
    size_t by_count;
    poupa_rollup_filter filters[POUPA_GROUPS_MAX];
    size_t filter_count;
    bool by_period;
    poupa_rollup_tally tally;
};

#endif
