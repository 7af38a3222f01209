"""The package as others get it: an sdist, a wheel made of it offline, and that wheel installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import poupa

ROOT = Path(__file__).resolve().parents[2]
PROGRESS = (
    "import poupa; c = poupa.load('examples/data/poupatempo-2021.json'); "
    "print(c.targets['servicos-digitais.2021'].progress())"
)


def run(*command: str | Path, cwd: Path = ROOT, status: int = 0, **variables: str) -> str:
    """Runs a program without what makes the package of the tests visible, and the network."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PIP_", "LD_PRELOAD", "CMAKE", "SKBUILD"))
    }
    environment |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | variables
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True, text=True, cwd=cwd, env=environment, timeout=900,
    )  # fmt: skip
    assert done.returncode == status, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    code = f"from scikit_build_core import build; build.build_sdist({str(folder)!r})"
    run(sys.executable, "-c", code)
    return next(folder.glob("poupa-*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable, "-m", "pip", "wheel", "--no-build-isolation", "--no-index", "--no-deps",
        "--wheel-dir", folder, sdist,
        PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    )  # fmt: skip
    return next(folder.glob("poupa-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new virtual environment that has the wheel and nothing else."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    run(folder / "bin/pip", "install", "--no-index", wheel)
    return folder / "bin"


def test_the_sdist_holds_what_the_build_needs_and_little_else(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {name.partition("/")[0] for name in names} == {
        "CMakeLists.txt", "LICENSE", "PKG-INFO", "README.md", "CHANGELOG.md", "bindings",
        "cmake", "include", "lib", "pyproject.toml", "tools",
    }  # fmt: skip
    assert "bindings/poupa.i" in names
    assert not [name for name in names if name.endswith((".pyc", ".so", ".o"))]


def test_the_wheel_is_for_every_python_from_3_11_on(wheel: Path) -> None:
    assert re.fullmatch(rf"poupa-{re.escape(poupa.__version__)}-cp311-abi3-\w+\.whl", wheel.name)


def test_the_wheel_holds_the_package_and_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(
            next(name for name in names if name.endswith("/METADATA"))
        ).decode()
    info = f"poupa-{poupa.__version__}.dist-info"
    expected = {f"poupa/{path.name}" for path in (ROOT / "bindings/python/poupa").glob("*.py*")}
    expected |= {"poupa/py.typed", "poupa/_swig.abi3.so", "poupa/_command"}
    expected |= {f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")}
    expected |= {
        f"{info}/licenses/LICENSE",
        f"{info}/licenses/bindings/python/bundled-licenses.txt",
    }
    assert names == expected
    assert f"\nVersion: {poupa.__version__}\n" in metadata
    assert "Requires-Dist: tqdm; extra == 'progress'" in metadata.replace('"', "'")


def needed(program: Path) -> set[str]:
    said = run("readelf", "--dynamic", "--wide", program)
    return set(re.findall(r"\(NEEDED\).*\[(?:lib)?(\w+)", said))


def test_the_wheel_needs_nothing(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    assert needed(tmp_path / "poupa/_swig.abi3.so") <= {"c", "m", "pthread"}
    assert needed(tmp_path / "poupa/_command") <= {"c", "m", "pthread"}
    said = run("nm", "--dynamic", "--defined-only", tmp_path / "poupa/_swig.abi3.so")
    assert [line.split()[-1] for line in said.splitlines()] == ["PyInit__swig"]


def test_the_wheel_works_where_nothing_else_is(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "python", "-W", "error", "-c", PROGRESS)
    assert said.startswith("Serviços digitais: 140 of 180 (77.8 %)")
    assert run(installed / "poupa", "--version") == f"poupa {poupa.__version__}\n"
    assert run(installed / "python", "-m", "poupa", "--version", cwd=tmp_path).startswith(
        "poupa "
    )
    data = ROOT / "examples/data/poupatempo-2021.json"
    assert run(installed / "poupa", "validate", data).endswith("no findings\n")


def test_it_reads_what_is_compressed(installed: Path, tmp_path: Path) -> None:
    """zlib and zstd are inside."""
    lines = tmp_path / "records.ndjson"
    lines.write_bytes(
        b'{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}\n' * 1000
    )
    for tool in ("gzip", "zstd"):
        if shutil.which(tool):
            run(tool, "-k", lines)
    for file in tmp_path.glob("records.ndjson*"):
        code = f"import poupa; print(len(poupa.read_attendance({str(file)!r})))"
        assert run(installed / "python", "-c", code) == "1000\n"


# -- other versions of SWIG ------------------------------------------------------------------


def configure(build: Path, *options: str, status: int = 0) -> str:
    return run(
        "cmake", "-G", "Ninja", "-S", ROOT, "-B", build, "-DPOUPA_PYTHON=ON",
        "-DCMAKE_BUILD_TYPE=Debug", f"-DPython_EXECUTABLE={sys.executable}", *options,
        status=status,
    )  # fmt: skip


def test_a_wheel_that_would_need_a_library_is_refused(tmp_path: Path) -> None:
    wheel = ("-DSKBUILD=2", "-DPOUPA_BUNDLE=ON", "-DPOUPA_CAN_BUNDLE_jansson=OFF")
    programs = Path(sys.executable).parent
    said = configure(tmp_path / "no", *wheel, f"-DSWIG_EXECUTABLE={programs / 'swig'}", status=1)
    assert "no archive of jansson" in said
    said = configure(
        tmp_path / "yes", *wheel, f"-DSWIG_EXECUTABLE={programs / 'swig'}",
        "-DPOUPA_BUNDLE_PARTLY=ON",
    )  # fmt: skip
    assert "will need the shared library" in " ".join(said.split())


def test_the_distribution_s_swig_does_too(tmp_path: Path) -> None:
    swig = "/usr/bin/swig"
    if not Path(swig).exists():
        pytest.fail("swig is missing: scripts/deps test")
    said = configure(tmp_path, f"-DSWIG_EXECUTABLE={swig}")
    version = re.search(r"Python module: _swig(\.\S+), with SWIG (\S+)", said)
    assert version
    stable = tuple(map(int, version[2].split("."))) >= (4, 4)
    assert (version[1] == ".abi3.so") == stable
    run("cmake", "--build", tmp_path, "--target", "python", "--parallel")
    smoke = ROOT / "tests/python/smoke.py"
    said = run(sys.executable, "-W", "error", smoke, PYTHONPATH=str(tmp_path / "site"))
    assert said == "all is well\n"


def test_swig_4_3_is_refused(tmp_path: Path) -> None:
    swig = tmp_path / "swig"
    swig.write_text(
        f'#!/bin/sh\n[ "$1" = -swiglib ] && echo {tmp_path} || echo "SWIG Version 4.3.1"\n',
        encoding="utf-8",
    )
    (tmp_path / "swig.swg").touch()
    swig.chmod(0o755)
    assert "SWIG 4.3.1 makes modules that crash" in configure(
        tmp_path / "build", f"-DSWIG_EXECUTABLE={swig}", status=1
    )
