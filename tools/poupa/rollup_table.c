/* rollup_table.c - results of a rollup in columns. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rollup.h"

/* The columns behind the keys. */
enum { COLUMN_COUNT, COLUMN_ROWS, COLUMN_WAIT, COLUMN_SERVICE, FIGURES };

enum { COLUMNS_MOST = POUPA_GROUPS_MAX + FIGURES };

typedef struct cell {
    char text[136]; /* the longest id has 128 bytes */
} cell;

/* Seconds as minutes and seconds: 6:52. */
static void print_seconds(poupa_optional seconds, cell *out)
{
    long long rounded = seconds.present ? llround(seconds.value) : 0;
    if (seconds.present)
        snprintf(out->text, sizeof out->text, "%lld:%02lld", rounded / 60, rounded % 60);
    else
        strcpy(out->text, "-");
}

/* The cells of a row; those of the header for NULL. Returns how many. */
static size_t fill(const poupa_rollup_table *table, const poupa_rollup_row *row, cell *out)
{
    static const char *const titles[FIGURES] = {"attendances", "records", "wait", "service"};
    size_t keys;
    const poupa_group *by = poupa_rollup_table_by(table, &keys);
    for (size_t i = 0; i < keys; i++) {
        const char *key = row ? row->keys[i] : poupa_group_name(by[i]);
        snprintf(out[i].text, sizeof out[i].text, "%s", key[0] ? key : "-");
    }
    cell *figures = out + keys;
    for (size_t i = 0; row == NULL && i < FIGURES; i++)
        strcpy(figures[i].text, titles[i]);
    if (row) {
        snprintf(figures[COLUMN_COUNT].text, sizeof out->text, "%" PRId64, row->count);
        snprintf(figures[COLUMN_ROWS].text, sizeof out->text, "%" PRIu64, row->rows);
        print_seconds(row->wait_s, &figures[COLUMN_WAIT]);
        print_seconds(row->service_s, &figures[COLUMN_SERVICE]);
    }
    return keys + FIGURES;
}

static void measure(const cell *cells, size_t count, int *widths)
{
    for (size_t i = 0; i < count; i++) {
        int width = (int)strlen(cells[i].text);
        widths[i] = width > widths[i] ? width : widths[i];
    }
}

/* Keys to the left, figures to the right. */
static void print_cells(const cell *cells, size_t count, const int *widths)
{
    for (size_t i = 0; i < count; i++)
        printf("%s%*s", i ? "  " : "", i < count - FIGURES ? -widths[i] : widths[i],
               cells[i].text);
    putchar('\n');
}

static void print_rows(const poupa_rollup_table *table, bool wider, const int *widths)
{
    cell cells[COLUMNS_MOST];
    for (size_t i = 0; i < poupa_rollup_table_count(table); i++) {
        const poupa_rollup_row *row = poupa_rollup_table_at(table, i);
        if (row->wider == wider)
            print_cells(cells, fill(table, row, cells), widths);
    }
}

void rollup_print(const poupa_rollup_table *table)
{
    cell cells[COLUMNS_MOST];
    int widths[COLUMNS_MOST] = {0};
    poupa_rollup_tally tally = poupa_rollup_table_tally(table);
    measure(cells, fill(table, NULL, cells), widths);
    for (size_t i = 0; i < poupa_rollup_table_count(table); i++)
        measure(cells, fill(table, poupa_rollup_table_at(table, i), cells), widths);
    print_cells(cells, fill(table, NULL, cells), widths);
    print_rows(table, false, widths);
    if (tally.wider) {
        puts("\nof wider periods, which are not split:");
        print_rows(table, true, widths);
    }
    if (tally.cut)
        printf("\n%" PRIu64 " records left out, since only a part of their period is asked for\n",
               tally.cut);
}
