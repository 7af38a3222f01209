/* write.c - results as JSON, JSON Lines and CSV. */
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "results.h"

/* -- JSON ---------------------------------------------------------------- */

static void write_optional(poupa_writer *writer, const char *name, poupa_optional value)
{
    poupa_writer_key(writer, name);
    if (value.present)
        poupa_writer_number(writer, value.value);
    else
        poupa_writer_null(writer);
}

static void write_period(poupa_writer *writer, const char *name, poupa_period period)
{
    char text[POUPA_PERIOD_SIZE];
    poupa_period_print(period, text);
    poupa_writer_key(writer, name);
    poupa_writer_text(writer, text);
}

/* JSON's numbers are exact here up to 2^63 - 1, of which rows cannot be more. */
static void write_number(poupa_writer *writer, const char *name, uint64_t number)
{
    poupa_writer_key(writer, name);
    poupa_writer_integer(writer, (int64_t)number);
}

static void write_row(const poupa_rollup_table *table, const poupa_rollup_row *row,
                      bool tell_wider, poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    for (size_t i = 0; i < row->key_count; i++) {
        poupa_writer_key(writer, poupa_group_name(table->by[i]));
        poupa_writer_text(writer, row->keys[i][0] ? row->keys[i] : NULL);
    }
    write_number(writer, "count", (uint64_t)row->count);
    write_number(writer, "rows", row->rows);
    write_optional(writer, "wait_s", row->wait_s);
    write_optional(writer, "service_s", row->service_s);
    write_period(writer, "first", row->first);
    write_period(writer, "last", row->last);
    if (tell_wider && row->wider) {
        poupa_writer_key(writer, "wider");
        poupa_writer_boolean(writer, true);
    }
    poupa_writer_end_object(writer);
}

static void write_rows(const poupa_rollup_table *table, const char *name, bool wider,
                       poupa_writer *writer)
{
    poupa_writer_key(writer, name);
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < table->count; i++) {
        if (table->rows[i].wider == wider)
            write_row(table, &table->rows[i], false, writer);
    }
    poupa_writer_end_array(writer);
}

void poupa_rollup_write_json(const poupa_rollup_table *table, poupa_writer *writer)
{
    if (table == NULL) {
        poupa_writer_null(writer);
        return;
    }
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "by");
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < table->by_count; i++)
        poupa_writer_text(writer, poupa_group_name(table->by[i]));
    poupa_writer_end_array(writer);
    write_number(writer, "rows", table->tally.rows);
    write_number(writer, "kept", table->tally.kept);
    write_number(writer, "filtered", table->tally.filtered);
    write_number(writer, "cut", table->tally.cut);
    write_rows(table, "groups", false, writer);
    if (table->by_period)
        write_rows(table, "wider", true, writer);
    poupa_writer_end_object(writer);
}

/* -- Lines --------------------------------------------------------------- */

/* Where lines go: in pieces of some size. */
typedef struct line_sink {
    poupa_write_fn write;
    void *context;
    poupa_buffer pending;
} line_sink;

enum { WRITTEN_PIECE = 1 << 16 };

static poupa_status flush_sink(line_sink *sink, poupa_error *err)
{
    bool taken = sink->pending.size == 0 ||
                 sink->write(sink->context, sink->pending.data, sink->pending.size);
    sink->pending.size = 0;
    return taken ? POUPA_OK : poupa__error(err, POUPA_ERR_IO, "the output was not taken");
}

static poupa_status flush_full_sink(line_sink *sink, poupa_error *err)
{
    return sink->pending.size < WRITTEN_PIECE ? POUPA_OK : flush_sink(sink, err);
}

static poupa_status ndjson_line(line_sink *sink, const poupa_rollup_table *table,
                                const poupa_rollup_row *row, poupa_error *err)
{
    poupa_writer *writer;
    poupa_write_options options = {.allocator = &sink->pending.allocator};
    poupa_status status =
        poupa_writer_new(&options, poupa__buffer_write, &sink->pending, &writer, err);
    if (status != POUPA_OK)
        return status;
    write_row(table, row, true, writer);
    status = poupa_writer_finish(writer, err);
    poupa_writer_free(writer);
    /* All that can fail in a buffer is its memory. */
    if (status == POUPA_ERR_IO || !poupa__buffer_append(&sink->pending, "\n", 1))
        status = poupa__error_memory(err);
    return status;
}

poupa_status poupa_rollup_write_ndjson(const poupa_rollup_table *table, poupa_write_fn write,
                                       void *context, poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(write, err);
    line_sink sink = {.write = write, .context = context};
    poupa__buffer_init(&sink.pending, table->arena.allocator);
    poupa_status status = POUPA_OK;
    for (size_t i = 0; status == POUPA_OK && i < table->count; i++) {
        status = ndjson_line(&sink, table, &table->rows[i], err);
        if (status == POUPA_OK)
            status = flush_full_sink(&sink, err);
    }
    if (status == POUPA_OK)
        status = flush_sink(&sink, err);
    poupa_buffer_free(&sink.pending);
    return status;
}

/* -- CSV ----------------------------------------------------------------- */

/* A field, in quotes where it has a comma, a quote or a line end (RFC 4180, 2.6 and 2.7). */
static bool put_field(poupa_buffer *out, const char *text)
{
    bool plain = text[strcspn(text, ",\"\r\n")] == '\0';
    if (plain)
        return poupa__buffer_append(out, text, strlen(text));
    bool put = poupa__buffer_append(out, "\"", 1);
    for (const char *at = text; put && *at; at++)
        put = poupa__buffer_append(out, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    return put && poupa__buffer_append(out, "\"", 1);
}

static bool put_cell(poupa_buffer *out, const char *text)
{
    return poupa__buffer_append(out, ",", 1) && put_field(out, text);
}

static bool put_count(poupa_buffer *out, uint64_t number)
{
    char text[POUPA_NUMBER_SIZE];
    poupa__integer_print((int64_t)number, text);
    return put_cell(out, text);
}

static bool put_optional(poupa_buffer *out, poupa_optional value)
{
    char text[POUPA_NUMBER_SIZE] = "";
    if (value.present)
        poupa_number_print(value.value, text);
    return put_cell(out, text);
}

static bool put_period(poupa_buffer *out, poupa_period period)
{
    char text[POUPA_PERIOD_SIZE];
    poupa_period_print(period, text);
    return put_cell(out, text);
}

/* Keys, each with a comma behind it but the last, which the next field's stands behind. */
static bool put_keys(poupa_buffer *out, size_t count, const char *(*key)(const void *, size_t),
                     const void *from)
{
    bool put = true;
    for (size_t i = 0; put && i < count; i++)
        put = put_field(out, key(from, i)) && poupa__buffer_append(out, ",", 1);
    return put;
}

static const char *name_at(const void *table, size_t index)
{
    return poupa_group_name(((const poupa_rollup_table *)table)->by[index]);
}

static const char *key_at(const void *row, size_t index)
{
    return ((const poupa_rollup_row *)row)->keys[index];
}

static bool csv_header(poupa_buffer *out, const poupa_rollup_table *table)
{
    static const char plain[] = "count,rows,wait_s,service_s,first,last";
    return put_keys(out, table->by_count, name_at, table) &&
           poupa__buffer_append(out, plain, sizeof plain - 1) &&
           (!table->by_period || put_cell(out, "wider")) && poupa__buffer_append(out, "\r\n", 2);
}

static bool csv_row(poupa_buffer *out, const poupa_rollup_table *table,
                    const poupa_rollup_row *row)
{
    char count[POUPA_NUMBER_SIZE];
    size_t size = poupa__integer_print(row->count, count);
    return put_keys(out, row->key_count, key_at, row) && poupa__buffer_append(out, count, size) &&
           put_count(out, row->rows) && put_optional(out, row->wait_s) &&
           put_optional(out, row->service_s) && put_period(out, row->first) &&
           put_period(out, row->last) &&
           (!table->by_period || put_cell(out, row->wider ? "true" : "false")) &&
           poupa__buffer_append(out, "\r\n", 2);
}

poupa_status poupa_rollup_write_csv(const poupa_rollup_table *table, poupa_write_fn write,
                                    void *context, poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(write, err);
    line_sink sink = {.write = write, .context = context};
    poupa__buffer_init(&sink.pending, table->arena.allocator);
    poupa_status status = csv_header(&sink.pending, table) ? POUPA_OK : poupa__error_memory(err);
    for (size_t i = 0; status == POUPA_OK && i < table->count; i++) {
        status = csv_row(&sink.pending, table, &table->rows[i]) ? flush_full_sink(&sink, err)
                                                                : poupa__error_memory(err);
    }
    if (status == POUPA_OK)
        status = flush_sink(&sink, err);
    poupa_buffer_free(&sink.pending);
    return status;
}
