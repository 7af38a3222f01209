"""From one entity to the others."""

from __future__ import annotations

import inspect
import typing
from typing import Any

import pytest

import catalogs
import poupa
from poupa import _swig

ENTITIES = [
    poupa.Source(id="x", title="T"),
    poupa.Area(id="x", type="state", name="N"),
    poupa.Organization(id="x", name="N"),
    poupa.Program(id="x", name="N"),
    poupa.Channel(id="x", type="app", name="N"),
    poupa.Unit(id="x", name="N"),
    poupa.Service(id="x", name="N", organization_id="x"),
    poupa.Offering(id="x", service_id="x", channel_id="x"),
    poupa.Indicator(id="x", name="N", measure="flow"),
    poupa.Metric(id="x", indicator_id="x", value=1, period="2021"),
    poupa.Target(id="x", indicator_id="x", value=1, due="2021"),
    poupa.Claim(id="x", kind="greater", left=["x"], right=["y"]),
]


def navigation(cls: type[poupa.Entity]) -> list[str]:
    """The members of a class that lead to entities."""
    found = []
    for name, member in inspect.getmembers(cls, lambda member: isinstance(member, property)):
        leads = typing.get_type_hints(member.fget)["return"]
        classes = [leads, *typing.get_args(leads)]
        if any(isinstance(each, type) and issubclass(each, poupa.Entity) for each in classes):
            found.append(name)
    return found


# -- Of the example ----------------------------------------------------------------


def ids(entities: list[Any]) -> list[str]:
    return [entity.id for entity in entities]


def test_services(catalog: poupa.Catalog) -> None:
    service = catalog.services["procon-sp"]
    assert service.organization == catalog.organizations["procon-sp"]
    assert service.program == catalog.programs["poupatempo"]
    assert ids(service.offerings) == catalog.offerings.ids()
    assert ids(service.channels) == ["portal", "totem", "presencial"]
    assert len(service.units) == 11
    assert service.is_digital is True
    assert service.metrics == []


def test_offerings(catalog: poupa.Catalog) -> None:
    offering = catalog.offerings["procon-sp.presencial.novos"]
    assert offering.service.id == "procon-sp"
    assert offering.channel.id == "presencial"
    assert ids(offering.units) == ["penapolis", "mogi-guacu"]
    assert catalog.offerings["procon-sp.portal"].units == []


def test_channels(catalog: poupa.Catalog) -> None:
    assert [channel.is_digital for channel in catalog.channels] == [True, True, True, False]
    assert [channel.has_units for channel in catalog.channels] == [False, False, True, True]
    assert ids(catalog.channels["totem"].services) == ["procon-sp"]
    assert catalog.channels["app"].services == []
    assert ids(catalog.channels["totem"].offerings) == ["procon-sp.totem"]
    assert "procon-sp.digital.2021-s1" in ids(catalog.channels["portal"].metrics)


def test_what_follows_from_a_channels_type_needs_no_catalogue() -> None:
    fax = poupa.Channel(id="fax", type="fax", name="Fax")
    assert (fax.is_digital, fax.has_units) == (False, False)
    assert poupa.Channel(id="k", type="kiosk", name="K").has_units


def test_units(catalog: poupa.Catalog) -> None:
    unit = catalog.units["penapolis"]
    assert unit.area == catalog.areas["penapolis"]
    assert ids(unit.services) == ["procon-sp"]
    assert ids(unit.offerings) == ["procon-sp.presencial.novos"]
    assert catalog.units["itaquera"].metrics[0].id == "procon-sp.presencial.2021-s1"


def test_areas(catalog: poupa.Catalog) -> None:
    area = catalog.areas["sao-paulo"]
    assert area.parent == catalog.areas["grande-sao-paulo"]
    assert ids(area.children) == ["itaquera", "santo-amaro", "se"]
    assert ids(area.units) == ["itaquera", "santo-amaro", "se"]
    assert len(catalog.areas["br"].units) == 11
    assert catalog.areas["br"].parent is None
    assert ids(catalog.areas["sp"].programs) == ["poupatempo"]


def test_organizations_and_programs(catalog: poupa.Catalog) -> None:
    procon = catalog.organizations["procon-sp"]
    assert ids(procon.services) == ["procon-sp"]
    assert procon.parent is None
    assert procon.children == procon.programs == []
    assert "procon-sp.2021-s1" in ids(procon.metrics)
    program = catalog.programs["poupatempo"]
    assert program.operator == catalog.organizations["prodesp"]
    assert program.area == catalog.areas["sp"]
    assert ids(program.services) == ["procon-sp"]
    assert len(program.metrics) == 10
    assert len(program.targets) == 2


def test_figures(catalog: poupa.Catalog) -> None:
    metric = catalog.metrics["procon-sp.presencial.2021-s1"]
    assert metric.indicator == catalog.indicators["atendimentos"]
    assert metric.source == catalog.sources[0]
    assert metric.program == catalog.programs[0]
    assert metric.organization == catalog.organizations["procon-sp"]
    assert metric.service is None
    assert metric.area is None
    assert ids(metric.channels) == ["presencial"]
    assert tuple(ids(metric.units)) == metric.unit_ids
    assert metric in metric.indicator.metrics
    assert len(catalog.indicators["servicos-digitais"].targets) == 2
    target = catalog.targets[0]
    assert target.indicator.id == "servicos-digitais"
    assert target.baseline is None
    assert ids(target.channels) == ["portal", "app", "totem"]


def test_claims_and_sources(catalog: poupa.Catalog) -> None:
    claim = catalog.claims["digital-e-presencial-somam"]
    assert tuple(ids(claim.left_metrics)) == claim.left
    assert tuple(ids(claim.right_metrics)) == claim.right
    source = claim.source
    assert source is not None
    assert source.claims == list(catalog.claims)
    assert source.targets == list(catalog.targets)
    assert source.metrics == list(catalog.metrics)


# -- Of all ------------------------------------------------------------------------


def test_every_reference_can_be_followed() -> None:
    for entity in ENTITIES:
        kind = _swig.kind_find(type(entity).__name__.lower())
        assert kind is not None
        for name, type_, required, target, _, _ in _swig.kind_fields(kind):
            if type_ not in (catalogs.REF, catalogs.REFS):
                continue
            many = type_ == catalogs.REFS
            way = f"{name}_metrics" if name in ("left", "right") else name.removesuffix("_id")
            if name.endswith("_ids"):
                way = name.removesuffix("_ids") + "s"
            leads = typing.get_type_hints(getattr(type(entity), way).fget)["return"]
            cls: Any = getattr(poupa, catalogs.NAMES[target].capitalize())
            assert leads == (list[cls] if many else cls if required else cls | None), way


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: type(entity).__name__)
def test_an_entity_in_no_catalogue_leads_nowhere_and_says_so(entity: poupa.Entity) -> None:
    ways = navigation(type(entity))
    assert ways
    for way in ways:
        with pytest.raises(ValueError, match="in no catalogue.*add it to one"):
            getattr(entity, way)


def test_asking_an_entity_in_no_catalogue_says_so_too() -> None:
    service, target, claim = ENTITIES[6], ENTITIES[10], ENTITIES[11]
    assert isinstance(service, poupa.Service)
    assert isinstance(target, poupa.Target)
    assert isinstance(claim, poupa.Claim)
    for ask in (
        lambda: service.is_digital,
        target.progress,
        claim.judge,
        lambda: claim.verdict,
    ):
        with pytest.raises(ValueError, match="in no catalogue"):
            ask()


def test_every_way_of_the_example_leads_to_the_same_catalogue(catalog: poupa.Catalog) -> None:
    for plural in catalogs.PLURALS.values():
        for entity in getattr(catalog, plural):
            for way in navigation(type(entity)):
                found = getattr(entity, way)
                for each in found if isinstance(found, list) else [found]:
                    if each is not None:
                        home = _swig.kind_plural(each._kind)
                        assert each in getattr(catalog, home)


def test_what_refers_to_an_entity_is_what_names_it(catalog: poupa.Catalog) -> None:
    for unit in catalog.units:
        assert unit.offerings == [o for o in catalog.offerings if unit.id in o.unit_ids]
        assert unit.metrics == [m for m in catalog.metrics if unit.id in m.unit_ids]
    for channel in catalog.channels:
        assert channel.offerings == [o for o in catalog.offerings if channel.id == o.channel_id]


def test_lists_are_the_callers(catalog: poupa.Catalog) -> None:
    catalog.services[0].units.clear()
    assert len(catalog.services[0].units) == 11
