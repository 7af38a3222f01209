"""Errors: their classes, what they say, where they point, and that they travel."""

from __future__ import annotations

import copy
import errno
import os
import pickle
from pathlib import Path

import pytest

import poupa
from poupa import _swig
from poupa._errors import _STATUS, file_error, from_c, hint
from poupa._findings import explain

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
BROKEN_REFERENCE = FIXTURES / "rules" / "E2005-fail.json"


def read_error(path: Path) -> poupa.PoupaError:
    with pytest.raises(poupa.PoupaError) as caught:
        poupa.load(path)
    return caught.value


# -- Classes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "name", "classes"),
    [
        (4, "syntax", (poupa.ParseError, ValueError)),
        (6, "limit", (poupa.ParseError, ValueError)),
        (5, "invalid", (poupa.ValidationError, ValueError)),
        (8, "exists", (poupa.ValidationError, ValueError)),
        (9, "in_use", (poupa.ValidationError, ValueError)),
        (7, "not_found", (poupa.NotFoundError, KeyError)),
        (10, "cancelled", (poupa.CancelledError,)),
        (3, "io", (poupa.FileError, OSError)),
        (99, "unknown", (poupa.PoupaError,)),
        (-1, "unknown", (poupa.PoupaError,)),
    ],
)
def test_each_status_has_its_class(
    status: int, name: str, classes: tuple[type[BaseException], ...]
) -> None:
    error = from_c(status, "", "it failed", "", 0, 0, 0)
    assert isinstance(error, poupa.PoupaError)
    assert error.status == name
    assert all(isinstance(error, each) for each in classes)


def test_statuses_are_named_as_in_c() -> None:
    assert [_swig.status_name(number) for number in range(len(_STATUS))] == list(_STATUS)
    assert _swig.status_name(len(_STATUS)) == "unknown"


def test_memory_and_arguments_have_the_classes_of_python() -> None:
    assert type(from_c(2, "", "out of memory", "", 0, 0, 0)) is MemoryError
    assert type(from_c(1, "", "out is NULL", "", 0, 0, 0)) is ValueError


def test_the_text_of_a_key_error_has_no_quotes_of_repr() -> None:
    assert str(poupa.NotFoundError('there is no "x"')) == 'there is no "x"'


# -- What they say -----------------------------------------------------------------


def test_a_document_that_breaks_a_rule_shows_the_line_and_a_caret() -> None:
    error = read_error(BROKEN_REFERENCE)
    assert type(error) is poupa.ValidationError
    assert (error.code, error.path) == ("E2005", "/services/0/organization_id")
    assert (error.line, error.column) == (10, 77)
    assert error.filename == str(BROKEN_REFERENCE)
    heading, line, caret = str(error).split("\n")
    assert heading.startswith(f'{BROKEN_REFERENCE}:10:77: error: "procom-sp"')
    assert heading.endswith("[E2005 /services/0/organization_id]")
    assert line[caret.index("^") :].startswith('"procom-sp"')


def test_an_error_reads_as_the_command_prints_it() -> None:
    expected = (FIXTURES / "rules" / "E2005-fail.txt").read_text(encoding="utf-8")
    error = read_error(BROKEN_REFERENCE)
    error.filename = BROKEN_REFERENCE.name
    assert str(error) == expected.rstrip("\n")


def test_the_place_of_text_is_in_bytes_characters_and_lines() -> None:
    text = '{"poupa": "1.0",\n "language": "pt",\n "ação": 1, "services": [{"id": "rg"}]}'
    with pytest.raises(poupa.ValidationError) as caught:
        poupa.loads(text)
    error = caught.value
    place = text.index('{"id"')
    assert (error.line, error.column) == (3, text.split("\n")[2].index('{"id"') + 1)
    assert error.offset == len(text[:place].encode())
    assert str(error).startswith(f"3:{error.column}: error: ")


def test_syntax_is_a_parse_error() -> None:
    with pytest.raises(poupa.ParseError) as caught:
        poupa.loads('{"poupa": "1.0",}')
    assert caught.value.status == "syntax"
    assert caught.value.code.startswith("E1")
    assert "^" in caught.value.excerpt


def test_an_error_has_everything_that_was_found() -> None:
    text = (
        '{"poupa": "1.0", "units": ['
        '{"id": "a", "name": "A", "area_id": "nowhere"}, {"id": "a", "name": "B"}]}'
    )
    with pytest.raises(poupa.ValidationError) as caught:
        poupa.loads(text)
    error = caught.value
    errors = [finding for finding in error.findings if finding.severity == "error"]
    assert len(errors) == 2
    assert error.code == errors[0].code
    assert str(error).endswith("... and 1 more error")


def test_a_file_that_has_changed_since_explains_nothing() -> None:
    error = read_error(BROKEN_REFERENCE)
    error.excerpt, error.findings = "", []
    explain(error, _swig.document_read(b'{"poupa": "1.0"}', None), "changed.json")
    assert error.filename == "changed.json"
    assert (error.excerpt, error.findings) == ("", [])


def test_an_error_without_a_text_is_its_message_and_its_rule() -> None:
    error = poupa.ValidationError("no name", code="E2001", path="/name")
    assert str(error) == "no name [E2001 /name]"
    assert error.line is error.column is error.offset is None
    assert error.findings == []
    assert str(poupa.PoupaError()) == ""


def test_names_of_files_that_are_not_utf_8_can_be_printed() -> None:
    error = poupa.ParseError("bad", filename=b"\xff.json", line=1, column=2, offset=1)
    assert os.fsencode(error.filename or "") == b"\xff.json"
    assert str(error).encode() == b"?.json:1:2: error: bad"
    made = from_c(3, "", b"cannot open \xff.json: " + os.strerror(2).encode(), "", 0, 0, 0)
    assert isinstance(made, FileNotFoundError)
    assert os.fsencode(made.filename) == b"\xff.json"
    str(made).encode()


# -- Files -------------------------------------------------------------------------


def test_a_missing_file_is_file_not_found(tmp_path: Path) -> None:
    path = tmp_path / "there is none: at all.json"
    error = read_error(path)
    assert isinstance(error, poupa.FileError)
    assert isinstance(error, FileNotFoundError)
    assert error.errno == errno.ENOENT
    assert error.filename == str(path)
    assert str(path) in str(error)
    assert type(error).__name__ == "FileError"


def test_a_folder_is_a_directory(tmp_path: Path) -> None:
    assert isinstance(read_error(tmp_path), IsADirectoryError)


NOBODY = 65534


def test_a_file_without_permission_is_a_permission_error(tmp_path: Path) -> None:
    path = tmp_path / "secret.json"
    path.write_text("{}")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:  # to whom nothing is forbidden
        os.seteuid(NOBODY)
    try:
        assert isinstance(read_error(path), PermissionError)
    finally:
        os.seteuid(user)


@pytest.mark.parametrize(
    ("number", "builtin"),
    [
        (errno.EACCES, PermissionError),
        (errno.EPERM, PermissionError),
        (errno.ENOTDIR, NotADirectoryError),
        (errno.EEXIST, FileExistsError),
        (errno.EPIPE, BrokenPipeError),
        (errno.ENOSPC, OSError),
    ],
)
def test_the_reason_of_the_system_gives_the_class(number: int, builtin: type) -> None:
    message = f"cannot create a file beside /a b/c: {os.strerror(number)}"
    error = from_c(3, "", message, "", 0, 0, 0)
    assert isinstance(error, poupa.FileError)
    assert isinstance(error, builtin)
    assert (error.errno, error.filename, str(error)) == (number, "/a b/c", message)


def test_without_a_reason_of_the_system_there_is_no_number() -> None:
    error = from_c(3, "", "the input could not be read", "", 0, 0, 0)
    assert type(error) is poupa.FileError
    assert (error.errno, error.filename) == (None, None)


def test_writing_where_there_is_no_folder_fails(catalog: poupa.Catalog, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        catalog.save(tmp_path / "no" / "folder.json")


# -- Travelling --------------------------------------------------------------------


def errors() -> list[poupa.PoupaError]:
    place = {"code": "E1001", "path": "/a", "filename": "a.json"}
    placed = [
        cls("no", **place, line=3, column=4, offset=50)
        for cls in (poupa.PoupaError, poupa.ParseError, poupa.ValidationError)
    ]
    return [
        *placed,
        poupa.NotFoundError("none"),
        poupa.CancelledError("ended"),
        poupa.FileError("cannot"),
        file_error("cannot open x", errno=errno.ENOENT, filename="x"),
        file_error("cannot write x", errno=errno.ENOSPC, filename=b"\xff"),
        read_error(BROKEN_REFERENCE),
    ]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_pickle_with_all_that_they_say(protocol: int) -> None:
    for error in errors():
        error.add_note("while testing")
        assert_same(pickle.loads(pickle.dumps(error, protocol)), error)


def test_errors_copy() -> None:
    for error in errors():
        assert_same(copy.copy(error), error)
        assert_same(copy.deepcopy(error), error)


def assert_same(made: poupa.PoupaError, error: poupa.PoupaError) -> None:
    assert type(made) is type(error)
    assert made is not error
    assert str(made) == str(error)
    assert made.args == error.args
    assert vars(made) == vars(error)
    assert made.filename == error.filename
    if isinstance(error, poupa.FileError):
        assert isinstance(made, poupa.FileError)
        assert (made.errno, made.strerror) == (error.errno, error.strerror)


class LocalError(poupa.ParseError):
    """A class of a user, made differently."""

    def __init__(self, number: int) -> None:
        super().__init__(f"number {number}")
        self.number = number


def test_subclasses_with_other_arguments_pickle() -> None:
    made = pickle.loads(pickle.dumps(LocalError(7)))
    assert type(made) is LocalError
    assert (made.number, str(made)) == (7, "number 7")


# -- Advice ------------------------------------------------------------------------


def test_what_was_probably_meant_is_said() -> None:
    assert hint("nmae", ["id", "name"]) == '; did you mean "name"?'
    assert hint("xyz", ["id", "name"]) == ""
    assert hint(None, ["id"]) == ""
    assert hint("n" * 1_000_000, ["name"]) == ""
