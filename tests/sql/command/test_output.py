"""`bigdata hive` as a user runs it: what is printed where."""

import json
import re

import pytest

TOOK = re.compile(r"Time taken: \d+\.\d{3} seconds(, Fetched: (\d+) row\(s\))?")


# -- what is printed ------------------------------------------------------------------------------------------------


def test_rows_go_to_stdout_and_the_rest_to_stderr(hive):
    status, printed, errors = hive(
        "-e", "CREATE TABLE t AS SELECT 1 AS a; SELECT a, 'x' FROM t; SELECT a FROM t LIMIT 0"
    )
    assert (status, printed) == (0, ["1\tx"])
    assert errors[::2] == ["OK"] * 3
    assert [TOOK.fullmatch(line)[2] for line in errors[1::2]] == [None, "1", None]


def test_settings_are_no_statements_of_sql(hive):
    assert hive("-e", "SET a=4; SET a; ADD FILE .; RESET") == (0, ["a=4"], [])


@pytest.mark.parametrize("words", [["--header"], ["--hiveconf", "hive.cli.print.header=true"]])
def test_a_header_has_the_names(rows, words):
    assert rows(*words, "-e", "SELECT 1 AS one, 'x' AS `Two`; SET a=4; SET a") == ["one\ttwo", "1\tx", "a=4"]


def test_a_header_has_the_names_of_tables_that_a_query_gives(rows):
    """Configuration Properties, hive.resultset.use.unique.column.names: for ``*``, and where it is written."""
    rows("-e", "CREATE TABLE t AS SELECT 1 AS k, 'a' AS v")

    def header(query, *words):
        return rows("--header", *words, "-e", query)[0].split("\t")

    assert header("SELECT * FROM t") == ["t.k", "t.v"]
    assert header("SELECT a.k, v, a.k AS x, a.k + 1, b.* FROM t a JOIN (SELECT 2 AS y) b") == [
        "a.k",
        "v",
        "x",
        "_c3",
        "b.y",
    ]
    assert header("SELECT k FROM t UNION ALL SELECT k FROM t") == ["_u1.k"]
    assert header("SELECT * FROM t", "--hiveconf", "hive.resultset.use.unique.column.names=false") == ["k", "v"]
    assert header("SELECT * FROM t", "--output-format", "csv") == ["k,v"]


def test_a_script_turns_the_header_on(rows):
    assert rows("-e", "SELECT 1 AS a; SET hive.cli.print.header=true; SELECT 2 AS b") == ["1", "b", "2"]


def test_statements_are_printed_before_their_rows(rows):
    assert rows("-v", "-e", "SELECT\n 1; SELECT 2") == ["SELECT", " 1", "1", "SELECT 2", "2"]


ROW = "SELECT 7 AS n, CAST(NULL AS string) AS t, map('k', array(true)) AS m, 'a,\"b\"' AS q"


@pytest.mark.parametrize(
    "form, expected",
    [
        ("hive", ["n\tt\tm\tq", '7\tNULL\t{"k":[true]}\ta,"b"']),
        ("csv", ["n,t,m,q", '7,,"{""k"":[true]}","a,""b"""']),
        (
            "table",
            [
                "+---+------+--------------+-------+",
                "| n | t    | m            | q     |",
                "+---+------+--------------+-------+",
                '| 7 | NULL | {"k":[true]} | a,"b" |',
                "+---+------+--------------+-------+",
            ],
        ),
    ],
)
def test_rows_are_shown_as_asked(rows, form, expected):
    assert rows("--output-format", form, "--header", "-e", ROW) == expected


def test_json_has_an_object_a_row(rows):
    query = f"{ROW}, 1.50BD AS d, CAST('NaN' AS double) AS f, DATE '2024-02-29' AS day, named_struct('A', 1) AS s"
    (line,) = rows("--output-format", "json", "-e", query)
    assert '"d": 1.50' in line or '"d": 1.5,' in line
    assert json.loads(line) == {
        "n": 7,
        "t": None,
        "m": {"k": [True]},
        "q": 'a,"b"',
        "d": 1.5,
        "f": "NaN",
        "day": "2024-02-29",
        "s": {"a": 1},
    }
