"""AMPLab's Big Data Benchmark in HiveQL gives what DuckDB gives, over data of our generators."""

import random
import re
from pathlib import Path

import duckdb
import pytest

from bigdata import Session
from bigdata.generators import load, write

FOLDER = Path(__file__).parents[2] / "benchmarks" / "amplab"
PAGES, VISITS = 20_000, 16_000
QUERIES = dict(re.findall(r"-- (\d\w)\n(.*?);\n", (FOLDER / "queries.sql").read_text(), re.DOTALL))
LINKS = """
    SELECT count(*) AS totalCount, link AS destPage
    FROM (SELECT unnest(regexp_extract_all(line, 'href="(http[^"]*)"', 1)) AS link FROM documents)
    GROUP BY link ORDER BY link
"""


def documents(urls):
    """Pages that link to pages, some more than once, and to a script."""
    chance = random.Random(1)
    for url in urls:
        links = "".join(f'<a href="{chance.choice(urls)}">é\\</a>' for _ in range(chance.randrange(6)))
        yield f'{url}\t<html><script href="/local.js"/>{links}{links if chance.random() < 0.3 else ""}</html>\n'


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    """DuckDB and a session with the three tables, over the same files."""
    folder = tmp_path_factory.mktemp("amplab")
    write(load("rankings"), PAGES, 1, str(folder / "rankings"))
    write(load("uservisits"), VISITS, 1, str(folder / "uservisits"))
    (folder / "documents").mkdir()
    connection = duckdb.connect()
    tables = {
        "rankings": "{'pageURL': 'VARCHAR', 'pageRank': 'INTEGER', 'avgDuration': 'INTEGER'}",
        "uservisits": "{'sourceIP': 'VARCHAR', 'destURL': 'VARCHAR', 'visitDate': 'DATE', 'adRevenue': 'DOUBLE',"
        " 'userAgent': 'VARCHAR', 'countryCode': 'VARCHAR', 'languageCode': 'VARCHAR', 'searchWord': 'VARCHAR',"
        " 'duration': 'INTEGER'}",
    }
    for name, columns in tables.items():
        connection.execute(
            f"CREATE TABLE {name} AS FROM read_csv('{folder}/{name}/*.csv', header = false, columns = {columns})"
        )
    urls = [url for (url,) in connection.execute("SELECT pageURL FROM rankings LIMIT 300").fetchall()]
    lines = list(documents(urls))
    (folder / "documents" / "part-0").write_text("".join(lines), encoding="utf-8")
    connection.execute("CREATE TABLE documents (line VARCHAR)")
    connection.executemany("INSERT INTO documents VALUES (?)", [[line] for line in lines])
    variables = {"data": str(folder), "scripts": str(FOLDER)}
    with Session("hive", warehouse=folder / "warehouse", variables=variables) as session:
        session.sql((FOLDER / "create.sql").read_text())
        yield connection, session
    connection.close()


@pytest.mark.parametrize("number", QUERIES)
def test_a_query_gives_what_duckdb_gives(engines, number):
    connection, session = engines
    expected = sorted(connection.execute(QUERIES[number]).fetchall())
    found = sorted(session.sql(QUERIES[number]))
    assert expected
    assert [row[0] for row in found] == [row[0] for row in expected]
    for row, right in zip(found, expected, strict=True):
        assert row[1:] == pytest.approx(right[1:])


def test_a_script_counts_the_links_that_duckdb_counts(engines):
    connection, session = engines
    session.sql((FOLDER / "script.sql").read_text())
    expected = connection.execute(LINKS).fetchall()
    assert list(session.sql("SELECT totalCount, destPage FROM url_counts_total ORDER BY destPage")) == expected
    [(pairs, links)] = session.sql("SELECT count(*), sum(cnt) FROM url_counts_partial")
    assert pairs < links == sum(count for count, _ in expected)
