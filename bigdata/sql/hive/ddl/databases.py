"""CREATE, ALTER, DROP and USE DATABASE.

Source: LanguageManual DDL, Create/Drop/Alter/Use Database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bigdata.errors import UsageError
from bigdata.sql.catalog import Database
from bigdata.sql.hive.context import Context
from bigdata.sql.hive.ddl.places import located, make, remove_if_empty
from bigdata.sql.hive.ddl.tables import discard
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens


@dataclass(frozen=True)
class CreateDatabase:
    """``CREATE DATABASE [IF NOT EXISTS] name [COMMENT ...] [LOCATION ...] [WITH DBPROPERTIES (...)]``."""

    name: str
    if_not_exists: bool = False
    comment: str | None = None
    location: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)

    def run(self, context: Context) -> None:
        if self.name in context.catalog.databases():
            if self.if_not_exists:
                return
            raise UsageError(f"Database {self.name} already exists. Add IF NOT EXISTS, or drop it first.")
        location = located(self.location) or context.catalog.location(self.name)
        context.catalog.create_database(Database(self.name, location, self.comment, self.properties))
        make(context, location)


@dataclass(frozen=True)
class AlterDatabase:
    """``ALTER DATABASE name SET DBPROPERTIES (...)``, ``SET LOCATION``, and ``SET OWNER``, which changes nothing."""

    name: str
    properties: Mapping[str, str] = field(default_factory=dict)
    location: str | None = None

    def run(self, context: Context) -> None:
        held = context.catalog.database(self.name)
        properties = {**held.properties, **self.properties}
        location = located(self.location) or held.location
        context.catalog.create_database(replace(held, properties=properties, location=location))


@dataclass(frozen=True)
class DropDatabase:
    """``DROP DATABASE [IF EXISTS] name [RESTRICT|CASCADE]``."""

    name: str
    if_exists: bool = False
    cascade: bool = False

    def run(self, context: Context) -> None:
        if self.if_exists and self.name not in context.catalog.databases():
            return
        database = context.catalog.database(self.name)
        for table in context.catalog.tables(self.name) if self.cascade else ():
            discard(context, table)
        context.catalog.drop_database(self.name, self.cascade)
        remove_if_empty(context, database.location)
        if context.database == self.name:
            context.database = "default"


@dataclass(frozen=True)
class UseDatabase:
    """``USE name``."""

    name: str

    def run(self, context: Context) -> None:
        context.database = context.catalog.database(self.name).name


def _create(tokens: Tokens) -> CreateDatabase:
    if_not_exists = tokens.take("IF NOT EXISTS")
    name = tokens.name()
    comment = tokens.string() if tokens.take("COMMENT") else None
    location = tokens.string() if tokens.take("LOCATION") else None
    properties = tokens.properties() if tokens.take("WITH DBPROPERTIES") else {}
    return CreateDatabase(name, if_not_exists, comment, location, properties)


def _alter(tokens: Tokens) -> AlterDatabase:
    name = tokens.name()
    if tokens.take("SET LOCATION"):
        return AlterDatabase(name, location=tokens.string())
    if tokens.take("SET OWNER"):
        if not tokens.take("USER", "GROUP", "ROLE"):
            tokens.fail("USER, GROUP or ROLE")
        tokens.name()
        return AlterDatabase(name)
    tokens.expect("SET DBPROPERTIES")
    return AlterDatabase(name, tokens.properties())


def _drop(tokens: Tokens) -> DropDatabase:
    if_exists = tokens.take("IF EXISTS")
    name = tokens.name()
    cascade = not tokens.take("RESTRICT") and tokens.take("CASCADE")
    return DropDatabase(name, if_exists, cascade)


_VERBS: Parsers = {"CREATE": _create, "ALTER": _alter, "DROP": _drop}
PARSERS: Parsers = {
    **{f"{verb} {noun}": parser for verb, parser in _VERBS.items() for noun in ("DATABASE", "SCHEMA")},
    "USE": lambda tokens: UseDatabase(tokens.name()),
}
