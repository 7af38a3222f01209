/* rollup.c - "poupa rollup": attendance records added up. */
#define _POSIX_C_SOURCE 200809L

#include "rollup.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "messages.h"
#include "run.h"
#include "stream.h"

/* -- The quarantine ------------------------------------------------------ */

/* A file that takes its name only when all went well. */
typedef struct quarantine {
    const char *path; /* NULL where there is none */
    char *temporary;
    FILE *stream;
} quarantine;

static exit_status quarantine_open(const char *path, quarantine *out)
{
    static const char ending[] = ".part";
    *out = (quarantine){.path = path};
    if (path == NULL)
        return EXIT_FINE;
    out->temporary = malloc(strlen(path) + sizeof ending);
    if (out->temporary == NULL)
        fail_for_memory();
    strcat(strcpy(out->temporary, path), ending);
    out->stream = fopen(out->temporary, "wb");
    if (out->stream)
        return EXIT_FINE;
    free(out->temporary);
    return fail(EXIT_IO, "%s: %s", path, strerror(errno));
}

static exit_status quarantine_close(quarantine *self, exit_status status)
{
    if (self->path == NULL)
        return status;
    bool written = fclose(self->stream) == 0;
    if (status == EXIT_FINE && (!written || rename(self->temporary, self->path) != 0))
        status = fail(EXIT_IO, "%s: %s", self->path, strerror(errno));
    if (status != EXIT_FINE)
        remove(self->temporary);
    free(self->temporary);
    return status;
}

/* -- Adding up ----------------------------------------------------------- */

static exit_status add(void *rollup, const poupa_attendance *batch)
{
    poupa_error err;
    poupa_status status = poupa_rollup_add(rollup, batch, &err);
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

static exit_status add_files(const cli_arguments *arguments, poupa_rollup *rollup)
{
    quarantine bad_lines;
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
    exit_status status = quarantine_open(path, &bad_lines);
    if (status != EXIT_FINE)
        return status;
    options.threads = (uint32_t)threads;
    options.quarantine = path ? write_stream : NULL;
    options.quarantine_context = bad_lines.stream;
    for (size_t i = 0; status == EXIT_FINE && i < arguments->operand_count; i++) {
        poupa_ndjson_counts counts;
        status = stream_read(arguments->operands[i], &options, add, rollup, &counts);
        if (status < EXIT_USAGE)
            stream_print_counts(document_name(arguments->operands[i]), &counts);
    }
    return quarantine_close(&bad_lines, status);
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
    poupa_rollup *rollup;
    poupa_rollup_table *table;
    uint64_t top;
    if (!stream_number(arguments, OPTION_TOP, 0, SIZE_MAX / 2, &top))
        return EXIT_USAGE;
    const poupa_rollup_options options = {.by = words->by,
                                          .by_count = words->by_count,
                                          .filters = words->filters,
                                          .filter_count = words->filter_count,
                                          .catalog = catalog,
                                          .top = (size_t)top};
    if (poupa_rollup_new(&options, &rollup, &err) != POUPA_OK)
        return fail_usage(arguments->command, "%s", err.message);
    exit_status status = add_files(arguments, rollup);
    if (status == EXIT_FINE && poupa_rollup_finish(rollup, &table, &err) != POUPA_OK) {
        status = fail(err.status == POUPA_ERR_LIMIT ? EXIT_FINDINGS : EXIT_IO, "%s", err.message);
    } else if (status == EXIT_FINE) {
        status = print(table, arguments->values[OPTION_FORMAT]);
        poupa_rollup_table_free(table);
    }
    poupa_rollup_free(rollup);
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
