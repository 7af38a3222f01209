/* series.c - metrics by what they are about, so that figures of a kind can be compared. */
#include "series.h"

#include <stdlib.h>
#include <string.h>

#include "model/catalog.h"

/* -- What figures are about ---------------------------------------------- */

static const struct {
    const char *name;
    size_t offset;
    bool is_list;
} dimensions[] = {
    {"program_id", offsetof(poupa_dimensions, program_id), false},
    {"organization_id", offsetof(poupa_dimensions, organization_id), false},
    {"service_id", offsetof(poupa_dimensions, service_id), false},
    {"area_id", offsetof(poupa_dimensions, area_id), false},
    {"channel_ids", offsetof(poupa_dimensions, channel_ids), true},
    {"unit_ids", offsetof(poupa_dimensions, unit_ids), true},
};

enum {
    /* At most 6, so that the sets of them fit in the bits of poupa__series_table.shapes. */
    DIMENSIONS = sizeof dimensions / sizeof *dimensions,
    /* What is hashed besides the dimensions. */
    PART_INDICATOR = DIMENSIONS,
    PART_FIRST_DAY,
    PART_LAST_DAY,
    PART_STATUS
};

static poupa__topic plus(poupa__topic x, poupa__topic y)
{
    return (poupa__topic){x.a + y.a, x.b + y.b};
}

static poupa__topic minus(poupa__topic x, poupa__topic y)
{
    return (poupa__topic){x.a - y.a, x.b - y.b};
}

static bool same_topic(poupa__topic x, poupa__topic y)
{
    return x.a == y.a && x.b == y.b;
}

static bool is_nothing(poupa__topic x)
{
    return x.a == 0 && x.b == 0;
}

static poupa__topic hash_of(poupa__hash_key key, int part, uint64_t value)
{
    uint64_t salt = (uint64_t)part << 56; /* above the bits of addresses and days */
    return (poupa__topic){poupa__mix(key.k0 ^ salt ^ value), poupa__mix(key.k1 ^ salt ^ value)};
}

/* Equal ids of a kind are one text in memory, so that its address stands for the id. */
static poupa__topic hash_of_id(poupa__hash_key key, int part, const char *id)
{
    return hash_of(key, part, (uintptr_t)id);
}

/* The hash of one dimension, which is zero where it is absent. */
static poupa__topic hash_of_dimension(poupa__hash_key key, const poupa_dimensions *set,
                                      int dimension)
{
    poupa__topic sum = {0, 0};
    const void *member = (const char *)set + dimensions[dimension].offset;
    if (dimensions[dimension].is_list) {
        const poupa_texts *ids = (const poupa_texts *)member;
        for (size_t i = 0; i < ids->count; i++)
            sum = plus(sum, hash_of_id(key, dimension, ids->items[i]));
    } else {
        const char *id = *(const char *const *)member;
        if (id[0])
            sum = hash_of_id(key, dimension, id);
    }
    return sum;
}

const char *poupa__series_difference(poupa__hash_key key, const poupa_dimensions *x,
                                     const poupa_dimensions *y)
{
    for (int i = 0; i < DIMENSIONS; i++)
        if (!same_topic(hash_of_dimension(key, x, i), hash_of_dimension(key, y, i)))
            return dimensions[i].name;
    return NULL;
}

/* -- Groups -------------------------------------------------------------- */

/* The slot of the group with a hash, or the free one where it belongs. The hash above the
 * index spares a look at most other groups on the way. */
static uint64_t *topic_slot(const poupa__series_table *table, poupa__topic hash)
{
    uint64_t mask = table->slot_count - 1;
    size_t i = (size_t)(hash.b & mask);
    for (;; i = (i + 1) & (size_t)mask) {
        uint64_t *slot = &table->slots[i];
        if (!*slot || (((*slot ^ hash.a) & ~mask) == 0 &&
                       same_topic(table->groups[(*slot & mask) - 1].hash, hash)))
            return slot;
    }
}

/* The group in a slot; NULL where it is free. */
static poupa__figure_group *group_in(const poupa__series_table *table, const uint64_t *slot)
{
    return *slot ? &table->groups[(*slot & (table->slot_count - 1)) - 1] : NULL;
}

/* Figures that nobody counted: forecasts, and the statuses of missing values. */
static bool was_counted(const poupa_metric *metric)
{
    static const uint32_t uncounted =
        1u << POUPA_OBS_FORECAST | 1u << POUPA_OBS_HOLIDAY | 1u << POUPA_OBS_NOT_COLLECTED |
        1u << POUPA_OBS_CANNOT_EXIST | 1u << POUPA_OBS_MISSING | 1u << POUPA_OBS_SUPPRESSED;
    return !(uncounted >> metric->status.code & 1);
}

static bool is_running_total(const poupa_metric *metric)
{
    const poupa_indicator *indicator =
        (const poupa_indicator *)poupa__follow(metric->indicator_id);
    return indicator && indicator->measure.code == POUPA_MEASURE_CUMULATIVE &&
           was_counted(metric);
}

static poupa__figure figure_of(poupa__hash_key key, const poupa_metric *metric)
{
    poupa__topic series = hash_of_id(key, PART_INDICATOR, metric->indicator_id);
    unsigned shape = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
        poupa__topic dimension = hash_of_dimension(key, &metric->dimensions, i);
        shape |= (unsigned)!is_nothing(dimension) << i;
        series = plus(series, dimension);
    }
    poupa__topic group = series;
    group = plus(group, hash_of(key, PART_FIRST_DAY, (uint32_t)metric->period.first));
    group = plus(group, hash_of(key, PART_LAST_DAY, (uint32_t)metric->period.last));
    group = plus(group, hash_of(key, PART_STATUS, (uint32_t)metric->status.code));
    poupa_interval interval = poupa_metric_interval(metric);
    return (poupa__figure){.metric = metric,
                           .last_day = metric->period.last,
                           .shape = (uint8_t)shape,
                           .is_total = is_running_total(metric),
                           .series = series,
                           .group = group,
                           .low = interval.low,
                           .high = interval.high};
}

/* Puts a figure in its group, noting one that is there already and disagrees. */
static void join_group(poupa__series_table *table, poupa__figure *figure)
{
    uint64_t *slot = topic_slot(table, figure->group);
    poupa__figure_group *group = group_in(table, slot);
    table->shapes |= UINT64_C(1) << figure->shape;
    if (!group) {
        table->groups[table->group_count++] =
            (poupa__figure_group){figure->group, figure, figure};
        *slot = table->group_count | (figure->group.a & ~(uint64_t)(table->slot_count - 1));
        return;
    }
    if (figure->low > group->lowest->high)
        figure->disagrees = group->lowest;
    else if (figure->high < group->highest->low)
        figure->disagrees = group->highest;
    if (figure->low > group->highest->low)
        group->highest = figure;
    if (figure->high < group->lowest->high)
        group->lowest = figure;
}

/* Whether the whole of what a metric measures is never less than a part of it. */
static bool is_additive(const poupa_metric *metric)
{
    const poupa_indicator *indicator =
        (const poupa_indicator *)poupa__follow(metric->indicator_id);
    int32_t measure = indicator ? indicator->measure.code : 0;
    return measure == POUPA_MEASURE_FLOW || measure == POUPA_MEASURE_STOCK ||
           measure == POUPA_MEASURE_CUMULATIVE;
}

/* The names of the dimensions of a shape, "channel_ids, unit_ids" say. */
static void name_dimensions(unsigned shape, char out[POUPA__WITHOUT_SIZE])
{
    size_t size = 0;
    out[0] = '\0';
    for (int i = 0; i < DIMENSIONS; i++) {
        if (!(shape >> i & 1))
            continue;
        poupa__error_text(out + size, POUPA__WITHOUT_SIZE - size, "%s%s", size ? ", " : "",
                          dimensions[i].name);
        size += strlen(out + size);
    }
}

const poupa__figure *poupa__series_exceeded(const poupa__series_table *table,
                                            const poupa__figure *part,
                                            char without[POUPA__WITHOUT_SIZE])
{
    if (part->shape == 0 || !is_additive(part->metric))
        return NULL;
    poupa__topic given[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++)
        given[i] = hash_of_dimension(table->key, &part->metric->dimensions, i);
    /* Every shape that lacks some of the part's dimensions, those that lack most last. */
    for (unsigned shape = part->shape; shape != 0;) {
        shape = (shape - 1) & part->shape;
        if (!(table->shapes >> shape & 1))
            continue;
        poupa__topic above = part->group;
        for (int i = 0; i < DIMENSIONS; i++)
            above = part->shape & ~shape & 1u << i ? minus(above, given[i]) : above;
        const poupa__figure_group *group = group_in(table, topic_slot(table, above));
        if (group && part->low > group->lowest->high) {
            name_dimensions(part->shape & ~shape, without);
            return group->lowest;
        }
    }
    return NULL;
}

/* -- Running totals ------------------------------------------------------ */

/* By series, then by last day, then by place in the file. */
static int compare_totals(const void *x, const void *y)
{
    const poupa__figure *a = *(poupa__figure *const *)x;
    const poupa__figure *b = *(poupa__figure *const *)y;
    if (a->series.a != b->series.a)
        return a->series.a < b->series.a ? -1 : 1;
    if (a->series.b != b->series.b)
        return a->series.b < b->series.b ? -1 : 1;
    if (a->last_day != b->last_day)
        return a->last_day < b->last_day ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Notes for each total, in order, the highest one of an earlier day if it falls below it. */
static void mark_falls(poupa__figure *const *totals, size_t count)
{
    const poupa__figure *highest = NULL; /* up to and including the day at hand */
    const poupa__figure *before = NULL;  /* before that day */
    for (size_t i = 0; i < count; i++) {
        poupa__figure *total = totals[i];
        if (i > 0 && !same_topic(total->series, totals[i - 1]->series))
            before = highest = NULL;
        else if (i > 0 && total->last_day != totals[i - 1]->last_day)
            before = highest;
        if (before && total->high < before->low)
            total->falls_below = before;
        if (!highest || total->low > highest->low)
            highest = total;
    }
}

static bool compare_running_totals(poupa__series_table *table, const poupa_allocator *allocator)
{
    size_t size = table->count * sizeof(poupa__figure *);
    poupa__figure **totals = (poupa__figure **)poupa__allocate(allocator, size);
    if (!totals)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++)
        if (table->figures[i].is_total)
            totals[count++] = &table->figures[i];
    qsort(totals, count, sizeof *totals, compare_totals);
    mark_falls(totals, count);
    poupa__release(allocator, totals, size);
    return true;
}

/* -- The table ----------------------------------------------------------- */

bool poupa__series_build(poupa__series_table *table, const poupa_catalog *catalog,
                         const poupa_allocator *allocator)
{
    const poupa__shelf *shelf = &catalog->shelves[POUPA_KIND_METRIC];
    size_t count = shelf->used;
    if (count == 0)
        return true;
    table->count = count;
    table->slot_count = 1;
    while (table->slot_count <= 2 * count)
        table->slot_count *= 2;
    table->figures = POUPA__NEW_ZEROED(allocator, poupa__figure, count);
    table->groups = POUPA__NEW_ARRAY(allocator, poupa__figure_group, count);
    table->slots = POUPA__NEW_ZEROED(allocator, uint64_t, table->slot_count);
    if (!table->figures || !table->groups || !table->slots)
        return false;
    for (size_t i = 0; i < count; i++)
        if (shelf->slots[i])
            table->figures[i] = figure_of(
                table->key, (const poupa_metric *)poupa__entity_struct(shelf->slots[i]));
    /* Apart from the loop above, so that the processor overlaps the look-ups. */
    for (size_t i = 0; i < count; i++)
        if (table->figures[i].metric)
            join_group(table, &table->figures[i]);
    return compare_running_totals(table, allocator);
}

void poupa__series_free(poupa__series_table *table, const poupa_allocator *allocator)
{
    poupa__release(allocator, table->slots, table->slot_count * sizeof *table->slots);
    poupa__release(allocator, table->groups, table->count * sizeof *table->groups);
    poupa__release(allocator, table->figures, table->count * sizeof *table->figures);
}
