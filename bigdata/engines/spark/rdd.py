"""The rdd way: a stage as two sets of tasks with Spark's shuffle between them.

A map task gives the shuffle elements ``((partition, key, value), None)`` and, as its last, ``((partition,), report)``.
The report goes to one of the reducers, which hands it to the driver with its own. So the counters that the driver adds
up are those of the attempts whose pairs were reduced: each exactly once, whatever Spark ran twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from pyspark import RDD, SparkContext

from bigdata.codecs import BytePair, by_key
from bigdata.engines import rows
from bigdata.engines.spark.tasks import StageTasks, task_context
from bigdata.engines.spills import pairs_of
from bigdata.splits import Split

#: (number of the map task, what it reports)
MapReport = tuple[int, rows.TaskReport]
Place = tuple[Any, ...]
Element = tuple[Place, MapReport | None]


def run(
    context: SparkContext, tasks: StageTasks, sources: Sequence[Split]
) -> tuple[list[rows.TaskReport], list[rows.TaskReport]]:
    """Run a stage; gives the reports of its map tasks and of its reduce tasks, each in their order."""
    mapped = context.parallelize(sources, len(sources)).mapPartitionsWithIndex(partial(map_task, tasks))
    if tasks.work.stage.map_only:
        return _in_order(report for _, report in mapped.collect() if report is not None), []
    answers = sorted_in_partitions(mapped, tasks).mapPartitionsWithIndex(partial(reduce_task, tasks)).collect()
    return _in_order(report for _, reports in answers for report in reports), [done for done, _ in answers]


def _in_order(reports: Iterator[MapReport]) -> list[rows.TaskReport]:
    return [report for _, report in sorted(reports, key=itemgetter(0))]


def sorted_in_partitions(elements: RDD[Element], tasks: StageTasks) -> RDD[Element]:
    """Elements where their places say, sorted by the bytes of the key, and of the value if the stage wants that."""
    order = _key_and_value if tasks.work.stage.sort_values else _key
    return elements.repartitionAndSortWithinPartitions(tasks.work.partitions, itemgetter(0), True, order)


def _key(place: Place) -> Place:
    return place[:2]


def _key_and_value(place: Place) -> Place:
    return place if len(place) == 1 else (*place[:2], place[2] or b"")


def map_task(tasks: StageTasks, number: int, sources: Iterator[Split]) -> Iterator[Element]:
    """Map one split: into a part file where the stage is map-only, else into elements for the shuffle."""
    [source] = sources  # to its end: Spark doesn't use a worker again that has left some of its input
    with tasks.here() as work:
        task = rows.MapWork(work, number, source)
        report = rows.run_map_task(tasks.shipped.spec(), task, task_context().attemptNumber())
        if report.part is not None:
            report.part = tasks.publish(report.part, number)
        for partition, runs in enumerate(report.runs):
            for run in runs:
                for key, value in pairs_of(run):
                    yield (partition, key, value), None
        report.runs = []
        yield (number % work.partitions,), (number, report)


def reduce_task(
    tasks: StageTasks, number: int, elements: Iterator[Element]
) -> Iterator[tuple[rows.TaskReport, list[MapReport]]]:
    """Reduce one partition into a part file; gives its report and those of map tasks that came along."""
    reports: list[MapReport] = []
    with tasks.here() as work:
        groups = by_key(pairs_among(elements, reports))
        done = rows.run_reduce_task(tasks.shipped.spec(), work, number, task_context().attemptNumber(), groups)
        done.part = tasks.publish(done.part, number)
        yield done, reports


def pairs_among(elements: Iterator[Element], reports: list[MapReport]) -> Iterator[BytePair]:
    """The pairs of a partition; what else is among its elements goes to `reports`."""
    for place, report in elements:
        if report is None:
            yield place[1], place[2]
        else:
            reports.append(report)
