"""The sql way: a stage as one Spark SQL query over its mapper's twin, with no Python a record in the map.

Python reads the splits, because only so every engine reads the same lines from the same bytes; blocks of lines go to
Spark as Arrow. A first pass counts the lines with characters outside the twin's alphabet. If there are any, the mapper
makes pairs of them, which join the twin's. The result's pairs are encoded with the job's protocol, then placed and
sorted by their bytes as in the rdd way.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql.types import StructType

from bigdata.codecs import BytePair, flat, join, pair_encoder
from bigdata.engines.columns import MOST_FOREIGN, NO_LINES, Foreign, Unfit, pairs_text, plain, text_blocks, unfit_types
from bigdata.engines.spark import dialect
from bigdata.engines.spark.faults import carried, cause_of, first_line
from bigdata.engines.spark.rdd import Element, pairs_among, sorted_in_partitions
from bigdata.engines.spark.tables import ForeignPairs, NativeLines, Rows, beside, table_of
from bigdata.engines.spark.tasks import StageTasks
from bigdata.engines.spills import grouped, partition_function
from bigdata.explain import encode_or_explain
from bigdata.inputs import ONLY
from bigdata.splits import Split

_BATCH = 1 << 13


def run(session: SparkSession, tasks: StageTasks, sources: Sequence[Split]) -> tuple[list[str], int]:
    """Run a stage; gives its part files in order, and how many lines went through the mapper.

    :raises Unfit: when the mapper is the better way, or Spark SQL refuses the query
    """
    if not tasks.work.stage.formats and any(source.holds_pairs for source in sources):
        raise Unfit(NO_LINES)
    try:
        foreign = _count_foreign(session, tasks, sources)
        with beside(session) as sql:
            return _parts(_result(sql, tasks, sources, foreign > 0), tasks), foreign
    except (PySparkException, Py4JJavaError) as error:
        cause = cause_of(error)
        if cause is None and isinstance(error, PySparkException):
            raise Unfit(f"Spark SQL can't run the mapper's twin: {first_line(error)}") from None
        raise


def _count_foreign(session: SparkSession, tasks: StageTasks, sources: Sequence[Split]) -> int:
    twin = tasks.work.stage.twin
    if twin is None or twin.alphabet is None:
        return 0
    counts = session.sparkContext.parallelize(sources, len(sources)).map(partial(foreign_lines, tasks)).collect()
    lines, foreign = map(sum, zip(*counts))
    if foreign > MOST_FOREIGN * lines:
        raise Unfit(f"over {MOST_FOREIGN:.0%} of the lines are outside the alphabet of the mapper's twin")
    return foreign


def foreign_lines(tasks: StageTasks, source: Split) -> tuple[int, int]:
    """How many lines a split has, and how many of them are foreign to the twin."""
    assert tasks.work.stage.twin is not None
    foreign = Foreign(tasks.work.stage.twin)
    lines = found = 0
    with carried():
        for block in text_blocks([source]):
            lines += block.count(b"\n") + (not block.endswith(b"\n"))
            if foreign.in_block(block):
                found += len(foreign.part(block)[1])
    return lines, found


def _result(sql: SparkSession, tasks: StageTasks, sources: Sequence[Split], foreign: bool) -> DataFrame:
    """The query's result, with the columns ``key`` and ``value``."""
    _name_inputs(sql, tasks, sources)
    mapped = sql.sql(dialect.translated(pairs_text(tasks.work.stage))).schema
    obstacle = unfit_types(tasks.work.stage, *(mapped[name].dataType.simpleString() for name in ("key", "value")))
    if obstacle is not None:
        raise Unfit(obstacle)
    if foreign:
        types = StructType().add("key", mapped["key"].dataType).add("value", mapped["value"].dataType)
        table_of(sql, ForeignPairs(sources, tasks), types).createOrReplaceTempView("foreign_pairs")
    return sql.sql(dialect.query_of(tasks.work.stage, foreign))


def _name_inputs(sql: SparkSession, tasks: StageTasks, sources: Sequence[Split]) -> None:
    """Make views of what the stage's query reads."""
    stage = tasks.work.stage
    if not stage.formats:
        assert stage.twin is not None
        table_of(sql, NativeLines(sources, stage.twin), "line string, file string").createOrReplaceTempView(ONLY)
    for name, records in stage.formats.items():
        rows = Rows([source for source in sources if source.source == name], records, tasks.work.label)
        table_of(sql, rows, rows.schema).createOrReplaceTempView(name)
    if stage.joined is not None:
        sql.sql(dialect.translated(stage.joined.sql(stage.formats))).createOrReplaceTempView(ONLY)


def _parts(result: DataFrame, tasks: StageTasks) -> list[str]:
    if tasks.work.stage.map_only:
        written = result.rdd.mapPartitionsWithIndex(partial(write_lines, tasks)).collect()
    else:
        encoded = result.rdd.mapPartitions(partial(encode, tasks))
        written = sorted_in_partitions(encoded, tasks).mapPartitionsWithIndex(partial(write_pairs, tasks)).collect()
    return [part for _, part in sorted(written, key=itemgetter(0))]


def encode(tasks: StageTasks, records: Iterable[Row]) -> Iterator[Element]:
    """The elements for the shuffle of some records of the result."""
    deal = partition_function(tasks.work.stage, tasks.work.partitions)
    pairs = _encoded(tasks, records, "reducer")
    while batch := list(itertools.islice(pairs, _BATCH)):
        for partition, groups in enumerate(deal(grouped(batch))):
            for key, value in flat(groups.items()):
                yield (partition, key, value), None


def _encoded(tasks: StageTasks, records: Iterable[Row], role: str) -> Iterator[BytePair]:
    with carried():
        job = tasks.shipped.spec().build(tasks.work.stage.number, role)
        write = pair_encoder(job.pick_protocols(tasks.work.stage.number, role)[1])
        encode = encode_or_explain(write, tasks.work.label)
        aggregator = tasks.work.stage.aggregator
        for record in records:
            values = record.asDict(recursive=True)
            result = plain(values["value"])
            yield encode(plain(values["key"]), result if aggregator is None else aggregator.from_sql(result))


def write_lines(tasks: StageTasks, number: int, records: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Write records of a map-only stage to a part file."""
    return _write(tasks, number, _encoded(tasks, records, "mapper"))


def write_pairs(tasks: StageTasks, number: int, elements: Iterator[Element]) -> Iterator[tuple[int, str]]:
    """Write a partition of the result, in its order, to a part file."""
    return _write(tasks, number, pairs_among(elements, []))


def _write(tasks: StageTasks, number: int, pairs: Iterable[BytePair]) -> Iterator[tuple[int, str]]:
    with tasks.here() as work:
        part = work.part(f"{work.directory}/part", tasks.shipped.spec())
        for key, value in pairs:
            part.write(join(key, value))
        yield number, tasks.publish(part.close(), number)
