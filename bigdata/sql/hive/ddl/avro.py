"""The columns of a table whose Avro schema is a property of it.

Source: Hive's AvroSerDe and SchemaToTypeInfo; LanguageManual, AvroSerDe.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.tables import Column
from bigdata.sql.types import HiveType, array, decimal, map_of, struct
from bigdata.storage import cat, local

SERDE = "org.apache.hadoop.hive.serde2.avro.AvroSerDe"
_SIMPLE = {
    "null": "void",
    "boolean": "boolean",
    "int": "int",
    "long": "bigint",
    "float": "float",
    "double": "double",
    "bytes": "binary",
    "fixed": "binary",
    "string": "string",
    "enum": "string",
}
_LOGICAL = {"date": "date", "timestamp-millis": "timestamp"}


def columns(properties: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns that ``avro.schema.literal`` or ``avro.schema.url`` says; none if there is no such property.

    :raises UsageError: for what is no schema of a record

    >>> schema = '{"type": "record", "name": "a", "fields": [{"name": "Id", "type": ["null", "long"]}]}'
    >>> columns({"avro.schema.literal": schema})
    (Column(name='id', type=HiveType(name='bigint', sizes=(), fields=()), comment=''),)
    """
    literal, url = (properties.get(f"avro.schema.{key}", "none") for key in ("literal", "url"))
    if literal == url == "none":
        return ()
    text = literal if literal != "none" else b"".join(cat(local(url))).decode()
    try:
        schema = json.loads(text)
        known: dict[str, Any] = {}
        _type(schema, known)
        return tuple(
            Column(field["name"].lower(), _type(field["type"], known), field.get("doc", ""))
            for field in schema["fields"]
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"the Avro schema is none of a record: {error!r}. Check it.") from None


def _type(schema: Any, known: dict[str, Any]) -> HiveType:
    """Hive's type of a schema; named schemas are in `known`, by name."""
    if isinstance(schema, str):
        return HiveType(_SIMPLE[schema]) if schema in _SIMPLE else _type(known[schema], known)
    if isinstance(schema, list):
        members = [_type(member, known) for member in schema if member != "null"]
        return members[0] if len(members) == 1 else HiveType("uniontype", fields=tuple(("", kind) for kind in members))
    if "name" in schema:
        known[schema["name"]] = schema
        known[f"{schema.get('namespace', '')}.{schema['name']}"] = schema
    kind, logical = schema["type"], schema.get("logicalType")
    if logical == "decimal":
        return decimal(schema["precision"], schema.get("scale", 0))
    if logical in _LOGICAL:
        return HiveType(_LOGICAL[logical])
    if logical in ("char", "varchar"):
        return HiveType(logical, (int(schema["maxLength"]),))
    if kind == "record":
        return struct(*((field["name"], _type(field["type"], known)) for field in schema["fields"]))
    if kind == "array":
        return array(_type(schema["items"], known))
    if kind == "map":
        return map_of(HiveType("string"), _type(schema["values"], known))
    return _type(kind, known)
