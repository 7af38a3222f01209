"""Attendances added up: what to group by, the groups, and ways to write them."""

from __future__ import annotations

import datetime
import operator
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, SupportsIndex, TypeAlias, overload

from . import _html, _swig
from ._catalog import Catalog
from ._entity import Entity
from ._errors import hint
from ._files import Writable, write_all
from ._frames import Frames
from ._period import Period, to_period

if TYPE_CHECKING:
    from _typeshed import StrOrBytesPath

    from ._figures import Indicator, Source

__all__ = ["Rollup", "RollupRow", "Tally"]

By: TypeAlias = str | Iterable[str]
"""Names of groups: "month,channel", or one by one."""
Value: TypeAlias = str | Period | datetime.date | Entity
Where: TypeAlias = Mapping[str, Value | Iterable[Value]]
"""By name of a group, the values to keep."""

SHOWN = 30
"""How many groups print() shows at most."""


# -- What is asked for -----------------------------------------------------------------------


def group_words() -> tuple[str, ...]:
    """The names of all groups, "period" first, which only filters have."""
    words = iter(range(1 << 8))
    return tuple(iter(lambda: _swig.group_word(next(words)) or "", ""))


def _group(name: object) -> _swig.Group:
    if not isinstance(name, str):
        raise TypeError(f"a group: expected a str, got {type(name).__name__}")
    group = _swig.group_find(name.strip())
    if group is None:
        words = group_words()
        advice = hint(name, words) or f"; there are {', '.join(words)}"
        raise ValueError(f"there is no group {name!r}{advice}")
    return group


def _groups(by: By) -> tuple[_swig.Group, ...]:
    if isinstance(by, str):
        by = by.split(",") if by.strip() else ()
    if not isinstance(by, Iterable):
        raise TypeError(f"by: expected a str or several, got {type(by).__name__}")
    return tuple(map(_group, by))


def _value(name: str, value: object) -> str:
    if isinstance(value, Entity):
        return value.id
    if isinstance(value, (str, Period, datetime.date)) and not isinstance(
        value, datetime.datetime
    ):
        return str(value)
    raise TypeError(
        f"where[{name!r}]: expected a str, a period, a date or an entity, "
        f"got {type(value).__name__}"
    )


def _filters(where: Where | None) -> tuple[_swig.Filter, ...]:
    if where is None:
        return ()
    if not isinstance(where, Mapping):
        raise TypeError(f"where: expected a mapping, got {type(where).__name__}")
    filters: list[_swig.Filter] = []
    for name, values in where.items():
        several: tuple[object, ...]
        if isinstance(values, (str, Period, Entity)) or not isinstance(values, Iterable):
            several = (values,)
        else:
            several = tuple(values)
        if not several:
            raise ValueError(f"where[{name!r}]: no value")
        filters.append((_group(name), tuple(_value(name, value) for value in several)))
    return tuple(filters)


def handle_of(catalog: Catalog) -> _swig.CatalogPtr:
    """The library's catalogue."""
    if not isinstance(catalog, Catalog):
        raise TypeError(f"catalog: expected a poupa.Catalog, got {type(catalog).__name__}")
    return catalog._handle


def integer(name: str, value: SupportsIndex, least: int, most: int) -> int:
    """An argument that is a whole number, within bounds."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name}: expected an int, got {type(value).__name__}")
    number = value.__index__()
    if not least <= number <= most:
        raise ValueError(f"{name}: expected {least:,} to {most:,}, got {number:,}")
    return number


def start(
    by: By, where: Where | None, catalog: Catalog | None, top: int | None, counts_only: bool
) -> _swig.RollupPtr:
    """A rollup that nothing was added to yet."""
    most = 0 if top is None else integer("top", top, 1, sys.maxsize)
    handle = None if catalog is None else handle_of(catalog)
    return _swig.rollup_new((_groups(by), _filters(where), handle, bool(counts_only), most))


# -- Groups ----------------------------------------------------------------------------------


class Tally(NamedTuple):
    """Which records were taken into account."""

    rows: int
    """Records added."""
    kept: int
    """Of these, how many are in groups."""
    filtered: int
    """How many `where` left out."""
    cut: int
    """How many were left out since only a part of their period is in that of `where`."""
    wider: int
    """How many are in groups that are wider than the grain."""
    groups: int
    """How many groups there are, those below the top included."""


_MEMBERS = ("count", "rows", "wait_s", "service_s", "first", "last")


class RollupRow:
    """One group: its keys by their names, then what its records come to.

    >>> table = poupa.Attendance.from_records([("2021-06", None, "rg", "portal", 120)])
    >>> row = table.rollup("month,channel")[0]
    >>> row.month, row.channel, row["count"], row.period.months
    ('2021-06', 'portal', 120, 1)
    >>> month, channel, count, *_ = row
    """

    __slots__ = (
        "count",
        "first",
        "keys",
        "last",
        "names",
        "period",
        "rows",
        "service_s",
        "wait_s",
        "wider",
    )

    names: tuple[str, ...]
    """What the rollup is by."""
    keys: tuple[str | None, ...]
    """A text for each of these; None where neither record nor catalogue tells."""
    count: int
    """Attendances."""
    rows: int
    """Records."""
    wait_s: float | None
    """Mean wait in seconds, over the attendances that have one."""
    service_s: float | None
    """Mean time of service in seconds, over the attendances that have one."""
    first: Period
    """The period that begins first, the longest of those."""
    last: Period
    """The period that ends last, the longest of those."""
    period: Period | None
    """The group's period, where the rollup is by one."""
    wider: bool
    """Whether its records' period is wider than what is asked for; it is not split."""

    def __init__(self, names: tuple[str, ...], row: _swig.RollupRow) -> None:
        keys, period, wider, rows, count, wait_s, service_s, first, last = row
        put = object.__setattr__
        put(self, "names", names)
        put(self, "keys", tuple(key or None for key in keys))
        put(self, "period", None if period is None else to_period(period))
        put(self, "wider", wider)
        put(self, "rows", rows)
        put(self, "count", count)
        put(self, "wait_s", wait_s)
        put(self, "service_s", service_s)
        put(self, "first", to_period(first))
        put(self, "last", to_period(last))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a group of a rollup cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a group of a rollup cannot be changed")

    def __getattr__(self, name: str) -> Any:
        # Only what is no slot comes here; a row that is being made has no names yet.
        if name[:1] != "_" and name in self.names:
            return self.keys[self.names.index(name)]
        fields = () if name[:1] == "_" else self._fields
        raise AttributeError(f"a group without {name!r}{hint(name, fields)}", name=name)

    @property
    def _fields(self) -> tuple[str, ...]:
        wider = () if self.period is None else ("wider",)
        return (*self.names, *_MEMBERS, *wider)

    def __iter__(self) -> Iterator[Any]:
        yield from self.keys
        yield from (getattr(self, name) for name in self._fields[len(self.keys) :])

    def __len__(self) -> int:
        return len(self._fields)

    def __getitem__(self, index: int | slice | str) -> Any:
        if isinstance(index, str):
            if index not in self._fields:
                raise KeyError(f"a group without {index!r}{hint(index, self._fields)}")
            return getattr(self, index)
        return tuple(self)[index]

    def to_dict(self) -> dict[str, Any]:
        """The keys and values by name, periods as texts."""
        return {
            name: str(value) if isinstance(value, Period) else value
            for name, value in zip(self._fields, self, strict=True)
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RollupRow):
            return NotImplemented
        return self._fields == other._fields and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash((self.names, tuple(self)))

    def __repr__(self) -> str:
        values = zip(self._fields, self, strict=True)
        return f"RollupRow({', '.join(f'{name}={value!r}' for name, value in values)})"

    def __reduce__(self) -> tuple[Any, ...]:
        period = None if self.period is None else self.period._value
        ends = self.first._value, self.last._value
        keys = tuple(key or "" for key in self.keys)
        means = self.wait_s, self.service_s
        raw = (keys, period, self.wider, self.rows, self.count, *means, *ends)
        return RollupRow, (self.names, raw)


class Rollup(Frames):
    """Attendances added up: a sequence of RollupRows, which prints as a table.

    Groups come in the order of their keys, or with `top` those of most attendances first.
    Groups of records whose period is wider than what was asked for are apart, at the end.
    It exports an Arrow stream as tables of records do.

    >>> table = poupa.Attendance.from_records([
    ...     ("2021-06-14", "itaquera", "procon-sp", "presencial", 37, 412),
    ...     ("2021-06-15", "itaquera", "procon-sp", "presencial", 3, 12),
    ...     ("2021-06", None, "procon-sp", "portal", 120)])
    >>> print(table.rollup("month,channel"))
    month    channel     attendances  records  wait  service
    2021-06  portal              120        1     -        -
    2021-06  presencial           40        2  6:22        -
    """

    # Not registered as a collections.abc.Sequence, as Attendance is not, and for its reason.
    __slots__ = ("__weakref__", "_by", "_rows", "this")

    this: _swig.RollupTablePtr

    def __init__(self, pointer: _swig.RollupTablePtr) -> None:
        self.this = pointer
        self._by = tuple(map(_swig.group_name, _swig.rollup_table_by(pointer)))
        self._rows: tuple[RollupRow, ...] | None = None

    # -- A sequence ------------------------------------------------------------------------

    @property
    def by(self) -> tuple[str, ...]:
        """The names of the keys."""
        return self._by

    @property
    def tally(self) -> Tally:
        """How many records were added, kept and left out."""
        return Tally(*_swig.rollup_table_tally(self.this))

    def __len__(self) -> int:
        return _swig.rollup_table_count(self.this)

    @overload
    def __getitem__(self, index: int) -> RollupRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[RollupRow]: ...
    def __getitem__(self, index: int | slice) -> RollupRow | list[RollupRow]:
        if isinstance(index, slice):
            return [self._at(row) for row in range(*index.indices(len(self)))]
        row = operator.index(index)
        row += len(self) if row < 0 else 0
        if not 0 <= row < len(self):
            raise IndexError(f"group {index} of {len(self)}")
        return self._at(row)

    def _at(self, index: int) -> RollupRow:
        row = _swig.rollup_table_at(self.this, index)
        if row is None:
            raise IndexError(f"group {index} of {len(self)}")
        return RollupRow(self._by, row)

    def __iter__(self) -> Iterator[RollupRow]:
        return map(self._at, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rollup):
            return NotImplemented
        return (self.by, self.tally, list(self)) == (other.by, other.tally, list(other))

    # -- Out -------------------------------------------------------------------------------

    def to_dicts(self) -> list[dict[str, Any]]:
        """A dictionary for each group, periods as texts."""
        return [row.to_dict() for row in self]

    def to_csv(self) -> str:
        """As RFC 4180 has it: a header, lines that end in CRLF."""
        return self._bytes(_swig.rollup_write_csv).decode("utf-8")

    def to_ndjson(self) -> str:
        """An object a line for each group."""
        return self._bytes(_swig.rollup_write_ndjson).decode("utf-8")

    def to_json(self) -> str:
        """One object with "by", "rows", "kept", "filtered", "cut" and "groups"."""
        return _swig.rollup_json(self.this)

    def _bytes(self, write: Callable[[_swig.RollupTablePtr, _swig.Write], None]) -> bytes:
        pieces: list[bytes] = []
        write(self.this, pieces.append)
        return b"".join(pieces)

    def write_csv(self, target: StrOrBytesPath | Writable) -> None:
        """Writes to_csv() to a path (atomically) or to a file object."""
        write_all(target, self._bytes(_swig.rollup_write_csv))

    def write_ndjson(self, target: StrOrBytesPath | Writable) -> None:
        """Writes to_ndjson() to a path (atomically) or to a file object."""
        write_all(target, self._bytes(_swig.rollup_write_ndjson))

    def write_json(self, target: StrOrBytesPath | Writable) -> None:
        """Writes to_json() to a path (atomically) or to a file object."""
        write_all(target, self.to_json().encode("utf-8"))

    def add_to(
        self,
        catalog: Catalog,
        *,
        indicator: Indicator | str | None = None,
        wait_indicator: Indicator | str | None = None,
        service_indicator: Indicator | str | None = None,
        prefix: str | None = None,
        source: Source | str | None = None,
    ) -> int:
        """Adds the groups to a catalogue as metrics, all or none; says how many were left out.

        `indicator` is that of attendances, `wait_indicator` and `service_indicator` those of
        mean times in seconds; the catalogue must have them. The ids of the metrics are
        `prefix` ("rollup" by default) and the keys, with points between them. Left out are
        groups with a key that is not told, and those wider than what was asked for, which
        would pass for totals. In a block of `catalog.edit()` they are a part of that.
        """
        entities = (indicator, wait_indicator, service_indicator, source)
        ids = [each.id if isinstance(each, Entity) else each for each in entities]
        if not any(ids[:3]):
            raise ValueError("an indicator, a wait_indicator or a service_indicator is needed")
        metrics = (ids[0], ids[1], ids[2], prefix, ids[3])
        return _swig.rollup_to_metrics(self.this, metrics, handle_of(catalog))

    def __arrow_c_schema__(self) -> object:
        return _swig.rollup_table_arrow_schema(self.this, None)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A fresh stream of the groups; keys come with dictionaries, or as utf8 on request."""
        return _swig.rollup_table_to_arrow(self.this, requested_schema)

    def __copy__(self) -> Rollup:
        return self

    def __deepcopy__(self, memo: object) -> Rollup:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a Rollup cannot be pickled; its list of rows and to_dicts() can")

    # -- Print -----------------------------------------------------------------------------

    def __repr__(self) -> str:
        by = f" by {', '.join(self.by)}" if self.by else ""
        groups = f"{len(self):,} group{'' if len(self) == 1 else 's'}"
        return f"<poupa.Rollup{by}: {groups}>"

    def __str__(self) -> str:
        return table_text(self)

    def _repr_html_(self) -> str:
        headers = (*self.by, *_MEMBERS, *(("wider",) if self and self[0].period else ()))
        rows: Sequence[RollupRow] = self[: _html.ROWS]
        return _html.table(headers, rows, "Attendances", total=len(self))


# -- As text ---------------------------------------------------------------------------------


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    minutes, rest = divmod(int(seconds + 0.5), 60)
    return f"{minutes}:{rest:02}"


def _cells(row: RollupRow) -> list[str]:
    keys = [key or "-" for key in row.keys]
    return [*keys, str(row.count), str(row.rows), _time(row.wait_s), _time(row.service_s)]


def table_text(rollup: Rollup) -> str:
    """The groups in columns, as `poupa rollup` prints them; the first ones of many."""
    keys = len(rollup.by)
    header = [*rollup.by, "attendances", "records", "wait", "service"]
    rows = list(islice(rollup, SHOWN))
    lines = [header, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    printed = [
        "  ".join(
            cell.ljust(width) if index < keys else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    wider = [row.wider for row in rows]
    if any(wider):
        at = 1 + wider.index(True)
        printed[at:at] = ["", "of wider periods, which are not split:"]
    if len(rollup) > len(rows):
        printed.append(f"… and {len(rollup) - len(rows):,} more")
    return "\n".join(printed)
