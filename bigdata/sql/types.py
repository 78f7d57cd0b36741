"""Hive's types: how they are written, and what DuckDB holds them as.

===================  ==========================================================================
Hive                 DuckDB
===================  ==========================================================================
tinyint ... bigint   TINYINT, SMALLINT, INTEGER, BIGINT
float, double        FLOAT, DOUBLE
decimal(p,s)         DECIMAL(p,s)
string, varchar(n)   VARCHAR
char(n)              VARCHAR without the blanks at its end; they come back where it is printed
boolean, binary      BOOLEAN, BLOB
date, timestamp      DATE, TIMESTAMP: microseconds, no zone
timestamp with       TIMESTAMP in UTC
local time zone
interval ...         INTERVAL: months for year to month, microseconds for day to second
fine ones            DECIMAL(21,9): seconds, of timestamps since 1970; in statements that meet nanoseconds
array, map, struct   LIST, MAP, STRUCT with names in lower case
uniontype            STRUCT(tag TINYINT, f0 ..., f1 ...)
===================  ==========================================================================

Source: Apache Hive, LanguageManual Types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bigdata.errors import UsageError

INTEGERS = ("tinyint", "smallint", "int", "bigint")
NUMBERS = (*INTEGERS, "float", "double", "decimal")
TEXTS = ("string", "varchar", "char")
INTERVALS = ("interval_year_month", "interval_day_time")
ZONED = "timestamp with local time zone"
#: types that hold microseconds unless they are fine
_COARSE = ("timestamp", "interval_day_time", ZONED)
#: other names of types
_ALIASES = {
    "integer": "int",
    "double precision": "double",
    "real": "float",
    "numeric": "decimal",
    "dec": "decimal",
    "timestamp without time zone": "timestamp",
    "timestamplocaltz": ZONED,
}
_SIMPLE = {
    *NUMBERS,
    *TEXTS,
    *INTERVALS,
    "boolean",
    "binary",
    "date",
    "timestamp",
    ZONED,
    "void",
}
#: digits before and after the point that hold any value of a type
_DIGITS = {
    "tinyint": (3, 0),
    "smallint": (5, 0),
    "int": (10, 0),
    "bigint": (19, 0),
    "float": (7, 7),
    "double": (15, 15),
}
MOST_DIGITS = 38
_STRING_DIGITS = (38, 18)


@dataclass(frozen=True)
class HiveType:
    """A type of Hive.

    :param name: ``int``, ``decimal``, ``array``, ... in lower case
    :param sizes: precision and scale of a decimal, length of a varchar or char
    :param fields: the members of an array (one), a map (key, value), a struct or a union, with the names of a struct

    >>> str(parse_type("STRUCT<a: INT, b: ARRAY<DECIMAL(10,2)>>"))
    'struct<a:int,b:array<decimal(10,2)>>'
    """

    name: str
    sizes: tuple[int, ...] = ()
    fields: tuple[tuple[str, HiveType], ...] = ()

    def __str__(self) -> str:
        if self.name == "struct":
            return f"struct<{','.join(f'{name}:{kind}' for name, kind in self.fields)}>"
        if self.fields:
            return f"{self.name}<{','.join(str(kind) for _, kind in self.fields)}>"
        if self.is_fine:
            return self.name
        return f"{self.name}({','.join(map(str, self.sizes))})" if self.sizes else self.name

    @property
    def members(self) -> tuple[HiveType, ...]:
        """The types of what it is made of."""
        return tuple(kind for _, kind in self.fields)

    @property
    def is_number(self) -> bool:
        return self.name in NUMBERS

    @property
    def is_integer(self) -> bool:
        return self.name in INTEGERS

    @property
    def is_text(self) -> bool:
        return self.name in TEXTS

    @property
    def is_fine(self) -> bool:
        """Whether it is a timestamp or an interval that holds nanoseconds."""
        return self.sizes == (9,) and self.name in _COARSE

    @property
    def is_primitive(self) -> bool:
        return not self.fields

    @property
    def digits(self) -> tuple[int, int]:
        """Precision and scale of a number as a decimal."""
        return (self.sizes[0], self.sizes[1]) if self.name == "decimal" else _DIGITS.get(self.name, _STRING_DIGITS)

    @property
    def duckdb(self) -> str:
        """The name of the DuckDB type that holds it.

        >>> parse_type("map<string,array<int>>").duckdb
        'MAP(VARCHAR, INTEGER[])'
        """
        if self.name == "array":
            return f"{self.members[0].duckdb}[]"
        if self.name == "map":
            return f"MAP({self.members[0].duckdb}, {self.members[1].duckdb})"
        if self.name == "struct":
            return f"STRUCT({', '.join(f'{quoted(name)} {kind.duckdb}' for name, kind in self.fields)})"
        if self.name == "uniontype":
            held = ", ".join(f"f{number} {kind.duckdb}" for number, kind in enumerate(self.members))
            return f"STRUCT(tag TINYINT, {held})"
        if self.name == "decimal":
            return f"DECIMAL({self.sizes[0]}, {self.sizes[1]})"
        if self.is_fine:
            return "DECIMAL(21, 9)"
        return _DUCKDB[self.name]


_DUCKDB = {
    "tinyint": "TINYINT",
    "smallint": "SMALLINT",
    "int": "INTEGER",
    "bigint": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "string": "VARCHAR",
    "varchar": "VARCHAR",
    "char": "VARCHAR",
    "boolean": "BOOLEAN",
    "binary": "BLOB",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    ZONED: "TIMESTAMP",
    "interval_year_month": "INTERVAL",
    "interval_day_time": "INTERVAL",
    "void": "VARCHAR",
}

(TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, BOOLEAN, BINARY, DATE, TIMESTAMP, VOID) = map(
    HiveType,
    (*INTEGERS, "float", "double", "string", "boolean", "binary", "date", "timestamp", "void"),
)
YEAR_MONTH, DAY_TIME = map(HiveType, INTERVALS)
TIMESTAMP_LTZ = HiveType(ZONED)
FINE_TIMESTAMP, FINE_DAY_TIME = (HiveType(name, (9,)) for name in ("timestamp", "interval_day_time"))


def fine(kind: HiveType) -> HiveType:
    """A type with nanoseconds in the place of microseconds.

    >>> fine(array(TIMESTAMP)).duckdb
    'DECIMAL(21, 9)[]'
    """
    if kind.name in _COARSE:
        return HiveType(kind.name, (9,))
    return HiveType(kind.name, kind.sizes, tuple((name, fine(member)) for name, member in kind.fields))


def decimal(precision: int = 10, scale: int = 0) -> HiveType:
    """A decimal type, cut to 38 digits as Hive cuts it: digits after the point go first, down to six.

    Source: Hive's HiveDecimalUtils and GenericUDFBaseArithmetic (adjustPrecisionScale).

    >>> str(decimal(45, 10))
    'decimal(38,6)'
    """
    if precision > MOST_DIGITS:
        scale = max(MOST_DIGITS - (precision - scale), min(scale, 6))
        precision = MOST_DIGITS
    return HiveType("decimal", (precision, scale))


def array(element: HiveType) -> HiveType:
    return HiveType("array", fields=(("", element),))


def map_of(key: HiveType, value: HiveType) -> HiveType:
    return HiveType("map", fields=(("", key), ("", value)))


def struct(*fields: tuple[str, HiveType]) -> HiveType:
    return HiveType("struct", fields=tuple((name.lower(), kind) for name, kind in fields))


def varchar(length: int) -> HiveType:
    return HiveType("varchar", (length,))


def char(length: int) -> HiveType:
    return HiveType("char", (length,))


def quoted(name: str) -> str:
    """A name as DuckDB's identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as DuckDB's literal.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


_TOKEN = re.compile(r"\s*(`[^`]*`|[^\s<>(),:`]+|[<>(),:])")


def parse_type(text: str) -> HiveType:
    """A type as Hive writes it.

    :raises UsageError: for what is no type

    >>> parse_type("decimal")
    HiveType(name='decimal', sizes=(10, 0), fields=())
    """
    tokens = [match[1] for match in _TOKEN.finditer(text)]
    tokens.reverse()
    try:
        kind = _parse(tokens)
    except (IndexError, ValueError):
        tokens = ["?"]
    if tokens:
        raise UsageError(f"{text!r} is no type of Hive. Expected one like int, decimal(10,2) or array<string>.")
    return kind


def _parse(tokens: list[str]) -> HiveType:
    name = tokens.pop().lower()
    while tokens and re.fullmatch(r"[A-Za-z]+", tokens[-1]) and name in ("double", "timestamp", *_WORDS):
        name += " " + tokens.pop().lower()
    name = _ALIASES.get(name, name)
    if name in ("array", "map", "uniontype"):
        return HiveType(name, fields=tuple(_between(tokens, named=False)))
    if name == "struct":
        return struct(*_between(tokens, named=True))
    if name not in _SIMPLE:
        raise ValueError(name)
    sizes: list[int] = []
    if tokens and tokens[-1] == "(":
        while tokens.pop() in "(,":
            sizes.append(int(tokens.pop()))
    if name == "decimal":
        precision, scale = [*sizes, 10, 0][:2] if not sizes else [*sizes, 0][:2]
        if not (0 < precision <= MOST_DIGITS and 0 <= scale <= precision):
            raise ValueError(precision)
        return HiveType(name, (precision, scale))
    if (name in ("varchar", "char")) != bool(sizes):
        raise ValueError(name)
    return HiveType(name, tuple(sizes))


#: the beginnings of type names of several words
_WORDS = (
    "timestamp with",
    "timestamp with local",
    "timestamp with local time",
    "timestamp without",
    "timestamp without time",
)


def _between(tokens: list[str], named: bool) -> Iterator[tuple[str, HiveType]]:
    """The members between < and >, with names if they have any."""
    if tokens.pop() != "<":
        raise ValueError("<")
    end = ""
    while end != ">":
        name = ""
        if named:
            name = tokens.pop().strip("`")
            if tokens[-1] == ":":
                tokens.pop()
        kind = _parse(tokens)
        if named and tokens[-1].lower() == "comment":
            del tokens[-2:]
        yield name, kind
        end = tokens.pop()
        if end not in (",", ">"):
            raise ValueError(end)
