"""TPC-H in HiveQL gives what DuckDB gives for the same text in its own dialect, over files of TPC-H's generator."""

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from bigdata import Session

FOLDER = Path(__file__).parents[2] / "benchmarks" / "tpch"
TABLES = ("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")
QUERIES = dict(re.findall(r"-- (\d+)\n(.*?);\n", (FOLDER / "queries.sql").read_text(), re.DOTALL))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """DuckDB with views, and a session with external tables, over the same Parquet files."""
    folder = tmp_path_factory.mktemp("tpch")
    generator = Path(sys.executable).with_name("tpchgen-cli")
    command = [generator, "parquet", "--scale-factor", "0.01", "--parts", "1", "--output-dir", folder]
    subprocess.run(command, check=True, capture_output=True)
    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{folder}/{table}/*.parquet')")
    with Session("hive", warehouse=folder / "warehouse", variables={"data": str(folder)}) as session:
        session.sql((FOLDER / "create.sql").read_text())
        yield connection, session
    connection.close()


def rounded(rows):
    """Rows whose numbers are rounded: an average of decimals is one in Hive, and a double in DuckDB."""
    return [tuple(round(float(v), 4) if isinstance(v, (float, Decimal)) else v for v in row) for row in rows]


@pytest.mark.parametrize("number", QUERIES)
def test_a_query_gives_what_duckdb_gives(tables, number):
    connection, session = tables
    query = QUERIES[number]
    expected = rounded(connection.execute(query).fetchall())
    assert rounded(session.sql(query)) == expected
