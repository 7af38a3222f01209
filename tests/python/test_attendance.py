"""Tables of attendance records: rows, columns, making them, writing them."""

from __future__ import annotations

import copy
import datetime
import gc
import io
import pickle
from pathlib import Path
from typing import Any

import numpy
import pytest
from hypothesis import given

import poupa
from poupa import Attendance, Period, Record
from records import LINES, RECORDS, many, table, tables

# -- Rows ------------------------------------------------------------------------


def test_a_table_is_a_sequence_of_records() -> None:
    records = table()
    assert len(records) == 5
    assert records[0] == Record(
        Period("2021-06-14"), "itaquera", "procon-sp", "presencial", 37, 412, 655
    )
    assert records[-1].period == Period("2021")
    assert records[2].unit is None
    assert [str(r.period) for r in records] == [str(r[0]) for r in RECORDS]
    assert list(reversed(records))[0] == records[4]
    assert records[1] in records
    assert bool(records)
    assert not Attendance()


@pytest.mark.parametrize("index", [5, -6, 2**70, -(2**70)])
def test_there_is_no_row_outside(index: int) -> None:
    with pytest.raises(IndexError, match="of 5"):
        table()[index]


@pytest.mark.parametrize("index", [None, 1.5, b"count", (1, 2)])
def test_only_numbers_slices_and_names_are_looked_up(index: Any) -> None:
    with pytest.raises((TypeError, AttributeError)):
        table()[index]


@pytest.mark.parametrize(
    "part",
    [slice(None), slice(1, 3), slice(-2, None), slice(3, 1), slice(0, 99), slice(4, None)]
    + [slice(None, None, 2), slice(None, None, -1), slice(3, 0, -2)],
)
def test_slices_are_tables(part: slice) -> None:
    records = table()
    cut = records[part]
    assert isinstance(cut, Attendance)
    assert list(cut) == list(records)[part]
    assert cut == Attendance.from_records(RECORDS[part])


def test_iteration_is_indexing_across_segments_and_slabs() -> None:
    parts = many(9000)
    records = Attendance.merge([parts[7:8195], parts[:3], parts[8190:]])
    assert len(records["count"].chunks) >= 3
    listed = list(records)
    assert len(listed) == len(records) == 8188 + 3 + 810
    for row in [0, 1, 4095, 4096, 8187, 8188, 8190, 8191, len(records) - 1]:
        assert listed[row] == records[row]
    assert sum(r.count for r in listed) == sum(records["count"])


@given(tables())
def test_columns_have_the_values_of_the_rows(records: Attendance) -> None:
    rows = [records[row] for row in range(len(records))]
    assert list(records) == rows
    for name in Record._fields:
        assert records[name].to_list() == [getattr(row, name) for row in rows]
    assert records["period_kind"].to_list() == [row.period.kind for row in rows]


def test_tables_are_equal_by_their_records() -> None:
    assert table() == table()
    assert table() != table()[1:]
    assert Attendance() == table()[:0]
    assert table() != RECORDS
    # The order of the dictionaries and the segments do not count.
    assert Attendance.merge([table()[4:], table()[:4]])[1:] == table()[:4]
    with pytest.raises(TypeError, match="unhashable"):
        hash(table())


def test_tables_merge_in_order() -> None:
    records = table()
    assert records[:2] + records[2:] == records
    assert Attendance.merge([]) == Attendance()
    assert len(Attendance.merge([records] * 100)) == 500
    assert (records + many(10)).units[:2] == ("itaquera", "santos")
    with pytest.raises(TypeError):
        records + RECORDS  # type: ignore[operator]
    with pytest.raises(TypeError, match="got list"):
        Attendance.merge([records, RECORDS])  # type: ignore[list-item]


def test_sorting_is_by_period_the_longer_first_and_stable() -> None:
    periods = [str(r.period) for r in table().sort()]
    assert periods == ["2021", "2021-06", "2021-06-14", "2021-06-15", "2021-07-01"]
    made = many(1000)
    keys = sorted(range(1000), key=lambda row: row % 300)
    assert made.sort()["count"].to_list() == keys


# -- Columns ---------------------------------------------------------------------


def address(chunk: memoryview) -> int:
    return int(numpy.asarray(chunk).__array_interface__["data"][0])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("count", "int64"), ("wait_s", "int32"), ("service_s", "int32")],
)
def test_numpy_gets_the_memory_itself(name: str, kind: str) -> None:
    record = ("2021-06", None, "s", "c", 5, 6, 7)
    column = Attendance.from_records([record] * 50)[name]
    array = numpy.asarray(column)
    assert array.dtype == kind
    assert array.__array_interface__["data"][0] == address(column.chunks[0])
    assert address(column.chunks[0]) % 64 == 0
    assert not array.flags.writeable
    assert numpy.asarray(column, copy=False) is not None
    copied = numpy.array(column)
    assert copied.__array_interface__["data"][0] != address(column.chunks[0])
    assert copied.flags.writeable
    assert numpy.asarray(column, dtype="float32").dtype == "float32"


def test_slices_share_the_memory() -> None:
    records = many(1000)
    whole, part = records["count"].chunks[0], records[10:20]["count"].chunks[0]
    assert address(part) == address(whole) + 80
    assert part.tolist() == list(range(10, 20))


def test_memory_outlives_its_table() -> None:
    records = many(1000)
    chunk, array = records["count"].chunks[0], numpy.asarray(records["count"])
    bitmap = records["unit"].validity[0]
    del records
    gc.collect()
    assert chunk[999] == array[999] == 999
    assert bitmap is not None
    assert bitmap[0][0] == 0b10110110


def test_memory_is_read_only() -> None:
    for column in table().columns.values():
        for chunk in column.chunks:
            assert chunk.readonly
            assert chunk.contiguous
            assert len(chunk) == 5
            with pytest.raises(TypeError):
                chunk[0] = 1


def test_what_is_missing_is_nan_or_none_in_numpy() -> None:
    wait = numpy.asarray(table()["wait_s"])
    assert wait.dtype == "float64"
    assert numpy.isnan(wait).tolist() == [False, False, True, True, True]
    assert wait[:2].tolist() == [412, 12]
    unit = numpy.asarray(table()["unit"])
    assert unit.dtype == object
    assert unit.tolist() == ["itaquera", "itaquera", None, "santos", None]
    for name in ("wait_s", "unit", "period"):
        with pytest.raises(ValueError, match="without a copy"):
            numpy.asarray(table()[name], copy=False)


def test_periods_are_first_days_in_numpy() -> None:
    days = numpy.asarray(table()["period"])
    assert days.dtype == "datetime64[D]"
    assert days[2] == numpy.datetime64("2021-06-01")
    early = Attendance.from_records([("0001", None, "s", "c"), ("9999-12-31", None, "s", "c")])
    assert numpy.asarray(early["period"]).tolist() == [
        datetime.date(1, 1, 1),
        datetime.date(9999, 12, 31),
    ]


@given(tables())
def test_numpy_has_the_values_of_the_lists(records: Attendance) -> None:
    assert numpy.asarray(records["count"]).tolist() == records["count"].to_list()
    for name in ("unit", "service", "channel", "period_kind"):
        assert numpy.asarray(records[name]).tolist() == records[name].to_list()
    wait = numpy.asarray(records["wait_s"], dtype=float).tolist()
    assert [None if value != value else value for value in wait] == records["wait_s"].to_list()
    for column in records.columns.values():
        assert column.nulls == sum(value is None for value in column)
        assert len(column) == len(records) == len(numpy.asarray(column))


def test_several_chunks_become_one_array() -> None:
    records = many(10) + many(5)
    assert numpy.asarray(records["count"]).tolist() == [*range(10), *range(5)]
    with pytest.raises(ValueError, match="without a copy"):
        numpy.asarray(records["count"], copy=False)


def test_slots_without_a_value_hold_zero() -> None:
    records = many(100)[3:90]
    for name in ("unit", "wait_s", "service_s"):
        column = records[name]
        for value, slot in zip(column, column.chunks[0], strict=True):
            assert value is not None or slot == 0


def test_a_column_is_a_sequence() -> None:
    count = table()["count"]
    assert count[0] == 37
    assert count[-1] == 9000
    assert count[1:4] == [3, 120, 1]
    assert count[::-2] == [9000, 120, 37]
    assert count.name == "count"
    assert 120 in count
    for index in (5, -6):
        with pytest.raises(IndexError):
            count[index]
    across = (many(10) + many(10))["count"]
    assert [across[row] for row in range(20)] == list(across)
    assert across[8:12] == [8, 9, 0, 1]


def test_columns_come_by_name_in_the_order_of_arrow() -> None:
    columns = table().columns
    assert list(columns) == ["period", "period_kind", *Record._fields[1:]]
    assert columns["unit"].words == table().units == ("itaquera", "santos")
    assert columns["count"].words == ()
    assert table().services == ("procon-sp",)
    assert table().channels == ("presencial", "portal", "totem")
    with pytest.raises(KeyError, match='did you mean "channel"'):
        table()["chanel"]
    with pytest.raises(TypeError):
        columns["count"] = columns["unit"]  # type: ignore[index]


def test_empty_tables_have_empty_columns() -> None:
    for records in (Attendance(), table()[5:]):
        assert list(records) == []
        for column in records.columns.values():
            assert (len(column), column.to_list(), column.nulls) == (0, [], 0)
            assert numpy.asarray(column).shape == (0,)
        assert numpy.asarray(records["count"]).dtype == "int64"
        assert repr(records["count"]) == "<poupa.Column 'count' of 0 rows>"


# -- Making them -----------------------------------------------------------------


def test_records_are_made_of_tuples_mappings_and_dates() -> None:
    day = datetime.date(2021, 6, 14)
    same = [
        Record(Period("2021-06-14"), "itaquera", "rg", "app"),
        ("2021-06-14", "itaquera", "rg", "app"),
        [day, "itaquera", "rg", "app", 1, None, None],
        {"period": day, "unit": "itaquera", "service": "rg", "channel": "app", "floor": 3},
        {"channel": "app", "service": "rg", "unit": "itaquera", "period": "2021-06-14"},
        (day, "itaquera", "rg", "app", numpy.int64(1)),
    ]
    records = Attendance.from_records(iter(same))
    assert set(records) == {same[0]}
    assert Attendance.from_records([("2021", "", "rg", "app")])[0].unit is None
    month = poupa.PartialDate("2021-08")
    assert Attendance.from_records([(month, None, "rg", "app")])[0].period == Period("2021-08")


@pytest.mark.parametrize(
    ("record", "error", "says"),
    [
        (("2021-06", None, "rg"), ValueError, "4 to 7 values"),
        (("2021-06", None, "rg", "app", 1, 2, 3, 4), ValueError, "4 to 7 values"),
        ("2021-06", TypeError, "got str"),
        (7, TypeError, "got int"),
        ((2021, None, "rg", "app"), TypeError, "not int"),
        ((datetime.datetime(2021, 1, 1), None, "rg", "app"), TypeError, "not datetime"),
        (("2021-H1", None, "rg", "app"), ValueError, "2021-S1"),
        (("2021/2022", None, "rg", "app"), ValueError, "period"),
        (("2021", 3, "rg", "app"), TypeError, "unit: expected a str, got int"),
        (("2021", None, None, "app"), TypeError, "service: expected a str, got NoneType"),
        (("2021", None, "RG", "app"), poupa.ValidationError, "service: an id is"),
        (("2021", None, "rg", "app", -1), ValueError, "count"),
        (("2021", None, "rg", "app", 2**63), ValueError, "expected 0 to"),
        (("2021", None, "rg", "app", 1.0), TypeError, "count: expected an int, got float"),
        (("2021", None, "rg", "app", True), TypeError, "got bool"),
        (("2021", None, "rg", "app", 1, 2**31), ValueError, "expected 0 to"),
        (("2021", None, "rg", "app", 1, -1), ValueError, "wait_s"),
        (("2021", None, "rg\0", "app"), ValueError, "NUL"),
        (("2021", None, "\ud800", "app"), ValueError, "surrogates"),
        ({"period": "2021", "unit": "se"}, ValueError, "without service and channel"),
    ],
)
def test_what_is_no_record_is_refused_with_its_place(
    record: object, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says) as caught:
        Attendance.from_records([RECORDS[0], record])
    assert caught.value.__notes__ == ["in record 1, counted from 0"]


def test_what_an_iterable_raises_comes_out() -> None:
    def records() -> Any:
        yield RECORDS[0]
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        Attendance.from_records(records())
    with pytest.raises(TypeError):
        Attendance.from_records(None)  # type: ignore[arg-type]


# -- Writing them ----------------------------------------------------------------


def test_records_are_written_to_paths_and_files(tmp_path: Path) -> None:
    path, text = tmp_path / "a.ndjson", io.StringIO()
    table().write_ndjson(path)
    assert path.read_bytes() == table().to_ndjson()
    assert poupa.read_attendance(path) == poupa.read_attendance(LINES) == table()
    table().write_ndjson(str(path))
    table().write_ndjson(bytes(path))
    with path.open("wb") as file:
        table().write_ndjson(file)
    table().write_ndjson(text)
    assert path.read_text() == text.getvalue()


class Short(io.RawIOBase):
    """An unbuffered file that takes a few bytes at a time."""

    def __init__(self) -> None:
        self.taken = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)[:100]
        self.taken += piece
        return len(piece)


def test_unbuffered_files_get_everything() -> None:
    file = Short()
    many(2000).write_ndjson(file)
    assert file.taken == many(2000).to_ndjson()


def test_a_writer_that_fails_is_heard(tmp_path: Path) -> None:
    class Full:
        def write(self, data: bytes) -> None:
            raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        table().write_ndjson(Full())
    with pytest.raises(FileNotFoundError):
        table().write_ndjson(tmp_path / "none" / "a.ndjson")
    with pytest.raises(TypeError, match="a path or a file object, got int"):
        table().write_ndjson(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="closed"):
        file = io.BytesIO()
        file.close()
        table().write_ndjson(file)


@given(tables())
def test_any_table_survives_json_lines(records: Attendance) -> None:
    again = poupa.read_attendance(records.to_ndjson())
    assert again == records
    assert again.to_ndjson() == records.to_ndjson()


def test_one_record_is_no_plural() -> None:
    assert "<caption>1 record</caption>" in table()[:1]._repr_html_()
    assert "<caption>5 records</caption>" in table()._repr_html_()


def test_tables_are_pickled_and_copied() -> None:
    read = poupa.read_attendance(LINES)
    for records in (table(), many(5000)[17:4000], Attendance(), read):
        again = pickle.loads(pickle.dumps(records))
        assert again == records
        assert again.counts == records.counts
        assert copy.copy(records) == copy.deepcopy(records) == records
        column = records["count"]
        assert copy.copy(column) is copy.deepcopy(column) is column
        with pytest.raises(TypeError, match="a column cannot be pickled"):
            pickle.dumps(column)
    assert pickle.loads(pickle.dumps(read)).counts.blank == 1


# -- Questions -------------------------------------------------------------------


def test_ids_are_checked_against_a_catalogue(catalog: poupa.Catalog) -> None:
    few = table() + many(20)
    unknown = sum(unit not in catalog.units for unit in few.units)
    unknown += sum(service not in catalog.services for service in few.services)
    unknown += sum(channel not in catalog.channels for channel in few.channels)
    assert few.check(catalog).errors == unknown > 0
    report = Attendance.from_records(
        [("2021-06", "itaqera", "procon-sp", "presencial")] * 3
    ).check(catalog)
    found = [f for f in report if "unit" in f.message]
    assert len(found) == 1
    assert 'in 3 rows; did you mean "itaquera"?' in found[0].message
    assert found[0].code == "E2005"
    with pytest.raises(TypeError, match=r"expected a poupa\.Catalog, got dict"):
        table().check({})  # type: ignore[arg-type]


def test_counts_are_rows_where_nothing_was_read() -> None:
    assert table().counts == (5, 0, 0, 0)
    assert poupa.read_attendance(LINES).counts == (5, 0, 1, len(LINES))
    assert (table() + poupa.read_attendance(LINES)).counts == (10, 0, 1, len(LINES))


# -- Print -----------------------------------------------------------------------


def test_tables_show_what_they_are() -> None:
    assert repr(table()) == "<poupa.Attendance of 5 records: 2 units, 1 service, 3 channels>"
    assert repr(table()["count"]) == "<poupa.Column 'count' of 5 rows: 37, 3, 120, 1, 9000>"
    assert repr(many(9)["unit"]).endswith("None, unit-1, unit-2, None, unit-4, …>")


def test_notebooks_show_the_first_rows() -> None:
    shown = many(50)._repr_html_()
    assert shown.count("<tr>") <= 25
    assert "50 records" in shown
    assert "<th>wait_s</th>" in shown
    assert "script" not in shown
