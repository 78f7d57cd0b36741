"""Counting keys made of tokens natively: threads read splits, and the kernel counts their keys.

It writes them too, where they are plain: tokens, or some tokens in a row. Else the stage's query makes them of the
counts; and where these don't fit in memory, it adds up the partial counts that went to disk. Tokens with the documents
that they occur in are an index, which the kernel writes; where it doesn't fit in memory, the query maps the text.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import Any

from bigdata import kernels
from bigdata.aggregators import Count, Sum
from bigdata.arrays import strings
from bigdata.formats import blocks, splits
from bigdata.inputs import file_uri
from bigdata.multisets import Postings
from bigdata.plan import Stage
from bigdata.splits import Split
from bigdata.storage import File, ahead, disk_errors
from bigdata.tokens import TokenKeys

_BLOCK = 1 << 20
_SPLIT = 32 << 20
#: rows in a batch on disk
_ROWS = 1 << 14
#: counts in a block of lines, and in a batch of rows in memory
_LINES, _BATCH = 1 << 16, 1 << 17
#: a counter is never larger, so that its text has offsets of 32 bits
_MOST = 1 << 30
#: of how many tokens the kernel writes keys
_MOST_TOKENS = 4


def countable(stage: Stage) -> bool:
    """Whether a stage does nothing but count keys made of tokens, or tokens by document."""
    tokens = stage.twin.tokens if stage.twin is not None else None
    if tokens is None or tokens.tokenizer.ascii is None:
        return False
    return type(stage.aggregator) in ((Postings,) if tokens.document else (Sum, Count))


def is_plain(keys: TokenKeys) -> bool:
    """Whether the kernel can write keys as JSON has them, in the order of their bytes."""
    assert keys.tokenizer.ascii is not None
    if keys.form == "ngrams" and keys.size > _MOST_TOKENS:
        return False
    if not keys.separator:
        return keys.key == keys.column
    # a token that begins another must come before it, whether a separator or a quote follows
    bare = re.fullmatch(r"[ !#-\[\]-~]", keys.separator) is not None
    return bare and all(character > max('"', keys.separator) for character in keys.tokenizer.ascii)


@dataclass(frozen=True)
class Counted:
    """The counts of a stage's keys, in one of three forms.

    :param lines: blocks of the output's lines, in their order
    :param whole: a record batch with each key once
    :param path: an Arrow stream of partial counts
    """

    lines: Iterator[memoryview] | None = None
    whole: Any = None
    path: str = ""

    @property
    def schema(self) -> Any:
        """The key's column, ``value`` and perhaps ``file``."""
        if self.whole is not None:
            return self.whole.schema
        with _opened(self.path) as stream:
            return stream.schema

    def batches(self) -> Iterator[Any]:
        """The counts, from the beginning each time."""
        if self.whole is not None:
            yield self.whole
            return
        with _opened(self.path) as stream:
            yield from stream


def _opened(path: str) -> Any:
    import pyarrow

    # not mapped: mapped pages would count as memory of this process
    return pyarrow.ipc.open_stream(pyarrow.OSFile(path))


def count(
    keys: TokenKeys,
    sources: Sequence[Split],
    threads: int,
    budget: int,
    directory: str,
    progress: Callable[[int], None],
    as_lines: bool,
) -> Counted:
    """Count the keys of some files.

    :param sources: whole files
    :param budget: bytes of memory for the counts
    :param progress: is told bytes as they are read
    :param as_lines: whether to give lines, if memory allows; for plain keys
    """
    # a query takes the counts several times
    most = budget // ((1 if as_lines else 4) * threads)
    counting = _Counting(keys, most, os.path.join(directory, "counts.arrow"), progress)
    with closing(counting):
        return counting.finish(counting.run(sources, threads), as_lines)


def in_order(
    stage: Stage, sources: Sequence[Split], threads: int, budget: int, progress: Callable[[int], None]
) -> Iterator[Any] | None:
    """The pairs of a stage as Arrow record batches, in the order of their lines; ``None`` if they don't fit in memory.

    :param stage: one whose pairs :func:`has_order`
    :param budget: bytes of memory for the pairs
    """
    import pyarrow

    assert stage.twin is not None and stage.twin.tokens is not None and kernels.native is not None
    keys = stage.twin.tokens
    if keys.document or keys.source:
        found = _postings(keys, sources, threads, budget, progress)
        if found is None:
            return None
        ranked = isinstance(stage.aggregator, Postings) and stage.aggregator.ranked
        batches: Any = kernels.native.PostingBatches(*found, by_token=not keys.source, ranked=ranked, size=_BATCH)
    else:
        reading = _Reading(keys, budget // threads, False, progress)
        counters = reading.run(sources, threads)
        if reading.stop.is_set():
            return None
        batches = kernels.native.SortedBatches(counters, size=_BATCH)
    return _ranges(lambda number: pyarrow.record_batch(batches.read(number)), len(batches), threads)


def has_order(stage: Stage) -> bool:
    """Whether the kernel can give the pairs of a countable stage in the order of their lines."""
    assert stage.twin is not None and stage.twin.tokens is not None
    keys = stage.twin.tokens
    return bool(keys.source) or (is_plain(keys) and not keys.separator)


def index(
    keys: TokenKeys, ranked: bool, sources: Sequence[Split], threads: int, budget: int, progress: Callable[[int], None]
) -> Iterator[memoryview] | None:
    """The postings of some files' tokens as blocks of lines, in their order; ``None`` if they don't fit in memory.

    :param ranked: their order within a line; see :class:`~bigdata.Postings`
    :param budget: bytes of memory for the postings
    """
    postings = _postings(keys, sources, threads, budget, progress)
    if postings is None:
        return None
    assert kernels.native is not None
    lines = kernels.native.PostingLines(*postings, ranked, size=_LINES)
    return _ranges(lines.read, len(lines), threads)


def _postings(
    keys: TokenKeys, sources: Sequence[Split], threads: int, budget: int, progress: Callable[[int], None]
) -> tuple[list[Any], list[str]] | None:
    """The postings that threads found, and the documents' names in JSON; ``None`` if they don't fit in memory."""
    assert kernels.native is not None
    names = _documents(keys.document or keys.source, sources)
    # those of a token are in the order of the names, keys in that of their JSON
    documents = sorted({*names.values()}, key=json.dumps if keys.source else None)
    places = {name: place for place, name in enumerate(documents)}
    # sorting takes them twice
    indexing = _Indexing(keys, budget // threads, {path: places[name] for path, name in names.items()}, progress)
    postings = indexing.run(sources, threads)
    return None if indexing.stop.is_set() else (postings, [json.dumps(name) for name in documents])


def _ranges(read: Callable[[int], Any], number: int, threads: int) -> Iterator[Any]:
    """What is read in so many ranges, in their order; the next ones are made while one is written."""
    return ahead((partial(read, place) for place in range(number)), most=2 * threads, threads=threads)


def _documents(document: str, sources: Sequence[Split]) -> dict[str, str]:
    """The document of each file, by SQL over ``file``."""
    import duckdb

    paths = [source.path for source in sources]
    sql = f"SELECT {document} FROM (SELECT unnest(?) AS file)"
    with closing(duckdb.connect(":memory:")) as connection:
        found = connection.execute(sql, [[file_uri(path) for path in paths]]).fetchall()
    return {path: document for path, (document,) in zip(paths, found)}


class _Reading:
    """What threads that count the tokens of splits share; they stop where the counts don't fit.

    :param most: bytes of memory for the counts of a thread
    :param by_split: whether they are put away after each split
    """

    def __init__(self, keys: TokenKeys, most: int, by_split: bool, progress: Callable[[int], None]) -> None:
        self.keys, self.most, self.by_split, self.progress = keys, min(most, _MOST), by_split, progress
        self.stop = threading.Event()
        self._lock = threading.Lock()

    def run(self, sources: Sequence[Split], threads: int) -> list[Any]:
        """Count files; gives the counters with what wasn't put away."""
        work = iter(splits([File(source.path, source.length, source.source) for source in sources], _SPLIT))
        with ThreadPoolExecutor(threads) as pool:
            try:
                return [done.result() for done in [pool.submit(self._count, work) for _ in range(threads)]]
            except BaseException:
                self.stop.set()
                raise

    def _put(self, counter: Any, split: Split) -> None:
        """Take the counts out of a counter; those of `split`'s file, where keys or values depend on it."""
        self.stop.set()

    def _next(self, work: Iterator[Split]) -> Split | None:
        with self._lock:
            return next(work, None)

    def _counter(self) -> Any:
        """What a thread counts with."""
        keys = self.keys
        assert keys.tokenizer.ascii is not None and kernels.native is not None
        return kernels.native.TokenCounter(keys.tokenizer.ascii, True, keys.form, keys.size, self.most)

    def _count(self, work: Iterator[Split]) -> Any:
        counter = self._counter()
        try:
            while (split := self._next(work)) is not None and not self.stop.is_set():
                for block in blocks(split, _BLOCK):
                    if self.stop.is_set():
                        break
                    counter.update(block)
                    if counter.nbytes > self.most:
                        self._put(counter, split)
                    with self._lock:
                        self.progress(len(block))
                if self.by_split:
                    self._put(counter, split)
        except BaseException:
            self.stop.set()
            raise
        return counter


class _Indexing(_Reading):
    """Counts are put into postings by their document.

    :param numbers: of the documents, by the paths of their files
    """

    def __init__(self, keys: TokenKeys, most: int, numbers: dict[str, int], progress: Callable[[int], None]) -> None:
        super().__init__(keys, most, True, progress)
        self.numbers = numbers

    def _counter(self) -> Any:
        assert self.keys.tokenizer.ascii is not None and kernels.native is not None
        return kernels.native.Postings(self.keys.tokenizer.ascii, True)

    def _put(self, counter: Any, split: Split) -> None:
        counter.end_document(self.numbers[split.path])
        if counter.nbytes > self.most:
            self.stop.set()


class _Counting(_Reading):
    """Counts that don't fit go to disk."""

    def __init__(self, keys: TokenKeys, most: int, path: str, progress: Callable[[int], None]) -> None:
        super().__init__(keys, most, keys.by_file, progress)
        self.path = path
        self._file: Any = None
        self._sink: Any = None

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._file is not None:
            self._sink.close()
            self._file.close()
            self._file = None

    def _put(self, counter: Any, split: Split | None = None) -> None:
        batch = self._batch(counter, split)
        counter.clear()
        with self._lock, disk_errors(self.path):
            self._write(batch)

    def _write(self, batch: Any) -> None:
        import pyarrow

        if self._file is None:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            self._file = pyarrow.OSFile(self.path, "wb")
            self._sink = pyarrow.ipc.new_stream(self._file, batch.schema)
        for start in range(0, max(len(batch), 1), _ROWS):
            self._sink.write_batch(batch.slice(start, _ROWS))

    def _batch(self, counter: Any, split: Split | None) -> Any:
        import pyarrow

        batch = pyarrow.record_batch(counter).rename_columns([self.keys.column, "value"])
        if not self.keys.by_file:
            return batch
        [file] = strings(["" if split is None else file_uri(split.path)])
        return batch.append_column("file", pyarrow.repeat(file, len(batch)))

    def finish(self, counters: list[Any], as_lines: bool) -> Counted:
        """The counts of all threads."""
        if self._file is None and as_lines:
            assert kernels.native is not None
            lines = kernels.native.SortedLines(counters, self.keys.separator, size=_LINES)
            return Counted(lines=_ranges(lines.read, len(lines), len(counters)))
        if self._file is None and not self.keys.by_file and sum(counter.nbytes for counter in counters) <= self.most:
            whole, *others = counters
            for other in others:
                whole.merge(other)
            return Counted(whole=self._batch(whole, None))
        for counter in counters:
            self._put(counter)
        self.close()
        return Counted(path=self.path)
