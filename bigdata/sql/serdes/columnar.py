"""ColumnarSerDe: RCFiles, whose cells are the delimited texts that LazySimpleSerDe has in a line.

Source: Hive's ColumnarSerDe and ColumnarStruct.
"""

from __future__ import annotations

from functools import partial

from bigdata.sql.serdes import lazy, rc
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.serdes.stream import PLACE, Stream
from bigdata.sql.tables import Scan
from bigdata.sql.types import quoted


def read(portion: Portion) -> Scan:
    """The cells of RCFiles; columns that a file lacks are NULL."""
    import pyarrow

    rc.check(portion.storage.serde, portion.storage.input_format, rc.INPUT)
    values, recode = lazy.values(portion)
    names = [f"c{number}" for number in range(len(portion.columns))]
    schema = pyarrow.schema([(name, pyarrow.string()) for name in names])
    cells = [partial(rc.texts, recode=recode)] * len(names)
    stream = Stream(schema, portion.files, partial(rc.read, columns=cells))
    columns = []
    for name, column in zip(names, portion.columns):
        cell = values.delimiters.shielded(name, values.used)
        columns.append(f"{values.value(cell, column.type, 1)} AS {quoted(column.name)}")
    return Scan(f"SELECT {', '.join([*columns, *PLACE])} FROM {quoted(portion.source)}", {portion.source: stream})


def write(output: Output) -> str:
    rc.check(output.storage.serde, output.storage.output_format, rc.OUTPUT)
    return rc.write(output, (batch.columns for batch in output.rows(lazy.cells(output))))
