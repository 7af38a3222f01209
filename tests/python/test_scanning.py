"""Reading in batches, and ending a reading: Ctrl-C, threads, the end of Python."""

from __future__ import annotations

import gc
import io
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from typing import Any

import pytest

import poupa
from poupa import read_attendance, scan_attendance
from records import BAD, KNOWN, LINES, Lines, many


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the few records."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(LINES)
    return path


# -- Ctrl-C ----------------------------------------------------------------------

READS = """
import io, sys, threading, os, signal, time, poupa
LINES = {lines!r} * 2000
class Endless:
    data = b""
    def read(self, size):
        while len(self.data) < size:
            self.data += LINES
        some, self.data = self.data[:size], self.data[size:]
        return some
def interrupt():
    time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=interrupt, daemon=True).start()
start = time.monotonic()
try:
    {work}
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize(
    "work",
    [
        "poupa.read_attendance(Endless())",
        "poupa.read_attendance(Endless(), threads=3)",
        "for batch in poupa.scan_attendance(Endless(), threads=2): pass",
        "poupa.scan_attendance(Endless()).rollup('month')",
        "poupa.read_attendance(sys.argv[1])",
        "poupa.read_attendance('-')",
        "poupa.read_attendance('/dev/zero', on_error='skip')",
        "poupa.read_attendance([LINES] * 10**5)",
    ],
)
def test_ctrl_c_ends_a_reading_promptly(work: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    keeps_open = os.open(pipe, os.O_RDWR)
    program = READS.format(lines=LINES, work=work)
    start = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(pipe)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.wait(timeout=60) == 0, process.stderr.read()
            assert process.stdout.read() == "interrupted\n"
        finally:
            process.kill()
            os.close(keeps_open)
    assert time.monotonic() - start < 30


# -- Scans -----------------------------------------------------------------------


def test_a_scan_comes_in_batches_and_counts() -> None:
    data = many(1000).to_ndjson()
    with scan_attendance([data, data], batch_rows=300) as scan:
        assert scan.counts == (0, 0, 0, 0)
        assert iter(scan) is scan
        sizes = [len(batch) for batch in scan]
        assert sizes == [300, 300, 300, 100] * 2
        assert scan.counts == (2000, 0, 0, 2 * len(data))
        assert list(scan) == []
    assert scan.counts.good == 2000


def test_a_scan_that_was_closed_reads_no_more() -> None:
    scan = scan_attendance(many(1000).to_ndjson(), batch_rows=300)
    kept = next(scan)
    scan.close()
    scan.close()
    with pytest.raises(ValueError, match="the scan is closed"):
        next(scan)
    with pytest.raises(ValueError, match="the scan is closed"), scan:
        pass
    assert kept[299].count == 299


def running() -> int:
    """How many threads the process has, those that Python does not know of included."""
    return len(list(Path("/proc/self/task").iterdir()))


def test_an_abandoned_scan_ends_its_threads() -> None:
    before = running()
    for _ in range(20):
        scan = scan_attendance(Lines(lambda size: b"", 10**9), threads=4, batch_rows=10)
        next(scan)
        assert running() == before + 4
        del scan
    assert running() == before


class Owner:
    """Something that a scan leads back to, through what it calls."""

    scan: poupa.AttendanceScan

    def read(self, size: int) -> bytes:
        return LINES if size > len(LINES) else b""

    def write(self, data: bytes) -> None:
        pass

    def progress(self, counts: poupa.Counts) -> None:
        pass


@pytest.mark.parametrize("threads", [1, 3])
def test_a_scan_that_leads_to_itself_is_collected(threads: int) -> None:
    before = running()
    gone: list[weakref.ref[Owner]] = []
    for reads in (False, True):
        for begun in (False, True):
            owner = Owner()
            owner.scan = scan_attendance(
                owner if reads else LINES,
                on_error="quarantine",
                quarantine=owner,
                progress=owner.progress,
                threads=threads,
                batch_rows=2,
            )
            if begun:
                next(owner.scan)
            gone.append(weakref.ref(owner))
            del owner
    gc.collect()
    assert [each() for each in gone] == [None] * 4
    assert running() == before


def test_an_arrow_stream_keeps_what_its_scan_calls() -> None:
    told: list[poupa.Counts] = []
    capsule = scan_attendance(io.BytesIO(LINES), progress=told.append).__arrow_c_stream__()
    gc.collect()
    assert len(poupa.Attendance.from_arrow(Exported(capsule))) == 5
    assert told


class Exported:
    """What exports a capsule."""

    def __init__(self, capsule: object) -> None:
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.capsule


@pytest.mark.parametrize("source", ["Endless()", "LINES * 100"])
def test_a_scan_may_be_alive_when_python_ends(source: str) -> None:
    work = f"kept = poupa.scan_attendance({source}, threads=4); print(len(next(kept)))"
    program = READS.format(lines=LINES, work=work).replace("time.sleep(0.3)", "time.sleep(60)")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=50)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"65536\n"


def test_an_error_in_a_scan_comes_behind_the_rows_before_it_and_stays(path: Path) -> None:
    path.write_bytes(many(70_000).to_ndjson() + BAD + LINES)
    scan = scan_attendance(path, batch_rows=10_000)
    rows = 0
    with pytest.raises(poupa.ParseError, match="count") as caught:
        for batch in scan:
            rows += len(batch)
    assert caught.value.line == 70_001
    assert caught.value.filename == str(path)
    assert rows % 10_000 == 0
    with pytest.raises(poupa.ParseError, match="count"):
        next(scan)


def test_a_scan_adds_up_as_a_table_does(path: Path, catalog: poupa.Catalog) -> None:
    data = many(5000).to_ndjson()
    whole = read_attendance(data)
    for by in ("month,channel", ("unit",), ()):
        scan = scan_attendance(data, batch_rows=100)
        assert scan.rollup(by, top=3) == whole.rollup(by, top=3)
        with pytest.raises(ValueError, match="closed"):
            next(scan)
    path.write_bytes(KNOWN)
    by_catalog = scan_attendance(path, catalog=catalog).rollup("organization,digital")
    assert by_catalog[0].organization == "procon-sp"


def test_a_scan_shows_what_it_is(path: Path) -> None:
    scan = scan_attendance([path, LINES])
    assert repr(scan) == f"<poupa.AttendanceScan of {path}, ?: 0 records so far>"
    with pytest.raises(TypeError, match="cannot be pickled"):
        scan.__reduce__()


def test_batches_have_at_least_a_row() -> None:
    with pytest.raises(ValueError, match="batch_rows: expected 1 to"):
        scan_attendance(LINES, batch_rows=0)


# -- Threads ---------------------------------------------------------------------


def test_threads_share_a_scan_and_get_every_batch_once() -> None:
    scan = scan_attendance(many(20_000).to_ndjson(), batch_rows=100, threads=2)
    got: list[int] = []

    def take() -> None:
        for batch in scan:
            got.append(batch["count"][0])
            assert scan.counts.good >= 0

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == list(range(0, 20_000, 100))
    assert scan.counts.good == 20_000


def test_what_a_scan_calls_cannot_read_it() -> None:
    scans: list[poupa.AttendanceScan] = []
    counts: list[poupa.Counts] = []

    def progress(so_far: poupa.Counts) -> None:
        counts.append(scans[0].counts)
        next(scans[0])

    scans.append(scan_attendance(LINES, progress=progress))
    with pytest.raises(ValueError, match="what it calls cannot read it"):
        next(scans[0])
    assert len(counts) == 1


def test_a_scan_may_be_closed_by_what_it_calls() -> None:
    scans: list[poupa.AttendanceScan] = []
    data = many(20_000).to_ndjson() * 4
    scans.append(scan_attendance(data, progress=lambda counts: scans[0].close()))
    with pytest.raises((ValueError, StopIteration)):
        for _ in range(100):
            next(scans[0])


FORKED = """
import os, signal, threading, time, poupa
from records import LINES
signal.alarm(50)
def in_a_child(work):
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os._exit(work())
    assert os.waitpid(child, 0)[1] == 0
def refused(scan, why):
    try:
        next(scan)
    except ValueError as error:
        return 0 if why in str(error) else 1
    return 1
def closed(scan):
    scan.close()
    return 0
rows = len(poupa.read_attendance(LINES))
for threads in (2, 3, 5):
    scan = poupa.scan_attendance(LINES * 100_000, threads=threads, batch_rows=1000)
    next(scan)
    in_a_child(lambda: refused(scan, "in threads of the process that opened it"))
    in_a_child(lambda: closed(scan))
    in_a_child(lambda: len(poupa.read_attendance(LINES * 1000, threads=3)) != 1000 * rows)
    scan.close()
scan = poupa.scan_attendance(LINES * 10, threads=1, batch_rows=1)
next(scan)
in_a_child(lambda: len(list(scan)) != 10 * rows - 1)
class Waits:
    def read(self, size):
        time.sleep(100)
scan = poupa.scan_attendance(Waits())
threading.Thread(target=next, args=(scan,), daemon=True).start()
while not scan._owner:
    time.sleep(0.01)
in_a_child(lambda: refused(scan, "when this process was forked"))
print("done", flush=True)
os._exit(0)
"""


def test_a_forked_process_does_not_wait_for_threads_that_it_has_not() -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORKED]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, cwd=Path(__file__).parent
    )
    assert done.stdout == "done\n", done.stderr


def test_scans_on_many_threads_at_once() -> None:
    data = many(5000).to_ndjson()
    whole = read_attendance(data)
    results: list[Any] = []

    def work() -> None:
        results.append(scan_attendance(data, batch_rows=500, threads=2).rollup("unit"))
        results.append(whole.rollup("unit"))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 16
    assert all(result == results[0] for result in results)
