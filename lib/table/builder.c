/* builder.c - making tables of records. */
#include <string.h>

#include "base/error.h"
#include "table.h"

enum { FIRST_CAPACITY = 1 << 10 };

/* -- Life ---------------------------------------------------------------- */

bool poupa__builder_new_dictionaries(poupa_builder *builder)
{
    poupa__dictionary *fresh[POUPA_DICTIONARY_COUNT];
    bool good = true;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        fresh[i] = poupa__dictionary_new(&builder->allocator);
        good = good && fresh[i];
    }
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        poupa__dictionary_release(good ? builder->dictionaries[i] : fresh[i]);
        if (good)
            builder->dictionaries[i] = fresh[i];
    }
    return good;
}

poupa_status poupa_builder_new(const poupa_allocator *allocator, poupa_builder **out,
                               poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa_builder *builder = POUPA__NEW(&chosen, poupa_builder);
    if (builder == NULL)
        return poupa__error_memory(err);
    builder->allocator = chosen;
    builder->next_capacity = FIRST_CAPACITY;
    builder->largest_capacity = POUPA__SEGMENT_MOST;
    builder->asks_for_pages = true;
    if (!poupa__builder_new_dictionaries(builder)) {
        poupa_builder_free(builder);
        return poupa__error_memory(err);
    }
    *out = builder;
    return POUPA_OK;
}

/* Begins a piece of the open segment, without any row yet. */
static void grow_from(poupa_builder *builder, size_t first)
{
    builder->growing = (poupa__piece){.segment = builder->open, .first = first};
}

void poupa__builder_drop_pieces(poupa_builder *builder)
{
    for (size_t i = 0; i < builder->piece_count; i++)
        poupa__segment_release(builder->pieces[i].segment);
    builder->piece_count = 0;
    builder->rows = 0;
    builder->row = builder->growing.first;
    grow_from(builder, builder->row);
}

void poupa_builder_free(poupa_builder *builder)
{
    if (builder == NULL)
        return;
    poupa__builder_drop_pieces(builder);
    poupa__segment_release(builder->open);
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        poupa__dictionary_release(builder->dictionaries[i]);
    poupa_allocator allocator = builder->allocator;
    poupa__release(&allocator, builder->pieces, builder->piece_capacity * sizeof(poupa__piece));
    poupa__release(&allocator, builder, sizeof *builder);
}

/* -- Room ---------------------------------------------------------------- */

void poupa__builder_seal(poupa_builder *builder)
{
    size_t rows = builder->row - builder->growing.first - builder->growing.rows;
    if (rows >= POUPA__SEAL_ROWS)
        poupa__piece_extend(&builder->growing, rows - rows % POUPA__SEAL_ROWS);
}

bool poupa__builder_cut(poupa_builder *builder)
{
    poupa__piece *growing = &builder->growing;
    size_t rows = builder->row - growing->first;
    if (rows == 0)
        return true;
    void *pieces = builder->pieces;
    if (!poupa__grow(&builder->allocator, &pieces, &builder->piece_capacity,
                     builder->piece_count + 1, sizeof(poupa__piece)))
        return false;
    builder->pieces = (poupa__piece *)pieces;
    poupa__piece_extend(growing, rows - growing->rows);
    poupa__segment_retain(growing->segment);
    builder->pieces[builder->piece_count++] = *growing;
    builder->rows += rows;
    builder->row = (builder->row + POUPA__SEAL_ROWS - 1) & ~(size_t)(POUPA__SEAL_ROWS - 1);
    grow_from(builder, builder->row);
    return true;
}

bool poupa__builder_share(poupa_builder *builder, const poupa__piece *piece)
{
    void *pieces = builder->pieces;
    if (!poupa__builder_cut(builder) ||
        !poupa__grow(&builder->allocator, &pieces, &builder->piece_capacity,
                     builder->piece_count + 1, sizeof *piece))
        return false;
    builder->pieces = (poupa__piece *)pieces;
    builder->pieces[builder->piece_count++] = *piece;
    poupa__segment_retain(piece->segment);
    builder->rows += piece->rows;
    return true;
}

/* Opens a segment for at least `rows` rows, with no row in the open one. */
static bool open_segment(poupa_builder *builder, size_t rows)
{
    size_t capacity = builder->next_capacity;
    if (rows > SIZE_MAX / 64)
        return false;
    if (capacity < rows)
        capacity = (rows + POUPA__SEAL_ROWS - 1) & ~(size_t)(POUPA__SEAL_ROWS - 1);
    /* Behind one of the largest segments there comes another. */
    bool filled = builder->asks_for_pages && builder->open &&
                  builder->open->capacity >= builder->largest_capacity;
    poupa__segment *segment = poupa__segment_new(&builder->allocator, capacity, filled);
    if (segment == NULL)
        return false;
    poupa__segment_release(builder->open);
    builder->open = segment;
    builder->row = 0;
    grow_from(builder, 0);
    if (builder->next_capacity < builder->largest_capacity)
        builder->next_capacity *= 4;
    return true;
}

bool poupa__builder_make_room(poupa_builder *builder)
{
    return poupa__builder_cut(builder) &&
           ((builder->open && builder->row < builder->open->capacity) ||
            open_segment(builder, 1));
}

poupa_status poupa_builder_reserve(poupa_builder *builder, size_t rows, poupa_error *err)
{
    POUPA__REQUIRE(builder, err);
    if (builder->open && builder->open->capacity - builder->row >= rows)
        return POUPA_OK;
    if (!poupa__builder_cut(builder) || !open_segment(builder, rows))
        return poupa__error_memory(err);
    return POUPA_OK;
}

/* -- Appending ----------------------------------------------------------- */

bool poupa__is_id(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char byte = text[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        if (!plain && (i == 0 || (byte != '.' && byte != '_' && byte != '-')))
            return false;
    }
    return size >= 1 && size <= 128;
}

static poupa_status refuse_record(poupa_error *err, const char *member, const char *why)
{
    return poupa__error(err, POUPA_ERR_INVALID, "%s: %s", member, why);
}

static poupa_status check_record(const poupa_record *record, poupa_error *err)
{
    static const char *const names[] = {"unit", "service", "channel"};
    const char *const ids[] = {record->unit, record->service, record->channel};
    if (record->period.kind > POUPA_PERIOD_DAY || !poupa_period_valid(record->period))
        return refuse_record(err, "period", "not a year, half-year, quarter, month or day");
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        bool given = ids[i] && ids[i][0];
        if (!given && i != POUPA_DICTIONARY_UNIT)
            return refuse_record(err, names[i], "required");
        if (given && !poupa__is_id(ids[i], strlen(ids[i])))
            return refuse_record(err, names[i],
                                 "an id is 1 to 128 of a-z, 0-9, '.', '_' and '-', "
                                 "the first a letter or a digit");
    }
    if (record->count < 0)
        return refuse_record(err, "count", "below zero");
    if (record->wait_s.present && record->wait_s.value < 0)
        return refuse_record(err, "wait_s", "below zero");
    if (record->service_s.present && record->service_s.value < 0)
        return refuse_record(err, "service_s", "below zero");
    return POUPA_OK;
}

/* The codes of a record's words; all or none are added. */
static bool add_words(poupa_builder *builder, const poupa_record *record,
                      int32_t codes[POUPA_DICTIONARY_COUNT])
{
    const char *const ids[] = {record->unit, record->service, record->channel};
    size_t counts[POUPA_DICTIONARY_COUNT];
    bool good = true;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        counts[i] = builder->dictionaries[i]->count;
        codes[i] = POUPA__NO_WORD;
        if (!good || ids[i] == NULL || ids[i][0] == '\0')
            continue;
        codes[i] = poupa__dictionary_add(builder->dictionaries[i], ids[i], strlen(ids[i]));
        good = codes[i] != POUPA__NO_WORD;
    }
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT && !good; i++)
        poupa__dictionary_cut(builder->dictionaries[i], counts[i]);
    return good;
}

poupa_status poupa_builder_append(poupa_builder *builder, const poupa_record *record,
                                  poupa_error *err)
{
    POUPA__REQUIRE(builder, err);
    POUPA__REQUIRE(record, err);
    poupa_status status = check_record(record, err);
    if (status != POUPA_OK)
        return status;
    int32_t codes[POUPA_DICTIONARY_COUNT];
    if (!poupa__builder_room(builder) || !add_words(builder, record, codes))
        return poupa__error_memory(err);
    const poupa__cells *cells = &builder->open->cells;
    size_t row = builder->row++;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT; i++)
        cells->codes[i][row] = codes[i];
    cells->period_start[row] = record->period.first;
    cells->period_kind[row] = record->period.kind;
    cells->count[row] = record->count;
    cells->wait_s[row] = record->wait_s.present ? record->wait_s.value : -1;
    cells->service_s[row] = record->service_s.present ? record->service_s.value : -1;
    return POUPA_OK;
}

poupa_status poupa_builder_finish(poupa_builder *builder, poupa_attendance **out,
                                  poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(builder, err);
    if (!poupa__builder_cut(builder))
        return poupa__error_memory(err);
    poupa_attendance *table = poupa__table_new(&builder->allocator, builder->dictionaries,
                                               builder->pieces, builder->piece_count);
    if (table == NULL || !poupa__builder_new_dictionaries(builder)) {
        poupa_attendance_release(table);
        return poupa__error_memory(err);
    }
    poupa__builder_drop_pieces(builder);
    *out = table;
    return POUPA_OK;
}
