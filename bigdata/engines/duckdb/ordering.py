"""Lines in the order of their bytes: sorted by the kernel in memory, and in buckets on disk if they don't fit there."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, repeat, takewhile
from typing import Any

from bigdata import kernels
from bigdata.arrays import text_of
from bigdata.engines.duckdb import buckets
from bigdata.storage import ahead, disk_errors

#: bytes of lines that are put out at a time
_BLOCK = 1 << 18


def in_order(blocks: Iterable[memoryview], most: int, memory: int, directory: str) -> Iterator[Any]:
    """The lines of some blocks of ASCII text in order, in blocks.

    :param most: bytes for them in memory
    :param memory: bytes for DuckDB, which sorts more than that
    :param directory: for files
    """
    assert kernels.native is not None
    rest = iter(blocks)
    held: deque[memoryview] = deque()
    sorter = kernels.native.LineSorter()
    for block in rest:
        held.append(block)
        sorter.add(block)
        if sorter.nbytes > most:
            del sorter, block
            yield from _on_disk(chain(_drained(held), rest), memory, directory)
            return
    sorter.sort()
    yield from takewhile(bool, ahead(repeat(partial(sorter.read, _BLOCK)), most=2))


def _drained(blocks: deque[memoryview]) -> Iterator[memoryview]:
    """What is held, and no longer when it is given out."""
    while blocks:
        yield blocks.popleft()


def _on_disk(blocks: Iterable[memoryview], memory: int, directory: str) -> Iterator[memoryview]:
    """The same by way of files."""
    import pyarrow

    path = os.path.join(directory, "lines.arrow")
    schema = pyarrow.schema([("line", pyarrow.string())])
    with disk_errors(path), pyarrow.OSFile(path, "wb") as file, pyarrow.ipc.new_stream(file, schema) as stream:
        for block in blocks:
            stream.write_batch(pyarrow.record_batch([_lines(block)], schema))
    schema, read = buckets.stored(path)
    for batch in buckets.ordered(read, schema, ["line"], os.path.getsize(path), memory, directory):
        yield text_of(batch["line"])


def _lines(block: memoryview) -> Any:
    """The lines of a block with their newlines, as an Arrow array over it."""
    import numpy
    import pyarrow

    ends = numpy.flatnonzero(numpy.frombuffer(block, numpy.uint8) == ord("\n")) + 1
    offsets = numpy.concatenate([[0], ends]).astype(numpy.int32)
    return pyarrow.StringArray.from_buffers(len(ends), pyarrow.py_buffer(offsets), pyarrow.py_buffer(block))
