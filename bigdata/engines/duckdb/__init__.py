"""The duckdb engine: Hadoop's stages on one machine, done with columns where it can be.

Each stage takes the best of its ways. *Columnar*: the mapper's twin and the aggregator's SQL as one DuckDB query.
*Folded*: tasks run the Python mapper and fold its pairs into a table as they are emitted. *Sorted*: tasks run mapper
and combiner, spill pairs as Arrow files, and reducers read them sorted. *Map-only*: the mapper's pairs are the output.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bigdata import attempt, kernels
from bigdata.engines import rows
from bigdata.engines.base import Counters, Engine, Inputs, Outcome, StageReport, described
from bigdata.engines.columns import Unfit, not_columnar, read_by_next
from bigdata.engines.duckdb import chaining, columnar, memory, shuffle, sorting
from bigdata.engines.duckdb.counting import countable
from bigdata.engines.duckdb.encoding import Query
from bigdata.engines.duckdb.progress import progress
from bigdata.engines.duckdb.workers import Pool
from bigdata.engines.output import Output, add, committed, shown_bytes
from bigdata.formats import Pair, splits, whole
from bigdata.plan import Plan, Stage, whole_number
from bigdata.storage import File, absolute, list_named
from bigdata.tasks import JobSpec

log = logging.getLogger("mrjob.bigdata")

#: below this much input the tasks run in this process: starting workers would take longer
_SMALL = 8 << 20
_LEAST_SPLIT, _MOST_SPLIT = 1 << 20, 64 << 20
#: how often a task may be tried, unless the jobconf says otherwise; as in Hadoop
_ATTEMPTS = 4


@dataclass(frozen=True)
class Way:
    """How a stage is to run, and why so."""

    name: str
    why: str


def stored(parts: Sequence[str]) -> list[File]:
    """Part files as the input of the next stage."""
    return [File(part, os.path.getsize(part)) for part in parts]


def way_of(stage: Stage, on_error: str = "fail") -> Way:
    """The best way that a stage allows."""
    obstacle = not_columnar(stage, on_error) if stage.before is None else chaining.obstacle(stage, on_error)
    if obstacle is None and stage.before is not None:
        both = "mapper has a columnar twin" if stage.map_only else "mapper and reducer have columnar twins"
        return Way("columnar", f"the {both} over the pairs that native code counts in stage {stage.before.number}")
    if obstacle is None and stage.join is not None:
        return Way("columnar", "a declared join is DuckDB's own")
    if obstacle is None:
        form = "it has no reducer" if stage.map_only else f"{type(stage.aggregator).__name__} has a SQL form"
        return Way("columnar", f"the mapper has a columnar twin and {form}{_counting(stage)}")
    if stage.map_only:
        return Way("map-only", f"{obstacle}; it has no reducer")
    if sorting.sorts_natively(stage, on_error):
        return Way("sorted", "all that it does is to sort rows, which native code does")
    if stage.aggregator is not None:
        return Way("folded", f"{obstacle}; {type(stage.aggregator).__name__} folds pairs as they are emitted")
    return Way("sorted", obstacle)


def _counting(stage: Stage) -> str:
    """What counts a stage's tokens."""
    if not countable(stage):
        return ""
    missing = f"SQL, as native kernels are {kernels.missing}" if kernels.native is None else "native code"
    return f"; its tokens are counted by {missing}"


def _without_query(stage: Stage) -> str:
    """The way of a stage that can't be a query."""
    if stage.map_only:
        return "map-only"
    return "sorted" if stage.aggregator is None else "folded"


def _told(stage: Stage, query: Query) -> list[str]:
    """What --explain says of a columnar stage."""
    types = f"  types: key {query.key_type}, value {query.value_type}"
    if columnar.counts_natively(stage):
        assert stage.twin is not None and stage.twin.tokens is not None
        return [f"  keys: {stage.twin.tokens.key}, of {stage.twin.tokens.form}", types]
    lines = [f"  query: {' '.join(query.sql.split())}", types]
    if stage.twin is not None and stage.twin.alphabet is not None:
        lines.append("  lines outside the twin's alphabet: through the mapper; if they are many, all of them")
    return lines


def _chained(stage: Stage) -> list[str]:
    """What --explain says of a stage that is chained to the one before."""
    twins = {"mapper": stage.twin, "reducer": stage.reducer_twin}
    return [f"  {role}: {' '.join(twin.sql.split())}" for role, twin in twins.items() if twin is not None]


class DuckDBEngine(Engine):
    """Runs plans on this machine."""

    name = "duckdb"
    options = frozenset({"workers", "memory_limit", "output_format", "on_error", "quarantine", "max_errors"})

    def explain(self, plan: Plan, spec: JobSpec, inputs: Inputs) -> str:
        files = list_named(inputs)
        size = sum(file.size for file in files)
        lines = [f"{plan.name} on duckdb: {len(files)} input file{'s' * (len(files) != 1)}, {shown_bytes(size)}"]
        for stage in plan.stages:
            way = way_of(stage, self.settings.on_error)
            try:
                is_chained = way.name == "columnar" and stage.before is not None
                is_query = way.name == "columnar" and not is_chained
                query = columnar.query_of(stage, plan.label(stage.number)) if is_query else None
            except Unfit as error:
                query, way = None, Way(_without_query(stage), str(error))
            lines += [f"stage {stage.number}: {way.name}", f"  why: {way.why}"]
            if is_chained:
                lines += _chained(stage)
            else:
                lines += described(stage) if query is None else _told(stage, query)
            if not stage.map_only:
                lines.append(
                    f"  reducers: {stage.reduces or ('1' if way.name == 'columnar' else 'as many as workers')}"
                )
        workers = self._workers(files)
        lines.append(f"workers: {workers or 'none, the input is small: tasks run in this process'}")
        return "\n".join(lines)

    def run(self, plan: Plan, spec: JobSpec, inputs: Inputs, output: str, read: Callable[[bytes], Pair]) -> Outcome:
        run = _Run(self.settings, plan, spec)
        try:
            with committed(self.settings, output) as run.output:
                files = absolute(list_named(inputs))
                for stage in plan.stages:
                    if run.passes_on(stage):
                        continue
                    parts = run.stage(stage, files, self._workers(files))
                    files = stored(parts)
                run.output.take(parts, read)
        finally:
            run.close()
        return Outcome(run.counters, run.reports)

    def _workers(self, files: Sequence[File]) -> int:
        """How many worker processes; 0 is none."""
        if self.settings.workers is not None:
            return self.settings.workers if self.settings.workers > 1 else 0
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return cores if cores > 1 and sum(file.size for file in files) > _SMALL else 0


class _Run:
    """One run of a plan: its pool, its directories, and what it has found out so far."""

    def __init__(self, settings: Any, plan: Plan, spec: JobSpec) -> None:
        self.settings, self.plan, self.spec = settings, plan, spec
        self.counters: list[Counters] = []
        self.reports: list[StageReport] = []
        self.output: Output | None = None
        self._pool: Pool | None = None
        self._files = dict(settings.files)
        for name, archive in settings.archives.items():
            self._files[name] = os.path.join(settings.tmp_dir, "archives", name)
            attempt.unpack(archive, self._files[name])

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()

    def stage(self, stage: Stage, files: Sequence[File], workers: int) -> list[str]:
        """Run a stage over `files`; gives its part files."""
        way = way_of(stage, self.settings.on_error)
        report = StageReport(stage.number, way.name, way.why)
        self.reports.append(report)
        self.counters.append({})
        return self._by(way, stage, files, workers, report)

    def _by(self, way: Way, stage: Stage, files: Sequence[File], workers: int, report: StageReport) -> list[str]:
        """Run a stage in a way, or as well as the data allow."""
        if way.name == "columnar":
            try:
                return self._columnar(stage, files, workers, report)
            except Unfit as error:
                report.way = _without_query(stage)
                report.why = str(error)
                log.info("%s: not as a query: %s", self.plan.label(stage.number), error)
                if stage.joined is not None or stage.before is not None:
                    files = self._passed_on(self.plan.stages[stage.number - 1], files, workers)
        if sorting.sorts_natively(stage, self.settings.on_error):
            try:
                return self._natively_sorted(stage, files, workers, report)
            except Unfit as error:
                report.why = str(error)
        return self._rows(stage, files, workers, report)

    def passes_on(self, stage: Stage) -> bool:
        """Whether a stage is left to the query of the stage that reads it; notes it if so."""
        report = read_by_next(self.plan, stage, lambda each: way_of(each, self.settings.on_error).name)
        following = self.plan.stages[stage.number + 1 : stage.number + 2]
        if any(
            each.before is not None and way_of(each, self.settings.on_error).name == "columnar" for each in following
        ):
            report = StageReport(stage.number, "columnar", "native code counts its pairs for the next stage's query")
        if report is not None:
            self.reports.append(report)
            self.counters.append({})
        return report is not None

    def _passed_on(self, stage: Stage, files: Sequence[File], workers: int) -> list[File]:
        """The part files of a stage that was to be part of the next stage's query."""
        report = self.reports[stage.number]
        way = way_of(stage)
        report.why = way.why
        return stored(self._by(way, stage, files, workers, report))

    def _work(self, stage: Stage, share: int, partitions: int) -> rows.Work:
        settings = self.settings
        directory = os.path.join(settings.tmp_dir, f"stage-{stage.number}")
        return rows.Work(
            stage=stage,
            label=self.plan.label(stage.number),
            partitions=partitions,
            budget=share // 2,
            directory=directory,
            place=attempt.Place(
                settings.job_id,
                "",
                stage.number,
                0,
                "",
                files=self._files,
                jobconf=stage.jobconf,
                cmdenv=settings.cmdenv,
            ),
            on_error=settings.on_error,
            in_pairs=settings.output_format == "pairs" and stage is self.plan.stages[-1],
        )

    def _columnar(self, stage: Stage, files: Sequence[File], workers: int, report: StageReport) -> list[str]:
        share = memory.shared(self.settings.memory_limit, 0).share
        threads = self.settings.workers or max(workers, 1)
        work = self._work(stage, share, stage.reduces or 1)
        sources = [whole(file) for file in files]
        started = time.perf_counter()
        with progress(f"{work.label} query", sum(file.size for file in files)) as advance:
            if stage.before is not None:
                parts, foreign = chaining.run(self.spec, work, sources, threads, advance), 0
            else:
                parts, foreign = columnar.run(self.spec, work, sources, threads, advance)
        report.seconds["query"] = time.perf_counter() - started
        if foreign:
            report.why += f"; {foreign} lines outside the twin's alphabet went through the mapper"
        return parts

    def _natively_sorted(self, stage: Stage, files: Sequence[File], workers: int, report: StageReport) -> list[str]:
        share = memory.shared(self.settings.memory_limit, 0).share
        work = self._work(stage, share, stage.reduces or 1)
        threads = self.settings.workers or max(workers, 1)
        started = time.perf_counter()
        with progress(f"{work.label} sort", sum(file.size for file in files)) as advance:
            parts = sorting.run(self.spec, work, files, threads, share * 3 // 4, advance)
        report.seconds["sort"] = time.perf_counter() - started
        return parts

    def _rows(self, stage: Stage, files: Sequence[File], workers: int, report: StageReport) -> list[str]:
        files = rows.mapped_files(stage, files)
        shares = memory.shared(self.settings.memory_limit, workers)
        partitions = stage.reduces or max(shares.workers, 1)
        work = self._work(stage, shares.share, partitions)
        if self._pool is None:
            self._pool = Pool(self.spec, shares.workers)
        total = sum(file.size for file in files)
        size = max(_LEAST_SPLIT, min(_MOST_SPLIT, total // max(2 * shares.workers, 1)))
        raw = stage.mapper is not None and "mapper_raw" in stage.mapper.functions
        sources = [whole(file) for file in files] if raw else splits(files, size)
        if not self._pool.workers:
            work = replace(work, keep=work.budget // len(sources))
        maps = [rows.MapWork(work, number, source) for number, source in enumerate(sources)]
        reports = self._phase(rows.run_map_task, maps, "map", report, [source.length for source in sources])
        assert self.output is not None
        self.output.judge(work.label, stage.number, sources, reports, self.counters[-1])
        if stage.map_only:
            return [str(done.part) for done in reports]
        reduces = [
            shuffle.ReduceWork(work, number, tuple(run for done in reports for run in done.runs[number]))
            for number in range(partitions)
        ]
        parts = [
            str(done.part)
            for done in self._phase(shuffle.run_sorted_reduce_task, reduces, "reduce", report, [1] * partitions)
        ]
        for done in reports:
            for path in (run.path for partition in done.runs for run in partition):
                if path is not None:
                    os.remove(path)
        return parts

    def _phase(
        self, function: Callable[..., Any], tasks: Sequence[Any], name: str, report: StageReport, sizes: Sequence[int]
    ) -> list[rows.TaskReport]:
        """Run tasks, adding up counters; gives the reports in the order of the tasks."""
        assert self._pool is not None
        label = f"{self.plan.label(report.number)} {name}"
        jobconf = self.plan.stages[report.number].jobconf
        attempts = whole_number(jobconf, f"mapreduce.{name}.maxattempts") or _ATTEMPTS
        done: dict[int, rows.TaskReport] = {}
        started = time.perf_counter()
        with progress(label, sum(sizes), "B" if name == "map" else " tasks") as advance:
            for number, answer in self._pool.run(function, tasks, label, attempts):
                done[number] = answer
                add(self.counters[-1], answer.counters)
                advance(sizes[number])
        report.seconds[name] = time.perf_counter() - started
        report.tasks[name] = len(tasks)
        return [done[number] for number in range(len(tasks))]
