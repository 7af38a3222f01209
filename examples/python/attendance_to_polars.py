"""Attendance records as a polars frame, by the Arrow interface: no file and no pyarrow between."""

from __future__ import annotations

import sys

import polars as pl

import poupa

RECORDS = b"""\
{"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial","count":37,"wait_s":412}
{"period":"2021-06-15","unit":"itaquera","service":"procon-sp","channel":"presencial","count":3,"wait_s":12}
{"period":"2021-06-15","unit":"santos","service":"procon-sp","channel":"presencial","count":21,"wait_s":95}
{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}
"""


def main() -> None:
    catalog = poupa.load("examples/data/poupatempo-2021.json")
    table = poupa.read_attendance(sys.argv[1:] or RECORDS, catalog=catalog)

    frame = pl.DataFrame(table)
    print(frame)

    units = pl.DataFrame(
        {"unit": list(catalog.units.ids()), "name": [unit.name for unit in catalog.units]}
    )
    waited = (pl.col("wait_s") * pl.col("count")).sum() / pl.col("count").sum()
    by_unit = (
        frame.with_columns(pl.col("unit").cast(pl.String))
        .group_by("unit")
        .agg(pl.col("count").sum(), waited)
        .join(units, on="unit")
        .sort("count", descending=True)
        .select("name", "count", wait_minutes=(pl.col("wait_s") / 60).round(1))
    )
    print(by_unit)

    # The same from poupa itself, exact in its sums.
    print(pl.DataFrame(table.rollup(by="channel")).select("channel", "count", "wait_s"))


if __name__ == "__main__":
    main()
