"""Rows that are no records, columns that are missing, and files that are broken."""

import json
import re

import pyarrow
import pyarrow.parquet as pq
import pytest

from bigdata import DecodeError, InputError, Job, Parquet, TaskFailed, TooManyErrors, columnar
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK
from tests.parquet.cases import BY_ROW, TABLE, Records, Totals, by_pyarrow, column, each_way, each_way_here, pairs, run


def spoilt(**values):
    """20 rows in groups of 3, the last but one of them spoilt."""
    row = {"shop": "a", "n": 1, "x": 0.5, "note": "b"}
    return pyarrow.Table.from_pylist([*[row] * 18, {**row, **values}, row])


@pytest.mark.parametrize("switches", [DUCKDB, SPARK])
@pytest.mark.parametrize(
    "values, said",
    [
        ({"shop": None}, "column shop: expected text; got None"),
        ({"n": None}, "column n: expected a whole number of 64 bits; got None"),
        ({"x": float("nan")}, "column x: expected a number; got nan"),
        ({"x": float("inf")}, "column x: expected a number; got inf"),
    ],
    ids=str,
)
def test_a_row_that_is_no_record_fails_the_job_with_its_place(path, switches, values, said):
    pq.write_table(spoilt(**values), path, row_group_size=3)
    for job in (Totals, Records):
        with pytest.raises(DecodeError) as caught:
            run(job, path, switches)
        assert str(caught.value).startswith(
            f"{job.__name__} stage 0: {type(job.RECORDS).__name__} can't read {{'shop':"
        )
        assert str(caught.value).endswith(f": {said}, in {path}, row 19.")


@each_way_here
@pytest.mark.parametrize("value", [None, [], [1.0, None], [float("nan")], [1.0, float("inf")]], ids=repr)
def test_a_row_without_its_list_of_numbers_is_no_record(path, switches, value):
    class Values(Job):
        RECORDS = Parquet("v:floats")

        @columnar("SELECT NULL AS key, v AS value FROM input")
        def mapper(self, _, record):
            yield None, record["v"]

    pq.write_table(pyarrow.table({"v": column([[1.0], [2.0, 3.0], value], pyarrow.list_(pyarrow.float64()))}), path)
    said = re.escape(f"column v: expected numbers between commas; got {value}, in {path}, row 3.")
    with pytest.raises((DecodeError, TooManyErrors), match="1 of 3 records failed" if BY_ROW[0] in switches else said):
        run(Values, path, switches)


@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
def test_a_row_that_is_no_record_can_be_skipped(path, switches):
    pq.write_table(spoilt(shop=None), path, row_group_size=3)
    with run(Totals, path, switches, on_error="skip") as result:
        assert list(result) == [("a", 19)]
        assert result.counters == [{"bigdata": {"records skipped": 1}}]


def test_a_row_that_is_no_record_goes_to_quarantine(tmp_path, path):
    pq.write_table(spoilt(n=None), path, row_group_size=3)
    with run(Totals, path, on_error=f"quarantine {tmp_path / 'bad'}"):
        [line] = [line for file in (tmp_path / "bad").iterdir() for line in file.read_text().splitlines()]
    kept = json.loads(line)
    assert (kept["input"], kept["line"]) == (str(path), 19)
    assert "'n': None" in kept["record"] and "column n: expected" in kept["error"]


@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
def test_a_row_that_the_mapper_fails_on_is_named(path, switches):
    class Inverse(Job):
        RECORDS = Parquet("n:int")

        def mapper(self, _, record):
            yield None, 1 // record["n"]

    pq.write_table(spoilt(n=0), path, row_group_size=3)
    with pytest.raises(TaskFailed, match=rf"ZeroDivisionError.*'n': 0.*, in {path}, row 19\.") as caught:
        run(Inverse, path, switches)
    assert "\n" not in caught.value.message


@each_way_here
@pytest.mark.parametrize("names, missing", [(["n", "x", "note", "Shop"], "shop"), (["shop", "n", "x"], "note")])
def test_a_missing_column_is_refused(path, switches, names, missing):
    pq.write_table(pyarrow.table({name: ["a"] for name in names}), path)
    for job in (Totals, Records):
        with pytest.raises(InputError) as caught:
            run(job, path, switches)
        assert str(caught.value) == (
            f"{path}: expected a column {missing}; its columns are {', '.join(names)}."
            " A job names the columns that it reads in RECORDS."
        )


def test_a_job_without_records_needs_key_and_value(path):
    class Pairs(Job):
        def mapper(self, key, value):
            yield key, value

    by_pyarrow(TABLE, path)
    with pytest.raises(InputError, match="expected a column key; its columns are unread, note,"):
        run(Pairs, path)


def cut(data):
    return data[:-20]


def spoil(data):
    """A file whose footer is right and whose pages are not."""
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    return data[:4] + b"\xff" * (footer - 4) + data[footer:]


BROKEN = {"cut": cut, "spoilt": spoil, "empty": lambda data: b"", "text": lambda data: b"shop,n\na,1\n"}


@each_way
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_not_whole_is_refused(tmp_path, path, switches, broken):
    by_pyarrow(TABLE, path)
    by_pyarrow(TABLE, tmp_path / "whole.parquet")
    path.write_bytes(broken(path.read_bytes()))
    for job in (Totals, Records):
        with pytest.raises(InputError, match=rf"^{path}: not a whole Parquet file \(.*\)\.$") as caught:
            run(job, tmp_path, switches)
        assert "\n" not in str(caught.value)


@each_way
@pytest.mark.parametrize("groups", [0, 2])
def test_a_file_without_rows_gives_nothing(path, switches, groups):
    with pq.ParquetWriter(path, TABLE.schema) as file:
        for _ in range(groups):
            file.write_table(TABLE.slice(0, 0))
    assert pairs(Totals, path, switches) == pairs(Records, path, switches) == []
