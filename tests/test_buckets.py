"""Out-of-core grouping and sorting in memory far smaller than the rows."""

import random
from bisect import bisect_right
from collections import Counter

import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import kernels
from bigdata.engines.duckdb import buckets, columnar
from bigdata.engines.duckdb.buckets import range_places
from bigdata.errors import MemoryLimit
from jobs.wordcount import WordCount

SCHEMA = pyarrow.schema([("key", pyarrow.binary()), ("place", pyarrow.int64())])


def batches(keys, rows=1000):
    places = range(len(keys))
    for start in range(0, len(keys), rows):
        columns = [keys[start : start + rows], places[start : start + rows]]
        yield pyarrow.record_batch([pyarrow.array(column) for column in columns], SCHEMA)


@pytest.mark.parametrize("distinct", [1, 5, 50_000], ids=["one key", "few keys", "many keys"])
def test_rows_dealt_out_by_range_come_out_sorted(tmp_path, monkeypatch, distinct):
    monkeypatch.setattr(buckets, "_BY_ITSELF", 0)
    keys = [b"%d" % random.Random(place).randrange(distinct) for place in range(20_000)]
    found = buckets.ordered(lambda: batches(keys), SCHEMA, ["key", "place"], 1 << 30, 32 << 20, str(tmp_path))
    rows = [(row["key"], row["place"]) for batch in found for row in batch.to_pylist()]
    assert rows == sorted(zip(keys, range(len(keys)), strict=True))
    assert not list(tmp_path.glob("bucket-*"))


def test_few_rows_leave_no_bucket_files(tmp_path):
    found = buckets.ordered(lambda: batches([b"b", b"a"]), SCHEMA, ["key", "place"], 100, 32 << 20, str(tmp_path))
    assert [row["key"] for batch in found for row in batch.to_pylist()] == [b"a", b"b"]
    assert not list(tmp_path.glob("bucket-*"))


@pytest.mark.parametrize("reduces", [1, 3])
def test_grouping_in_buckets_gives_what_one_query_gives(tmp_path, monkeypatch, reduces):
    words = [f"w{random.Random(place).randrange(3000)}" for place in range(20_000)] + ["é'", "ünïcode"]
    text = tmp_path / "words.txt"
    text.write_text("\n".join(words), encoding="utf-8")
    monkeypatch.setattr(kernels, "native", None)  # which would count the words itself
    options = {"args": [f"--jobconf=mapreduce.job.reduces={reduces}"]}
    bigdata.run(WordCount, text, output=tmp_path / "plain", **options)

    written = columnar.written

    def refuse_once(*args):
        monkeypatch.setattr(columnar, "written", written)
        raise MemoryLimit("what DuckDB says when its groups don't fit")

    monkeypatch.setattr(columnar, "written", refuse_once)
    dealt = bigdata.run(WordCount, text, output=tmp_path / "dealt", **options)
    assert dict(dealt) == Counter(words)
    for part in sorted((tmp_path / "plain").iterdir()):
        assert part.read_bytes() == (tmp_path / "dealt" / part.name).read_bytes()


@settings(deadline=None)
@given(st.lists(st.binary(max_size=12)), st.lists(st.binary(max_size=12)), st.binary(max_size=4))
def test_ranges_are_those_of_bisect(keys, borders, common):
    borders = sorted({common + border for border in borders})
    keys = keys + [common + key for key in keys] + borders
    places = range_places(pyarrow.array(keys, pyarrow.binary()), borders)
    assert places.tolist() == [bisect_right(borders, key) for key in keys]
