/*
 * run.c - the shortest way: many rows of one day, by at most one column of words.
 *
 * Only the word and the numbers differ from row to row, so each word has a strand, to which
 * its rows are added without a look at groups; the strands are put to the bins when the run
 * is over. Few words have several strands each, taken in turn, lest rows of one word that
 * follow each other wait for each other's sum.
 */
#include <string.h>

#include "block.h"

enum { RUN_BITS = 14, RUN_LEAST = 256, FEW_WORDS = 64, MANY_WORDS = 512, TURNS = 4 };

/* The number of rows and the sum of their counts share a number. */
enum { COUNT_BITS = 64 - RUN_BITS - 1 };

struct poupa__strand {
    uint64_t rows_and_count; /* rows << COUNT_BITS | count */
    uint64_t sums[POUPA__TIME_COUNT];
    uint64_t weights[POUPA__TIME_COUNT];
    uint64_t unused[3]; /* one line of the cache */
};

/* Where the rows' groups are found. */
typedef struct day_run {
    const poupa_columns *columns;
    size_t rows;
    uint32_t place;       /* what the day has of the groups' places */
    const int32_t *words; /* NULL for none */
    const uint8_t *valid; /* bits of the words; NULL where all are */
    size_t word_count;    /* that of none among them */
    const uint32_t *map;  /* codes of words, that of none before them */
    unsigned word_shift;
} day_run;

/* What a loop over rows need not ask; see hurry.c. */
typedef struct run_manner {
    bool by_word;
    bool nullable; /* the words may be absent */
    bool times;
    unsigned turns; /* strands of a word */
} run_manner;

/* -- Adding rows to strands ------------------------------------------------ */

static inline uint64_t valid_weight(const uint8_t *valid, size_t bit, uint64_t weight)
{
    return valid ? weight & (0 - (uint64_t)poupa__bit_is_set(valid, bit)) : weight;
}

static inline void run_rows(poupa__strand *__restrict strands, const day_run *self,
                            run_manner how)
{
    const poupa_columns rows = *self->columns;
    for (size_t i = 0; i < self->rows; i++) {
        uint32_t word = how.by_word ? (uint32_t)self->words[i] + 1 : 0;
        size_t bit = rows.bitmap_offset + i;
        if (how.nullable)
            word &= 0 - (uint32_t)poupa__bit_is_set(self->valid, bit);
        poupa__strand *strand = &strands[word * how.turns + i % how.turns];
        uint64_t weight = (uint64_t)rows.count[i];
        strand->rows_and_count += (UINT64_C(1) << COUNT_BITS) + weight;
        if (!how.times)
            continue;
        /* Where there are no seconds they read as 0. */
        strand->sums[POUPA__WAIT] += weight * (uint32_t)rows.wait_s[i];
        strand->sums[POUPA__SERVICE] += weight * (uint32_t)rows.service_s[i];
        strand->weights[POUPA__WAIT] += valid_weight(rows.wait_valid, bit, weight);
        strand->weights[POUPA__SERVICE] += valid_weight(rows.service_valid, bit, weight);
    }
}

static void add_to_strands(poupa__strand *strands, const day_run *self, bool in_turns)
{
    if (self->words == NULL)
        run_rows(strands, self, (run_manner){false, false, false, TURNS});
    else if (self->valid && in_turns)
        run_rows(strands, self, (run_manner){true, true, false, TURNS});
    else if (self->valid)
        run_rows(strands, self, (run_manner){true, true, false, 1});
    else if (in_turns)
        run_rows(strands, self, (run_manner){true, false, false, TURNS});
    else
        run_rows(strands, self, (run_manner){true, false, false, 1});
}

static void add_counts_and_times(poupa__strand *strands, const day_run *self, bool in_turns)
{
    if (self->words == NULL)
        run_rows(strands, self, (run_manner){false, false, true, TURNS});
    else if (self->valid && in_turns)
        run_rows(strands, self, (run_manner){true, true, true, TURNS});
    else if (self->valid)
        run_rows(strands, self, (run_manner){true, true, true, 1});
    else if (in_turns)
        run_rows(strands, self, (run_manner){true, false, true, TURNS});
    else
        run_rows(strands, self, (run_manner){true, false, true, 1});
}

/* -- From strands to bins ---------------------------------------------------- */

/* The group of the rows that have a word, NONE where something about it is new. */
static uint32_t group_of(const poupa_rollup *rollup, const day_run *self, size_t word)
{
    uint32_t code = self->map ? self->map[word] : 0;
    if (self->map && code == POUPA__CODE_UNKNOWN)
        return POUPA__GROUP_NONE;
    return rollup->direct[self->place | code << self->word_shift];
}

static void put_to_bin(poupa__bin *bin, const poupa__strand *strand, int32_t day)
{
    bin->rows += (uint32_t)(strand->rows_and_count >> COUNT_BITS);
    bin->count += strand->rows_and_count & ((UINT64_C(1) << COUNT_BITS) - 1);
    for (int i = 0; i < POUPA__TIME_COUNT; i++) {
        bin->sums[i] += strand->sums[i];
        bin->weights[i] += strand->weights[i];
    }
    if (day * 8 + POUPA_PERIOD_DAY < bin->first)
        bin->first = day * 8 + POUPA_PERIOD_DAY;
    if (day * 8 + 7 - POUPA_PERIOD_DAY > bin->last)
        bin->last = day * 8 + 7 - POUPA_PERIOD_DAY;
}

/* Puts all strands to the bins, or, where a group is not known, none. */
static bool put_all(poupa_rollup *rollup, const day_run *self, size_t turns)
{
    const poupa__strand *strands = rollup->strands;
    size_t count = self->word_count * turns;
    for (size_t i = 0; i < count; i++) {
        if (strands[i].rows_and_count && group_of(rollup, self, i / turns) == POUPA__GROUP_NONE)
            return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (strands[i].rows_and_count)
            put_to_bin(&rollup->bins[group_of(rollup, self, i / turns)], &strands[i],
                       self->columns->period_start[0]);
    }
    return true;
}

/* -- Runs ---------------------------------------------------------------------- */

/* What the day has of the places; false for want of memory, and where its code is so new
 * that places have no room for it yet. */
static bool find_day(poupa_rollup *rollup, day_run *self)
{
    if (rollup->axes[POUPA__AXIS_PERIOD].idle)
        return true;
    unsigned first_bit = rollup->shifts[POUPA__AXIS_PERIOD];
    unsigned bits = rollup->shifts[POUPA__AXIS_PERIOD + 1] - first_bit;
    uint32_t code = poupa__day_code(rollup, self->columns->period_start[0]);
    self->place = code << first_bit;
    return code != POUPA__CODE_UNKNOWN && code >> bits == 0;
}

static void find_words(const poupa_rollup *rollup, const poupa_attendance *table, day_run *self,
                       poupa__axis_id axis)
{
    const poupa_columns *columns = self->columns;
    const int32_t *const words[POUPA__AXIS_COUNT] = {NULL, columns->unit, columns->service,
                                                     columns->channel};
    self->word_count = 1;
    if (axis == POUPA__AXIS_PERIOD)
        return;
    self->words = words[axis];
    self->valid = axis == POUPA__AXIS_UNIT ? columns->unit_valid : NULL;
    self->map = rollup->maps[axis];
    self->word_shift = rollup->shifts[axis];
    poupa_attendance_words(table, (poupa_dictionary)(axis - POUPA__AXIS_UNIT), &self->word_count);
    self->word_count++;
}

/* Whether the sums of counts of so many bits fit in strands. */
static bool strands_hold(const poupa_rollup *rollup, unsigned bits)
{
    return bits + RUN_BITS <= COUNT_BITS && poupa__product_bits(rollup, bits) + RUN_BITS < 63;
}

/* Whether the numbers of a run fit in strands, and the bins can take them. What is known of all
 * counts of the piece mostly will do. */
static bool prepare(poupa_rollup *rollup, const day_run *self, uint64_t counts)
{
    unsigned bits = poupa__bit_count(counts);
    if (!strands_hold(rollup, bits))
        bits = poupa__count_bits(self->columns->count, self->rows);
    return strands_hold(rollup, bits) &&
           poupa__bins_prepare(rollup, self->rows,
                               (uint64_t)self->rows << poupa__product_bits(rollup, bits));
}

/* Empty strands; NULL for want of memory. */
static poupa__strand *take_strands(poupa_rollup *rollup, size_t count)
{
    if (rollup->strands == NULL)
        rollup->strands =
            (poupa__strand *)poupa__allocate(&rollup->allocator, POUPA__STRANDS_SIZE);
    if (rollup->strands)
        memset(rollup->strands, 0, count * sizeof *rollup->strands);
    return rollup->strands;
}

size_t poupa__run_add(poupa_rollup *rollup, const poupa_attendance *table,
                      const poupa__piece *piece, size_t first, const poupa_columns *rows)
{
    poupa__axis_id axis = poupa__rollup_words(rollup);
    day_run self = {.columns = rows};
    if (rows->period_kind[0] == POUPA_PERIOD_DAY)
        self.rows = poupa__piece_steady_rows(piece, first, (size_t)1 << RUN_BITS);
    if (self.rows < RUN_LEAST || rollup->direct == NULL || axis == POUPA__AXIS_COUNT)
        return 0;
    find_words(rollup, table, &self, axis);
    size_t turns = self.word_count <= FEW_WORDS ? TURNS : 1;
    if (self.word_count > MANY_WORDS || self.word_count * turns > self.rows ||
        !find_day(rollup, &self) || !prepare(rollup, &self, piece->counts))
        return 0;
    poupa__strand *strands = take_strands(rollup, self.word_count * turns);
    if (strands == NULL)
        return 0;
    if (rollup->plan.counts_only)
        add_to_strands(strands, &self, turns > 1);
    else
        add_counts_and_times(strands, &self, turns > 1);
    return put_all(rollup, &self, turns) ? self.rows : 0;
}
