/* layout.c - laying out text on a terminal. */
#define _POSIX_C_SOURCE 200809L

#include "layout.h"

#include <stdlib.h>
#include <string.h>

#include "messages.h"

enum { COLUMN_GAP = 2, COLUMN_LEAST = 20 };

const char *sign_text(const cli_terminal *terminal, cli_sign sign)
{
    static const char *const texts[SIGN_COUNT][2] = {
        [SIGN_DOT] = {"-", "\u00B7"},       [SIGN_QUOTE] = {"\"", "\u201C"},
        [SIGN_UNQUOTE] = {"\"", "\u201D"},  [SIGN_YES] = {"+", "\u2713"},
        [SIGN_NEARLY] = {"~", "\u2248"},    [SIGN_NO] = {"x", "\u2717"},
        [SIGN_UNDECIDED] = {"?", "?"},      [SIGN_BAR_FULL] = {"#", "\u2588"},
        [SIGN_BAR_EMPTY] = {"-", "\u2591"},
    };
    return texts[sign][terminal->utf8];
}

/* -- Lines --------------------------------------------------------------- */

/* A text that is printed line by line, and the mark whose style is in force. */
typedef struct flow {
    const char *next;
    unsigned char style;
} flow;

static bool is_style(unsigned char byte)
{
    return byte > (unsigned char)SPACE[0];
}

/* Whether a byte begins a character that takes a column. */
static bool takes_room(unsigned char byte)
{
    return (byte & 0xC0) != 0x80 && !is_style(byte);
}

/* The columns that a text takes up to its end or a newline. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; *text && *text != '\n'; text++)
        width += takes_room((unsigned char)*text);
    return width;
}

/* The bytes of the first line of a text when lines have `width` columns; a word that is
 * longer is cut between characters. */
static size_t line_length(const char *text, size_t width)
{
    size_t columns = 0;
    size_t last_space = 0;
    size_t i = 0;
    for (; text[i] && text[i] != '\n'; i++) {
        columns += takes_room((unsigned char)text[i]);
        if (text[i] == ' ' && i > 0)
            last_space = i;
        if (columns > width)
            return last_space ? last_space : i;
    }
    return i;
}

static void print_style(const cli_terminal *terminal, unsigned char style)
{
    static const char *const codes[] = {"0", "1", "2", "32", "33", "31"};
    if (terminal->color && style)
        fprintf(terminal->stream, "\033[%sm", codes[style - (unsigned char)PLAIN[0]]);
}

/* Whether a control character begins here: C0, DEL, or C1, which UTF-8 has in two bytes. */
static bool is_control(const char *text)
{
    unsigned char first = (unsigned char)text[0];
    unsigned char second = first ? (unsigned char)text[1] : 0;
    return first < 0x20 || first == 0x7F || (first == 0xC2 && second >= 0x80 && second < 0xA0);
}

/* Prints the next line of a text and returns its columns. */
static size_t flow_line(flow *line, const cli_terminal *terminal, size_t width)
{
    size_t columns = 0;
    const char *end = line->next + line_length(line->next, width);
    print_style(terminal, line->style);
    for (; line->next < end; line->next++) {
        unsigned char byte = (unsigned char)*line->next;
        columns += takes_room(byte);
        if (is_style(byte)) {
            print_style(terminal, byte);
            line->style = byte == (unsigned char)PLAIN[0] ? 0 : byte;
        } else if (is_control(line->next)) {
            fputc('?', terminal->stream);
            line->next += byte == 0xC2;
        } else {
            fputc(byte == (unsigned char)SPACE[0] ? ' ' : byte, terminal->stream);
        }
    }
    if (line->style)
        print_style(terminal, (unsigned char)PLAIN[0]);
    if (*line->next == ' ' || *line->next == '\n')
        line->next++;
    return columns;
}

static void pad(const cli_terminal *terminal, size_t columns)
{
    fprintf(terminal->stream, "%*s", (int)columns, "");
}

/* -- Tables -------------------------------------------------------------- */

static void end_cell(cli_table *table)
{
    if (table->cell != NULL && fclose(table->cell) != 0)
        fail_for_memory();
    table->cell = NULL;
}

static FILE *begin_cell(cli_table *table, size_t column)
{
    table->column = column;
    table->cell = open_memstream(&table->rows[table->count - 1][column], &table->cell_size);
    if (table->cell == NULL)
        fail_for_memory();
    return table->cell;
}

FILE *table_row(cli_table *table)
{
    end_cell(table);
    if (table->count == table->capacity) {
        table->capacity = table->capacity ? 2 * table->capacity : 16;
        table->rows = realloc(table->rows, table->capacity * sizeof *table->rows);
        if (table->rows == NULL)
            fail_for_memory();
    }
    memset(table->rows[table->count++], 0, sizeof *table->rows);
    return begin_cell(table, 0);
}

FILE *table_cell(cli_table *table)
{
    end_cell(table);
    return begin_cell(table, table->column + 1);
}

/* The columns of text that each column of a table gets; the last has the rest. */
static void measure(const cli_table *table, size_t room, size_t widths[TABLE_COLUMNS])
{
    size_t last = 0;
    memset(widths, 0, TABLE_COLUMNS * sizeof widths[0]);
    for (size_t row = 0; row < table->count; row++) {
        for (size_t i = 0; i < TABLE_COLUMNS && table->rows[row][i]; i++) {
            for (const char *line = table->rows[row][i]; line; line = strchr(line, '\n')) {
                line += *line == '\n';
                size_t width = width_of(line);
                if (width > widths[i])
                    widths[i] = width;
            }
            if (i > last)
                last = i;
        }
    }
    for (size_t i = 0; i < last; i++) {
        if (widths[i] > room / 2)
            widths[i] = room / 2;
        room -= room > widths[i] + COLUMN_GAP ? widths[i] + COLUMN_GAP : room;
    }
    widths[last] = room > COLUMN_LEAST ? room : COLUMN_LEAST;
}

static void print_row(char *const cells[TABLE_COLUMNS], const size_t widths[TABLE_COLUMNS],
                      const cli_terminal *terminal, size_t indent)
{
    flow flows[TABLE_COLUMNS] = {{NULL, 0}};
    size_t count = 0;
    for (; count < TABLE_COLUMNS && cells[count]; count++)
        flows[count].next = cells[count];
    bool more = true;
    while (more) {
        size_t owed = indent;
        more = false;
        for (size_t i = 0; i < count; i++) {
            size_t columns = 0;
            if (*flows[i].next) {
                pad(terminal, owed);
                owed = 0;
                columns = flow_line(&flows[i], terminal, widths[i]);
            }
            owed += widths[i] - (columns < widths[i] ? columns : widths[i]) + COLUMN_GAP;
            more = more || *flows[i].next;
        }
        fputc('\n', terminal->stream);
    }
}

void table_print(cli_table *table, const cli_terminal *terminal, size_t indent)
{
    size_t widths[TABLE_COLUMNS];
    end_cell(table);
    measure(table, terminal->width - indent, widths);
    for (size_t row = 0; row < table->count; row++) {
        print_row(table->rows[row], widths, terminal, indent);
        for (size_t i = 0; i < TABLE_COLUMNS; i++)
            free(table->rows[row][i]);
    }
    free(table->rows);
    memset(table, 0, sizeof *table);
}

/* -- Headings and paragraphs --------------------------------------------- */

void print_heading(const cli_terminal *terminal, const char *text)
{
    fputc('\n', terminal->stream);
    flow heading = {text, (unsigned char)BOLD[0]};
    while (*heading.next) {
        flow_line(&heading, terminal, terminal->width);
        fputc('\n', terminal->stream);
    }
}

void print_paragraph(const cli_terminal *terminal, size_t indent, const char *text)
{
    flow paragraph = {text, 0};
    while (*paragraph.next) {
        pad(terminal, indent);
        flow_line(&paragraph, terminal, terminal->width - indent);
        fputc('\n', terminal->stream);
    }
}
