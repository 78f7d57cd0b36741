"""Columnar twins: the mapper said once more, as SQL, and the reducer too.

A mapper's twin is a ``SELECT`` over the view ``input`` (of lines or records) that gives the columns ``key`` and
``value``. The Python mapper stays the specification; the twin must give the same multiset of pairs for every line that
is written in its *alphabet*. Lines with any other character are mapped by the Python mapper, in the same run, so a twin
may be exact over most text without being exact over all of Unicode.

The mapper of a later step has a twin over the pairs of the step before, and its reducer one over their groups.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from bigdata.tokens import TokenKeys

#: The characters over which ``lower`` and the classes ``\\pL`` and ``\\pN`` are the same in Python 3.11-3.14 (Unicode
#: 14 to 16), RE2 (DuckDB, Arrow) and Java 17 (Unicode 13): most of the basic plane. Left out: U+0130 (its lower case
#: is two characters in Python), U+03A3 (its lower case depends on its place in the word), the blocks that those
#: versions of Unicode were still filling, and NUL. A test compares them one by one.
PLAIN_TEXT = (
    "\u0001-\u012f\u0131-\u03a2\u03a4-\u086f\u0900-\u0bff\u0d00-\u16ff\u1e00-\u2c2e\u3000-\u9fef"
    "\uac00-\ud7a3\uf900-\ufaff\ufe30-\uffef"
)


_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Twin:
    """The columnar twin of a mapper, or of a reducer.

    :param sql: DuckDB SQL over ``input`` giving ``key`` and ``value``
    :param alphabet: the inside of a regular expression's character class; ``None`` is every character
    :param tokens: the same as keys made of tokens, for engines that count those natively
    """

    sql: str
    alphabet: str | None = None
    tokens: TokenKeys | None = None

    @property
    def foreign(self) -> str | None:
        """A regular expression that finds a character outside the alphabet, or ``None``."""
        return None if self.alphabet is None else "[^" + self.alphabet + "]"


def columnar(
    sql: str | TokenKeys | Callable[[Any], str | TokenKeys | None], alphabet: str | None = None
) -> Callable[[_F], _F]:
    """Declare the columnar twin of a mapper, or of the reducer of a later step.

    :param sql: a DuckDB ``SELECT`` over the view ``input``, which it reads once. Its columns are ``line`` and ``file``,
        the URI of the line's file; or those of the job's records. It must give the columns ``key`` and ``value``; a
        struct with the names ``0``, ``1`` and so on stands for a list of several types. Engines with another dialect
        translate it. What ``words.each()`` and its like give stands for a query and its alphabet, and for native
        code. Where it depends on the job's options, a function of the job that gives it, or ``None`` for options that
        SQL has no words for; :func:`literal` quotes.
    :param alphabet: the characters over which the twin equals the mapper, as the inside of a regular expression's
        character class (``"\\x01-\\x7f"``, or :data:`PLAIN_TEXT`); lines with other characters go through the
        mapper. ``None``: every character.

    The method must do nothing else than yield: lines that SQL maps run no Python, so no counter would go up. On data
    that the query fails on, as ``error()`` makes it do, the method runs in its place, and says what is wrong.

    >>> from bigdata import Count, Job, columnar
    >>> class LineLengths(Job):
    ...     aggregator = Count()
    ...     @columnar("SELECT length(line) AS key, 1 AS value FROM input")
    ...     def mapper(self, _, line):
    ...         yield len(line), 1
    """

    def declare(method: _F) -> _F:
        vars(method)["twin"] = _Open(sql, alphabet) if callable(sql) else _made(sql, alphabet)
        return method

    return declare


@dataclass(frozen=True)
class _Open:
    """A twin whose SQL depends on the job's options."""

    sql: Callable[[Any], str | TokenKeys | None]
    alphabet: str | None


def twin_of(method: Any, job: Any) -> Twin | None:
    """The twin that a mapper or reducer was declared with, as the options of `job` have it."""
    twin = getattr(method, "twin", None)
    if not isinstance(twin, _Open):
        return twin
    return _made(twin.sql(job), twin.alphabet)


def _made(sql: str | TokenKeys | None, alphabet: str | None) -> Twin | None:
    if sql is None:
        return None
    return Twin(sql, alphabet) if isinstance(sql, str) else sql.twin


def literal(value: str | float) -> str:
    """A value as SQL text, for a twin that an option goes into.

    >>> literal("it's"), literal(3)
    ("'it''s'", '3')
    """
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)
