"""Record formats: what the lines of an input mean, column by column.

A job names the format of its input, and its mapper gets each record as a dict:

>>> from bigdata import Csv, Job, Sum
>>> class Revenue(Job):
...     RECORDS = Csv("day, shop, amount:float")
...     aggregator = Sum()
...     def mapper(self, _, sale):
...         yield sale["shop"], sale["amount"]

A schema lists columns, ``name:type`` with the types ``str`` (the default), ``int`` (64 bits), ``float`` (finite) and
``floats`` (a list of at least one of these: between commas in text, an array in JSON, a list in Parquet). A ``?`` after
the type lets a column be empty, which reads as ``None``. Numbers are in ASCII, without blanks or separators.

A format says the same in two ways. ``read`` is the specification: a line of bytes to a record, or a ValueError. Where
``native`` is a regular expression, a line that it matches as a whole reads as its groups, one a column, provided that
each is written as :data:`WRITTEN` says for its type; so columnar engines take it apart without Python. The expression
must mean the same to Python's ``re`` and to RE2. :data:`JSON` stands for the objects that Arrow reads as Python does.
Native kernels read what :class:`Csv` and :class:`JsonLines` read, where they are built, quoted fields too.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bigdata.errors import UsageError

_IN_RANGE = r"-?(?:[0-9]{1,99}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?"
#: how fields of each type are mostly written, as regular expressions; none of these numbers is out of range
WRITTEN = {"int": "-?[0-9]{1,18}", "float": _IN_RANGE, "floats": f"{_IN_RANGE}(?:,{_IN_RANGE})*"}
# no number matches in two ways: in a list, trying both of each would take forever
_FLOAT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_READS: dict[str, tuple[Callable[[str], Any], re.Pattern[str]]] = {
    "int": (int, re.compile("[+-]?[0-9]+")),
    "float": (float, re.compile(_FLOAT)),
    "floats": (lambda text: list(map(float, text.split(","))), re.compile(f"{_FLOAT}(?:,{_FLOAT})*")),
}
_TYPES: dict[str, type[Any]] = {"str": str, "int": int, "float": float, "floats": list}
#: the native form of formats with a JSON object a line
JSON = "JSON"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Column:
    """A column of a record.

    :param type: ``str``, ``int``, ``float`` or ``floats``
    :param optional: whether it may be empty, which is ``None``
    """

    name: str
    type: str = "str"
    optional: bool = False

    def read(self, text: str) -> Any:
        """The value that a field's text stands for.

        :raises ValueError: for a text that isn't of the column's type
        """
        if self.type == "str":
            return text
        if self.optional and not text:
            return None
        read, pattern = _READS[self.type]
        if pattern.fullmatch(text):
            value = read(text)
            if _fits(value):
                return value
        raise ValueError(f"column {self.name}: expected {self.kind}; got {text!r}")

    def check(self, value: Any) -> Any:
        """A value that is no text, of this column's type.

        :raises ValueError: for any other
        """
        if value is None and self.optional:
            return None
        if self.type == "float":
            value = _as_float(value)
        elif self.type == "floats" and type(value) is list:
            value = list(map(_as_float, value))
        if type(value) is not _TYPES[self.type] or not _fits(value):
            raise ValueError(f"column {self.name}: expected {self.kind}; got {value!r}")
        return value

    @property
    def kind(self) -> str:
        """The type for people."""
        return {
            "str": "text",
            "int": "a whole number of 64 bits",
            "float": "a number",
            "floats": "numbers between commas",
        }[self.type]


def _as_float(value: Any) -> Any:
    """A whole number as a float, if it has one; any other value as it is."""
    if type(value) is int:
        with suppress(OverflowError):
            return float(value)
    return value


def _fits(value: str | int | float | list[Any]) -> bool:
    """Whether a column can hold a value of its type: text without surrogates, 64 bits, a finite number, some such."""
    if isinstance(value, str):
        return _SURROGATE.search(value) is None
    if isinstance(value, list):
        return {*map(type, value)} == {float} and all(map(math.isfinite, value))
    return math.isfinite(value) if isinstance(value, float) else -(1 << 63) <= value < 1 << 63


def schema(text: str) -> tuple[Column, ...]:
    """The columns of a schema such as ``"day, shop, amount:float?"``.

    :raises UsageError: for a type that there isn't, or a name that comes twice; SQL doesn't tell ``Day`` from ``day``
    """
    columns = []
    for item in text.replace(",", " ").split():
        name, _, kind = item.partition(":")
        optional = kind.endswith("?")
        column = Column(name, kind.rstrip("?") or "str", optional)
        if not name.isidentifier() or column.type not in _TYPES:
            raise UsageError(
                f"schema {text!r}: expected name:{', name:'.join(_TYPES)}, with or without ?; got {item!r}."
            )
        columns.append(column)
    if not columns or len({column.name.lower() for column in columns}) < len(columns):
        raise UsageError(f"schema {text!r}: expected at least one column, and each once.")
    return tuple(columns)


class Records:
    """A format of records; also a protocol that mrjob reads with.

    Subclass it for a format of your own: name the ``columns``, and define ``read``.

    >>> class Words(Records):
    ...     columns = schema("first, last")
    ...     def read(self, line: bytes) -> tuple[None, dict[str, Any]]:
    ...         return None, self._record(line.decode().split())
    >>> Words().read(b"Isaac Newton")
    (None, {'first': 'Isaac', 'last': 'Newton'})
    """

    columns: tuple[Column, ...] = ()
    #: a regular expression with a named group a column, or ``None`` to have ``read`` asked for every line
    native: str | None = None
    #: a regular expression that finds lines which carry no record: blank ones, headers, comments
    blank = "^$"

    def skips(self, line: bytes) -> bool:
        """Whether a line carries no record."""
        return re.search(self.blank, text_of(line)) is not None

    def read(self, line: bytes) -> tuple[None, dict[str, Any]]:
        """The record of a line, as a protocol reads it: ``(None, record)``.

        :raises ValueError: for a line that is none, saying what was expected and what came
        """
        raise NotImplementedError(f"{type(self).__name__} must define read(line)")

    def write(self, key: Any, value: Any) -> bytes:
        raise UsageError(f"{type(self).__name__} is for input. Choose an OUTPUT_PROTOCOL, or --output-format csv.")

    def _record(self, fields: list[str]) -> dict[str, Any]:
        if len(fields) != len(self.columns):
            names = ", ".join(column.name for column in self.columns)
            raise ValueError(f"expected {len(self.columns)} fields ({names}); got {len(fields)}")
        return {column.name: column.read(field) for column, field in zip(self.columns, fields)}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(column.name for column in self.columns)})"


@dataclass(frozen=True)
class Separated:
    """What a kernel needs to know to read lines as :class:`Csv` does.

    :param separator: an ASCII character that ends no line
    :param quote: likewise, or empty
    :param rest: whether the last column is the text that follows the others
    :param headers: lines that carry no record, beside empty ones
    """

    separator: str
    quote: str
    rest: bool
    headers: tuple[str, ...]


class Csv(Records):
    """Fields between separators, one record a line.

    :param columns: a schema
    :param separator: one character
    :param header: whether lines that hold the columns' names are headers, skipped wherever they are
    :param quote: the character around fields that hold a separator, doubled within; ``None`` where there is none
    :param rest: where there are no quotes, the name of one more column: the text that follows the last field, whatever
        is in it, and empty where nothing follows
    :raises UsageError: for a schema that is none, or a separator or quote that is no character of its own

    >>> Csv("day, amount:float").read(b'"1 May, noon",2.50')
    (None, {'day': '1 May, noon', 'amount': 2.5})
    """

    def __init__(
        self,
        columns: str,
        separator: str = ",",
        header: bool = True,
        quote: str | None = '"',
        rest: str | None = None,
    ) -> None:
        self.columns = schema(columns if rest is None else f"{columns}, {rest}")
        self.separator, self.quote, self._has_rest = separator, quote, rest is not None
        if len(separator) != 1 or separator == quote or (quote is not None and len(quote) != 1):
            raise UsageError(
                f"Csv: expected one character a separator, and another a quote; got {separator!r}, {quote!r}."
            )
        if rest is not None and quote is not None:
            raise UsageError("Csv: rest is for formats without quotes; give quote=None.")
        names = [column.name for column in self.columns]
        headers = [separator.join(f"{mark}{name}{mark}" for name in names) for mark in ("", quote or "") if header]
        if header:
            self.blank = f"^(?:{'|'.join(map(re.escape, headers))})?$"
        plain = f"[^{re.escape(separator)}{re.escape(quote or '')}]*"
        fields = [f"(?P<{name}>{plain})" for name in names]
        tail = f"(?:{re.escape(separator)}(?P<{names[-1]}>.*))?" if self._has_rest else ""
        self.native = re.escape(separator).join(fields[:-1] if tail else fields) + tail
        self._separated = Separated(separator, quote or "", self._has_rest, tuple(headers))
        self._made = (self.blank, self.native)

    @property
    def separated(self) -> Separated | None:
        """How a kernel reads the same; ``None`` where a subclass reads otherwise, or a character is no plain one."""
        is_own = (type(self).read, type(self)._record, type(self).skips) == (Csv.read, Records._record, Records.skips)
        marks = self._separated.separator + self._separated.quote
        is_plain = marks.isascii() and not {*marks} & {*"\0\r\n"}
        return self._separated if is_own and is_plain and self._made == (self.blank, self.native) else None

    def read(self, line: bytes) -> tuple[None, dict[str, Any]]:
        text = text_of(line)
        if self._has_rest:
            fields = text.split(self.separator, len(self.columns) - 1)
            return None, self._record(fields + [""] * (len(fields) == len(self.columns) - 1))
        if self.quote is None or self.quote not in text:
            return None, self._record(text.split(self.separator))
        try:
            [fields] = csv.reader([text], delimiter=self.separator, quotechar=self.quote, strict=True)
        except csv.Error as error:
            raise ValueError(f"expected fields between {self.separator!r}, in quotes that end; {error}") from None
        return None, self._record(fields)


class Tsv(Csv):
    r"""Fields between tabs, without quotes; see :class:`Csv`.

    >>> Tsv("page, visits:int?").read(b"/index\t")
    (None, {'page': '/index', 'visits': None})
    >>> Tsv("y:float, x:floats").read(b"1\t0.5,2,-3e4")
    (None, {'y': 1.0, 'x': [0.5, 2.0, -30000.0]})
    """

    def __init__(self, columns: str, header: bool = True, rest: str | None = None) -> None:
        super().__init__(columns, separator="\t", header=header, quote=None, rest=rest)


class JsonLines(Records):
    """A JSON object a line.

    :param columns: a schema; other members of an object are left out

    >>> JsonLines("name, age:int?").read(b'{"name": "Ann", "city": "Rome"}')
    (None, {'name': 'Ann', 'age': None})
    """

    blank = "^[ \\t]*$"
    native = JSON

    def __init__(self, columns: str) -> None:
        self.columns = schema(columns)

    @property
    def is_own(self) -> bool:
        """Whether a kernel reads the same, as no subclass reads otherwise."""
        own = (type(self).read, type(self).skips, self.blank, self.native)
        return own == (JsonLines.read, Records.skips, JsonLines.blank, JSON)

    def read(self, line: bytes) -> tuple[None, dict[str, Any]]:
        try:
            found = json.loads(text_of(line))
        except (ValueError, RecursionError) as error:
            raise ValueError(f"expected a JSON object; {error}") from None
        if not isinstance(found, dict):
            raise ValueError(f"expected a JSON object; got {type(found).__name__}")
        return None, {column.name: column.check(found.get(column.name)) for column in self.columns}


class Parquet(Records):
    """Columns of a Parquet file; every other format reads such a file too, by the names of its columns.

    >>> Parquet("name, age:int").columns[1].name
    'age'
    """

    def __init__(self, columns: str) -> None:
        self.columns = schema(columns)

    def read(self, line: bytes) -> tuple[None, dict[str, Any]]:
        raise ValueError("expected a Parquet file, with a name that ends in .parquet")


def text_of(line: bytes) -> str:
    """A line in UTF-8, or in Latin-1 where it is none."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
