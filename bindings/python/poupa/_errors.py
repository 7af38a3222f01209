"""What the library raises: one class for each way in which a call can fail."""

from __future__ import annotations

import difflib
import errno as numbers
import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._findings import Finding

__all__ = [
    "CancelledError",
    "FileError",
    "NotFoundError",
    "ParseError",
    "PoupaError",
    "ValidationError",
]


def _restore(cls: type[BaseException], args: tuple[object, ...]) -> BaseException:
    """An error without calling its __init__, for pickle and copy."""
    error = cls.__new__(cls)
    error.args = args
    return error


class PoupaError(Exception):
    """What went wrong, and where. All errors of this library are of this class.

    >>> try:
    ...     poupa.loads('{"poupa": "1.0", "services": [{"id": "rg"}]}')
    ... except poupa.PoupaError as error:
    ...     print(error.code, error.path, error.line, error.column)
    E2001 /services/0 1 31
    """

    status: str = "unknown"
    """In one word: syntax, invalid, limit, not_found, exists, in_use, io or cancelled."""
    message: str
    """What was expected and what was found."""
    code: str
    """The rule that was broken, "E2005" say; "" where none was. See poupa.rules()."""
    path: str
    """JSON pointer to the value; "" is the whole document."""
    filename: str | None
    """The file that was read or written, where there was one."""
    line: int | None
    """Counted from 1; None where there is no text."""
    column: int | None
    """In characters, counted from 1."""
    offset: int | None
    """In bytes from the start of the text."""
    excerpt: str
    """The line and, below it, a caret at the place; "" where the text is not known."""
    findings: list[Finding]
    """Everything that was found in the document, this error included."""

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "",
        path: str = "",
        filename: str | bytes | os.PathLike[Any] | None = None,
        line: int | None = None,
        column: int | None = None,
        offset: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.path = path
        self.filename = None if filename is None else os.fsdecode(filename)
        self.line = line
        self.column = column
        self.offset = offset
        self.excerpt = ""
        self.findings = []

    def __str__(self) -> str:
        text = self.message
        if self.line:
            column = f"{self.column}:" if self.column else ""
            place = f"{self.line}:{column} error: "
            text = (f"{shown(self.filename)}:{place}" if self.filename else place) + text
        if self.code:
            text += f" [{self.code} {self.path}]" if self.path else f" [{self.code}]"
        if self.excerpt:
            text += "\n" + self.excerpt
        others = sum(finding.severity == "error" for finding in self.findings) - 1
        if others > 0:
            text += f"\n... and {others:,} more error{'s' if others > 1 else ''}"
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args), self.__dict__.copy()


class ParseError(PoupaError, ValueError):
    """The text is not the strict JSON that the format asks for, or is over a limit."""

    status = "syntax"


class ValidationError(PoupaError, ValueError):
    """Well-formed, but it breaks a rule of the model; nothing was changed."""

    status = "invalid"


class NotFoundError(PoupaError, KeyError):
    """No entity has that id."""

    status = "not_found"


class CancelledError(PoupaError):
    """The caller's progress function ended the reading."""

    status = "cancelled"


class FileError(PoupaError, OSError):
    """A file could not be read or written.

    What Python has a class for is of that class too, FileNotFoundError say.

    >>> try:
    ...     poupa.load("there-is-none.json")
    ... except FileNotFoundError as error:
    ...     print(type(error) is not FileNotFoundError, error.filename)
    True there-is-none.json
    """

    status = "io"

    def __init__(
        self,
        message: str = "",
        *,
        errno: int | None = None,
        filename: str | bytes | os.PathLike[Any] | None = None,
        **place: Any,
    ) -> None:
        super().__init__(message, filename=filename, **place)
        if errno is not None:
            self.errno = errno
            self.strerror = os.strerror(errno)
            self.args = (errno, self.strerror)

    def __reduce__(self) -> tuple[Any, ...]:
        members = self.__dict__ | {
            "errno": self.errno,
            "strerror": self.strerror,
            "filename": self.filename,
        }
        if type(self) is _file_class(self.errno):
            return _restore_file, (self.errno, self.args), members
        return _restore, (type(self), self.args), members


_FILE_CLASSES: dict[type[OSError], type[FileError]] = {OSError: FileError}


def _file_class(number: int | None) -> type[FileError]:
    """FileError, and with it the class that Python has for an error of that number."""
    builtin = OSError if number is None else type(OSError(number, ""))
    made = _FILE_CLASSES.get(builtin)
    if made is None:
        names = ("__module__", "__qualname__", "__doc__")
        members = {name: getattr(FileError, name) for name in names}
        made = type("FileError", (FileError, builtin), members)
    return _FILE_CLASSES.setdefault(builtin, made)


def _restore_file(number: int | None, args: tuple[object, ...]) -> BaseException:
    return _restore(_file_class(number), args)


def file_error(
    message: str,
    *,
    errno: int | None = None,
    filename: str | bytes | os.PathLike[Any] | None = None,
) -> FileError:
    """A FileError that is also of the class which Python has for that number."""
    return _file_class(errno)(message, errno=errno, filename=filename)


# -- From the C library --------------------------------------------------------

_STATUS = (
    "ok",
    "argument",
    "memory",
    "io",
    "syntax",
    "invalid",
    "limit",
    "not_found",
    "exists",
    "in_use",
    "cancelled",
)
"""The statuses of poupa/base.h, by their numbers."""

_CLASSES: dict[str, type[PoupaError]] = {
    "syntax": ParseError,
    "limit": ParseError,
    "invalid": ValidationError,
    "exists": ValidationError,
    "in_use": ValidationError,
    "not_found": NotFoundError,
    "cancelled": CancelledError,
}

_DOING = re.compile(
    r"cannot (?:open|read|save|write|follow the link|create a file beside|keep the mode of) ",
)


def shown(name: str) -> str:
    """The name of a file as it can be printed: those that are not UTF-8 cannot."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _from_io(message: str) -> FileError:
    """The library names the file and the system's reason in its message alone."""
    number = None
    filename = None
    for candidate in numbers.errorcode:
        reason = ": " + os.strerror(candidate)
        if message.endswith(reason):
            number = candidate
            if doing := _DOING.match(message):
                filename = message[doing.end() : -len(reason)]
            break
    return file_error(shown(message), errno=number, filename=filename)


def from_c(
    status: int,
    code: str,
    message: str | bytes,
    path: str,
    line: int,
    column: int,
    offset: int,
) -> BaseException:
    """The exception for a poupa_error; a message in bytes may name a file that is not UTF-8."""
    text = message if isinstance(message, str) else os.fsdecode(message)
    name = _STATUS[status] if 0 <= status < len(_STATUS) else "unknown"
    if name == "memory":
        return MemoryError(text)
    if name == "argument":
        return ValueError(text)
    if name == "io":
        return _from_io(text)
    error = _CLASSES.get(name, PoupaError)(shown(text), code=code, path=path)
    error.status = name
    if line > 0:
        error.line = line
        error.column = column or None
        error.offset = offset
    return error


def hint(word: object, choices: Iterable[str]) -> str:
    """The end of a message: the choice that was probably meant, or nothing."""
    if not isinstance(word, str) or len(word) > 200:
        return ""
    near = difflib.get_close_matches(word, list(choices), n=1)
    return f'; did you mean "{near[0]}"?' if near else ""
