/* test_metrics.c - published values as intervals, and computing with them. */
#include "test_metrics.h"

#include <float.h>

/* -- Published values ---------------------------------------------------- */

START_TEST(every_qualifier_stands_for_its_interval)
{
    static const struct {
        int32_t qualifier;
        double value, resolution, low, high;
    } rows[] = {
        {0, 15e6, 1e6, 14.5e6, 15.5e6},
        {POUPA_QUALIFIER_EXACT, 15e6, 1e6, 14.5e6, 15.5e6},
        {POUPA_QUALIFIER_EXACT, 140, 0, 140, 140},
        {POUPA_QUALIFIER_EXACT, -7, 2, -8, -6},
        {POUPA_QUALIFIER_ABOUT, 12.2e6, 1e5, 12.1e6, 12.3e6},
        {POUPA_QUALIFIER_ABOUT, 23, 0, 23, 23},
        {POUPA_QUALIFIER_ABOUT, -5, 1, -6, -4},
        {POUPA_QUALIFIER_OVER, 12000, 1000, 12000, 13000},
        {POUPA_QUALIFIER_OVER, 240, 0, 240, INFINITY},
        {POUPA_QUALIFIER_OVER, -5, 1, -5, -4},
        {POUPA_QUALIFIER_ALMOST, 140, 10, 130, 140},
        {POUPA_QUALIFIER_ALMOST, 140, 0, -INFINITY, 140},
        {POUPA_QUALIFIER_ALMOST, -5, 1, -6, -5},
        {POUPA_QUALIFIER_AT_LEAST, 2, 0, 2, INFINITY},
        {POUPA_QUALIFIER_AT_LEAST, -2, 1, -2, INFINITY},
        {POUPA_QUALIFIER_AT_MOST, 30, 0, -INFINITY, 30},
        {POUPA_QUALIFIER_AT_MOST, -30, 10, -INFINITY, -30},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        CHECK_INTERVAL(
            poupa_published_interval(rows[i].value, rows[i].qualifier, rows[i].resolution),
            rows[i].value, rows[i].low, rows[i].high);
}
END_TEST

START_TEST(what_is_no_value_stands_for_nothing)
{
    CHECK_UNKNOWN(poupa_published_interval(NAN, POUPA_QUALIFIER_EXACT, 0));
    CHECK_UNKNOWN(poupa_published_interval(INFINITY, POUPA_QUALIFIER_EXACT, 0));
    CHECK_UNKNOWN(poupa_published_interval(1, POUPA_QUALIFIER_EXACT, -1));
    CHECK_UNKNOWN(poupa_published_interval(1, POUPA_QUALIFIER_EXACT, NAN));
    CHECK_UNKNOWN(poupa_published_interval(1, POUPA_QUALIFIER_OVER, INFINITY));
    CHECK_UNKNOWN(poupa_published_interval(1, POUPA_QUALIFIER_AT_MOST + 1, 0));
    CHECK_UNKNOWN(poupa_published_interval(1, -1, 0));
}
END_TEST

START_TEST(entities_stand_for_their_published_value)
{
    poupa_metric metric = {.value = 7000, .resolution = 1000};
    poupa_target target = {.value = 240, .qualifier = {POUPA_QUALIFIER_OVER, NULL}};
    poupa_claim claim = {.stated = POUPA_SOME(2), .qualifier = {POUPA_QUALIFIER_AT_LEAST, NULL}};
    CHECK_INTERVAL(poupa_metric_interval(&metric), 7000, 6500, 7500);
    CHECK_INTERVAL(poupa_target_interval(&target), 240, 240, INFINITY);
    CHECK_INTERVAL(poupa_claim_interval(&claim), 2, 2, INFINITY);
    claim.stated.present = false;
    CHECK_UNKNOWN(poupa_claim_interval(&claim));
    CHECK_UNKNOWN(poupa_metric_interval(NULL));
    CHECK_UNKNOWN(poupa_target_interval(NULL));
    CHECK_UNKNOWN(poupa_claim_interval(NULL));
}
END_TEST

/* -- Arithmetic against samples ------------------------------------------ */

static const poupa_interval operands[] = {
    {0, 0, 0},           {1, 1, 1},
    {-3, -3, -3},        {7000, 6500, 7500},
    {0.3, 0.1, 0.7},     {-2, -5, -1},
    {0, -1, 2},          {3, 0, 4},
    {-1, -4, 0},         {240, 240, INFINITY},
    {2, 0, INFINITY},    {30, -INFINITY, 30},
    {-8, -INFINITY, -2}, {5, -INFINITY, INFINITY},
    {-6, -9, INFINITY},  {6, -INFINITY, 9},
};

enum { SAMPLES = 9 };

/* Points of an interval, its finite ends first; open ends are followed far out. */
static void sample(poupa_interval a, double points[SAMPLES])
{
    double low = isinf(a.low) ? a.value - 1e12 : a.low;
    double high = isinf(a.high) ? a.value + 1e12 : a.high;
    const double steps[SAMPLES] = {0, 1, 0.5, 1e-12, 1 - 1e-12, 0.1, 0.25, 0.75, 0.9};
    for (int i = 0; i < SAMPLES; i++)
        points[i] = fmin(fmax(low + steps[i] * (high - low), low), high);
    points[2] = a.value;
}

static double minus(double a, double b)
{
    return a - b;
}

static double over(double a, double b)
{
    return a / b;
}

static double percent(double a, double b)
{
    return 100 * a / b;
}

static double growth(double a, double b)
{
    return 100 * a / b - 100;
}

static double plus(double a, double b)
{
    return a + b;
}

static double halfway(double a, double b)
{
    return (a + b) / 2;
}

static poupa_interval sum_of_two(poupa_interval a, poupa_interval b)
{
    return poupa_interval_sum((const poupa_interval[]){a, b}, 2);
}

static poupa_interval mean_of_two(poupa_interval a, poupa_interval b)
{
    return poupa_interval_mean((const poupa_interval[]){a, b}, 2);
}

static const struct operation {
    const char *name;
    poupa_interval (*compute)(poupa_interval, poupa_interval);
    double (*of_points)(double, double);
    bool divides;
} operations[] = {
    {"sum", sum_of_two, plus, false},
    {"difference", poupa_interval_difference, minus, false},
    {"ratio", poupa_interval_ratio, over, true},
    {"share", poupa_interval_share, percent, true},
    {"growth", poupa_interval_growth, growth, true},
    {"mean", mean_of_two, halfway, false},
};

static bool is_bounded(poupa_interval a)
{
    return isfinite(a.low) && isfinite(a.high);
}

static void check_against_samples(const struct operation *operation, poupa_interval a,
                                  poupa_interval b)
{
    poupa_interval result = operation->compute(a, b);
    if (operation->divides && b.low <= 0 && b.high >= 0) {
        CHECK_UNKNOWN(result);
        return;
    }
    ck_assert(result.low <= result.value && result.value <= result.high);
    ck_assert(result.value == operation->of_points(a.value, b.value));

    double xs[SAMPLES], ys[SAMPLES];
    double least = INFINITY, greatest = -INFINITY;
    sample(a, xs);
    sample(b, ys);
    for (int i = 0; i < SAMPLES; i++) {
        for (int j = 0; j < SAMPLES; j++) {
            double outcome = operation->of_points(xs[i], ys[j]);
            ck_assert_msg(result.low <= outcome && outcome <= result.high,
                          "%s of %g and %g is %.17g, outside [%.17g, %.17g]", operation->name,
                          xs[i], ys[j], outcome, result.low, result.high);
            least = fmin(least, outcome);
            greatest = fmax(greatest, outcome);
        }
    }
    if (is_bounded(a) && is_bounded(b)) {
        ck_assert_msg(result.low == least && result.high == greatest,
                      "%s: [%.17g, %.17g] is wider than [%.17g, %.17g]", operation->name,
                      result.low, result.high, least, greatest);
    }
}

START_TEST(results_hold_every_outcome_and_attain_their_ends)
{
    const struct operation *operation = &operations[_i];
    for (size_t i = 0; i < COUNT_OF(operands); i++) {
        for (size_t j = 0; j < COUNT_OF(operands); j++)
            check_against_samples(operation, operands[i], operands[j]);
    }
}
END_TEST

START_TEST(open_ends_stay_open_and_never_become_nan)
{
    poupa_interval at_least = {2, 2, INFINITY};
    poupa_interval at_most = {30, -INFINITY, 30};
    CHECK_INTERVAL(sum_of_two(at_least, at_most), 32, -INFINITY, INFINITY);
    CHECK_INTERVAL(poupa_interval_difference(at_least, at_least), 0, -INFINITY, INFINITY);
    CHECK_INTERVAL(poupa_interval_ratio(at_least, at_least), 1, 0, INFINITY);
    CHECK_INTERVAL(poupa_interval_ratio((poupa_interval){0, 0, 0}, at_least), 0, 0, 0);
    CHECK_INTERVAL(poupa_interval_growth(at_least, at_least), 0, -100, INFINITY);
    CHECK_INTERVAL(poupa_interval_ratio((poupa_interval){-5, -INFINITY, -5}, at_least), -2.5,
                   -INFINITY, 0);
}
END_TEST

/* -- Edges --------------------------------------------------------------- */

START_TEST(what_is_unknown_stays_unknown)
{
    const poupa_interval one = {1, 1, 1};
    const poupa_interval unsound[] = {
        poupa_interval_unknown(), {1, NAN, 2}, {1, 0, NAN}, {1, 2, 0}, {5, 0, 1},
        {INFINITY, 0, INFINITY},
    };
    for (size_t i = 0; i < COUNT_OF(unsound); i++) {
        for (size_t j = 0; j < COUNT_OF(operations); j++) {
            CHECK_UNKNOWN(operations[j].compute(unsound[i], one));
            CHECK_UNKNOWN(operations[j].compute(one, unsound[i]));
        }
    }
    ck_assert(poupa_interval_is_unknown(poupa_interval_unknown()));
    ck_assert(!poupa_interval_is_unknown(one));
}
END_TEST

START_TEST(what_overflows_is_unknown)
{
    const poupa_interval large = {DBL_MAX, DBL_MAX / 2, DBL_MAX};
    CHECK_UNKNOWN(sum_of_two(large, large));
    CHECK_UNKNOWN(poupa_interval_share(large, (poupa_interval){1, 1, 1}));
    CHECK_UNKNOWN(poupa_interval_ratio(large, (poupa_interval){0.1, 0.1, 0.1}));
    const poupa_interval wide = {0, 0, DBL_MAX};
    CHECK_INTERVAL(sum_of_two(wide, wide), 0, 0, INFINITY);
}
END_TEST

START_TEST(a_sum_of_nothing_is_zero_and_its_mean_unknown)
{
    CHECK_INTERVAL(poupa_interval_sum(NULL, 0), 0, 0, 0);
    CHECK_UNKNOWN(poupa_interval_mean(NULL, 0));
    CHECK_UNKNOWN(poupa_interval_sum(NULL, 1));
    CHECK_UNKNOWN(poupa_interval_mean(NULL, 1));
}
END_TEST

START_TEST(a_mean_divides_the_sum_by_the_count)
{
    const poupa_interval items[] = {{1, 0, 2}, {2, 2, 2}, {6, 4, INFINITY}};
    CHECK_INTERVAL(poupa_interval_mean(items, 3), 3, 2, INFINITY);
    CHECK_INTERVAL(poupa_interval_mean(items, 2), 1.5, 1, 2);
}
END_TEST

START_TEST(whole_percents_are_whole)
{
    for (int i = 0; i <= 100; i++) {
        poupa_interval part = {i, i, i};
        poupa_interval whole = {100, 100, 100};
        ck_assert(poupa_interval_share(part, whole).value == i);
        ck_assert(poupa_interval_growth(part, whole).value == i - 100);
    }
}
END_TEST

START_TEST(zero_has_no_sign)
{
    poupa_interval ratio =
        poupa_interval_ratio((poupa_interval){0, -5, 0}, (poupa_interval){-1, -INFINITY, -1});
    ck_assert(!signbit(ratio.value) && !signbit(ratio.low));
    poupa_interval zero = {0, 0, 0};
    poupa_interval difference = poupa_interval_difference(zero, zero);
    ck_assert(!signbit(difference.value) && !signbit(difference.low) &&
              !signbit(difference.high));
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("intervals");
    tcase_add_test(tests, every_qualifier_stands_for_its_interval);
    tcase_add_test(tests, what_is_no_value_stands_for_nothing);
    tcase_add_test(tests, entities_stand_for_their_published_value);
    tcase_add_loop_test(tests, results_hold_every_outcome_and_attain_their_ends, 0,
                        COUNT_OF(operations));
    tcase_add_test(tests, open_ends_stay_open_and_never_become_nan);
    tcase_add_test(tests, what_is_unknown_stays_unknown);
    tcase_add_test(tests, what_overflows_is_unknown);
    tcase_add_test(tests, a_sum_of_nothing_is_zero_and_its_mean_unknown);
    tcase_add_test(tests, a_mean_divides_the_sum_by_the_count);
    tcase_add_test(tests, whole_percents_are_whole);
    tcase_add_test(tests, zero_has_no_sign);
    return run_case(tests);
}
