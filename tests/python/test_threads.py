"""A catalogue that changes while other threads read it without the interpreter's lock."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

import poupa
from poupa import _swig

ROUNDS = 60


def large() -> poupa.Catalog:
    catalog = poupa.Catalog()
    with catalog.edit():
        catalog.add(poupa.Organization(id="org", name="Org"))
        for number in range(400):
            catalog.add(
                poupa.Service(id=f"s{number}", name=f"Serviço {number}", organization_id="org")
            )
    return catalog


def changed(catalog: poupa.Catalog, number: int) -> None:
    unit = catalog.add(poupa.Unit(id=f"u{number}", name="Unidade"))
    catalog.replace(unit.replace(name="Posto"))
    catalog.remove(unit)
    catalog.language = "pt-BR"


@pytest.mark.parametrize(
    "read",
    [
        poupa.Catalog.validate,
        poupa.Catalog.dumps,
        poupa.Catalog.copy,
        poupa.Catalog.derive,
        lambda catalog: catalog == catalog.copy(),
    ],
    ids=["validate", "dumps", "copy", "derive", "equal"],
)
def test_edits_wait_for_readers(read: Callable[[poupa.Catalog], object]) -> None:
    catalog = large()
    failures: list[BaseException] = []
    done = threading.Event()

    def work() -> None:
        try:
            while not done.is_set():
                read(catalog)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(ROUNDS):
        changed(catalog, number)
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(catalog.services) == 400
    assert len(catalog.units) == 0


def test_a_thread_that_reads_cannot_change_what_it_reads() -> None:
    catalog = large()
    refused: list[str] = []

    def write(text: bytes) -> None:
        with pytest.raises(RuntimeError, match="while it is read") as caught:
            catalog.add(poupa.Unit(id="se", name="Sé"))
        refused.append(str(caught.value))

    _swig.catalog_write_to(catalog._handle, False, write)
    assert refused
    assert catalog.add(poupa.Unit(id="se", name="Sé")).id == "se"


def test_a_rollup_holds_its_catalogue_only_while_it_adds() -> None:
    catalog = large()
    line = '{"period":"2021-06-14","service":"s1","channel":"portal"}\n'
    table = poupa.read_attendance((line * 50_000).encode())
    totals: list[int] = []

    def work() -> None:
        for _ in range(20):
            rollup = table.rollup(by="organization", catalog=catalog)
            totals.append(rollup[0].count)

    thread = threading.Thread(target=work)
    thread.start()
    for number in range(ROUNDS):
        changed(catalog, number)
    thread.join()
    assert totals == [50_000] * 20
