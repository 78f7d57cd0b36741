"""The duckdb engine: Hadoop's stages on one machine, done with columns where it can be.

Each stage takes the best of its ways. *Columnar*: the mapper's twin and the aggregator's SQL as one DuckDB query.
*Folded*: tasks run the Python mapper and fold its pairs into a table as they are emitted. *Sorted*: tasks run mapper
and combiner, spill pairs as Arrow files, and reducers read them sorted. *Map-only*: the mapper's pairs are the output.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bigdata import attempt, partitioners, storage
from bigdata.engines.base import Counters, Engine, Outcome, StageReport
from bigdata.engines.duckdb import columnar, memory, rows
from bigdata.engines.duckdb.progress import progress
from bigdata.engines.duckdb.workers import Pool
from bigdata.errors import TooManyErrors, UnsupportedPlan
from bigdata.formats import Pair, Split, convert, splits
from bigdata.plan import Plan, Stage, whole_number
from bigdata.storage import Committer, File, list_inputs
from bigdata.tasks import COUNTER_GROUP, JobSpec

#: below this much input the tasks run in this process: starting workers would take longer
_SMALL = 8 << 20
_LEAST_SPLIT, _MOST_SPLIT = 1 << 20, 64 << 20
#: how often a task may be tried, unless the jobconf says otherwise; as in Hadoop
_ATTEMPTS = 4
_FORMATS = (
    None,
    "org.apache.hadoop.mapred.TextInputFormat",
    "org.apache.hadoop.mapred.TextOutputFormat",
    "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
    "org.apache.hadoop.mapreduce.lib.output.TextOutputFormat",
)


@dataclass(frozen=True)
class Way:
    """How a stage is to run, and why so."""

    name: str
    why: str


def way_of(stage: Stage, on_error: str = "fail") -> Way:
    """The best way that a stage allows."""
    obstacle = _not_columnar(stage, on_error)
    if obstacle is None:
        form = "it has no reducer" if stage.map_only else f"{type(stage.aggregator).__name__} has a SQL form"
        return Way("columnar", f"the mapper has a columnar twin and {form}")
    if stage.map_only:
        return Way("map-only", f"{obstacle}; it has no reducer")
    if stage.aggregator is not None:
        return Way("folded", f"{obstacle}; {type(stage.aggregator).__name__} folds pairs as they are emitted")
    return Way("sorted", obstacle)


def _not_columnar(stage: Stage, on_error: str) -> str | None:
    """What keeps a stage from the columnar way, or ``None``."""
    if stage.mapper is None or stage.mapper.functions != ("mapper",) or stage.mapper.pre_filter:
        return "its map is more than a mapper function" if stage.mapper else "it has no mapper"
    if not (stage.map_only or stage.aggregator is not None):
        return "its reducer is Python"
    if stage.twin is None:
        return "its mapper has no columnar twin"
    if not stage.text_lines:
        return "its input protocol gives no lines of text"
    if stage.aggregator is not None and stage.aggregator.sql("value") is None:
        return f"{type(stage.aggregator).__name__} has no SQL form"
    return None if on_error == "fail" else f"--on-error {on_error} watches each record"


class DuckDBEngine(Engine):
    """Runs plans on this machine."""

    name = "duckdb"
    options = frozenset({"workers", "memory_limit", "output_format", "on_error", "quarantine", "max_errors"})

    def check(self, plan: Plan) -> None:
        super().check(plan)
        for kind, name in (("input", plan.input_format), ("output", plan.output_format)):
            if name not in _FORMATS:
                raise UnsupportedPlan(
                    f"{self.name} cannot run {plan.name}: its {kind} format {name} is a Java class."
                    " Use -r hadoop or -r emr."
                )
        for stage in plan.stages:
            try:
                partitioners.partitioner(stage.partitioner, stage.jobconf)
            except UnsupportedPlan as error:
                raise UnsupportedPlan(f"{self.name} cannot run {plan.label(stage.number)}: {error}") from None

    def explain(self, plan: Plan, spec: JobSpec, inputs: Sequence[str]) -> str:
        files = list_inputs(inputs)
        size = sum(file.size for file in files)
        lines = [f"{plan.name} on duckdb: {len(files)} input file{'s' * (len(files) != 1)}, {_shown_bytes(size)}"]
        for stage in plan.stages:
            way = way_of(stage, self.settings.on_error)
            lines += [f"stage {stage.number}: {way.name}", f"  why: {way.why}"]
            if way.name == "columnar":
                query = columnar.query_of(stage, plan.label(stage.number))
                lines += [
                    f"  query: {' '.join(query.sql.split())}",
                    f"  types: key {query.key_type}, value {query.value_type}",
                ]
                if stage.twin is not None and stage.twin.alphabet is not None:
                    lines.append(
                        "  lines outside the twin's alphabet: through the mapper; if they are many, all of them"
                    )
            else:
                for role, phase in stage.phases.items():
                    functions = [f"{name} ({place})" if place else name for name, place in phase.sources.items()]
                    lines.append(f"  {role}: {phase.command or ', '.join(functions) or 'the identity'}")
                if stage.aggregator is not None:
                    lines.append(f"  aggregator: {stage.aggregator!r}")
            if not stage.map_only:
                lines.append(f"  reducers: {stage.reduces or 'as many as workers'}")
        workers = self._workers(files)
        lines.append(f"workers: {workers or 'none, the input is small: tasks run in this process'}")
        return "\n".join(lines)

    def run(
        self, plan: Plan, spec: JobSpec, inputs: Sequence[str], output: str, read: Callable[[bytes], Pair]
    ) -> Outcome:
        run = _Run(self.settings, plan, spec)
        committer = Committer(output, self.settings.tmp_dir)
        quarantine = None
        try:
            if self.settings.quarantine:
                quarantine = Committer(self.settings.quarantine, os.path.join(self.settings.tmp_dir, "quarantine"))
                run.quarantine = quarantine.staging
            files = [
                File(os.path.abspath(file.path) if not storage.is_uri(file.path) else file.path, file.size)
                for file in list_inputs(inputs)
            ]
            for stage in plan.stages:
                parts = run.stage(stage, files, self._workers(files))
                files = [File(part, os.path.getsize(part)) for part in parts]
            convert(parts, read, self.settings.output_format)
            _move(parts, self.settings.output_format, committer.staging)
            if quarantine is not None:
                quarantine.commit()
            committer.commit()
        except BaseException:
            committer.abort()
            if quarantine is not None:
                quarantine.abort()
            raise
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
        self.quarantine: str | None = None
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
        if way.name == "columnar":
            try:
                return self._columnar(stage, files, workers, report)
            except columnar.TooForeign:
                report.way = "map-only" if stage.map_only else "folded"
                report.why = (
                    f"over {columnar.MOST_FOREIGN:.0%} of the lines are outside the alphabet of the mapper's twin"
                )
        return self._rows(stage, files, workers, report)

    def _work(self, stage: Stage, share: int, partitions: int, in_memory: bool) -> rows.Work:
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
            in_memory=in_memory,
            on_error=settings.on_error,
        )

    def _columnar(self, stage: Stage, files: Sequence[File], workers: int, report: StageReport) -> list[str]:
        share = memory.shared(self.settings.memory_limit, 0).share
        threads = self.settings.workers or max(workers, 1)
        work = self._work(stage, share, stage.reduces or 1, in_memory=True)
        sources = [Split(file.path, 0, file.size, file.compression) for file in files]
        started = time.perf_counter()
        with progress(f"{work.label} query", sum(file.size for file in files)) as advance:
            parts, foreign = columnar.run(self.spec, work, sources, threads, advance)
        report.seconds["query"] = time.perf_counter() - started
        if foreign:
            report.why += f"; {foreign} lines outside the twin's alphabet went through the mapper"
        return parts

    def _rows(self, stage: Stage, files: Sequence[File], workers: int, report: StageReport) -> list[str]:
        shares = memory.shared(self.settings.memory_limit, workers)
        partitions = stage.reduces or max(shares.workers, 1)
        work = self._work(stage, shares.share, partitions, in_memory=not shares.workers)
        if self._pool is None:
            self._pool = Pool(self.spec, shares.workers)
        total = sum(file.size for file in files)
        size = max(_LEAST_SPLIT, min(_MOST_SPLIT, total // max(2 * shares.workers, 1)))
        raw = stage.mapper is not None and "mapper_raw" in stage.mapper.functions
        sources = [Split(file.path, 0, file.size, file.compression) for file in files] if raw else splits(files, size)
        maps = [rows.MapWork(work, number, source) for number, source in enumerate(sources)]
        reports = self._phase(rows.run_map, maps, "map", report, [source.length for source in sources])
        self._judge(stage, sources, reports)
        if stage.map_only:
            return [str(done.part) for done in reports]
        reduces = [
            rows.ReduceWork(work, number, tuple(run for done in reports for run in done.runs[number]))
            for number in range(partitions)
        ]
        parts = [
            str(done.part) for done in self._phase(rows.run_reduce_task, reduces, "reduce", report, [1] * partitions)
        ]
        for done in reports:
            for run in (run for partition in done.runs for run in partition if run.path):
                os.remove(run.path)
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
                _add(self.counters[-1], answer.counters)
                advance(sizes[number])
        report.seconds[name] = time.perf_counter() - started
        report.tasks[name] = len(tasks)
        return [done[number] for number in range(len(tasks))]

    def _judge(self, stage: Stage, sources: Sequence[Split], reports: Sequence[rows.TaskReport]) -> None:
        """Count the failed records, hold them against ``--max-errors``, and put them into the quarantine."""
        failed = [(done, source) for done, source in zip(reports, sources) if done.bad is not None and done.bad.count]
        if not failed:
            return
        count = sum(done.bad.count for done, _ in failed if done.bad)
        total = sum(done.records for done in reports)
        most = self.settings.max_errors
        if most is not None and count > (most * total if isinstance(most, float) else most):
            raise TooManyErrors(
                f"{self.plan.label(stage.number)}: {count} of {total} records failed, more than --max-errors allows."
                f" The first: {rows.first_bad(*failed[0])}"
            )
        _add(self.counters[-1], {COUNTER_GROUP: {f"records {_PAST[self.settings.on_error]}": count}})
        if self.quarantine is not None:
            path = os.path.join(self.quarantine, f"stage-{stage.number}.json")
            with storage.disk_errors(path), open(path, "w", encoding="utf-8") as sink:
                for done, source in failed:
                    sink.writelines(line + "\n" for line in rows.quarantined(done, source))


_PAST = {"skip": "skipped", "quarantine": "quarantined"}


def _add(counters: Counters, more: Counters) -> None:
    for group, names in more.items():
        into = counters.setdefault(group, {})
        for name, amount in names.items():
            into[name] = into.get(name, 0) + amount


def _move(parts: Iterable[str], form: str, directory: str) -> None:
    """Put part files into the output under their final names."""
    ending = "" if form == "text" else "." + form
    for number, part in enumerate(parts):
        with storage.disk_errors(directory):
            shutil.move(part + ending, os.path.join(directory, f"part-{number:05d}{ending}"))


def _shown_bytes(size: int) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size = size / 1000  # type: ignore[assignment]
    raise AssertionError("unreachable")
