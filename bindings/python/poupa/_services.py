"""Who offers what, and how."""

from __future__ import annotations

from datetime import date
from typing import Self, Unpack

from . import _figures, _places, _swig
from ._entity import Entity
from ._members import OfferingMembers, OrganizationMembers, ProgramMembers, ServiceMembers
from ._period import to_date
from ._words import AccessRule, Booking, ServiceStatus, lookup

__all__ = ["Offering", "Organization", "Program", "Service"]

_ACCESS_RULE_WORDS = lookup(AccessRule)
_BOOKING_WORDS = lookup(Booking)
_SERVICE_STATUS_WORDS = lookup(ServiceStatus)


class Organization(Entity, kind="organization"):
    """A body that is responsible for services.

    >>> procon = catalog.organizations["procon-sp"]
    >>> procon.short_name, [service.id for service in procon.services]
    ('Procon-SP', ['procon-sp'])
    """

    __slots__ = ()

    def __new__(cls, **members: Unpack[OrganizationMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.organization_id_get(self.this)

    @property
    def name(self) -> str:
        return _swig.organization_name_get(self.this)

    @property
    def short_name(self) -> str:
        return _swig.organization_short_name_get(self.this)

    @property
    def description(self) -> str:
        return _swig.organization_description_get(self.this)

    @property
    def url(self) -> str:
        return _swig.organization_url_get(self.this)

    @property
    def parent_id(self) -> str:
        return _swig.organization_parent_id_get(self.this)

    @property
    def note(self) -> str:
        return _swig.organization_note_get(self.this)

    @property
    def parent(self) -> Organization | None:
        """The organization that it is part of; None where it is of none."""
        return self._maybe(Organization, self.parent_id)

    @property
    def children(self) -> list[Organization]:
        """The organizations that name it as their parent."""
        return self._referring(Organization)

    @property
    def programs(self) -> list[Program]:
        """The programmes that it runs."""
        return self._referring(Program)

    @property
    def services(self) -> list[Service]:
        """The services that it is responsible for."""
        return self._referring(Service)

    @property
    def metrics(self) -> list[_figures.Metric]:
        """The figures about it alone."""
        return self._referring(_figures.Metric)


class Program(Entity, kind="program"):
    """A programme under which services are offered.

    >>> program = catalog.programs["poupatempo"]
    >>> program.operator.name, program.area.name
    ('Prodesp', 'São Paulo')
    """

    __slots__ = ()

    def __new__(cls, **members: Unpack[ProgramMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.program_id_get(self.this)

    @property
    def name(self) -> str:
        return _swig.program_name_get(self.this)

    @property
    def operator_id(self) -> str:
        return _swig.program_operator_id_get(self.this)

    @property
    def area_id(self) -> str:
        return _swig.program_area_id_get(self.this)

    @property
    def url(self) -> str:
        return _swig.program_url_get(self.this)

    @property
    def started(self) -> date | None:
        return to_date(_swig.program_started_get(self.this))

    @property
    def note(self) -> str:
        return _swig.program_note_get(self.this)

    @property
    def operator(self) -> Organization | None:
        """Who runs it; None where that is not said."""
        return self._maybe(Organization, self.operator_id)

    @property
    def area(self) -> _places.Area | None:
        """Where it works; None where that is not said."""
        return self._maybe(_places.Area, self.area_id)

    @property
    def services(self) -> list[Service]:
        """The services that it offers."""
        return self._referring(Service)

    @property
    def metrics(self) -> list[_figures.Metric]:
        """The figures about it alone."""
        return self._referring(_figures.Metric)

    @property
    def targets(self) -> list[_figures.Target]:
        """The targets for it alone."""
        return self._referring(_figures.Target)


class Service(Entity, kind="service"):
    """What an organization does for people.

    >>> service = catalog.services["procon-sp"]
    >>> service.organization.short_name, service.is_digital, len(service.units)
    ('Procon-SP', True, 11)
    >>> poupa.Service(id="rg", name="Identity card", organization_id="iirgd")
    Service(id='rg', name='Identity card')
    """

    __slots__ = ()

    def __new__(cls, **members: Unpack[ServiceMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.service_id_get(self.this)

    @property
    def name(self) -> str:
        return _swig.service_name_get(self.this)

    @property
    def organization_id(self) -> str:
        return _swig.service_organization_id_get(self.this)

    @property
    def program_id(self) -> str:
        return _swig.service_program_id_get(self.this)

    @property
    def status(self) -> ServiceStatus:
        return _SERVICE_STATUS_WORDS[_swig.service_status_get(self.this)]

    @property
    def description(self) -> str:
        return _swig.service_description_get(self.this)

    @property
    def alternate_names(self) -> tuple[str, ...]:
        return _swig.service_alternate_names_get(self.this)

    @property
    def keywords(self) -> tuple[str, ...]:
        return _swig.service_keywords_get(self.this)

    @property
    def required_documents(self) -> tuple[str, ...]:
        return _swig.service_required_documents_get(self.this)

    @property
    def url(self) -> str:
        return _swig.service_url_get(self.this)

    @property
    def digital_since(self) -> date | None:
        return to_date(_swig.service_digital_since_get(self.this))

    @property
    def note(self) -> str:
        return _swig.service_note_get(self.this)

    @property
    def organization(self) -> Organization:
        """Who is responsible for it."""
        return self._one(Organization, self.organization_id)

    @property
    def program(self) -> Program | None:
        """The programme that offers it; None where there is none."""
        return self._maybe(Program, self.program_id)

    @property
    def offerings(self) -> list[Offering]:
        """How it is offered."""
        return self._found(Offering, _swig.service_offerings)

    @property
    def channels(self) -> list[_places.Channel]:
        """The channels that it is offered through."""
        return self._found(_places.Channel, _swig.service_channels)

    @property
    def units(self) -> list[_places.Unit]:
        """The units that it is offered at."""
        return self._found(_places.Unit, _swig.service_units)

    @property
    def is_digital(self) -> bool:
        """Whether it is offered through a digital channel."""
        return _swig.service_is_digital(self._catalog(), self.id)

    @property
    def metrics(self) -> list[_figures.Metric]:
        """The figures about it alone."""
        return self._referring(_figures.Metric)


class Offering(Entity, kind="offering"):
    """A service offered through a channel, at units or not.

    >>> offering = catalog.offerings["procon-sp.presencial"]
    >>> print(offering.service.name, "|", offering.channel.name, "|", len(offering.units))
    Serviços da Fundação Procon-SP | Atendimento presencial | 9
    >>> print(offering.booking)
    required
    """

    __slots__ = ()
    _shown = ("id", "service_id", "channel_id")

    def __new__(cls, **members: Unpack[OfferingMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.offering_id_get(self.this)

    @property
    def service_id(self) -> str:
        return _swig.offering_service_id_get(self.this)

    @property
    def channel_id(self) -> str:
        return _swig.offering_channel_id_get(self.this)

    @property
    def unit_ids(self) -> tuple[str, ...]:
        return _swig.offering_unit_ids_get(self.this)

    @property
    def booking(self) -> Booking:
        return _BOOKING_WORDS[_swig.offering_booking_get(self.this)]

    @property
    def access_rules(self) -> tuple[AccessRule, ...]:
        return tuple(
            _ACCESS_RULE_WORDS[text] for text in _swig.offering_access_rules_get(self.this)
        )

    @property
    def valid_from(self) -> date | None:
        return to_date(_swig.offering_valid_from_get(self.this))

    @property
    def valid_to(self) -> date | None:
        return to_date(_swig.offering_valid_to_get(self.this))

    @property
    def note(self) -> str:
        return _swig.offering_note_get(self.this)

    @property
    def service(self) -> Service:
        """What is offered."""
        return self._one(Service, self.service_id)

    @property
    def channel(self) -> _places.Channel:
        """Through which channel."""
        return self._one(_places.Channel, self.channel_id)

    @property
    def units(self) -> list[_places.Unit]:
        """Where; empty for channels without places."""
        return self._all(_places.Unit, self.unit_ids)
