/* metrics.c - results as metrics of a catalogue. */
#include <string.h>

#include "axis.h"
#include "base/error.h"
#include "model/catalog.h"
#include "results.h"

/* The members of dimensions. */
typedef enum dimension_member {
    MEMBER_NONE,
    MEMBER_UNITS,
    MEMBER_SERVICE,
    MEMBER_CHANNELS,
    MEMBER_ORGANIZATION,
    MEMBER_AREA,
    MEMBER_COUNT
} dimension_member;

static const dimension_member group_dimensions[] = {
    [0] = MEMBER_NONE,
    [POUPA_GROUP_PERIOD] = MEMBER_NONE,
    [POUPA_GROUP_UNIT] = MEMBER_UNITS,
    [POUPA_GROUP_SERVICE] = MEMBER_SERVICE,
    [POUPA_GROUP_CHANNEL] = MEMBER_CHANNELS,
    [POUPA_GROUP_ORGANIZATION] = MEMBER_ORGANIZATION,
    [POUPA_GROUP_AREA] = MEMBER_AREA,
    [POUPA_GROUP_DIGITAL] = MEMBER_CHANNELS,
};

typedef struct conversion {
    const poupa_rollup_table *table;
    const poupa_rollup_metrics *metrics;
    poupa_catalog *catalog;
    poupa__arena arena;            /* of lists of channels */
    poupa_dimensions from_filters; /* what holds for all rows */
    poupa_buffer id;
} conversion;

/* -- Dimensions ---------------------------------------------------------- */

/* The ids of the channels with one of some reaches. */
static bool channels_of(conversion *self, poupa_texts reaches, poupa_texts *out)
{
    size_t count = poupa_channel_count(self->catalog);
    const char **ids = POUPA__ARENA_ARRAY(&self->arena, const char *, count);
    *out = (poupa_texts){ids, 0};
    for (size_t i = 0; ids && i < count; i++) {
        const poupa_channel *channel = poupa_channel_at(self->catalog, i);
        for (size_t j = 0; j < reaches.count; j++) {
            if (strcmp(poupa__channel_reach(channel), reaches.items[j]) == 0) {
                ids[out->count++] = channel->id;
                break;
            }
        }
    }
    return ids != NULL;
}

static poupa_status cannot_say(poupa_group group, poupa_error *err)
{
    return poupa__error(err, POUPA_ERR_ARGUMENT,
                        "a metric cannot say what \"%s\" does beside the rest of the rollup",
                        poupa_group_name(group));
}

/* Says that a group has one of some values. */
static poupa_status say(conversion *self, poupa_group group, poupa_texts values,
                        poupa_dimensions *out, poupa_error *err)
{
    switch (group_dimensions[group.key]) {
    case MEMBER_UNITS:
        out->unit_ids = values;
        break;
    case MEMBER_CHANNELS:
        out->channel_ids = values;
        if (group.key != POUPA_GROUP_DIGITAL)
            break;
        if (!channels_of(self, values, &out->channel_ids))
            return poupa__error_memory(err);
        if (out->channel_ids.count == 0) /* a metric without channels would speak of all */
            return cannot_say(group, err);
        break;
    case MEMBER_SERVICE:
        out->service_id = values.items[0];
        break;
    case MEMBER_ORGANIZATION:
        out->organization_id = values.items[0];
        break;
    case MEMBER_AREA:
        out->area_id = values.items[0];
        break;
    default:
        break;
    }
    return POUPA_OK;
}

/* Whether a filter need not be said since the group's own values say more. */
static bool says_more(poupa_group group, poupa_group filter)
{
    return group.key != POUPA_GROUP_AREA &&
           (group.key == filter.key || group.key == POUPA_GROUP_CHANNEL);
}

static bool is_list(dimension_member what)
{
    return what == MEMBER_UNITS || what == MEMBER_CHANNELS;
}

/* What filters say of all rows; and whether what is asked for can be said at all. */
static poupa_status say_filters(conversion *self, poupa_error *err)
{
    const poupa_group *said[MEMBER_COUNT] = {NULL};
    const poupa_rollup_table *table = self->table;
    for (size_t i = 0; i < table->by_count; i++) {
        dimension_member what = group_dimensions[table->by[i].key];
        if (what != MEMBER_NONE && said[what])
            return cannot_say(table->by[i], err);
        said[what] = &table->by[i];
    }
    for (size_t i = 0; i < table->filter_count; i++) {
        const poupa_rollup_filter *filter = &table->filters[i];
        dimension_member what = group_dimensions[filter->group.key];
        if (what == MEMBER_NONE || (said[what] && says_more(*said[what], filter->group)))
            continue;
        bool several = filter->values.count > 1 && !is_list(what);
        if (said[what] || several || filter->values.items[0][0] == '\0')
            return cannot_say(filter->group, err);
        said[what] = &filter->group;
        poupa_status status = say(self, filter->group, filter->values, &self->from_filters, err);
        if (status != POUPA_OK)
            return status;
    }
    return POUPA_OK;
}

/* -- Metrics ------------------------------------------------------------- */

/* The prefix, the keys and a name with "." between them, in lower case as ids are. */
static bool make_id(conversion *self, const poupa_rollup_row *row, const char *name)
{
    const char *prefix = self->metrics->prefix ? self->metrics->prefix : "rollup";
    self->id.size = 0;
    bool made = poupa__buffer_append(&self->id, prefix, strlen(prefix));
    for (size_t i = 0; made && i < row->key_count; i++)
        made = poupa__buffer_append(&self->id, ".", 1) &&
               poupa__buffer_append(&self->id, row->keys[i], strlen(row->keys[i]));
    if (made && name)
        made = poupa__buffer_append(&self->id, ".", 1) &&
               poupa__buffer_append(&self->id, name, strlen(name));
    for (size_t i = 0; made && i < self->id.size; i++) {
        if (self->id.data[i] >= 'A' && self->id.data[i] <= 'Z')
            self->id.data[i] = (char)(self->id.data[i] - 'A' + 'a');
    }
    return made;
}

static poupa_period span_of(const poupa_rollup_row *row)
{
    if (row->period.kind)
        return row->period;
    if (row->first.first == row->last.first && row->first.kind == row->last.kind)
        return row->first;
    return (poupa_period){row->first.first, row->last.last, POUPA_PERIOD_RANGE, row->first.kind,
                          row->last.kind};
}

static poupa_status add_metric(conversion *self, const poupa_rollup_row *row,
                               const poupa_metric *what, const char *name, poupa_error *err)
{
    if (what->indicator_id == NULL)
        return POUPA_OK;
    if (!make_id(self, row, name))
        return poupa__error_memory(err);
    poupa_metric metric = *what;
    metric.id = self->id.data;
    metric.source_id = self->metrics->source_id;
    metric.period = span_of(row);
    metric.dimensions = self->from_filters;
    for (size_t i = 0; i < row->key_count; i++) {
        poupa_status status = say(self, self->table->by[i], (poupa_texts){&row->keys[i], 1},
                                  &metric.dimensions, err);
        if (status != POUPA_OK)
            return status;
    }
    return poupa_metric_add(self->catalog, &metric, err);
}

static bool is_told(const poupa_rollup_row *row)
{
    bool told = !row->wider;
    for (size_t i = 0; told && i < row->key_count; i++)
        told = row->keys[i][0] != '\0';
    return told;
}

static poupa_status add_metrics_of(conversion *self, const poupa_rollup_row *row,
                                   poupa_error *err)
{
    const poupa_rollup_metrics *asked = self->metrics;
    if (row->count > INT64_C(1) << 53)
        return poupa__error(err, POUPA_ERR_INVALID,
                            "%lld attendances are more than a metric can hold, which is 2^53",
                            (long long)row->count);
    const poupa_metric count = {.indicator_id = asked->indicator_id, .value = (double)row->count};
    const poupa_metric wait = {.indicator_id =
                                   row->wait_s.present ? asked->wait_indicator_id : NULL,
                               .value = row->wait_s.value};
    const poupa_metric service = {.indicator_id =
                                      row->service_s.present ? asked->service_indicator_id : NULL,
                                  .value = row->service_s.value};
    poupa_status status = add_metric(self, row, &count, NULL, err);
    if (status == POUPA_OK)
        status = add_metric(self, row, &wait, "wait_s", err);
    if (status == POUPA_OK)
        status = add_metric(self, row, &service, "service_s", err);
    return status;
}

static poupa_status add_metrics(conversion *self, size_t *left_out, poupa_error *err)
{
    poupa__part part = poupa__part_begin(self->catalog);
    poupa_status status = POUPA_OK;
    for (size_t i = 0; status == POUPA_OK && i < self->table->count; i++) {
        if (is_told(&self->table->rows[i]))
            status = add_metrics_of(self, &self->table->rows[i], err);
        else
            ++*left_out;
    }
    return poupa__part_end(self->catalog, part, status, err);
}

poupa_status poupa_rollup_to_metrics(const poupa_rollup_table *table,
                                     const poupa_rollup_metrics *metrics, poupa_catalog *catalog,
                                     size_t *left_out, poupa_error *err)
{
    POUPA__REQUIRE(table, err);
    POUPA__REQUIRE(metrics, err);
    POUPA__REQUIRE(catalog, err);
    size_t omitted = 0;
    conversion self = {.table = table, .metrics = metrics, .catalog = catalog};
    poupa__arena_init(&self.arena, table->arena.allocator);
    poupa__buffer_init(&self.id, table->arena.allocator);
    poupa_status status = say_filters(&self, err);
    if (status == POUPA_OK)
        status = add_metrics(&self, &omitted, err);
    if (status == POUPA_OK && left_out)
        *left_out = omitted;
    poupa_buffer_free(&self.id);
    poupa__arena_free(&self.arena);
    return status;
}
