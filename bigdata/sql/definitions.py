"""Tables and partitions as JSON and back, exactly."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from bigdata.sql.tables import Buckets, Column, Constraint, Partition, Storage, Table
from bigdata.sql.types import HiveType


def text_of(definition: Any) -> str:
    """A table, a partition or another definition as JSON.

    >>> text_of(Column("id", HiveType("int")))
    '{"name": "id", "type": {"name": "int", "sizes": [], "fields": []}, "comment": null}'
    """
    return json.dumps(definition, default=lambda value: dict(getattr(value, "__dict__", value)), ensure_ascii=False)


@lru_cache(256)
@lru_cache(256)
def table_of(text: str) -> Table:
    """The table that :func:`text_of` wrote."""
    held = json.loads(text)
    buckets, skewed = held["buckets"], held["skewed"]
    held |= {
        "columns": _columns(held["columns"]),
        "partition_columns": _columns(held["partition_columns"]),
        "storage": Storage(**held["storage"]),
        "buckets": buckets and Buckets(tuple(buckets["columns"]), buckets["count"], _pairs(buckets["sorted_by"])),
        "skewed": skewed and (tuple(skewed[0]), _pairs(skewed[1])),
        "constraints": tuple(Constraint(**one | {"columns": tuple(one["columns"])}) for one in held["constraints"]),
    }
    return Table(**held)


def partition_texts(partition: Partition) -> tuple[str, str]:
    """A partition as two texts: what is its own, and its columns and storage, which it mostly shares with others."""
    own = dict(vars(partition))
    layout = [own.pop("columns"), own.pop("storage")]
    return text_of(own), text_of(layout)


def partition_of(own: str, layout: str) -> Partition:
    """The partition that :func:`partition_texts` wrote."""
    held = json.loads(own)
    columns, storage = _layout(layout)
    return Partition(**held | {"values": tuple(held["values"])}, columns=columns, storage=storage)


@lru_cache(256)
def _layout(text: str) -> tuple[tuple[Column, ...], Storage]:
    columns, storage = json.loads(text)
    return _columns(columns), Storage(**storage)


def _columns(held: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(column["name"], _type(column["type"]), column["comment"]) for column in held)


def _type(held: dict[str, Any]) -> HiveType:
    fields = tuple((name, _type(kind)) for name, kind in held["fields"])
    return HiveType(held["name"], tuple(held["sizes"]), fields)


def _pairs(held: list[list[str]]) -> tuple[Any, ...]:
    return tuple(tuple(pair) for pair in held)
