"""A function of Hive as data: what it takes, what it gives, and its SQL for DuckDB.

A family of functions is a module with a table ``FUNCTIONS`` from names to rules; a rule is tried after the other, and
the first that takes the arguments is the function's meaning:

    FUNCTIONS = {
        "upper ucase": Rule("string -> string", "upper({0})"),
        "negative": Rule("number -> same", "-{0}"),
        "concat_ws": Rule("string, any* -> string", concat_ws),
    }

The signature
    Before the arrow stand the parameters. ``[a, b]`` at the end may be left out, ``a*`` comes any number of times.
    A parameter is a type (``string``, ``int``, ``double``, ``decimal``, ``date``, ``timestamp``, ...), to which the
    argument is converted as Hive does implicitly; or a kind, which takes arguments as they are:
    ``any``; ``number``, ``integer``, ``primitive``, ``text``, ``array``, ``map``, ``struct``, ``zoned`` (a timestamp
    with local time zone); or ``T``, which converts all arguments at its places to the type that they have in common
    (``array<T>`` gives T too).
    After the arrow stands the type that it gives: a type, ``T``, ``array<T>``, ``same`` (the type of the first
    argument) or ``?`` (then the rule's function gives a :class:`Typed`).

The SQL
    is a template with ``{0}``, ``{1}``, ..., or a function that gets an argument's :class:`Typed` each and gives SQL
    (a :class:`Typed` for ``?``). SQL may call DuckDB's functions, and what :mod:`bigdata.sql.hive.library` defines
    under the prefix ``hive_``: macros in SQL and functions in Python. That of an aggregate or a window function says
    where DISTINCT and OVER go: ``"CAST(sum({distinct}{0}){over} AS BIGINT)"``; a function gets both by their names.
    A table function gives an array of structs, a row each, whose names are those of its columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bigdata.sql.common_types import common_type
from bigdata.sql.hive.casts import implicit
from bigdata.sql.types import ZONED, HiveType, array, parse_type


@dataclass(frozen=True)
class Typed:
    """An expression: its SQL for DuckDB and its type.

    :param constant: its value in Python where it is a literal; ``None`` else, and for NULL
    """

    sql: str
    type: HiveType
    constant: Any = None

    def __str__(self) -> str:
        return self.sql


KINDS: dict[str, Callable[[HiveType], bool]] = {
    "any": lambda kind: True,
    "number": lambda kind: kind.is_number,
    "integer": lambda kind: kind.is_integer,
    "primitive": lambda kind: kind.is_primitive,
    "text": lambda kind: kind.is_text,
    "array": lambda kind: kind.name == "array",
    "map": lambda kind: kind.name == "map",
    "zoned": lambda kind: kind.name == ZONED,
    "struct": lambda kind: kind.name == "struct",
}


@dataclass(frozen=True)
class Rule:
    """One meaning of a function.

    :param signature: parameters and what it gives; the module's docstring says how
    :param sql: a template, or what makes the SQL of arguments
    :param aggregate: whether it folds many rows to one
    :param window: whether it is only called with OVER
    """

    signature: str
    sql: str | Callable[..., str | Typed]
    aggregate: bool = field(default=False, kw_only=True)
    window: bool = field(default=False, kw_only=True)

    @cached_property
    def _parts(self) -> tuple[list[str], list[str], str | None, str]:
        """The needed parameters, the optional ones, the repeated one, and the result."""
        takes, _, gives = (part.strip() for part in self.signature.partition("->"))
        takes, _, optional = takes.partition("[")
        needed, more = _listed(takes), _listed(optional.rstrip("] "))
        repeated = needed.pop()[:-1] if needed and needed[-1].endswith("*") else None
        return needed, more, repeated, gives

    def takes(self, count: int) -> bool:
        """Whether it takes so many arguments."""
        needed, optional, repeated, _ = self._parts
        return len(needed) <= count and (repeated is not None or count <= len(needed) + len(optional))

    def apply(self, arguments: Sequence[Typed], distinct: str = "", over: str = "") -> Typed | None:
        """The function of some arguments; ``None`` if it doesn't take them.

        :param distinct: ``DISTINCT`` and a blank, for an aggregate that takes each value once
        :param over: a blank and what follows an aggregate's or a window function's arguments
        """
        needed, optional, repeated, gives = self._parts
        if not self.takes(len(arguments)):
            return None
        kinds = [*needed, *optional, *([repeated or ""] * len(arguments))][: len(arguments)]
        common = self._common(kinds, arguments)
        if common is None and any("T" in kind for kind in kinds):
            return None
        converted = []
        for kind, argument in zip(kinds, arguments):
            if kind in KINDS:
                if not (KINDS[kind](argument.type) or argument.type.name == "void"):
                    return None
                converted.append(argument)
                continue
            target = _substituted(kind, common)
            found = convert(argument, target)
            if found is None:
                return None
            converted.append(found)
        places = {"distinct": distinct, "over": over} if self.aggregate or self.window else {}
        if isinstance(self.sql, str):
            made: str | Typed = self.sql.format(*converted, **places)
        else:
            made = self.sql(*converted, **places)
        if isinstance(made, Typed):
            return made
        return Typed(made, converted[0].type if gives == "same" else _substituted(gives, common))

    def _common(self, kinds: Sequence[str], arguments: Sequence[Typed]) -> HiveType | None:
        common: HiveType | None = None
        for kind, argument in zip(kinds, arguments):
            if kind == "T":
                found = argument.type
            elif kind == "array<T>" and argument.type.name == "array":
                found = argument.type.members[0]
            else:
                continue
            common = found if common is None else common_type(common, found)
            if common is None:
                return None
        return common


def convert(argument: Typed, target: HiveType) -> Typed | None:
    """An argument as a type that Hive converts it to by itself; ``None`` if it doesn't."""
    if argument.type == target or (target.name == "decimal" and argument.type.name == "decimal"):
        return argument
    sql = implicit(argument.sql, argument.type, target)
    return None if sql is None else Typed(sql, target, argument.constant)


def _listed(text: str) -> list[str]:
    """The parameters between commas; those within < > are no borders."""
    return [part.strip() for part in re.split(r",(?![^<]*>)", text) if part.strip()]


def _substituted(kind: str, common: HiveType | None) -> HiveType:
    if kind == "T" and common is not None:
        return common
    if kind == "array<T>" and common is not None:
        return array(common)
    return parse_type(kind)
