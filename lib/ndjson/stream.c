/* stream.c - reading streams, whole or in batches. */
#include "stream.h"

#include <unistd.h>

enum { BATCH_ROWS = 1 << 16, BATCH_WORD_BYTES = 1 << 22 };

/* Of the segments of several workers, which the rows of a batch may hold on to. */
enum { SMALL_SEGMENT = 1 << 16 };

/* -- Life ---------------------------------------------------------------- */

static bool make_workers(poupa_ndjson *stream, poupa_error *err)
{
    size_t count = stream->account.options.threads > 1 ? stream->account.options.threads : 1;
    stream->workers = POUPA__NEW_ZEROED(&stream->allocator, poupa__worker, count);
    /* Each worker may be ahead by a chunk, and one more is being taken up. */
    stream->slot_count = count > 1 ? count + 2 : 1;
    stream->slots = POUPA__NEW_ZEROED(&stream->allocator, poupa__slot, stream->slot_count);
    if (stream->workers == NULL || stream->slots == NULL)
        return false;
    for (size_t i = 0; i < stream->slot_count; i++)
        poupa__buffer_init(&stream->slots[i].chunk.buffer, stream->allocator);
    for (; stream->worker_count < count; stream->worker_count++) {
        poupa__worker *worker = &stream->workers[stream->worker_count];
        if (poupa__lines_init(&worker->lines, &stream->account.options, err) != POUPA_OK)
            return false;
        worker->stream = stream;
        worker->index = stream->worker_count;
        if (count > 1) {
            worker->lines.builder->largest_capacity = SMALL_SEGMENT;
            worker->lines.builder->asks_for_pages = false; /* threads would wait in turn */
        }
    }
    return true;
}

poupa_status poupa__stream_new(const poupa_ndjson_options *options, poupa_ndjson **out,
                               poupa_error *err)
{
    poupa__account account;
    poupa_status status = poupa__account_init(&account, options, err);
    if (status != POUPA_OK)
        return status;
    poupa_allocator allocator = poupa__allocator(account.options.allocator);
    poupa_ndjson *stream = POUPA__NEW(&allocator, poupa_ndjson);
    if (stream == NULL)
        return poupa__error_memory(err);
    stream->allocator = allocator;
    stream->account = account;
    if (!POUPA__LOCK_INIT(&stream->reading) || !POUPA__LOCK_INIT(&stream->lock) ||
        !POUPA__SIGNAL_INIT(&stream->changed)) {
        poupa__release(&allocator, stream, sizeof *stream);
        return poupa__error_memory(err);
    }
    poupa__general_init(&stream->general, &allocator);
    if (!make_workers(stream, err) ||
        poupa_builder_new(&allocator, &stream->batch, err) != POUPA_OK) {
        poupa_ndjson_close(stream);
        return poupa__error_memory(err);
    }
    *out = stream;
    return POUPA_OK;
}

static void free_worker(poupa__worker *worker)
{
    const poupa_allocator *allocator = &worker->stream->allocator;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__mapping_free(allocator, &worker->mappings[i]);
    poupa__release(allocator, worker->run.bad,
                   worker->run.bad_capacity * sizeof *worker->run.bad);
    poupa__lines_free(&worker->lines);
}

static void free_slot(poupa_ndjson *stream, poupa__slot *slot)
{
    poupa__workers_give(stream, slot);
    poupa_buffer_free(&slot->chunk.buffer);
    poupa__release(&stream->allocator, slot->pieces, slot->piece_capacity * sizeof *slot->pieces);
    poupa__release(&stream->allocator, slot->bad, slot->bad_capacity * sizeof *slot->bad);
    poupa__release(&stream->allocator, slot->run.bad,
                   slot->run.bad_capacity * sizeof *slot->run.bad);
}

/* Ends a stream whose threads are elsewhere: frees what is the caller's, and leaves alone what
 * the threads may have been changing. */
static void leave(poupa_ndjson *stream)
{
    poupa_allocator allocator = stream->allocator;
    if (stream->has_input && stream->input.descriptor >= 0)
        close(stream->input.descriptor);
    poupa_builder_free(stream->batch);
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__dictionary_release(stream->words[i]);
    poupa__general_free(&stream->general);
    poupa__release(&allocator, stream, sizeof *stream);
}

void poupa_ndjson_close(poupa_ndjson *stream)
{
    if (stream == NULL)
        return;
    if (poupa__workers_are_elsewhere(stream)) {
        leave(stream);
        return;
    }
    poupa__workers_stop(stream);
    for (size_t i = 0; stream->slots && i < stream->slot_count; i++)
        free_slot(stream, &stream->slots[i]);
    for (size_t i = 0; i < stream->worker_count; i++)
        free_worker(&stream->workers[i]);
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__dictionary_release(stream->words[i]);
    poupa_allocator allocator = stream->allocator;
    size_t workers = stream->account.options.threads > 1 ? stream->account.options.threads : 1;
    poupa__release(&allocator, stream->workers, workers * sizeof *stream->workers);
    poupa__release(&allocator, stream->slots, stream->slot_count * sizeof *stream->slots);
    poupa_builder_free(stream->batch);
    poupa__general_free(&stream->general);
    poupa__source_free(&stream->source);
    if (stream->has_input)
        poupa__input_close(&stream->input);
    POUPA__LOCK_FREE(&stream->reading);
    POUPA__LOCK_FREE(&stream->lock);
    POUPA__SIGNAL_FREE(&stream->changed);
    poupa__release(&allocator, stream, sizeof *stream);
}

poupa_status poupa__stream_start(poupa_ndjson *stream, const char *data, size_t size,
                                 poupa_error *err)
{
    poupa__source_init(&stream->source, stream->has_input ? &stream->input : NULL, data, size,
                       stream->account.options.max_line, &stream->allocator);
    return poupa__workers_start(stream, err);
}

/* -- Taking up chunks ---------------------------------------------------- */

static poupa_status fail_stream(poupa_ndjson *stream, poupa_status status)
{
    stream->status = status;
    stream->ended = true;
    return status;
}

/* Ends a stream that had no memory for rows: what is left of them is of no use. */
static poupa_status lose_rows(poupa_ndjson *stream)
{
    stream->lost = true;
    return fail_stream(stream, poupa__error_memory(&stream->failure));
}

/* Takes up the next chunk: counts it, and sees to its bad lines. */
static void take_chunk(poupa_ndjson *stream)
{
    poupa__slot *slot = poupa__workers_take(stream);
    stream->current = slot;
    stream->piece = stream->row = 0;
    if (slot == NULL) {
        fail_stream(stream, poupa__error_cancelled(&stream->failure));
        return;
    }
    if (slot->last) {
        stream->failure = slot->failure;
        fail_stream(stream, slot->status);
        return;
    }
    poupa__decoded decoded = {slot->chunk.data,  slot->chunk.size, slot->chunk.offset,
                              slot->chunk.bytes, &slot->run,       slot->bad};
    poupa_status status =
        poupa__account_add(&stream->account, &stream->general, &decoded, &stream->failure);
    if (status != POUPA_OK)
        fail_stream(stream, status);
}

/* Prepares the mappings of a worker for the dictionaries that a slot's codes are of. */
static bool prepare_mappings(poupa_ndjson *stream, const poupa__slot *slot)
{
    poupa__worker *worker = &stream->workers[slot->worker];
    bool prepared = true;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        if (worker->mapped != slot->edition)
            poupa__mapping_forget(&worker->mappings[i]);
        prepared = prepared && poupa__mapping_extend(&stream->allocator, &worker->mappings[i],
                                                     slot->words[i]);
        if (prepared)
            poupa__mapping_align(&worker->mappings[i], slot->aligned[i]);
    }
    worker->mapped = slot->edition;
    return prepared;
}

static void forget_mappings(poupa_ndjson *stream)
{
    for (size_t i = 0; i < stream->worker_count; i++) {
        for (size_t j = 0; j < POUPA_DICTIONARY_COUNT; j++)
            poupa__mapping_forget(&stream->workers[i].mappings[j]);
    }
}

/* Moves rows of the current slot to the batch, until there are `most` of them there. */
static bool take_rows(poupa_ndjson *stream, size_t most)
{
    poupa__slot *slot = stream->current;
    if (slot->piece_count == 0)
        return true;
    if (!prepare_mappings(stream, slot))
        return false;
    /* Words that all have the same codes there need no look at the rows. */
    poupa__dictionary *from[POUPA_DICTIONARY_COUNT];
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        from[i] = slot->words[i] <= slot->aligned[i] ? stream->batch->dictionaries[i]
                                                     : slot->dictionaries[i];
    while (stream->piece < slot->piece_count && stream->batch->rows < most) {
        poupa__piece part = slot->pieces[stream->piece];
        size_t room = most - stream->batch->rows;
        part.first += stream->row;
        part.rows -= stream->row;
        if (part.rows > room) {
            part.rows = room;
            stream->row += room;
        } else {
            stream->piece++;
            stream->row = 0;
        }
        if (!poupa__piece_recode(&part, from, stream->batch->dictionaries,
                                 stream->workers[slot->worker].mappings) ||
            !poupa__builder_share(stream->batch, &part))
            return false;
    }
    return true;
}

/* Whether the words of a batch take so much memory that it is to end. */
static bool batch_has_many_words(const poupa_ndjson *stream)
{
    size_t size = 0;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        size += poupa__dictionary_size(stream->batch->dictionaries[i]);
    return size > BATCH_WORD_BYTES;
}

static poupa_status fill_batch(poupa_ndjson *stream, size_t most)
{
    bool bounded = most != SIZE_MAX;
    while (stream->batch->rows < most && !(bounded && batch_has_many_words(stream))) {
        if (stream->current && stream->piece == stream->current->piece_count) {
            poupa__workers_give(stream, stream->current);
            stream->current = NULL;
        }
        if (stream->current == NULL && stream->ended)
            break;
        if (stream->current == NULL)
            take_chunk(stream);
        if (stream->current && !take_rows(stream, most))
            return lose_rows(stream);
    }
    return POUPA_OK;
}

static poupa_status report_stream(const poupa_ndjson *stream, poupa_error *err)
{
    if (err && stream->status != POUPA_OK)
        *err = stream->failure;
    return stream->status;
}

static poupa_status next_table(poupa_ndjson *stream, size_t most, poupa_attendance **out,
                               poupa_error *err)
{
    if (fill_batch(stream, most) != POUPA_OK)
        return report_stream(stream, err);
    if (poupa_builder_finish(stream->batch, out, NULL) != POUPA_OK) {
        lose_rows(stream);
        return report_stream(stream, err);
    }
    forget_mappings(stream);
    return POUPA_OK;
}

poupa_status poupa_ndjson_next(poupa_ndjson *stream, poupa_attendance **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(stream, err);
    if (poupa__workers_are_elsewhere(stream))
        return poupa__error(err, POUPA_ERR_ARGUMENT,
                            "the stream decodes in threads of the process that opened it, "
                            "which a forked one does not have");
    if (stream->lost || (stream->ended && stream->current == NULL))
        return report_stream(stream, err);
    size_t rows = stream->account.options.batch_rows;
    poupa_status status = next_table(stream, rows ? rows : (size_t)BATCH_ROWS, out, err);
    if (status == POUPA_OK && poupa_attendance_rows(*out) == 0) {
        poupa_attendance_release(*out);
        *out = NULL;
        status = report_stream(stream, err);
    }
    return status;
}

poupa_ndjson_counts poupa_ndjson_counted(const poupa_ndjson *stream)
{
    return stream ? stream->account.counts : (poupa_ndjson_counts){0, 0, 0, 0};
}

/* -- Opening ------------------------------------------------------------- */

/* A poupa__patience: threads that read go on while they are wanted, the caller's own asks. */
static bool go_on(void *context)
{
    poupa_ndjson *stream = (poupa_ndjson *)context;
    return stream->process ? poupa__workers_wanted(stream)
                           : poupa__account_go_on(&stream->account);
}

/* Starts a stream whose input was opened with `status`. */
static poupa_status start_stream(poupa_ndjson *stream, poupa_status status, poupa_ndjson **out,
                                 poupa_error *err)
{
    stream->has_input = status == POUPA_OK;
    stream->account.file = stream->input.path;
    if (status == POUPA_OK)
        status = poupa__stream_start(stream, NULL, 0, err);
    if (status != POUPA_OK) {
        poupa_ndjson_close(stream);
        return status;
    }
    *out = stream;
    return POUPA_OK;
}

poupa_status poupa_ndjson_open(const char *path, const poupa_ndjson_options *options,
                               poupa_ndjson **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(path, err);
    poupa_ndjson *stream;
    poupa_status status = poupa__stream_new(options, &stream, err);
    if (status != POUPA_OK)
        return status;
    const poupa__patience patience = {go_on, stream};
    status = poupa__input_open_file(&stream->input, path, patience, &stream->allocator, err);
    return start_stream(stream, status, out, err);
}

poupa_status poupa_ndjson_open_range(const char *path, uint64_t first, uint64_t last,
                                     const poupa_ndjson_options *options, poupa_ndjson **out,
                                     poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(path, err);
    poupa_ndjson *stream;
    poupa_status status = poupa__stream_new(options, &stream, err);
    if (status != POUPA_OK)
        return status;
    status = poupa__input_open_range(&stream->input, path, first, last, &stream->allocator, err);
    return start_stream(stream, status, out, err);
}

poupa_status poupa_ndjson_open_from(poupa_read_fn read, void *context,
                                    const poupa_ndjson_options *options, poupa_ndjson **out,
                                    poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (read == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "poupa_ndjson_open_from: read is NULL");
    poupa_ndjson *stream;
    poupa_status status = poupa__stream_new(options, &stream, err);
    if (status != POUPA_OK)
        return status;
    status = poupa__input_open_from(&stream->input, read, context, &stream->allocator, err);
    return start_stream(stream, status, out, err);
}

static ptrdiff_t read_memory(void *context, char *buffer, size_t capacity)
{
    poupa_ndjson *stream = (poupa_ndjson *)context;
    size_t some = stream->memory_size < capacity ? stream->memory_size : capacity;
    memcpy(buffer, stream->memory, some);
    stream->memory += some;
    stream->memory_size -= some;
    return (ptrdiff_t)some;
}

poupa_status poupa_ndjson_open_data(const char *data, size_t size,
                                    const poupa_ndjson_options *options, poupa_ndjson **out,
                                    poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (size)
        POUPA__REQUIRE(data, err);
    poupa_ndjson *stream;
    poupa_status status = poupa__stream_new(options, &stream, err);
    if (status != POUPA_OK)
        return status;
    if (size && poupa__codec_find(data, size)) {
        stream->memory = data;
        stream->memory_size = size;
        status =
            poupa__input_open_from(&stream->input, read_memory, stream, &stream->allocator, err);
        return start_stream(stream, status, out, err);
    }
    status = poupa__stream_start(stream, size ? data : "", size, err);
    if (status != POUPA_OK) {
        poupa_ndjson_close(stream);
        return status;
    }
    *out = stream;
    return POUPA_OK;
}

/* -- Whole tables -------------------------------------------------------- */

/* All goes into one table. A single worker's rows and words go into it as they are: its codes
 * are in the order of the whole text already. Where there are several, their threads are at
 * work by now. */
static void hand_through(poupa_ndjson *stream)
{
    POUPA__LOCK(&stream->lock);
    stream->one_table = true;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT && stream->worker_count > 1; i++)
        stream->words[i] = poupa__dictionary_retain(stream->batch->dictionaries[i]);
    POUPA__UNLOCK(&stream->lock);
    if (stream->worker_count > 1)
        return;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        poupa__dictionary *words = stream->workers[0].lines.builder->dictionaries[i];
        poupa__dictionary_release(stream->batch->dictionaries[i]);
        stream->batch->dictionaries[i] = poupa__dictionary_retain(words);
    }
}

/* Reads all of a stream that was opened with `status`, and closes it. */
static poupa_status read_all(poupa_ndjson *stream, poupa_status status, poupa_attendance **out,
                             poupa_ndjson_counts *counts, poupa_error *err)
{
    if (counts)
        *counts = (poupa_ndjson_counts){0, 0, 0, 0};
    if (status != POUPA_OK)
        return status;
    poupa_attendance *table = NULL;
    hand_through(stream);
    status = next_table(stream, SIZE_MAX, &table, err);
    if (status == POUPA_OK)
        status = report_stream(stream, err);
    if (counts)
        *counts = stream->account.counts;
    poupa_ndjson_close(stream);
    if (status == POUPA_OK)
        *out = table;
    else
        poupa_attendance_release(table);
    return status;
}

poupa_status poupa_ndjson_read(const char *data, size_t size, const poupa_ndjson_options *options,
                               poupa_attendance **out, poupa_ndjson_counts *counts,
                               poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_ndjson *stream;
    poupa_status status = poupa_ndjson_open_data(data, size, options, &stream, err);
    return read_all(stream, status, out, counts, err);
}

poupa_status poupa_ndjson_read_file(const char *path, const poupa_ndjson_options *options,
                                    poupa_attendance **out, poupa_ndjson_counts *counts,
                                    poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_ndjson *stream;
    poupa_status status = poupa_ndjson_open(path, options, &stream, err);
    return read_all(stream, status, out, counts, err);
}

poupa_status poupa_ndjson_read_from(poupa_read_fn read, void *context,
                                    const poupa_ndjson_options *options, poupa_attendance **out,
                                    poupa_ndjson_counts *counts, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_ndjson *stream;
    poupa_status status = poupa_ndjson_open_from(read, context, options, &stream, err);
    return read_all(stream, status, out, counts, err);
}
