"""Reading attendance records: whole, or in batches."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Self

from . import _swig
from ._attendance import Attendance
from ._errors import ValidationError, file_error, shown
from ._files import Writable, identity, is_path, writer
from ._frames import Frames
from ._progress import Progress, Telling
from ._record import AttendanceWarning, Counts
from ._rollup import By, Rollup, Where, handle_of, integer, start
from ._source import How, Item, Source, sources
from ._words import OnError, to_code

if TYPE_CHECKING:
    from _typeshed import StrOrBytesPath

    from ._catalog import Catalog

__all__ = ["AttendanceScan", "read_attendance", "scan_attendance"]

SMALL = 4 << 20
"""Bytes up to which a second thread does not pay."""
MOST_THREADS = 256
MOST_BY_ITSELF = 8
"""How many threads are used at most where nobody asks for more."""
LINE_MOST = 1 << 20
"""Bytes of the longest line that the format allows."""


def _threads_for(source: Source) -> int:
    if source.waits or (source.size is not None and source.size <= SMALL):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_BY_ITSELF)
    return min(os.cpu_count() or 1, MOST_BY_ITSELF)


# -- What both ways have in common -----------------------------------------------------------


class Reading:
    """What was asked for, and what is open meanwhile."""

    def __init__(
        self,
        source: Item | Iterable[Item],
        *,
        catalog: Catalog | None,
        on_error: OnError | str,
        threads: int | None,
        quarantine: StrOrBytesPath | Writable | None,
        progress: Progress,
        max_line: int | None,
        batch_rows: int | None = None,
    ) -> None:
        self.policy = OnError(on_error)
        self.threads = None if threads is None else integer("threads", threads, 1, MOST_THREADS)
        self.max_line = 0 if max_line is None else integer("max_line", max_line, 1, LINE_MOST)
        self.batch_rows = (
            0 if batch_rows is None else integer("batch_rows", batch_rows, 1, 1 << 40)
        )
        self.catalog = catalog
        if catalog is not None:
            handle_of(catalog)
        if (self.policy is OnError.QUARANTINE) != (quarantine is not None):
            raise ValueError('on_error="quarantine" and quarantine=… go together')
        self.sources = sources(source)
        self.told: set[str] = set()
        self.open = ExitStack()
        with ExitStack() as undo:
            undo.callback(self.close)
            self.quarantine = self._open_quarantine(quarantine)
            sizes = [each.size for each in self.sources]
            known = [size for size in sizes if size is not None]
            self.telling = Telling(progress, sum(known) if len(known) == len(sizes) else None)
            self.open.callback(self.telling.close)
            undo.pop_all()

    def _open_quarantine(
        self, target: StrOrBytesPath | Writable | None
    ) -> Callable[[bytes], object] | None:
        if target is None:
            return None
        own = identity(target)
        if own is not None and own in [each.identity() for each in self.sources]:
            raise ValueError("the quarantine is what is read, which would be lost")
        if not is_path(target):
            return writer(target)
        path = os.fsdecode(target)
        try:
            return self.open.enter_context(Path(path).open("wb")).write
        except OSError as error:
            message = f"cannot open {shown(path)}: {error.strerror}"
            raise file_error(message, errno=error.errno, filename=path) from None

    def close(self) -> None:
        """Closes what was opened here."""
        self.open.close()

    def calls(self, source: Source) -> _swig.CallsPtr:
        """How to read a source."""
        self.open.callback(source.close)
        threads = _threads_for(source) if self.threads is None else self.threads
        policy = to_code(self.policy)
        return source.calls(
            How(policy, threads, self.max_line, self.batch_rows, self.quarantine, self.telling)
        )

    def check(self, table: Attendance, name: str | None, level: int) -> None:
        """Refuses ids that the catalogue does not have, or warns of each, `level` calls up."""
        if self.catalog is None:
            return
        report = table.check(self.catalog)
        if report and self.policy is OnError.FAIL:
            first = report[0]
            error = ValidationError(first.message, code=first.code, filename=name)
            error.findings = list(report)
            raise error
        for finding in report:
            # The rest of the message counts rows, of a batch perhaps.
            about = finding.message.partition(", in ")[0]
            if about not in self.told:
                self.told.add(about)
                message = f"{name}: {finding.message}" if name else finding.message
                warnings.warn(message, AttendanceWarning, stacklevel=level)


# -- Whole -----------------------------------------------------------------------------------


def read_attendance(
    source: Item | Iterable[Item],
    *,
    catalog: Catalog | None = None,
    on_error: OnError | str = "fail",
    threads: int | None = None,
    quarantine: StrOrBytesPath | Writable | None = None,
    progress: Progress = None,
    max_line: int | None = None,
) -> Attendance:
    r"""Reads records, JSON Lines, plain or compressed with gzip or zstd, into one table.

    `source` is a path, a glob pattern ("2021-*.ndjson.gz", in the order of the names), bytes
    or another buffer with the lines themselves, a file object, or several of these; "-" is
    the standard input. A buffer must not change while it is read.

    `on_error` says what becomes of a line that is no record: "fail" raises a ParseError or a
    ValidationError that shows it, "skip" leaves it out, "quarantine" also writes it, with
    the reason, to the path or file object `quarantine`, which is none that is read.
    `table.counts` tells how many there were.

    With a `catalog` every unit, service and channel must be in it: with "fail" the first that
    is not raises a ValidationError, whose `findings` are them all; otherwise each gets an
    AttendanceWarning, and its records are kept.

    `threads` decode; the table is the same for any number. By default there are as many as
    this process may use, at most 8, but one for up to 4 MiB and for file objects and pipes.

    `progress` is True for a bar (of tqdm, if it is installed), or a function that gets the
    Counts about once a MiB; returning False raises a CancelledError. `max_line` is the longest
    line, in bytes: a MiB by default, which is also the most.

    >>> table = poupa.read_attendance(
    ...     b'{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}\n'
    ...     b'no record\n', on_error="skip")
    >>> table[0].count, table.counts.bad
    (120, 1)
    """
    reading = Reading(
        source,
        catalog=catalog,
        on_error=on_error,
        threads=threads,
        quarantine=quarantine,
        progress=progress,
        max_line=max_line,
    )
    tables: list[Attendance] = []
    with reading.open:
        for each in reading.sources:
            with each.explained():
                pointer, counts = each.read(reading.calls(each))
            tables.append(Attendance._of(pointer, Counts(*counts)))
            reading.telling.next_source(tables[-1].counts)
    table = tables[0] if len(tables) == 1 else Attendance.merge(tables)
    reading.check(table, reading.sources[0].name if len(tables) == 1 else None, level=3)
    return table


# -- In batches ------------------------------------------------------------------------------


class AttendanceScan(Frames):
    r"""Records that are read a table at a time, once, in memory that does not grow.

    An iterator of Attendance tables, and a context manager that closes what is open. A scan
    of one source exports an Arrow stream, once, which decodes as it is consumed.

    >>> lines = b'{"period":"2021-06","service":"procon-sp","channel":"portal"}\n' * 5
    >>> with poupa.scan_attendance(lines, batch_rows=2) as scan:
    ...     [len(table) for table in scan]
    [2, 2, 1]
    """

    __slots__ = (
        "__weakref__",
        "_lock",
        "_next",
        "_over",
        "_owner",
        "_process",
        "_reading",
        "_stream",
    )

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._next = 0
        self._stream: tuple[_swig.NdjsonPtr, _swig.CallsPtr, Source] | None = None
        self._over = ""
        self._lock = threading.Lock()
        self._owner = 0
        self._process = os.getpid()

    @property
    def counts(self) -> Counts:
        """What reading came to so far: good, bad and blank lines, and bytes."""
        telling = self._reading.telling
        if not self._lock.acquire(blocking=False):
            return telling.last
        try:
            if self._stream is None:
                return telling.last
            return telling.done.plus(Counts(*_swig.ndjson_counted(self._stream[0])))
        finally:
            self._lock.release()

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Makes other threads wait; what the reading itself calls cannot."""
        if self._owner == threading.get_ident():
            raise ValueError("the scan is being read: what it calls cannot read it, too")
        self._arrive()
        with self._lock:
            self._owner = threading.get_ident()
            try:
                if self._over:
                    raise ValueError(self._over)
                yield
            finally:
                self._owner = 0

    def _arrive(self) -> None:
        """In a forked process, ends a scan that a thread of the other was reading."""
        if self._process != os.getpid():
            self._process = os.getpid()
            if self._lock.locked():
                self._lock = threading.Lock()
                self._over = "the scan was being read when this process was forked"

    # -- Batches ---------------------------------------------------------------------------

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Attendance:
        with self._alone():
            batch, name = self._batch()
        if batch is None:
            self._reading.close()
            raise StopIteration
        self._reading.check(batch, name, level=3)
        return batch

    def _batch(self) -> tuple[Attendance | None, str | None]:
        """The next batch, None at the end, and the name of its source."""
        while self._stream is not None or self._next < len(self._reading.sources):
            stream, _, source = self._stream or self._open_next()
            with source.explained():
                pointer = _swig.ndjson_next(stream)
            if pointer is not None:
                return Attendance._of(pointer), source.name
            self._reading.telling.next_source(Counts(*_swig.ndjson_counted(stream)))
            self._stream = None
        return None, None

    def _open_next(self) -> tuple[_swig.NdjsonPtr, _swig.CallsPtr, Source]:
        source = self._reading.sources[self._next]
        self._next += 1
        calls = self._reading.calls(source)
        with source.explained():
            self._stream = _opened(source, calls)
        return self._stream

    def rollup(
        self,
        by: By = (),
        *,
        where: Where | None = None,
        catalog: Catalog | None = None,
        top: int | None = None,
        counts_only: bool = False,
    ) -> Rollup:
        """Reads what is left and adds it up, as Attendance.rollup does.

        The memory that it takes depends on the number of groups. The scan's own catalogue
        serves, if there is one, where no other is given.
        """
        rollup = start(by, where, catalog or self._reading.catalog, top, counts_only)
        with self:
            for batch in self:
                _swig.rollup_add(rollup, batch.this)
        return Rollup(_swig.rollup_finish(rollup))

    # -- Arrow -----------------------------------------------------------------------------

    def __arrow_c_schema__(self) -> object:
        return _swig.attendance_arrow_schema(None)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A stream that decodes as it is consumed; the scan is of no more use then.

        It has dictionaries of its own for every batch. A failure comes out of the consumer,
        with line and column.
        """
        if len(self._reading.sources) != 1:
            raise ValueError("only a scan of one source exports an Arrow stream")
        if self._reading.catalog is not None:
            raise ValueError("a scan that checks ids exports no Arrow stream")
        with self._alone():
            if self._stream is None and self._next:
                raise ValueError("the scan is at its end")
            stream, _, source = self._stream or self._open_next()
            with source.explained():
                capsule = _swig.ndjson_to_arrow(stream, requested_schema, source)
            self._stream = None
            self._over = "the scan went out as an Arrow stream, which it does once"
        return capsule

    # -- End -------------------------------------------------------------------------------

    def close(self) -> None:
        """Closes what is open; what was read stays."""
        if not self._over:
            self._over = "the scan is closed"
        self._reading.telling.last = self.counts
        self._stream = None
        self._reading.close()

    def __enter__(self) -> Self:
        if self._over:
            raise ValueError(self._over)
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise TypeError("a scan cannot be pickled or copied")

    def __repr__(self) -> str:
        names = [each.name or "?" for each in self._reading.sources]
        shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        return f"<poupa.AttendanceScan of {shown}: {self.counts.good:,} records so far>"


def _opened(
    source: Source, calls: _swig.CallsPtr
) -> tuple[_swig.NdjsonPtr, _swig.CallsPtr, Source]:
    # The stream borrows the calls, so they go together.
    return source.open(calls), calls, source


def scan_attendance(
    source: Item | Iterable[Item],
    *,
    catalog: Catalog | None = None,
    on_error: OnError | str = "fail",
    threads: int | None = None,
    quarantine: StrOrBytesPath | Writable | None = None,
    progress: Progress = None,
    max_line: int | None = None,
    batch_rows: int | None = None,
) -> AttendanceScan:
    r"""Reads records as read_attendance does, but a table at a time.

    A table has about `batch_rows` rows, 65,536 by default, and dictionaries of its own. With
    a `catalog` each is checked when its turn comes, and each unknown id is warned of once.

    >>> lines = b'{"period":"2021-06","service":"procon-sp","channel":"portal"}\n' * 5
    >>> print(poupa.scan_attendance(lines).rollup("channel"))
    channel  attendances  records  wait  service
    portal             5        5     -        -
    """
    return AttendanceScan(
        Reading(
            source,
            catalog=catalog,
            on_error=on_error,
            threads=threads,
            quarantine=quarantine,
            progress=progress,
            max_line=max_line,
            batch_rows=batch_rows,
        )
    )
