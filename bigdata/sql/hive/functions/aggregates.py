"""Hive's aggregates that count, add, compare and collect.

The optimiser of Hive 3.1 turns avg(x) into sum(x) / count(x) except over windows: text that is no number is counted
there, and adds nothing.

Sources: Hive's GenericUDAFCount, GenericUDAFSum, GenericUDAFAverage, GenericUDAFMax, GenericUDAFMkCollectionEvaluator,
HiveAggregateReduceFunctionsRule.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from bigdata.errors import UsageError
from bigdata.sql.hive import orders
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.library import macro
from bigdata.sql.types import BIGINT, DOUBLE, MOST_DIGITS, HiveType

# Whole numbers are divided, half up, since DuckDB divides decimals as doubles; in parts, where they have many digits.
macro(
    "hive_quotient(digits, number, shift)",
    """sign(digits) * ((abs(digits) // number) * shift
        + (2 * (abs(digits) % number) * shift + number) // (2 * number))""",
)
# The values in the order in which they first come: equal ones are neighbours when sorted, and lists that a lambda
# takes from outside would be copied for each element.
macro(
    "hive_unique(elements)",
    "hive_first_of_equals(list_sort(list_transform(elements, lambda v, i: {'v': v, 'i': i})))",
)
macro(
    "hive_first_of_equals(pairs)",
    """list_transform(list_sort(list_transform(list_filter(list_zip(pairs, list_prepend(NULL, pairs)),
        lambda p: p[1] IS NOT NULL AND p[1].v IS DISTINCT FROM p[2].v),
        lambda p: {'i': p[1].i, 'v': p[1].v})), lambda p: p.v)""",
)


def as_double(argument: Typed, text: bool = True) -> str:
    """The SQL of a number as a double; of a timestamp its seconds, of text the number that it shows, or NULL.

    :param text: whether the aggregate takes text
    :raises UsageError: for another type

    >>> from bigdata.sql.types import INT
    >>> as_double(Typed("a", INT))
    'CAST(a AS DOUBLE)'
    """
    kind = argument.type
    if kind.is_number or kind.name in ("timestamp", "void") or (text and kind.is_text):
        converted = cast(argument.sql, kind, DOUBLE)
        if converted is not None:
            return converted
    accepted = "numbers, text and timestamps" if text else "numbers and timestamps"
    raise UsageError(f"An aggregate takes {accepted}; got {argument.sql} of type {kind}.")


def total(argument: Typed, distinct: str = "", over: str = "") -> Typed:
    """``sum(argument)``: bigint of whole numbers, wrapping as Java's; 10 digits more of decimals; else double."""
    kind = argument.type
    if kind.is_integer:
        added = f"sum({distinct}{argument}){over}"
        return Typed(f"hive_wrap_64({added})" if kind == BIGINT else f"CAST({added} AS BIGINT)", BIGINT)
    if kind.name == "decimal":
        precision, scale = kind.sizes
        gives = HiveType("decimal", (min(precision + 10, MOST_DIGITS), scale))
        return Typed(f"TRY_CAST(sum({distinct}{argument}){over} AS {gives.duckdb})", gives)
    added = f"sum({distinct}{as_double(argument)}){over}"
    if kind.is_text:
        added = f"CASE WHEN count({argument}){over} > 0 THEN coalesce({added}, 0) END"
    return Typed(added, DOUBLE)


def average(argument: Typed, distinct: str = "", over: str = "", add: Callable[..., Typed] = total) -> Typed:
    """``avg(argument)``: a decimal of decimals, with up to 4 digits more after the point; else a double."""
    if over and argument.type.is_text:
        return Typed(f"avg({distinct}{as_double(argument)}){over}", DOUBLE)
    added = add(argument, distinct, over)
    number = f"count({distinct}{argument}){over}"
    if argument.type.name != "decimal":
        return Typed(f"(CAST({added} AS DOUBLE) / {number})", DOUBLE)
    precision, scale = argument.type.sizes
    whole = precision - scale
    places = min(scale + 4, MOST_DIGITS - whole)
    gives = HiveType("decimal", (whole + places, places))
    unit = f"CAST('{Decimal(10) ** -places:f}' AS DECIMAL({MOST_DIGITS}, {places}))"
    if precision + 10 + places + 1 <= MOST_DIGITS:  # twice the sum of that many rows has room
        plain = f"sum({distinct}{argument}){over}"
        twice = f"CAST({plain} * CAST({2 * 10**places} AS DECIMAL({places + 1}, 0)) AS HUGEINT)"
        quotient = f"({twice} + sign({plain}) * {number}) // (2 * {number})"
        return Typed(f"CAST({quotient} * {unit} AS {gives.duckdb})", gives)
    digits = f"CAST(replace(CAST({added} AS VARCHAR), '.', '') AS HUGEINT)"
    quotient = f"hive_quotient({digits}, {number}, {10 ** (places - scale)})"
    return Typed(f"TRY_CAST(CAST({quotient} AS DECIMAL({MOST_DIGITS}, 0)) * {unit} AS {gives.duckdb})", gives)


def _counted(*arguments: Typed, distinct: str = "", over: str = "") -> str:
    """``count(DISTINCT a, b)``: the combinations that hold no NULL."""
    if not distinct:
        raise UsageError("count of several arguments needs DISTINCT; got none.")
    filled = " AND ".join(f"{argument} IS NOT NULL" for argument in arguments)
    row = f"row({', '.join(map(str, arguments))})"
    return f"count(DISTINCT CASE WHEN {filled} THEN {row} END){over}"


def _extreme(name: str) -> Callable[..., str]:
    def sql(argument: Typed, distinct: str = "", over: str = "") -> str:
        if argument.type.name in ("map", "uniontype"):
            raise UsageError(f"{name} takes what has an order; got {argument} of type {argument.type}.")
        if argument.type.fields and name == "max":  # NULL is the least member of a nested one here, the greatest in min
            return f"arg_max({argument}, {orders.key(argument)}){over}"
        return f"{name}({argument}){over}"

    return sql


def listed(argument: Typed, distinct: str = "", over: str = "") -> str:
    """The SQL of a list of the values that aren't NULL, in the order of the rows; NULL for none.

    Distinct ones are sorted, as Hive's reducers get them.
    """
    order = f" ORDER BY {argument}" if distinct else ""
    return f"list({distinct}{argument}{order}) FILTER (WHERE {argument} IS NOT NULL){over}"


def _collected(each: str) -> Callable[..., Typed]:
    def sql(argument: Typed, distinct: str = "", over: str = "") -> Typed:
        gives = HiveType("array", fields=(("", argument.type),))
        found = each.format(listed(argument, distinct, over))
        return Typed(f"coalesce({found}, CAST([] AS {gives.duckdb}))", gives)

    return sql


# Sums of the digits above the 19th and of those below; NULL where the whole sum has no room in 38.
macro(
    "hive_wide_sum(high, low)",
    """CASE WHEN abs(high) < 10000000000000000000::HUGEINT
        AND abs(high * 10000000000000000000::HUGEINT + low) < 100000000000000000000000000000000000000::HUGEINT
        THEN high * 10000000000000000000::HUGEINT + low END""",
)


def _wide_total(argument: Typed, distinct: str = "", over: str = "") -> Typed:
    """``sum(argument)`` where a sum has more digits than DuckDB adds up."""
    if argument.type.name != "decimal" or distinct:
        return total(argument, distinct, over)
    precision, scale = argument.type.sizes
    gives = HiveType("decimal", (min(precision + 10, MOST_DIGITS), scale))
    digits = f"CAST(replace(CAST({argument} AS VARCHAR), '.', '') AS HUGEINT)"
    high, low = (f"sum({distinct}{digits} {op} 10000000000000000000::HUGEINT){over}" for op in ("//", "%"))
    unit = f"CAST('{Decimal(10) ** -scale:f}' AS DECIMAL({MOST_DIGITS}, {scale}))"
    added = f"CAST(hive_wide_sum({high}, {low}) AS DECIMAL({MOST_DIGITS}, 0))"
    return Typed(f"TRY_CAST({added} * {unit} AS {gives.duckdb})", gives)


#: aggregates of statements that run again as a number was too large
WIDE: dict[str, Rule] = {
    "sum": Rule("primitive -> ?", _wide_total, aggregate=True),
    "avg": Rule("primitive -> ?", partial(average, add=_wide_total), aggregate=True),
}

FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "count": [
        Rule("-> bigint", "count(*){over}", aggregate=True),
        Rule("any -> bigint", "count({distinct}{0}){over}", aggregate=True),
        Rule("any, any* -> bigint", _counted, aggregate=True),
    ],
    "sum": Rule("primitive -> ?", total, aggregate=True),
    "avg": Rule("primitive -> ?", average, aggregate=True),
    "min": Rule("any -> same", _extreme("min"), aggregate=True),
    "max": Rule("any -> same", _extreme("max"), aggregate=True),
    "collect_list": Rule("any -> ?", _collected("{}"), aggregate=True),
    "collect_set": Rule("any -> ?", _collected("hive_unique({})"), aggregate=True),
}
