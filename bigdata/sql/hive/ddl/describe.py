"""DESCRIBE.

Source: LanguageManual DDL, Describe; Hive's DDLTask (describeTable, descDatabase, describeFunction),
TextMetaDataFormatter, MetaDataFormatUtils and MetaStoreUtils.getFieldsFromDeserializer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bigdata.errors import NameNotFound
from bigdata.sql.catalog import DEFAULT
from bigdata.sql.hive.context import Answer, Context, Name
from bigdata.sql.hive.ddl import constraints, thrift
from bigdata.sql.hive.ddl.layout import answer, ascii_java, java, pair, parameters, row
from bigdata.sql.hive.ddl.specs import Spec, exact, full, parse_spec
from bigdata.sql.hive.ddl.statistics import described
from bigdata.sql.hive.ddl.storage import UNDOCUMENTED
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.hive.functions import functions, refusals
from bigdata.sql.tables import VIEW, Column, Partition, Storage, Table
from bigdata.sql.types import HiveType

_HEADER = "col_name data_type comment"
_STATISTICS = (
    "col_name data_type min max num_nulls distinct_count avg_col_len max_col_len num_trues num_falses bitVector comment"
)


@dataclass(frozen=True)
class DescribeTable:
    """``DESCRIBE [EXTENDED|FORMATTED] name [PARTITION (...)] [column[.field]...] [PARTITION (...)]``.

    :param manner: ``EXTENDED``, ``FORMATTED`` or empty
    :param path: a column, and what of it: a field, ``$elem$``, ``$key$`` or ``$value$``
    """

    name: Name
    manner: str = ""
    spec: Spec | None = None
    path: tuple[str, ...] = ()

    def run(self, context: Context) -> Answer:
        table = context.table(self.name)
        partition = None
        if self.spec is not None:
            full(table, self.spec)
            (partition,) = exact(context, table, self.spec)
        if self.path:
            return self._column(table)
        return answer(_HEADER, self._lines(context, table, partition))

    def _lines(self, context: Context, table: Table, partition: Partition | None) -> Iterator[str]:
        columns = table.columns if partition is None or table.kind == VIEW else partition.columns
        if self.manner == "FORMATTED":
            yield "# " + row(*_HEADER.split())[0]
            yield from _columns(columns)
        else:
            yield from _columns((*columns, *table.partition_columns))
        if table.partition_columns:
            yield from ("", "# Partition Information", "# " + row(*_HEADER.split())[0])
            yield from _columns(table.partition_columns)
        if self.manner == "FORMATTED":
            yield from _formatted(context, table, partition)
        elif self.manner == "EXTENDED":
            kind = "Table" if partition is None else "Partition"
            held = described(context, table if partition is None else partition)
            yield from ("", f"Detailed {kind} Information\t{thrift.shown(table, partition, held)}\t")

    def _column(self, table: Table) -> Answer:
        columns = {column.name: column for column in (*table.columns, *table.partition_columns)}
        if self.path[0] not in columns:
            raise NameNotFound(f"Invalid column reference: {self.path[0]} is no column of {table.name}.")
        if self.manner != "FORMATTED":
            return answer(_HEADER, _columns(_fields(columns[self.path[0]].type, self.path)))
        column = columns[self.path[0]]
        comment = UNDOCUMENTED if column in table.columns else column.comment or ""
        held = [column.name, str(column.type), *[""] * 9, comment]
        lines = [line for name, value in zip(_STATISTICS.split(), held) for line in row(name, value)]
        return answer(_STATISTICS, lines)


def _fields(kind: HiveType, path: tuple[str, ...]) -> tuple[Column, ...]:
    """What a path into a column leads to: the fields of a struct, or the one value."""
    places = {"$elem$": ("array", 0), "$key$": ("map", 0), "$value$": ("map", 1)}
    for name in path[1:]:
        fields = dict(kind.fields) if kind.name == "struct" else {}
        nested, place = places.get(name, ("", 0))
        if name not in fields and kind.name != nested:
            raise NameNotFound(f"Invalid field: {name} is none of {kind}.")
        kind = fields[name] if name in fields else kind.members[place]
    if kind.name == "struct":
        return tuple(Column(name, member, UNDOCUMENTED) for name, member in kind.fields)
    return (Column(path[-1], kind, UNDOCUMENTED),)


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    for column in columns:
        yield from row(column.name, str(column.type), column.comment or "")


def _formatted(context: Context, table: Table, partition: Partition | None) -> Iterator[str]:
    yield ""
    if partition is None:
        yield "# Detailed Table Information"
        yield from _table(context, table)
    else:
        yield "# Detailed Partition Information"
        yield from _partition(context, table, partition)
    if partition is None or table.kind != VIEW:
        yield from ("", "# Storage Information")
        yield from _storage(table, table.storage if partition is None else partition.storage)
    if table.kind == VIEW and partition is None:
        yield from ("", "# View Information")
        yield from pair("View Original Text:", table.view_as_written or "")
        yield from pair("View Expanded Text:", table.view or "")
        yield from pair("View Rewrite Enabled:", "No")
    yield from constraints.shown(table)


def _table(context: Context, table: Table) -> Iterator[str]:
    yield from pair("Database:", table.database)
    yield from pair("OwnerType:", "USER")
    yield from pair("Owner:", table.owner)
    yield from pair("CreateTime:", _moment(table.created))
    yield from pair("LastAccessTime:", _moment(0))
    yield from pair("Retention:", "0")
    if table.kind != VIEW:
        yield from pair("Location:", table.location)
    yield from pair("Table Type:", table.kind)
    held = described(context, table)
    yield from parameters("Table Parameters:", {key: _unfolded(value) for key, value in held.items()})


def _unfolded(value: str) -> str:
    """A value escaped, but for its line ends."""
    return java(value).replace("\\n", "\n").replace("\\r", "\n")


def _partition(context: Context, table: Table, partition: Partition) -> Iterator[str]:
    yield from pair("Partition Value:", thrift.listed(partition.values))
    yield from pair("Database:", table.database)
    yield from pair("Table:", table.name)
    yield from pair("CreateTime:", _moment(partition.created))
    yield from pair("LastAccessTime:", _moment(0))
    yield from pair("Location:", partition.location)
    held = described(context, partition)
    yield from parameters("Partition Parameters:", {key: ascii_java(value) for key, value in held.items()})


def _storage(table: Table, storage: Storage) -> Iterator[str]:
    buckets = table.buckets
    yield from pair("SerDe Library:", storage.serde or "null")
    yield from pair("InputFormat:", storage.input_format)
    yield from pair("OutputFormat:", storage.output_format)
    yield from pair("Compressed:", "No")
    yield from pair("Num Buckets:", str(buckets.count if buckets else -1))
    yield from pair("Bucket Columns:", thrift.listed(buckets.columns if buckets else ()))
    yield from pair("Sort Columns:", thrift.order(buckets))
    if table.directories:
        yield from pair("Stored As SubDirectories:", "Yes")
    if table.skewed is not None:
        columns, held = table.skewed
        yield from pair("Skewed Columns:", thrift.listed(sorted(columns)))
        yield from pair("Skewed Values:", thrift.listed(map(thrift.listed, sorted(held))))
    shown = {key: ascii_java(value) for key, value in storage.properties.items()}
    yield from parameters("Storage Desc Params:", shown)


def _moment(seconds: int) -> str:
    return time.strftime("%a %b %d %H:%M:%S %Z %Y", time.localtime(seconds)) if seconds else "UNKNOWN"


@dataclass(frozen=True)
class DescribeDatabase:
    """``DESCRIBE DATABASE [EXTENDED] name``."""

    name: str
    extended: bool = False

    def run(self, context: Context) -> Answer:
        held = context.catalog.database(self.name)
        owner = ("public", "ROLE") if held.name == DEFAULT else (context.owner, "USER")
        shown = ", ".join(f"{key}={held.properties[key]}" for key in sorted(held.properties))
        fields = (held.name, java(held.comment or ""), held.location, *owner)
        line = "\t".join([*fields, f"{{{shown}}}" if self.extended and shown else ""])
        return answer("db_name comment location owner_name owner_type parameters", [line])


@dataclass(frozen=True)
class DescribeFunction:
    """``DESCRIBE FUNCTION [EXTENDED] name``: what it takes and gives; extended, also its other names."""

    name: str
    extended: bool

    def run(self, context: Context) -> Answer:
        rules = functions().get(context.catalog.functions(context.database).get(self.name, self.name))
        if rules is None:
            known = self.name in {*context.functions(), *context.catalog.macros(), *refusals()}
            text = f"There is no documentation for function '{self.name}'"
            return answer("tab_name", [text if known else f"Function '{self.name}' does not exist."])
        others = sorted(name for name, held in functions().items() if held is rules and name != self.name)
        synonyms = [f"Synonyms: {', '.join(others)}"] if others and self.extended else []
        return answer("tab_name", [*(_shown(self.name, rule.signature) for rule in rules), *synonyms])


def _shown(name: str, signature: str) -> str:
    """A way to call a function.

    >>> _shown("negative", "number -> same"), _shown("now", "-> timestamp"), _shown("f", "any* -> ?")
    ('negative(number) gives same', 'now() gives timestamp', 'f(any*)')
    """
    takes, _, gives = (part.strip() for part in signature.partition("->"))
    return f"{name}({takes})" + ("" if gives == "?" else f" gives {gives}")


def _table_parser(manner: str) -> Parsers:
    def parse(tokens: Tokens) -> DescribeTable:
        tokens.take("TABLE")
        name = tokens.table()
        spec = parse_spec(tokens) if tokens.take("PARTITION") else None
        path = [tokens.name()] if tokens.next.kind in ("word", "quoted") else []
        while tokens.take("."):
            path.append(tokens.name())
        if spec is None and tokens.take("PARTITION"):
            spec = parse_spec(tokens)
        return DescribeTable(name, manner, spec, tuple(path))

    return {f"{verb} {manner}".strip(): parse for verb in ("DESCRIBE", "DESC")}


def _database(tokens: Tokens) -> DescribeDatabase:
    extended = tokens.take("EXTENDED")
    return DescribeDatabase(tokens.name(), extended)


def _function(tokens: Tokens) -> DescribeFunction:
    extended = tokens.take("EXTENDED")
    token = tokens.string().lower() if tokens.next.kind == "text" else tokens.rest()[0].strip("`").lower()
    return DescribeFunction(token, extended)


PARSERS: Parsers = {
    **{f"{verb} {noun}": _database for verb in ("DESCRIBE", "DESC") for noun in ("DATABASE", "SCHEMA")},
    **{f"{verb} FUNCTION": _function for verb in ("DESCRIBE", "DESC")},
    **_table_parser("EXTENDED"),
    **_table_parser("FORMATTED"),
    **_table_parser(""),
}
