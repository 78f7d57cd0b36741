"""TPC-H in HiveQL gives what DuckDB gives for the same text in its own dialect, over files of TPC-H's generator."""

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from bigdata import Session

QUERIES = Path(__file__).parents[2] / "benchmarks" / "tpch" / "queries.sql"
TABLES = ("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")
HIVE_TYPES = {"BIGINT": "bigint", "INTEGER": "int", "VARCHAR": "string", "DATE": "date"}


def queries():
    return dict(re.findall(r"-- (\d+)\n(.*?);\n", QUERIES.read_text(), re.DOTALL))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """DuckDB with views, and a session with external tables, over the same Parquet files."""
    folder = tmp_path_factory.mktemp("tpch")
    generator = Path(sys.executable).with_name("tpchgen-cli")
    command = [generator, "parquet", "--scale-factor", "0.01", "--parts", "1", "--output-dir", folder]
    subprocess.run(command, check=True, capture_output=True)
    connection = duckdb.connect()
    with Session("hive", warehouse=folder / "warehouse") as session:
        for table in TABLES:
            connection.execute(f"CREATE VIEW {table} AS FROM read_parquet('{folder}/{table}/*.parquet')")
            columns = ", ".join(
                f"{name} {HIVE_TYPES.get(kind, kind.lower())}"
                for name, kind, *_ in connection.execute(f"DESCRIBE {table}").fetchall()
            )
            session.sql(f"CREATE EXTERNAL TABLE {table} ({columns}) STORED AS PARQUET LOCATION '{folder}/{table}'")
        yield connection, session
    connection.close()


def rounded(rows):
    """Rows whose numbers are rounded: an average of decimals is one in Hive, and a double in DuckDB."""
    return [tuple(round(float(v), 4) if isinstance(v, (float, Decimal)) else v for v in row) for row in rows]


@pytest.mark.parametrize("number", queries())
def test_a_query_gives_what_duckdb_gives(tables, number):
    connection, session = tables
    query = queries()[number]
    expected = rounded(connection.execute(query).fetchall())
    assert rounded(session.sql(query)) == expected
