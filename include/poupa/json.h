/*
 * json.h - catalogue documents, and entities by themselves: reading them from text and
 * writing them.
 *
 * Reading is strict (RFC 8259, UTF-8 without BOM, no NUL, no duplicate keys, integers
 * within 2^53 where the format has a number). Writing is canonical: members in the
 * order of the field table, unknown members behind them in their own order, the same
 * bytes for the same catalogue wherever it runs.
 */
#ifndef POUPA_JSON_H
#define POUPA_JSON_H

#include <stdio.h>

#include "catalog.h"
#include "diag.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Reading ------------------------------------------------------------- */

/** Limits of reading; 0 is the default. */
typedef struct poupa_read_options {
    size_t max_size;     /**< bytes of text; default 1 GiB, at most 2 GiB - 1 */
    size_t max_depth;    /**< nesting of arrays and objects; default and most 64 */
    size_t max_entities; /**< entities in all; default 16,777,216 */
    const poupa_allocator *allocator;
} poupa_read_options;

/**
 * Reads a catalogue from text, all of it or nothing: at the first error, in the order of
 * the text, `err` has rule, path, line, column and offset. Errors: SYNTAX, INVALID, LIMIT,
 * MEMORY, ARGUMENT.
 */
POUPA_API poupa_status poupa_catalog_read(const char *data, size_t size,
                                          const poupa_read_options *options, poupa_catalog **out,
                                          poupa_error *err);

/** Reads a catalogue from a file. Errors: as above, IO. */
POUPA_API poupa_status poupa_catalog_read_file(const char *path,
                                               const poupa_read_options *options,
                                               poupa_catalog **out, poupa_error *err);

/** Reads a catalogue from where a stream stands to its end; the stream stays open. */
POUPA_API poupa_status poupa_catalog_read_stream(FILE *stream, const poupa_read_options *options,
                                                 poupa_catalog **out, poupa_error *err);

/** Reads a catalogue from a callback. */
POUPA_API poupa_status poupa_catalog_read_from(poupa_read_fn read, void *context,
                                               const poupa_read_options *options,
                                               poupa_catalog **out, poupa_error *err);

/**
 * Reads as much as can be read and adds every error to the report. Returns OK also when
 * there are errors: ask the report. `*out` then has the entities that are sound in
 * themselves, whose references may lead nowhere; it is NULL where the text is no JSON
 * object, or breaks a limit. Errors: MEMORY, ARGUMENT.
 */
POUPA_API poupa_status poupa_catalog_inspect(const char *data, size_t size,
                                             const poupa_read_options *options,
                                             poupa_report *report, poupa_catalog **out,
                                             poupa_error *err);

/**
 * Adds an entity that is read from the text of one JSON object, as poupa_entity_write writes
 * it, behind the others of its kind. Reading is as strict as that of documents, unknown
 * members are kept; nesting may be 62 deep, which in a document makes 64, and size is limited
 * as in the read options' default. `*out` is the entity, borrowed from the catalogue, or NULL
 * where the call fails; `out` may be NULL.
 *
 * Errors: SYNTAX, INVALID or LIMIT, at the first error in the text, with its rule, its path
 * in the entity ("/name"), line, column and offset; where the text has none, those of
 * poupa_catalog_add, without a line. Inside an edit references may lead nowhere as yet.
 */
POUPA_API poupa_status poupa_catalog_add_json(poupa_catalog *catalog, poupa_kind kind,
                                              const char *data, size_t size, const void **out,
                                              poupa_error *err);

/** The same in the place of the entity that has the same id, as poupa_catalog_replace. */
POUPA_API poupa_status poupa_catalog_replace_json(poupa_catalog *catalog, poupa_kind kind,
                                                  const char *data, size_t size, const void **out,
                                                  poupa_error *err);

/* -- Writing ------------------------------------------------------------- */

/** Writes a catalogue to a buffer, which the caller frees with poupa_buffer_free. */
POUPA_API poupa_status poupa_catalog_write(const poupa_catalog *catalog,
                                           const poupa_write_options *options, poupa_buffer *out,
                                           poupa_error *err);

/**
 * Writes a catalogue to a file, atomically: the text goes to a new file beside it, which
 * is synced and then takes its name, so that a failure or a crash leaves the old file.
 * A symbolic link is followed, the mode of an existing file is kept. Errors: IO, MEMORY,
 * ARGUMENT.
 */
POUPA_API poupa_status poupa_catalog_write_file(const poupa_catalog *catalog,
                                                const poupa_write_options *options,
                                                const char *path, poupa_error *err);

/** Writes a catalogue to a callback. */
POUPA_API poupa_status poupa_catalog_write_to(const poupa_catalog *catalog,
                                              const poupa_write_options *options,
                                              poupa_write_fn write, void *context,
                                              poupa_error *err);

/** Writes one entity as an object; `entity` is one that a catalogue handed out. */
POUPA_API void poupa_entity_write(poupa_kind kind, const void *entity, poupa_writer *writer);

/** Writes the JSON Schema of catalogue documents, draft 2020-12, made from the field table. */
POUPA_API void poupa_schema_write(poupa_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
