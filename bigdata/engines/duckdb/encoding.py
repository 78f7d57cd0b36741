"""Encoding the result of a query: in SQL where that gives the bytes that the job's protocol writes, else in Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from itertools import chain
from typing import Any

from bigdata import kernels
from bigdata.aggregators import Aggregator
from bigdata.arrays import text_of
from bigdata.codecs import key_encoder, pair_encoder, writes_standard_json
from bigdata.engines.columns import plain
from bigdata.explain import encode_or_explain
from bigdata.storage import ahead
from bigdata.twins import literal

_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
#: characters that JSON writes as they are
_BARE = r"[ !#-\[\]-~]*"
_SAMPLE = " !#[]^_aZ09~"
#: rows in a batch of a result
_ROWS = 1 << 13


@dataclass(frozen=True)
class Query:
    """A stage's query, with the SQL types of its two columns."""

    sql: str
    key_type: str
    value_type: str


class Encoder:
    """Makes lines of a query's result, as the protocol method `write` does.

    :param aggregator: makes the values of what the query gives, if the stage has one
    """

    def __init__(self, query: Query, write: Any, label: str, aggregator: Aggregator | None = None) -> None:
        self._query = query
        self._result = plain if aggregator is None else lambda value: aggregator.from_sql(plain(value))
        self._encode_key = key_encoder(write)
        self._encode = encode_or_explain(write, label)
        self._is_json = _writes_json(write)
        is_result = aggregator is None or type(aggregator).from_sql is Aggregator.from_sql
        # standard JSON is ASCII: as text it sorts as its bytes do, which DuckDB does in half the time
        self._is_text = writes_standard_json(write)
        simple = query.value_type in _INTEGERS or self._is_text
        self._value = _as_json(_type(query.value_type), "value") if self._is_json and is_result and simple else None
        self._in_sql = self._value is not None
        #: whether the kernel makes the lines, in :meth:`blocks`
        self.natively = (
            kernels.native is not None
            and self._is_text
            and is_result
            and all(_is_native(_type(kind)) for kind in (query.key_type, query.value_type))
        )
        #: the column that rows are sorted by; JSON texts that begin lines sort as the lines do
        self.order = "line" if self._in_sql else "name"

    def __call__(self, connection: Any, sql: str, ordered: bool) -> Iterator[Any]:
        """The lines of the result of `sql`, in blocks of bytes; sorted by the key's bytes if `ordered`."""
        if ordered or self._in_sql:
            sql = self.sql(connection, sql) + (f" ORDER BY {self.order}" if ordered else "")
        return map(self.encoded, connection.sql(sql).to_arrow_reader(_ROWS))

    def blocks(self, connection: Any, sql: str, threads: int) -> Iterator[Any]:
        """The lines of the result of `sql` in blocks of bytes, in its order, as the kernel makes them in threads."""
        assert kernels.native is not None
        batches = connection.sql(sql).to_arrow_reader(_ROWS)
        return ahead((partial(kernels.native.json_lines, batch) for batch in batches), threads + 1, threads)

    def sql(self, connection: Any, sql: str) -> str:
        """The query that gives lines for the result of `sql`, or keys and values with the keys' bytes."""
        condition, text = self._bare_key()
        if self._value is not None:
            self._function(connection, "encode_line", self._line, self._query.key_type, self._query.value_type)
            bare = self._concatenated(*text, "chr(9)", *self._value.text, "chr(10)")
            other = f"encode_line(key, value::{self._query.value_type})"
            line = f"CASE WHEN {condition} AND {self._value.condition} THEN {bare} ELSE {other} END"
            return f"SELECT {line} AS line FROM ({sql})"
        self._function(connection, "encode_key", lambda key: self._encode_key(plain(key)), self._query.key_type)
        name = f"CASE WHEN {condition} THEN {self._concatenated(*text)} ELSE encode_key(key) END"
        return f"SELECT {name} AS name, key, value FROM ({sql})"

    def _function(self, connection: Any, name: str, function: Callable[..., bytes], *types: str) -> None:
        @wraps(function)  # DuckDB asks how many arguments it takes
        def as_text(*arguments: Any) -> str:
            return function(*arguments).decode("ascii")

        made, result = (as_text, "VARCHAR") if self._is_text else (function, "BLOB")
        connection.create_function(name, made, list(types), result, null_handling="special")

    def _concatenated(self, *texts: str) -> str:
        joined = f"concat({', '.join(texts)})"
        return joined if self._is_text else f"encode({joined})"

    def _line(self, key: Any, value: Any) -> bytes:
        line: bytes = self._encode(plain(key), self._result(plain(value)))
        return line + b"\n"

    def _bare_key(self) -> tuple[str, tuple[str, ...]]:
        """When a key's JSON is plain to see, and the texts that it is made of then, in SQL."""
        kind = self._query.key_type if self._is_json else ""
        if kind in _INTEGERS:
            return "key IS NOT NULL", ("key",)
        if kind == "VARCHAR":
            return f"regexp_full_match(key, '{_BARE}')", ("""'"'""", "key", """'"'""")
        if kind == "VARCHAR[]":
            are_bare = f"regexp_full_match(array_to_string(key, ''), '{_BARE}')"
            are_there = "len(key) > 0 AND len(key) = list_count(key)"
            return f"{are_there} AND {are_bare}", ("""'["'""", """array_to_string(key, '", "')""", """'"]'""")
        return "false", ("''",)

    def encoded(self, batch: Any) -> Any:
        """The lines of a batch of that query's result, as a block of bytes."""
        if self._in_sql:
            return text_of(batch["line"])
        pairs = zip(batch["key"].to_pylist(), batch["value"].to_pylist())
        return b"".join([self._encode(plain(key), self._result(value)) + b"\n" for key, value in pairs])


@dataclass(frozen=True)
class _Json:
    """The JSON of a value in SQL.

    :param text: what it is, one text behind the other
    :param strings: those within it, which must need no escapes
    :param conditions: what else must be so
    """

    text: tuple[str, ...]
    strings: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def condition(self) -> str:
        """When the text is right."""
        bare = (f"regexp_full_match(concat({', '.join(self.strings)}), '{_BARE}')",) if self.strings else ()
        return " AND ".join((*self.conditions, *bare)) or "true"


def _type(name: str) -> Any:
    import duckdb

    return duckdb.sqltype(name)


def _is_native(kind: Any) -> bool:
    """Whether the kernel writes the JSON of a type."""
    if kind.id in ("struct", "list"):
        return all(_is_native(child) for _, child in kind.children)
    return str(kind) in (*_INTEGERS, "BOOLEAN", "DOUBLE", "VARCHAR")


def _as_json(kind: Any, value: str) -> _Json | None:
    """The JSON of an expression of a type, as ``json.dumps`` writes it; ``None`` for types that need Python.

    DuckDB writes numbers as Python does, the shortest text that reads back as the same.
    """
    if str(kind) in (*_INTEGERS, "BOOLEAN"):
        return _Json((f"coalesce({value}::VARCHAR, 'null')",))
    if kind.id == "double":
        return _Json((f"coalesce({value}::VARCHAR, 'null')",), conditions=(f"coalesce(isfinite({value}), true)",))
    if kind.id == "varchar":  # concat leaves nulls out
        begin, end = (f"""if({value} IS NULL, '{null}', '"')""" for null in ("null", ""))
        return _Json((begin, value, end), (value,))
    if kind.id != "struct" or not all(re.fullmatch(_BARE, name) for name, _ in kind.children):
        return None
    is_list = kind.children[0][0] == "0"
    begin, end = "[]" if is_list else "{}"
    items: list[_Json] = []
    text: list[str] = []
    for name, child in kind.children:
        item = _as_json(child, f"struct_extract({value}, {literal(name)})")
        if item is None:
            return None
        before = (", " if items else begin) + ("" if is_list else f'"{name}": ')
        text += [literal(before), *item.text]
        items.append(item)
    return _Json(
        (*text, f"'{end}'"),
        tuple(chain.from_iterable(item.strings for item in items)),
        (f"{value} IS NOT NULL", *chain.from_iterable(item.conditions for item in items)),
    )


def _writes_json(write: Any) -> bool:
    """Whether the protocol writes plain strings in quotes, lists of them as JSON does by default, and whole numbers."""
    encode = pair_encoder(write)
    try:
        return (
            encode(_SAMPLE, -12) == (f'"{_SAMPLE}"'.encode(), b"-12")
            and encode(0, 7) == (b"0", b"7")
            and encode(["a", _SAMPLE], 0)[0] == f'["a", "{_SAMPLE}"]'.encode()
        )
    except Exception:
        return False  # a protocol of the user's own that takes other types: Python encodes each pair
