"""Where DuckDB runs a pattern itself, it answers as the Python function that stands for Java does."""

import random

import duckdb

from bigdata.sql.hive import library
from bigdata.sql.hive.functions.patterns import FUNCTIONS
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.java.regex import compiled
from bigdata.sql.types import INT, STRING, literal

ATOMS = [*"abcéB1- .", r"\.", r"\s", r"\S", r"\d", r"\w", r"\W", "[a-c]", "[^a]", "[a-z&&[^b]]", r"\p{Alpha}", r"\p{L}"]
ATOMS += ["(?:a|b)", "(a|b)", "(b)", "(?i:A)", "^", "$", r"\b", r"\B", r"\z", "|", "(?i)", "(?s)", r"\Qa.\E", "(?=a)"]
QUANTIFIERS = ["", "", "", "*", "+", "?", "*?", "{2}", "{1,2}"]
#: calls with a text and a pattern, and what comes after them
CALLS = [
    ("regexp", []),
    ("regexp_extract", [Typed("0", INT, 0)]),
    ("regexp_replace", [Typed("'<$0>'", STRING, "<$0>")]),
    ("split", []),
]


RULES = {name: rule for names, rule in FUNCTIONS.items() for name in names.split()}


def answers(connection, known, name, pattern, rest, constant):
    """A function's answers for the texts of the table ``t``."""
    given = Typed(literal(pattern), STRING, pattern if constant else None)
    made = RULES[name].apply([Typed("text", STRING), given, *rest])
    library.define(connection, made.sql, known)
    return connection.execute(f"SELECT {made} FROM t ORDER BY number").fetchall()


def test_duckdb_and_python_agree():
    generator = random.Random(21)
    connection, known, by_duckdb = duckdb.connect(), set(), 0
    texts = ["", "a", "ab\n", "A b", "é", "aéb", "b1-b", "\n", "a\r\nb", "cab.a", "aab baa"]
    rows = ", ".join(f"({number}, {literal(text)})" for number, text in enumerate(texts))
    connection.execute(f"CREATE TABLE t AS FROM (VALUES {rows}) t(number, text)")
    for _ in range(150):
        pattern = "".join(
            atom
            + ("" if atom in ("|", "^", "$") or atom[0:2] in (r"\b", r"\B", "(?") else generator.choice(QUANTIFIERS))
            for atom in generator.choices(ATOMS, k=generator.randint(1, 4))
        )
        by_duckdb += compiled(pattern).re2 is not None
        for name, rest in CALLS:
            fast = answers(connection, known, name, pattern, rest, constant=True)
            slow = answers(connection, known, name, pattern, rest, constant=False)
            assert fast == slow, (name, pattern)
    assert by_duckdb > 75
