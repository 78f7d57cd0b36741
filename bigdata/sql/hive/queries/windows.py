"""OVER: partitions, orders and frames, of which a named window may give some.

Source: LanguageManual WindowingAndAnalytics; Hive's FromClauseParser.g (partitioningSpec) and ValueBoundaryScanner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlglot import exp

from bigdata.errors import UsageError
from bigdata.sql.hive import orders
from bigdata.sql.hive.dialect import changed
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries.ordering import unwrapped
from bigdata.sql.hive.queries.scope import unknown
from bigdata.sql.types import DATE, TIMESTAMP, VOID

#: makes SQL of an expression
Typing = Callable[[exp.Expr], Typed]


def over(node: exp.Window, named: Mapping[str, exp.Window], typed: Typing) -> str:
    """What stands between the parentheses of OVER.

    :param named: the windows of the WINDOW clause
    """
    partition, order, spec = (part_of(node, part, named) for part in ("partition_by", "order", "spec"))
    parts = []
    if partition is not None:
        keys = [key for one in partition for key in unwrapped(one)]
        parts.append(f"PARTITION BY {', '.join(typed(key).sql for key in keys)}")
    if order is not None:
        wide = spec is not None and spec.args["kind"].upper() == "RANGE"
        parts.append(f"ORDER BY {', '.join(ordered(one, typed, wide) for one in order.expressions)}")
    if spec is not None:
        parts.append(_frame(spec, order, typed))
    return " ".join(parts)


def over_nulls(node: exp.Window, named: Mapping[str, exp.Window], typed: Typing) -> tuple[str, str] | None:
    """Which rows have another frame by values than DuckDB gives those whose key is NULL, and their OVER.

    From NULL, Hive looks for a border from one end of the partition or as far as NULL reaches, by the direction alone.
    Source: Hive's ValueBoundaryScanner (computeStart, computeEnd).
    """
    order, spec = part_of(node, "order", named), part_of(node, "spec", named)
    if spec is None or order is None or spec.args["kind"].upper() != "RANGE":
        return None
    [first, *_] = order.expressions
    descending = bool(first.args.get("desc"))
    is_usual = bool(first.args.get("nulls_first")) != descending
    start, end = (_side(spec, side) for side in ("start", "end"))
    if is_usual and start != "FOLLOWING" and (descending or end != "PRECEDING"):
        return None
    if not {start, end} & {"PRECEDING", "FOLLOWING"}:
        return None
    borders = _NULL_STARTS[descending].get(start, start), _NULL_ENDS[descending].get(end, end)
    is_empty = None in borders or borders == ("1 FOLLOWING", "CURRENT ROW")
    frame = _EMPTY if is_empty else f"GROUPS BETWEEN {borders[0]} AND {borders[1]}"
    bare = exp.Window(partition_by=part_of(node, "partition_by", named), order=order)
    return f"{typed(first.this).sql} IS NULL", f"{over(bare, {}, typed)} {frame}"


#: what a border in a direction is for NULL, by whether the order is descending; there is no row where it is ``None``
_NULL_STARTS: Sequence[Mapping[str, str | None]] = (
    {"PRECEDING": "UNBOUNDED PRECEDING", "FOLLOWING": "1 FOLLOWING"},
    {"PRECEDING": "CURRENT ROW", "FOLLOWING": None},
)
_NULL_ENDS: Sequence[Mapping[str, str | None]] = (
    {"PRECEDING": None, "FOLLOWING": "CURRENT ROW"},
    {"PRECEDING": "UNBOUNDED FOLLOWING", "FOLLOWING": "UNBOUNDED FOLLOWING"},
)
_EMPTY = "GROUPS BETWEEN 1 PRECEDING AND 2 PRECEDING"


def _side(spec: exp.WindowSpec, side: str) -> str:
    """A border without distance in whole, of one with a distance the direction."""
    value, towards = spec.args.get(side), spec.args.get(f"{side}_side") or ""
    distance = f"{value or 'CURRENT ROW'} " if value is None or isinstance(value, str) else ""
    return f"{distance}{towards}".strip().upper()


def last_keys(node: exp.Select) -> list[exp.Expr]:
    """What the last of a SELECT list's windows partitions and orders rows by; Hive takes one after the other."""
    named = {window.name.lower(): window for window in node.args.get("windows") or []}
    found: dict[tuple[exp.Expr, ...], None] = {}
    for item in node.expressions:
        for window in item.find_all(exp.Window, bfs=False):
            order = part_of(window, "order", named)
            keys = [*(part_of(window, "partition_by", named) or []), *(order.expressions if order else [])]
            found.setdefault(tuple(keys))
    return next((list(keys) for keys in reversed(found) if keys), [])


def with_names(node: exp.Expr) -> exp.Expr:
    """A query whose windows have the names that Hive's plan has for them, as its result shows: ``sum_window_0``.

    They are those of the last step, and of a window that stands twice the first. Source: Hive's WindowingSpec.
    """
    if not isinstance(node, exp.Select) or node.args.get("distinct"):
        return node
    named = {window.name.lower(): window for window in node.args.get("windows") or []}
    order = node.args.get("order")
    places: dict[Any, int] = {}
    steps: dict[Any, None] = {}
    for item in [*node.expressions, *(order.expressions if order else [])]:
        for window in item.find_all(exp.Window, bfs=False):
            places.setdefault(_whole(window, named), len(places))
            steps.setdefault(_step(window, named))
    if not steps:
        return node
    last, items, taken = list(steps)[-1], [], set()
    for item in node.expressions:
        window = item.unnest()
        if isinstance(window, exp.Window) and _step(window, named) == last:
            place = places[_whole(window, named)]
            name = f"{window.this.name.lower()}_window_{place}"
            item = item if place in taken else exp.alias_(item.copy(), name, quoted=True)
            taken.add(place)
        items.append(item)
    return changed(node, expressions=items)


def _whole(window: exp.Window, named: Mapping[str, exp.Window]) -> Any:
    """What makes a window one that stands twice."""
    return window.this, _step(window, named), part_of(window, "spec", named)


def _step(window: exp.Window, named: Mapping[str, exp.Window]) -> Any:
    """What a window partitions and orders rows by, which it shares with others of one step."""
    order = part_of(window, "order", named)
    partition = [key for one in part_of(window, "partition_by", named) or [] for key in unwrapped(one)]
    keys = (
        [(one.this, bool(one.args.get("desc")), bool(one.args.get("nulls_first"))) for one in order.expressions]
        if order
        else []
    )
    return tuple(partition), tuple(keys or [(key, False, True) for key in partition])


def part_of(node: exp.Window, part: str, named: Mapping[str, exp.Window]) -> Any:
    """A part of a window, which the window that it names may have in its place."""
    base = node.args.get("alias")
    if node.args.get(part) or base is None:
        return node.args.get(part) or None
    if base.name.lower() not in named:
        raise unknown("window", base.name, named)
    return part_of(named[base.name.lower()], part, named)


def ordered(node: exp.Ordered, typed: Typing, wide: bool = False) -> str:
    """A member of ORDER BY: NULL first, or last in descending order.

    :param wide: whether to make room for the borders of a frame that lie beyond the whole numbers of its type
    """
    value = typed(node.this)
    if wide and value.type.is_integer:
        value = Typed(f"CAST({value.sql} AS HUGEINT)", value.type)
    sql = f"({orders.key(value)})" if value.constant is None and value.type != VOID else "NULL::INTEGER"
    return f"{sql} {direction(node)}"


def direction(node: exp.Ordered) -> str:
    """Ascending or descending, and where NULL stands."""
    return f"{'DESC' if node.args.get('desc') else 'ASC'} NULLS {'FIRST' if node.args.get('nulls_first') else 'LAST'}"


def _frame(spec: exp.WindowSpec, order: exp.Order | None, typed: Typing) -> str:
    kind = spec.args["kind"].upper()
    amounts: dict[str, list[int]] = {"PRECEDING": [], "FOLLOWING": []}

    def border(side: str) -> str:
        value, towards = spec.args.get(side), _side(spec, side)
        if value is None or isinstance(value, str):
            return towards
        amount = typed(value).constant
        if not isinstance(amount, int):
            raise UsageError(f"a frame of {kind} goes by whole numbers; got {value.sql('hive')} {towards}.")
        if towards not in amounts:
            raise UsageError(f"a border of {kind} is PRECEDING or FOLLOWING; got {amount} alone.")
        if amount < 1:
            raise UsageError(f"a frame of {kind} goes by positive numbers; got {amount} {towards}. Write CURRENT ROW.")
        amounts[towards].append(-amount if towards == "PRECEDING" else amount)
        beyond = (side == "start") == (towards == "FOLLOWING")
        return f"{_distance(amount, _key(order, typed), beyond) if kind == 'RANGE' else amount} {towards}"

    sql = f"{kind} BETWEEN {border('start')} AND {border('end')}"
    if any(both != sorted(both) for both in amounts.values()):
        raise UsageError("a frame can't start behind its end. Swap the borders.")
    return sql


def _key(order: exp.Order | None, typed: Typing) -> Typed:
    """What a frame by values goes by."""
    members = order.expressions if order is not None else []
    if len(members) != 1:
        raise UsageError(f"RANGE with a distance goes by one column of ORDER BY; got {len(members)}.")
    key = typed(members[0].this)
    if not (key.type.is_number or key.type.name in ("date", "timestamp")):
        raise UsageError(f"RANGE with a distance goes by a number, date or timestamp; got {key.type}. Use ROWS.")
    return key


def _distance(amount: int, key: Typed, beyond: bool) -> str:
    """How far from a row the border of its frame by values is, in days, seconds or whole steps.

    :param beyond: whether the frame holds what is farther than the amount, rather than what is not
    """
    if key.type == DATE:
        return f"to_days({amount + beyond})"
    if key.type == TIMESTAMP:
        return f"(to_seconds({amount}) + to_microseconds({int(beyond)}))"
    if key.type.is_fine:
        return f"{amount}.{int(beyond):09d}"
    if key.type.name in ("float", "double"):
        size = f"abs(CAST({key.sql} AS DOUBLE))"
        return f"(nextafter({size} + {amount}, 'inf'::DOUBLE) - {size})" if beyond else f"{amount}"
    if key.type.name == "decimal" and not beyond:
        return f"{amount}.{'9' * key.type.digits[1]}"
    return f"{amount + beyond}"
