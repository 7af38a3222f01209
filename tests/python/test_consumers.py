"""Data frame libraries and databases: that they take tables, and give them back."""

from __future__ import annotations

import datetime
import sys
from typing import Any

import duckdb
import numpy
import pandas
import polars
import pytest
from hypothesis import given

import poupa
from poupa import Attendance, scan_attendance
from records import LINES, many, table, tables

sql: Any = duckdb.sql

# -- polars ----------------------------------------------------------------------


def test_polars_takes_tables_rollups_and_scans() -> None:
    records = many(9000)
    frame = polars.DataFrame(records)
    assert frame.height == 9000
    assert frame["count"].to_list() == records["count"].to_list()
    assert frame["unit"].cast(polars.String).to_list() == records["unit"].to_list()
    assert frame["wait_s"].null_count() == records["wait_s"].nulls
    assert frame.schema["period"] == polars.Date
    assert records.to_polars().equals(frame)
    scan = scan_attendance(records.to_ndjson(), batch_rows=1000)
    decoded = polars.DataFrame(scan)
    for name in ("unit", "service", "channel"):
        texts = decoded[name].cast(polars.String).to_list()
        assert texts == records[name].to_list()
    sums = records.rollup("channel").to_polars()
    expected = frame.group_by("channel").agg(polars.col("count").sum()).sort("channel")
    assert sums["count"].to_list() == expected["count"].to_list()


@pytest.mark.parametrize("new", [True, False])
def test_the_way_to_polars_that_is_shorter_leads_to_the_same(
    monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    if not new:  # polars has it since 1.32
        monkeypatch.delattr(polars.Schema, "__arrow_c_schema__")
    whole = many(3000)
    of_days = [record._replace(period=poupa.Period("2021-06-14")) for record in whole]
    tables = [
        whole,
        whole[7:2100],
        Attendance(of_days),
        Attendance(record._replace(unit=None) for record in whole),
        Attendance([]),
        poupa.read_attendance(many(100_000).to_ndjson(), threads=2),
    ]
    for records in tables:
        frame, plain = records.to_polars(), polars.DataFrame(records)
        assert frame.schema == plain.schema
        assert frame.equals(plain)
        assert Attendance.from_arrow(frame) == records


def test_frames_of_polars_come_back() -> None:
    records = many(500)
    assert Attendance.from_arrow(polars.DataFrame(records)) == records
    frame = polars.DataFrame(
        {
            "period": [datetime.date(2021, 6, 14), datetime.date(2021, 6, 15)],
            "service": ["rg", "a-text-of-more-than-twelve"],
            "channel": ["app", "app"],
            "wait_s": [1.0, None],
        }
    )
    made = Attendance.from_arrow(frame)
    assert made["service"].to_list() == ["rg", "a-text-of-more-than-twelve"]
    assert made["wait_s"].to_list() == [1, None]


@given(tables())
def test_any_table_survives_polars(records: Attendance) -> None:
    assert Attendance.from_arrow(polars.DataFrame(records)) == records


# -- pandas ----------------------------------------------------------------------


def test_pandas_takes_tables_and_gives_them_back() -> None:
    records = many(500)
    frame: Any = records.to_pandas()
    whole: Any = pandas.DataFrame
    assert frame["count"].tolist() == records["count"].to_list()
    assert str(frame["unit"].dtype) == "category"
    assert frame["wait_s"].isna().sum() == records["wait_s"].nulls
    assert Attendance.from_arrow(frame) == records
    assert whole.from_arrow(records)["count"].equals(frame["count"])
    texts = frame.assign(period=pandas.to_datetime(frame["period"])).astype(
        {"unit": "str", "service": "str", "channel": "str", "period_kind": "str"}
    )
    assert Attendance.from_arrow(texts.set_index("count", drop=False)) == records
    assert table().rollup("channel").to_pandas()["count"].tolist() == [9120, 40, 1]


def test_pandas_takes_columns_as_series() -> None:
    series = pandas.Series(table()["wait_s"], name="wait")
    assert series.mean() == 212
    assert series.isna().tolist() == [False, False, True, True, True]


# -- DuckDB ----------------------------------------------------------------------


def test_duckdb_queries_a_table_by_its_name() -> None:
    records = many(9000)
    query = "SELECT channel, sum(count)::BIGINT FROM records GROUP BY 1 ORDER BY 1"
    expected = [(row.channel, row.count) for row in records.rollup("channel")]
    for _ in range(3):
        assert sql(query).fetchall() == expected
    both = "SELECT count(*) FROM records a JOIN records b USING (count)"
    assert sql(both).fetchall() == [(9000,)]


def test_duckdb_filters_and_chooses_columns() -> None:
    records = many(9000)
    found = sql(
        "SELECT unit, wait_s FROM records WHERE unit = 'unit-4' AND period >= '2021-03-01'"
        " AND wait_s IS NOT NULL"
    ).fetchall()
    first = datetime.date(2021, 3, 1)
    assert found == [
        (record.unit, record.wait_s)
        for record in records
        if record.unit == "unit-4"
        and (record.period.first or first) >= first
        and record.wait_s is not None
    ]


def test_duckdb_queries_rollups_and_scans() -> None:
    rollup = table().rollup("month,channel")
    scan = scan_attendance(many(9000).to_ndjson(), batch_rows=1000)
    narrow = "SELECT sum(count)::BIGINT FROM rollup WHERE NOT wider"
    whole = "SELECT count(*), sum(count)::BIGINT FROM scan"
    assert sql(narrow).fetchall() == [(161,)]
    assert sql(whole).fetchall() == [(9000, sum(range(9000)))]
    assert len(rollup) == 4
    assert scan.counts.good == 9000


def test_relations_of_duckdb_come_in() -> None:
    records = many(500)
    relation = sql("SELECT * FROM records ORDER BY count DESC")
    assert Attendance.from_arrow(relation) == records[::-1]


# -- NumPy -----------------------------------------------------------------------


def test_numpy_computes_on_columns() -> None:
    records = many(9000)
    assert numpy.sum(records["count"]) == sum(range(9000))
    assert numpy.nanmean(records["wait_s"]) == pytest.approx(
        sum(w for w in records["wait_s"] if w is not None) / (9000 - records["wait_s"].nulls)
    )
    codes = numpy.concatenate([numpy.asarray(chunk) for chunk in records["channel"].chunks])
    counted = numpy.bincount(codes, weights=numpy.asarray(records["count"]))
    rows = {row.channel: row.count for row in records.rollup("channel")}
    assert dict(zip(records.channels, counted.tolist(), strict=True)) == rows
    assert (numpy.asarray(records["period"]) < numpy.datetime64("2022-01-01")).all()


def test_numpy_has_the_memory_of_chunks_and_joins_them() -> None:
    for records in (many(100_000), poupa.read_attendance(many(100_000).to_ndjson())):
        column = records["count"]
        parts = [numpy.asarray(chunk) for chunk in column.chunks]
        assert len(parts) > 1
        theirs = {
            chunk.buffers()[1].address + 8 * chunk.offset
            for chunk in records.to_arrow()["count"].chunks
        }
        assert theirs >= {part.ctypes.data for part in parts}
        whole = numpy.asarray(column)
        assert (whole == numpy.concatenate(parts)).all()
        assert not any(numpy.shares_memory(whole, part) for part in parts)
        with pytest.raises(ValueError, match="without a copy"):
            numpy.asarray(column, copy=False)
    one = many(500)["count"]
    assert numpy.shares_memory(numpy.asarray(one, copy=False), numpy.asarray(one.chunks[0]))


# -- None of them ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("library", "method"),
    [("pyarrow", "to_arrow"), ("polars", "to_polars"), ("pandas", "to_pandas")],
)
def test_a_library_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, method: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    exporters: list[Any] = [table(), table().rollup("unit"), scan_attendance(LINES)]
    for exporter in exporters:
        with pytest.raises(ImportError, match=f"pip install {library}") as caught:
            getattr(exporter, method)()
        assert caught.value.name == library


def test_nothing_of_this_is_imported_by_poupa() -> None:
    import subprocess

    code = """
import sys
import poupa
table = poupa.read_attendance(b'{"period":"2021","service":"rg","channel":"app"}')
assert poupa.Attendance.from_arrow(table) == table
str(table.rollup("channel")), table._repr_html_(), list(table), table["count"].to_list()
wanted = {"numpy", "pyarrow", "pandas", "polars", "duckdb", "tqdm"}
print(sorted(wanted & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_scans_become_frames_too() -> None:
    assert scan_attendance(LINES).to_polars().height == 5
    assert len(scan_attendance(LINES).to_pandas()) == 5
    assert poupa.Attendance.from_arrow(scan_attendance(LINES)) == table()
