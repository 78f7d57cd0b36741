"""Hive's conversions under the names of types: ``int(x)`` is ``CAST(x AS int)``.

Source: Hive's FunctionRegistry, which registers UDFToInteger and its kin under these names.
"""

from __future__ import annotations

from bigdata.errors import UsageError
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.types import HiveType, parse_type


def _conversion(target: HiveType) -> Rule:
    def convert(value: Typed) -> str:
        sql = cast(value.sql, value.type, target)
        if sql is None:
            raise UsageError(f"{target}({value.type}): Hive doesn't convert that type.")
        return sql

    return Rule(f"primitive -> {target}", convert)


#: names that are functions too; decimal(10,0) is what a decimal without digits is
_NAMES = {
    "boolean udftoboolean": "boolean",
    "tinyint udftobyte": "tinyint",
    "smallint udftoshort": "smallint",
    "int udftointeger": "int",
    "bigint udftolong": "bigint",
    "float udftofloat": "float",
    "double udftodouble": "double",
    "decimal": "decimal(10,0)",
    "string udftostring": "string",
    "binary": "binary",
    "date": "date",
    "timestamp": "timestamp",
    "interval_year_month": "interval_year_month",
    "interval_day_time": "interval_day_time",
}

FUNCTIONS = {names: _conversion(parse_type(kind)) for names, kind in _NAMES.items()}
