/* account.c - counting lines, and what becomes of the bad ones. */
#include "account.h"

#include "base/rule.h"
#include "base/writer.h"
#include "threads.h"

poupa_status poupa__account_init(poupa__account *account, const poupa_ndjson_options *options,
                                 poupa_error *err)
{
    *account = (poupa__account){.options = {.threads = 1}};
    poupa_ndjson_options *chosen = &account->options;
    if (options)
        *chosen = *options;
    if (chosen->max_line == 0)
        chosen->max_line = POUPA__LINE_MOST;
    if ((int)chosen->on_error < POUPA_ON_ERROR_FAIL ||
        (int)chosen->on_error > POUPA_ON_ERROR_QUARANTINE)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "on_error: %d is none of the policies",
                            (int)chosen->on_error);
    if (chosen->on_error == POUPA_ON_ERROR_QUARANTINE && chosen->quarantine == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "quarantine is NULL");
    if (chosen->threads > POUPA__THREADS_MOST)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "threads: %u is more than %d",
                            (unsigned)chosen->threads, POUPA__THREADS_MOST);
    if (chosen->max_line > POUPA__LINE_MOST)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "max_line: %zu is more than %zu",
                            chosen->max_line, POUPA__LINE_MOST);
    if (!poupa_ndjson_path_available(chosen->path))
        return poupa__error(err, POUPA_ERR_ARGUMENT, "path: this processor has no path %d",
                            (int)chosen->path);
    /* With fewer threads than asked for the result is the same. */
    if (chosen->threads > POUPA__WORKERS_MOST)
        chosen->threads = POUPA__WORKERS_MOST;
    return POUPA_OK;
}

/* -- Bad lines ----------------------------------------------------------- */

/* Characters in front of a byte of a line, counted from 1. */
static size_t column_of(poupa__span line, size_t offset)
{
    size_t column = 1;
    for (size_t i = 0; i < offset && i < line.size; i++)
        column += ((unsigned char)line.data[i] & 0xC0) != 0x80;
    return column;
}

/* Where in a stream a line is bad: with 32-bit sizes, errors cannot tell all of it. */
typedef struct line_place {
    uint64_t line;
    uint64_t offset;
} line_place;

static size_t size_of(uint64_t number)
{
    return number < SIZE_MAX ? (size_t)number : SIZE_MAX;
}

/* Says why a line is bad, and where in the line. */
static poupa_status explain_line(size_t max_line, poupa__general *general,
                                 const poupa__decoded *decoded, size_t offset, poupa__span *line,
                                 poupa_error *err)
{
    poupa_status status = POUPA_ERR_LIMIT;
    *line = poupa__line_at(decoded->data, decoded->size, offset);
    if (line->size <= max_line) {
        poupa__fields fields;
        status = poupa__general_read(general, line->data, line->size, &fields, NULL, err);
    } else {
        poupa__error(err, status, "a line of more than %zu bytes", max_line);
        poupa__error_rule(err, poupa__rules[POUPA__E1010_SIZE].code, "");
    }
    err->column = column_of(*line, err->offset);
    return status;
}

static void write_hex(poupa_writer *writer, poupa_buffer *scratch, poupa__span line)
{
    static const char digits[] = "0123456789abcdef";
    scratch->size = 0;
    for (size_t i = 0; i < line.size; i++) {
        unsigned char byte = (unsigned char)line.data[i];
        const char pair[] = {digits[byte >> 4], digits[byte & 15]};
        if (!poupa__buffer_append(scratch, pair, sizeof pair))
            poupa__writer_fail(writer, POUPA_ERR_MEMORY, "out of memory");
    }
    poupa_writer_text(writer, scratch->size ? scratch->data : "");
}

/* Names the file, if there is one; a name that is not UTF-8 as messages show it. */
static void write_file(poupa_writer *writer, const char *file)
{
    char shown[POUPA__SHOWN_SIZE];
    if (file == NULL)
        return;
    size_t size = strlen(file);
    poupa_writer_key(writer, "file");
    poupa_writer_text(writer,
                      poupa_utf8_valid(file, size) ? file : poupa__shown(file, size, shown));
}

/* Writes a bad line and its reason; a line that is too long is left out. */
static poupa_status quarantine(const poupa__account *account, poupa__span line,
                               const poupa_error *why, line_place at, poupa_error *err)
{
    poupa_writer *writer;
    const poupa_ndjson_options *options = &account->options;
    poupa_write_options layout = {.allocator = options->allocator};
    poupa_status status =
        poupa_writer_new(&layout, options->quarantine, options->quarantine_context, &writer, err);
    if (status != POUPA_OK)
        return status;
    poupa_buffer scratch;
    poupa__buffer_init(&scratch, poupa__allocator(options->allocator));
    poupa_writer_begin_object(writer);
    write_file(writer, account->file);
    poupa_writer_key(writer, "line");
    poupa_writer_integer(writer, (int64_t)at.line);
    poupa_writer_key(writer, "column");
    poupa_writer_integer(writer, (int64_t)why->column);
    poupa_writer_key(writer, "offset");
    poupa_writer_integer(writer, (int64_t)at.offset);
    poupa_writer_key(writer, "code");
    poupa_writer_text(writer, why->code);
    poupa_writer_key(writer, "reason");
    poupa_writer_text(writer, why->message);
    if (line.size <= options->max_line) {
        bool text = poupa_utf8_valid(line.data, line.size) && !memchr(line.data, '\0', line.size);
        poupa_writer_key(writer, text ? "text" : "hex");
        if (text)
            poupa__writer_plain_text(writer, line.data, line.size);
        else
            write_hex(writer, &scratch, line);
    }
    poupa_writer_end_object(writer);
    status = poupa_writer_finish(writer, err);
    poupa_writer_free(writer);
    poupa_buffer_free(&scratch);
    if (status == POUPA_OK && !options->quarantine(options->quarantine_context, "\n", 1))
        status = poupa__error(err, POUPA_ERR_IO, "the quarantine could not be written");
    return status;
}

/* -- Runs ---------------------------------------------------------------- */

static uint64_t count_newlines(const char *data, size_t size)
{
    uint64_t count = 0;
    const char *end = data + size;
    while ((data = (const char *)memchr(data, '\n', (size_t)(end - data))) != NULL) {
        data++;
        count++;
    }
    return count;
}

poupa_status poupa__account_add(poupa__account *account, poupa__general *general,
                                const poupa__decoded *decoded, poupa_error *err)
{
    const poupa__run *run = decoded->run;
    poupa_ndjson_counts *counts = &account->counts;
    uint64_t lines = counts->good + counts->bad + counts->blank;
    counts->good += run->good;
    counts->blank += run->blank;
    counts->bad += run->bad_count;
    poupa_on_error policy = account->options.on_error;
    size_t at = 0; /* where the line begins that has `lines` before it */
    for (size_t i = 0; i < run->bad_count && policy != POUPA_ON_ERROR_SKIP; i++) {
        poupa__span line;
        poupa_error why;
        size_t offset = decoded->bad ? decoded->bad[i] : run->bad[i];
        poupa_status status =
            explain_line(account->options.max_line, general, decoded, offset, &line, &why);
        lines += count_newlines(decoded->data + at, offset - at);
        at = offset;
        const line_place found = {lines + 1, decoded->offset + offset + why.offset};
        why.line = size_of(found.line);
        why.offset = size_of(found.offset);
        if (policy == POUPA_ON_ERROR_FAIL || status == POUPA_ERR_MEMORY) {
            counts->bytes += offset;
            if (err)
                *err = why;
            return status;
        }
        status = quarantine(account, line, &why, found, err);
        if (status != POUPA_OK)
            return status;
    }
    counts->bytes += decoded->bytes;
    return poupa__account_go_on(account) ? POUPA_OK : poupa__error_cancelled(err);
}

bool poupa__account_go_on(const poupa__account *account)
{
    const poupa_ndjson_options *options = &account->options;
    return options->progress == NULL ||
           options->progress(options->progress_context, &account->counts);
}
