"""Statements that can't be read say where, with a caret under the place."""

import pytest

from bigdata import SqlSyntaxError
from bigdata.sql.hive.dialect import parse


@pytest.mark.parametrize(
    "text, said, pointed",
    [
        ("SELECT a b c", "line 3, column 12: unexpected 'c'", "           ^"),
        ("SELECT a\nFROM t\nGROUP a", "line 5, column 7: unexpected 'a'", "      ^"),
        ("SELECT a FROM t WHERE", "something is missing at 'WHERE'", "                ^"),
        ("SELECT FROM t", "expected columns after SELECT", ""),
        ("INSERT INTO t", "SELECT or VALUES after INSERT", ""),
        ("FOO BAR", "line 3", ""),
    ],
)
def test_a_syntax_error_points_at_its_place(text, said, pointed):
    with pytest.raises(SqlSyntaxError) as raised:
        parse(text, line=3)
    message, *shown = str(raised.value).split("\n")
    assert said in message
    assert not pointed or shown[-1].removeprefix("    ") == pointed
