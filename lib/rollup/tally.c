/* tally.c - adding up exactly. */
#include "tally.h"

#include <math.h>

double poupa__wide_ratio(poupa__wide a, uint64_t b)
{
    const uint64_t exact = UINT64_C(1) << 53;
    if (a.high == 0 && a.low < exact && b < exact)
        return (double)a.low / (double)b;
    /* Long division, bit by bit: the integer part, then as many binary places as fill 62
     * bits. What is left over makes the last bit odd, which is enough to round rightly. */
    uint64_t quotient = 0;
    uint64_t rest = 0;
    for (int bit = 127; bit >= 0; bit--) {
        bool carry = rest >> 63;
        rest = rest << 1 | ((bit >= 64 ? a.high >> (bit - 64) : a.low >> bit) & 1);
        bool fits = carry || rest >= b;
        rest -= fits ? b : 0;
        quotient = quotient << 1 | fits;
    }
    int places = 0;
    for (; quotient >> 61 == 0 && (quotient || rest); places++) {
        bool fits = rest >> 63 || rest << 1 >= b;
        rest = (rest << 1) - (fits ? b : 0);
        quotient = quotient << 1 | fits;
    }
    return ldexp((double)(quotient | (rest != 0)), -places);
}

void poupa__tally_add(poupa__tally *sum, const poupa__tally *more)
{
    sum->rows += more->rows;
    sum->count = poupa__count_sum(sum->count, more->count);
    for (int i = 0; i < POUPA__TIME_COUNT; i++) {
        poupa__wide_add(&sum->times[i].sum, more->times[i].sum);
        sum->times[i].weight = poupa__count_sum(sum->times[i].weight, more->times[i].weight);
    }
    if (more->first < sum->first)
        sum->first = more->first;
    if (more->last > sum->last)
        sum->last = more->last;
}

poupa_optional poupa__tally_mean(const poupa__time_tally *tally)
{
    if (tally->weight == 0)
        return (poupa_optional){0, false};
    return (poupa_optional){poupa__wide_ratio(tally->sum, tally->weight), true};
}
