"""Numbers that are written out: their digits, and what is computed of them ahead.

Hive takes the precision of a constant from its value, and not from its type: a decimal divided by 3 gets other digits
than one divided by an int column. A constant loses the zeros at its end.

Source: Hive's WritableConstantHiveDecimalObjectInspector and its kin, GenericUDF.initializeAndFoldConstants.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bigdata.sql.hive.casts import BITS
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.java.numbers import exact
from bigdata.sql.types import HiveType


def digits(value: Typed) -> tuple[int, int]:
    """Precision and scale of an exact number: a constant's own, or those of its type.

    >>> from bigdata.sql.types import INT
    >>> digits(Typed("a", INT)), digits(Typed("300", INT, 300))
    ((10, 0), (3, 0))
    """
    number = _exact(value)
    return value.type.digits if number is None else _digits(_shown(number))


def constant_decimal(number: Decimal) -> Typed:
    """A decimal in the smallest type that holds it.

    >>> constant_decimal(Decimal("2.50")).type
    HiveType(name='decimal', sizes=(2, 1), fields=())
    """
    shown = _shown(number)
    kind = HiveType("decimal", _digits(shown))
    return Typed(f"CAST('{shown}' AS {kind.duckdb})", kind, Decimal(shown))


def converted(value: Typed, target: HiveType) -> Decimal | int | None:
    """What a constant is as another type of exact numbers; ``None`` where it is not known ahead.

    >>> from bigdata.sql.types import INT, parse_type
    >>> converted(Typed("1", INT, 1), parse_type("decimal(10,2)"))
    Decimal('1.00')
    """
    number = _exact(value)
    if number is None and value.type.is_text and target.name == "decimal" and value.constant is not None:
        number = _number(str(value.constant))
    if number is None:
        return None
    if target.is_integer:
        return value.constant if value.type.is_integer else None
    return _fitting(exact("+", str(number), "0", target.sizes[1]), target) if target.name == "decimal" else None


def folded(op: str, left: Typed, right: Typed, kind: HiveType) -> Typed | None:
    """What an operator makes of two constants that are exact numbers; ``None`` for others.

    :param kind: the type of the result

    >>> from bigdata.sql.types import INT
    >>> str(folded("+", Typed("1", INT, 1), Typed("2", INT, 2), INT))
    'CAST(3 AS INTEGER)'
    """
    one, other = _exact(left), _exact(right)
    if one is None or other is None or not (kind.is_integer or kind.name == "decimal"):
        return None
    value = _whole(op, int(one), int(other)) if kind.is_integer else _decimal(op, one, other, kind)
    if value is None:
        return Typed(f"CAST(NULL AS {kind.duckdb})", kind)
    if isinstance(value, Decimal):
        return Typed(f"CAST('{_shown(value)}' AS {kind.duckdb})", kind, value)
    half = 1 << (BITS[kind.name] - 1)
    wrapped = (value + half) % (2 * half) - half
    return Typed(f"CAST({wrapped} AS {kind.duckdb})", kind, wrapped)


def _exact(value: Typed) -> Decimal | None:
    """A constant that is an exact number."""
    if value.constant is None or not (value.type.is_integer or value.type.name == "decimal"):
        return None
    return Decimal(value.constant)


def _number(text: str) -> Decimal | None:
    """The number that a text shows."""
    return Decimal(text) if re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)", text) else None


def _shown(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(shown: str) -> tuple[int, int]:
    whole, _, fraction = shown.lstrip("-").partition(".")
    return max(len(whole.lstrip("0")) + len(fraction), 1), len(fraction)


def _whole(op: str, one: int, other: int) -> int | None:
    if op in ("div", "%"):
        if not other:
            return None
        quotient = abs(one) // abs(other) * (1 if (one < 0) == (other < 0) else -1)
        return quotient if op == "div" else one - quotient * other
    return {
        "+": one + other,
        "-": one - other,
        "*": one * other,
        "&": one & other,
        "|": one | other,
        "^": one ^ other,
    }[op]


def _decimal(op: str, one: Decimal, other: Decimal, kind: HiveType) -> Decimal | None:
    return _fitting(exact(op, str(one), str(other), kind.sizes[1]), kind)


def _fitting(shown: str | None, kind: HiveType) -> Decimal | None:
    """A number for which a type has room."""
    precision, scale = kind.sizes
    if shown is None or len(shown.lstrip("-").partition(".")[0].lstrip("0")) > precision - scale:
        return None
    return Decimal(shown)
