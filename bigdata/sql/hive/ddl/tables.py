"""CREATE, DROP and TRUNCATE TABLE.

Source: LanguageManual DDL, Create/Drop/Truncate Table; Hive's DDLTask (createTable, createTableLike).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from bigdata.errors import UnsupportedStatement, UsageError
from bigdata.sql.catalog import now
from bigdata.sql.hive.context import Context, Name
from bigdata.sql.hive.ddl import constraints
from bigdata.sql.hive.ddl.columns import Skewed, parse_buckets, parse_columns, parse_skewed, refuse_twins
from bigdata.sql.hive.ddl.places import empty, located, make, remove
from bigdata.sql.hive.ddl.specs import Spec, exact, parse_spec
from bigdata.sql.hive.ddl.storage import (
    AVRO,
    FileFormat,
    RowFormat,
    deserialized,
    parse_file_format,
    parse_row_format,
    refuse_handler,
    storage,
)
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.serdes import avro_schema
from bigdata.sql.tables import EXTERNAL, MANAGED, VIEW, Buckets, Column, Constraint, Storage, Table
from bigdata.sql.types import VOID


@dataclass(frozen=True)
class CreateTable:
    """``CREATE TABLE`` with columns, ``LIKE`` another table, or ``AS`` a query; the query's rows are for the session.

    :param like: the table or view whose columns it takes
    :param query: the text of the query
    :param query_line: the number, in the script, of the query's first line
    """

    name: Name
    external: bool = False
    temporary: bool = False
    if_not_exists: bool = False
    columns: tuple[Column, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    comment: str | None = None
    partition_columns: tuple[Column, ...] = ()
    buckets: Buckets | None = None
    skewed: Skewed | None = None
    directories: bool = False
    rows: RowFormat | None = None
    files: FileFormat | None = None
    location: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    like: Name | None = None
    query: str | None = None
    query_line: int = 0

    def exists(self, context: Context) -> bool:
        """Whether there is such a table already, and IF NOT EXISTS leaves it alone.

        :raises UsageError: if there is one, and IF NOT EXISTS isn't said
        """
        database, name = context.qualified(self.name)
        found = context.catalog.find(database, name)
        if found is None or (self.temporary and not found.temporary):
            return False
        if not self.if_not_exists:
            raise UsageError(f"Table {database}.{name} already exists. Add IF NOT EXISTS, or drop it first.")
        return True

    def run(self, context: Context) -> None:
        if not self.exists(context):
            self.keep(self.made(context), context)

    def keep(self, table: Table, context: Context) -> None:
        """Let the catalog know of the table, and make its folder."""
        context.catalog.put(table)
        make(context, table.location)

    def made(self, context: Context) -> Table:
        """The table, of which nobody knows yet."""
        database, name = context.qualified(self.name)
        location = located(self.location) or context.catalog.location(database, name, self.temporary)
        properties = self._properties()
        said = properties.pop("comment", None)
        kind = EXTERNAL if properties.get("EXTERNAL", "").upper() == "TRUE" else MANAGED
        held = storage(self.rows, self.files, context.settings, kind == MANAGED)
        table = Table(
            database=database,
            name=name,
            columns=self._columns(context, held),
            partition_columns=self.partition_columns,
            storage=held,
            location=location,
            kind=kind,
            properties=properties,
            comment=said if self.comment is None else self.comment,
            buckets=self.buckets,
            skewed=self.skewed,
            directories=self.directories,
            constraints=constraints.named(self.constraints, name),
            owner=context.owner,
            created=now(),
            temporary=self.temporary,
        )
        if self.query is not None and self.partition_columns:
            table = self._partitioned(table)
        if self.like is not None:
            table = self._as(context.table(self.like), table)
        _check(table)
        return table

    def _columns(self, context: Context, held: Storage) -> tuple[Column, ...]:
        if self.query is not None:
            return tuple(context.shape_of(self.query, True).columns)
        columns = self.columns
        if held.serde == AVRO:
            columns = avro_schema.columns({**held.properties, **self.properties}) or columns
        return deserialized(columns, held.serde)

    def _partitioned(self, table: Table) -> Table:
        """A table of a query's columns, some of which are to be its partition columns."""
        held = {column.name: column for column in table.columns}
        names = [column.name for column in self.partition_columns]
        if (wrong := next((name for name in names if name not in held), None)) is not None:
            raise UsageError(f"PARTITIONED BY ({wrong}): the query has no such column. It gives {', '.join(held)}.")
        rest = tuple(column for column in table.columns if column.name not in names)
        return replace(table, columns=rest, partition_columns=tuple(held[name] for name in names))

    def _properties(self) -> dict[str, str]:
        properties = {"bucketing_version": "2", **self.properties, "transient_lastDdlTime": str(now())}
        return {**properties, "EXTERNAL": "TRUE"} if self.external else properties

    def _as(self, model: Table, table: Table) -> Table:
        """A table like another: its columns and its files' format, but for what this statement says."""
        kept = table.storage if model.kind == VIEW or self.rows or self.files else model.storage
        return replace(
            table,
            columns=model.columns,
            partition_columns=model.partition_columns,
            storage=kept,
            buckets=model.buckets,
            skewed=model.skewed,
            directories=model.directories,
        )


def _check(table: Table) -> None:
    if table.temporary and table.partition_columns:
        raise UsageError(f"{table.name}: a temporary table has no partitions. Leave out PARTITIONED BY, or TEMPORARY.")
    if not table.columns:
        raise UsageError(f"{table.name}: a table needs columns. List them, or say LIKE or AS.")
    refuse_twins(*table.columns, *table.partition_columns)
    names = {column.name for column in table.columns}
    asked: list[str] = []
    if table.buckets is not None:
        asked += [*table.buckets.columns, *(name for name, _ in table.buckets.sorted_by)]
    if table.skewed is not None:
        asked += table.skewed[0]
    wrong = [name for name in asked if name not in names]
    if wrong:
        raise UsageError(f"Invalid column reference: {wrong[0]} is no column of {table.name}.")


@dataclass(frozen=True)
class DropTable:
    """``DROP TABLE [IF EXISTS] name [PURGE]``; a table that is missing is no error, unless a setting says so."""

    name: Name
    if_exists: bool = False

    def run(self, context: Context) -> None:
        table = context.catalog.find(*context.qualified(self.name))
        if table is None:
            if not self.if_exists and not context.ignores_missing:
                context.table(self.name)
            return
        if table.kind == VIEW:
            if self.if_exists:
                return
            raise UsageError(f"Cannot drop a view with DROP TABLE. Write DROP VIEW {table.name}.")
        discard(context, table)


def discard(context: Context, table: Table) -> None:
    """Forget a table or view; the files of a managed table go too."""
    partitions = context.catalog.partitions(table)
    context.catalog.drop(table.database, table.name)
    if table.kind == MANAGED:
        for folder in (table.location, *(partition.location for partition in partitions)):
            remove(context, folder)


@dataclass(frozen=True)
class TruncateTable:
    """``TRUNCATE TABLE name [PARTITION (...)]``."""

    name: Name
    spec: Spec | None = None

    def run(self, context: Context) -> None:
        table = context.table(self.name)
        if table.kind != MANAGED:
            raise UsageError(f"Cannot truncate non-managed table {table.name}. Remove the files of {table.location}.")
        if self.spec is None:
            empty(context, table.location)
        for partition in exact(context, table, self.spec or ()):
            empty(context, partition.location)


def _create(tokens: Tokens, external: bool = False, temporary: bool = False) -> CreateTable:
    if_not_exists = tokens.take("IF NOT EXISTS")
    made = CreateTable(tokens.table(), external, temporary, if_not_exists)
    if tokens.take("LIKE"):
        made = replace(made, like=tokens.table())
    elif tokens.at("("):
        columns, demands = parse_columns(tokens)
        made = replace(made, columns=columns, constraints=demands)
    while clause := next((words for words in _CLAUSES if tokens.take(words)), None):
        made = replace(made, **_CLAUSES[clause](tokens))
    if made.like is None and tokens.take("AS"):
        if made.columns or any(column.type != VOID for column in made.partition_columns) or made.external:
            raise UsageError(
                f"CREATE TABLE {made.name[1]} AS SELECT takes its columns from the query, also those of PARTITIONED BY,"
                " and isn't external. Create the table first, and INSERT into it."
            )
        query, line = tokens.rest()
        return replace(made, query=query, query_line=line)
    for column in made.partition_columns:
        if column.type == VOID:
            raise UsageError(f"PARTITIONED BY ({column.name}): the column has no type. Write one behind its name.")
    return made


def _partition_column(tokens: Tokens) -> Column:
    """A column with its type; with its name alone, where AS a query gives the type."""
    name = tokens.name()
    kind = VOID if tokens.at(",") or tokens.at(")") else tokens.type()
    return Column(name, kind, tokens.string() if tokens.take("COMMENT") else None)


def _skewed(tokens: Tokens) -> dict[str, Any]:
    skewed, directories = parse_skewed(tokens)
    return {"skewed": skewed, "directories": directories}


#: what may follow the columns, in any order
_CLAUSES: dict[str, Callable[[Tokens], dict[str, Any]]] = {
    "COMMENT": lambda tokens: {"comment": tokens.string()},
    "PARTITIONED BY": lambda tokens: {"partition_columns": tokens.bracketed(lambda: _partition_column(tokens))},
    "CLUSTERED BY": lambda tokens: {"buckets": parse_buckets(tokens)},
    "SKEWED BY": _skewed,
    "ROW FORMAT": lambda tokens: {"rows": parse_row_format(tokens)},
    "STORED AS": lambda tokens: {"files": parse_file_format(tokens)},
    "STORED BY": lambda tokens: refuse_handler(tokens.string()),
    "LOCATION": lambda tokens: {"location": tokens.string()},
    "TBLPROPERTIES": lambda tokens: {"properties": tokens.properties()},
}


def _transactional(tokens: Tokens) -> NoReturn:
    raise UnsupportedStatement(
        "CREATE TRANSACTIONAL TABLE: there are no ACID tables here. Leave TRANSACTIONAL out, and write with INSERT."
    )


def _drop(tokens: Tokens) -> DropTable:
    if_exists = tokens.take("IF EXISTS")
    dropped = DropTable(tokens.table(), if_exists)
    tokens.take("PURGE")
    return dropped


def _truncate(tokens: Tokens) -> TruncateTable:
    tokens.take("TABLE")
    return TruncateTable(tokens.table(), parse_spec(tokens) if tokens.take("PARTITION") else None)


PARSERS: Parsers = {
    "CREATE TABLE": _create,
    "CREATE EXTERNAL TABLE": lambda tokens: _create(tokens, external=True),
    "CREATE TEMPORARY TABLE": lambda tokens: _create(tokens, temporary=True),
    "CREATE TEMPORARY EXTERNAL TABLE": lambda tokens: _create(tokens, external=True, temporary=True),
    "CREATE TRANSACTIONAL TABLE": _transactional,
    "DROP TABLE": _drop,
    "TRUNCATE": _truncate,
}
