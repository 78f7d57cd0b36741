"""How a command line shows rows: as Hive's does, as a table, as CSV, as JSON lines."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bigdata.sql.results import Result
from bigdata.sql.types import HiveType

_LINE_ENDS = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TO_QUOTE = re.compile('[",\n\r]')


def _hive(result: Result, header: bool) -> Iterator[str]:
    """Values with TABs between them."""
    if header:
        yield result.header
    yield from result.lines()


def _table(result: Result, header: bool) -> Iterator[str]:
    """A frame of columns as wide as what they hold."""
    names = [column.name for column in result.columns]
    rows = [[cell.translate(_LINE_ENDS) for cell in row] for row in _cells(result)]
    widths = [max(map(len, column)) for column in zip(names, *rows)]
    border = "+".join(["", *("-" * (width + 2) for width in widths), ""])

    def framed(cells: Sequence[str]) -> str:
        return "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths)) + " |"

    yield border
    if header:
        yield from (framed(names), border)
    yield from map(framed, rows)
    yield border


def _csv(result: Result, header: bool) -> Iterator[str]:
    """Values as Hive prints them, quoted where they must be; NULL is nothing, an empty text is ``""``."""
    missing = [column.is_null().to_pylist() for column in result.table.columns]
    if header:
        yield ",".join(_quoted(column.name) for column in result.columns)
    for row, nulls in zip(_cells(result), zip(*missing)):
        yield ",".join(_quoted(None if null else cell) for cell, null in zip(row, nulls))


def _quoted(text: str | None) -> str:
    if text is None:
        return ""
    return '"' + text.replace('"', '""') + '"' if not text or _TO_QUOTE.search(text) else text


def _json_lines(result: Result, header: bool) -> Iterator[str]:
    """An object a row; its names are a header already. NaN and infinite numbers are texts."""
    names = [json.dumps(column.name, ensure_ascii=False) for column in result.columns]
    kinds = [column.type for column in result.columns]
    for cells, values in zip(_cells(result), result):
        members = (_member(cell, value, kind) for cell, value, kind in zip(cells, values, kinds))
        yield "{" + ", ".join(f"{name}: {member}" for name, member in zip(names, members)) + "}"


def _member(cell: str, value: Any, kind: HiveType) -> str:
    """A value as JSON; one that isn't nested is written as Hive prints it."""
    if value is None:
        return "null"
    if kind.fields:
        return _nested(value, kind)
    if kind.name == "boolean" or (kind.is_number and math.isfinite(value)):
        return cell
    return json.dumps(cell, ensure_ascii=False)


def _nested(value: Any, kind: HiveType) -> str:
    if value is None:
        return "null"
    if kind.name == "array":
        return "[" + ", ".join(_nested(member, kind.members[0]) for member in value) + "]"
    if kind.name == "map":
        pairs = ((json.dumps(str(key), ensure_ascii=False), _nested(held, kind.members[1])) for key, held in value)
        return "{" + ", ".join(f"{key}: {held}" for key, held in pairs) + "}"
    if kind.name == "struct":
        members = ((json.dumps(name), _nested(value[name], member)) for name, member in kind.fields)
        return "{" + ", ".join(f"{name}: {member}" for name, member in members) + "}"
    if kind.name == "uniontype":
        return _nested(value[f"f{value['tag']}"], kind.members[value["tag"]])
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return _member(text.lower() if kind.name == "boolean" else text, value, kind)


def _cells(result: Result) -> Iterator[tuple[str, ...]]:
    """The values of each row, as Hive prints them."""
    columns = [Result([column], result.table.select([place])) for place, column in enumerate(result.columns)]
    return zip(*(column.lines() for column in columns))


FORMATS: Mapping[str, Callable[[Result, bool], Iterator[str]]] = {
    "hive": _hive,
    "table": _table,
    "csv": _csv,
    "json": _json_lines,
}


def lines(result: Result, form: str, header: bool) -> Iterator[str]:
    """The rows of a result as lines.

    :param form: one of :data:`FORMATS`
    :param header: whether the names of columns come first; JSON has them anyway

    >>> import pyarrow
    >>> from bigdata.sql.tables import Column
    >>> from bigdata.sql.types import INT, STRING
    >>> table = pyarrow.table([[7, None], ["a,b", ""]], names=["n", "t"])
    >>> result = Result([Column("n", INT), Column("t", STRING)], table)
    >>> list(lines(result, "csv", header=True))
    ['n,t', '7,"a,b"', ',""']
    >>> list(lines(result, "json", header=False))
    ['{"n": 7, "t": "a,b"}', '{"n": null, "t": ""}']
    """
    return FORMATS[form](result, header)
