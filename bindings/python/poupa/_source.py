"""Where records are read from: paths, buffers in memory, and file objects."""

from __future__ import annotations

import errno
import glob
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Any,
    NamedTuple,
    Protocol,
    TypeAlias,
    TypeGuard,
    TypeVar,
    cast,
)
from weakref import WeakMethod

from . import _swig
from ._errors import FileError, PoupaError, file_error
from ._files import identity

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Readable(Protocol):
    """A file object that is open for reading, bytes or text."""

    def read(self, size: int, /) -> Any: ...


Item: TypeAlias = "str | os.PathLike[str] | ReadableBuffer | Readable"
"""A path or a glob pattern, bytes, or a file object."""

BEFORE, SHOWN = 50, 90
"""How much of a line is shown before a place, and of it all, in characters."""
PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
"""How gzip and zstd begin."""


# -- The line of an error --------------------------------------------------------------------

_MARKED = re.compile(r'"(?:\\.|[^"\\])*"?|[^ \t\r,:\[\]{}"]+|.', re.DOTALL)


def _safe(text: str) -> str:
    return "".join(c if c.isprintable() else " " if c == "\t" else "?" for c in text)


def excerpt(line: int, before: bytes, after: bytes) -> str:
    """A line and, below it, what is wrong with it; of a long one what is near the place.

    The line begins somewhere in `before` or ahead of it, and ends in `after` or past it.
    """
    start = before.rpartition(b"\n")[2].decode("utf-8", "replace")
    rest = after.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "replace")
    head = start[-BEFORE:]
    tail = rest[: SHOWN - len(head)]
    lead = "..." if len(start) > len(head) else ""
    more = "..." if len(rest) > len(tail) else ""
    marked = _MARKED.match(tail)
    carets = "^".ljust(marked.end() if marked else 1, "~")
    text = f"{line:6} | {lead}{_safe(head)}{_safe(tail)}{more}"
    return f"{text}\n{'':{len(f'{line:6}')}} | {'':{len(lead) + len(head)}}{carets}"


# -- Sources ---------------------------------------------------------------------------------


class How(NamedTuple):
    """How to read."""

    on_error: int
    threads: int
    max_line: int
    batch_rows: int
    quarantine: Callable[[bytes], object] | None
    progress: Callable[[_swig.Counts], object]


A = TypeVar("A")
R = TypeVar("R")


def weakly(method: Callable[[A], R]) -> Callable[[A], R]:
    """Calls a method without keeping its object: no collector sees what the library keeps."""
    weak = WeakMethod(method)

    def call(argument: A) -> R:
        kept: Callable[[A], R] | None = weak()
        if kept is None:
            raise ReferenceError("what was to be called is gone")
        return kept(argument)

    return call


class Source:
    """Something that a stream of records is read from. It keeps what that calls."""

    name: str | None = None
    """What errors name it."""
    size: int | None = None
    """How many bytes of lines it has, where that is known beforehand."""
    waits: bool = False
    """Whether reading it may wait for others, so that Ctrl-C must come through."""
    how: How

    def calls(self, how: How) -> _swig.CallsPtr:
        """How to read it, for the library."""
        self.how = how
        put = None if how.quarantine is None else weakly(self._put)
        take = weakly(self.take) if isinstance(self, StreamSource) else None
        return _swig.new_calls(*how[:4], take, put, weakly(self._tell))

    def _put(self, data: bytes) -> None:
        if self.how.quarantine is not None:
            self.how.quarantine(data)

    def _tell(self, counts: _swig.Counts) -> object:
        return self.how.progress(counts)

    def identity(self) -> tuple[int, int] | None:
        """Which regular file it is, if it is one."""
        return None

    def read(self, calls: _swig.CallsPtr) -> tuple[_swig.AttendancePtr, _swig.Counts]:
        """All of it as a table."""
        raise NotImplementedError

    def open(self, calls: _swig.CallsPtr) -> _swig.NdjsonPtr:
        """A stream of it."""
        raise NotImplementedError

    def around(self, offset: int) -> tuple[bytes, bytes] | None:
        """The bytes before and after a place, as many as an excerpt needs."""
        return None

    def close(self) -> None:
        """Ends what was opened for reading."""

    @contextmanager
    def explained(self) -> Generator[None]:
        """Lets errors tell which source they are about, and show the line."""
        try:
            yield
        except PoupaError as error:
            if error.filename is None:
                error.filename = self.name
            near = None
            if error.line and error.offset is not None and not error.excerpt:
                near = self.around(error.offset)
            if near is not None and error.line:
                error.excerpt = excerpt(error.line, *near)
            raise


def _around(file: io.BufferedIOBase | io.RawIOBase, offset: int) -> tuple[bytes, bytes]:
    first = max(offset - 4 * BEFORE, 0)
    file.seek(first)
    data = file.read(offset - first + 4 * SHOWN) or b""
    return data[: offset - first], data[offset - first :]


class FileSource(Source):
    """A file with a name."""

    def __init__(self, path: str) -> None:
        self.name = self.path = path
        try:
            with Path(path).open("rb") as file:
                packed = file.read(4).startswith(PACKED)
                self.size = None if packed else os.fstat(file.fileno()).st_size
        except (OSError, ValueError):
            pass  # that there is no such file is said when it is read

    def read(self, calls: _swig.CallsPtr) -> tuple[_swig.AttendancePtr, _swig.Counts]:
        return _swig.ndjson_read_file(self.path, calls)

    def open(self, calls: _swig.CallsPtr) -> _swig.NdjsonPtr:
        return _swig.ndjson_open(self.path, calls)

    def identity(self) -> tuple[int, int] | None:
        return identity(self.path)

    def around(self, offset: int) -> tuple[bytes, bytes] | None:
        if self.size is None:
            return None
        try:
            with Path(self.path).open("rb") as file:
                return _around(file, offset)
        except OSError:
            return None


class BufferSource(Source):
    """Bytes in memory."""

    def __init__(self, data: ReadableBuffer) -> None:
        view = memoryview(data)
        self.data = view.cast("B") if view.nbytes else memoryview(b"")
        if not bytes(self.data[:4]).startswith(PACKED):
            self.size = self.data.nbytes

    def read(self, calls: _swig.CallsPtr) -> tuple[_swig.AttendancePtr, _swig.Counts]:
        return _swig.ndjson_read(self.data, calls)

    def open(self, calls: _swig.CallsPtr) -> _swig.NdjsonPtr:
        return _swig.ndjson_open_data(self.data, calls)

    def around(self, offset: int) -> tuple[bytes, bytes] | None:
        if self.size is None:
            return None
        first = max(offset - 4 * BEFORE, 0)
        return bytes(self.data[first:offset]), bytes(self.data[offset : offset + 4 * SHOWN])


class StreamSource(Source):
    """A file object, or a path that is no ordinary file: a pipe, a terminal.

    It is read through Python, which lets Ctrl-C end a read that waits.
    """

    waits = True

    def __init__(self, open_file: Callable[[], Readable], name: str | None, own: bool) -> None:
        self.open_file = open_file
        self.name = name
        self.own = own
        self.file: Any = None
        self.left = b""
        self.raised: BaseException | None = None

    def identity(self) -> tuple[int, int] | None:
        return None if self.own else identity(self.open_file())

    def take(self, size: int) -> ReadableBuffer:
        """The next bytes; none at the end."""
        try:
            return self._take(size)
        except BaseException as error:
            # With several threads it is not the caller's in which this runs.
            self.raised = error
            raise

    def _take(self, size: int) -> ReadableBuffer:
        if self.file is None:
            self.file = self.open_file()
        if isinstance(self.file, io.TextIOBase):
            return self._take_text(self.file, size)
        # What has come is taken at once, even if it is less than asked for.
        data: Any = getattr(self.file, "read1", self.file.read)(size)
        if data is None:
            raise BlockingIOError("the file object would block")
        if isinstance(data, str):
            raise TypeError("read() of the file object gave str: open it in binary mode")
        got = memoryview(data).nbytes
        if got > size:
            raise ValueError(f"read({size}) of the file object gave {got} bytes")
        some: ReadableBuffer = data
        return some

    def _take_text(self, file: io.TextIOBase, size: int) -> bytes:
        # A character may have more bytes than were asked for.
        left = self.left or file.read(size).encode("utf-8")
        self.left = left[size:]
        return left[:size]

    def read(self, calls: _swig.CallsPtr) -> tuple[_swig.AttendancePtr, _swig.Counts]:
        return _swig.ndjson_read_from(calls)

    def open(self, calls: _swig.CallsPtr) -> _swig.NdjsonPtr:
        return _swig.ndjson_open_from(calls)

    @contextmanager
    def explained(self) -> Generator[None]:
        with super().explained():
            try:
                yield
            except BaseException as error:
                # Kept on here, it would keep the frames of its traceback.
                raised, self.raised = self.raised, None
                # Of what was raised on another thread a FileError is all that comes through.
                if raised is None or not isinstance(error, FileError):
                    raise
                try:
                    raise raised from None
                finally:
                    del raised

    def close(self) -> None:
        if self.own and self.file is not None:
            self.file.close()


# -- What the caller gave --------------------------------------------------------------------


def _is_readable(item: object) -> TypeGuard[Readable]:
    return hasattr(item, "read")


def _named(path: str) -> Iterator[Source]:
    """The source of a path, or those of the files that match a pattern."""
    if path == "-":
        stdin = sys.stdin
        yield StreamSource(lambda: getattr(stdin, "buffer", stdin), "<stdin>", own=False)
        return
    if not path:
        raise file_error("an empty text is no path", errno=errno.ENOENT, filename=path)
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        if not glob.has_magic(path) or "\0" in path:
            yield FileSource(path)
            return
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (it may be absolute)
        if not matches:
            message = f"no file matches {path}"
            raise file_error(message, errno=errno.ENOENT, filename=path) from None
        yield from map(FileSource, matches)
        return
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        yield FileSource(path)
    else:
        yield StreamSource(partial(Path(path).open, "rb", buffering=0), path, own=True)


def _is_buffer(item: Any) -> bool:
    try:
        memoryview(item).release()
    except TypeError:
        return False
    return True


def _one(item: Any) -> Iterator[Source]:
    if isinstance(item, (str, os.PathLike)):
        yield from _named(os.fsdecode(cast("str | os.PathLike[str]", item)))
    elif _is_buffer(item):
        yield BufferSource(item)
    elif _is_readable(item):
        name = getattr(item, "name", None)
        yield StreamSource(lambda: item, name if isinstance(name, str) else None, own=False)
    else:
        raise TypeError(
            "expected a path, bytes, a file object, or several of these, "
            f"got {type(item).__name__}"
        )


def sources(source: Item | Iterable[Item]) -> list[Source]:
    """What records are to be read from, in order."""
    single = isinstance(source, (str, os.PathLike)) or _is_buffer(source) or _is_readable(source)
    if hasattr(source, "__arrow_c_stream__"):
        raise TypeError(f"{type(source).__name__} is a table: use Attendance.from_arrow")
    if single or not isinstance(source, Iterable):
        return list(_one(source))
    return [each for item in source for each in _one(item)]
