"""ALTER TABLE ADD, DROP, RENAME and EXCHANGE PARTITION, and MSCK, which finds partitions in the table's folder.

Source: LanguageManual DDL, Alter Partition, Recover Partitions; Hive's DDLTask (msck) and HiveMetaStoreChecker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NoReturn

from bigdata.errors import NameNotFound, UnsupportedStatement, UsageError
from bigdata.sql import folders
from bigdata.sql.catalog import now
from bigdata.sql.hive.context import Answer, Context, Name, Statement
from bigdata.sql.hive.ddl.places import located, make, move, remove
from bigdata.sql.hive.ddl.specs import Spec, full, matching, parse_spec, parse_specs, values
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.partitions import partition_name, partition_spec
from bigdata.sql.tables import MANAGED, VIEW, Partition, Table


@dataclass(frozen=True)
class AddPartitions:
    """``ADD [IF NOT EXISTS] PARTITION (...) [LOCATION 'path'] ...``."""

    name: Name
    partitions: tuple[tuple[Spec, str | None], ...]
    if_not_exists: bool = False

    def run(self, context: Context) -> None:
        table = context.table(self.name)
        for spec, location in self.partitions:
            held = full(table, spec)
            if context.catalog.partitions(table, values(table, spec)):
                if self.if_not_exists:
                    continue
                raise UsageError(f"Partition {_name(table, held)} of {table.name} already exists. Add IF NOT EXISTS.")
            made = _partition(table, held, located(location))
            context.catalog.put_partitions(table, [made])
            if table.kind != VIEW:
                make(context, made.location)


@dataclass(frozen=True)
class DropPartitions:
    """``DROP [IF EXISTS] PARTITION (...), ... [PURGE]``: those that meet one of some conditions."""

    name: Name
    specs: tuple[Spec, ...]
    if_exists: bool = False

    def run(self, context: Context) -> None:
        table = context.table(self.name)
        for spec in self.specs:
            found = matching(context, table, spec)
            ignored = self.if_exists or context.ignores_missing
            if not found and not ignored:
                raise NameNotFound(f"Partition not found in table {table.name}. SHOW PARTITIONS lists them.")
            context.catalog.drop_partitions(table, found)
            for partition in found:
                if table.kind == MANAGED:
                    remove(context, partition.location)


@dataclass(frozen=True)
class RenamePartition:
    """``PARTITION (...) RENAME TO PARTITION (...)``: its folder moves, if it lies where partitions lie."""

    name: Name
    spec: Spec
    target: Spec

    def run(self, context: Context) -> None:
        table = context.table(self.name)
        old = _one(context, table, self.spec)
        new = full(table, self.target)
        if context.catalog.partitions(table, values(table, self.target)):
            raise UsageError(f"Partition {_name(table, new)} of {table.name} already exists. Drop it first.")
        usual = _partition(table, old.values, None).location
        moves = table.kind == MANAGED and old.location == usual
        location = _partition(table, new, None).location if moves else old.location
        context.catalog.drop_partitions(table, [old])
        context.catalog.put_partitions(table, [replace(old, values=new, location=location)])
        if moves:
            move(context, usual, location)


@dataclass(frozen=True)
class ExchangePartition:
    """``ALTER TABLE name EXCHANGE PARTITION (...) WITH TABLE other``: the other's partitions become this one's."""

    name: Name
    spec: Spec
    other: Name

    def run(self, context: Context) -> None:
        table, other = context.table(self.name), context.table(self.other)
        if (table.columns, table.partition_columns) != (other.columns, other.partition_columns):
            raise UsageError(f"EXCHANGE PARTITION: {table.name} and {other.name} must have the same columns.")
        given = values(table, self.spec)
        found = context.catalog.partitions(other, given)
        if not found:
            raise NameNotFound(f"Partition not found in table {other.name}. SHOW PARTITIONS lists them.")
        if context.catalog.partitions(table, given):
            raise UsageError(f"EXCHANGE PARTITION: {table.name} has such a partition already. Drop it first.")
        moved = [_partition(table, held.values, None) for held in found]
        context.catalog.drop_partitions(other, found)
        context.catalog.put_partitions(table, moved)
        for old, new in zip(found, moved):
            move(context, old.location, new.location)


@dataclass(frozen=True)
class Touch:
    """``TOUCH [PARTITION (...)]``: it changes nothing, but the partitions must be there."""

    name: Name
    specs: tuple[Spec, ...]

    def run(self, context: Context) -> None:
        table = context.table(self.name)
        for spec in self.specs:
            _one(context, table, spec)


@dataclass(frozen=True)
class Repair:
    """``MSCK [REPAIR] TABLE name [ADD|DROP|SYNC PARTITIONS]``."""

    name: Name
    adds: bool = False
    drops: bool = False

    def run(self, context: Context) -> Answer:
        table = context.table(self.name)
        known = {_name(table, held.values): held for held in context.catalog.partitions(table)}
        found = dict(_found(table, table.location, len(table.partition_columns)))
        new = sorted(found.keys() - known.keys())
        gone = [name for name, held in known.items() if not folders.exists(held.location)]
        lines = [
            "\t".join([title, *(f"{table.name}:{name}" for name in names)])
            for title, names in (("Partitions not in metastore:", new), ("Partitions missing from filesystem:", gone))
            if names
        ]
        if self.adds:
            context.catalog.put_partitions(table, [found[name] for name in new])
            lines += [f"Repair: Added partition to metastore {table.name}:{name}" for name in new]
        if self.drops:
            context.catalog.drop_partitions(table, [known[name] for name in gone])
            lines += [f"Repair: Dropped partition from metastore {table.database}.{table.name}:{name}" for name in gone]
        return Answer(("msck",), tuple((line,) for line in lines))


def _found(table: Table, folder: str, depth: int) -> Iterator[tuple[str, Partition]]:
    """The partitions whose folders lie in a folder, as names and definitions."""
    if depth:
        for name in folders.below(folder):
            yield from _found(table, f"{folder}/{name}", depth - 1)
        return
    spec = partition_spec(folder[len(table.location) :])
    names = [column.name for column in table.partition_columns]
    if names and list(spec) == names:
        made = _partition(table, tuple(spec.values()), folder)
        yield _name(table, made.values), made


def _partition(table: Table, held: tuple[str, ...], location: str | None) -> Partition:
    where = "" if table.kind == VIEW else location or f"{table.location}/{_name(table, held)}"
    return Partition(held, where, table.columns, table.storage, {"transient_lastDdlTime": str(now())}, now())


def _one(context: Context, table: Table, spec: Spec) -> Partition:
    held = full(table, spec)
    for partition in context.catalog.partitions(table, values(table, spec)):
        return partition
    raise NameNotFound(f"Partition not found: {_name(table, held)} of {table.name}. SHOW PARTITIONS lists them.")


def _name(table: Table, held: tuple[str, ...]) -> str:
    return partition_name((column.name for column in table.partition_columns), held)


def _add(tokens: Tokens, name: Name) -> AddPartitions:
    tokens.expect("ADD")
    if_not_exists = tokens.take("IF NOT EXISTS")
    found = []
    while tokens.take("PARTITION"):
        spec = parse_spec(tokens)
        found.append((spec, tokens.string() if tokens.take("LOCATION") else None))
        tokens.take(",")
    if not found:
        tokens.fail("PARTITION")
    return AddPartitions(name, tuple(found), if_not_exists)


def _drop(tokens: Tokens, name: Name) -> DropPartitions:
    tokens.expect("DROP")
    if_exists = tokens.take("IF EXISTS")
    specs = parse_specs(tokens)
    if not specs:
        tokens.fail("PARTITION")
    tokens.take("IGNORE PROTECTION")
    tokens.take("PURGE")
    return DropPartitions(name, specs, if_exists)


def _exchange(tokens: Tokens, name: Name) -> ExchangePartition:
    tokens.expect("EXCHANGE PARTITION")
    spec = parse_spec(tokens)
    tokens.expect("WITH TABLE")
    return ExchangePartition(name, spec, tokens.table())


def _touch(tokens: Tokens, name: Name) -> Touch:
    tokens.expect("TOUCH")
    return Touch(name, parse_specs(tokens))


def _archive(tokens: Tokens, name: Name) -> NoReturn:
    raise UnsupportedStatement("ALTER TABLE ... ARCHIVE: Hadoop archives are not read or written here. Leave it out.")


def _recover(tokens: Tokens, name: Name) -> Repair:
    """What EMR's Hive says for MSCK REPAIR TABLE."""
    tokens.expect("RECOVER PARTITIONS")
    return Repair(name, adds=True)


def _repair(tokens: Tokens) -> Repair:
    repairs = tokens.take("REPAIR")
    tokens.expect("TABLE")
    name = tokens.table()
    wanted = next((words for words in ("ADD", "DROP", "SYNC") if tokens.take(words + " PARTITIONS")), "ADD")
    return Repair(name, repairs and wanted != "DROP", repairs and wanted != "ADD")


#: what ALTER TABLE name can go on with when it is about whole partitions, by the words with which that begins
SUFFIXES: dict[str, Callable[[Tokens, Name], Statement]] = {
    "ADD PARTITION": _add,
    "ADD IF": _add,
    "DROP PARTITION": _drop,
    "DROP IF": _drop,
    "EXCHANGE": _exchange,
    "TOUCH": _touch,
    "RECOVER": _recover,
    "ARCHIVE": _archive,
    "UNARCHIVE": _archive,
}
PARSERS: Parsers = {"MSCK": _repair}
