/*
 * axis.h - the four columns that groups and filters are made from: period, unit, service and
 * channel.
 *
 * Whatever is grouped by follows from one of these columns. What a column's value comes to,
 * the keys of all groups that follow from it, is one text, each key with its NUL; those
 * texts are numbered. A value that a filter refuses has a number of its own.
 */
#ifndef POUPA__ROLLUP_AXIS_H
#define POUPA__ROLLUP_AXIS_H

#include "base/memory.h"
#include "base/text.h"
#include "poupa/rollup.h"
#include "table/dictionary.h"

typedef enum poupa__axis_id {
    POUPA__AXIS_PERIOD,
    POUPA__AXIS_UNIT,
    POUPA__AXIS_SERVICE,
    POUPA__AXIS_CHANNEL,
    POUPA__AXIS_COUNT
} poupa__axis_id;

/* Numbers of a column's values; the first text has the number POUPA__CODE_TEXT. */
enum {
    POUPA__CODE_UNKNOWN = 0, /* not looked at yet */
    POUPA__CODE_FILTERED,    /* refused by a filter */
    POUPA__CODE_CUT,         /* a period of which a filter takes only a part */
    POUPA__CODE_TEXT
};

/* A filter with its values in order, and, of a PERIOD, as periods. */
typedef struct poupa__filter {
    poupa_group group;
    poupa_texts values;
    poupa_period *periods;
} poupa__filter;

/* What a rollup was asked for. */
typedef struct poupa__plan {
    poupa_group by[POUPA_GROUPS_MAX];
    size_t by_count;
    poupa__filter filters[POUPA_GROUPS_MAX];
    size_t filter_count;
    poupa_catalog *catalog;
    int32_t grain; /* 0 where it is not by PERIOD */
    bool counts_only;
    size_t top;
    poupa__arena arena;
} poupa__plan;

typedef struct poupa__axis {
    poupa__axis_id id;
    bool idle; /* nothing follows from it: all its values are one, the empty text */
    poupa__dictionary *texts;
} poupa__axis;

bool poupa__group_equal(poupa_group a, poupa_group b);

/* The column that a group follows from. */
poupa__axis_id poupa__group_axis(poupa_group group);

/* Copies and checks options. After an error there is nothing to free. */
poupa_status poupa__plan_make(const poupa_rollup_options *options, poupa__plan *out,
                              poupa_error *err);
void poupa__plan_free(poupa__plan *plan);

/* Whether two plans group and filter alike. */
bool poupa__plan_equal(const poupa__plan *a, const poupa__plan *b);

bool poupa__axis_init(poupa__axis *axis, poupa__axis_id id, const poupa__plan *plan,
                      const poupa_allocator *allocator);

/* The number of an id, "" for none, or of a period; POUPA__CODE_UNKNOWN for want of memory. */
uint32_t poupa__axis_code(poupa__axis *axis, const poupa__plan *plan, const char *id,
                          poupa_buffer *scratch);
uint32_t poupa__axis_period_code(poupa__axis *axis, const poupa__plan *plan, int32_t first,
                                 poupa_period_kind kind);

/* The period that a number of the period axis stands for. */
poupa_period poupa__axis_period(const poupa__axis *axis, uint32_t code);

/* "digital", "in_person", "other", or "" for NULL. */
const char *poupa__channel_reach(const poupa_channel *channel);

#endif
