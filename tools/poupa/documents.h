/* documents.h - reading documents for the commands, and writing results. */
#ifndef TOOL_DOCUMENTS_H
#define TOOL_DOCUMENTS_H

#include <poupa/poupa.h>

#include "commands.h"
#include "terminal.h"

/* Whether a FILE means standard input. */
bool is_standard_input(const char *file);

/* What findings call a FILE: its name, or "<stdin>". */
const char *document_name(const char *file);

/* Reads a document, whatever its findings. Where that fails, says so: EXIT_IO. */
exit_status document_read(const char *file, poupa_document **out);

/* The same for commands that need a document without errors: where there are some, prints
 * all findings on standard error: EXIT_FINDINGS. */
exit_status document_read_sound(const char *file, poupa_document **out);

/* Prints the findings of a document with the lines that they are about. */
exit_status document_print_findings(const poupa_document *document, const char *file,
                                    const cli_terminal *terminal);

/* A poupa_write_fn whose context is a FILE *. */
bool write_stream(void *stream, const char *data, size_t size);

/* Makes a writer of pretty JSON on standard output; NULL, having said so, on failure. */
poupa_writer *json_begin(void);
/* Ends its text and frees it; NULL gives EXIT_IO. */
exit_status json_end(poupa_writer *writer);

#endif
