"""Macros and Python functions that queries call under the prefix ``hive_``, defined in DuckDB when a query names them.

A module registers what it needs:

    macro("hive_add_months(day, months)", "CASE WHEN ... END")

    @function("hive_soundex", ["VARCHAR"], "VARCHAR")
    def soundex(text): ...

A Python function gets one value an argument and gives a value; it is not called for NULL unless ``null=True``. With
``arrow=True`` it gets and gives ``pyarrow`` arrays. It stays out of the way of a query that doesn't name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from inspect import Parameter, Signature
from typing import Any, TypeVar

from duckdb import CatalogException, NotImplementedException

F = TypeVar("F", bound=Callable[..., Any])
_NAME = re.compile(r"\bhive_\w+")


@dataclass(frozen=True)
class Macro:
    """SQL under a name."""

    head: str
    body: str

    def define(self, connection: Any) -> None:
        connection.execute(f"CREATE OR REPLACE MACRO {self.head} AS ({self.body})")


@dataclass(frozen=True)
class Native:
    """A Python function under a name."""

    name: str
    takes: Sequence[str]
    gives: str
    call: Callable[..., Any]
    arrow: bool
    volatile: bool

    def define(self, connection: Any) -> None:
        connection.create_function(
            self.name,
            self.call,
            list(self.takes),
            self.gives,
            type="arrow" if self.arrow else "native",
            null_handling="special",
            side_effects=self.volatile,
        )

    @property
    def body(self) -> str:
        return ""


_DEFINED: dict[str, Macro | Native] = {}


def _keep(name: str, definition: Macro | Native) -> None:
    if name in _DEFINED:
        raise ValueError(f"two definitions are named {name}")
    _DEFINED[name] = definition


def macro(head: str, body: str) -> None:
    """Name a piece of SQL."""
    _keep(head.partition("(")[0], Macro(head, body))


def function(
    name: str,
    takes: Sequence[str],
    gives: str,
    *,
    null: bool = False,
    arrow: bool = False,
    volatile: bool = False,
) -> Callable[[F], F]:
    """Name a Python function for DuckDB; the types are DuckDB's."""

    def register(call: F) -> F:
        _keep(name, native(name, takes, gives, call, null=null, arrow=arrow, volatile=volatile))
        return call

    return register


def native(
    name: str,
    takes: Sequence[str],
    gives: str,
    call: Callable[..., Any],
    *,
    null: bool = False,
    arrow: bool = False,
    volatile: bool = False,
) -> Native:
    """A Python function under a name, for one database; :func:`function` keeps it for all."""

    def called(*arguments: Any) -> Any:
        return None if not (null or arrow) and None in arguments else call(*arguments)

    # by which DuckDB counts the parameters
    parameters = [Parameter(f"a{number}", Parameter.POSITIONAL_ONLY) for number in range(len(takes))]
    called.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return Native(name, takes, gives, called, arrow, volatile)


def by_columns(call: Callable[..., Any], gives: Any) -> Callable[..., Any]:
    """A function of values as one of columns; it isn't called for NULL.

    :param gives: the Arrow type of its values

    >>> import pyarrow
    >>> by_columns(lambda x: x / 2, pyarrow.float64())(pyarrow.array([3, None])).to_pylist()
    [1.5, None]
    """
    import pyarrow

    def called(*columns: Any) -> Any:
        rows = zip(*(column.to_pylist(maps_as_pydicts="strict") for column in columns))
        return pyarrow.array([None if None in row else call(*row) for row in rows], gives)

    return called


def define(connection: Any, sql: str, known: set[str]) -> None:
    """Define in a database what a query names.

    :param connection: one without an open result
    :param known: what is defined there; grows
    """
    for name in dict.fromkeys(_NAME.findall(sql)):
        if name not in known and name in _DEFINED:
            known.add(name)
            define(connection, _DEFINED[name].body, known)
            with suppress(
                CatalogException, NotImplementedException
            ):  # a writer of files may have defined it in the same database
                _DEFINED[name].define(connection)
