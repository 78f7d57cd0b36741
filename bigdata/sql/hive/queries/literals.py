"""Literals and the names of types, as Hive reads them.

Source: Hive 3.1's TypeCheckProcFactory (NumExprProcessor): a whole number is an int, or a bigint where it is too large;
one with a point is a decimal without the zeros at its end; one with an exponent is a double.
"""

from __future__ import annotations

from decimal import Decimal

from sqlglot import exp

from bigdata.errors import SqlSyntaxError
from bigdata.sql.hive.constants import constant_decimal
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.types import BIGINT, DOUBLE, INT, MOST_DIGITS, STRING, ZONED, HiveType, literal, parse_type


def text(value: str) -> Typed:
    return Typed(literal(value), STRING, value)


def number(written: str) -> Typed:
    """A number without a sign.

    >>> [str(number(written).type) for written in ("7", "3000000000", "1.50", "1e3")]
    ['int', 'bigint', 'decimal(2,1)', 'double']
    """
    if written.isdecimal():
        value = int(written)
        if value < 1 << 31:
            return Typed(written, INT, value)
        if value < 1 << 63:
            return Typed(f"CAST({written} AS BIGINT)", BIGINT, value)
    try:
        double = float(written)
    except ValueError:
        raise SqlSyntaxError(f"{written} is no number.") from None
    if "e" not in written.lower():
        exact = constant_decimal(Decimal(written))
        if exact.type.sizes[0] <= MOST_DIGITS:
            return exact
    return Typed(f"CAST({literal(written)} AS DOUBLE)", DOUBLE, double)


def type_of(node: exp.DataType) -> HiveType:
    """A type as sqlglot parsed it."""
    return parse_type(_written(node))


_NAMES = {"TEXT": "string", "TIMESTAMPLTZ": ZONED, "TIMESTAMPTZ": "timestamp"}


def _written(node: exp.Expr) -> str:
    """A type's text, with the lengths that sqlglot's own writer drops."""
    if isinstance(node, exp.ColumnDef):
        return f"`{node.name}`:{_written(node.args['kind'])}"
    if isinstance(node, exp.DataTypeParam):
        return str(node.name)
    if not isinstance(node, exp.DataType):
        return str(node.sql("hive"))
    if isinstance(node.this, exp.Interval):
        units = [part.name.lower() for part in node.find_all(exp.Var)]
        return {"year month": "interval_year_month", "day second": "interval_day_time"}.get(
            " ".join(units), f"interval {' to '.join(units)}"
        )
    name: str = _NAMES.get(node.this.value, node.this.value.lower())
    inner = ",".join(_written(part) for part in node.expressions)
    if not inner:
        return name
    return f"{name}<{inner}>" if node.args.get("nested") else f"{name}({inner})"
