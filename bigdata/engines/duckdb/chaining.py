"""Chained stages: what the kernel counts goes in order, batch by batch, through the SQL of the stage that reads it.

No pair is written between the two, and nothing is sorted twice: pairs come sorted by their keys, and mostly are so
still behind the mapper's twin, which is checked. Cut where another key begins, they are the groups that the reducer's
twin reads. Several batches are in the making at a time; their lines come in order.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain
from queue import SimpleQueue
from typing import Any

from bigdata import kernels
from bigdata.arrays import integers
from bigdata.engines.columns import NO_LINES, Unfit
from bigdata.engines.duckdb import counting
from bigdata.engines.duckdb.columnar import twin_errors, written
from bigdata.engines.duckdb.database import connect
from bigdata.engines.rows import Work
from bigdata.inputs import ONLY
from bigdata.plan import Stage
from bigdata.splits import Split
from bigdata.storage import ahead
from bigdata.tasks import JobSpec


def obstacle(stage: Stage, on_error: str) -> str | None:
    """What keeps a stage with a twin over the pairs of the stage before from being chained to it, or ``None``."""
    before = stage.before
    assert before is not None and stage.twin is not None and stage.mapper is not None
    if stage.mapper.functions != ("mapper",) or stage.mapper.pre_filter:
        return "its map is more than a mapper function"
    if stage.aggregator is not None or stage.combiner is not None:
        return "it has a combiner or an aggregator"
    if stage.reducer is not None and (stage.reducer.functions != ("reducer",) or stage.reducer.pre_filter):
        return "its reduce is more than a reducer function"
    if stage.reducer is not None and stage.reducer_twin is None:
        return "its reducer has no columnar twin"
    if any(twin is not None and twin.alphabet is not None for twin in (stage.twin, stage.reducer_twin)):
        return "its columnar twin has an alphabet, which is for lines of text"
    if kernels.native is None:
        return f"native kernels, which its columnar twin needs, are {kernels.missing}"
    if before.before is not None or not counting.countable(before) or not counting.has_order(before):
        return "native code doesn't count the pairs that its columnar twin reads"
    if not stage.in_json:
        return "its protocols are not standard JSON"
    if (stage.reduces or 1) > 1:
        return f"it has {stage.reduces} reducers"
    return None if on_error == "fail" else f"--on-error {on_error} watches each record"


def run(
    spec: JobSpec, work: Work, sources: Sequence[Split], threads: int, progress: Callable[[int], None]
) -> list[str]:
    """Run a stage and the one before it; gives the part files.

    :param sources: whole files
    :param progress: is told bytes as they are read
    :raises Unfit: when the stages are to run one after the other
    """
    stage = work.stage
    assert stage.before is not None and stage.twin is not None
    if any(source.holds_pairs for source in sources):
        raise Unfit(NO_LINES)
    directory = work.attempt_directory("chained", 0, 0)
    counted = counting.in_order(stage.before, sources, threads, work.budget, progress)
    if counted is None:
        raise Unfit("the pairs before it don't fit in memory")
    with _Queries(work, directory, threads) as queries:
        if stage.reducer_twin is None:
            lines = queries.each(partial(queries.lines, stage.twin.sql), counted)
        else:
            pairs = queries.each(partial(queries.run, stage.twin.sql), counted)
            groups = _groups(pairs, stage.sort_values, work.budget // 4)
            lines = queries.each(partial(queries.lines, stage.reducer_twin.sql), groups)
        return written(spec, work, directory, chain.from_iterable(lines))


class _Queries:
    """Runs SQL over batches, in several threads."""

    def __init__(self, work: Work, directory: str, threads: int) -> None:
        self._work, self._directory, self._threads = work, directory, threads
        self._idle: SimpleQueue[Any] = SimpleQueue()
        self._open = ExitStack()

    def __enter__(self) -> _Queries:
        for number in range(self._threads):
            spill = os.path.join(self._directory, f"spill-{number}")
            connection = self._open.enter_context(connect(spill, self._work.budget // self._threads, 1))
            connection.execute("SET preserve_insertion_order = true")
            self._idle.put(connection)
        return self

    def __exit__(self, *exception: Any) -> None:
        self._open.__exit__(*exception)

    def each(self, function: Callable[[Any], Any], batches: Iterable[Any]) -> Iterator[Any]:
        """What a function gives for each batch, in their order."""
        calls = (partial(function, batch) for batch in batches)
        results = ahead(calls, most=2 * self._threads, threads=self._threads)
        self._open.callback(results.close)
        return results

    def run(self, sql: str, batch: Any) -> Any:
        """The result of a query over a batch, as the view `input`, in order."""
        import pyarrow

        connection = self._idle.get()
        try:
            with twin_errors(self._work.label):
                connection.register(ONLY, pyarrow.Table.from_batches([batch]))
                return connection.sql(f"SELECT key, value FROM ({sql})").to_arrow_table()
        finally:
            self._idle.put(connection)

    def lines(self, sql: str, batch: Any) -> list[memoryview]:
        """That result as lines, in blocks."""
        assert kernels.native is not None
        try:
            return [kernels.native.json_lines(part) for part in self.run(sql, batch).to_batches()]
        except ValueError as error:
            raise Unfit(f"of what its columnar twin gives, {error}") from None


def _groups(tables: Iterable[Any], sort_values: bool, most: int) -> Iterator[Any]:
    """Pairs in order as batches with the columns ``key`` and ``values``, a row for each key.

    :param sort_values: whether values are in order too
    :param most: bytes of a group
    :raises Unfit: where they are not in order, or a group is larger
    """
    import numpy
    import pyarrow

    assert kernels.native is not None
    rest = None
    for table in tables:
        for batch in table.to_batches():
            if rest is not None:
                batch = pyarrow.concat_batches([rest, batch])
            begins = kernels.native.json_groups(batch, sort_values)
            if begins is None:
                raise Unfit("its mapper's pairs are not in order")
            starts = numpy.frombuffer(begins, numpy.int64)
            last = int(starts[-1]) if len(starts) else 0
            if last:
                yield _grouped(batch.slice(0, last), starts)
            rest = batch.slice(last)
            if rest.nbytes > most:
                raise Unfit("the values of a key don't fit in memory")
    if rest is not None and len(rest):
        yield _grouped(rest, numpy.array([0, len(rest)]))


def _grouped(batch: Any, borders: Any) -> Any:
    """Rows as groups.

    :param borders: the row at which each begins, and the number of rows
    """
    import numpy
    import pyarrow

    values = pyarrow.ListArray.from_arrays(integers(borders.astype(numpy.int32)), batch["value"])
    return pyarrow.record_batch([batch["key"].take(integers(borders[:-1])), values], ["key", "values"])
