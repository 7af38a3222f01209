"""What the twelve kinds of entity have in common: making them, comparing them, following them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from inspect import Parameter, Signature
from numbers import Integral, Real
from typing import Any, ClassVar, NoReturn, Self, TypeVar, cast

from . import _html, _swig
from ._errors import NotFoundError, PoupaError, hint
from ._period import Period

__all__ = ["Entity"]

E = TypeVar("E", bound="Entity")

KINDS: dict[int, type[Entity]] = {}
"""The class of each kind, filled by the classes as they are made."""

NO_KIND = "an entity is one of a kind: make a Service, a Unit or another"


class Alone:
    """The catalogue of an entity that is in none: it keeps the memory, and leads nowhere."""

    __slots__ = ("handle",)

    def __init__(self, handle: _swig.CatalogPtr) -> None:
        self.handle = handle


class Entity:
    """One thing that a catalogue tells of: a service, a unit, a published figure.

    Entities do not change. One that a catalogue handed out shows what it said then, also
    after it was replaced or removed there; what it refers to is looked up as it is now.
    Texts that are absent are "", other absent members None.

    >>> service = catalog.services[0]
    >>> isinstance(service, poupa.Entity)
    True
    >>> service == poupa.Service.from_dict(service.to_dict())
    True
    """

    __slots__ = ("__weakref__", "_handle", "this")

    this: _swig.EntityPtr
    _handle: _swig.CatalogPtr | Alone

    __signature__: ClassVar[Signature]
    _kind: ClassVar[int]
    _noun: ClassVar[str]
    _table: ClassVar[dict[str, _swig.Field]]
    _members: ClassVar[Callable[[_swig.EntityPtr], tuple[_swig.Member, ...]]]
    _shown: ClassVar[tuple[str, ...]] = ("id", "name")

    def __init_subclass__(cls, *, kind: str = "") -> None:
        """Finds the kind in the field table, which also says what each member means."""
        super().__init_subclass__()
        if not kind:
            return
        number = _swig.kind_find(kind)
        if number is None:
            raise TypeError(f'"{kind}" is no kind of entity')
        cls._kind = number
        cls._noun = kind
        cls._table = {field[0]: field for field in _swig.kind_fields(number)}
        cls._members = getattr(_swig, f"{kind}_extra_get")
        for name, field in cls._table.items():
            getattr(cls, name).__doc__ = field[5]
        cls.__signature__ = _signature(cls._table)
        KINDS[number] = cls

    def __new__(cls, **members: Any) -> Self:
        """Makes one of its members: `Service(id=…, name=…, organization_id=…)`."""
        raise TypeError(NO_KIND)

    @property
    def id(self) -> str:
        """Names it within its kind."""
        raise NotImplementedError

    @property
    def note(self) -> str:
        """Anything worth knowing about it."""
        raise NotImplementedError

    @property
    def extra(self) -> dict[str, Any]:
        """The members that the format does not name, by their names.

        >>> unit = poupa.Unit(id="se", name="Sé", extra={"floors": 3})
        >>> unit.extra
        {'floors': 3}
        """
        return {name: json.loads(text) for name, text in type(self)._members(self.this)}

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} cannot be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} cannot be changed: {name}")

    # -- Making them ---------------------------------------------------------------

    @classmethod
    def _build(cls, members: Mapping[str, Any]) -> Self:
        """The entity with those members, in no catalogue."""
        return cls._read(_encode(_gathered(cls, members)))

    @classmethod
    def _read(cls, text: str) -> Self:
        if not hasattr(cls, "_kind"):
            raise TypeError(NO_KIND)
        handle = _swig.catalog_new()
        _swig.catalog_begin(handle)  # and never committed: references may lead anywhere
        try:
            this = _swig.catalog_add_json(handle, cls._kind, text)
        except PoupaError as error:
            error.line = error.column = error.offset = None  # nobody has seen the text
            raise
        return _new(cls, this, Alone(handle))

    @classmethod
    def from_dict(cls, members: Mapping[str, Any]) -> Self:
        """Makes one from its members as they are in a document, unknown ones included.

        >>> poupa.Unit.from_dict({"id": "se", "name": "Sé", "floors": 3}).extra
        {'floors': 3}
        """
        if not isinstance(members, Mapping):
            raise TypeError(f"expected a dict of members, not {type(members).__name__}")
        return cls._read(_encode(members))

    def to_dict(self) -> dict[str, Any]:
        """Its members as they are in a document; what is absent there is absent here.

        >>> catalog.channels["portal"].to_dict()["type"]
        'portal'
        """
        return cast("dict[str, Any]", json.loads(_swig.entity_text(self._kind, self.this)))

    def replace(self, **changes: Any) -> Self:
        """Another one like this, with some members changed; None leaves a member out.

        What is in a catalogue stays as it is until `catalog.replace` puts this there.

        >>> unit = poupa.Unit(id="se", name="Sé", note="Provisional name")
        >>> unit.replace(name="Sé (Centro)", note=None)
        Unit(id='se', name='Sé (Centro)')
        """
        members = self.to_dict()
        given = _gathered(type(self), changes)
        if "extra" in changes:
            members = {name: members[name] for name in members if name in self._table}
        for name in changes:
            members.pop(name, None)
        return self.from_dict(members | given)

    __replace__ = replace

    # -- Comparing and showing them --------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entity) or type(other) is not type(self):
            return NotImplemented
        return _swig.entity_equal(self._kind, self.this, other.this)

    def __hash__(self) -> int:
        return hash((type(self), self.id))

    def __repr__(self) -> str:
        shown = ((name, getattr(self, name)) for name in self._shown)
        members = ", ".join(f"{name}={_plain_repr(value)}" for name, value in shown)
        return f"{type(self).__name__}({members})"

    def _repr_html_(self) -> str:
        return _html.pairs(((name, _cell(value)) for name, value in self.to_dict().items()))

    # -- Copies ----------------------------------------------------------------------

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), _swig.entity_text(self._kind, self.this))

    # -- Following references --------------------------------------------------------

    def _catalog(self) -> _swig.CatalogPtr:
        handle = self._handle
        if not isinstance(handle, Alone):
            return handle
        raise ValueError(
            f'the {self._noun} "{self.id}" is in no catalogue, so there is nothing to follow; '
            "add it to one and use what add returns"
        )

    def _one(self, cls: type[E], id: str) -> E:
        """The entity that a required member names."""
        handle = self._catalog()
        this = _swig.catalog_find(handle, cls._kind, id)
        if this is None:
            raise missing(handle, cls, id)
        return view(cls, this, handle)

    def _maybe(self, cls: type[E], id: str) -> E | None:
        """The entity that a member names, None where it is absent."""
        if id:
            return self._one(cls, id)
        self._catalog()
        return None

    def _all(self, cls: type[E], ids: Iterable[str]) -> list[E]:
        self._catalog()
        return [self._one(cls, each) for each in ids]

    def _found(
        self,
        cls: type[E],
        find: Callable[[_swig.CatalogPtr, str], list[_swig.EntityPtr]],
    ) -> list[E]:
        handle = self._catalog()
        return [view(cls, this, handle) for this in find(handle, self.id)]

    def _referring(self, cls: type[E]) -> list[E]:
        """The entities of a class that refer to this one."""
        handle = self._catalog()
        found = _swig.catalog_referrers(handle, self._kind, self.id, cls._kind)
        return [view(cls, this, handle) for this in found]


def _signature(table: Mapping[str, _swig.Field]) -> Signature:
    """How a class is called, for those who ask for help."""
    named = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=Parameter.empty if field[2] else None)
        for name, field in table.items()
    ]
    return Signature([*named, Parameter("extra", Parameter.KEYWORD_ONLY, default=None)])


_swig.entity_base(Entity)
del _swig.entity_base  # nobody else has a class of entities
_new = _swig.entity_new


def view(cls: type[E], this: _swig.EntityPtr, handle: _swig.CatalogPtr) -> E:
    """The entity that a catalogue handed out."""
    return _new(cls, this, handle)


def _restore(cls: type[E], text: str) -> E:
    """For pickle."""
    return cls._read(text)


def missing(handle: _swig.CatalogPtr, cls: type[Entity], id: str) -> PoupaError:
    """The error for an id that is none, with the one that was probably meant."""
    try:
        nearest = _swig.catalog_nearest(handle, cls._kind, id)
    except ValueError:  # a text that cannot be an id, such as one with a NUL
        nearest = None
    message = f"no {cls._noun} has the id {quoted(id)}"
    if nearest is not None:
        message += f"; did you mean {quoted(view(cls, nearest, handle).id)}?"
    return NotFoundError(message)


SHOWN = 128
"""How much of an id a message shows: as much as an id can have."""


def quoted(id: str) -> str:
    """An id in a message."""
    shown = id if len(id) <= SHOWN else id[:SHOWN] + "…"
    return json.dumps(shown, ensure_ascii=not shown.isprintable())


# -- Members as JSON -----------------------------------------------------------------


def _gathered(cls: type[Entity], given: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments as members: None is absent, `extra` what the format does not name."""
    members: dict[str, Any] = {}
    for name, value in given.items():
        if name == "extra":
            continue
        if name not in cls._table:
            advice = hint(name, cls._table) or "; what the format does not name goes into extra"
            raise TypeError(f'a {cls.__name__} has no member "{name}"{advice}')
        if value is not None:
            members[name] = value
    extra = given.get("extra")
    if extra is None:
        return members
    if not isinstance(extra, Mapping):
        raise TypeError(f"extra: expected a dict, not {type(extra).__name__}")
    unnamed = dict(cast("Mapping[str, Any]", extra))
    for name in unnamed:
        if name in cls._table:
            raise TypeError(f'extra must not have "{name}", which is a member of its own')
    return members | unnamed


def _encode(members: Mapping[str, Any]) -> str:
    return json.dumps(dict(members), ensure_ascii=False, allow_nan=False, default=_plain)


def _plain(value: object) -> object:
    """What JSON has for a value that it does not know."""
    name = type(value).__name__
    if isinstance(value, date | Period):
        return str(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray | memoryview):
        return list(cast("Iterable[object]", value))
    raise TypeError(f"a {name} cannot be written as JSON")


def _plain_repr(value: object) -> str:
    if isinstance(value, float):
        return _swig.number_print(value)
    if isinstance(value, tuple):
        return repr([str(item) for item in cast("tuple[object, ...]", value)])
    return repr(str(value))


def _cell(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
