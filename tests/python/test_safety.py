"""Nothing that Python code can do crashes the process, leaks, or stops other threads."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import poupa
from poupa import _swig

Script = Callable[..., str]


def run_code(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs code in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, *options, "-c", code], capture_output=True, text=True, timeout=120
    )


# -- hostile arguments ---------------------------------------------------------------------


def test_no_argument_crashes_any_function(script: Script) -> None:
    """A crash ends the script, whose last line is then the name of the function."""
    assert "functions" in script("hostile.py").splitlines()[-1]


def test_no_argument_crashes_what_is_public(script: Script) -> None:
    assert "calls" in script("hostile_public.py").splitlines()[-1]


def test_failing_calls_do_not_leak(script: Script) -> None:
    assert "no leak" in script("leaks.py")


def test_entities_are_made_of_their_classes_alone() -> None:
    assert not hasattr(_swig, "entity_base")
    for item in (object, type, dict, poupa.Catalog, BaseException):
        with pytest.raises(TypeError):
            _swig.entity_new(item, None, None)
    with pytest.raises(TypeError):
        _swig.entity_new(poupa.Service, None, None).name  # noqa: B018 - it has no pointer


IMPORTED_AGAIN = """
import sys, poupa
first, unit = poupa, poupa.Unit(id="se", name="Sé")
for name in [name for name in sys.modules if name.partition(".")[0] == "poupa"]:
    del sys.modules[name]
import poupa
assert poupa is not first
for package in (first, poupa):
    catalog = package.load({example!r})
    assert catalog.add(package.Unit(id="new", name="New")).name == "New"
    assert len(package.read_attendance({records!r})["count"].to_list()) == 2
assert (unit.name, unit.replace(name="X").name) == ("Sé", "X")
print("done")
"""


def test_the_package_can_be_imported_again(example: Path) -> None:
    code = IMPORTED_AGAIN.format(example=str(example), records=samples_records())
    done = run_code(code, "-W", "error")
    assert done.stdout == "done\n", done.stderr


# -- lifetimes -----------------------------------------------------------------------------


def test_an_entity_outlives_its_catalog(example: Path) -> None:
    service = poupa.load(example).services["procon-sp"]
    gc.collect()
    assert service.name == "Serviços da Fundação Procon-SP"
    assert [offering.channel.id for offering in service.offerings][:2] == ["portal", "totem"]


def test_an_entity_outlives_what_replaces_it(catalog: poupa.Catalog) -> None:
    before = catalog.services["procon-sp"]
    catalog.replace(before.replace(name="Procon"))
    assert before.name == "Serviços da Fundação Procon-SP"
    assert catalog.services["procon-sp"].name == "Procon"


def test_cycles_through_a_catalog_are_collected(example: Path) -> None:
    class Node:
        pass

    node = Node()
    node.catalog = poupa.load(example)  # type: ignore[attr-defined]
    node.service = node.catalog.services["procon-sp"]  # type: ignore[attr-defined]
    node.itself = node  # type: ignore[attr-defined]
    gone = weakref.ref(node)
    del node
    gc.collect()
    assert gone() is None


def test_what_others_may_keep_in_caches_has_weak_references(catalog: poupa.Catalog) -> None:
    service = catalog.services["procon-sp"]
    for item in (catalog, service, poupa.Unit(id="se", name="Sé")):
        assert weakref.ref(item)() is item
    gone = weakref.ref(service)
    del item, service
    gc.collect()
    assert gone() is None


def test_a_column_outlives_its_table() -> None:
    column = poupa.read_attendance(samples_records())["count"]
    gc.collect()
    assert list(column) == [37, 120]


def samples_records() -> bytes:
    return (
        b'{"period":"2021-06-14","unit":"itaquera","service":"procon-sp",'
        b'"channel":"presencial","count":37,"wait_s":412}\n'
        b'{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}\n'
    )


EXIT_WITH_GLOBALS = """
import atexit, sys, poupa
catalog = poupa.load({example!r})
service = catalog.services["procon-sp"]
table = poupa.read_attendance({records!r})
column = table["count"]
batches = iter(poupa.scan_attendance({records!r}))
first = next(batches)
cycle = [catalog, service, table]
cycle.append(cycle)
sys.kept = cycle
class Late:
    def __del__(self, service=service, column=column):
        print(service.name, len(column))
late = Late()
late.itself = late
atexit.register(lambda: print(len(catalog.services)))
with catalog.edit():
    catalog.language = "en"
"""


@pytest.mark.parametrize("options", [(), ("-X", "dev"), ("-W", "error")])
def test_interpreters_exit_with_live_globals(example: Path, options: tuple[str, ...]) -> None:
    code = EXIT_WITH_GLOBALS.format(example=str(example), records=samples_records())
    done = run_code(code, *options)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1\n")
    assert "Error" not in done.stderr, done.stderr


# -- threads, processes, interpreters ------------------------------------------------------


def everything(catalog: poupa.Catalog) -> tuple[object, ...]:
    """What a reader may ask of a catalogue."""
    return (
        [service.name for service in catalog.services],
        [unit.area.id for unit in catalog.units],
        [str(metric.interval) for metric in catalog.metrics],
        [str(target.progress()) for target in catalog.targets],
        [claim.verdict for claim in catalog.claims],
        len(catalog.validate()),
        catalog.dumps(),
    )


def test_many_threads_read_one_catalog(catalog: poupa.Catalog) -> None:
    expected = everything(catalog)
    with ThreadPoolExecutor(8) as pool:
        for result in pool.map(lambda _: everything(catalog), range(64)):
            assert result == expected


def test_many_threads_load_at_once(example: Path) -> None:
    expected = everything(poupa.load(example))
    with ThreadPoolExecutor(8) as pool:
        for result in pool.map(lambda _: everything(poupa.load(example)), range(32)):
            assert result == expected


def test_objects_may_end_in_other_threads(example: Path) -> None:
    catalogs = [poupa.load(example) for _ in range(32)]

    def end() -> None:
        while catalogs:
            assert catalogs.pop().services["procon-sp"].offerings

    threads = [threading.Thread(target=end) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    assert not catalogs


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_child_goes_on_with_what_it_has(catalog: poupa.Catalog) -> None:
    expected = everything(catalog)
    child = os.fork()
    if child == 0:
        same = everything(catalog) == expected
        read = poupa.read_attendance(samples_records() * 1000, threads=2)
        os._exit(0 if same and len(read) == 2000 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert everything(catalog) == expected


def test_other_interpreters_are_refused(example: Path) -> None:
    code = f"""
import sys
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
import poupa
other = interpreters.create()
try:
    failed = interpreters.run_string(other, "import sys; sys.path[:0] = {{!r}}; import poupa".format(sys.path))
except Exception as error:
    failed = error
print(failed)
interpreters.destroy(other)
print(len(poupa.load({str(example)!r}).services))
"""
    done = run_code(code)
    assert "does not support loading in subinterpreters" in done.stdout, done.stderr
    assert done.stdout.endswith("\n1\n"), done.stderr
