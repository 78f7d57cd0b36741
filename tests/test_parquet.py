"""Parquet files as input: the same records as from text, by column and by row; splits, types, and what is refused."""

import csv
import datetime
import decimal
import io
import json
import re

import duckdb
import pyarrow
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import (
    CombinedLog,
    Csv,
    DecodeError,
    InputError,
    Job,
    Join,
    JsonLines,
    Parquet,
    Pattern,
    Sum,
    TaskFailed,
    TooManyErrors,
    Tsv,
    UnsupportedPlan,
    columnar,
    parquet,
)
from bigdata.storage import File
from jobs.line_count import LineCount
from jobs.wordcount import WordCount
from tests.engines.conformance import assert_same_records
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

SCHEMA = "shop, n:int, x:float?, note:str?"
BY_ROW = ["--on-error", "skip", "--max-errors", "0"]
ROWS = pytest.param([*DUCKDB.values[0], *BY_ROW], id="duckdb by row")
ROWS_WORKERS = pytest.param([*DUCKDB_WORKERS.values[0], *BY_ROW], id="duckdb by row, 2 workers")
SPARK_ROWS = pytest.param([*SPARK.values[0], *BY_ROW], id="spark by row", marks=SPARK.marks)
each_way = pytest.mark.parametrize("switches", [DUCKDB, ROWS, SPARK, SPARK_ROWS])
each_way_with_workers = pytest.mark.parametrize(
    "switches", [DUCKDB, DUCKDB_WORKERS, ROWS, ROWS_WORKERS, SPARK, SPARK_ROWS]
)
each_way_here = pytest.mark.parametrize("switches", [DUCKDB, ROWS])

TABLE = pyarrow.table(
    {
        "unread": [[1]] * 5,
        "note": pyarrow.array(["é\n", None, "", "a,b", "😀"]),
        "n": pyarrow.array([1, -2, 2**62, 0, 7]),
        "Shop": pyarrow.nulls(5),
        "shop": ["b", "a", "b", "", '"c'],
        "x": [0.5, None, -1e300, 5e-324, 2.0],
    }
)


class Records(Job):
    RECORDS = Parquet(SCHEMA)

    def mapper(self, _, record):
        yield None, record


class Totals(Job):
    RECORDS = Csv(SCHEMA)
    aggregator = Sum()

    @columnar("SELECT shop AS key, n AS value FROM input WHERE x IS NOT NULL")
    def mapper(self, _, record):
        if record["x"] is not None:
            yield record["shop"], record["n"]


def with_records(job, records):
    """The job with another record format."""
    return type(job.__name__, (job,), {"RECORDS": records})


def run(job, path, switches=("-r", "duckdb"), **options):
    _, engine, *more = switches
    return bigdata.run(job, path, engine, args=more, **options)


def pairs(job, path, switches=("-r", "duckdb")):
    with run(job, path, switches) as result:
        return list(result)


def by_pyarrow(table, path):
    pq.write_table(table, path, row_group_size=2, compression="zstd")


def by_duckdb(table, path):
    duckdb.from_arrow(table).write_parquet(str(path))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.parquet"


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


def column(values, kind):
    return pyarrow.array(values, kind)


DAY = datetime.datetime(2026, 5, 1, 12, 30, 15, 250000)
WHOLE = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]


@each_way_here
@pytest.mark.parametrize(
    "kind, found, wanted",
    [
        *(("int", column([0, 100, None], name), [0, 100, None]) for name in WHOLE),
        ("int", column([-(2**63), 2**63 - 1], "int64"), [-(2**63), 2**63 - 1]),
        ("int", column([None, None], "null"), [None, None]),
        ("int", column([5, 5], "int32").dictionary_encode(), [5, 5]),
        ("float", column([0.5, -0.0, None], "float16"), [0.5, -0.0, None]),
        ("float", column([0.1], "float32"), [0.10000000149011612]),
        ("float", column([0.1, None, 1e308], "float64"), [0.1, None, 1e308]),
        ("float", column([7], "int8"), [7.0]),
        ("float", column([2**53 + 1], "int64"), [2.0**53]),
        ("float", column([decimal.Decimal("12.25"), None], pyarrow.decimal128(6, 2)), [12.25, None]),
        ("floats", column([[1, 2], None, [3]], pyarrow.list_(pyarrow.int32())), [[1.0, 2.0], None, [3.0]]),
        ("floats", column([[0.1], None], pyarrow.large_list(pyarrow.float32())), [[0.10000000149011612], None]),
        (
            "floats",
            column([[1, 2], None, [3, -0.0]], pyarrow.list_(pyarrow.float64(), 2)),
            [[1.0, 2.0], None, [3.0, -0.0]],
        ),
        ("floats", column([[decimal.Decimal("1.50")]], pyarrow.list_(pyarrow.decimal128(6, 2))), [[1.5]]),
        ("floats", column([[2**53 + 1]], pyarrow.list_(pyarrow.int64())), [[2.0**53]]),
        ("floats", column([None, None], "null"), [None, None]),
        ("floats", column([None, None], pyarrow.list_(pyarrow.null())), [None, None]),
        ("str", column(["a", "", None, "é\0"], "string"), ["a", "", None, "é\0"]),
        ("str", column(["a", None], "large_string"), ["a", None]),
        ("str", column(["a", "b", None, "a"], "string").dictionary_encode(), ["a", "b", None, "a"]),
        ("str", column(["é".encode()], "binary"), ["é"]),
        ("str", column([7, None], "int32"), ["7", None]),
        ("str", column([True, False], "bool"), ["true", "false"]),
        ("str", column([decimal.Decimal("12.50")], pyarrow.decimal128(6, 2)), ["12.50"]),
        ("str", column([DAY.date(), None], "date32"), ["2026-05-01", None]),
        ("str", column([DAY], pyarrow.timestamp("us")), ["2026-05-01 12:30:15.250000"]),
        ("str", column([DAY], pyarrow.timestamp("ms", "UTC")), ["2026-05-01 12:30:15.250Z"]),
    ],
    ids=str,
)
def test_a_column_is_of_the_type_that_the_format_says(path, switches, kind, found, wanted):
    class Values(Job):
        RECORDS = Parquet(f"v:{kind}?")

        @columnar("SELECT NULL AS key, [v] AS value FROM input")
        def mapper(self, _, record):
            yield None, [record["v"]]

    pq.write_table(pyarrow.table({"v": found}), path)
    assert_same_records(pairs(Values, path, switches), [(None, [value]) for value in wanted])


@each_way_here
@pytest.mark.parametrize(
    "kind, found, said",
    [
        ("int", column([1.0], "float64"), "expected a whole number of 64 bits; it is double."),
        ("int", column(["1"], "string"), "expected a whole number of 64 bits; it is string."),
        ("int", column([True], "bool"), "expected a whole number of 64 bits; it is bool."),
        ("int", column([DAY], pyarrow.timestamp("us")), "expected a whole number of 64 bits; it is timestamp[us]."),
        ("int", column([decimal.Decimal(1)], pyarrow.decimal128(6, 2)), "it is decimal128(6, 2)."),
        ("int", column([2**63], "uint64"), "it is uint64 (Integer value 9223372036854775808 not in range"),
        ("float", column(["1"], "string"), "expected a number; it is string."),
        ("float", column([True], "bool"), "expected a number; it is bool."),
        ("floats", column([1.5], "float64"), "expected numbers between commas; it is double."),
        ("floats", column(["1,2"], "string"), "expected numbers between commas; it is string."),
        ("floats", column([["1"]], pyarrow.list_(pyarrow.string())), "expected numbers between commas; it is list"),
        ("floats", column([[[1.5]]], pyarrow.list_(pyarrow.list_(pyarrow.float64()))), "it is list"),
        ("float", column([[1.5]], pyarrow.list_(pyarrow.float64())), "expected a number; it is list"),
        ("str", column([["a"]], pyarrow.list_(pyarrow.string())), "expected text; it is list"),
        ("str", column([{"a": 1}], pyarrow.struct({"a": "int64"})), "expected text; it is struct"),
        ("str", column([b"\xff"], "binary"), "expected text; it is binary (Invalid UTF8 payload)."),
    ],
    ids=str,
)
def test_a_column_of_another_type_is_refused(path, switches, kind, found, said):
    class Values(Job):
        RECORDS = Parquet(f"v:{kind}")
        aggregator = Sum()

        @columnar("SELECT v AS key, 1 AS value FROM input")
        def mapper(self, _, record):
            yield record["v"], 1

    pq.write_table(pyarrow.table({"v": found}), path)
    with pytest.raises(InputError) as caught:
        run(Values, path, switches)
    assert str(caught.value).startswith(f"{path}: column v: expected ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


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


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 12), st.integers(1, 5), st.integers(1, 400))
def test_splits_are_all_row_groups_in_order(tmp_path_factory, rows, group, size):
    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    table = pyarrow.table({"key": range(rows), "value": range(rows)})
    pq.write_table(table, path, row_group_size=group)
    whole = pq.read_metadata(path)
    sizes = [whole.row_group(number).total_byte_size for number in range(whole.num_row_groups)]
    found = parquet.splits(File(str(path), path.stat().st_size, "in"), size)
    assert [number for split in found for number in split.groups] == list(range(len(sizes)))
    assert {(split.path, split.compression, split.source) for split in found} == {(str(path), "parquet", "in")}
    assert all(len(split.groups) == 1 or sum(sizes[n] for n in split.groups) <= size for split in found)
    assert sum(split.length for split in found) <= path.stat().st_size
    read = [[pair for batch in parquet.pairs(split, None) for pair in batch] for split in found]
    assert [parquet.rows_before(split) for split in found] == [sum(map(len, read[:n])) for n in range(len(read))]
    assert [pair for batch in read for pair in batch] == [(number, number) for number in range(rows)]


def test_tasks_share_the_row_groups_of_a_large_file(path):
    numbers = pyarrow.array(range(400_000))
    pq.write_table(pyarrow.table({"n": numbers}), path, row_group_size=50_000, compression="none", use_dictionary=False)

    class Count(Job):
        RECORDS = Parquet("n:int")
        aggregator = Sum()

        def mapper_init(self):
            self.increment_counter("tasks", "map")

        def mapper(self, _, record):
            yield record["n"] % 3, record["n"]

    with run(Count, path, DUCKDB_WORKERS.values[0]) as result:
        assert dict(result) == {rest: sum(range(rest, 400_000, 3)) for rest in range(3)}
        assert result.counters[0]["tasks"]["map"] == result.stages[0].tasks["map"] > 1


class Lengths(Job):
    """Reads pairs."""

    def mapper(self, key, value):
        yield value, key


PAIRS = {
    "text": [("é", "a"), ("", "\0")],
    "numbers": [(1, 0.5), (2**62, -0.0)],
    "empty values": [(None, 1), ("a", None)],
    "lists and structs": [([1, 2], {"a": [None, "b"]}), ([], {"a": []})],
}


@pytest.mark.parametrize("switches", [DUCKDB, SPARK])
@pytest.mark.parametrize("wanted", PAIRS.values(), ids=PAIRS)
def test_rows_are_pairs_for_a_job_without_records(path, switches, wanted):
    keys, values = zip(*wanted)
    pq.write_table(pyarrow.table({"value": values, "more": values, "key": keys}), path, row_group_size=1)
    assert_same_records(pairs(Lengths, path, switches), [(value, key) for key, value in wanted])


@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
def test_a_job_reads_the_parts_that_another_wrote(tmp_path, switches):
    (tmp_path / "words.txt").write_text("a b a\nc é a\n" * 3)
    parts = tmp_path / "counts"
    run(WordCount, tmp_path / "words.txt", switches, output=parts, output_format="parquet")
    assert (parts / "_SUCCESS").exists()
    wanted = [("a", 9), ("b", 3), ("c", 3), ("é", 3)]
    assert sorted((word, count) for count, word in pairs(Lengths, parts, switches)) == wanted

    class Counts(Job):
        RECORDS = Parquet("key, value:int")
        aggregator = Sum()

        @columnar("SELECT value AS key, 1 AS value FROM input")
        def mapper(self, _, record):
            yield record["value"], 1

    assert sorted(pairs(Counts, parts, switches)) == [(3, 3), (9, 1)]


@each_way
def test_one_input_of_a_join_may_be_parquet(tmp_path, path, switches):
    class Cities(Job):
        INPUTS = {"orders": Csv("user:int, amount:int"), "users": Parquet("user:int, city")}
        JOIN = Join("orders", "users", on="user")
        aggregator = Sum()

        @columnar("SELECT city AS key, amount AS value FROM input")
        def mapper(self, _, record):
            yield record["city"], record["amount"]

    pq.write_table(pyarrow.table({"city": ["Rome", "Oslo"], "user": pyarrow.array([1, 2], "uint8")}), path)
    (tmp_path / "orders.csv").write_text("user,amount\n1,10\n2,5\n1,7\n3,1\n")
    inputs = {"orders": tmp_path / "orders.csv", "users": path}
    assert sorted(pairs(Cities, inputs, switches)) == [("Oslo", 5), ("Rome", 17)]


def test_a_file_is_whole_to_a_raw_mapper(path):
    by_pyarrow(TABLE, path)
    data = path.read_bytes()
    counts = {"lines": data.count(b"\n"), "words": len(data.split()), "bytes": len(data)}
    assert pairs(LineCount, path) == [("rows.parquet", counts)]


def test_a_format_of_files_reads_no_lines(tmp_path):
    (tmp_path / "rows.csv").write_text("a,1\n")
    with pytest.raises(
        DecodeError, match=r"expected a Parquet file, with a name that ends in \.parquet, in .*, line 1"
    ):
        run(Records, tmp_path)


class TwoInputs(Job):
    INPUTS = {"orders": Csv("user"), "users": Parquet("user")}


@pytest.mark.parametrize("runner", ["inline", "local"])
@pytest.mark.parametrize(
    "job, inputs",
    [(Records, "rows.parquet"), (WordCount, "."), (Lengths, "*"), (TwoInputs, {"orders": "a.csv", "users": "."})],
    ids=["file", "directory", "glob", "named input"],
)
def test_runners_that_read_lines_refuse(path, monkeypatch, runner, job, inputs):
    by_pyarrow(TABLE, path)
    monkeypatch.chdir(path.parent)
    (path.parent / "a.csv").write_text("a\n")
    with pytest.raises(UnsupportedPlan, match=r"rows\.parquet has none\. Use -r duckdb or -r spark\."):
        bigdata.run(job, inputs, runner)
