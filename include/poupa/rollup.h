/*
 * rollup.h - attendance records added up: by period, unit, service and channel, and,
 * through a catalogue, by organization, area and whether a channel is digital.
 *
 * A rollup takes tables one after the other, so that its memory depends on the number of
 * groups and not on that of the rows. Its results are exact and depend neither on how the
 * rows are spread over tables nor on the order of tables and merges.
 */
#ifndef POUPA_ROLLUP_H
#define POUPA_ROLLUP_H

#include "catalog.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- What to group by ---------------------------------------------------- */

typedef enum poupa_group_key {
    POUPA_GROUP_PERIOD = 1,
    POUPA_GROUP_UNIT,
    POUPA_GROUP_SERVICE,
    POUPA_GROUP_CHANNEL,
    POUPA_GROUP_ORGANIZATION, /**< of the service; needs a catalogue */
    POUPA_GROUP_AREA,         /**< of the unit; needs a catalogue */
    POUPA_GROUP_DIGITAL       /**< of the channel: "digital", "in_person" (it has places and
                                   is not digital) or "other"; needs a catalogue */
} poupa_group_key;

/** Something to group by. A value that a record or the catalogue does not tell is "". */
typedef struct poupa_group {
    poupa_group_key key;
    int32_t level; /**< PERIOD: the grain, a poupa_period_kind from YEAR to DAY, or 0 in
                        filters. AREA: the type of area that the unit's area is or lies in,
                        as POUPA_AREA_…, or 0 for the unit's area itself; types that the
                        format does not name have no level. Else 0. */
} poupa_group;

/** How many groups and how many filters a rollup may have. */
#define POUPA_GROUPS_MAX 16

/**
 * The word of a group: "period" "day" "month" "quarter" "half" "year" "unit" "service"
 * "channel" "organization" "area" "country" "state" "region" "municipality" "district"
 * "digital"; "" for no group.
 */
POUPA_API const char *poupa_group_name(poupa_group group);

/** Finds a group by its word; false where there is none. */
POUPA_API bool poupa_group_find(const char *name, poupa_group *out);

/** The word at an index, for help and completions; NULL past the end. */
POUPA_API const char *poupa_group_word(size_t index);

/**
 * Keeps the records that have one of the values. For a PERIOD, those that lie wholly in
 * one of the periods, which may be of any form. For an AREA, those of units in one of the
 * areas or in any area below it.
 */
typedef struct poupa_rollup_filter {
    poupa_group group;
    poupa_texts values;
} poupa_rollup_filter;

/** What a rollup does. All zero adds everything up. */
typedef struct poupa_rollup_options {
    const poupa_group *by; /**< in the order of the results' keys; at most one PERIOD */
    size_t by_count;
    const poupa_rollup_filter *filters; /**< all of them must hold */
    size_t filter_count;
    poupa_catalog *catalog; /**< retained; must not change meanwhile; may be NULL */
    bool counts_only;       /**< leave out the mean times, which saves a third of the time */
    size_t top;             /**< only that many groups, those of most attendances; 0: all */
    const poupa_allocator *allocator;
} poupa_rollup_options;

/* -- Adding up ----------------------------------------------------------- */

typedef struct poupa_rollup poupa_rollup;

/** Makes a rollup; free it. Errors: ARGUMENT (a group or filter that cannot be, or that
 *  needs a catalogue), INVALID (a PERIOD to filter by that is none), MEMORY. */
POUPA_API poupa_status poupa_rollup_new(const poupa_rollup_options *options, poupa_rollup **out,
                                        poupa_error *err);
POUPA_API void poupa_rollup_free(poupa_rollup *rollup);

/** Adds the rows of a table, which is not kept. Errors: MEMORY, ARGUMENT. */
POUPA_API poupa_status poupa_rollup_add(poupa_rollup *rollup, const poupa_attendance *table,
                                        poupa_error *err);

/**
 * Adds what another rollup has added up, for threads that each have their own. Errors:
 * ARGUMENT where the two were not made with the same options, MEMORY.
 */
POUPA_API poupa_status poupa_rollup_merge(poupa_rollup *rollup, const poupa_rollup *other,
                                          poupa_error *err);

/* -- Results ------------------------------------------------------------- */

/** One group. Texts live as long as the table. */
typedef struct poupa_rollup_row {
    const char *const *keys; /**< a text for each of the options' groups */
    size_t key_count;
    poupa_period period;      /**< where the rollup is by PERIOD; else none */
    bool wider;               /**< the records' period is wider than the grain, and not split */
    uint64_t rows;            /**< records */
    int64_t count;            /**< attendances */
    poupa_optional wait_s;    /**< mean seconds over the attendances that have them */
    poupa_optional service_s; /**< mean seconds over the attendances that have them */
    poupa_period first;       /**< the period that begins first, the longest of those */
    poupa_period last;        /**< the period that ends last, the longest of those */
} poupa_rollup_row;

/** Which records were taken into account. */
typedef struct poupa_rollup_tally {
    uint64_t rows;     /**< records added */
    uint64_t kept;     /**< of these, how many are in groups */
    uint64_t filtered; /**< how many the filters left out */
    uint64_t cut;      /**< how many were left out since only a part of their period is in the
                            filter's, and nothing else spoke against them */
    uint64_t wider;    /**< how many are in groups that are wider than the grain */
    size_t groups;     /**< how many groups there are, those below the top included */
} poupa_rollup_tally;

typedef struct poupa_rollup_table poupa_rollup_table;

/**
 * Makes the results of what was added so far; the rollup can go on. Groups come in the
 * order of their keys' bytes, or with `top` in that of their attendances, most first, equal
 * ones by their keys; the wider ones are apart, behind all others, and `top` does not cut
 * them. Errors: LIMIT (a group's attendances are more than 2^63 - 1; the message names it),
 * MEMORY, ARGUMENT. O(n log n) in the number of groups.
 */
POUPA_API poupa_status poupa_rollup_finish(const poupa_rollup *rollup, poupa_rollup_table **out,
                                           poupa_error *err);
POUPA_API void poupa_rollup_table_free(poupa_rollup_table *table);

POUPA_API size_t poupa_rollup_table_count(const poupa_rollup_table *table);
/** The group at an index; NULL past the end. */
POUPA_API const poupa_rollup_row *poupa_rollup_table_at(const poupa_rollup_table *table,
                                                        size_t index);
/** What the table is grouped by, in the order of the keys. */
POUPA_API const poupa_group *poupa_rollup_table_by(const poupa_rollup_table *table,
                                                   size_t *count);
POUPA_API poupa_rollup_tally poupa_rollup_table_tally(const poupa_rollup_table *table);

/* -- Writing ------------------------------------------------------------- */

/**
 * Writes an object: "by", "rows", "kept", "filtered", "cut", "groups" and, by period,
 * "wider". A group is an object of its keys (null for what is not told), "count", "rows",
 * "wait_s", "service_s", "first" and "last".
 */
POUPA_API void poupa_rollup_write_json(const poupa_rollup_table *table, poupa_writer *writer);

/** Writes one line a group, an object as above; "wider" is true in those that are. Errors:
 *  IO, MEMORY, ARGUMENT. */
POUPA_API poupa_status poupa_rollup_write_ndjson(const poupa_rollup_table *table,
                                                 poupa_write_fn write, void *context,
                                                 poupa_error *err);

/** Writes RFC 4180: a header, lines that end in CRLF, a point in numbers. By period there
 *  is a column "wider", "true" or "false". Errors: IO, MEMORY, ARGUMENT. */
POUPA_API poupa_status poupa_rollup_write_csv(const poupa_rollup_table *table,
                                              poupa_write_fn write, void *context,
                                              poupa_error *err);

/** How groups become metrics. Indicators must be in the catalogue. */
typedef struct poupa_rollup_metrics {
    const char *indicator_id;         /**< of attendances, a flow; NULL: no such metrics */
    const char *wait_indicator_id;    /**< of the mean wait in seconds; NULL likewise */
    const char *service_indicator_id; /**< of the mean time of service; NULL likewise */
    const char *prefix;    /**< ids are this, the keys, and "wait_s" or "service_s", with "."
                                between them; NULL is "rollup" */
    const char *source_id; /**< NULL for none */
} poupa_rollup_metrics;

/**
 * Adds the groups to a catalogue as metrics, all or none, in an edit of their own or as a part
 * of the one that is open, and says how many groups were left out in *left_out, which may be
 * NULL: those with a key that is not told, since a metric without that member would speak of
 * all, and those wider than the grain, which would pass for the totals of their periods.
 * Filters become dimensions, too. Without a PERIOD a metric's period is from the group's
 * first to its last. Errors: ARGUMENT (a filter or a pair of groups that dimensions cannot
 * say), and those of poupa_metric_add.
 */
POUPA_API poupa_status poupa_rollup_to_metrics(const poupa_rollup_table *table,
                                               const poupa_rollup_metrics *metrics,
                                               poupa_catalog *catalog, size_t *left_out,
                                               poupa_error *err);

#ifdef __cplusplus
}
#endif

#endif
