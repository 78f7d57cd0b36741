"""CREATE and DROP FUNCTION: names of one's own for Hive's functions, by their Java classes.

Source: LanguageManual DDL, Create/Drop Function.
"""

from __future__ import annotations

from dataclasses import dataclass

from bigdata.errors import NameNotFound, UnsupportedStatement, UsageError
from bigdata.sql.hive.context import Context, Name
from bigdata.sql.hive.ddl.tokens import Parsers, Tokens
from bigdata.sql.hive.functions import functions
from bigdata.sql.hive.functions.classes import function_of


@dataclass(frozen=True)
class CreateFunction:
    """``CREATE [TEMPORARY] FUNCTION [database.]name AS 'class' [USING JAR 'uri', ...]``.

    :param function: Hive's function that the class is
    """

    name: Name
    function: str
    temporary: bool

    def run(self, context: Context) -> None:
        name = _kept_as(self.name, self.temporary, context)
        if self.name[1] in functions() and self.name[1] != self.function:
            raise UsageError(f"CREATE FUNCTION {self.name[1]}: Hive has another function of that name. Choose one.")
        if not self.temporary and name in context.catalog.functions():
            raise UsageError(f"Function {name} exists. Drop it, or choose another name.")
        context.catalog.put_function(name, self.function, self.temporary)


@dataclass(frozen=True)
class DropFunction:
    """``DROP [TEMPORARY] FUNCTION [IF EXISTS] name``."""

    name: Name
    temporary: bool
    if_exists: bool = False

    def run(self, context: Context) -> None:
        name = _kept_as(self.name, self.temporary, context)
        if name in context.catalog.functions():
            context.catalog.drop_function(name)
        elif not self.if_exists and not context.ignores_missing:
            raise NameNotFound(f"Function not found: {'.'.join(filter(None, self.name))}. Add IF EXISTS.")


def _kept_as(name: Name, temporary: bool, context: Context) -> str:
    """The name under which the catalog has a function: a temporary one belongs to no database."""
    return name[1] if temporary else ".".join(context.qualified(name))


def _create(tokens: Tokens, temporary: bool) -> CreateFunction:
    name = tokens.table()
    tokens.expect("AS")
    java = tokens.string()
    function = function_of(java)
    if function is None:
        said = ".".join(filter(None, name))
        raise UnsupportedStatement(
            f"CREATE FUNCTION {said}: Java functions can't run here, but those of Hive itself; {java} is none."
            f" Write it in Python and name it with session.register({said!r}, ...), or use CREATE TEMPORARY MACRO."
        )
    if tokens.take("USING"):
        tokens.listed(lambda: (tokens.take("JAR", "FILE", "ARCHIVE"), tokens.string()))
    return CreateFunction(name, function, temporary)


def _drop(tokens: Tokens, temporary: bool) -> DropFunction:
    if_exists = tokens.take("IF EXISTS")
    return DropFunction(tokens.table(), temporary, if_exists)


PARSERS: Parsers = {
    "CREATE FUNCTION": lambda tokens: _create(tokens, False),
    "CREATE TEMPORARY FUNCTION": lambda tokens: _create(tokens, True),
    "DROP FUNCTION": lambda tokens: _drop(tokens, False),
    "DROP TEMPORARY FUNCTION": lambda tokens: _drop(tokens, True),
}
