"""BETWEEN; IN over values, rows and subqueries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from sqlglot import exp

from bigdata.errors import SqlSyntaxError, UsageError
from bigdata.sql.common_types import comparison_type
from bigdata.sql.hive import operators
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.types import BOOLEAN, STRING, HiveType

if TYPE_CHECKING:
    from bigdata.sql.hive.queries.expressions import Expressions


def among(expressions: Expressions, node: exp.In) -> Typed:
    """``value IN (value, ...)``, ``(value, ...) IN ((value, ...), ...)`` and ``value IN (SELECT ...)``."""
    if (inner := node.args.get("query")) is not None:
        return _among_results(expressions, node.this, inner)
    if isinstance(node.this, exp.Tuple):
        return _among_rows(expressions, node.this, node.expressions)
    if not node.expressions:
        raise SqlSyntaxError(f"{node.this.sql('hive')} IN: expected values or a subquery in brackets behind it.")
    value, members = expressions.typed(node.this), [expressions.typed(member) for member in node.expressions]
    kinds, common = _kinds(value.type, [member.type for member in members])
    sqls = [
        expressions.as_type(Typed(expressions.as_type(member, kind, "a member of IN"), kind), common, "a member of IN")
        for member, kind in zip(members, kinds)
    ]
    return Typed(f"({expressions.as_type(value, common, 'the value of IN')} IN ({', '.join(sqls)}))", BOOLEAN)


def between(expressions: Expressions, node: exp.Between, for_truth: bool = False) -> Typed:
    """``value BETWEEN low AND high``, which asks for ``high`` where ``low`` has an answer, and else is NULL.

    Source: seen in Hive 3.1.3: ``3 BETWEEN NULL AND 2`` is NULL, and so is NOT of it; where one bound is a text and
    one isn't, all are compared in the type that they have in common.

    :param for_truth: whether false will do for NULL: for what AND says, engines know more ways
    """
    sides = [expressions.typed(side) for side in (node.this, node.args["low"], node.args["high"])]
    if len({side.type.is_text for side in sides[1:]}) > 1 and not any(side.type.fields for side in sides):
        common = _in_common([side.type for side in sides])
        sides = [Typed(expressions.as_type(side, common, "a side of BETWEEN"), common) for side in sides]
    value, low, high = sides
    lower, upper = operators.compare(">=", value, low), operators.compare("<=", value, high)
    if for_truth or low.constant is not None:
        return Typed(f"({lower.sql} AND {upper.sql})", BOOLEAN)
    return Typed(f"CASE {lower.sql} WHEN true THEN {upper.sql} WHEN false THEN false END", BOOLEAN)


def _kinds(value: HiveType, members: Sequence[HiveType]) -> tuple[list[HiveType], HiveType]:
    """What IN reads each member as, and the type in which it compares.

    The value and the first member say whether all are texts, or numbers, days and the like.

    Source: Hive's RexNodeConverter, which makes comparisons of IN.
    """
    first = comparison_type(value, members[0]) or STRING
    kinds = [first if first.is_text != member.is_text else member for member in members]
    return kinds, _in_common([first, *kinds])


def _in_common(kinds: Sequence[HiveType]) -> HiveType:
    """The type in which values of some types are compared."""
    return reduce(lambda kind, other: comparison_type(kind, other) or STRING, kinds)


def _among_rows(expressions: Expressions, row: exp.Tuple, rows: Sequence[exp.Expr]) -> Typed:
    """Rows are structs to Hive, within which NULL equals NULL."""
    values = [expressions.typed(value) for value in row.expressions]
    matches = [
        " AND ".join(
            operators.compare("<=>", *pair).sql for pair in zip(values, map(expressions.typed, one.expressions))
        )
        for one in rows
    ]
    return Typed(f"({' OR '.join(f'({match})' for match in matches)})", BOOLEAN)


def _among_results(expressions: Expressions, value: exp.Expr, inner: exp.Expr) -> Typed:
    lowered = expressions.query(inner.unnest(), expressions.scope)
    values = value.expressions if isinstance(value, exp.Tuple) else [value]
    if len(values) != len(lowered.fields):
        raise UsageError(f"IN compares {len(values)} value with {len(lowered.fields)} columns of a subquery.")
    lefts, rights = [], []
    for one, column in zip(values, lowered.fields):
        left = expressions.typed(one)
        common = comparison_type(left.type, column.type) or STRING
        lefts.append(expressions.as_type(left, common, "the value of IN"))
        rights.append(expressions.as_type(column.typed, common, "the column of IN"))
    name = expressions.compiler.name("in")
    left_sql = lefts[0] if len(lefts) == 1 else f"({', '.join(lefts)})"
    right_sql = rights[0] if len(rights) == 1 else f"({', '.join(rights)})"
    return Typed(f'({left_sql} IN (SELECT {right_sql} FROM ({lowered.sql}) AS "{name}"))', BOOLEAN)
