/* encode.c - writing tables as JSON Lines. */
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "poupa/ndjson.h"
#include "table/table.h"

enum { FULL_AT = 1 << 16, DIGITS_MOST = 20, PERIODS = 1 << 12 };

/* A stretch of bytes to copy, padded so that copies may be of a fixed size. */
typedef struct fragment {
    const char *data;
    size_t size;
} fragment;

/* Fragments of this size and less are copied as this many bytes. */
#define PADDING 32

/* The start of a line with its period. */
typedef struct rendered {
    int32_t start;
    uint8_t kind; /* 0 for none */
    uint8_t size;
    char text[PADDING];
} rendered;

typedef struct encoder {
    poupa_allocator allocator;
    poupa_buffer out;
    poupa_write_fn write;
    void *context;
    poupa__arena arena;
    fragment *words[POUPA_DICTIONARY_COUNT]; /* with the key before and the quotes */
    size_t most;                             /* bytes that a line may take */
    size_t rows;
    rendered *periods; /* a cache with one place for each */
} encoder;

/* -- Fragments ----------------------------------------------------------- */

static const fragment key_fragments[POUPA_DICTIONARY_COUNT] = {
    [POUPA_DICTIONARY_UNIT] = {",\"unit\":\"", sizeof ",\"unit\":\"" - 1},
    [POUPA_DICTIONARY_SERVICE] = {",\"service\":\"", sizeof ",\"service\":\"" - 1},
    [POUPA_DICTIONARY_CHANNEL] = {",\"channel\":\"", sizeof ",\"channel\":\"" - 1},
};

/* Ids need no escapes. */
static bool render_words(encoder *e, const poupa_attendance *table, size_t dictionary)
{
    const poupa__dictionary *words = table->dictionaries[dictionary];
    fragment key = key_fragments[dictionary];
    fragment *fragments = POUPA__ARENA_ARRAY(&e->arena, fragment, words->text_count + 1);
    if (fragments == NULL)
        return false;
    size_t longest = 0;
    for (size_t code = 0; code < words->text_count; code++) {
        const poupa__word *word = poupa__dictionary_word(words, code);
        size_t size = key.size + word->size + 1;
        char *data = (char *)poupa__arena_allocate(&e->arena, size + PADDING);
        if (data == NULL)
            return false;
        memcpy(data, key.data, key.size);
        memcpy(data + key.size, word->text, word->size);
        data[size - 1] = '"';
        memset(data + size, 0, PADDING);
        fragments[code] = (fragment){data, size};
        longest = size > longest ? size : longest;
    }
    e->words[dictionary] = fragments;
    e->most += longest;
    return true;
}

static void render_period(rendered *period, int32_t start, uint8_t kind)
{
    static const char key[] = "{\"period\":\"";
    char text[POUPA_PERIOD_SIZE];
    size_t size = poupa_period_print(poupa__period_of(start, kind), text);
    memcpy(period->text, key, sizeof key - 1);
    memcpy(period->text + sizeof key - 1, text, size);
    period->text[sizeof key - 1 + size] = '"';
    period->size = (uint8_t)(sizeof key + size);
    period->start = start;
    period->kind = kind;
}

/* -- Rows ---------------------------------------------------------------- */

/* Both sides have room for the padding. */
static inline char *put_fragment(char *out, fragment part)
{
    memcpy(out, part.data, PADDING);
    if (part.size > PADDING)
        memcpy(out + PADDING, part.data + PADDING, part.size - PADDING);
    return out + part.size;
}

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
                                  "25262728293031323334353637383940414243444546474849"
                                  "50515253545556575859606162636465666768697071727374"
                                  "75767778798081828384858687888990919293949596979899";

/* Up to four digits, without branches: the first byte of the text is the lowest. */
static inline char *put_small(char *out, uint32_t number)
{
    const char *high = digit_pairs + number / 100 * 2;
    const char *low = digit_pairs + number % 100 * 2;
    uint32_t text = (uint32_t)high[0] | (uint32_t)high[1] << 8 | (uint32_t)low[0] << 16 |
                    (uint32_t)low[1] << 24;
    unsigned zeros = (unsigned)(number < 10) + (number < 100) + (number < 1000);
    text >>= 8 * zeros;
    for (unsigned i = 0; i < 4; i++)
        out[i] = (char)(text >> (8 * i) & 0xFF);
    return out + 4 - zeros;
}

static inline char *put_integer(char *out, uint64_t number)
{
    if (number < 10000)
        return put_small(out, (uint32_t)number);
    char digits[2 * DIGITS_MOST]; /* as many again, so that the copy is of a fixed size */
    char *at = digits + DIGITS_MOST;
    for (; number >= 100; number /= 100)
        memcpy(at -= 2, digit_pairs + number % 100 * 2, 2);
    memcpy(at -= 2, digit_pairs + number * 2, 2);
    at += number < 10;
    memcpy(out, at, DIGITS_MOST);
    return out + (digits + DIGITS_MOST - at);
}

#define PUT_TEXT(out, text) (memcpy((out), (text), sizeof(text) - 1), (out) + sizeof(text) - 1)

/* Writes a row to where there is room for it. */
static inline char *put_row(encoder *e, const poupa__piece *piece, size_t row, char *out)
{
    const poupa__cells *cells = &piece->segment->cells;
    int32_t start = cells->period_start[row];
    uint8_t kind = cells->period_kind[row];
    rendered *period = &e->periods[(uint32_t)start % PERIODS];
    if (period->start != start || period->kind != kind)
        render_period(period, start, kind);
    out = put_fragment(out, (fragment){period->text, period->size});
    if (poupa__is_valid(piece, POUPA__NULLABLE_UNIT, row))
        out = put_fragment(
            out, e->words[POUPA_DICTIONARY_UNIT][cells->codes[POUPA_DICTIONARY_UNIT][row]]);
    for (size_t i = POUPA_DICTIONARY_SERVICE; i <= POUPA_DICTIONARY_CHANNEL; i++)
        out = put_fragment(out, e->words[i][cells->codes[i][row]]);
    out = PUT_TEXT(out, ",\"count\":");
    out = put_integer(out, (uint64_t)cells->count[row]);
    if (poupa__is_valid(piece, POUPA__NULLABLE_WAIT, row)) {
        out = PUT_TEXT(out, ",\"wait_s\":");
        out = put_integer(out, (uint64_t)cells->wait_s[row]);
    }
    if (poupa__is_valid(piece, POUPA__NULLABLE_SERVICE, row)) {
        out = PUT_TEXT(out, ",\"service_s\":");
        out = put_integer(out, (uint64_t)cells->service_s[row]);
    }
    return PUT_TEXT(out, "}\n");
}

static poupa_status flush_lines(encoder *e, poupa_error *err)
{
    if (e->write && e->out.size && !e->write(e->context, e->out.data, e->out.size))
        return poupa__error(err, POUPA_ERR_IO, "the output could not be written");
    if (e->write)
        e->out.size = 0;
    return POUPA_OK;
}

/* Makes room for a line; in memory, for all lines to come, should they be like those before. */
static bool make_line_room(encoder *e, size_t rows_done)
{
    size_t needed = e->most;
    if (e->write == NULL && rows_done) {
        size_t average = e->out.size / rows_done + 1;
        size_t left = e->rows - rows_done;
        if (left < SIZE_MAX / 8 / average)
            needed += left * average;
    }
    return poupa__buffer_reserve(&e->out, needed);
}

static poupa_status encode_piece(encoder *e, const poupa__piece *piece, size_t start,
                                 poupa_error *err)
{
    for (size_t row = piece->first; row < piece->first + piece->rows; row++) {
        if (e->out.capacity - e->out.size <= e->most &&
            !make_line_room(e, start + row - piece->first))
            return poupa__error_memory(err);
        char *end = put_row(e, piece, row, e->out.data + e->out.size);
        e->out.size = (size_t)(end - e->out.data);
        if (e->out.size >= FULL_AT && e->write) {
            poupa_status status = flush_lines(e, err);
            if (status != POUPA_OK)
                return status;
        }
    }
    return POUPA_OK;
}

/* -- Tables -------------------------------------------------------------- */

static poupa_status encode(encoder *e, const poupa_attendance *table, poupa_error *err)
{
    poupa_status status = POUPA_OK;
    e->rows = table->rows;
    e->periods = POUPA__ARENA_ARRAY(&e->arena, rendered, PERIODS);
    if (e->periods == NULL)
        return poupa__error_memory(err);
    memset(e->periods, 0, PERIODS * sizeof *e->periods);
    e->most =
        PADDING + sizeof ",\"count\":,\"wait_s\":,\"service_s\":}\n" + 3 * DIGITS_MOST + PADDING;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT && status == POUPA_OK; i++) {
        if (!render_words(e, table, i))
            status = poupa__error_memory(err);
    }
    if (status == POUPA_OK && !poupa__buffer_reserve(&e->out, FULL_AT + e->most))
        status = poupa__error_memory(err);
    for (size_t i = 0; i < table->piece_count && status == POUPA_OK; i++)
        status = encode_piece(e, &table->pieces[i], table->starts[i], err);
    return status == POUPA_OK ? flush_lines(e, err) : status;
}

static poupa_status encode_all(const poupa_attendance *table, const poupa_allocator *allocator,
                               poupa_write_fn write, void *context, poupa_buffer *out,
                               poupa_error *err)
{
    encoder e = {.allocator = poupa__allocator(allocator), .write = write, .context = context};
    poupa__arena_init(&e.arena, e.allocator);
    poupa__buffer_init(&e.out, e.allocator);
    poupa_status status = encode(&e, table, err);
    poupa__arena_free(&e.arena);
    if (status != POUPA_OK || out == NULL) {
        poupa_buffer_free(&e.out);
        return status;
    }
    e.out.data[e.out.size] = '\0';
    *out = e.out;
    return POUPA_OK;
}

poupa_status poupa_attendance_write(const poupa_attendance *table,
                                    const poupa_allocator *allocator, poupa_buffer *out,
                                    poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(out, err);
    poupa__buffer_init(out, poupa__allocator(allocator));
    return encode_all(table, allocator, NULL, NULL, out, err);
}

poupa_status poupa_attendance_write_to(const poupa_attendance *table,
                                       const poupa_allocator *allocator, poupa_write_fn write,
                                       void *context, poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    if (write == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "poupa_attendance_write_to: write is NULL");
    return encode_all(table, allocator, write, context, NULL, err);
}

poupa_status poupa_attendance_write_file(const poupa_attendance *table,
                                         const poupa_allocator *allocator, const char *path,
                                         poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(path, err);
    poupa__saving saving;
    poupa_status status = poupa__save_begin(&saving, path, allocator, err);
    if (status != POUPA_OK)
        return status;
    status = encode_all(table, allocator, poupa__save_write, &saving, NULL, err);
    if (status != POUPA_OK && saving.failure == 0) {
        poupa__save_abandon(&saving);
        return status;
    }
    return poupa__save_commit(&saving, err);
}
