"""What the documentation shows is what happens: docstrings, pages, examples, help()."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pydoc
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import poupa

ROOT = Path(__file__).resolve().parents[2]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MODULES = sorted(path.stem for path in (ROOT / "bindings/python/poupa").glob("_[a-z]*.py"))


@pytest.fixture
def names(in_root: None) -> dict[str, Any]:
    """What examples may use without saying so."""
    return {"poupa": poupa, "catalog": poupa.load("examples/data/poupatempo-2021.json")}


def examples_of(item: object, name: str, names: dict[str, Any]) -> int:
    """Runs the examples of a docstring, and of the members of a class; returns how many."""
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for test in doctest.DocTestFinder().find(item, name, module=False, globs=dict(names)):
        runner.run(test)
    assert runner.failures == 0
    return runner.tries


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_of_modules(name: str, names: dict[str, Any]) -> None:
    """Also of what is private in them."""
    module = importlib.import_module(f"poupa.{name}")
    assert doctest.testmod(module, extraglobs=names, optionflags=FLAGS).failed == 0


@pytest.mark.parametrize("name", [name for name in poupa.__all__ if name != "__version__"])
def test_docstrings(name: str, names: dict[str, Any]) -> None:
    item = getattr(poupa, name)
    examples = examples_of(item, name, names)
    assert examples or not inspect.isroutine(item), f"{name} has no example"


@pytest.mark.parametrize("page", ["docs/python.md", "bindings/python/README.md", "README.md"])
def test_pages(page: str, tmp_path: Path, in_root: None) -> None:
    """The blocks of a page are one session; files that it writes go to a folder that ends."""
    blocks = re.findall(
        r"^```(?:python|pycon)\n(.*?)^```",
        (ROOT / page).read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert blocks, page
    session = "\n".join(blocks).replace("/tmp/", f"{tmp_path}/")
    parsed = doctest.DocTestParser().get_doctest(session, {}, page, page, 0)
    assert parsed.examples, page
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    runner.run(parsed)
    assert runner.failures == 0


@pytest.mark.parametrize(
    "example", sorted((ROOT / "examples/python").glob("*.py")), ids=lambda path: path.stem
)
def test_examples(example: Path) -> None:
    expected = example.parent / "expected" / f"{example.stem}.txt"
    done = subprocess.run(
        [sys.executable, "-W", "error", str(example)],
        capture_output=True, text=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected.read_text(encoding="utf-8")


def test_help_reads_well() -> None:
    said = pydoc.plain(pydoc.render_doc(poupa))
    assert "SwigPyObject" not in said
    assert "poupa._" not in said
    assert "inherited from builtins.str" not in said
    assert "names=None, *, module=None" not in said
    assert len(said.splitlines()) < 6500
    for word in ("load(", "class Catalog", "class Service", "read_attendance("):
        assert word in said


def documented() -> list[tuple[str, Any]]:
    found = []
    for name in poupa.__all__:
        item = getattr(poupa, name)
        if inspect.isclass(item) or callable(item):
            found.append((name, item))
        if inspect.isclass(item):
            found += [
                (f"{name}.{member}", value)
                for member, value in vars(item).items()
                if not member.startswith("_") and (callable(value) or isinstance(value, property))
            ]
    return found


def test_everything_public_is_documented() -> None:
    missing = [name for name, item in documented() if not inspect.getdoc(item)]
    assert not missing


def test_docstrings_start_with_a_sentence() -> None:
    wrong = [
        name
        for name, item in documented()
        if not re.match(
            r"[A-Z`0-9].*[.:?]$", (inspect.getdoc(item) or "").split("\n\n")[0], re.DOTALL
        )
    ]
    assert not wrong
