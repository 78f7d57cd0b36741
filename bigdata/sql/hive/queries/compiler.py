"""What the parts of a statement share while they become SQL."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from bigdata.sql.hive.dialect import parse
from bigdata.sql.hive.functions.rules import Rule
from bigdata.sql.hive.queries.scope import Field
from bigdata.sql.tables import Column, Partition, Scan, Table
from bigdata.sql.types import HiveType, fine

_NAME = '"(?:[^"]|"")+"'
_SCANS = re.compile(rf"\((?P<scan>scan_\d+)\) AS (?P<relation>{_NAME})")
#: looks ahead only: a quotation mark within a text hides no name behind it
_COLUMNS = re.compile(rf'(?=({_NAME})\."((?:[^"]|"")+)")')


@dataclass(frozen=True)
class Lowered:
    """A query as SQL for DuckDB.

    :param fields: its columns; ``sql`` is the column's name in `sql`'s result, unique within it
    """

    sql: str
    fields: tuple[Field, ...]

    @property
    def columns(self) -> list[Column]:
        return [Column(field.name, field.type) for field in self.fields]


@dataclass(frozen=True)
class Read:
    """A table or view that a query reads.

    :param partitions: those of the table that it reads
    :param views: those through which it does
    """

    table: Table
    partitions: Sequence[Partition] = ()
    views: tuple[str, ...] = ()


@dataclass(frozen=True)
class MacroDefinition:
    """A macro of the session's: CREATE TEMPORARY MACRO."""

    parameters: tuple[Column, ...]
    expression: str


@dataclass
class Compiler:
    """The catalogue and settings that a statement is compiled under, and what its SQL reads.

    :param table: gives a table or view by database and name
    :param partitions: gives a table's partitions
    :param functions: what the session's own functions mean, before Hive's
    :param wrap: whether whole numbers are added in wider types and wrapped around, as Java's do; else DuckDB raises
        where one is too large
    :param nanoseconds: whether timestamps and intervals are fine; else DuckDB raises where one has more than six digits
    :param files: what ADD FILE named: paths by their last part
    :param confined: whether the session is kept to some folders, so that no program and no other file may be reached
    :param run: runs SQL and gives an Arrow stream of its rows: for scripts that rows go through
    :param parse: reads the text of a view or a macro
    """

    table: Callable[[str, str], Table]
    partitions: Callable[[Table], list[Partition]]
    database: str = "default"
    settings: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, Rule | list[Rule]] = field(default_factory=dict)
    macros: Mapping[str, MacroDefinition] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    wrap: bool = False
    nanoseconds: bool = False
    confined: bool = False
    run: Callable[[str], Any] | None = None
    parse: Callable[[str], exp.Expr] = parse
    #: what makes the SQL that reads a table, from the columns that are needed, by the names that stand for it meanwhile
    scans: dict[str, Callable[[Collection[str]], Scan]] = field(default_factory=dict)
    #: Arrow streams by the names under which the SQL reads them
    sources: dict[str, Any] = field(default_factory=dict)
    #: of the files that the SQL reads, in bytes
    sizes: list[int] = field(default_factory=list)
    #: the tables and views that the SQL reads
    reads: list[Read] = field(default_factory=list)
    #: the tables and columns that the stars of the statement's text stand for, by their places in it
    stars: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    #: common table expressions by name
    queries: dict[str, Lowered] = field(default_factory=dict)
    #: views that are being read, to find circles
    views: tuple[str, ...] = ()
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def name(self, prefix: str) -> str:
        """A name that the statement doesn't use yet."""
        return f"{prefix}_{next(self._numbers)}"

    def read(self, sql: str) -> str:
        """SQL with that of its scans in the places of their names, each of the columns that it is asked for."""
        asked: dict[str, set[str]] = defaultdict(set)
        for relation, column in _COLUMNS.findall(sql):
            asked[relation].add(column.replace('""', '"'))

        def made(found: re.Match[str]) -> str:
            if found["scan"] not in self.scans:
                return found[0]
            scan = self.scans.pop(found["scan"])(asked[found["relation"]])
            self.sources.update(scan.sources)
            self.sizes.append(scan.size)
            return f"({scan.sql}) AS {found['relation']}"

        return _SCANS.sub(made, sql)

    def kind(self, kind: HiveType) -> HiveType:
        """What a type that a statement names is held as."""
        return fine(kind) if self.nanoseconds else kind

    def flag(self, setting: str, default: bool) -> bool:
        """A setting that is true or false."""
        return self.settings.get(setting, str(default)).lower() == "true"
