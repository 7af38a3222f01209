"""Editing: add, replace, remove, and edits that are all or nothing."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import poupa

IIRGD = poupa.Organization(id="iirgd", name="IIRGD")
RG = poupa.Service(id="rg", name="Identity card", organization_id="iirgd")


def made() -> poupa.Catalog:
    catalog = poupa.Catalog()
    catalog.add(IIRGD)
    catalog.add(RG)
    return catalog


# -- One at a time -----------------------------------------------------------------


def test_what_was_added_is_found() -> None:
    catalog = poupa.Catalog()
    organization = catalog.add(IIRGD)
    assert organization == IIRGD
    assert organization.services == []
    service = catalog.add(RG)
    assert service.organization == IIRGD
    assert catalog.services["rg"] == catalog.services[0] == service
    assert organization.services == [service]
    assert "rg" in catalog.services


def test_entities_move_between_catalogues(catalog: poupa.Catalog) -> None:
    other = poupa.Catalog()
    other.add(catalog.organizations["procon-sp"])
    assert other.organizations["procon-sp"] == catalog.organizations["procon-sp"]
    other.replace(other.organizations["procon-sp"].replace(name="Procon"))
    assert catalog.organizations["procon-sp"].name == "Fundação Procon-SP"


def test_an_id_is_taken_once() -> None:
    catalog = made()
    with pytest.raises(poupa.ValidationError) as caught:
        catalog.add(RG.replace(name="Another"))
    assert caught.value.status == "exists"
    assert catalog == made()


def test_a_reference_must_lead_somewhere() -> None:
    catalog = poupa.Catalog()
    with pytest.raises(poupa.ValidationError) as caught:
        catalog.add(RG)
    assert (caught.value.code, caught.value.path) == ("E2005", "/services/0/organization_id")
    assert catalog == poupa.Catalog()


def test_a_replaced_entity_stays_as_it_was() -> None:
    catalog = made()
    before = catalog.services["rg"]
    after = catalog.replace(before.replace(name="RG"))
    assert (before.name, after.name, catalog.services["rg"].name) == ("Identity card", "RG", "RG")
    assert len(catalog.services) == 1
    assert before.organization.services == [after]
    assert before != after
    assert before not in catalog.services
    assert after in catalog.services


def test_what_is_not_there_cannot_be_replaced() -> None:
    catalog = made()
    with pytest.raises(KeyError):
        catalog.replace(RG.replace(id="cnh"))
    assert catalog == made()


def test_a_removed_entity_is_gone_and_readable() -> None:
    catalog = made()
    service = catalog.services["rg"]
    organization = catalog.organizations["iirgd"]
    catalog.remove(service)
    assert "rg" not in catalog.services
    assert service.name == "Identity card"
    assert service.organization == IIRGD
    assert organization.services == []
    with pytest.raises(KeyError):
        _ = service.offerings
    with pytest.raises(KeyError, match="rg"):
        catalog.remove(service)
    catalog.remove(organization)
    with pytest.raises(KeyError, match="iirgd"):
        _ = service.organization
    assert catalog == poupa.Catalog()


def test_what_is_in_use_stays() -> None:
    catalog = made()
    with pytest.raises(poupa.ValidationError, match='service "rg" refers to it') as caught:
        catalog.remove(IIRGD)
    assert caught.value.status == "in_use"
    assert catalog == made()


def test_a_parent_is_no_descendant() -> None:
    catalog = poupa.Catalog()
    catalog.add(poupa.Area(id="a", type="region", name="A"))
    catalog.add(poupa.Area(id="b", type="region", name="B", parent_id="a"))
    with pytest.raises(poupa.ValidationError) as caught:
        catalog.replace(catalog.areas["a"].replace(parent_id="b"))
    assert caught.value.code == "E2008"
    assert catalog.areas["a"].parent is None


@pytest.mark.parametrize("wrong", [None, "rg", 3, {"id": "rg"}, poupa.Service, object(), [RG]])
def test_only_entities_are_taken(wrong: Any) -> None:
    catalog = made()
    for take in (catalog.add, catalog.replace, catalog.remove):
        with pytest.raises(TypeError, match="expected an entity"):
            take(wrong)
    assert catalog == made()


# -- Together ----------------------------------------------------------------------


def test_an_edit_takes_effect_together() -> None:
    catalog = poupa.Catalog()
    with catalog.edit() as edited:
        assert edited is catalog
        service = catalog.add(RG)
        with pytest.raises(KeyError, match="iirgd"):
            _ = service.organization
        catalog.add(IIRGD)
    assert service.organization == IIRGD
    assert catalog == poupa.loads(catalog.dumps())


def test_an_exception_undoes_an_edit() -> None:
    catalog = made()
    for error in (RuntimeError, KeyboardInterrupt, GeneratorExit):
        with pytest.raises(error), catalog.edit():
            catalog.remove(RG)
            catalog.replace(IIRGD.replace(name="x"))
            catalog.add(poupa.Unit(id="se", name="Sé"))
            catalog.language = "en"
            raise error
        assert catalog == made()
        assert catalog.services.ids() == ["rg"]
        assert "se" not in catalog.units
        assert catalog.language == "pt-BR"
    catalog.add(poupa.Unit(id="se", name="Sé"))


def test_a_dangling_reference_undoes_an_edit() -> None:
    catalog = made()
    with pytest.raises(poupa.ValidationError) as caught, catalog.edit():
        catalog.add(poupa.Unit(id="se", name="Sé", area_id="centro"))
    assert caught.value.code == "E2005"
    with pytest.raises(poupa.ValidationError) as caught, catalog.edit():
        catalog.remove(IIRGD)
    assert caught.value.status == "in_use"
    assert catalog == made()


def test_a_failure_that_was_caught_does_not_undo_the_rest() -> None:
    catalog = made()
    with catalog.edit():
        catalog.add(poupa.Unit(id="se", name="Sé"))
        with pytest.raises(poupa.ValidationError):
            catalog.add(RG)
    assert "se" in catalog.units


def test_edits_do_not_nest() -> None:
    catalog = made()
    with catalog.edit():
        catalog.add(poupa.Unit(id="se", name="Sé"))
        with pytest.raises(ValueError, match="edit"), catalog.edit():
            pass
        catalog.add(poupa.Unit(id="bauru", name="Bauru"))
    assert catalog.units.ids() == ["se", "bauru"]


def test_lookups_are_right_during_an_edit_and_after() -> None:
    catalog = poupa.Catalog()
    for number in range(10):
        catalog.add(poupa.Unit(id=str(number), name="x"))
    with pytest.raises(RuntimeError), catalog.edit():
        for number in range(0, 10, 2):
            catalog.units.remove(str(number))
        assert catalog.units.ids() == ["1", "3", "5", "7", "9"]
        assert (len(catalog.units), catalog.units[1].id, catalog.units[-1].id) == (5, "3", "9")
        assert "2" not in catalog.units
        catalog.add(poupa.Unit(id="2", name="again"))
        assert catalog.units["2"].name == catalog.units[-1].name == "again"
        raise RuntimeError
    assert catalog.units.ids() == [str(number) for number in range(10)]
    assert catalog.units["2"].name == "x"


def test_removing_while_iterating_ends() -> None:
    catalog = poupa.Catalog()
    for number in range(10):
        catalog.add(poupa.Unit(id=str(number), name="x"))
    for unit in catalog.units:
        catalog.remove(unit)
    assert len(catalog.units) == 5
    with catalog.edit():
        for unit in list(catalog.units):
            catalog.remove(unit)
    assert len(catalog.units) == 0


def test_an_edit_may_be_made_in_another_thread() -> None:
    catalog = made()

    def edit() -> None:
        with catalog.edit():
            catalog.add(poupa.Unit(id="se", name="Sé"))

    thread = threading.Thread(target=edit)
    thread.start()
    thread.join()
    assert "se" in catalog.units


# -- Any edits ---------------------------------------------------------------------


class Edits(RuleBasedStateMachine):
    """Units and areas beside dicts that are edited alike."""

    names = st.sampled_from("abcd")

    def __init__(self) -> None:
        super().__init__()
        self.catalog = poupa.Catalog()
        self.areas: dict[str, str] = {}
        self.units: dict[str, tuple[str, str]] = {}
        self.seen: list[tuple[poupa.Unit, str]] = []

    @rule(id=names, name=names)
    def put_area(self, id: str, name: str) -> None:
        area = poupa.Area(id=id, type="region", name=name)
        (self.catalog.replace if id in self.areas else self.catalog.add)(area)
        self.areas[id] = name

    @rule(id=names, name=names, area=names)
    def put_unit(self, id: str, name: str, area: str) -> None:
        unit = poupa.Unit(id=id, name=name, area_id=area)
        put = self.catalog.replace if id in self.units else self.catalog.add
        if area not in self.areas:
            with pytest.raises(poupa.ValidationError):
                put(unit)
            return
        self.seen.append((put(unit), name))
        self.units[id] = (name, area)

    @rule(id=names)
    def remove_area(self, id: str) -> None:
        used = any(area == id for _, area in self.units.values())
        if id in self.areas and not used:
            self.catalog.areas.remove(id)
            del self.areas[id]
            return
        with pytest.raises((KeyError, poupa.ValidationError)):
            self.catalog.areas.remove(id)

    @precondition(lambda self: self.units)
    @rule(data=st.data())
    def remove_unit(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.units)))
        self.catalog.units.remove(id)
        del self.units[id]

    @precondition(lambda self: self.units)
    @rule(data=st.data(), fails=st.booleans())
    def swap(self, data: st.DataObject, fails: bool) -> None:
        """Takes a unit out and puts it in again, behind the others."""
        id = data.draw(st.sampled_from(sorted(self.units)))
        try:
            with self.catalog.edit():
                unit = self.catalog.units[id]
                self.catalog.remove(unit)
                self.catalog.add(unit)
                if fails:
                    raise RuntimeError
        except RuntimeError:
            return
        self.units[id] = self.units.pop(id)

    @invariant()
    def same(self) -> None:
        assert {area.id: area.name for area in self.catalog.areas} == self.areas
        assert {u.id: (u.name, u.area_id) for u in self.catalog.units} == self.units
        assert self.catalog.units.ids() == list(self.units)
        for id, (name, area) in self.units.items():
            unit = self.catalog.units[id]
            assert unit.name == name
            assert unit.area == self.catalog.areas[area]
        for entity, name in self.seen[-20:]:
            assert entity.name == name
        assert poupa.loads(self.catalog.dumps()) == self.catalog


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
