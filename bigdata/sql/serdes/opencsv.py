"""OpenCSVSerde: lines of comma-separated values, all of them strings.

Quotes and escapes follow opencsv 2.3, which has its own ways with quotes in the middle of a field: the first characters
of a line are read as if a quote there began a field. A field whose quote stays open is left out.

Sources: Hive's OpenCSVSerde; opencsv 2.3's CSVParser and CSVWriter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.hive import casts
from bigdata.sql.hive.library import function
from bigdata.sql.serdes import records
from bigdata.sql.serdes.delimiters import character
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.tables import Scan
from bigdata.sql.types import STRING

_NONE = "\0"


def _marks(properties: Mapping[str, str]) -> tuple[str, str, str]:
    """Separator, quote and escape character, the last as it is written."""
    given = (properties.get(name) for name in ("separatorChar", "quoteChar", "escapeChar"))
    separator, quote, escape = (text[0] if text else default for text, default in zip(given, ',""'))
    return separator, quote, escape


def read(portion: Portion) -> Scan:
    """The fields of lines.

    :raises UsageError: for characters that are the same
    """
    separator, quote, escape = _marks(portion.properties)
    escape = "\\" if escape == '"' else escape
    if len({separator, quote, escape}) < 3:
        raise UsageError(f"OpenCSVSerde needs three characters; got {separator!r}, {quote!r}, {escape!r}. Change one.")
    part, *others = marks = [character(ord(mark)) for mark in (separator, quote, escape)]
    plain = " OR ".join(["line = ''", *(f"contains(line, {mark})" for mark in others)])
    record = f"if({plain}, hive_csv_fields(line, {' || '.join(marks)}), string_split(line, {part}))"
    columns = [str(casts.cast(f"f[{number}]", STRING, column.type)) for number, column in enumerate(portion.columns, 1)]
    return records.read(portion, records.Fields(record, tuple(columns)))


@function("hive_csv_fields", ["VARCHAR", "VARCHAR"], "VARCHAR[]", arrow=True)
def fields(lines: Any, marks: Any) -> Any:
    """The fields of lines, both chunked arrays.

    :param marks: separator, quote and escape character, of each line the same
    """
    import pyarrow

    kind = pyarrow.list_(pyarrow.string())
    if not len(lines):
        return pyarrow.array([], kind)
    mark = marks[0].as_py()
    found = _of_plain(lines.combine_chunks(), mark)
    return pyarrow.array([_of_line(line, mark) for line in lines.to_pylist()], kind) if found is None else found


def _of_plain(lines: Any, marks: str) -> Any:
    """The fields of lines that are plain, and have as many each; ``None`` for others."""
    import numpy
    import pyarrow
    import pyarrow.compute as pc
    from pyarrow import csv

    plain, _ = _patterns(marks)
    if (
        not marks.isascii()
        or not pc.all(pc.match_substring_regex(lines, f"^(?:{plain.pattern})$"), skip_nulls=False).as_py()
    ):
        return None
    width = len(_of_line(lines[0].as_py(), marks) or "")
    text = pc.binary_join(pyarrow.ListArray.from_arrays([0, len(lines)], lines), "\n")[0].as_buffer()
    names = [str(number) for number in range(width)]
    try:
        table = csv.read_csv(
            pyarrow.BufferReader(text),
            csv.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=names),
            csv.ParseOptions(delimiter=marks[0], quote_char=marks[1], ignore_empty_lines=False),
            csv.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.string())),
        )
    except pyarrow.ArrowInvalid:
        return None
    if len(table) != len(lines):
        return None
    cells = pyarrow.concat_arrays([column.combine_chunks() for column in table.columns])
    order = numpy.arange(width * len(lines)).reshape(width, -1).T.ravel()
    return pyarrow.ListArray.from_arrays(numpy.arange(0, len(order) + 1, width, dtype=numpy.int32), cells.take(order))


def _of_line(line: str | None, marks: str) -> list[str] | None:
    """The fields of a line; ``None`` if it has none.

    >>> _of_line('a,"b ""c"", d",e', ',"\\\\')
    ['a', 'b "c", d', 'e']
    """
    separator, quote, escape = tuple(marks)
    if not line:
        return None
    plain, field = _patterns(marks)
    if plain.fullmatch(line):
        found = field.findall(line + separator)
        return [text[1:-1].replace(quote * 2, quote) if text[:1] == quote else text for text in found]
    return _parsed(line, separator, quote, escape)


@lru_cache
def _patterns(marks: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """That of lines whose fields are quoted from end to end, or have no quotes, and no escapes; and that of a field."""
    separator, quote, escape = map(re.escape, marks)
    field = f"{quote}(?:[^{quote}{escape}]|{quote}{quote})*{quote}|[^{separator}{quote}{escape}]*"
    return re.compile(f"(?:{field})(?:{separator}(?:{field}))*"), re.compile(f"({field}){separator}")


def _parsed(line: str, separator: str, quote: str, escape: str) -> list[str]:
    """The fields of any line, character by character, as opencsv goes through it."""
    found: list[str] = []
    held: list[str] = []
    quoted = begun = False
    place, last = 0, len(line) - 1
    while place <= last:
        char = line[place]
        following = line[place + 1] if place < last and (quoted or begun) else None
        if char == escape:
            if following in (quote, escape):
                held.append(line[place + 1])
                place += 1
        elif char == quote:
            if following == quote:
                held.append(quote)
                place += 1
            else:
                if 2 < place < last and separator not in (line[place - 1], line[place + 1]):
                    if held and not "".join(held).strip():
                        held = []
                    else:
                        held.append(quote)
                quoted = not quoted
            begun = not begun
        elif char == separator and not quoted:
            found.append("".join(held))
            held, begun = [], False
        else:
            held.append(char)
            begun = True
        place += 1
    return found if quoted else [*found, "".join(held)]


def write(output: Output) -> str:
    """Write lines whose values are all quoted; NULL is nothing between separators."""
    marks = _marks(output.properties)
    separator, quote, escape = (character(ord(mark)) for mark in marks)
    quotes = "''" if marks[1] == _NONE else quote
    cells = []
    for name, column in zip(output.names, output.columns):
        text = str(casts.cast(name, column.type, STRING))
        for mark in dict.fromkeys((escape, quote)):
            text = f"replace({text}, {mark}, {escape} || {mark})"
        cells.append(f"coalesce({quotes} || {text} || {quotes}, '')")
    return records.write(output, f" || {separator} || ".join(cells))
