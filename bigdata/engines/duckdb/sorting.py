"""Sorting rows natively: threads read them, the kernel sorts them, and threads write the parts.

Rows that don't fit in memory are dealt out to files by ranges of their keys, and then sorted by file. Source: DeWitt,
Naughton, Schneider, "Parallel sorting on a shared-nothing architecture using probabilistic splitting" (1991).
"""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat, takewhile
from typing import Any

from bigdata import kernels
from bigdata.engines.columns import Unfit
from bigdata.engines.rows import Work
from bigdata.engines.sinks import Part
from bigdata.formats import blocks, splits
from bigdata.partitioners import CUTS
from bigdata.plan import Stage
from bigdata.splits import Split
from bigdata.storage import File, is_uri, open_range
from bigdata.tasks import JobSpec
from bigdata.tera import KEY_BYTES, MARK, ROW_BYTES

_BLOCK = 1 << 20
#: what a thread takes at a time, and sorts at a time where rows are dealt out
_SPLIT = 32 << 20
#: a row's line has this many bytes, and takes up so many in memory, where it is sorted
_LINE, _TAKEN = 2 * ROW_BYTES + 1, ROW_BYTES + 32
#: as ranges are drawn from a sample, some are larger than others
_SPARE = 2
#: of how much of each split the sample is
_SAMPLE = 1 << 17


def sorts_natively(stage: Stage, on_error: str) -> bool:
    """Whether the kernel does all that a stage does."""
    return stage.sorts_rows and kernels.native is not None and on_error == "fail"


def run(
    spec: JobSpec, work: Work, files: Sequence[File], threads: int, memory: int, progress: Callable[[int], None]
) -> list[str]:
    """Run a stage; gives its part files in the order of the partitions.

    :param memory: bytes for the rows
    :raises Unfit: for files that don't hold rows only, of which Python says what they hold
    """
    directory = work.attempt_directory("sorting", 0, 0)
    pieces = [piece for file in files for piece in _pieces(file)]
    size = sum(piece.rows for piece in pieces) * _TAKEN
    cuts = [bytes.fromhex(base64.b64decode(cut).decode()) for cut in work.stage.jobconf[CUTS].split(",") if cut]
    parts = [work.part(os.path.join(directory, f"part-{number:05d}"), spec) for number in range(len(cuts) + 1)]
    with ThreadPoolExecutor(threads) as pool:
        sorting = _Sorting(pool, threads, progress)
        try:
            fits = size <= memory
            for group in [pieces] if fits else sorting.dealt(pieces, _SPARE * size // memory + 1, directory):
                sorting.write(sorting.sorted(group), parts, cuts)
        except BaseException:
            sorting.stop.set()
            raise
    return [part.close() for part in parts]


@dataclass(frozen=True)
class _Piece:
    """A split, and whether it holds rows as TeraGen writes them, and no lines."""

    split: Split
    binary: bool = False

    @property
    def rows(self) -> int:
        """How many rows it holds, or one more."""
        return self.split.length // (ROW_BYTES if self.binary else _LINE) + 1

    def blocks(self) -> Iterator[bytes]:
        """Its rows or lines."""
        if not self.binary:
            yield from blocks(self.split, _BLOCK)
            return
        size = _BLOCK // ROW_BYTES * ROW_BYTES
        with open_range(self.split.path, self.split.start, self.split.length) as stored:
            for start in range(0, self.split.length, size):
                yield stored.read(min(size, self.split.length - start))


def _pieces(file: File) -> list[_Piece]:
    if is_uri(file.path) or file.compression is not None:
        raise Unfit(f"{file.path} is remote or compressed")
    with open_range(file.path, 0, file.size) as stored:
        binary = stored.read(KEY_BYTES + len(MARK)).endswith(MARK)
    if not binary:
        return _lines(file)
    if file.size % ROW_BYTES:
        raise Unfit(f"{file.path} ends within a row")
    step = _SPLIT // ROW_BYTES * ROW_BYTES
    places = range(0, file.size, step)
    return [_Piece(Split(file.path, start, min(step, file.size - start)), binary) for start in places]


def _lines(file: File) -> list[_Piece]:
    return [_Piece(split) for split in splits([file], _SPLIT) if split.length]


class _Sorting:
    """What the threads of a run share.

    :param progress: is told bytes as they are read
    """

    def __init__(self, pool: ThreadPoolExecutor, threads: int, progress: Callable[[int], None]) -> None:
        self.pool, self.threads, self.progress = pool, threads, progress
        self.stop = threading.Event()
        self._lock = threading.Lock()

    def sorted(self, pieces: Sequence[_Piece]) -> list[Any]:
        """Sorters that hold the rows of some pieces in order."""
        work = iter(pieces)
        rows = sum(piece.rows for piece in pieces)
        return list(self.pool.map(self._sorted, repeat(work, self.threads), repeat(rows)))

    def _sorted(self, work: Iterator[_Piece], rows: int) -> Any:
        sorter = _sorter(rows)
        for piece in work:
            self._add(sorter, piece)
        sorter.sort()
        return sorter

    def _add(self, sorter: Any, piece: _Piece) -> None:
        for block in piece.blocks():
            if self.stop.is_set():
                break
            if piece.binary:
                sorter.add(block)
            elif not sorter.add_hex(block):
                raise Unfit(f"{piece.split.path} has lines that are no rows")
            with self._lock:
                self.progress(len(block))

    def write(self, sorters: list[Any], parts: Sequence[Part], cuts: Sequence[bytes]) -> None:
        """Append the rows between each two cuts to a part."""
        list(self.pool.map(_append, repeat(sorters), parts, [b"", *cuts], [*cuts, b""]))

    def dealt(self, pieces: Sequence[_Piece], number: int, directory: str) -> Iterator[list[_Piece]]:
        """Deal rows out to about `number` files by ranges; gives the pieces of each, in order, and removes it then."""
        borders = _borders(pieces, number)
        paths = [os.path.join(directory, f"range-{place:04d}") for place in range(len(borders) + 1)]
        ranges = [Part(path, "") for path in paths]
        locks = [threading.Lock() for _ in ranges]

        def deal(piece: _Piece) -> None:
            sorter = _sorter(piece.rows)
            self._add(sorter, piece)
            sorter.sort()
            for part, lock, low, high in zip(ranges, locks, [b"", *borders], [*borders, b""]):
                with lock:
                    _append([sorter], part, low, high)

        list(self.pool.map(deal, pieces))
        for part in ranges:
            part.close()
        self.progress = lambda size: None  # each byte is told once
        for path in paths:
            yield _lines(File(path, os.path.getsize(path)))
            os.remove(path)


def _sorter(rows: int) -> Any:
    assert kernels.native is not None
    return kernels.native.RowSorter(ROW_BYTES, rows)


def _append(sorters: list[Any], part: Part, low: bytes, high: bytes) -> None:
    """Append the rows from `low` to before `high` to a part."""
    assert kernels.native is not None
    lines = kernels.native.RowLines(sorters, low, high)
    for block in takewhile(bool, map(lines.read, repeat(_BLOCK))):
        part.write_block(block)


def _borders(pieces: Sequence[_Piece], number: int) -> list[bytes]:
    """Rows that cut a sample of some pieces into about `number` equal ranges."""
    sorter = _sorter(0)
    for piece in pieces:
        block = next(piece.blocks(), b"")
        if piece.binary:
            sorter.add(block[: _SAMPLE // ROW_BYTES * ROW_BYTES])
        else:
            sorter.add_hex(block[:_SAMPLE])
    sorter.sort()
    assert kernels.native is not None
    lines = kernels.native.RowLines([sorter], b"", b"").read(len(sorter) * _LINE).split(b"\n")[:-1]
    drawn = sorted({lines[len(lines) * place // number] for place in range(1, number)}) if lines else []
    return [bytes.fromhex(line.decode()) for line in drawn]
