/* account.h - what a stream amounts to so far, and what becomes of its bad lines. */
#ifndef POUPA__NDJSON_ACCOUNT_H
#define POUPA__NDJSON_ACCOUNT_H

#include "lines.h"

typedef struct poupa__account {
    poupa_ndjson_options options;
    poupa_ndjson_counts counts;
    const char *file; /* where the lines come from; NULL where that is no file */
} poupa__account;

/* Checks the options that callers give; NULL stands for all zero. */
poupa_status poupa__account_init(poupa__account *account, const poupa_ndjson_options *options,
                                 poupa_error *err);

/* A run that was decoded, in the order of the text. */
typedef struct poupa__decoded {
    const char *data;
    size_t size;
    uint64_t offset; /* of its first byte in the text */
    uint64_t bytes;  /* of the text that it stands for */
    const poupa__run *run;
    const uint32_t *bad; /* where its bad lines begin; NULL where the run's list says so */
} poupa__decoded;

/*
 * Adds a run to the account: its bad lines go where the options say. Errors: that of the
 * bad line where reading stops, IO (the quarantine said no), CANCELLED (the progress did),
 * MEMORY.
 */
poupa_status poupa__account_add(poupa__account *account, poupa__general *general,
                                const poupa__decoded *decoded, poupa_error *err);

/* Asks the progress function whether to go on. */
bool poupa__account_go_on(const poupa__account *account);

#endif
