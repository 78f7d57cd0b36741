"""Parquet: local files by DuckDB's reader, remote ones and those of old writers by Arrow's; columns by name, whatever
its case.

Timestamps are written as INT96, as Hive does, or as 64 bits of nanoseconds where a statement has any, and read without
regard to a zone: the clock of the file is the clock of the query. Of INT96 what follows microseconds isn't read.
Timestamps with local time zone, which Hive doesn't write, are microseconds of UTC. With ``parquet.column.index.access``
columns are matched by their places.

Source: Hive's ParquetHiveSerDe, DataWritableReadSupport and DataWritableWriter.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.serdes import typed
from bigdata.sql.serdes.conversion import stored
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import Batch
from bigdata.sql.tables import Scan
from bigdata.sql.types import BIGINT, STRING, ZONED, HiveType, literal, quoted
from bigdata.storage import disk_errors, is_uri, open_input

_CODECS = {"uncompressed": "none", "snappy": "snappy", "gzip": "gzip", "zstd": "zstd", "lz4": "lz4", "brotli": "brotli"}


def read(portion: Portion) -> Scan:
    """The columns of Parquet files."""
    scans = []
    by_place = portion.is_true("parquet.column.index.access")
    for number, (schema, files) in enumerate(typed.by_schema(portion.files, _schema, "Parquet")):
        fields = typed.held(schema, portion.columns, by_place)
        paths = [file.file.path for file in files]
        by_arrow = any(is_uri(path) or _is_misread(path, *_version(path)) for path in paths)
        if by_arrow or not any(field is not None for field in fields):
            scans.append(typed.streamed(portion, number, fields, files, _batches, _column))
        else:
            scans.append(_local(portion, fields, files))
    return typed.joined(scans, portion.columns)


def _schema(path: str) -> Any:
    import pyarrow.parquet

    if not is_uri(path):
        return _schema_of(path, *_version(path))
    with open_input(path) as stored:
        return pyarrow.parquet.read_schema(stored)


def _version(path: str) -> tuple[int, int, int]:
    """What tells a local file from another one at its place."""
    found = os.stat(path)
    return found.st_ino, found.st_size, found.st_mtime_ns


@lru_cache(maxsize=4096)
def _schema_of(path: str, *version: int) -> Any:
    """The schema of a local file, which each query asks for anew."""
    import pyarrow.parquet

    return pyarrow.parquet.read_schema(path)


@lru_cache(maxsize=4096)
def _is_misread(path: str, *version: int) -> bool:
    """Whether DuckDB reads a local file in another way than Hive.

    It takes a list of structs with one member for a list of that member where Avro or Thrift wrote it, and refuses a
    map that is marked as MAP_KEY_VALUE.

    Source: the format's LogicalTypes.md, backward-compatibility rules of lists and maps.
    """
    kinds = [kind for field in _schema_of(path, *version) for kind in _within(field.type)]
    if any(_is_of_old_list(kind) for kind in kinds):
        return True
    return any(str(kind).startswith("map<") for kind in kinds) and _is_refused(path)


def _within(kind: Any) -> Iterator[Any]:
    """An Arrow type and those within it."""
    yield kind
    for number in range(kind.num_fields):
        yield from _within(kind.field(number).type)


def _is_of_old_list(kind: Any) -> bool:
    import pyarrow

    if not pyarrow.types.is_list(kind) or not pyarrow.types.is_struct(kind.value_type):
        return False
    name = kind.value_field.name
    return bool(kind.value_type.num_fields == 1 and (name == "array" or name.endswith("_tuple")))


def _is_refused(path: str) -> bool:
    import duckdb

    with duckdb.connect() as connection:
        try:
            connection.execute("FROM parquet_schema(?)", [path])
        except duckdb.Error:
            return True
    return False


def _column(field: Any, wanted: HiveType) -> str:
    """A column, whose booleans are texts in lower case, other than in ORC; to Hive an unsigned number beyond the signed
    ones is below zero, and so none.
    """
    name, arrow = quoted(field.name), str(field.type)
    if arrow == "bool" and wanted.is_text:
        return stored(f"CAST({name} AS VARCHAR)", STRING, wanted)
    if arrow == "uint32":
        return stored(f"CASE WHEN {name} < 2147483648 THEN CAST({name} AS BIGINT) END", BIGINT, wanted)
    return typed.column(field, wanted)


def _local(portion: Portion, fields: Sequence[Any], held: Sequence[DataFile]) -> Scan:
    paths = {file.file.path: file for file in held}
    columns = typed.selected(fields, portion, _column)
    uris = ", ".join(f"{literal(path)}: {literal(file.uri)}" for path, file in paths.items())
    numbers = ", ".join(f"{literal(path)}: {file.partition}" for path, file in paths.items())
    places = {
        "file": f'(MAP {{{uris}}})["hive_file"]',
        "offset": "0::BIGINT",
        "partition": f'(MAP {{{numbers}}})["hive_file"]',
    }
    columns += [f"{sql} AS {quoted(name)}" for name, sql in places.items() if portion.needs(name)]
    listed = ", ".join(map(literal, paths))
    named = ", filename = 'hive_file'" if portion.needs("file") or portion.needs("partition") else ""
    files = f"read_parquet([{listed}], hive_partitioning = false{named})"
    return Scan(f"SELECT {', '.join(columns or [typed.NOTHING])} FROM {files}")


def _batches(file: DataFile, names: list[str]) -> Iterator[Batch]:
    import numpy
    import pyarrow.parquet

    with open_input(file.file.path) as stored:
        for batch in pyarrow.parquet.ParquetFile(stored).iter_batches(columns=names):
            yield Batch(batch.columns, numpy.zeros(batch.num_rows))


def _int96(output: Output) -> bool:
    """Whether timestamps become INT96, whose nanoseconds DuckDB doesn't read, and which has no zone."""
    return not any(column.type.is_fine or column.type.name == ZONED for column in output.columns)


def write(output: Output) -> str:
    """Write a Parquet file; ``parquet.compression`` is the codec, snappy without it.

    :raises UsageError: for a codec that isn't there
    """
    import pyarrow.parquet

    codec = output.properties.get("parquet.compression", "SNAPPY").lower()
    if codec not in _CODECS:
        raise UsageError(f"parquet.compression is {codec}. Expected one of {', '.join(_CODECS)}.")
    schema, batches = typed.batches(output, [column.name for column in output.columns])
    with (
        disk_errors(output.path),
        pyarrow.parquet.ParquetWriter(
            output.path, schema, compression=_CODECS[codec], use_deprecated_int96_timestamps=_int96(output)
        ) as sink,
    ):
        for batch in batches:
            sink.write_batch(batch)
    return output.path
