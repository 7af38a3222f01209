"""Dates as precise as they were published, and periods."""

from __future__ import annotations

import calendar
import datetime
import operator
from typing import Any, Literal, NoReturn, Self, SupportsIndex, overload

from . import _swig
from ._words import Word

__all__ = ["PartialDate", "Period", "PeriodKind"]

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_OPEN = -(2**31)
"""POUPA_DAY_MIN, the first day of a period that has none."""


def _refuse(value: object, expected: str) -> NoReturn:
    raise TypeError(f"expected {expected}, not {type(value).__name__}")


# -- Dates -----------------------------------------------------------------------


class PartialDate(datetime.date):
    """A date that was published as a year or a month. It stands for its first day.

    It is equal only to a date of the same precision, and comes before a more precise one that
    begins with it; otherwise it compares, adds and converts as its first day does.

    >>> import datetime
    >>> august = poupa.PartialDate("2021-08")
    >>> print(august, august.precision, august.first, august.last)
    2021-08 month 2021-08-01 2021-08-31
    >>> august == datetime.date(2021, 8, 1), august < datetime.date(2021, 8, 2)
    (False, True)
    """

    __slots__ = ("_precision",)
    _precision: Literal["year", "month"]

    def __new__(cls, year: SupportsIndex | str, month: SupportsIndex | None = None) -> Self:
        if isinstance(year, str):
            if month is not None:
                raise TypeError("PartialDate: expected a text, or a year and a month")
            number, month_number, day = _swig.date_parse(year)
            if day:
                raise ValueError(f'"{year}" is a whole date: use datetime.date')
            month = month_number or None
        else:
            number = operator.index(year)
        made = super().__new__(cls, number, 1 if month is None else month, 1)
        _set_precision(made, "year" if month is None else "month")
        return made

    @property
    def precision(self) -> Literal["year", "month"]:
        """What is known: "year" or "month"."""
        return self._precision

    @property
    def first(self) -> datetime.date:
        """The first day that it covers, a whole date."""
        return datetime.date(self.year, self.month, 1)

    @property
    def last(self) -> datetime.date:
        """The last day that it covers, a whole date: 2021 ends on 2021-12-31."""
        month = 12 if self._precision == "year" else self.month
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """As it was published: "2021" or "2021-08"."""
        year = f"{self.year:04}"
        return year if self._precision == "year" else f"{year}-{self.month:02}"

    __str__ = isoformat

    def __format__(self, spec: str) -> str:
        """By `strftime` where there is a %, of its first day; else as text."""
        return self.strftime(spec) if "%" in spec else format(str(self), spec)

    def __repr__(self) -> str:
        return f"PartialDate({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, datetime.date):
            return NotImplemented
        return isinstance(other, PartialDate) and str(self) == str(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: datetime.date) -> bool:
        return _place(self) < _place(other) if _is_date(other) else NotImplemented

    def __le__(self, other: datetime.date) -> bool:
        return _place(self) <= _place(other) if _is_date(other) else NotImplemented

    def __gt__(self, other: datetime.date) -> bool:
        return _place(self) > _place(other) if _is_date(other) else NotImplemented

    def __ge__(self, other: datetime.date) -> bool:
        return _place(self) >= _place(other) if _is_date(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self),)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a PartialDate cannot be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a PartialDate cannot be changed: {name}")

    @classmethod
    def fromisoformat(cls, text: str) -> Self:
        """A year or a month: `PartialDate(text)`."""
        return cls(text)

    # What datetime.date makes of itself would be of this class, and has a day.

    @staticmethod
    def today() -> datetime.date:  # type: ignore[override]
        """Today, a whole date."""
        return datetime.date.today()

    @staticmethod
    def fromtimestamp(timestamp: float, /) -> datetime.date:  # type: ignore[override]
        """The day of a POSIX timestamp here, a whole date."""
        return datetime.date.fromtimestamp(timestamp)

    @staticmethod
    def fromordinal(n: int, /) -> datetime.date:  # type: ignore[override]
        """The day of a number, where 1 is 0001-01-01; a whole date."""
        return datetime.date.fromordinal(n)

    @staticmethod
    def fromisocalendar(year: int, week: int, day: int) -> datetime.date:  # type: ignore[override]
        """The day of a week, as ISO 8601 counts them; a whole date."""
        return datetime.date.fromisocalendar(year, week, day)

    def __add__(self, other: datetime.timedelta) -> datetime.date:  # type: ignore[override]
        return self.first + other

    __radd__ = __add__  # type: ignore[assignment]

    @overload  # type: ignore[override]
    def __sub__(self, other: datetime.datetime) -> NoReturn: ...
    @overload
    def __sub__(self, other: datetime.date) -> datetime.timedelta: ...
    @overload
    def __sub__(self, other: datetime.timedelta) -> datetime.date: ...
    def __sub__(
        self, other: datetime.date | datetime.timedelta
    ) -> datetime.date | datetime.timedelta:
        return self.first - other

    def replace(  # type: ignore[override]
        self,
        year: SupportsIndex | None = None,
        month: SupportsIndex | None = None,
        day: SupportsIndex | None = None,
    ) -> datetime.date:
        """The first day with other parts, a whole date."""
        return datetime.date(
            self.year if year is None else year,
            self.month if month is None else month,
            1 if day is None else day,
        )

    __replace__ = replace


# The slot itself, past what forbids assignment.
_set_precision = vars(PartialDate)["_precision"].__set__


def _is_date(value: object) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _place(date: datetime.date) -> tuple[int, str]:
    """Where a date is among others: by its first day, what is less precise first."""
    return date.toordinal(), str(date)


@overload
def to_date(date: _swig.Date) -> datetime.date: ...
@overload
def to_date(date: None) -> None: ...
def to_date(date: _swig.Date | None) -> datetime.date | None:
    """The date that the library has; None for none."""
    if date is None:
        return None
    year, month, day = date
    return datetime.date(year, month, day) if day else PartialDate(year, month or None)


def from_date(date: datetime.date | str | None) -> _swig.Date | None:
    """A date as the library takes it, from one or from text such as "2021-08"."""
    if date is None:
        return None
    if isinstance(date, str):
        return _swig.date_parse(date)
    if isinstance(date, datetime.datetime):
        raise TypeError("expected a date without a time of day: use .date()")
    if isinstance(date, PartialDate):
        return date.year, date.month if date.precision == "month" else 0, 0
    if isinstance(date, datetime.date):
        return date.year, date.month, date.day
    _refuse(date, 'a date or text such as "2021-08"')


def to_day(date: datetime.date) -> int:
    """Days since 1970-01-01."""
    return date.toordinal() - _EPOCH


# -- Periods ---------------------------------------------------------------------


class PeriodKind(Word):
    """The forms in which a period is written."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    RANGE = "range"
    UNTIL = "until"


_KINDS: tuple[PeriodKind, ...] = tuple(PeriodKind)
"""A kind at its number in C, less one."""


class Period:
    """A stretch of days, both ends included, as it was written.

    Texts are 2021, 2021-S1 (a half-year), 2021-Q3, 2021-06, 2021-06-14, 2020-08/2021-07 and
    ../2021-07 (everything up to then). Two periods are equal when they are written alike, and
    are in order of their last days, then of their first.

    >>> half = poupa.Period("2021-S1")
    >>> half.first, half.last, half.months
    (datetime.date(2021, 1, 1), datetime.date(2021, 6, 30), 6)
    >>> "2021-03-14" in half, "2021-Q3" in half
    (True, False)
    """

    __slots__ = ("_value",)
    _value: _swig.Period

    def __new__(cls, text: str | datetime.date | Period) -> Self:
        if isinstance(text, Period):
            value = text._value
        elif isinstance(text, str):
            value = _swig.period_parse(text)
        elif isinstance(text, datetime.date) and not isinstance(text, datetime.datetime):
            value = _swig.period_parse(str(text))
        else:
            _refuse(text, 'text such as "2021-S1", or a date')
        made = _new(cls)
        _set_value(made, value)
        return made

    @classmethod
    def of(cls, first: datetime.date | str | None, last: datetime.date | str) -> Period:
        """The period from one date to another, included; None for an open start.

        >>> poupa.Period.of("2020-08", "2021-07")
        Period('2020-08/2021-07')
        >>> poupa.Period.of(None, "2021-07-31")
        Period('../2021-07-31')
        """
        if last is None:
            raise TypeError("a period has a last day: it cannot be None")
        start = ".." if first is None else _date_text(first)
        return cls(f"{start}/{_date_text(last)}")

    @classmethod
    def around(cls, date: datetime.date | str, kind: PeriodKind | str) -> Period:
        """The year, half, quarter, month or day that a date is in; of a partial one, the first.

        >>> poupa.Period.around("2021-06-14", "quarter")
        Period('2021-Q2')
        """
        number = _KINDS.index(PeriodKind(kind)) + 1
        value = _swig.period_around(_swig.date_first_day(_whole(from_date(date))), number)
        if value is None or value[2] == 0:
            raise ValueError(f"there is no one {kind} around a date")
        return to_period(value)

    @property
    def first(self) -> datetime.date | None:
        """The first day; None where the start is open."""
        day = self._value[0]
        return None if day == _OPEN else datetime.date.fromordinal(day + _EPOCH)

    @property
    def last(self) -> datetime.date:
        """The last day, included."""
        return datetime.date.fromordinal(self._value[1] + _EPOCH)

    @property
    def kind(self) -> PeriodKind:
        """How it is written."""
        return _KINDS[self._value[2] - 1]

    @property
    def days(self) -> int | None:
        """How many days it has; None where the start is open."""
        days = _swig.period_days(self._value)
        return days if days >= 0 else None

    @property
    def months(self) -> int | None:
        """How many calendar months it has; None where it is not made of whole ones."""
        months = _swig.period_months(self._value)
        return months if months >= 0 else None

    def same_days(self, other: Period | str) -> bool:
        """Whether both have the same days, however they are written.

        >>> poupa.Period("2021-S1").same_days("2021-01/2021-06")
        True
        """
        return self._value[:2] == Period(other)._value[:2]

    def same_length(self, other: Period | str) -> bool:
        """Whether both have as many whole months or, having none, as many days."""
        return _swig.period_same_length(self._value, Period(other)._value)

    def __contains__(self, other: Period | datetime.date | str) -> bool:
        return _swig.period_contains(self._value, Period(other)._value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a Period cannot be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a Period cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        return self._value == other._value if isinstance(other, Period) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value)

    def __lt__(self, other: Period) -> bool:
        return _order(self) < _order(other) if isinstance(other, Period) else NotImplemented

    def __le__(self, other: Period) -> bool:
        return _order(self) <= _order(other) if isinstance(other, Period) else NotImplemented

    def __gt__(self, other: Period) -> bool:
        return _order(self) > _order(other) if isinstance(other, Period) else NotImplemented

    def __ge__(self, other: Period) -> bool:
        return _order(self) >= _order(other) if isinstance(other, Period) else NotImplemented

    def __str__(self) -> str:
        return _swig.period_print(self._value)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"Period({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self),)

    def __copy__(self) -> Period:
        return self

    def __deepcopy__(self, memo: object) -> Period:
        return self


_new = object.__new__
_set_value = vars(Period)["_value"].__set__


def _order(period: Period) -> tuple[int, ...]:
    """The key of poupa_period_compare."""
    first, *form = period._value
    last, *kinds = form
    return last, first, *kinds


def _whole(date: _swig.Date | None) -> _swig.Date:
    if date is None:
        _refuse(date, 'a date or text such as "2021-08"')
    return date


def _date_text(date: datetime.date | str) -> str:
    return _swig.date_print(_whole(from_date(date)))


@overload
def to_period(value: _swig.Period) -> Period: ...
@overload
def to_period(value: None) -> None: ...
def to_period(value: _swig.Period | None) -> Period | None:
    """The period that the library has; None for none."""
    if value is None:
        return None
    period = _new(Period)
    _set_value(period, value)
    return period


def from_period(period: Period | datetime.date | str | None) -> _swig.Period | None:
    """A period as the library takes it, from one, a date or text."""
    return None if period is None else Period(period)._value
