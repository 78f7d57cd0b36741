"""CREATE, ALTER and DROP VIEW.

Source: LanguageManual DDL, Create/Drop/Alter View; Hive's SemanticAnalyzer (saveViewDefinition).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from bigdata.errors import UnsupportedStatement, UsageError
from bigdata.sql.catalog import now
from bigdata.sql.hive.context import Context, Name
from bigdata.sql.hive.ddl.columns import refuse_twins
from bigdata.sql.hive.ddl.names import qualified
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.tables import VIEW, Column, Storage, Table


@dataclass(frozen=True)
class CreateView:
    """``CREATE [OR REPLACE] VIEW [IF NOT EXISTS] name [(column [COMMENT ...], ...)] ... AS query``.

    :param names: of its columns and their comments; none for those of the query
    :param partition_columns: of PARTITIONED ON
    """

    name: Name
    query: str
    query_line: int
    or_replace: bool = False
    if_not_exists: bool = False
    names: tuple[tuple[str, str | None], ...] = ()
    comment: str | None = None
    partition_columns: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)

    def run(self, context: Context) -> None:
        database, name = context.qualified(self.name)
        found = context.catalog.find(database, name)
        if found is not None and self.if_not_exists:
            return
        if found is not None and not (self.or_replace and found.kind == VIEW):
            raise UsageError(f"{database}.{name} already exists. Write OR REPLACE for a view, or drop it first.")
        properties = {**self.properties, "transient_lastDdlTime": str(now())}
        table = Table(
            database=database,
            name=name,
            columns=(),
            storage=Storage(serde=""),
            kind=VIEW,
            properties=properties,
            comment=self.comment,
            owner=context.owner,
            created=now(),
        )
        context.catalog.put(self._defined(table, context))

    def _defined(self, table: Table, context: Context) -> Table:
        shape = context.shape_of(self.query, False)
        columns, text = tuple(shape.columns), qualified(self.query, context.database, shape.stars)
        if self.names:
            if len(self.names) != len(columns):
                raise UsageError(
                    f"View {table.name} names {len(self.names)} columns, its query gives {len(columns)}. Name each."
                )
            chosen = ", ".join(f"`{old.name}` AS `{new}`" for old, (new, _) in zip(columns, self.names))
            text = f"SELECT {chosen} FROM ({text}) `{table.database}.{table.name}`"
            columns = tuple(Column(new, old.type, note) for old, (new, note) in zip(columns, self.names))
        refuse_twins(*columns)
        count = len(columns) - len(self.partition_columns)
        if tuple(column.name for column in columns[count:]) != self.partition_columns:
            raise UsageError(f"View {table.name}: the columns of PARTITIONED ON must be its last ones, in their order.")
        return replace(
            table, columns=columns[:count], partition_columns=columns[count:], view=text, view_as_written=self.query
        )


@dataclass(frozen=True)
class AlterViewAs:
    """``ALTER VIEW name AS query``."""

    name: Name
    query: str
    query_line: int

    def run(self, context: Context) -> None:
        table = context.table(self.name)
        if table.kind != VIEW:
            raise UsageError(f"{table.name} is a table, not a view. Drop it before a view can have its name.")
        shape = context.shape_of(self.query, False)
        columns, text = tuple(shape.columns), qualified(self.query, context.database, shape.stars)
        context.catalog.put(replace(table, columns=columns, view=text, view_as_written=self.query))


@dataclass(frozen=True)
class DropView:
    """``DROP VIEW [IF EXISTS] name``."""

    name: Name
    if_exists: bool = False

    def run(self, context: Context) -> None:
        found = context.catalog.find(*context.qualified(self.name))
        if found is None:
            if not self.if_exists and not context.ignores_missing:
                context.table(self.name)
            return
        if found.kind == VIEW:
            context.catalog.drop(found.database, found.name)
        elif not self.if_exists:
            raise UsageError(f"Cannot drop a base table with DROP VIEW. Write DROP TABLE {found.name}.")


def _create(tokens: Tokens, or_replace: bool = False) -> CreateView:
    if_not_exists = tokens.take("IF NOT EXISTS")
    name = tokens.table()

    def column() -> tuple[str, str | None]:
        return tokens.name(), tokens.string() if tokens.take("COMMENT") else None

    names = tokens.bracketed(column) if tokens.at("(") else ()
    comment = tokens.string() if tokens.take("COMMENT") else None
    partitioned = tokens.bracketed(tokens.name) if tokens.take("PARTITIONED ON") else ()
    properties = tokens.properties() if tokens.take("TBLPROPERTIES") else {}
    tokens.expect("AS")
    query, line = tokens.rest()
    return CreateView(name, query, line, or_replace, if_not_exists, names, comment, partitioned, properties)


def _drop(tokens: Tokens) -> DropView:
    if_exists = tokens.take("IF EXISTS")
    return DropView(tokens.table(), if_exists)


def _materialized(tokens: Tokens) -> NoReturn:
    raise UnsupportedStatement(
        "MATERIALIZED VIEW: a view that keeps its rows can't be kept up to date here."
        " Write CREATE VIEW, or CREATE TABLE ... AS."
    )


PARSERS: Parsers = {
    "CREATE VIEW": _create,
    "CREATE OR REPLACE VIEW": lambda tokens: _create(tokens, or_replace=True),
    "DROP VIEW": _drop,
    **{f"{verb} MATERIALIZED VIEW": _materialized for verb in ("CREATE", "DROP", "ALTER")},
}
