/* fmt.c - "poupa fmt": documents in canonical form. */
#include <stdio.h>
#include <string.h>

#include "documents.h"
#include "messages.h"
#include "run.h"

static const poupa_write_options canonical = {.pretty = true};

/* Puts the canonical text where the options say; `formatted` if it is what the file has. */
static exit_status deliver(const cli_arguments *arguments, const char *file,
                           const poupa_catalog *catalog, const poupa_buffer *text, bool formatted)
{
    poupa_error err;
    if (arguments->given[OPTION_CHECK]) {
        if (!formatted)
            puts(document_name(file));
        return formatted ? EXIT_FINE : EXIT_FINDINGS;
    }
    if (!arguments->given[OPTION_IN_PLACE]) {
        write_stream(stdout, text->data, text->size);
    } else if (!formatted && poupa_catalog_write_file(catalog, &canonical, file, &err)) {
        return fail(EXIT_IO, "%s", err.message);
    }
    return EXIT_FINE;
}

static exit_status format(const cli_arguments *arguments, const char *file)
{
    poupa_document *document;
    poupa_buffer text;
    poupa_error err;
    exit_status status = document_read_sound(file, &document);
    if (status != EXIT_FINE)
        return status;
    const poupa_catalog *catalog = poupa_document_catalog(document);
    if (poupa_catalog_write(catalog, &canonical, &text, &err) != POUPA_OK) {
        status = fail(EXIT_IO, "%s: %s", document_name(file), err.message);
    } else {
        size_t size;
        const char *data = poupa_document_text(document, &size);
        bool formatted = size == text.size && memcmp(data, text.data, size) == 0;
        status = deliver(arguments, file, catalog, &text, formatted);
        poupa_buffer_free(&text);
    }
    poupa_document_free(document);
    return status;
}

exit_status run_fmt(const cli_arguments *arguments)
{
    exit_status worst = EXIT_FINE;
    if (arguments->given[OPTION_CHECK] && arguments->given[OPTION_IN_PLACE])
        return fail_usage(arguments->command, "--check and --in-place exclude each other");
    for (size_t i = 0; i < arguments->operand_count; i++) {
        const char *file = arguments->operands[i];
        exit_status status =
            arguments->given[OPTION_IN_PLACE] && is_standard_input(file)
                ? fail_usage(arguments->command, "standard input cannot be formatted in place")
                : format(arguments, file);
        if (status > worst)
            worst = status;
    }
    return worst;
}
