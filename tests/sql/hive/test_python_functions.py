"""Python functions that a session's queries call."""

import math

import pytest

from bigdata import Session
from bigdata.errors import TaskFailed


def test_floating_numbers_come_as_python_has_them(tmp_path):
    with Session("hive", warehouse=tmp_path) as session:
        session.register("root", lambda x: math.sqrt(x) if x >= 0 else math.nan, ["double"], "double")
        session.register("around", lambda x: [x, math.inf, math.nan], ["double"], "array<double>")
        session.register("both", lambda pairs, n: pairs["a"] + n, ["map<string,int>", "int"], "float")
        session.register("none", lambda: math.e, [], "double")
        lines = session.sql(
            "SELECT root(x), around(x), both(map('a', 1), 2), none()"
            " FROM (SELECT explode(array(4.0D, -1.0D, NULL)) AS x) t"
        ).lines()
        assert list(lines) == [
            "2.0\t[4.0,Infinity,NaN]\t3.0\t2.718281828459045",
            "NaN\t[-1.0,Infinity,NaN]\t3.0\t2.718281828459045",
            "NULL\tNULL\t3.0\t2.718281828459045",
        ]


def test_a_function_cannot_ask_the_session_that_calls_it(tmp_path):
    with Session("hive", warehouse=tmp_path) as session:
        session.register("nested", lambda x: x + len(list(session.sql("SELECT 1"))), ["int"], "int")
        with pytest.raises(TaskFailed, match="connection is busy with another call"):
            session.sql("SELECT nested(1)")
        assert list(session.sql("SELECT 2")) == [(2,)]
