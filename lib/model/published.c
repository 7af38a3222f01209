/* published.c - the intervals that values published in words stand for. */
#include <math.h>

#include "poupa/model.h"

/* How far the true value may lie from the published one, on either side. */
typedef struct reach {
    double below; /* in units of the resolution */
    double above;
    double below_exactly; /* absolute, where no resolution is given */
    double above_exactly;
} reach;

static const reach qualifier_reaches[] = {
    [0] = {0, 0, 0, 0},
    [POUPA_QUALIFIER_EXACT] = {0.5, 0.5, 0, 0},
    [POUPA_QUALIFIER_ABOUT] = {1, 1, 0, 0},
    [POUPA_QUALIFIER_OVER] = {0, 1, 0, INFINITY},
    [POUPA_QUALIFIER_ALMOST] = {1, 0, INFINITY, 0},
    [POUPA_QUALIFIER_AT_LEAST] = {0, INFINITY, 0, INFINITY},
    [POUPA_QUALIFIER_AT_MOST] = {INFINITY, 0, INFINITY, 0},
};

enum { REACH_COUNT = sizeof qualifier_reaches / sizeof qualifier_reaches[0] };

static const poupa_interval nothing_known = {NAN, -INFINITY, INFINITY};

poupa_interval poupa_published_interval(double value, int32_t qualifier, double resolution)
{
    if (qualifier == 0)
        qualifier = POUPA_QUALIFIER_EXACT;
    bool sound = isfinite(value) && isfinite(resolution) && resolution >= 0 && qualifier > 0 &&
                 qualifier < REACH_COUNT;
    if (!sound)
        return nothing_known;
    const reach *r = &qualifier_reaches[qualifier];
    double below = resolution > 0 ? r->below * resolution : r->below_exactly;
    double above = resolution > 0 ? r->above * resolution : r->above_exactly;
    return (poupa_interval){value, value - below, value + above};
}

poupa_interval poupa_metric_interval(const poupa_metric *metric)
{
    if (metric == NULL)
        return nothing_known;
    return poupa_published_interval(metric->value, metric->qualifier.code, metric->resolution);
}

poupa_interval poupa_target_interval(const poupa_target *target)
{
    if (target == NULL)
        return nothing_known;
    return poupa_published_interval(target->value, target->qualifier.code, target->resolution);
}

poupa_interval poupa_claim_interval(const poupa_claim *claim)
{
    if (claim == NULL || !claim->stated.present)
        return nothing_known;
    return poupa_published_interval(claim->stated.value, claim->qualifier.code,
                                    claim->resolution);
}
