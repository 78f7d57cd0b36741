"""SHOW.

Source: LanguageManual DDL, Show; Hive's DDLTask (showTablesOrViews, showColumns, showTableProperties, ...) and
TextMetaDataFormatter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bigdata.errors import UsageError
from bigdata.sql import folders
from bigdata.sql.catalog import matches
from bigdata.sql.hive.context import Answer, Context, Name
from bigdata.sql.hive.ddl.layout import answer, row
from bigdata.sql.hive.ddl.specs import Spec, exact, parse_spec, values
from bigdata.sql.hive.ddl.statistics import parameters
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.partitions import partition_name
from bigdata.sql.tables import VIEW, Column, Partition, Table


@dataclass(frozen=True)
class ShowDatabases:
    """``SHOW DATABASES [LIKE 'pattern']``."""

    pattern: str | None = None

    def run(self, context: Context) -> Answer:
        return answer("database_name", context.catalog.databases(self.pattern))


@dataclass(frozen=True)
class ShowTables:
    """``SHOW TABLES|VIEWS [IN database] [LIKE 'pattern']``; views are tables too."""

    database: str | None = None
    pattern: str | None = None
    views: bool = False

    def run(self, context: Context) -> Answer:
        database = self.database or context.database
        names = context.catalog.table_names(database, self.pattern)
        if self.views:
            names = [name for name in names if context.catalog.table(database, name).kind == VIEW]
        return answer("tab_name", names)


@dataclass(frozen=True)
class ShowPartitions:
    """``SHOW PARTITIONS name [PARTITION (...)]``."""

    name: Name
    spec: Spec | None = None

    def run(self, context: Context) -> Answer:
        table = context.table(self.name)
        if not table.partition_columns:
            raise UsageError(f"Table {table.name} is not a partitioned table. DESCRIBE {table.name} shows its columns.")
        held = context.catalog.partitions(table, values(table, self.spec or ()))
        columns = [column.name for column in table.partition_columns]
        return answer("partition", [partition_name(columns, partition.values) for partition in held])


@dataclass(frozen=True)
class ShowColumns:
    """``SHOW COLUMNS IN name [IN database] [LIKE 'pattern']``: sorted, with the partition columns."""

    name: Name
    pattern: str | None = None

    def run(self, context: Context) -> Answer:
        table = context.table(self.name)
        columns = sorted((*table.columns, *table.partition_columns), key=lambda column: column.name)
        wanted = [column for column in columns if matches(column.name, self.pattern)]
        return answer("field", [line for column in wanted for line in row(column.name, str(column.type), "")])


@dataclass(frozen=True)
class ShowProperties:
    """``SHOW TBLPROPERTIES name[('key')]``."""

    name: Name
    key: str | None = None

    def run(self, context: Context) -> Answer:
        table = context.table(self.name)
        held = parameters(table)
        if self.key is None:
            lines = [f"{key}\t{held[key]}" for key in sorted(held)]
        else:
            lines = [held.get(self.key, f"Table {table.database}.{table.name} does not have property: {self.key}")]
        return answer("prpt_name prpt_value", lines)


@dataclass(frozen=True)
class ShowFunctions:
    """``SHOW FUNCTIONS [LIKE 'pattern']``; without LIKE, the pattern is a regular expression."""

    pattern: str | None = None
    like: bool = False

    def run(self, context: Context) -> Answer:
        names = sorted({*context.functions(), *context.catalog.macros()})
        if self.like:
            names = [name for name in names if matches(name, self.pattern)]
        elif self.pattern is not None:
            names = [name for name in names if re.fullmatch(self.pattern, name)]
        return answer("tab_name", names)


@dataclass(frozen=True)
class ShowExtended:
    """``SHOW TABLE EXTENDED [IN database] LIKE 'pattern' [PARTITION (...)]``."""

    pattern: str
    database: str | None = None
    spec: Spec | None = None

    def run(self, context: Context) -> Answer:
        database = self.database or context.database
        if self.spec is None:
            tables = list(context.catalog.tables(database, self.pattern))
            return answer("tab_name", [line for table in tables for line in self._lines(context, table, None)])
        table = context.catalog.table(database, self.pattern)
        (partition, *_) = exact(context, table, self.spec)
        return answer("tab_name", self._lines(context, table, partition))

    def _lines(self, context: Context, table: Table, partition: Partition | None) -> list[str]:
        held = partition or table
        partitioned = bool(table.partition_columns)
        keys = _thrift("partition_columns", table.partition_columns) if partitioned else ""
        lines = [
            f"tableName:{table.name}",
            f"owner:{table.owner}",
            f"location:{held.location or 'null'}",
            f"inputformat:{held.storage.input_format}",
            f"outputformat:{held.storage.output_format}",
            f"columns:{_thrift('columns', table.columns)}",
            f"partitioned:{str(partitioned).lower()}",
            f"partitionColumns:{keys}",
        ]
        if partition is not None or not partitioned:
            places = [held.location] if held.location else []
        else:
            places = [one.location for one in context.catalog.partitions(table)]
        return [*lines, *(_usage(places) if places else []), ""]


def _usage(places: list[str]) -> list[str]:
    used = folders.usage(*places)
    return [
        f"totalNumberFiles:{used.files}",
        f"totalFileSize:{used.size}",
        f"maxFileSize:{used.largest}",
        f"minFileSize:{used.smallest}",
        f"lastAccessTime:{used.changed * 1000}",
        f"lastUpdateTime:{used.changed * 1000}",
    ]


#: Thrift's names of types
_THRIFT = {
    "boolean": "bool",
    "tinyint": "byte",
    "smallint": "i16",
    "int": "i32",
    "bigint": "i64",
    "array": "list",
}


def _thrift(name: str, columns: tuple[Column, ...]) -> str:
    """Columns as a struct of Thrift.

    Source: Hive's MetaStoreUtils.getDDLFromFieldSchema.
    """
    kinds = (re.sub(r"\w+", lambda word: _THRIFT.get(word[0], word[0]), str(column.type)) for column in columns)
    return f"struct {name} {{ {', '.join(f'{kind} {column.name}' for kind, column in zip(kinds, columns))}}}"


def _pattern(tokens: Tokens) -> str:
    return tokens.string() if tokens.next.kind == "text" else tokens.name()


def _optional(tokens: Tokens) -> str | None:
    return _pattern(tokens) if tokens.take("LIKE") or tokens.next.kind != "end" else None


def _database(tokens: Tokens) -> str | None:
    return tokens.name() if tokens.take("IN", "FROM") else None


def _tables(views: bool) -> Callable[[Tokens], ShowTables]:
    return lambda tokens: ShowTables(_database(tokens), _optional(tokens), views)


def _columns(tokens: Tokens) -> ShowColumns:
    if not tokens.take("IN", "FROM"):
        tokens.fail("IN")
    database, table = tokens.table()
    return ShowColumns((_database(tokens) or database, table), _optional(tokens))


def _partitions(tokens: Tokens) -> ShowPartitions:
    return ShowPartitions(tokens.table(), parse_spec(tokens) if tokens.take("PARTITION") else None)


def _properties(tokens: Tokens) -> ShowProperties:
    name = tokens.table()
    return ShowProperties(name, tokens.enclosed_string() if tokens.at("(") else None)


def _functions(tokens: Tokens) -> ShowFunctions:
    like = tokens.take("LIKE")
    return ShowFunctions(_optional(tokens), like)


def _extended(tokens: Tokens) -> ShowExtended:
    database = _database(tokens)
    tokens.expect("LIKE")
    return ShowExtended(_pattern(tokens), database, parse_spec(tokens) if tokens.take("PARTITION") else None)


PARSERS: Parsers = {
    "SHOW DATABASES": lambda tokens: ShowDatabases(_optional(tokens)),
    "SHOW SCHEMAS": lambda tokens: ShowDatabases(_optional(tokens)),
    "SHOW TABLES": _tables(views=False),
    "SHOW VIEWS": _tables(views=True),
    "SHOW MATERIALIZED VIEWS": lambda tokens: ShowTables(_database(tokens), "", views=True),
    "SHOW PARTITIONS": _partitions,
    "SHOW COLUMNS": _columns,
    "SHOW TBLPROPERTIES": _properties,
    "SHOW FUNCTIONS": _functions,
    "SHOW TABLE EXTENDED": _extended,
}
