"""Constraints as DESCRIBE FORMATTED shows them.

Source: Hive's MetaDataFormatUtils (getConstraintsInformation).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bigdata.sql.hive.ddl.layout import pair, row
from bigdata.sql.tables import Constraint, Table

#: kinds in their order, with their titles and the beginnings of the names that Hive gives them
_KINDS = {
    "PRIMARY KEY": ("# Primary Key", "pk"),
    "FOREIGN KEY": ("# Foreign Keys", "fk"),
    "UNIQUE": ("# Unique Constraints", "uk"),
    "NOT NULL": ("# Not Null Constraints", "nn"),
    "DEFAULT": ("# Default Constraints", "dc"),
    "CHECK": ("# Check Constraints", "cc"),
}


def named(constraints: Iterable[Constraint], table: str) -> tuple[Constraint, ...]:
    """Constraints with names, by which they can be dropped."""
    return tuple(
        replace(held, name=held.name or f"{_KINDS[held.kind][1]}_{table}_{number}")
        for number, held in enumerate(constraints)
    )


def shown(table: Table) -> Iterator[str]:
    """The lines about a table's constraints; none if it has none."""
    if table.constraints:
        yield from ("", "# Constraints")
    for kind, (title, _) in _KINDS.items():
        held = [constraint for constraint in table.constraints if constraint.kind == kind]
        if held:
            yield from ("", title, *pair("Table:", f"{table.database}.{table.name}"))
        for constraint in held:
            yield from pair("Constraint Name:", constraint.name)
            yield from _columns(constraint)
            if kind != "PRIMARY KEY":
                yield ""


def _columns(constraint: Constraint) -> Iterator[str]:
    if constraint.kind == "PRIMARY KEY":
        yield from row("Column Names:", *constraint.columns)
        return
    if constraint.kind == "NOT NULL":
        yield from pair("Column Name:", constraint.columns[0])
        return
    if constraint.kind in ("DEFAULT", "CHECK"):
        label = "Default Value:" if constraint.kind == "DEFAULT" else "Check Value:"
        yield from row(f"Column Name:{','.join(constraint.columns)}", label + constraint.text)
        return
    parent, _, keys = constraint.text.rstrip(")").partition("(")
    for number, (name, key) in enumerate(zip(constraint.columns, keys.split(",") if keys else constraint.columns), 1):
        start = [f"Parent Column Name:{parent}.{key}"] if constraint.kind == "FOREIGN KEY" else []
        yield from row(*start, f"Column Name:{name}", f"Key Sequence:{number}")
