"""Right and wrong arguments for every function of `poupa._swig`, made from its stub."""

from __future__ import annotations

import ast
import atexit
import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import poupa
from poupa import _swig

ROOT = Path(__file__).resolve().parents[2]
STUB = ROOT / "bindings/python/poupa/_swig.pyi"
EXAMPLE = ROOT / "examples/data/poupatempo-2021.json"
TEXT = EXAMPLE.read_bytes()
RECORDS = (
    b'{"period":"2021-06-14","unit":"itaquera","service":"procon-sp",'
    b'"channel":"presencial","count":37,"wait_s":412}\n'
    b'{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}\n'
)
NEW = b'{"id": "new", "name": "New", "organization_id": "procon-sp"}'
KINDS = [_swig.kind_name(kind) for kind in range(12)]

Parameter = tuple[str, str]
"""The name and the type of a parameter, as the stub spells it."""


# Streams borrow how they read, and entities are borrowed: these stay for good.
KEPT: list[Any] = []
CATALOG = _swig.catalog_read(TEXT, None)


def calls(read: Any = None) -> Any:
    KEPT.append(_swig.new_calls(0, 1, 0, 0, read, None, None))
    return KEPT[-1]


def table() -> Any:
    return _swig.ndjson_read(RECORDS, calls())[0]


def rollup(with_rows: bool = True) -> Any:
    made = _swig.rollup_new(options())
    if with_rows:
        _swig.rollup_add(made, table())
    return made


def options() -> Any:
    month = _swig.group_find("month")
    channel = _swig.group_find("channel")
    return ((month,), ((channel, ("portal",)),), None, False, 0)


def catalog() -> Any:
    return _swig.catalog_read(TEXT, None)


def edited() -> Any:
    made = catalog()
    _swig.catalog_begin(made)
    return made


def records_file() -> str:
    file = Path(tempfile.gettempdir()) / f"poupa-{os.getpid()}.ndjson"
    if not file.exists():
        file.write_bytes(RECORDS)
        atexit.register(file.unlink)
    return str(file)


def entity(kind: int) -> Any:
    return _swig.catalog_at(CATALOG, kind, 0)


def stream_capsule() -> Any:
    return _swig.attendance_to_arrow(table(), None)


def array_capsules() -> Any:
    import pyarrow  # only for what makes arrays

    return pyarrow.array([{"count": 1}]).__arrow_c_array__()


def pointers() -> dict[str, Callable[[], Any]]:
    """One of each kind of object."""
    return {
        "CatalogPtr": catalog,
        "ReportPtr": _swig.report_new,
        "DocumentPtr": lambda: _swig.document_read(TEXT, None),
        "AttendancePtr": table,
        "BuilderPtr": _swig.builder_new,
        "NdjsonPtr": lambda: _swig.ndjson_open_data(RECORDS, calls()),
        "DecoderPtr": lambda: _swig.decoder_new(calls()),
        "RollupPtr": rollup,
        "RollupTablePtr": lambda: _swig.rollup_finish(rollup()),
        "CallsPtr": calls,
    }


def values(folder: Path) -> dict[str, Callable[[], Any]]:
    """A right value for each type in the stub that is not an object of the library."""
    interval = (12.0, 10.0, 13.0)
    names = (f"{folder}/out-{n}" for n in itertools.count())
    return {
        "int": lambda: 0,
        "type[_T]": lambda: poupa.Service,
        "float": lambda: 0.5,
        "bool": lambda: True,
        "str": lambda: "procon-sp",
        "str | None": lambda: None,
        "Text": lambda: TEXT,
        "Text | None": lambda: None,
        "ReadableBuffer": lambda: RECORDS,
        "StrOrBytesPath": lambda: next(names),
        "Date": lambda: (2021, 7, 31),
        "Date | None": lambda: (2021, 7, 31),
        "Period": lambda: _swig.period_parse("2021-S1"),
        "Interval": lambda: interval,
        "tuple[Interval, ...]": lambda: (interval, interval),
        "tuple[AttendancePtr, ...]": lambda: (table(), table()),
        "Limits": lambda: None,
        "Group": lambda: _swig.group_find("month"),
        "Query": lambda: (None,) * 9,
        "Record": lambda: _swig.attendance_at(table(), 0),
        "RollupOptions": options,
        "Write": lambda: lambda data: None,
        "object | None": lambda: None,
        "object": stream_capsule,
    }


# Right values that go with the function rather than with the type.
SPECIAL: dict[tuple[str, str], Callable[[], Any]] = {
    ("array_stream", "schema_capsule"): lambda: array_capsules()[0],
    ("array_stream", "array_capsule"): lambda: array_capsules()[1],
    ("catalog_read_file", "path"): lambda: str(EXAMPLE),
    ("document_read_file", "path"): lambda: str(EXAMPLE),
    ("number_print", "number"): lambda: 0.1,
    ("date_parse", "data"): lambda: "2021-07",
    ("period_parse", "data"): lambda: "2021-S1",
    ("group_find", "name"): lambda: "month",
    ("kind_find", "name"): lambda: "service",
    ("rule_find", "code"): lambda: "E2005",
    ("ndjson_read", "data"): lambda: RECORDS,
    ("decoder_feed", "data"): lambda: RECORDS,
    ("ndjson_read_file", "path"): records_file,
    ("ndjson_open", "path"): records_file,
    ("ndjson_open_range", "path"): records_file,
    ("catalog_remove", "kind"): lambda: KINDS.index("claim"),
    ("catalog_remove", "id"): lambda: "semestre-maior-que-2020",
    ("catalog_add_json", "data"): lambda: NEW,
    ("catalog_replace_json", "data"): lambda: NEW.replace(b'"new"', b'"procon-sp"'),
}


def stub_functions() -> dict[str, list[Parameter]]:
    """What the stub says about the functions of the module."""
    found = {}
    for node in ast.parse(STUB.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            found[node.name] = [
                (argument.arg, ast.unparse(argument.annotation))
                for argument in node.args.args
                if argument.annotation is not None
            ]
    return found


def functions() -> dict[str, list[Parameter]]:
    """Every function of the module with its parameters: those of the stub, and the members."""
    found = stub_functions()
    # The package took it away.
    del found["entity_base"]
    for name in dir(_swig):
        if name.endswith("_get") and name.split("_")[0] in KINDS:
            found[name] = [("entity", "EntityPtr")]
    return found


def entity_kind(name: str) -> int:
    """The kind of entity that a function is about; a service where it is about any."""
    word = name.split("_")[0]
    return KINDS.index(word) if word in KINDS else KINDS.index("service")


def right(name: str, parameter: Parameter, folder: Path) -> Any:
    """A right value for a parameter of a function."""
    special = SPECIAL.get((name, parameter[0]))
    if special:
        return special()
    if name in {"catalog_commit", "catalog_rollback"}:
        return edited()
    if name.startswith("unit_") and parameter == ("id", "str"):
        return "itaquera"
    if name.startswith("channel_") and parameter == ("id", "str"):
        return "portal"
    if name.startswith("area_") and parameter == ("id", "str"):
        return "sao-paulo"
    if parameter == ("kind", "int"):
        return KINDS.index("service")
    if parameter[1].startswith("EntityPtr"):
        return entity(entity_kind(name))
    if name in {"ndjson_read_from", "ndjson_open_from"}:
        return calls(lambda size: b"")
    if parameter[1].startswith("Callable"):
        return None
    if parameter[1].startswith("CatalogPtr"):
        return catalog()
    if parameter[1].startswith("tuple[str | None"):
        return ("atendimentos", None, None, None, None)
    return (pointers() | values(folder))[parameter[1]]()


def wrong(name: str, parameter: Parameter) -> Iterator[Any]:
    """Values of every wrong kind: types, texts, numbers, containers, objects."""
    yield from (None, object(), type, True, 3.5, float("nan"), float("inf"), ...)
    yield from (
        -1,
        12,
        255,
        2**31,
        -(2**31) - 1,
        2**32,
        2**63 - 1,
        2**63,
        -(2**63) - 1,
        2**64,
        10**400,
    )
    yield from (
        "",
        "x",
        "a\0b",
        "\0",
        "\ud800",
        "é" * 100_000,
        b"",
        b"a\0b",
        b"\xff",
        bytearray(3),
    )
    yield from (memoryview(b"abcdef")[::2], memoryview(b"abcd").cast("i"))
    yield from ((), (None,) * 9, ((),), [], {}, {"a": 1}, set(), range(3), iter(()))
    yield from (("\ud800",) * 3, (2**70,) * 5, (0,) * 3, (0,) * 5, ((0, 0),), (("a\0b",),))
    yield lambda *values: values
    yield lambda *values: 1 // 0
    for kind, make in pointers().items():
        if kind != parameter[1]:
            yield make()
    yield entity((entity_kind(name) + 1) % len(KINDS))


def broken(value: Any) -> Iterator[Any]:
    """A tuple with each item, at any depth, replaced by a wrong one; too long; too short."""
    if not isinstance(value, tuple):
        return
    yield value[:-1]
    yield (*value, None)
    yield list(value)
    for index, item in enumerate(value):
        for bad in (
            None,
            "x",
            "a\0b",
            "\ud800",
            b"x",
            -1,
            2**31,
            2**63,
            2**64,
            3.5,
            (),
            object(),
        ):
            yield (*value[:index], bad, *value[index + 1 :])
        for bad in broken(item):
            yield (*value[:index], bad, *value[index + 1 :])
