"""Row groups are shared among tasks, and come in order."""

import pyarrow
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import Job, Parquet, Sum, parquet
from bigdata.storage import File
from tests.engines.test_conformance import DUCKDB_WORKERS
from tests.parquet.cases import run


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
