"""Scripts: where statements begin and end, and what variables stand for."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata.errors import SqlSyntaxError, UsageError
from bigdata.sql.catalog import Catalog
from bigdata.sql.hive.context import Context
from bigdata.sql.hive.script import Source, statements, substituted


@pytest.fixture
def context(tmp_path):
    return Context(Catalog(str(tmp_path)), lambda query: [])


@pytest.mark.parametrize(
    "script, expected",
    [
        ("", []),
        (" ; ;\n;", []),
        ("SELECT 1", [Source("SELECT 1", 1)]),
        ("SELECT 1;\n\nSELECT\n 2;\nSELECT 3", [Source("SELECT 1", 1), Source("SELECT\n 2", 3), Source("SELECT 3", 5)]),
        ("-- a;\n  -- b\nSELECT 1; -- c\n", [Source("SELECT 1", 3)]),
        ("/* a;\nb */ SELECT 1;", [Source("SELECT 1", 2)]),
        ("SELECT /*+ MAPJOIN(a) */ 1;", [Source("SELECT /*+ MAPJOIN(a) */ 1", 1)]),
        ("SELECT 1 -- one; two\n + 2;", [Source("SELECT 1 -- one; two\n + 2", 1)]),
        ("SELECT 'a;b', \"c;d\", `e;f`; SELECT 2", [Source("SELECT 'a;b', \"c;d\", `e;f`", 1), Source("SELECT 2", 1)]),
        (r"SELECT 'it\'s; one'; SELECT 2", [Source(r"SELECT 'it\'s; one'", 1), Source("SELECT 2", 1)]),
        (r"SELECT split(a, \;) FROM t;", [Source("SELECT split(a, ;) FROM t", 1)]),
        ("SELECT '-- no comment';", [Source("SELECT '-- no comment'", 1)]),
        ("SELECT 1 - -1;", [Source("SELECT 1 - -1", 1)]),
        ("SELECT 'a\nb';\nSELECT 2;", [Source("SELECT 'a\nb'", 1), Source("SELECT 2", 3)]),
    ],
)
def test_statements(script, expected):
    assert list(statements(script)) == expected


def test_a_quote_without_an_end_is_told_with_its_line():
    with pytest.raises(SqlSyntaxError, match="line 2: the quote '"):
        list(statements("SELECT 1;\nSELECT 'a;"))


words = st.sampled_from(["SELECT 1", "SELECT ';'", "-- x;\nSELECT 2", "USE a", 'SELECT `;`, "\\""'])


@given(st.lists(words, max_size=5))
def test_statements_joined_by_semicolons_come_apart_again(texts):
    assert [source.text for source in statements(";\n".join(texts))] == [text.split("\n")[-1] for text in texts]


def test_namespaces(context):
    context.settings["a"], context.variables["a"], context.system["a"] = "conf", "var", "sys"
    assert substituted("${hiveconf:a} ${hivevar:a} ${a} ${system:a}", context) == "conf var var sys"
    assert substituted("${env:HOME} ${system:user.dir}", context) == f"{os.environ['HOME']} {os.getcwd()}"


def test_unknown_variables_stay(context):
    text = "${a} ${hiveconf:b} ${env:NO_SUCH_NAME_1} ${a b} $a ${}"
    assert substituted(text, context) == text


def test_variables_name_others(context):
    context.variables |= {"a": "${b}", "b": "${c}", "c": "1", "name": "c"}
    assert substituted("${a} ${${name}}", context) == "1 1"


def test_a_circle_of_variables_is_told(context):
    context.variables |= {"a": "${b}", "b": "${a}"}
    with pytest.raises(UsageError, match="more than 40 times"):
        substituted("${a}", context)
    context.variables["b"] = "x"
    context.settings["hive.variable.substitute.depth"] = "0"
    with pytest.raises(UsageError, match=r"hive\.variable\.substitute\.depth"):
        substituted("${a}", context)
