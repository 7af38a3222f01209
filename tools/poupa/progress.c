/* progress.c - a bar on standard error. */
#include "progress.h"

#include <stdio.h>

enum { BAR_WIDTH = 30 };

cli_progress progress_begin(uint64_t whole)
{
    return (cli_progress){terminal_of(stderr), whole, time(NULL), 0};
}

void progress_show(cli_progress *self, uint64_t records, uint64_t bytes, uint64_t done)
{
    time_t now = time(NULL);
    if (!self->terminal.interactive || now - self->started <= 1 || now == self->shown)
        return;
    self->shown = now;
    fprintf(stderr, "\r%10" PRIu64 " records, %" PRIu64 " MiB", records, bytes >> 20);
    if (self->whole) {
        double share = done < self->whole ? (double)done / (double)self->whole : 1;
        int filled = (int)(share * BAR_WIDTH);
        fprintf(stderr, " [%.*s%*s] %3d %%", filled,
                "==============================", BAR_WIDTH - filled, "", (int)(share * 100));
    }
    fflush(stderr);
}

void progress_end(const cli_progress *self)
{
    if (self->shown)
        fputs("\r\033[K", stderr);
}
