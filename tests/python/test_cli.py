"""`python -m poupa` is the command `poupa`: the transcripts of the command hold for it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "poupa"]
# Python itself does not start with a folder as its standard input.
IMPOSSIBLE = "  $ poupa validate - < .\n  poupa: <stdin>: the input could not be read\n  [3]\n"


def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], input=text, capture_output=True, text=True, timeout=60, cwd=ROOT
    )


@pytest.fixture(scope="session")
def path_with_command(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A PATH on which `poupa` is `python -m poupa`."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "poupa"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m poupa "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return os.pathsep.join([str(folder), str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "tests/cli").glob("*.t")))
def test_transcript(name: str, path_with_command: str, tmp_path: Path) -> None:
    places = f"{ROOT}/build/venv/bin{os.pathsep}{path_with_command}"
    prysk = shutil.which("prysk", path=places)
    assert prysk, "prysk is missing: scripts/deps test"
    environment = os.environ | {
        "PATH": path_with_command, "LC_ALL": "C.UTF-8", "COLUMNS": "80", "TZ": "UTC",
    }  # fmt: skip
    environment.pop("NO_COLOR", None)
    # Transcripts find the project from where they lie.
    transcript = tmp_path / f"tests/cli/{name}.t"
    transcript.parent.mkdir(parents=True)
    for folder in ("examples", "tests/fixtures"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    said = (ROOT / f"tests/cli/{name}.t").read_text(encoding="utf-8")
    transcript.write_text(said.replace(IMPOSSIBLE, ""), encoding="utf-8")
    done = subprocess.run(
        [prysk, "--preserve-env", "--shell=/bin/bash", str(transcript)],
        capture_output=True, text=True, timeout=300, env=environment, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_exit_statuses_come_through() -> None:
    assert run("validate", "examples/data/poupatempo-2021.json").returncode == 0
    assert run("validate", "-", text="{").returncode == 1
    assert run("frobnicate").returncode == 2
    assert run("validate", "missing.json").returncode == 3


def test_it_is_called_poupa() -> None:
    assert run("frobnicate").stderr.startswith("poupa: ")
    assert run("--version").stdout.startswith("poupa ")


def test_standard_streams_are_the_caller_s() -> None:
    done = run("validate", "-", text='{"poupa": "1.0"}')
    assert done.stdout == "<stdin>: no findings\n"
    assert done.stderr == ""


@pytest.fixture
def endless() -> Iterator[subprocess.Popen[bytes]]:
    """The command while it writes more than anybody reads."""
    with subprocess.Popen(
        [*COMMAND, "generate", "--rows", "1000000000"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.read(1000)
        yield process
        process.kill()


def test_a_reader_that_leaves_ends_it_quietly(endless: subprocess.Popen[bytes]) -> None:
    assert endless.stdout is not None
    assert endless.stderr is not None
    endless.stdout.close()
    assert endless.wait(timeout=60) == 3
    assert endless.stderr.read() == b""


def test_ctrl_c_ends_it(endless: subprocess.Popen[bytes]) -> None:
    endless.send_signal(signal.SIGINT)
    _, said = endless.communicate(timeout=60)
    assert endless.returncode != 0
    assert b"Traceback" not in said


def test_a_package_without_its_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import poupa.__main__

    monkeypatch.setattr(poupa.__main__._swig, "__file__", "/nowhere/_swig.so")
    with pytest.raises(SystemExit) as ended:
        poupa.__main__.main()
    assert ended.value.code == 3
