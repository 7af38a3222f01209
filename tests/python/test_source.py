"""What the Python sources keep to: layout, lints, sizes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "bindings/python/poupa", "cmake", "examples/python", "scripts", "tests/python",
    "tests/bench/python", "tests/vendor",
)  # fmt: skip
SOURCES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py*")
    if path.suffix in {".py", ".pyi"}
)


def ruff(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "--no-cache", *FOLDERS],
        capture_output=True, text=True, cwd=ROOT, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_layout() -> None:
    ruff("format", "--diff", "--quiet")


def test_lints() -> None:
    ruff("check", "--quiet")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limit = 80 if "examples" in path.parts else 500
    assert text.count("\n") <= limit
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 60, node.name


def test_only_the_package_knows_its_private_modules() -> None:
    for path in (ROOT / "examples/python").glob("*.py"):
        assert "poupa._" not in path.read_text(encoding="utf-8")
