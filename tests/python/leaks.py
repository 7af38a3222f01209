"""Makes 30,000 calls that fail, each in its way, and looks at what is left of them."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import itertools
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import poupa
import samples
from hostile import call

CALLS = 30_000


def resident() -> int:
    """The resident memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


def failures(folder: Path) -> dict[str, Callable[[], object]]:
    """Calls that fail: of each function, with each argument wrong, and a few of the package."""
    found: dict[str, Callable[[], object]] = {}
    for name, parameters in samples.functions().items():
        good = [samples.right(name, parameter, folder) for parameter in parameters]
        for index in range(len(good)):
            for bad in (object(), "\ud800", "a\0b", -(2**70), (1, 2), b'{"poupa": '):
                arguments = [*good[:index], bad, *good[index + 1 :]]
                if call(name, arguments)[0] == "raised":
                    found[f"{name} {index} {bad!r}"] = partial(call, name, arguments)
    for number, work in enumerate(package_failures(folder)):
        found[f"package failure {number}"] = attempt(work)
    return found


def package_failures(folder: Path) -> list[Callable[[], object]]:
    catalog = poupa.load(samples.EXAMPLE)
    service = catalog.services["procon-sp"]
    wrong = samples.TEXT.replace(b'"procon-sp"', b'"procom-sp"', 1)
    return [
        lambda: poupa.load(folder / "missing.json"),
        lambda: poupa.loads(b'{"poupa": "1.0", "services": [{}]}'),
        lambda: poupa.loads(wrong),
        lambda: poupa.loads("{"),
        lambda: poupa.read_attendance(samples.RECORDS + b"no record\n"),
        lambda: poupa.read_attendance(folder / "missing.ndjson"),
        lambda: catalog.services["no-such"],
        lambda: catalog.add(service),
        lambda: catalog.remove(service),
        lambda: poupa.Service(id="a\0b"),
        lambda: poupa.Period("2021-S3"),
        lambda: catalog.select(period="2021-13"),
    ]


def attempt(work: Callable[[], object]) -> Callable[[], None]:
    def failing() -> None:
        try:
            work()
        except Exception:
            return
        raise AssertionError("the call succeeded")

    return failing


class Mallinfo2(ctypes.Structure):
    """What glibc says about its heap."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in [
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost",
        ]
    ]


def heap() -> int:
    """The bytes that C code holds; 0 where that cannot be told."""
    try:
        mallinfo2 = ctypes.CDLL(None).mallinfo2
    except AttributeError:
        return 0
    mallinfo2.restype = Mallinfo2
    info = mallinfo2()
    return int(info.uordblks + info.hblkhd)


def repeat(work: Callable[[], object], times: int) -> tuple[int, int]:
    """How many blocks of Python's and bytes of C's more there are after so many calls."""
    blocks, size = sys.getallocatedblocks(), heap()
    for _ in range(times):
        work()
    gc.collect()
    return sys.getallocatedblocks() - blocks, heap() - size


def each(calls: dict[str, Callable[[], object]]) -> list[str]:
    """The calls that leave something behind each time."""
    leaks = []
    gc.freeze()  # what there is by now need not be gone over behind each kind of call
    for name, work in calls.items():
        # What fills a cache does so once.
        for _ in range(4):
            blocks, size = repeat(work, 50)
            if blocks < 45 and size < 45 * 16:
                break
        else:
            leaks.append(f"{name} leaves {blocks} blocks and {size} bytes after 50 calls")
    return leaks


def all_together(calls: list[Callable[[], object]]) -> list[str]:
    """30,000 calls, as a program makes them; a leak of a block a call would be 30,000."""
    turn = itertools.cycle(calls)
    for _ in range(2 * CALLS):
        next(turn)()
    gc.collect()
    memory = resident()
    blocks, _ = repeat(lambda: next(turn)(), CALLS)
    memory = resident() - memory
    print(
        f"{len(calls)} kinds of failure, {CALLS} calls: {blocks} blocks, {memory >> 10} KiB more"
    )
    # A sanitizer keeps what is freed for a while.
    watched = "PYTHONMALLOC" not in os.environ
    return ["all together leak"] if watched and (blocks > 500 or memory > 1 << 20) else []


def main() -> None:
    # Names of files are among the arguments.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        calls = failures(Path(folder))
        leaks = all_together(list(calls.values())) + each(calls)
    if leaks:
        sys.exit("\n".join(leaks))
    print("no leak")


if __name__ == "__main__":
    main()
