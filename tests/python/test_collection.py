"""The entities of one kind: by id, by index, in order."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import poupa

IDS = ["portal", "app", "totem", "presencial"]


@pytest.fixture
def channels(catalog: poupa.Catalog) -> poupa.Collection[poupa.Channel]:
    return catalog.channels


Channels = poupa.Collection[poupa.Channel]


def test_by_id(channels: Channels) -> None:
    assert channels["app"].name == "Poupatempo Digital"
    assert channels["app"] == channels["app"]
    assert isinstance(channels["app"], poupa.Channel)


def test_by_index_and_slice(channels: Channels) -> None:
    assert [channels[i].id for i in range(4)] == IDS
    assert [channels[i].id for i in range(-4, 0)] == IDS
    assert [channel.id for channel in channels[1:3]] == ["app", "totem"]
    assert [channel.id for channel in channels[::-1]] == IDS[::-1]
    assert channels[4:] == channels[2:2] == []


def test_in_order(channels: Channels) -> None:
    assert [channel.id for channel in channels] == channels.ids() == IDS
    assert [channel.id for channel in reversed(channels)] == IDS[::-1]
    assert len(channels) == 4
    assert list(poupa.Catalog().channels) == []
    assert len(poupa.Catalog().channels) == 0


def test_in(channels: Channels) -> None:
    assert "app" in channels
    assert "fax" not in channels
    assert channels["app"] in channels
    assert channels["app"].replace(name="App") not in channels
    for other in (None, 0, 1.5, b"app", object(), "", "a\0b", "\ud800", "app\0"):
        assert other not in channels


def test_an_entity_of_another_kind_is_not_in(catalog: poupa.Catalog) -> None:
    assert catalog.areas["itaquera"] in catalog.areas
    assert catalog.areas["itaquera"] not in catalog.units


def test_get(channels: Channels) -> None:
    app = channels.get("app")
    assert app is not None
    assert app.id == "app"
    assert channels.get("fax") is None
    assert channels.get("fax", 3) == channels.get("a\0b", 3) == channels.get("\ud800", 3) == 3
    with pytest.raises(TypeError, match="id"):
        channels.get(0)  # type: ignore[call-overload]


def test_an_unknown_id_is_a_key_error_with_advice(channels: Channels) -> None:
    with pytest.raises(KeyError) as caught:
        channels["portl"]
    assert isinstance(caught.value, poupa.NotFoundError)
    assert str(caught.value) == 'no channel has the id "portl"; did you mean "portal"?'
    with pytest.raises(poupa.NotFoundError) as caught:
        channels["nothing like it"]
    assert "did you mean" not in str(caught.value)


@pytest.mark.parametrize("id", ["", "\0", "app\0", "\ud800", "a" * 100_000, "\n", "é" * 200])
def test_what_cannot_be_an_id_is_a_key_error(channels: Channels, id: str) -> None:
    with pytest.raises(poupa.NotFoundError) as caught:
        channels[id]
    message = str(caught.value)
    assert len(message) < 2000
    assert message.isprintable()


@pytest.mark.parametrize("index", [4, -5, 2**31, 2**63, -(2**63) - 1, 2**64, sys.maxsize, 10**30])
def test_an_index_outside_is_an_index_error(channels: Channels, index: int) -> None:
    with pytest.raises(IndexError, match="there are 4"):
        channels[index]


@pytest.mark.parametrize("key", [None, 1.0, b"app", (), ["app"], object(), 1j])
def test_other_keys_are_type_errors(channels: Channels, key: Any) -> None:
    with pytest.raises(TypeError, match="expected an id"):
        channels[key]


def test_what_is_an_index_may_be_one(channels: Channels) -> None:
    class One:
        def __index__(self) -> int:
            return 1

    assert channels[One()].id == channels[True].id == "app"


@given(st.slices(20))
def test_slices_are_those_of_lists(key: slice) -> None:
    catalog = poupa.Catalog()
    for number in range(20):
        catalog.add(poupa.Unit(id=str(number), name="x"))
    assert [unit.id for unit in catalog.units[key]] == [str(n) for n in range(20)][key]


def test_remove(catalog: poupa.Catalog) -> None:
    catalog.claims.remove("semestre-maior-que-2020")
    catalog.claims.remove(catalog.claims[0])
    assert catalog.claims.ids() == ["digital-e-presencial-somam"]
    with pytest.raises(KeyError, match="did you mean"):
        catalog.claims.remove("digital-e-presencial-soma")
    for wrong in (None, 0, catalog.units["se"], b"x"):
        with pytest.raises(TypeError, match="Claim"):
            catalog.claims.remove(wrong)  # type: ignore[arg-type]
    for id in ("a\0b", "\ud800", ""):
        with pytest.raises(KeyError):
            catalog.claims.remove(id)


def test_repr_and_html(catalog: poupa.Catalog) -> None:
    assert repr(catalog.channels) == "<4 channels: 'portal', 'app', 'totem', …>"
    assert repr(catalog.services) == "<1 service: 'procon-sp'>"
    assert repr(poupa.Catalog().units) == "<0 units>"
    shown = catalog.areas._repr_html_()
    assert "São Paulo" in shown
    assert "<td>sp</td>" in shown


def test_a_collection_cannot_be_written_into(catalog: poupa.Catalog) -> None:
    channels: Any = catalog.channels
    with pytest.raises(TypeError):
        channels["app"] = catalog.channels["app"]
    with pytest.raises(TypeError):
        del channels["app"]
    with pytest.raises(AttributeError):
        channels.other = 1


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c))])
def test_a_copy_is_of_a_catalogue_of_its_own(
    catalog: poupa.Catalog, copied: Callable[[Any], Any]
) -> None:
    other = copied(catalog.units)
    catalog.replace(catalog.units["se"].replace(name="x"))
    assert other["se"].name == "Sé"
    assert other["se"].services == catalog.units["se"].services
    assert copy.copy(catalog.units)["se"].name == "x"


def test_it_outlives_its_catalogue() -> None:
    def made() -> Channels:
        catalog = poupa.Catalog()
        catalog.add(poupa.Channel(id="app", type="app", name="App"))
        return catalog.channels

    assert made()["app"].name == "App"
