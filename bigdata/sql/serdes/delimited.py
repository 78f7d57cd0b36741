"""Typed values in delimited text, and their text, as SQL.

Nested values are taken apart by the delimiters of their levels; of equal keys of a map the first wins.

Source: Hive's LazySimpleSerDe, LazyStruct, LazyArray, LazyMap, LazyUnion.
"""

from __future__ import annotations

from dataclasses import dataclass

from bigdata.sql.hive import casts
from bigdata.sql.hive.library import macro
from bigdata.sql.serdes import timestamps
from bigdata.sql.serdes.delimiters import Delimiters, character
from bigdata.sql.serdes.primitives import parsed
from bigdata.sql.types import STRING, HiveType, literal, quoted

macro(
    "hive_first_entries(entries)",
    """map_from_entries(list_filter(list_filter(entries, lambda e: e.k IS NOT NULL), lambda e, i:
        list_position(list_transform(list_filter(entries, lambda d: d.k IS NOT NULL), lambda d: d.k), e.k) = i))""",
)


@dataclass(frozen=True)
class Values:
    """The SQL of typed values in delimited text.

    :param as_bytes: whether the text has a character a byte
    :param extended: whether ``t`` and ``1`` are booleans too
    :param timestamps: patterns of timestamps
    """

    delimiters: Delimiters
    used: tuple[int, ...]
    as_bytes: bool
    extended: bool
    timestamps: tuple[str, ...] = ()

    def value(self, sql: str, kind: HiveType, level: int) -> str:
        """The value in a text; NULL if the text stands for it."""
        text = f"nullif({sql}, {self._null()})"
        if kind.is_primitive:
            return self._primitive(text, kind)
        return {"array": self._array, "map": self._map, "struct": self._struct, "uniontype": self._union}[kind.name](
            text, kind, level
        )

    def _null(self) -> str:
        return self.delimiters.shielded(literal(self.delimiters.null), self.used)

    def _primitive(self, text: str, kind: HiveType) -> str:
        if kind.is_text or kind.name == "binary":
            text = self.delimiters.unescaped(text, self.used)
        if kind.is_text and self.as_bytes:
            text = f"hive_text_of_bytes({text})"
        found = parsed(text, kind, self.extended)
        return (
            timestamps.parsed(text, self.timestamps, found) if kind.name == "timestamp" and self.timestamps else found
        )

    def _array(self, text: str, kind: HiveType, level: int) -> str:
        e = f"e{level}"
        member = self.value(e, kind.members[0], level + 1)
        parts = f"string_split({text}, {self.delimiters.separator(level)})"
        return f"if({text} = '', CAST([] AS {kind.duckdb}), list_transform({parts}, lambda {e}: {member}))"

    def _map(self, text: str, kind: HiveType, level: int) -> str:
        e, (key, value) = f"e{level}", kind.members
        between = self.delimiters.separator(level + 1)
        place = f"strpos({e}, {between})"
        k = self.value(f"if({place} = 0, {e}, substr({e}, 1, {place} - 1))", key, level + 2)
        v = self.value(f"if({place} = 0, NULL, substr({e}, {place} + 1))", value, level + 2)
        parts = f"string_split({text}, {self.delimiters.separator(level)})"
        entries = f"list_transform({parts}, lambda {e}: struct_pack(k := {k}, v := {v}))"
        return f"if({text} = '', CAST(MAP {{}} AS {kind.duckdb}), hive_first_entries({entries}))"

    def _struct(self, text: str, kind: HiveType, level: int) -> str:
        p = f"e{level}"
        members = ", ".join(
            f"{quoted(name)} := {self.value(f'{p}[{number}]', member, level + 1)}"
            for number, (name, member) in enumerate(kind.fields, 1)
        )
        parts = f"string_split({text}, {self.delimiters.separator(level)})"
        packed = f"list_transform([{parts}], lambda {p}: struct_pack({members}))[1]"
        return f"CASE WHEN {text} IS NOT NULL THEN {packed} END"

    def _union(self, text: str, kind: HiveType, level: int) -> str:
        p, between = f"e{level}", self.delimiters.separator(level)
        tag = f"TRY_CAST({p}[1] AS TINYINT)"
        rest = f"array_to_string({p}[2:], {between})"
        members = "".join(
            f", f{number} := CASE WHEN {tag} = {number} THEN {self.value(rest, member, level + 1)} END"
            for number, member in enumerate(kind.members)
        )
        packed = f"list_transform([string_split({text}, {between})], lambda {p}: struct_pack(tag := {tag}{members}))[1]"
        return f"CASE WHEN {text} IS NOT NULL THEN {packed} END"


@dataclass(frozen=True)
class Texts:
    """The SQL of the text of typed values, as LazySimpleSerDe writes them."""

    delimiters: Delimiters

    def text(self, sql: str, kind: HiveType, level: int) -> str:
        """The text of a value; that which stands for NULL if it is NULL."""
        if kind.is_primitive:
            found = self._escaped(primitive_text(sql, kind)) if kind.is_text else primitive_text(sql, kind)
        else:
            write = {"array": self._array, "map": self._map, "struct": self._struct, "uniontype": self._union}
            found = write[kind.name](sql, kind, level)
        return f"coalesce({found}, {literal(self.delimiters.null)})"

    def _escaped(self, text: str) -> str:
        escape = self.delimiters.escape
        if escape is None:
            return text
        ends = {10: "n", 13: "r"} if self.delimiters.escapes_ends else {}
        for number in [escape, *dict.fromkeys(self.delimiters.separators), *ends]:
            after = literal(ends[number]) if number in ends else character(number)
            if number < 128:
                text = f"replace({text}, {character(number)}, {character(escape)} || {after})"
        return text

    def _array(self, sql: str, kind: HiveType, level: int) -> str:
        e = f"e{level}"
        members = f"list_transform({sql}, lambda {e}: {self.text(e, kind.members[0], level + 1)})"
        return f"array_to_string({members}, {self.delimiters.separator(level)})"

    def _map(self, sql: str, kind: HiveType, level: int) -> str:
        e, (key, value) = f"e{level}", kind.members
        entry = f" || {self.delimiters.separator(level + 1)} || ".join(
            (self.text(f"{e}.key", key, level + 2), self.text(f"{e}.value", value, level + 2))
        )
        entries = f"list_transform(map_entries({sql}), lambda {e}: {entry})"
        return f"array_to_string({entries}, {self.delimiters.separator(level)})"

    def _struct(self, sql: str, kind: HiveType, level: int) -> str:
        members = [
            self.text(f"struct_extract({sql}, {literal(name)})", member, level + 1) for name, member in kind.fields
        ]
        joined = f" || {self.delimiters.separator(level)} || ".join(members)
        return f"CASE WHEN {sql} IS NOT NULL THEN {joined} END"

    def _union(self, sql: str, kind: HiveType, level: int) -> str:
        tag = f"struct_extract({sql}, 'tag')"
        choices = " ".join(
            f"WHEN {number} THEN " + self.text(f"struct_extract({sql}, 'f{number}')", member, level + 1)
            for number, member in enumerate(kind.members)
        )
        return f"{tag} || {self.delimiters.separator(level)} || CASE {tag} {choices} END"


def primitive_text(sql: str, kind: HiveType) -> str:
    """The SQL of the text of a primitive value in files and on the screen.

    A decimal has all the digits of its scale, a char all its blanks; bytes are Base64.

    Source: Hive's LazyUtils.writePrimitiveUTF8.

    >>> primitive_text("x", HiveType("char", (5,)))
    "rpad(x, 5, ' ')"
    """
    if kind.name == "decimal":
        return casts.decimal_text(sql, kind)
    if kind.name == "boolean":
        return f"CAST({sql} AS VARCHAR)"
    if kind.name == "char":
        return f"rpad({sql}, {kind.sizes[0]}, ' ')"
    if kind.name == "binary":
        return f"to_base64({sql})"
    return sql if kind.name == "void" else str(casts.cast(sql, kind, STRING))
