"""Words: one enumeration for each vocabulary of the library."""

from __future__ import annotations

import copy
import inspect
import json
import pickle

import pytest

import poupa
from poupa import _swig
from poupa._findings import rules
from poupa._words import OpenWord, VocabularyWord, Word, from_code, lookup, to_code

FIELDS = {
    "area.type": poupa.AreaType,
    "channel.type": poupa.ChannelType,
    "unit.type": poupa.UnitType,
    "unit.status": poupa.UnitStatus,
    "service.status": poupa.ServiceStatus,
    "offering.booking": poupa.Booking,
    "offering.access_rules": poupa.AccessRule,
    "indicator.measure": poupa.Measure,
    "indicator.unit": poupa.IndicatorUnit,
    "metric.qualifier": poupa.Qualifier,
    "metric.status": poupa.ObservationStatus,
    "target.qualifier": poupa.Qualifier,
    "claim.kind": poupa.ClaimKind,
    "claim.qualifier": poupa.Qualifier,
}
OPEN = [poupa.AreaType, poupa.ChannelType, poupa.AccessRule, poupa.IndicatorUnit]
CLOSED = sorted(set(FIELDS.values()) - set(OPEN), key=lambda cls: cls.__name__)


def vocabularies() -> dict[str, _swig.Vocabulary]:
    return {
        f"{_swig.kind_name(kind)}.{field[0]}": field[4]
        for kind in range(12)
        for field in _swig.kind_fields(kind)
        if field[4] is not None
    }


def test_a_class_of_words_lists_them_and_takes_one() -> None:
    assert dir(poupa.PeriodKind) == sorted(poupa.PeriodKind.__members__)
    assert set(dir(poupa.ChannelType)) > {"PORTAL", "is_known", "meaning"}
    assert "upper" not in dir(poupa.ChannelType)
    assert "upper" in dir(poupa.ChannelType.PORTAL)
    assert str(inspect.signature(poupa.ChannelType)) == "(value, /)"


def test_every_vocabulary_has_its_class() -> None:
    assert set(vocabularies()) == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_class_has_the_words_of_the_library_in_its_order(name: str) -> None:
    _, words, meanings, is_open, _ = vocabularies()[name]
    cls = FIELDS[name]
    assert [each.value for each in cls] == list(words)
    assert [each.meaning for each in cls] == list(meanings)
    assert issubclass(cls, OpenWord) == is_open
    assert [to_code(each) for each in cls] == list(range(1, len(words) + 1))


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        (poupa.Verdict, _swig.verdict_name),
        (poupa.TargetState, _swig.target_state_name),
        (poupa.Derivation, _swig.derivation_name),
        (poupa.Severity, _swig.severity_name),
    ],
)
def test_words_of_results_are_named_as_in_c(cls: type[Word], name: object) -> None:
    assert callable(name)
    assert [name(to_code(each)) for each in cls] == [str(each) for each in cls]
    assert [from_code(cls, to_code(each)) for each in cls] == list(cls)


def test_stages_are_those_of_the_codes() -> None:
    stages = {"E1": "json", "E2": "model", "W30": "plausible", "W31": "claim"}
    for rule in rules():
        prefix = rule.code[:2] if rule.code[0] == "E" else rule.code[:3]
        assert rule.stage == stages[prefix]


def test_a_word_is_a_str() -> None:
    portal = poupa.ChannelType.PORTAL
    assert portal == "portal"
    assert hash(portal) == hash("portal")
    assert f"{portal:>8}" == "  portal"
    assert json.dumps({"type": portal}) == '{"type": "portal"}'
    assert {"portal": 1}[portal] == 1


# -- Open vocabularies -------------------------------------------------------------


@pytest.mark.parametrize("cls", OPEN)
@pytest.mark.parametrize("text", ["fax", "PORTAL", "name", "a b", "ação", "\0", "x" * 100_000])
def test_an_open_list_keeps_other_words(cls: type[OpenWord], text: str) -> None:
    other = cls(text)
    assert isinstance(other, cls)
    assert other == text
    assert other.value == text
    assert hash(other) == hash(text)
    assert str(other) == text
    assert not other.is_known
    assert other.meaning == ""
    assert repr(other) == f"{cls.__name__}({text!r})"
    assert other not in list(cls)


def test_other_words_pickle_and_copy() -> None:
    other = poupa.ChannelType("fax")
    for made in (pickle.loads(pickle.dumps(other)), copy.copy(other), copy.deepcopy(other)):
        assert type(made) is poupa.ChannelType
        assert made == other
        assert not made.is_known


def test_other_words_are_not_remembered() -> None:
    before = len(poupa.ChannelType)
    for number in range(1000):
        poupa.ChannelType(f"word {number}")
    assert len(poupa.ChannelType) == before == len(poupa.ChannelType._value2member_map_)


def test_listed_words_are_the_members() -> None:
    assert poupa.ChannelType("app") is poupa.ChannelType.APP
    assert poupa.ChannelType.APP.is_known
    assert pickle.loads(pickle.dumps(poupa.ChannelType.APP)) is poupa.ChannelType.APP


# -- Closed vocabularies -----------------------------------------------------------


@pytest.mark.parametrize("cls", CLOSED)
def test_a_closed_list_refuses_other_words(cls: type[VocabularyWord]) -> None:
    with pytest.raises(ValueError, match="not one of its words"):
        cls("no such word")


def test_a_closed_list_says_what_was_probably_meant() -> None:
    with pytest.raises(ValueError, match='did you mean "fixed"'):
        poupa.UnitType("fixd")
    with pytest.raises(ValueError, match="fail, skip, quarantine"):
        poupa.OnError("zzz")


@pytest.mark.parametrize("cls", [poupa.UnitType, poupa.ChannelType])
@pytest.mark.parametrize("value", [None, 1, b"portal", ["portal"], object()])
def test_a_word_is_made_of_text_only(cls: type[VocabularyWord], value: object) -> None:
    with pytest.raises(TypeError, match="expected a str"):
        cls(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("cls", [*OPEN, *CLOSED])
def test_no_text_is_no_word(cls: type[VocabularyWord]) -> None:
    with pytest.raises(ValueError, match="not one of its words"):
        cls("")


def test_long_words_do_not_fill_the_message() -> None:
    with pytest.raises(ValueError, match="not one of its words") as caught:
        poupa.UnitType("x" * 1_000_000)
    assert len(str(caught.value)) < 300


# -- Looking up --------------------------------------------------------------------


def test_looking_up_gives_the_members_and_keeps_the_rest() -> None:
    words = lookup(poupa.ChannelType)
    assert words["portal"] is poupa.ChannelType.PORTAL
    assert words["fax"] == poupa.ChannelType("fax")
    assert "fax" not in words


def test_an_absent_word_of_the_library_reads_as_no_text() -> None:
    absent = lookup(poupa.Measure)[""]
    assert absent == ""
    assert not absent.is_known
