"""ORC: files read and written by Arrow, columns by name, whatever its case.

Files of old writers, whose columns are called ``_col0`` and so on, are matched by place; so are all files with
``orc.force.positional.evolution``.

Source: Hive's OrcSerde and ORC's SchemaEvolution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bigdata.errors import UsageError
from bigdata.sql.serdes import typed
from bigdata.sql.serdes.output import Output
from bigdata.sql.serdes.portion import DataFile, Portion
from bigdata.sql.serdes.stream import Batch
from bigdata.sql.tables import Scan
from bigdata.storage import disk_errors, open_input

#: what Arrow reads again: nanoseconds since 1970 in 64 bits
_MOST_SECONDS = (1 << 63) // 1_000_000_000
_CODECS = {"zlib": "zlib", "snappy": "snappy", "zstd": "zstd", "lz4": "lz4", "none": "uncompressed"}


def read(portion: Portion) -> Scan:
    """The columns of ORC files."""
    scans = []
    for number, (schema, files) in enumerate(typed.by_schema(portion.files, _schema, "ORC")):
        by_place = portion.is_true("orc.force.positional.evolution")
        by_place |= all(re.fullmatch(r"_col[0-9]+", name) for name in schema.names)
        fields = typed.held(schema, portion.columns, by_place)
        scans.append(typed.streamed(portion, number, fields, files, _batches))
    return typed.joined(scans, portion.columns)


def _schema(path: str) -> Any:
    from pyarrow import orc

    with open_input(path) as stored:
        return orc.ORCFile(stored).schema


def _batches(file: DataFile, names: list[str]) -> Iterator[Batch]:
    import numpy
    from pyarrow import orc

    with open_input(file.file.path) as stored:
        held = orc.ORCFile(stored)
        if not names:
            yield Batch([], numpy.zeros(held.nrows))
            return
        for stripe in range(held.nstripes):
            batch = held.read_stripe(stripe, columns=names)
            yield Batch(batch.columns, numpy.zeros(batch.num_rows))


def write(output: Output) -> str:
    """Write an ORC file; ``orc.compress`` is the codec, ZLIB without it.

    :raises UsageError: for a codec that isn't there, and timestamps that others or we couldn't read
    """
    import pyarrow
    from pyarrow import orc

    codec = output.properties.get("orc.compress", "ZLIB").lower()
    if codec not in _CODECS:
        raise UsageError(f"orc.compress is {codec}. Expected one of {', '.join(_CODECS)}.")
    schema, batches = typed.batches(output, [column.name for column in output.columns])
    with disk_errors(output.path), orc.ORCWriter(output.path, compression=_CODECS[codec]) as sink:
        for batch in batches:
            for column in batch.columns:
                for timestamps in _timestamps(column):
                    _check(timestamps)
            sink.write(pyarrow.Table.from_batches([batch]))
    return output.path


def _timestamps(array: Any) -> Iterator[Any]:
    """The timestamps of a column, within nested values too."""
    from pyarrow import types

    if types.is_timestamp(array.type):
        yield array
    elif types.is_map(array.type):
        yield from _timestamps(array.keys)
        yield from _timestamps(array.items)
    elif types.is_list(array.type):
        yield from _timestamps(array.flatten())
    elif types.is_struct(array.type):
        for member in array.flatten():
            yield from _timestamps(member)


def _check(timestamps: Any) -> None:
    """Let only timestamps through that all readers read as they are.

    Arrow cuts what is before 1970 towards 1970, and writes the fraction below 0, which is no ORC: Java refuses it.

    :raises UsageError: for another
    """
    from pyarrow import compute

    unit = {"us": 1_000_000, "ns": 1_000_000_000}[timestamps.type.unit]
    counts = timestamps.view("int64")
    bounds = compute.min_max(counts)
    least, most = bounds["min"].as_py() or 0, bounds["max"].as_py() or 0
    if most // unit >= _MOST_SECONDS or least // unit <= -_MOST_SECONDS:
        raise UsageError("a timestamp before 1678 or after 2261 can't be written to ORC. Store the table as Parquet.")
    if least < 0:
        early = counts.filter(compute.less(counts, 0))
        if not compute.all(compute.equal(compute.multiply(compute.divide(early, unit), unit), early)).as_py():
            raise UsageError(
                "a timestamp before 1970 with a part of a second can't be written to ORC. Store the table as Parquet."
            )
