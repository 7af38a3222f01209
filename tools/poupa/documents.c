/* documents.c - reading documents, and writing results. */
#include "documents.h"

#include <stdio.h>
#include <string.h>

#include "messages.h"

bool is_standard_input(const char *file)
{
    return strcmp(file, "-") == 0;
}

const char *document_name(const char *file)
{
    return is_standard_input(file) ? "<stdin>" : file;
}

static ptrdiff_t read_stream(void *stream, char *buffer, size_t capacity)
{
    size_t size = fread(buffer, 1, capacity, stream);
    return size == 0 && ferror((FILE *)stream) ? -1 : (ptrdiff_t)size;
}

exit_status document_read(const char *file, poupa_document **out)
{
    poupa_error err;
    if (!is_standard_input(file)) /* the library's messages name the file */
        return poupa_document_read_file(file, NULL, out, &err) == POUPA_OK
                   ? EXIT_FINE
                   : fail(EXIT_IO, "%s", err.message);
    return poupa_document_read_from(read_stream, stdin, NULL, out, &err) == POUPA_OK
               ? EXIT_FINE
               : fail(EXIT_IO, "%s: %s", document_name(file), err.message);
}

exit_status document_read_sound(const char *file, poupa_document **out)
{
    exit_status status = document_read(file, out);
    if (status == EXIT_FINE && poupa_report_errors(poupa_document_report(*out)) > 0) {
        cli_terminal terminal = terminal_of(stderr);
        status = document_print_findings(*out, file, &terminal);
        if (status == EXIT_FINE)
            status = EXIT_FINDINGS;
        poupa_document_free(*out);
        *out = NULL;
    }
    return status;
}

/* What became of writing results. A stream that failed says so when it is closed. */
static exit_status written(poupa_status status, const poupa_error *err)
{
    if (status == POUPA_OK)
        return EXIT_FINE;
    return status == POUPA_ERR_IO ? EXIT_IO : fail(EXIT_IO, "%s", err->message);
}

exit_status document_print_findings(const poupa_document *document, const char *file,
                                    const cli_terminal *terminal)
{
    poupa_error err;
    poupa_report_style style = {.name = document_name(file), .color = terminal->color};
    style.data = poupa_document_text(document, &style.size);
    poupa_status status = poupa_report_write_text(poupa_document_report(document), &style,
                                                  write_stream, terminal->stream, &err);
    return written(status, &err);
}

bool write_stream(void *stream, const char *data, size_t size)
{
    return fwrite(data, 1, size, stream) == size;
}

poupa_writer *json_begin(void)
{
    poupa_error err;
    poupa_writer *writer = NULL;
    poupa_write_options options = {.pretty = true};
    if (poupa_writer_new(&options, write_stream, stdout, &writer, &err) != POUPA_OK)
        fail(EXIT_IO, "%s", err.message);
    return writer;
}

exit_status json_end(poupa_writer *writer)
{
    poupa_error err;
    if (writer == NULL)
        return EXIT_IO;
    poupa_status status = poupa_writer_finish(writer, &err);
    poupa_writer_free(writer);
    return written(status, &err);
}
