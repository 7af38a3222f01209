"""Where services are given, and how they are reached."""

from __future__ import annotations

from datetime import date
from typing import Self, Unpack

from . import _figures, _services, _swig
from ._entity import Entity
from ._members import AreaMembers, ChannelMembers, UnitMembers
from ._period import to_date
from ._words import AreaType, ChannelType, UnitStatus, UnitType, lookup

__all__ = ["Area", "Channel", "Unit"]

_AREA_TYPE_WORDS = lookup(AreaType)
_CHANNEL_TYPE_WORDS = lookup(ChannelType)
_UNIT_STATUS_WORDS = lookup(UnitStatus)
_UNIT_TYPE_WORDS = lookup(UnitType)


class Area(Entity, kind="area"):
    """A part of the territory.

    >>> area = catalog.areas["sao-paulo"]
    >>> print(area.type, area.name, "in", area.parent.name)
    municipality São Paulo in Grande São Paulo
    >>> [unit.name for unit in area.units]
    ['Itaquera', 'Santo Amaro', 'Sé']
    """

    __slots__ = ()

    def __new__(cls, **members: Unpack[AreaMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.area_id_get(self.this)

    @property
    def type(self) -> AreaType:
        return _AREA_TYPE_WORDS[_swig.area_type_get(self.this)]

    @property
    def name(self) -> str:
        return _swig.area_name_get(self.this)

    @property
    def code(self) -> str:
        return _swig.area_code_get(self.this)

    @property
    def parent_id(self) -> str:
        return _swig.area_parent_id_get(self.this)

    @property
    def note(self) -> str:
        return _swig.area_note_get(self.this)

    @property
    def parent(self) -> Area | None:
        """The area that it is part of; None where it is of none."""
        return self._maybe(Area, self.parent_id)

    @property
    def children(self) -> list[Area]:
        """The areas that name it as their parent."""
        return self._referring(Area)

    @property
    def units(self) -> list[Unit]:
        """The units in it, or in any area below it."""
        return self._found(Unit, _swig.area_units)

    @property
    def programs(self) -> list[_services.Program]:
        """The programmes that work in it."""
        return self._referring(_services.Program)

    @property
    def metrics(self) -> list[_figures.Metric]:
        """The figures about it alone."""
        return self._referring(_figures.Metric)


class Channel(Entity, kind="channel"):
    """A way to reach services.

    >>> [channel.id for channel in catalog.channels if channel.is_digital]
    ['portal', 'app', 'totem']
    """

    __slots__ = ()

    def __new__(cls, **members: Unpack[ChannelMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.channel_id_get(self.this)

    @property
    def type(self) -> ChannelType:
        return _CHANNEL_TYPE_WORDS[_swig.channel_type_get(self.this)]

    @property
    def name(self) -> str:
        return _swig.channel_name_get(self.this)

    @property
    def url(self) -> str:
        return _swig.channel_url_get(self.this)

    @property
    def note(self) -> str:
        return _swig.channel_note_get(self.this)

    @property
    def is_digital(self) -> bool:
        """Whether it is a portal, app, kiosk, chat, email or SMS."""
        return _swig.channel_is_digital(self.this)

    @property
    def has_units(self) -> bool:
        """Whether it has places, so that offerings name units."""
        return _swig.channel_has_units(self.this)

    @property
    def services(self) -> list[_services.Service]:
        """The services that are offered through it."""
        return self._found(_services.Service, _swig.channel_services)

    @property
    def offerings(self) -> list[_services.Offering]:
        """The offerings through it."""
        return self._referring(_services.Offering)

    @property
    def metrics(self) -> list[_figures.Metric]:
        """The figures that name it among their channels."""
        return self._referring(_figures.Metric)


class Unit(Entity, kind="unit"):
    """A place where people are served.

    >>> unit = catalog.units["itaquera"]
    >>> print(unit.name, unit.status, unit.area.parent.name)
    Itaquera open São Paulo
    >>> unit.services
    [Service(id='procon-sp', name='Serviços da Fundação Procon-SP')]
    """

    __slots__ = ()

    def __new__(cls, **members: Unpack[UnitMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.unit_id_get(self.this)

    @property
    def name(self) -> str:
        return _swig.unit_name_get(self.this)

    @property
    def type(self) -> UnitType:
        return _UNIT_TYPE_WORDS[_swig.unit_type_get(self.this)]

    @property
    def area_id(self) -> str:
        return _swig.unit_area_id_get(self.this)

    @property
    def address(self) -> str:
        return _swig.unit_address_get(self.this)

    @property
    def postal_code(self) -> str:
        return _swig.unit_postal_code_get(self.this)

    @property
    def latitude(self) -> float | None:
        return _swig.unit_latitude_get(self.this)

    @property
    def longitude(self) -> float | None:
        return _swig.unit_longitude_get(self.this)

    @property
    def status(self) -> UnitStatus:
        return _UNIT_STATUS_WORDS[_swig.unit_status_get(self.this)]

    @property
    def opened(self) -> date | None:
        return to_date(_swig.unit_opened_get(self.this))

    @property
    def note(self) -> str:
        return _swig.unit_note_get(self.this)

    @property
    def area(self) -> Area | None:
        """Where it is; None where that is not said."""
        return self._maybe(Area, self.area_id)

    @property
    def services(self) -> list[_services.Service]:
        """The services that are offered at it."""
        return self._found(_services.Service, _swig.unit_services)

    @property
    def offerings(self) -> list[_services.Offering]:
        """The offerings at it."""
        return self._found(_services.Offering, _swig.unit_offerings)

    @property
    def metrics(self) -> list[_figures.Metric]:
        """The figures that name it among their units."""
        return self._referring(_figures.Metric)
