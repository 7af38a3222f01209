"""A bit of everything, once: short enough for valgrind, which watches the memory."""

from __future__ import annotations

import copy
import gc
import pickle
import tempfile
from pathlib import Path

import poupa

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/data/poupatempo-2021.json"
RECORDS = (
    b'{"period":"2021-06-14","unit":"itaquera","service":"procon-sp",'
    b'"channel":"presencial","count":37,"wait_s":412}\n'
    b'{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}\n'
)


def raises(work: object, *arguments: object) -> None:
    """Calls something that must fail."""
    try:
        work(*arguments)  # type: ignore[operator]
    except (poupa.PoupaError, TypeError, ValueError) as error:
        assert str(error)
    else:
        raise AssertionError("no error")


def catalogs(folder: Path) -> None:
    catalog = poupa.load(EXAMPLE)
    for kind in ("services", "units", "channels", "metrics", "targets", "claims", "areas"):
        for entity in getattr(catalog, kind):
            assert entity == type(entity).from_dict(entity.to_dict())
            assert repr(entity)
    service = catalog.services["procon-sp"]
    assert service.offerings[0].channel.is_digital
    assert pickle.loads(pickle.dumps(service)) == copy.copy(service)
    assert [str(target.progress()) for target in catalog.targets]
    assert [claim.verdict for claim in catalog.claims]
    assert not catalog.validate().errors
    with catalog.edit():
        catalog.add(poupa.Service(id="rg", name="RG", organization_id="procon-sp"))
        catalog.remove(catalog.services["rg"])
    raises(catalog.add, service)
    catalog.save(folder / "saved.json")
    assert poupa.load(folder / "saved.json") == catalog.copy()
    raises(poupa.loads, b'{"poupa": "1.0", "services": [{"id": 1}]}')
    raises(poupa.loads, "{")
    raises(poupa.loads, "\ud800")
    assert catalog._repr_html_()
    del catalog
    gc.collect()
    assert service.offerings[0].service.name == service.name


def attendance(folder: Path) -> None:
    table = poupa.read_attendance(RECORDS, catalog=poupa.load(EXAMPLE))
    table.write_ndjson(folder / "written.ndjson")
    assert poupa.read_attendance(folder / "written.ndjson", threads=2) == table
    with poupa.scan_attendance(folder / "written.ndjson") as batches:
        assert sum(len(batch) for batch in batches) == 2
    assert list(table["count"]) == [37, 120]
    rollup = table.rollup(by="month,channel")
    assert [row.count for row in rollup] == [120, 37]
    assert poupa.Attendance.from_arrow(table) == table
    for _ in range(3):
        assert table.__arrow_c_stream__()
        assert rollup.__arrow_c_stream__()
    assert rollup._repr_html_()
    raises(poupa.read_attendance, RECORDS + b"{}\n")
    assert len(poupa.read_attendance(RECORDS + b"{}\n", on_error="skip")) == 2


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        catalogs(Path(folder))
        attendance(Path(folder))
    print("all is well")


if __name__ == "__main__":
    main()
