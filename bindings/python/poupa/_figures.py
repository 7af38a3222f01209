"""What was published: figures, targets, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar, Self, Unpack

from . import _metrics, _places, _services, _swig
from ._entity import Entity
from ._interval import Interval
from ._members import ClaimMembers, IndicatorMembers, MetricMembers, SourceMembers, TargetMembers
from ._period import Period, from_date, to_date, to_period
from ._words import (
    ClaimKind,
    IndicatorUnit,
    Measure,
    ObservationStatus,
    Qualifier,
    Verdict,
    lookup,
)

__all__ = ["Claim", "Indicator", "Metric", "Source", "Target"]

_CLAIM_KIND_WORDS = lookup(ClaimKind)
_INDICATOR_UNIT_WORDS = lookup(IndicatorUnit)
_MEASURE_WORDS = lookup(Measure)
_OBSERVATION_STATUS_WORDS = lookup(ObservationStatus)
_QUALIFIER_WORDS = lookup(Qualifier)


class Figure(Entity):
    """What a metric and a target have in common: what they are about.

    Ids that are absent are "", and do not restrict it.
    """

    __slots__ = ()

    _dimensions: ClassVar[Callable[[_swig.EntityPtr], _swig.Dimensions]]

    @property
    def program_id(self) -> str:
        return type(self)._dimensions(self.this)[0]

    @property
    def organization_id(self) -> str:
        return type(self)._dimensions(self.this)[1]

    @property
    def service_id(self) -> str:
        return type(self)._dimensions(self.this)[2]

    @property
    def area_id(self) -> str:
        return type(self)._dimensions(self.this)[3]

    @property
    def channel_ids(self) -> tuple[str, ...]:
        return type(self)._dimensions(self.this)[4]

    @property
    def unit_ids(self) -> tuple[str, ...]:
        return type(self)._dimensions(self.this)[5]

    @property
    def program(self) -> _services.Program | None:
        """The programme that it is about alone; None where it is about none alone."""
        return self._maybe(_services.Program, self.program_id)

    @property
    def organization(self) -> _services.Organization | None:
        """The organization that it is about alone; None where it is about none alone."""
        return self._maybe(_services.Organization, self.organization_id)

    @property
    def service(self) -> _services.Service | None:
        """The service that it is about alone; None where it is about none alone."""
        return self._maybe(_services.Service, self.service_id)

    @property
    def area(self) -> _places.Area | None:
        """The area that it is about alone; None where it is about none alone."""
        return self._maybe(_places.Area, self.area_id)

    @property
    def channels(self) -> list[_places.Channel]:
        """The channels that it is about alone; empty where it is about all."""
        return self._all(_places.Channel, self.channel_ids)

    @property
    def units(self) -> list[_places.Unit]:
        """The units that it is about alone; empty where it is about all."""
        return self._all(_places.Unit, self.unit_ids)


class Source(Entity, kind="source"):
    """Where something was published.

    >>> source = catalog.sources["procon-sp-no-poupatempo"]
    >>> print(source.published, len(source.metrics))
    2021-07 10
    """

    __slots__ = ()
    _shown = ("id", "title")

    def __new__(cls, **members: Unpack[SourceMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.source_id_get(self.this)

    @property
    def title(self) -> str:
        return _swig.source_title_get(self.this)

    @property
    def publisher(self) -> str:
        return _swig.source_publisher_get(self.this)

    @property
    def published(self) -> date | None:
        return to_date(_swig.source_published_get(self.this))

    @property
    def url(self) -> str:
        return _swig.source_url_get(self.this)

    @property
    def note(self) -> str:
        return _swig.source_note_get(self.this)

    @property
    def metrics(self) -> list[Metric]:
        """The figures that it published."""
        return self._referring(Metric)

    @property
    def targets(self) -> list[Target]:
        """The targets that it published."""
        return self._referring(Target)

    @property
    def claims(self) -> list[Claim]:
        """What it says of figures."""
        return self._referring(Claim)


class Indicator(Entity, kind="indicator"):
    """What a metric measures.

    >>> indicator = catalog.indicators["servicos-digitais"]
    >>> print(indicator.measure, len(indicator.metrics), len(indicator.targets))
    stock 1 2
    """

    __slots__ = ()

    def __new__(cls, **members: Unpack[IndicatorMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.indicator_id_get(self.this)

    @property
    def name(self) -> str:
        return _swig.indicator_name_get(self.this)

    @property
    def measure(self) -> Measure:
        return _MEASURE_WORDS[_swig.indicator_measure_get(self.this)]

    @property
    def unit(self) -> IndicatorUnit:
        return _INDICATOR_UNIT_WORDS[_swig.indicator_unit_get(self.this)]

    @property
    def description(self) -> str:
        return _swig.indicator_description_get(self.this)

    @property
    def note(self) -> str:
        return _swig.indicator_note_get(self.this)

    @property
    def metrics(self) -> list[Metric]:
        """The figures that were published."""
        return self._referring(Metric)

    @property
    def targets(self) -> list[Target]:
        """The targets that were set."""
        return self._referring(Target)


class Metric(Figure, kind="metric"):
    """A figure as it was published.

    >>> metric = catalog.metrics["procon-sp.2021-s1"]
    >>> metric
    Metric(id='procon-sp.2021-s1', indicator_id='atendimentos', value=12000, period='2021-S1')
    >>> print(metric.qualifier, metric.interval)
    over 12,000 (12,000 to 13,000)
    """

    __slots__ = ()
    _shown = ("id", "indicator_id", "value", "period")
    _dimensions = _swig.metric_dimensions_get

    def __new__(cls, **members: Unpack[MetricMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.metric_id_get(self.this)

    @property
    def indicator_id(self) -> str:
        return _swig.metric_indicator_id_get(self.this)

    @property
    def value(self) -> float:
        return _swig.metric_value_get(self.this)

    @property
    def period(self) -> Period:
        return to_period(_swig.metric_period_get(self.this))

    @property
    def qualifier(self) -> Qualifier:
        return _QUALIFIER_WORDS[_swig.metric_qualifier_get(self.this)]

    @property
    def resolution(self) -> float:
        return _swig.metric_resolution_get(self.this)

    @property
    def status(self) -> ObservationStatus:
        return _OBSERVATION_STATUS_WORDS[_swig.metric_status_get(self.this)]

    @property
    def source_id(self) -> str:
        return _swig.metric_source_id_get(self.this)

    @property
    def quote(self) -> str:
        return _swig.metric_quote_get(self.this)

    @property
    def note(self) -> str:
        return _swig.metric_note_get(self.this)

    @property
    def interval(self) -> Interval:
        """What it stands for: its value and bounds, by how it was said."""
        return Interval._of(_swig.metric_interval(self.this))

    @property
    def indicator(self) -> Indicator:
        """What it measures."""
        return self._one(Indicator, self.indicator_id)

    @property
    def source(self) -> Source | None:
        """Where it was published; None where that is not said."""
        return self._maybe(Source, self.source_id)


class Target(Figure, kind="target"):
    """A figure that is promised for a date.

    >>> target = catalog.targets["servicos-digitais.2021"]
    >>> print(target.indicator.name, target.value, target.due)
    Serviços digitais 180.0 2021-12-31
    """

    __slots__ = ()
    _shown = ("id", "indicator_id", "value", "due")
    _dimensions = _swig.target_dimensions_get

    def __new__(cls, **members: Unpack[TargetMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.target_id_get(self.this)

    @property
    def indicator_id(self) -> str:
        return _swig.target_indicator_id_get(self.this)

    @property
    def value(self) -> float:
        return _swig.target_value_get(self.this)

    @property
    def due(self) -> date:
        return to_date(_swig.target_due_get(self.this))

    @property
    def qualifier(self) -> Qualifier:
        return _QUALIFIER_WORDS[_swig.target_qualifier_get(self.this)]

    @property
    def resolution(self) -> float:
        return _swig.target_resolution_get(self.this)

    @property
    def baseline_id(self) -> str:
        return _swig.target_baseline_id_get(self.this)

    @property
    def source_id(self) -> str:
        return _swig.target_source_id_get(self.this)

    @property
    def quote(self) -> str:
        return _swig.target_quote_get(self.this)

    @property
    def note(self) -> str:
        return _swig.target_note_get(self.this)

    @property
    def interval(self) -> Interval:
        """What it stands for: its value and bounds, by how it was said."""
        return Interval._of(_swig.target_interval(self.this))

    @property
    def indicator(self) -> Indicator:
        """What it measures."""
        return self._one(Indicator, self.indicator_id)

    @property
    def baseline(self) -> Metric | None:
        """Where it starts from; None where that is not said."""
        return self._maybe(Metric, self.baseline_id)

    @property
    def source(self) -> Source | None:
        """Where it was published; None where that is not said."""
        return self._maybe(Source, self.source_id)

    def progress(self, as_of: date | str | None = None) -> _metrics.Progress:
        """How far it is at a date, or at that of the latest figure.

        >>> print(catalog.targets["servicos-digitais.2021"].progress())
        Serviços digitais: 140 of 180 (77.8 %) as of 31 July 2021. 40 to go in 5 months, ...
        """
        handle = self._catalog()
        found = _swig.target_progress(handle, self.this, from_date(as_of))
        return _metrics.Progress._of(self, found, handle)


class Claim(Entity, kind="claim"):
    """What a source says of figures, to be recomputed and judged.

    >>> for claim in catalog.claims:
    ...     print(claim.verdict, claim.quote)
    confirmed mais do que os 14,1 milhões realizados nos 12 meses de 2020
    confirmed mais que o dobro dos 5,4 milhões do ano passado
    consistent mais de 12 mil atendimentos no Poupatempo
    """

    __slots__ = ()
    _shown = ("id", "kind", "left", "right")

    def __new__(cls, **members: Unpack[ClaimMembers]) -> Self:
        return cls._build(members)

    @property
    def id(self) -> str:
        return _swig.claim_id_get(self.this)

    @property
    def kind(self) -> ClaimKind:
        return _CLAIM_KIND_WORDS[_swig.claim_kind_get(self.this)]

    @property
    def left(self) -> tuple[str, ...]:
        return _swig.claim_left_get(self.this)

    @property
    def right(self) -> tuple[str, ...]:
        return _swig.claim_right_get(self.this)

    @property
    def stated(self) -> float | None:
        return _swig.claim_stated_get(self.this)

    @property
    def qualifier(self) -> Qualifier:
        return _QUALIFIER_WORDS[_swig.claim_qualifier_get(self.this)]

    @property
    def resolution(self) -> float:
        return _swig.claim_resolution_get(self.this)

    @property
    def source_id(self) -> str:
        return _swig.claim_source_id_get(self.this)

    @property
    def quote(self) -> str:
        return _swig.claim_quote_get(self.this)

    @property
    def note(self) -> str:
        return _swig.claim_note_get(self.this)

    @property
    def interval(self) -> Interval:
        """What it states; unknown where it states nothing."""
        return Interval._of(_swig.claim_interval(self.this))

    @property
    def left_metrics(self) -> list[Metric]:
        """The figures of the left side."""
        return self._all(Metric, self.left)

    @property
    def right_metrics(self) -> list[Metric]:
        """The figures of the right side."""
        return self._all(Metric, self.right)

    @property
    def source(self) -> Source | None:
        """Where it was published; None where that is not said."""
        return self._maybe(Source, self.source_id)

    @property
    def verdict(self) -> Verdict:
        """What becomes of it when it is recomputed."""
        return self.judge().verdict

    def judge(self) -> _metrics.Judgement:
        """Recomputes it from the figures of its catalogue.

        >>> print(catalog.claims["digital-mais-que-o-dobro"].judge())
        confirmed: a ratio of 2.26 (2.22 to 2.3), stated as ≥ 2; but mind: periods of ...
        """
        return _metrics.Judgement._of(self, _swig.claim_judge(self._catalog(), self.this))
