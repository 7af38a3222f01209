"""Attendance records for the tests: a few by hand, many made, and any that can be."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

import poupa

RECORDS = [
    ("2021-06-14", "itaquera", "procon-sp", "presencial", 37, 412, 655),
    ("2021-06-15", "itaquera", "procon-sp", "presencial", 3, 12, None),
    ("2021-06", None, "procon-sp", "portal", 120, None, None),
    ("2021-07-01", "santos", "procon-sp", "totem", 1, None, None),
    ("2021", None, "procon-sp", "portal", 9000, None, None),
]

LINES = b"""\
{"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial",\
"count":37,"wait_s":412,"service_s":655}
{"period":"2021-06-15","unit":"itaquera","service":"procon-sp","channel":"presencial",\
"count":3,"wait_s":12}
{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}

{"channel":"totem", "service":"procon-sp", "period":"2021-07-01", "unit":"santos"}
{"period":"2021","service":"procon-sp","channel":"portal","count":9000}
"""
"""The same, with a blank line, another order of members, and a count left out."""

BAD = b'{"period":"2021-06","service":"procon-sp","channel":"portal","count":-1}\n'

KNOWN = b'{"period":"2021-06","unit":"itaquera","service":"procon-sp","channel":"presencial"}\n'
UNKNOWN = KNOWN.replace(b"itaquera", b"itaqera")
"""A line whose ids the catalogue of the examples has, and one with a mistake."""


class Lines:
    """A file object that gives the same lines again and again, and then something else."""

    def __init__(self, then: Callable[[int], object], times: int = 10_000) -> None:
        self.then = then
        self.left = times
        self.data = b""

    def read(self, size: int) -> Any:
        if len(self.data) < size:
            if self.left <= 0:
                return self.then(size)
            self.left -= 1000
            self.data += LINES * 1000
        some, self.data = self.data[:size], self.data[size:]
        return some


def table() -> poupa.Attendance:
    """The few."""
    return poupa.Attendance.from_records(RECORDS)


def many(rows: int) -> poupa.Attendance:
    """Rows that differ, some of them without unit, wait or service."""
    first = datetime.date(2021, 1, 1)
    return poupa.Attendance.from_records(
        (
            first + datetime.timedelta(row % 300),
            None if row % 3 == 0 else f"unit-{row % 17}",
            f"service-{row % 5}",
            f"channel-{row % 4}",
            row,
            None if row % 7 == 0 else row % 1000,
            None if row % 2 == 0 else row % 900,
        )
        for row in range(rows)
    )


# -- Any -------------------------------------------------------------------------

IDS = st.from_regex(r"\A[a-z0-9][a-z0-9._-]{0,20}\Z")
SECONDS = st.none() | st.integers(0, 2**31 - 1)
PERIODS = st.builds(
    poupa.Period.around,
    st.dates(),
    st.sampled_from(["year", "half", "quarter", "month", "day"]),
)


@st.composite
def tables(draw: st.DrawFn) -> poupa.Attendance:
    """Tables of one to four parts, so of several segments, perhaps cut."""
    words = draw(st.lists(IDS, min_size=1, max_size=6))
    word = st.sampled_from(words)
    record = st.tuples(
        PERIODS, st.none() | word, word, word, st.integers(0, 2**63 - 1), SECONDS, SECONDS
    )
    parts = draw(st.lists(st.lists(record, max_size=40), min_size=1, max_size=4))
    whole = poupa.Attendance.merge(map(poupa.Attendance.from_records, parts))
    first = draw(st.integers(0, len(whole)))
    last = draw(st.integers(first, len(whole)))
    return whole[first:last]
