"""Telling how far a reading is."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeAlias

from . import _swig
from ._record import AttendanceWarning, Counts

Progress: TypeAlias = bool | Callable[[Counts], object] | None
"""True is a bar; a function gets the Counts so far, and cancels by returning False."""


class Telling:
    """Calls a function, or moves a bar, with what all sources came to so far."""

    def __init__(self, progress: Progress, size: int | None) -> None:
        self.done = Counts()
        self.last = Counts()
        self.bar: Any = None
        self.function: Callable[[Counts], object] | None = None
        if progress is True:
            self.bar = _bar(size)
        elif callable(progress):
            self.function = progress
        elif progress not in (None, False):
            raise TypeError(f"progress: expected True or a function, got {progress!r}")

    def __call__(self, counts: _swig.Counts) -> object:
        before, self.last = self.last, self.done.plus(Counts(*counts))
        if self.bar is not None:
            self.bar.update(self.last.bytes - before.bytes)
        return None if self.function is None else self.function(self.last)

    def next_source(self, counts: Counts) -> None:
        """A source ended, having come to so much."""
        self.done = self.last = self.done.plus(counts)

    def close(self) -> None:
        """Ends the bar, which stays."""
        if self.bar is not None:
            self.bar.close()
            self.bar = None


def _bar(size: int | None) -> Any:
    try:
        tqdm = import_module("tqdm.auto").tqdm
    except ImportError:
        message = "progress=True shows nothing, since tqdm is not installed"
        warnings.warn(message, AttendanceWarning, stacklevel=5)
        return None
    return tqdm(total=size, unit="B", unit_scale=True, desc="attendance")
