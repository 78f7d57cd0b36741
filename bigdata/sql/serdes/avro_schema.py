"""Avro's schemas and Hive's types: the columns that a schema gives a table, and the schema of a table's columns.

Source: Hive's AvroSerDe, SchemaToTypeInfo and TypeInfoToSchema.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.tables import Column
from bigdata.sql.types import (
    BIGINT,
    BINARY,
    BOOLEAN,
    DATE,
    DOUBLE,
    FLOAT,
    INT,
    STRING,
    TIMESTAMP,
    VOID,
    HiveType,
    array,
    map_of,
    struct,
)
from bigdata.storage import local, open_input

LITERAL, URL = "avro.schema.literal", "avro.schema.url"
_SIMPLE = {
    "null": VOID,
    "boolean": BOOLEAN,
    "int": INT,
    "long": BIGINT,
    "float": FLOAT,
    "double": DOUBLE,
    "bytes": BINARY,
    "fixed": BINARY,
    "string": STRING,
    "enum": STRING,
}
_LOGICAL = {
    ("int", "date"): DATE,
    ("long", "timestamp-millis"): TIMESTAMP,
    ("long", "timestamp-micros"): TIMESTAMP,
}
_WRITTEN = {
    "tinyint": "int",
    "smallint": "int",
    "bigint": "long",
    "binary": "bytes",
    "date": {"type": "int", "logicalType": "date"},
    "timestamp": {"type": "long", "logicalType": "timestamp-millis"},
}


def schema(properties: Mapping[str, str]) -> Any | None:
    """The schema that a table's properties give; ``None`` if they give none.

    :raises UsageError: for what is no schema of a record
    """
    import fastavro

    text = properties.get(LITERAL, "").strip()
    if not text or text == "none":
        url = properties.get(URL)
        if not url:
            return None
        with open_input(local(url)) as stored:
            text = io.BufferedReader(stored).read().decode()  # type: ignore[type-var]
    try:
        found: Any = fastavro.parse_schema(json.loads(text), expand=True)
    except (ValueError, fastavro.schema.SchemaParseException) as error:
        raise UsageError(f"{LITERAL} or {URL} gives no schema: {error}. Mend it.") from None
    if not isinstance(found, dict) or found.get("type") != "record":
        raise UsageError(f"{LITERAL} or {URL} gives the schema of no record. A table's rows are records.")
    return found


def columns(properties: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns that a table's schema gives it; none without one.

    >>> fields = [{"name": "Id", "type": "int"}, {"name": "at", "type": ["null", "string"], "doc": "where"}]
    >>> given = {"type": "record", "name": "r", "fields": fields}
    >>> [(column.name, str(column.type), column.comment) for column in columns({LITERAL: json.dumps(given)})]
    [('id', 'int', None), ('at', 'string', 'where')]
    """
    found = schema(properties)
    fields = found["fields"] if found else []
    return tuple(Column(field["name"].lower(), hive_type(field["type"]), field.get("doc")) for field in fields)


def hive_type(kind: Any) -> HiveType:
    """Hive's type for a type of a schema.

    A union of several types beside null is a uniontype.

    >>> str(hive_type(["null", {"type": "map", "values": {"type": "bytes", "logicalType": "decimal", "precision": 4}}]))
    'map<string,decimal(4,0)>'
    """
    if isinstance(kind, list):
        kinds = [one for one in kind if one != "null"]
        if len(kinds) > 1:
            return HiveType("uniontype", fields=tuple(("", hive_type(one)) for one in kinds))
        return hive_type(kinds[0]) if kinds else VOID
    if isinstance(kind, str):
        return _SIMPLE[kind]
    name, logical = kind["type"], kind.get("logicalType")
    if not isinstance(name, str):
        return hive_type(name)
    if name == "array":
        return array(hive_type(kind["items"]))
    if name == "map":
        return map_of(STRING, hive_type(kind["values"]))
    if name == "record":
        return struct(*((field["name"], hive_type(field["type"])) for field in kind["fields"]))
    if logical == "decimal":
        return HiveType("decimal", (kind["precision"], kind.get("scale", 0)))
    if logical in ("char", "varchar") and "maxLength" in kind:
        return HiveType(logical, (int(kind["maxLength"]),))
    return _LOGICAL.get((name, logical), _SIMPLE[name])


def made_of(columns: Sequence[Column], name: str = "row") -> dict[str, Any]:
    """The schema of a table's rows.

    :raises UsageError: for a type that Avro doesn't have

    >>> made_of([Column("a", INT)])
    {'type': 'record', 'name': 'row', 'fields': [{'name': 'a', 'type': ['null', 'int'], 'default': None}]}
    """
    fields = [
        {"name": column.name, "type": _nullable(column.type, f"{name}_{column.name}"), "default": None}
        for column in columns
    ]
    return {"type": "record", "name": name, "fields": fields}


def _nullable(kind: HiveType, name: str) -> list[Any]:
    """A type or NULL; the members of a uniontype stand beside NULL, as no union of Avro holds another."""
    if kind.name == "uniontype":
        return ["null", *(_type(member, f"{name}_{place}") for place, member in enumerate(kind.members))]
    return ["null", _type(kind, name)]


def _type(kind: HiveType, name: str) -> Any:
    if kind.name == "array":
        return {"type": "array", "items": _nullable(kind.members[0], name)}
    if kind.name == "map":
        if not kind.members[0].is_text:
            raise UsageError(f"Avro's maps have texts as keys; got {kind}. Make the key a string.")
        return {"type": "map", "values": _nullable(kind.members[1], name)}
    if kind.name == "struct":
        return made_of([Column(member, one) for member, one in kind.fields], name)
    if kind.name == "decimal":
        return {"type": "bytes", "logicalType": "decimal", "precision": kind.sizes[0], "scale": kind.sizes[1]}
    if kind.name in ("char", "varchar"):
        return {"type": "string", "logicalType": kind.name, "maxLength": kind.sizes[0]}
    return _WRITTEN.get(kind.name, kind.name)
