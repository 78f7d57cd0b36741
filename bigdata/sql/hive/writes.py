"""INSERT: what a query gives, as files of a table or of a directory.

Queries run and files are written before anything changes: no other session waits for them, and where one fails all is
as it was.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql import serdes
from bigdata.sql.catalog import Catalog, now
from bigdata.sql.hive import buckets, constraints, library
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries.compiler import Compiler, Lowered
from bigdata.sql.hive.queries.scope import unknown
from bigdata.sql.hive.staging import put, staging
from bigdata.sql.partitions import partition_name
from bigdata.sql.tables import NULL_PARTITION, VIEW, Column, Partition, Storage, Table
from bigdata.sql.types import BOOLEAN, STRING, VOID, literal, quoted

_DEFAULT_CODEC = "org.apache.hadoop.io.compress.DefaultCodec"
_CODEC_SETTINGS = ("mapreduce.output.fileoutputformat.compress.codec", "mapred.output.compression.codec")


@dataclass(frozen=True)
class Target:
    """Where an INSERT writes: a table, or partitions of it.

    :param spec: the partition columns of the PARTITION clause with their values; ``None`` for a dynamic one
    :param columns: the columns named after the table
    """

    table: Table
    overwrite: bool
    spec: Mapping[str, str | None]
    columns: Sequence[str] = ()
    if_not_exists: bool = False


@dataclass(frozen=True)
class Written:
    """Files in a folder of their own, and where they belong.

    :param partition: of the table; ``None`` for a table without partitions, and for a directory
    """

    folder: str
    place: str
    overwrite: bool
    table: Table | None = None
    partition: Partition | None = None


@dataclass
class Writer:
    """Writes what queries give, out of sight; :func:`place` shows it.

    :param connection: DuckDB's, which has what the queries read
    """

    connection: Any
    catalog: Catalog
    compiler: Compiler

    def insert(self, stack: ExitStack, target: Target, query: Lowered) -> list[Written]:
        """INSERT INTO or OVERWRITE a table.

        :param stack: keeps the files until they are in place
        :raises UsageError: for a query with another number of columns, or a partition that isn't said whole
        """
        table = target.table
        if table.kind == VIEW:
            raise UsageError(f"{table.name} is a view. INSERT into the tables that it reads.")
        dynamic = self._dynamic(target)
        sql = constraints.enforced(self.compiler, table, self._assigned(target, query, dynamic))
        if not dynamic:
            values = tuple(target.spec[column.name] or "" for column in table.partition_columns)
            return list(self._into(stack, target, [(values, sql)]))
        held = self._held(stack, sql)
        return list(self._into(stack, target, list(self._dealt(target, held, dynamic))))

    def _dynamic(self, target: Target) -> list[Column]:
        """The partition columns whose values come from the query."""
        names = [column.name for column in target.table.partition_columns]
        for name in target.spec:
            if name not in names:
                raise unknown("partition column", name, names)
        dynamic = [column for column in target.table.partition_columns if target.spec.get(column.name) is None]
        if target.spec and len(dynamic) == len(names) and not self._lenient:
            raise UsageError(
                "Dynamic partition strict mode requires at least one static partition column."
                " Set hive.exec.dynamic.partition.mode=nonstrict, or give one a value."
            )
        if dynamic != list(target.table.partition_columns[len(names) - len(dynamic) :]):
            raise UsageError("Dynamic partition columns come after those with values.")
        return dynamic

    @property
    def _lenient(self) -> bool:
        return self.compiler.settings.get("hive.exec.dynamic.partition.mode", "strict").lower() == "nonstrict"

    def _dealt(self, target: Target, held: str, dynamic: Sequence[Column]) -> Iterator[tuple[tuple[str, ...], str]]:
        """The values of each partition that the rows go to, and the query of its rows."""
        keys = [quoted(column.name) for column in dynamic]
        found = self.connection.execute(f"SELECT DISTINCT {', '.join(keys)} FROM {held} ORDER BY ALL").fetchall()
        columns = ", ".join(quoted(column.name) for column in target.table.columns)
        given = [
            value for column in target.table.partition_columns if (value := target.spec.get(column.name)) is not None
        ]
        for values in found:
            test = " AND ".join(f"{key} = {literal(value)}" for key, value in zip(keys, values))
            yield (*given, *values), f"SELECT {columns} FROM {held} WHERE {test}"

    def _assigned(self, target: Target, query: Lowered, dynamic: Sequence[Column]) -> str:
        """The rows of a query in a table's types; last, as text, the values of its dynamic partition columns.

        Hive 3 doesn't convert those to the columns' types: Hive's FileSinkOperator, and DYNAMICPARTITIONCONVERT of
        Hive 4's HiveConf.
        """
        table = target.table
        columns = [*table.columns, *dynamic]
        given = list(target.columns or (column.name for column in columns))
        if len(given) != len(query.fields):
            raise UsageError(
                f"INSERT into {table.name}: the table takes {len(given)} columns ({', '.join(given)}),"
                f" but the query gives {len(query.fields)}."
            )
        for name in given:
            if given.count(name) > 1:
                raise UsageError(f"INSERT into {table.name}: column {name} is named twice.")
            if name not in {column.name for column in columns}:
                raise unknown(f"column of {table.name}", name, [column.name for column in columns])
        fields = dict(zip(given, query.fields))
        parts = []
        for column in columns:
            field = fields.get(column.name)
            if field is not None:
                value = Typed(f"i.{quoted(field.sql)}", field.type)
            else:
                value = constraints.default(self.compiler, table, column.name) or Typed("NULL", VOID)
            if column in dynamic:
                missing = self.compiler.settings.get("hive.exec.default.partition.name", NULL_PARTITION)
                parts.append(f"{_partition_text(value, missing)} AS {quoted(column.name)}")
                continue
            kind = self.compiler.kind(column.type)
            sql = cast(value.sql, value.type, kind)
            if sql is None:
                raise UsageError(f"INSERT into {table.name}: column {column.name} is {column.type}, not {value.type}.")
            parts.append(f"{cast(sql, kind, column.type)} AS {quoted(column.name)}")
        return f"SELECT {', '.join(parts)} FROM ({query.sql}) AS i"

    def _into(
        self, stack: ExitStack, target: Target, portions: Sequence[tuple[tuple[str, ...], str]]
    ) -> Iterator[Written]:
        """Write the rows of a table, or of some partitions of it."""
        table = target.table
        known = {held.values: held for held in self.catalog.partitions(table)} if table.partition_columns else {}
        folder = stack.enter_context(staging(table.location))
        for number, (values, sql) in enumerate(portions):
            partition = (known.get(values) or _partition(table, values)) if table.partition_columns else None
            if partition is not None and target.if_not_exists and values in known:
                continue
            held: Table | Partition = partition or table
            own = os.path.join(folder, str(number))
            os.makedirs(own)
            for name, rows in [("000000_0", sql)] if table.buckets is None else self._dealt_out(stack, table, sql):
                self._write(rows, table.columns, held.storage, table.properties, own, name)
            yield Written(own, held.location, target.overwrite, table, partition)

    def _dealt_out(self, stack: ExitStack, table: Table, sql: str) -> list[tuple[str, str]]:
        """The files of a table's buckets and the queries of their rows, which are held meanwhile."""
        assert table.buckets is not None
        return list(buckets.files(table.buckets, self._held(stack, buckets.numbered(table, table.buckets, sql))))

    def _held(self, stack: ExitStack, sql: str) -> str:
        """The name of a table that keeps a query's rows as long as the stack."""
        name = quoted(f"insert_{uuid.uuid4().hex[:8]}")
        library.define(self.connection.cursor(), sql, set())
        self.connection.execute(f"CREATE TEMP TABLE {name} AS {sql}")
        stack.callback(self.connection.execute, f"DROP TABLE {name}")
        return name

    def _write(
        self,
        sql: str,
        columns: Sequence[Column],
        storage: Storage,
        properties: Mapping[str, str],
        folder: str,
        name: str = "000000_0",
    ) -> None:
        codec = compression(self.compiler.settings)
        serdes.write(self.connection, sql, columns, storage, properties, folder, name, codec)

    def directory(self, stack: ExitStack, path: str, storage: Storage, query: Lowered) -> list[Written]:
        """INSERT OVERWRITE DIRECTORY: the rows of a query as files of a folder."""
        columns = [Column(field.sql, field.type) for field in query.fields]
        folder = stack.enter_context(staging(path))
        self._write(query.sql, columns, storage, {}, folder)
        return [Written(folder, path, True)]


def place(written: Sequence[Written], catalog: Catalog) -> None:
    """Put files where they belong, and let the catalog know of their partitions, all at once."""
    with catalog.transaction():
        for one in written:
            if one.table is not None and one.partition is not None:
                catalog.put_partitions(one.table, [one.partition])
            put(one.folder, one.place, one.overwrite, catalog)


def compression(settings: Mapping[str, str]) -> str | None:
    """The codec of text files, sequence files and RCFiles, by the settings that Hive and Hadoop have for it.

    >>> compression({"hive.exec.compress.output": "true"})
    'org.apache.hadoop.io.compress.DefaultCodec'
    """
    if settings.get("hive.exec.compress.output", "false").lower() != "true":
        return None
    return next((settings[key] for key in _CODEC_SETTINGS if key in settings), _DEFAULT_CODEC)


def _partition(table: Table, values: tuple[str, ...]) -> Partition:
    name = partition_name([column.name for column in table.partition_columns], values)
    place = f"{table.location.rstrip('/')}/{name}"
    return Partition(values, place, table.columns, table.storage, {}, now())


def columns_of(query: Lowered) -> tuple[Column, ...]:
    """The columns of a table made of a query.

    :raises UsageError: for a column of NULL alone, or two of one name
    """
    names = [field.name for field in query.fields]
    for field in query.fields:
        if field.type == VOID:
            raise UsageError(f"column {field.name} has no type: it is NULL everywhere. CAST it to one.")
        if names.count(field.name) > 1:
            raise UsageError(f"two columns are named {field.name}. Give one another name by AS.")
    return tuple(Column(field.name, field.type) for field in query.fields)


def _partition_text(value: Typed, missing: str) -> str:
    """A value as it is in the name of a partition; a boolean is what Java calls it, not what CAST makes of it.

    :param missing: what NULL is called
    """
    text = f"CAST({value.sql} AS VARCHAR)" if value.type == BOOLEAN else cast(value.sql, value.type, STRING)
    if text is None:
        raise UsageError(f"a partition is named by one value, not by {value.type}.")
    return f"coalesce(nullif({text}, ''), {literal(missing)})"
