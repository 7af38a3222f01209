"""SQL over attendance records: DuckDB finds a table by its name in the program."""

from __future__ import annotations

import sys

import duckdb

import poupa

RECORDS = b"""\
{"period":"2021-06-14","unit":"itaquera","service":"procon-sp","channel":"presencial","count":37,"wait_s":412}
{"period":"2021-06-15","unit":"santos","service":"procon-sp","channel":"presencial","count":3,"wait_s":12}
{"period":"2021-06","service":"procon-sp","channel":"portal","count":120}
{"period":"2021-07-01","service":"procon-sp","channel":"totem"}
"""


def main() -> None:
    records = poupa.read_attendance(sys.argv[1:] or RECORDS)  # noqa: F841 - read by name
    db = duckdb.connect()

    by_channel = db.sql("""
        SELECT channel, sum(count)::BIGINT AS attendances, count(*) AS records
        FROM records GROUP BY channel ORDER BY attendances DESC
    """)
    for channel, attendances, count in by_channel.fetchall():
        print(f"{channel:<10}  {attendances:>5} attendances in {count} records")

    # The other way: what a query gives becomes a table again.
    june = db.sql("SELECT * FROM records WHERE period < DATE '2021-07-01'")
    print(poupa.Attendance.from_arrow(june).rollup(by="month"))


if __name__ == "__main__":
    main()
