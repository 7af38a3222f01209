/* check_stream.c - "poupa check-stream": what is wrong with attendance streams. */
#include <inttypes.h>
#include <stdio.h>

#include <poupa/rollup.h>

#include "documents.h"
#include "interrupt.h"
#include "messages.h"
#include "run.h"
#include "stream.h"

/* What records refer to. */
static const struct {
    poupa_group group;
    poupa_kind kind;
} references[] = {
    {{POUPA_GROUP_UNIT, 0}, POUPA_KIND_UNIT},
    {{POUPA_GROUP_SERVICE, 0}, POUPA_KIND_SERVICE},
    {{POUPA_GROUP_CHANNEL, 0}, POUPA_KIND_CHANNEL},
};

enum { REFERENCES = sizeof references / sizeof references[0] };

/* The ids that were met, each with its records. */
typedef struct met_ids {
    poupa_rollup *rollups[REFERENCES];
} met_ids;

static exit_status meet(void *context, const poupa_attendance *batch)
{
    met_ids *met = context;
    for (size_t i = 0; i < REFERENCES; i++) {
        poupa_error err;
        if (met->rollups[i] && poupa_rollup_add(met->rollups[i], batch, &err) != POUPA_OK)
            return fail(EXIT_IO, "%s", err.message);
    }
    return EXIT_FINE;
}

static exit_status begin(met_ids *met)
{
    for (size_t i = 0; i < REFERENCES; i++) {
        poupa_error err;
        const poupa_rollup_options options = {
            .by = &references[i].group, .by_count = 1, .counts_only = true};
        if (poupa_rollup_new(&options, &met->rollups[i], &err) != POUPA_OK)
            return fail(EXIT_IO, "%s", err.message);
    }
    return EXIT_FINE;
}

/* Lists the ids of a kind that the catalogue does not have. */
static exit_status list_unknown(const poupa_rollup *rollup, poupa_kind kind,
                                const poupa_catalog *catalog)
{
    poupa_error err;
    poupa_rollup_table *table;
    exit_status status = EXIT_FINE;
    if (poupa_rollup_finish(rollup, &table, &err) != POUPA_OK)
        return fail(EXIT_FINDINGS, "%s", err.message);
    for (size_t i = 0; i < poupa_rollup_table_count(table); i++) {
        const poupa_rollup_row *row = poupa_rollup_table_at(table, i);
        const char *id = row->keys[0];
        if (id[0] == '\0' || poupa_catalog_find(catalog, kind, id))
            continue;
        const void *near = poupa_catalog_nearest(catalog, kind, id);
        status = EXIT_FINDINGS;
        printf("no %s \"%s\", in %" PRIu64 " record%s%s\n", poupa_kind_name(kind), id, row->rows,
               row->rows == 1 ? "" : "s",
               did_you_mean(near ? *(const char *const *)near : NULL).text);
    }
    poupa_rollup_table_free(table);
    return status;
}

static exit_status check(const cli_arguments *arguments, met_ids *met)
{
    exit_status worst = EXIT_FINE;
    uint64_t threads;
    if (!stream_number(arguments, OPTION_THREADS, 1, 256, &threads))
        return EXIT_USAGE;
    const poupa_ndjson_options options = {.on_error = POUPA_ON_ERROR_QUARANTINE,
                                          .threads = (uint32_t)threads,
                                          .quarantine = write_stream,
                                          .quarantine_context = stdout};
    interrupts_note(true);
    for (size_t i = 0; i < arguments->operand_count && worst != EXIT_INTERRUPTED; i++) {
        poupa_ndjson_counts counts;
        const char *file = arguments->operands[i];
        exit_status status = stream_read(file, &options, meet, met, &counts);
        if (status == EXIT_FINE && counts.bad)
            status = EXIT_FINDINGS;
        if (status < EXIT_USAGE)
            stream_print_counts(document_name(file), &counts);
        worst = status > worst ? status : worst;
    }
    interrupts_restore();
    return worst;
}

static exit_status check_with(const cli_arguments *arguments, const poupa_catalog *catalog)
{
    met_ids met = {{NULL}};
    exit_status worst = catalog ? begin(&met) : EXIT_FINE;
    if (worst == EXIT_FINE)
        worst = check(arguments, &met);
    for (size_t i = 0; catalog && i < REFERENCES; i++) {
        exit_status status = EXIT_FINE;
        if (worst < EXIT_USAGE)
            status = list_unknown(met.rollups[i], references[i].kind, catalog);
        worst = status > worst ? status : worst;
        poupa_rollup_free(met.rollups[i]);
    }
    return worst;
}

exit_status run_check_stream(const cli_arguments *arguments)
{
    poupa_document *document = NULL;
    const char *file = arguments->values[OPTION_CATALOG];
    exit_status status = file ? document_read_sound(file, &document) : EXIT_FINE;
    if (status == EXIT_FINE)
        status = check_with(arguments, document ? poupa_document_catalog(document) : NULL);
    poupa_document_free(document);
    return status;
}
