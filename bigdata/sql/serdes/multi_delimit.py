"""MultiDelimitSerDe: LazySimpleSerDe with a delimiter of several characters between fields.

Fields that are too many belong to the last column, with ``\\x01`` for the delimiters in it.

Source: Hive 3.1's MultiDelimitSerDe and LazyStruct.parseMultiDelimit.
"""

from __future__ import annotations

from collections.abc import Mapping

from bigdata.errors import UsageError
from bigdata.sql.serdes import lazy, records
from bigdata.sql.serdes.delimiters import character
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.tables import Scan
from bigdata.sql.types import literal


def _delimiter(properties: Mapping[str, str]) -> str:
    """The SQL of the delimiter.

    :raises UsageError: if the table has none
    """
    found = properties.get("field.delim")
    if not found:
        raise UsageError("a table with MultiDelimitSerDe has no delimiter. Set the SerDe property field.delim.")
    return literal(found)


def read(portion: Portion) -> Scan:
    return records.read(portion, lazy.fields(portion, _delimiter(portion.properties), character(1)))


def write(output: Output) -> str:
    return records.write(output, f" || {_delimiter(output.properties)} || ".join(lazy.cells(output)))
