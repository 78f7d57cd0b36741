"""Hive's functions that write numbers and other values by a format.

Sources: LanguageManual UDF; Hive 3.1's GenericUDFFormatNumber and GenericUDFPrintf; java.text.DecimalFormat and
java.util.Formatter.
"""

from __future__ import annotations

from decimal import Decimal

from bigdata.errors import UsageError
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.java import decimals, formatter
from bigdata.sql.hive.library import function, macro
from bigdata.sql.serdes.delimited import primitive_text
from bigdata.sql.types import DOUBLE, literal

macro(
    "hive_number_pattern(digits)",
    """CASE WHEN digits < 0 THEN hive_fail('format_number needs 0 or more decimal places, got ' || digits || '.')
        WHEN digits IS NOT NULL THEN '#,##0' || CASE WHEN digits > 0 THEN '.' || repeat('0', digits) ELSE '' END END""",
)


@function("hive_format_double", ["DOUBLE", "VARCHAR"], "VARCHAR")
def format_double(number: float, pattern: str) -> str:
    """A double by a pattern of Java's DecimalFormat."""
    return decimals.formatted(number, pattern)


@function("hive_format_decimal", ["VARCHAR", "VARCHAR"], "VARCHAR")
def format_decimal(number: str, pattern: str) -> str:
    """The digits of a decimal or a whole number by a pattern of Java's DecimalFormat."""
    return decimals.formatted(Decimal(number), pattern)


@function("hive_printf", ["VARCHAR", "VARCHAR[]", "VARCHAR[]"], "VARCHAR")
def printf(form: str, kinds: list[str], values: list[str | None]) -> str:
    """Values by a format of Java's Formatter."""
    return formatter.formatted(form, kinds, values)


def _format_number(number: Typed, form: Typed) -> str:
    if form.type.is_text:
        if not isinstance(form.constant, str):
            raise UsageError("format_number takes a format that is a literal, got one that isn't.")
        decimals.decimal_pattern(form.constant)
        pattern = literal(form.constant)
    elif form.type.is_integer or form.type.name == "void":
        pattern = f"hive_number_pattern({form})"
    else:
        raise UsageError(f"format_number takes a number of decimal places or a format, got {form.type}.")
    if number.type.name in ("float", "double"):
        return f"hive_format_double(CAST({number} AS DOUBLE), {pattern})"
    return f"hive_format_decimal(CAST({number} AS VARCHAR), {pattern})"


def _printf(form: Typed, *values: Typed) -> str:
    # a decimal is shown as a double
    values = tuple(
        Typed(f"CAST({value} AS DOUBLE)", DOUBLE) if value.type.name == "decimal" else value for value in values
    )
    texts = [_shown(value) for value in values]
    kinds = ", ".join(literal(value.type.name) for value in values)
    return f"hive_printf({form}, [{kinds}]::VARCHAR[], [{', '.join(texts)}]::VARCHAR[])"


def _shown(value: Typed) -> str:
    """A value as Java's toString shows it."""
    if not value.type.is_primitive:
        raise UsageError(f"printf takes values that are not nested, got {value.type}.")
    if value.type.name == "binary":
        return f"lower(trim(regexp_replace(hex({value}), '..', '\\0 ', 'g')))"
    return primitive_text(value.sql, value.type)


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "format_number": Rule("number, primitive -> string", _format_number),
    "printf": Rule("string, any* -> string", _printf),
}
