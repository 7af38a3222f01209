/* workers.c - decoding chunks, in the caller's thread or in several. */
#include "stream.h"

/* -- One chunk ----------------------------------------------------------- */

void poupa__worker_read(poupa__worker *worker, poupa__slot *slot)
{
    slot->worker = worker->index;
    slot->status = poupa__source_next(&worker->stream->source, &slot->chunk, &slot->failure);
    slot->last = slot->status != POUPA_OK || slot->chunk.ended;
}

/* Moves the pieces of a worker's builder to a slot, which gives its empty list for them. */
static void move_pieces(poupa_builder *builder, poupa__slot *slot)
{
    poupa__piece *pieces = slot->pieces;
    size_t capacity = slot->piece_capacity;
    slot->pieces = builder->pieces;
    slot->piece_capacity = builder->piece_capacity;
    slot->piece_count = builder->piece_count;
    builder->pieces = pieces;
    builder->piece_capacity = capacity;
    builder->piece_count = 0;
    builder->rows = 0;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        slot->dictionaries[i] = poupa__dictionary_retain(builder->dictionaries[i]);
        slot->words[i] = builder->dictionaries[i]->count;
    }
}

void poupa__worker_decode(poupa__worker *worker, poupa__slot *slot)
{
    poupa__run *run = &slot->run;
    run->good = run->blank = run->bad_count = 0;
    if (slot->last && !worker->stream->whole)
        return;
    bool stop = worker->stream->account.options.on_error == POUPA_ON_ERROR_FAIL;
    bool good = slot->last || (poupa__lines_refresh(&worker->lines) &&
                               poupa__lines_decode(&worker->lines, slot->chunk.data,
                                                   slot->chunk.size, stop, run));
    /* Rows that are cut have the codes of the dictionaries that their slot names. */
    if (!worker->stream->whole || slot->last || poupa__lines_have_many_words(&worker->lines))
        good = good && poupa__builder_cut(worker->lines.builder);
    if (good) {
        move_pieces(worker->lines.builder, slot);
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
    pthread_mutex_lock(&stream->reading);
    pthread_mutex_lock(&stream->lock);
    while (!stream->stop && stream->claimed - stream->taken == stream->slot_count)
        pthread_cond_wait(&stream->changed, &stream->lock);
    if (!stream->stop)
        slot = &stream->slots[stream->claimed % stream->slot_count];
    pthread_mutex_unlock(&stream->lock);
    if (slot) {
        poupa__worker_read(worker, slot);
        pthread_mutex_lock(&stream->lock);
        stream->claimed++;
        stream->stop = stream->stop || slot->last;
        pthread_mutex_unlock(&stream->lock);
    }
    pthread_mutex_unlock(&stream->reading);
    return slot;
}

static void *work(void *context)
{
    poupa__worker *worker = context;
    poupa_ndjson *stream = worker->stream;
    for (poupa__slot *slot = claim(worker); slot; slot = claim(worker)) {
        poupa__worker_decode(worker, slot);
        pthread_mutex_lock(&stream->lock);
        slot->done = true;
        pthread_cond_broadcast(&stream->changed);
        pthread_mutex_unlock(&stream->lock);
    }
    pthread_mutex_lock(&stream->lock);
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->lock);
    return NULL;
}

poupa_status poupa__workers_start(poupa_ndjson *stream, poupa_error *err)
{
    for (size_t i = 0; stream->worker_count > 1 && i < stream->worker_count; i++) {
        poupa__worker *worker = &stream->workers[i];
        worker->started = pthread_create(&worker->thread, NULL, work, worker) == 0;
        /* With fewer threads than asked for the result is the same. */
        if (!worker->started && i == 0)
            return poupa__error(err, POUPA_ERR_MEMORY, "no thread could be started");
        if (!worker->started)
            break;
    }
    return POUPA_OK;
}

void poupa__workers_stop(poupa_ndjson *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->stop = true;
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->lock);
    for (size_t i = 0; i < stream->worker_count; i++) {
        if (stream->workers[i].started)
            pthread_join(stream->workers[i].thread, NULL);
        stream->workers[i].started = false;
    }
}

poupa__slot *poupa__workers_take(poupa_ndjson *stream)
{
    poupa__slot *slot = &stream->slots[stream->taken % stream->slot_count];
    if (stream->worker_count == 1) {
        poupa__worker_read(&stream->workers[0], slot);
        poupa__worker_decode(&stream->workers[0], slot);
        return slot;
    }
    pthread_mutex_lock(&stream->lock);
    while (!slot->done)
        pthread_cond_wait(&stream->changed, &stream->lock);
    pthread_mutex_unlock(&stream->lock);
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
    pthread_mutex_lock(&stream->lock);
    slot->done = false;
    stream->taken++;
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->lock);
}
