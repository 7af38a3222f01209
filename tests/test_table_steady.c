/* test_table_steady.c - what sealing notes of the rows: where the period changes, and what bits
 * the counts have. */
#include "table/table.h"
#include "test_ndjson.h"

/* Lines whose periods go on for up to `longest` rows; a month starts on the day of another. */
static void make_lines(text *out, size_t rows, size_t longest)
{
    static const char *const periods[] = {"2021-06-01", "2021-06", "2021-06-02", "2021"};
    out->size = 0;
    for (size_t row = 0; row < rows;) {
        const char *period = PICK(periods);
        for (size_t left = 1 + random_below(longest); left && row < rows; left--, row++) {
            char line[160];
            snprintf(line, sizeof line,
                     "{\"period\":\"%s\",\"service\":\"s\",\"channel\":\"c\",\"count\":%u}\n",
                     period, 1U << random_below(10));
            text_put(out, line);
        }
    }
}

static bool same_period(const poupa__piece *piece, size_t a, size_t b)
{
    const poupa__cells *cells = &piece->segment->cells;
    return cells->period_start[piece->first + a] == cells->period_start[piece->first + b] &&
           cells->period_kind[piece->first + a] == cells->period_kind[piece->first + b];
}

/* One row after the other, from the last to the first. */
static void check_piece(const poupa__piece *piece)
{
    size_t length = 0;
    for (size_t row = piece->rows; row-- > 0;) {
        length = row + 1 < piece->rows && same_period(piece, row, row + 1) ? length + 1 : 1;
        ck_assert_uint_eq(poupa__piece_steady_rows(piece, row, SIZE_MAX), length);
        size_t most = 1 + row % 150;
        ck_assert_uint_eq(poupa__piece_steady_rows(piece, row, most),
                          most < length ? most : length);
        uint64_t count = (uint64_t)piece->segment->cells.count[piece->first + row];
        ck_assert_uint_eq(count & ~piece->counts, 0);
    }
}

static void check_table(const poupa_attendance *table)
{
    for (size_t i = 0; i < table->piece_count; i++)
        check_piece(&table->pieces[i]);
}

/* In pieces of any length: what one feeds of a text, batches, threads. */
START_TEST(steady_rows_are_those_of_one_period)
{
    static const size_t longest[] = {1, 3, 70, 200, 5000};
    text all = {NULL, 0, 0};
    random_state = 1106;
    for (size_t i = 0; i < COUNT(longest); i++) {
        make_lines(&all, 20000, longest[i]);
        for (uint32_t threads = 1; threads <= 2; threads++) {
            poupa_ndjson_options options = {.threads = threads, .batch_rows = 777};
            poupa_ndjson *stream;
            poupa_attendance *table;
            ASSERT_OK(poupa_ndjson_read(all.data, all.size, &options, &table, NULL, &err));
            check_table(table);
            poupa_attendance_release(table);
            ASSERT_OK(poupa_ndjson_open_data(all.data, all.size, &options, &stream, &err));
            for (;;) {
                ASSERT_OK(poupa_ndjson_next(stream, &table, &err));
                if (table == NULL)
                    break;
                check_table(table);
                poupa_attendance_release(table);
            }
            poupa_ndjson_close(stream);
        }
    }
    text_free(&all);
}
END_TEST

START_TEST(slices_and_sorted_tables_know_their_steady_rows)
{
    text all = {NULL, 0, 0};
    poupa_attendance *table;
    random_state = 2811;
    make_lines(&all, 5000, 300);
    ASSERT_OK(poupa_ndjson_read(all.data, all.size, NULL, &table, NULL, &err));
    for (size_t i = 0; i < 40; i++) {
        poupa_attendance *slice;
        poupa_attendance *sorted;
        size_t first = random_below(5000);
        ASSERT_OK(poupa_attendance_slice(table, first, random_below(5000 - first), &slice, &err));
        check_table(slice);
        ASSERT_OK(poupa_attendance_sort(slice, &sorted, &err));
        check_table(sorted);
        poupa_attendance_release(sorted);
        poupa_attendance_release(slice);
    }
    poupa_attendance_release(table);
    text_free(&all);
}
END_TEST

int main(void)
{
    return RUN_SUITE("table: steady", steady_rows_are_those_of_one_period,
                     slices_and_sorted_tables_know_their_steady_rows);
}
