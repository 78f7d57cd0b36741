"""Parquet files of pairs, for jobs without records, joins and raw mappers."""

import pyarrow
import pyarrow.parquet as pq
import pytest

import bigdata
from bigdata import Csv, DecodeError, Job, Join, Parquet, Sum, UnsupportedPlan, columnar
from jobs.line_count import LineCount
from jobs.wordcount import WordCount
from tests.engines.conformance import assert_same_records
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK
from tests.parquet.cases import TABLE, Records, by_pyarrow, each_way, pairs, run


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
