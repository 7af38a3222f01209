/* rollup.c - "poupa rollup": attendance records added up. */
#include "rollup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "interrupt.h"
#include "messages.h"
#include "rollup_seen.h"
#include "run.h"
#include "stream.h"

/* -- The quarantine ------------------------------------------------------ */

static exit_status quarantine_open(const char *path, poupa_saving **out)
{
    poupa_error err;
    *out = NULL;
    if (path == NULL || poupa_saving_new(path, NULL, out, &err) == POUPA_OK)
        return EXIT_FINE;
    return fail(EXIT_IO, "%s", err.message);
}

/* Puts the file in its place, if all went well. */
static exit_status quarantine_close(poupa_saving *saving, exit_status status)
{
    poupa_error err;
    if (saving && status == EXIT_FINE && poupa_saving_commit(saving, &err) != POUPA_OK)
        status = fail(EXIT_IO, "%s", err.message);
    poupa_saving_free(saving);
    return status;
}

/* -- Adding up ----------------------------------------------------------- */

/* What batches go into. */
typedef struct sink {
    poupa_rollup *rollup;
    rollup_seen seen;
} sink;

static exit_status add(void *context, const poupa_attendance *batch)
{
    sink *to = context;
    poupa_error err;
    rollup_seen_add(&to->seen, batch);
    poupa_status status = poupa_rollup_add(to->rollup, batch, &err);
    return status == POUPA_OK ? EXIT_FINE : fail(EXIT_IO, "%s", err.message);
}

static poupa_on_error policy_of(const char *word)
{
    static const char *const words[] = {[POUPA_ON_ERROR_FAIL] = "fail",
                                        [POUPA_ON_ERROR_SKIP] = "skip",
                                        [POUPA_ON_ERROR_QUARANTINE] = "quarantine"};
    poupa_on_error policy = POUPA_ON_ERROR_FAIL;
    for (size_t i = 0; word && i < sizeof words / sizeof words[0]; i++)
        policy = strcmp(word, words[i]) == 0 ? (poupa_on_error)i : policy;
    return policy;
}

static exit_status add_files(const cli_arguments *arguments, sink *to)
{
    poupa_saving *bad_lines;
    uint64_t threads;
    const char *path = arguments->values[OPTION_QUARANTINE];
    poupa_ndjson_options options = {.on_error = policy_of(arguments->values[OPTION_ON_ERROR])};
    if (path && !arguments->given[OPTION_ON_ERROR])
        options.on_error = POUPA_ON_ERROR_QUARANTINE;
    if ((options.on_error == POUPA_ON_ERROR_QUARANTINE) != (path != NULL))
        return fail_usage(arguments->command,
                          "--on-error quarantine and --quarantine FILE go together");
    if (!stream_number(arguments, OPTION_THREADS, 1, 256, &threads))
        return EXIT_USAGE;
    interrupts_note(path == NULL);
    exit_status status = quarantine_open(path, &bad_lines);
    options.threads = (uint32_t)threads;
    options.quarantine = path ? poupa_saving_write : NULL;
    options.quarantine_context = bad_lines;
    for (size_t i = 0; status == EXIT_FINE && i < arguments->operand_count; i++) {
        poupa_ndjson_counts counts;
        status = stream_read(arguments->operands[i], &options, add, to, &counts);
        if (status < EXIT_USAGE)
            stream_print_counts(document_name(arguments->operands[i]), &counts);
    }
    if (status == EXIT_FINE && interrupted())
        status = fail(EXIT_INTERRUPTED, "interrupted");
    status = quarantine_close(bad_lines, status);
    interrupts_restore();
    return status;
}

/* -- Results ------------------------------------------------------------- */

static exit_status print_json(const poupa_rollup_table *table)
{
    poupa_writer *writer = json_begin();
    if (writer)
        poupa_rollup_write_json(table, writer);
    return json_end(writer);
}

/* A stream that failed says so when it is closed. */
static exit_status print(const poupa_rollup_table *table, const char *format)
{
    if (format && strcmp(format, "json") == 0)
        return print_json(table);
    if (format && strcmp(format, "csv") == 0)
        return poupa_rollup_write_csv(table, write_stream, stdout, NULL) ? EXIT_IO : EXIT_FINE;
    if (format && strcmp(format, "ndjson") == 0)
        return poupa_rollup_write_ndjson(table, write_stream, stdout, NULL) ? EXIT_IO : EXIT_FINE;
    rollup_print(table);
    return EXIT_FINE;
}

static exit_status roll_up(const cli_arguments *arguments, const rollup_words *words,
                           poupa_catalog *catalog)
{
    poupa_error err;
    poupa_rollup_table *table;
    sink to;
    uint64_t top;
    if (!stream_number(arguments, OPTION_TOP, 0, SIZE_MAX / 2, &top))
        return EXIT_USAGE;
    const poupa_rollup_options options = {.by = words->by,
                                          .by_count = words->by_count,
                                          .filters = words->filters,
                                          .filter_count = words->filter_count,
                                          .catalog = catalog,
                                          .top = (size_t)top};
    if (poupa_rollup_new(&options, &to.rollup, &err) != POUPA_OK)
        return fail_usage(arguments->command, "%s", err.message);
    rollup_seen_begin(&to.seen, words);
    exit_status status = add_files(arguments, &to);
    if (status == EXIT_FINE)
        rollup_seen_report(&to.seen);
    rollup_seen_free(&to.seen);
    if (status == EXIT_FINE && poupa_rollup_finish(to.rollup, &table, &err) != POUPA_OK) {
        status = fail(err.status == POUPA_ERR_LIMIT ? EXIT_FINDINGS : EXIT_IO, "%s", err.message);
    } else if (status == EXIT_FINE) {
        status = print(table, arguments->values[OPTION_FORMAT]);
        poupa_rollup_table_free(table);
    }
    poupa_rollup_free(to.rollup);
    return status;
}

exit_status run_rollup(const cli_arguments *arguments)
{
    rollup_words words;
    poupa_document *document = NULL;
    const char *file = arguments->values[OPTION_CATALOG];
    exit_status status = rollup_words_read(arguments, &words);
    if (status == EXIT_FINE && file)
        status = document_read_sound(file, &document);
    if (status == EXIT_FINE)
        status = roll_up(arguments, &words, document ? poupa_document_catalog(document) : NULL);
    poupa_document_free(document);
    rollup_words_free(&words);
    return status;
}
