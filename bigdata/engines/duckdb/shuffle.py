"""The shuffle: the runs of a partition come out sorted by key, and go through a reduce task.

A reducer reads the runs of its partition in the order of the map tasks: into a table while they fit in its share of
memory, else DuckDB sorts them, out of core. Pairs with equal keys keep the order in which they were emitted, so that a
run gives the same output however many workers it had.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bigdata.arrays import integers
from bigdata.codecs import ByteGroup, BytePair, by_key
from bigdata.engines import rows
from bigdata.engines.spills import Run, columns_of, in_order, merged
from bigdata.tasks import JobSpec


@dataclass(frozen=True)
class ReduceWork:
    """One reduce task: the runs of a partition."""

    work: rows.Work
    number: int
    runs: tuple[Run, ...]


def run_sorted_reduce_task(spec: JobSpec, task: ReduceWork, number: int) -> rows.TaskReport:
    """Run one reduce task over its sorted runs."""
    work = task.work
    temporary = os.path.join(work.directory, f"sort-{task.number:05d}-{number}")
    groups = sorted_groups(task.runs, work.budget, work.stage.sort_values, temporary)
    return rows.run_reduce_task(spec, work, task.number, number, groups)


def sorted_groups(runs: Sequence[Run], budget: int, sort_values: bool, temp_directory: str) -> Iterator[ByteGroup]:
    """The groups of some runs, sorted by the bytes of their keys, and each by those of its values if `sort_values`.

    :param runs: in the order in which their pairs were emitted
    :param budget: bytes; more than that is sorted out of core
    """
    if sum(run.size for run in runs) > budget:
        return by_key(_sorted_out_of_core(runs, budget, sort_values, temp_directory))
    groups = runs[0].groups if len(runs) == 1 and runs[0].path is None else merged(runs)
    if sort_values:
        groups = {key: sorted(values, key=lambda value: value or b"") for key, values in groups.items()}
    return in_order(groups)


def _sorted_out_of_core(runs: Sequence[Run], budget: int, sort_values: bool, directory: str) -> Iterator[BytePair]:
    import numpy
    import pyarrow

    from bigdata.engines.duckdb import buckets

    schema = pyarrow.schema([("key", pyarrow.binary()), ("value", pyarrow.binary()), ("place", pyarrow.int64())])

    def numbered() -> Iterator[Any]:
        place = 0
        for run in runs:
            for keys, values in columns_of(run):
                places = numpy.arange(place, place + len(keys))
                place += len(keys)
                yield pyarrow.record_batch([keys, values, integers(places)], schema)

    size = sum(os.path.getsize(run.path) if run.path else run.size for run in runs)
    by = ["key", "coalesce(value, ''::BLOB)", "place"] if sort_values else ["key", "place"]
    # the budget is half of the task's share; DuckDB may have most of the rest too, but for what runs hold in memory
    memory = budget * 3 // 2 - sum(run.size for run in runs if run.path is None)
    for batch in buckets.ordered(numbered, schema, by, size, memory, directory):
        yield from zip(batch["key"].to_pylist(), batch["value"].to_pylist())
