"""What a query of the sql way reads: the lines that are native to its twin, and the mapper's pairs of the others."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import cloudpickle
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.types import StructType

from bigdata import attempt
from bigdata.arrays import strings
from bigdata.engines.columns import Foreign, line_array, line_batch, text_blocks
from bigdata.engines.records import row_batches
from bigdata.engines.spark.faults import carried
from bigdata.engines.spark.tasks import StageTasks
from bigdata.records import Records
from bigdata.splits import Split
from bigdata.tasks import MapTask
from bigdata.twins import Twin

_CONF = {
    "spark.sql.ansi.enabled": "true",  # a sum that overflows is an error, and no other number
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.session.timeZone": "UTC",
}


class Table(DataSource):
    """A table that comes with its reader, pickled in its option ``reader``."""

    @classmethod
    def name(cls) -> str:
        return "bigdata"

    def reader(self, schema: StructType) -> DataSourceReader:
        found: DataSourceReader = pickle.loads(base64.b64decode(self.options["reader"]))
        return found


@cache
def _made(session: SparkSession, application: str) -> SparkSession:
    sql = session.newSession()
    for name, value in _CONF.items():
        sql.conf.set(name, value)
    sql.dataSource.register(Table)
    return sql


@contextmanager
def beside(session: SparkSession) -> Iterator[SparkSession]:
    """A session of the same application with a configuration and views of its own, that knows :class:`Table`.

    Spark looks for a source in the session that is active in Java when it plans, so this one is meanwhile.
    """
    sql = _made(session, str(session.sparkContext.applicationId))
    java = SparkSession._get_j_spark_session_class(session._jvm)
    active = java.getActiveSession()
    java.setActiveSession(sql._jsparkSession)
    try:
        yield sql
    finally:
        if active.isDefined():
            java.setActiveSession(active.get())
        else:
            java.clearActiveSession()


def table_of(session: SparkSession, reader: DataSourceReader, schema: StructType | str) -> DataFrame:
    """What `reader` reads.

    :param session: that of :func:`beside`
    """
    sent = base64.b64encode(cloudpickle.dumps(reader)).decode("ascii")
    return session.read.format(Table.name()).schema(schema).option("reader", sent).load()


@dataclass
class _SplitReader(DataSourceReader):
    sources: Sequence[Split]

    def partitions(self) -> Sequence[InputPartition]:
        return [_Numbered(source, number) for number, source in enumerate(self.sources)]


class _Numbered(InputPartition):
    def __init__(self, source: Split, number: int) -> None:
        super().__init__(source)
        self.number = number


@dataclass
class NativeLines(_SplitReader):
    """Reads the columns ``line`` and ``file``, a partition a split."""

    twin: Twin

    def read(self, partition: InputPartition) -> Iterator[Any]:
        foreign = Foreign(self.twin)
        with carried():
            for block in text_blocks([partition.value]):
                lines = strings(foreign.part(block)[0]) if foreign.in_block(block) else line_array(block)
                batch = line_batch(lines, partition.value)
                yield batch.set_column(1, "file", batch["file"].dictionary_decode())


@dataclass
class Rows(_SplitReader):
    """Reads the records of one input, a partition a split."""

    records: Records
    label: str

    @property
    def schema(self) -> str:
        types = {"str": "string", "int": "bigint", "float": "double", "floats": "array<double>"}
        return ", ".join(f"`{column.name}` {types[column.type]}" for column in self.records.columns)

    def read(self, partition: InputPartition) -> Iterator[Any]:
        with carried():
            yield from row_batches([partition.value], self.records, self.label)


@dataclass
class ForeignPairs(_SplitReader):
    """Reads the columns ``key`` and ``value``, a partition a split: what the mapper makes of the foreign lines."""

    tasks: StageTasks

    def read(self, partition: InputPartition) -> Iterator[tuple[Any, Any]]:
        assert isinstance(partition, _Numbered)
        source = partition.value
        found: list[tuple[Any, Any]] = []

        def sink(pairs: Iterable[Any]) -> None:
            for pair in pairs:
                key, value = pair
                found.append((key, value))

        with self.tasks.here() as work:
            assert work.stage.twin is not None
            foreign = Foreign(work.stage.twin)
            file = (source.path, source.start, source.length, source.source)
            with attempt.at(work.at("mapper", partition.number, 0, work.directory, file)) as reporter:
                job = self.tasks.shipped.spec().build(work.stage.number, "mapper")
                job.sandbox(stderr=reporter)
                mapping = MapTask(job, work.stage, work.label, sink)
                for block in text_blocks([source]):
                    if foreign.in_block(block):
                        mapping.run([foreign.part(block)[1]])
                        yield from found
                        found.clear()
