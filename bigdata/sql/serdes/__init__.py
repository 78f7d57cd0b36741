"""SerDes and file formats: the files of tables as queries, and queries as files, in place.

A storage names a SerDe and formats by their Java classes, as Hive does. A SerDe is a module here with ``read``, from a
:class:`~bigdata.sql.serdes.portion.Portion` of a table's files to a scan, and ``write``, from an
:class:`~bigdata.sql.serdes.output.Output` to the path of a file. Those of text say how columns come out of a line, and
leave the files to :mod:`~bigdata.sql.serdes.records`. A new SerDe is a module and its line in :data:`SERDES`.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql import types
from bigdata.sql.serdes import partition_values
from bigdata.sql.serdes.conversion import converted
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import SYMLINKS, Portion, portions
from bigdata.sql.serdes.typed import NOTHING
from bigdata.sql.tables import Column, Partition, Scan, Storage, Table
from bigdata.sql.types import BIGINT, STRING, TIMESTAMP, quoted

__all__ = ["SERDES", "fine", "fine_partition", "scan", "write"]

_HIVE = "org.apache.hadoop.hive"
#: the module of each SerDe; several classes may be one
SERDES = {
    f"{_HIVE}.serde2.lazy.LazySimpleSerDe": "lazy",
    f"{_HIVE}.serde2.MultiDelimitSerDe": "multi_delimit",
    f"{_HIVE}.contrib.serde2.MultiDelimitSerDe": "multi_delimit",
    f"{_HIVE}.serde2.RegexSerDe": "regex",
    f"{_HIVE}.contrib.serde2.RegexSerDe": "regex",
    f"{_HIVE}.serde2.OpenCSVSerde": "opencsv",
    "com.bizo.hive.serde.csv.CSVSerde": "opencsv",
    "org.apache.hive.hcatalog.data.JsonSerDe": "json_lines",
    f"{_HIVE}.serde2.JsonSerDe": "json_lines",
    "org.openx.data.jsonserde.JsonSerDe": "json_lines",
    f"{_HIVE}.ql.io.parquet.serde.ParquetHiveSerDe": "parquet",
    "parquet.hive.serde.ParquetHiveSerDe": "parquet",
    f"{_HIVE}.ql.io.orc.OrcSerde": "orc",
    f"{_HIVE}.serde2.avro.AvroSerDe": "avro",
    f"{_HIVE}.serde2.columnar.ColumnarSerDe": "columnar",
    f"{_HIVE}.serde2.columnar.LazyBinaryColumnarSerDe": "binary_columnar",
    f"{_HIVE}.serde2.lazybinary.LazyBinarySerDe": "binary_records",
}
#: modules whose timestamps may have nanoseconds, wherever they are, and those that have them in columns only
_FINE = ("lazy", "multi_delimit", "regex", "opencsv", "json_lines", "columnar", "binary_columnar", "binary_records")
_TYPED = ("parquet", "orc")
_VIRTUAL = (Column("INPUT__FILE__NAME", STRING), Column("BLOCK__OFFSET__INSIDE__FILE", BIGINT))
#: what a SerDe's scan calls them
_PLACES = ("file", "offset")


def fine(table: Table) -> Table:
    """A table whose timestamps are fine, if its files hold nanoseconds."""
    columns = tuple(replace(column, type=types.fine(column.type)) for column in table.partition_columns)
    return replace(table, columns=_fine(table.storage, table.columns), partition_columns=columns)


def fine_partition(partition: Partition) -> Partition:
    """The like of a partition."""
    return replace(partition, columns=_fine(partition.storage, partition.columns))


def _fine(storage: Storage, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Parquet and ORC hold nanoseconds in the columns themselves, not within arrays, maps and structs."""
    module = SERDES.get(storage.serde)
    return tuple(
        replace(column, type=types.fine(column.type))
        if module in _FINE or (module in _TYPED and column.type == TIMESTAMP)
        else column
        for column in columns
    )


def scan(
    table: Table,
    partitions: Sequence[Partition],
    name: str,
    settings: Mapping[str, str] | None = None,
    wanted: Collection[str] | None = None,
) -> Scan:
    """What a query reads a table by: its columns, partition columns and virtual columns, in this order.

    :param partitions: those that are read, of a table that has partition columns
    :param name: begins the names of the sources that are to be registered
    :param settings: of the session, such as ``mapred.input.dir.recursive``
    :param wanted: which of these columns are needed, by their names; ``None`` for all
    :raises UsageError: for a SerDe or format that can't be read, or a file that doesn't fit the table
    """
    every = (*table.columns, *table.partition_columns, *_VIRTUAL)
    needed = {column.name for column in every if wanted is None or column.name in wanted}
    plain = [_named(quoted(column.name), column) for column in every if column.name in needed]
    selects, sources, size = [], {}, 0
    alike = portions(table, partitions, name, settings or {})
    for portion in alike:
        found = _module(portion.storage.serde).read(replace(portion, wanted=_of_portion(table, portion, needed)))
        sources.update(found.sources)
        size += sum(held.file.size for held in portion.files)
        listed = [*_columns(table, portion, needed), *_partition_columns(table, partitions, needed)]
        listed += [_named(quoted(place), column) for place, column in zip(_PLACES, _VIRTUAL) if column.name in needed]
        as_held = len(alike) == 1 and listed == plain != []
        selects.append(found.sql if as_held else f"SELECT {', '.join(listed) or NOTHING} FROM ({found.sql})")
    if not selects:
        nothing = [_named(f"CAST(NULL AS {column.type.duckdb})", column) for column in every]
        selects = [f"SELECT {', '.join(nothing)} WHERE false"]
    return Scan(" UNION ALL ".join(selects), sources, size)


def _of_portion(table: Table, portion: Portion, needed: Collection[str]) -> frozenset[str]:
    """What is needed of a portion, whose columns are the table's by their places."""
    names = {held.name for column, held in zip(table.columns, portion.columns) if column.name in needed}
    names |= {place for place, column in zip(_PLACES, _VIRTUAL) if column.name in needed}
    return frozenset(names | ({"partition"} if any(one.name in needed for one in table.partition_columns) else set()))


def _named(sql: str, column: Column) -> str:
    return f"{sql} AS {quoted(column.name)}"


def _columns(table: Table, portion: Portion, needed: Collection[str]) -> list[str]:
    """The table's columns that are needed out of a partition's, which are matched by their places."""
    held = dict(enumerate(portion.columns))
    found = []
    for number, column in enumerate(table.columns):
        if column.name not in needed:
            continue
        sql = f"CAST(NULL AS {column.type.duckdb})"
        if number in held:
            sql = converted(quoted(held[number].name), held[number].type, column.type)
        found.append(_named(sql, column))
    return found


def _partition_columns(table: Table, partitions: Sequence[Partition], needed: Collection[str]) -> list[str]:
    values = partition_values.columns(table.partition_columns, partitions)
    return [sql for sql, column in zip(values, table.partition_columns) if column.name in needed]


def write(
    connection: Any,
    sql: str,
    columns: Sequence[Column],
    storage: Storage,
    properties: Mapping[str, str],
    directory: str,
    name: str = "000000_0",
    compression: str | None = None,
) -> list[str]:
    """Write a query's rows as a file of a table; gives the paths of what was written.

    :param connection: a connection of DuckDB without an open result
    :param sql: a query whose columns have the DuckDB types of `columns`
    :param properties: the table's
    :param directory: an existing local folder
    :param compression: a codec of Hadoop for text files, sequence files and RCFiles: its class, or one of ``gzip``,
        ``bzip2``, ``zstd``, ``snappy`` and ``deflate``
    :raises UsageError: for a SerDe or format that can't be written
    """
    if storage.input_format == SYMLINKS:
        raise UsageError("a table of SymlinkTextInputFormat holds lists of files. Write to the tables of these files.")
    every = {**properties, **storage.properties}
    path = os.path.join(directory, name)
    with ExitStack() as opened:
        output = Output(connection, sql, tuple(columns), storage, every, path, opened, compression)
        return [_module(storage.serde).write(output)]


def _module(serde: str) -> Any:
    if serde not in SERDES:
        raise UsageError(f"the SerDe {serde} is none that can be read. Expected one of {', '.join(SERDES)}.")
    return importlib.import_module(f"bigdata.sql.serdes.{SERDES[serde]}")
