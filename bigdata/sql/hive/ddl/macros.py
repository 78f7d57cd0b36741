"""CREATE and DROP TEMPORARY MACRO.

Source: LanguageManual DDL, Create/Drop Macro.
"""

from __future__ import annotations

from dataclasses import dataclass

from bigdata.errors import NameNotFound
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


PARSERS: Parsers = {"CREATE TEMPORARY MACRO": _create, "DROP TEMPORARY MACRO": _drop}
