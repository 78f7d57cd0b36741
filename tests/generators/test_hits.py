"""hits holds what ClickBench's queries look for, in its columns."""

import re
from pathlib import Path

import pytest

from bigdata.generators import hits
from tests.generators.files import files, records

CREATE = Path(__file__).parents[2] / "benchmarks" / "clickbench" / "create.sql"


@pytest.fixture(scope="module")
def rows():
    made = records(files("hits", 5000)["hits.tsv"], "\t")
    return [dict(zip(hits.COLUMNS, row, strict=True)) for row in made]


def test_columns_are_those_of_the_table():
    assert re.findall(r"(\w+) \w+[,\n]", CREATE.read_text().partition("(\n")[2]) == hits.COLUMNS
    assert len(hits.COLUMNS) == 105


@pytest.mark.parametrize(
    "column, value",
    [
        ("CounterID", "62"),
        ("UserID", "435090932899640449"),
        ("URLHash", "2868770270353813622"),
        ("RefererHash", "3594120000172545465"),
        ("TraficSourceID", "-1"),
        ("SearchPhrase", ""),
        ("Referer", ""),
        ("Title", ""),
    ],
)
def test_some_rows_and_not_all_have_what_queries_look_for(rows, column, value):
    assert 20 < sum(row[column] == value for row in rows) < len(rows) - 20


def test_hashes_tell_texts_apart(rows):
    for hashed, columns in {"URLHash": ["URL"], "UserID": ["ClientIP"]}.items():
        assert len({row[hashed] for row in rows}) == len(
            {tuple(row[name] for name in [hashed, *columns]) for row in rows}
        )
    assert len({row["WatchID"] for row in rows}) == len(rows)


def test_numbers_fit_their_types(rows):
    for name, kind in re.findall(r"(\w+) (smallint|int|bigint)[,\n]", CREATE.read_text()):
        bits = {"smallint": 15, "int": 31, "bigint": 63}[kind]
        assert all(-(1 << bits) <= int(row[name]) < 1 << bits for row in rows), name
