"""Attendance records as a table."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol, overload

from . import _html, _swig
from ._column import KINDS, LAYOUTS, Column
from ._errors import hint
from ._files import Writable, is_path, writer
from ._findings import Report
from ._frames import Frames, need
from ._period import Period, to_period
from ._record import Counts, Record, raw_record
from ._rollup import By, Rollup, Where, handle_of, start

if TYPE_CHECKING:
    import polars
    from _typeshed import StrOrBytesPath

    from ._catalog import Catalog

__all__ = ["Attendance"]


class ArrowStream(Protocol):
    """Whatever exports an Arrow stream: frames, tables, readers, relations."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class ArrowArray(Protocol):
    """Whatever exports an Arrow array: a batch, an array of structs."""

    def __arrow_c_array__(
        self, requested_schema: object | None = None
    ) -> tuple[object, object]: ...


class Attendance(Frames):
    """Attendance records as a table: read-only columns in the library's memory.

    A sequence of Records, and by name of Columns; polars, pyarrow and DuckDB take it as it
    is, through `__arrow_c_stream__`, and `to_pandas()` makes a frame of pandas.
    `poupa.read_attendance` reads one, `Attendance.from_records` and `Attendance.from_arrow`
    make one.

    >>> table = poupa.Attendance.from_records([
    ...     ("2021-06-14", "itaquera", "procon-sp", "presencial", 37),
    ...     ("2021-06", None, "procon-sp", "portal", 120)])
    >>> len(table), table[0].unit, table["count"].to_list()
    (2, 'itaquera', [37, 120])
    >>> print(table.to_ndjson().decode(), end="")
    {"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial","count":37}
    {"period":"2021-06","service":"procon-sp","channel":"portal","count":120}
    """

    # Not registered as a collections.abc.Sequence: polars and pandas would take the rows one
    # by one, and not the columns.
    __slots__ = ("__weakref__", "_columns", "_counts", "_segments", "this")

    this: _swig.AttendancePtr

    def __init__(self, records: Iterable[object] = ()) -> None:
        builder = _swig.builder_new()
        for index, record in enumerate(records):
            try:
                _swig.builder_append(builder, raw_record(record))
            except Exception as error:
                error.add_note(f"in record {index}, counted from 0")
                raise
        self._take(_swig.builder_finish(builder), None)

    def _take(self, pointer: _swig.AttendancePtr, counts: Counts | None) -> None:
        self.this = pointer
        self._counts = counts
        self._segments: tuple[_swig.Columns, ...] | None = None
        self._columns: Mapping[str, Column[Any]] | None = None

    @classmethod
    def _of(cls, pointer: _swig.AttendancePtr, counts: Counts | None = None) -> Attendance:
        table = cls.__new__(cls)
        table._take(pointer, counts)
        return table

    # -- Made of ---------------------------------------------------------------------------

    @classmethod
    def from_records(cls, records: Iterable[object]) -> Attendance:
        """A table of Records, of tuples in their order, or of mappings of their names.

        Periods may be texts or dates, the unit may be None, and a count that is left out is
        1. Members of other names are left alone.
        """
        return cls(records)

    @classmethod
    def from_arrow(cls, data: ArrowStream | ArrowArray) -> Attendance:
        """A table of whatever exports an Arrow stream: a frame, a table, a reader, a relation.

        What exports one array, of structs, is a stream of one batch.

        Columns are found by name. `period` is a date (a day, or the first day of what
        `period_kind` says) or a text ("2021-S1"); `service` and `channel` are texts; `unit`,
        `count`, `wait_s`, `service_s` and `period_kind` may be left out or null.

        >>> table = poupa.read_attendance(
        ...     b'{"period":"2021-06","service":"procon-sp","channel":"portal"}')
        >>> poupa.Attendance.from_arrow(table) == table
        True
        """
        return cls._of(_swig.attendance_from_arrow(_exported(data)))

    @staticmethod
    def merge(tables: Iterable[Attendance]) -> Attendance:
        """One table of several, their rows in the order of the tables."""
        parts = tuple(tables)
        for part in parts:
            if not isinstance(part, Attendance):
                raise TypeError(f"expected tables of records, got {type(part).__name__}")
        counts = Counts()
        for part in parts:
            counts = counts.plus(part.counts)
        return Attendance._of(_swig.attendance_merge(tuple(p.this for p in parts)), counts)

    def __add__(self, other: Attendance) -> Attendance:
        if not isinstance(other, Attendance):
            return NotImplemented
        return Attendance.merge((self, other))

    def sort(self) -> Attendance:
        """The rows in the order of their periods: by first day, the longer ones first.

        A new table; rows of the same period stay in their order.
        """
        return Attendance._of(_swig.attendance_sort(self.this), self._counts)

    # -- Rows ------------------------------------------------------------------------------

    def __len__(self) -> int:
        return _swig.attendance_rows(self.this)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Attendance: ...
    @overload
    def __getitem__(self, index: Literal["period"]) -> Column[Period]: ...
    @overload
    def __getitem__(self, index: Literal["period_kind", "service", "channel"]) -> Column[str]: ...
    @overload
    def __getitem__(self, index: Literal["unit"]) -> Column[str | None]: ...
    @overload
    def __getitem__(self, index: Literal["count"]) -> Column[int]: ...
    @overload
    def __getitem__(self, index: Literal["wait_s", "service_s"]) -> Column[int | None]: ...
    @overload
    def __getitem__(self, index: str) -> Column[Any]: ...
    def __getitem__(self, index: int | slice | str) -> Record | Attendance | Column[Any]:
        """A Record by index, a table by slice, a Column by name. Slices share the memory."""
        if isinstance(index, str):
            try:
                return self.columns[index]
            except KeyError:
                raise KeyError(f"no column {index!r}{hint(index, LAYOUTS)}") from None
        if isinstance(index, slice):
            return self._slice(*index.indices(len(self)))
        row = operator.index(index)
        row += len(self) if row < 0 else 0
        if not 0 <= row < len(self):
            raise IndexError(f"row {index} of {len(self)}")
        period, unit, service, channel, count, wait_s, service_s = _swig.attendance_at(
            self.this, row
        )
        return Record(to_period(period), unit, service, channel, count, wait_s, service_s)

    def _slice(self, first: int, last: int, step: int) -> Attendance:
        if step == 1:
            count = max(last - first, 0)
            return Attendance._of(_swig.attendance_slice(self.this, first, count))
        builder = _swig.builder_new()
        for row in range(first, last, step):
            _swig.builder_append(builder, _swig.attendance_at(self.this, row))
        return Attendance._of(_swig.builder_finish(builder))

    def __iter__(self) -> Iterator[Record]:
        names = (name for name in LAYOUTS if name != "period_kind")
        slabs = (self.columns[name]._slabs(0, len(self)) for name in names)
        for lists in zip(*slabs, strict=True):
            yield from map(Record._make, zip(*lists, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Attendance):
            return NotImplemented
        return _swig.attendance_equal(self.this, other.this)

    # -- Columns ---------------------------------------------------------------------------

    @property
    def columns(self) -> Mapping[str, Column[Any]]:
        """The columns by name, in the order in which Arrow gets them."""
        if self._columns is None:
            segments = self._memory()
            words = (self.units, self.services, self.channels)
            columns: dict[str, Column[Any]] = {}
            for name, layout in LAYOUTS.items():
                own = () if layout.dictionary is None else words[layout.dictionary]
                own = KINDS if name == "period_kind" else own
                columns[name] = Column[Any](name, segments, own)
            self._columns = MappingProxyType(columns)
        return self._columns

    def _memory(self) -> tuple[_swig.Columns, ...]:
        if self._segments is None:
            count = _swig.attendance_segments(self.this)
            self._segments = tuple(_swig.attendance_columns(self.this, i) for i in range(count))
        return self._segments

    @property
    def units(self) -> tuple[str, ...]:
        """The ids of units, as the codes of `table["unit"].chunks` name them."""
        return _swig.attendance_words(self.this, 0)

    @property
    def services(self) -> tuple[str, ...]:
        """The ids of services, as the codes of `table["service"].chunks` name them."""
        return _swig.attendance_words(self.this, 1)

    @property
    def channels(self) -> tuple[str, ...]:
        """The ids of channels, as the codes of `table["channel"].chunks` name them."""
        return _swig.attendance_words(self.this, 2)

    @property
    def counts(self) -> Counts:
        """What reading came to: good, bad and blank lines, and bytes.

        Of a table that was not read, its rows are the good ones.
        """
        return self._counts if self._counts is not None else Counts(good=len(self))

    # -- Questions -------------------------------------------------------------------------

    def check(self, catalog: Catalog) -> Report:
        """A finding for each unit, service and channel that the catalogue does not have.

        >>> table = poupa.Attendance.from_records(
        ...     [("2021-06", "itaqera", "procon-sp.reclamacao", "presencial")])
        >>> print(table.check(catalog)[0].message)
        "itaqera" is not the id of a unit, in 1 row; did you mean "itaquera"?
        """
        report = _swig.report_new()
        _swig.attendance_check(self.this, handle_of(catalog), report)
        return Report._of(report)

    def rollup(
        self,
        by: By = (),
        *,
        where: Where | None = None,
        catalog: Catalog | None = None,
        top: int | None = None,
        counts_only: bool = False,
    ) -> Rollup:
        """The attendances added up by period, unit, service, channel and what these are of.

        `by` names what to group by, as "month,channel" or one by one: `day` `month`
        `quarter` `half` `year`, `unit` `service` `channel`, and with a `catalog`
        `organization`, `area` (or `country` `state` `region` `municipality` `district`) and
        `digital`. `where` keeps records of a value or of one of several: a period keeps what
        lies in it, an area the units in it and below. `top` keeps the groups of most
        attendances. `counts_only` leaves out the mean times, which saves time.

        >>> table = poupa.Attendance.from_records([
        ...     ("2021-06-14", "itaquera", "procon-sp", "presencial", 37),
        ...     ("2021-06-15", None, "procon-sp", "portal", 120)])
        >>> table.rollup("month,channel", where={"period": "2021-S1"})[0].count
        120
        """
        rollup = start(by, where, catalog, top, counts_only)
        _swig.rollup_add(rollup, self.this)
        return Rollup(_swig.rollup_finish(rollup))

    # -- Out -------------------------------------------------------------------------------

    def to_ndjson(self) -> bytes:
        """The records as JSON Lines."""
        return _swig.attendance_write(self.this)

    def write_ndjson(self, target: StrOrBytesPath | Writable) -> None:
        """Writes the records as JSON Lines, to a path (atomically) or to a file object."""
        if is_path(target):
            _swig.attendance_write_file(self.this, target)
        else:
            _swig.attendance_write_to(self.this, writer(target))

    def __arrow_c_schema__(self) -> object:
        return _swig.attendance_arrow_schema(None)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A fresh stream of the rows; columns are shared, not copied.

        Texts come with dictionaries, or as utf8 where `requested_schema` asks for it.
        """
        return _swig.attendance_to_arrow(self.this, requested_schema)

    def to_polars(self) -> polars.DataFrame:
        """As `polars.DataFrame(self)`, sooner; needs polars.

        Texts are Categorical. Left to itself, polars looks up the text of each row, one column
        after the other; here each word is looked up once, rows are spread over the threads of
        polars, and a kind of period that all rows share takes no memory.
        """
        library = need("polars", "to_polars")
        words = {"unit": self.units, "service": self.services, "channel": self.channels}
        codes = library.Schema(
            dict.fromkeys(words, library.UInt32) | {"period_kind": library.UInt8}
        )
        if not hasattr(codes, "__arrow_c_schema__"):
            return super().to_polars()
        frame: polars.DataFrame = library.DataFrame(_Requested(self, codes.__arrow_c_schema__()))
        kind = library.col("period_kind")
        first, last = frame.select(kind.min(), last=kind.max()).row(0)
        texts = {
            name: library.lit(library.Series(own, dtype=library.Categorical)).gather(
                library.col(name).fill_null(0)
            )
            for name, own in (words | {"period_kind": KINDS}).items()
        }
        if frame["unit"].null_count():  # polars is slow to gather by what may be null
            texts["unit"] = library.when(library.col("unit").is_not_null()).then(texts["unit"])
        if first == last and first is not None:
            texts["period_kind"] = library.lit(KINDS[first], dtype=library.Categorical)
        return frame.with_columns(**texts)

    def __copy__(self) -> Attendance:
        return self

    def __deepcopy__(self, memo: object) -> Attendance:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.to_ndjson(), self._counts)

    # -- Print -----------------------------------------------------------------------------

    def __repr__(self) -> str:
        words = (self.units, self.services, self.channels)
        nouns = ("unit", "service", "channel")
        parts = ", ".join(
            _counted(len(own), noun) for own, noun in zip(words, nouns, strict=True)
        )
        return f"<poupa.Attendance of {_counted(len(self), 'record')}: {parts}>"

    def _repr_html_(self) -> str:
        rows: Sequence[Record] = list(self[: _html.ROWS])
        title = _counted(len(self), "record")
        return _html.table(Record._fields, rows, title, total=len(self))


class _Requested:
    """A table for those who ask for no schema, with one that is asked for."""

    def __init__(self, table: Attendance, schema: object) -> None:
        self._table, self._schema = table, schema

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(self._schema)


def _exported(data: ArrowStream | ArrowArray) -> object:
    """The capsule of a stream."""
    if not isinstance(data, type):
        if (stream := getattr(data, "__arrow_c_stream__", None)) is not None:
            return stream()
        if (array := getattr(data, "__arrow_c_array__", None)) is not None:
            return _swig.array_stream(*array())
    raise TypeError(
        f"expected an object with __arrow_c_stream__ or __arrow_c_array__, got {type(data).__name__}"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _restore(data: bytes, counts: Counts | None) -> Attendance:
    options = _swig.new_calls(0, 1, 0, 0, None, None, None)
    return Attendance._of(_swig.ndjson_read(data, options)[0], counts)
