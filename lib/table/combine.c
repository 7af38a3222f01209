/* combine.c - tables made of tables: merged and sorted. */
#include <string.h>

#include "base/error.h"
#include "table.h"

/* -- Codes of other dictionaries ----------------------------------------- */

bool poupa__mapping_extend(const poupa_allocator *allocator, poupa__mapping *mapping,
                           size_t count)
{
    if (count <= mapping->count)
        return true;
    size_t wanted = 2 * mapping->count > count ? 2 * mapping->count : count;
    int32_t *codes = POUPA__NEW_ARRAY(allocator, int32_t, 2 * wanted);
    if (codes == NULL)
        return false;
    int32_t *known = codes + wanted;
    for (size_t i = mapping->count; i < wanted; i++)
        codes[i] = POUPA__NO_WORD;
    if (mapping->count) {
        memcpy(codes, mapping->codes, mapping->count * sizeof *codes);
        memcpy(known, mapping->known, mapping->known_count * sizeof *known);
    }
    size_t known_count = mapping->known_count;
    size_t same = mapping->same;
    poupa__mapping_free(allocator, mapping);
    *mapping = (poupa__mapping){codes, known, wanted, known_count, same};
    return true;
}

void poupa__mapping_align(poupa__mapping *mapping, size_t same)
{
    for (; mapping->same < same; mapping->same++) {
        int32_t code = (int32_t)mapping->same;
        if (mapping->codes[code] == POUPA__NO_WORD)
            mapping->known[mapping->known_count++] = code;
        mapping->codes[code] = code;
    }
}

void poupa__mapping_forget(poupa__mapping *mapping)
{
    for (size_t i = 0; i < mapping->known_count; i++)
        mapping->codes[mapping->known[i]] = POUPA__NO_WORD;
    mapping->known_count = mapping->same = 0;
}

void poupa__mapping_free(const poupa_allocator *allocator, poupa__mapping *mapping)
{
    poupa__release(allocator, mapping->codes, 2 * mapping->count * sizeof *mapping->codes);
    *mapping = (poupa__mapping){NULL, NULL, 0, 0, 0};
}

/* The code in `to` of a word that the mapping does not know yet. */
static int32_t learn_code(int32_t code, const poupa__dictionary *from, poupa__dictionary *to,
                          poupa__mapping *mapping)
{
    const poupa__word *word = poupa__dictionary_word(from, (size_t)code);
    mapping->codes[code] = poupa__dictionary_add(to, word->text, word->size);
    if (mapping->codes[code] != POUPA__NO_WORD)
        mapping->known[mapping->known_count++] = code;
    return mapping->codes[code];
}

bool poupa__mapping_make(const poupa_allocator *allocator, const poupa__dictionary *from,
                         poupa__dictionary *to, poupa__mapping *mapping)
{
    bool made = poupa__mapping_extend(allocator, mapping, from->count);
    for (size_t code = 0; made && code < from->count; code++)
        made = learn_code((int32_t)code, from, to, mapping) != POUPA__NO_WORD;
    return made;
}

/* Rewrites one column; slots that are not valid hold 0 and keep it, without a branch, which
 * chance would mislead. */
static bool recode_column(const poupa__piece *piece, poupa_dictionary column,
                          const poupa__dictionary *from, poupa__dictionary *to,
                          poupa__mapping *mapping)
{
    int32_t *codes = piece->segment->cells.codes[column];
    const int32_t *known = mapping->codes;
    bool sparse = column == POUPA_DICTIONARY_UNIT && piece->absent >> POUPA__NULLABLE_UNIT & 1;
    if (mapping->count == 0)
        return true; /* no row has a word */
    for (size_t row = piece->first; row < piece->first + piece->rows; row++) {
        int32_t code = known[codes[row]];
        if (sparse)
            code &= -(int32_t)poupa__is_valid(piece, POUPA__NULLABLE_UNIT, row);
        if (code < 0)
            code = learn_code(codes[row], from, to, mapping);
        if (code < 0)
            return false;
        codes[row] = code;
    }
    return true;
}

bool poupa__piece_recode(const poupa__piece *piece, poupa__dictionary *const from[],
                         poupa__dictionary *const to[], poupa__mapping mappings[])
{
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        if (from[i] != to[i] &&
            !recode_column(piece, (poupa_dictionary)i, from[i], to[i], &mappings[i]))
            return false;
    }
    return true;
}

/* -- Merging ------------------------------------------------------------- */

/* Copies a row to the end of a builder whose words the mappings lead to. */
static bool copy_row(poupa_builder *builder, const poupa__piece *piece, size_t row,
                     const poupa__mapping mappings[])
{
    if (!poupa__builder_room(builder))
        return false;
    const poupa__cells *from = &piece->segment->cells;
    const poupa__cells *to = &builder->open->cells;
    size_t at = builder->row++;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        bool given =
            i != POUPA_DICTIONARY_UNIT || poupa__is_valid(piece, POUPA__NULLABLE_UNIT, row);
        int32_t code = from->codes[i][row];
        to->codes[i][at] = !given ? -1 : mappings ? mappings[i].codes[code] : code;
    }
    to->period_start[at] = from->period_start[row];
    to->period_kind[at] = from->period_kind[row];
    to->count[at] = from->count[row];
    to->wait_s[at] = poupa__is_valid(piece, POUPA__NULLABLE_WAIT, row) ? from->wait_s[row] : -1;
    to->service_s[at] =
        poupa__is_valid(piece, POUPA__NULLABLE_SERVICE, row) ? from->service_s[row] : -1;
    return true;
}

static bool is_identity(const poupa__mapping *mapping, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (mapping->codes[i] != (int32_t)i)
            return false;
    }
    return true;
}

static bool append_table(poupa_builder *builder, const poupa_attendance *table)
{
    poupa__mapping mappings[POUPA_DICTIONARY_COUNT] = {{.codes = NULL}};
    bool good = true;
    bool same = true;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        const poupa__dictionary *words = table->dictionaries[i];
        good = good && poupa__mapping_make(&builder->allocator, words, builder->dictionaries[i],
                                           &mappings[i]);
        same = good && same && is_identity(&mappings[i], words->count);
    }
    for (size_t i = 0; good && i < table->piece_count; i++) {
        const poupa__piece *piece = &table->pieces[i];
        if (same)
            good = poupa__builder_share(builder, piece);
        for (size_t row = 0; !same && good && row < piece->rows; row++)
            good = copy_row(builder, piece, piece->first + row, mappings);
    }
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__mapping_free(&builder->allocator, &mappings[i]);
    return good;
}

poupa_status poupa_attendance_merge(poupa_attendance *const *tables, size_t count,
                                    poupa_attendance **out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (count)
        POUPA__REQUIRE(tables, err);
    for (size_t i = 0; i < count; i++)
        POUPA__REQUIRE(tables[i], err);
    poupa_builder *builder;
    poupa_status status = poupa_builder_new(count ? &tables[0]->allocator : NULL, &builder, err);
    for (size_t i = 0; status == POUPA_OK && i < count; i++) {
        if (!append_table(builder, tables[i]))
            status = poupa__error_memory(err);
    }
    if (status == POUPA_OK)
        status = poupa_builder_finish(builder, out, err);
    poupa_builder_free(builder);
    return status;
}

/* -- Sorting ------------------------------------------------------------- */

typedef struct keyed_row {
    uint64_t key;
    size_t piece;
    size_t row;
} keyed_row;

enum { DIGIT_BITS = 12, DIGITS = 1 << DIGIT_BITS, KIND_BITS = 3, KEY_BITS = 32 + KIND_BITS };

/* Orders by first day, then by kind, the longer kinds having the smaller numbers. */
static uint64_t sort_key(const poupa__cells *cells, size_t row)
{
    uint32_t day = (uint32_t)cells->period_start[row] ^ UINT32_C(0x80000000);
    return (uint64_t)day << KIND_BITS | cells->period_kind[row];
}

/* One pass of a radix sort: stable, by one digit. */
static void sort_by_digit(const keyed_row *from, keyed_row *to, size_t count, unsigned shift,
                          size_t *starts)
{
    memset(starts, 0, (DIGITS + 1) * sizeof *starts);
    for (size_t i = 0; i < count; i++)
        starts[(from[i].key >> shift & (DIGITS - 1)) + 1]++;
    for (size_t i = 0; i < DIGITS; i++)
        starts[i + 1] += starts[i];
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

static bool gather_rows(poupa_builder *builder, const poupa_attendance *table,
                        const keyed_row *rows)
{
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        poupa__dictionary_release(builder->dictionaries[i]);
        builder->dictionaries[i] = poupa__dictionary_retain(table->dictionaries[i]);
    }
    for (size_t i = 0; i < table->rows; i++) {
        if (!copy_row(builder, &table->pieces[rows[i].piece], rows[i].row, NULL))
            return false;
    }
    return true;
}

static void key_rows(const poupa_attendance *table, keyed_row *rows)
{
    size_t at = 0;
    for (size_t i = 0; i < table->piece_count; i++) {
        const poupa__piece *piece = &table->pieces[i];
        for (size_t row = piece->first; row < piece->first + piece->rows; row++)
            rows[at++] = (keyed_row){sort_key(&piece->segment->cells, row), i, row};
    }
}

poupa_status poupa_attendance_sort(const poupa_attendance *table, poupa_attendance **out,
                                   poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(table, err);
    const poupa_allocator *allocator = &table->allocator;
    if (table->rows > SIZE_MAX / 2 / sizeof(keyed_row))
        return poupa__error_memory(err);
    poupa_builder *builder;
    poupa_status status = poupa_builder_new(allocator, &builder, err);
    if (status != POUPA_OK)
        return status;
    size_t size = table->rows * sizeof(keyed_row);
    size_t starts_size = (DIGITS + 1) * sizeof(size_t);
    keyed_row *rows = (keyed_row *)poupa__allocate(allocator, size);
    keyed_row *spare = (keyed_row *)poupa__allocate(allocator, size);
    size_t *starts = (size_t *)poupa__allocate(allocator, starts_size);
    bool good = rows && spare && starts;
    if (good) {
        key_rows(table, rows);
        for (unsigned shift = 0; shift < KEY_BITS; shift += DIGIT_BITS) {
            sort_by_digit(rows, spare, table->rows, shift, starts);
            keyed_row *sorted = spare;
            spare = rows;
            rows = sorted;
        }
    }
    good = good && gather_rows(builder, table, rows);
    status = good ? poupa_builder_finish(builder, out, err) : poupa__error_memory(err);
    poupa__release(allocator, rows, size);
    poupa__release(allocator, spare, size);
    poupa__release(allocator, starts, starts_size);
    poupa_builder_free(builder);
    return status;
}
