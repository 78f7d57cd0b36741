"""Conditions on the columns of a subquery or view, taken into its WHERE, so that what they leave out isn't opened.

What is taken along is a column that a SELECT list hands through as it is, and a condition that NULL doesn't meet.
DuckDB finds such conditions too, but only after it is said which files are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from bigdata.sql.hive.dialect import changed
from bigdata.sql.hive.queries.ordering import output_name
from bigdata.sql.tables import Column
from bigdata.sql.types import VOID, HiveType

#: gives a table's columns
Columns = Callable[[exp.Table], Sequence[Column]]

#: of what such a condition may be made; none of these is true of NULL
_SIMPLE = (
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In, exp.Between,
    exp.Or, exp.And, exp.Paren, exp.Column, exp.Identifier, exp.Literal,
)  # fmt: skip
#: after which a condition has another meaning than before
_AFTER = ("limit", "offset", "with_", "windows")
_OVER_ROWS = (exp.Window, exp.QueryTransform)


def conjuncts(node: exp.Expr) -> list[exp.Expr]:
    """The conditions that AND joins."""
    if isinstance(node, exp.And):
        return [*conjuncts(node.this), *conjuncts(node.expression)]
    return conjuncts(node.this) if isinstance(node, exp.Paren) else [node]


def is_of(condition: exp.Expr, alias: str, names: Sequence[str]) -> bool:
    """Whether a condition is a simple one about some columns of a relation alone."""
    columns = list(condition.find_all(exp.Column))
    return (
        bool(columns)
        and all(isinstance(part, _SIMPLE) for part in condition.walk())
        and all(one.name.lower() in names and one.table.lower() in ("", alias) for one in columns)
    )


def within(
    query: exp.Expr, conditions: Sequence[exp.Expr], alias: str, names: Sequence[str], columns: Columns
) -> exp.Expr:
    """A query that gives only rows that meet what can be taken into it of some conditions on its columns.

    :param alias: what they call the query
    :param names: what they call its columns; none for their own names
    """
    given = _handed_through(query, columns) if conditions else None
    if given is None:
        return query
    named = [replace(one, name=name) for one, name in zip(given, names)] if names else given
    called = [one.name for one in named]
    known = [one.name for one in named if one.column is not None and called.count(one.name) == 1]
    taken = [one for one in conditions if is_of(one, alias, known)]
    return _with_conditions(query, taken, called, columns) if taken else query


def _with_conditions(
    query: exp.Expr, conditions: Sequence[exp.Expr], names: Sequence[str], columns: Columns
) -> exp.Expr:
    """A query whose rows meet conditions on its columns, whose names there are given."""
    if isinstance(query, exp.Union):
        sides = ("this", "expression")
        made = {side: _with_conditions(query.args[side], conditions, names, columns) for side in sides}
        return changed(query, **made)
    assert isinstance(query, exp.Select)
    held = {name: one.column for name, one in zip(names, _handed_through(query, columns) or [])}

    def within(part: exp.Expr) -> exp.Expr:
        column = held.get(part.name.lower()) if isinstance(part, exp.Column) else None
        return part if column is None else column.copy()

    return query.where(*(one.copy().transform(within) for one in conditions))


@dataclass(frozen=True)
class _Handed:
    """A column of a query.

    :param column: which column within it is; ``None`` for none
    :param type: ``None`` if it isn't known
    """

    name: str
    column: exp.Column | None
    type: HiveType | None = None


def _handed_through(query: exp.Expr, columns: Columns) -> list[_Handed] | None:
    """The columns of a query; ``None`` if they can't be said, or if conditions can't be taken into it."""
    if any(query.args.get(part) for part in _AFTER) or query.find(exp.TableSample):
        return None
    if isinstance(query, exp.Union):
        left, right = (_handed_through(query.args[side], columns) for side in ("this", "expression"))
        return None if left is None or right is None else [_common(*both) for both in zip(left, right)]
    if not isinstance(query, exp.Select) or any(item.find(*_OVER_ROWS) for item in query.expressions):
        return None
    held = _columns(query, columns)
    types = {column.name: column.type for column in held or () if column.type != VOID}
    found: list[_Handed] = []
    for item in query.expressions:
        inner = item.unalias().unnest()
        if isinstance(item, exp.Star) and held is not None:
            names = [column.name for column in held]
            found += [_Handed(name, exp.column(name, quoted=True), types.get(name)) for name in names]
        elif item.is_star:
            return None
        elif isinstance(inner, exp.Column):
            kind = types.get(inner.name.lower()) if len(inner.parts) == 1 else None
            found.append(_Handed(output_name(item, len(found)), inner, kind))
        else:
            found.append(_Handed(output_name(item, len(found)), None))
    return found


def _common(left: _Handed, right: _Handed) -> _Handed:
    """A column of a union, which is a column of both sides if they have one type, so that none is converted."""
    is_one = left.type is not None and left.type == right.type and right.column is not None
    return left if is_one else replace(left, column=None)


def _columns(query: exp.Select, columns: Columns) -> Sequence[Column] | None:
    """The columns of a query's only relation, void where a type isn't known."""
    first = query.args.get("from_")
    if first is None or query.args.get("joins") or first.this.args.get("joins"):
        return None
    rows = first.this
    if isinstance(rows, exp.Table):
        return columns(rows)
    if not isinstance(rows, exp.Subquery) or rows.alias_column_names:
        return None
    given = _handed_through(rows.this, columns)
    return None if given is None else [Column(one.name, one.type or VOID) for one in given]
