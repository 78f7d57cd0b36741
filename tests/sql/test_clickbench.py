"""ClickBench in HiveQL gives what DuckDB gives in its own dialect, over made-up hits."""

import re
from pathlib import Path

import duckdb
import pytest

from bigdata import Session
from bigdata.generators import load, write

FOLDER = Path(__file__).parents[2] / "benchmarks" / "clickbench"
ROWS = 20_000
DUCKDB_TYPES = {"string": "VARCHAR", "int": "INTEGER"}
#: numbers that queries have for a hundred million rows, and what they are here
THRESHOLDS = {
    "count(*) > 100000": "count(*) > 20",
    "OFFSET 10000": "OFFSET 1",
    "OFFSET 1000": "OFFSET 10",
    "OFFSET 100": "OFFSET 1",
}


def queries(name):
    return dict(re.findall(r"-- (\d+)\n(.*?);\n", (FOLDER / name).read_text(), re.DOTALL))


HIVE = queries("queries.sql")
DUCKDB = HIVE | queries("duckdb.sql")


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """DuckDB and a session with a table each, over one file."""
    folder = tmp_path_factory.mktemp("clickbench")
    write(load("hits"), ROWS, 1, str(folder / "hits"))
    variables = {"hits": str(folder / "hits")}
    with (
        duckdb.connect() as connection,
        Session("hive", warehouse=folder / "warehouse", variables=variables) as session,
    ):
        session.sql((FOLDER / "create.sql").read_text())
        names = re.findall(r"(\w+) (\w+)[,\n]", (FOLDER / "create.sql").read_text().partition("(\n")[2])
        columns = {name: DUCKDB_TYPES.get(kind, kind.upper()) for name, kind in names}
        connection.execute(
            f"CREATE TABLE hits AS FROM read_csv('{folder}/hits/hits.tsv', delim = '\t', header = false, quote = '',"
            f" columns = {columns}, nullstr = '\\N', auto_detect = false)"
        )
        yield connection, session


def certain(query, width):
    """A query with LIMIT whose rows are in a certain order: where its own keys tie, by all of its columns."""
    for threshold, here in THRESHOLDS.items():
        query = query.replace(threshold, here)
    every = ", ".join(map(str, range(1, width + 1)))
    return re.sub(
        r"(ORDER BY [^()]*(?:\([^()]*\)[^()]*)*)? LIMIT",
        lambda found: f"{found[1]}, {every} LIMIT" if found[1] else f" ORDER BY {every} LIMIT",
        query,
    )


@pytest.mark.parametrize("number", HIVE)
def test_a_query_gives_what_duckdb_gives(engines, number):
    connection, session = engines
    width = len(connection.sql(DUCKDB[number]).columns)
    expected = connection.execute(certain(DUCKDB[number], width)).fetchall()
    found = list(session.sql(certain(HIVE[number], width)))
    assert expected
    assert found == expected if "LIMIT" in HIVE[number] else sorted(found) == sorted(expected)
