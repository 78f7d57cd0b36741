"""What a statement runs in: the catalog, the current database, settings and variables."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bigdata.sql.catalog import DEFAULT, Catalog
from bigdata.sql.tables import Column, Table

#: the name of a table, after that of its database if the statement says it
Name = tuple[str | None, str]

#: Hive's values of the settings that mean something here
DEFAULTS = {
    "hive.cli.errors.ignore": "false",
    "hive.cli.print.current.db": "false",
    "hive.cli.print.header": "false",
    "hive.cli.prompt": "hive",
    "hive.default.fileformat": "TextFile",
    "hive.default.fileformat.managed": "none",
    "hive.exec.drop.ignorenonexistent": "true",
    "hive.int.timestamp.conversion.in.seconds": "false",
    "hive.local.time.zone": "LOCAL",
    "hive.metastore.disallow.incompatible.col.type.changes": "true",
    "hive.variable.substitute": "true",
    "hive.variable.substitute.depth": "40",
}


@dataclass
class Configuration:
    """What SET gives.

    :param settings: the namespace ``hiveconf``
    :param variables: ``hivevar``
    :param system: ``system``
    """

    settings: dict[str, str] = field(default_factory=dict, kw_only=True)
    variables: dict[str, str] = field(default_factory=dict, kw_only=True)
    system: dict[str, str] = field(default_factory=dict, kw_only=True)

    def setting(self, name: str) -> str:
        """The value of a setting, which SET or Hive gave."""
        return self.settings.get(name, DEFAULTS[name])


@dataclass(frozen=True)
class Shape:
    """The columns that a query gives.

    :param stars: the tables and columns that the stars of its text stand for, by their places in it
    """

    columns: Sequence[Column]
    stars: Mapping[int, Sequence[tuple[str, str]]]


@dataclass
class Context(Configuration):
    """What a session lends to its statements.

    :param shape_of: what columns a query gives: within another, or as its result shows them
    :param database: the current one; USE changes it
    :param functions: the names of the functions that a query may call
    """

    catalog: Catalog
    shape_of: Callable[[str, bool], Shape]
    database: str = DEFAULT
    functions: Callable[[], Collection[str]] = tuple

    @property
    def owner(self) -> str:
        """Who owns what is made."""
        return getpass.getuser()

    def qualified(self, name: Name) -> tuple[str, str]:
        """Database and name of a table that a statement names."""
        return name[0] or self.database, name[1]

    def table(self, name: Name) -> Table:
        """The table or view that a statement names.

        :raises TableNotFound: if there is none
        """
        return self.catalog.table(*self.qualified(name))

    @property
    def ignores_missing(self) -> bool:
        """Whether DROP passes over what isn't there."""
        return self.setting("hive.exec.drop.ignorenonexistent").lower() == "true"


class Statement(Protocol):
    """A statement as frozen data, that can run."""

    def run(self, context: Context) -> Answer | None: ...


@dataclass(frozen=True)
class Answer:
    """Rows of text and the names of their columns, as Hive's CLI gets them from DDL."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
