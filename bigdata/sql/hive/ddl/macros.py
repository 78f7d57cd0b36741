"""CREATE and DROP TEMPORARY MACRO, and the functions of Java that don't run here.

Source: LanguageManual DDL, Create/Drop Macro, Create/Drop/Reload Function.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from bigdata.errors import NameNotFound, UnsupportedStatement
from bigdata.sql.catalog import Macro
from bigdata.sql.hive.context import Context
from bigdata.sql.hive.ddl.columns import parse_column
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens


@dataclass(frozen=True)
class CreateMacro:
    """``CREATE TEMPORARY MACRO name(parameter type, ...) expression``."""

    macro: Macro

    def run(self, context: Context) -> None:
        context.catalog.put_macro(self.macro)


@dataclass(frozen=True)
class DropMacro:
    """``DROP TEMPORARY MACRO [IF EXISTS] name``."""

    name: str
    if_exists: bool = False

    def run(self, context: Context) -> None:
        ignored = self.if_exists or context.ignores_missing
        if not ignored and context.catalog.macro(self.name) is None:
            raise NameNotFound(f"Macro not found: {self.name}. Add IF EXISTS.")
        context.catalog.drop_macro(self.name)


@dataclass(frozen=True)
class DropFunction:
    """``DROP [TEMPORARY] FUNCTION [IF EXISTS] name``: there are none that could be dropped."""

    name: str
    if_exists: bool = False

    def run(self, context: Context) -> None:
        if not self.if_exists and not context.ignores_missing:
            raise NameNotFound(f"Function not found: {self.name}. Add IF EXISTS.")


def _create(tokens: Tokens) -> CreateMacro:
    name = tokens.name()
    tokens.expect("(")
    parameters = () if tokens.at(")") else tokens.listed(lambda: parse_column(tokens))
    tokens.expect(")")
    expression, _ = tokens.rest()
    return CreateMacro(Macro(name, parameters, expression))


def _drop(tokens: Tokens) -> DropMacro:
    if_exists = tokens.take("IF EXISTS")
    return DropMacro(tokens.name(), if_exists)


def _drop_function(tokens: Tokens) -> DropFunction:
    if_exists = tokens.take("IF EXISTS")
    return DropFunction(".".join(filter(None, tokens.table())), if_exists)


def _create_function(tokens: Tokens) -> NoReturn:
    name = ".".join(filter(None, tokens.table()))
    raise UnsupportedStatement(
        f"CREATE FUNCTION {name}: Java functions can't run here."
        f" Write it in Python and name it with session.register({name!r}, ...), or use CREATE TEMPORARY MACRO."
    )


PARSERS: Parsers = {
    "CREATE TEMPORARY MACRO": _create,
    "DROP TEMPORARY MACRO": _drop,
    "CREATE FUNCTION": _create_function,
    "CREATE TEMPORARY FUNCTION": _create_function,
    "DROP FUNCTION": _drop_function,
    "DROP TEMPORARY FUNCTION": _drop_function,
}
