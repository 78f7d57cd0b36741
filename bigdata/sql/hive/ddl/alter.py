"""ALTER TABLE and ALTER VIEW: what changes a definition, and RENAME. Partitions come and go in a module of their own.

Source: LanguageManual DDL, Alter Table/Partition/Column, Alter View; Hive's HiveParser and HiveAlterHandler.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bigdata.errors import UnsupportedStatement, UsageError
from bigdata.sql.catalog import now
from bigdata.sql.hive.context import Context, Name, Statement
from bigdata.sql.hive.ddl.changes import (
    AddColumns,
    AddConstraint,
    BucketCount,
    Change,
    ChangeColumn,
    ChangePartitionColumn,
    Cluster,
    DropConstraint,
    Nothing,
    ReplaceColumns,
    SetFormat,
    SetLocation,
    SetOwner,
    SetProperties,
    SetSerde,
    Skew,
    UnsetProperties,
)
from bigdata.sql.hive.ddl.columns import (
    parse_buckets,
    parse_column,
    parse_columns,
    parse_constrained,
    parse_constraint,
    parse_skewed,
)
from bigdata.sql.hive.ddl.evolution import refuse_conversions, refuse_values
from bigdata.sql.hive.ddl.partitions import SUFFIXES, RenamePartition
from bigdata.sql.hive.ddl.places import move
from bigdata.sql.hive.ddl.specs import Spec, exact, parse_spec
from bigdata.sql.hive.ddl.storage import parse_file_format
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.hive.ddl.views import AlterViewAs
from bigdata.sql.tables import MANAGED, VIEW, Column, Table


@dataclass(frozen=True)
class AlterTable:
    """A change of a table or a view, or of those of its partitions that `spec` names."""

    name: Name
    change: Change
    spec: Spec | None = None
    view: bool = False

    def run(self, context: Context) -> None:
        table = _altered(context, self.name, self.view)
        stamps = {"last_modified_by": context.owner, "last_modified_time": str(now())}
        if self.spec is not None:
            held = [self.change.apply(one) for one in exact(context, table, self.spec)]
            stamped = [replace(one, properties={**one.properties, **stamps}) for one in held]
            context.catalog.put_partitions(table, stamped)
            return
        changed: Table = self.change.apply(table)
        refuse_conversions(context, table, changed)
        refuse_values(context, table, changed)
        stamps["transient_lastDdlTime"] = str(now())
        context.catalog.put(replace(changed, properties={**changed.properties, **stamps}))
        if self.change.cascade:
            partitions = [replace(one, columns=changed.columns) for one in context.catalog.partitions(table)]
            context.catalog.put_partitions(table, partitions)


@dataclass(frozen=True)
class RenameTable:
    """``ALTER TABLE name RENAME TO name``: the folder of a managed table moves, if it lies where tables lie."""

    name: Name
    target: Name
    view: bool = False

    def run(self, context: Context) -> None:
        table = _altered(context, self.name, self.view)
        database, name = context.qualified(self.target)
        renamed = context.catalog.rename(table, database, name)
        usual = context.catalog.location(table.database, table.name)
        if table.kind != MANAGED or table.location != usual:
            return
        location = context.catalog.location(database, name)
        context.catalog.put(replace(renamed, location=location))
        held = context.catalog.partitions(renamed)
        inside = [one for one in held if one.location.startswith(usual + "/")]
        moved = [replace(one, location=location + one.location[len(usual) :]) for one in inside]
        context.catalog.put_partitions(renamed, moved)
        move(context, usual, location)


def _altered(context: Context, name: Name, view: bool) -> Table:
    """The table, or the view, that a statement alters."""
    table = context.table(name)
    if (table.kind == VIEW) is not view:
        right, wrong = ("VIEW", "TABLE") if table.kind == VIEW else ("TABLE", "VIEW")
        raise UsageError(f"Cannot alter {table.name} with ALTER {wrong}. Write ALTER {right}.")
    return table


def _table(tokens: Tokens) -> Statement:
    name = tokens.table()
    if tokens.take("RENAME TO"):
        return RenameTable(name, tokens.table())
    for words, parser in SUFFIXES.items():
        if tokens.at(words):
            return parser(tokens, name)
    if tokens.take("PARTITION COLUMN"):
        (column,) = tokens.bracketed(lambda: parse_column(tokens))
        return AlterTable(name, ChangePartitionColumn(column))
    spec = parse_spec(tokens) if tokens.take("PARTITION") else None
    if spec is not None and tokens.take("RENAME TO PARTITION"):
        return RenamePartition(name, spec, parse_spec(tokens))
    return AlterTable(name, _change(tokens), spec)


def _view(tokens: Tokens) -> Statement:
    name = tokens.table()
    if tokens.take("RENAME TO"):
        return RenameTable(name, tokens.table(), view=True)
    if tokens.at("SET") or tokens.at("UNSET"):
        return AlterTable(name, _change(tokens), view=True)
    for words, parser in SUFFIXES.items():
        if tokens.at(words):
            return parser(tokens, name)
    tokens.take("AS")
    return AlterViewAs(name, *tokens.rest())


def _change(tokens: Tokens) -> Change:
    for words, parser in _CHANGES.items():
        if tokens.take(words):
            return parser(tokens)
    for words, reason in _REFUSED.items():
        if tokens.take(words):
            raise UnsupportedStatement(f"ALTER TABLE ... {words}: {reason}")
    tokens.fail("what ALTER TABLE can do")


def _columns(make: Callable[[tuple[Column, ...], bool], Change]) -> Callable[[Tokens], Change]:
    def parse(tokens: Tokens) -> Change:
        columns, _ = parse_columns(tokens)
        return make(columns, _cascade(tokens))

    return parse


def _cascade(tokens: Tokens) -> bool:
    return not tokens.take("RESTRICT") and tokens.take("CASCADE")


def _change_column(tokens: Tokens) -> Change:
    tokens.take("COLUMN")
    old = tokens.name()
    column, constraints = parse_constrained(tokens)
    after = "" if tokens.take("FIRST") else tokens.name() if tokens.take("AFTER") else None
    return ChangeColumn(old, column, after, constraints, _cascade(tokens))


def _unset(tokens: Tokens) -> Change:
    if_exists = tokens.take("IF EXISTS")

    def key() -> str:
        text = tokens.string()
        if tokens.take("="):
            tokens.string()
        return text

    return UnsetProperties(tokens.bracketed(key), if_exists)


def _serde(tokens: Tokens) -> Change:
    serde = tokens.string()
    return SetSerde(serde, tokens.properties() if tokens.take("WITH SERDEPROPERTIES") else {})


def _owner(tokens: Tokens) -> Change:
    if not tokens.take("USER", "GROUP", "ROLE"):
        tokens.fail("USER, GROUP or ROLE")
    return SetOwner(tokens.written_name())


def _buckets(tokens: Tokens) -> Change:
    count = tokens.number()
    tokens.expect("BUCKETS")
    return BucketCount(count)


def _ignored(tokens: Tokens) -> Change:
    tokens.rest()
    return Nothing()


#: the parser of each change; the first whose words come next is taken
_CHANGES: dict[str, Callable[[Tokens], Change]] = {
    "SET TBLPROPERTIES": lambda tokens: SetProperties(tokens.properties()),
    "UNSET TBLPROPERTIES": _unset,
    "SET SERDEPROPERTIES": lambda tokens: SetSerde(None, tokens.properties()),
    "SET SERDE": _serde,
    "SET FILEFORMAT": lambda tokens: SetFormat(parse_file_format(tokens)),
    "SET LOCATION": lambda tokens: SetLocation(tokens.string()),
    "SET OWNER": _owner,
    "ADD COLUMNS": _columns(AddColumns),
    "REPLACE COLUMNS": _columns(ReplaceColumns),
    "CHANGE": _change_column,
    "CLUSTERED BY": lambda tokens: Cluster(parse_buckets(tokens)),
    "NOT CLUSTERED": lambda tokens: Cluster(None),
    "NOT SORTED": lambda tokens: BucketCount(None),
    "INTO": _buckets,
    "SKEWED BY": lambda tokens: Skew(*parse_skewed(tokens)),
    "NOT SKEWED": lambda tokens: Skew(),
    "ADD": lambda tokens: AddConstraint(parse_constraint(tokens)),
    "DROP CONSTRAINT": lambda tokens: DropConstraint(tokens.name()),
    "NOT STORED AS DIRECTORIES": lambda tokens: Skew(kept=True),
    "CONCATENATE": _ignored,
    "UPDATE STATISTICS": _ignored,
}
_REFUSED = {
    "SET SKEWED LOCATION": "the rows of skewed values lie with the others here. Leave it out.",
    "COMPACT": "only ACID tables are compacted, and there are none here. Leave it out.",
    "ENABLE": "tables can't be protected here. Leave it out, or withdraw the right to write the folder.",
    "DISABLE": "tables can't be protected here. Leave it out.",
    "UPDATE COLUMNS": "columns are not read from SerDes anew. Write REPLACE COLUMNS.",
}

PARSERS: Parsers = {"ALTER TABLE": _table, "ALTER VIEW": _view}
