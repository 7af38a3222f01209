/* attendance.c - records as streams: of tables, and of what is being decoded. */
#include "base/error.h"
#include "stream.h"
#include "table/table.h"

/* The columns of records, in their order. */
enum {
    RECORD_PERIOD,
    RECORD_KIND,
    RECORD_UNIT,
    RECORD_SERVICE,
    RECORD_CHANNEL,
    RECORD_ATTENDANCES,
    RECORD_WAIT,
    RECORD_SERVICE_TIME,
    RECORD_FIELD_COUNT
};

const poupa__arrow_layout poupa__arrow_records = {
    .fields =
        {
            [RECORD_PERIOD] = {"period", POUPA__ARROW_DATE, false, POUPA__ARROW_DICTIONARY},
            [RECORD_KIND] = {"period_kind", POUPA__ARROW_KIND, false, POUPA__ARROW_DICTIONARY},
            [RECORD_UNIT] = {"unit", POUPA__ARROW_TEXT, true, POUPA__ARROW_DICTIONARY},
            [RECORD_SERVICE] = {"service", POUPA__ARROW_TEXT, false, POUPA__ARROW_DICTIONARY},
            [RECORD_CHANNEL] = {"channel", POUPA__ARROW_TEXT, false, POUPA__ARROW_DICTIONARY},
            [RECORD_ATTENDANCES] = {"count", POUPA__ARROW_INT64, false, POUPA__ARROW_DICTIONARY},
            [RECORD_WAIT] = {"wait_s", POUPA__ARROW_INT32, true, POUPA__ARROW_DICTIONARY},
            [RECORD_SERVICE_TIME] = {"service_s", POUPA__ARROW_INT32, true,
                                     POUPA__ARROW_DICTIONARY},
        },
    .count = RECORD_FIELD_COUNT,
    .lasting_words = true,
};

const char *const poupa__arrow_kinds[POUPA__ARROW_KINDS] = {
    [POUPA_PERIOD_YEAR - 1] = "year",       [POUPA_PERIOD_HALF - 1] = "half",
    [POUPA_PERIOD_QUARTER - 1] = "quarter", [POUPA_PERIOD_MONTH - 1] = "month",
    [POUPA_PERIOD_DAY - 1] = "day",
};

/* -- Parts --------------------------------------------------------------- */

static poupa_status lend_words(poupa__arrow_part *part, poupa_error *err)
{
    poupa__arrow_cells *cells = part->cells;
    poupa_status status = poupa__arrow_words_make(
        part->owner, poupa__arrow_kinds, POUPA__ARROW_KINDS, &cells[RECORD_KIND].words, err);
    for (int i = 0; i < POUPA_DICTIONARY_COUNT && status == POUPA_OK; i++) {
        size_t count;
        const char *const *words =
            poupa_attendance_words(part->owner->table, (poupa_dictionary)i, &count);
        status = poupa__arrow_words_make(part->owner, words, count, &cells[RECORD_UNIT + i].words,
                                         err);
    }
    return status;
}

poupa_status poupa__arrow_lend(poupa_attendance *table, const poupa_allocator *allocator,
                               poupa__arrow_part *out, poupa_error *err)
{
    poupa__arrow_part part = {.owner = poupa__arrow_owner_new(allocator)};
    if (part.owner == NULL)
        return poupa__error_memory(err);
    part.owner->table = poupa_attendance_retain(table);
    poupa_status status = lend_words(&part, err);
    if (status == POUPA_OK)
        *out = part;
    else
        poupa__arrow_owner_release(part.owner);
    return status;
}

static const uint8_t *valid_of(const poupa__piece *piece, poupa__nullable column)
{
    return piece->absent >> column & 1 ? piece->segment->cells.valid[column] : NULL;
}

void poupa__arrow_lend_piece(poupa__arrow_part *part, size_t index)
{
    const poupa__piece *piece = &part->owner->table->pieces[index];
    const poupa__cells *from = &piece->segment->cells;
    part->first = piece->first;
    part->rows = piece->rows;
    part->cells[RECORD_PERIOD].data = from->period_start;
    part->cells[RECORD_KIND].data = from->period_kind;
    part->cells[RECORD_UNIT].data = from->codes[POUPA_DICTIONARY_UNIT];
    part->cells[RECORD_UNIT].valid = valid_of(piece, POUPA__NULLABLE_UNIT);
    part->cells[RECORD_SERVICE].data = from->codes[POUPA_DICTIONARY_SERVICE];
    part->cells[RECORD_CHANNEL].data = from->codes[POUPA_DICTIONARY_CHANNEL];
    part->cells[RECORD_ATTENDANCES].data = from->count;
    part->cells[RECORD_WAIT].data = from->wait_s;
    part->cells[RECORD_WAIT].valid = valid_of(piece, POUPA__NULLABLE_WAIT);
    part->cells[RECORD_SERVICE_TIME].data = from->service_s;
    part->cells[RECORD_SERVICE_TIME].valid = valid_of(piece, POUPA__NULLABLE_SERVICE);
}

/* -- Streams ------------------------------------------------------------- */

poupa_status poupa_attendance_arrow_schema(const struct ArrowSchema *requested,
                                           const poupa_allocator *allocator,
                                           struct ArrowSchema *out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    out->release = NULL;
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa__arrow_layout layout = poupa__arrow_records;
    poupa_status status = poupa__arrow_request(&layout, requested, err);
    if (status == POUPA_OK && !poupa__arrow_schema(&layout, &chosen, out))
        status = poupa__error_memory(err);
    return status;
}

/* Makes a stream of records that has none yet. */
static poupa_status new_stream(const struct ArrowSchema *requested, bool lasting_words,
                               const poupa_allocator *allocator, poupa__arrow_stream **out,
                               poupa_error *err)
{
    poupa_allocator chosen = poupa__allocator(allocator);
    poupa__arrow_layout layout = poupa__arrow_records;
    layout.lasting_words = lasting_words;
    poupa_status status = poupa__arrow_request(&layout, requested, err);
    if (status != POUPA_OK)
        return status;
    *out = poupa__arrow_stream_new(&chosen, &layout);
    return *out ? POUPA_OK : poupa__error_memory(err);
}

poupa_status poupa_attendance_to_arrow(poupa_attendance *table,
                                       const struct ArrowSchema *requested,
                                       const poupa_allocator *allocator,
                                       struct ArrowArrayStream *out, poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    out->release = NULL;
    POUPA__REQUIRE(table, err);
    poupa__arrow_stream *stream;
    poupa_status status = new_stream(requested, true, allocator, &stream, err);
    if (status != POUPA_OK)
        return status;
    status = poupa__arrow_lend(table, &stream->allocator, &stream->part, err);
    if (status == POUPA_OK)
        poupa__arrow_stream_hand_out(stream, out);
    else
        poupa__arrow_stream_free(stream);
    return status;
}

poupa_status poupa_ndjson_to_arrow(poupa_ndjson *stream, const struct ArrowSchema *requested,
                                   const poupa_allocator *allocator, struct ArrowArrayStream *out,
                                   poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    out->release = NULL;
    POUPA__REQUIRE(stream, err);
    poupa__arrow_stream *made;
    poupa_status status = new_stream(requested, false, allocator, &made, err);
    if (status == POUPA_OK) {
        made->ndjson = stream;
        poupa__arrow_stream_hand_out(made, out);
    }
    return status;
}
