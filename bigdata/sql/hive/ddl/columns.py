"""The columns of CREATE TABLE: names, types, comments and constraints."""

from __future__ import annotations

from dataclasses import replace

from bigdata.errors import UsageError
from bigdata.sql.hive.ddl.tokens import Tokens
from bigdata.sql.tables import Buckets, Column, Constraint

Skewed = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]

_SWITCHES = ("ENABLE", "DISABLE", "ENFORCED", "NOT ENFORCED", "VALIDATE", "NOVALIDATE", "RELY", "NORELY")
#: constraints that Hive believes, and holds no row against
_BELIEVED = ("PRIMARY KEY", "UNIQUE", "FOREIGN KEY")


def parse_column(tokens: Tokens) -> Column:
    """``name type [COMMENT 'text']``."""
    name, kind = tokens.name(), tokens.type()
    return Column(name, kind, tokens.string() if tokens.take("COMMENT") else None)


def parse_columns(tokens: Tokens) -> tuple[tuple[Column, ...], tuple[Constraint, ...]]:
    """Columns and constraints in brackets.

    :raises UsageError: for two columns of one name
    """
    columns: list[Column] = []
    constraints: list[Constraint] = []

    def item() -> None:
        constraint = _constraint(tokens, None)
        if constraint is not None:
            constraints.append(constraint)
            return
        column, demands = parse_constrained(tokens)
        columns.append(column)
        constraints.extend(demands)

    tokens.bracketed(item)
    refuse_twins(*columns)
    return tuple(columns), tuple(constraints)


def parse_constrained(tokens: Tokens) -> tuple[Column, tuple[Constraint, ...]]:
    """``name type [constraint ...] [COMMENT 'text']``."""
    column = Column(tokens.name(), tokens.type())
    constraints = tuple(iter(lambda: _constraint(tokens, column.name), None))
    comment = tokens.string() if tokens.take("COMMENT") else None
    return replace(column, comment=comment), constraints


def refuse_twins(*columns: Column) -> None:
    """:raises UsageError: if two columns have one name"""
    names = [column.name for column in columns]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"Duplicate column name: {name}. Give each column of a table a name of its own.")


def parse_constraint(tokens: Tokens) -> Constraint:
    """A constraint of a table."""
    found = _constraint(tokens, None)
    if found is None:
        tokens.fail("a constraint")
    return found


def _constraint(tokens: Tokens, column: str | None) -> Constraint | None:
    """A constraint, of a column or of the table; ``None`` if none comes next."""
    name = tokens.name() if tokens.take("CONSTRAINT") else ""
    columns: tuple[str, ...] = () if column is None else (column,)
    for kind in (*_BELIEVED, "NOT NULL", "DEFAULT", "CHECK"):
        named = column is None and kind in ("NOT NULL", "DEFAULT")
        if not named and (tokens.at(kind + " (") or (column is not None and tokens.at(kind))):
            tokens.expect(kind)
            break
    else:
        return None
    text = ""
    if kind in _BELIEVED:
        if tokens.at("("):
            columns = tokens.bracketed(tokens.name)
        if kind == "FOREIGN KEY":
            tokens.expect("REFERENCES")
            text = ".".join(filter(None, tokens.table()))
            text += f"({','.join(tokens.bracketed(tokens.name))})"
    elif kind == "CHECK":
        text = tokens.enclosed()
    elif kind == "DEFAULT":
        text = tokens.expression("COMMENT", "CONSTRAINT", "NOT NULL", *_SWITCHES)
    enabled = kind not in _BELIEVED
    while switch := next((word for word in _SWITCHES if tokens.take(word)), None):
        enabled = {"ENABLE": True, "DISABLE": False, "ENFORCED": True, "NOT ENFORCED": False}.get(switch, enabled)
    if enabled and kind in _BELIEVED:
        raise UsageError(f"{kind}: Hive can't enforce it. Write DISABLE NOVALIDATE after it.")
    return Constraint(kind, columns, text, name, enabled)


def parse_buckets(tokens: Tokens) -> Buckets:
    """What follows ``CLUSTERED BY``."""

    def sorted_column() -> tuple[str, str]:
        name = tokens.name()
        descending = not tokens.take("ASC") and tokens.take("DESC")
        tokens.take("NULLS FIRST", "NULLS LAST")
        return name, "DESC" if descending else "ASC"

    columns = tokens.bracketed(tokens.name)
    order = tokens.bracketed(sorted_column) if tokens.take("SORTED BY") else ()
    tokens.expect("INTO")
    count = tokens.number()
    tokens.expect("BUCKETS")
    return Buckets(columns, count, order)


def parse_skewed(tokens: Tokens) -> tuple[Skewed, bool]:
    """What follows ``SKEWED BY``, and whether the values shall lie in folders of their own."""
    columns = tokens.bracketed(tokens.name)
    tokens.expect("ON")

    def values() -> tuple[str, ...]:
        return tokens.bracketed(tokens.constant) if tokens.at("(") else (tokens.constant(),)

    held = tokens.bracketed(values)
    directories = tokens.take("STORED AS DIRECTORIES")
    wrong = [value for value in held if len(value) != len(columns)]
    if wrong:
        raise UsageError(f"SKEWED BY {', '.join(columns)}: {wrong[0]} needs a value for each of these columns.")
    return (columns, held), directories
