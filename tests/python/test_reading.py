"""Reading records: from where, how, what becomes of bad lines, and how it is stopped."""

from __future__ import annotations

import gzip
import io
import json
import mmap
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import poupa
from poupa import AttendanceWarning, Counts, read_attendance, scan_attendance
from records import BAD, KNOWN, LINES, UNKNOWN, Lines, many, table

Reads = Callable[..., poupa.Attendance]


def scanned(source: Any, **options: Any) -> poupa.Attendance:
    with scan_attendance(source, **options) as scan:
        return poupa.Attendance.merge(scan)


@pytest.fixture(params=[read_attendance, scanned], ids=["read", "scan"])
def read(request: pytest.FixtureRequest) -> Reads:
    """Both ways of reading."""
    way: Reads = request.param
    return way


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the few records."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(LINES)
    return path


# -- From where ------------------------------------------------------------------


def test_paths_buffers_and_file_objects_are_read(read: Reads, path: Path) -> None:
    source: Any
    for source in (path, str(path), LINES, bytearray(LINES), memoryview(LINES)):
        assert read(source) == table()
    with path.open("rb") as file, path.open() as text, path.open("rb", buffering=0) as raw:
        for source in (file, text, raw, io.BytesIO(LINES), io.StringIO(LINES.decode())):
            assert read(source) == table()
    with path.open("r+b") as both, mmap.mmap(both.fileno(), 0) as mapped:
        assert read(mapped) == table()


def test_several_sources_are_read_in_order(read: Reads, path: Path) -> None:
    more = LINES.splitlines(keepends=True)[0]
    records = read([path, more, io.BytesIO(more), str(path)])
    assert records == table() + table()[:1] + table()[:1] + table()
    assert read([]) == poupa.Attendance()
    assert read(iter([more, more])) == table()[:1] + table()[:1]


def test_patterns_are_read_in_the_order_of_names(read: Reads, tmp_path: Path) -> None:
    made = many(30)
    for part, name in enumerate(["b.ndjson", "a.ndjson", "c.ndjson.gz"]):
        (tmp_path / name).write_bytes(b"")
        target = tmp_path / name
        data = made[part * 10 : part * 10 + 10].to_ndjson()
        target.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert read(tmp_path / "*.ndjson*") == made[10:20] + made[:10] + made[20:]
    assert read(f"{tmp_path}/**/[ab].ndjson") == made[10:20] + made[:10]
    (tmp_path / "[ab].ndjson").write_bytes(LINES)
    assert read(tmp_path / "[ab].ndjson") == table()
    with pytest.raises(FileNotFoundError, match="no file matches"):
        read(tmp_path / "*.csv")


def test_compression_is_told_by_the_bytes(read: Reads, tmp_path: Path) -> None:
    packed = gzip.compress(LINES)
    path = tmp_path / "a.ndjson"
    path.write_bytes(packed)
    for source in (path, packed, io.BytesIO(packed)):
        assert read(source) == table()
    with gzip.open(path) as file:
        assert read(file) == table()
    with pytest.raises(OSError, match="cut off"):
        read(packed[:-9])


def test_pipes_and_the_standard_input_are_read(read: Reads, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(LINES,))
    writer.start()
    assert read(pipe) == table()
    writer.join()
    code = "import poupa; print(len(poupa.read_attendance('-')))"
    done = subprocess.run([sys.executable, "-c", code], input=LINES, capture_output=True)
    assert done.stdout == b"5\n", done.stderr


def test_empty_sources_have_no_records(read: Reads, tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.write_bytes(b"")
    for source in (path, b"", bytearray(), io.BytesIO(), b"\n \r\n"):
        assert len(read(source)) == 0


@pytest.mark.parametrize("source", [None, 7, 1.5, object(), [None], [[b""]], read_attendance])
def test_what_cannot_be_read_is_refused(read: Reads, source: Any) -> None:
    with pytest.raises(TypeError, match="expected a path, bytes, a file object"):
        read(source)


def test_frames_are_sent_elsewhere(read: Reads) -> None:
    with pytest.raises(TypeError, match=r"use Attendance\.from_arrow"):
        read(table())


def test_missing_files_and_folders_are_errors_of_python(read: Reads, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        read(tmp_path / "none.ndjson")
    assert caught.value.filename == str(tmp_path / "none.ndjson")
    assert isinstance(caught.value, poupa.FileError)
    with pytest.raises(FileNotFoundError, match="an empty text is no path"):
        read("")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)
    with pytest.raises(ValueError, match="null|NUL"):
        read("a\0b")
    with pytest.raises(FileNotFoundError):
        read([LINES, tmp_path / "none.ndjson"])


# -- How -------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [None, 1, 2, 7, 256])
def test_the_table_is_the_same_for_any_number_of_threads(
    read: Reads, threads: int | None, tmp_path: Path
) -> None:
    data = many(60_000).to_ndjson() * 2
    path = tmp_path / "a.ndjson"
    path.write_bytes(data)
    whole = read_attendance(data, threads=1)
    for source in (path, data, io.BytesIO(data)):
        assert read(source, threads=threads) == whole


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"on_error": "ignore"}, ValueError, "fail, skip, quarantine"),
        ({"on_error": "skipp"}, ValueError, 'did you mean "skip"'),
        ({"on_error": None}, TypeError, "str"),
        ({"threads": 0}, ValueError, "1 to 256"),
        ({"threads": 257}, ValueError, "1 to 256"),
        ({"threads": "2"}, TypeError, "threads: expected an int, got str"),
        ({"threads": 2**80}, ValueError, "1 to 256"),
        ({"threads": True}, TypeError, "got bool"),
        ({"max_line": 0}, ValueError, "1 to 1,048,576"),
        ({"max_line": 2**20 + 1}, ValueError, "1 to 1,048,576"),
        ({"on_error": "quarantine"}, ValueError, "go together"),
        ({"quarantine": io.BytesIO()}, ValueError, "go together"),
        ({"on_error": "quarantine", "quarantine": 3}, TypeError, "path or a file object"),
        ({"progress": 3}, TypeError, "progress: expected True or a function"),
        ({"catalog": "c.json"}, TypeError, r"expected a poupa\.Catalog, got str"),
    ],
)
def test_options_that_cannot_be_are_refused(
    read: Reads, options: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        read(LINES, **options)


def test_lines_have_a_greatest_length(read: Reads) -> None:
    with pytest.raises(poupa.ParseError, match="more than 80 bytes") as caught:
        read(LINES, max_line=80)
    assert (caught.value.code, caught.value.line) == ("E1010", 1)
    records = read(LINES, max_line=80, on_error="skip")
    assert len(records) == 2


# -- Bad lines -------------------------------------------------------------------


def test_a_bad_line_is_shown_with_its_place(read: Reads, path: Path) -> None:
    path.write_bytes(LINES + BAD)
    with pytest.raises(poupa.ParseError) as caught:
        read(path)
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.line, error.column, error.code) == (7, 70, "E1008")
    assert error.offset == len(LINES) + 69
    assert error.filename == str(path)
    first, line, caret = str(error).split("\n")
    assert first.startswith(f"{path}:7:70: error: count is 0 to 9223372036854775807, found -1")
    assert line.startswith("     7 | ...")
    assert line.endswith('"channel":"portal","count":-1}')
    assert caret.index("^") == line.index("-1}")
    assert caret.endswith("^~")


def test_lines_of_other_sources_are_shown_too(read: Reads, tmp_path: Path) -> None:
    for source, shows in [
        (LINES + BAD, True),
        (bytearray(LINES + BAD), True),
        (gzip.compress(LINES + BAD), False),
        (io.BytesIO(LINES + BAD), False),
    ]:
        with pytest.raises(poupa.ParseError) as caught:
            read(source)
        assert caught.value.filename is None
        assert caught.value.line == 7
        assert bool(caught.value.excerpt) == shows
    path = tmp_path / "named"
    path.write_bytes(BAD)
    with path.open("rb") as file, pytest.raises(poupa.ParseError) as caught:
        read(file)
    assert caught.value.filename == str(path)
    with pytest.raises(poupa.ParseError, match="named:1:70"):
        read([LINES, path])


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (b'{"period":"2021-06","service":"RG","channel":"app"}', '"service":"RG"'),
        (b"\xff\xfe", "     2 | ��"),
        (b'{"\x1b[31m', "?[31m"),
        (b'{"nome":"S\xc3\xa3o Paulo","a" 1}', "São Paulo"),
        (b"[" * 5000, "     2 | ...["),
        (b'{"period":"2021"', "2021"),
        (b'{"x":"' + b"y" * 9000 + b"\x00", "..."),
    ],
)
def test_excerpts_are_safe_and_short(read: Reads, line: bytes, shown: str) -> None:
    source = LINES.splitlines(keepends=True)[0] + line + b"\r\n" + LINES
    with pytest.raises(poupa.PoupaError) as caught:
        read(source)
    lines = caught.value.excerpt.split("\n")
    assert len(lines) == 2
    assert shown in lines[0]
    assert all(len(each) < 120 and each.isprintable() for each in lines)
    assert lines[1].index("|") == lines[0].index("|")


def test_bad_lines_are_skipped_and_counted(read: Reads) -> None:
    records = read(BAD + LINES + BAD, on_error="skip")
    assert records == table()
    assert read_attendance(BAD + LINES, on_error=poupa.OnError.SKIP).counts == Counts(
        5, 1, 1, len(BAD + LINES)
    )


def test_bad_lines_are_quarantined_with_the_reason(read: Reads, tmp_path: Path) -> None:
    path, text, data = tmp_path / "bad.ndjson", io.StringIO(), io.BytesIO()
    for target in (path, str(path), text, data):
        records = read(BAD + LINES + b"\xff\n", on_error="quarantine", quarantine=target)
        assert records == table()
    written = path.read_bytes()
    assert written == data.getvalue() == text.getvalue().encode()
    first, second = map(json.loads, written.splitlines())
    assert first["text"] == BAD.decode().strip()
    assert (first["line"], first["column"], first["code"]) == (1, 70, "E1008")
    assert second["hex"] == "ff"


def test_a_quarantine_that_fails_ends_the_reading(read: Reads, tmp_path: Path) -> None:
    class Full:
        def write(self, data: bytes) -> None:
            raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        read(BAD, on_error="quarantine", quarantine=Full())
    with pytest.raises(FileNotFoundError):
        read(BAD, on_error="quarantine", quarantine=tmp_path / "none" / "bad")
    with pytest.raises(poupa.FileError, match="cannot open .*none/bad: No such file") as caught:
        read(BAD, on_error="quarantine", quarantine=str(tmp_path / "none" / "bad"))
    assert caught.value.filename == str(tmp_path / "none" / "bad")


def test_a_quarantine_cannot_be_what_is_read(read: Reads, path: Path, tmp_path: Path) -> None:
    hard, soft = tmp_path / "hard", tmp_path / "soft"
    hard.hardlink_to(path)
    soft.symlink_to(path)
    for target in (path, str(hard), soft, f"{tmp_path}/../{tmp_path.name}/{path.name}"):
        for source in (path, [LINES, hard], tmp_path / "*.ndjson"):
            with pytest.raises(ValueError, match="the quarantine is what is read"):
                read(source, on_error="quarantine", quarantine=target)
        with path.open("rb") as file, pytest.raises(ValueError, match="would be lost"):
            read(file, on_error="quarantine", quarantine=target)
    with path.open("ab") as file, pytest.raises(ValueError, match="would be lost"):
        read(path, on_error="quarantine", quarantine=file)
    assert path.read_bytes() == LINES
    assert read(path, on_error="quarantine", quarantine="/dev/null") == table()


def test_a_quarantine_is_not_what_is_read(read: Reads, tmp_path: Path) -> None:
    source, other, link, hard = (tmp_path / name for name in ("a", "b", "link", "hard"))
    for path in (source, other):
        path.write_bytes(LINES + BAD)
    link.symlink_to(source)
    hard.hardlink_to(source)
    with source.open("rb") as file:
        for given in (source, [other, source], link, hard, str(tmp_path / "?"), file):
            for target in (source, link, hard):
                with pytest.raises(ValueError, match="is what is read"):
                    read(given, on_error="quarantine", quarantine=target)
    assert source.read_bytes() == LINES + BAD
    for given in (other, io.BytesIO(LINES + BAD)):
        assert read(given, on_error="quarantine", quarantine=source) == table()
    assert read(other, on_error="quarantine", quarantine="/dev/null") == table()


# -- Against a catalogue ---------------------------------------------------------


def test_unknown_ids_fail_with_all_findings(read: Reads, catalog: poupa.Catalog) -> None:
    assert len(read(KNOWN, catalog=catalog)) == 1
    with pytest.raises(poupa.ValidationError, match='did you mean "itaquera"') as caught:
        read(KNOWN + UNKNOWN.replace(b"presencial", b"fax"), catalog=catalog)
    assert caught.value.code == "E2005"
    assert len(caught.value.findings) == 2


def test_unknown_ids_warn_once_each_and_stay(
    read: Reads, catalog: poupa.Catalog, path: Path
) -> None:
    path.write_bytes(UNKNOWN * 3)
    options = {"batch_rows": 1} if read is scanned else {}
    with pytest.warns(AttendanceWarning) as caught:
        records = read(path, catalog=catalog, on_error="skip", **options)
    assert len(records) == 3
    (warning,) = caught
    assert str(warning.message).startswith(f'{path}: "itaqera" is not the id of a unit')


# -- Progress --------------------------------------------------------------------


@pytest.fixture(scope="module")
def long() -> bytes:
    """About 12 MiB of lines."""
    return many(20_000).to_ndjson() * 8


@pytest.mark.parametrize("threads", [1, 3])
def test_progress_is_told_and_ends_with_all(read: Reads, long: bytes, threads: int) -> None:
    told: list[Counts] = []
    records = read([long, LINES], progress=told.append, threads=threads)
    assert told == sorted(told, key=lambda counts: counts.bytes)
    assert len(told) > 5
    assert told[-1] == (len(records), 0, 1, len(long) + len(LINES))


@pytest.mark.parametrize("threads", [1, 3])
def test_progress_cancels_and_raises(read: Reads, long: bytes, threads: int) -> None:
    with pytest.raises(poupa.CancelledError):
        read(long, progress=lambda counts: counts.good < 20_000, threads=threads)

    def fails(counts: Counts) -> None:
        if counts.good > 20_000:
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        read(long, progress=fails, threads=threads)
    assert len(read(long, progress=lambda counts: 0, threads=threads)) == 160_000


def test_progress_is_a_bar_of_tqdm(
    read: Reads, capsys: pytest.CaptureFixture[str], path: Path
) -> None:
    assert read([path, LINES], progress=True) == table() + table()
    assert "attendance: 100%" in capsys.readouterr().err


def test_without_tqdm_there_is_a_warning(read: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.warns(AttendanceWarning, match="tqdm is not installed") as caught:
        assert read(LINES, progress=True) == table()
    assert Path(caught[0].filename).name == "test_reading.py"


# -- File objects that misbehave -------------------------------------------------


@pytest.mark.parametrize("threads", [None, 1, 4])
@pytest.mark.parametrize(
    ("then", "error"),
    [
        (lambda size: None, BlockingIOError),
        (lambda size: "text", TypeError),
        (lambda size: 3, TypeError),
        (lambda size: b" " * (size + 1), ValueError),
        (lambda size: 1 // 0, ZeroDivisionError),
    ],
)
def test_what_read_does_wrong_comes_out(
    read: Reads, threads: int | None, then: Callable[[int], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        read(Lines(then), threads=threads)


def test_a_bad_line_counts_before_a_read_that_fails_behind_it(read: Reads) -> None:
    class Bad(Lines):
        def __init__(self) -> None:
            super().__init__(lambda size: 1 // 0)
            self.data = BAD

    for threads in (1, 4):
        with pytest.raises(poupa.ParseError, match="count is"):
            read(Bad(), threads=threads)


@pytest.mark.parametrize("threads", [None, 1, 4])
def test_short_reads_are_no_end(read: Reads, threads: int | None) -> None:
    class Dribble(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            return super().read1(min(7, -1 if size is None else size))

    assert read(Dribble(LINES * 50), threads=threads) == poupa.Attendance.merge([table()] * 50)


def test_text_is_read_whatever_its_characters(read: Reads) -> None:
    for start in ("", "a", "ab", "abc"):
        with pytest.raises(poupa.ParseError) as caught:
            read(io.StringIO(start + "\U0001f600ção" * 1000))
        assert caught.value.line == 1
    with pytest.raises(UnicodeEncodeError):
        read(io.StringIO("\ud800"))
