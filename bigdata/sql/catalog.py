"""The catalog: databases, tables, views and partitions, kept in one SQLite file in the warehouse folder.

Each definition is a row with its JSON, so that a table with thousands of partitions costs nothing until they are asked
for. Temporary tables stand in SQLite's ``temp`` schema, in memory and for one catalog alone, and hide those that last
under the same name; macros are in memory too. Every write is a transaction that locks the file before it reads: of two
processes that write at once, one waits. The journal is SQLite's rollback journal, as its write-ahead log fails on
network folders.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import sqlite3
import tempfile
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from bigdata.errors import NameNotFound, TableNotFound, UsageError
from bigdata.sql.definitions import partition_of, partition_texts, table_of, text_of
from bigdata.sql.partitions import partition_name
from bigdata.sql.tables import Column, Partition, Table
from bigdata.storage import disk_errors, is_uri, local

FILE = ".catalog.sqlite"
DEFAULT = "default"
#: seconds that a write waits for another process
PATIENCE = 60

_TABLES = """
    CREATE TABLE IF NOT EXISTS {schema}.databases (name TEXT PRIMARY KEY, definition TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS {schema}.tables (
        database TEXT, name TEXT, definition TEXT, PRIMARY KEY (database, name)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS {schema}.partitions (
        database TEXT, owner TEXT, name TEXT, definition TEXT, layout TEXT, PRIMARY KEY (database, owner, name)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS {schema}.functions (name TEXT PRIMARY KEY, means TEXT) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Database:
    """A database.

    :param location: the folder in which its tables lie if they name none
    """

    name: str
    location: str
    comment: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Macro:
    """A temporary function: an expression over its parameters."""

    name: str
    parameters: tuple[Column, ...]
    expression: str


def matches(name: str, pattern: str | None) -> bool:
    """Whether a name is one that SHOW ... LIKE wants: ``*`` stands for any text, ``|`` for a choice.

    Source: LanguageManual DDL, Show.

    >>> [name for name in ("page_views", "pages", "users") if matches(name, "page_*|users")]
    ['page_views', 'users']
    """
    if pattern is None:
        return True
    choices = (re.escape(choice.strip()).replace(r"\*", ".*") for choice in pattern.split("|"))
    return re.fullmatch("|".join(choices), name, re.IGNORECASE) is not None


class Catalog:
    """What is known by which name, in a warehouse folder.

    :param warehouse: the folder, which is made when something is first read or written
    :raises UsageError: for a remote folder, in which no SQLite file can be locked

    >>> import tempfile
    >>> catalog = Catalog(tempfile.mkdtemp())
    >>> with catalog.transaction():
    ...     catalog.put(Table("default", "pages", (), location=catalog.location("default", "pages")))
    >>> [table.name for table in catalog.tables("default")]
    ['pages']
    """

    def __init__(self, warehouse: str) -> None:
        if is_uri(warehouse):
            raise UsageError(
                f"{warehouse}: the warehouse is a local folder, as its catalog is a SQLite file."
                " Give tables that lie there a LOCATION instead."
            )
        self.warehouse = os.path.abspath(local(warehouse))
        self._macros: dict[str, Macro] = {}
        self._at_commit: list[Callable[[], None]] = []
        self._at_rollback: list[Callable[[], None]] = []

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        with disk_errors(self.warehouse):
            os.makedirs(self.warehouse, exist_ok=True)
        path = os.path.join(self.warehouse, FILE)
        with self._sqlite_errors():
            connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA temp_store = MEMORY")
            for schema in ("main", "temp"):
                connection.executescript(_TABLES.format(schema=schema))
        return connection

    @cached_property
    def _temporary(self) -> str:
        with disk_errors(self.warehouse):
            os.makedirs(self.warehouse, exist_ok=True)
        folder = tempfile.mkdtemp(prefix=".temporary-", dir=self.warehouse)
        self._at_close = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    def close(self) -> None:
        """Let go of the file; temporary tables are gone."""
        if "_connection" in self.__dict__:
            self._connection.close()
            del self._connection
        if "_temporary" in self.__dict__:
            self._at_close()
            del self._temporary

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within happens, or nothing does; one within another is part of it."""
        if self._connection.in_transaction:
            yield
            return
        self._at_commit, self._at_rollback = [], []
        try:
            with self._sqlite_errors():
                self._connection.execute("BEGIN IMMEDIATE")
            yield
            with self._sqlite_errors():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            for action in reversed(self._at_rollback):
                action()
            raise
        for action in self._at_commit:
            action()

    @contextmanager
    def _sqlite_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            path = os.path.join(self.warehouse, FILE)
            raise UsageError(f"{path}: the catalog can't be read or written: {error}.") from error

    def on_commit(self, action: Callable[[], None]) -> None:
        """Do something when this transaction has happened: remove the files of what was dropped."""
        self._at_commit.append(action)

    def on_rollback(self, action: Callable[[], None]) -> None:
        """Do something if this transaction fails: move files back. What was asked for last is done first."""
        self._at_rollback.append(action)

    # -- databases -------------------------------------------------------------------------------------------------

    def databases(self, pattern: str | None = None) -> list[str]:
        """The names of the databases, sorted."""
        found = self._connection.execute("SELECT name FROM main.databases")
        return sorted(name for name in {DEFAULT, *(row[0] for row in found)} if matches(name, pattern))

    def database(self, name: str) -> Database:
        """A database by its name.

        :raises NameNotFound: if there is none
        """
        sql = "SELECT definition FROM main.databases WHERE name = ?"
        row = self._connection.execute(sql, (name.lower(),)).fetchone()
        if row is not None:
            return Database(**json.loads(row[0]))
        if name.lower() == DEFAULT:
            return Database(DEFAULT, self.warehouse, "Default Hive database")
        raise NameNotFound(f"Database not found: {name}.{_nearest(name, self.databases())}")

    def create_database(self, database: Database) -> None:
        """Keep a database, or another definition of one."""
        with self.transaction():
            sql = "INSERT OR REPLACE INTO main.databases VALUES (?, ?)"
            self._connection.execute(sql, (database.name, text_of(database)))

    def drop_database(self, name: str, cascade: bool = False) -> None:
        """Forget a database.

        :param cascade: with its tables
        :raises NameNotFound: if there is none
        :raises UsageError: if it holds tables, for want of `cascade`; for the default one
        """
        with self.transaction():
            name = self.database(name).name
            if name == DEFAULT:
                raise UsageError("The database default can't be dropped. Drop its tables instead.")
            tables = self.table_names(name)
            if tables and not cascade:
                raise UsageError(
                    f"Database {name} is not empty: it holds {', '.join(tables[:3])}. Drop its tables, or add CASCADE."
                )
            for table in tables:
                self.drop(name, table)
            self._connection.execute("DELETE FROM main.functions WHERE name GLOB ?", (f"{name}.*",))
            self._connection.execute("DELETE FROM main.databases WHERE name = ?", (name,))

    def location(self, database: str, name: str | None = None, temporary: bool = False) -> str:
        """The folder of a database, or of a table in it that names none.

        :param temporary: whether the table is; its folder goes with the catalog
        """
        if name is not None and temporary:
            return os.path.join(self._temporary, f"{database.lower()}.db", name.lower())
        if name is not None:
            return os.path.join(self.database(database).location, name.lower())
        return self.warehouse if database == DEFAULT else os.path.join(self.warehouse, f"{database.lower()}.db")

    # -- tables and views ------------------------------------------------------------------------------------------

    def table_names(self, database: str, pattern: str | None = None) -> list[str]:
        """The names of a database's tables and views, sorted.

        :raises NameNotFound: if there is no such database
        """
        database = self.database(database).name
        sql = "SELECT name FROM {}.tables WHERE database = ?"
        found = {row[0] for schema in ("main", "temp") for row in self._rows(sql, schema, database)}
        return sorted(name for name in found if matches(name, pattern))

    def tables(self, database: str, pattern: str | None = None) -> Iterator[Table]:
        """The tables and views of a database, by name."""
        for name in self.table_names(database, pattern):
            yield self.table(database, name)

    def find(self, database: str, name: str) -> Table | None:
        """A table or view by its name; ``None`` if there is none."""
        sql = "SELECT definition FROM {}.tables WHERE database = ? AND name = ?"
        for schema in ("temp", "main"):
            for row in self._rows(sql, schema, database.lower(), name.lower()):
                return table_of(row[0])
        return None

    def table(self, database: str, name: str) -> Table:
        """A table or view by its name.

        :raises TableNotFound: if there is none; the message has the names that are like it
        """
        found = self.find(database, name)
        if found is None:
            near = _nearest(name, self.table_names(database))
            raise TableNotFound(f"Table not found: {database.lower()}.{name.lower()}.{near}")
        return found

    def put(self, table: Table) -> None:
        """Keep a table or view, or another definition of one.

        :raises NameNotFound: if there is no such database
        """
        with self.transaction():
            self.database(table.database)
            sql = f"INSERT OR REPLACE INTO {_schema(table)}.tables VALUES (?, ?, ?)"
            self._connection.execute(sql, (table.database, table.name, text_of(table)))

    def rename(self, table: Table, database: str, name: str) -> Table:
        """Give a table another name, and its partitions with it; its folder stays.

        :raises UsageError: if there is one of that name
        """
        with self.transaction():
            if self.find(database, name) is not None:
                raise UsageError(f"Table {database}.{name} exists already. Drop it first, or choose another name.")
            renamed = replace(table, database=database.lower(), name=name.lower())
            partitions = self.partitions(table)
            self.drop(table.database, table.name)
            self.put(renamed)
            self.put_partitions(renamed, partitions)
        return renamed

    def drop(self, database: str, name: str) -> None:
        """Forget a table or view and its partitions; the files stay.

        :raises TableNotFound: if there is none
        """
        with self.transaction():
            table = self.table(database, name)
            for column, owned in (("name", "tables"), ("owner", "partitions")):
                sql = f"DELETE FROM {_schema(table)}.{owned} WHERE database = ? AND {column} = ?"
                self._connection.execute(sql, (table.database, table.name))

    # -- partitions ------------------------------------------------------------------------------------------------

    def partitions(self, table: Table, spec: Mapping[str, str] | None = None) -> list[Partition]:
        """The partitions of a table, by name.

        :param spec: the values that some of the partition columns must have
        """
        sql = "SELECT definition, layout FROM {}.partitions WHERE database = ? AND owner = ?"
        values: list[str] = []
        names = [column.name for column in table.partition_columns]
        for column, value in (spec or {}).items():
            sql += f" AND json_extract(definition, '$.values[{names.index(column.lower())}]') = ?"
            values.append(value)
        rows = self._rows(sql + " ORDER BY name", _schema(table), table.database, table.name, *values)
        return [partition_of(*row) for row in rows]

    def put_partitions(self, table: Table, partitions: Iterable[Partition]) -> None:
        """Keep partitions, or other definitions of them."""
        sql = f"INSERT OR REPLACE INTO {_schema(table)}.partitions VALUES (?, ?, ?, ?, ?)"
        rows = [(table.database, table.name, _name(table, held), *partition_texts(held)) for held in partitions]
        with self.transaction():
            self._connection.executemany(sql, rows)

    def drop_partitions(self, table: Table, partitions: Iterable[Partition]) -> None:
        """Forget partitions; the files stay."""
        sql = f"DELETE FROM {_schema(table)}.partitions WHERE database = ? AND owner = ? AND name = ?"
        with self.transaction():
            self._connection.executemany(sql, [(table.database, table.name, _name(table, held)) for held in partitions])

    # -- functions -------------------------------------------------------------------------------------------------

    def functions(self, database: str | None = None) -> dict[str, str]:
        """What functions mean that CREATE FUNCTION made: ``name`` of temporary ones, ``database.name`` of others.

        :param database: one whose functions have their bare names too, as a query in it calls them
        """
        if "_connection" not in self.__dict__ and not os.path.exists(os.path.join(self.warehouse, FILE)):
            return {}
        with self._sqlite_errors():
            sql = "SELECT name, means FROM main.functions UNION ALL SELECT name, means FROM temp.functions"
            found = dict(self._connection.execute(sql))
        bare = {name.partition(".")[2]: held for name, held in found.items() if name.partition(".")[0] == database}
        return {**bare, **found}

    def put_function(self, name: str, means: str, temporary: bool) -> None:
        """Keep what a function means, a temporary one for this catalog alone."""
        with self.transaction():
            schema = "temp" if temporary else "main"
            self._connection.execute(f"INSERT OR REPLACE INTO {schema}.functions VALUES (?, ?)", (name, means))

    def drop_function(self, name: str) -> None:
        """Forget a function; it may be missing."""
        with self.transaction():
            schema = "main" if "." in name else "temp"
            self._connection.execute(f"DELETE FROM {schema}.functions WHERE name = ?", (name,))

    # -- macros ----------------------------------------------------------------------------------------------------

    def macros(self) -> list[str]:
        """The names of the macros, sorted."""
        return sorted(self._macros)

    def macro(self, name: str) -> Macro | None:
        """A macro by its name; ``None`` if there is none."""
        return self._macros.get(name.lower())

    def put_macro(self, macro: Macro) -> None:
        """Keep a macro, for this catalog alone, or another definition of one."""
        self._macros[macro.name] = macro

    def drop_macro(self, name: str) -> None:
        """Forget a macro; it may be missing."""
        self._macros.pop(name.lower(), None)

    def _rows(self, sql: str, schema: str, *values: str) -> list[tuple[str, ...]]:
        return self._connection.execute(sql.format(schema), values).fetchall()


def now() -> int:
    """Seconds since 1970, as definitions keep times."""
    return int(time.time())


def _schema(table: Table) -> str:
    return "temp" if table.temporary else "main"


def _name(table: Table, partition: Partition) -> str:
    return partition_name((column.name for column in table.partition_columns), partition.values)


def _nearest(name: str, names: Iterable[str]) -> str:
    """The end of a message about a name that is none: those that are like it."""
    near = difflib.get_close_matches(name.lower(), list(names))
    return f" Did you mean {' or '.join(near)}?" if near else ""
