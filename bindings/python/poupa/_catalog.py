"""Catalogues: reading, writing, editing, and asking them."""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self, cast

from . import _html, _swig
from ._collection import Collection
from ._entity import KINDS, E, Entity, missing, view
from ._errors import ParseError, PoupaError, ValidationError
from ._figures import Claim, Indicator, Metric, Source, Target
from ._findings import Report, explain
from ._metrics import Derived
from ._period import Period, from_period
from ._places import Area, Channel, Unit
from ._services import Offering, Organization, Program, Service

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, StrOrBytesPath

__all__ = ["Catalog", "check", "load", "loads", "schema"]

_PLURALS = {_swig.kind_plural(kind): KINDS[kind] for kind in sorted(KINDS)}
"""The classes of entities, by the names of their arrays, in the order of a document."""


class Catalog:
    """Who offers what, where and through which channel, and what was published about it.

    >>> catalog.services["procon-sp"].organization.name
    'Fundação Procon-SP'
    >>> new = poupa.Catalog()
    >>> new.add(poupa.Unit(id="se", name="Sé"))
    Unit(id='se', name='Sé')
    >>> print(new)
    <Catalog: 1 unit>

    It may be read from many threads at once, and changed from one while none reads.
    """

    # With a docstring for each kind: what the field table says of it.
    __slots__ = {
        "__weakref__": "References that do not keep it.",
        "_handle": "The catalogue in C.",
        **{plural: _swig.kind_meaning(cls._kind) for plural, cls in _PLURALS.items()},
    }

    _handle: _swig.CatalogPtr
    sources: Collection[Source]
    areas: Collection[Area]
    organizations: Collection[Organization]
    programs: Collection[Program]
    channels: Collection[Channel]
    units: Collection[Unit]
    services: Collection[Service]
    offerings: Collection[Offering]
    indicators: Collection[Indicator]
    metrics: Collection[Metric]
    targets: Collection[Target]
    claims: Collection[Claim]

    def __init__(self) -> None:
        self._hold(_swig.catalog_new())

    @classmethod
    def _of(cls, handle: _swig.CatalogPtr) -> Self:
        catalog = cls.__new__(cls)
        catalog._hold(handle)
        return catalog

    def _hold(self, handle: _swig.CatalogPtr) -> None:
        object.__setattr__(self, "_handle", handle)
        for plural, cls in _PLURALS.items():
            object.__setattr__(self, plural, Collection(handle, cls))

    def __setattr__(self, name: str, value: object) -> None:
        if name != "language":
            raise AttributeError(f"a catalogue's {name} cannot be set")
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a catalogue's {name} cannot be deleted")

    # -- The document itself ---------------------------------------------------------

    @property
    def language(self) -> str:
        """The language of its texts, a BCP 47 tag. May be set."""
        return _swig.catalog_language(self._handle)

    @language.setter
    def language(self, language: str) -> None:
        _swig.catalog_set_language(self._handle, language)

    @property
    def format_version(self) -> str:
        """The version of the format that it was read from."""
        return _swig.catalog_format_version(self._handle)

    @property
    def extra(self) -> dict[str, Any]:
        """The members of the document that the format does not name, by their names."""
        return {name: json.loads(text) for name, text in _swig.catalog_extra(self._handle)}

    # -- Writing ---------------------------------------------------------------------

    def dumps(self, *, indent: Literal[2] | None = 2) -> str:
        """Its text, the same for the same catalogue wherever it runs.

        The indent is 2 spaces, the one form that documents have, or None for the shortest text.

        >>> poupa.Catalog().dumps(indent=None)
        '{"poupa":"1.0"}'
        >>> poupa.loads(catalog.dumps()) == catalog
        True
        """
        return _swig.catalog_write(self._handle, _is_pretty(indent)).decode()

    def save(self, path: StrOrBytesPath, *, indent: Literal[2] | None = 2) -> None:
        """Writes it to a file: wholly, or the old file stays as it was."""
        _swig.catalog_write_file(self._handle, _is_pretty(indent), path)

    def to_dict(self) -> dict[str, Any]:
        """The document as a dict.

        >>> list(catalog.to_dict())[:3]
        ['poupa', 'language', 'sources']
        """
        return cast("dict[str, Any]", json.loads(_swig.catalog_write(self._handle, False)))

    # -- Editing ---------------------------------------------------------------------

    def add(self, entity: E, /) -> E:
        """Adds an entity behind the others of its kind; returns the one that is here now.

        Raises ValidationError where its id is taken or what it refers to is not there.

        >>> new = poupa.Catalog()
        >>> new.add(poupa.Service(id="rg", name="Identity card", organization_id="iirgd"))
        Traceback (most recent call last):
        ...
        poupa.ValidationError: "iirgd" is not the id of an organization ...
        """
        return self._put(_swig.catalog_add_json, entity)

    def replace(self, entity: E, /) -> E:
        """Puts an entity in the place of the one with its id; returns the one that is here now.

        >>> new = catalog.copy()
        >>> new.replace(new.units["se"].replace(name="Sé (Centro)"))
        Unit(id='se', name='Sé (Centro)')
        """
        return self._put(_swig.catalog_replace_json, entity)

    def _put(self, put: Any, entity: E) -> E:
        kind = _expect(entity)._kind
        this = put(self._handle, kind, _swig.entity_text(kind, entity.this))
        return view(type(entity), this, self._handle)

    def remove(self, entity: Entity, /) -> None:
        """Removes the entity with that id. One that others refer to stays, with an error.

        `catalog.services.remove("rg")` does so by the id alone.
        """
        collection = getattr(self, _swig.kind_plural(_expect(entity)._kind))
        collection.remove(entity)

    @contextmanager
    def edit(self) -> Generator[Self, None, None]:
        """Changes that take effect together, or not at all where one of them fails.

        References may point to what is still to come. Edits do not nest.

        >>> new = poupa.Catalog()
        >>> with new.edit():
        ...     _ = new.add(poupa.Service(id="rg", name="RG", organization_id="iirgd"))
        ...     _ = new.add(poupa.Organization(id="iirgd", name="IIRGD"))
        >>> new
        <Catalog: 1 organization, 1 service>
        """
        _swig.catalog_begin(self._handle)
        try:
            yield self
        except BaseException:
            _swig.catalog_rollback(self._handle)
            raise
        _swig.catalog_commit(self._handle)

    # -- Asking ----------------------------------------------------------------------

    def validate(self) -> Report:
        """What is well-formed and probably wrong.

        >>> catalog.validate()
        <Report: 0 errors, 0 warnings>
        """
        report = _swig.report_new()
        _swig.catalog_validate(self._handle, report)
        return Report._of(report)

    def select(
        self,
        *,
        indicator: Indicator | str | None = None,
        period: Period | date | str | None = None,
        within: Period | date | str | None = None,
        program: Program | str | None = None,
        organization: Organization | str | None = None,
        service: Service | str | None = None,
        area: Area | str | None = None,
        channel: Channel | str | None = None,
        unit: Unit | str | None = None,
    ) -> list[Metric]:
        """The metrics that match all that is given, in the order of the file.

        Entities are given as such or by their ids; "" selects the metrics that name none.
        `period` is that of the same days, `within` one that contains the metric's.

        >>> for metric in catalog.select(indicator="atendimentos", channel="app"):
        ...     print(metric.period, metric.interval)
        2021-S1 12,200,000 (12,100,000 to 12,300,000)
        2020 5,400,000 (5,350,000 to 5,450,000)
        """
        query = (
            self._id(Indicator, indicator),
            from_period(period),
            from_period(within),
            self._id(Program, program),
            self._id(Organization, organization),
            self._id(Service, service),
            self._id(Area, area),
            self._id(Channel, channel),
            self._id(Unit, unit),
        )
        found = _swig.metrics_select(self._handle, query)
        return [view(Metric, this, self._handle) for this in found]

    def _id(self, cls: type[E], value: E | str | None) -> str | None:
        """The id to select by. One that nothing has would select nothing, in silence."""
        if value is None or value == "":
            return None if value is None else ""
        if not isinstance(value, str | cls):
            raise TypeError(f"expected a {cls.__name__} or an id, not {type(value).__name__}")
        name = value if isinstance(value, str) else value.id
        if name not in Collection(self._handle, cls):
            raise missing(self._handle, cls, name)
        return name

    def derive(self) -> list[Derived]:
        """The figures that follow from the published ones: digital shares and growth.

        >>> print(catalog.derive()[0])
        procon-sp.digital.2021-s1: the digital share of procon-sp.2021-s1, 41.7 % (30.7 to 50)
        """
        found = _swig.metrics_derive(self._handle)
        return [Derived._of(row, self._handle) for row in found]

    # -- As a value ------------------------------------------------------------------

    def copy(self) -> Self:
        """Another one that says the same, without the memory of what was changed in this."""
        return type(self)._of(_swig.catalog_copy(self._handle))

    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.copy()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalog):
            return NotImplemented
        return _swig.catalog_equal(self._handle, other._handle)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return loads, (_swig.catalog_write(self._handle, False),)

    def __repr__(self) -> str:
        counts = [f"{count:,} {noun}" for noun, count in self._counts()]
        return f"<Catalog: {', '.join(counts) or 'empty'}>"

    def _counts(self) -> Iterator[tuple[str, int]]:
        """How many there are of each kind that there are any of."""
        for plural, cls in _PLURALS.items():
            if count := _swig.catalog_count(self._handle, cls._kind):
                yield cls._noun if count == 1 else plural, count

    def _repr_html_(self) -> str:
        return _html.table(("kind", "entities"), self._counts(), "Catalogue")


def _expect(entity: E) -> E:
    if not isinstance(entity, Entity):
        raise TypeError(f"expected an entity, such as a Service, not {type(entity).__name__}")
    return entity


def _is_pretty(indent: Literal[2] | None) -> bool:
    if indent not in (None, 2) or isinstance(indent, bool):
        raise ValueError(f"indent: expected 2 or None, not {indent!r}")
    return indent is not None


# -- Reading -------------------------------------------------------------------------


def load(
    path: StrOrBytesPath,
    *,
    max_size: int = 0,
    max_depth: int = 0,
    max_entities: int = 0,
) -> Catalog:
    """Reads a catalogue from a file.

    The limits guard against files of strangers; 0 is the default of each: 1 GiB of text, 64
    levels of nesting, 16,777,216 entities.

    Raises FileError, which is an OSError; ParseError or ValidationError, which show the line
    and have all `findings`.

    >>> poupa.load("examples/data/poupatempo-2021.json").language
    'pt-BR'
    """
    limits = (max_size, max_depth, max_entities)
    try:
        return Catalog._of(_swig.catalog_read_file(path, limits))
    except (ParseError, ValidationError) as error:
        error.filename = os.fsdecode(path)
        if Path(error.filename).is_file():  # what is none cannot be read twice
            _explain(error, _swig.document_read_file, path, limits, path)
        raise


def loads(
    text: str | ReadableBuffer,
    *,
    max_size: int = 0,
    max_depth: int = 0,
    max_entities: int = 0,
) -> Catalog:
    """Reads a catalogue from text, or from bytes that are its UTF-8; see `load`.

    >>> poupa.loads('{"poupa": "1.0", "units": [{"id": "se", "name": "Sé"}]}').units["se"].name
    'Sé'
    """
    limits = (max_size, max_depth, max_entities)
    try:
        return Catalog._of(_swig.catalog_read(text, limits))
    except (ParseError, ValidationError) as error:
        _explain(error, _swig.document_read, text, limits, None)
        raise


def _explain(
    error: PoupaError, read: Any, source: Any, limits: _swig.Limits, filename: Any
) -> None:
    """Reads what could not be read once more, for all that is wrong with it."""
    with suppress(PoupaError, MemoryError):  # then the error says what it says
        explain(error, read(source, limits), filename)


def check(path: StrOrBytesPath) -> Report:
    """All that is wrong with a file, or probably wrong, each with its line.

    >>> poupa.check("examples/data/poupatempo-2021.json").ok
    True
    """
    document = _swig.document_read_file(path, None)
    text = _swig.document_text(document)
    return Report._of(_swig.document_report(document), text, path)


def schema() -> dict[str, Any]:
    """The JSON Schema of catalogue documents, draft 2020-12.

    >>> poupa.schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    return cast("dict[str, Any]", json.loads(_swig.schema_text()))
