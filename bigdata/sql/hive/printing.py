"""Values and rows as Hive's command line prints them.

A row is its values with TABs between them. NULL is ``NULL``; a decimal has all the digits of its scale and a char all
its blanks; bytes are text. Nested values are JSON, in which NULL is ``null``, texts and dates are quoted, and decimals
have no zeros at their end.

Sources: Hive's DelimitedJSONSerDe, LazyUtils.writePrimitiveUTF8 and SerDeUtils.getJSONString.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import bigdata.sql.hive.intervals  # noqa: F401  names the texts of intervals, which casts call
from bigdata.sql.hive import casts
from bigdata.sql.hive.library import define, function, macro
from bigdata.sql.serdes.arrow import arrow_type
from bigdata.sql.serdes.delimited import primitive_text
from bigdata.sql.types import INTERVALS, STRING, HiveType, literal

_ROWS = 1 << 14
_ESCAPES = {ord(char): f"\\{name}" for char, name in zip('"\\\b\f\n\r\t', '"\\bfnrt')}
_ESCAPES = {**{code: f"\\u{code:04x}" for code in range(32)}, **_ESCAPES}

macro(
    "hive_json_string(t)",
    r"""CASE WHEN regexp_matches(t, '["\\\x00-\x1f]') THEN hive_json_escaped(t) ELSE '"' || t || '"' END""",
)


@function("hive_json_escaped", ["VARCHAR"], "VARCHAR")
def escaped(text: str) -> str:
    r"""A text in quotes, with what JSON may not hold escaped.

    >>> print(escaped('say "hi"\n'))
    "say \"hi\"\n"
    """
    return f'"{text.translate(_ESCAPES)}"'


def text(sql: str, kind: HiveType) -> str:
    """The SQL of a value as it is printed.

    >>> text("x", HiveType("int"))
    "coalesce(CAST(x AS VARCHAR), 'NULL')"
    """
    if kind.fields:
        return f"coalesce({_nested(sql, kind, 0)}, 'NULL')"
    found = f"hive_binary_text({sql})" if kind.name == "binary" else primitive_text(sql, kind)
    return f"coalesce({found}, 'NULL')"


def json(sql: str, kind: HiveType, depth: int = 0, strict: bool = False) -> str:
    """The SQL of a value as JSON.

    :param depth: how many lists it is in, for the names of lambdas
    :param strict: whether it is JSON indeed, as files need it: bytes and all keys of maps in quotes
    """
    if kind.fields:
        found = _nested(sql, kind, depth, strict)
    elif kind.is_text:
        found = f"hive_json_string({primitive_text(sql, kind)})"
    elif kind.name == "binary" and strict:
        found = f"hive_json_string(hive_binary_text({sql}))"
    elif kind.name == "boolean":
        found = f"CAST({sql} AS VARCHAR)"
    else:
        found = sql if kind.name == "void" else str(casts.cast(sql, kind, STRING))
        if not (kind.is_number or kind.name in ("binary", *INTERVALS)):
            found = f"""'"' || {found} || '"'"""
    return f"coalesce({found}, 'null')"


def _nested(sql: str, kind: HiveType, depth: int, strict: bool = False) -> str:
    e = f"j{depth}"
    if kind.name == "array":
        members = f"list_transform({sql}, lambda {e}: {json(e, kind.members[0], depth + 1, strict)})"
        return f"'[' || array_to_string({members}, ',') || ']'"
    if kind.name == "map":
        key, value = (
            json(f"{e}.{part}", member, depth + 1, strict) for part, member in zip(("key", "value"), kind.members)
        )
        if strict and not kind.members[0].is_text:
            key = f"'\"' || trim({key}, '\"') || '\"'"
        members = f"list_transform(map_entries({sql}), lambda {e}: {key} || ':' || {value})"
        return f"'{{' || array_to_string({members}, ',') || '}}'"
    if kind.name == "struct":
        members = " || ',' || ".join(
            literal(f'"{name}":') + " || " + json(f"struct_extract({sql}, {literal(name)})", member, depth, strict)
            for name, member in kind.fields
        )
        return f"CASE WHEN {sql} IS NOT NULL THEN '{{' || {members} || '}}' END"
    tag = f"struct_extract({sql}, 'tag')"
    choices = " ".join(
        f"WHEN {number} THEN " + json(f"struct_extract({sql}, 'f{number}')", member, depth, strict)
        for number, member in enumerate(kind.members)
    )
    return f"'{{' || {tag} || ':' || CASE {tag} {choices} END || '}}'"


def lines(rows: Any, types: Sequence[HiveType]) -> Iterator[str]:
    """The rows of an Arrow table or stream as Hive prints them.

    :param rows: what DuckDB gives of columns that have the DuckDB types of `types`; they may be text in another's place

    >>> import pyarrow
    >>> from bigdata.sql.types import DOUBLE, INT, array
    >>> list(lines(pyarrow.table([[1e10, None], [[1, None], []]], names=["a", "b"]), [DOUBLE, array(INT)]))
    ['1.0E10\\t[1,null]', 'NULL\\t[]']
    """
    connection = _database().cursor()
    names = [f"c{number}" for number in range(len(types))]
    cells = [text(name, _held(kind, field.type)) for name, kind, field in zip(names, types, rows.schema)]
    sql = f"SELECT {' || chr(9) || '.join(cells)} FROM printed AS p({', '.join(names)})"
    define(connection, sql, _known())
    connection.register("printed", rows)
    try:
        for batch in connection.sql(sql).to_arrow_reader(_ROWS):
            yield from batch.column(0).to_pylist()
    finally:
        connection.unregister("printed")


def _held(kind: HiveType, arrow: Any) -> HiveType:
    """A type with text in the place of what is held as text."""
    import pyarrow

    if kind.name == "array":
        inner = [arrow.value_type]
    elif kind.name == "map":
        inner = [arrow.key_type, arrow.item_type]
    elif kind.fields:
        inner = [arrow.field(place).type for place in range(arrow.num_fields - len(kind.fields), arrow.num_fields)]
    else:
        return kind if kind.is_text or not pyarrow.types.is_string(arrow) else STRING
    fields = tuple((name, _held(member, one)) for (name, member), one in zip(kind.fields, inner))
    return HiveType(kind.name, fields=fields)


def cell(value: Any, kind: HiveType) -> str:
    """A value as Hive prints it.

    >>> from bigdata.sql.types import parse_type
    >>> cell(True, parse_type("boolean")), cell("ab", parse_type("char(4)")), cell(None, parse_type("int"))
    ('true', 'ab  ', 'NULL')
    """
    import pyarrow

    return next(lines(pyarrow.table([pyarrow.array([value], arrow_type(kind))], names=["c"]), [kind]))


@cache
def _database() -> Any:
    """A database of its own, so that printing doesn't disturb a session's."""
    import duckdb

    return duckdb.connect(":memory:", config={"threads": 1})


@cache
def _known() -> set[str]:
    return set()
