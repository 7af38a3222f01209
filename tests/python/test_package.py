"""The package as a whole: what it names, and that it covers the C library."""

from __future__ import annotations

import importlib
import inspect
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import poupa
from poupa import _swig

# The exported functions that `_swig` has not, and what stands for them.
ELSEWHERE = {
    "vocabulary_find": "the words of a vocabulary come with kind_fields",
    "dimensions_equal": "dimensions are tuples",
    "catalog_inspect": "document_read finds everything, too",
    "entity_write": "entity_text",
    "report_write_json": "report_json",
    "rollup_write_json": "rollup_json",
    "schema_write": "schema_text",
}
# Families that Python has no use for: what is freed is freed by the object that owned it; what
# there is for one kind, there is for every kind with the kind as an argument; Python has readers
# and writers of files and of JSON.
FAMILIES = [
    r".*_(free|retain|release)|ndjson_close",
    r"catalog_(add|replace)",
    "("
    + "|".join(_swig.kind_name(kind) for kind in range(12))
    + ")_(at|count|find|add|replace|remove)",
    r"(catalog|document)_read_(from|stream)",
    r"(writer|saving)_.*",
]


def exported(root: Path) -> list[str]:
    lines = (root / "lib/symbols.txt").read_text(encoding="ascii").split()
    return [line.removeprefix("poupa_") for line in lines]


def test_every_function_of_the_library_is_there_or_accounted_for(root: Path) -> None:
    families = re.compile("|".join(FAMILIES))
    missing = [
        name
        for name in exported(root)
        if not hasattr(_swig, name) and name not in ELSEWHERE and not families.fullmatch(name)
    ]
    assert not missing


def test_what_is_accounted_for_is_not_there(root: Path) -> None:
    assert not [name for name in ELSEWHERE if hasattr(_swig, name)]
    assert set(ELSEWHERE) <= set(exported(root))


def test_every_member_of_every_kind_has_a_getter() -> None:
    flattened = {
        "program_id",
        "organization_id",
        "service_id",
        "area_id",
        "channel_ids",
        "unit_ids",
    }
    for kind in range(12):
        word = _swig.kind_name(kind)
        members = {field[0] for field in _swig.kind_fields(kind)}
        if word in {"metric", "target"}:
            members = members - flattened | {"dimensions"}
        missing = [name for name in members if not hasattr(_swig, f"{word}_{name}_get")]
        assert not missing, word


def test_the_version_is_the_header_s(root: Path) -> None:
    header = (root / "include/poupa/base.h").read_text(encoding="utf-8")
    assert f'#define POUPA_VERSION "{poupa.__version__}"' in header


def test_all_names_what_is_public() -> None:
    assert sorted(set(poupa.__all__)) == sorted(poupa.__all__)
    for name in poupa.__all__:
        assert hasattr(poupa, name)
    public = {
        name
        for name, value in vars(poupa).items()
        if not name.startswith("_") and not inspect.ismodule(value) and name != "annotations"
    }
    assert public == {name for name in poupa.__all__ if not name.startswith("_")}


def test_modules_export_only_what_the_package_exports() -> None:
    for path in Path(poupa.__path__[0]).glob("_[a-z]*.py"):
        module = importlib.import_module(f"poupa.{path.stem}")
        names = getattr(module, "__all__", [])
        assert set(names) <= set(poupa.__all__), path.name


def classes() -> list[type]:
    return [value for value in vars(poupa).values() if isinstance(value, type)]


@pytest.mark.parametrize("item", classes(), ids=lambda item: item.__name__)
def test_public_classes_are_of_the_package(item: type) -> None:
    assert item.__module__ == "poupa"
    assert pickle.loads(pickle.dumps(item)) is item


def test_nothing_is_needed_to_import() -> None:
    code = """
import sys
before = set(sys.modules)
import poupa
known = {"poupa"} | set(sys.stdlib_module_names)
print({name.partition(".")[0] for name in set(sys.modules) - before if "swig_runtime" not in name} - known)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_the_module_exports_one_symbol() -> None:
    done = subprocess.run(
        ["nm", "--dynamic", "--defined-only", _swig.__file__],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.split()[-1] for line in done.stdout.splitlines()] == ["PyInit__swig"]


def test_the_package_is_typed() -> None:
    assert (Path(poupa.__path__[0]) / "py.typed").exists()
