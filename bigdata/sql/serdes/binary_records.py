"""LazyBinarySerDe: sequence files whose values are rows in bytes.

Source: Hive's LazyBinarySerDe, which has a row as it has a struct within a value, without its size.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bigdata.errors import UsageError
from bigdata.sql.serdes import sequence, typed
from bigdata.sql.serdes.arrow import arrow_type
from bigdata.sql.serdes.lazy_binary import cell_decoder, encoder, packed
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import PLACE, Batch, Stream
from bigdata.sql.tables import Scan
from bigdata.sql.types import HiveType, quoted

_HIVE, _HADOOP = "org.apache.hadoop.hive.ql.io.HiveSequenceFile", "org.apache.hadoop.mapred.SequenceFile"
_INPUTS = (f"{_HADOOP}InputFormat", f"{_HIVE}InputFormat")
_OUTPUTS = (f"{_HIVE}OutputFormat", f"{_HADOOP}OutputFormat")


def read(portion: Portion) -> Scan:
    """The rows of sequence files; columns that a row lacks are NULL."""
    import pyarrow

    _check(portion.storage.serde, portion.storage.input_format, _INPUTS)
    kinds = [column.type for column in portion.columns]
    schema = pyarrow.schema([(one.name, arrow_type(typed.seconds(one.type))) for one in portion.columns])
    stream = Stream(schema, portion.files, partial(_batches, kinds=kinds))
    cells = [f"{typed.of_seconds(quoted(one.name), one.type)} AS {quoted(one.name)}" for one in portion.columns]
    return Scan(f"SELECT {', '.join([*cells, *PLACE])} FROM {quoted(portion.source)}", {portion.source: stream})


def _batches(file: DataFile, kinds: list[HiveType]) -> Iterator[Batch]:
    import pyarrow

    names = [str(number) for number in range(len(kinds))]
    held = [arrow_type(typed.seconds(kind)) for kind in kinds]
    decode = cell_decoder(HiveType("struct", fields=tuple(zip(names, kinds))))
    for records in sequence.records(file):
        rows = [decode(value, 0, len(value)) for _, value in records]
        columns = [pyarrow.array([row[name] for row in rows], kind) for name, kind in zip(names, held)]
        yield Batch(columns, [place for place, _ in records])


def write(output: Output) -> str:
    """Write a sequence file.

    :raises UsageError: for types that have no such bytes
    """
    _check(output.storage.serde, output.storage.output_format, _OUTPUTS)
    encoders = [encoder(column.type) for column in output.columns]
    _, batches = typed.batches(output, output.names, in_seconds=True)
    rows = (row for batch in batches for row in zip(*(column.to_pylist() for column in batch.columns)))
    return sequence.write_bytes(output, (packed(list(zip(encoders, row)), 8) for row in rows))


def _check(serde: str, given: str, expected: tuple[str, ...]) -> None:
    if given not in expected:
        raise UsageError(f"{serde} goes with SEQUENCEFILE, that is {expected[0]}; got {given}.")
