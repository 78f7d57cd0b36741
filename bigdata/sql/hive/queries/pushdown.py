"""Conditions on the columns of a subquery or view, taken into its WHERE, so that what they leave out isn't opened.

What is taken along is a column that a SELECT list hands through as it is, and a condition that NULL doesn't meet.
DuckDB finds such conditions too, but only after it is said which files are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlglot import exp

from bigdata.sql.hive.queries.ordering import output_name

#: gives the names of a table's columns
Names = Callable[[exp.Table], Sequence[str]]

#: of what such a condition may be made; none of these is true of NULL
_SIMPLE = (
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In, exp.Between,
    exp.Or, exp.And, exp.Paren, exp.Column, exp.Identifier, exp.Literal,
)  # fmt: skip
#: after which a condition has another meaning than before
_AFTER = ("limit", "offset", "with_", "windows")


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
    query: exp.Expr, conditions: Sequence[exp.Expr], alias: str, names: Sequence[str], columns: Names
) -> exp.Expr:
    """A query that gives only rows that meet what can be taken into it of some conditions on its columns.

    :param alias: what they call the query
    :param names: what they call its columns; none for their own names
    """
    given = _handed_through(query, columns) if conditions and isinstance(query, exp.Select) else None
    if given is None or not isinstance(query, exp.Select):
        return query
    named = list(zip(names or [name for name, _ in given], given))
    held = {name: column for name, (_, column) in named if column is not None}
    twins = {name for name in held if [other for other, _ in named].count(name) > 1}
    known = [name for name in held if name not in twins]
    taken = [_renamed(one, held) for one in conditions if is_of(one, alias, known)]
    return query.where(*taken) if taken else query


def _renamed(condition: exp.Expr, held: Mapping[str, exp.Column]) -> exp.Expr:
    def inner(part: exp.Expr) -> exp.Expr:
        return held[part.name.lower()].copy() if isinstance(part, exp.Column) else part

    return condition.copy().transform(inner)


def _handed_through(query: exp.Select, columns: Names) -> list[tuple[str, exp.Column | None]] | None:
    """The names of a query's columns, and which columns within they are; ``None`` if this can't be said."""
    if any(query.args.get(part) for part in _AFTER) or query.find(exp.TableSample):
        return None
    if any(item.find(exp.Window, exp.QueryTransform) for item in query.expressions):
        return None
    found: list[tuple[str, exp.Column | None]] = []
    for item in query.expressions:
        if isinstance(item, exp.Star):
            names = _names(query, columns)
            if names is None:
                return None
            found += [(name, exp.column(name, quoted=True)) for name in names]
            continue
        inner = item.unalias().unnest()
        if item.is_star:
            return None
        found.append((output_name(item, len(found)), inner if isinstance(inner, exp.Column) else None))
    return found


def _names(query: exp.Select, columns: Names) -> Sequence[str] | None:
    """The names of the columns of a query's only relation."""
    first = query.args.get("from_")
    if first is None or query.args.get("joins"):
        return None
    rows = first.this
    if rows.args.get("joins"):
        return None
    if isinstance(rows, exp.Table):
        return columns(rows)
    if not (isinstance(rows, exp.Subquery) and isinstance(rows.this, exp.Select)) or rows.alias_column_names:
        return None
    given = _handed_through(rows.this, columns)
    return None if given is None else [name for name, _ in given]
