"""What all tests of the Python package share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

import poupa

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "data" / "poupatempo-2021.json"

# Machines are shared and slow under sanitizers; what failed is in the output.
hypothesis.settings.register_profile("tests", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("tests")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def example() -> Path:
    """The catalogue of the examples, as a file."""
    return EXAMPLE


@pytest.fixture
def catalog() -> poupa.Catalog:
    """The catalogue of the examples."""
    return poupa.load(EXAMPLE)


@pytest.fixture
def in_root() -> Iterator[None]:
    """Runs a test in the folder of the project."""
    before = Path.cwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)


@pytest.fixture
def script(root: Path) -> Callable[..., str]:
    """Runs a program of this folder in a process of its own and gives what it printed."""
    import subprocess
    import sys

    def run(name: str, *arguments: str) -> str:
        command = [sys.executable, str(root / "tests/python" / name), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=600)
        assert done.returncode == 0, (
            f"{name} ended with {done.returncode}\n{done.stdout[-200:]}{done.stderr[-4000:]}"
        )
        return done.stdout

    return run
