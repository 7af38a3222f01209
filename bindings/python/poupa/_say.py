"""Figures, dates and spans of time as people say them, in English."""

from __future__ import annotations

import math
from datetime import date
from typing import Protocol

from ._period import PartialDate, Period, PeriodKind
from ._words import IndicatorUnit, Measure, Qualifier, Word


class Published(Protocol):
    """A metric, a target or a claim: a value and how it was said."""

    @property
    def value(self) -> float: ...
    @property
    def qualifier(self) -> Qualifier: ...


_QUALIFIERS = {
    Qualifier.EXACT: "{}",
    Qualifier.ABOUT: "about {}",
    Qualifier.OVER: "more than {}",
    Qualifier.ALMOST: "almost {}",
    Qualifier.AT_LEAST: "at least {}",
    Qualifier.AT_MOST: "at most {}",
}

_UNITS = {
    IndicatorUnit.SECONDS: "second",
    IndicatorUnit.MINUTES: "minute",
    IndicatorUnit.YEARS: "year",
}

MILLION = 1_000_000

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Those of `calendar` change with the locale."""


def number(value: float) -> str:
    """A number to tenths, with its thousands marked; round millions in words."""
    if math.isfinite(value) and abs(value) >= MILLION and value % (MILLION / 10) == 0:
        return f"{value / MILLION:,.1f}".removesuffix(".0") + " million"
    if value and abs(value) < 1:
        return f"{value:.2g}"
    return f"{value:,.1f}".removesuffix(".0")


def measured(value: float, unit: IndicatorUnit) -> str:
    """A number of what is counted."""
    if unit is IndicatorUnit.COUNT:
        return number(value)
    if unit is IndicatorUnit.PERCENT:
        return f"{number(value)} %"
    if unit is IndicatorUnit.BRL:
        return f"R$ {number(value)}"
    noun = _UNITS.get(unit)
    if noun is None:
        return f"{number(value)} {unit}"
    said = number(value)
    return f"{said} {noun}{'' if said == '1' else 's'}"


def published(figure: Published, unit: IndicatorUnit) -> str:
    """A value as it was said: "more than 240"."""
    return _QUALIFIERS[figure.qualifier].format(measured(figure.value, unit))


def day(value: date) -> str:
    """A date as precise as it is: "31 July 2021", "July 2021", "2021"."""
    if not isinstance(value, PartialDate):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    if value.precision == "month":
        return f"{MONTHS[value.month - 1]} {value.year}"
    return str(value.year)


_STANDING = (Measure.STOCK, Measure.CUMULATIVE)
"""What is counted at the end of a period, not over it."""

_PARTS = ("first", "second", "third", "fourth")


def when(period: Period, measure: Measure) -> str:
    """The time that a figure is about."""
    if measure in _STANDING:
        return f"as of {day(period.last)}"
    first, last = period.first, period.last
    if first is None:
        return f"up to {day(last)}"
    kind = period.kind
    if kind is PeriodKind.YEAR:
        return f"in {last.year}"
    if kind is PeriodKind.HALF:
        return f"in the {_PARTS[last.month // 7]} half of {last.year}"
    if kind is PeriodKind.QUARTER:
        return f"in the {_PARTS[(last.month - 1) // 3]} quarter of {last.year}"
    if kind is PeriodKind.MONTH:
        return f"in {MONTHS[last.month - 1]} {last.year}"
    if kind is PeriodKind.DAY:
        return f"on {day(last)}"
    return f"from {day(first)} to {day(last)}"


def by(due: date) -> str:
    """When something is due at the latest."""
    end = "the end of " if isinstance(due, PartialDate) else ""
    return f"by {end}{day(due)}"


def months(count: float) -> str:
    """A span of months."""
    said = number(count)
    return f"{said} month{'' if said == '1' else 's'}"


def word(value: Word) -> str:
    """A word as people write it: "on track"."""
    return str(value).replace("_", " ")
