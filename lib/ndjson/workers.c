/* workers.c - decoding chunks, in the caller's thread or in several. */
#define _XOPEN_SOURCE 700

#include "stream.h"

#include <time.h>
#include <unistd.h>

enum { PART = 1 << 16 };

/* Of the dictionaries that a worker keeps from chunk to chunk. */
enum { MOST_WORDS = 1 << 15, MOST_WORD_BYTES = 1 << 21 };

/* Up to how many words of a table, and how often, workers begin theirs anew to have its codes. */
enum { ALIGNED_WORDS = 1 << 12, ALIGNMENTS = 16 };

/* -- Words --------------------------------------------------------------- */

/* Whether there are so many words that they burden the memory. */
static bool has_many_words(const poupa__worker *worker)
{
    size_t size = 0;
    bool many = false;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        const poupa__dictionary *words = worker->lines.builder->dictionaries[i];
        size += poupa__dictionary_size(words);
        many = many || words->count > MOST_WORDS;
    }
    return many || size > MOST_WORD_BYTES;
}

/* Begins dictionaries anew; false for want of memory. */
static bool begin_words(poupa__worker *worker)
{
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        poupa__memo_clear(&worker->lines.memos[i]);
        worker->aligned[i] = 0;
    }
    worker->edition++;
    return poupa__builder_new_dictionaries(worker->lines.builder);
}

/* Does so where there are too many words. */
static bool refresh_words(poupa__worker *worker)
{
    if (!has_many_words(worker))
        return true;
    return begin_words(worker);
}

/* Whether words of a worker that the table has too have other codes there. */
static bool is_astray(const poupa__worker *worker, poupa_dictionary column, size_t published)
{
    const poupa__dictionary *own = worker->lines.builder->dictionaries[column];
    size_t both = own->count < published ? own->count : published;
    for (size_t code = worker->aligned[column]; code < both; code++) {
        const poupa__word *word = poupa__dictionary_word(worker->stream->words[column], code);
        const poupa__word *mine = poupa__dictionary_word(own, code);
        if (word->size != mine->size || memcmp(word->text, mine->text, word->size) != 0)
            return true;
    }
    return false;
}

/*
 * Gives a worker the words of the one table in their order, so that its codes need no rewriting
 * by the caller's thread, which takes up what all the workers make. False for want of memory.
 */
static bool align_words(poupa__worker *worker)
{
    poupa_builder *builder = worker->lines.builder;
    const size_t *published = worker->published;
    bool astray = false;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        if (published[i] > ALIGNED_WORDS)
            return true;
        astray = astray || is_astray(worker, (poupa_dictionary)i, published[i]);
    }
    if (astray && worker->alignments == ALIGNMENTS)
        return true;
    if (astray && !begin_words(worker))
        return false;
    worker->alignments += astray;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        for (size_t code = builder->dictionaries[i]->count; code < published[i]; code++) {
            const poupa__word *word = poupa__dictionary_word(worker->stream->words[i], code);
            if (!poupa__lines_know(&worker->lines, (poupa_dictionary)i, word))
                return false;
        }
        if (worker->aligned[i] < published[i])
            worker->aligned[i] = published[i];
    }
    return true;
}

/* -- One chunk ----------------------------------------------------------- */

void poupa__worker_read(poupa__worker *worker, poupa__slot *slot)
{
    slot->worker = worker->index;
    slot->status = poupa__source_next(&worker->stream->source, &slot->chunk, &slot->failure);
    slot->last = slot->status != POUPA_OK || slot->chunk.ended;
}

/* Moves the pieces of a worker's builder to a slot, which gives its empty list for them. */
static void move_pieces(poupa__worker *worker, poupa__slot *slot)
{
    poupa_builder *builder = worker->lines.builder;
    poupa__piece *pieces = slot->pieces;
    size_t capacity = slot->piece_capacity;
    slot->pieces = builder->pieces;
    slot->piece_capacity = builder->piece_capacity;
    slot->piece_count = builder->piece_count;
    builder->pieces = pieces;
    builder->piece_capacity = capacity;
    builder->piece_count = 0;
    builder->rows = 0;
    slot->edition = worker->edition;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        slot->dictionaries[i] = poupa__dictionary_retain(builder->dictionaries[i]);
        slot->words[i] = builder->dictionaries[i]->count;
        slot->aligned[i] = worker->aligned[i];
    }
}

/* Keeps where the bad lines of a part begin, which itself begins at `start`. */
static bool keep_bad(poupa__slot *slot, const poupa__run *part, size_t start,
                     const poupa_allocator *allocator)
{
    void *bad = slot->bad;
    size_t count = slot->run.bad_count;
    if (!poupa__grow(allocator, &bad, &slot->bad_capacity, count + part->bad_count,
                     sizeof *slot->bad))
        return false;
    slot->bad = (uint32_t *)bad;
    for (size_t i = 0; i < part->bad_count; i++)
        slot->bad[count + i] = (uint32_t)(start + part->bad[i]);
    return true;
}

/* Decodes a chunk that may have many bad lines part by part, since lists of them are large.
 * Where lines are skipped, their number will do. */
static bool decode_in_parts(poupa__worker *worker, poupa__slot *slot, bool skip)
{
    poupa__run *sum = &slot->run;
    poupa__run *part = &worker->run;
    for (size_t at = 0; at < slot->chunk.size;) {
        const char *data = slot->chunk.data + at;
        size_t size = slot->chunk.size - at;
        const char *end =
            size > PART ? (const char *)memchr(data + PART, '\n', size - PART) : NULL;
        if (end)
            size = (size_t)(end + 1 - data);
        part->good = part->blank = part->bad_count = 0;
        if (!poupa__lines_decode(&worker->lines, data, size, false, part) ||
            (!skip && !keep_bad(slot, part, at, &worker->stream->allocator)))
            return false;
        sum->good += part->good;
        sum->blank += part->blank;
        sum->bad_count += part->bad_count;
        at += size;
    }
    return true;
}

static bool decode_lines(poupa__worker *worker, poupa__slot *slot)
{
    poupa_on_error policy = worker->stream->account.options.on_error;
    if (policy == POUPA_ON_ERROR_FAIL)
        return poupa__lines_decode(&worker->lines, slot->chunk.data, slot->chunk.size, true,
                                   &slot->run);
    return decode_in_parts(worker, slot, policy == POUPA_ON_ERROR_SKIP);
}

/* Whether a single worker's rows go into one table, so that they need not be cut at chunks. */
static bool runs_on(const poupa_ndjson *stream)
{
    return stream->process == 0 && stream->one_table;
}

void poupa__worker_decode(poupa__worker *worker, poupa__slot *slot)
{
    bool whole = runs_on(worker->stream);
    slot->run.good = slot->run.blank = slot->run.bad_count = 0;
    if (slot->last && !whole)
        return;
    bool good = slot->last ||
                (refresh_words(worker) && align_words(worker) && decode_lines(worker, slot));
    /* Rows that are cut have the codes of the dictionaries that their slot names. */
    if (!whole || slot->last || has_many_words(worker))
        good = good && poupa__builder_cut(worker->lines.builder);
    if (good) {
        move_pieces(worker, slot);
    } else {
        poupa__builder_drop_pieces(worker->lines.builder);
        slot->status = poupa__error_memory(&slot->failure);
        slot->last = true;
    }
}

/* -- Threads ------------------------------------------------------------- */

/* Claims the next slot and reads its chunk; NULL where there is no more to do. Chunks are
 * read in the order of their numbers, because the reading lock is held throughout. */
static poupa__slot *claim(poupa__worker *worker)
{
    poupa_ndjson *stream = worker->stream;
    poupa__slot *slot = NULL;
    POUPA__LOCK(&stream->reading);
    POUPA__LOCK(&stream->lock);
    while (!stream->stop && stream->claimed - stream->taken == stream->slot_count)
        POUPA__SIGNAL_AWAIT(&stream->changed, &stream->lock);
    if (!stream->stop)
        slot = &stream->slots[stream->claimed % stream->slot_count];
    if (stream->one_table)
        worker->lines.builder->largest_capacity = POUPA__SEGMENT_MOST;
    memcpy(worker->published, stream->published, sizeof worker->published);
    POUPA__UNLOCK(&stream->lock);
    if (slot) {
        poupa__worker_read(worker, slot);
        POUPA__LOCK(&stream->lock);
        stream->claimed++;
        stream->stop = stream->stop || slot->last;
        POUPA__UNLOCK(&stream->lock);
    }
    POUPA__UNLOCK(&stream->reading);
    return slot;
}

static void *work(void *context)
{
    poupa__worker *worker = (poupa__worker *)context;
    poupa_ndjson *stream = worker->stream;
    for (poupa__slot *slot = claim(worker); slot; slot = claim(worker)) {
        poupa__worker_decode(worker, slot);
        POUPA__LOCK(&stream->lock);
        slot->done = true;
        POUPA__SIGNAL_ALL(&stream->changed);
        POUPA__UNLOCK(&stream->lock);
    }
    POUPA__LOCK(&stream->lock);
    POUPA__SIGNAL_ALL(&stream->changed);
    POUPA__UNLOCK(&stream->lock);
    return NULL;
}

poupa_status poupa__workers_start(poupa_ndjson *stream, poupa_error *err)
{
    stream->process = stream->worker_count > 1 ? getpid() : 0;
    for (size_t i = 0; stream->process && i < stream->worker_count; i++) {
        poupa__worker *worker = &stream->workers[i];
        worker->started = POUPA__THREAD_START(&worker->thread, work, worker);
        /* With fewer threads than asked for the result is the same. */
        if (!worker->started && i == 0)
            return poupa__error(err, POUPA_ERR_MEMORY, "no thread could be started");
        if (!worker->started)
            break;
    }
    return POUPA_OK;
}

bool poupa__workers_are_elsewhere(const poupa_ndjson *stream)
{
    return stream->process && stream->process != getpid();
}

void poupa__workers_stop(poupa_ndjson *stream)
{
    POUPA__LOCK(&stream->lock);
    stream->stop = true;
    POUPA__SIGNAL_ALL(&stream->changed);
    POUPA__UNLOCK(&stream->lock);
    for (size_t i = 0; i < stream->worker_count; i++) {
        if (stream->workers[i].started)
            POUPA__THREAD_JOIN(stream->workers[i].thread);
        stream->workers[i].started = false;
    }
}

bool poupa__workers_wanted(poupa_ndjson *stream)
{
    POUPA__LOCK(&stream->lock);
    bool wanted = !stream->stop;
    POUPA__UNLOCK(&stream->lock);
    return wanted;
}

/* Waits for a slot to be decoded, but not for long. */
static bool wait_for(poupa_ndjson *stream, const poupa__slot *slot)
{
    enum { NANOSECONDS = 1000000000 };
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += POUPA__PATIENCE_TIME * 1000000;
    until.tv_sec += until.tv_nsec / NANOSECONDS;
    until.tv_nsec %= NANOSECONDS;
    bool timed_out = false;
    POUPA__LOCK(&stream->lock);
    while (!slot->done && !timed_out)
        timed_out = POUPA__SIGNAL_AWAIT_UNTIL(&stream->changed, &stream->lock, &until);
    bool done = slot->done;
    POUPA__UNLOCK(&stream->lock);
    return done;
}

poupa__slot *poupa__workers_take(poupa_ndjson *stream)
{
    poupa__slot *slot = &stream->slots[stream->taken % stream->slot_count];
    if (stream->process == 0) {
        poupa__worker_read(&stream->workers[0], slot);
        poupa__worker_decode(&stream->workers[0], slot);
        return slot;
    }
    while (!wait_for(stream, slot)) {
        if (!poupa__account_go_on(&stream->account))
            return NULL;
    }
    return slot;
}

void poupa__workers_give(poupa_ndjson *stream, poupa__slot *slot)
{
    for (size_t i = 0; i < slot->piece_count; i++)
        poupa__segment_release(slot->pieces[i].segment);
    slot->piece_count = 0;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        poupa__dictionary_release(slot->dictionaries[i]);
        slot->dictionaries[i] = NULL;
    }
    POUPA__LOCK(&stream->lock);
    slot->done = false;
    stream->taken++;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT && stream->words[i]; i++)
        stream->published[i] = stream->words[i]->count;
    POUPA__SIGNAL_ALL(&stream->changed);
    POUPA__UNLOCK(&stream->lock);
}
