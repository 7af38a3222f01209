"""Columns of attendance tables: the library's own memory, and what it means."""

from __future__ import annotations

import operator
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, NoReturn, TypeVar, overload

from . import _swig
from ._period import Period, PeriodKind, to_period

if TYPE_CHECKING:
    import numpy

__all__ = ["Column"]

T = TypeVar("T", covariant=True)

SLAB = 4096
"""How many rows become Python objects at a time."""

KINDS = ("", *(str(kind) for kind in PeriodKind))[:6]
"""The words of the simple kinds of period, by code."""


class Layout(NamedTuple):
    """Where a column is in `_swig.Columns`, and how its values are coded."""

    values: int
    validity: int | None = None
    dictionary: int | None = None


LAYOUTS = {
    "period": Layout(1),
    "period_kind": Layout(2),
    "unit": Layout(3, validity=9, dictionary=0),
    "service": Layout(4, dictionary=1),
    "channel": Layout(5, dictionary=2),
    "count": Layout(6),
    "wait_s": Layout(7, validity=10),
    "service_s": Layout(8, validity=11),
}
"""The columns by name, in the order in which Arrow gets them."""

_BITMAP_OFFSET = 12


class Periods(dict[tuple[int, int], Period]):
    """Simple periods by first day and kind, made once each."""

    def __missing__(self, key: tuple[int, int]) -> Period:
        value = _swig.period_around(*key)
        if value is None:
            raise ValueError(f"no period of kind {key[1]} begins on day {key[0]}")
        period = self[key] = to_period(value)
        return period


class Chunk(NamedTuple):
    """A stretch of rows whose values lie one after the other."""

    rows: int
    values: memoryview
    kinds: memoryview
    bitmap: memoryview | None
    offset: int

    def valid(self, row: int) -> bool:
        """Whether a row has a value."""
        bit = self.offset + row
        return self.bitmap is None or bool(self.bitmap[bit >> 3] >> (bit & 7) & 1)

    def nulls(self) -> int:
        """How many rows have no value."""
        if self.bitmap is None:
            return 0
        first = self.offset >> 3
        bits = int.from_bytes(self.bitmap[first:], "little") >> (self.offset & 7)
        return self.rows - (bits & ((1 << self.rows) - 1)).bit_count()


def _chunk(layout: Layout, segment: tuple[Any, ...]) -> Chunk:
    kinds = segment[LAYOUTS["period_kind"].values]
    bitmap = None if layout.validity is None else segment[layout.validity]
    return Chunk(segment[0], segment[layout.values], kinds, bitmap, segment[_BITMAP_OFFSET])


class Column(Generic[T]):
    """One column of an Attendance: a sequence of its values, and its memory as it is.

    `chunks` are the library's arrays, not copied, which stay valid for as long as anything
    refers to them. Large tables have many, which `numpy.asarray` of the column joins:

    | column | a chunk holds | items, `to_list()` | `numpy.asarray` |
    |---|---|---|---|
    | `period` | int32, first day since 1970-01-01 | Period | datetime64[D], first days |
    | `period_kind` | uint8, codes of `words` | str | str objects |
    | `unit` `service` `channel` | int32, codes of `words` | str | str objects |
    | `count` | int64 | int | int64 |
    | `wait_s` `service_s` | int32 | int | int32 |

    `unit`, `wait_s` and `service_s` may lack values: the item is None, the slot of the chunk
    holds 0, and `validity` tells. NumPy gets None for such a unit; such a column of seconds
    becomes float64 with NaN, as it does in pandas.

    >>> table = poupa.read_attendance(
    ...     b'{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}')
    >>> table["count"]
    <poupa.Column 'count' of 1 row: 120>
    >>> table["count"].to_list(), table["unit"].to_list()
    ([120], [None])
    """

    __slots__ = ("_chunks", "_name", "_starts", "_words")

    def __init__(
        self, name: str, segments: Sequence[_swig.Columns], words: tuple[str, ...]
    ) -> None:
        layout = LAYOUTS[name]
        self._name = name
        self._words = words
        self._chunks = tuple(_chunk(layout, segment) for segment in segments)
        self._starts = tuple(accumulate((chunk.rows for chunk in self._chunks), initial=0))

    # -- What it is ------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name of the column."""
        return self._name

    @property
    def chunks(self) -> tuple[memoryview, ...]:
        """The values as they lie in memory: read-only, not copied, one after the other."""
        return tuple(chunk.values for chunk in self._chunks)

    @property
    def validity(self) -> tuple[tuple[memoryview, int] | None, ...]:
        """For each chunk its bitmap of rows with a value, or None where all have one.

        The bit of row i is bit `offset + i` of the bitmap, the least significant ones first;
        with the bitmap comes the offset.
        """
        return tuple(
            None if chunk.bitmap is None else (chunk.bitmap, chunk.offset)
            for chunk in self._chunks
        )

    @property
    def words(self) -> tuple[str, ...]:
        """What the codes stand for; () where values are no codes.

        A slice has the words of the whole table, used in it or not.
        """
        return self._words

    @property
    def nulls(self) -> int:
        """How many rows have no value."""
        return sum(chunk.nulls() for chunk in self._chunks)

    # -- A sequence ------------------------------------------------------------------------

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            first, last, step = index.indices(len(self))
            if step == 1:
                return [value for slab in self._slabs(first, last) for value in slab]
            return [self[row] for row in range(first, last, step)]
        row = operator.index(index)
        row += len(self) if row < 0 else 0
        if not 0 <= row < len(self):
            raise IndexError(f"row {index} of {len(self)}")
        at = bisect_right(self._starts, row) - 1
        row -= self._starts[at]
        value: T = self._decoder()(self._chunks[at], row, row + 1)[0]
        return value

    def __iter__(self) -> Iterator[T]:
        for slab in self._slabs(0, len(self)):
            yield from slab

    def to_list(self) -> list[T]:
        """The values as Python objects."""
        return self[:]

    def _slabs(self, first: int, last: int) -> Iterator[list[T]]:
        """The values of some rows, a list of a few thousand at a time."""
        decode = self._decoder()
        for start, chunk in zip(self._starts, self._chunks, strict=False):
            low, high = max(first - start, 0), min(last - start, chunk.rows)
            for row in range(low, high, SLAB):
                yield decode(chunk, row, min(row + SLAB, high))

    def _decoder(self) -> Callable[[Chunk, int, int], list[Any]]:
        if self._name == "period":
            periods = Periods()
            return lambda chunk, low, high: [
                periods[key]
                for key in zip(
                    chunk.values[low:high].tolist(), chunk.kinds[low:high].tolist(), strict=True
                )
            ]
        return self._decode

    def _decode(self, chunk: Chunk, low: int, high: int) -> list[Any]:
        values = chunk.values[low:high].tolist()
        words = self._words
        if chunk.bitmap is None:
            return [words[code] for code in values] if words else values
        return [
            (words[value] if words else value) if chunk.valid(row) else None
            for row, value in enumerate(values, low)
        ]

    # -- NumPy -----------------------------------------------------------------------------

    def __array__(
        self, dtype: numpy.typing.DTypeLike | None = None, copy: bool | None = None
    ) -> numpy.ndarray[Any, Any]:
        import numpy

        own, copied = self._own_array(numpy)
        wanted: numpy.ndarray[Any, Any] = own if dtype is None else own.astype(dtype, copy=False)
        if copy is False and (copied or wanted is not own):
            raise ValueError(f"column {self._name!r} cannot become {wanted.dtype} without a copy")
        return wanted.copy() if copy and not copied and wanted is own else wanted

    def _own_array(self, np: Any) -> tuple[Any, bool]:
        """The array of the column's own type, and whether it is a copy."""
        parts = [np.asarray(chunk.values) for chunk in self._chunks]
        copied = len(parts) != 1
        layout = LAYOUTS[self._name]
        if copied:
            kind = {1: np.int32, 2: np.uint8, 6: np.int64}.get(layout.values, np.int32)
            values = np.concatenate(parts) if parts else np.empty(0, kind)
        else:
            values = parts[0]
        if self._name == "period":
            return values.astype(np.int64).view("datetime64[D]"), True
        nulls = self._null_rows(np)
        if self._words or layout.dictionary is not None:
            words = np.array((*self._words, None), dtype=object)
            codes = values if nulls is None else np.where(nulls, len(self._words), values)
            return words[codes], True
        if nulls is not None:
            return np.where(nulls, np.nan, values), True
        return values, copied

    def _null_rows(self, np: Any) -> Any:
        """Which rows have no value, as booleans; None where all have one."""
        if self.nulls == 0:
            return None
        parts: list[Any] = []
        for chunk in self._chunks:
            if chunk.bitmap is None:
                parts.append(np.zeros(chunk.rows, dtype=bool))
                continue
            bits = np.unpackbits(np.asarray(chunk.bitmap), bitorder="little")
            parts.append(bits[chunk.offset : chunk.offset + chunk.rows] == 0)
        return np.concatenate(parts)

    # -- Copies ----------------------------------------------------------------------------

    def __copy__(self) -> Column[T]:
        return self

    def __deepcopy__(self, memo: object) -> Column[T]:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a column cannot be pickled; its table and to_list() can")

    # -- Print -----------------------------------------------------------------------------

    def __repr__(self) -> str:
        shown = [str(value) for value in self[:5]]
        more = ["…"] if len(self) > len(shown) else []
        rows = f"{len(self):,} row" + ("" if len(self) == 1 else "s")
        values = f": {', '.join(shown + more)}" if shown else ""
        return f"<poupa.Column {self._name!r} of {rows}{values}>"
