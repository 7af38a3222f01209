"""Writing to paths and to file objects."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from . import _swig

if TYPE_CHECKING:
    from _typeshed import StrOrBytesPath
    from typing_extensions import TypeIs


class Writable(Protocol):
    """A file object that is open for writing, text or bytes."""

    def write(self, data: Any, /) -> object: ...


def is_path(target: StrOrBytesPath | Writable) -> TypeIs[StrOrBytesPath]:
    """Whether it is a path; TypeError where it is no file object either."""
    if isinstance(target, (str, bytes, os.PathLike)):
        return True
    if not hasattr(target, "write"):
        raise TypeError(f"expected a path or a file object, got {type(target).__name__}")
    return False


def identity(file: Any) -> tuple[int, int] | None:
    """Which regular file a path or a file object is, whatever its names; None for no such."""
    try:
        if isinstance(file, (str, bytes, os.PathLike)):
            about = Path(os.fsdecode(cast("StrOrBytesPath", file))).stat()
        else:
            about = os.fstat(file.fileno())
    except (AttributeError, OSError, TypeError, ValueError):
        return None
    return (about.st_dev, about.st_ino) if stat.S_ISREG(about.st_mode) else None


def writer(file: Writable) -> Callable[[bytes], object]:
    """Writes pieces to a file object, each whole."""
    if isinstance(file, io.TextIOBase):
        return lambda piece: file.write(piece.decode("utf-8"))
    if not isinstance(file, io.RawIOBase):
        return file.write

    def write(piece: bytes) -> None:
        # An unbuffered file says how much it took.
        while piece:
            taken = file.write(piece)
            if taken is None:
                raise BlockingIOError("the file object would block")
            piece = piece[taken:]

    return write


def write_all(target: StrOrBytesPath | Writable, data: bytes) -> None:
    """Writes bytes to a path, atomically, or to a file object."""
    if is_path(target):
        _swig.file_write(target, data)
    else:
        writer(target)(data)
