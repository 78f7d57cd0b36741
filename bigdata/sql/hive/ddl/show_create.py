"""SHOW CREATE TABLE and DATABASE: the statement that makes it anew.

Source: Hive's DDLTask (showCreateTable, showCreateDatabase, propertiesToString, appendSerdeParams).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bigdata.sql.hive.context import Answer, Context, Name
from bigdata.sql.hive.ddl.layout import answer, command, properties
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.tables import EXTERNAL, VIEW, Buckets, Column, Table


@dataclass(frozen=True)
class ShowCreateTable:
    """``SHOW CREATE TABLE name``.

    :param written: the name as it was written, which the answer repeats
    """

    name: Name
    written: str

    def run(self, context: Context) -> Answer:
        table = context.table(self.name)
        if table.kind == VIEW:
            lines = f"CREATE VIEW `{self.written}` AS {table.view}".split("\n")
        else:
            lines = list(self._lines(table))
        return answer("createtab_stmt", lines)

    def _lines(self, table: Table) -> Iterator[str]:
        words = f"{'TEMPORARY ' if table.temporary else ''}{'EXTERNAL ' if table.kind == EXTERNAL else ''}"
        yield f"CREATE {words}TABLE `{self.written}`("
        yield from _listed(map(_column, table.columns), ")")
        if table.comment is not None:
            yield f"COMMENT '{command(table.comment)}'"
        if table.partition_columns:
            yield "PARTITIONED BY ( "
            yield from _listed(map(_column, table.partition_columns), ")")
        if table.buckets is not None:
            yield from _buckets(table.buckets)
        if table.skewed is not None:
            names, held = table.skewed
            yield f"SKEWED BY ({','.join(names)})"
            lists = ",".join("('" + "','".join(values) + "')" for values in held)
            yield f"  ON ({lists})"
            if table.directories:
                yield "  STORED AS DIRECTORIES"
        yield from _storage(table)
        yield "LOCATION"
        yield f"  '{command(table.location)}'"
        yield "TBLPROPERTIES ("
        shown = {key: value for key, value in table.properties.items() if key not in ("EXTERNAL", "comment")}
        *head, last = properties(shown) or [""]
        yield from head
        yield f"{last})"


def _storage(table: Table) -> Iterator[str]:
    yield "ROW FORMAT SERDE "
    yield f"  '{command(table.storage.serde)}' "
    held = dict(table.storage.properties)
    if held.get("serialization.format") == "1":
        del held["serialization.format"]
    if held:
        yield "WITH SERDEPROPERTIES ( "
        *head, last = properties(held)
        yield from head
        yield f"{last}) "
    yield "STORED AS INPUTFORMAT "
    yield f"  '{command(table.storage.input_format)}' "
    yield "OUTPUTFORMAT "
    yield f"  '{command(table.storage.output_format)}'"


def _buckets(buckets: Buckets) -> Iterator[str]:
    yield "CLUSTERED BY ( "
    yield from _listed((f"  {name}" for name in buckets.columns), ") ")
    if buckets.sorted_by:
        yield "SORTED BY ( "
        yield from _listed((f"  {name} {direction}" for name, direction in buckets.sorted_by), ") ")
    yield f"INTO {buckets.count} BUCKETS"


def _column(column: Column) -> str:
    comment = "" if column.comment is None else f" COMMENT '{command(column.comment)}'"
    return f"  `{column.name}` {column.type}{comment}"


def _listed(items: Iterable[str], end: str) -> Iterator[str]:
    """Items on lines of their own, with commas between them."""
    *head, last = items
    yield from (item + ", " for item in head)
    yield last + end


@dataclass(frozen=True)
class ShowCreateDatabase:
    """``SHOW CREATE DATABASE name``."""

    name: str

    def run(self, context: Context) -> Answer:
        database = context.catalog.database(self.name)
        lines = [f"CREATE DATABASE `{database.name}`"]
        if database.comment is not None:
            lines += ["COMMENT", f"  '{command(database.comment)}'"]
        lines += ["LOCATION", f"  '{database.location}'"]
        if database.properties:
            *head, last = properties(database.properties)
            lines += ["WITH DBPROPERTIES (", *head, f"{last})"]
        return answer("createdb_stmt", lines)


def _create(tokens: Tokens) -> ShowCreateTable:
    start = tokens.next.start
    name = tokens.table()
    written = tokens.text[start : tokens.next.start].strip().replace("`", "")
    return ShowCreateTable(name, written)


PARSERS: Parsers = {
    "SHOW CREATE TABLE": _create,
    "SHOW CREATE DATABASE": lambda tokens: ShowCreateDatabase(tokens.name()),
    "SHOW CREATE SCHEMA": lambda tokens: ShowCreateDatabase(tokens.name()),
}
