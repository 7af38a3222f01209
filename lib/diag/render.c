/* render.c - reports as text for people and as JSON for programs. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report.h"

/* -- As text ------------------------------------------------------------- */

/* The most characters of a line that are shown around a place. */
enum { EXCERPT = 90, BEFORE = 50 };

typedef struct printing {
    poupa_buffer out;
    const poupa_report_style *style;
    bool lost;
} printing;

POUPA__PRINTF(2, 3)
static void print(printing *printer, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    size_t size = poupa__format(text, sizeof text, format, arguments);
    va_end(arguments);
    printer->lost = printer->lost || !poupa__buffer_append(&printer->out, text, size);
}

static const char *color(const printing *printer, const char *code)
{
    return printer->style->color ? code : "";
}

#define BOLD "\033[1m"
#define RED "\033[1;31m"
#define MAGENTA "\033[1;35m"
#define GREEN "\033[1;32m"
#define PLAIN "\033[0m"

/* The bytes of the character at text[at]; one for a byte that begins none. */
static size_t character_at(const char *text, size_t at, size_t size)
{
    size_t length = 1;
    while (at + length < size && ((unsigned char)text[at + length] & 0xC0) == 0x80)
        length++;
    return length;
}

/* How much of the text at an offset a finding is about: a string, a word or a number, or
 * one character; within the line. */
static size_t marked_size(const char *data, size_t at, size_t end)
{
    size_t i = at;
    if (i < end && data[i] == '"') {
        for (i++; i < end && data[i] != '"'; i++)
            i += data[i] == '\\' && i + 1 < end;
        return (i < end ? i + 1 : end) - at;
    }
    while (i < end && !strchr(" \t\r,:[]{}\"", data[i]))
        i++;
    return i > at ? i - at : at < end ? character_at(data, at, end) : 0;
}

/* Part of a line, with what a terminal could take amiss replaced. */
static void print_safely(printing *printer, const char *data, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t length = character_at(data, at, size);
        bool safe = poupa_utf8_valid(data + at, length) && (unsigned char)data[at] >= 0x20 &&
                    data[at] != 0x7F &&
                    !(length == 2 && (unsigned char)data[at] == 0xC2 &&
                      (unsigned char)data[at + 1] < 0xA0);
        if (safe)
            print(printer, "%.*s", (int)length, data + at);
        else
            print(printer, "%s", data[at] == '\t' ? " " : "?");
        at += length;
    }
}

/* Moves back at most `most` characters, but not before `start`. */
static size_t back(const char *data, size_t start, size_t at, size_t most)
{
    for (; most && at > start; most--) {
        do
            at--;
        while (at > start && ((unsigned char)data[at] & 0xC0) == 0x80);
    }
    return at;
}

static size_t forward(const char *data, size_t at, size_t end, size_t most)
{
    for (; most && at < end; most--)
        at += character_at(data, at, end);
    return at < end ? at : end;
}

static size_t count_characters(const char *data, size_t from, size_t to)
{
    size_t count = 0;
    for (; from < to; from += character_at(data, from, to))
        count++;
    return count;
}

static void print_excerpt(printing *printer, const poupa_finding *finding)
{
    const char *data = printer->style->data;
    size_t size = printer->style->size;
    size_t at = finding->offset < size ? finding->offset : size;
    /* A line may be as long as the text: look no further than what can be shown. */
    size_t start = at;
    while (start > 0 && data[start - 1] != '\n' && at - start <= 4 * BEFORE)
        start--;
    size_t ahead = size - at < 4 * EXCERPT ? size - at : 4 * EXCERPT;
    const char *newline = (const char *)memchr(data + at, '\n', ahead);
    size_t end = newline ? (size_t)(newline - data) : at + ahead;
    if (end > start && data[end - 1] == '\r')
        end--;
    if (at > end)
        at = end;
    size_t from = back(data, start, at, BEFORE);
    size_t to = forward(data, from, end, EXCERPT);
    int gutter = snprintf(NULL, 0, "%6zu", finding->line);
    print(printer, "%6zu | %s", finding->line, from > start ? "..." : "");
    print_safely(printer, data + from, to - from);
    print(printer, "%s\n%*s | %*s", to < end ? "..." : "", gutter, "",
          (int)(count_characters(data, from, at) + (from > start ? 3 : 0)), "");
    size_t marked = at + marked_size(data, at, to);
    size_t width = count_characters(data, at, marked);
    print(printer, "%s^", color(printer, GREEN));
    for (size_t i = 1; i < width; i++)
        print(printer, "~");
    print(printer, "%s\n", color(printer, PLAIN));
}

static void print_finding(printing *printer, const poupa_finding *finding)
{
    const char *name = printer->style->name;
    print(printer, "%s", color(printer, BOLD));
    if (name)
        print(printer, "%s:", name);
    if (finding->line)
        print(printer, "%zu:%zu:", finding->line, finding->column);
    bool error = finding->rule->severity == POUPA_SEVERITY_ERROR;
    print(printer, "%s%s%s:%s ", name || finding->line ? " " : "",
          color(printer, error ? RED : MAGENTA), poupa_severity_name(finding->rule->severity),
          color(printer, PLAIN));
    print_safely(printer, finding->message, strlen(finding->message));
    print(printer, " [%s%s", finding->rule->code, finding->path[0] ? " " : "");
    print_safely(printer, finding->path, strlen(finding->path));
    print(printer, "]\n");
    if (printer->style->data && finding->line)
        print_excerpt(printer, finding);
}

poupa_status poupa_report_write_text(const poupa_report *report, const poupa_report_style *style,
                                     poupa_write_fn write, void *context, poupa_error *err)
{
    POUPA__REQUIRE(report, err);
    if (write == NULL)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "poupa_report_write_text: write is NULL");
    static const poupa_report_style plain = {NULL, NULL, 0, false};
    printing printer = {.style = style ? style : &plain};
    poupa__buffer_init(&printer.out, report->allocator);
    poupa_status status = POUPA_OK;
    for (size_t i = 0; i < report->count && status == POUPA_OK; i++) {
        printer.out.size = 0;
        print_finding(&printer, &report->findings[i].finding);
        if (printer.lost)
            status = poupa__error_memory(err);
        else if (!write(context, printer.out.data, printer.out.size))
            status = poupa__error(err, POUPA_ERR_IO, "the findings could not be written");
    }
    size_t more = report->errors + report->warnings - report->count;
    if (more && status == POUPA_OK) {
        printer.out.size = 0;
        print(&printer, "... and %zu more\n", more);
        if (printer.lost)
            status = poupa__error_memory(err);
        else if (!write(context, printer.out.data, printer.out.size))
            status = poupa__error(err, POUPA_ERR_IO, "the findings could not be written");
    }
    poupa_buffer_free(&printer.out);
    return status;
}

/* -- As JSON ------------------------------------------------------------- */

static void write_finding(const poupa_finding *finding, poupa_writer *writer)
{
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "code");
    poupa_writer_text(writer, finding->rule->code);
    poupa_writer_key(writer, "severity");
    poupa_writer_text(writer, poupa_severity_name(finding->rule->severity));
    poupa_writer_key(writer, "message");
    poupa_writer_text(writer, finding->message);
    poupa_writer_key(writer, "path");
    poupa_writer_text(writer, finding->path);
    poupa_writer_key(writer, "line");
    poupa_writer_integer(writer, (int64_t)finding->line);
    poupa_writer_key(writer, "column");
    poupa_writer_integer(writer, (int64_t)finding->column);
    poupa_writer_key(writer, "offset");
    poupa_writer_integer(writer, (int64_t)finding->offset);
    poupa_writer_end_object(writer);
}

void poupa_report_write_json(const poupa_report *report, const char *file, poupa_writer *writer)
{
    char shown[POUPA__SHOWN_SIZE];
    if (file && !poupa_utf8_valid(file, strlen(file))) /* names of files are just bytes */
        file = poupa__shown(file, strlen(file), shown);
    poupa_writer_begin_object(writer);
    poupa_writer_key(writer, "file");
    poupa_writer_text(writer, file);
    poupa_writer_key(writer, "errors");
    poupa_writer_integer(writer, (int64_t)poupa_report_errors(report));
    poupa_writer_key(writer, "warnings");
    poupa_writer_integer(writer, (int64_t)poupa_report_warnings(report));
    poupa_writer_key(writer, "findings");
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < poupa_report_count(report); i++)
        write_finding(poupa_report_at(report, i), writer);
    poupa_writer_end_array(writer);
    poupa_writer_key(writer, "rules_not_run");
    poupa_writer_begin_array(writer);
    for (size_t i = 0; i < poupa_report_not_run_count(report); i++) {
        const poupa_not_run *not_run = poupa_report_not_run_at(report, i);
        poupa_writer_begin_object(writer);
        poupa_writer_key(writer, "code");
        poupa_writer_text(writer, not_run->rule->code);
        poupa_writer_key(writer, "why");
        poupa_writer_text(writer, not_run->why);
        poupa_writer_end_object(writer);
    }
    poupa_writer_end_array(writer);
    poupa_writer_end_object(writer);
}
