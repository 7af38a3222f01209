/*
 * document.h - a catalogue document as a whole: its text, the catalogue in it, and all
 * that was found about it. The one call for programs that check or show documents.
 */
#ifndef POUPA_DOCUMENT_H
#define POUPA_DOCUMENT_H

#include "json.h"
#include "validate.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct poupa_document poupa_document;

/**
 * Reads a document from text, validates it in full and locates every finding. Returns
 * OK also when there are findings. Errors: MEMORY, ARGUMENT. Free the document.
 */
POUPA_API poupa_status poupa_document_read(const char *data, size_t size,
                                           const poupa_read_options *options,
                                           poupa_document **out, poupa_error *err);

/** The same from a file; a path of "-" is just a file of that name. Errors: also IO, LIMIT. */
POUPA_API poupa_status poupa_document_read_file(const char *path,
                                                const poupa_read_options *options,
                                                poupa_document **out, poupa_error *err);

/** The same from a callback. Errors: also IO, LIMIT. */
POUPA_API poupa_status poupa_document_read_from(poupa_read_fn read, void *context,
                                                const poupa_read_options *options,
                                                poupa_document **out, poupa_error *err);

POUPA_API void poupa_document_free(poupa_document *document);

/**
 * The catalogue, borrowed: retain it to keep it longer. Complete when the report has no
 * errors, else what poupa_catalog_inspect makes of it: NULL where the text is no JSON object.
 */
POUPA_API poupa_catalog *poupa_document_catalog(const poupa_document *document);

/** All findings, located; never NULL for a document. */
POUPA_API const poupa_report *poupa_document_report(const poupa_document *document);

/** The text as it was read; *size, which may be NULL, gets its bytes. */
POUPA_API const char *poupa_document_text(const poupa_document *document, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
