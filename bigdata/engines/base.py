"""What an engine is, what it is told, and what it gives back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from mrjob.compat import jobconf_from_dict

from bigdata.errors import UnsupportedPlan, UsageError
from bigdata.formats import Pair
from bigdata.partitioners import partitioner
from bigdata.plan import Plan, Stage
from bigdata.tasks import JobSpec

Counters = dict[str, dict[str, int]]
#: paths by the name of their input, which is :data:`bigdata.inputs.ONLY` where it has none
Inputs = Mapping[str, Sequence[str]]
#: Hadoop's formats that are lines of text; any other is a Java class
_FORMATS = (
    None,
    "org.apache.hadoop.mapred.TextInputFormat",
    "org.apache.hadoop.mapred.TextOutputFormat",
    "org.apache.hadoop.mapreduce.lib.input.TextInputFormat",
    "org.apache.hadoop.mapreduce.lib.output.TextOutputFormat",
)
#: the properties with Java classes that order keys another way than by their bytes
_COMPARATORS = ("mapreduce.job.output.key.comparator.class", "mapreduce.job.output.group.comparator.class")


@dataclass(frozen=True)
class Settings:
    """How a run was asked for; each engine says in ``options`` which of these it has.

    :param workers: processes (duckdb), or ``None`` to choose by the size of the input
    :param memory_limit: bytes for all processes together, or ``None`` for half of the machine's
    :param output_format: one of :data:`bigdata.options.OUTPUT_FORMATS`
    :param on_error: ``fail``, ``skip`` or ``quarantine``
    :param quarantine: where failed records go
    :param max_errors: how many records may fail: a count, or a share of the records as a float; ``None`` is any
    :param tmp_dir: a directory of this run's own, removed after it
    :param job_id: the run's unique name
    :param cmdenv: the environment that tasks get
    :param files: what tasks find in their working directory, by name
    :param archives: likewise, unpacked into a directory of that name
    :param master: the Spark master's URL
    """

    tmp_dir: str
    job_id: str = "bigdata"
    workers: int | None = None
    memory_limit: int | None = None
    output_format: str = "text"
    on_error: str = "fail"
    quarantine: str | None = None
    max_errors: int | float | None = None
    cmdenv: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    archives: dict[str, str] = field(default_factory=dict)
    master: str | None = None


@dataclass
class StageReport:
    """How a stage ran.

    :param way: ``columnar``, ``folded``, ``sorted`` or ``map-only`` on duckdb; ``sql``, ``rdd`` or ``spark`` on spark
    :param why: the reason for that way
    :param seconds: by phase: ``map``, ``reduce``, …
    :param tasks: how many tasks each phase had
    """

    number: int
    way: str
    why: str
    seconds: dict[str, float] = field(default_factory=dict)
    tasks: dict[str, int] = field(default_factory=dict)


@dataclass
class Outcome:
    """What an engine gives back: counters a step, and a report a stage."""

    counters: list[Counters]
    stages: list[StageReport]


def described(stage: Stage) -> list[str]:
    """What runs in a stage's tasks, as lines for ``--explain``."""
    lines = []
    for role, phase in stage.phases.items():
        functions = [f"{name} ({place})" if place else name for name, place in phase.sources.items()]
        lines.append(f"  {role}: {phase.command or ', '.join(functions) or 'the identity'}")
    return lines if stage.aggregator is None else [*lines, f"  aggregator: {stage.aggregator!r}"]


class Engine:
    """Runs plans. Subclass it, list it in :data:`bigdata.engines.ENGINES`, and ``-r`` knows it.

    :param settings: how the run was asked for
    """

    name: ClassVar[str]
    #: the fields of :class:`Settings` that a user may set for this engine, beside mrjob's general options
    options: ClassVar[frozenset[str]]
    #: the kinds of stages that it runs
    kinds: ClassVar[frozenset[str]] = frozenset({"streaming"})

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def check(self, plan: Plan) -> None:
        """Refuse a plan that this engine can't run.

        :raises UnsupportedPlan: naming the stage, what is the matter with it, and the engine that can run it
        """
        for kind, name in (("input", plan.input_format), ("output", plan.output_format)):
            if name not in _FORMATS:
                raise UnsupportedPlan(
                    f"{self.name} cannot run {plan.name}: its {kind} format {name} is a Java class."
                    " Use -r hadoop or -r emr."
                )
        for stage in plan.stages:
            if stage.kind not in self.kinds:
                raise UnsupportedPlan(
                    f"{self.name} cannot run {plan.label(stage.number)}: it is a {stage.kind} step."
                    f" Use -r {'spark' if stage.kind == 'spark' else 'hadoop or -r emr'}."
                )
            for name in _COMPARATORS:
                comparator = jobconf_from_dict(stage.jobconf, name)
                if comparator:
                    raise UnsupportedPlan(
                        f"{self.name} cannot run {plan.label(stage.number)}: its keys are ordered by {comparator}, a"
                        " Java class. Use INTERNAL_PROTOCOL = OrderedProtocol, or -r hadoop or -r emr."
                    )
            try:
                partitioner(stage.partitioner, stage.jobconf)
            except UnsupportedPlan as error:
                raise UnsupportedPlan(f"{self.name} cannot run {plan.label(stage.number)}: {error}") from None

    def explain(self, plan: Plan, spec: JobSpec, inputs: Inputs) -> str:
        """How the plan would run, and why so, as text."""
        raise NotImplementedError

    def run(self, plan: Plan, spec: JobSpec, inputs: Inputs, output: str, read: Callable[[bytes], Pair]) -> Outcome:
        """Run the plan from `inputs` to the new directory `output`, all of it or nothing.

        :param spec: builds the job in tasks
        :param read: the output protocol's, for formats other than text
        """
        raise NotImplementedError


class Result:
    """A finished job: iterate it for its (key, value) pairs.

    :param output: the output directory
    :param pairs: a function that reads the pairs from it
    :param owned: a directory to remove with the result; then the output goes with it
    :param rounds: how many rounds of an iteration it took

    ``counters`` is a list with a dict a step, ``{group: {name: count}}``; ``stages`` says how each stage ran.

    >>> import bigdata
    >>> from jobs.wordcount import WordCount
    >>> with bigdata.run(WordCount, "sample_data/wordcount") as result:
    ...     result.stages[0].way, max(result, key=lambda pair: pair[1])[0]
    ('columnar', 'the')
    """

    def __init__(
        self,
        output: str,
        pairs: Callable[[], Iterator[Pair]],
        counters: list[Counters],
        stages: list[StageReport],
        owned: str | None = None,
        rounds: int = 0,
    ) -> None:
        self.output = output
        self.counters = counters
        self.stages = stages
        self.rounds = rounds
        self._pairs = pairs
        self.owned = owned

    def __iter__(self) -> Iterator[Pair]:
        if self.owned is None and not self.output:
            raise UsageError("this result was closed, and its output went with it. Give output= to keep it.")
        return self._kept_pairs()

    def _kept_pairs(self) -> Iterator[Pair]:
        yield from self._pairs()  # from a method, so that the result and its output live as long as the iteration

    def counter(self, group: str, name: str) -> int:
        """What a counter has come to in all steps; 0 if no step has counted it up."""
        return sum(counters.get(group, {}).get(name, 0) for counters in self.counters)

    def to_arrow(self) -> Any:
        """The pairs as a ``pyarrow.Table`` with the columns ``key`` and ``value``.

        :raises EncodeError: when the keys, or the values, have no common Arrow type
        """
        from bigdata.formats import table_of

        return table_of([{"key": key, "value": value} for key, value in self])

    def close(self) -> None:
        """Remove the output if it was temporary."""
        if self.owned is not None:
            shutil.rmtree(self.owned, ignore_errors=True)
            self.owned, self.output = None, ""

    def __enter__(self) -> Result:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Result(output={self.output!r}, stages={[stage.way for stage in self.stages]})"
