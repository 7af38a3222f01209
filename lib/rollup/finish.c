/* finish.c - from groups to a table of results. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "results.h"
#include "state.h"

/* -- Keys ---------------------------------------------------------------- */

/* The keys of the texts of all axes, by code; copied once however many groups have them. */
typedef struct key_texts {
    const char **texts[POUPA__AXIS_COUNT];
} key_texts;

static const char *copy_key_text(poupa_rollup_table *table, const poupa__axis *axis,
                                 uint32_t code)
{
    char printed[POUPA_PERIOD_SIZE];
    if (axis->id == POUPA__AXIS_PERIOD) {
        size_t size = poupa_period_print(poupa__axis_period(axis, code), printed);
        return poupa__arena_text(&table->arena, printed, size);
    }
    const poupa__word *word = poupa__dictionary_word(axis->texts, code - POUPA__CODE_TEXT);
    return poupa__arena_text(&table->arena, word->text, word->size);
}

static bool copy_key_texts(const poupa_rollup *rollup, poupa_rollup_table *table, key_texts *out)
{
    for (int i = 0; i < POUPA__AXIS_COUNT; i++) {
        const poupa__axis *axis = &rollup->axes[i];
        size_t count = axis->texts->count;
        out->texts[i] = POUPA__ARENA_ARRAY(&table->arena, const char *, count);
        for (size_t j = 0; out->texts[i] && j < count; j++) {
            out->texts[i][j] = copy_key_text(table, axis, (uint32_t)j + POUPA__CODE_TEXT);
            if (out->texts[i][j] == NULL)
                return false;
        }
        if (out->texts[i] == NULL)
            return false;
    }
    return true;
}

/* The keys of a group, in the order of the options; NULL for want of memory. */
static const char *const *keys_of(const poupa_rollup *rollup, poupa_rollup_table *table,
                                  const key_texts *texts, const uint32_t codes[POUPA__AXIS_COUNT])
{
    const char *next[POUPA__AXIS_COUNT];
    const char **keys = POUPA__ARENA_ARRAY(&table->arena, const char *, rollup->plan.by_count);
    for (int i = 0; i < POUPA__AXIS_COUNT; i++)
        next[i] = texts->texts[i][codes[i] - POUPA__CODE_TEXT];
    for (size_t i = 0; keys && i < rollup->plan.by_count; i++) {
        poupa__axis_id axis = poupa__group_axis(rollup->plan.by[i]);
        keys[i] = next[axis];
        next[axis] += strlen(next[axis]) + 1;
    }
    return keys;
}

/* -- Rows ---------------------------------------------------------------- */

/* Names a group by its keys: `month "2021-06", channel "portal"`. */
static poupa_status fail_for_sum(const poupa_rollup_table *table, const poupa_rollup_row *row,
                                 poupa_error *err)
{
    char name[256] = "all records";
    for (size_t i = 0; i < row->key_count; i++) {
        char shown[POUPA__SHOWN_SIZE];
        size_t used = i ? strlen(name) : 0;
        poupa__error_text(name + used, sizeof name - used, "%s%s \"%s\"", i ? ", " : "",
                          poupa_group_name(table->by[i]),
                          poupa__shown(row->keys[i], strlen(row->keys[i]), shown));
    }
    return poupa__error(err, POUPA_ERR_LIMIT,
                        "the attendances of %s add up to more than 9223372036854775807", name);
}

static poupa_period unpack(int32_t day, int32_t kind)
{
    return poupa_period_around(day, (poupa_period_kind)kind);
}

/* Divides by 8 towards minus infinity. */
static int32_t day_of(int32_t packed)
{
    return (packed - (packed & 7)) / 8;
}

static poupa_status add_group(const poupa_rollup *rollup, poupa_rollup_table *table,
                              const key_texts *texts, size_t group, poupa_error *err)
{
    uint32_t codes[POUPA__AXIS_COUNT];
    const poupa__tally *total = &rollup->totals[group];
    void *rows = table->rows;
    poupa__rollup_codes(rollup, group, codes);
    const char *const *keys = keys_of(rollup, table, texts, codes);
    if (keys == NULL || !poupa__grow(&table->arena.allocator, &rows, &table->capacity,
                                     table->count + 1, sizeof *table->rows))
        return poupa__error_memory(err);
    table->rows = (poupa_rollup_row *)rows;
    poupa_rollup_row *row = &table->rows[table->count++];
    *row = (poupa_rollup_row){
        .keys = keys,
        .key_count = rollup->plan.by_count,
        .period =
            poupa__axis_period(&rollup->axes[POUPA__AXIS_PERIOD], codes[POUPA__AXIS_PERIOD]),
        .rows = total->rows,
        .count = (int64_t)total->count,
        .wait_s = poupa__tally_mean(&total->times[POUPA__WAIT]),
        .service_s = poupa__tally_mean(&total->times[POUPA__SERVICE]),
        .first = unpack(day_of(total->first), total->first & 7),
        .last = unpack(day_of(total->last), 7 - (total->last & 7)),
    };
    row->wider = table->by_period && row->period.kind < rollup->plan.grain;
    if (total->count > INT64_MAX)
        return fail_for_sum(table, row, err);
    table->tally.kept += row->rows;
    table->tally.wider += row->wider ? row->rows : 0;
    return POUPA_OK;
}

/* -- Order --------------------------------------------------------------- */

static int by_keys(const void *a, const void *b)
{
    const poupa_rollup_row *x = (const poupa_rollup_row *)a;
    const poupa_rollup_row *y = (const poupa_rollup_row *)b;
    int order = x->wider - y->wider;
    for (size_t i = 0; order == 0 && i < x->key_count; i++)
        order = strcmp(x->keys[i], y->keys[i]);
    return order;
}

static int by_count(const void *a, const void *b)
{
    const poupa_rollup_row *x = (const poupa_rollup_row *)a;
    const poupa_rollup_row *y = (const poupa_rollup_row *)b;
    if (x->wider != y->wider || x->count == y->count)
        return by_keys(a, b);
    return x->count < y->count ? 1 : -1;
}

static void put_in_order(poupa_rollup_table *table, size_t top)
{
    table->tally.groups = table->count;
    if (table->count)
        qsort(table->rows, table->count, sizeof *table->rows, top ? by_count : by_keys);
    size_t narrow = 0;
    while (narrow < table->count && !table->rows[narrow].wider)
        narrow++;
    if (top && top < narrow) {
        memmove(table->rows + top, table->rows + narrow,
                (table->count - narrow) * sizeof *table->rows);
        table->count -= narrow - top;
    }
}

/* -- The table ----------------------------------------------------------- */

static bool copy_filters(const poupa__plan *plan, poupa_rollup_table *table)
{
    for (size_t i = 0; i < plan->filter_count; i++) {
        size_t count = plan->filters[i].values.count;
        const char **texts = POUPA__ARENA_ARRAY(&table->arena, const char *, count);
        if (texts == NULL)
            return false;
        for (size_t j = 0; j < count; j++) {
            const char *value = plan->filters[i].values.items[j];
            texts[j] = poupa__arena_text(&table->arena, value, strlen(value));
            if (texts[j] == NULL)
                return false;
        }
        table->filters[i] = (poupa_rollup_filter){plan->filters[i].group, {texts, count}};
    }
    table->filter_count = plan->filter_count;
    return true;
}

static poupa_status fill_table(const poupa_rollup *rollup, poupa_rollup_table *table,
                               poupa_error *err)
{
    key_texts texts;
    const poupa__plan *plan = &rollup->plan;
    memcpy(table->by, plan->by, sizeof table->by);
    table->by_count = plan->by_count;
    table->by_period = plan->grain != 0;
    if (!copy_filters(plan, table) || !copy_key_texts(rollup, table, &texts))
        return poupa__error_memory(err);
    for (size_t i = POUPA__GROUP_FIRST; i < rollup->groups->count; i++) {
        poupa_status status = POUPA_OK;
        if (rollup->totals[i].rows)
            status = add_group(rollup, table, &texts, i, err);
        if (status != POUPA_OK)
            return status;
    }
    table->tally.filtered = rollup->totals[POUPA__GROUP_FILTERED].rows;
    table->tally.cut = rollup->totals[POUPA__GROUP_CUT].rows;
    table->tally.rows = table->tally.kept + table->tally.filtered + table->tally.cut;
    put_in_order(table, plan->top);
    return POUPA_OK;
}

poupa_status poupa_rollup_finish(const poupa_rollup *rollup, poupa_rollup_table **out,
                                 poupa_error *err)
{
    POUPA__REQUIRE(out, err);
    *out = NULL;
    POUPA__REQUIRE(rollup, err);
    poupa_rollup_table *table = POUPA__NEW(&rollup->allocator, poupa_rollup_table);
    if (table == NULL)
        return poupa__error_memory(err);
    poupa__arena_init(&table->arena, rollup->allocator);
    poupa_status status = fill_table(rollup, table, err);
    if (status != POUPA_OK)
        poupa_rollup_table_free(table);
    else
        *out = table;
    return status;
}

void poupa_rollup_table_free(poupa_rollup_table *table)
{
    if (table == NULL)
        return;
    poupa_allocator allocator = table->arena.allocator;
    poupa__release(&allocator, table->rows, table->capacity * sizeof *table->rows);
    poupa__arena_free(&table->arena);
    poupa__release(&allocator, table, sizeof *table);
}

size_t poupa_rollup_table_count(const poupa_rollup_table *table)
{
    return table ? table->count : 0;
}

const poupa_rollup_row *poupa_rollup_table_at(const poupa_rollup_table *table, size_t index)
{
    return index < poupa_rollup_table_count(table) ? &table->rows[index] : NULL;
}

const poupa_group *poupa_rollup_table_by(const poupa_rollup_table *table, size_t *count)
{
    if (count)
        *count = table ? table->by_count : 0;
    return table ? table->by : NULL;
}

poupa_rollup_tally poupa_rollup_table_tally(const poupa_rollup_table *table)
{
    static const poupa_rollup_tally nothing = {0, 0, 0, 0, 0, 0};
    return table ? table->tally : nothing;
}
