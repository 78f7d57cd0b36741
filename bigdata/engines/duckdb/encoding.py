"""Encoding the result of a query: in SQL where that gives the bytes that the job's protocol writes, else in Python."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bigdata.aggregators import Aggregator
from bigdata.codecs import key_encoder, pair_encoder
from bigdata.engines.arrays import text_of
from bigdata.engines.columns import plain
from bigdata.explain import encode_or_explain

_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
#: characters that JSON writes as they are
_BARE = r"[ !#-\[\]-~]*"
_SAMPLE = " !#[]^_aZ09~"
#: rows in a batch of a result
_ROWS = 1 << 14


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
        self._in_sql = self._is_json and is_result and query.value_type in _INTEGERS
        #: the column that rows are sorted by; JSON texts that begin lines sort as the lines do
        self.order = "line" if self._in_sql else "name"

    def __call__(self, connection: Any, sql: str, ordered: bool) -> Iterator[Any]:
        """The lines of the result of `sql`, in blocks of bytes; sorted by the key's bytes if `ordered`."""
        if ordered or self._in_sql:
            sql = self.sql(connection, sql) + (f" ORDER BY {self.order}" if ordered else "")
        return map(self.encoded, connection.sql(sql).to_arrow_reader(_ROWS))

    def sql(self, connection: Any, sql: str) -> str:
        """The query that gives lines for the result of `sql`, or keys and values with the keys' bytes."""
        connection.create_function(
            "encode_key",
            lambda key: self._encode_key(plain(key)),
            [self._query.key_type],
            "BLOB",
            null_handling="special",
        )
        condition, text = self._bare_key()
        if self._in_sql:
            rest = "chr(9) || coalesce(value::VARCHAR, 'null') || chr(10)"
            line = f"CASE WHEN {condition} THEN encode({text} || {rest}) ELSE encode_key(key) || encode({rest}) END"
            return f"SELECT {line} AS line FROM ({sql})"
        name = f"CASE WHEN {condition} THEN encode({text}) ELSE encode_key(key) END"
        return f"SELECT {name} AS name, key, value FROM ({sql})"

    def _bare_key(self) -> tuple[str, str]:
        """When a key's JSON is plain to see, and what it is then, in SQL."""
        kind = self._query.key_type if self._is_json else ""
        if kind in _INTEGERS:
            return "key IS NOT NULL", "key::VARCHAR"
        if kind == "VARCHAR":
            return f"regexp_full_match(key, '{_BARE}')", """('"' || key || '"')"""
        if kind == "VARCHAR[]":
            are_bare = f"regexp_full_match(array_to_string(key, ''), '{_BARE}')"
            are_there = "len(key) > 0 AND len(key) = list_count(key)"
            return f"{are_there} AND {are_bare}", """('["' || array_to_string(key, '", "') || '"]')"""
        return "false", "''"

    def encoded(self, batch: Any) -> Any:
        """The lines of a batch of that query's result, as a block of bytes."""
        if self._in_sql:
            return text_of(batch["line"])
        pairs = zip(batch["key"].to_pylist(), batch["value"].to_pylist())
        return b"".join([self._encode(plain(key), self._result(value)) + b"\n" for key, value in pairs])


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


def writes_standard_json(write: Any) -> bool:
    """Whether the protocol writes text, whole numbers, lists and dicts of them as ``json.dumps`` does."""
    encode = pair_encoder(write)
    text = "".join(map(chr, range(128))) + "\u00e9\U0001f600"
    values = (-12, {text: 7, "b": [[text, 0]]})
    try:
        return all(
            encode(key, value) == (json.dumps(key).encode(), json.dumps(value).encode())
            for key, value in itertools.product((text, [text, ""]), values)
        )
    except Exception:
        return False  # as above
