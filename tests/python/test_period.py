"""Dates as precise as they were published, and periods."""

from __future__ import annotations

import calendar
import copy
import datetime
import operator
import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import poupa
from poupa import PartialDate, Period, PeriodKind, _swig
from poupa._period import from_date, from_period, to_date, to_day, to_period

date = datetime.date

# -- Dates -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-06-14", date(2021, 6, 14)),
        ("2021-06", PartialDate(2021, 6)),
        ("2021", PartialDate(2021)),
        ("0001", PartialDate(1)),
        ("9999-12-31", date(9999, 12, 31)),
    ],
)
def test_dates_are_as_precise_as_they_are_written(text: str, expected: date) -> None:
    value = from_date(text)
    made = to_date(value)
    assert made == expected
    assert type(made) is type(expected)
    assert str(made) == text
    assert from_date(made) == value


def test_no_date_is_none() -> None:
    assert to_date(None) is None
    assert from_date(None) is None


@pytest.mark.parametrize("text", ["", "21", "2021-13", "2021-02-30", "2021-6", "0000", "x" * 999])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        from_date(text)


@pytest.mark.parametrize("value", [2021, b"2021", (2021, 1, 1), datetime.datetime(2021, 1, 1)])
def test_only_dates_and_text_are_dates(value: object) -> None:
    with pytest.raises(TypeError, match="expected a date"):
        from_date(value)  # type: ignore[arg-type]


def test_a_partial_date_is_its_first_day_and_knows_its_last() -> None:
    month = PartialDate("2024-02")
    assert isinstance(month, date)
    assert (month.year, month.month, month.day) == (2024, 2, 1)
    assert (month.first, month.last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert type(month.first) is date
    assert PartialDate(2021).last == date(2021, 12, 31)
    assert (month.precision, PartialDate(2021).precision) == ("month", "year")
    assert repr(month) == "PartialDate('2024-02')"
    assert f"{month} {month:%Y}" == "2024-02 2024"


def test_dates_are_equal_only_at_the_same_precision() -> None:
    year, month, day = PartialDate("2021"), PartialDate("2021-01"), date(2021, 1, 1)
    assert year == PartialDate(2021)
    assert hash(year) == hash(PartialDate(2021))
    assert len({year, month, day}) == 3
    for a, b in [(year, month), (month, day), (day, year)]:
        assert a != b
        assert b != a
    assert year != "2021"


def test_partial_dates_are_ordered_and_add_as_their_first_days() -> None:
    assert PartialDate("2021-08") < date(2021, 8, 2)
    assert date(2021, 7, 31) < PartialDate("2021-08")
    august = PartialDate("2021-08")
    day = datetime.timedelta(days=1)
    for made in (august + day, day + august, august.replace(day=2)):
        assert type(made) is date
        assert made == date(2021, 8, 2)
    assert august - day == date(2021, 7, 31)
    assert august - date(2021, 7, 31) == day
    assert date(2021, 8, 2) - august == day
    assert august.strftime("%Y-%m-%d") == "2021-08-01"


DATES = [
    PartialDate("2020"),
    date(2020, 12, 31),
    PartialDate("2021"),
    PartialDate("2021-01"),
    date(2021, 1, 1),
    PartialDate("2021-02"),
    date(2021, 2, 2),
]


@pytest.mark.parametrize("a", range(len(DATES)))
@pytest.mark.parametrize("b", range(len(DATES)))
def test_dates_of_any_precision_are_in_one_order(a: int, b: int) -> None:
    one, other = DATES[a], DATES[b]
    assert (one < other, one <= other) == (a < b, a <= b)
    assert (one > other, one >= other) == (a > b, a >= b)
    assert (one == other, one != other) == (a == b, a != b)


def test_partial_dates_do_not_compare_with_times() -> None:
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        for other in (datetime.datetime(2021, 1, 1), "2021", None):
            with pytest.raises(TypeError):
                compare(PartialDate("2021"), other)


def test_a_partial_date_shows_no_day_unless_it_is_asked_for() -> None:
    month, year = PartialDate("2021-08"), PartialDate("2021")
    assert [month.isoformat(), str(month), f"{month}", f"{month:>9}"] == [
        "2021-08", "2021-08", "2021-08", "  2021-08"
    ]  # fmt: skip
    assert [year.isoformat(), f"{year:%Y/%m}", format(year)] == ["2021", "2021/01", "2021"]


def test_what_dates_are_made_from_makes_whole_ones() -> None:
    assert PartialDate.fromisoformat("2021-08") == PartialDate("2021-08")
    with pytest.raises(ValueError, match="is a whole date"):
        PartialDate.fromisoformat("2021-08-01")
    made = [
        PartialDate.today(),
        PartialDate.fromtimestamp(0),
        PartialDate.fromordinal(738_000),
        PartialDate.fromisocalendar(2021, 1, 1),
    ]
    assert [type(each) for each in made] == [date] * 4


def test_a_partial_date_cannot_be_changed() -> None:
    month = PartialDate("2021-08")
    for name in ("_precision", "year", "precision", "other"):
        with pytest.raises(AttributeError):
            setattr(month, name, "year")
        with pytest.raises(AttributeError):
            delattr(month, name)
    assert month.precision == "month"


@pytest.mark.parametrize("text", ["2021", "2021-08"])
def test_partial_dates_pickle_and_copy(text: str) -> None:
    value = PartialDate(text)
    made = [pickle.loads(pickle.dumps(value, p)) for p in range(pickle.HIGHEST_PROTOCOL + 1)]
    for each in [*made, copy.copy(value), copy.deepcopy(value)]:
        assert type(each) is PartialDate
        assert each == value
        assert str(each) == text


def test_a_partial_date_is_a_year_or_a_month() -> None:
    with pytest.raises(ValueError, match="whole date"):
        PartialDate("2021-08-14")
    with pytest.raises(ValueError, match="month"):
        PartialDate(2021, 13)
    with pytest.raises(ValueError, match="year"):
        PartialDate(0)
    with pytest.raises(TypeError):
        PartialDate("2021", 8)
    with pytest.raises(TypeError):
        PartialDate(None)  # type: ignore[arg-type]


@given(st.dates())
def test_days_are_counted_as_in_c(day: date) -> None:
    assert to_day(day) == _swig.date_first_day((day.year, day.month, day.day))
    assert to_date(_swig.date_from_day(to_day(day))) == day
    last = PartialDate(day.year, day.month).last
    assert to_day(last) == _swig.date_last_day((day.year, day.month, 0))
    assert last.day == calendar.monthrange(day.year, day.month)[1]


# -- Periods -----------------------------------------------------------------------

PERIODS = [
    ("2021", PeriodKind.YEAR, date(2021, 1, 1), date(2021, 12, 31), 12),
    ("2021-S1", PeriodKind.HALF, date(2021, 1, 1), date(2021, 6, 30), 6),
    ("2021-Q3", PeriodKind.QUARTER, date(2021, 7, 1), date(2021, 9, 30), 3),
    ("2024-02", PeriodKind.MONTH, date(2024, 2, 1), date(2024, 2, 29), 1),
    ("2021-06-14", PeriodKind.DAY, date(2021, 6, 14), date(2021, 6, 14), None),
    ("2020-08/2021-07", PeriodKind.RANGE, date(2020, 8, 1), date(2021, 7, 31), 12),
    ("2020-08-03/2021", PeriodKind.RANGE, date(2020, 8, 3), date(2021, 12, 31), None),
    ("../2021-07", PeriodKind.UNTIL, None, date(2021, 7, 31), None),
]


@pytest.mark.parametrize(("text", "kind", "first", "last", "months"), PERIODS)
def test_a_period_has_its_days(
    text: str, kind: PeriodKind, first: date | None, last: date, months: int | None
) -> None:
    period = Period(text)
    assert (period.kind, period.first, period.last) == (kind, first, last)
    assert period.months == months
    assert period.days == (None if first is None else (last - first).days + 1)
    assert str(period) == f"{period}" == text
    assert repr(period) == f"Period('{text}')"
    assert Period(period) == period
    assert f"{period:>16}" == text.rjust(16)


def test_the_numbers_of_kinds_are_those_of_c() -> None:
    assert [Period(text).kind for text, *_ in PERIODS[:6]] == list(PeriodKind)[:6]
    assert [Period(text)._value[2] for text, *_ in PERIODS] == [1, 2, 3, 4, 5, 6, 6, 7]


@pytest.mark.parametrize("text", ["", "2021-S3", "2021-H1", "2021-07/2020", "2021/", "é", "\0"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(poupa.ValidationError, match="is not a period"):
        Period(text)


@pytest.mark.parametrize("text", ["\ud800", "2021-\udcff", "2021" * 100_000])
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a period|surrogates"):
        Period(text)
    with pytest.raises(ValueError, match=r"not a date|surrogates"):
        from_date(text)


def test_common_mistakes_are_told_how_to_write_it() -> None:
    with pytest.raises(ValueError, match="write 2021-S1"):
        Period("2021-H1")


@pytest.mark.parametrize("value", [None, 2021, b"2021", (2021,), datetime.datetime(2021, 1, 1)])
def test_a_period_is_made_of_text_or_a_date(value: object) -> None:
    with pytest.raises(TypeError, match="expected text"):
        Period(value)  # type: ignore[arg-type]


def test_a_date_is_a_period() -> None:
    assert Period(date(2021, 6, 14)) == Period("2021-06-14")
    assert Period(PartialDate("2021-06")) == Period("2021-06")


def test_a_period_has_two_ends() -> None:
    assert Period.of("2020-08", "2021-07") == Period("2020-08/2021-07")
    assert Period.of(date(2021, 1, 1), PartialDate(2021)) == Period("2021-01-01/2021")
    assert Period.of(None, "2021-07") == Period("../2021-07")
    with pytest.raises(ValueError, match="ends before it starts"):
        Period.of("2021-07", "2020-08")
    with pytest.raises(TypeError, match="last day"):
        Period.of("2021", None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a date"):
        Period.of(2020, 2021)  # type: ignore[arg-type]


def test_the_period_around_a_date() -> None:
    day = date(2021, 8, 14)
    made = [str(Period.around(day, kind)) for kind in list(PeriodKind)[:5]]
    assert made == ["2021", "2021-S2", "2021-Q3", "2021-08", "2021-08-14"]
    assert Period.around("2021-08", "quarter") == Period("2021-Q3")
    with pytest.raises(ValueError, match="no one range"):
        Period.around(day, "range")
    with pytest.raises(ValueError, match="did you mean"):
        Period.around(day, "monht")
    with pytest.raises(TypeError, match="expected a date"):
        Period.around(None, "month")  # type: ignore[arg-type]


def test_a_period_contains_days_and_periods() -> None:
    half = Period("2021-S1")
    assert date(2021, 6, 30) in half
    assert date(2021, 7, 1) not in half
    assert Period("2021-Q2") in half
    assert "2021-02" in half
    assert PartialDate(2021) not in half
    assert half in half
    assert "1900" in Period("../2021-07")
    assert Period("../2021-06") not in half
    with pytest.raises(TypeError, match="expected text"):
        assert 2021 in half  # type: ignore[operator]
    with pytest.raises(ValueError, match="is not a period"):
        assert "soon" in half


def test_periods_are_compared_by_form_days_and_length() -> None:
    half, months = Period("2021-S1"), Period("2021-01/2021-06")
    assert half != months
    assert half.same_days(months)
    assert half.same_days("2021-01/2021-06")
    assert not half.same_days("2021")
    assert half.same_length("2020-S2")
    assert not half.same_length("2020")
    assert half == Period("2021-S1")
    assert hash(half) == hash(Period("2021-S1"))
    assert len({half, months, Period("2021-S1")}) == 2
    assert half != "2021-S1"


def test_periods_are_in_order_of_their_last_days() -> None:
    texts = ["2020", "../2021-06", "2021-S1", "2021-01/2021-06", "2021-Q2", "2021-06", "2021"]
    periods = [Period(text) for text in texts]
    assert sorted([*periods[3:], *periods[:3]]) == periods
    for a, b in pairwise(periods):
        assert a < b
        assert a <= b
        assert b > a
        assert b >= a
        assert not b < a
    with pytest.raises(TypeError):
        assert periods[0] < "2021"  # type: ignore[operator]


def texts() -> st.SearchStrategy[str]:
    year = st.integers(1, 9999).map("{:04}".format)
    half = st.tuples(year, st.sampled_from(["S1", "S2", "Q1", "Q2", "Q3", "Q4"])).map("-".join)
    days = st.dates().map(str)
    simple = year | half | days | days.map(lambda day: day[:7])
    until = simple.map("../{}".format)
    both = st.tuples(simple, simple).map(
        lambda ends: sorted(ends, key=lambda end: Period(end).last)
    )
    return simple | until | both.map("/".join).filter(is_period)


def is_period(text: str) -> bool:
    try:
        return bool(Period(text))
    except ValueError:
        return False


@given(texts(), texts())
def test_order_and_equality_are_those_of_c(a: str, b: str) -> None:
    one, other = Period(a), Period(b)
    order = _swig.period_compare(one._value, other._value)
    assert (one < other, one == other, one > other) == (order < 0, order == 0, order > 0)
    assert (other in one) == _swig.period_contains(one._value, other._value)


@given(texts())
def test_periods_survive_text_pickle_copy_and_the_library(text: str) -> None:
    period = Period(text)
    assert str(period) == text
    assert to_period(from_period(period)) == period
    for made in (pickle.loads(pickle.dumps(period)), copy.copy(period), copy.deepcopy(period)):
        assert made == period


def test_no_period_is_none() -> None:
    assert to_period(None) is None
    assert from_period(None) is None


def test_a_period_cannot_be_changed() -> None:
    period = Period("2021")
    with pytest.raises(AttributeError, match="cannot be changed"):
        period.first = date(2020, 1, 1)  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot be changed"):
        del period._value
    period.__init__("2020")  # type: ignore[misc]
    assert str(period) == "2021"
