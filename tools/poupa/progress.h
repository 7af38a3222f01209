/* progress.h - a bar on standard error, where that is a terminal and the work is long. */
#ifndef TOOL_PROGRESS_H
#define TOOL_PROGRESS_H

#include <inttypes.h>
#include <stdint.h>
#include <time.h>

#include "terminal.h"

typedef struct cli_progress {
    cli_terminal terminal;
    uint64_t whole; /* of what `done` counts; 0 where it is not known */
    time_t started;
    time_t shown; /* 0: nothing was */
} cli_progress;

cli_progress progress_begin(uint64_t whole);

/* Shows how far it is, at most once a second. */
void progress_show(cli_progress *self, uint64_t records, uint64_t bytes, uint64_t done);

/* Wipes the bar off. */
void progress_end(const cli_progress *self);

#endif
