"""Hive's operators: the SQL and the type of ``left op right``.

Whole numbers keep the wider type of two and wrap around, ``/`` makes doubles of them, text is read as a double, and a
division by zero is NULL. A decimal has the digits that the SQL standard's rules give, cut to 38, and is NULL where it
has no room.

DuckDB raises where Hive wraps around or gives NULL. So each operator has two forms: the fast one, which raises, and
with ``wrap`` the one that computes in a wider type; a session runs the second where the first one has raised.

Sources: Hive's GenericUDFBaseNumeric, GenericUDFOPDivide, UDFOPLongDivide, GenericUDFBaseCompare, TypeCheckProcFactory.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bigdata.errors import UsageError
from bigdata.sql.common_types import comparison_type, numeric_type
from bigdata.sql.hive import constants, intervals
from bigdata.sql.hive.casts import BITS, cast
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.library import macro
from bigdata.sql.types import (
    BIGINT,
    BOOLEAN,
    DOUBLE,
    INTEGERS,
    INTERVALS,
    MOST_DIGITS,
    STRING,
    HiveType,
    decimal,
    literal,
)

#: each operator where nothing overflows; DuckDB's // and % cut towards zero as Java's do
_SQL = {
    "+": "({0} + {1})",
    "-": "({0} - {1})",
    "*": "({0} * {1})",
    "/": "({0} / nullif({1}, 0))",
    "%": "({0} % nullif({1}, 0))",
    "div": "({0} // nullif({1}, 0))",
    "&": "({0} & {1})",
    "|": "({0} | {1})",
    "^": "xor({0}, {1})",
}
_BITWISE = ("&", "|", "^")
_COMPARISONS = {
    "=": "=",
    "==": "=",
    "<>": "<>",
    "!=": "<>",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "<=>": "IS NOT DISTINCT FROM",
}

# halves go away from zero
macro("hive_ratio(n, d)", "(n + CASE WHEN n < 0 THEN -1 ELSE 1 END * (abs(d) // 2)) // nullif(d, 0)")


def arithmetic(op: str, left: Typed, right: Typed, wrap: bool) -> Typed:
    """``left op right`` for ``+ - * / % div & | ^``.

    :param wrap: whether results that don't fit wrap around (whole numbers) or are NULL (decimals), and don't raise
    :raises UsageError: for types that Hive has no such operator for

    >>> from bigdata.sql.types import INT
    >>> str(arithmetic("+", Typed("a", INT), Typed("b", BIGINT), wrap=False))
    '(CAST(a AS BIGINT) + b)'
    """
    moved = intervals.shift(op, left, right)
    if moved is not None:
        return moved
    kind = result_type(op, left, right)
    if kind is None:
        raise UsageError(f"{op} has no meaning for {left.type} and {right.type}. Expected numbers.")
    if kind.name == "void":
        return Typed("NULL", kind)
    known = constants.folded(op, left, right, kind)
    if known is not None:
        return known
    if kind.name == "decimal":
        return Typed(_decimal(op, left, right, kind, wrap), kind)
    if not kind.is_integer:
        return Typed(_SQL[op].format(_as(left, kind), _as(right, kind)), kind)
    if not wrap or op in _BITWISE:
        return Typed(_SQL[op].format(_as(left, kind), _as(right, kind)), kind)
    return Typed(wrapped(_SQL[op], kind, _as(left, kind), _as(right, kind)), kind)


def wrapped(template: str, kind: HiveType, *operands: str) -> str:
    """SQL of whole numbers that is computed in a wider type, and wrapped around to their own.

    >>> wrapped("abs({0})", BIGINT, "a")
    'hive_wrap_64(abs(CAST(a AS HUGEINT)))'
    """
    wide = "HUGEINT" if kind == BIGINT else "BIGINT"
    return f"hive_wrap_{BITS[kind.name]}({template.format(*(f'CAST({operand} AS {wide})' for operand in operands))})"


def negated(value: Typed, wrap: bool) -> Typed:
    """``-value`` of a number or an interval.

    :raises UsageError: for other types

    >>> from bigdata.sql.types import INT
    >>> str(negated(Typed("a", INT), wrap=True))
    'hive_wrap_32(-CAST(a AS BIGINT))'
    """
    if value.type.name == "void":
        return value
    kind = DOUBLE if value.type.is_text else value.type
    if not (kind.is_number or kind.name in INTERVALS):
        raise UsageError(f"- has no meaning for {value.type}. Expected a number.")
    constant = -value.constant if isinstance(value.constant, (int, float, Decimal)) else None
    if kind.is_integer and wrap:
        return Typed(wrapped("-{0}", kind, value.sql), kind, constant)
    if kind.is_integer:  # DuckDB's own minus may give a constant a wider type
        return Typed(f"(CAST(0 AS {kind.duckdb}) - {value.sql})", kind, constant)
    return Typed(f"(-{_as(value, kind)})", kind, constant)


def inverted(value: Typed) -> Typed:
    """``~value`` of a whole number.

    :raises UsageError: for other types
    """
    if not value.type.is_integer:
        raise UsageError(f"~ has no meaning for {value.type}. Expected a whole number.")
    return Typed(f"(~{_as(value, value.type)})", value.type)


def result_type(op: str, left: Typed, right: Typed) -> HiveType | None:
    """The type of ``left op right``; ``None`` if Hive has no such operator.

    A constant counts by the digits that it has, not by those of its type.

    >>> from bigdata.sql.types import INT
    >>> price = Typed("a", decimal(15, 2))
    >>> str(result_type("/", price, Typed("b", INT))), str(result_type("/", price, Typed("3", INT, 3)))
    ('decimal(26,13)', 'decimal(19,6)')
    """
    one, other = left.type, right.type
    if op == "div" or op in _BITWISE:
        if not all(kind.is_integer or kind.name == "void" for kind in (one, other)):
            return None
        return BIGINT if op == "div" else _wider(one, other)
    if not all(kind.is_number or kind.is_text or kind.name == "void" for kind in (one, other)):
        return None
    one, other = (DOUBLE if kind.is_text else kind for kind in (one, other))
    inexact = bool({one.name, other.name} & {"float", "double", "void"})
    if "decimal" in (one.name, other.name) and not inexact:
        return _digits(op, constants.digits(left), constants.digits(right))
    return DOUBLE if op == "/" else _wider(one, other)


def _wider(left: HiveType, right: HiveType) -> HiveType:
    if "void" in (left.name, right.name):
        return right if left.name == "void" else left
    return numeric_type(left, right)


def _digits(op: str, left: tuple[int, int], right: tuple[int, int]) -> HiveType:
    """The decimal type of an operator on two decimals."""
    (p1, s1), (p2, s2) = left, right
    scale = max(s1, s2)
    if op in ("+", "-"):
        return decimal(max(p1 - s1, p2 - s2) + scale + 1, scale)
    if op == "*":
        return decimal(p1 + p2 + 1, s1 + s2)
    if op == "/":
        scale = max(6, s1 + p2 + 1)
        return decimal(p1 - s1 + s2 + scale, scale)
    whole = min(p1 - s1, p2 - s2) if op == "%" else max(p1 - s1, p2 - s2)
    return decimal(whole + scale, scale)


def _decimal(op: str, left: Typed, right: Typed, kind: HiveType, wrap: bool) -> str:
    """An operator whose result is a decimal: by DuckDB where its 38 digits are enough, exactly in Python where not.

    DuckDB's sums and products may have fewer digits than their type, as long as none is lost: 18 of them are fast.
    """
    digits = (constants.digits(left), constants.digits(right))
    (p1, s1), (p2, s2) = digits
    scale, width = kind.sizes[1], max(p1 - s1, p2 - s2) + max(s1, s2)
    # DuckDB computes with 18 digits, and raises, where both operands have no more; of more, % is a double's
    least = 19 if wrap or op == "/" or (op == "%" and width > 18) else 1
    kinds = [decimal(max(p, least), s) for p, s in digits]
    a, b = (_as(side, wanted) for side, wanted in zip((left, right), kinds))
    if least > 1:  # SQL of a decimal may have fewer digits than its type
        a, b = (f"CAST({sql} AS {wanted.duckdb})" for sql, wanted in zip((a, b), kinds))
    if op == "/" or (op == "%" and width > 18):
        more = scale + s2 - s1 if op == "/" else max(s1, s2) - s1
        other = 0 if op == "/" else max(s1, s2) - s2
        if more >= 0 and max(p1 + max(s1, more), p2 + max(s2, other)) <= MOST_DIGITS:
            n, d = f"{_unscaled(a, s1)} * {10**more}::HUGEINT", f"{_unscaled(b, s2)} * {10**other}::HUGEINT"
            whole = f"hive_ratio({n}, {d})" if op == "/" else _SQL["%"].format(n, d)
            return f"CAST(CAST({whole} AS DECIMAL(38, 0)) * {_unit(scale)} AS {kind.duckdb})"
    elif op == "*":
        if p1 + p2 < MOST_DIGITS or (s1 + s2 <= MOST_DIGITS and not wrap):
            made = _SQL[op].format(a, b)
            return made if s1 + s2 == scale and not wrap else f"CAST({made} AS {kind.duckdb})"
    elif width + (wrap and op != "%") <= MOST_DIGITS:
        made = _SQL[op].format(a, b)
        return made if max(s1, s2) == scale and op != "%" and not wrap else f"CAST({made} AS {kind.duckdb})"
    return exactly(op, a, b, kind)


def exactly(op: str, left: str, right: str, kind: HiveType) -> str:
    """An operator on two decimals' SQL, computed in Python."""
    texts = f"CAST({left} AS VARCHAR), CAST({right} AS VARCHAR)"
    return f"TRY_CAST(hive_exact({literal(op)}, {texts}, {kind.sizes[1]}) AS {kind.duckdb})"


def _unscaled(sql: str, scale: int) -> str:
    """A decimal's digits as a whole number."""
    return f"CAST({sql} * {10**scale}::DECIMAL({scale + 1}, 0) AS HUGEINT)"


def _unit(scale: int) -> str:
    """One in the last digit of a scale, which makes a decimal of its digits."""
    return f"CAST('{format(Decimal(1).scaleb(-scale), 'f')}' AS DECIMAL({max(scale, 1)}, {scale}))"


def _as(value: Typed, kind: HiveType) -> str:
    """An operand as a type; literals say theirs, as DuckDB's own have the narrowest that fits."""
    sql = cast(value.sql, value.type, kind)
    if sql is None:
        raise UsageError(f"{value.type} can't be used as {kind}.")
    return f"CAST({sql} AS {kind.duckdb})" if value.constant is not None and value.type == kind else sql


def compare(op: str, left: Typed, right: Typed) -> Typed:
    """``left op right`` for ``= == <> != < <= > >= <=>``.

    :raises UsageError: for types that Hive doesn't compare

    >>> from bigdata.sql.types import DATE
    >>> str(compare("<", Typed("a", DATE), Typed("'2020-01-01'", STRING, "2020-01-01")))
    "(a < DATE '2020-01-01')"
    """
    if op in ("=", "==", "<=>") and (_is_no_number(left, right) or _is_no_number(right, left)):
        return Typed("false", BOOLEAN)
    left, right = _constant_as_column(left, right), _constant_as_column(right, left)
    if _compared_as_is(left.type, right.type):
        return Typed(f"({left} {_COMPARISONS[op]} {right})", BOOLEAN)
    kind = comparison_type(left.type, right.type)
    sides = [None if kind is None else cast(side.sql, side.type, kind) for side in (left, right)]
    if None in sides:
        raise UsageError(f"{left.type} {op} {right.type}: Hive doesn't compare these types. Cast one of them.")
    if op == "<=>":  # NULL where a value can't be converted, which is no NULL itself
        missing = f"WHEN {left} IS NULL OR {right} IS NULL THEN {left} IS NULL AND {right} IS NULL"
        return Typed(f"(CASE {missing} ELSE {sides[0]} = {sides[1]} END)", BOOLEAN)
    return Typed(f"({sides[0]} {_COMPARISONS[op]} {sides[1]})", BOOLEAN)


#: how a column is named in SQL
_COLUMN = re.compile(r'"(?:[^"]|"")+"\."(?:[^"]|"")+"')
#: what Java reads as a number, and as a double, around which it lets spaces be
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_REAL = re.compile(rf"{_NUMBER.pattern}[dDfF]?|[+-]?(NaN|Infinity)")


def _is_no_number(value: Typed, other: Typed) -> bool:
    """Whether a text that is written out shows no number, beside a column of numbers: no value of it is equal.

    Source: Hive's TypeCheckProcFactory (interpretNodeAs).
    """
    if not (isinstance(value.constant, str) and _COLUMN.fullmatch(other.sql)):
        return False
    if other.type.name in ("float", "double"):
        return _REAL.fullmatch(value.constant.strip()) is None
    return other.type.is_integer and _NUMBER.fullmatch(value.constant) is None


def _compared_as_is(left: HiveType, right: HiveType) -> bool:
    """Whether DuckDB compares two types as Hive does."""
    if left == right or "void" in (left.name, right.name) or (left.is_text and right.is_text):
        return True
    if {left.name, right.name} <= {*INTEGERS, "double"}:
        return True
    if {left.name, right.name} <= {*INTEGERS, "decimal"}:
        (p1, s1), (p2, s2) = left.digits, right.digits
        return max(p1 - s1, p2 - s2) + max(s1, s2) <= MOST_DIGITS
    return False


def _constant_as_column(value: Typed, column: Typed) -> Typed:
    """A text that is written out, beside a column: Hive reads it as one of its type where it can."""
    text = value.constant
    if not (value.type.is_text and isinstance(text, str) and _COLUMN.fullmatch(column.sql)):
        return value
    if column.type.name in ("char", "float"):
        return Typed(str(cast(value.sql, STRING, column.type)), column.type)
    if column.type.name == "decimal" and _NUMBER.fullmatch(text):
        read = constants.constant_decimal(Decimal(text))
        return read if read.type.sizes[0] <= MOST_DIGITS else value
    if column.type.is_integer and re.fullmatch("[+-]?[0-9]+", text) and -(1 << 63) <= int(text) < 1 << 63:
        return Typed(f"CAST({int(text)} AS BIGINT)", BIGINT, int(text))
    return value
