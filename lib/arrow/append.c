/* append.c - the rows of a batch to the columns of a table. */
#include "base/date.h"
#include "import.h"
#include "stream.h"

/* A batch that was checked. Columns that are not there have no name. */
typedef struct opened {
    poupa__text_column texts[POUPA__IMPORT_TEXTS];
    poupa__foreign numbers[POUPA__IMPORT_COLUMNS]; /* from POUPA__IMPORT_TEXTS on */
    poupa__foreign days;                           /* of a period that is no text */
    int64_t per_day;
} opened;

/* -- Checking ------------------------------------------------------------ */

static poupa_status check_struct(const poupa__import *import, const struct ArrowArray *batch,
                                 poupa_error *err)
{
    const char *wrong = NULL;
    if (batch->length < 0 || batch->offset < 0 || batch->length > POUPA__FOREIGN_ROWS ||
        batch->offset > POUPA__FOREIGN_ROWS)
        wrong = "has a length or an offset that cannot be";
    else if (batch->null_count < -1 || batch->null_count > batch->length)
        wrong = "has a null count that cannot be";
    else if (batch->n_buffers != 1 || batch->buffers == NULL)
        wrong = "lacks its one buffer";
    else if (batch->null_count > 0 && batch->buffers[0] == NULL)
        wrong = "has nulls and no bitmap of them";
    else if (batch->n_children < 0 || (uint64_t)batch->n_children != import->width ||
             batch->children == NULL)
        wrong = "has other columns than the schema";
    if (wrong)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "the batch at row %zu %s", import->rows,
                            wrong);
    const uint8_t *valid = batch->null_count == 0 ? NULL : (const uint8_t *)batch->buffers[0];
    for (int64_t i = batch->offset; valid && i < batch->offset + batch->length; i++) {
        if (!(valid[i / 8] >> i % 8 & 1))
            return poupa__error(err, POUPA_ERR_INVALID, "row %zu is null",
                                import->rows + (size_t)(i - batch->offset));
    }
    return POUPA_OK;
}

/* Checks the array of one column. */
static poupa_status open_column(poupa__import *import, const struct ArrowArray *batch,
                                poupa__import_column at, opened *out, poupa_error *err)
{
    const poupa__import_source *source = &import->sources[at];
    const struct ArrowArray *array = batch->children[source->index];
    bool dictionary = source->type.words != POUPA__STORAGE_OTHER;
    bool text = dictionary || poupa__storage_is_text(source->type.storage);
    poupa__text_column *column = at < POUPA__IMPORT_TEXTS ? &out->texts[at] : NULL;
    poupa__foreign *values = text                         ? &column->values
                             : at == POUPA__IMPORT_PERIOD ? &out->days
                                                          : &out->numbers[at];
    poupa_status status =
        poupa__foreign_open(array, source->name, source->type.storage, (size_t)batch->offset,
                            (size_t)batch->length, values, err);
    values->number = import->rows;
    if (status == POUPA_OK && dictionary)
        status = poupa__foreign_open_words(array->dictionary, source->name, source->type.words,
                                           &column->words, err);
    if (status == POUPA_OK && text)
        status = poupa__texts_begin(&import->texts[at], column, err);
    return status;
}

static poupa_status open_batch(poupa__import *import, const struct ArrowArray *batch, opened *out,
                               poupa_error *err)
{
    *out = (opened){.per_day = import->sources[POUPA__IMPORT_PERIOD].type.per_day};
    poupa_status status = check_struct(import, batch, err);
    for (int i = 0; i < POUPA__IMPORT_COLUMNS && status == POUPA_OK; i++) {
        if (import->sources[i].name)
            status = open_column(import, batch, (poupa__import_column)i, out, err);
    }
    return status;
}

/* -- Periods ------------------------------------------------------------- */

/* First days; their kinds are DAY until a column says otherwise. */
static poupa_status read_days(const opened *batch, size_t first, size_t count, int32_t *starts,
                              uint8_t *kinds, poupa_error *err)
{
    const poupa__foreign *days = &batch->days;
    const int64_t least = poupa__day_from_civil(1, 1, 1);
    const int64_t most = poupa__day_from_civil(9999, 12, 31);
    int64_t values[POUPA__TEXT_ROWS];
    poupa__foreign_integers(days, first, count, values);
    for (size_t i = 0; i < count; i++) {
        if (!poupa__foreign_is_valid(days, first + i))
            return poupa__foreign_refuse(days, first + i, POUPA__E2001_MISSING, err,
                                         "null, but it is required");
        int64_t day = batch->per_day == 1 ? values[i] : values[i] / batch->per_day;
        if (day * batch->per_day != values[i])
            return poupa__foreign_refuse(days, first + i, POUPA__E2011_PERIOD, err,
                                         "%lld is not at midnight", (long long)values[i]);
        if (day < least || day > most)
            return poupa__foreign_refuse(days, first + i, POUPA__E2011_PERIOD, err,
                                         "day %lld is not of the years 0001 to 9999",
                                         (long long)day);
        starts[i] = (int32_t)day;
        kinds[i] = POUPA_PERIOD_DAY;
    }
    return POUPA_OK;
}

static poupa_status read_period_texts(poupa__import *import, const opened *batch, size_t first,
                                      size_t count, int32_t *starts, uint8_t *kinds,
                                      poupa_error *err)
{
    poupa__texts *texts = &import->texts[POUPA__IMPORT_PERIOD];
    poupa_status status =
        poupa__texts_read(texts, &batch->texts[POUPA__IMPORT_PERIOD], first, count, starts, err);
    for (size_t i = 0; status == POUPA_OK && i < count; i++) {
        const poupa_period *meaning = &texts->meanings[starts[i]];
        starts[i] = meaning->first;
        kinds[i] = meaning->kind;
    }
    return status;
}

/* Whether a period of a kind starts on a day. */
static bool starts_period(poupa__import *import, int32_t day, uint8_t kind)
{
    int64_t key = (int64_t)day * 8 + kind;
    int64_t *known = &import->periods[poupa__mix((uint64_t)key) % POUPA__PERIOD_MEMO];
    if (*known == key)
        return true;
    if (poupa_period_around(day, (poupa_period_kind)kind).first != day)
        return false;
    *known = key;
    return true;
}

static poupa_status read_kinds(poupa__import *import, const opened *batch, size_t first,
                               size_t count, const int32_t *starts, uint8_t *kinds,
                               poupa_error *err)
{
    int32_t codes[POUPA__TEXT_ROWS];
    poupa__texts *texts = &import->texts[POUPA__IMPORT_KIND];
    const poupa__text_column *column = &batch->texts[POUPA__IMPORT_KIND];
    poupa_status status = poupa__texts_read(texts, column, first, count, codes, err);
    for (size_t i = 0; status == POUPA_OK && i < count; i++) {
        uint8_t kind = codes[i] < 0 ? kinds[i] : texts->meanings[codes[i]].kind;
        if (kind == kinds[i])
            continue;
        if (kinds[i] != POUPA_PERIOD_DAY || !starts_period(import, starts[i], kind))
            return poupa__foreign_refuse(&column->values, first + i, POUPA__E2011_PERIOD, err,
                                         "no %s begins with this period",
                                         poupa__arrow_kinds[kind - 1]);
        kinds[i] = kind;
    }
    return status;
}

/* -- Numbers ------------------------------------------------------------- */

static poupa_status read_numbers(const poupa__foreign *column, size_t first, size_t count,
                                 int64_t most, int64_t absent, int64_t *out, poupa_error *err)
{
    if (column->name)
        poupa__foreign_integers(column, first, count, out);
    for (size_t i = 0; i < count; i++) {
        if (column->name == NULL || !poupa__foreign_is_valid(column, first + i))
            out[i] = absent;
        else if ((uint64_t)out[i] > (uint64_t)most)
            return poupa__foreign_refuse_number(column, first + i, most, err);
    }
    return POUPA_OK;
}

static poupa_status read_seconds(const poupa__foreign *column, size_t first, size_t count,
                                 int32_t *out, poupa_error *err)
{
    int64_t values[POUPA__TEXT_ROWS];
    poupa_status status = read_numbers(column, first, count, INT32_MAX, -1, values, err);
    for (size_t i = 0; status == POUPA_OK && i < count; i++)
        out[i] = (int32_t)values[i];
    return status;
}

/* -- Rows ---------------------------------------------------------------- */

/* Units, services and channels. */
static poupa_status read_ids(poupa__import *import, const opened *batch, size_t first,
                             size_t count, poupa_error *err)
{
    const poupa_builder *builder = import->builder;
    poupa_status status = POUPA_OK;
    for (size_t i = 0; i < POUPA_DICTIONARY_COUNT && status == POUPA_OK; i++) {
        int32_t *codes = builder->open->cells.codes[i] + builder->row;
        if (import->sources[i].name)
            status =
                poupa__texts_read(&import->texts[i], &batch->texts[i], first, count, codes, err);
        for (size_t row = 0; import->sources[i].name == NULL && row < count; row++)
            codes[row] = POUPA__NO_WORD;
    }
    return status;
}

/* Appends rows for which the open segment has room. */
static poupa_status append_rows(poupa__import *import, const opened *batch, size_t first,
                                size_t count, poupa_error *err)
{
    const poupa__cells *cells = &import->builder->open->cells;
    size_t row = import->builder->row;
    int32_t *starts = cells->period_start + row;
    uint8_t *kinds = cells->period_kind + row;
    poupa_status status = read_ids(import, batch, first, count, err);
    if (status == POUPA_OK && batch->per_day)
        status = read_days(batch, first, count, starts, kinds, err);
    else if (status == POUPA_OK)
        status = read_period_texts(import, batch, first, count, starts, kinds, err);
    if (status == POUPA_OK && import->sources[POUPA__IMPORT_KIND].name)
        status = read_kinds(import, batch, first, count, starts, kinds, err);
    if (status == POUPA_OK)
        status = read_numbers(&batch->numbers[POUPA__IMPORT_COUNT], first, count, INT64_MAX, 1,
                              cells->count + row, err);
    if (status == POUPA_OK)
        status = read_seconds(&batch->numbers[POUPA__IMPORT_WAIT], first, count,
                              cells->wait_s + row, err);
    if (status == POUPA_OK)
        status = read_seconds(&batch->numbers[POUPA__IMPORT_SERVICE_TIME], first, count,
                              cells->service_s + row, err);
    return status;
}

poupa_status poupa__import_batch(poupa__import *import, const struct ArrowArray *batch,
                                 poupa_error *err)
{
    opened columns;
    poupa_builder *builder = import->builder;
    poupa_status status = open_batch(import, batch, &columns, err);
    size_t rows = status == POUPA_OK ? (size_t)batch->length : 0;
    for (size_t done = 0, some; done < rows && status == POUPA_OK; done += some) {
        if (!poupa__builder_room(builder))
            return poupa__error_memory(err);
        size_t room = builder->open->capacity - builder->row;
        some = rows - done < room ? rows - done : room;
        if (some > POUPA__TEXT_ROWS)
            some = POUPA__TEXT_ROWS;
        status = append_rows(import, &columns, done, some, err);
        builder->row += some;
    }
    import->rows += rows;
    return status;
}
