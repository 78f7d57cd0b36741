"""The names that an expression sees, and what they stand for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bigdata.errors import NameNotFound, UsageError
from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.types import HiveType, quoted

#: columns that a table has beside its own
VIRTUAL = ("input__file__name", "block__offset__inside__file")


@dataclass(frozen=True)
class Field:
    """A column of a relation.

    :param name: in lower case
    :param sql: how SQL around the relation names it
    :param hidden: not among those of ``*``
    :param table: the name of a table that a SELECT list gives with it, or ``*`` does
    :param constant: the SQL of a SELECT list's decimal that no row changes
    """

    name: str
    type: HiveType
    sql: str
    hidden: bool = False
    table: str = ""
    constant: str = ""

    @property
    def typed(self) -> Typed:
        return Typed(self.sql, self.type)

    def within(self, relation: str) -> Field:
        """The column as SQL around a relation names it; ``dataclasses.replace`` takes twice the time."""
        return Field(self.name, self.type, f"{relation}.{quoted(self.sql)}", self.hidden, self.table, self.constant)


@dataclass(frozen=True)
class Relation:
    """What a name after FROM stands for.

    :param alias: in lower case; empty for a subquery without one
    """

    alias: str
    fields: tuple[Field, ...]
    database: str = ""

    def find(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


@dataclass
class Scope:
    """Relations that an expression may name columns of.

    :param outer: what the query around a subquery sees
    """

    relations: list[Relation] = field(default_factory=list)
    outer: Scope | None = None
    #: columns that USING made one, by name
    merged: dict[str, Typed] = field(default_factory=dict)

    def relation(self, alias: str, database: str = "") -> Relation | None:
        """The relation of a name."""
        found = [one for one in self.relations if one.alias == alias and (not database or one.database == database)]
        return found[0] if found else None

    def column(self, name: str, alias: str = "", database: str = "") -> Typed | None:
        """What a column's name stands for; ``None`` if nothing here has it.

        :raises UsageError: if it may mean several
        """
        if not alias and name in self.merged:
            return self.merged[name]
        found = [
            (relation, field)
            for relation in self.relations
            if alias in ("", relation.alias) and (not database or relation.database == database)
            if (field := relation.find(name))
        ]
        if len(found) > 1 and not all(field.hidden for _, field in found):
            names = " and ".join(f"{relation.alias}.{name}" for relation, _ in found)
            raise UsageError(f"column {name} is ambiguous: it may be {names}. Write the table's name before it.")
        if found:
            return found[0][1].typed
        return None if self.outer is None else self.outer.column(name, alias, database)

    def visible(self, alias: str = "") -> Iterator[tuple[Relation, Field]]:
        """The columns of ``*``, or of ``alias.*``."""
        return (
            (relation, field)
            for relation in self.relations
            if alias in ("", relation.alias)
            for field in relation.fields
            if not field.hidden
        )


@dataclass
class Source:
    """A FROM clause: its SQL and the names that it brings."""

    sql: str
    scope: Scope

    @property
    def name(self) -> str:
        """What SQL calls its only relation."""
        return self.scope.relations[0].fields[0].sql.rpartition('."')[0]

    def within(self, *columns: str, tail: str = "") -> Source:
        """A query over its only relation, which keeps its name, so that whoever names a column still reads it."""
        return Source(f"(SELECT {', '.join(['*', *columns])} FROM {self.sql}{tail}) AS {self.name}", self.scope)


def unknown(kind: str, name: str, known: Iterable[str]) -> NameNotFound:
    """The error for a name that nothing has, with the nearest that there is."""
    near = difflib.get_close_matches(name.lower(), list(known), 1, 0.6)
    advice = f" Did you mean {near[0]}?" if near else ""
    return NameNotFound(f"no {kind} is named {name}.{advice}")
