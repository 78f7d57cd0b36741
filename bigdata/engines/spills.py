"""Spills: a map task's pairs of bytes, in runs by partition.

A map task collects its pairs in a table from key to values. When the table is full it becomes a *spill*: an Arrow file
for each partition, with the columns ``key`` and ``values``. Pairs with equal keys keep the order in which they were
emitted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bigdata.arrays import binaries, integers
from bigdata.codecs import ByteGroup, BytePair, flat
from bigdata.partitioners import java_hash, partitioner
from bigdata.plan import Stage
from bigdata.storage import disk_errors

Groups = dict[bytes, list[bytes | None]]
#: what a value costs in Python beside its bytes: a bytes object and its place in a list
VALUE_OVERHEAD = 48
#: what a key costs beside its bytes: its object, its place in a dict, a list
KEY_OVERHEAD = 240
#: values in a record batch
_ROWS = 1 << 14


@dataclass(frozen=True)
class Run:
    """The pairs that one spill gave one partition: in a file, or in memory where the task ran in this process.

    :param size: bytes that the pairs take up as Python objects
    """

    size: int
    path: str | None = None
    groups: Groups = field(default_factory=dict)


class Spills:
    """Collects a map task's pairs and writes them as runs.

    :param stage: whose partitioner places the keys
    :param partitions: how many reducers there are
    :param directory: where spill files go
    :param budget: bytes to hold before a spill
    :param combine: what to do with a spill's groups, sorted by key, before they are written, or ``None``
    :param keep: how many bytes of the last spill may stay in memory
    """

    def __init__(
        self,
        stage: Stage,
        partitions: int,
        directory: str,
        budget: int,
        combine: Callable[[Iterable[ByteGroup]], list[BytePair]] | None = None,
        keep: int = 0,
    ) -> None:
        self._deal = partition_function(stage, partitions)
        self._directory = directory
        self._budget = budget
        self._combine = combine
        self._keep = keep
        self._size = 0
        self._spills = 0
        #: values by key; a task may put strings there, which :attr:`encode_key` encodes once, when they are spilled
        self.groups: dict[Any, list[bytes | None]] = {}
        self.encode_key: Callable[[Any], bytes] | None = None
        self.runs: list[list[Run]] = [[] for _ in range(partitions)]

    def add(self, key: bytes, value: bytes | None) -> None:
        """Take one pair."""
        values = self.groups.get(key)
        if values is None:
            values = self.groups[key] = []
            self._size += KEY_OVERHEAD + len(key)
        values.append(value)
        self._size += VALUE_OVERHEAD + len(value or b"")
        if self._size > self._budget:
            self.spill()

    def grow(self, size: int) -> None:
        """Note that the task has put `size` bytes into ``groups`` itself; may spill them."""
        self._size += size
        if self._size > self._budget:
            self.spill()

    def close(self) -> list[list[Run]]:
        """Spill what is left; gives the runs of each partition."""
        if self.groups or (self._combine is not None and not self._spills):
            self.spill(self._size <= self._keep)
        return self.runs

    def spill(self, in_memory: bool = False) -> None:
        """Write what was collected as one run a partition."""
        groups = self._encoded()
        if self._combine is not None:
            groups = grouped(self._combine(in_order(groups)))
        for partition, members in enumerate(self._deal(groups)):
            if members and in_memory:
                self.runs[partition].append(Run(size_of(members), groups=members))
            elif members:
                path = os.path.join(self._directory, f"spill-{self._spills:04d}-{partition:05d}.arrow")
                write_run(path, members)
                self.runs[partition].append(Run(size_of(members), path))
        self.groups.clear()
        self._size = 0
        self._spills += 1

    def _encoded(self) -> Groups:
        if self.encode_key is None:
            return self.groups.copy()
        groups: Groups = {}
        for key, values in self.groups.items():
            name = self.encode_key(key) if type(key) is str else key
            if name in groups:
                groups[name].extend(values)
            else:
                groups[name] = values
        return groups


def in_order(groups: Groups) -> Iterator[ByteGroup]:
    """Groups sorted by key."""
    for key in sorted(groups):
        yield key, groups[key]


def grouped(pairs: Iterable[BytePair]) -> Groups:
    """Pairs as a table from key to values."""
    groups: Groups = {}
    for key, value in pairs:
        if key in groups:
            groups[key].append(value)
        else:
            groups[key] = [value]
    return groups


def merged(runs: Iterable[Run]) -> Groups:
    """The groups of several runs as a table, which shares no list with them."""
    groups: Groups = {}
    for run in runs:
        for key, values in groups_of(run):
            groups.setdefault(key, []).extend(values)
    return groups


def size_of(groups: Groups) -> int:
    """Bytes that groups take up as Python objects."""
    overhead = len(groups) * KEY_OVERHEAD + sum(map(len, groups.values())) * VALUE_OVERHEAD
    return overhead + sum(map(len, groups)) + sum(sum(map(len, filter(None, values))) for values in groups.values())


def write_run(path: str, groups: Groups) -> None:
    """Write groups as an Arrow file, in batches that a reader can hold one by one."""
    import pyarrow

    schema = pyarrow.schema([("key", pyarrow.binary()), ("values", pyarrow.list_(pyarrow.binary()))])
    with disk_errors(path), pyarrow.OSFile(path, "wb") as file, pyarrow.ipc.new_file(file, schema) as sink:
        for batch in _arrow_batches(groups):
            sink.write_batch(batch)


def _arrow_batches(groups: Groups) -> Iterator[Any]:
    import numpy
    import pyarrow

    for batch in _pieces(groups):
        offsets = numpy.zeros(len(batch) + 1, dtype=numpy.int32)
        numpy.cumsum([len(values) for _, values in batch], out=offsets[1:])
        values = binaries([value for _, several in batch for value in several])
        columns = [
            binaries([key for key, _ in batch]),
            pyarrow.ListArray.from_arrays(integers(offsets), values),
        ]
        yield pyarrow.record_batch(columns, ["key", "values"])


def _pieces(groups: Groups) -> Iterator[list[tuple[bytes, list[bytes | None]]]]:
    """Groups in lists of about as many values as a record batch has; those with more are cut."""
    batch: list[tuple[bytes, list[bytes | None]]] = []
    count = 0
    for key, values in groups.items():
        for start in range(0, len(values), _ROWS):
            piece = values[start : start + _ROWS]
            batch.append((key, piece))
            count += len(piece)
            if count >= _ROWS:
                yield batch
                batch, count = [], 0
    if batch:
        yield batch


def partition_function(stage: Stage, partitions: int) -> Callable[[Groups], list[Groups]]:
    """A function that deals groups out to `partitions` tables, as the stage's partitioner places their keys."""
    hash_of = partitioner(stage.partitioner, stage.jobconf)
    if partitions == 1:
        return lambda groups: [groups]

    def deal(groups: Groups) -> list[Groups]:
        dealt: list[Groups] = [{} for _ in range(partitions)]
        hashes = java_hashes(list(groups)) if hash_of is java_hash else map(hash_of, groups)
        for (key, values), number in zip(groups.items(), hashes):
            dealt[(number & 0x7FFFFFFF) % partitions][key] = values
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


def groups_of(run: Run) -> Iterator[tuple[bytes, list[bytes | None]]]:
    """The groups of a run; a key with many values may come several times in a row."""
    if run.path is None:
        yield from run.groups.items()
        return
    for batch in _batches_of(run):
        keys, lists = batch["key"].to_pylist(), batch["values"]
        offsets, values = lists.offsets.to_pylist(), lists.values.to_pylist()
        for place, key in enumerate(keys):
            yield key, values[offsets[place] : offsets[place + 1]]


def pairs_of(run: Run) -> Iterator[BytePair]:
    """The pairs of a run."""
    return flat(groups_of(run))


def columns_of(run: Run) -> Iterator[tuple[Any, Any]]:
    """The pairs of a run as Arrow arrays of keys and values, of one length."""
    import pyarrow.compute as pc

    for batch in _batches_of(run):
        lists = batch["values"]
        yield batch["key"].take(pc.list_parent_indices(lists)), lists.flatten()


def _batches_of(run: Run) -> Iterator[Any]:
    if run.path is None:
        yield from _arrow_batches(run.groups)
        return
    import pyarrow

    # not mapped: mapped pages would count as memory of this process
    with pyarrow.OSFile(run.path) as file:
        reader = pyarrow.ipc.open_file(file)
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)
