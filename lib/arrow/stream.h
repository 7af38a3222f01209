/* stream.h - streams that are handed out. */
#ifndef POUPA__ARROW_STREAM_H
#define POUPA__ARROW_STREAM_H

#include "batch.h"
#include "poupa/ndjson.h"

/*
 * Hands out a part, batch by batch; then the other pieces of the table that the part's owner
 * lends, and then those of the tables that are decoded from `ndjson`, if there is one.
 */
typedef struct poupa__arrow_stream {
    poupa_allocator allocator;
    poupa__arrow_layout layout;
    poupa__arrow_part part; /* what is left of it; its owner may be NULL */
    size_t piece;           /* the next one of the table */
    poupa_ndjson *ndjson;
    int failure; /* an errno, which every further call returns; 0 for none */
    char message[640];
} poupa__arrow_stream;

/* Makes a stream of a layout and nothing; NULL for want of memory. */
poupa__arrow_stream *poupa__arrow_stream_new(const poupa_allocator *allocator,
                                             const poupa__arrow_layout *layout);
void poupa__arrow_stream_free(poupa__arrow_stream *stream);

/* Gives the stream to a consumer, who releases it. */
void poupa__arrow_stream_hand_out(poupa__arrow_stream *stream, struct ArrowArrayStream *out);

/* -- Records ------------------------------------------------------------- */

extern const poupa__arrow_layout poupa__arrow_records;

/* The words of poupa_period_kind, from YEAR on. */
#define POUPA__ARROW_KINDS 5
extern const char *const poupa__arrow_kinds[POUPA__ARROW_KINDS];

/* Makes a part without rows of a table, which is retained. Errors: MEMORY, LIMIT. */
poupa_status poupa__arrow_lend(poupa_attendance *table, const poupa_allocator *allocator,
                               poupa__arrow_part *out, poupa_error *err);

/* Sets the rows of such a part to those of a piece of its table. */
void poupa__arrow_lend_piece(poupa__arrow_part *part, size_t piece);

#endif
