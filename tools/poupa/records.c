/* records.c - "poupa generate": made-up attendance records. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "interrupt.h"
#include "messages.h"
#include "progress.h"
#include "run.h"
#include "stream.h"
#include "synthetic.h"

enum { ROWS_USUAL = 1000 };

/* The ids of a kind; free the items. */
static synthetic_ids ids_of(const poupa_catalog *catalog, poupa_kind kind)
{
    size_t count = poupa_catalog_count(catalog, kind);
    const char **items = calloc(count + 1, sizeof *items);
    if (items == NULL)
        fail_for_memory();
    for (size_t i = 0; i < count; i++)
        items[i] =
            *(const char *const *)poupa_catalog_at(catalog, kind, i); /* its first member */
    return (synthetic_ids){items, count};
}

/* Where records go: to standard output, which tells what fails when it is closed. */
typedef struct output {
    cli_progress progress;
    uint64_t records;
    uint64_t bytes;
} output;

/* Takes complete lines; an interrupt ends them there. */
static bool take_lines(void *context, const char *data, size_t size)
{
    output *self = context;
    self->bytes += size;
    for (const char *at = data; (at = memchr(at, '\n', size - (size_t)(at - data))); at++)
        self->records++;
    progress_show(&self->progress, self->records, self->bytes, self->records);
    return write_stream(stdout, data, size) && !interrupted();
}

static exit_status write_records(synthetic_options *options)
{
    output out = {.progress = progress_begin(options->rows)};
    interrupts_note(true);
    bool written = synthetic_write(options, take_lines, &out);
    progress_end(&out.progress);
    if (interrupted())
        return fail(EXIT_INTERRUPTED, "interrupted");
    return written ? EXIT_FINE : EXIT_IO;
}

static exit_status write_over_catalog(synthetic_options *options, const char *file)
{
    poupa_document *document;
    exit_status status = document_read_sound(file, &document);
    if (status != EXIT_FINE)
        return status;
    const poupa_catalog *catalog = poupa_document_catalog(document);
    size_t count = poupa_channel_count(catalog);
    synthetic_channel *channels = calloc(count + 1, sizeof *channels);
    if (channels == NULL)
        fail_for_memory();
    options->units = ids_of(catalog, POUPA_KIND_UNIT);
    options->services = ids_of(catalog, POUPA_KIND_SERVICE);
    for (size_t i = 0; i < count; i++) {
        const poupa_channel *channel = poupa_channel_at(catalog, i);
        channels[i] = (synthetic_channel){channel->id, options->units.count > 0 &&
                                                           poupa_channel_has_units(channel)};
    }
    options->channels = channels;
    options->channel_count = count;
    if (count == 0 || options->services.count == 0)
        status =
            fail(EXIT_FINDINGS, "%s: records need a service and a channel", document_name(file));
    else
        status = write_records(options);
    free((void *)options->units.items);
    free((void *)options->services.items);
    free(channels);
    poupa_document_free(document);
    return status;
}

exit_status run_generate(const cli_arguments *arguments)
{
    synthetic_options options = {.style = arguments->given[OPTION_MESSY] ? SYNTHETIC_MESSY
                                                                         : SYNTHETIC_CLEAN};
    if (!stream_number(arguments, OPTION_ROWS, ROWS_USUAL, UINT64_C(1) << 40, &options.rows) ||
        !stream_number(arguments, OPTION_SEED, 1, INT64_MAX, &options.seed))
        return EXIT_USAGE;
    const char *catalog = arguments->values[OPTION_CATALOG];
    return catalog ? write_over_catalog(&options, catalog) : write_records(&options);
}
