"""The tokeniser in SQL gives what it gives in Python, over plain text."""

import re

import duckdb
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import PLAIN_TEXT, words
from tests.test_twins import LINES

DUCKDB = duckdb.connect(config={"threads": 1})
PLAIN = st.text(st.from_regex(f"[{PLAIN_TEXT}]", fullmatch=True))


def in_sql(lines):
    DUCKDB.register("input", pyarrow.table({"line": pyarrow.array(lines, pyarrow.string())}))
    return [tokens for (tokens,) in DUCKDB.sql(f"SELECT {words.sql('line')} FROM input").fetchall()]


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("", []),
        (" - \t", []),
        ("The fox's DEN_2", ["the", "fox's", "den_2"]),
        ("'tis — don't", ["'tis", "don't"]),
        ("Grüße, x² ÆTHER", ["grüße", "x²", "æther"]),
    ],
)
def test_words_are_found_in_python_and_in_sql(line, wanted):
    assert words(line) == wanted
    assert in_sql([line]) == [wanted]


@given(LINES)
def test_words_are_those_of_the_regular_expression_in_lower_case(lines):
    for line in lines:
        assert words(line) == [word.lower() for word in re.findall(r"[\w']+", line)]


@settings(deadline=None)
@given(st.lists(PLAIN) | LINES)
def test_sql_equals_python_over_plain_text(lines):
    lines = ["".join(re.findall(f"[{PLAIN_TEXT}]", line)) for line in lines]
    assert in_sql(lines) == [words(line) for line in lines]
