"""Parquet files as input: the same records as from text, by column and by row."""

import csv
import io
import json

import duckdb
import pyarrow
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import CombinedLog, Csv, Job, JsonLines, Pattern, Tsv, columnar
from tests.engines.conformance import assert_same_records
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK
from tests.parquet.cases import (
    BY_ROW,
    ROWS,
    SCHEMA,
    SPARK_ROWS,
    TABLE,
    Records,
    Totals,
    by_pyarrow,
    each_way,
    pairs,
    run,
)

ROWS_WORKERS = pytest.param([*DUCKDB_WORKERS.values[0], *BY_ROW], id="duckdb by row, 2 workers")
each_way_with_workers = pytest.mark.parametrize(
    "switches", [DUCKDB, DUCKDB_WORKERS, ROWS, ROWS_WORKERS, SPARK, SPARK_ROWS]
)


def with_records(job, records):
    """The job with another record format."""
    return type(job.__name__, (job,), {"RECORDS": records})


def by_duckdb(table, path):
    duckdb.from_arrow(table).write_parquet(str(path))


@each_way_with_workers
@pytest.mark.parametrize("write", [by_pyarrow, by_duckdb])
def test_rows_are_records_of_the_columns_that_the_format_names(path, switches, write):
    write(TABLE.drop_columns("Shop"), path)
    wanted = TABLE.select(["shop", "n", "x", "note"]).to_pylist()
    assert_same_records(pairs(Records, path, switches), [(None, row) for row in wanted])


@each_way_with_workers
def test_a_query_reads_the_columns(path, switches):
    by_pyarrow(TABLE, path)
    with run(Totals, path, switches) as result:
        assert sorted(result) == [("", 0), ('"c', 7), ("b", 2**62 + 1)]
        assert (result.stages[0].way in ("columnar", "sql")) == ("--on-error" not in switches)


def as_csv(rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(row.values() for row in rows)
    return text.getvalue()


def as_json(rows):
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def as_tsv(rows):
    return "".join("\t".join("" if value is None else str(value) for value in row.values()) + "\n" for row in rows)


NAMED = "(?P<shop>[^\t]*)\t(?P<n>[^\t]*)\t(?P<x>[^\t]*)\t(?P<note>[^\t]*)"
FORMATS = {
    "Csv": (Csv(SCHEMA), as_csv),
    "Tsv": (Tsv(SCHEMA), as_tsv),
    "JsonLines": (JsonLines(SCHEMA), as_json),
    "Pattern": (Pattern(NAMED, "n:int, x:float?"), as_tsv),
}
ONE_LINE = [{"shop": f"s{n % 3}", "n": n, "x": n / 7 if n % 5 else None, "note": f"é{n}"} for n in range(50)]


@each_way
@pytest.mark.parametrize("records, text", FORMATS.values(), ids=FORMATS)
def test_a_job_gives_the_same_for_text_and_for_parquet(tmp_path, path, switches, records, text):
    (tmp_path / "rows.txt").write_text(text(ONE_LINE), encoding="utf-8")
    pq.write_table(pyarrow.Table.from_pylist(ONE_LINE), path, row_group_size=9)
    for job in (with_records(Totals, records), with_records(Records, records)):
        assert_same_records(pairs(job, path, switches), pairs(job, tmp_path / "rows.txt", switches))


SOME_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
SOME_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "shop": SOME_TEXT,
            "n": st.integers(-(2**63), 2**63 - 1),
            "x": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "note": st.none() | SOME_TEXT,
        }
    ),
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(SOME_ROWS, st.integers(1, 4), st.booleans(), st.booleans())
def test_rows_are_those_of_json_lines(tmp_path_factory, rows, group, by_row, dictionary):
    directory = tmp_path_factory.mktemp("rows")
    (directory / "rows.json").write_text(as_json(rows))
    schema = pyarrow.schema({"shop": "string", "n": "int64", "x": "float64", "note": "string"})
    table = pyarrow.Table.from_pylist(rows, schema)
    pq.write_table(table, directory / "rows.parquet", row_group_size=group, use_dictionary=dictionary)
    switches = [*DUCKDB.values[0], *(BY_ROW if by_row else [])]

    class Same(Job):
        RECORDS = JsonLines(SCHEMA)

        @columnar("SELECT shop AS key, [n] AS value FROM input")
        def mapper(self, _, record):
            yield record["shop"], [record["n"]]

    for job in (Same, with_records(Records, JsonLines(SCHEMA))):
        got, wanted = (pairs(job, directory / f"rows.{form}", switches) for form in ("parquet", "json"))
        assert_same_records(got, wanted)


def test_a_log_format_reads_its_columns_too(path):
    class Bytes(Job):
        RECORDS = CombinedLog()

        def mapper(self, _, record):
            yield record["path"], record["bytes"]

    names = [column.name for column in CombinedLog().columns]
    row = {**dict.fromkeys(names, "-"), "path": "/a", "status": 200, "bytes": None}
    table = pyarrow.Table.from_pylist([row, {**row, "bytes": 5}])
    pq.write_table(table, path)
    assert pairs(Bytes, path) == [("/a", None), ("/a", 5)]
