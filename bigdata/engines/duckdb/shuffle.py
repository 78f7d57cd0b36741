"""The shuffle: pairs of bytes go into runs by partition, and come out sorted by key.

A map task collects pairs as bytes. When its buffer is full it writes a *spill*: an Arrow file for each partition, with
the columns ``key`` and ``value``. A reducer reads the spills of its partition in the order of the map tasks and sorts
them: in Python while they fit in its share of memory, else in DuckDB, which sorts out of core. Pairs with equal keys
keep the order in which they were emitted, so that a run gives the same output however many workers it had.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from bigdata.partitioners import java_hash, partitioner
from bigdata.plan import Stage
from bigdata.storage import disk_errors

BytePair = tuple[bytes, bytes | None]
#: what a pair costs in Python beside its bytes: a tuple, two bytes objects, two list slots
PAIR_OVERHEAD = 160


@dataclass(frozen=True)
class Run:
    """The pairs that one spill gave one partition: in a file, or in memory where the task ran in this process.

    :param size: bytes that the pairs take up as Python objects
    """

    size: int
    path: str | None = None
    pairs: Sequence[BytePair] = ()


class Spills:
    """Collects a map task's pairs and writes them as runs.

    :param stage: whose partitioner places the keys
    :param partitions: how many reducers there are
    :param directory: where spill files go
    :param budget: bytes to hold before a spill
    :param combine: what to do with a spill's sorted pairs before they are written, or ``None``
    :param in_memory: whether the last spill may stay in memory
    """

    def __init__(
        self,
        stage: Stage,
        partitions: int,
        directory: str,
        budget: int,
        combine: Callable[[Iterable[BytePair]], list[BytePair]] | None = None,
        in_memory: bool = False,
    ) -> None:
        self._place = partition_function(stage, partitions)
        self._directory = directory
        self._budget = budget
        self._combine = combine
        self._in_memory = in_memory
        self._pairs: list[BytePair] = []
        self._size = 0
        self._spills = 0
        self.runs: list[list[Run]] = [[] for _ in range(partitions)]

    def add(self, key: bytes, value: bytes | None) -> None:
        """Take one pair."""
        self._pairs.append((key, value))
        self._size += len(key) + len(value or b"") + PAIR_OVERHEAD
        if self._size > self._budget:
            self._spill(in_memory=False)

    def close(self) -> list[list[Run]]:
        """Spill what is left; gives the runs of each partition."""
        if self._pairs or (self._combine is not None and not self._spills):
            self._spill(self._in_memory)
        return self.runs

    def _spill(self, in_memory: bool) -> None:
        pairs, self._pairs, self._size = self._pairs, [], 0
        if self._combine is not None:
            pairs.sort(key=itemgetter(0))
            pairs = self._combine(pairs)
        for partition, members in enumerate(self._place(pairs)):
            if members:
                size = sum(len(key) + len(value or b"") + PAIR_OVERHEAD for key, value in members)
                if in_memory:
                    self.runs[partition].append(Run(size, pairs=members))
                else:
                    path = os.path.join(self._directory, f"spill-{self._spills:04d}-{partition:05d}.arrow")
                    write_run(path, members)
                    self.runs[partition].append(Run(size, path))
        self._spills += 1


def write_run(path: str, pairs: Sequence[BytePair]) -> None:
    """Write pairs as an Arrow file, in batches that a reader can hold one by one."""
    import pyarrow

    schema = pyarrow.schema([("key", pyarrow.binary()), ("value", pyarrow.binary())])
    with disk_errors(path), pyarrow.OSFile(path, "wb") as file, pyarrow.ipc.new_file(file, schema) as sink:
        for start in range(0, len(pairs), 1 << 14):
            keys, values = zip(*pairs[start : start + (1 << 14)])
            sink.write_batch(
                pyarrow.record_batch(
                    [pyarrow.array(keys, pyarrow.binary()), pyarrow.array(values, pyarrow.binary())], schema
                )
            )


def partition_function(stage: Stage, partitions: int) -> Callable[[list[BytePair]], list[list[BytePair]]]:
    """A function that deals pairs out to `partitions` lists, as the stage's partitioner places their keys."""
    hash_of = partitioner(stage.partitioner, stage.jobconf)
    if partitions == 1:
        return lambda pairs: [pairs]

    def deal(pairs: list[BytePair]) -> list[list[BytePair]]:
        dealt: list[list[BytePair]] = [[] for _ in range(partitions)]
        keys = [key for key, _ in pairs]
        hashes = java_hashes(keys) if hash_of is java_hash else map(hash_of, keys)
        for pair, number in zip(pairs, hashes):
            dealt[(number & 0x7FFFFFFF) % partitions].append(pair)
        return dealt

    return deal


def java_hashes(keys: Sequence[bytes]) -> list[int]:
    """:func:`bigdata.partitioners.java_hash` of many keys, a byte position at a time over all of them.

    >>> java_hashes([b"a", b"word"]) == [java_hash(b"a"), java_hash(b"word")]
    True
    """
    import numpy

    data = numpy.frombuffer(b"".join(keys), dtype=numpy.int8)
    lengths = numpy.fromiter(map(len, keys), dtype=numpy.int64, count=len(keys))
    starts = numpy.cumsum(lengths) - lengths
    hashes = numpy.ones(len(keys), dtype=numpy.uint32)
    # longest first, so that the keys that have a byte at a position are always a prefix
    order = numpy.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    for position in range(int(lengths[0]) if len(keys) else 0):
        active = int(numpy.searchsorted(-lengths, -position, side="left"))
        hashes[:active] = hashes[:active] * numpy.uint32(31) + data[starts[:active] + position].astype(numpy.uint32)
    result = numpy.empty_like(hashes)
    result[order] = hashes
    return result.astype(numpy.int32).tolist()


def sorted_pairs(runs: Sequence[Run], budget: int, sort_values: bool, temp_directory: str) -> Iterator[BytePair]:
    """The pairs of some runs, sorted by the bytes of their keys, and of their values if `sort_values`.

    :param runs: in the order in which their pairs were emitted
    :param budget: bytes; more than that is sorted in DuckDB, out of core
    """
    if sum(run.size for run in runs) <= budget:
        pairs = [pair for run in runs for pair in _pairs(run)]
        pairs.sort(key=(lambda pair: (pair[0], pair[1] or b"")) if sort_values else itemgetter(0))
        return iter(pairs)
    return _sorted_in_duckdb(runs, budget, sort_values, temp_directory)


def _pairs(run: Run) -> Iterator[BytePair]:
    for batch in _batches(run):
        yield from zip(batch["key"].to_pylist(), batch["value"].to_pylist())
    yield from run.pairs


def _batches(run: Run) -> Iterator[Any]:
    if run.path is None:
        return
    import pyarrow

    with pyarrow.memory_map(run.path) as file:
        reader = pyarrow.ipc.open_file(file)
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)


def _sorted_in_duckdb(runs: Sequence[Run], budget: int, sort_values: bool, temp_directory: str) -> Iterator[BytePair]:
    import numpy
    import pyarrow

    from bigdata.engines.duckdb.database import connect

    schema = pyarrow.schema([("key", pyarrow.binary()), ("value", pyarrow.binary()), ("place", pyarrow.int64())])

    def numbered() -> Iterator[Any]:
        place = 0
        for run in runs:
            for batch in _batches(run):
                places = numpy.arange(place, place + batch.num_rows)
                place += batch.num_rows
                yield pyarrow.record_batch([batch["key"], batch["value"], pyarrow.array(places)], schema)

    with connect(temp_directory, budget, threads=1) as connection:
        connection.register("runs", pyarrow.RecordBatchReader.from_batches(schema, numbered()))
        order = "key, value, place" if sort_values else "key, place"
        with disk_errors(temp_directory):
            for batch in connection.sql(f"SELECT key, value FROM runs ORDER BY {order}").to_arrow_reader(1 << 14):
                yield from zip(batch["key"].to_pylist(), batch["value"].to_pylist())
