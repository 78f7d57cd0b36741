"""ColumnarSerDe: RCFiles, whose cells are the delimited texts that LazySimpleSerDe has in a line.

Source: Hive's ColumnarSerDe and ColumnarStruct.
"""

from __future__ import annotations

from functools import partial

from bigdata.errors import UsageError
from bigdata.sql.serdes import lazy, rc
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.serdes.stream import PLACE, Stream
from bigdata.sql.tables import Scan
from bigdata.sql.types import quoted

_INPUT = "org.apache.hadoop.hive.ql.io.RCFileInputFormat"
_OUTPUT = "org.apache.hadoop.hive.ql.io.RCFileOutputFormat"


def read(portion: Portion) -> Scan:
    """The cells of RCFiles; columns that a file lacks are NULL."""
    import pyarrow

    _check(portion.storage.input_format, _INPUT)
    values, recode = lazy.values(portion)
    names = [f"c{number}" for number in range(len(portion.columns))]
    schema = pyarrow.schema([(name, pyarrow.string()) for name in names])
    stream = Stream(schema, portion.files, partial(rc.read, count=len(names), recode=recode))
    columns = []
    for name, column in zip(names, portion.columns):
        cell = values.delimiters.shielded(name, values.used)
        columns.append(f"{values.value(cell, column.type, 1)} AS {quoted(column.name)}")
    return Scan(f"SELECT {', '.join([*columns, *PLACE])} FROM {quoted(portion.source)}", {portion.source: stream})


def write(output: Output) -> str:
    _check(output.storage.output_format, _OUTPUT)
    return rc.write(output, lazy.cells(output))


def _check(given: str, expected: str) -> None:
    if given != expected:
        raise UsageError(f"ColumnarSerDe goes with RCFILE, that is {expected}; got {given}.")
