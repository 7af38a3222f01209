/* check.c - whether a catalogue has what the records of a table name. */
#include "base/error.h"
#include "diag/report.h"
#include "poupa/ndjson.h"
#include "table/table.h"

static const poupa_kind dictionary_kinds[POUPA_DICTIONARY_COUNT] = {
    [POUPA_DICTIONARY_UNIT] = POUPA_KIND_UNIT,
    [POUPA_DICTIONARY_SERVICE] = POUPA_KIND_SERVICE,
    [POUPA_DICTIONARY_CHANNEL] = POUPA_KIND_CHANNEL,
};

/* How many rows have each code. */
static void count_rows(const poupa_attendance *table, poupa_dictionary dictionary, uint64_t *rows)
{
    for (size_t i = 0; i < table->piece_count; i++) {
        const poupa__piece *piece = &table->pieces[i];
        const int32_t *codes = piece->segment->cells.codes[dictionary];
        for (size_t row = piece->first; row < piece->first + piece->rows; row++) {
            if (dictionary != POUPA_DICTIONARY_UNIT ||
                poupa__is_valid(piece, POUPA__NULLABLE_UNIT, row))
                rows[codes[row]]++;
        }
    }
}

/* The id of an entity of the three kinds. */
static const char *id_member(poupa_kind kind, const void *entity)
{
    switch (kind) {
    case POUPA_KIND_UNIT:
        return ((const poupa_unit *)entity)->id;
    case POUPA_KIND_SERVICE:
        return ((const poupa_service *)entity)->id;
    default:
        return ((const poupa_channel *)entity)->id;
    }
}

static void add_finding(poupa_report *report, const poupa_catalog *catalog, poupa_kind kind,
                        const char *id, uint64_t rows)
{
    const poupa__place nowhere = {.kind = -1, .index = POUPA__NONE, .item = POUPA__NONE};
    const void *nearest = poupa_catalog_nearest(catalog, kind, id);
    poupa__report_add(report, POUPA__E2005_REFERENCE, nowhere,
                      "\"%s\" is not the id of a %s, in %llu row%s%s%s%s", id,
                      poupa_kind_name(kind), (unsigned long long)rows, rows == 1 ? "" : "s",
                      nearest ? "; did you mean \"" : "", nearest ? id_member(kind, nearest) : "",
                      nearest ? "\"?" : "");
}

poupa_status poupa_attendance_check(const poupa_attendance *table, const poupa_catalog *catalog,
                                    poupa_report *report, poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(report, err);
    for (int i = 0; i < POUPA_DICTIONARY_COUNT; i++) {
        const poupa__dictionary *words = table->dictionaries[i];
        size_t size = words->text_count * sizeof(uint64_t);
        uint64_t *rows = (uint64_t *)poupa__allocate_zeroed(&table->allocator, size);
        if (rows == NULL)
            return poupa__error_memory(err);
        count_rows(table, (poupa_dictionary)i, rows);
        for (size_t code = 0; code < words->text_count; code++) {
            if (rows[code] &&
                !poupa_catalog_find(catalog, dictionary_kinds[i], words->texts[code]))
                add_finding(report, catalog, dictionary_kinds[i], words->texts[code], rows[code]);
        }
        poupa__release(&table->allocator, rows, size);
    }
    return poupa__report_status(report, err);
}
