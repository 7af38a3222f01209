"""Calls that take long release the interpreter's lock, each by itself."""

from __future__ import annotations

import io
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

import poupa
from poupa import _swig
from records import LINES, many

T = TypeVar("T")
Works = dict[str, Callable[[], object]]

ATTEMPTS = 20
# What is done in no time, or cannot be measured alone.
QUICK = {
    "decoder_finish",
    "ndjson_open",
    "ndjson_open_from",
    "ndjson_open_range",
    "ndjson::~poupa_ndjson",
}


def large_catalog(example: Path) -> poupa.Catalog:
    """Many units, each with something to find, and as many figures."""
    catalog = poupa.load(example)
    unit = catalog.units["itaquera"]
    metric = catalog.metrics["procon-sp.2021-s1"]
    with catalog.edit():
        for number in range(5_000):
            typo = {"adress": number}
            catalog.add(unit.replace(id=f"unit-{number}", name=f"Unit {number}", extra=typo))
            catalog.add(metric.replace(id=f"metric-{number}", unit_ids=[f"unit-{number}"]))
    return catalog


def goes_on(work: Callable[[], object]) -> bool:
    """Whether another thread gets ahead while work is done.

    With this switch interval nobody takes the lock from who does not give it up, so that the
    other thread's count moves only while the work has released it. A busy machine may not get
    round to the other thread in time, so there are several attempts. What work gives is kept,
    since objects of the library end without the lock.
    """
    kept: list[object] = []
    before = sys.getswitchinterval()
    count = 0
    stop = threading.Event()
    ready = threading.Event()

    def other() -> None:
        nonlocal count
        while not stop.is_set():
            count += 1
            ready.set()
            time.sleep(0)

    thread = threading.Thread(target=other)
    sys.setswitchinterval(1000)
    try:
        thread.start()
        ready.wait()
        for _ in range(ATTEMPTS):
            start = count
            kept.append(work())
            if count > start:
                return True
        return False
    finally:
        sys.setswitchinterval(before)
        stop.set()
        thread.join()


def of_catalogs(catalog: poupa.Catalog, folder: Path) -> Works:
    text = catalog.dumps().encode()
    file = folder / "catalog.json"
    file.write_bytes(text)
    handle, other = catalog._handle, catalog.copy()._handle
    report, other_report = _swig.report_new(), _swig.report_new()
    _swig.catalog_validate(handle, report)
    table = poupa.Attendance.merge([many(100_000)] * 5)
    return {
        "catalog_read": lambda: _swig.catalog_read(text, None),
        "catalog_read_file": lambda: _swig.catalog_read_file(file, None),
        "catalog_copy": lambda: _swig.catalog_copy(handle),
        "catalog_equal": lambda: _swig.catalog_equal(handle, other),
        "catalog_validate": lambda: _swig.catalog_validate(handle, other_report),
        "catalog_write": lambda: _swig.catalog_write(handle, True),
        "catalog_write_file": lambda: _swig.catalog_write_file(handle, True, folder / "saved"),
        "catalog_write_to": lambda: _swig.catalog_write_to(handle, True, id),
        "document_read": lambda: _swig.document_read(text, None),
        "document_read_file": lambda: _swig.document_read_file(file, None),
        "report_locate": lambda: _swig.report_locate(report, text),
        "metrics_derive": lambda: _swig.metrics_derive(handle),
        "attendance_check": lambda: _swig.attendance_check(table.this, handle, other_report),
        "file_write": lambda: _swig.file_write(folder / "written", text * 20),
    }


def calls(data: bytes | None = None) -> _swig.CallsPtr:
    """How to read; where from is no line of Python."""
    read = None if data is None else io.BytesIO(data).read
    return _swig.new_calls(0, 1, 0, 0, read, None, None)


def each(make: Callable[[], T]) -> Iterator[T]:
    """Something for each attempt, which is kept."""
    return iter([make() for _ in range(ATTEMPTS)])


def of_records(folder: Path) -> Works:
    lines = LINES * 50_000
    file = folder / "records.ndjson"
    file.write_bytes(lines)
    one, other = many(100_000), many(100_000)
    large = poupa.Attendance.merge([one] * 5)
    how = calls()
    streams = each(lambda: _swig.ndjson_open(file, how))
    decoders = each(lambda: _swig.decoder_new(how))
    reads = each(lambda: calls(lines))
    capsules = each(large.__arrow_c_stream__)
    return {
        "attendance_take": lambda: _swig.attendance_from_arrow(next(capsules)),
        "attendance_equal": lambda: _swig.attendance_equal(one.this, other.this),
        "attendance_merge": lambda: _swig.attendance_merge((large.this, other.this) * 20),
        "attendance_sort": lambda: _swig.attendance_sort(large.this),
        "attendance_write": lambda: _swig.attendance_write(large.this),
        "attendance_write_file": lambda: _swig.attendance_write_file(large.this, folder / "a"),
        "attendance_write_to": lambda: _swig.attendance_write_to(large.this, id),
        "ndjson_read": lambda: _swig.ndjson_read(lines, how),
        "ndjson_read_file": lambda: _swig.ndjson_read_file(file, how),
        "ndjson_read_from": lambda: _swig.ndjson_read_from(next(reads)),
        "ndjson_next": lambda: _swig.ndjson_next(next(streams)),
        "decoder_feed": lambda: _swig.decoder_feed(next(decoders), lines),
    }


def of_rollups() -> Works:
    table = many(100_000).this
    groups = tuple(_swig.group_find(name) for name in ("day", "unit", "service", "channel"))

    def empty() -> _swig.RollupPtr:
        return _swig.rollup_new((groups, (), None, False, 0))  # type: ignore[arg-type]

    def full() -> _swig.RollupPtr:
        rollup = empty()
        _swig.rollup_add(rollup, table)
        return rollup

    one, to_add, to_merge, to_finish = full(), each(empty), each(empty), each(full)
    result = _swig.rollup_finish(full())
    return {
        "rollup_add": lambda: _swig.rollup_add(next(to_add), table),
        "rollup_merge": lambda: _swig.rollup_merge(next(to_merge), one),
        "rollup_finish": lambda: _swig.rollup_finish(next(to_finish)),
        "rollup_write_csv": lambda: _swig.rollup_write_csv(result, id),
        "rollup_write_ndjson": lambda: _swig.rollup_write_ndjson(result, id),
        "rollup_json": lambda: _swig.rollup_json(result),
    }


@pytest.fixture(scope="module")
def works(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Works:
    """A call of each function that is to release the lock."""
    folder = tmp_path_factory.mktemp("lock")
    return of_catalogs(large_catalog(example), folder) | of_records(folder) | of_rollups()


def test_the_measure_tells_who_keeps_the_lock() -> None:
    assert not goes_on(lambda: sum(range(1_000_000)))
    assert not goes_on(lambda: _swig.catalog_new())


def test_long_calls_release_the_lock(works: Works) -> None:
    keepers = [name for name, work in works.items() if not goes_on(work)]
    assert not keepers


def test_all_that_is_to_release_the_lock_is_measured(works: Works, root: Path) -> None:
    interface = (root / "bindings/python/python.i").read_text(encoding="utf-8")
    released = re.findall(r"^%thread poupa_([\w:~]+);", interface, re.MULTILINE)
    assert sorted(released) == sorted([*works, *QUICK])
