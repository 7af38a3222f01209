/*
 * ndjson.h - streams of attendance records as JSON Lines: decoding them into tables, whole
 * or in batches, and encoding tables.
 *
 * Decoding is as strict as the reading of documents: every line is one RFC 8259 object in
 * UTF-8, without NUL, without a key twice at any depth, nested at most 64 deep, with
 * numbers that fit in 64 bits or a double. The result does not depend on the number of
 * threads, on how the input is cut, on its compression, or on the processor.
 */
#ifndef POUPA_NDJSON_H
#define POUPA_NDJSON_H

#include "catalog.h"
#include "diag.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Options ------------------------------------------------------------- */

/** What becomes of a line that is not a record. */
typedef enum poupa_on_error {
    POUPA_ON_ERROR_FAIL = 0,      /**< reading stops, with the place and the reason */
    POUPA_ON_ERROR_SKIP = 1,      /**< the line is counted and left out */
    POUPA_ON_ERROR_QUARANTINE = 2 /**< the same, and written to the quarantine */
} poupa_on_error;

/** Which instructions decode; all give the same result. */
typedef enum poupa_ndjson_path {
    POUPA_NDJSON_FASTEST = 0,  /**< the best that the processor has */
    POUPA_NDJSON_GENERAL = 1,  /**< the plain parser alone, without short cuts */
    POUPA_NDJSON_PORTABLE = 2, /**< standard C */
    POUPA_NDJSON_SSE2 = 3,
    POUPA_NDJSON_AVX2 = 4,
    POUPA_NDJSON_NEON = 5
} poupa_ndjson_path;

/** Whether this processor, and this build, can take a path. */
POUPA_API bool poupa_ndjson_path_available(poupa_ndjson_path path);

/** How much was read so far. All lines are good, bad or blank. */
typedef struct poupa_ndjson_counts {
    uint64_t good;  /**< rows */
    uint64_t bad;   /**< lines that were skipped or quarantined, or the one that failed */
    uint64_t blank; /**< lines of white space */
    uint64_t bytes; /**< of the lines, after decompression */
} poupa_ndjson_counts;

/**
 * Called about once a MiB, from the thread that calls the reading function, and, unless the
 * text is in memory, also within a line that is too long; ten times a second while a pipe or
 * a terminal that was opened by its path has nothing to give, or threads have nothing ready.
 * False cancels the reading, which then returns POUPA_ERR_CANCELLED. Check the flag of a
 * signal handler here.
 */
typedef bool (*poupa_progress_fn)(void *context, const poupa_ndjson_counts *counts);

/** How to decode. All zero is one thread that stops at the first bad line. */
typedef struct poupa_ndjson_options {
    poupa_on_error on_error;
    /** That decode, at most 256; 0 and 1 are the caller's own. Where the library was built with
     *  POUPA_NO_THREADS, that one does it all, whatever is asked for. */
    uint32_t threads;
    /** Gets a JSON object a bad line: "file" (the path that was opened, if any), "line",
     *  "column", "offset", "code" (where a rule was broken), "reason", and the line as "text",
     *  or as "hex" where it is not UTF-8. */
    poupa_write_fn quarantine;
    void *quarantine_context;
    poupa_progress_fn progress;
    void *progress_context;
    size_t max_line;   /**< bytes of a line, its newline apart; 0 is 1 MiB, which is the most */
    size_t batch_rows; /**< rows of a batch, about; 0 is 65,536; fewer where their ids take
                            more than 4 MiB */
    poupa_ndjson_path path;
    const poupa_allocator *allocator;
} poupa_ndjson_options;

/* -- A whole table ------------------------------------------------------- */

/*
 * These read all there is into one table. gzip and zstd are told by their first bytes,
 * where the library was built with them; zstd takes the memory of the window that a frame
 * asks for, of at most 128 MiB: more is an error. `counts` may be NULL, and is filled also when
 * the call fails. Errors: SYNTAX and INVALID (a bad line, with its line, column and byte
 * offset), LIMIT (a line that is too long, or nested too deep), CANCELLED (by `progress`),
 * IO, MEMORY, ARGUMENT.
 */
POUPA_API poupa_status poupa_ndjson_read(const char *data, size_t size,
                                         const poupa_ndjson_options *options,
                                         poupa_attendance **out, poupa_ndjson_counts *counts,
                                         poupa_error *err);

/** A path of "-" is the standard input. A file that shrinks while it is read is an error. */
POUPA_API poupa_status poupa_ndjson_read_file(const char *path,
                                              const poupa_ndjson_options *options,
                                              poupa_attendance **out, poupa_ndjson_counts *counts,
                                              poupa_error *err);

POUPA_API poupa_status poupa_ndjson_read_from(poupa_read_fn read, void *context,
                                              const poupa_ndjson_options *options,
                                              poupa_attendance **out, poupa_ndjson_counts *counts,
                                              poupa_error *err);

/* -- Batches ------------------------------------------------------------- */

/**
 * A stream that is read a table at a time, in memory that does not grow with it. A forked
 * process can close those that it has of the other, and go on with one that decodes in one
 * thread, whose file has one position in both; with several threads, poupa_ndjson_next gives
 * ARGUMENT there, and the close leaves memory that the threads had.
 */
typedef struct poupa_ndjson poupa_ndjson;

/** Opens a file, "-" being the standard input; close it. */
POUPA_API poupa_status poupa_ndjson_open(const char *path, const poupa_ndjson_options *options,
                                         poupa_ndjson **out, poupa_error *err);

/**
 * Opens the lines of a file whose first byte lies in [first, last): all ranges of any split
 * give exactly the lines of the whole file. Line numbers count from the range's first line.
 * Errors: also ARGUMENT (a compressed file, or one that is not regular; the standard input).
 */
POUPA_API poupa_status poupa_ndjson_open_range(const char *path, uint64_t first, uint64_t last,
                                               const poupa_ndjson_options *options,
                                               poupa_ndjson **out, poupa_error *err);

/** The same from a callback, and from memory, which must stay as it is until the close. */
POUPA_API poupa_status poupa_ndjson_open_from(poupa_read_fn read, void *context,
                                              const poupa_ndjson_options *options,
                                              poupa_ndjson **out, poupa_error *err);
POUPA_API poupa_status poupa_ndjson_open_data(const char *data, size_t size,
                                              const poupa_ndjson_options *options,
                                              poupa_ndjson **out, poupa_error *err);

/**
 * Reads the next batch, a table with dictionaries of its own; `*out` is NULL at the end.
 * After an error every further call returns it again. Errors: as above.
 */
POUPA_API poupa_status poupa_ndjson_next(poupa_ndjson *stream, poupa_attendance **out,
                                         poupa_error *err);

/** What the batches that were handed out so far, and the lines between them, amount to. */
POUPA_API poupa_ndjson_counts poupa_ndjson_counted(const poupa_ndjson *stream);

POUPA_API void poupa_ndjson_close(poupa_ndjson *stream);

/* -- Pieces -------------------------------------------------------------- */

/** A decoder that is fed the text in pieces of any size, cut anywhere, in one thread. */
typedef struct poupa_decoder poupa_decoder;

POUPA_API poupa_status poupa_decoder_new(const poupa_ndjson_options *options, poupa_decoder **out,
                                         poupa_error *err);
POUPA_API void poupa_decoder_free(poupa_decoder *decoder);

/** Takes the next piece. After an error every further call returns it again. */
POUPA_API poupa_status poupa_decoder_feed(poupa_decoder *decoder, const char *data, size_t size,
                                          poupa_error *err);

/** Ends the text and makes the table of it; the decoder can then take another text. */
POUPA_API poupa_status poupa_decoder_finish(poupa_decoder *decoder, poupa_attendance **out,
                                            poupa_error *err);

/** What was fed so far amounts to; behind a finish, all of that text, its last line included,
 *  until the next one begins. */
POUPA_API poupa_ndjson_counts poupa_decoder_counted(const poupa_decoder *decoder);

/* -- Checking ------------------------------------------------------------ */

/**
 * Checks every unit, service and channel of a table against a catalogue and adds a finding
 * for each id that it does not have, with its number of rows and "did you mean".
 */
POUPA_API poupa_status poupa_attendance_check(const poupa_attendance *table,
                                              const poupa_catalog *catalog, poupa_report *report,
                                              poupa_error *err);

/* -- Encoding ------------------------------------------------------------ */

/*
 * These write a line for each row: "period", "unit" where there is one, "service",
 * "channel", "count", "wait_s" and "service_s" where they are known; no spaces, LF.
 * Decoding gives the same table again. Errors: MEMORY, IO, ARGUMENT.
 */

/** To a buffer, which the caller frees with poupa_buffer_free. */
POUPA_API poupa_status poupa_attendance_write(const poupa_attendance *table,
                                              const poupa_allocator *allocator, poupa_buffer *out,
                                              poupa_error *err);

/** To a file, atomically, as poupa_catalog_write_file does. */
POUPA_API poupa_status poupa_attendance_write_file(const poupa_attendance *table,
                                                   const poupa_allocator *allocator,
                                                   const char *path, poupa_error *err);

/** To a callback, in pieces of about 64 KiB. */
POUPA_API poupa_status poupa_attendance_write_to(const poupa_attendance *table,
                                                 const poupa_allocator *allocator,
                                                 poupa_write_fn write, void *context,
                                                 poupa_error *err);

#ifdef __cplusplus
}
#endif

#endif
