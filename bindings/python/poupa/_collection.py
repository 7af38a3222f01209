"""The entities of one kind in a catalogue."""

from __future__ import annotations

import operator
import sys
from collections.abc import Iterator
from typing import Any, Generic, SupportsIndex, TypeVar, overload

from . import _html, _swig
from ._entity import E, missing, view

__all__ = ["Collection"]

D = TypeVar("D")

_at = _swig.catalog_at
_find = _swig.catalog_find
_new = _swig.entity_new

SHOWN = 3
"""How many ids a repr shows."""


class Collection(Generic[E]):
    """The entities of one kind, by id and in the order of the file.

    It shows the catalogue as it is, also after an edit. Looking up an id takes the same time
    in a small catalogue and in a large one.

    >>> catalog.channels
    <4 channels: 'portal', 'app', 'totem', …>
    >>> catalog.channels["app"].name, catalog.channels[-1].name
    ('Poupatempo Digital', 'Atendimento presencial')
    >>> "fax" in catalog.channels, catalog.channels.get("fax")
    (False, None)
    """

    __slots__ = ("_handle", "_kind", "_type")

    def __init__(self, handle: _swig.CatalogPtr, type: type[E]) -> None:
        self._handle = handle
        self._type = type
        self._kind = type._kind

    @overload
    def __getitem__(self, key: str) -> E: ...
    @overload
    def __getitem__(self, key: SupportsIndex) -> E: ...
    @overload
    def __getitem__(self, key: slice) -> list[E]: ...
    def __getitem__(self, key: str | SupportsIndex | slice) -> E | list[E]:
        """The entity with an id or at an index; for a slice, a list."""
        if isinstance(key, str):
            try:
                this = _find(self._handle, self._kind, key)
            except ValueError:  # what cannot be text in C, such as a NUL
                this = None
            if this is None:
                raise missing(self._handle, self._type, key)
            return _new(self._type, this, self._handle)  # as view does, without a call
        if type(key) is int and 0 <= key <= sys.maxsize:  # the plain case, without a call
            this = _at(self._handle, self._kind, key)
            if this is not None:
                return _new(self._type, this, self._handle)
        return self._placed(key)

    def _placed(self, key: SupportsIndex | slice) -> E | list[E]:
        if isinstance(key, slice):
            return [self._at(index) for index in range(*key.indices(len(self)))]
        try:
            index = operator.index(key)
        except TypeError:
            text = f"expected an id, an index or a slice, not {type(key).__name__}"
            raise TypeError(text) from None
        return self._at(index)

    def _at(self, index: int) -> E:
        place = index if index >= 0 else index + len(self)
        this = None
        if 0 <= place <= sys.maxsize:
            this = _swig.catalog_at(self._handle, self._kind, place)
        if this is None:
            raise IndexError(f"no {self._type._noun} is at {index}: there are {len(self):,}")
        return view(self._type, this, self._handle)

    @overload
    def get(self, id: str) -> E | None: ...
    @overload
    def get(self, id: str, default: D) -> E | D: ...
    def get(self, id: str, default: Any = None) -> Any:
        """The entity with an id, or the default where there is none."""
        if not isinstance(id, str):
            raise TypeError(f"expected an id, not {type(id).__name__}")
        try:
            this = _swig.catalog_find(self._handle, self._kind, id)
        except ValueError:
            return default
        return default if this is None else view(self._type, this, self._handle)

    def __len__(self) -> int:
        return _swig.catalog_count(self._handle, self._kind)

    def __iter__(self) -> Iterator[E]:
        index = 0
        while (this := _swig.catalog_at(self._handle, self._kind, index)) is not None:
            yield view(self._type, this, self._handle)
            index += 1

    def __contains__(self, item: object) -> bool:
        """Whether an id is there, or an entity as it is."""
        if isinstance(item, str):
            return self.get(item) is not None
        return isinstance(item, self._type) and self.get(item.id) == item

    def ids(self) -> list[str]:
        """The ids of all.

        >>> catalog.channels.ids()
        ['portal', 'app', 'totem', 'presencial']
        """
        return [entity.id for entity in self]

    def remove(self, item: E | str) -> None:
        """Removes the entity with that id. One that others refer to stays, with an error.

        >>> catalog.copy().channels.remove("app")
        Traceback (most recent call last):
        ...
        poupa.ValidationError: the channel "app" is in use: the metric ...
        """
        if not isinstance(item, str | self._type):
            raise TypeError(
                f"expected an id or a {self._type.__name__}, not {type(item).__name__}"
            )
        name = item if isinstance(item, str) else item.id
        if name not in self:
            raise missing(self._handle, self._type, name)
        _swig.catalog_remove(self._handle, self._kind, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._type, _swig.catalog_write(self._handle, False))

    def __repr__(self) -> str:
        count = len(self)
        shown = [repr(entity.id) for entity in self[:SHOWN]]
        if count > SHOWN:
            shown.append("…")
        noun = self._type._noun if count == 1 else _swig.kind_plural(self._kind)
        return f"<{count:,} {noun}{': ' if shown else ''}{', '.join(shown)}>"

    def _repr_html_(self) -> str:
        names = self._type._shown
        rows = ([getattr(entity, name) for name in names] for entity in self)
        return _html.table(names, rows, _swig.kind_plural(self._kind), total=len(self))


def _restore(type: type[E], text: bytes) -> Collection[E]:
    """For pickle: the collection of a catalogue like the one that it was of."""
    return Collection(_swig.catalog_read(text, None), type)
