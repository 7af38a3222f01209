"""Entities: making, comparing, showing, copying, and their members."""

from __future__ import annotations

import copy
import datetime
import enum
import json
import pickle
import typing
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import catalogs
import poupa
from poupa import _swig, _words

CLASSES: list[type[poupa.Entity]] = [
    poupa.Source,
    poupa.Area,
    poupa.Organization,
    poupa.Program,
    poupa.Channel,
    poupa.Unit,
    poupa.Service,
    poupa.Offering,
    poupa.Indicator,
    poupa.Metric,
    poupa.Target,
    poupa.Claim,
]

SERVICE = {"id": "rg", "name": "Identity card", "organization_id": "iirgd"}


def service(**members: Any) -> poupa.Service:
    return poupa.Service(**(SERVICE | members))


def kind_of(cls: type[poupa.Entity]) -> int:
    kind = _swig.kind_find(cls.__name__.lower())
    assert kind is not None
    return kind


FIELDS = [(cls, field) for cls in CLASSES for field in _swig.kind_fields(kind_of(cls))]


# -- The field table ---------------------------------------------------------------


def annotation(field: _swig.Field) -> Any:
    """The type that a property has for a field."""
    _, type, required, _, vocabulary, _ = field
    if vocabulary is not None:
        word: Any = next(
            cls
            for cls in vars(_words).values()
            if isinstance(cls, enum.EnumType) and list(cls) == list(vocabulary[1])
        )
        return tuple[word, ...] if type == catalogs.WORDS else word
    date = datetime.date if required else datetime.date | None
    return {
        catalogs.TEXTS: tuple[str, ...],
        catalogs.REFS: tuple[str, ...],
        catalogs.DATE: date,
        catalogs.PERIOD: poupa.Period,
        catalogs.NUMBER: float,
        catalogs.OPTIONAL: float | None,
    }.get(type, str)


def test_there_is_a_class_for_each_kind() -> None:
    assert [kind_of(cls) for cls in CLASSES] == list(range(12))


@pytest.mark.parametrize(
    ("cls", "field"), FIELDS, ids=[f"{cls.__name__}.{field[0]}" for cls, field in FIELDS]
)
def test_every_field_has_a_typed_property_that_says_what_it_means(
    cls: type[poupa.Entity], field: _swig.Field
) -> None:
    member = getattr(cls, field[0])
    assert isinstance(member, property)
    assert member.fset is None
    assert typing.get_type_hints(member.fget)["return"] == annotation(field)
    assert member.__doc__ == field[5]


@pytest.mark.parametrize("cls", CLASSES)
def test_every_field_may_be_given(cls: type[poupa.Entity]) -> None:
    parameters = typing.get_type_hints(cls.__new__)["members"].__args__[0]
    given = typing.get_type_hints(parameters, include_extras=True)
    fields = _swig.kind_fields(kind_of(cls))
    assert list(given) == [field[0] for field in fields] + ["extra"]
    required = [name for name in given if typing.get_origin(given[name]) is typing.Required]
    assert required == [field[0] for field in fields if field[2]]


@pytest.mark.parametrize("cls", CLASSES)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_value_comes_out_as_it_went_in(
    cls: type[poupa.Entity], data: st.DataObject
) -> None:
    kind = kind_of(cls)
    known = {target: ["a", "b", "c"] for target in range(12)}
    members = data.draw(catalogs.entities(kind, known, "itself"))
    if members.get("kind") in ("sum", "greater"):
        members.pop("stated", None)
    entity = cls.from_dict(members)
    assert entity.to_dict() == members
    for name, type, _, _, _, _ in _swig.kind_fields(kind):
        value = getattr(entity, name)
        if name not in members:
            assert value in ("", (), None, 0) or isinstance(value, _words.Word)
        elif type in (catalogs.TEXTS, catalogs.REFS, catalogs.WORDS):
            assert value == tuple(members[name])
        elif type in (catalogs.DATE, catalogs.PERIOD):
            assert str(value) == members[name]
        else:
            assert value == members[name]
    assert set(entity.extra) == {name for name in members if name.startswith("x-")}
    assert pickle.loads(pickle.dumps(entity)) == entity == cls.from_dict(entity.to_dict())


# -- Making ------------------------------------------------------------------------


def test_absent_members_have_plain_values() -> None:
    made = service()
    assert made.program_id == made.description == made.note == ""
    assert made.keywords == ()
    assert made.digital_since is None
    assert made.status is poupa.ServiceStatus.ACTIVE
    assert made.extra == {}
    assert poupa.Unit(id="se", name="Sé").latitude is None


def test_values_are_given_as_python_has_them() -> None:
    members: dict[str, Any] = {
        "value": Fraction(12_000),
        "period": poupa.Period("2021-S1"),
        "qualifier": poupa.Qualifier.OVER,
        "resolution": Fraction(1),
        "channel_ids": (name for name in ["portal", "app"]),
    }
    metric = poupa.Metric(id="m", indicator_id="served", **members)
    assert (metric.value, str(metric.period), metric.qualifier) == (12_000, "2021-S1", "over")
    assert metric.resolution == 1
    assert metric.channel_ids == ("portal", "app")
    made = service(digital_since=datetime.date(2021, 7, 31), keywords=("a", "b"), note=None)
    assert made.digital_since == datetime.date(2021, 7, 31)
    assert made.keywords == ("a", "b")
    assert "note" not in made.to_dict()
    source = poupa.Source(id="s", title="T", published=poupa.PartialDate("2021-07"))
    assert source.published == poupa.PartialDate("2021-07")


def test_unlisted_words_of_open_lists_are_kept() -> None:
    channel = poupa.Channel(id="fax", type="fax", name="Fax")
    assert channel.type == "fax"
    assert not channel.type.is_known
    assert channel.to_dict()["type"] == "fax"


def test_references_may_lead_anywhere_while_an_entity_is_alone() -> None:
    assert service(program_id="there-is-none").program_id == "there-is-none"


@pytest.mark.parametrize(
    ("members", "path", "code"),
    [
        ({"id": "X"}, "/id", "E2003"),
        ({"id": ""}, "/id", "E2001"),
        ({"id": "a" * 129}, "/id", "E2003"),
        ({"name": 3}, "/name", "E2002"),
        ({"name": True}, "/name", "E2002"),
        ({"name": ["x"]}, "/name", "E2002"),
        ({"keywords": "one"}, "/keywords", "E2002"),
        ({"keywords": ["one", 2]}, "/keywords/1", "E2002"),
        ({"status": "actve"}, "/status", ""),
        ({"digital_since": "2021-13"}, "/digital_since", ""),
        ({"digital_since": datetime.datetime(2021, 7, 31, 12, 0)}, "/digital_since", ""),
    ],
)
def test_a_wrong_value_is_named_by_its_path(
    members: dict[str, Any], path: str, code: str
) -> None:
    with pytest.raises(poupa.ValidationError) as caught:
        service(**members)
    assert caught.value.path == path
    assert caught.value.code.startswith(code or "E2")
    assert caught.value.line is None


def test_what_is_required_is_asked_for() -> None:
    with pytest.raises(poupa.ValidationError, match="organization_id"):
        poupa.Service(id="rg", name="Identity card")  # type: ignore[call-arg]
    with pytest.raises(poupa.ValidationError, match="id"):
        poupa.Unit()  # type: ignore[call-arg]
    with pytest.raises(poupa.ValidationError, match="name"):
        service(name=None)


def test_unknown_members_are_refused_with_what_was_meant() -> None:
    with pytest.raises(TypeError, match='"nmae".*did you mean "name"'):
        service(nmae="Identity card")
    with pytest.raises(TypeError, match="extra"):
        service(floors=3)
    with pytest.raises(TypeError, match='did you mean "keywords"'):
        service().replace(keyword=["a"])


@pytest.mark.parametrize(
    "value", [object(), b"bytes", 1j, Decimal("1.5"), {1: object()}, lambda: None, ...]
)
def test_what_json_cannot_say_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        service(name=value)
    with pytest.raises(TypeError):
        service(extra={"x": value})


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        2**70,
        2**53 + 1,
        10**400,
        1e300,
    ],
)
def test_numbers_that_are_none_or_would_be_rounded_are_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r".+"):
        poupa.Metric(id="m", indicator_id="served", value=value, period="2021")


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\0"])
def test_texts_that_are_none_are_refused(text: str) -> None:
    for members in ({"name": text}, {"id": text}, {"extra": {"x": text}}, {"extra": {text: 1}}):
        with pytest.raises(ValueError, match=r".+"):
            service(**members)


def test_circles_and_depths_are_refused() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="Circular"):
        service(extra={"x": circle})
    deep: Any = 1
    for _ in range(100):
        deep = [deep]
    with pytest.raises(ValueError, match=r".+"):
        service(extra={"x": deep})


def test_entities_have_a_kind() -> None:
    with pytest.raises(TypeError, match="one of a kind"):
        poupa.Entity(id="x")
    with pytest.raises(TypeError, match="one of a kind"):
        poupa.Entity.from_dict({"id": "x"})
    with pytest.raises(TypeError, match="no kind"):
        type("Plan", (poupa.Entity,), {}, kind="plan")
    with pytest.raises(TypeError):
        poupa.Service("rg", "Identity card")  # type: ignore[call-arg]


# -- What the format does not name -----------------------------------------------------


def test_extra_members_are_kept_as_they_are() -> None:
    extra = {"floors": 3, "open": [8, 18.5], "name:en": None, "deep": {"a": [True, "x"]}}
    made = service(extra=extra)
    assert made.extra == extra
    assert list(made.to_dict()) == [*SERVICE, *extra]
    made.extra["floors"] = 4
    assert made.extra["floors"] == 3


def test_big_integers_of_extra_members_stay_exact() -> None:
    assert service(extra={"x": 2**53 + 1}).extra == {"x": 2**53 + 1}


def test_a_member_of_the_format_is_not_extra() -> None:
    with pytest.raises(TypeError, match="name"):
        service(extra={"name": "x"})
    for wrong in ([("a", 1)], "x", 3):
        with pytest.raises(TypeError, match="extra"):
            service(extra=wrong)


def test_from_dict_takes_all_that_a_document_has() -> None:
    made = poupa.Service.from_dict(SERVICE | {"extra": 1, "floors": 3})
    assert made.extra == {"extra": 1, "floors": 3}
    assert made.replace(name="ID").extra == made.extra
    refused: tuple[Any, ...] = (None, [], "{}", 3, service())
    for wrong in refused:
        with pytest.raises(TypeError, match="dict"):
            poupa.Service.from_dict(wrong)


# -- Changed ones ------------------------------------------------------------------


def test_replace_makes_another_one() -> None:
    made = service(note="old", extra={"a": 1, "b": 2})
    other = made.replace(name="ID", note=None, keywords=["k"])
    assert (other.name, other.note, other.keywords) == ("ID", "", ("k",))
    assert other.extra == made.extra
    assert (made.name, made.note) == ("Identity card", "old")
    assert made.replace(extra={"c": 3}).extra == {"c": 3}
    assert made.replace(extra=None).extra == {}
    assert made.replace() == made
    assert made.__replace__(id="x").id == "x"


def test_entities_cannot_be_changed() -> None:
    made = service()
    for name in [*(field[0] for field in _swig.kind_fields(6)), "extra", "offerings", "other"]:
        with pytest.raises(AttributeError):
            setattr(made, name, "x")
        with pytest.raises(AttributeError):
            delattr(made, name)
    for name in ("this", "_handle"):
        with pytest.raises(AttributeError, match="a Service cannot be changed"):
            setattr(made, name, getattr(service(id="cnh"), name))
        with pytest.raises(AttributeError, match="a Service cannot be changed"):
            delattr(made, name)
    assert made == service()
    assert not hasattr(made, "__dict__")


# -- Comparing, showing, copying ----------------------------------------------------------


def test_equal_ones_say_the_same() -> None:
    assert service() == service(status="active", note="")
    assert service() != service(note="x")
    assert service() != service(extra={"a": 1})
    assert hash(service()) == hash(service(note="x"))
    assert len({service(), service(), service(id="cnh")}) == 2


def test_entities_of_different_kinds_differ(catalog: poupa.Catalog) -> None:
    unit, area = catalog.units["itaquera"], catalog.areas["itaquera"]
    assert unit != area
    assert unit != "itaquera"
    assert unit != None  # noqa: E711
    assert len({unit, area}) == 2


def test_reprs_are_short(catalog: poupa.Catalog) -> None:
    assert repr(catalog.units["se"]) == "Unit(id='se', name='Sé')"
    assert repr(catalog.metrics["poupatempo.2020"]) == (
        "Metric(id='poupatempo.2020', indicator_id='atendimentos', value=14100000, period='2020')"
    )
    assert "left=['poupatempo.2021-s1']" in repr(catalog.claims[0])
    for plural in catalogs.PLURALS.values():
        entity = getattr(catalog, plural)[0]
        assert repr(entity).startswith(f"{type(entity).__name__}(id={entity.id!r}, ")
        assert len(repr(entity)) < 200


def test_html_is_escaped() -> None:
    shown = service(name="<script>alert(1)</script>", extra={"<b>": ["&"]})._repr_html_()
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        *(lambda e, p=p: pickle.loads(pickle.dumps(e, p)) for p in range(6)),
    ],
)
def test_copies_are_equal(
    copied: Callable[[poupa.Entity], poupa.Entity], catalog: poupa.Catalog
) -> None:
    for plural in catalogs.PLURALS.values():
        for entity in getattr(catalog, plural):
            other = copied(entity)
            assert other == entity
            assert type(other) is type(entity)
            assert json.dumps(other.to_dict()) == json.dumps(entity.to_dict())


def test_a_class_of_ones_own_is_possible() -> None:
    class Desk(poupa.Unit):
        """A unit with a method of its own."""

        def shout(self) -> str:
            return self.name.upper()

    desk = Desk(id="se", name="Sé")
    assert desk.shout() == "SÉ"
    assert desk != poupa.Unit(id="se", name="Sé")
    assert poupa.Catalog().add(desk).name == "Sé"
