"""What follows from published figures: progress, judgements, shares and growth."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import _figures, _html, _say, _swig
from ._entity import view
from ._findings import Rule, rule
from ._interval import Interval
from ._period import to_date
from ._words import ClaimKind, Derivation, IndicatorUnit, TargetState, Verdict, from_code

__all__ = ["Derived", "Judgement", "Progress"]


# -- Targets -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a target is. As text it is a sentence or two.

    >>> progress = catalog.targets["servicos-digitais.2021"].progress()
    >>> for sentence in str(progress).split(". "):
    ...     print(sentence)
    Serviços digitais: 140 of 180 (77.8 %) as of 31 July 2021
    40 to go in 5 months, by 31 December 2021: that takes 8 a month.
    >>> progress.share.value > 77, progress.months_left, progress.pace_needed
    (True, 5.0, 8.0)
    """

    of: _figures.Target = field(repr=False)
    """The target that this is about."""
    indicator: _figures.Indicator = field(repr=False)
    """What is to be reached."""
    state: TargetState
    as_of: date | None
    """The date that was asked for, or that of the latest figure."""
    metric: _figures.Metric | None
    """The latest figure; None where there is none."""
    baseline: _figures.Metric | None
    """Where it started from; None where the target has none."""
    actual: Interval
    target: Interval
    share: Interval
    """Of the target, in percent."""
    remaining: Interval
    """The target less the actual figure."""
    months_left: float | None
    """From the date to the due date; negative where that is past."""
    pace_needed: float | None
    """Per month, to reach the target by the due date; None where there is no time left."""
    pace: float | None
    """Per month, since the baseline; None where there is none to measure from."""
    forecast: date | None
    """When the target is reached at that pace; None where it is not."""

    @classmethod
    def _of(
        cls, target: _figures.Target, found: _swig.Progress, handle: _swig.CatalogPtr
    ) -> Progress:
        state, as_of, metric, baseline, actual, goal, share, remaining = found[:8]
        months_left, pace_needed, pace, forecast = found[8:]
        return cls(
            of=target,
            indicator=target.indicator,
            state=from_code(TargetState, state),
            as_of=to_date(as_of),
            metric=None if metric is None else view(_figures.Metric, metric, handle),
            baseline=None if baseline is None else view(_figures.Metric, baseline, handle),
            actual=Interval._of(actual),
            target=Interval._of(goal),
            share=Interval._of(share),
            remaining=Interval._of(remaining),
            months_left=_known(months_left),
            pace_needed=_known(pace_needed),
            pace=_known(pace),
            forecast=to_date(forecast),
        )

    def __str__(self) -> str:
        name, unit = self.indicator.name, self.indicator.unit
        goal = _say.published(self.of, unit)
        due = _say.by(self.of.due)
        if self.metric is None:
            until = "" if self.as_of is None else f" up to {_say.day(self.as_of)}"
            return f"{name}: {goal} {due}. No figure has been published{until}."
        actual = _say.published(self.metric, unit)
        now = _say.when(self.metric.period, self.indicator.measure)
        if _is_counted_up(self):
            stand = f"{actual} of {goal} ({_say.number(self.share.value)} %) {now}."
        else:
            stand = f"{actual} {now}; the target is {goal}."
        return " ".join([f"{name}: {stand}", *_outlook(self, due)])

    def _repr_html_(self) -> str:
        rows: list[tuple[object, object]] = [
            (
                "target",
                f"{_say.published(self.of, self.indicator.unit)} {_say.by(self.of.due)}",
            ),
            ("state", _say.word(self.state)),
            ("actual", None if self.metric is None else self.actual),
            ("share", None if self.share.is_unknown else f"{self.share} %"),
            ("remaining", None if self.metric is None else self.remaining),
            ("pace needed", _monthly(self.pace_needed)),
            ("pace", _monthly(self.pace)),
            ("forecast", self.forecast),
        ]
        shown = [(name, value) for name, value in rows if value is not None]
        return _html.pairs(shown, self.indicator.name)


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def _monthly(pace: float | None) -> str | None:
    return None if pace is None else f"{_say.number(pace)} a month"


def _is_counted_up(progress: Progress) -> bool:
    """Whether "140 of 180" says how far it is: not of percentages, nor of what is to fall."""
    rises = progress.remaining.value >= 0 or progress.state is TargetState.REACHED
    bounded = progress.of.interval.low > -math.inf
    percent = progress.indicator.unit is IndicatorUnit.PERCENT
    return rises and bounded and not percent and not progress.share.is_unknown


def _outlook(progress: Progress, due: str) -> list[str]:
    """What is left to do, in what time, and whether that is likely."""
    state, months = progress.state, progress.months_left
    if state is TargetState.REACHED:
        return [f"Reached; it was due {due}."]
    unit = progress.indicator.unit
    gap = _say.measured(abs(progress.remaining.value), unit)
    falls = progress.remaining.value < 0
    if state is TargetState.MISSED:
        return [f"Missed: it was due {due}, and {gap} {'too much' if falls else 'short'}."]
    if months is None or progress.pace_needed is None:
        return []
    needed = _say.measured(abs(progress.pace_needed), unit)
    left = f"{gap} to {'come down' if falls else 'go'} in {_say.months(months)}, {due}"
    parts = [f"{left}: that takes {needed} a month."]
    if progress.pace is not None:
        parts.append(_pace(progress, progress.pace))
    return parts


def _pace(progress: Progress, pace: float) -> str:
    """How fast it went, and where that leads."""
    change = _say.measured(abs(pace), progress.indicator.unit)
    so_far = (
        f"{change} {'less' if pace < 0 else 'more'} a month so far"
        if pace
        else "no change so far"
    )
    if progress.forecast is None:
        where = "at that pace it is never reached"
    else:
        where = f"at that pace it is reached on {_say.day(progress.forecast)}"
    return f"{_say.word(progress.state).capitalize()}: {so_far}; {where}."


# -- Claims --------------------------------------------------------------------------


_BETWEEN = {ClaimKind.SUM: "adds up to", ClaimKind.GREATER: "is more than"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A claim, recomputed from its figures.

    >>> judgement = catalog.claims["digital-mais-que-o-dobro"].judge()
    >>> print(judgement.computed, "against", judgement.stated)
    2.26 (2.22 to 2.3) against ≥ 2
    >>> [rule.title for rule in judgement.warnings]
    ['periods of different length compared']
    """

    of: _figures.Claim = field(repr=False)
    """The claim that this is about."""
    verdict: Verdict
    left: Interval
    """The figures of the left side, added up."""
    right: Interval
    """The figures of the right side, added up."""
    computed: Interval
    """What the claim is about, from its figures."""
    stated: Interval
    """What the claim says; unknown where it says nothing."""
    warnings: tuple[Rule, ...]
    """What to mind about it: the rules of stage "claim" that it breaks."""

    @classmethod
    def _of(cls, claim: _figures.Claim, found: _swig.Judgement) -> Judgement:
        verdict, left, right, computed, stated, warnings = found
        return cls(
            of=claim,
            verdict=from_code(Verdict, verdict),
            left=Interval._of(left),
            right=Interval._of(right),
            computed=Interval._of(computed),
            stated=Interval._of(stated),
            warnings=tuple(rule(code) for code in warnings),
        )

    def __str__(self) -> str:
        kind = self.of.kind
        said = _percent if kind in (ClaimKind.SHARE, ClaimKind.GROWTH) else str
        if between := _BETWEEN.get(kind):
            text = f"{self.left} {between} {self.right}"
        elif self.stated.is_unknown:
            text = f"a {kind} of {said(self.computed)}, and nothing is stated"
        else:
            text = f"a {kind} of {said(self.computed)}, stated as {said(self.stated)}"
        minded = "".join(f"; but mind: {rule.title}" for rule in self.warnings)
        return f"{self.verdict}: {text}{minded}"

    def _repr_html_(self) -> str:
        rows = [
            ("verdict", self.verdict),
            ("left", self.left),
            ("right", self.right),
            ("computed", self.computed),
            ("stated", self.stated),
            *(("mind", rule.title) for rule in self.warnings),
        ]
        return _html.pairs(rows, self.of.quote or self.of.id)


# -- Derived figures -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure that follows from two published ones.

    >>> derived = catalog.derive()[1]
    >>> print(derived.metric.period, "against", derived.base.period)
    2021-S1 against 2020
    >>> print(derived)
    poupatempo.2021-s1: part of a year, against the whole of poupatempo.2020, 106 % (102 to 111)
    """

    derivation: Derivation
    metric: _figures.Metric
    base: _figures.Metric
    """What it is set against."""
    percent: Interval
    """The share or the growth; for a part of a year, 100 metric / base."""

    @classmethod
    def _of(cls, found: _swig.Derived, handle: _swig.CatalogPtr) -> Derived:
        derivation, metric, base, percent = found
        return cls(
            from_code(Derivation, derivation),
            view(_figures.Metric, metric, handle),
            view(_figures.Metric, base, handle),
            Interval._of(percent),
        )

    def __str__(self) -> str:
        metric, base, percent = self.metric.id, self.base.id, _percent(self.percent)
        if self.derivation is Derivation.DIGITAL_SHARE:
            return f"{metric}: the digital share of {base}, {percent}"
        if self.derivation is Derivation.GROWTH:
            return f"{metric}: growth since {base}, {percent}"
        return f"{metric}: part of a year, against the whole of {base}, {percent}"

    def _repr_html_(self) -> str:
        rows: list[tuple[object, Any]] = [
            ("derivation", _say.word(self.derivation)),
            ("metric", self.metric.id),
            ("base", self.base.id),
            ("percent", self.percent),
        ]
        return _html.pairs(rows)


def _percent(interval: Interval) -> str:
    value, bracket, bounds = str(interval).partition(" (")
    return value if interval.is_unknown else f"{value} %{bracket}{bounds}"
