"""What is wrong with a document or a catalogue, where, and by which rule."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from . import _html, _swig
from ._errors import NotFoundError, PoupaError, hint, shown
from ._words import Severity, Stage, from_code

__all__ = ["Finding", "Report", "Rule", "rule", "rules"]


# -- Rules -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that findings are made by. Codes are stable."""

    code: str
    """ "E2005" for an error, "W3001" for a warning."""
    severity: Severity
    stage: Stage
    """What checks it."""
    title: str
    """A few words."""
    text: str = field(repr=False)
    """What the rule asks for, why, and what to do."""

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


def _made(row: _swig.Rule) -> Rule:
    code, severity, stage, title, text = row
    return Rule(code, from_code(Severity, severity), from_code(Stage, stage), title, text)


_RULES = {
    row[0]: _made(row)
    for row in (_swig.rule_at(index) for index in range(_swig.rule_count()))
    if row is not None
}


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their codes.

    >>> print(poupa.rules()[0])
    E1001: not JSON
    """
    return tuple(_RULES.values())


def rule(code: str) -> Rule:
    """The rule with a code.

    >>> poupa.rule("E1006").title
    'the same key twice'
    """
    found = _RULES.get(code)
    if found is None:
        raise NotFoundError(f'there is no rule "{code}"{hint(code, _RULES)}')
    return found


# -- Findings --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. As text it reads as compilers print."""

    rule: Rule
    message: str
    """What was found and what was expected."""
    path: str = ""
    """JSON pointer to the value; "" is the whole document."""
    line: int | None = None
    """Counted from 1; None where there is no text."""
    column: int | None = None
    """In characters, counted from 1."""
    offset: int | None = None
    """In bytes from the start of the text."""
    filename: str | None = None
    excerpt: str = field(default="", repr=False, compare=False)
    """The line and, below it, a caret at the place; "" where the text is not known."""

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity

    def __str__(self) -> str:
        parts = [] if self.filename is None else [shown(self.filename)]
        if self.line:
            parts += [str(self.line), str(self.column)]
        place = "".join(f"{part}:" for part in parts) + (" " if parts else "")
        where = f"{self.code} {self.path}" if self.path else self.code
        text = f"{place}{self.severity}: {self.message} [{where}]"
        return f"{text}\n{self.excerpt}" if self.excerpt else text

    def to_dict(self) -> dict[str, Any]:
        """The members that `poupa validate --json` prints."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "path": self.path,
            "line": self.line or 0,
            "column": self.column or 0,
            "offset": self.offset or 0,
        }


def _finding(row: _swig.Finding, filename: str | None) -> Finding:
    code, _, message, path, _, line, column, offset = row
    made = Finding(rule(code), message, path, filename=filename)
    return replace(made, line=line, column=column, offset=offset) if line > 0 else made


# -- Reports ---------------------------------------------------------------------


class Report(list[Finding]):
    """The findings about a document or a catalogue, in the order of the text.

    >>> report = catalog.validate()
    >>> report.ok, report.errors
    (True, 0)
    """

    errors: int
    """How many errors were found; the list keeps the first 100,000 findings."""
    warnings: int
    """How many warnings were found."""
    not_run: list[tuple[str, str]]
    """The codes of rules that did not run, each with the reason."""
    filename: str | None
    """The file that the findings are about, where there is one."""

    def __init__(
        self,
        findings: Iterable[Finding] = (),
        *,
        errors: int | None = None,
        warnings: int | None = None,
        not_run: Iterable[tuple[str, str]] = (),
        filename: str | None = None,
    ) -> None:
        super().__init__(findings)
        found = sum(finding.severity is Severity.ERROR for finding in self)
        self.errors = found if errors is None else errors
        self.warnings = len(self) - found if warnings is None else warnings
        self.not_run = list(not_run)
        self.filename = filename

    @classmethod
    def _of(
        cls,
        pointer: _swig.ReportPtr,
        text: bytes | None = None,
        filename: str | bytes | os.PathLike[Any] | None = None,
    ) -> Report:
        """The report that the library has; with the text, its findings show their lines."""
        name = None if filename is None else os.fsdecode(filename)
        rows = (_swig.report_at(pointer, index) for index in range(_swig.report_count(pointer)))
        findings = [_finding(row, name) for row in rows if row is not None]
        if text is not None:
            excerpts = _excerpts(pointer, text, findings)
            findings = [replace(f, excerpt=e) for f, e in zip(findings, excerpts, strict=True)]
        count = _swig.report_not_run_count(pointer)
        not_run = (_swig.report_not_run_at(pointer, index) for index in range(count))
        return cls(
            findings,
            errors=_swig.report_errors(pointer),
            warnings=_swig.report_warnings(pointer),
            not_run=[each for each in not_run if each is not None],
            filename=name,
        )

    @property
    def ok(self) -> bool:
        """Whether there are no errors; there may be warnings."""
        return self.errors == 0

    def __str__(self) -> str:
        lines = [str(finding) for finding in self]
        more = self.errors + self.warnings - len(self)
        if more > 0:
            lines.append(f"... and {more:,} more")
        return "\n".join(lines) or "no findings"

    def __repr__(self) -> str:
        return f"<Report: {self._counted()}>"

    def _counted(self) -> str:
        counts = ((self.errors, "error"), (self.warnings, "warning"))
        return ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts)

    def to_json(self, *, indent: int | None = None) -> str:
        """The report as JSON text, with the members that `poupa validate --json` prints."""
        document = {
            "file": None if self.filename is None else shown(self.filename),
            "errors": self.errors,
            "warnings": self.warnings,
            "findings": [finding.to_dict() for finding in self],
            "rules_not_run": [{"code": code, "why": why} for code, why in self.not_run],
        }
        separators = (",", ":") if indent is None else None
        return json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)

    def _repr_html_(self) -> str:
        rows = ((f.severity, f.code, _place(f), f.message) for f in self)
        total = max(self.errors + self.warnings, len(self))
        headers = ("", "rule", "place", "finding")
        return _html.table(headers, rows, self._counted(), total=total)


def _place(finding: Finding) -> str:
    lines = f"{finding.line}:{finding.column} " if finding.line else ""
    return lines + finding.path


def _excerpts(pointer: _swig.ReportPtr, text: bytes, findings: list[Finding]) -> Iterator[str]:
    """What the library prints below each finding: of those with a place, two lines."""
    printed: list[bytes] = []
    _swig.report_write_text(pointer, None, text, False, printed.append)
    lines = iter(b"".join(printed).decode("utf-8", "replace").split("\n"))
    for finding in findings:
        next(lines)
        yield f"{next(lines)}\n{next(lines)}" if finding.line else ""


def explain(
    error: PoupaError,
    document: _swig.DocumentPtr,
    filename: str | bytes | os.PathLike[Any] | None = None,
) -> None:
    """Gives an error of reading all that was found in the document, and its own line.

    The document is what was read again; nothing changes where it has no such error, because
    the file has changed since.
    """
    report = Report._of(_swig.document_report(document), _swig.document_text(document), filename)
    place = (error.code, error.path, error.offset)
    same = (f for f in report if (f.code, f.path, f.offset) == place)
    error.filename = report.filename
    if finding := next(same, None):
        error.excerpt = finding.excerpt
        error.findings = report
