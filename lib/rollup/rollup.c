/* rollup.c - making, merging and freeing rollups; their groups. */
#include <string.h>

#include "base/error.h"
#include "block.h"

/* -- Groups -------------------------------------------------------------- */

/* Makes room for the totals and bins of as many groups as there are. */
static bool make_group_room(poupa_rollup *rollup)
{
    size_t old_totals = rollup->total_capacity;
    size_t old_bins = rollup->bin_capacity;
    void *totals = rollup->totals;
    void *bins = rollup->bins;
    bool grown = poupa__grow(&rollup->allocator, &totals, &rollup->total_capacity,
                             rollup->groups->count, sizeof *rollup->totals);
    rollup->totals = (poupa__tally *)totals;
    for (size_t i = old_totals; i < rollup->total_capacity; i++)
        rollup->totals[i] = poupa__tally_empty;
    grown = grown && poupa__grow(&rollup->allocator, &bins, &rollup->bin_capacity,
                                 rollup->groups->count, sizeof *rollup->bins);
    rollup->bins = (poupa__bin *)bins;
    for (size_t i = old_bins; i < rollup->bin_capacity; i++)
        rollup->bins[i] = poupa__bin_empty;
    return grown;
}

static uint32_t intern_group(poupa_rollup *rollup, const uint32_t codes[POUPA__AXIS_COUNT])
{
    size_t count = rollup->groups->count;
    int32_t group = poupa__dictionary_add(rollup->groups, (const char *)codes,
                                          POUPA__AXIS_COUNT * sizeof *codes);
    if (group != POUPA__NO_WORD && !make_group_room(rollup)) {
        poupa__dictionary_cut(rollup->groups, count);
        group = POUPA__NO_WORD;
    }
    return group == POUPA__NO_WORD ? (uint32_t)POUPA__GROUP_NONE : (uint32_t)group;
}

uint32_t poupa__rollup_group(poupa_rollup *rollup, const uint32_t codes[POUPA__AXIS_COUNT])
{
    uint32_t least = codes[0];
    for (int i = 1; i < POUPA__AXIS_COUNT; i++)
        least = codes[i] < least ? codes[i] : least;
    if (least < POUPA__CODE_TEXT)
        return least == POUPA__CODE_CUT ? POUPA__GROUP_CUT : POUPA__GROUP_FILTERED;
    return intern_group(rollup, codes);
}

void poupa__rollup_codes(const poupa_rollup *rollup, size_t group,
                         uint32_t codes[POUPA__AXIS_COUNT])
{
    memcpy(codes, poupa__dictionary_word(rollup->groups, group)->text,
           POUPA__AXIS_COUNT * sizeof *codes);
}

/* -- Making and freeing -------------------------------------------------- */

static bool start_rollup(poupa_rollup *rollup)
{
    static const uint32_t none[POUPA__AXIS_COUNT] = {POUPA__CODE_UNKNOWN};
    static const uint32_t filtered[POUPA__AXIS_COUNT] = {POUPA__CODE_FILTERED};
    static const uint32_t cut[POUPA__AXIS_COUNT] = {POUPA__CODE_CUT};
    rollup->groups = poupa__dictionary_new(&rollup->allocator);
    for (int id = 0; id < POUPA__AXIS_COUNT; id++) {
        if (!poupa__axis_init(&rollup->axes[id], (poupa__axis_id)id, &rollup->plan,
                              &rollup->allocator))
            return false;
    }
    return rollup->groups && intern_group(rollup, none) == POUPA__GROUP_NONE &&
           intern_group(rollup, filtered) == POUPA__GROUP_FILTERED &&
           intern_group(rollup, cut) == POUPA__GROUP_CUT;
}

poupa_status poupa_rollup_new(const poupa_rollup_options *options, poupa_rollup **out,
                              poupa_error *err)
{
    static const poupa_rollup_options everything = {.by = NULL};
    POUPA__REQUIRE(out, err);
    *out = NULL;
    if (options == NULL)
        options = &everything;
    poupa_allocator allocator = poupa__allocator(options->allocator);
    poupa_rollup *rollup = POUPA__NEW(&allocator, poupa_rollup);
    if (rollup == NULL)
        return poupa__error_memory(err);
    rollup->allocator = allocator;
    poupa_status status = poupa__plan_make(options, &rollup->plan, err);
    if (status != POUPA_OK) {
        poupa__release(&allocator, rollup, sizeof *rollup);
        return status;
    }
    poupa__buffer_init(&rollup->scratch, allocator);
    if (!start_rollup(rollup)) {
        poupa_rollup_free(rollup);
        return poupa__error_memory(err);
    }
    *out = rollup;
    return POUPA_OK;
}

void poupa_rollup_free(poupa_rollup *rollup)
{
    if (rollup == NULL)
        return;
    poupa_allocator allocator = rollup->allocator;
    poupa__release(&allocator, rollup->totals, rollup->total_capacity * sizeof *rollup->totals);
    poupa__release(&allocator, rollup->bins, rollup->bin_capacity * sizeof *rollup->bins);
    poupa__release(&allocator, rollup->strands, POUPA__STRANDS_SIZE);
    poupa__release(&allocator, rollup->carried,
                   rollup->carried_capacity * sizeof *rollup->carried);
    poupa__release(&allocator, rollup->direct, rollup->direct_count * sizeof *rollup->direct);
    for (int kind = 0; kind <= POUPA_PERIOD_DAY; kind++)
        poupa__release(&allocator, rollup->calendars[kind].codes,
                       rollup->calendars[kind].count * sizeof *rollup->calendars[kind].codes);
    for (int i = 0; i < POUPA__AXIS_COUNT; i++) {
        poupa__dictionary_release(rollup->axes[i].texts);
        poupa__release(&allocator, rollup->maps[i],
                       rollup->map_capacities[i] * sizeof *rollup->maps[i]);
    }
    poupa__dictionary_release(rollup->groups);
    poupa_buffer_free(&rollup->scratch);
    poupa__plan_free(&rollup->plan);
    poupa__release(&allocator, rollup, sizeof *rollup);
}

poupa__axis_id poupa__rollup_words(const poupa_rollup *rollup)
{
    poupa__axis_id found = POUPA__AXIS_PERIOD;
    for (int id = POUPA__AXIS_UNIT; id < POUPA__AXIS_COUNT; id++) {
        if (!rollup->axes[id].idle)
            found = found == POUPA__AXIS_PERIOD ? (poupa__axis_id)id : POUPA__AXIS_COUNT;
    }
    return found;
}

/* -- Merging ------------------------------------------------------------- */

/* The group of `rollup` that has the keys of a group of `other`; NONE for want of memory. */
static uint32_t same_group(poupa_rollup *rollup, const poupa_rollup *other, size_t group)
{
    uint32_t codes[POUPA__AXIS_COUNT];
    if (group < POUPA__GROUP_FIRST)
        return (uint32_t)group;
    poupa__rollup_codes(other, group, codes);
    for (int i = 0; i < POUPA__AXIS_COUNT; i++) {
        const poupa__word *text =
            poupa__dictionary_word(other->axes[i].texts, codes[i] - POUPA__CODE_TEXT);
        int32_t word = poupa__dictionary_add(rollup->axes[i].texts, text->text, text->size);
        if (word == POUPA__NO_WORD)
            return POUPA__GROUP_NONE;
        codes[i] = (uint32_t)word + POUPA__CODE_TEXT;
    }
    return poupa__rollup_group(rollup, codes);
}

poupa_status poupa_rollup_merge(poupa_rollup *rollup, const poupa_rollup *other, poupa_error *err)
{
    POUPA__REQUIRE(rollup, err);
    POUPA__REQUIRE(other, err);
    if (rollup == other || !poupa__plan_equal(&rollup->plan, &other->plan))
        return poupa__error(err, POUPA_ERR_ARGUMENT,
                            "the rollups are one, or were made with different options");
    /* Groups without rows show nowhere, so that making them all first leaves no trace. */
    size_t count = other->groups->count;
    uint32_t *groups = POUPA__NEW_ARRAY(&rollup->allocator, uint32_t, count);
    bool made = groups != NULL;
    for (size_t i = POUPA__GROUP_FILTERED; made && i < count; i++) {
        groups[i] = same_group(rollup, other, i);
        made = groups[i] != POUPA__GROUP_NONE;
    }
    for (size_t i = POUPA__GROUP_FILTERED; made && i < count; i++)
        poupa__tally_add(&rollup->totals[groups[i]], &other->totals[i]);
    poupa__release(&rollup->allocator, groups, count * sizeof *groups);
    return made ? POUPA_OK : poupa__error_memory(err);
}
