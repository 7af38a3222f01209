"""The members that each kind of entity is made of, as keyword arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Required, TypedDict

from ._period import Period
from ._words import (
    AreaType,
    Booking,
    ChannelType,
    ClaimKind,
    IndicatorUnit,
    Measure,
    ObservationStatus,
    Qualifier,
    ServiceStatus,
    UnitStatus,
    UnitType,
)


class SourceMembers(TypedDict, total=False):
    id: Required[str]
    title: Required[str]
    publisher: str | None
    published: date | str | None
    url: str | None
    note: str | None
    extra: Mapping[str, object] | None


class AreaMembers(TypedDict, total=False):
    id: Required[str]
    type: Required[AreaType | str]
    name: Required[str]
    code: str | None
    parent_id: str | None
    note: str | None
    extra: Mapping[str, object] | None


class OrganizationMembers(TypedDict, total=False):
    id: Required[str]
    name: Required[str]
    short_name: str | None
    description: str | None
    url: str | None
    parent_id: str | None
    note: str | None
    extra: Mapping[str, object] | None


class ProgramMembers(TypedDict, total=False):
    id: Required[str]
    name: Required[str]
    operator_id: str | None
    area_id: str | None
    url: str | None
    started: date | str | None
    note: str | None
    extra: Mapping[str, object] | None


class ChannelMembers(TypedDict, total=False):
    id: Required[str]
    type: Required[ChannelType | str]
    name: Required[str]
    url: str | None
    note: str | None
    extra: Mapping[str, object] | None


class UnitMembers(TypedDict, total=False):
    id: Required[str]
    name: Required[str]
    type: UnitType | str | None
    area_id: str | None
    address: str | None
    postal_code: str | None
    latitude: float | None
    longitude: float | None
    status: UnitStatus | str | None
    opened: date | str | None
    note: str | None
    extra: Mapping[str, object] | None


class ServiceMembers(TypedDict, total=False):
    id: Required[str]
    name: Required[str]
    organization_id: Required[str]
    program_id: str | None
    status: ServiceStatus | str | None
    description: str | None
    alternate_names: Iterable[str] | None
    keywords: Iterable[str] | None
    required_documents: Iterable[str] | None
    url: str | None
    digital_since: date | str | None
    note: str | None
    extra: Mapping[str, object] | None


class OfferingMembers(TypedDict, total=False):
    id: Required[str]
    service_id: Required[str]
    channel_id: Required[str]
    unit_ids: Iterable[str] | None
    booking: Booking | str | None
    access_rules: Iterable[str] | None
    valid_from: date | str | None
    valid_to: date | str | None
    note: str | None
    extra: Mapping[str, object] | None


class IndicatorMembers(TypedDict, total=False):
    id: Required[str]
    name: Required[str]
    measure: Required[Measure | str]
    unit: IndicatorUnit | str | None
    description: str | None
    note: str | None
    extra: Mapping[str, object] | None


class MetricMembers(TypedDict, total=False):
    id: Required[str]
    indicator_id: Required[str]
    value: Required[float]
    period: Required[Period | str]
    qualifier: Qualifier | str | None
    resolution: float | None
    status: ObservationStatus | str | None
    program_id: str | None
    organization_id: str | None
    service_id: str | None
    area_id: str | None
    channel_ids: Iterable[str] | None
    unit_ids: Iterable[str] | None
    source_id: str | None
    quote: str | None
    note: str | None
    extra: Mapping[str, object] | None


class TargetMembers(TypedDict, total=False):
    id: Required[str]
    indicator_id: Required[str]
    value: Required[float]
    due: Required[date | str]
    qualifier: Qualifier | str | None
    resolution: float | None
    baseline_id: str | None
    program_id: str | None
    organization_id: str | None
    service_id: str | None
    area_id: str | None
    channel_ids: Iterable[str] | None
    unit_ids: Iterable[str] | None
    source_id: str | None
    quote: str | None
    note: str | None
    extra: Mapping[str, object] | None


class ClaimMembers(TypedDict, total=False):
    id: Required[str]
    kind: Required[ClaimKind | str]
    left: Required[Iterable[str]]
    right: Required[Iterable[str]]
    stated: float | None
    qualifier: Qualifier | str | None
    resolution: float | None
    source_id: str | None
    quote: str | None
    note: str | None
    extra: Mapping[str, object] | None
