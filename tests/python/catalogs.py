"""Catalogues of every shape, made from the field table for tests of properties."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from poupa import _swig

KINDS = range(12)
NAMES = {kind: _swig.kind_name(kind) for kind in KINDS}
PLURALS = {kind: _swig.kind_plural(kind) for kind in KINDS}

ID, TEXT, TEXTS, REF, REFS, WORD, WORDS, DATE, PERIOD, NUMBER, OPTIONAL = range(11)
"""The types of fields, in the order of poupa_field_type."""

PLACED = {"in_person", "kiosk", "mobile_unit"}
"""The types of channels that have places."""

ids = st.from_regex(r"\A[a-z0-9][a-z0-9._-]{0,20}\Z")
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
names = texts.filter(bool)
days = st.dates().map(str)
dates = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
halves = st.tuples(st.integers(1, 9999), st.integers(1, 2)).map(lambda h: f"{h[0]:04}-S{h[1]}")
quarters = st.tuples(st.integers(1, 9999), st.integers(1, 4)).map(lambda q: f"{q[0]:04}-Q{q[1]}")
ranges = st.tuples(st.dates(), st.dates()).map(lambda d: f"{min(d)}/{max(d)}")
periods = st.one_of(dates, halves, quarters, ranges, dates.map(lambda date: f"../{date}"))
values = st.one_of(
    st.integers(-(2**53), 2**53),
    st.floats(-1e12, 1e12, allow_nan=False, allow_subnormal=False),
)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


def words(vocabulary: _swig.Vocabulary) -> st.SearchStrategy[str]:
    """The words of a vocabulary, and others where it is open."""
    listed = st.sampled_from(vocabulary[1])
    return st.one_of(listed, names) if vocabulary[3] else listed


def plain(field: _swig.Field) -> st.SearchStrategy[Any]:
    """A value of a member that refers to nothing."""
    name, type, required, _, vocabulary, _ = field
    if vocabulary is not None:
        word = words(vocabulary)
        return st.lists(word, max_size=3) if type == WORDS else word
    bounds = {"latitude": (-90, 90), "longitude": (-180, 180), "resolution": (0, 1e12)}
    if name in bounds:
        return st.floats(*bounds[name])
    return {
        ID: ids,
        TEXT: names if required else texts,
        TEXTS: st.lists(texts, max_size=3),
        DATE: dates,
        PERIOD: periods,
        NUMBER: values,
        OPTIONAL: values,
    }[type]


@st.composite
def entities(draw: st.DrawFn, kind: int, known: dict[int, list[str]], id: str) -> dict[str, Any]:
    """The members of an entity that refers to none but those known."""
    members: dict[str, Any] = {}
    for field in _swig.kind_fields(kind):
        name, type, required, target, _, _ = field
        if not (required or draw(st.booleans())):
            continue
        choices = known.get(target, [])
        if type == ID:
            members[name] = id
        elif type == REF and choices:
            members[name] = draw(st.sampled_from(choices))
        elif type == REFS and choices:
            members[name] = draw(
                st.lists(st.sampled_from(choices), min_size=1, max_size=3, unique=True)
            )
        elif type not in (REF, REFS):
            members[name] = draw(plain(field))
    unnamed = st.dictionaries(names.map(lambda name: f"x-{name}"), anything, max_size=2)
    return members | draw(unnamed)


def agreed(kind: str, members: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Without what the other members forbid."""
    if kind == "offering":
        types = {channel["id"]: channel["type"] for channel in document["channels"]}
        if types[members["channel_id"]] not in PLACED:
            members.pop("unit_ids", None)
    if kind == "claim" and members["kind"] in ("sum", "greater"):
        members.pop("stated", None)
    return members


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Sound documents: what refers to an entity comes behind it."""
    document: dict[str, Any] = {"poupa": "1.0"}
    if draw(st.booleans()):
        document["language"] = draw(st.sampled_from(["pt-BR", "en", "zh-Hant-TW"]))
    known: dict[int, list[str]] = {}
    for kind in KINDS:
        document[PLURALS[kind]] = []
        needed = [f[3] for f in _swig.kind_fields(kind) if f[2] and f[1] in (REF, REFS)]
        if not all(known.get(target) for target in needed):
            continue
        for id in draw(st.lists(ids, max_size=3, unique=True)):
            members = draw(entities(kind, known, id))
            document[PLURALS[kind]].append(agreed(NAMES[kind], members, document))
            known.setdefault(kind, []).append(id)
    return document | draw(st.dictionaries(names.map(lambda n: f"x-{n}"), anything, max_size=2))
