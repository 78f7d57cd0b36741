"""PARTITION (...): which partitions of a table a statement is about."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from bigdata.errors import NameNotFound, UsageError
from bigdata.sql.hive.context import Context
from bigdata.sql.hive.ddl.tokens import Tokens
from bigdata.sql.serdes.partition_values import normal
from bigdata.sql.tables import Partition, Table

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Condition:
    """What a partition's value of a column must be; `sign` is ``=`` and `value` is ``None`` where only it is named."""

    column: str
    sign: str
    value: str | None


Spec = tuple[Condition, ...]


def parse_spec(tokens: Tokens) -> Spec:
    """What follows ``PARTITION``: ``(year=2024, month)``, with ``<`` and its kin where partitions are dropped."""

    def condition() -> Condition:
        column = tokens.name()
        sign = next((sign for sign in _COMPARE if tokens.take(sign)), None)
        return Condition(column, sign or "=", None if sign is None else tokens.constant())

    return tokens.bracketed(condition)


def parse_specs(tokens: Tokens) -> tuple[Spec, ...]:
    """``PARTITION (...), PARTITION (...)``; the commas may be missing."""
    specs = []
    while tokens.take("PARTITION"):
        specs.append(parse_spec(tokens))
        tokens.take(",")
    return tuple(specs)


def values(table: Table, spec: Spec) -> dict[str, str]:
    """The values that a spec gives columns.

    :raises NameNotFound: for a name that is no partition column
    :raises UsageError: for a comparison
    """
    columns = {column.name: column for column in table.partition_columns}
    for condition in spec:
        _column(table, condition.column)
        if condition.sign not in ("=", "=="):
            raise UsageError(f"PARTITION ({condition.column} {condition.sign} ...): only = can stand here.")
    given = ((condition.column, condition.value) for condition in spec)
    return {name: normal(value, columns[name]) for name, value in given if value is not None}


def full(table: Table, spec: Spec) -> tuple[str, ...]:
    """The value of each partition column.

    :raises UsageError: if one is missing
    """
    given = values(table, spec)
    names = [column.name for column in table.partition_columns]
    if not names:
        raise UsageError(f"Table {table.name} is not a partitioned table. Create it with PARTITIONED BY.")
    missing = [name for name in names if name not in given]
    if missing:
        raise UsageError(f"PARTITION of {table.name}: the value of {missing[0]} is missing. Give {', '.join(names)}.")
    return tuple(given[name] for name in names)


def exact(context: Context, table: Table, spec: Spec) -> list[Partition]:
    """The partitions that have some values; one whose every value is given must be there.

    :raises NameNotFound: if it is not
    """
    given = values(table, spec)
    found = context.catalog.partitions(table, given)
    if spec and not found:
        shown = ", ".join(f"{name}={value}" for name, value in given.items())
        raise NameNotFound(f"Partition not found {{{shown}}} in table {table.name}. SHOW PARTITIONS lists them.")
    return found


def matching(context: Context, table: Table, spec: Spec) -> list[Partition]:
    """The partitions that meet conditions, compared by the types of the columns."""
    tests = [(*_column(table, condition.column), condition) for condition in spec]
    return [
        partition
        for partition in context.catalog.partitions(table)
        if all(_meets(partition.values[place], number, condition) for place, number, condition in tests)
    ]


def _column(table: Table, name: str) -> tuple[int, bool]:
    """The place of a partition column, and whether it holds numbers."""
    for place, column in enumerate(table.partition_columns):
        if column.name == name:
            return place, column.type.is_number
    columns = ", ".join(column.name for column in table.partition_columns) or "none"
    raise NameNotFound(f"Partition column not found: {name}. Those of {table.name} are: {columns}.")


def _meets(held: str, number: bool, condition: Condition) -> bool:
    wanted = condition.value
    if wanted is None:
        return True
    if number:
        try:
            return _COMPARE[condition.sign](Decimal(held), Decimal(wanted))
        except InvalidOperation:
            return condition.sign in ("=", "==") and held == wanted
    return _COMPARE[condition.sign](held, wanted)
