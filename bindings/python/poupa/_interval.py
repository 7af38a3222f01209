"""Figures with their bounds, and computing with them."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeAlias

from . import _swig
from ._words import Qualifier, to_code

__all__ = ["Interval", "growth", "mean", "ratio", "share", "total"]


class SupportsInterval(Protocol):
    """What has an interval: a metric, a target, a claim."""

    @property
    def interval(self) -> Interval: ...


@dataclass(frozen=True, init=False, repr=False, eq=False)
class Interval:
    """A figure and the bounds of what it may truly be; an open end is infinite.

    Arithmetic takes the true values as independent, so that its bounds hold whatever they
    are: `a - a` is zero only for an exact `a`. `<` and the like are true where it is certain;
    `==` asks whether value and bounds are the same.

    >>> served = poupa.Interval(12_000, 12_000, 13_000)
    >>> print(served, "and in all", served + 500)
    12,000 (12,000 to 13,000) and in all 12,500 (12,500 to 13,500)
    >>> served > 11_000, served > 12_500, 12_500 in served
    (True, False, True)
    >>> print(poupa.Interval.published(240, "at_least"))
    ≥ 240
    """

    __slots__ = ("high", "low", "value")
    value: float
    """The best estimate; not a number where nothing is known."""
    low: float
    """The least that it may be; may be -inf."""
    high: float
    """The most that it may be; may be inf."""

    def __new__(cls, value: float, low: float | None = None, high: float | None = None) -> Self:
        point = _finite(value, "value")
        if math.isnan(point):
            return cls._of((math.nan, -math.inf, math.inf))
        least = point if low is None else _number(low, "low")
        most = point if high is None else _number(high, "high")
        if not least <= point <= most:
            raise ValueError(f"expected low <= value <= high, not {least}, {point}, {most}")
        if least == math.inf or most == -math.inf:
            raise ValueError("an end cannot be beyond every number")
        return cls._of((point + 0.0, least + 0.0, most + 0.0))

    @classmethod
    def _of(cls, ends: _swig.Interval) -> Self:
        """The interval that the library has."""
        made = _new(cls)
        value, low, high = ends
        _set_value(made, value)
        _set_low(made, low)
        _set_high(made, high)
        return made

    @classmethod
    def unknown(cls) -> Self:
        """Nothing is known: no value, no bounds.

        >>> print(poupa.Interval.unknown())
        unknown
        """
        return cls._of(_swig.interval_unknown())

    @classmethod
    def published(
        cls, value: float, qualifier: Qualifier | str = "exact", resolution: float = 0
    ) -> Self:
        """What a published value stands for; resolution is the unit of its last digit.

        >>> print(poupa.Interval.published(12_000, "over", 1000))
        12,000 (12,000 to 13,000)
        """
        point = _finite(value, "value")
        unit = _finite(resolution, "resolution")
        if unit < 0:
            raise ValueError(f"resolution: expected a number of 0 or more, not {unit}")
        return cls._of(_swig.published_interval(point, to_code(Qualifier(qualifier)), unit))

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known."""
        return math.isnan(self.value)

    @property
    def is_exact(self) -> bool:
        """Whether both bounds are the value."""
        return self.low == self.value == self.high

    @property
    def is_bounded(self) -> bool:
        """Whether both bounds are finite."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def overlaps(self, other: Figure) -> bool:
        """Whether both may be the same number."""
        interval = figure(other)
        return self.low <= interval.high and interval.low <= self.high

    def contains(self, other: Figure) -> bool:
        """Whether a number, or all of an interval, is within the bounds."""
        ends = _bounds(other) or _bounds(figure(other))
        return bool(self.low <= ends[0] and ends[1] <= self.high)

    __contains__ = contains

    # -- Arithmetic --

    def __add__(self, other: Figure) -> Interval:
        term = _coerced(other)
        return NotImplemented if term is None else total((self, term))

    __radd__ = __add__

    def __sub__(self, other: Figure) -> Interval:
        term = _coerced(other)
        return NotImplemented if term is None else _difference(self, term)

    def __rsub__(self, other: Figure) -> Interval:
        term = _coerced(other)
        return NotImplemented if term is None else _difference(term, self)

    def __mul__(self, other: Figure) -> Interval:
        factor = _coerced(other)
        return NotImplemented if factor is None else _product(self, factor)

    __rmul__ = __mul__

    def __truediv__(self, other: Figure) -> Interval:
        divisor = _coerced(other)
        return NotImplemented if divisor is None else ratio(self, divisor)

    def __rtruediv__(self, other: Figure) -> Interval:
        dividend = _coerced(other)
        return NotImplemented if dividend is None else ratio(dividend, self)

    def __neg__(self) -> Interval:
        return Interval(-self.value, -self.high, -self.low)

    def __pos__(self) -> Interval:
        return self

    def __abs__(self) -> Interval:
        if self.low >= 0 or self.is_unknown:
            return self
        if self.high <= 0:
            return -self
        return Interval(abs(self.value), 0, max(-self.low, self.high))

    def __float__(self) -> float:
        return self.value

    # -- Comparison --

    def __lt__(self, other: Figure) -> bool:
        ends = _bounds(other)
        return NotImplemented if ends is None else bool(self.high < ends[0])

    def __le__(self, other: Figure) -> bool:
        ends = _bounds(other)
        return NotImplemented if ends is None else bool(self.high <= ends[0])

    def __gt__(self, other: Figure) -> bool:
        ends = _bounds(other)
        return NotImplemented if ends is None else bool(self.low > ends[1])

    def __ge__(self, other: Figure) -> bool:
        ends = _bounds(other)
        return NotImplemented if ends is None else bool(self.low >= ends[1])

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Interval):
            return _key(self) == _key(other)
        if _is_number(other):
            return self.is_exact and self.value == other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.value) if self.is_exact else hash(_key(self))

    # -- As text --

    def __str__(self) -> str:
        value, low, high = _written(self)
        return _phrase(self, value, low, high)

    def __format__(self, spec: str) -> str:
        """The format of a number, for each of the three; a width is that of the whole.

        >>> f"{poupa.share(12_000, poupa.Interval(36_000, 36_000, 37_000)):.1f}"
        '33.3 (32.4 to 33.3)'
        """
        parts = _SPEC.fullmatch(spec)
        if parts is None:
            raise ValueError(f'"{spec}" is not a format for intervals')
        of_number = parts["sign"] + parts["digits"]
        text = str(self)
        if of_number:
            value, low, high = (format(end, of_number) for end in (self.value, *_bounds(self)))
            text = _phrase(self, value, low, high)
        place = f"{parts['fill'] or ''}{parts['align'] or '>'}{parts['width']}"
        return format(text, place) if parts["width"] else text

    def __repr__(self) -> str:
        if self.is_unknown:
            return "Interval.unknown()"
        ends = (self.value,) if self.is_exact else (self.value, self.low, self.high)
        return f"Interval({', '.join(_plain(end) for end in ends)})"

    # -- As a value --

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.value, self.low, self.high)

    def __copy__(self) -> Interval:
        return self

    def __deepcopy__(self, memo: object) -> Interval:
        return self


# The slots themselves, past what forbids assignment.
_new = object.__new__
_set_value, _set_low, _set_high = (
    vars(Interval)[name].__set__ for name in ("value", "low", "high")
)

Figure: TypeAlias = Interval | SupportsInterval | float
"""What the arithmetic takes: an interval, what has one, or a number."""


# -- Functions -------------------------------------------------------------------


def total(figures: Iterable[Figure]) -> Interval:
    """The sum; 0 for none.

    >>> print(poupa.total([poupa.Interval(10, 9, 11), 5]))
    15 (14 to 16)
    """
    return Interval._of(_swig.interval_sum(tuple(_ends(each) for each in figures)))


def mean(figures: Iterable[Figure]) -> Interval:
    """The arithmetic mean; unknown for none.

    >>> print(poupa.mean([12, 15]))
    13.5
    """
    return Interval._of(_swig.interval_mean(tuple(_ends(each) for each in figures)))


def ratio(a: Figure, b: Figure) -> Interval:
    """The quotient a / b; unknown where b may be zero.

    >>> print(poupa.ratio(catalog.metrics["poupatempo.2021-s1"], 12))
    1,250,000 (1,208,333 to 1,291,667)
    """
    return Interval._of(_swig.interval_ratio(_ends(a), _ends(b)))


def share(part: Figure, whole: Figure) -> Interval:
    """A part of a whole, in percent.

    >>> print(poupa.share(29, 100))
    29
    """
    return Interval._of(_swig.interval_share(_ends(part), _ends(whole)))


def growth(new: Figure, old: Figure) -> Interval:
    """The growth from `old` to `new`, in percent.

    >>> print(poupa.growth(240, poupa.Interval(180, 179.5, 180.5)))
    33.3 (32.9 to 33.8)
    """
    return Interval._of(_swig.interval_growth(_ends(new), _ends(old)))


def figure(value: object) -> Interval:
    """The interval of what has one, or of a number, which is exact."""
    interval = _coerced(value)
    if interval is None:
        raise TypeError(
            f"expected a number, an Interval or what has one, not {type(value).__name__}"
        )
    return interval


def _is_number(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, numbers.Real)


def _number(value: float, name: str) -> float:
    if not _is_number(value):
        raise TypeError(f"{name}: expected a number, not {type(value).__name__}")
    return float(value)


def _finite(value: float, name: str) -> float:
    number = _number(value, name)
    if math.isinf(number):
        raise ValueError(f"{name}: expected a finite number, not {number}")
    return number


def _coerced(value: object) -> Interval | None:
    if isinstance(value, Interval):
        return value
    if _is_number(value):
        return Interval(value)  # type: ignore[arg-type]
    interval = getattr(value, "interval", None)
    return interval if isinstance(interval, Interval) else None


def _ends(value: object) -> _swig.Interval:
    interval = figure(value)
    return interval.value, interval.low, interval.high


def _bounds(value: object) -> Any:
    """Low and high, of numbers as they are, so that those beyond a float compare too."""
    if _is_number(value):
        return value, value
    interval = _coerced(value)
    return None if interval is None else (interval.low, interval.high)


def _key(interval: Interval) -> tuple[float | None, float, float]:
    """Equal for equal intervals, the unknown one being equal to itself."""
    return None if interval.is_unknown else interval.value, interval.low, interval.high


def _difference(a: Interval, b: Interval) -> Interval:
    return Interval._of(_swig.interval_difference(_ends(a), _ends(b)))


def _product(a: Interval, b: Interval) -> Interval:
    value = a.value * b.value
    if not math.isfinite(value):
        return Interval.unknown()
    # Zero times infinity is not a number; an end that is zero makes a product of zero.
    products = [x * y if x and y else 0.0 for x in (a.low, a.high) for y in (b.low, b.high)]
    return Interval(value, min(products), max(products))


# -- Text ------------------------------------------------------------------------

_SPEC = re.compile(
    r"(?:(?P<fill>.)?(?P<align>[<>^]))?(?P<sign>[-+ ]?z?)(?P<width>(?:[1-9]\d*)?)"
    r"(?P<digits>[,_]?(?:\.\d+)?[eEfFgGn%]?)",
    re.DOTALL,
)


def _phrase(interval: Interval, value: str, low: str, high: str) -> str:
    if interval.is_unknown:
        return "unknown"
    if interval.is_exact:
        return value
    if interval.is_bounded:
        return f"{value} ({low} to {high})"
    if interval.low > -math.inf:
        least = f"≥ {low}"
        return least if interval.low == interval.value else f"{value} ({least})"
    if interval.high < math.inf:
        most = f"≤ {high}"
        return most if interval.high == interval.value else f"{value} ({most})"
    return f"{value} (unbounded)"


def _plain(number: float) -> str:
    """A number without a fraction of zero."""
    return repr(number).removesuffix(".0")


def _is_short(number: float) -> bool:
    """Whether it has three decimals at most, but for the error of arithmetic."""
    return not math.isfinite(number) or math.isclose(number, round(number, 3), rel_tol=1e-12)


def _decimals(value: float) -> int:
    """How many decimals of an estimate to show: about three digits of it, and all before."""
    if value == 0 or not math.isfinite(value):
        return 2
    return max(2 - math.floor(math.log10(abs(value))), 0)


def _rounded(number: float, decimals: int, towards: int) -> float:
    """Rounded down (-1), up (1) or to the nearest, but for the error of arithmetic."""
    if not math.isfinite(number) or abs(number) >= 2**53:
        return number
    nearest = round(number, decimals)
    step = 10.0**-decimals
    if (number - nearest) * towards > 1e-9 * abs(number):
        nearest = round(nearest + towards * step, decimals)
    return nearest + 0.0


def _marked(number: float) -> str:
    return f"{number:,}".removesuffix(".0")


def _written(interval: Interval) -> tuple[str, str, str]:
    """Short figures in full; others as estimates, their bounds rounded outwards."""
    ends = (interval.value, interval.low, interval.high)
    if all(_is_short(end) for end in ends):
        value, low, high = (round(end, 3) if math.isfinite(end) else end for end in ends)
    else:
        decimals = _decimals(interval.value)
        value = _rounded(interval.value, decimals, 0)
        low = _rounded(interval.low, decimals, -1)
        high = _rounded(interval.high, decimals, 1)
    return _marked(value), _marked(low), _marked(high)
