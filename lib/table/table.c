/* table.c - tables of attendance records: life, rows, columns. */
#include "table.h"

#include <string.h>

#include "base/error.h"

/* -- Life ---------------------------------------------------------------- */

static size_t table_size(size_t pieces)
{
    return sizeof(poupa_attendance) + pieces * (sizeof(poupa__piece) + sizeof(size_t));
}

poupa_attendance *poupa__table_new(const poupa_allocator *allocator,
                                   poupa__dictionary *const dictionaries[POUPA_DICTIONARY_COUNT],
                                   const poupa__piece *pieces, size_t count)
{
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        if (!poupa__dictionary_complete(dictionaries[i]))
            return NULL;
    }
    poupa_attendance *table =
        (poupa_attendance *)poupa__allocate_zeroed(allocator, table_size(count));
    if (table == NULL)
        return NULL;
    poupa__references_init(&table->references);
    table->allocator = *allocator;
    table->piece_count = count;
    table->pieces = (poupa__piece *)(void *)(table + 1);
    table->starts = (size_t *)(void *)(table->pieces + count);
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        table->dictionaries[i] = poupa__dictionary_retain(dictionaries[i]);
    for (size_t i = 0; i < count; i++) {
        table->pieces[i] = pieces[i];
        poupa__segment_retain(pieces[i].segment);
        table->starts[i] = table->rows;
        table->rows += pieces[i].rows;
    }
    return table;
}

poupa_attendance *poupa_attendance_retain(poupa_attendance *table)
{
    if (table)
        poupa__references_add(&table->references);
    return table;
}

void poupa_attendance_release(poupa_attendance *table)
{
    if (table == NULL || !poupa__references_drop(&table->references))
        return;
    for (size_t i = 0; i < table->piece_count; i++)
        poupa__segment_release(table->pieces[i].segment);
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__dictionary_release(table->dictionaries[i]);
    poupa_allocator allocator = table->allocator;
    poupa__release(&allocator, table, table_size(table->piece_count));
}

/* -- Rows ---------------------------------------------------------------- */

size_t poupa_attendance_rows(const poupa_attendance *table)
{
    return table ? table->rows : 0;
}

size_t poupa__table_piece(const poupa_attendance *table, size_t row)
{
    size_t low = 0;
    size_t high = table->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (table->starts[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

poupa_status poupa_attendance_at(const poupa_attendance *table, size_t row, poupa_record *out,
                                 poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(out, err);
    if (row >= table->rows)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "row %zu of a table of %zu", row,
                            table->rows);
    size_t index = poupa__table_piece(table, row);
    const poupa__piece *piece = &table->pieces[index];
    const poupa__cells *cells = &piece->segment->cells;
    size_t at = piece->first + row - table->starts[index];
    const char *words[POUPA_DICTIONARY_COUNT];
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        bool given =
            i != POUPA_DICTIONARY_UNIT || poupa__is_valid(piece, POUPA__NULLABLE_UNIT, at);
        words[i] = given ? table->dictionaries[i]->texts[cells->codes[i][at]] : "";
    }
    *out = (poupa_record){
        .period = poupa__period_of(cells->period_start[at], cells->period_kind[at]),
        .unit = words[POUPA_DICTIONARY_UNIT],
        .service = words[POUPA_DICTIONARY_SERVICE],
        .channel = words[POUPA_DICTIONARY_CHANNEL],
        .count = cells->count[at],
        .wait_s = {cells->wait_s[at], poupa__is_valid(piece, POUPA__NULLABLE_WAIT, at)},
        .service_s = {cells->service_s[at], poupa__is_valid(piece, POUPA__NULLABLE_SERVICE, at)},
    };
    return POUPA_OK;
}

/* -- Columns ------------------------------------------------------------- */

const char *const *poupa_attendance_words(const poupa_attendance *table,
                                          poupa_dictionary dictionary, size_t *count)
{
    bool found = table && (int)dictionary >= 0 && (int)dictionary < POUPA_DICTIONARY_COUNT;
    const poupa__dictionary *words = found ? table->dictionaries[dictionary] : NULL;
    if (count)
        *count = words ? words->text_count : 0;
    return words ? words->texts : NULL;
}

size_t poupa_attendance_segments(const poupa_attendance *table)
{
    return table ? table->piece_count : 0;
}

static const uint8_t *bitmap(const poupa__piece *piece, poupa__nullable column)
{
    bool absent = piece->absent >> column & 1;
    return absent ? piece->segment->cells.valid[column] + piece->first / 8 : NULL;
}

poupa_status poupa_attendance_columns(const poupa_attendance *table, size_t segment,
                                      poupa_columns *out, poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(out, err);
    if (segment >= table->piece_count)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "segment %zu of a table of %zu", segment,
                            table->piece_count);
    const poupa__piece *piece = &table->pieces[segment];
    const poupa__cells *cells = &piece->segment->cells;
    size_t first = piece->first;
    *out = (poupa_columns){
        .rows = piece->rows,
        .period_start = cells->period_start + first,
        .period_kind = cells->period_kind + first,
        .unit = cells->codes[POUPA_DICTIONARY_UNIT] + first,
        .service = cells->codes[POUPA_DICTIONARY_SERVICE] + first,
        .channel = cells->codes[POUPA_DICTIONARY_CHANNEL] + first,
        .count = cells->count + first,
        .wait_s = cells->wait_s + first,
        .service_s = cells->service_s + first,
        .unit_valid = bitmap(piece, POUPA__NULLABLE_UNIT),
        .wait_valid = bitmap(piece, POUPA__NULLABLE_WAIT),
        .service_valid = bitmap(piece, POUPA__NULLABLE_SERVICE),
        .bitmap_offset = first % 8,
    };
    return POUPA_OK;
}

/* -- Slices -------------------------------------------------------------- */

poupa_status poupa_attendance_slice(poupa_attendance *table, size_t first, size_t count,
                                    poupa_attendance **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(table, err);
    if (first > table->rows || count > table->rows - first)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "rows %zu to %zu of a table of %zu", first,
                            first + count, table->rows);
    size_t from = count ? poupa__table_piece(table, first) : 0;
    size_t to = count ? poupa__table_piece(table, first + count - 1) + 1 : 0;
    poupa_attendance *slice =
        poupa__table_new(&table->allocator, table->dictionaries, table->pieces + from, to - from);
    if (slice == NULL)
        return poupa__error_memory(err);
    slice->rows = 0;
    for (size_t i = 0; i < slice->piece_count; i++) {
        poupa__piece *piece = &slice->pieces[i];
        size_t start = table->starts[from + i];
        size_t skipped = first > start ? first - start : 0;
        size_t end = first + count - start;
        piece->first += skipped;
        piece->rows = (end < piece->rows ? end : piece->rows) - skipped;
        slice->starts[i] = slice->rows;
        slice->rows += piece->rows;
    }
    *out = slice;
    return POUPA_OK;
}
