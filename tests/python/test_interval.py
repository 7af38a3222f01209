"""Figures with their bounds: arithmetic, comparison, text."""

from __future__ import annotations

import copy
import dataclasses
import math
import pickle
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import poupa
from poupa import Interval, growth, mean, ratio, share, total

INF = math.inf
UNKNOWN = Interval.unknown()

numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: x + 0.0)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Interval(
        value,
        -INF if draw(st.integers(0, 9)) == 0 else low,
        INF if draw(st.integers(0, 9)) == 0 else high,
    )


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Interval, float]:
    """An interval and a number that it may truly be."""
    interval = draw(intervals())
    low, high = max(interval.low, -1e9), min(interval.high, 1e9)
    return interval, draw(st.floats(low, high)) + 0.0


# -- Making ------------------------------------------------------------------------


def test_a_number_alone_is_exact() -> None:
    five = Interval(5)
    assert (five.value, five.low, five.high) == (5.0, 5.0, 5.0)
    assert five.is_exact
    assert five.is_bounded
    assert not five.is_unknown


def test_one_end_may_be_given_or_open() -> None:
    assert Interval(5, 4) == Interval(5, 4, 5)
    assert Interval(5, high=6) == Interval(5, 5, 6)
    assert not Interval(5, -INF, INF).is_bounded


def test_not_a_number_is_unknown() -> None:
    assert Interval(math.nan) == Interval(math.nan, 0, 1) == UNKNOWN
    assert UNKNOWN.is_unknown
    assert (UNKNOWN.low, UNKNOWN.high) == (-INF, INF)


@pytest.mark.parametrize(
    "ends", [(5, 6, 7), (5, 3, 4), (5, math.nan), (INF,), (-INF,), (5, 6, 5), (1, 1, math.nan)]
)
def test_what_is_no_interval_is_refused(ends: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="expected"):
        Interval(*ends)


@pytest.mark.parametrize("value", [None, "5", b"5", True, 1j, [5], object()])
def test_an_interval_is_made_of_numbers(value: object) -> None:
    with pytest.raises(TypeError, match="expected a number"):
        Interval(value)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a number"):
        total([value])  # type: ignore[list-item]


def test_numbers_beyond_a_float_are_refused() -> None:
    with pytest.raises(OverflowError):
        Interval(10**400)


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("exact", 11_500, 12_500),
        ("about", 11_000, 13_000),
        ("over", 12_000, 13_000),
        ("almost", 11_000, 12_000),
        ("at_least", 12_000, INF),
        ("at_most", -INF, 12_000),
    ],
)
def test_published_values_stand_for_intervals(qualifier: str, low: float, high: float) -> None:
    assert Interval.published(12_000, qualifier, 1000) == Interval(12_000, low, high)


def test_published_values_are_checked() -> None:
    assert Interval.published(5) == 5
    with pytest.raises(ValueError, match="0 or more"):
        Interval.published(5, "about", -1)
    with pytest.raises(ValueError, match="did you mean"):
        Interval.published(5, "abuot")
    with pytest.raises(ValueError, match="finite"):
        Interval.published(INF)


# -- Arithmetic --------------------------------------------------------------------


def test_arithmetic_takes_numbers_on_either_side() -> None:
    a = Interval(10, 9, 11)
    assert a + 5 == 5 + a == Interval(15, 14, 16)
    assert a - 5 == Interval(5, 4, 6)
    assert 5 - a == Interval(-5, -6, -4)
    assert a * 2 == 2 * a == Interval(20, 18, 22)
    assert a * -2 == Interval(-20, -22, -18)
    assert a / 2 == Interval(5, 4.5, 5.5)
    assert 99 / a == Interval(9.9, 9, 11)
    assert a + Fraction(1, 2) == Interval(10.5, 9.5, 11.5)  # type: ignore[operator]
    assert sum([a, a]) == Interval(20, 18, 22)
    assert a - a == Interval(0, -2, 2)


def test_signs() -> None:
    a = Interval(-1, -3, 2)
    assert -a == Interval(1, -2, 3)
    assert +a is a
    assert abs(a) == Interval(1, 0, 3)
    assert abs(Interval(-2, -3, -1)) == Interval(2, 1, 3)
    assert abs(Interval(2, 1, 3)) == Interval(2, 1, 3)
    assert abs(Interval(-5, -INF, -4)) == Interval(5, 4, INF)
    assert math.copysign(1, (-Interval(0)).value) == 1
    assert (-UNKNOWN).is_unknown
    assert abs(UNKNOWN).is_unknown
    assert float(a) == -1


def test_open_ends_stay_open() -> None:
    over = Interval(240, 240, INF)
    assert over + 1 == Interval(241, 241, INF)
    assert over * -1 == Interval(-240, -INF, -240)
    assert over * 0 == 0
    assert over * Interval(0, -1, 1) == Interval(0, -INF, INF)
    assert 240 / over == Interval(1, 0, 1)


def test_what_cannot_be_computed_is_unknown() -> None:
    zero = Interval(1, 0, 2)
    for made in (1 / zero, ratio(1, 0), zero / zero, Interval(1e200) * 1e200, mean([])):
        assert made.is_unknown
    for made in (UNKNOWN + 1, UNKNOWN * 0, UNKNOWN - UNKNOWN, UNKNOWN / 2, share(UNKNOWN, 1)):
        assert made.is_unknown


@pytest.mark.parametrize("other", [None, "1", [1], True, object()])
def test_arithmetic_refuses_what_is_no_figure(other: object) -> None:
    a = Interval(1)
    with pytest.raises(TypeError):
        a + other  # type: ignore[operator]
    with pytest.raises(TypeError):
        other - a  # type: ignore[operator]
    with pytest.raises(TypeError):
        a * other  # type: ignore[operator]
    with pytest.raises(TypeError):
        a / other  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert a < other  # type: ignore[operator]
    with pytest.raises(TypeError, match="expected a number"):
        share(a, other)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a number"):
        a.overlaps(other)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a number"):
        assert other in a  # type: ignore[arg-type]


@given(pairs(), pairs())
def test_results_hold_whatever_the_true_values_are(
    a: tuple[Interval, float], b: tuple[Interval, float]
) -> None:
    (one, x), (other, y) = a, b
    assert x + y in one + other
    assert x - y in one - other
    assert x * y in one * other
    assert abs(x) in abs(one)
    assert -x in -one
    if 0 not in other:
        assert x / y in one / other or (one / other).is_unknown


@given(intervals(), intervals())
def test_the_value_stays_within_its_bounds(a: Interval, b: Interval) -> None:
    for made in (a + b, a - b, a * b, a / b, abs(a), -a, share(a, b), growth(a, b), mean([a, b])):
        assert made.is_unknown or made.low <= made.value <= made.high


def test_functions_compute_as_people_say() -> None:
    assert share(29, 100) == 29
    assert growth(240, 180).value == pytest.approx(100 / 3)
    assert ratio(1, 4) == 0.25
    assert total([]) == 0
    assert total([1, Interval(2, 1, 3)]) == Interval(3, 2, 4)
    assert mean(n for n in (1, 2, 6)) == 3
    with pytest.raises(TypeError):
        total(5)  # type: ignore[arg-type]


def test_functions_take_what_has_an_interval(catalog: poupa.Catalog) -> None:
    metric, *_ = catalog.metrics
    assert total([metric]) == metric.interval
    assert ratio(metric, metric).contains(1)
    assert metric.interval + metric == total([metric, metric])


# -- Comparison --------------------------------------------------------------------


def test_order_is_true_only_where_it_is_certain() -> None:
    a, b, c = Interval(10, 9, 11), Interval(12, 11, 13), Interval(20, 19, 21)
    assert a < c
    assert c > a
    assert not a < b
    assert a <= b
    assert b >= a
    assert not a > b
    assert a < 12
    assert not a < 11
    assert 8 < a < 12
    assert a < 10**400
    assert a < INF


def test_unknown_is_in_no_order() -> None:
    for made in (UNKNOWN < 5, UNKNOWN > 5, UNKNOWN <= UNKNOWN, UNKNOWN >= -INF and UNKNOWN < 5):
        assert not made
    assert Interval.unknown() == UNKNOWN
    assert hash(UNKNOWN) == hash(Interval.unknown())
    assert 5 in UNKNOWN
    assert UNKNOWN.overlaps(7)


def test_equality_is_of_value_and_bounds() -> None:
    assert Interval(5) == 5
    assert hash(Interval(5)) == hash(5)
    assert Interval(5, 4, 6) != 5
    assert Interval(5, 4, 6) != Interval(5, 4, 7)
    assert Interval(5) != "5"
    assert Interval(1) != True  # noqa: E712
    assert Interval(5) != 10**400
    assert Interval(0.0) == Interval(-0.0)
    assert len({Interval(5), 5.0, Interval(5, 4, 6), Interval(5, 4, 6)}) == 2


def test_overlap_and_containment() -> None:
    a = Interval(10, 9, 11)
    assert a.overlaps(Interval(12, 11, 13))
    assert not a.overlaps(Interval(13, 12, 14))
    assert a.overlaps(9)
    assert a.contains(11)
    assert not a.contains(11.5)
    assert Interval(10, 9.5, 10.5) in a
    assert a not in Interval(10, 9.5, 10.5)
    assert math.nan not in a


# -- Text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(12_000, 12_000, 13_000), "12,000 (12,000 to 13,000)"),
        (Interval(12_000), "12,000"),
        (Interval(0), "0"),
        (Interval(-1234.5), "-1,234.5"),
        (Interval(180, 179.5, 180.5), "180 (179.5 to 180.5)"),
        (Interval(240, 240, INF), "≥ 240"),
        (Interval(240, -INF, 240), "≤ 240"),
        (Interval(250, 240, INF), "250 (≥ 240)"),
        (Interval(230, -INF, 240), "230 (≤ 240)"),
        (Interval(5, -INF, INF), "5 (unbounded)"),
        (UNKNOWN, "unknown"),
        (Interval(0.1) + 0.2, "0.3"),
        (Interval(100 / 3), "33.3"),
        (Interval(200 / 3, 66.6001, 66.7001), "66.7 (66.6 to 66.8)"),
        (Interval(2 / 3, 0.1, 1), "0.667 (0.1 to 1)"),
        (Interval(2e6 / 3), "666,667"),
        (Interval(0.000123456), "0.000123"),
        (Interval(1e300), "1e+300"),
        (Interval(5e-324), "5e-324"),
        (Interval(1e22 / 3, 0, 1e300), "3.3333333333333335e+21 (0 to 1e+300)"),
    ],
)
def test_intervals_read_well(interval: Interval, text: str) -> None:
    assert str(interval) == f"{interval}" == text


@given(intervals())
def test_the_bounds_that_are_shown_hold(interval: Interval) -> None:
    assume(interval.is_bounded and not interval.is_exact)
    shown = str(interval).replace(",", "")
    low, high = shown[shown.index("(") + 1 : -1].split(" to ")
    scale = 1e-8 * max(abs(interval.low), abs(interval.high), 1e-300)
    assert float(low) <= interval.low + scale
    assert float(high) >= interval.high - scale


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (".1f", "1234.5 (1200.0 to 1300.0)"),
        (",.0f", "1,234 (1,200 to 1,300)"),
        ("+.0f", "+1234 (+1200 to +1300)"),
        (".2e", "1.23e+03 (1.20e+03 to 1.30e+03)"),
        (">30", "      1,234.5 (1,200 to 1,300)"),
        ("<30", "1,234.5 (1,200 to 1,300)      "),
        ("*^28", "**1,234.5 (1,200 to 1,300)**"),
        ("26,.0f", "    1,234 (1,200 to 1,300)"),
        ("<26,.0f", "1,234 (1,200 to 1,300)    "),
    ],
)
def test_formats_of_numbers_apply(spec: str, text: str) -> None:
    assert format(Interval(1234.5, 1200, 1300), spec) == text


def test_formats_keep_to_open_ends() -> None:
    assert f"{Interval(240, 240, INF):.1f}" == "≥ 240.0"
    assert f"{UNKNOWN:.1f}" == "unknown"
    assert f"{UNKNOWN:>9}" == "  unknown"


@pytest.mark.parametrize("spec", ["x", "d", "s", ".", "1.2.3", "%Y", "\0"])
def test_other_formats_are_refused(spec: str) -> None:
    with pytest.raises(ValueError, match="not a format for intervals"):
        format(Interval(1), spec)


def test_the_representation_is_code() -> None:
    for interval in (Interval(5), Interval(5, 4.5, 6), UNKNOWN):
        assert eval(repr(interval), {"Interval": Interval}) == interval
    assert repr(Interval(12_000, 12_000, 13_000)) == "Interval(12000, 12000, 13000)"
    assert repr(Interval(5, 5, INF)) == "Interval(5, 5, inf)"


# -- As a value --------------------------------------------------------------------


@given(intervals() | st.just(UNKNOWN))
def test_intervals_pickle_and_copy(interval: Interval) -> None:
    made = pickle.loads(pickle.dumps(interval))
    assert made == interval
    assert hash(made) == hash(interval)
    assert copy.copy(interval) is copy.deepcopy(interval) is interval


def test_an_interval_cannot_be_changed() -> None:
    interval = Interval(5)
    with pytest.raises(AttributeError, match="cannot assign"):
        interval.value = 6  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot assign"):
        interval.other = 6  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="cannot delete"):
        del interval.low


def test_an_interval_can_be_taken_apart() -> None:
    match Interval(5, 4, 6):
        case Interval(value, low, high):
            assert (value, low, high) == (5, 4, 6)
    assert dataclasses.replace(Interval(5, 4, 6), high=7) == Interval(5, 4, 7)
