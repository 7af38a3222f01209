/* rollup.c - the groups of a rollup as a stream. */
#include <string.h>

#include "base/error.h"
#include "poupa/rollup.h"
#include "stream.h"
#include "table/dictionary.h"

/* -- Columns ------------------------------------------------------------- */

/* The columns behind the keys; those of periods are there only by PERIOD. */
typedef enum rollup_column {
    PERIOD,
    ATTENDANCES,
    RECORDS,
    WAIT,
    SERVICE_TIME,
    FIRST,
    LAST,
    WIDER,
    COLUMN_COUNT
} rollup_column;

static const poupa__arrow_field rollup_fields[COLUMN_COUNT] = {
    [PERIOD] = {"period", POUPA__ARROW_DATE, false, POUPA__ARROW_DICTIONARY},
    [ATTENDANCES] = {"count", POUPA__ARROW_INT64, false, POUPA__ARROW_DICTIONARY},
    [RECORDS] = {"rows", POUPA__ARROW_INT64, false, POUPA__ARROW_DICTIONARY},
    [WAIT] = {"wait_s", POUPA__ARROW_FLOAT64, true, POUPA__ARROW_DICTIONARY},
    [SERVICE_TIME] = {"service_s", POUPA__ARROW_FLOAT64, true, POUPA__ARROW_DICTIONARY},
    [FIRST] = {"first", POUPA__ARROW_DATE, false, POUPA__ARROW_DICTIONARY},
    [LAST] = {"last", POUPA__ARROW_DATE, false, POUPA__ARROW_DICTIONARY},
    [WIDER] = {"wider", POUPA__ARROW_BOOL, false, POUPA__ARROW_DICTIONARY},
};

static bool is_shown(rollup_column at, bool by_period)
{
    return by_period || (at != PERIOD && at != WIDER);
}

/* The layout of a table's groups; returns whether they are by PERIOD. */
static bool make_layout(const poupa_rollup_table *table, poupa__arrow_layout *out)
{
    size_t count;
    const poupa_group *by = poupa_rollup_table_by(table, &count);
    bool by_period = false;
    out->count = 0;
    out->lasting_words = false;
    for (size_t i = 0; i < count; i++) {
        bool period = by[i].key == POUPA_GROUP_PERIOD;
        by_period = by_period || period;
        out->fields[out->count++] =
            (poupa__arrow_field){poupa_group_name(by[i]), POUPA__ARROW_TEXT, !period,
                                 period ? POUPA__ARROW_UTF8 : POUPA__ARROW_DICTIONARY};
    }
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (is_shown((rollup_column)i, by_period))
            out->fields[out->count++] = rollup_fields[i];
    }
    return by_period;
}

/* -- Copies -------------------------------------------------------------- */

static void set_bit(uint8_t *bits, size_t index)
{
    bits[index / 8] = (uint8_t)(bits[index / 8] | 1U << index % 8);
}

/* The codes of one key; "" is a key that is not told, and null. */
static bool copy_codes(const poupa_rollup_table *table, size_t key, poupa__dictionary *words,
                       int32_t *codes, uint8_t *valid)
{
    for (size_t i = 0; i < poupa_rollup_table_count(table); i++) {
        const char *text = poupa_rollup_table_at(table, i)->keys[key];
        if (text[0] == '\0')
            continue;
        codes[i] = poupa__dictionary_add(words, text, strlen(text));
        if (codes[i] == POUPA__NO_WORD)
            return false;
        set_bit(valid, i);
    }
    return poupa__dictionary_complete(words);
}

static poupa_status copy_key(const poupa_rollup_table *table, size_t key,
                             poupa__arrow_owner *owner, poupa__arrow_cells *out, poupa_error *err)
{
    size_t rows = poupa_rollup_table_count(table);
    poupa__dictionary *words = poupa__dictionary_new(&owner->allocator);
    int32_t *codes = POUPA__ARROW_TAKE(owner, int32_t, rows);
    uint8_t *valid = POUPA__ARROW_TAKE(owner, uint8_t, rows / 8 + 1);
    poupa_status status =
        words && codes && valid && copy_codes(table, key, words, codes, valid)
            ? poupa__arrow_words_make(owner, words->texts, words->count, &out->words, err)
            : poupa__error_memory(err);
    poupa__dictionary_release(words);
    out->data = codes;
    out->valid = valid;
    return status;
}

static void copy_mean(poupa_optional mean, size_t row, void *data, uint8_t *valid)
{
    if (mean.present) {
        ((double *)data)[row] = mean.value;
        set_bit(valid, row);
    }
}

static void copy_cell(const poupa_rollup_row *from, rollup_column at, size_t row, void *data,
                      uint8_t *valid)
{
    switch (at) {
    case PERIOD:
        ((int32_t *)data)[row] = from->period.first;
        break;
    case ATTENDANCES:
        ((int64_t *)data)[row] = from->count;
        break;
    case RECORDS:
        ((int64_t *)data)[row] = (int64_t)from->rows;
        break;
    case WAIT:
        copy_mean(from->wait_s, row, data, valid);
        break;
    case SERVICE_TIME:
        copy_mean(from->service_s, row, data, valid);
        break;
    case FIRST:
        ((int32_t *)data)[row] = from->first.first;
        break;
    case LAST:
        ((int32_t *)data)[row] = from->last.last;
        break;
    default:
        if (from->wider)
            set_bit((uint8_t *)data, row);
    }
}

static poupa_status copy_column(const poupa_rollup_table *table, rollup_column at,
                                poupa__arrow_owner *owner, poupa__arrow_cells *out,
                                poupa_error *err)
{
    size_t rows = poupa_rollup_table_count(table);
    void *data = poupa__arrow_take(owner, rows, sizeof(int64_t));
    uint8_t *valid =
        rollup_fields[at].nullable ? POUPA__ARROW_TAKE(owner, uint8_t, rows / 8 + 1) : NULL;
    if (data == NULL || (rollup_fields[at].nullable && valid == NULL))
        return poupa__error_memory(err);
    for (size_t i = 0; i < rows; i++)
        copy_cell(poupa_rollup_table_at(table, i), at, i, data, valid);
    out->data = data;
    out->valid = valid;
    return POUPA_OK;
}

static poupa_status copy_groups(const poupa_rollup_table *table, bool by_period,
                                poupa__arrow_part *out, poupa_error *err)
{
    size_t keys;
    poupa_status status = POUPA_OK;
    (void)poupa_rollup_table_by(table, &keys);
    size_t count = 0;
    for (size_t i = 0; i < keys && status == POUPA_OK; i++)
        status = copy_key(table, i, out->owner, &out->cells[count++], err);
    for (int i = 0; i < COLUMN_COUNT && status == POUPA_OK; i++) {
        if (is_shown((rollup_column)i, by_period))
            status = copy_column(table, (rollup_column)i, out->owner, &out->cells[count++], err);
    }
    out->rows = poupa_rollup_table_count(table);
    return status;
}

/* -- Streams ------------------------------------------------------------- */

poupa_status poupa_rollup_table_arrow_schema(const poupa_rollup_table *table,
                                             const struct ArrowSchema *requested,
                                             const poupa_allocator *allocator,
                                             struct ArrowSchema *out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    out->release = NULL;
    POUPA__REQUIRE(table, err);
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa__arrow_layout layout;
    (void)make_layout(table, &layout);
    poupa_status status = poupa__arrow_request(&layout, requested, err);
    if (status == POUPA_OK && !poupa__arrow_schema(&layout, &chosen, out))
        status = poupa__error_memory(err);
    return status;
}

poupa_status poupa_rollup_table_to_arrow(const poupa_rollup_table *table,
                                         const struct ArrowSchema *requested,
                                         const poupa_allocator *allocator,
                                         struct ArrowArrayStream *out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    out->release = NULL;
    POUPA__REQUIRE(table, err);
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa__arrow_layout layout;
    bool by_period = make_layout(table, &layout);
    poupa_status status = poupa__arrow_request(&layout, requested, err);
    if (status != POUPA_OK)
        return status;
    poupa__arrow_stream *stream = poupa__arrow_stream_new(&chosen, &layout);
    if (stream)
        stream->part.owner = poupa__arrow_owner_new(&chosen);
    status = stream && stream->part.owner ? copy_groups(table, by_period, &stream->part, err)
                                          : poupa__error_memory(err);
    if (status == POUPA_OK)
        poupa__arrow_stream_hand_out(stream, out);
    else
        poupa__arrow_stream_free(stream);
    return status;
}
