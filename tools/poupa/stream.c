/* stream.c - reading attendance streams, and showing how far it is. */
#define _POSIX_C_SOURCE 200809L

#include "stream.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "documents.h"
#include "messages.h"
#include "terminal.h"

/* -- Interrupts ---------------------------------------------------------- */

/* The one thing that a signal handler may write. */
static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* -- Progress ------------------------------------------------------------ */

enum { BAR_WIDTH = 30 };

typedef struct progress {
    cli_terminal terminal;
    uint64_t size; /* of the file; 0 where it is not known */
    time_t started;
    time_t shown; /* 0: nothing was */
} progress;

static void show(progress *self, const poupa_ndjson_counts *counts, time_t now)
{
    self->shown = now;
    fprintf(stderr, "\r%10" PRIu64 " records, %" PRIu64 " MiB", counts->good,
            counts->bytes >> 20);
    if (self->size) {
        uint64_t done = counts->bytes < self->size ? counts->bytes : self->size;
        int filled = (int)(done * BAR_WIDTH / self->size);
        fprintf(stderr, " [%.*s%*s] %3d %%", filled,
                "==============================", BAR_WIDTH - filled, "",
                (int)(done * 100 / self->size));
    }
}

/* A poupa_progress_fn: a bar that appears when the work takes more than a second. */
static bool follow(void *context, const poupa_ndjson_counts *counts)
{
    progress *self = context;
    time_t now = time(NULL);
    if (self->terminal.interactive && now - self->started > 1 && now != self->shown)
        show(self, counts, now);
    return !interrupted;
}

static uint64_t size_of(const char *file)
{
    struct stat status;
    bool known = !is_standard_input(file) && stat(file, &status) == 0 && S_ISREG(status.st_mode);
    return known ? (uint64_t)status.st_size : 0;
}

/* -- Reading ------------------------------------------------------------- */

static exit_status fail_reading(const char *file, poupa_status status, const poupa_error *err)
{
    bool bad_line = status == POUPA_ERR_SYNTAX || status == POUPA_ERR_INVALID ||
                    (status == POUPA_ERR_LIMIT && err->line);
    if (status == POUPA_ERR_CANCELLED)
        return fail(EXIT_INTERRUPTED, "interrupted");
    if (!bad_line)
        return fail(EXIT_IO, "%s", err->message);
    return fail(EXIT_FINDINGS, "%s:%zu:%zu: %s", document_name(file), err->line, err->column,
                err->message);
}

static exit_status read_batches(const char *file, poupa_ndjson *stream, stream_step step,
                                void *context)
{
    for (;;) {
        poupa_error err;
        poupa_attendance *batch;
        poupa_status status = poupa_ndjson_next(stream, &batch, &err);
        if (status != POUPA_OK)
            return fail_reading(file, status, &err);
        if (batch == NULL)
            return EXIT_FINE;
        exit_status taken = step(context, batch);
        poupa_attendance_release(batch);
        if (taken != EXIT_FINE)
            return taken;
    }
}

exit_status stream_read(const char *file, const poupa_ndjson_options *options, stream_step step,
                        void *context, poupa_ndjson_counts *counts)
{
    poupa_error err;
    poupa_ndjson *stream;
    progress state = {terminal_of(stderr), size_of(file), time(NULL), 0};
    poupa_ndjson_options followed = *options;
    followed.progress = follow;
    followed.progress_context = &state;
    /* A second interrupt ends the program at once, should a read never come back. */
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = (int)SA_RESETHAND};
    struct sigaction before;
    sigaction(SIGINT, &action, &before);
    *counts = (poupa_ndjson_counts){0, 0, 0, 0};
    exit_status result = EXIT_FINE;
    poupa_status status = poupa_ndjson_open(file, &followed, &stream, &err);
    if (status == POUPA_OK) {
        result = read_batches(file, stream, step, context);
        *counts = poupa_ndjson_counted(stream);
        poupa_ndjson_close(stream);
    } else {
        result = fail_reading(file, status, &err);
    }
    if (state.shown)
        fputs("\r\033[K", stderr);
    sigaction(SIGINT, &before, NULL);
    return result;
}

bool stream_number(const cli_arguments *arguments, option_id option, uint64_t usual,
                   uint64_t most, uint64_t *out)
{
    const char *value = arguments->values[option];
    *out = usual;
    if (value == NULL)
        return true;
    size_t digits = strspn(value, "0123456789");
    *out = strtoull(value, NULL, 10);
    if (digits > 0 && digits < 20 && value[digits] == '\0' && *out <= most)
        return true;
    fail_usage(arguments->command, "\"%s\" is not a number from 0 to %" PRIu64, value, most);
    return false;
}

void stream_print_counts(const char *name, const poupa_ndjson_counts *counts)
{
    fflush(stdout);
    fprintf(stderr, "%s: %" PRIu64 " good, %" PRIu64 " bad and %" PRIu64 " blank lines\n", name,
            counts->good, counts->bad, counts->blank);
}
