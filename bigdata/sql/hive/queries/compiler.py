"""What the parts of a statement share while they become SQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bigdata.sql.hive.functions.rules import Rule
from bigdata.sql.hive.queries.scope import Field
from bigdata.sql.tables import Column, Partition, Table


@dataclass(frozen=True)
class Lowered:
    """A query as SQL for DuckDB.

    :param fields: its columns; ``sql`` is the column's name in `sql`'s result, unique within it
    :param ordered: whether the order of its rows is said
    """

    sql: str
    fields: tuple[Field, ...]
    ordered: bool = False

    @property
    def columns(self) -> list[Column]:
        return [Column(field.name, field.type) for field in self.fields]


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
    :param files: what ADD FILE named: paths by their last part
    :param run: runs SQL and gives an Arrow stream of its rows: for scripts that rows go through
    """

    table: Callable[[str, str], Table]
    partitions: Callable[[Table], list[Partition]]
    database: str = "default"
    settings: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, Rule | list[Rule]] = field(default_factory=dict)
    macros: Mapping[str, MacroDefinition] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    wrap: bool = False
    run: Callable[[str], Any] | None = None
    #: Arrow streams by the names under which the SQL reads them
    sources: dict[str, Any] = field(default_factory=dict)
    #: of the files that the SQL reads, in bytes
    sizes: list[int] = field(default_factory=list)
    #: common table expressions by name
    queries: dict[str, Lowered] = field(default_factory=dict)
    #: views that are being read, to find circles
    views: tuple[str, ...] = ()
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def name(self, prefix: str) -> str:
        """A name that the statement doesn't use yet."""
        return f"{prefix}_{next(self._numbers)}"

    def flag(self, setting: str, default: bool) -> bool:
        """A setting that is true or false."""
        return self.settings.get(setting, str(default)).lower() == "true"
