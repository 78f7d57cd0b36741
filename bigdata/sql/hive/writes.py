"""INSERT: what a query gives, written to the files of a table or of a directory.

Rows are written to a hidden folder beside where they go. When all are there, OVERWRITE takes the old files away, the
new ones are moved in, and the catalog gets the partitions, in one transaction; a statement that fails leaves files and
catalog as they were.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql import serdes
from bigdata.sql.catalog import Catalog, now
from bigdata.sql.hive import constraints
from bigdata.sql.hive.casts import cast
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries.compiler import Compiler, Lowered
from bigdata.sql.hive.queries.scope import unknown
from bigdata.sql.partitions import partition_name
from bigdata.sql.tables import NULL_PARTITION, VIEW, Column, Partition, Storage, Table
from bigdata.sql.types import STRING, VOID, literal, quoted
from bigdata.storage import filesystem_of, is_uri, local

STAGING = ".hive-staging_"
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


@dataclass
class Writer:
    """Writes what queries give.

    :param connection: DuckDB's, which has what the queries read
    """

    connection: Any
    catalog: Catalog
    compiler: Compiler

    def insert(self, target: Target, query: Lowered) -> None:
        """INSERT INTO or OVERWRITE a table.

        :raises UsageError: for a query with another number of columns, or a partition that isn't said whole
        """
        table = target.table
        if table.kind == VIEW:
            raise UsageError(f"{table.name} is a view. INSERT into the tables that it reads.")
        dynamic = self._dynamic(target)
        sql = constraints.enforced(self.compiler, table, self._assigned(target, query, dynamic))
        if not dynamic:
            values = tuple(target.spec[column.name] or "" for column in table.partition_columns)
            self._into(target, [(values, sql)])
            return
        held = quoted(f"insert_{uuid.uuid4().hex[:8]}")
        self.connection.execute(f"CREATE TEMP TABLE {held} AS {sql}")
        try:
            self._into(target, list(self._dealt(target, held, dynamic)))
        finally:
            self.connection.execute(f"DROP TABLE {held}")

    def _dynamic(self, target: Target) -> list[Column]:
        """The partition columns whose values come from the query."""
        names = [column.name for column in target.table.partition_columns]
        for name in target.spec:
            if name not in names:
                raise unknown("partition column", name, names)
        if names and not target.spec and not self._lenient and not target.columns:
            raise UsageError(f"{target.table.name} is partitioned. Write PARTITION ({', '.join(names)}).")
        dynamic = [column for column in target.table.partition_columns if target.spec.get(column.name) is None]
        if len(dynamic) == len(names) and dynamic and not self._lenient:
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
        keys = [
            f"coalesce(nullif({cast(quoted(c.name), c.type, STRING)}, ''), {literal(NULL_PARTITION)})" for c in dynamic
        ]
        found = self.connection.execute(f"SELECT DISTINCT {', '.join(keys)} FROM {held} ORDER BY ALL").fetchall()
        columns = ", ".join(quoted(column.name) for column in target.table.columns)
        given = [
            value for column in target.table.partition_columns if (value := target.spec.get(column.name)) is not None
        ]
        for values in found:
            test = " AND ".join(f"{key} = {literal(value)}" for key, value in zip(keys, values))
            yield (*given, *values), f"SELECT {columns} FROM {held} WHERE {test}"

    def _assigned(self, target: Target, query: Lowered, dynamic: Sequence[Column]) -> str:
        """The rows of a query in a table's types, with its dynamic partition columns last."""
        table = target.table
        columns = [*table.columns, *dynamic]
        given = list(target.columns or (column.name for column in columns))
        given += [column.name for column in dynamic if column.name not in given]
        if len(given) != len(query.fields):
            raise UsageError(
                f"INSERT into {table.name}: the table takes {len(given)} columns ({', '.join(given)}),"
                f" but the query gives {len(query.fields)}."
            )
        for name in given:
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
            sql = cast(value.sql, value.type, column.type)
            if sql is None:
                raise UsageError(f"INSERT into {table.name}: column {column.name} is {column.type}, not {value.type}.")
            parts.append(f"{sql} AS {quoted(column.name)}")
        return f"SELECT {', '.join(parts)} FROM ({query.sql}) AS i"

    def _into(self, target: Target, portions: Sequence[tuple[tuple[str, ...], str]]) -> None:
        """Write the rows of some partitions, and put all in place at once."""
        table = target.table
        known = {held.values: held for held in self.catalog.partitions(table)} if table.partition_columns else {}
        with self.catalog.transaction(), self._staging(table.location) as staging:
            moves, made = [], []
            for number, (values, sql) in enumerate(portions):
                place, storage = table.location, table.storage
                if table.partition_columns:
                    partition = known.get(values) or _partition(table, values)
                    if target.if_not_exists and values in known:
                        continue
                    place, storage = partition.location, partition.storage
                    made.append(partition)
                folder = os.path.join(staging, str(number))
                os.makedirs(folder)
                self._write(sql, table.columns, storage, table.properties, folder)
                moves.append((folder, place))
            if made:
                self.catalog.put_partitions(table, made)
            for folder, place in moves:
                put(folder, place, target.overwrite, self.catalog)

    def _write(
        self, sql: str, columns: Sequence[Column], storage: Storage, properties: Mapping[str, str], folder: str
    ) -> None:
        codec = compression(self.compiler.settings)
        serdes.write(self.connection, sql, columns, storage, properties, folder, compression=codec)

    def directory(self, path: str, storage: Storage, query: Lowered) -> None:
        """INSERT OVERWRITE DIRECTORY: the rows of a query as files of a folder."""
        columns = [Column(field.sql, field.type) for field in query.fields]
        with self._staging(path) as staging:
            self._write(query.sql, columns, storage, {}, staging)
            with self.catalog.transaction():
                put(staging, path, True, self.catalog)

    @contextmanager
    def _staging(self, place: str) -> Iterator[str]:
        """A local folder for files on their way, on the disk where they are to be if that is local."""
        import tempfile

        if is_uri(place):
            with tempfile.TemporaryDirectory(prefix=STAGING) as folder:
                yield folder
            return
        parent = os.path.dirname(os.path.abspath(local(place)))
        made = _first_missing(parent)
        os.makedirs(parent, exist_ok=True)
        folder = os.path.join(parent, f"{STAGING}{uuid.uuid4().hex[:8]}")
        os.makedirs(folder)
        try:
            yield folder
        except BaseException:
            if made is not None:
                shutil.rmtree(made, ignore_errors=True)
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _first_missing(path: str) -> str | None:
    """The topmost folder of a path that isn't there."""
    missing = None
    while path and not os.path.exists(path):
        missing, path = path, os.path.dirname(path)
    return missing


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


def put(folder: str, place: str, overwrite: bool, catalog: Catalog) -> None:
    """Move the files of a folder to where they belong, within a transaction: if it fails, all is as it was.

    :param overwrite: take away what is there; else files of the same name get another
    """
    if is_uri(place):
        _upload(folder, place, overwrite)
        return
    place = local(place)
    os.makedirs(place, exist_ok=True)
    taken = [name for name in os.listdir(place) if name[0] not in "._" and os.path.isfile(os.path.join(place, name))]
    if overwrite and taken:
        old = os.path.join(place, f"{STAGING}{uuid.uuid4().hex[:8]}")
        os.makedirs(old)
        catalog.on_commit(lambda: shutil.rmtree(old))
        catalog.on_rollback(lambda: os.rmdir(old))
        for name in taken:
            _move(os.path.join(place, name), os.path.join(old, name), catalog)
        taken = []
    for name in sorted(os.listdir(folder)):
        _move(os.path.join(folder, name), os.path.join(place, free(name, taken.__contains__)), catalog)


def _move(source: str, target: str, catalog: Catalog) -> None:
    os.replace(source, target)
    catalog.on_rollback(lambda: os.replace(target, source))


def free(name: str, is_taken: Callable[[str], bool]) -> str:
    """A file's name, or the first of ``name_copy_1``, ``name_copy_2``, ... that is free: as Hive names more files."""
    stem, dot, ending = name.partition(".")
    number, found = 0, name
    while is_taken(found):
        number += 1
        found = f"{stem}_copy_{number}{dot}{ending}"
    return found


def _upload(folder: str, place: str, overwrite: bool) -> None:
    from pyarrow.fs import FileSelector, FileType

    filesystem, inside = filesystem_of(place)
    filesystem.create_dir(inside, recursive=True)
    infos = filesystem.get_file_info(FileSelector(inside, allow_not_found=True))
    taken = [info.base_name for info in infos if info.type == FileType.File and info.base_name[0] not in "._"]
    names = [free(name, ([] if overwrite else taken).__contains__) for name in sorted(os.listdir(folder))]
    for source, name in zip(sorted(os.listdir(folder)), names):
        with (
            filesystem.open_output_stream(f"{inside}/{name}") as sink,
            open(os.path.join(folder, source), "rb") as file,
        ):
            shutil.copyfileobj(file, sink)
    for name in set(taken) - set(names) if overwrite else ():
        filesystem.delete_file(f"{inside}/{name}")
