"""Rows as Hive's command line prints them, by what DelimitedJSONSerDe and SerDeUtils.getJSONString say."""

from datetime import date, datetime
from decimal import Decimal

import duckdb
import pyarrow
import pytest

from bigdata.sql.hive.printing import cell, lines
from bigdata.sql.types import parse_type


@pytest.mark.parametrize(
    "kind, value, expected",
    [
        ("int", None, "NULL"),
        ("bigint", -(2**63), "-9223372036854775808"),
        ("boolean", True, "true"),
        ("double", 1e10, "1.0E10"),
        ("double", 100.0, "100.0"),
        ("double", 1e-5, "1.0E-5"),
        ("double", float("nan"), "NaN"),
        ("double", float("-inf"), "-Infinity"),
        ("float", 0.5, "0.5"),
        ("decimal(10,3)", Decimal("1.5"), "1.500"),
        ("decimal(10,3)", Decimal("-0.005"), "-0.005"),
        ("decimal(5,0)", Decimal("7"), "7"),
        ("string", "a\tb\nc", "a\tb\nc"),
        ("string", "", ""),
        ("varchar(5)", "ab ", "ab "),
        ("char(4)", "ab", "ab  "),
        ("binary", b"a\xffb", "a\ufffdb"),
        ("date", date(2015, 1, 2), "2015-01-02"),
        ("timestamp", datetime(2015, 1, 2, 3, 4, 5), "2015-01-02 03:04:05"),
        ("timestamp", datetime(2015, 1, 2, 3, 4, 5, 120000), "2015-01-02 03:04:05.12"),
        ("array<int>", None, "NULL"),
        ("array<int>", [], "[]"),
        ("array<int>", [1, None], "[1,null]"),
        ("array<double>", [1e10], "[1.0E10]"),
        ("array<boolean>", [False, None], "[false,null]"),
        ("array<string>", ['say "hi"', "a\\b", "\n\t\r\b\f", "\x01\x1f", "é/"],
         r'["say \"hi\"","a\\b","\n\t\r\b\f","\u0001\u001f","é/"]'),
        ("array<char(3)>", ["a"], '["a  "]'),
        ("array<decimal(10,3)>", [Decimal("1.500"), Decimal("2.000")], "[1.5,2]"),
        ("array<binary>", [b"ab"], "[ab]"),
        ("array<date>", [date(2015, 1, 2)], '["2015-01-02"]'),
        ("array<timestamp>", [datetime(2015, 1, 2, 3, 4, 5, 500000)], '["2015-01-02 03:04:05.5"]'),
        ("array<array<int>>", [[1], [], None], "[[1],[],null]"),
        ("map<int,string>", [(1, "a"), (2, None)], '{1:"a",2:null}'),
        ("map<string,array<int>>", [("k", [1])], '{"k":[1]}'),
        ("struct<a:int,b:struct<c:string>>", {"a": None, "b": {"c": "x"}}, '{"a":null,"b":{"c":"x"}}'),
        ("struct<a:int>", None, "NULL"),
        ("array<struct<a:map<string,int>>>", [{"a": [("k", 1)]}, None], '[{"a":{"k":1}},null]'),
        ("uniontype<int,array<string>>", {"tag": 1, "f0": None, "f1": ["x"]}, '{1:["x"]}'),
    ],
)  # fmt: skip
def test_a_value_is_printed(kind, value, expected):
    assert cell(value, parse_type(kind)) == expected


def test_rows_are_printed_with_tabs_in_their_order():
    kinds = [parse_type("bigint"), parse_type("string")]
    query = "SELECT i, if(i % 2 = 0, NULL, 'x') FROM range(100000) AS r(i) ORDER BY i DESC"
    expected = [f"{number}\t{'x' if number % 2 else 'NULL'}" for number in range(99999, -1, -1)]
    assert list(lines(duckdb.sql(query).to_arrow_reader(10000), kinds)) == expected
    assert list(lines(duckdb.sql(query).to_arrow_table(), kinds)) == expected
    assert (
        list(lines(pyarrow.table({"a": pyarrow.array([], pyarrow.int64()), "b": pyarrow.array([], "string")}), kinds))
        == []
    )


def test_two_results_are_printed_side_by_side():
    kinds = [parse_type("int")]
    first = lines(pyarrow.table({"a": pyarrow.array(range(40000), pyarrow.int32())}), kinds)
    assert next(first) == "0"
    second = lines(pyarrow.table({"a": pyarrow.array([7], pyarrow.int32())}), kinds)
    assert next(second) == "7"
    assert len(list(first)) == 39999
