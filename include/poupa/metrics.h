/*
 * metrics.h - computing with published figures: interval arithmetic, claims judged,
 * progress towards targets, and the figures that follow from others.
 *
 * Every result is a point estimate with its bounds. The bounds hold for whatever the
 * true values are within their intervals, taken as independent; an end that is not
 * bounded is infinite; what cannot be computed is poupa_interval_unknown. Rounding is
 * that of IEEE 754 doubles, to nearest.
 */
#ifndef POUPA_METRICS_H
#define POUPA_METRICS_H

#include "catalog.h"
#include "diag.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Interval arithmetic (Moore, Kearfott and Cloud 2009, chapter 2) ------ */

/** Value NaN, bounds infinite. */
POUPA_API poupa_interval poupa_interval_unknown(void);
/** Whether nothing is known: the value is not a number. */
POUPA_API bool poupa_interval_is_unknown(poupa_interval a);

/** The sum of `count` intervals; 0 exactly for none. */
POUPA_API poupa_interval poupa_interval_sum(const poupa_interval *items, size_t count);
/** a - b. */
POUPA_API poupa_interval poupa_interval_difference(poupa_interval a, poupa_interval b);
/** a / b; unknown where b's interval holds zero. */
POUPA_API poupa_interval poupa_interval_ratio(poupa_interval a, poupa_interval b);
/** a as a part of b, in percent: 100 a / b. */
POUPA_API poupa_interval poupa_interval_share(poupa_interval a, poupa_interval b);
/** Growth from b to a, in percent: 100 (a / b - 1). */
POUPA_API poupa_interval poupa_interval_growth(poupa_interval a, poupa_interval b);
/** The arithmetic mean; unknown for none. */
POUPA_API poupa_interval poupa_interval_mean(const poupa_interval *items, size_t count);

/* -- Selection ----------------------------------------------------------- */

/** Which metrics to select. A NULL matches all; "" matches those without that member. */
typedef struct poupa_metric_query {
    const char *indicator_id;
    poupa_period period; /**< the same days, in whatever form; none matches all */
    poupa_period within; /**< a period that contains the metric's; none matches all */
    const char *program_id;
    const char *organization_id;
    const char *service_id;
    const char *area_id;
    const char *channel_id; /**< one of the metric's channels */
    const char *unit_id;    /**< one of the metric's units */
} poupa_metric_query;

/** The metrics that match, in file order; free the list. Errors: MEMORY, ARGUMENT. */
POUPA_API poupa_status poupa_metrics_select(const poupa_catalog *catalog,
                                            const poupa_metric_query *query, poupa_list *out,
                                            poupa_error *err);

/** Whether two sets of dimensions are the same, lists being compared as sets: O(n) where
 *  they have the same order, O(n m) at worst. */
POUPA_API bool poupa_dimensions_equal(const poupa_dimensions *a, const poupa_dimensions *b);

/* -- Claims -------------------------------------------------------------- */

typedef enum poupa_verdict {
    POUPA_VERDICT_UNKNOWN = 0, /**< a side is unbounded where that decides it, or undefined */
    POUPA_VERDICT_CONFIRMED,   /**< the computed interval lies inside the stated one */
    POUPA_VERDICT_CONSISTENT,  /**< the two overlap */
    POUPA_VERDICT_CONTRADICTED /**< the two are disjoint */
} poupa_verdict;

/** "unknown", "confirmed", "consistent" or "contradicted". */
POUPA_API const char *poupa_verdict_name(poupa_verdict verdict);

/** How many warnings a judgement can have. */
#define POUPA_JUDGEMENT_WARNINGS 4

/** A claim, recomputed. For sum and greater, `computed` is the left total and `stated`
 *  the right one. */
typedef struct poupa_judgement {
    poupa_verdict verdict;
    poupa_interval left;     /**< the left metrics, added up */
    poupa_interval right;    /**< the right metrics, added up */
    poupa_interval computed; /**< what the claim is about, from its metrics */
    poupa_interval stated;   /**< what the claim says; unknown where it says nothing */
    const poupa_rule *warnings[POUPA_JUDGEMENT_WARNINGS];
    size_t warning_count;
} poupa_judgement;

/**
 * Judges a claim by the metrics of the catalogue. Verdicts allow for the rounding of
 * doubles: 0.1 + 0.2 = 0.3 is confirmed. Errors: ARGUMENT (a NULL, no such kind, a side
 * without metrics), NOT_FOUND (a metric).
 */
POUPA_API poupa_status poupa_claim_judge(const poupa_catalog *catalog, const poupa_claim *claim,
                                         poupa_judgement *out, poupa_error *err);

/* -- Targets ------------------------------------------------------------- */

typedef enum poupa_target_state {
    POUPA_TARGET_UNKNOWN = 0, /**< no metric, or no pace to judge by */
    POUPA_TARGET_REACHED,
    POUPA_TARGET_ON_TRACK, /**< at the pace so far it is reached by the due date */
    POUPA_TARGET_BEHIND,   /**< at the pace so far it is reached later, or never */
    POUPA_TARGET_MISSED    /**< the due date has passed */
} poupa_target_state;

/** "unknown", "reached", "on_track", "behind" or "missed". */
POUPA_API const char *poupa_target_state_name(poupa_target_state state);

/** How far a target is. Numbers that are not known are NaN, dates are no date. */
typedef struct poupa_progress {
    poupa_target_state state;
    poupa_date as_of;
    const poupa_metric *metric;   /**< the latest one; NULL where there is none */
    const poupa_metric *baseline; /**< NULL where the target has none */
    poupa_interval actual;
    poupa_interval target;
    poupa_interval share;     /**< of the target, in percent */
    poupa_interval remaining; /**< target - actual */
    double months_left;       /**< from the as-of date to the due date; negative when past */
    double pace_needed;       /**< per month, to reach the target by the due date */
    double pace;              /**< per month, since the baseline */
    poupa_date forecast;      /**< when the target is reached at that pace */
} poupa_progress;

/**
 * Progress of a target at a date; with no date, at the latest date that any metric of
 * that indicator and those dimensions bears. Metrics that end after that date, and
 * forecasts (status F), are left out. Months are calendar months, a part of one being
 * its days over its length. A target whose interval is open below ("at most") is reached
 * from above, one that is open above ("at least", "over") from below; any other from above
 * where it lies below its baseline. Errors: ARGUMENT (also no due date or no value),
 * NOT_FOUND (the baseline).
 */
POUPA_API poupa_status poupa_target_progress(const poupa_catalog *catalog,
                                             const poupa_target *target, poupa_date as_of,
                                             poupa_progress *out, poupa_error *err);

/* -- Derived figures ----------------------------------------------------- */

typedef enum poupa_derivation {
    POUPA_DERIVED_DIGITAL_SHARE = 1, /**< metric through digital channels, as a share of `base` */
    POUPA_DERIVED_GROWTH,            /**< from `base` to `metric`, periods of the same length */
    POUPA_DERIVED_PART_OF_YEAR       /**< `metric`, over less than a year, against a year */
} poupa_derivation;

/** "digital_share", "growth" or "part_of_year". */
POUPA_API const char *poupa_derivation_name(poupa_derivation derivation);

/** A figure that follows from two published ones. */
typedef struct poupa_derived {
    poupa_derivation derivation;
    const poupa_metric *metric;
    const poupa_metric *base;
    poupa_interval percent; /**< a share or a growth; for PART_OF_YEAR 100 metric / base */
} poupa_derived;

/** Derived figures; the caller frees them with poupa_derived_list_free. */
typedef struct poupa_derived_list {
    poupa_derived *items;
    size_t count;
    poupa_allocator allocator;
} poupa_derived_list;

POUPA_API void poupa_derived_list_free(poupa_derived_list *list);

/**
 * All figures that follow from what a catalogue counts: the digital share of flows, where a
 * metric through digital channels only and one through all channels agree in indicator,
 * days and other dimensions; growth of flows, stocks and running totals, from one period to
 * the next published one of the same length; and a flow over part of a year against the
 * year before it, where that part has no like. Forecasts, and bases that may be zero or
 * less, are left out. In file order of `metric`. O(n log n). Errors: MEMORY, ARGUMENT.
 */
POUPA_API poupa_status poupa_metrics_derive(const poupa_catalog *catalog, poupa_derived_list *out,
                                            poupa_error *err);

#ifdef __cplusplus
}
#endif

#endif
