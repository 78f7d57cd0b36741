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

    :raises UsageError: for a codec that isn't there
    """
    import pyarrow
    from pyarrow import orc

    codec = output.properties.get("orc.compress", "ZLIB").lower()
    if codec not in _CODECS:
        raise UsageError(f"orc.compress is {codec}. Expected one of {', '.join(_CODECS)}.")
    schema, batches = typed.batches(output, [column.name for column in output.columns])
    with disk_errors(output.path), orc.ORCWriter(output.path, compression=_CODECS[codec]) as sink:
        for batch in batches:
            sink.write(pyarrow.Table.from_batches([batch]))
    return output.path
