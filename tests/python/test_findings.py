"""Findings, reports and rules."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from html.parser import HTMLParser
from pathlib import Path

import pytest

import poupa
from poupa import Finding, Report, _html, _swig

RULES = Path(__file__).resolve().parents[1] / "fixtures" / "rules"
# Rules of claims are for judgements, not for reports.
FAILING = sorted(
    path.stem for path in RULES.glob("*-fail.json") if not path.stem.startswith("W31")
)
LIMITS = {"E1010-fail": (120, 0, 0), "E1011-fail": (0, 0, 1)}


def inspect(path: Path) -> tuple[_swig.DocumentPtr, Report]:
    """A document and its report, with the lines of its text."""
    document = _swig.document_read(path.read_bytes(), LIMITS.get(path.stem))
    pointer = _swig.document_report(document)
    return document, Report._of(pointer, _swig.document_text(document), path.name)


# -- Rules -------------------------------------------------------------------------


def test_rules_are_in_the_order_of_their_codes() -> None:
    codes = [rule.code for rule in poupa.rules()]
    assert codes == sorted(set(codes))
    assert len(codes) == _swig.rule_count()
    for rule in poupa.rules():
        assert poupa.rule(rule.code) is rule
        assert rule.severity == {"E": "error", "W": "warning"}[rule.code[0]]
        assert rule.title
        assert rule.text
        assert str(rule) == f"{rule.code}: {rule.title}"
        assert pickle.loads(pickle.dumps(rule)) == rule


@pytest.mark.parametrize("code", ["E0000", "", "e1001", "x" * 1000, None, 5])
def test_an_unknown_rule_is_not_found(code: str) -> None:
    with pytest.raises(poupa.NotFoundError, match="there is no rule"):
        poupa.rule(code)


def test_a_misspelt_rule_is_told_of_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean"):
        poupa.rule("E20005")


# -- Findings ----------------------------------------------------------------------


@pytest.mark.parametrize("name", FAILING)
def test_reports_read_as_the_command_prints_them(name: str) -> None:
    _, report = inspect(RULES / f"{name}.json")
    expected = RULES / f"{name}.txt"
    assert str(report) == expected.read_text(encoding="utf-8", errors="replace").rstrip("\n")


@pytest.mark.parametrize("name", FAILING)
def test_reports_have_what_the_library_writes_as_json(name: str) -> None:
    document, report = inspect(RULES / f"{name}.json")
    expected = _swig.report_json(_swig.document_report(document), f"{name}.json")
    assert json.loads(report.to_json()) == json.loads(expected)
    assert json.loads(report.to_json(indent=2)) == json.loads(expected)


def test_without_a_text_findings_read_as_the_library_prints_them() -> None:
    path = RULES / "W3024-fail.json"
    catalog = poupa.load(path)
    report = catalog.validate()
    pointer = _swig.report_new()
    _swig.catalog_validate(catalog._handle, pointer)
    printed: list[bytes] = []
    _swig.report_write_text(pointer, None, None, False, printed.append)
    assert str(report).encode() + b"\n" == b"".join(printed)
    finding, *_ = report
    assert finding.line is finding.column is finding.offset is None
    assert finding.filename is None
    assert finding.excerpt == ""


def test_a_finding_says_what_where_and_by_which_rule() -> None:
    _, report = inspect(RULES / "E2005-fail.json")
    (finding,) = report
    assert finding.code == finding.rule.code == "E2005"
    assert finding.severity is poupa.Severity.ERROR
    assert finding.message.startswith('"procom-sp" is not the id')
    assert (finding.path, finding.line, finding.column) == ("/services/0/organization_id", 10, 77)
    text = (RULES / "E2005-fail.json").read_bytes()
    assert finding.offset is not None
    assert text[finding.offset :].startswith(b'"procom-sp"')
    assert finding.filename == "E2005-fail.json"


def test_findings_are_values() -> None:
    _, report = inspect(RULES / "E2005-fail.json")
    (finding,) = report
    same = dataclasses.replace(finding, excerpt="")
    assert same == finding
    assert hash(same) == hash(finding)
    assert dataclasses.replace(finding, line=11) != finding
    for made in (pickle.loads(pickle.dumps(finding)), copy.copy(finding), copy.deepcopy(finding)):
        assert made == finding
        assert str(made) == str(finding)
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.line = 5  # type: ignore[misc]


def test_a_finding_without_a_path_or_a_name_is_short() -> None:
    finding = Finding(poupa.rule("E1001"), "no")
    assert str(finding) == "error: no [E1001]"


# -- Reports -----------------------------------------------------------------------


def test_a_sound_document_has_an_empty_report(example: Path) -> None:
    document = _swig.document_read_file(example, None)
    report = Report._of(_swig.document_report(document), _swig.document_text(document))
    assert report.ok
    assert report.errors == 0
    assert (len(report) == 0) == (report.warnings == 0)


def test_no_findings_read_as_such() -> None:
    report = Report()
    assert report.ok
    assert report == []
    assert not report
    assert str(report) == "no findings"
    assert repr(report) == "<Report: 0 errors, 0 warnings>"


def test_warnings_alone_are_all_right() -> None:
    _, report = inspect(RULES / "W3024-fail.json")
    assert report.ok
    assert (report.errors, report.warnings) == (0, 1)
    assert repr(report) == "<Report: 0 errors, 1 warning>"
    assert all(finding.severity == "warning" for finding in report)


def test_rules_that_did_not_run_say_why() -> None:
    text = b'{"poupa": "1.0", "services": [{"id": "a"}]}'
    document = _swig.document_read(text, None)
    report = Report._of(_swig.document_report(document), text)
    assert not report.ok
    assert report.not_run
    for code, why in report.not_run:
        assert poupa.rule(code).severity == "warning"
        assert why


def test_what_was_not_kept_is_counted() -> None:
    report = Report([Finding(poupa.rule("E1001"), "no")], errors=3, warnings=2)
    assert str(report) == "error: no [E1001]\n... and 4 more"
    assert json.loads(report.to_json())["errors"] == 3
    assert "4 more" in report._repr_html_()


def test_a_flood_of_findings_is_kept_in_bounds() -> None:
    services = ",".join(["{}"] * 60_000)
    text = f'{{"poupa": "1.0", "services": [{services}]}}'.encode()
    document = _swig.document_read(text, None)
    report = Report._of(_swig.document_report(document), text)
    assert len(report) == _swig.report_count(_swig.document_report(document)) <= 100_000
    assert report.errors >= 60_000
    assert len(report._repr_html_()) < 20_000
    assert all(finding.excerpt for finding in report)


def test_reports_pickle_and_copy() -> None:
    _, report = inspect(RULES / "E2005-fail.json")
    report.not_run = [("W3001", "because")]
    pickled = [pickle.loads(pickle.dumps(report, p)) for p in range(pickle.HIGHEST_PROTOCOL + 1)]
    for made in [*pickled, copy.copy(report), copy.deepcopy(report)]:
        assert type(made) is Report
        assert made == report
        assert vars(made) == vars(report)
        assert str(made) == str(report)


def test_names_of_files_that_are_not_utf_8_can_be_written() -> None:
    document = _swig.document_read(b"{", None)
    report = Report._of(_swig.document_report(document), b"{", b"\xff.json")
    assert str(report).encode().startswith(b"?.json:1:")
    assert json.loads(report.to_json().encode())["file"] == "?.json"
    report._repr_html_().encode()


# -- HTML --------------------------------------------------------------------------


class Tags(HTMLParser):
    """The names of the elements, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_hostile_text_stays_text() -> None:
    hostile = '<script>alert("&")</script><img src=x onerror=alert(1)>'
    finding = Finding(poupa.rule("E1001"), hostile, hostile)
    parsed = Tags(Report([finding], filename=hostile)._repr_html_())
    assert set(parsed.tags) <= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert hostile in parsed.text


def test_tables_are_small() -> None:
    rows = [[number, "x" * 10_000] for number in range(1000)]
    made = _html.table(["number", "text"], rows, "many")
    assert Tags(made).tags.count("tr") == 1 + 20 + 1
    assert "… and 980 more" in made
    assert len(made) < 20 * 300 + 1000


def test_a_table_of_a_long_stream_reads_no_more_than_it_shows() -> None:
    rows = iter([[number] for number in range(1000)])
    made = _html.table(["n"], rows, total=10**6)
    assert next(rows) == [20]
    assert "… and 999,980 more" in made


def test_cells_show_numbers_texts_and_nothing() -> None:
    made = _html.table([], [[1234567, 0.5, None, True, "\ud800", ""]])
    assert '<td align="right">1,234,567</td>' in made
    assert '<td align="right">0.5</td>' in made
    assert "<td></td><td>True</td><td>?</td><td></td>" in made
    assert "<thead>" not in made
    assert _html.pairs([("a", 1)], "c") == (
        '<table><caption>c</caption><tbody><tr><td>a</td><td align="right">1</td></tr>'
        "</tbody></table>"
    )
