"""LazySimpleSerDe: lines of delimited fields.

Fields that a line lacks are NULL, those that it has too many are ignored. With a delimiter above 127, or bytes in a
column, a line is taken apart as bytes: a character each.

Source: Hive's LazySimpleSerDe and LazyStruct.
"""

from __future__ import annotations

from bigdata.sql.serdes import records, timestamps
from bigdata.sql.serdes.delimited import Texts, Values
from bigdata.sql.serdes.delimiters import Delimiters
from bigdata.sql.serdes.lines import Recode, bytes_as_text, recoding, utf8
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.tables import Scan
from bigdata.sql.types import HiveType


def read(portion: Portion) -> Scan:
    return records.read(portion, fields(portion))


def fields(portion: Portion, between: str | None = None, rest: str | None = None) -> records.Fields:
    """The columns of delimited lines.

    :param between: the SQL of the delimiter, if it isn't the one that the properties name
    :param rest: the SQL of what stands between the fields of the last column, if it takes those that are too many
    """
    found, recode = values(portion)
    delimiters, count = found.delimiters, len(portion.columns)
    between = between or delimiters.separator(0)
    rest = rest or (between if delimiters.takes_rest else None)
    record = f"string_split({delimiters.shielded('line', found.used)}, {between})"
    texts = [f"f[{number}]" for number in range(1, count + 1)]
    if rest:
        texts[-1] = f"if(len(f) < {count}, NULL, array_to_string(f[{count}:], {rest}))"
    columns = [found.value(text, column.type, 1) for text, column in zip(texts, portion.columns)]
    return records.Fields(record, tuple(columns), recode)


def values(portion: Portion) -> tuple[Values, Recode]:
    """How values are read from text, and what makes UTF-8 of the files' bytes."""
    delimiters = Delimiters.of(portion.properties)
    kinds = tuple(column.type for column in portion.columns)
    used = delimiters.used(kinds)
    encoding = portion.properties.get("serialization.encoding", "UTF-8")
    as_bytes = max(used) > 127 or any(map(_holds_bytes, kinds))
    extended = portion.is_true("hive.lazysimple.extended_boolean_literal")
    recode = bytes_as_text if as_bytes else utf8 if encoding.upper() == "UTF-8" else recoding(encoding)
    patterns = timestamps.formats(portion.properties.get(timestamps.FORMATS, ""))
    return Values(delimiters, used, as_bytes, extended, tuple(patterns)), recode


def _holds_bytes(kind: HiveType) -> bool:
    return kind.name == "binary" or any(map(_holds_bytes, kind.members))


def write(output: Output) -> str:
    return records.write(output, line(output))


def line(output: Output) -> str:
    """The SQL of a line."""
    return f" || {Delimiters.of(output.properties).separator(0)} || ".join(cells(output))


def cells(output: Output) -> list[str]:
    """The SQL of the text of each column."""
    texts = Texts(Delimiters.of(output.properties))
    return [texts.text(name, column.type, 1) for name, column in zip(output.names, output.columns)]
