/* claim.c - judging claims: what a source says of figures against the figures. */
#include <float.h>
#include <math.h>

#include "base/error.h"
#include "base/rule.h"
#include "model/catalog.h"
#include "poupa/metrics.h"
#include "resolve.h"

/* -- What each kind of claim computes ------------------------------------ */

static poupa_interval left_total(poupa_interval left, poupa_interval right)
{
    (void)right;
    return left;
}

enum {
    AGAINST_RIGHT = 1, /* judged against the right total, not a stated value */
    DIVIDES = 2,       /* so that rounding is that of the result, not of the totals */
    COMPARES = 4       /* like with like, or else there is a warning */
};

typedef struct claim_kind {
    poupa_interval (*compute)(poupa_interval left, poupa_interval right);
    unsigned traits;
} claim_kind;

static const claim_kind claim_kinds[] = {
    [0] = {NULL, 0},
    [POUPA_CLAIM_SUM] = {left_total, AGAINST_RIGHT | COMPARES},
    [POUPA_CLAIM_SHARE] = {poupa_interval_share, DIVIDES | COMPARES},
    [POUPA_CLAIM_RATIO] = {poupa_interval_ratio, DIVIDES | COMPARES},
    [POUPA_CLAIM_GROWTH] = {poupa_interval_growth, DIVIDES | COMPARES},
    [POUPA_CLAIM_DIFFERENCE] = {poupa_interval_difference, COMPARES},
    [POUPA_CLAIM_MEAN] = {poupa_interval_ratio, DIVIDES},
    [POUPA_CLAIM_GREATER] = {left_total, AGAINST_RIGHT | COMPARES},
};

enum { CLAIM_KIND_COUNT = sizeof claim_kinds / sizeof claim_kinds[0] };

/* -- Verdicts ------------------------------------------------------------ */

/*
 * What rounding may have moved an end by: decimals such as 0.1 are not exact in binary,
 * and 0.1 + 0.2 must still be 0.3. A difference keeps the rounding of its totals, and a
 * growth that of the share, 100 above it, that it is computed from.
 */
static double rounding(const poupa_judgement *judgement, int32_t kind)
{
    double scale = fabs(judgement->computed.value);
    if (!(claim_kinds[kind].traits & DIVIDES))
        scale = fmax(fabs(judgement->left.value), fabs(judgement->right.value));
    else if (kind == POUPA_CLAIM_GROWTH)
        scale += 100;
    return 8 * DBL_EPSILON * scale;
}

static poupa_verdict judge_stated(poupa_interval computed, poupa_interval stated, double slack)
{
    if (poupa_interval_is_unknown(computed) || poupa_interval_is_unknown(stated))
        return POUPA_VERDICT_UNKNOWN;
    if (stated.low <= computed.low + slack && computed.high <= stated.high + slack)
        return POUPA_VERDICT_CONFIRMED;
    if (computed.high + slack < stated.low || stated.high + slack < computed.low)
        return POUPA_VERDICT_CONTRADICTED;
    bool hangs_on_open_end = (isinf(computed.low) && isfinite(stated.low)) ||
                             (isinf(computed.high) && isfinite(stated.high));
    return hangs_on_open_end ? POUPA_VERDICT_UNKNOWN : POUPA_VERDICT_CONSISTENT;
}

static poupa_verdict judge_greater(poupa_interval left, poupa_interval right, double slack)
{
    poupa_interval excess = poupa_interval_difference(left, right);
    if (poupa_interval_is_unknown(excess))
        return POUPA_VERDICT_UNKNOWN;
    if (excess.low > slack)
        return POUPA_VERDICT_CONFIRMED;
    if (excess.high <= slack)
        return POUPA_VERDICT_CONTRADICTED;
    return isinf(excess.low) ? POUPA_VERDICT_UNKNOWN : POUPA_VERDICT_CONSISTENT;
}

/* -- Adding up the sides ------------------------------------------------- */

/* What the metrics of a claim have had in common so far. */
typedef struct likeness {
    const poupa_metric *first;
    const poupa_metric *first_flow;
    bool indicators_differ;
    bool lengths_differ;
} likeness;

static void compare_metric(likeness *like, const poupa_metric *metric)
{
    /* Equal ids of stored entities are one text. */
    if (like->first == NULL)
        like->first = metric;
    else if (like->first->indicator_id != metric->indicator_id)
        like->indicators_differ = true;

    const poupa_indicator *indicator =
        (const poupa_indicator *)poupa__follow(metric->indicator_id);
    if (indicator == NULL || indicator->measure.code != POUPA_MEASURE_FLOW)
        return;
    if (like->first_flow == NULL)
        like->first_flow = metric;
    else if (!poupa_period_same_length(like->first_flow->period, metric->period))
        like->lengths_differ = true;
}

static poupa_status add_up(const poupa_catalog *catalog, poupa_texts ids, likeness *like,
                           poupa_interval *total, poupa_error *err)
{
    if (ids.count == 0)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "a side of the claim names no metric");
    *total = poupa_interval_sum(NULL, 0);
    for (size_t i = 0; i < ids.count; i++) {
        const poupa_metric *metric;
        poupa_status status = poupa__metrics_resolve(catalog, ids.items[i], &metric, err);
        if (status)
            return status;
        compare_metric(like, metric);
        const poupa_interval terms[] = {*total, poupa_metric_interval(metric)};
        *total = poupa_interval_sum(terms, 2);
    }
    return POUPA_OK;
}

static void warn(poupa_judgement *judgement, bool applies, poupa__rule rule)
{
    if (applies)
        judgement->warnings[judgement->warning_count++] = &poupa__rules[rule];
}

/* -- Judging ------------------------------------------------------------- */

poupa_status poupa_claim_judge(const poupa_catalog *catalog, const poupa_claim *claim,
                               poupa_judgement *out, poupa_error *err)
{
    POUPA__REQUIRE(catalog, err);
    POUPA__REQUIRE(claim, err);
    POUPA__REQUIRE(out, err);
    int32_t kind = claim->kind.code;
    if (kind < POUPA_CLAIM_SUM || kind >= CLAIM_KIND_COUNT)
        return poupa__error(err, POUPA_ERR_ARGUMENT, "%d is no kind of claim", (int)kind);

    likeness like = {0};
    poupa_judgement result = {.verdict = POUPA_VERDICT_UNKNOWN};
    poupa_status status = add_up(catalog, claim->left, &like, &result.left, err);
    if (status == POUPA_OK)
        status = add_up(catalog, claim->right, &like, &result.right, err);
    if (status)
        return status;

    const claim_kind *by = &claim_kinds[kind];
    result.computed = by->compute(result.left, result.right);
    result.stated = by->traits & AGAINST_RIGHT ? result.right : poupa_claim_interval(claim);
    double slack = rounding(&result, kind);
    result.verdict = kind == POUPA_CLAIM_GREATER
                         ? judge_greater(result.left, result.right, slack)
                         : judge_stated(result.computed, result.stated, slack);
    if (by->traits & COMPARES) {
        warn(&result, like.indicators_differ, POUPA__W3101_DIFFERENT_INDICATORS);
        warn(&result, like.lengths_differ, POUPA__W3102_DIFFERENT_LENGTHS);
    }
    *out = result;
    return POUPA_OK;
}

const char *poupa_verdict_name(poupa_verdict verdict)
{
    static const char *const names[] = {"unknown", "confirmed", "consistent", "contradicted"};
    size_t index = (size_t)verdict;
    return names[index < sizeof names / sizeof names[0] ? index : 0];
}
