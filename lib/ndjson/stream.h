/* stream.h - how a stream is read: chunks of its text are decoded, by one thread or several,
 * and taken up in their order. */
#ifndef POUPA__NDJSON_STREAM_H
#define POUPA__NDJSON_STREAM_H

#include <sys/types.h>

#include "account.h"
#include "source.h"
#include "threads.h"

/* A chunk on its way: read and decoded by a worker, then taken up by the caller. */
typedef struct poupa__slot {
    bool done; /* decoded, and not yet taken up */
    bool last; /* nothing comes behind it */
    poupa_status status;
    poupa_error failure;
    poupa__chunk chunk;
    poupa__run run;
    uint32_t *bad; /* where in the chunk bad lines begin that do not end the reading */
    size_t bad_capacity;
    poupa__piece *pieces;
    size_t piece_count;
    size_t piece_capacity;
    poupa__dictionary *dictionaries[POUPA_DICTIONARY_COUNT]; /* of the pieces' codes */
    size_t words[POUPA_DICTIONARY_COUNT];   /* how many those had behind this chunk */
    size_t aligned[POUPA_DICTIONARY_COUNT]; /* of those, how many have the table's codes */
    uint64_t edition;
    size_t worker;
} poupa__slot;

typedef struct poupa__worker {
    poupa_ndjson *stream;
    size_t index;
    poupa__lines lines;
    poupa__run run;                           /* of a part of a chunk */
    uint64_t edition;                         /* how often its dictionaries were begun anew */
    size_t published[POUPA_DICTIONARY_COUNT]; /* as it was when the chunk was claimed */
    size_t aligned[POUPA_DICTIONARY_COUNT];   /* its codes below are those of the one table */
    unsigned alignments;                      /* how often they were begun anew for that */
    poupa__thread thread;
    bool started;
    /* Of an edition of this worker's dictionaries to those of the batch that is being made. */
    uint64_t mapped;
    poupa__mapping mappings[POUPA_DICTIONARY_COUNT];
} poupa__worker;

struct poupa_ndjson {
    poupa_allocator allocator;
    poupa__account account;
    poupa__input input;
    bool has_input;
    const char *memory; /* a compressed text that is read from memory */
    size_t memory_size;
    poupa__source source;
    poupa__general general; /* for the words of errors, in the caller's thread */

    poupa__worker *workers;
    size_t worker_count;
    poupa__slot *slots; /* the chunk of number n is in slot n % slot_count */
    size_t slot_count;
    pid_t process;       /* whose threads these are, where there are several; else 0 */
    poupa__lock reading; /* held to read the next chunk; taken before `lock` */
    poupa__lock lock;    /* of what follows, and of the slots' `done` */
    poupa__signal changed;
    uint64_t claimed; /* the number of the next chunk to read */
    uint64_t taken;   /* of the next one to take up */
    bool stop;
    bool one_table; /* all rows go into one: its segments may be large */
    poupa__dictionary *words[POUPA_DICTIONARY_COUNT]; /* of that table, for several workers */
    size_t published[POUPA_DICTIONARY_COUNT];         /* how many of them the workers may read */

    poupa_builder *batch;
    poupa__slot *current; /* the one that is being taken up */
    size_t piece;
    size_t row; /* of the piece */
    bool ended;
    bool lost; /* rows, for want of memory */
    poupa_status status;
    poupa_error failure;
};

/* Makes a stream whose input is still to be opened. */
poupa_status poupa__stream_new(const poupa_ndjson_options *options, poupa_ndjson **out,
                               poupa_error *err);
/* Starts to read from the input, or from memory. */
poupa_status poupa__stream_start(poupa_ndjson *stream, const char *data, size_t size,
                                 poupa_error *err);

/* Reads and decodes one chunk into the slot of a number; the slot must be free. */
void poupa__worker_read(poupa__worker *worker, poupa__slot *slot);
void poupa__worker_decode(poupa__worker *worker, poupa__slot *slot);

/* Starts the threads of a stream of more than one worker; stops them. */
poupa_status poupa__workers_start(poupa_ndjson *stream, poupa_error *err);
void poupa__workers_stop(poupa_ndjson *stream);

/* Whether the workers are to go on. */
bool poupa__workers_wanted(poupa_ndjson *stream);

/* Whether the threads stayed in the process that this one was forked from. They may have been
 * changing anything but what is the caller's, so that it is of no more use. */
bool poupa__workers_are_elsewhere(const poupa_ndjson *stream);

/* The next slot in the order of the text, decoded; NULL where the progress function, which is
 * asked also while nothing comes, said no. */
poupa__slot *poupa__workers_take(poupa_ndjson *stream);
/* Gives a slot back. */
void poupa__workers_give(poupa_ndjson *stream, poupa__slot *slot);

#endif
