"""Hive's types and Arrow's: what a file in a columnar format holds, and what it is written as."""

from __future__ import annotations

from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.types import (
    BIGINT,
    BINARY,
    BOOLEAN,
    DATE,
    DOUBLE,
    FINE_TIMESTAMP,
    FLOAT,
    INT,
    SMALLINT,
    STRING,
    TIMESTAMP,
    TINYINT,
    VOID,
    ZONED,
    HiveType,
    array,
    decimal,
    map_of,
)

#: by the name that Arrow has for a type
_KINDS = {
    "bool": BOOLEAN,
    "int8": TINYINT,
    "int16": SMALLINT,
    "int32": INT,
    "int64": BIGINT,
    "uint8": SMALLINT,
    "uint16": INT,
    "uint32": BIGINT,
    "uint64": decimal(20),
    "halffloat": FLOAT,
    "float": FLOAT,
    "double": DOUBLE,
    "string": STRING,
    "large_string": STRING,
    "string_view": STRING,
    "binary": BINARY,
    "large_binary": BINARY,
    "binary_view": BINARY,
    "date32[day]": DATE,
    "date64[ms]": DATE,
    "null": VOID,
}


def hive_type(kind: Any) -> HiveType:
    """Hive's type for an Arrow type.

    :raises UsageError: for one that Hive has no type for

    >>> import pyarrow
    >>> str(hive_type(pyarrow.list_(pyarrow.struct([("A", pyarrow.int16())]))))
    'array<struct<a:smallint>>'
    """
    from pyarrow import BaseExtensionType, types

    found = _KINDS.get(str(kind))
    if found is not None:
        return found
    if isinstance(kind, BaseExtensionType):  # JSON is text, a UUID bytes
        return hive_type(kind.storage_type)
    if types.is_timestamp(kind):
        return TIMESTAMP
    if types.is_decimal(kind):
        return HiveType("decimal", (kind.precision, kind.scale))
    if types.is_fixed_size_binary(kind):
        return BINARY
    if types.is_dictionary(kind):
        return hive_type(kind.value_type)
    if types.is_map(kind):
        return map_of(hive_type(kind.key_type), hive_type(kind.item_type))
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return array(hive_type(kind.value_type))
    if types.is_struct(kind):
        return HiveType("struct", fields=tuple((member.name.lower(), hive_type(member.type)) for member in kind))
    raise UsageError(f"Hive has no type for {kind}.")


def arrow_type(kind: HiveType) -> Any:
    """Arrow's type for one of Hive.

    >>> from bigdata.sql.types import parse_type
    >>> str(arrow_type(parse_type("map<string,decimal(5,2)>")))
    'map<string, decimal128(5, 2)>'
    """
    import pyarrow

    if kind.name == "array":
        return pyarrow.list_(arrow_type(kind.members[0]))
    if kind.name == "map":
        return pyarrow.map_(*map(arrow_type, kind.members))
    if kind.name == "struct":
        return pyarrow.struct([(name, arrow_type(member)) for name, member in kind.fields])
    if kind.name == "uniontype":
        members = [(f"f{number}", arrow_type(member)) for number, member in enumerate(kind.members)]
        return pyarrow.struct([("tag", pyarrow.int8()), *members])
    if kind.name == "decimal":
        return pyarrow.decimal128(*kind.sizes)
    if kind == FINE_TIMESTAMP:
        return pyarrow.timestamp("ns")
    simple = {
        "tinyint": pyarrow.int8,
        "smallint": pyarrow.int16,
        "int": pyarrow.int32,
        "bigint": pyarrow.int64,
        "float": pyarrow.float32,
        "double": pyarrow.float64,
        "boolean": pyarrow.bool_,
        "binary": pyarrow.binary,
        "date": pyarrow.date32,
        "interval_year_month": pyarrow.month_day_nano_interval,
        "interval_day_time": pyarrow.month_day_nano_interval,
    }.get(kind.name)
    if simple is not None:
        return simple()
    if kind.name == ZONED:
        return pyarrow.timestamp("us", tz="UTC")
    return pyarrow.timestamp("us") if kind.name == "timestamp" else pyarrow.string()
