"""Columnar twins in Spark's dialect of SQL.

sqlglot translates the syntax. It can't know that two engines do other things under one name (``reverse`` of an accent,
``trim`` of a no-break space, ``\\b`` in a regular expression), so this module lets through what a test has found to be
the same in both, over every character of :data:`~bigdata.PLAIN_TEXT`, and refuses all else.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from bigdata.engines.columns import pairs_text, query_text
from bigdata.plan import Stage

_SHAPE = (
    exp.Select, exp.From, exp.Join, exp.Subquery, exp.Table, exp.TableAlias, exp.Identifier, exp.Column, exp.Alias,
    exp.Union, exp.Where, exp.Group, exp.Distinct, exp.With, exp.CTE, exp.Paren, exp.Star, exp.Literal, exp.Boolean,
    exp.Null,
)  # fmt: skip
_OPERATORS = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.In, exp.Between, exp.Case,
    exp.If, exp.Coalesce, exp.Nullif, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg, exp.DPipe,
)  # fmt: skip
_FUNCTIONS = (
    exp.Lower, exp.Length, exp.Left, exp.Right, exp.SplitPart, exp.Replace, exp.Contains, exp.StartsWith, exp.EndsWith,
    exp.StrPosition, exp.Explode, exp.Array, exp.Struct, exp.PropertyEQ, exp.Sum, exp.Count, exp.Min, exp.Max,
    exp.VariancePop, exp.Variance,
)  # fmt: skip
_REGEXES = (exp.RegexpLike, exp.RegexpFullMatch, exp.RegexpExtract, exp.RegexpExtractAll)

#: a token of a regular expression: an escape, a group's head, a bracket, any other character
_TOKEN = re.compile(r"\\[pP]\{\^?\w+\}|\\[pP].|\\x\{\w+\}|\\x\w\w|\\.|\(\?:|\(\?[^:)]*[:)]?|\[:|\[\^?\]?|.", re.DOTALL)
#: what the same token is in Java, where it differs
_JAVA = {".": r"[^\n]", "$": r"\z", r"\s": r"[\t\n\f\r ]", r"\S": r"[^\t\n\f\r ]"}
_JAVA_IN_BRACKETS = {r"\s": r"\t\n\f\r ", "[": r"\[", "&": r"\&"}  # Java nests classes, and joins them by &&
#: escapes that RE2 and Java read alike
_ALIKE = re.compile(r"\\(?:[dDwWtnrfvAz]|[pP]\w|[pP]\{\w+\}|x\w\w|x\{\w+\}|[^\w\s])", re.ASCII)


class Untranslatable(Exception):
    """A query that has no certain equal in Spark SQL; the message says what stands in the way."""


def query_of(stage: Stage, foreign: bool = False) -> str:
    """A stage's query for Spark, as :mod:`bigdata.engines.columns` gives it for DuckDB.

    :raises Untranslatable: saying why
    """
    return translated(query_text(stage, pairs_text(stage, foreign)))


@cache
def translated(sql: str) -> str:
    r"""DuckDB's SQL in Spark's dialect.

    :raises Untranslatable: saying why

    >>> translated(r"SELECT unnest(regexp_extract_all(line, '\w.')) AS key FROM input")
    "SELECT EXPLODE(REGEXP_EXTRACT_ALL(line, '\\\\w[^\\\\n]', 0)) AS key FROM input"
    """
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
        for node in tree.walk():
            if not _is_same(node):
                raise Untranslatable(f"its twin uses {node.sql('duckdb')}, which may be something else in Spark")
        return tree.transform(_java).sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        raise Untranslatable(f"its twin can't be translated for Spark: {str(error).splitlines()[0]}") from None


def _is_same(node: Any) -> bool:
    """Whether a node of a query, apart from those inside it, means the same to DuckDB and to Spark."""
    if isinstance(node, exp.Substring):
        start = node.args["start"]
        return isinstance(start, exp.Literal) and int(start.this) > 0
    if isinstance(node, exp.Split):
        return bool(node.expression.is_string and node.expression.this != "")
    if isinstance(node, exp.Like):
        return node.expression.is_string and "\\" not in node.expression.this
    if isinstance(node, (exp.Cast, exp.DataType)):
        of = node if isinstance(node, exp.Cast) else node.parent
        return isinstance(of, exp.Cast) and of.to.is_type("double") and isinstance(of.this, (exp.Count, exp.Length))
    if isinstance(node, _REGEXES):
        return node.expression.is_string and not {"parameters", "flag", "options"} & {
            name for name, value in node.args.items() if value is not None
        }
    return isinstance(node, (*_SHAPE, *_OPERATORS, *_FUNCTIONS))


def _java(node: exp.Expression) -> exp.Expression:
    """A node with its regular expression in Java's syntax, if it has one."""
    if not isinstance(node, _REGEXES):
        return node
    pattern = java_regex(node.expression.this)
    if isinstance(node, exp.RegexpFullMatch):
        return exp.RegexpLike(this=node.this, expression=exp.Literal.string(rf"\A(?:{pattern})\z"))
    node.set("expression", exp.Literal.string(pattern))
    return node


def java_regex(pattern: str) -> str:
    r"""A regular expression of RE2 as Java reads it.

    :raises Untranslatable: for what has no plain equal: ``\b``, flags, POSIX classes

    >>> java_regex(r"^(\w+)\s.*$")
    '^(\\w+)[\\t\\n\\f\\r ][^\\n]*\\z'
    """
    java, inside = [], False
    for token in _TOKEN.findall(pattern):
        known = _JAVA_IN_BRACKETS if inside else _JAVA
        odd = token == "[:" if inside else token.startswith("(?") and token != "(?:"
        if odd or (token.startswith("\\") and token not in known and not _ALIKE.fullmatch(token)):
            raise Untranslatable(f"{token} in the regular expression {pattern!r} of its twin is something else to Java")
        if not inside and token.startswith("["):
            inside = True
            java.append(token.replace("]", r"\]"))  # "[]" opens a class that holds a bracket
        else:
            inside = inside and token != "]"
            java.append(known.get(token, token))
    return "".join(java)
