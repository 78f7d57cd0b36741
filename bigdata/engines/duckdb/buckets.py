"""Out-of-core work in bounded memory: rows are dealt out to files by a hash or a range of their key, then done by file.

DuckDB's own GROUP BY and ORDER BY spill too, but hold a block of each of their partitions or runs in memory, and give
up when those don't fit: measured with DuckDB 2.0, at some six times the memory limit. Sources: Kitsuregawa, Tanaka,
Moto-oka, "Application of hash to data base machine" (1983); DeWitt, Naughton, Schneider, "Parallel sorting on a
shared-nothing architecture using probabilistic splitting" (1991).
"""

from __future__ import annotations

import itertools
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bigdata.arrays import integers
from bigdata.engines.duckdb.database import connect
from bigdata.storage import disk_errors

ROWS = 1 << 14
#: bytes that DuckDB takes to group one byte of text, if every word is new; measured, rounded up
_GROWTH = 24
#: DuckDB sorts this many times its memory by itself
_BY_ITSELF = 2
_FEWEST, _MOST = 8, 500
#: of how many keys the range borders are drawn
_SAMPLE = 1 << 16


def grouped(
    connection: Any, pairs: str, query: Callable[[Any], str], size: int, memory: int, threads: int, directory: str
) -> str:
    """Group the pairs of a query over `connection`, however many keys they have; gives the path of an Arrow stream.

    :param pairs: gives ``key`` and ``value``
    :param query: prepares a connection, and gives the query that groups the view ``pairs`` there
    :param size: bytes of input
    :param memory: bytes for DuckDB, in `connection` and then in a connection of its own
    """
    import pyarrow

    number = max(_FEWEST, min(_MOST, _GROWTH * size // memory))
    sql = f"SELECT key, value, (hash(key) % {number})::INTEGER AS bucket FROM ({pairs})"
    reader = connection.sql(sql).to_arrow_reader(1 << 16)
    batches = ((batch.select(["key", "value"]), batch["bucket"]) for batch in reader)
    paths = _deal(batches, pyarrow.schema(list(reader.schema)[:2]), number, directory)
    result = os.path.join(directory, "grouped.arrow")
    sink = None
    with (
        disk_errors(result),
        pyarrow.OSFile(result, "wb") as target,
        connect(os.path.join(directory, "group"), memory, threads) as grouping,
    ):
        text = query(grouping)
        for path in paths:
            grouping.register("pairs", _reader(path))
            batch_reader = grouping.sql(text).to_arrow_reader(ROWS)
            sink = sink or pyarrow.ipc.new_stream(target, batch_reader.schema)
            for batch in batch_reader:
                sink.write_batch(batch)
            grouping.unregister("pairs")
            os.remove(path)
        assert sink is not None
        sink.close()
    return result


def ordered(
    read: Callable[[], Iterator[Any]], schema: Any, by: Sequence[str], size: int, memory: int, directory: str
) -> Iterator[Any]:
    """The rows that ``read()`` gives in record batches, sorted, however many they are.

    A key with so many rows that they don't fit is a file of its own, and need not be sorted where rows with equal keys
    are to stay in the order in which they were read.

    :param schema: of the batches
    :param by: what to order by, in SQL; the first is a column of bytes or text, ``place`` counts the rows as
        they are read
    :param size: about how many bytes the rows are
    :param memory: bytes for DuckDB
    """
    import pyarrow

    if size <= _BY_ITSELF * memory:
        yield from _sorted(pyarrow.RecordBatchReader.from_batches(schema, read()), by, memory, directory)
        return
    number = max(_FEWEST, min(_MOST, 2 * size // memory))
    borders = _borders(read(), by[0], number)

    def placed() -> Iterator[tuple[Any, Any]]:
        for batch in read():
            yield batch, integers(range_places(batch[by[0]], borders))

    for number, path in enumerate(_deal(placed(), schema, len(borders) + 1, directory)):
        one_key = 0 < number < len(borders) and borders[number] == borders[number - 1] + b"\0"
        if one_key and list(by[1:]) == ["place"]:
            yield from _reader(path)
        else:
            yield from _sorted(_reader(path), by, memory, directory)
        os.remove(path)


def stored(path: str) -> tuple[Any, Callable[[], Iterator[Any]]]:
    """The schema of an Arrow stream in a file, and what reads its record batches."""
    import pyarrow

    def read() -> Iterator[Any]:
        with pyarrow.OSFile(path) as file:
            yield from pyarrow.ipc.open_stream(file)

    with pyarrow.OSFile(path) as file:
        return pyarrow.ipc.open_stream(file).schema, read


def _borders(batches: Iterable[Any], column: str, number: int) -> list[bytes]:
    """Keys that cut the rows into `number` about equal ranges, drawn from a sample of them.

    A key that would be a border twice gets a range of its own: up to the next possible key.
    """
    import pyarrow

    sample: list[bytes] = []
    step = 64
    for batch in batches:
        sample.extend(batch[column].cast(pyarrow.binary()).to_pylist()[::step])
        if len(sample) > _SAMPLE:
            sample, step = sample[::2], step * 2
    sample.sort()
    borders = [sample[len(sample) * place // number] for place in range(1, number)] if sample else []
    return sorted({*borders, *(a + b"\0" for a, b in itertools.pairwise(borders) if a == b)})


def range_places(keys: Any, borders: Sequence[bytes]) -> Any:
    """For each of an Arrow array of bytes, how many of the sorted `borders` are not above it, as a numpy array.

    The eight bytes after what all borders begin with decide for most; the others are looked up one by one.
    """
    import numpy
    import pyarrow
    import pyarrow.compute as pc

    common = os.path.commonprefix([borders[0], borders[-1]]) if borders else b""  # noqa: RUF071
    keys = keys.cast(pyarrow.large_binary())
    offsets = numpy.frombuffer(keys.buffers()[1], numpy.int64)[keys.offset : keys.offset + len(keys) + 1]
    data = numpy.frombuffer(keys.buffers()[2] or b"", numpy.uint8)
    heads = numpy.zeros(len(keys), numpy.uint64)
    for place in range(len(common), len(common) + _HEAD):
        there = offsets[:-1] + place
        heads <<= numpy.uint64(8)
        inside = numpy.flatnonzero(there < offsets[1:])
        heads[inside] |= data[there[inside]]
    border_heads = numpy.array(
        [int.from_bytes(border[len(common) :][:_HEAD].ljust(_HEAD, b"\0"), "big") for border in borders], numpy.uint64
    )
    places = numpy.searchsorted(border_heads, heads, "right").astype(numpy.int32)
    unsure = places != numpy.searchsorted(border_heads, heads, "left")
    if common:
        unsure |= ~pc.starts_with(keys, common).to_numpy(zero_copy_only=False)
    for row in numpy.flatnonzero(unsure):
        places[row] = bisect_right(borders, keys[row].as_py())
    return places


_HEAD = 8


def _sorted(rows: Any, by: Sequence[str], memory: int, directory: str) -> Iterator[Any]:
    with connect(os.path.join(directory, "sort"), memory, threads=1) as connection:
        connection.register("unsorted", rows)
        with disk_errors(directory):
            yield from connection.sql(f"SELECT * FROM unsorted ORDER BY {', '.join(by)}").to_arrow_reader(ROWS)


def _deal(batches: Iterable[tuple[Any, Any]], schema: Any, number: int, directory: str) -> list[str]:
    """Write rows to `number` Arrow streams, as the array beside each batch says; gives their paths."""
    import numpy
    import pyarrow
    import pyarrow.compute

    os.makedirs(directory, exist_ok=True)
    paths = [os.path.join(directory, f"bucket-{bucket:04d}.arrow") for bucket in range(number)]
    with disk_errors(directory):
        files = [pyarrow.OSFile(path, "wb") for path in paths]
        sinks = [pyarrow.ipc.new_stream(file, schema) for file in files]
        for batch, places in batches:
            order = pyarrow.compute.array_sort_indices(places)
            batch, places = batch.take(order), places.take(order)
            cuts = numpy.searchsorted(places.to_numpy(), numpy.arange(number + 1))
            for bucket in numpy.flatnonzero(numpy.diff(cuts)):
                sinks[bucket].write_batch(batch.slice(cuts[bucket], cuts[bucket + 1] - cuts[bucket]))
        for sink, file in zip(sinks, files):
            sink.close()
            file.close()
    return paths


def _reader(path: str) -> Any:
    import pyarrow

    return pyarrow.ipc.open_stream(pyarrow.OSFile(path))
