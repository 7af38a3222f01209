/* add.c - adding a table, whole or not at all. */
#include <string.h>

#include "base/error.h"
#include "block.h"

typedef bool block_step(poupa_rollup *rollup, const poupa_attendance *table, poupa__block *rows);

static const uint8_t *bitmap_at(const uint8_t *bitmap, size_t byte)
{
    return bitmap ? bitmap + byte : NULL;
}

/* Some rows of a segment. */
static poupa_columns part_of(const poupa_columns *all, size_t first, size_t rows)
{
    size_t bit = all->bitmap_offset + first;
    return (poupa_columns){
        .rows = rows,
        .period_start = all->period_start + first,
        .period_kind = all->period_kind + first,
        .unit = all->unit + first,
        .service = all->service + first,
        .channel = all->channel + first,
        .count = all->count + first,
        .wait_s = all->wait_s + first,
        .service_s = all->service_s + first,
        .unit_valid = bitmap_at(all->unit_valid, bit / 8),
        .wait_valid = bitmap_at(all->wait_valid, bit / 8),
        .service_valid = bitmap_at(all->service_valid, bit / 8),
        .bitmap_offset = bit % 8,
    };
}

/* Takes a step with every block of a table, once the rows that can go the way of runs have
 * gone it where that is wanted; false where a step failed. */
static bool walk(poupa_rollup *rollup, const poupa_attendance *table, bool runs, block_step *step)
{
    poupa__block rows;
    for (size_t i = 0; i < poupa_attendance_segments(table); i++) {
        poupa_columns all;
        if (poupa_attendance_columns(table, i, &all, NULL) != POUPA_OK)
            return false;
        for (size_t first = 0; first < all.rows; first += rows.columns.rows) {
            size_t left = all.rows - first;
            rows.columns = part_of(&all, first, left);
            size_t done =
                runs ? poupa__run_add(rollup, table, &table->pieces[i], first, &rows.columns) : 0;
            rows.columns.rows = done;
            if (done)
                continue;
            rows.columns.rows = left < POUPA__BLOCK_ROWS ? left : (size_t)POUPA__BLOCK_ROWS;
            if (!step(rollup, table, &rows))
                return false;
        }
    }
    return true;
}

static bool add_rows_of_block(poupa_rollup *rollup, const poupa_attendance *table,
                              poupa__block *rows)
{
    if (!poupa__block_prepare(rollup, rows))
        return false;
    size_t done = rows->wide ? 0 : poupa__block_hurry(rollup, rows);
    size_t count = rows->columns.rows;
    if (done == count)
        return true;
    rows->columns = part_of(&rows->columns, done, count - done);
    bool added = poupa__block_locate(rollup, table, rows) && poupa__block_sum(rollup, rows);
    rows->columns.rows = count;
    return added;
}

static bool settle_block(poupa_rollup *rollup, const poupa_attendance *table, poupa__block *rows)
{
    bool located = poupa__block_locate(rollup, table, rows);
    for (size_t i = 0; located && i < rows->columns.rows; i++)
        poupa__bin_settle(rollup, rows->groups[i]);
    return located;
}

/* Puts what the table brought to the totals. Small tables must not pay for many groups:
 * where there are fewer rows, these lead to the bins, all their groups being known. */
static void settle_groups(poupa_rollup *rollup, const poupa_attendance *table)
{
    size_t count = rollup->groups->count;
    for (size_t i = 0; i < rollup->carried_capacity && i < count; i++)
        poupa__tally_add(&rollup->totals[i], &rollup->carried[i]);
    if (poupa_attendance_rows(table) < count && walk(rollup, table, false, settle_block))
        return;
    for (size_t i = 0; i < count; i++)
        poupa__bin_settle(rollup, i);
}

static void discard(poupa_rollup *rollup)
{
    for (size_t i = 0; i < rollup->bin_capacity; i++)
        rollup->bins[i] = poupa__bin_empty;
}

poupa_status poupa_rollup_add(poupa_rollup *rollup, const poupa_attendance *table,
                              poupa_error *err)
{
    POUPA__REQUIRE(rollup, err);
    POUPA__REQUIRE(table, err);
    bool added =
        poupa__rollup_begin(rollup, table) && walk(rollup, table, true, add_rows_of_block);
    if (added)
        settle_groups(rollup, table);
    else
        discard(rollup);
    rollup->rows_bound = 0;
    rollup->sums_bound = 0;
    poupa__release(&rollup->allocator, rollup->carried,
                   rollup->carried_capacity * sizeof *rollup->carried);
    rollup->carried = NULL;
    rollup->carried_capacity = 0;
    return added ? POUPA_OK : poupa__error_memory(err);
}
