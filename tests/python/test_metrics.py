"""Figures, targets, claims, and what follows from them."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import pickle
from typing import Any

import pytest

import poupa
from poupa import Interval, TargetState, Verdict

DUE = "2021-12-31"


def counted(
    *published: tuple[str, float],
    value: float = 180,
    due: str = DUE,
    unit: str = "count",
    measure: str = "stock",
    **members: Any,
) -> poupa.Target:
    """A target beside figures for months, the first of which may be its baseline."""
    catalog = poupa.Catalog()
    catalog.add(poupa.Indicator(id="i", name="Digital services", measure=measure, unit=unit))
    for period, figure in published:
        catalog.add(
            poupa.Metric(id=period.lower(), indicator_id="i", value=figure, period=period)
        )
    return catalog.add(
        poupa.Target(id="t", indicator_id="i", value=value, due=due, resolution=0, **members)
    )


# -- Figures -----------------------------------------------------------------------


def test_a_figure_stands_for_an_interval(catalog: poupa.Catalog) -> None:
    metric = catalog.metrics["procon-sp.2021-s1"]
    assert metric.interval == Interval(12_000, 12_000, 13_000)
    assert catalog.targets["servicos-digitais.2022"].interval == Interval(240, high=float("inf"))
    assert catalog.claims["digital-mais-que-o-dobro"].interval.low == 2
    assert catalog.claims["semestre-maior-que-2020"].interval.is_unknown


def test_figures_are_computed_with(catalog: poupa.Catalog) -> None:
    metrics = catalog.metrics
    whole, digital = metrics["poupatempo.2021-s1"], metrics["poupatempo.digital.2021-s1"]
    share = poupa.share(digital, whole)
    assert 81 < share.value < 82
    assert (round(share.low, 1), round(share.high, 1)) == (78.1, 84.8)
    assert poupa.ratio(whole, metrics["poupatempo.2020"]) > 1
    assert poupa.growth(whole, metrics["poupatempo.2020"]).value == pytest.approx(6.38, abs=0.01)
    parts = catalog.claims["digital-e-presencial-somam"].left_metrics
    assert poupa.total(parts) == Interval(12_000, 10_500, 13_500)


def test_an_entity_in_no_catalogue_has_an_interval() -> None:
    metric = poupa.Metric(id="m", indicator_id="i", value=12, period="2021", qualifier="over")
    assert metric.interval.low == 12


# -- Targets -----------------------------------------------------------------------


def test_progress_has_all_that_there_is_to_know(catalog: poupa.Catalog) -> None:
    progress = catalog.targets["servicos-digitais.2021"].progress()
    assert progress.of == catalog.targets["servicos-digitais.2021"]
    assert progress.indicator.name == "Serviços digitais"
    assert progress.state is TargetState.UNKNOWN
    assert progress.as_of == datetime.date(2021, 7, 31)
    assert progress.metric == catalog.metrics["poupatempo.servicos-digitais.2021-07"]
    assert progress.baseline is None
    assert progress.actual == Interval(140, 139.5, 140.5)
    assert progress.target == Interval(180, 179.5, 180.5)
    assert progress.share.value == pytest.approx(77.8, abs=0.1)
    assert progress.remaining == Interval(40, 39, 41)
    assert (progress.months_left, progress.pace_needed) == (5, 8)
    assert progress.pace is None
    assert progress.forecast is None


def test_progress_reads_as_a_sentence(catalog: poupa.Catalog) -> None:
    this_year, next_year = (str(target.progress()) for target in catalog.targets)
    assert this_year == (
        "Serviços digitais: 140 of 180 (77.8 %) as of 31 July 2021. "
        "40 to go in 5 months, by 31 December 2021: that takes 8 a month."
    )
    assert next_year == (
        "Serviços digitais: 140 of more than 240 (58.3 %) as of 31 July 2021. "
        "100 to go in 17 months, by the end of 2022: that takes 5.9 a month."
    )


@pytest.mark.parametrize("as_of", ["2021-09-30", datetime.date(2021, 9, 30), "2021-09"])
def test_progress_is_asked_for_a_date(catalog: poupa.Catalog, as_of: Any) -> None:
    target = catalog.targets["servicos-digitais.2021"]
    assert target.progress(as_of=as_of).months_left == 3
    assert target.progress(as_of).metric is not None
    assert target.progress("2021-06-30").metric is None


@pytest.mark.parametrize("as_of", ["x", "2021-13", "", "2021-S1", "2021-02-30", "a\0b"])
def test_a_date_is_a_date(catalog: poupa.Catalog, as_of: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        catalog.targets[0].progress(as_of)


@pytest.mark.parametrize("as_of", [20210731, 3.5, b"2021", [], datetime.datetime(2021, 7, 31)])
def test_a_date_is_no_other_type(catalog: poupa.Catalog, as_of: Any) -> None:
    with pytest.raises(TypeError):
        catalog.targets[0].progress(as_of)


def test_no_figure_yet() -> None:
    target = counted()
    assert str(target.progress()) == (
        "Digital services: 180 by 31 December 2021. No figure has been published."
    )
    assert str(target.progress("2021-03")) == (
        "Digital services: 180 by 31 December 2021. "
        "No figure has been published up to 31 March 2021."
    )
    assert target.progress().as_of is None
    assert target.progress().share.is_unknown


def test_reached() -> None:
    progress = counted(("2021-11", 185)).progress()
    assert progress.state is TargetState.REACHED
    assert str(progress) == (
        "Digital services: 185 of 180 (102.8 %) as of 30 November 2021. "
        "Reached; it was due by 31 December 2021."
    )


def test_missed() -> None:
    progress = counted(("2022-01", 170)).progress()
    assert progress.state is TargetState.MISSED
    assert str(progress) == (
        "Digital services: 170 of 180 (94.4 %) as of 31 January 2022. "
        "Missed: it was due by 31 December 2021, and 10 short."
    )


def test_on_track() -> None:
    target = counted(("2021-02", 60), ("2021-07", 140), baseline_id="2021-02")
    progress = target.progress()
    assert progress.state is TargetState.ON_TRACK
    assert progress.baseline is not None
    assert (progress.baseline.value, progress.pace) == (60, 16)
    assert progress.forecast is not None
    assert progress.forecast < datetime.date(2021, 12, 31)
    assert str(progress).endswith(
        "that takes 8 a month. On track: 16 more a month so far; "
        "at that pace it is reached on 16 October 2021."
    )


def test_behind() -> None:
    slow = counted(("2021-02", 135), ("2021-07", 140), baseline_id="2021-02").progress()
    assert slow.state is TargetState.BEHIND
    assert "Behind: 1 more a month so far; at that pace it is reached on " in str(slow)
    still = counted(("2021-02", 140), ("2021-07", 140), baseline_id="2021-02").progress()
    assert "Behind: no change so far; at that pace it is never reached." in str(still)
    fallen = counted(("2021-02", 150), ("2021-07", 140), baseline_id="2021-02").progress()
    assert "Behind: 2 less a month so far; at that pace it is never reached." in str(fallen)


def test_a_target_may_be_reached_from_above() -> None:
    members: dict[str, Any] = {"unit": "minutes", "measure": "mean", "qualifier": "at_most"}
    waiting = counted(("2021-S1", 35), value=30, **members).progress()
    assert str(waiting) == (
        "Digital services: 35 minutes in the first half of 2021; the target is at most "
        "30 minutes. 5 minutes to come down in 6 months, by 31 December 2021: that takes "
        "0.83 minutes a month."
    )
    assert "the target is at most 30 minutes. Reached" in str(
        counted(("2021-07", 25), value=30, **members).progress()
    )
    missed = counted(("2022", 31), value=30, **members).progress()
    assert "Missed: it was due by 31 December 2021, and 1 minute too much." in str(missed)


def test_percentages_are_not_put_in_percent() -> None:
    progress = counted(("2021-Q3", 81.3), value=85, unit="percent", measure="share").progress()
    assert "81.3 % in the third quarter of 2021; the target is 85 %. 3.7 % to go" in str(progress)


@pytest.mark.parametrize(
    ("period", "measure", "said"),
    [
        ("2021", "flow", "in 2021"),
        ("2021-S2", "flow", "in the second half of 2021"),
        ("2021-Q1", "flow", "in the first quarter of 2021"),
        ("2021-Q4", "flow", "in the fourth quarter of 2021"),
        ("2021-07", "flow", "in July 2021"),
        ("2021-07-14", "flow", "on 14 July 2021"),
        ("2020-08/2021-07", "flow", "from 1 August 2020 to 31 July 2021"),
        ("../2021-07", "flow", "up to 31 July 2021"),
        ("../2021-07", "cumulative", "as of 31 July 2021"),
        ("2021-S1", "stock", "as of 30 June 2021"),
    ],
)
def test_times_are_said_as_people_do(period: str, measure: str, said: str) -> None:
    catalog = poupa.Catalog()
    catalog.add(poupa.Indicator(id="i", name="N", measure=measure))
    catalog.add(poupa.Metric(id="m", indicator_id="i", value=90, period=period))
    target = catalog.add(poupa.Target(id="t", indicator_id="i", value=180, due="2023"))
    assert f"N: 90 of 180 (50 %) {said}. " in str(target.progress())


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "years", "1 year"),
        (2, "years", "2 years"),
        (12_200_000, "count", "12.2 million"),
        (12_345_678, "count", "12,345,678"),
        (15_000_000, "BRL", "R$ 15 million"),
        (0.5, "seconds", "0.5 seconds"),
        (1234.56, "count", "1,234.6"),
        (3, "fax", "3 fax"),
        (0, "count", "0"),
    ],
)
def test_numbers_are_said_with_what_they_count(value: float, unit: str, said: str) -> None:
    assert f": {said} by the end of 2021" in str(
        counted(value=value, unit=unit, due="2021").progress()
    )


def test_every_qualifier_is_said() -> None:
    for qualifier, said in {
        "exact": "180",
        "about": "about 180",
        "over": "more than 180",
        "almost": "almost 180",
        "at_least": "at least 180",
        "at_most": "at most 180",
    }.items():
        assert f": {said} by" in str(counted(qualifier=qualifier).progress())


# -- Claims ------------------------------------------------------------------------


def test_judgements(catalog: poupa.Catalog) -> None:
    greater, ratio, total = (claim.judge() for claim in catalog.claims)
    assert [j.verdict for j in (greater, ratio, total)] == [
        "confirmed",
        "confirmed",
        "consistent",
    ]
    assert ratio.computed.value == pytest.approx(2.259, abs=0.001)
    assert ratio.left == catalog.metrics["poupatempo.digital.2021-s1"].interval
    assert [rule.code for rule in ratio.warnings] == ["W3102"]
    assert total.warnings == ()
    assert total.of == catalog.claims["digital-e-presencial-somam"]
    assert str(ratio) == (
        "confirmed: a ratio of 2.26 (2.22 to 2.3), stated as ≥ 2; "
        "but mind: periods of different length compared"
    )
    assert "is more than 14,100,000" in str(greater)
    assert "12,000 (10,500 to 13,500) adds up to 12,000 (12,000 to 13,000)" in str(total)


def claim(kind: str, left: float, right: float, **members: Any) -> poupa.Claim:
    catalog = poupa.Catalog()
    catalog.add(poupa.Indicator(id="i", name="Served", measure="flow"))
    for id, value in (("left", left), ("right", right)):
        catalog.add(poupa.Metric(id=id, indicator_id="i", value=value, period="2021"))
    return catalog.add(poupa.Claim(id="c", kind=kind, left=["left"], right=["right"], **members))


def test_every_verdict() -> None:
    assert claim("share", 30, 120, stated=25).verdict is Verdict.CONFIRMED
    assert (
        claim("share", 30, 120, stated=26, qualifier="about", resolution=1).verdict == "confirmed"
    )
    assert claim("growth", 30, 120, stated=25).verdict is Verdict.CONTRADICTED
    assert claim("ratio", 30, 0, stated=25).verdict is Verdict.UNKNOWN
    assert claim("greater", 30, 120).verdict is Verdict.CONTRADICTED


def test_judgements_say_percent_where_it_is() -> None:
    assert str(claim("share", 30, 120, stated=25).judge()) == (
        "confirmed: a share of 25 %, stated as 25 %"
    )
    assert "growth of 25 %" in str(claim("growth", 150, 120, stated=25).judge())
    assert str(claim("difference", 30, 20).judge()) == (
        "unknown: a difference of 10, and nothing is stated"
    )


# -- Derived figures ---------------------------------------------------------------


def test_derived(catalog: poupa.Catalog) -> None:
    derived = catalog.derive()
    kinds = {str(each.derivation) for each in derived}
    assert kinds == {"digital_share", "part_of_year"}
    share = next(d for d in derived if d.base.id == "poupatempo.2021-s1")
    assert share.metric == catalog.metrics["poupatempo.digital.2021-s1"]
    assert share.percent == poupa.share(share.metric, share.base)
    assert str(share) == (
        "poupatempo.digital.2021-s1: the digital share of poupatempo.2021-s1, 81.3 % (78 to 84.9)"
    )
    assert poupa.Catalog().derive() == []


def test_growth_is_derived() -> None:
    catalog = counted(("2020", 120), ("2021", 150), measure="flow").indicator.metrics
    (growth,) = poupa.Catalog.derive(_of(catalog))
    assert growth.derivation is poupa.Derivation.GROWTH
    assert str(growth) == "2021: growth since 2020, 25 %"


def _of(metrics: list[poupa.Metric]) -> poupa.Catalog:
    made = poupa.Catalog()
    made.add(metrics[0].indicator)
    for metric in metrics:
        made.add(metric)
    return made


# -- As values ---------------------------------------------------------------------


def results(catalog: poupa.Catalog) -> list[Any]:
    return [catalog.targets[0].progress(), catalog.claims[0].judge(), catalog.derive()[0]]


def test_results_do_not_change(catalog: poupa.Catalog) -> None:
    for result in results(catalog):
        for field in dataclasses.fields(result):
            with pytest.raises(AttributeError):
                setattr(result, field.name, None)
        with pytest.raises((AttributeError, TypeError)):
            result.other = 1
        assert not hasattr(result, "__dict__")


def test_results_survive_pickle_and_copy(catalog: poupa.Catalog) -> None:
    for result in results(catalog):
        for other in (
            pickle.loads(pickle.dumps(result)),
            copy.copy(result),
            copy.deepcopy(result),
        ):
            assert other == result
            assert str(other) == str(result)
            assert other._repr_html_() == result._repr_html_()
            assert hash(other) == hash(result)


def test_results_show_in_notebooks(catalog: poupa.Catalog) -> None:
    progress, judgement, derived = (result._repr_html_() for result in results(catalog))
    assert "Serviços digitais" in progress
    assert "confirmed" in judgement
    assert "41.7" in derived
    for shown in (progress, judgement, derived):
        assert shown.startswith("<table>")
    name = "<script>alert(1)</script>"
    target = counted(("2021-07", 140))
    indicator = target.indicator.replace(name=name)
    catalog = poupa.Catalog()
    catalog.add(indicator)
    assert "<script" not in catalog.add(target).progress()._repr_html_()


def test_reprs_are_for_reading(catalog: poupa.Catalog) -> None:
    progress, judgement, derived = map(repr, results(catalog))
    assert progress.startswith("Progress(state=")
    assert "Interval(140, 139.5, 140.5)" in progress
    assert judgement.startswith("Judgement(verdict=")
    assert derived.startswith("Derived(derivation=")
