"""Attendances added up: groups, filters, rows, and how they are written."""

from __future__ import annotations

import copy
import csv
import datetime
import io
import json
import pickle
import resource
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import poupa
from poupa import Attendance, Period, Rollup, RollupRow
from records import many, table, tables

GROUPS = ["day", "month", "quarter", "half", "year", "unit", "service", "channel"]

# -- Groups ----------------------------------------------------------------------


def test_groups_have_keys_counts_and_means() -> None:
    rollup = table().rollup(by="month,channel")
    assert rollup.by == ("month", "channel")
    assert len(rollup) == 4
    row = rollup[1]
    assert (row.month, row.channel, row.count, row.rows) == ("2021-06", "presencial", 40, 2)
    assert row.keys == ("2021-06", "presencial")
    assert row.wait_s == pytest.approx((37 * 412 + 3 * 12) / 40)
    assert row.service_s == 655
    assert (row.first, row.last) == (Period("2021-06-14"), Period("2021-06-15"))
    assert row.period == Period("2021-06")
    assert not row.wider
    assert rollup[-1].wider
    assert rollup[-1].period == Period("2021")
    assert rollup[0].wait_s is None


@pytest.mark.parametrize(
    "by", ["month,channel", " month , channel ", ["month", "channel"], ("month", "channel")]
)
def test_groups_are_named_in_a_text_or_one_by_one(by: Any) -> None:
    assert table().rollup(by) == table().rollup(by=iter(["month", "channel"]))


@pytest.mark.parametrize("by", ["", " ", (), []])
def test_without_groups_everything_is_added_up(by: Any) -> None:
    (row,) = table().rollup(by)
    assert (row.count, row.rows, row.keys, row.period) == (9161, 5, (), None)
    assert len(row) == 6
    assert len(Attendance().rollup(by)) <= 1


def test_a_key_that_is_not_told_is_none() -> None:
    rollup = table().rollup("unit")
    assert [row.unit for row in rollup] == [None, "itaquera", "santos"]
    assert rollup.to_dicts()[0]["unit"] is None


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"by": "fortnight"}, ValueError, "there is no group 'fortnight'; there are period, day"),
        ({"by": "chanel"}, ValueError, 'did you mean "channel"'),
        ({"by": "month,"}, ValueError, "there is no group"),
        ({"by": "month,day"}, ValueError, "two periods"),
        ({"by": "unit,unit"}, ValueError, "twice"),
        ({"by": "period"}, ValueError, "day, month"),
        ({"by": "organization"}, ValueError, "needs a catalogue"),
        ({"by": [1]}, TypeError, "a group: expected a str, got int"),
        ({"by": 3}, TypeError, "by: expected a str or several"),
        ({"by": "mon\0th"}, ValueError, ""),
        ({"by": ["\ud800"]}, ValueError, ""),
        ({"by": "month", "top": 0}, ValueError, "top: expected 1 to"),
        ({"by": "month", "top": -1}, ValueError, "top: expected 1 to"),
        ({"by": "month", "top": "3"}, TypeError, "top: expected an int, got str"),
        ({"by": "month", "top": 1.5}, TypeError, "top: expected an int, got float"),
        ({"by": "month", "top": 2**64}, ValueError, "top: expected 1 to"),
        ({"by": "month", "where": ["channel"]}, TypeError, "expected a mapping"),
        ({"by": "month", "where": {"chanel": "app"}}, ValueError, "did you mean"),
        ({"by": "month", "where": {"channel": 3}}, TypeError, "where\\['channel'\\]"),
        ({"by": "month", "where": {"channel": [None]}}, TypeError, "got NoneType"),
        ({"by": "month", "where": {"channel": []}}, ValueError, "no value"),
        ({"by": "month", "where": {"period": "2021-H1"}}, ValueError, "2021-S1"),
        ({"by": "month", "where": {"area": "sp"}}, ValueError, "needs a catalogue"),
        ({"by": "month", "catalog": "c.json"}, TypeError, "expected a poupa.Catalog"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(
    options: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as caught:
        table().rollup(**options)
    assert says.replace("\\", "") in str(caught.value)


@given(tables(), st.lists(st.sampled_from(GROUPS[4:]), unique=True, max_size=3))
def test_groups_are_the_sums_of_their_records(records: Attendance, by: list[str]) -> None:
    sums: dict[tuple[str, ...], list[int]] = {}
    for record in records:
        year = record.period.first.year if record.period.first else 0
        values = {"year": f"{year:04}", **record._asdict()}
        key = tuple(values[name] or "" for name in by)
        sums.setdefault(key, []).append(record.count)
    if any(sum(counts) >= 2**63 for counts in sums.values()):
        with pytest.raises(ValueError, match="add up to more than 9223372036854775807"):
            records.rollup(by)
        return
    rollup = records.rollup(by)
    assert {tuple(key or "" for key in row.keys): row.count for row in rollup} == {
        key: sum(counts) for key, counts in sums.items()
    }
    assert rollup.tally.rows == rollup.tally.kept == len(records)
    assert rollup.tally.groups == len(rollup)


# -- Filters ---------------------------------------------------------------------


def test_filters_keep_one_value_or_several() -> None:
    counts = {
        "portal": 9120,
        ("portal", "totem"): 9121,
        "none": None,
    }
    for values, count in counts.items():
        rollup = table().rollup(where={"channel": values})
        assert [row.count for row in rollup] == ([] if count is None else [count])
    both = table().rollup(where={"channel": ["totem", "presencial"], "unit": "santos"})
    assert both[0].count == 1


@pytest.mark.parametrize(
    "period", ["2021-06", Period("2021-06"), poupa.PartialDate("2021-06"), ["2021-06"]]
)
def test_periods_keep_what_lies_in_them(period: Any) -> None:
    rollup = table().rollup("channel", where={"period": period})
    assert [(row.channel, row.count) for row in rollup] == [("portal", 120), ("presencial", 40)]
    assert rollup.tally == (5, 3, 1, 1, 0, 2)
    assert rollup.tally.cut == 1


def test_dates_keep_their_day() -> None:
    rollup = table().rollup(where={"period": datetime.date(2021, 6, 14)})
    assert rollup[0].count == 37


def test_a_catalogue_gives_organizations_and_areas(catalog: poupa.Catalog) -> None:
    rollup = table().rollup("organization,digital", catalog=catalog)
    assert [(row.organization, row.digital, row.count) for row in rollup] == [
        ("procon-sp", "digital", 9121),
        ("procon-sp", "in_person", 40),
    ]
    region = catalog.areas["grande-sao-paulo"]
    kept = table().rollup("municipality", where={"area": region}, catalog=catalog)
    assert [(row.municipality, row.count) for row in kept] == [("sao-paulo", 40)]


def test_top_gives_the_largest_first() -> None:
    rollup = many(1000).rollup("unit", top=3)
    assert len(rollup) == 3
    counts = [row.count for row in rollup]
    assert counts == sorted(counts, reverse=True)
    assert rollup.tally.groups == 18


def test_counts_only_leaves_means_out() -> None:
    rows = table().rollup("channel", counts_only=True)
    assert [row.wait_s for row in rows] == [None, None, None]
    assert [row.count for row in rows] == [9120, 40, 1]


# -- Rows and rollups ------------------------------------------------------------


def test_a_row_is_read_by_name_by_index_and_in_order() -> None:
    row = table().rollup("month,channel")[1]
    month, channel, count, rows, wait, service, first, last, wider = row
    assert (month, channel, count, rows) == ("2021-06", "presencial", 40, 2)
    assert (wait, service, wider) == (382, 655, False)
    assert (first, last) == (row.first, row.last)
    assert row["channel"] == row[1] == "presencial"
    assert row["count"] == row[2] == 40
    assert row[-1] is False
    assert row[:2] == ("2021-06", "presencial")
    assert len(row) == 9
    assert row.to_dict() == {
        "month": "2021-06",
        "channel": "presencial",
        "count": 40,
        "rows": 2,
        "wait_s": 382,
        "service_s": 655,
        "first": "2021-06-14",
        "last": "2021-06-15",
        "wider": False,
    }


def test_what_a_row_has_not_is_named() -> None:
    row = table().rollup("channel")[0]
    with pytest.raises(AttributeError, match='did you mean "channel"'):
        _ = row.chanel
    with pytest.raises(KeyError, match="without .*month"):
        row["month"]
    with pytest.raises(IndexError):
        row[7]
    with pytest.raises(AttributeError, match="cannot be changed"):
        row.count = 3
    with pytest.raises(AttributeError, match="cannot be changed"):
        del row.count
    assert not hasattr(row, "__array__")
    assert not hasattr(row, "_private")


def test_rows_are_values() -> None:
    rollup = table().rollup("month,channel")
    for row in rollup:
        for again in (pickle.loads(pickle.dumps(row)), copy.copy(row), copy.deepcopy(row)):
            assert again == row
            assert hash(again) == hash(row)
            assert repr(again) == repr(row)
            assert again.period == row.period
    assert len(set(rollup)) == 4
    assert rollup[0] != rollup[1]
    assert rollup[0] != tuple(rollup[0])
    assert repr(table().rollup("unit")[2]) == (
        "RollupRow(unit='santos', count=1, rows=1, wait_s=None, service_s=None, "
        "first=Period('2021-07-01'), last=Period('2021-07-01'))"
    )


def test_a_rollup_is_a_sequence() -> None:
    rollup = table().rollup("channel")
    assert [row.channel for row in rollup] == ["portal", "presencial", "totem"]
    assert rollup[-1] == rollup[2] == list(rollup)[2]
    assert [row.channel for row in rollup[::-2]] == ["totem", "portal"]
    assert rollup[1] in rollup
    assert next(reversed(rollup)) == rollup[2]
    assert rollup == table().rollup("channel")
    assert rollup != table()[1:].rollup("channel")
    assert rollup != list(rollup)
    assert not table().rollup("channel", where={"unit": "none"})
    for index in (3, -4, 2**70):
        with pytest.raises(IndexError):
            rollup[index]
    with pytest.raises((TypeError, AttributeError)):
        rollup["channel"]  # type: ignore[call-overload]


def test_a_rollup_outlives_its_records(catalog: poupa.Catalog) -> None:
    rollup = many(1000).rollup("unit,organization", catalog=catalog)
    del catalog
    assert sum(row.count for row in rollup) == sum(range(1000))


def test_rollups_copy_but_do_not_pickle() -> None:
    rollup = table().rollup("channel")
    assert copy.copy(rollup) is copy.deepcopy(rollup) is rollup
    with pytest.raises(TypeError, match="to_dicts"):
        pickle.dumps(rollup)
    with pytest.raises(TypeError):
        Rollup(3)  # type: ignore[arg-type]


# -- Written ---------------------------------------------------------------------


def test_json_csv_and_lines_say_the_same(tmp_path: Path) -> None:
    rollup = table().rollup("month,channel")
    document = json.loads(rollup.to_json())
    assert document["by"] == ["month", "channel"]
    assert document["rows"] == 5
    assert len(document["groups"]) == 3
    assert len(document["wider"]) == 1
    lines = [json.loads(line) for line in rollup.to_ndjson().splitlines()]
    assert [{"wider": False, **line} for line in lines] == rollup.to_dicts()
    cells = list(csv.DictReader(io.StringIO(rollup.to_csv())))
    assert [int(row["count"]) for row in cells] == [row.count for row in rollup]
    assert list(cells[0]) == list(rollup[0].to_dict())
    assert rollup.to_csv().endswith("true\r\n")
    written = 1
    for name, text in [
        ("csv", rollup.to_csv()),
        ("json", rollup.to_json()),
        ("ndjson", rollup.to_ndjson()),
    ]:
        write = getattr(rollup, f"write_{name}")
        binary, plain, path = io.BytesIO(), io.StringIO(newline=""), tmp_path / name
        for target in (binary, plain, path, str(path)):
            write(target)
        assert binary.getvalue() == path.read_bytes() == plain.getvalue().encode()
        assert path.read_bytes().decode() == text
        with pytest.raises(TypeError, match="a path or a file object"):
            write(3)
        with pytest.raises(FileNotFoundError) as caught:
            write(tmp_path / "none" / name)
        assert isinstance(caught.value, poupa.FileError)
        assert caught.value.filename == str(tmp_path / "none" / name)
        path.write_text("old")
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
        try:
            with pytest.raises(poupa.FileError, match="File too large"):
                write(path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert path.read_text() == "old"
        assert len(list(tmp_path.iterdir())) == written
        written += 1


def test_a_rollup_prints_as_the_command_does() -> None:
    assert str(table().rollup("month,channel")) == (
        "month    channel     attendances  records  wait  service\n"
        "2021-06  portal              120        1     -        -\n"
        "2021-06  presencial           40        2  6:22    10:55\n"
        "2021-07  totem                 1        1     -        -\n"
        "\n"
        "of wider periods, which are not split:\n"
        "2021     portal             9000        1     -        -"
    )
    assert repr(table().rollup("unit")) == "<poupa.Rollup by unit: 3 groups>"
    assert repr(table().rollup()) == "<poupa.Rollup: 1 group>"
    assert str(table().rollup("unit")).splitlines()[1].startswith("-  ")
    assert str(table().rollup()).startswith("attendances")
    long = str(many(300).rollup("day"))
    assert long.endswith("… and 270 more")
    assert len(long.splitlines()) == 32
    assert str(Attendance().rollup("unit")).splitlines() == [
        "unit  attendances  records  wait  service"
    ]


def test_notebooks_show_rollups() -> None:
    shown = many(300).rollup("day,unit")._repr_html_()
    assert shown.count("<tr>") <= 25
    assert "<th>unit</th>" in shown
    assert "script" not in shown
    assert "<table>" in Attendance().rollup("unit")._repr_html_()


# -- Into a catalogue ------------------------------------------------------------


@pytest.fixture
def measured(catalog: poupa.Catalog) -> poupa.Catalog:
    """A catalogue with indicators of its own."""
    for id, measure, unit in [
        ("people", "flow", "count"),
        ("wait", "mean", "seconds"),
    ]:
        catalog.add(poupa.Indicator(id=id, name=id, measure=measure, unit=unit))
    return catalog


def test_groups_become_metrics(measured: poupa.Catalog) -> None:
    rollup = table().rollup("month,channel", where={"service": "procon-sp"}, catalog=measured)
    before = len(measured.metrics)
    left_out = rollup.add_to(
        measured,
        indicator=measured.indicators["people"],
        wait_indicator="wait",
        prefix="june",
        source=measured.sources[0],
    )
    assert left_out == 1
    assert len(measured.metrics) == before + 4
    metric = measured.metrics["june.2021-06.presencial"]
    assert metric.value == 40
    assert metric.channel_ids == ("presencial",)
    assert metric.service_id == "procon-sp"
    assert metric.source_id == measured.sources[0].id
    assert measured.metrics["june.2021-06.presencial.wait_s"].value == 382


def test_metrics_that_cannot_be_change_nothing(measured: poupa.Catalog) -> None:
    rollup = table().rollup("month,channel")
    before = measured.copy()
    with pytest.raises(poupa.ValidationError, match="none"):
        rollup.add_to(measured, indicator="none")
    with pytest.raises(ValueError, match="is needed"):
        rollup.add_to(measured)
    with pytest.raises(TypeError, match=r"expected a poupa\.Catalog"):
        rollup.add_to({}, indicator="people")  # type: ignore[arg-type]
    rollup.add_to(measured, indicator="people")
    with pytest.raises(poupa.ValidationError):
        rollup.add_to(measured, indicator="people")
    assert len(measured.metrics) == len(before.metrics) + 3


def test_metrics_join_an_edit_that_is_open(measured: poupa.Catalog) -> None:
    rollup = table().rollup("month,channel")
    before = measured.copy()
    with pytest.raises(KeyError), measured.edit():
        rollup.add_to(measured, indicator="people")
        raise KeyError
    assert measured == before
    with measured.edit():
        measured.add(poupa.Unit(id="new", name="New"))
        rollup.add_to(measured, indicator="later")
        measured.add(poupa.Indicator(id="later", name="x", measure="flow", unit="count"))
        with pytest.raises(poupa.ValidationError, match="already"):
            rollup.add_to(measured, wait_indicator="wait", indicator="people")
    assert "new" in measured.units
    assert len(measured.metrics) == len(before.metrics) + 3


def test_row_types_are_public() -> None:
    assert isinstance(table().rollup("unit")[0], RollupRow)
    assert isinstance(table().rollup("unit").tally, poupa.Tally)
