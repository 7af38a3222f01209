"""The Arrow interface, as pyarrow sees it: tables, rollups and scans out, anything in."""

from __future__ import annotations

import ctypes
import datetime
import gc
import signal
import threading
from decimal import Decimal
from typing import Any

import pyarrow
import pytest
from hypothesis import given

import poupa
from poupa import Attendance, read_attendance, scan_attendance
from records import BAD, LINES, many, table, tables

COLUMNS = [
    "period",
    "period_kind",
    "unit",
    "service",
    "channel",
    "count",
    "wait_s",
    "service_s",
]

# -- Out -------------------------------------------------------------------------


def test_a_table_goes_out_whole_and_valid() -> None:
    records = many(9000)[13:] + table()
    out = pyarrow.table(records)
    out.validate(full=True)
    assert out.column_names == COLUMNS
    assert out.num_rows == len(records)
    assert out.schema == pyarrow.schema(records)
    for name, column in records.columns.items():
        values = out[name].to_pylist()
        expected = column.to_list()
        if name == "period":
            expected = [period.first for period in expected]
        assert values == expected
        assert out[name].null_count == column.nulls
    nullable = {field.name for field in out.schema if field.nullable}
    assert nullable == {"unit", "wait_s", "service_s"}


def test_columns_are_the_same_memory() -> None:
    records = many(1000)
    out = pyarrow.table(records)
    ours = memoryview(records["count"].chunks[0])
    theirs = out["count"].chunk(0).buffers()[1]
    assert theirs.address == pyarrow.py_buffer(ours).address
    assert theirs.address % 64 == 0


def test_what_went_out_outlives_everything() -> None:
    records = many(1000)
    out = pyarrow.table(records)
    capsule = records.__arrow_c_stream__()
    del records
    gc.collect()
    out.validate(full=True)
    assert out["count"].to_pylist() == list(range(1000))
    assert pyarrow.RecordBatchReader._import_from_c_capsule(capsule).read_all() == out


def test_every_call_gives_a_fresh_stream() -> None:
    records = table()
    first, second = records.__arrow_c_stream__(), records.__arrow_c_stream__()
    del first
    assert pyarrow.RecordBatchReader._import_from_c_capsule(second).read_all().num_rows == 5
    assert pyarrow.table(records) == pyarrow.table(records)


def test_batches_are_bounded_and_not_empty() -> None:
    records = Attendance.merge([many(1000)] * 600)
    batches = pyarrow.RecordBatchReader.from_stream(records).read_all().to_batches()
    assert sum(batch.num_rows for batch in batches) == 600_000
    assert all(0 < batch.num_rows <= 262_144 for batch in batches)
    assert pyarrow.table(Attendance()).num_rows == 0
    assert pyarrow.table(Attendance()).schema == pyarrow.table(records).schema


@pytest.mark.parametrize("text", [pyarrow.string(), pyarrow.large_string()])
def test_a_requested_schema_turns_dictionaries_into_text(text: pyarrow.DataType) -> None:
    records = many(300)
    names = ("unit", "service", "channel", "period_kind")
    plain = pyarrow.schema(
        [(f.name, text) if f.name in names else f for f in pyarrow.schema(records)]
    )
    capsule = records.__arrow_c_stream__(plain.__arrow_c_schema__())
    out = pyarrow.RecordBatchReader._import_from_c_capsule(capsule).read_all()
    out.validate(full=True)
    for name in names:
        assert out[name].type == text
        assert out[name].to_pylist() == records[name].to_list()
    back = pyarrow.schema(records).__arrow_c_schema__()
    capsule = records.__arrow_c_stream__(requested_schema=back)
    again = pyarrow.RecordBatchReader._import_from_c_capsule(capsule).read_all()
    assert again == pyarrow.table(records)


def test_a_request_may_name_some_columns_and_strange_types() -> None:
    request = pyarrow.schema(
        [("unit", pyarrow.string()), ("count", pyarrow.float64()), ("x", "u1")]
    )
    capsule = table().__arrow_c_stream__(request.__arrow_c_schema__())
    out = pyarrow.RecordBatchReader._import_from_c_capsule(capsule).read_all()
    assert out.column_names == COLUMNS
    assert out.schema.field("unit").type == pyarrow.string()
    assert out.schema.field("count").type == pyarrow.int64()


@pytest.mark.parametrize("request_", [3, "schema", b"", object()])
def test_a_request_is_a_capsule(request_: Any) -> None:
    for exporter in (table(), table().rollup("unit"), scan_attendance(LINES)):
        with pytest.raises((TypeError, ValueError)):
            exporter.__arrow_c_stream__(request_)
    with pytest.raises((TypeError, ValueError)):
        table().__arrow_c_stream__(table().__arrow_c_stream__())


def test_a_rollup_goes_out() -> None:
    rollup = table().rollup("month,channel")
    out = pyarrow.table(rollup)
    out.validate(full=True)
    assert out.schema == pyarrow.schema(rollup)
    assert out["month"].to_pylist() == ["2021-06", "2021-06", "2021-07", "2021"]
    assert out["count"].to_pylist() == [120, 40, 1, 9000]
    assert out["wider"].to_pylist() == [False, False, False, True]
    assert out["first"].to_pylist()[1] == datetime.date(2021, 6, 14)
    by_unit = pyarrow.table(table().rollup("unit"))
    assert by_unit["unit"].to_pylist() == [None, "itaquera", "santos"]
    assert by_unit["wait_s"].to_pylist() == [None, 382.0, None]
    plain = pyarrow.table(
        rollup,
        schema=pyarrow.schema(
            [(f.name, pyarrow.string()) if f.name == "channel" else f for f in out.schema]
        ),
    )
    assert plain.schema.field("channel").type == pyarrow.string()
    assert pyarrow.table(Attendance().rollup("unit")).num_rows == 0


def test_release_may_come_on_any_thread_in_any_order() -> None:
    kept: list[Any] = []
    for _ in range(50):
        records = many(50)
        kept += pyarrow.table(records).columns
        kept.append(records.__arrow_c_stream__())
        kept.append(records["count"].chunks[0])
    kept[::3], kept[1::3] = kept[1::3], kept[::3]
    parts = [kept[i::4] for i in range(4)]
    kept.clear()
    threads = [threading.Thread(target=part.clear) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


CAPSULES: dict[bytes, int] = {b"arrow_schema": 7, b"arrow_array_stream": 3}
"""Where `release` is in the structs of the C interface, in words."""


def test_release_needs_no_lock_of_the_interpreter() -> None:
    """What ctypes calls, runs without it; so does all that these threads do."""
    pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
    pointer_of.restype, pointer_of.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    held_by_us = ctypes.pythonapi.PyGILState_Check
    told: list[poupa.Counts] = []

    def release(capsule: object, name: bytes) -> None:
        at = pointer_of(capsule, name)
        words = ctypes.cast(at, ctypes.POINTER(ctypes.c_void_p))
        assert words[CAPSULES[name]]
        ctypes.CFUNCTYPE(None, ctypes.c_void_p)(words[CAPSULES[name]])(at)
        assert not words[CAPSULES[name]]

    assert ctypes.CDLL(None).PyGILState_Check() == 0
    assert held_by_us() == 1
    for work in range(20):
        records = many(50)
        scan = scan_attendance(many(3000).to_ndjson(), threads=3, progress=told.append)
        capsules = [
            (records.__arrow_c_stream__(), b"arrow_array_stream"),
            (records.__arrow_c_schema__(), b"arrow_schema"),
            (records.rollup("unit").__arrow_c_stream__(), b"arrow_array_stream"),
            (scan.__arrow_c_stream__(), b"arrow_array_stream"),
        ]
        del records, scan
        if work % 2:
            for capsule in capsules:
                release(*capsule)
        else:
            threads = [threading.Thread(target=release, args=capsule) for capsule in capsules]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()


# -- Scans -----------------------------------------------------------------------


def test_a_scan_goes_out_once_as_it_decodes() -> None:
    data = many(1000).to_ndjson()
    scan = scan_attendance(data, batch_rows=300)
    assert pyarrow.schema(scan) == pyarrow.schema(table())
    reader = pyarrow.RecordBatchReader.from_stream(scan)
    with pytest.raises(ValueError, match="once"):
        scan.__arrow_c_stream__()
    with pytest.raises(ValueError, match="once"):
        next(scan)
    batches = list(reader)
    assert [batch.num_rows for batch in batches] == [300, 300, 300, 100]
    for batch in batches:
        batch.validate(full=True)
    assert scan.counts == (1000, 0, 0, len(data))
    scan.close()


def test_a_scan_that_began_goes_on_as_arrow() -> None:
    scan = scan_attendance(many(1000).to_ndjson(), batch_rows=300)
    assert len(next(scan)) == 300
    assert pyarrow.table(scan).num_rows == 700


def test_what_the_stream_of_a_scan_needs_lives_as_long() -> None:
    told: list[poupa.Counts] = []
    data = bytearray(many(20_000).to_ndjson() * 4)
    reader = pyarrow.RecordBatchReader.from_stream(
        scan_attendance(data, progress=lambda counts: told.append(counts), threads=3)
    )
    gc.collect()
    with pytest.raises(BufferError):
        data.clear()
    assert reader.read_all().num_rows == 80_000
    assert told[-1].good == 80_000
    del reader
    gc.collect()
    data.clear()


def test_what_goes_wrong_in_a_stream_comes_out_of_its_consumer() -> None:
    bad = scan_attendance(LINES + BAD, batch_rows=2)
    with pytest.raises(pyarrow.ArrowException, match="count is 0 to"):
        pyarrow.table(bad)

    def fails(counts: poupa.Counts) -> None:
        raise LookupError("enough")

    with pytest.raises((pyarrow.ArrowException, OSError), match="enough"):
        pyarrow.table(scan_attendance(LINES, progress=fails))


@pytest.mark.parametrize("at", range(1, 4))
def test_no_batch_comes_out_where_something_was_raised(at: int) -> None:
    data = many(40_000).to_ndjson()
    told: list[poupa.Counts] = []
    assert read_attendance(data, progress=told.append) == many(40_000)
    calls: list[poupa.Counts] = []

    def fails(counts: poupa.Counts) -> None:
        calls.append(counts)
        if len(calls) == min(at, len(told)):
            raise LookupError("enough")

    with pytest.raises((pyarrow.ArrowException, OSError), match="enough"):
        pyarrow.table(scan_attendance(data, progress=fails))


def test_only_a_scan_of_one_unchecked_source_goes_out(catalog: poupa.Catalog) -> None:
    with pytest.raises(ValueError, match="one source"):
        pyarrow.table(scan_attendance([LINES, LINES]))
    with pytest.raises(ValueError, match="checks ids"):
        pyarrow.table(scan_attendance(LINES, catalog=catalog))


# -- In --------------------------------------------------------------------------


@given(tables())
def test_any_table_survives_arrow(records: Attendance) -> None:
    assert Attendance.from_arrow(records) == records
    out = pyarrow.table(records)
    out.validate(full=True)
    assert Attendance.from_arrow(out) == records
    assert Attendance.from_arrow(out.to_reader(max_chunksize=7)) == records


def arrow(**columns: Any) -> pyarrow.Table:
    """A table of two rows, with other columns in the place of its own."""
    own = {
        "period": pyarrow.array(["2021-06", "2021-S1"]),
        "service": pyarrow.array(["rg", "cnh"]),
        "channel": pyarrow.array(["app", "app"]),
    }
    return pyarrow.table({**own, **columns})


DAYS = [datetime.date(2021, 6, 14), datetime.date(1969, 12, 31)]


@pytest.mark.parametrize(
    "kind",
    [pyarrow.date32(), pyarrow.date64(), pyarrow.timestamp("s", tz="UTC")]
    + [pyarrow.timestamp(unit) for unit in ("s", "ms", "us", "ns")],
)
def test_days_come_in_as_dates_and_timestamps(kind: pyarrow.DataType) -> None:
    array = pyarrow.array(DAYS).cast(kind)
    records = Attendance.from_arrow(arrow(period=array))
    assert [record.period.first for record in records] == DAYS
    assert {str(kind) for kind in records["period_kind"]} == {"day"}


@pytest.mark.parametrize(
    "kind",
    [
        pyarrow.string(),
        pyarrow.large_string(),
        pyarrow.string_view(),
        pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
        pyarrow.dictionary(pyarrow.uint64(), pyarrow.large_string()),
        pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
    ],
)
def test_texts_come_in_in_every_form(kind: pyarrow.DataType) -> None:
    texts = {
        "period": ["2021-06", "2021-S1"],
        "unit": [None, "a-name-that-is-longer-than-twelve"],
        "service": ["rg", "cnh"],
        "channel": ["app", "app"],
    }
    columns = {name: pyarrow.array(values).cast(kind) for name, values in texts.items()}
    records = Attendance.from_arrow(pyarrow.table(columns))
    assert [str(period) for period in records["period"]] == texts["period"]
    for name in ("unit", "service", "channel"):
        assert records[name].to_list() == texts[name]


def test_numbers_come_in_in_every_width() -> None:
    for kind in ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"):
        count = pyarrow.array([100, 0], kind)
        wait = pyarrow.array([None, 7], kind)
        records = Attendance.from_arrow(arrow(count=count, wait_s=wait))
        assert records["count"].to_list() == [100, 0]
        assert records["wait_s"].to_list() == [None, 7]
    for other in (pyarrow.float32(), pyarrow.float64(), pyarrow.decimal128(38, 0)):
        count = pyarrow.array([37, None], "int64").cast(other)
        assert Attendance.from_arrow(arrow(count=count))["count"].to_list() == [37, 1]
    wait = pyarrow.array([12.0, None], "float64")
    assert Attendance.from_arrow(arrow(wait_s=wait))["wait_s"].to_list() == [12, None]
    nothing = pyarrow.nulls(2)
    records = Attendance.from_arrow(arrow(unit=nothing, count=nothing, wait_s=nothing))
    assert records["count"].to_list() == [1, 1]
    assert records.columns["unit"].nulls == records["wait_s"].nulls == 2


def test_slices_and_other_columns_come_in() -> None:
    whole = pyarrow.table(many(5000)).append_column("x", pyarrow.array(range(5000)))
    assert Attendance.from_arrow(whole[1237:1301]) == many(5000)[1237:1301]
    assert Attendance.from_arrow(whole.select(whole.column_names[::-1])) == many(5000)
    assert Attendance.from_arrow(whole.to_batches()[0]) is not None


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"service": pyarrow.array(["rg", None])}, "service"),
        ({"service": pyarrow.array(["rg", "RG"])}, "service"),
        ({"service": pyarrow.array([1, 2])}, "service"),
        ({"period": pyarrow.array(["2021-06", "2021-H1"])}, "period"),
        ({"period": pyarrow.array([datetime.datetime(2021, 6, 14, 12)] * 2)}, "period"),
        ({"period_kind": pyarrow.array(["month", "fortnight"])}, "period_kind"),
        ({"count": pyarrow.array([1, -1])}, "count"),
        ({"count": pyarrow.array([1, 2**63], "uint64")}, "count"),
        ({"count": pyarrow.array([1.5, 2.0])}, "count"),
        ({"count": pyarrow.array([Decimal(2**70), 1], pyarrow.decimal128(38, 0))}, "count"),
        ({"count": pyarrow.array([2, 1]).cast(pyarrow.decimal128(38, 2))}, "count"),
        ({"wait_s": pyarrow.array([1, 2**31])}, "wait_s"),
        ({"wait_s": pyarrow.array([1, 2.5])}, "wait_s"),
        ({"wait_s": pyarrow.array([1, float("nan")])}, "wait_s"),
    ],
)
def test_what_is_no_record_is_refused_with_its_column(columns: dict[str, Any], says: str) -> None:
    with pytest.raises(poupa.ValidationError, match=says) as caught:
        Attendance.from_arrow(arrow(**columns))
    assert caught.value.path == f"/{says}"


def test_columns_that_must_be_there_are_missed() -> None:
    for name in ("period", "service", "channel"):
        with pytest.raises(poupa.ValidationError, match=name):
            Attendance.from_arrow(arrow().drop_columns(name))


@pytest.mark.parametrize("data", [None, 3, [1], LINES, Attendance, {"period": []}])
def test_only_streams_come_in(data: Any) -> None:
    with pytest.raises(TypeError, match="an object with __arrow_c_stream__ or __arrow_c_array__"):
        Attendance.from_arrow(data)


class Exports:
    """What exports one array alone."""

    def __init__(self, *capsules: object) -> None:
        self.capsules = capsules

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, ...]:
        return self.capsules


def test_one_array_comes_in_as_a_stream_of_one_batch() -> None:
    batch = pyarrow.table(table()).combine_chunks().to_batches()[0]
    used = batch.__arrow_c_array__()
    assert Attendance.from_arrow(Exports(*used)) == table()  # type: ignore[arg-type]
    whole = Exports(*batch.to_struct_array()[1:3].__arrow_c_array__())
    assert Attendance.from_arrow(whole) == table()[1:3]  # type: ignore[arg-type]
    fresh = batch.__arrow_c_array__()
    for capsules in (used, fresh[::-1], (fresh[0], None), (fresh[0], used[1]), fresh[:1], ()):
        with pytest.raises((TypeError, ValueError)):
            Attendance.from_arrow(Exports(*capsules))  # type: ignore[arg-type]
    number = pyarrow.array([1]).__arrow_c_array__()
    with pytest.raises(poupa.PoupaError, match="a stream of structs"):
        Attendance.from_arrow(Exports(*number))  # type: ignore[arg-type]


def test_exporters_that_misbehave_are_heard() -> None:
    class Wrong:
        def __init__(self, result: Any) -> None:
            self.result = result

        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            if isinstance(self.result, Exception):
                raise self.result
            return self.result

    with pytest.raises(LookupError):
        Attendance.from_arrow(Wrong(LookupError()))
    used = table().__arrow_c_stream__()
    assert Attendance.from_arrow(Wrong(used)) == table()
    for result in (None, 3, used, table().__arrow_c_schema__()):
        with pytest.raises((TypeError, ValueError)):
            Attendance.from_arrow(Wrong(result))


def test_a_stream_that_fails_is_heard() -> None:
    def batches() -> Any:
        yield pyarrow.table(table()).to_batches()[0]
        raise LookupError("no more")

    reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema(table()), batches())
    with pytest.raises((poupa.PoupaError, LookupError), match="no more"):
        Attendance.from_arrow(reader)


def test_ctrl_c_comes_out_of_a_stream_as_such() -> None:
    def interrupted() -> Any:
        yield pyarrow.table(table()).to_batches()[0]
        deep(20)

    def deep(calls: int) -> None:
        if calls == 0:
            raise KeyboardInterrupt
        deep(calls - 1)  # whose traceback comes before the name of the exception

    def endless() -> Any:
        while True:
            yield pyarrow.table(table()).to_batches()[0]

    def cancels(counts: poupa.Counts) -> None:
        raise KeyboardInterrupt

    schema = pyarrow.schema(table())
    with pytest.raises(KeyboardInterrupt):
        Attendance.from_arrow(pyarrow.RecordBatchReader.from_batches(schema, interrupted()))
    with pytest.raises(KeyboardInterrupt):
        Attendance.from_arrow(scan_attendance(LINES, progress=cancels))
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            Attendance.from_arrow(pyarrow.RecordBatchReader.from_batches(schema, endless()))
    finally:
        signal.signal(signal.SIGALRM, before)
