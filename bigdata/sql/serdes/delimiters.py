"""The delimiters of LazySimpleSerDe: which characters part fields and nested values, escape, and stand for NULL.

Source: Hive's LazySerDeParameters and LazyUtils.getByte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bigdata.errors import UsageError
from bigdata.sql.types import HiveType, literal

_MORE = [*range(4, 9), 11, *range(14, 27), *range(28, 32), *range(128, 256)]
#: what stands for an escaped delimiter, or escape character, while a line is taken apart: never characters of a text
_STANDS_FOR = 0xFDD0


def byte(text: str | None, default: int) -> int:
    """The byte that a property names: by its number, from -128 to 127, or by a character.

    >>> byte("9", 1), byte(",", 1), byte("-2", 1), byte(None, 1)
    (9, 44, 254, 1)
    """
    if not text:
        return default
    if re.fullmatch(r"[+-]?[0-9]{1,3}", text) and -128 <= int(text) < 128:
        return int(text) % 256
    return ord(text[0]) % 256


def character(number: int) -> str:
    """The SQL of a character by its code.

    >>> character(44), character(1)
    ("','", 'chr(1)')
    """
    return literal(chr(number)) if 32 <= number < 127 else f"chr({number})"


@dataclass(frozen=True)
class Delimiters:
    """How fields and nested values are written.

    :param separators: bytes, one a level: of fields, of members in them, of a map's keys, of what is deeper
    :param null: the text that stands for NULL
    :param escape: the byte that takes the meaning from the next one
    :param takes_rest: whether the last column takes what is left of a line
    :param escapes_ends: whether line ends are escaped when they are written
    """

    separators: tuple[int, ...]
    null: str = "\\N"
    escape: int | None = None
    takes_rest: bool = False
    escapes_ends: bool = False

    @classmethod
    def of(cls, properties: Mapping[str, str]) -> Delimiters:
        """Those that the properties of a table and its SerDe name."""

        def flag(name: str) -> bool:
            return properties.get(name, "").lower() == "true"

        field = properties.get("field.delim", properties.get("serialization.format"))
        members = properties.get("collection.delim", properties.get("colelction.delim"))
        separators = [byte(field, 1), byte(members, 2), byte(properties.get("mapkey.delim"), 3), *_MORE]
        levels = 24 if flag("hive.serialization.extend.nesting.levels") else 8
        if flag("hive.serialization.extend.additional.nesting.levels"):
            levels = len(separators)
        escape = properties.get("escape.delim")
        return cls(
            tuple(separators[:levels]),
            properties.get("serialization.null.format", "\\N"),
            None if escape is None else byte(escape, ord("\\")),
            flag("serialization.last.column.takes.rest"),
            flag("serialization.escape.crlf"),
        )

    def separator(self, level: int) -> str:
        """The SQL of what parts values at a level; 0 is that of fields.

        :raises UsageError: for more levels than there are
        """
        if level >= len(self.separators):
            raise UsageError(
                f"values nest {level} levels deep; LazySimpleSerDe has {len(self.separators) - 1}. Set the SerDe"
                " property hive.serialization.extend.nesting.levels to true."
            )
        return character(self.separators[level])

    def used(self, kinds: tuple[HiveType, ...]) -> tuple[int, ...]:
        """The separators that values of some types need."""
        return self.separators[: 1 + max(map(depth, kinds), default=0)]

    def shielded(self, sql: str, used: tuple[int, ...]) -> str:
        """Text in which no escaped character is taken for a separator."""
        if self.escape is None:
            return sql
        escape = character(self.escape)
        shielded = f"replace({sql}, {escape} || {escape}, {character(_STANDS_FOR)})"
        for level, separator in enumerate(used, 1):
            shielded = f"replace({shielded}, {escape} || {character(separator)}, {character(_STANDS_FOR + level)})"
        return f"if(contains({sql}, {escape}), {shielded}, {sql})"

    def unescaped(self, sql: str, used: tuple[int, ...]) -> str:
        """What shielded text stands for."""
        if self.escape is None:
            return sql
        escape = character(self.escape)
        text = f"replace(replace({sql}, {escape} || 'n', chr(10)), {escape} || 'r', chr(13))"
        text = f"regexp_replace({text}, '\\x{self.escape:02x}(.)', '\\1', 'gs')"
        for level, separator in enumerate(used, 1):
            text = f"replace({text}, {character(_STANDS_FOR + level)}, {character(separator)})"
        text = f"replace({text}, {character(_STANDS_FOR)}, {escape})"
        marks = f"[\\x{self.escape:02x}{chr(_STANDS_FOR)}-{chr(_STANDS_FOR + len(used))}]"
        return f"if(regexp_matches({sql}, {literal(marks)}), {text}, {sql})"


def depth(kind: HiveType) -> int:
    """How many levels of separators a type needs within its field.

    >>> from bigdata.sql.types import parse_type
    >>> [depth(parse_type(text)) for text in ("int", "array<int>", "map<int,array<int>>")]
    [0, 1, 3]
    """
    if kind.is_primitive:
        return 0
    return (2 if kind.name == "map" else 1) + max(map(depth, kind.members))
