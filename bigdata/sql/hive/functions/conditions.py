"""Hive's functions of conditions and of NULL, and those that tell about the session.

Sources: Hive 3.1's GenericUDFIf, GenericUDFCoalesce, GenericUDFNullif, GenericUDFBaseNwayCompare, GenericUDFAssertTrue,
GenericUDFOPTrue; LanguageManual UDF, Conditional Functions.
"""

from __future__ import annotations

import getpass

from bigdata.errors import UsageError
from bigdata.sql.common_types import common_type, comparison_type
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.types import BIGINT, BOOLEAN, INT, HiveType, literal


def _extreme(name: str) -> Rule:
    """``greatest`` or ``least``: NULL where an argument is, by the type that the arguments are compared in.

    The first one is left out if it can't be converted to it.
    """

    def of(*values: Typed) -> Typed:
        if len(values) < 2:
            raise UsageError(f"{name} takes two arguments or more.")
        kind: HiveType | None = values[0].type
        for value in values[1:]:
            decimals = kind is not None and kind.name == value.type.name == "decimal"
            kind = kind and (common_type if decimals else comparison_type)(kind, value.type)
        sqls = [None if kind is None else cast(value.sql, value.type, kind) for value in values]
        if kind is None or None in sqls:
            raise UsageError(f"{name}({', '.join(str(value.type) for value in values)}): no type holds all of these.")
        missing = " OR ".join(f"{one} IS NULL" for one in (values[0], *sqls[1:]))
        return Typed(f"CASE WHEN {missing} THEN NULL ELSE {name}({', '.join(map(str, sqls))}) END", kind)

    return Rule("primitive, primitive* -> ?", of)


def _nullif(value: Typed, other: Typed) -> Typed:
    """NULL where the other is equal as the value's type; what is no number equals nothing."""
    kind = other.type if value.type.name == "void" else value.type
    same = cast(other.sql, other.type, kind)
    if same is None:
        raise UsageError(f"nullif({kind}, {other.type}): the second can't be converted to the first's type.")
    number = f" AND NOT isnan({value})" if kind.name in ("float", "double") else ""
    return Typed(f"CASE WHEN {value} = {same}{number} THEN NULL ELSE {value} END", kind)


def _truth(template: str) -> Rule:
    """Whether a value is true or false; of a float, a double and a timestamp the whole part decides."""

    def of(value: Typed) -> str:
        whole = (
            INT if value.type.name in ("float", "double") else BIGINT if value.type.name == "timestamp" else value.type
        )
        number = cast(value.sql, value.type, whole)
        sql = None if number is None else cast(number, whole, BOOLEAN)
        if sql is None:
            raise UsageError(f"{value.type} is neither true nor false. Expected a boolean, a number or a string.")
        return template.format(sql)

    return Rule("primitive -> boolean", of)


def _user() -> str:
    return literal(getpass.getuser())


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    # the type is void in Hive; here one with values, as what is void is not computed
    "assert_true": Rule(
        "boolean -> boolean",
        "CASE WHEN {0} THEN NULL ELSE CAST(error('ASSERT_TRUE(): assertion failed.') AS BOOLEAN) END",
    ),
    "coalesce": Rule("T, T* -> T", lambda *values: f"coalesce({', '.join(map(str, values))})"),
    "current_user logged_in_user": Rule("-> string", _user),
    "greatest": _extreme("greatest"),
    "if": Rule("boolean, T, T -> T", "CASE WHEN {0} THEN {1} ELSE {2} END"),
    "isfalse": _truth("(NOT coalesce({0}, true))"),
    "isnotfalse": _truth("coalesce({0}, true)"),
    "isnotnull": Rule("any -> boolean", "({0} IS NOT NULL)"),
    "isnottrue": _truth("(NOT coalesce({0}, false))"),
    "isnull": Rule("any -> boolean", "({0} IS NULL)"),
    "istrue": _truth("coalesce({0}, false)"),
    "least": _extreme("least"),
    "nullif": Rule("primitive, primitive -> ?", _nullif),
    "nvl": Rule("T, T -> T", "coalesce({0}, {1})"),
}
