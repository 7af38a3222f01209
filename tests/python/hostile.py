"""Calls every function of `poupa._swig` with everything that is wrong; crashes show where.

    hostile.py [FUNCTION...]

Prints the name of each function before it is called, so that the last one is the guilty one,
then what it found: results where an exception was due.
"""

from __future__ import annotations

import contextlib
import gc
import sys
import tempfile
from pathlib import Path
from typing import Any

import samples
from poupa import _swig

# Python turns these into exceptions whatever happens; what raises them has a defect.
DEFECTS = (SystemError, RecursionError)

complaints: dict[str, str] = {}
"""By what is wrong, the first example."""


def call(name: str, arguments: list[Any]) -> tuple[str, Any]:
    """What a call comes to: ("returned", result) or ("raised", exception)."""
    try:
        return "returned", getattr(_swig, name)(*arguments)
    except DEFECTS as error:
        complaints.setdefault(f"{name} raised {error!r}", f"{tuple(arguments)!r:.200}")
        return "raised", error
    except Exception as error:
        return "raised", error


def must_raise(parameter: samples.Parameter, value: Any) -> bool:
    """Whether a value can mean nothing at all to a parameter."""
    kind = parameter[1]
    if kind.endswith("Ptr"):
        # A stream brings along how it reads.
        return kind != "CallsPtr" or "poupa_calls" not in repr(value)
    if kind == "str":
        return not isinstance(value, str) or "\0" in value or "\ud800" in value
    if kind == "str | None" and value is not None:
        return must_raise((parameter[0], "str"), value)
    if kind == "int":
        return not isinstance(value, int) or abs(value) > 2**64
    if value is None and kind in {"Date", "Period"}:
        return False  # none, as where a member is absent
    if kind in {"Date", "Period", "Interval", "Group", "Query", "Record", "RollupOptions"}:
        return not isinstance(value, tuple)
    return kind == "Write" and not callable(value)


def check(name: str, parameters: list[samples.Parameter], folder: Path) -> None:
    """Tries one function."""
    print(name, flush=True)

    def good() -> list[Any]:
        return [samples.right(name, parameter, folder) for parameter in parameters]

    outcome, result = call(name, good())
    if outcome == "raised":
        complaints[f"{name} refuses right arguments"] = repr(result)
    for count in {len(parameters) - 1, len(parameters) + 1, 0, 20} - {len(parameters)}:
        if count >= 0 and call(name, (good() + [None] * 20)[:count])[0] == "returned":
            complaints[f"{name} takes {count} arguments"] = ""
    for index, parameter in enumerate(parameters):
        for value in samples.wrong(name, parameter):
            arguments = [*good()[:index], value, *good()[index + 1 :]]
            returned = call(name, arguments)[0] == "returned"
            if returned and must_raise(parameter, value):
                complaints.setdefault(f"{name} does not refuse {parameter[0]}", f"{value!r:.100}")
        for value in samples.broken(good()[index]):
            call(name, [*good()[:index], value, *good()[index + 1 :]])
        for value in samples.wrong(name, parameter):
            call(name, [value] * len(parameters))
    gc.collect()


def main() -> None:
    functions = samples.functions()
    names = sys.argv[1:] or sorted(functions)
    # Names of files are among the arguments.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name in names:
            check(name, functions[name], Path(folder))
    print(f"{len(names)} functions")
    if complaints:
        sys.exit("\n".join(f"{what}: {example}" for what, example in sorted(complaints.items())))


if __name__ == "__main__":
    main()
