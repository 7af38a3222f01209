"""Catalogues: reading, writing, asking, and their lives."""

from __future__ import annotations

import array
import copy
import gc
import json
import os
import pickle
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import catalogs
import poupa

BROKEN = """{
  "poupa": "1.0",
  "organizations": [{"id": "procon-sp", "name": "Procon-SP"}],
  "services": [
    {"id": "a", "name": "A", "organization_id": "procom-sp"},
    {"id": "b", "nome": "B", "organization_id": "procon-sp"}
  ]
}
"""


# -- Reading -----------------------------------------------------------------------


def test_a_file_is_read_by_any_kind_of_path(example: Path) -> None:
    read = [poupa.load(path) for path in (example, str(example), os.fsencode(example))]
    assert read[0] == read[1] == read[2]
    assert len(read[0].units) == 11


def test_text_is_read_from_anything_that_holds_it(example: Path) -> None:
    data = example.read_bytes()
    texts = (data.decode(), data, bytearray(data), memoryview(data), array.array("B", data))
    assert all(poupa.loads(text) == poupa.load(example) for text in texts)


@pytest.mark.parametrize("wrong", [None, 3, 3.5, [], {}, object(), Path("x"), ...])
def test_text_is_text(wrong: Any) -> None:
    with pytest.raises(TypeError):
        poupa.loads(wrong)


@pytest.mark.parametrize("wrong", [None, 3.5, [], {}, object(), ...])
def test_a_path_is_a_path(wrong: Any) -> None:
    for take in (poupa.load, poupa.check, poupa.Catalog().save):
        with pytest.raises(TypeError):
            take(wrong)


def test_a_path_with_a_nul_is_refused() -> None:
    for take in (poupa.load, poupa.check, poupa.Catalog().save):
        with pytest.raises(ValueError, match=r".+"):
            take("a\0b")


def test_a_file_that_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        poupa.load(tmp_path / "none.json")
    assert isinstance(caught.value, poupa.FileError)
    assert caught.value.filename == str(tmp_path / "none.json")
    with pytest.raises(poupa.FileError):
        poupa.load(tmp_path)
    with pytest.raises(FileNotFoundError):
        poupa.check(tmp_path / "none.json")


def test_a_broken_document_is_told_with_its_line_and_all_findings(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(BROKEN)
    with pytest.raises(poupa.ValidationError) as caught:
        poupa.load(path)
    error = caught.value
    assert (error.code, error.path) == ("E2005", "/services/0/organization_id")
    assert (error.filename, error.line, error.column) == (str(path), 5, 49)
    assert '"organization_id": "procom-sp"' in str(error)
    assert "^~" in str(error)
    assert {"E2005", "E2001"} <= {finding.code for finding in error.findings}
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert again.findings == error.findings


def test_a_broken_text_is_told_without_a_file() -> None:
    for text in (BROKEN, BROKEN.encode()):
        with pytest.raises(poupa.ValidationError) as caught:
            poupa.loads(text)
        assert (caught.value.filename, caught.value.line) == (None, 5)
        assert len(caught.value.findings) >= 2


@pytest.mark.parametrize(
    "text",
    ["", " ", "{", "[]", "null", "{}", '{"poupa": "1.0",}', '{"poupa": "2.0"}', "\0", "x" * 99],
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises((poupa.ParseError, poupa.ValidationError)) as caught:
        poupa.loads(text)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value)


@pytest.mark.parametrize("data", [b"\xff", b"\xef\xbb\xbf{}", b'{"poupa": "\xc3"}', b"\0\0"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(poupa.ParseError):
        poupa.loads(data)


def test_a_text_with_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        poupa.loads('{"poupa": "1.0", "x": "\ud800"}')


def test_every_shortening_of_a_document_is_refused(example: Path) -> None:
    data = example.read_bytes()
    for size in range(0, len(data.rstrip()), 97):
        with pytest.raises(poupa.ParseError):
            poupa.loads(data[:size])


def test_limits_hold(example: Path) -> None:
    data = example.read_bytes()
    for limits in ({"max_size": 100}, {"max_depth": 1}, {"max_entities": 3}):
        with pytest.raises(poupa.ParseError) as caught:
            poupa.loads(data, **limits)
        assert caught.value.status == "limit"
        with pytest.raises(poupa.ParseError):
            poupa.load(example, **limits)
    assert poupa.loads(data, max_size=len(data), max_entities=1000) == poupa.load(example)
    for wrong in (-1, 2**70, "x", 1.5, None):
        with pytest.raises((ValueError, TypeError, OverflowError)):
            poupa.loads(data, max_size=wrong)  # type: ignore[arg-type]


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_text, args=(BROKEN,))
    writer.start()
    with pytest.raises(poupa.ValidationError) as caught:
        poupa.load(path)
    writer.join()
    assert caught.value.line == 5


# -- Writing -----------------------------------------------------------------------


def test_what_is_written_is_read_again(catalog: poupa.Catalog, tmp_path: Path) -> None:
    for indent in (2, None):
        path = tmp_path / "out.json"
        catalog.save(path, indent=indent)
        assert path.read_text() == catalog.dumps(indent=indent)
        assert poupa.load(path) == catalog
    assert len(catalog.dumps(indent=None)) < len(catalog.dumps())
    assert catalog.to_dict() == json.loads(catalog.dumps())


@pytest.mark.parametrize("indent", [0, 1, 4, -2, "  ", True, 2.5])
def test_the_indent_is_two_or_none(catalog: poupa.Catalog, tmp_path: Path, indent: Any) -> None:
    with pytest.raises(ValueError, match="indent"):
        catalog.dumps(indent=indent)
    with pytest.raises(ValueError, match="indent"):
        catalog.save(tmp_path / "out.json", indent=indent)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_stays_away(catalog: poupa.Catalog, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        catalog.save(tmp_path / "none" / "out.json")
    with pytest.raises(poupa.FileError):
        catalog.save(tmp_path)
    assert not list(tmp_path.iterdir())


@given(catalogs.documents())
def test_any_catalogue_survives(document: dict[str, Any]) -> None:
    read = poupa.loads(json.dumps(document))
    assert read.to_dict() == document
    for other in (
        poupa.loads(read.dumps()),
        poupa.loads(read.dumps(indent=None).encode()),
        pickle.loads(pickle.dumps(read)),
        copy.deepcopy(read),
    ):
        assert other == read
        assert other.dumps() == read.dumps()
    assert set(read.extra) == {name for name in document if name.startswith("x-")}


@given(catalogs.documents())
def test_any_catalogue_can_be_made_of_its_entities(document: dict[str, Any]) -> None:
    read = poupa.loads(json.dumps(document))
    made = poupa.Catalog()
    made.language = read.language
    for plural in catalogs.PLURALS.values():
        for entity in getattr(read, plural):
            assert made.add(entity) == entity
    named = {name: value for name, value in document.items() if not name.startswith("x-")}
    assert made == poupa.loads(json.dumps(named))


# -- The document itself -------------------------------------------------------------


def test_language_and_version() -> None:
    made = poupa.Catalog()
    assert (made.language, made.format_version, made.extra) == ("pt-BR", "1.0", {})
    made.language = "en-GB"
    assert made.language == "en-GB"
    assert poupa.loads(made.dumps()).language == "en-GB"
    for wrong in ("", "not a tag", "-", "x" * 1000):
        with pytest.raises(ValueError, match=r".+"):
            made.language = wrong
    for other in (None, 3, b"en"):
        with pytest.raises(TypeError):
            made.language = other  # type: ignore[assignment]
    assert made.language == "en-GB"
    assert poupa.loads('{"poupa": "1.7", "new": [1]}').format_version == "1.7"
    assert poupa.loads('{"poupa": "1.7", "new": [1]}').extra == {"new": [1]}


def test_nothing_else_can_be_set(catalog: poupa.Catalog) -> None:
    for name in ("services", "extra", "format_version", "other", "_handle", "add"):
        with pytest.raises(AttributeError):
            setattr(catalog, name, 1)
        with pytest.raises(AttributeError):
            delattr(catalog, name)
    assert len(catalog.services) == 1


def test_there_is_a_collection_for_each_kind(catalog: poupa.Catalog) -> None:
    for kind, plural in catalogs.PLURALS.items():
        collection = getattr(catalog, plural)
        assert collection[0].id in collection
        assert type(collection[0]).__name__.lower() == catalogs.NAMES[kind]
        assert poupa.Catalog.__slots__[plural]


def test_repr_and_html(catalog: poupa.Catalog) -> None:
    assert repr(poupa.Catalog()) == "<Catalog: empty>"
    assert repr(catalog).startswith("<Catalog: 1 source, 15 areas, 2 organizations")
    assert "<td>areas</td>" in catalog._repr_html_()


def test_schema() -> None:
    schema = poupa.schema()
    assert set(catalogs.PLURALS.values()) <= set(schema["properties"])
    schema.clear()
    assert poupa.schema()


# -- Asking ------------------------------------------------------------------------


def test_validate() -> None:
    made = poupa.Catalog()
    made.add(poupa.Unit(id="se", name="Sé", extra={"adress": "Praça da Sé"}))
    report = made.validate()
    assert report.ok
    assert report.warnings == len(report) > 0
    assert report[0].path == "/units/0/adress"
    assert report[0].line is None
    assert "address" in str(report[0])


def test_check_tells_all_with_lines(tmp_path: Path, example: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(BROKEN)
    report = poupa.check(path)
    assert not report.ok
    assert report.errors >= 2
    assert [finding.line for finding in report] == sorted(finding.line or 0 for finding in report)
    assert f"{path}:5:49: error" in str(report)
    assert poupa.check(example).ok


def test_select(catalog: poupa.Catalog) -> None:
    def ids(**query: Any) -> list[str]:
        return [metric.id for metric in catalog.select(**query)]

    assert ids() == catalog.metrics.ids()
    assert ids(indicator="idade") == ["poupatempo.idade.2021-07"]
    assert ids(indicator=catalog.indicators["idade"]) == ids(indicator="idade")
    assert ids(period="2020") == ids(period=poupa.Period("2020-01/2020-12"))
    assert set(ids(period="2021-S1")) < set(ids(within="2021"))
    assert ids(indicator="atendimentos", channel="presencial") == ["procon-sp.presencial.2021-s1"]
    assert "poupatempo.2020" in ids(channel="", organization="")
    assert ids(organization="prodesp") == []
    assert ids(unit="se", program="poupatempo", area="", service="") == [
        "procon-sp.presencial.2021-s1"
    ]


def test_select_refuses_what_would_find_nothing_in_silence(catalog: poupa.Catalog) -> None:
    with pytest.raises(KeyError, match='did you mean "atendimentos"'):
        catalog.select(indicator="atendimento")
    with pytest.raises(TypeError, match="Indicator"):
        catalog.select(indicator=catalog.units["se"])  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        catalog.select(indicator=3)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        catalog.select("atendimentos")  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="2021-S1"):
        catalog.select(period="2021-H1")
    for id in ("a\0b", "\ud800"):
        with pytest.raises(KeyError):
            catalog.select(service=id)


# -- As a value --------------------------------------------------------------------


def test_copies_go_their_own_ways(catalog: poupa.Catalog) -> None:
    for other in (catalog.copy(), copy.copy(catalog), copy.deepcopy(catalog)):
        assert other == catalog
        assert other is not catalog
        other.claims.remove("semestre-maior-que-2020")
        assert other != catalog
    assert len(catalog.claims) == 3


def test_catalogues_compare_by_what_they_say(catalog: poupa.Catalog) -> None:
    assert poupa.Catalog() == poupa.loads('{"poupa": "1.0", "units": []}')
    assert catalog != poupa.Catalog()
    assert catalog != 3
    with pytest.raises(TypeError, match="unhashable"):
        hash(catalog)


# -- Lives -------------------------------------------------------------------------


def test_a_child_outlives_its_catalogue(example: Path) -> None:
    unit = poupa.load(example).units["itaquera"]
    services = unit.services
    progress = poupa.load(example).targets[0].progress()
    gc.collect()
    assert unit.name == "Itaquera"
    area = unit.area
    assert area is not None
    del unit
    gc.collect()
    assert area.name == "Itaquera"
    assert services[0].organization.short_name == "Procon-SP"
    assert "140 of 180" in str(progress)
    assert progress.metric is not None
    assert progress.metric.indicator.name == "Serviços digitais"


def test_a_catalogue_ends_without_the_collector(example: Path) -> None:
    gc.disable()
    try:
        watched = poupa.Catalog()
        collection = watched.units
        watched.add(poupa.Unit(id="se", name="Sé"))
        end = weakref.ref(watched)
        del watched
        assert end() is None
        assert collection["se"].name == "Sé"
    finally:
        gc.enable()


def test_many_threads_may_read(catalog: poupa.Catalog) -> None:
    wrong: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(200):
                assert catalog.units["se"].name == "Sé"
                assert len(catalog.services[0].units) == 11
                assert poupa.loads(catalog.dumps(indent=None)) == catalog
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
