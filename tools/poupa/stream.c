/* stream.c - reading attendance streams, and showing how far it is. */
#define _POSIX_C_SOURCE 200809L

#include "stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "documents.h"
#include "interrupt.h"
#include "messages.h"
#include "progress.h"

/* A poupa_progress_fn. */
static bool follow(void *context, const poupa_ndjson_counts *counts)
{
    progress_show(context, counts->good, counts->bytes, counts->bytes);
    return !interrupted();
}

/* Whether a file is packed, and so has more bytes than its size says. */
static bool is_packed(FILE *file)
{
    unsigned char head[4] = {0};
    size_t size = fread(head, 1, sizeof head, file);
    return (size >= 2 && memcmp(head, "\x1F\x8B", 2) == 0) ||
           (size == 4 && memcmp(head, "\x28\xB5\x2F\xFD", 4) == 0);
}

/* The bytes of the text in a file; 0 where that is not known. */
static uint64_t size_of(const char *path)
{
    struct stat about;
    if (is_standard_input(path) || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return 0;
    FILE *file = fopen(path, "rb");
    bool known = file && !is_packed(file);
    if (file)
        fclose(file);
    return known ? (uint64_t)about.st_size : 0;
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

/* Takes a step with each batch, until the end or one that is not EXIT_FINE. */
static poupa_status read_batches(poupa_ndjson *stream, stream_step step, void *context,
                                 exit_status *taken, poupa_error *err)
{
    while (*taken == EXIT_FINE) {
        poupa_attendance *batch;
        poupa_status status = poupa_ndjson_next(stream, &batch, err);
        if (status != POUPA_OK || batch == NULL)
            return status;
        *taken = step(context, batch);
        poupa_attendance_release(batch);
    }
    return POUPA_OK;
}

exit_status stream_read(const char *file, const poupa_ndjson_options *options, stream_step step,
                        void *context, poupa_ndjson_counts *counts)
{
    poupa_error err;
    poupa_ndjson *stream;
    cli_progress state = progress_begin(size_of(file));
    poupa_ndjson_options followed = *options;
    followed.progress = follow;
    followed.progress_context = &state;
    *counts = (poupa_ndjson_counts){0, 0, 0, 0};
    exit_status taken = EXIT_FINE;
    poupa_status status = poupa_ndjson_open(file, &followed, &stream, &err);
    if (status == POUPA_OK) {
        status = read_batches(stream, step, context, &taken, &err);
        *counts = poupa_ndjson_counted(stream);
        poupa_ndjson_close(stream);
    }
    progress_end(&state);
    return status == POUPA_OK ? taken : fail_reading(file, status, &err);
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
