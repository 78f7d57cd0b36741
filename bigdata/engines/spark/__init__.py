"""The spark engine: Hadoop's stages on Spark, from local[*] to a cluster.

Each stage takes one of three ways. *sql*: the mapper's twin and the aggregator's SQL, translated, as one Spark SQL
query. *rdd*: map tasks read splits, run the mapper and combine or fold its pairs, and hand pairs of bytes to Spark's
shuffle; reduce tasks stream them, sorted. *spark*: the job's own ``spark(input, output)``, in the driver.

Tasks read their splits and write their part files themselves. So the input paths, and the directory that is to hold the
output, must be reachable from the executors: a local master reaches every path, a cluster needs a filesystem that its
machines share, or s3://, hdfs://. The executors' Python needs pyarrow and numpy; bigdata, mrjob and the job travel.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from bigdata import storage
from bigdata.attempt import Place
from bigdata.engines import rows
from bigdata.engines.base import Counters, Engine, Inputs, Outcome, StageReport, described
from bigdata.engines.columns import Unfit, not_columnar, read_by_next
from bigdata.engines.output import Output, add, committed, shown_bytes
from bigdata.engines.rows import Work
from bigdata.engines.spark import dialect, rdd, sql, workspace
from bigdata.engines.spark.cluster import Cluster
from bigdata.engines.spark.faults import explained
from bigdata.engines.spark.tasks import StageTasks
from bigdata.errors import UnsupportedPlan
from bigdata.formats import Pair, splits, whole
from bigdata.plan import Plan, Stage
from bigdata.splits import Split
from bigdata.storage import File
from bigdata.tasks import JobSpec

log = logging.getLogger("mrjob.bigdata")

_LEAST_SPLIT, _MOST_SPLIT = 1 << 20, 128 << 20
#: bytes of records that a task holds before it spills: half of what pyspark lets a worker hold
_BUDGET = 256 << 20


class SparkEngine(Engine):
    """Runs plans on Spark."""

    name = "spark"
    options = frozenset({"output_format", "on_error", "quarantine", "max_errors", "master"})
    kinds = frozenset({"streaming", "spark"})

    def check(self, plan: Plan) -> None:
        super().check(plan)
        for stage in plan.stages:
            for role, phase in stage.phases.items():
                for what, given in (("cmd", phase.command), ("pre_filter", phase.pre_filter)):
                    if given is not None:
                        raise UnsupportedPlan(
                            f"spark cannot run {plan.label(stage.number)}: it has {role}_{what}."
                            " Use -r hadoop or -r local."
                        )

    def explain(self, plan: Plan, spec: JobSpec, inputs: Inputs) -> str:
        files = storage.list_named(inputs)
        size = shown_bytes(sum(file.size for file in files))
        lines = [f"{plan.name} on spark: {len(files)} input file{'s' * (len(files) != 1)}, {size}"]
        for stage in plan.stages:
            way, why = self.way_of(stage)
            lines += [f"stage {stage.number}: {way}", f"  why: {why}"]
            if way == "sql":
                lines.append(f"  query: {dialect.query_of(stage)}")
            elif way == "rdd":
                lines += described(stage)
            if way != "spark" and not stage.map_only:
                lines.append(f"  reducers: {stage.reduces or 'as many as cores'}")
        return "\n".join([*lines, f"master: {self._master()}"])

    def run(self, plan: Plan, spec: JobSpec, inputs: Inputs, output: str, read: Callable[[bytes], Pair]) -> Outcome:
        files = storage.absolute(storage.list_named(inputs))
        with committed(self.settings, output) as result, Cluster(plan, self._master(), self.settings) as cluster:
            run = _Run(self, plan, spec, cluster, result)
            with workspace.beside(output, result.staging, self.settings.job_id) as root:
                for stage in plan.stages:
                    if run.passes_on(stage):
                        continue
                    parts = run.stage(stage, files, f"{root}/stage-{stage.number}")
                    files = storage.list_inputs(parts)
                result.take([workspace.fetched(part, result.staging) for part in parts], read)
        return Outcome(run.counters, run.reports)

    def way_of(self, stage: Stage) -> tuple[str, str]:
        """How a stage is to run, and why so."""
        if stage.kind == "spark":
            return "spark", "the job runs Spark itself"
        obstacle = not_columnar(stage, self.settings.on_error)
        if obstacle is None:
            try:
                dialect.query_of(stage)
            except dialect.Untranslatable as error:
                obstacle = str(error)
        if obstacle is not None:
            return "rdd", obstacle
        if stage.join is not None:
            return "sql", "a declared join is Spark's own"
        form = "it has no reducer" if stage.map_only else f"{type(stage.aggregator).__name__} has a SQL form"
        return "sql", f"the mapper has a columnar twin and {form}"

    def _master(self) -> str:
        return self.settings.master or f"local[{self.settings.workers or '*'}]"


class _Run:
    """One run of a plan, and what it has found out so far."""

    def __init__(self, engine: SparkEngine, plan: Plan, spec: JobSpec, cluster: Cluster, output: Output) -> None:
        self._engine, self._plan, self._spec, self._cluster, self._output = engine, plan, spec, cluster, output
        self.counters: list[Counters] = []
        self.reports: list[StageReport] = []

    def passes_on(self, stage: Stage) -> bool:
        """Whether a join is left to the query of the stage that reads it; notes it if so."""
        report = read_by_next(self._plan, stage, lambda each: self._engine.way_of(each)[0])
        if report is not None:
            self.reports.append(report)
            self.counters.append({})
        return report is not None

    def stage(self, stage: Stage, files: Sequence[File], target: str) -> list[str]:
        """Run a stage over `files`; gives its part files, which lie in `target`."""
        way, why = self._engine.way_of(stage)
        report = StageReport(stage.number, way, why)
        self.reports.append(report)
        self.counters.append({})
        started = time.perf_counter()
        with explained(self._plan.label(stage.number)):
            if way == "spark":
                parts = self._cluster.step(self._spec, stage.number, [file.path for file in files], target)
            else:
                workspace.make(target)
                tasks = self._tasks(stage, target)
                parts = self._sql(tasks, files, report) if way == "sql" else self._rdd(tasks, files, report)
        report.seconds["job"] = time.perf_counter() - started
        return parts

    def _tasks(self, stage: Stage, target: str) -> StageTasks:
        settings, cluster = self._engine.settings, self._cluster
        work = Work(
            stage=stage,
            label=self._plan.label(stage.number),
            partitions=stage.reduces or cluster.session.sparkContext.defaultParallelism,
            budget=_BUDGET,
            directory="",
            place=Place(settings.job_id, "", stage.number, 0, "", jobconf=stage.jobconf, cmdenv=settings.cmdenv),
            keep=_BUDGET,
            on_error=settings.on_error,
            in_pairs=settings.output_format == "pairs" and stage is self._plan.stages[-1],
        )
        return StageTasks(cluster.shipped(self._spec), work, cluster.files(), target)

    def _sql(self, tasks: StageTasks, files: Sequence[File], report: StageReport) -> list[str]:
        try:
            parts, foreign = sql.run(self._cluster.session, tasks, self._splits(files))
        except Unfit as error:
            report.why = str(error)
        else:
            if foreign:
                report.why += f"; {foreign} lines outside the twin's alphabet went through the mapper"
            return parts
        report.way = "rdd"
        log.info("%s: not as a query: %s", tasks.work.label, report.why)
        if tasks.work.stage.joined is not None:
            files = self._joined(files, f"{tasks.target}-join")
        return self._rdd(tasks, files, report)

    def _joined(self, files: Sequence[File], target: str) -> list[File]:
        """The part files of the join that was to be part of the next stage's query."""
        workspace.make(target)
        parts, _ = sql.run(self._cluster.session, self._tasks(self._plan.stages[0], target), self._splits(files))
        self.reports[0].why = "a declared join is Spark's own"
        return storage.list_inputs(parts)

    def _rdd(self, tasks: StageTasks, files: Sequence[File], report: StageReport) -> list[str]:
        stage, counters = tasks.work.stage, self.counters[-1]
        files = rows.mapped_files(stage, files)
        raw = stage.mapper is not None and "mapper_raw" in stage.mapper.functions
        sources = [whole(file) for file in files] if raw else self._splits(files)
        maps, reduces = rdd.run(self._cluster.session.sparkContext, tasks, sources)
        for done in (*maps, *reduces):
            add(counters, done.counters)
        report.tasks = {"map": len(maps)} if stage.map_only else {"map": len(maps), "reduce": len(reduces)}
        self._output.judge(tasks.work.label, stage.number, sources, maps, counters)
        return [str(done.part) for done in (maps if stage.map_only else reduces)]

    def _splits(self, files: Sequence[File]) -> list[Split]:
        total = sum(file.size for file in files)
        tasks = 2 * self._cluster.session.sparkContext.defaultParallelism
        return splits(files, max(_LEAST_SPLIT, min(_MOST_SPLIT, total // tasks)))
