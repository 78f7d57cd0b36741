"""What EXPORT says of a table, in the file ``_metadata``: Thrift's JSON of the metastore's objects within JSON.

Source: Hive's EximUtil (createExportDump, readMetaData), hive_metastore.thrift; Thrift's TJSONProtocol.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bigdata.errors import InputError
from bigdata.sql.tables import EXTERNAL, MANAGED, Buckets, Column, Partition, Storage, Table
from bigdata.sql.types import parse_type

NAME = "_metadata"
_VERSION = "0.2"
#: of a table's parameters, those that tell of its files and buckets
_DERIVED = {"COLUMN_STATS_ACCURATE", "numFiles", "numRows", "numPartitions", "rawDataSize", "totalSize"}
_DERIVED |= {"SORTBUCKETCOLSPREFIX"}
_ORDERS = {"DESC": 0, "ASC": 1}


def written(table: Table, partitions: Sequence[Partition]) -> str:
    """The text of the file."""
    parameters = {**table.properties, **({} if table.comment is None else {"comment": table.comment})}
    held = {
        "1": _text(table.name),
        "2": _text(table.database),
        "3": _text(table.owner),
        "4": {"i32": table.created},
        "7": _descriptor(table, table.columns, table.storage, table.location),
        "8": _columns(table.partition_columns),
        "9": _map(parameters),
        "12": _text(table.kind),
    }
    parts = [
        {
            "1": _texts(partition.values),
            "2": _text(table.database),
            "3": _text(table.name),
            "4": {"i32": partition.created},
            "6": _descriptor(table, partition.columns, partition.storage, partition.location),
            "7": _map(partition.properties),
        }
        for partition in partitions
    ]
    return json.dumps({"version": _VERSION, "table": _json(held), "partitions": [_json(part) for part in parts]})


def read(text: str, path: str) -> tuple[Table, list[Partition]]:
    """A table and its partitions, as the text of the file tells of them; their places are those that they had.

    :param path: of the file, for errors
    :raises InputError: if it is none of such a file
    """
    try:
        held = json.loads(text)
        table = _table(json.loads(held["table"]))
        return table, [_partition(json.loads(part)) for part in held["partitions"]]
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(
            f"{path}: it tells of no table that EXPORT wrote ({error!r}). Export the table again."
        ) from None


def _table(held: Mapping[str, Any]) -> Table:
    descriptor = held["7"]["rec"]
    parameters = {key: value for key, value in held["9"]["map"][3].items() if key not in _DERIVED}
    comment = parameters.pop("comment", None)
    count, names = descriptor["6"]["i32"], tuple(descriptor["8"]["lst"][2:])
    directions = {number: name for name, number in _ORDERS.items()}
    order = tuple((key["1"]["str"], directions[key["2"]["i32"]]) for key in descriptor["9"]["lst"][2:])
    return Table(
        database=held["2"]["str"],
        name=held["1"]["str"],
        columns=_read_columns(descriptor["1"]),
        partition_columns=_read_columns(held["8"]),
        storage=_storage(descriptor),
        location=descriptor["2"]["str"],
        kind=EXTERNAL if held["12"]["str"] == EXTERNAL else MANAGED,
        properties=parameters,
        comment=comment,
        buckets=Buckets(names, count, order) if names else None,
    )


def _partition(held: Mapping[str, Any]) -> Partition:
    descriptor = held["6"]["rec"]
    values = tuple(held["1"]["lst"][2:])
    return Partition(values, descriptor["2"]["str"], _read_columns(descriptor["1"]), _storage(descriptor))


def _descriptor(table: Table, columns: Iterable[Column], storage: Storage, location: str) -> dict[str, Any]:
    buckets = table.buckets or Buckets((), -1)
    order = [{"1": _text(name), "2": {"i32": _ORDERS[direction]}} for name, direction in buckets.sorted_by]
    serde = {"2": _text(storage.serde), "3": _map(storage.properties)}
    return {
        "rec": {
            "1": _columns(columns),
            "2": _text(location),
            "3": _text(storage.input_format),
            "4": _text(storage.output_format),
            "5": {"tf": 0},
            "6": {"i32": buckets.count},
            "7": {"rec": serde},
            "8": _texts(buckets.columns),
            "9": {"lst": ["rec", len(order), *order]},
            "10": _map({}),
            "12": {"tf": 0},
        }
    }


def _storage(descriptor: Mapping[str, Any]) -> Storage:
    serde = descriptor["7"]["rec"]
    return Storage(serde["2"]["str"], descriptor["3"]["str"], descriptor["4"]["str"], serde["3"]["map"][3])


def _columns(columns: Iterable[Column]) -> dict[str, Any]:
    found = [
        {"1": _text(one.name), "2": _text(str(one.type)), **({} if one.comment is None else {"3": _text(one.comment)})}
        for one in columns
    ]
    return {"lst": ["rec", len(found), *found]}


def _read_columns(held: Mapping[str, Any]) -> tuple[Column, ...]:
    return tuple(
        Column(one["1"]["str"], parse_type(one["2"]["str"]), one["3"]["str"] if "3" in one else None)
        for one in held["lst"][2:]
    )


def _json(held: Mapping[str, Any]) -> str:
    return json.dumps(held, separators=(",", ":"))


def _text(text: str) -> dict[str, str]:
    return {"str": text}


def _texts(texts: Sequence[str]) -> dict[str, Any]:
    return {"lst": ["str", len(texts), *texts]}


def _map(held: Mapping[str, str]) -> dict[str, Any]:
    return {"map": ["str", "str", len(held), dict(held)]}
