/* writer.c - writing JSON text piece by piece. */
#include "writer.h"

#include <string.h>

#include "error.h"
#include "jsontext.h"
#include "memory.h"
#include "number.h"
#include "text.h"

enum { FLUSH_AT = 1 << 16, LEVELS = 2 * POUPA__JSON_MAX_DEPTH, LINE_WIDTH = 98, ON_A_LINE = 48 };

typedef enum writer_state {
    VALUE_NEXT,  /* at the start of the text, or behind a key */
    NOTHING_YET, /* inside a container that has nothing yet */
    MORE,        /* inside a container that has something */
    DONE
} writer_state;

/* A list of scalars that is being written on one line, as long as it fits there. */
typedef struct line_list {
    bool open;
    size_t start; /* of its first item, in the output */
    size_t items[ON_A_LINE];
    size_t count;
} line_list;

struct poupa_writer {
    poupa_allocator allocator;
    bool pretty;
    bool canonical; /* numbers of texts are written anew */
    poupa_write_fn write;
    void *context;
    poupa_status status;
    const char *why;
    writer_state state;
    size_t depth;
    char closers[LEVELS]; /* what ends each open container */
    poupa_buffer out;
    poupa_buffer scratch;
    ptrdiff_t line_start; /* in out; negative when the line's start was flushed */
    line_list list;
};

/* -- Errors and output --------------------------------------------------- */

void poupa__writer_fail(poupa_writer *writer, poupa_status status, const char *why)
{
    if (writer && writer->status == POUPA_OK) {
        writer->status = status;
        writer->why = why;
    }
}

static bool is_failed(const poupa_writer *writer)
{
    return writer == NULL || writer->status != POUPA_OK;
}

static void flush(poupa_writer *writer)
{
    if (writer->out.size && !writer->write(writer->context, writer->out.data, writer->out.size))
        poupa__writer_fail(writer, POUPA_ERR_IO, "the output could not be written");
    writer->line_start -= (ptrdiff_t)writer->out.size;
    writer->out.size = 0;
}

static void put_bytes(poupa_writer *writer, const char *data, size_t size)
{
    if (writer->out.capacity - writer->out.size > size) {
        memcpy(writer->out.data + writer->out.size, data, size);
        writer->out.size += size;
    } else if (!poupa__buffer_append(&writer->out, data, size)) {
        poupa__writer_fail(writer, POUPA_ERR_MEMORY, "out of memory");
    }
}

static void new_line(poupa_writer *writer)
{
    static const char spaces[] = "\n                                ";
    put_bytes(writer, spaces, 1);
    writer->line_start = (ptrdiff_t)writer->out.size;
    for (size_t left = 2 * writer->depth, some; left; left -= some) {
        some = left < sizeof spaces - 2 ? left : sizeof spaces - 2;
        put_bytes(writer, spaces + 1, some);
    }
}

/* -- Lists on one line --------------------------------------------------- */

/* Writes the items of the list again, one a line. */
static void break_list(poupa_writer *writer)
{
    line_list *list = &writer->list;
    size_t end = writer->out.size;
    list->open = false;
    writer->scratch.size = 0;
    if (!poupa__buffer_append(&writer->scratch, writer->out.data + list->start,
                              end - list->start)) {
        poupa__writer_fail(writer, POUPA_ERR_MEMORY, "out of memory");
        return;
    }
    writer->out.size = list->start;
    for (size_t i = 0; i < list->count; i++) {
        bool last = i + 1 == list->count;
        size_t item_end = last ? end : list->items[i + 1] - strlen(", ");
        new_line(writer);
        put_bytes(writer, writer->scratch.data + (list->items[i] - list->start),
                  item_end - list->items[i]);
        if (!last)
            put_bytes(writer, ",", 1);
    }
}

/* -- The grammar --------------------------------------------------------- */

static bool in_object(const poupa_writer *writer)
{
    return writer->depth && writer->closers[writer->depth - 1] == '}';
}

/* Writes what stands before a key, or before an item of a list. */
static void separate(poupa_writer *writer)
{
    if (writer->list.open) {
        if (writer->state == MORE)
            put_bytes(writer, ", ", 2);
        writer->list.items[writer->list.count++] = writer->out.size;
        return;
    }
    if (writer->state == MORE)
        put_bytes(writer, ",", 1);
    if (writer->pretty)
        new_line(writer);
}

/* Whether a value may stand here; writes what stands before it. */
static bool begin_value(poupa_writer *writer)
{
    if (is_failed(writer))
        return false;
    if (writer->state == DONE || (writer->state != VALUE_NEXT && in_object(writer))) {
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT,
                           writer->state == DONE ? "the text has one value only"
                                                 : "an object takes a key before each value");
        return false;
    }
    if (writer->state != VALUE_NEXT)
        separate(writer);
    return true;
}

static void end_value(poupa_writer *writer)
{
    writer->state = writer->depth ? MORE : DONE;
    line_list *list = &writer->list;
    ptrdiff_t column = (ptrdiff_t)writer->out.size - writer->line_start;
    if (list->open && (column > LINE_WIDTH - 2 || list->count == ON_A_LINE))
        break_list(writer);
    if (writer->out.size >= FLUSH_AT && !list->open)
        flush(writer);
}

static void begin_container(poupa_writer *writer, char open, char close)
{
    if (!is_failed(writer) && writer->list.open) {
        if (writer->list.count)
            break_list(writer);
        writer->list.open = false;
    }
    if (!begin_value(writer))
        return;
    if (writer->depth == LEVELS) {
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "nested too deep");
        return;
    }
    put_bytes(writer, &open, 1);
    writer->closers[writer->depth++] = close;
    writer->state = NOTHING_YET;
    if (close == ']' && writer->pretty) {
        writer->list.open = true;
        writer->list.start = writer->out.size;
        writer->list.count = 0;
    }
}

static void end_container(poupa_writer *writer, char close)
{
    if (is_failed(writer))
        return;
    if (writer->depth == 0 || writer->closers[writer->depth - 1] != close ||
        writer->state == VALUE_NEXT) {
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "nothing to end here");
        return;
    }
    writer->depth--;
    if (writer->pretty && writer->state == MORE && !writer->list.open)
        new_line(writer);
    writer->list.open = false;
    put_bytes(writer, &close, 1);
    end_value(writer);
}

void poupa_writer_begin_object(poupa_writer *writer)
{
    begin_container(writer, '{', '}');
}

void poupa_writer_end_object(poupa_writer *writer)
{
    end_container(writer, '}');
}

void poupa_writer_begin_array(poupa_writer *writer)
{
    begin_container(writer, '[', ']');
}

void poupa_writer_end_array(poupa_writer *writer)
{
    end_container(writer, ']');
}

/* -- Strings ------------------------------------------------------------- */

static const char *escape_of(unsigned char byte, char out[7])
{
    static const char letters[] = "\0\0\0\0\0\0\0\0btn\0fr";
    static const char hex[] = "0123456789abcdef";
    char letter = byte >= 0x20 ? (char)byte : byte < sizeof letters ? letters[byte] : '\0';
    if (letter) {
        const char escape[] = {'\\', letter, '\0'};
        memcpy(out, escape, sizeof escape);
    } else {
        const char escape[] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15], '\0'};
        memcpy(out, escape, sizeof escape);
    }
    return out;
}

bool poupa__json_quote(poupa_buffer *out, const char *data, size_t size)
{
    bool good = poupa__buffer_append(out, "\"", 1);
    size_t start = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        char escape[7];
        good = good && poupa__buffer_append(out, data + start, i - start) &&
               poupa__buffer_append(out, escape, strlen(escape_of(byte, escape)));
        start = i + 1;
    }
    return good && poupa__buffer_append(out, data + start, size - start) &&
           poupa__buffer_append(out, "\"", 1);
}

static void put_string(poupa_writer *writer, const char *data, size_t size)
{
    if (!poupa__json_quote(&writer->out, data, size))
        poupa__writer_fail(writer, POUPA_ERR_MEMORY, "out of memory");
}

static bool is_text(poupa_writer *writer, const char *text)
{
    if (poupa_utf8_valid(text, strlen(text)))
        return true;
    poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "a text that is not UTF-8");
    return false;
}

/* Whether a key may stand here; writes what stands before it. */
static bool begin_key(poupa_writer *writer)
{
    if (is_failed(writer))
        return false;
    if (!in_object(writer) || writer->state == VALUE_NEXT) {
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "a key that no object expects");
        return false;
    }
    separate(writer);
    return true;
}

static void end_key(poupa_writer *writer)
{
    put_bytes(writer, ": ", writer->pretty ? 2 : 1);
    writer->state = VALUE_NEXT;
}

void poupa_writer_key(poupa_writer *writer, const char *name)
{
    if (name == NULL) {
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "a key that is NULL");
    } else if (begin_key(writer) && is_text(writer, name)) {
        put_string(writer, name, strlen(name));
        end_key(writer);
    }
}

void poupa__writer_plain_key(poupa_writer *writer, const char *name, size_t size)
{
    if (begin_key(writer)) {
        put_bytes(writer, "\"", 1);
        put_bytes(writer, name, size);
        put_bytes(writer, "\"", 1);
        end_key(writer);
    }
}

void poupa__writer_plain_text(poupa_writer *writer, const char *data, size_t size)
{
    if (begin_value(writer)) {
        put_string(writer, data, size);
        end_value(writer);
    }
}

void poupa_writer_text(poupa_writer *writer, const char *text)
{
    if (text == NULL)
        poupa_writer_null(writer);
    else if (!is_failed(writer) && is_text(writer, text))
        poupa__writer_plain_text(writer, text, strlen(text));
}

/* -- Other values -------------------------------------------------------- */

static void put_value(poupa_writer *writer, const char *data, size_t size)
{
    if (begin_value(writer)) {
        put_bytes(writer, data, size);
        end_value(writer);
    }
}

void poupa_writer_number(poupa_writer *writer, double number)
{
    char text[POUPA_NUMBER_SIZE];
    put_value(writer, text, poupa_number_print(number, text));
}

void poupa_writer_integer(poupa_writer *writer, int64_t number)
{
    char text[POUPA_NUMBER_SIZE];
    put_value(writer, text, poupa__integer_print(number, text));
}

void poupa_writer_boolean(poupa_writer *writer, bool value)
{
    put_value(writer, value ? "true" : "false", value ? 4 : 5);
}

void poupa_writer_null(poupa_writer *writer)
{
    put_value(writer, "null", 4);
}

/* Skips the string at the cursor and decodes it into the scratch buffer. */
static size_t take_string(poupa_writer *writer, poupa__json_cursor *cursor)
{
    size_t start = cursor->at + 1;
    poupa__json_string(cursor);
    size_t size = cursor->at - 1 - start;
    writer->scratch.size = 0;
    if (!poupa__buffer_reserve(&writer->scratch, size)) {
        poupa__writer_fail(writer, POUPA_ERR_MEMORY, "out of memory");
        return 0;
    }
    return poupa__json_unescape(cursor->data + start, size, writer->scratch.data);
}

static void lay_out_value(poupa_writer *writer, poupa__json_cursor *cursor);

static void lay_out_container(poupa_writer *writer, poupa__json_cursor *cursor, char open,
                              char close)
{
    begin_container(writer, open, close);
    poupa__json_open(cursor);
    for (bool first = true; poupa__json_next(cursor, first, close); first = false) {
        if (close == '}') {
            size_t size = take_string(writer, cursor);
            if (begin_key(writer)) {
                put_string(writer, writer->scratch.data, size);
                end_key(writer);
            }
            poupa__json_colon(cursor);
        }
        lay_out_value(writer, cursor);
    }
    end_container(writer, close);
}

/* Writes a number or a word of a text. */
static void put_plain(poupa_writer *writer, const char *data, size_t size)
{
    poupa__number number;
    char text[POUPA__REAL_SIZE];
    bool is_number = *data == '-' || (*data >= '0' && *data <= '9');
    if (!writer->canonical || !is_number || !poupa__number_read(data, size, &number))
        put_value(writer, data, size);
    else if (number.is_integer)
        put_value(writer, text, poupa__integer_print(number.integer, text));
    else
        put_value(writer, text, poupa__real_print(number.real, text));
}

/* Lays out the value at the cursor, whose text is known to be well-formed. */
static void lay_out_value(poupa_writer *writer, poupa__json_cursor *cursor)
{
    int byte = poupa__json_peek(cursor);
    size_t start = cursor->at;
    if (byte == '{' || byte == '[') {
        lay_out_container(writer, cursor, (char)byte, byte == '{' ? '}' : ']');
    } else if (byte == '"') {
        size_t size = take_string(writer, cursor);
        poupa__writer_plain_text(writer, writer->scratch.data, size);
    } else {
        poupa__json_value(cursor);
        put_plain(writer, cursor->data + start, cursor->at - start);
    }
}

void poupa_writer_json(poupa_writer *writer, const char *data, size_t size)
{
    poupa__json_fault fault;
    if (is_failed(writer))
        return;
    if (data == NULL || !poupa__json_check(data, size, POUPA__JSON_MAX_DEPTH, &fault)) {
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "a text that is not one JSON value");
        return;
    }
    poupa__json_cursor cursor = poupa__json_start(data, size, POUPA__JSON_MAX_DEPTH);
    lay_out_value(writer, &cursor);
}

/* -- Life ---------------------------------------------------------------- */

poupa_status poupa_writer_new(const poupa_write_options *options, poupa_write_fn write,
                              void *context, poupa_writer **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (write == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "poupa_writer_new: write is NULL");
    poupa_allocator allocator = poupa__allocator(options ? options->allocator : NULL);
    poupa_writer *writer = POUPA__NEW(&allocator, poupa_writer);
    if (writer == NULL)
        return poupa__error_memory(err);
    writer->allocator = allocator;
    writer->pretty = options && options->pretty;
    writer->write = write;
    writer->context = context;
    poupa__buffer_init(&writer->out, allocator);
    poupa__buffer_init(&writer->scratch, allocator);
    *out = writer;
    return POUPA_OK;
}

void poupa_writer_free(poupa_writer *writer)
{
    if (writer == NULL)
        return;
    poupa_buffer_free(&writer->out);
    poupa_buffer_free(&writer->scratch);
    poupa_allocator allocator = writer->allocator;
    poupa__release(&allocator, writer, sizeof *writer);
}

poupa_status poupa_writer_finish(poupa_writer *writer, poupa_error *err)
{
    POUPA__REQUIRE(writer, err);
    if (writer->state != DONE)
        poupa__writer_fail(writer, POUPA_ERR_ARGUMENT, "the text is not complete");
    if (writer->status == POUPA_OK && writer->pretty)
        put_bytes(writer, "\n", 1);
    if (writer->status == POUPA_OK)
        flush(writer);
    if (writer->status != POUPA_OK)
        return poupa__error(err, writer->status, "writing JSON: %s", writer->why);
    return POUPA_OK;
}

poupa_status poupa__json_compact(const char *json, const poupa_write_options *options,
                                 poupa_buffer *out)
{
    poupa_writer *writer;
    poupa_status status = poupa_writer_new(options, poupa__buffer_write, out, &writer, NULL);
    if (status != POUPA_OK)
        return status;
    writer->canonical = true;
    poupa_writer_json(writer, json, strlen(json));
    status = poupa_writer_finish(writer, NULL);
    poupa_writer_free(writer);
    return status;
}
