/* source.c - a text, in pieces of complete lines. */
#include "source.h"

#include <string.h>

#include "base/text.h"
#include "lines.h"

/* A full buffer without a newline holds more than the longest line. */
enum { WINDOW = 1 << 20, BUFFER = WINDOW + (1 << 16) };

void poupa__source_init(poupa__source *source, poupa__input *input, const char *data, size_t size,
                        size_t max_line, const poupa_allocator *allocator)
{
    *source = (poupa__source){
        .input = input,
        .allocator = *allocator,
        .data = data,
        .size = size,
        .max_line = max_line,
        .offset = input ? input->first : 0,
        .skipping = input && input->skip_line,
        .foreign = input && input->skip_line,
    };
    poupa__buffer_init(&source->rest, *allocator);
}

void poupa__source_free(poupa__source *source)
{
    poupa_buffer_free(&source->rest);
}

static const char *last_newline(const char *data, size_t size)
{
    while (size > 0 && data[size - 1] != '\n')
        size--;
    return size ? data + size - 1 : NULL;
}

/* A window of the memory, lengthened to the end of its last line. */
static void next_in_memory(poupa__source *source, poupa__chunk *chunk)
{
    const char *start = source->data + source->offset;
    size_t left = source->size - (size_t)source->offset;
    size_t size = left;
    if (left > WINDOW) {
        const char *end = last_newline(start, WINDOW);
        if (end == NULL)
            end = (const char *)memchr(start + WINDOW, '\n', left - WINDOW);
        size = end ? (size_t)(end + 1 - start) : left;
    }
    chunk->data = start;
    chunk->size = size;
    chunk->ended = size == 0;
    chunk->offset = source->offset;
    chunk->bytes = size;
    source->offset += size;
}

/* Fills the buffer as far as the input goes. */
static poupa_status fill_buffer(poupa__source *source, poupa_buffer *buffer, poupa_error *err)
{
    while (buffer->size < BUFFER && !source->ended) {
        ptrdiff_t got =
            poupa__input_read(source->input, buffer->data + buffer->size, BUFFER - buffer->size);
        if (got < 0)
            return poupa__input_error(source->input, err);
        source->ended = got == 0;
        buffer->size += (size_t)got;
    }
    return POUPA_OK;
}

/* Drops the rest of a line that was too long; returns the bytes dropped. */
static uint64_t drop_line(poupa__source *source, poupa_buffer *buffer)
{
    const char *end = (const char *)memchr(buffer->data, '\n', buffer->size);
    size_t dropped = end ? (size_t)(end + 1 - buffer->data) : buffer->size;
    memmove(buffer->data, buffer->data + dropped, buffer->size - dropped);
    buffer->size -= dropped;
    source->skipping = end == NULL;
    return dropped;
}

/* Cuts what was read behind its last line; what follows waits for the next chunk. */
static bool cut(poupa__source *source, poupa__chunk *chunk)
{
    poupa_buffer *buffer = &chunk->buffer;
    const char *end = last_newline(buffer->data, buffer->size);
    chunk->data = buffer->data;
    chunk->size = end ? (size_t)(end + 1 - buffer->data) : 0;
    chunk->bytes = 0;
    if (source->ended) {
        chunk->size = buffer->size;
    } else if (end == NULL && !source->skipping) {
        /* Two bytes more than a line may have, of which one may be a carriage return. */
        chunk->size = source->max_line + 2;
        chunk->bytes = buffer->size - chunk->size;
        source->skipping = true;
        buffer->size = chunk->size;
    }
    chunk->bytes += chunk->size;
    return poupa__buffer_append(&source->rest, buffer->data + chunk->size,
                                buffer->size - chunk->size);
}

/* A line that is too long may have no end: what is dropped of it are chunks, too. */
static poupa_status next_of_input(poupa__source *source, poupa__chunk *chunk, poupa_error *err)
{
    poupa_buffer *buffer = &chunk->buffer;
    buffer->size = 0;
    if (!poupa__buffer_reserve(buffer, BUFFER) ||
        !poupa__buffer_append(buffer, source->rest.data, source->rest.size))
        return poupa__error_memory(err);
    source->rest.size = 0;
    uint64_t dropped = 0;
    do {
        poupa_status status = fill_buffer(source, buffer, err);
        if (status != POUPA_OK)
            return status;
        if (source->skipping)
            dropped += drop_line(source, buffer);
    } while (!source->skipping && buffer->size < BUFFER && !source->ended);
    chunk->ended = source->ended && buffer->size == 0 && dropped == 0;
    source->offset += dropped;
    chunk->offset = source->offset;
    bool own = !source->foreign;
    source->foreign = source->foreign && source->skipping;
    if (!cut(source, chunk))
        return poupa__error_memory(err);
    source->offset += chunk->bytes;
    chunk->bytes += own ? dropped : 0;
    return POUPA_OK;
}

poupa_status poupa__source_next(poupa__source *source, poupa__chunk *chunk, poupa_error *err)
{
    if (source->data == NULL)
        return next_of_input(source, chunk, err);
    next_in_memory(source, chunk);
    return POUPA_OK;
}
