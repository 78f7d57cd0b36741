"""Hive's functions that need OVER: ranks, neighbours, the first and the last value of a frame.

Sources: LanguageManual WindowingAndAnalytics; Hive's GenericUDAFLeadLag, GenericUDAFFirstValue, GenericUDAFNTile.
"""

from __future__ import annotations

from collections.abc import Callable

from bigdata.errors import UsageError
from bigdata.sql.hive.functions.rules import Rule, Typed, convert


def _neighbour(name: str) -> Callable[..., str]:
    """``lead`` or ``lag``: the value so many rows on or back, or a default where there is no such row."""

    def sql(
        value: Typed, rows: Typed | None = None, default: Typed | None = None, distinct: str = "", over: str = ""
    ) -> str:
        arguments = [value.sql]
        if rows is not None:
            if rows.constant is not None and not (isinstance(rows.constant, int) and rows.constant >= 0):
                raise UsageError(f"{name} takes a number of rows that isn't negative; got {rows.constant}.")
            arguments.append(rows.sql)
        if default is not None:
            other = convert(default, value.type)
            if other is None:
                raise UsageError(f"The default of {name} is to be {value.type}, as its value is; got {default.type}.")
            arguments.append(other.sql)
        return f"{name}({', '.join(arguments)}){over}"

    return sql


def _edge(name: str) -> Callable[..., str]:
    """``first_value`` or ``last_value``, of all rows of the frame or of those that aren't NULL."""

    def sql(value: Typed, skip: Typed | None = None, distinct: str = "", over: str = "") -> str:
        if skip is not None and not isinstance(skip.constant, bool):
            raise UsageError(f"{name} takes true or false for skipping NULL; got {skip}.")
        nulls = " IGNORE NULLS" if skip is not None and skip.constant else ""
        return f"{name}({value}{nulls}){over}"

    return sql


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "row_number": Rule("-> int", "CAST(row_number(){over} AS INTEGER)", window=True),
    "rank": Rule("-> int", "CAST(rank(){over} AS INTEGER)", window=True),
    "dense_rank": Rule("-> int", "CAST(dense_rank(){over} AS INTEGER)", window=True),
    "percent_rank": Rule("-> double", "percent_rank(){over}", window=True),
    "cume_dist": Rule("-> double", "cume_dist(){over}", window=True),
    "ntile": Rule("int -> int", "CAST(ntile({0}){over} AS INTEGER)", window=True),
    "lead": Rule("any [int, any] -> same", _neighbour("lead"), window=True),
    "lag": Rule("any [int, any] -> same", _neighbour("lag"), window=True),
    "first_value": Rule("any [boolean] -> same", _edge("first_value"), window=True),
    "last_value": Rule("any [boolean] -> same", _edge("last_value"), window=True),
}
