/* sum.c - adding the numbers of a block to the bins of its rows' groups. */
#include "block.h"

/* -- Bins ---------------------------------------------------------------- */

static void add_bin(poupa__tally *sum, const poupa__bin *bin)
{
    poupa__tally more = {
        .rows = bin->rows, .count = bin->count, .first = bin->first, .last = bin->last};
    for (int i = 0; i < POUPA__TIME_COUNT; i++)
        more.times[i] = (poupa__time_tally){{0, bin->sums[i]}, bin->weights[i]};
    poupa__tally_add(sum, &more);
}

void poupa__bin_settle(poupa_rollup *rollup, size_t group)
{
    poupa__bin *bin = &rollup->bins[group];
    if (bin->rows == 0)
        return;
    add_bin(&rollup->totals[group], bin);
    *bin = poupa__bin_empty;
}

static bool reserve_carried(poupa_rollup *rollup)
{
    size_t old = rollup->carried_capacity;
    void *carried = rollup->carried;
    bool grown = poupa__grow(&rollup->allocator, &carried, &rollup->carried_capacity,
                             rollup->groups->count, sizeof *rollup->carried);
    rollup->carried = (poupa__tally *)carried;
    for (size_t i = old; i < rollup->carried_capacity; i++)
        rollup->carried[i] = poupa__tally_empty;
    return grown;
}

/* Empties the bins, which the table at hand has filled. */
static bool carry(poupa_rollup *rollup)
{
    if (!reserve_carried(rollup))
        return false;
    for (size_t i = 0; i < rollup->groups->count; i++) {
        add_bin(&rollup->carried[i], &rollup->bins[i]);
        rollup->bins[i] = poupa__bin_empty;
    }
    rollup->rows_bound = 0;
    rollup->sums_bound = 0;
    return true;
}

/* -- Plain sums ---------------------------------------------------------- */

static inline void add_counts(poupa__bin *__restrict bins, const poupa__block *rows, bool days)
{
    const int64_t *count = rows->columns.count;
    const int32_t *start = rows->columns.period_start;
    for (size_t i = 0; i < rows->columns.rows; i++) {
        poupa__bin *bin = &bins[rows->groups[i]];
        int32_t first = days ? start[i] * 8 + POUPA_PERIOD_DAY : rows->firsts[i];
        int32_t last = days ? start[i] * 8 + 7 - POUPA_PERIOD_DAY : rows->lasts[i];
        bin->count += (uint64_t)count[i];
        bin->rows++;
        if (first < bin->first)
            bin->first = first;
        if (last > bin->last)
            bin->last = last;
    }
}

static inline void add_times(poupa__bin *__restrict bins, const poupa__block *rows, size_t count,
                             const int32_t *seconds, const uint8_t *valid, poupa__time time)
{
    for (size_t i = 0; i < count; i++) {
        poupa__bin *bin = &bins[rows->groups[i]];
        uint64_t weight = (uint64_t)rows->columns.count[i];
        /* Where there are no seconds they read as 0. */
        bin->sums[time] += weight * (uint32_t)seconds[i];
        if (valid)
            weight &= 0 - (uint64_t)poupa__bit_is_set(valid, rows->columns.bitmap_offset + i);
        bin->weights[time] += weight;
    }
}

static void add_time(poupa_rollup *rollup, const poupa__block *rows, size_t count,
                     const int32_t *seconds, const uint8_t *valid, poupa__time time)
{
    if (valid)
        add_times(rollup->bins, rows, count, seconds, valid, time);
    else
        add_times(rollup->bins, rows, count, seconds, NULL, time);
}

void poupa__block_sum_times(poupa_rollup *rollup, const poupa__block *rows, size_t count)
{
    const poupa_columns *columns = &rows->columns;
    if (rollup->plan.counts_only)
        return;
    add_time(rollup, rows, count, columns->wait_s, columns->wait_valid, POUPA__WAIT);
    add_time(rollup, rows, count, columns->service_s, columns->service_valid, POUPA__SERVICE);
}

static void add_plainly(poupa_rollup *rollup, const poupa__block *rows)
{
    if (rows->days)
        add_counts(rollup->bins, rows, true);
    else
        add_counts(rollup->bins, rows, false);
    poupa__block_sum_times(rollup, rows, rows->columns.rows);
}

/* -- Wide sums ----------------------------------------------------------- */

static void add_time_widely(poupa_rollup *rollup, const poupa__block *rows,
                            const int32_t *seconds, const uint8_t *valid, poupa__time time)
{
    for (size_t i = 0; i < rows->columns.rows; i++) {
        poupa__time_tally *tally = &rollup->carried[rows->groups[i]].times[time];
        uint64_t weight = (uint64_t)rows->columns.count[i];
        if (valid && !poupa__bit_is_set(valid, rows->columns.bitmap_offset + i))
            continue;
        poupa__wide_add(&tally->sum, poupa__wide_product(weight, (uint32_t)seconds[i]));
        tally->weight = poupa__count_sum(tally->weight, weight);
    }
}

/* For counts so large that even the sums of one block could overflow. */
static bool add_widely(poupa_rollup *rollup, const poupa__block *rows)
{
    const poupa_columns *columns = &rows->columns;
    if (!reserve_carried(rollup))
        return false;
    for (size_t i = 0; i < columns->rows; i++) {
        int32_t day = columns->period_start[i] * 8;
        const poupa__tally row = {
            .rows = 1,
            .count = (uint64_t)columns->count[i],
            .first = rows->days ? day + POUPA_PERIOD_DAY : rows->firsts[i],
            .last = rows->days ? day + 7 - POUPA_PERIOD_DAY : rows->lasts[i],
        };
        poupa__tally_add(&rollup->carried[rows->groups[i]], &row);
    }
    if (rollup->plan.counts_only)
        return true;
    add_time_widely(rollup, rows, columns->wait_s, columns->wait_valid, POUPA__WAIT);
    add_time_widely(rollup, rows, columns->service_s, columns->service_valid, POUPA__SERVICE);
    return true;
}

/* -- Bounds -------------------------------------------------------------- */

unsigned poupa__bit_count(uint64_t all)
{
    unsigned bits = 0;
    for (; all; all >>= 1)
        bits++;
    return bits;
}

unsigned poupa__count_bits(const int64_t *count, size_t rows)
{
    uint64_t all[4] = {0};
    size_t i = 0;
    for (; i + 4 <= rows; i += 4) {
        all[0] |= (uint64_t)count[i];
        all[1] |= (uint64_t)count[i + 1];
        all[2] |= (uint64_t)count[i + 2];
        all[3] |= (uint64_t)count[i + 3];
    }
    for (; i < rows; i++)
        all[0] |= (uint64_t)count[i];
    return poupa__bit_count(all[0] | all[1] | all[2] | all[3]);
}

bool poupa__bins_prepare(poupa_rollup *rollup, size_t rows, uint64_t bound)
{
    const uint64_t most = UINT64_C(1) << 63;
    bool full = rollup->sums_bound > most - bound || rollup->rows_bound + rows > UINT32_MAX;
    if (full && !carry(rollup))
        return false;
    rollup->sums_bound += bound;
    rollup->rows_bound += rows;
    return true;
}

bool poupa__block_prepare(poupa_rollup *rollup, poupa__block *rows)
{
    size_t count = rows->columns.rows;
    unsigned bits = poupa__product_bits(rollup, poupa__count_bits(rows->columns.count, count));
    rows->wide = bits + POUPA__BLOCK_BITS >= 63;
    return rows->wide || poupa__bins_prepare(rollup, count, (uint64_t)count << bits);
}

bool poupa__block_sum(poupa_rollup *rollup, poupa__block *rows)
{
    if (rows->wide)
        return add_widely(rollup, rows);
    add_plainly(rollup, rows);
    return true;
}
