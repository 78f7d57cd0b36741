"""Avro: records as columns, by names whatever their case; the schema is the table's or made of its columns.

A table may give a schema with ``avro.schema.literal`` or ``avro.schema.url``; files are read by it, with its defaults
for members that they lack. Without one, columns are all nullable.

Source: Hive's AvroSerDe.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

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
    if kind.name == "uniontype":
        members_of = [(_takes(member), taker(member)) for member in kind.members]
        return lambda value: None if value is None else _tagged(value, members_of)
    if kind.name == "timestamp":
        return lambda value: value.replace(tzinfo=None) if isinstance(value, datetime) else value
    if kind.is_text:
        return lambda value: str(value) if isinstance(value, UUID) else value
    if kind.name in _TIMES:  # Hive has no type for a time of day
        return lambda value: _since_midnight(value) // _TIMES[kind.name] if isinstance(value, time) else value
    return lambda value: value


#: the unit of a time of day that is held as a type: time-millis and time-micros
_TIMES = {"int": timedelta(milliseconds=1), "bigint": timedelta(microseconds=1)}


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(date.min, clock) - datetime.combine(date.min, time.min)


#: what Python has for values of a type; the first member of a union that takes a value is the one that holds it
_PYTHON: dict[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "float": (float,),
    "double": (float,),
    "binary": (bytes,),
    "date": (date,),
    "timestamp": (datetime,),
    "decimal": (Decimal,),
    "array": (list,),
    "map": (dict,),
}


def _takes(kind: HiveType) -> Callable[[Any], bool]:
    """Whether a value that fastavro gives is one of a type."""
    if kind.is_integer:
        limit = 1 << (63 if kind.name == "bigint" else 31)
        return lambda value: type(value) is int and -limit <= value < limit
    if kind.name == "struct":
        names = {name for name, _ in kind.fields}
        return lambda value: isinstance(value, dict) and {name.lower() for name in value} == names
    return lambda value: type(value) in _PYTHON.get(kind.name, (str,))


def _tagged(value: Any, members: Sequence[tuple[Callable[[Any], bool], Callable[[Any], Any]]]) -> dict[str, Any]:
    """A value as the member of a union that takes it."""
    tag = next(place for place, (takes, _) in enumerate(members) if takes(value))
    return {
        "tag": tag,
        **{f"f{place}": take(value) if place == tag else None for place, (_, take) in enumerate(members)},
    }


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
    """A row with its chars as long as they are, and its unions without their tags."""
    return {name: _given(value, column.type) for (name, value), column in zip(row.items(), columns)}


def _given(value: Any, kind: HiveType) -> Any:
    """A value as fastavro takes it: of a union the member that is there."""
    if value is None or kind.is_primitive:
        if isinstance(value, datetime):  # without a zone fastavro takes it for that of the machine
            return value.replace(tzinfo=UTC)
        return value.ljust(kind.sizes[0]) if kind.name == "char" and value is not None else value
    if kind.name == "array":
        return [_given(one, kind.members[0]) for one in value]
    if kind.name == "map":
        return {key: _given(one, kind.members[1]) for key, one in value.items()}
    if kind.name == "struct":
        return {name: _given(value[name], member) for name, member in kind.fields}
    return _given(value[f"f{value['tag']}"], kind.members[value["tag"]])
