/* interval.c - interval arithmetic. */
#include <math.h>

#include "poupa/metrics.h"

/*
 * Every function computes the value with the same operations as the ends. Rounding to
 * nearest is monotone, so the value stays between the ends without further care.
 */

poupa_interval poupa_interval_unknown(void)
{
    return (poupa_interval){NAN, -INFINITY, INFINITY};
}

bool poupa_interval_is_unknown(poupa_interval a)
{
    return isnan(a.value);
}

/* Whether an operand can be computed with; false also where an end is not a number. */
static bool is_sound(poupa_interval a)
{
    return isfinite(a.value) && a.low <= a.value && a.value <= a.high;
}

/* The result of an operation: unknown where it overflowed, and without negative zeros. */
static poupa_interval interval(double value, double low, double high)
{
    if (!isfinite(value))
        return poupa_interval_unknown();
    return (poupa_interval){value + 0.0, low + 0.0, high + 0.0};
}

static poupa_interval exactly(double value)
{
    return (poupa_interval){value, value, value};
}

static poupa_interval add(poupa_interval a, poupa_interval b)
{
    if (!is_sound(a) || !is_sound(b))
        return poupa_interval_unknown();
    return interval(a.value + b.value, a.low + b.low, a.high + b.high);
}

poupa_interval poupa_interval_sum(const poupa_interval *items, size_t count)
{
    if (items == NULL && count > 0)
        return poupa_interval_unknown();
    poupa_interval sum = exactly(0);
    for (size_t i = 0; i < count; i++)
        sum = add(sum, items[i]);
    return sum;
}

poupa_interval poupa_interval_difference(poupa_interval a, poupa_interval b)
{
    return add(a, (poupa_interval){-b.value, -b.high, -b.low});
}

poupa_interval poupa_interval_ratio(poupa_interval a, poupa_interval b)
{
    bool by_zero = b.low <= 0 && b.high >= 0;
    if (!is_sound(a) || !is_sound(b) || by_zero)
        return poupa_interval_unknown();

    /* Monotone in either operand, so the extremes are quotients of ends. Infinity over
     * infinity is none: its limits are among the other three. */
    const double quotients[] = {a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high};
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < sizeof quotients / sizeof quotients[0]; i++) {
        low = fmin(low, quotients[i]);
        high = fmax(high, quotients[i]);
    }
    return interval(a.value / b.value, low, high);
}

poupa_interval poupa_interval_share(poupa_interval a, poupa_interval b)
{
    /* Scaled before the division: 29 of 100 is 29 %, not 28.999999999999996 %. */
    poupa_interval hundredfold = {100 * a.value, 100 * a.low, 100 * a.high};
    return poupa_interval_ratio(hundredfold, b);
}

poupa_interval poupa_interval_growth(poupa_interval a, poupa_interval b)
{
    /* Not 100 (a - b) / b, in which b occurs twice and its ends would be mixed. */
    return poupa_interval_difference(poupa_interval_share(a, b), exactly(100));
}

poupa_interval poupa_interval_mean(const poupa_interval *items, size_t count)
{
    return poupa_interval_ratio(poupa_interval_sum(items, count), exactly((double)count));
}
