/* decoder.c - decoding a text that is fed in pieces. */
#include "account.h"

struct poupa_decoder {
    poupa_allocator allocator;
    poupa__account account;
    poupa__lines lines;
    poupa__general general; /* for the words of errors */
    poupa__run run;
    poupa_buffer rest; /* of a line that is not complete yet */
    uint64_t offset;   /* of the next run in the text */
    bool skipping;     /* the rest of a line that was too long */
    bool finished;     /* what the account tells is that of a text that has ended */
    poupa_status status;
    poupa_error failure;
};

/* -- Life ---------------------------------------------------------------- */

poupa_status poupa_decoder_new(const poupa_ndjson_options *options, poupa_decoder **out,
                               poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa__account account;
    poupa_status status = poupa__account_init(&account, options, err);
    if (status != POUPA_OK)
        return status;
    poupa_allocator allocator = poupa__allocator(account.options.allocator);
    poupa_decoder *decoder = POUPA__NEW(&allocator, poupa_decoder);
    if (decoder == NULL)
        return poupa__error_memory(err);
    decoder->allocator = allocator;
    decoder->account = account;
    status = poupa__lines_init(&decoder->lines, &account.options, err);
    if (status != POUPA_OK) {
        poupa__release(&allocator, decoder, sizeof *decoder);
        return status;
    }
    poupa__general_init(&decoder->general, &allocator);
    poupa__buffer_init(&decoder->rest, allocator);
    *out = decoder;
    return POUPA_OK;
}

void poupa_decoder_free(poupa_decoder *decoder)
{
    if (decoder == NULL)
        return;
    poupa_allocator allocator = decoder->allocator;
    poupa__lines_free(&decoder->lines);
    poupa__general_free(&decoder->general);
    poupa_buffer_free(&decoder->rest);
    poupa__release(&allocator, decoder->run.bad,
                   decoder->run.bad_capacity * sizeof *decoder->run.bad);
    poupa__release(&allocator, decoder, sizeof *decoder);
}

poupa_ndjson_counts poupa_decoder_counted(const poupa_decoder *decoder)
{
    return decoder ? decoder->account.counts : (poupa_ndjson_counts){0, 0, 0, 0};
}

/* -- Feeding ------------------------------------------------------------- */

/* Decodes complete lines. */
static poupa_status decode_whole_lines(poupa_decoder *decoder, const char *data, size_t size)
{
    poupa__run *run = &decoder->run;
    run->good = run->blank = run->bad_count = 0;
    if (size == 0)
        return POUPA_OK;
    bool stop = decoder->account.options.on_error == POUPA_ON_ERROR_FAIL;
    if (!poupa__lines_decode(&decoder->lines, data, size, stop, run))
        return poupa__error_memory(&decoder->failure);
    poupa__decoded decoded = {data, size, decoder->offset, size, run, NULL};
    decoder->offset += size;
    return poupa__account_add(&decoder->account, &decoder->general, &decoded, &decoder->failure);
}

/* Drops bytes that belong to no line that is decoded. */
static size_t pass_over(poupa_decoder *decoder, size_t size)
{
    decoder->offset += size;
    decoder->account.counts.bytes += size;
    return size;
}

/* Decodes what was kept of a line, together with nothing else. */
static poupa_status decode_rest(poupa_decoder *decoder)
{
    poupa_status status = decode_whole_lines(decoder, decoder->rest.data, decoder->rest.size);
    decoder->rest.size = 0;
    return status;
}

/* Takes bytes of a line that began in an earlier piece; *taken tells how many. */
static poupa_status feed_rest(poupa_decoder *decoder, const char *data, size_t size,
                              size_t *taken)
{
    const char *end = (const char *)memchr(data, '\n', size);
    size_t length = end ? (size_t)(end + 1 - data) : size;
    if (decoder->skipping) {
        decoder->skipping = end == NULL;
        *taken = pass_over(decoder, length);
        return POUPA_OK;
    }
    /* What is kept of a line that is too long is two bytes more than a line may have, of
     * which one may be a carriage return. */
    size_t most = decoder->account.options.max_line + 2;
    size_t room = most - decoder->rest.size;
    bool too_long = length > room || (length == room && !end);
    *taken = too_long ? room : length;
    if (!poupa__buffer_append(&decoder->rest, data, *taken))
        return poupa__error_memory(&decoder->failure);
    if (!end && !too_long)
        return POUPA_OK;
    decoder->skipping = too_long;
    return decode_rest(decoder);
}

static poupa_status feed(poupa_decoder *decoder, const char *data, size_t size)
{
    while (size) {
        size_t taken = size;
        while (taken > 0 && data[taken - 1] != '\n')
            taken--;
        poupa_status status;
        if (decoder->rest.size || decoder->skipping || taken == 0)
            status = feed_rest(decoder, data, size, &taken);
        else
            status = decode_whole_lines(decoder, data, taken);
        if (status != POUPA_OK)
            return status;
        data += taken;
        size -= taken;
    }
    return POUPA_OK;
}

/* Begins another text where the last one has ended. */
static void begin_text(poupa_decoder *decoder)
{
    if (!decoder->finished)
        return;
    decoder->account.counts = (poupa_ndjson_counts){0, 0, 0, 0};
    decoder->offset = 0;
    decoder->skipping = false;
    decoder->finished = false;
}

static poupa_status report_decoder(const poupa_decoder *decoder, poupa_error *err)
{
    if (err && decoder->status != POUPA_OK)
        *err = decoder->failure;
    return decoder->status;
}

poupa_status poupa_decoder_feed(poupa_decoder *decoder, const char *data, size_t size,
                                poupa_error *err)
{
    POUPA__REQUIRE(decoder, err);
    if (size)
        POUPA__REQUIRE(data, err);
    begin_text(decoder);
    if (decoder->status == POUPA_OK)
        decoder->status = feed(decoder, data, size);
    return report_decoder(decoder, err);
}

poupa_status poupa_decoder_finish(poupa_decoder *decoder, poupa_attendance **out,
                                  poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(decoder, err);
    begin_text(decoder);
    if (decoder->status == POUPA_OK)
        decoder->status = decode_rest(decoder);
    if (decoder->status == POUPA_OK)
        decoder->status = poupa_builder_finish(decoder->lines.builder, out, &decoder->failure);
    if (decoder->status != POUPA_OK)
        return report_decoder(decoder, err);
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__memo_clear(&decoder->lines.memos[i]);
    decoder->finished = true;
    return POUPA_OK;
}
