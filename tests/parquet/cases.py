"""What the tests of Parquet files read, and jobs that read it."""

import pyarrow
import pyarrow.parquet as pq
import pytest

import bigdata
from bigdata import Csv, Job, Parquet, Sum, columnar
from tests.engines.test_conformance import DUCKDB, SPARK

SCHEMA = "shop, n:int, x:float?, note:str?"
BY_ROW = ["--on-error", "skip", "--max-errors", "0"]
ROWS = pytest.param([*DUCKDB.values[0], *BY_ROW], id="duckdb by row")
SPARK_ROWS = pytest.param([*SPARK.values[0], *BY_ROW], id="spark by row", marks=SPARK.marks)
each_way = pytest.mark.parametrize("switches", [DUCKDB, ROWS, SPARK, SPARK_ROWS])
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


def run(job, path, switches=("-r", "duckdb"), **options):
    _, engine, *more = switches
    return bigdata.run(job, path, engine, args=more, **options)


def pairs(job, path, switches=("-r", "duckdb")):
    with run(job, path, switches) as result:
        return list(result)


def by_pyarrow(table, path):
    pq.write_table(table, path, row_group_size=2, compression="zstd")


def column(values, kind):
    return pyarrow.array(values, kind)
