"""What a call costs from Python, beside ctypes, and how fast records become a frame.

    PYTHONPATH=build/python/site python3 overhead.py --library build/python/libpoupa.so \\
        --ours build/bench/tests/bench/attendance/bench_ours [--records FILE] [--rounds 9] \\
        [--json FILE] [--check] [--warm]

Prints a table of the medians of the rounds, in which all works take turns, so that what disturbs
the machine disturbs all; it should have nothing else to do. --library adds ctypes; --ours, the
program that bench-attendance builds, adds the time of the same decoding in C. With --check it
fails where something takes longer than its limit. With --warm the program in C tells of the second
time that it decodes, as that of streams does, and neither gives memory back: how fast the system
finds new memory is left out.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable
from pathlib import Path

import poupa

EXAMPLE = Path(__file__).resolve().parents[3] / "examples/data/poupatempo-2021.json"
CALLS = 200_000

Works = dict[str, Callable[[], float]]

LIMITS = {
    "property: service.id": 100,
    "property: service.name": 100,
    "property: catalog.language": 100,
    "item: services['procon-sp']": 300,
    "item: services[0]": 300,
    "file to polars, of C's time": 1.1,
}
"""Nanoseconds, and how many times as long."""


def per_call(statement: str, names: dict[str, object]) -> Callable[[], float]:
    """The nanoseconds that a statement takes, without those of the loop."""
    timer = timeit.Timer(statement, globals=names)
    empty = timeit.Timer("pass")
    return lambda: (timer.timeit(CALLS) - empty.timeit(CALLS)) / CALLS * 1e9


def calls(library: str | None) -> Works:
    """A property, an item, and what they take through ctypes."""
    catalog = poupa.load(EXAMPLE)
    services = catalog.services
    service = services["procon-sp"]
    names: dict[str, object] = {"services": services, "service": service, "catalog": catalog}
    works = {
        "property: service.id": per_call("service.id", names),
        "property: service.name": per_call("service.name", names),
        "property: catalog.language": per_call("catalog.language", names),
        "item: services['procon-sp']": per_call("services['procon-sp']", names),
        "item: services[0]": per_call("services[0]", names),
        "collection and item": per_call("catalog.services['procon-sp']", names),
    }
    if library:
        names |= ctypes_names(library)
        works |= {
            "ctypes: language": per_call("decode(language(handle), 'utf-8')", names),
            "ctypes: find": per_call("find(handle, 6, b'procon-sp')", names),
        }
    return works


def ctypes_names(path: str) -> dict[str, object]:
    """The same catalogue through ctypes, as directly as it goes."""
    library = ctypes.CDLL(path)
    language = library.poupa_catalog_language
    language.argtypes, language.restype = [ctypes.c_void_p], ctypes.c_char_p
    find = library.poupa_catalog_find
    find.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p]
    find.restype = ctypes.POINTER(ctypes.c_char_p)
    handle = ctypes.c_void_p()
    status = library.poupa_catalog_read_file(
        str(EXAMPLE).encode(), None, ctypes.byref(handle), None
    )
    assert status == 0
    assert find(handle, 6, b"procon-sp")[0] == b"procon-sp"  # the id is the first member
    assert language(handle) == b"pt-BR"
    return {"find": find, "language": language, "handle": handle, "decode": str}


def seconds(work: Callable[[], object]) -> float:
    """What it takes to get a result; the program in C does not count either that it goes."""
    start = time.perf_counter()
    result = work()
    taken = time.perf_counter() - start
    del result
    return taken


def frames(records: Path, ours: str | None) -> Works:
    """Milliseconds from a file to a table and to a polars frame, with one thread."""
    poupa.Attendance([]).to_polars()  # imports polars

    def frame() -> object:
        return poupa.read_attendance(records, threads=1).to_polars()

    works: Works = {
        "file to table": lambda: 1e3 * seconds(lambda: poupa.read_attendance(records, threads=1)),
        "file to polars": lambda: 1e3 * seconds(frame),
    }
    if ours:
        works["file to table, in C"] = lambda: decoded_in_c(ours, records)
    return works


def decoded_in_c(ours: str, records: Path) -> float:
    """What bench_ours says that it took: nanoseconds, and a sum of what came out."""
    said = subprocess.run([ours, "file", records], capture_output=True, text=True, check=True)
    return int(said.stdout.split()[0]) / 1e6


def measure(works: Works, rounds: int) -> dict[str, list[float]]:
    """What the works took, which take turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(work())
    return taken


def show(taken: dict[str, list[float]], unit: str) -> None:
    """Prints medians, the least and the most, and limits."""
    print(f"{'':<32} {unit:>9} {'least':>9} {'most':>9} {'limit':>9}")
    for name, times in taken.items():
        row = f"{name:<32} {statistics.median(times):>9.2f} {min(times):>9.2f} {max(times):>9.2f}"
        print(f"{row} {LIMITS[name]:>9}" if name in LIMITS else row)
    print()


def made_up(folder: str) -> Path:
    """A million records, by the package's own command."""
    path = Path(folder) / "records.ndjson"
    with path.open("wb") as file:
        command = [sys.executable, "-m", "poupa", "generate", "--rows", "1000000"]
        subprocess.run(command, stdout=file, check=True)
    return path


def warm_up() -> None:
    """Begins anew with a malloc that keeps what is freed."""
    if "BENCH_WARM" not in os.environ:
        kept = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(2**31 - 1)}
        os.execve(
            sys.executable, [sys.executable, *sys.argv], os.environ | kept | {"BENCH_WARM": "1"}
        )


def beyond(taken: dict[str, list[float]]) -> list[str]:
    """What takes longer than its limit, or was not measured."""
    medians = {name: statistics.median(times) for name, times in taken.items()}
    return [name for name, limit in LIMITS.items() if not medians.get(name, limit + 1) <= limit]


def main() -> None:
    parser = argparse.ArgumentParser(description="What a call costs from Python.")
    parser.add_argument("--library", help="libpoupa.so, for ctypes")
    parser.add_argument("--ours", help="bench_ours, for the same in C")
    parser.add_argument("--records", type=Path, help="a file of records; else a million made up")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path, help="a file for all that was measured")
    parser.add_argument("--check", action="store_true", help="fail beyond the limits")
    parser.add_argument("--warm", action="store_true", help="leave out what new memory takes")
    given = parser.parse_args()
    if given.warm:
        warm_up()
    costs = measure(calls(given.library), given.rounds)
    show(costs, "ns")
    with tempfile.TemporaryDirectory() as folder:
        records = given.records or made_up(folder)
        decoding = measure(frames(records, given.ours), given.rounds)
    show(decoding, "ms")
    ratios: dict[str, list[float]] = {}
    if given.ours:
        pairs = zip(decoding["file to polars"], decoding["file to table, in C"], strict=True)
        ratios["file to polars, of C's time"] = [ours / c for ours, c in pairs]
        show(ratios, "times")
    taken = costs | decoding | ratios
    if given.json:
        given.json.write_text(json.dumps(taken, indent=1) + "\n", encoding="utf-8")
    if given.check and (slow := beyond(taken)):
        sys.exit("beyond its limit, or not measured: " + ", ".join(slow))


if __name__ == "__main__":
    main()
