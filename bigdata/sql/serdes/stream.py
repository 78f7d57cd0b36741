"""Rows of files as an Arrow stream that DuckDB scans, as often as it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bigdata.sql.serdes.portion import DataFile
from bigdata.sql.sources import Source

#: what each batch has besides what its format reads
PLACE = ('"file"', '"offset"', '"partition"')


@dataclass(frozen=True)
class Batch:
    """Some rows of one file.

    :param columns: Arrow arrays of one length; those that come behind the last one are NULL
    :param offsets: where each row, or the block that holds it, begins in the file
    """

    columns: list[Any]
    offsets: Any


@dataclass
class Stream(Source):
    """What reads files anew with each scan.

    The stream has the columns of `fields`, then the file's URI (``file``), ``offset``, and the number of the
    ``partition``.

    :param read: gives the batches of a file
    """

    fields: Any
    files: tuple[DataFile, ...]
    read: Callable[[DataFile], Iterable[Batch]]

    def schema(self) -> Any:
        import pyarrow

        uri = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
        places = [("file", uri), ("offset", pyarrow.int64()), ("partition", pyarrow.int32())]
        return pyarrow.schema([*self.fields, *places])

    def batches(self) -> Iterator[Any]:
        import numpy
        import pyarrow

        schema = self.schema()
        for file in self.files:
            for batch in self.read(file):
                count = len(batch.offsets)
                uris = pyarrow.DictionaryArray.from_arrays(numpy.zeros(count, numpy.int32), [file.uri])
                offsets = pyarrow.array(numpy.asarray(batch.offsets, numpy.int64))
                partitions = pyarrow.array(numpy.full(count, file.partition, numpy.int32))
                missing = [pyarrow.nulls(count, kind) for kind in self.fields.types[len(batch.columns) :]]
                columns = [*batch.columns, *missing, uris, offsets, partitions]
                yield pyarrow.RecordBatch.from_arrays(columns, schema=schema)
