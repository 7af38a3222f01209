/*
 * layout.h - laying out text on a terminal: headings, paragraphs, and tables whose cells
 * wrap.
 *
 * Text may hold the marks below, single bytes that UTF-8 never has and that take no room.
 * Control characters come out as "?", so that a document cannot command the terminal.
 */
#ifndef TOOL_LAYOUT_H
#define TOOL_LAYOUT_H

#include "terminal.h"

#define SPACE "\xF8" /* a space where a line does not break; the one mark that takes room */
#define PLAIN "\xF9" /* ends what the others begin */
#define BOLD "\xFA"
#define DIM "\xFB"
#define GREEN "\xFC"
#define YELLOW "\xFD"
#define RED "\xFE"

/* Signs that have a plainer form where there is only ASCII. */
typedef enum cli_sign {
    SIGN_DOT,
    SIGN_QUOTE,
    SIGN_UNQUOTE,
    SIGN_YES,
    SIGN_NEARLY,
    SIGN_NO,
    SIGN_UNDECIDED,
    SIGN_BAR_FULL,
    SIGN_BAR_EMPTY,
    SIGN_COUNT
} cli_sign;

const char *sign_text(const cli_terminal *terminal, cli_sign sign);

/* A line of its own in bold, with an empty line before it. */
void print_heading(const cli_terminal *terminal, const char *text);

/* Wrapped text; a newline in it ends a line. */
void print_paragraph(const cli_terminal *terminal, size_t indent, const char *text);

enum { TABLE_COLUMNS = 4 };

/*
 * A table that is being filled, cell by cell. All columns but the last are as wide as
 * they need to be; the last has the rest and wraps. All zero is an empty table.
 */
typedef struct cli_table {
    char *(*rows)[TABLE_COLUMNS]; /* NULL: no such cell */
    size_t count;
    size_t capacity;
    FILE *cell; /* the one being written */
    size_t cell_size;
    size_t column;
} cli_table;

/* Begins a row and returns where its first cell is to be written. */
FILE *table_row(cli_table *table);
/* Ends that cell and returns where the next one of the row is to be written. */
FILE *table_cell(cli_table *table);
/* Prints the table and empties it. */
void table_print(cli_table *table, const cli_terminal *terminal, size_t indent);

#endif
