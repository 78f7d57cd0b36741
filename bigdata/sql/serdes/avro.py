"""Avro: records as columns, by names whatever their case; the schema is the table's or made of its columns.

A table may give a schema with ``avro.schema.literal`` or ``avro.schema.url``; files are read by it, with its defaults
for members that they lack. Without one, columns are all nullable.

Source: Hive's AvroSerDe.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from bigdata.errors import InputError, UsageError
from bigdata.sql.serdes import typed
from bigdata.sql.serdes.arrow import arrow_type
from bigdata.sql.serdes.avro_schema import hive_type, made_of, schema
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import Batch
from bigdata.sql.tables import Column, Scan
from bigdata.sql.types import HiveType
from bigdata.storage import disk_errors, open_input

_ROWS = 1 << 14
#: what fastavro lets through from a damaged file
_DAMAGED = (ValueError, LookupError, EOFError, zlib.error)


def read(portion: Portion) -> Scan:
    """The records of Avro files."""
    wanted = schema(portion.properties)
    scans = []
    for number, (held, files) in enumerate(typed.by_schema(portion.files, partial(_held, wanted), "Avro")):
        fields = typed.held(held, portion.columns, by_place=False)
        scans.append(typed.streamed(portion, number, fields, files, partial(_batches, wanted)))
    return typed.joined(scans, portion.columns)


def _held(wanted: Any | None, path: str) -> Any:
    """The Arrow schema of a file's records as they are read."""
    import fastavro
    import pyarrow

    with open_input(path) as stored:
        found = wanted or _expanded(fastavro.reader(io.BufferedReader(stored)))  # type: ignore[type-var]
    kinds = {field["name"]: hive_type(field["type"]) for field in found["fields"]}
    for name, kind in kinds.items():
        if "uniontype" in str(kind):
            raise UsageError(f"{path}: {name} is a union of several types ({kind}), which can't be read from Avro.")
    return pyarrow.schema([(name, arrow_type(kind)) for name, kind in kinds.items()])


def _expanded(reader: Any) -> Any:
    """The schema that a file was written by, with types in place of their names."""
    import fastavro

    return fastavro.parse_schema(reader.writer_schema, expand=True)


def _batches(wanted: Any | None, file: DataFile, names: Sequence[str]) -> Iterator[Batch]:
    import fastavro

    with open_input(file.file.path) as stored:
        found = fastavro.reader(io.BufferedReader(stored), reader_schema=wanted)  # type: ignore[type-var]
        held = wanted or _expanded(found)
        kinds = {field["name"]: hive_type(field["type"]) for field in held["fields"]}
        takes = {name: taker(kinds[name]) for name in names}
        rows: list[Any] = []
        try:
            for row in found:
                rows.append(row)
                if len(rows) == _ROWS:
                    yield _batch(rows, takes, kinds)
                    rows = []
        except (*_DAMAGED, fastavro.read.SchemaResolutionError) as error:
            raise InputError(f"{file.file.path}: can't be read to its end: {error}. Write it again.") from None
        yield _batch(rows, takes, kinds)


def _batch(rows: Sequence[Any], takes: Mapping[str, Callable[[Any], Any]], kinds: Mapping[str, HiveType]) -> Batch:
    import pyarrow

    arrays = [pyarrow.array([take(row[name]) for row in rows], arrow_type(kinds[name])) for name, take in takes.items()]
    return Batch(arrays, [0] * len(rows))


def taker(kind: HiveType) -> Callable[[Any], Any]:
    """What makes the value that Arrow takes for a type out of the one that fastavro gives."""
    if kind.name == "array":
        member = taker(kind.members[0])
        return lambda value: None if value is None else [member(one) for one in value]
    if kind.name == "map":
        member = taker(kind.members[1])
        return lambda value: None if value is None else [(key, member(one)) for key, one in value.items()]
    if kind.name == "struct":
        members = {name: taker(one) for name, one in kind.fields}
        return lambda value: (
            None if value is None else {name.lower(): members[name.lower()](one) for name, one in value.items()}
        )
    if kind.name == "timestamp":
        return lambda value: value.replace(tzinfo=None) if isinstance(value, datetime) else value
    return lambda value: value


def write(output: Output) -> str:
    """Write an Avro file; ``avro.output.codec`` is the codec, null without it.

    :raises UsageError: for a codec that fastavro doesn't have, or a value that the table's schema doesn't take
    """
    import fastavro

    wanted = schema(output.properties) or made_of(output.columns)
    names = [field["name"] for field in wanted["fields"]]
    if len(names) != len(output.columns):
        raise UsageError(f"the table's Avro schema has {len(names)} members; got {len(output.columns)} columns.")
    _, batches = typed.batches(output, names)
    rows = (_plain(row, output.columns) for batch in batches for row in batch.to_pylist(maps_as_pydicts="strict"))
    codec = output.properties.get("avro.output.codec", "null")
    try:
        with disk_errors(output.path), open(output.path, "wb") as sink:
            fastavro.writer(sink, wanted, rows, codec=codec)
    except (ValueError, TypeError) as error:
        raise UsageError(
            f"a row can't be written to Avro: {error}. Change the schema, the codec or the query."
        ) from None
    return output.path


def _plain(row: dict[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """A row with its chars as long as they are."""
    return {
        name: value.ljust(column.type.sizes[0]) if column.type.name == "char" and value is not None else value
        for (name, value), column in zip(row.items(), columns)
    }
