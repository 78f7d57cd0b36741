"""EXPORT and IMPORT: a table's files in a folder, and beside them a file that tells what the table is.

Files are in ``data``, or in folders named like the partitions.

Source: LanguageManual ImportExport; Hive's ExportSemanticAnalyzer and ImportSemanticAnalyzer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bigdata.errors import UsageError
from bigdata.sql import folders
from bigdata.sql.catalog import now
from bigdata.sql.hive import loads
from bigdata.sql.hive.context import Context, Name
from bigdata.sql.hive.ddl import dumps
from bigdata.sql.hive.ddl.places import located, make
from bigdata.sql.hive.ddl.specs import Spec, parse_spec, values
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.hive.staging import put, staging
from bigdata.sql.partitions import partition_name
from bigdata.sql.tables import EXTERNAL, MANAGED, VIEW, Column, Partition, Table
from bigdata.storage import cat


@dataclass(frozen=True)
class Export:
    """``EXPORT TABLE name [PARTITION (...)] TO 'path'``."""

    name: Name
    spec: Spec
    path: str

    def run(self, context: Context) -> None:
        table, folder = context.table(self.name), _folder(self.path)
        if table.kind == VIEW:
            raise UsageError(f"{table.name} is a view. EXPORT a table.")
        if folders.usage(folder).files:
            raise UsageError(f"EXPORT to {self.path}: the folder is not empty. Name another.")
        partitions = context.catalog.partitions(table, values(table, self.spec)) if table.partition_columns else []
        with staging(folder) as held:
            with open(os.path.join(held, dumps.NAME), "w", encoding="utf-8") as file:
                file.write(dumps.written(table, partitions))
            put(held, folder, False, context.catalog)
        for source, target in _places(table, partitions, folder):
            _copy(context, source, target)


@dataclass(frozen=True)
class Import:
    """``IMPORT [[EXTERNAL] TABLE name [PARTITION (...)]] FROM 'path' [LOCATION 'path']``.

    :param name: of the table; ``None`` for the one that it had
    """

    path: str
    name: Name | None = None
    spec: Spec = ()
    external: bool = False
    location: str | None = None

    def run(self, context: Context) -> None:
        folder = _folder(self.path)
        place = f"{folder}/{dumps.NAME}"
        held, partitions = dumps.read(b"".join(cat(place)).decode("utf-8"), place)
        if self.spec:
            wanted = values(held, self.spec).items()
            names = [column.name for column in held.partition_columns]
            partitions = [one for one in partitions if wanted <= dict(zip(names, one.values)).items()]
        database, name = context.qualified(self.name or (None, held.name))
        found = context.catalog.find(database, name)
        table = self._made(context, held, database, name, folder) if found is None else found
        above = folder if self._in_place else table.location
        moved = [replace(one, location=f"{above}/{_name(held, one)}", created=now()) for one in partitions]
        if found is None:
            context.catalog.put(table)
            make(context, table.location)
        else:
            _check(context, found, held, moved)
        context.catalog.put_partitions(table, moved)
        sources = [source for _, source in _places(held, partitions, folder)]
        for source, target in zip(sources, [one.location for one in moved] if moved else [table.location]):
            if source != target:
                _copy(context, source, target)

    @property
    def _in_place(self) -> bool:
        """Whether the files stay where they are."""
        return self.external and self.location is None

    def _made(self, context: Context, held: Table, database: str, name: str, folder: str) -> Table:
        """A table that isn't there yet."""
        place = located(self.location)
        if self._in_place and not held.partition_columns:
            place = f"{folder}/data"
        properties = {**held.properties, "transient_lastDdlTime": str(now())}
        properties.pop("EXTERNAL", None)
        return replace(
            held,
            database=database,
            name=name,
            location=place or context.catalog.location(database, name),
            kind=EXTERNAL if self.external else MANAGED,
            properties={**properties, "EXTERNAL": "TRUE"} if self.external else properties,
            owner=context.owner,
            created=now(),
        )


def _check(context: Context, table: Table, held: Table, partitions: Sequence[Partition]) -> None:
    """Let rows only into a table of the same columns and format, and without taking the place of others.

    :raises UsageError: for another
    """
    for part, one, other in (
        ("columns", _shape(table.columns), _shape(held.columns)),
        ("partition columns", _shape(table.partition_columns), _shape(held.partition_columns)),
        ("SerDe", table.storage.serde, held.storage.serde),
    ):
        if one != other:
            raise UsageError(f"IMPORT into {table.name}: its {part} are not those that were exported. Name another.")
    if not table.partition_columns and folders.usage(table.location).files:
        raise UsageError(f"IMPORT into {table.name}: the table has rows. Empty it, or name another.")
    known = {one.values for one in context.catalog.partitions(table)}
    for partition in partitions:
        if partition.values in known:
            raise UsageError(f"IMPORT into {table.name}: {_name(table, partition)} exists already. Drop it first.")


def _shape(columns: Sequence[Column]) -> list[tuple[str, str]]:
    return [(column.name, str(column.type)) for column in columns]


def _places(table: Table, partitions: Sequence[Partition], folder: str) -> list[tuple[str, str]]:
    """The folders of a table's files, and those that they have in an export."""
    if not table.partition_columns:
        return [(table.location, f"{folder}/data")]
    return [(one.location, f"{folder}/{_name(table, one)}") for one in partitions]


def _copy(context: Context, source: str, target: str) -> None:
    make(context, target)
    if folders.usage(source).files:
        with staging(target) as held:
            loads.copied([source], held)
            put(held, target, False, context.catalog)


def _folder(path: str) -> str:
    return (located(path) or "").rstrip("/")


def _name(table: Table, partition: Partition) -> str:
    return partition_name([column.name for column in table.partition_columns], partition.values)


def _export(tokens: Tokens) -> Export:
    name = tokens.table()
    spec = parse_spec(tokens) if tokens.take("PARTITION") else ()
    tokens.expect("TO")
    return Export(name, spec, tokens.string())


def _import(tokens: Tokens) -> Import:
    external = tokens.take("EXTERNAL TABLE")
    name = tokens.table() if external or tokens.take("TABLE") else None
    spec = parse_spec(tokens) if name and tokens.take("PARTITION") else ()
    tokens.expect("FROM")
    path = tokens.string()
    return Import(path, name, spec, external, tokens.string() if tokens.take("LOCATION") else None)


PARSERS: Parsers = {"EXPORT TABLE": _export, "IMPORT": _import}
