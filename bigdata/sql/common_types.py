"""The type that two of Hive's have in common: in a column, in a union, in a comparison, in arithmetic.

Source: Apache Hive, LanguageManual Types, Allowed Implicit Conversions; FunctionRegistry.
"""

from __future__ import annotations

from bigdata.sql.types import (
    DOUBLE,
    INTEGERS,
    INTERVALS,
    MOST_DIGITS,
    NUMBERS,
    STRING,
    ZONED,
    HiveType,
    decimal,
    fine,
)


def numeric_type(left: HiveType, right: HiveType) -> HiveType:
    """The type of two numbers in one column: digits before the point go first.

    Source: Hive's HiveDecimalUtils (getDecimalTypeForPrimitiveCategories).

    >>> str(numeric_type(decimal(38), decimal(38, 18)))
    'decimal(38,0)'
    """
    if "decimal" in (left.name, right.name) and not {left.name, right.name} & {"float", "double"}:
        whole, scale = _digits_of_both(left, right)
        return HiveType("decimal", (min(whole + scale, MOST_DIGITS), min(scale, MOST_DIGITS - whole)))
    return HiveType(max(left.name, right.name, key=(*INTEGERS, "decimal", "float", "double").index))


def _digits_of_both(left: HiveType, right: HiveType) -> tuple[int, int]:
    """Digits before and after the point that two decimals need."""
    (p1, s1), (p2, s2) = left.digits, right.digits
    return max(p1 - s1, p2 - s2), max(s1, s2)


def common_type(left: HiveType, right: HiveType) -> HiveType | None:
    """The type that holds the values of both: of CASE, COALESCE, UNION, IN, arrays; ``None`` if there is none.

    Source: Hive's FunctionRegistry.getCommonClass and getTypeForPrimitiveCategory.

    >>> from bigdata.sql.types import DATE, INT, TIMESTAMP
    >>> str(common_type(INT, STRING)), str(common_type(INT, DOUBLE)), str(common_type(DATE, TIMESTAMP))
    ('string', 'double', 'timestamp')
    """
    if left == right or right.name == "void":
        return left
    if left.name == "void":
        return right
    if left.fields or right.fields:
        return _common_nested(left, right)
    names = {left.name, right.name}
    if left.is_fine or right.is_fine:
        left, right = fine(left), fine(right)
        if left == right:
            return left
    if left.is_text and right.is_text:
        return STRING
    if left.is_number and right.is_number:
        return numeric_type(left, right)
    if left.is_text or right.is_text:
        other = right if left.is_text else left
        text = left if left.is_text else right
        return None if other.name in ("binary", "boolean", *INTERVALS) else text
    moments = ("date", "timestamp", ZONED)
    return max(left, right, key=lambda kind: moments.index(kind.name)) if names <= {*moments} else None


def union_type(left: HiveType, right: HiveType) -> HiveType | None:
    """The type of a column of UNION: two varchars keep the longer one's length, a decimal beside integers its digits.

    A timestamp with a zone beside one without loses it.

    Source: Hive's FunctionRegistry.getCommonClassForUnionAll.

    >>> from bigdata.sql.types import INT
    >>> str(union_type(INT, decimal(4, 2))), str(common_type(INT, decimal(4, 2)))
    ('decimal(4,2)', 'decimal(12,2)')
    """
    kind = _with_longest_text(left, right)
    if {left.name, right.name} == {"timestamp", ZONED}:
        return HiveType("timestamp", left.sizes or right.sizes)
    if kind and kind.name == "decimal" and left.name != right.name:
        return left if left.name == "decimal" else right
    return kind


def _with_longest_text(left: HiveType, right: HiveType) -> HiveType | None:
    """The common type, but of two texts of one kind the length that holds both."""
    if left.is_text and left.name == right.name and left.sizes:
        return HiveType(left.name, (max(left.sizes[0], right.sizes[0]),))
    return common_type(left, right)


def _common_nested(left: HiveType, right: HiveType) -> HiveType | None:
    if left.name != right.name or len(left.fields) != len(right.fields):
        return None
    members = [common_type(one, other) for one, other in zip(left.members, right.members)]
    if None in members:
        return None
    names = [name for name, _ in left.fields]
    return HiveType(left.name, fields=tuple(zip(names, members)))  # type: ignore[arg-type]


def comparison_type(left: HiveType, right: HiveType) -> HiveType | None:
    """The type in which two values are compared.

    Source: Hive's FunctionRegistry.getCommonClassForComparison: a string beside a number makes both doubles, beside a
    date or a timestamp it is read as one.

    >>> from bigdata.sql.types import DATE, INT
    >>> str(comparison_type(STRING, INT)), str(comparison_type(STRING, DATE))
    ('double', 'date')
    """
    if left.is_text != right.is_text and not (left.fields or right.fields):
        other = right if left.is_text else left
        if other.is_number or other.name == "boolean":
            return DOUBLE
        if other.name in ("date", "timestamp", ZONED, "binary", *INTERVALS):
            return other
    names = {left.name, right.name}
    if (names & {"boolean", "timestamp"} and names & {*NUMBERS}) or names == {"boolean", "timestamp"}:
        return DOUBLE
    if "date" in names and names & {*NUMBERS}:
        return STRING
    if names == {"decimal"}:  # Hive compares them as they are
        whole, scale = _digits_of_both(left, right)
        return decimal(whole + scale, scale)
    return _with_longest_text(left, right)
