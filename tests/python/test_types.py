"""The types hold: mypy --strict, stubtest and pyright find nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import poupa

BIN = Path(sys.executable).parent
SITE = Path(poupa.__path__[0]).parent


def run(*command: str, root: Path) -> str:
    environment = os.environ | {"MYPYPATH": str(SITE), "PYTHONPATH": str(SITE)}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=root, timeout=600, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_mypy_is_content(root: Path, tmp_path: Path) -> None:
    examples = map(str, sorted((root / "examples/python").glob("*.py")))
    said = run(
        sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path),
        "bindings/python/poupa", *examples, root=root,
    )  # fmt: skip
    assert "no issues found" in said


def test_the_stub_agrees_with_the_module(root: Path, tmp_path: Path) -> None:
    settings = tmp_path / "mypy.ini"
    settings.write_text(f"[mypy]\ncache_dir = {tmp_path}\n", encoding="utf-8")
    said = run(
        sys.executable, "-m", "mypy.stubtest", "--mypy-config-file", str(settings),
        "--allowlist", "tests/python/stubtest.txt", "--ignore-unused-allowlist",
        "--concise", "poupa", root=root,
    )  # fmt: skip
    assert said == "" or said.startswith("Success")


def pyright() -> str:
    """pyright, or basedpyright, which is the same without node from the network."""
    for name in ("basedpyright", "pyright"):
        found = shutil.which(name, path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
        if found:
            return found
    pytest.fail("neither pyright nor basedpyright is installed")


def test_pyright_is_content(root: Path) -> None:
    said = run(
        pyright(), "--project", "pyproject.toml", "--pythonpath", sys.executable, root=root
    )
    assert re.search(r"^0 errors, 0 warnings", said, re.MULTILINE), said


REVEALED = """
import datetime
import poupa
from typing_extensions import assert_type

catalog = poupa.load("catalog.json")
assert_type(catalog.services, poupa.Collection[poupa.Service])
assert_type(catalog.services["x"], poupa.Service)
assert_type(catalog.services[0], poupa.Service)
assert_type(catalog.services.get("x"), poupa.Service | None)
assert_type(catalog.services["x"].name, str)
assert_type(catalog.services["x"].is_digital, bool)
assert_type([offering.channel for offering in catalog.services[0].offerings][0], poupa.Channel)
assert_type(catalog.metrics[0].interval, poupa.Interval)
assert_type(catalog.targets[0].progress(), poupa.Progress)
assert_type(catalog.units[0].opened, datetime.date | None)
assert_type(poupa.read_attendance(b""), poupa.Attendance)
"""


def test_users_see_types(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(REVEALED, encoding="utf-8")
    run(
        sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"),
        str(program), root=tmp_path,
    )  # fmt: skip


def test_users_mistakes_are_found(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import poupa\n"
        "catalog = poupa.load('catalog.json')\n"
        "catalog.services['x'].nmae\n"
        "catalog.services['x'].name = 'y'\n"
        "catalog.serivces\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path / "cache"), str(program)],
        capture_output=True, text=True, cwd=tmp_path, timeout=600,
        env=os.environ | {"MYPYPATH": str(SITE)},
    )  # fmt: skip
    assert done.returncode == 1
    assert [line.split(":")[1] for line in done.stdout.splitlines() if "error:" in line] == [
        "3",
        "4",
        "5",
    ]
