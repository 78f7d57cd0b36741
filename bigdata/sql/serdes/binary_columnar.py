"""LazyBinaryColumnarSerDe: RCFiles whose cells are values in bytes, which Hive takes for RCFILE unless it is told.

A cell without bytes is NULL; so is an empty varchar, and only an empty string has a mark of its own.

Source: Hive's LazyBinaryColumnarSerDe and LazyBinaryColumnarStruct.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from bigdata.arrays import binaries
from bigdata.sql.serdes import rc, typed
from bigdata.sql.serdes.arrow import arrow_type
from bigdata.sql.serdes.lazy_binary import DecodeCell, Encode, cell_decoder, cell_encoder
from bigdata.sql.serdes.lines import utf8
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import Portion
from bigdata.sql.serdes.stream import PLACE, Stream
from bigdata.sql.tables import Scan
from bigdata.sql.types import quoted


def read(portion: Portion) -> Scan:
    """The cells of RCFiles; columns that a file lacks are NULL."""
    import pyarrow

    rc.check(portion.storage.serde, portion.storage.input_format, rc.INPUT)
    kinds = [typed.seconds(column.type) for column in portion.columns]
    fields = [(column.name, arrow_type(kind)) for column, kind in zip(portion.columns, kinds)]
    columns = [
        partial(_texts if kind.name in ("string", "varchar") else _column, cell_decoder(column.type), arrow_type(kind))
        for column, kind in zip(portion.columns, kinds)
    ]
    stream = Stream(pyarrow.schema(fields), portion.files, partial(rc.read, columns=columns))
    cells = [f"{typed.of_seconds(quoted(one.name), one.type)} AS {quoted(one.name)}" for one in portion.columns]
    return Scan(f"SELECT {', '.join([*cells, *PLACE])} FROM {quoted(portion.source)}", {portion.source: stream})


def _texts(decode: DecodeCell, kind: Any, data: bytes, lengths: Any) -> Any:
    """A column of texts, at once where each byte is a character: then none is the mark of an empty one."""
    import pyarrow.compute

    if not data.isascii():
        return _column(decode, kind, data, lengths)
    return pyarrow.compute.if_else(pyarrow.array(lengths == 0), None, rc.texts(data, lengths, utf8))


def _column(decode: DecodeCell, kind: Any, data: bytes, lengths: Any) -> Any:
    import numpy
    import pyarrow

    ends = numpy.cumsum(lengths).tolist()
    cells = zip([0, *ends], ends)
    return pyarrow.array([None if start == end else decode(data, start, end) for start, end in cells], kind)


def write(output: Output) -> str:
    """Write an RCFile.

    :raises UsageError: for types and values that have no such bytes
    """
    rc.check(output.storage.serde, output.storage.output_format, rc.OUTPUT)
    encoders = [cell_encoder(column.type) for column in output.columns]
    _, batches = typed.batches(output, output.names, in_seconds=True)
    return rc.write(output, ([_cells(*pair) for pair in zip(encoders, batch.columns)] for batch in batches))


def _cells(encode: Encode, column: Any) -> Any:
    return binaries([b"" if value is None else encode(value) for value in column.to_pylist()])
