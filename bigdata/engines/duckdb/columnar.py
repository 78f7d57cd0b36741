"""The columnar way: a stage as one DuckDB query over its mapper's twin, with no Python a record.

Blocks of text become Arrow string arrays over the bytes that were read, DuckDB maps and groups them, and the kernel, or
DuckDB without it, makes lines of the result and sorts them. Lines with characters outside the twin's alphabet are found
in a first pass over the input, which costs little where the text is ASCII, and go through the Python mapper into a
second table. Where keys are made of tokens and only counted, the kernel reads the text, and the query gets its counts.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from bigdata import attempt, kernels, parquet
from bigdata.arrays import strings
from bigdata.codecs import flat, split, writes_standard_json
from bigdata.engines.columns import (
    MOST_FOREIGN,
    NO_LINES,
    Foreign,
    Unfit,
    line_array,
    line_batch,
    lines_schema,
    pairs_text,
    query_text,
    text_blocks,
    unfit_types,
)
from bigdata.engines.duckdb import buckets, counting
from bigdata.engines.duckdb.database import connect, noted
from bigdata.engines.duckdb.encoding import Encoder, Query
from bigdata.engines.duckdb.ordering import in_order
from bigdata.engines.records import row_batches
from bigdata.engines.rows import Work
from bigdata.engines.spills import grouped, partition_function
from bigdata.errors import BadPair, DecodeError, EncodeError, MemoryLimit, TaskFailed, UnsupportedPlan, UsageError
from bigdata.formats import table_of
from bigdata.inputs import ONLY
from bigdata.multisets import Postings
from bigdata.plan import Stage
from bigdata.splits import Split
from bigdata.tasks import JobSpec, MapTask
from bigdata.tokens import TokenKeys

log = logging.getLogger("mrjob.bigdata")

#: how many foreign lines are few, whatever their share; and what a pair of theirs takes up, in bytes
_FEW, _ROW = 1000, 400


@dataclass(frozen=True)
class _Pairs:
    """The pairs that a stage aggregates, and what they are read from.

    :param sql: gives ``key`` and ``value``
    :param views: the schema of each view that it reads, and what reads its record batches
    :param aggregated: the query that aggregates the pairs of another
    """

    sql: str
    views: dict[str, tuple[Any, Callable[[], Iterator[Any]]]]
    aggregated: Callable[[str], str]


def counts_natively(stage: Stage) -> bool:
    """Whether the kernel counts a stage's keys, and DuckDB at most writes them."""
    return kernels.native is not None and counting.countable(stage)


def _counted(
    work: Work, keys: TokenKeys, sources: Sequence[Split], threads: int, directory: str, advance: Callable[[int], None]
) -> tuple[Query, counting.Counted]:
    """The counts of a stage's keys, and its query, which DuckDB looks at meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        query = pool.submit(query_of, work.stage, work.label)

        def noted(size: int) -> None:
            if query.done():
                query.result()  # where the query is refused, there is nothing to count for
            advance(size)

        counts = counting.count(keys, sources, threads, work.budget, directory, noted, as_lines=False)
    return query.result(), counts


def _pairs(keys: TokenKeys, counts: counting.Counted) -> _Pairs:
    """The pairs of a stage whose keys the kernel has counted."""
    is_done = counts.whole is not None and keys.key == keys.column
    return _Pairs(
        f"SELECT {keys.key} AS key, value FROM counts",
        {"counts": (counts.schema, counts.batches)},
        lambda pairs: pairs if is_done else f"SELECT key, sum(value) AS value FROM ({pairs}) AS pairs GROUP BY key",
    )


def _mapped(
    work: Work, sources: Sequence[Split], foreign: Foreign, table: Any, threads: int, progress: Callable[[int], None]
) -> _Pairs:
    """The pairs of a stage that SQL maps.

    :param table: the mapper's pairs of foreign lines, if there are any
    """
    stage = work.stage
    views: dict[str, tuple[Any, Callable[[], Iterator[Any]]]] = {
        name: (schema, partial(_batches, stage, name, sources, foreign, work.label, threads, progress))
        for name, schema in _views(stage).items()
    }
    if table is not None:
        views["foreign_pairs"] = (table.schema, lambda: iter(table.to_batches()))
    return _Pairs(pairs_text(stage, table is not None), views, partial(query_text, stage))


def query_of(stage: Stage, label: str) -> Query:
    """The query that maps and aggregates a stage's input.

    :raises UsageError: for a twin that DuckDB can't run, or that gives no key and value
    """
    import duckdb
    import pyarrow

    sql = query_text(stage, pairs_text(stage))
    with contextlib.closing(duckdb.connect(":memory:")) as connection:
        for name, schema in _views(stage).items():
            connection.register(name, pyarrow.Table.from_batches([], schema))
        try:
            _name_join(connection, stage)
            mapped = _types(connection, pairs_text(stage))
            types = _types(connection, sql)
        except duckdb.Error as error:
            raise UsageError(
                f"{label}: the mapper's columnar twin is no query that DuckDB can run: {_first(error)}"
            ) from None
    obstacle = unfit_types(stage, mapped["key"], mapped["value"])
    if obstacle is not None:
        raise Unfit(obstacle)
    return Query(sql, types["key"], types["value"])


def _types(connection: Any, sql: str) -> dict[str, str]:
    return {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {sql}").fetchall()}


def _first(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def run(
    spec: JobSpec, work: Work, sources: Sequence[Split], threads: int, progress: Callable[[int], None]
) -> tuple[list[str], int]:
    """Run a stage; gives its part files in the order of the partitions, and how many lines went through the mapper.

    :param sources: whole files
    :param progress: is told bytes as they are read
    :raises Unfit: when the mapper is the better way, or the query fails on the data
    """
    stage = work.stage
    if not stage.formats and any(source.holds_pairs for source in sources):
        raise Unfit(NO_LINES)
    directory = work.attempt_directory("columnar", 0, 0)
    job = spec.build(stage.number, "mapper" if stage.map_only else "reducer")
    write = job.pick_protocols(stage.number, "mapper" if stage.map_only else "reducer")[1]
    count = 0
    keys = stage.twin.tokens if stage.twin is not None and counts_natively(stage) else None
    if isinstance(stage.aggregator, Postings) and keys is not None and writes_standard_json(write):
        lines = counting.index(keys, stage.aggregator.ranked, sources, threads, work.budget, progress)
        if lines is not None:
            return written(spec, work, directory, lines), 0
        log.info("%s: the postings don't fit in memory; making them in SQL", work.label)
    if keys is not None and not keys.document:
        if counting.is_plain(keys) and writes_standard_json(write):
            counts = counting.count(keys, sources, threads, work.budget, directory, progress, as_lines=True)
            if counts.lines is not None:
                return written(spec, work, directory, counts.lines), 0
            query = query_of(stage, work.label)
        else:
            query, counts = _counted(work, keys, sources, threads, directory, progress)
        pairs = _pairs(keys, counts)
    else:
        query = query_of(stage, work.label)
        foreign = Foreign(stage.twin)
        table = None
        if stage.twin is not None and stage.twin.foreign is not None and not stage.formats:
            table, count = _foreign_pairs(spec, work, sources, foreign, directory)
        pairs = _mapped(work, sources, foreign, table, threads, progress)

    # work.budget is half of the run's share; DuckDB may have most of the other half too
    memory = work.budget * 3 // 2
    connected = partial(_connected, work, pairs, directory, memory, threads)
    lines_of = Encoder(query, write, work.label, stage.aggregator)
    try:
        with connected() as connection:
            sql = pairs.aggregated(pairs.sql)
            if lines_of.natively:
                unsorted = lines_of.blocks(connection, sql, threads)
                blocks = unsorted if stage.map_only else in_order(unsorted, work.budget // 2, memory, directory)
            else:
                blocks = lines_of(connection, sql, ordered=not stage.map_only)
            return written(spec, work, directory, blocks), count
    except MemoryLimit:
        if stage.aggregator is None:
            raise
    log.info("%s: the keys don't fit under the memory limit; grouping them in buckets", work.label)
    size = sum(source.length for source in sources)
    with connected() as connection:
        result = buckets.grouped(
            connection,
            pairs.sql,
            lambda grouping: lines_of.sql(grouping, pairs.aggregated("SELECT key, value FROM pairs")),
            size,
            memory,
            threads,
            directory,
        )
    schema, read = buckets.stored(result)
    ordered = buckets.ordered(read, schema, [lines_of.order], os.path.getsize(result), memory, directory)
    return written(spec, work, directory, map(lines_of.encoded, ordered)), count


@contextlib.contextmanager
def _connected(work: Work, pairs: _Pairs, directory: str, memory: int, threads: int) -> Iterator[Any]:
    """A connection with the views of what a stage aggregates."""
    import pyarrow

    failures: list[BaseException] = []
    inputs = []
    spill = os.path.join(directory, "spill")
    with twin_errors(work.label), connect(spill, memory, threads, failures) as connection:
        connection.execute(f"SET preserve_insertion_order = {str(work.stage.map_only).lower()}")
        for name, (schema, read) in pairs.views.items():
            inputs.append(noted(read(), failures))
            connection.register(name, pyarrow.RecordBatchReader.from_batches(schema, inputs[-1]))
        _name_join(connection, work.stage)
        yield connection
        for rest in inputs:  # a join with nothing leaves an input unread, and its bad records unseen
            deque(rest, maxlen=0)


def written(spec: JobSpec, work: Work, directory: str, blocks: Iterable[Any]) -> list[str]:
    """Write blocks of lines to part files, one a partition; gives their paths."""
    partitions = 1 if work.stage.map_only else work.partitions
    parts = [work.part(os.path.join(directory, f"part-{number:05d}"), spec) for number in range(partitions)]
    deal = partition_function(work.stage, partitions)
    for block in blocks:
        if partitions == 1:
            parts[0].write_block(block)
            continue
        groups = grouped(split(line) for line in bytes(block).split(b"\n")[:-1])
        for part, members in zip(parts, deal(groups)):
            for key, value in flat(members.items()):
                part.add(key, value)
    return [part.close() for part in parts]


#: what DuckDB says of data that a query fails on; from a result that is streamed, in an OSError of Arrow's
_ON_DATA = re.compile("(Conversion|Invalid Input|Out of Range|Type Mismatch|Mismatch Type) Error: ")


@contextlib.contextmanager
def twin_errors(label: str) -> Iterator[None]:
    import duckdb

    try:
        yield
    except (duckdb.DataError, duckdb.ProgrammingError, OSError) as error:
        if "already been consumed" in str(error):
            raise UsageError(
                f"{label}: the mapper's columnar twin reads an input twice. Unnest a list for several pairs a line."
            ) from None
        if _ON_DATA.match(str(error)):
            raise Unfit(f"the mapper's twin failed ({_first(error)})") from None
        if isinstance(error, OSError):
            raise
        raise TaskFailed(f"{label}: the mapper's columnar twin failed: {_first(error)}") from None


def _views(stage: Stage) -> dict[str, Any]:
    """The Arrow schemas of what a stage's query reads, by name."""
    if stage.formats:
        return {name: parquet.schema_of(records.columns) for name, records in stage.formats.items()}
    return {ONLY: lines_schema()}


def _name_join(connection: Any, stage: Stage) -> None:
    if stage.joined is not None:
        connection.execute(f"CREATE VIEW {ONLY} AS {stage.joined.sql(stage.formats)}")


def _batches(
    stage: Stage,
    name: str,
    sources: Sequence[Split],
    foreign: Foreign,
    label: str,
    threads: int,
    progress: Callable[[int], None],
) -> Iterator[Any]:
    if not stage.formats:
        for source in sources:
            for block in text_blocks([source]):
                progress(len(block))
                lines = strings(foreign.part(block)[0]) if foreign.in_block(block) else line_array(block)
                yield line_batch(lines, source)
        return
    for source in sources:
        if source.source == name:
            yield from row_batches([source], stage.formats[name], label, threads)
            progress(source.length)


def _foreign_pairs(
    spec: JobSpec, work: Work, sources: Sequence[Split], foreign: Foreign, directory: str
) -> tuple[Any, int]:
    """The pairs that the mapper gives for foreign lines, as an Arrow table, and how many lines those are."""
    rows: list[dict[str, Any]] = []

    def sink(pairs: Iterable[Any]) -> None:
        for pair in pairs:
            key, value = pair
            rows.append({"key": key, "value": value})

    seen = found = size = 0
    for number, source in enumerate(sources):
        place = work.at("mapper", number, 0, directory, (source.path, source.start, source.length, source.source))
        with contextlib.ExitStack() as task:
            mapping = None
            for block in text_blocks([source]):
                seen += len(block)
                if not foreign.in_block(block):
                    continue
                lines = foreign.part(block)[1]
                found += len(lines)
                size += sum(map(len, lines))
                if found > _FEW and size > MOST_FOREIGN * seen:
                    raise Unfit(f"over {MOST_FOREIGN:.0%} of the text is outside the alphabet of the mapper's twin")
                if len(rows) * _ROW > work.budget // 2:
                    raise Unfit("the lines outside the alphabet of the mapper's twin don't fit in memory")
                if mapping is None:
                    job = spec.build(work.stage.number, "mapper")
                    reporter = task.enter_context(attempt.at(place))
                    job.sandbox(stderr=reporter)
                    mapping = MapTask(job, work.stage, work.label, sink)
                try:
                    mapping.run([lines])
                except (DecodeError, TaskFailed, EncodeError, BadPair) as error:
                    # where all lines are mapped, the message has the line's place
                    raise Unfit(f"the mapper failed on a line outside its twin's alphabet ({error})") from None
                if reporter.counters:
                    raise UnsupportedPlan(
                        f"duckdb cannot run {work.label}: its mapper counts, and its columnar twin can't."
                        " Take @columnar off."
                    )
    return table_of(rows) if rows else None, found if rows else 0
