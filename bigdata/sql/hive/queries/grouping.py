"""GROUP BY with ROLLUP, CUBE and GROUPING SETS.

Source: LanguageManual Enhanced Aggregation, Cube, Grouping and Rollup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from bigdata.errors import UsageError
from bigdata.sql.hive.queries.expressions import Expressions
from bigdata.sql.hive.queries.ordering import at_place, is_place
from bigdata.sql.types import VOID

#: what GROUP BY has besides expressions, and where sqlglot keeps it if it stands behind them
_SPECIAL: dict[type[exp.Expr], str] = {
    exp.Rollup: "rollup",
    exp.Cube: "cube",
    exp.GroupingSets: "grouping_sets",
}


@dataclass(frozen=True)
class Grouping:
    """A GROUP BY clause.

    :param keys: the SQL of the expressions that it names
    :param condition: that the rows of its groups must meet; empty if it takes them all
    """

    sql: str = ""
    keys: tuple[str, ...] = ()
    condition: str = ""


def grouping(node: exp.Select, expressions: Expressions, by_place: bool) -> Grouping:
    """The GROUP BY clause of a query.

    :param by_place: whether a number is a place in the SELECT list
    """
    plain, special = members(node)
    if not plain and special is None:
        return Grouping()
    keys = []
    for member in plain:
        if by_place and is_place(member):
            member = at_place(member, node.expressions).unalias()
        key = expressions.typed(member)
        is_constant = key.constant is not None or key.type == VOID
        keys.append(f"CAST({key.sql} AS {key.type.duckdb})" if is_constant else key.sql)
    if isinstance(special, exp.GroupingSets):
        return _sets(keys, [_set(one, expressions) for one in special.expressions])
    listed = ", ".join(keys)
    return Grouping(f" GROUP BY {f'{special.key.upper()} ({listed})' if special else listed}", tuple(keys))


def members(node: exp.Select) -> tuple[list[exp.Expr], exp.Expr | None]:
    """The expressions that GROUP BY names, and what it has besides."""
    group = node.args.get("group")
    if group is None:
        return [], None
    written = [*group.expressions, *(one for kind in _SPECIAL.values() for one in group.args.get(kind) or [])]
    special = next((one for one in written if type(one) in _SPECIAL), None)
    plain = [one for one in written if one is not special and one != exp.Tuple()]
    return plain + (special.expressions if isinstance(special, (exp.Rollup, exp.Cube)) else []), special


def _set(node: exp.Expr, expressions: Expressions) -> list[str]:
    listed = node.expressions if isinstance(node, exp.Tuple) else [node.unnest()]
    return [expressions.typed(member).sql for member in listed]


def _sets(keys: Sequence[str], sets: Sequence[Sequence[str]]) -> Grouping:
    """GROUPING SETS, each once; where a key is in none, all keys are one more, whose groups are left out again.

    DuckDB knows such a key, which is NULL in each group, only so.
    """
    every = tuple(dict.fromkeys(keys or [key for one in sets for key in one]))
    if any(key not in every for one in sets for key in one):
        raise UsageError("an expression of GROUPING SETS is not in GROUP BY. Name it there as well.")
    missing = [key for key in every if not any(key in one for one in sets)]
    several = {frozenset(one): one for one in sets}.values()
    listed = ", ".join(f"({', '.join(one)})" for one in [*several, *([every] if missing else [])])
    condition = f"GROUPING({', '.join(every)}) <> 0" if missing else ""
    return Grouping(f" GROUP BY GROUPING SETS ({listed})", every, condition)
