"""What a table's constraints ask of rows that are written: NOT NULL, CHECK, DEFAULT.

Keys are believed, as Hive believes them.

Source: LanguageManual DDL, Create Table; Hive's GenericUDFEnforceConstraint.
"""

from __future__ import annotations

from collections.abc import Iterator

from bigdata.sql.hive.functions.rules import Typed
from bigdata.sql.hive.queries.compiler import Compiler
from bigdata.sql.hive.queries.scope import Field, Relation, Scope
from bigdata.sql.hive.queries.selects import Queries
from bigdata.sql.tables import Table
from bigdata.sql.types import literal, quoted


def default(compiler: Compiler, table: Table, column: str) -> Typed | None:
    """The value of a column that an INSERT doesn't name; ``None`` for NULL."""
    for constraint in table.constraints:
        if constraint.kind == "DEFAULT" and constraint.enabled and column in constraint.columns:
            return Queries(compiler).expression(constraint.text, Scope())
    return None


def enforced(compiler: Compiler, table: Table, sql: str) -> str:
    """A query of a table's rows, which fails where one breaks a constraint."""
    tests = [
        f"CASE WHEN {test} THEN true ELSE error({literal(f'{name} of {table.name} is broken by a row')}) END"
        for name, test in _tests(compiler, table)
    ]
    return f"SELECT * FROM ({sql}) AS w WHERE {' AND '.join(tests)}" if tests else sql


def _tests(compiler: Compiler, table: Table) -> Iterator[tuple[str, str]]:
    """The name of each constraint, and its condition on a row ``w``."""
    fields = [Field(column.name, column.type, f"w.{quoted(column.name)}") for column in table.columns]
    scope = Scope([Relation(table.name, tuple(fields))])
    for constraint in table.constraints:
        if constraint.kind == "NOT NULL" and constraint.enabled:
            yield f"NOT NULL of column {constraint.columns[0]}", f"w.{quoted(constraint.columns[0])} IS NOT NULL"
        elif constraint.kind == "CHECK" and constraint.enabled:
            condition = Queries(compiler).expression(constraint.text, scope)
            yield f"CHECK ({constraint.text})", f"coalesce({condition.sql}, true)"
