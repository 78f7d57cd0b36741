"""In which order rows are: as ORDER BY and its kin say, or as Hive's one reducer would give them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlglot import exp

from bigdata.errors import UsageError

T = TypeVar("T")


def members(node: exp.Expr) -> list[exp.Ordered]:
    """The members of ORDER BY, SORT BY or CLUSTER BY."""
    for name in ("order", "sort", "cluster"):
        if node.args.get(name) is not None:
            return [ascending(part) for one in node.args[name].expressions for part in unwrapped(one)]
    return []


def unwrapped(node: exp.Expr) -> list[exp.Expr]:
    """The members of a list of keys, around which brackets may stand."""
    inner = node.this if isinstance(node, exp.Ordered) else node
    return inner.expressions if isinstance(inner, exp.Tuple) else [node]


def ascending(node: exp.Expr) -> exp.Ordered:
    """A member of ORDER BY; NULL comes first in ascending order, which is what isn't said."""
    return node if isinstance(node, exp.Ordered) else exp.Ordered(this=node, nulls_first=True)


def only_order(node: exp.Select) -> exp.Select:
    """A SELECT of which only order and limit count, its own columns called by their names."""
    names = {item.unalias(): output_name(item, place) for place, item in enumerate(node.expressions)}

    def named(part: exp.Expr) -> exp.Expr:
        return exp.column(names[part], quoted=True) if part in names and not is_place(part) else part

    found = [member.transform(named) for member in members(node)]
    return exp.Select(
        order=exp.Order(expressions=found) if found else None,
        limit=node.args.get("limit"),
        offset=node.args.get("offset"),
    )


def output_name(item: exp.Expr, place: int) -> str:
    """What a member of a SELECT list is called, in lower case."""
    if isinstance(item, exp.Alias):
        return item.alias.lower()
    item = item.unnest()
    if isinstance(item, exp.Column):
        return item.name.lower()
    return str(item.expression.name).lower() if isinstance(item, exp.Dot) else f"_c{place}"


def is_place(node: exp.Expr) -> bool:
    """Whether a member of GROUP BY or ORDER BY may be a place in the SELECT list."""
    return isinstance(node, exp.Literal) and not node.is_string


def at_place(node: exp.Expr, columns: Sequence[T]) -> T:
    """The column at a place, from 1."""
    if not (node.name.isdecimal() and 1 <= int(node.name) <= len(columns)):
        raise UsageError(f"position {node.name}: the SELECT list has {len(columns)} columns.")
    return columns[int(node.name) - 1]


def limit(node: exp.Expr) -> str:
    """LIMIT and OFFSET of a query.

    :raises UsageError: for what is no whole number
    """
    text = ""
    for word in ("limit", "offset"):
        found = node.args.get(word)
        if found is None:
            continue
        number = found.expression
        if not (is_place(number) and number.name.isdecimal()):
            raise UsageError(f"{word.upper()} takes a whole number; got {number.sql('hive')}.")
        text += f" {word.upper()} {number.name}"
    return text
