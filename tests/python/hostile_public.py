"""Calls all that is public with what is wrong, `self` included; crashes show where.

    hostile_public.py [NAME...]

Prints each name before it is called, so that the last one is the guilty one, then how many calls
there were. What comes out must be an exception that a caller's mistake can explain.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import inspect
import io
import random
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import poupa
import samples

# What no argument can be the reason of.
DEFECTS = (SystemError, RecursionError, AssertionError, NameError)
ROUNDS = 12
# Of classes as such, which have nothing to do with this package; and what raises AttributeError.
LEFT_OUT = {
    "__class__",
    "__class_getitem__",
    "__delattr__",
    "__dir__",
    "__getattr__",
    "__getattribute__",
    "__init_subclass__",
    "__new__",
    "__setattr__",
    "__subclasshook__",
}

complaints: dict[str, str] = {}
calls = 0


def goods() -> list[Any]:
    """An object of each public class that has any."""
    catalog = poupa.load(samples.EXAMPLE)
    table = poupa.read_attendance(samples.RECORDS)
    rollup = table.rollup("month")
    target, claim = catalog.targets[0], catalog.claims[0]
    return [
        catalog,
        *(getattr(catalog, plural)[0] for plural in catalog.to_dict() if hasattr(catalog, plural)
          and isinstance(getattr(catalog, plural), poupa.Collection)),
        catalog.units, catalog.validate(), catalog.derive()[0], target.progress(), claim.judge(),
        table, table["unit"], table["count"], table[0], table.counts,
        rollup, rollup[0], rollup.tally, poupa.scan_attendance(samples.RECORDS),
        poupa.Interval(1, 0, 2), poupa.Period("2021"), poupa.PartialDate("2021"),
        poupa.rules()[0], poupa.Finding(poupa.rules()[0], "x"),
        poupa.ChannelType("fax"), poupa.OnError.SKIP,
        poupa.ParseError("x"), poupa.ValidationError("x"), poupa.NotFoundError("x"),
        poupa.FileError("x", errno=2), poupa.CancelledError("x"),
    ]  # fmt: skip


def wrongs() -> list[Any]:
    """What is wrong nearly everywhere."""

    class Liar:
        """Says that it is many things."""

        __len__ = __index__ = __hash__ = __iter__ = lambda self: -1  # type: ignore[assignment]

        def read(self, size: int) -> Any:
            return "x" * (size + 1)

        def write(self, data: bytes) -> None:
            raise LookupError

        def __arrow_c_stream__(self, requested: object = None) -> object:
            return self

    return [
        None, object(), 3, -1, 10**30, -(10**30), 2**63, 1.5, float("nan"), float("inf"), True,
        "", "a\0b", "\ud800", "x" * 10_000, b"", b"\xff\xfe", bytearray(b"x"),
        memoryview(b"abcd")[::2], (), (1, 2), ((),) * 5, [], {}, {"a": 1}, {1}, int, type, poupa,
        lambda *values: None, iter([1]), Ellipsis, NotImplemented, io.StringIO("x"), io.BytesIO(),
        datetime.date(1, 1, 1), datetime.datetime.max, slice(None, None, 0), Liar(),
        poupa.Unit(id="x", name="x"),
    ]  # fmt: skip


def attempt(
    label: str,
    function: Callable[..., Any],
    values: list[Any],
    named: dict[str, Any],
    defects: tuple[type[Exception], ...] = DEFECTS,
) -> None:
    """Calls, and tells what must not come of it."""
    global calls
    calls += 1
    try:
        function(*values, **named)
    except defects as error:
        kinds = [type(value).__name__ for value in (*values, *named.values())]
        complaints.setdefault(f"{label}: {error!r:.200}", f"{kinds}")
    except (Exception, KeyboardInterrupt, SystemExit):
        pass


def members(item: Any) -> Iterator[tuple[str, Any]]:
    """The methods and properties of a class that are written in this package."""
    for name in dir(item) if not issubclass(item, str) else vars(item):
        if name in LEFT_OUT or (name[0] == "_" and name[:2] != "__"):
            continue
        value = inspect.getattr_static(item, name)
        if isinstance(value, property):
            yield name, value.fget
        elif isinstance(value, staticmethod | classmethod) or callable(value):
            yield name, getattr(item, name)


def keywords(function: Any) -> list[str]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]


def torment(label: str, function: Any, selves: list[Any], chance: random.Random) -> None:
    """Calls a function with nothing right but, at times, its object."""
    wrong = wrongs()
    names = keywords(function)
    for _ in range(ROUNDS):
        values = chance.choices(wrong, k=chance.randrange(4))
        named = {each: chance.choice(wrong) for each in names if chance.random() < 0.3}
        attempt(label, function, values, named)
        for self in selves:
            # Whose attributes are all there, unless it is made anew.
            made = label.endswith("__init__")
            defects = DEFECTS if made else (*DEFECTS, AttributeError)
            attempt(label, function, [self, *values[1:]], named, defects)
    for self in wrong:
        attempt(label, function, [self], {})


def main() -> None:
    warnings.simplefilter("ignore")
    chosen = sys.argv[1:] or [name for name in poupa.__all__ if name != "__version__"]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name in chosen:
            print(name, flush=True)
            item = getattr(poupa, name)
            chance = random.Random(name)
            torment(name, item, [], chance)
            if not inspect.isclass(item):
                continue
            for member, function in members(item):
                print(f"{name}.{member}", flush=True)
                own = [good for good in goods() if isinstance(good, item)][:1]
                torment(f"{name}.{member}", function, own, chance)
            gc.collect()
    print(f"{calls} calls")
    if complaints:
        sys.exit("\n".join(f"{what}: {example}" for what, example in sorted(complaints.items())))


if __name__ == "__main__":
    main()
