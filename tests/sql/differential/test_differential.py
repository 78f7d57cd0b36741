"""Random queries print on DuckDB what they print on Spark, which reads text by Hive's own SerDe; known differences."""

import re

import pytest

from bigdata import BigdataError, Session
from tests.engines.spark.conftest import MARKS

from . import tables
from .differences import DIFFERENCES
from .generator import Generator, Query

pytestmark = MARKS

SEEDS = range(9)
QUERIES = 40
#: small queries are planned sooner than they are compiled
INTERPRETED = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "1",
}


@pytest.fixture(scope="module")
def engines(spark, tmp_path_factory):
    """A session on DuckDB and one on Spark over the same files."""
    folder = tmp_path_factory.mktemp("differential")
    script = tables.write(folder, seed=7)
    warehouse = spark.conf.get("spark.sql.warehouse.dir")
    with (
        Session("hive", warehouse=folder / "warehouse") as duckdb,
        Session("hive", "spark", warehouse, INTERPRETED) as on,
    ):
        on.sql("CREATE DATABASE differential; USE differential")
        duckdb.sql(script)
        on.sql(script)
        yield duckdb, on
        on.sql("USE default; DROP DATABASE differential CASCADE")


def printed(session: Session, query: Query) -> list[str]:
    """The lines of a query, in an order if it says nothing of it; or its error."""
    try:
        lines = list(session.sql(query.text).lines())
    except BigdataError as error:
        return [f"{type(error).__name__}: {error}"]
    return lines if query.ordered else sorted(lines)


def _trimmed(line: str) -> str:
    """A line without the zeros at the ends of decimals: Hive shows none where a decimal is a constant."""
    return re.sub(r"(\.\d*?)0+(?!\d)", lambda found: found[1].rstrip("."), line)


@pytest.mark.parametrize("seed", SEEDS)
def test_duckdb_prints_what_spark_prints(engines, seed):
    wrong = []
    for query in Generator(seed).queries(QUERIES):
        ours, theirs = (printed(session, query) for session in engines)
        if [_trimmed(line) for line in ours] != [_trimmed(line) for line in theirs]:
            differing = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]][:3]
            wrong.append(f"{query.text}\n{len(ours)} and {len(theirs)} rows; DuckDB and Spark: {differing}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.expressions)
def test_differences_are_as_described(engines, difference):
    query = Query(f"SELECT {difference.expressions} FROM (SELECT 1 AS x UNION ALL SELECT 2) t LIMIT 1")
    assert [printed(session, query) for session in engines] == [[difference.hive], [difference.spark]]
