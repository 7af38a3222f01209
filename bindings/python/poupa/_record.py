"""One attendance record, and what reading a stream of them came to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from . import _swig
from ._period import Period

__all__ = ["AttendanceWarning", "Counts", "Record"]


class AttendanceWarning(UserWarning):
    """Something about attendance records that does not stop their reading."""


class Record(NamedTuple):
    """One attendance record.

    >>> poupa.Record(poupa.Period("2021-06-14"), "itaquera", "procon-sp", "presencial", 37)
    Record(period=Period('2021-06-14'), unit='itaquera', service='procon-sp', \
channel='presencial', count=37, wait_s=None, service_s=None)
    """

    period: Period
    """A year, half-year, quarter, month or day."""
    unit: str | None
    """The id of the unit; None where there is no place."""
    service: str
    """The id of the service."""
    channel: str
    """The id of the channel."""
    count: int = 1  # type: ignore[assignment]  # pyright: ignore[reportIncompatibleMethodOverride]
    """How many attendances, 0 or more."""
    wait_s: int | None = None
    """The mean wait over the attendances, in seconds."""
    service_s: int | None = None
    """The mean time of service over the attendances, in seconds."""


class Counts(NamedTuple):
    """What reading came to: all lines are good, bad or blank."""

    good: int = 0
    """Records."""
    bad: int = 0
    """Lines that were skipped or quarantined, or the one that failed."""
    blank: int = 0
    """Lines of white space."""
    bytes: int = 0
    """Bytes of the lines, after decompression."""

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))


# -- From Python to the library ------------------------------------------------------------

_NAMES = frozenset(Record._fields)


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError(f"{name}: expected a str, got {type(value).__name__}")


def _number(name: str, value: Any, most: int) -> int:
    # Whatever stands for an integer does, numpy's for one; but True is no number of people.
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name}: expected an int, got {type(value).__name__}")
    number: int = value.__index__()
    if not 0 <= number <= most:
        raise ValueError(f"{name}: expected 0 to {most}, got {number}")
    return number


def _from_mapping(record: Any) -> Record:
    if not record.keys() >= {"period", "service", "channel"}:
        missing = [name for name in ("period", "service", "channel") if name not in record]
        raise ValueError(f"a record without {' and '.join(missing)}")
    known: dict[str, Any] = {"unit": None}
    known.update((name, value) for name, value in record.items() if name in _NAMES)
    return Record(**known)


def raw_record(record: object) -> _swig.Record:
    """The library's form of a Record, of a sequence in its order, or of a mapping of names.

    Names that are no members are left alone, as they are in files.
    """
    if isinstance(record, Record):
        full = record
    elif isinstance(record, (tuple, list)):
        values = cast("Sequence[Any]", record)
        if not 4 <= len(values) <= len(Record._fields):
            raise ValueError(
                f"a record has 4 to 7 values ({', '.join(Record._fields)}), got {len(values)}"
            )
        full = Record(*values)
    elif hasattr(record, "keys") and hasattr(record, "__getitem__"):
        full = _from_mapping(record)
    else:
        raise TypeError(
            f"expected a poupa.Record, a tuple or a mapping, got {type(record).__name__}"
        )
    return (
        Period(full.period)._value,
        None if full.unit is None or full.unit == "" else _text("unit", full.unit),
        _text("service", full.service),
        _text("channel", full.channel),
        1 if full.count is None else _number("count", full.count, 2**63 - 1),
        None if full.wait_s is None else _number("wait_s", full.wait_s, 2**31 - 1),
        None if full.service_s is None else _number("service_s", full.service_s, 2**31 - 1),
    )
