"""A job as frozen data: what each stage runs, and how its records are grouped and ordered.

A plan names the job's functions and holds none of them, so it can be compared, printed and sent to another process;
a task builds the job again and asks it for the stage's step. Building a plan runs nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from mrjob.compat import jobconf_from_dict

from bigdata.aggregators import Aggregator
from bigdata.codecs import reads_standard_json, reads_text_lines, writes_standard_json
from bigdata.errors import UsageError
from bigdata.inputs import ONLY
from bigdata.joins import Join
from bigdata.partitioners import KEY_FIELD
from bigdata.records import Records
from bigdata.steps import JoinStep
from bigdata.tera import ROWS
from bigdata.twins import Twin, twin_of


@dataclass(frozen=True)
class Phase:
    """A stage's mapper, combiner or reducer: the job's own functions, or a command.

    :param functions: the step's functions that the job defines, of ``mapper``, ``mapper_init``, ``mapper_raw``, …
    :param command: the command line that stands in for them
    :param pre_filter: a shell command that the phase's input lines pass through first
    :param sources: where each of the functions is written, ``file:line``
    """

    functions: tuple[str, ...] = ()
    command: str | None = None
    pre_filter: str | None = None
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stage:
    """One step of a job.

    :param number: counted from 0
    :param kind: ``streaming`` for an MRStep; mrjob's name for any other step
    :param mapper: ``None`` where lines go to the shuffle as they are
    :param aggregator: stands in for combiner and reducer
    :param twin: the mapper's columnar twin
    :param reducer_twin: the reducer's
    :param before: the stage whose pairs this one reads, if its mapper has a twin over them
    :param in_json: whether all its pairs, as they come, in the shuffle and as they go, are standard JSON
    :param text_lines: whether the mapper's records are ``(None, line as text)``
    :param sort_values: whether the values of a key come sorted by their bytes
    :param partitioner: Hadoop's class name, or ``None`` for its default
    :param reduces: how many reducers; ``None`` leaves it to the engine
    :param jobconf: Hadoop's properties for this step
    :param formats: the record format of each input, if the stage reads records
    :param join: the stage is this join of its inputs
    :param joined: the stage reads what this join, the stage before it, makes of the inputs in ``formats``
    :param sorts_rows: whether all that it does is to put the rows of :mod:`bigdata.tera` in order
    """

    number: int
    kind: str = "streaming"
    mapper: Phase | None = None
    combiner: Phase | None = None
    reducer: Phase | None = None
    aggregator: Aggregator | None = None
    twin: Twin | None = None
    reducer_twin: Twin | None = None
    before: Stage | None = None
    in_json: bool = False
    text_lines: bool = False
    sort_values: bool = False
    partitioner: str | None = None
    reduces: int | None = None
    jobconf: dict[str, Any] = field(default_factory=dict)
    formats: dict[str, Records] = field(default_factory=dict)
    join: Join | None = None
    joined: Join | None = None
    sorts_rows: bool = False

    @property
    def map_only(self) -> bool:
        """Whether the mapper's pairs are the stage's output."""
        return self.reducer is None and self.combiner is None and self.aggregator is None

    @property
    def phases(self) -> dict[str, Phase]:
        """The phases that the stage has, by role."""
        roles = {"mapper": self.mapper, "combiner": self.combiner, "reducer": self.reducer}
        return {role: phase for role, phase in roles.items() if phase is not None}


@dataclass(frozen=True)
class Plan:
    """A job's stages, in order.

    :param name: the job's class name
    :param input_format: Hadoop's InputFormat class for the first stage, or ``None`` for lines of text
    :param output_format: Hadoop's OutputFormat class for the last stage, or ``None`` for lines of text
    """

    name: str
    stages: tuple[Stage, ...]
    input_format: str | None = None
    output_format: str | None = None

    def label(self, number: int) -> str:
        """How messages name a stage: ``WordCount stage 0``."""
        return f"{self.name} stage {number}"


def plan_of(job: Any, jobconf: Callable[[int], dict[str, Any]] | None = None) -> Plan:
    """The plan of a job.

    :param job: an instance of :class:`bigdata.Job`
    :param jobconf: a function from a step's number to its jobconf, where a runner has combined it from its
        configuration files; by default what the job, its command line and the step say
    :raises UsageError: for a job without steps, or with settings that contradict each other
    """
    steps = job.steps()
    name = type(job).__name__
    if not steps:
        raise UsageError(f"{name} has no steps: define a mapper, a reducer, or steps().")
    if job.aggregator is not None and all(getattr(step, "aggregator", None) is None for step in steps):
        raise UsageError(f"{name} sets aggregator, but its steps() ignores it: pass it on, MRStep(aggregator=...).")
    if job.JOIN is not None:
        if not isinstance(steps[0], JoinStep):
            raise UsageError(f"{name} sets JOIN, but its steps() ignores it: begin with bigdata.steps.JoinStep(self).")
        job.JOIN.check(job.INPUTS or {})
    jobconf = jobconf or (
        lambda number: {**job.jobconf(), **(job.options.jobconf or {}), **_own_jobconf(steps[number])}
    )
    stages: list[Stage] = []
    for number, step in enumerate(steps):
        stage = replace(_stage(job, step, number, jobconf(number)), **_records(job, number))
        if number > 0 and stage.twin is not None and not (stage.text_lines or stage.formats):
            in_json = _writes_json(job, stages[-1]) and _reads_json(job, stage) and _writes_json(job, stage)
            stage = replace(stage, before=stages[-1], in_json=in_json)
        stages.append(stage)
    return Plan(
        name=name,
        stages=tuple(stages),
        input_format=job.hadoop_input_format(),
        output_format=job.hadoop_output_format(),
    )


def _records(job: Any, number: int) -> dict[str, Any]:
    """What a stage knows of the records that it reads, as keywords of :class:`Stage`."""
    if job.JOIN is not None and number < 2:
        return {"formats": dict(job.INPUTS), "join" if number == 0 else "joined": job.JOIN}
    if number > 0:
        return {}
    return {"formats": dict(job.INPUTS or ({} if job.RECORDS is None else {ONLY: job.RECORDS}))}


def _writes_json(job: Any, stage: Stage) -> bool:
    return all(writes_standard_json(job.pick_protocols(stage.number, role)[1]) for role in _roles(stage))


def _reads_json(job: Any, stage: Stage) -> bool:
    return all(reads_standard_json(job.pick_protocols(stage.number, role)[0]) for role in _roles(stage))


def _roles(stage: Stage) -> list[str]:
    return ["mapper"] if stage.map_only else ["mapper", "reducer"]


def _own_jobconf(step: Any) -> dict[str, Any]:
    return step.description().get("jobconf") or {}


def _stage(job: Any, step: Any, number: int, jobconf: dict[str, Any]) -> Stage:
    description = step.description(number)
    if description["type"] != "streaming":
        return Stage(number, kind=description["type"], jobconf=jobconf)
    aggregator = getattr(step, "aggregator", None)
    functions = getattr(step, "declared", None) or {name: value for name, value in step._steps.items() if value}
    phases = {
        role: _phase(role, functions, description[role])
        for role in ("mapper", "combiner", "reducer")
        if role in description and not (aggregator is not None and role != "mapper")
    }
    mapper = phases.get("mapper")
    is_script = mapper is not None and mapper.command is None
    sort_values = bool(job.sort_values())
    partitioner = job.partitioner()
    if partitioner is None and sort_values:
        partitioner = KEY_FIELD
        jobconf = {"mapreduce.partition.keypartitioner.options": "-k1,1", **jobconf}
    return Stage(
        number=number,
        mapper=mapper,
        combiner=phases.get("combiner"),
        reducer=phases.get("reducer"),
        aggregator=aggregator,
        twin=twin_of(functions.get("mapper"), job),
        reducer_twin=twin_of(functions.get("reducer"), job),
        text_lines=is_script and reads_text_lines(job.pick_protocols(number, "mapper")[0]),
        sort_values=sort_values,
        partitioner=partitioner,
        reduces=whole_number(jobconf, "mapreduce.job.reduces"),
        jobconf=jobconf,
        sorts_rows=job.TOTAL_ORDER == ROWS,
    )


def _phase(role: str, functions: dict[str, Any], description: dict[str, Any]) -> Phase:
    names = tuple(sorted(name for name in functions if name.startswith(role) and callable(functions[name])))
    return Phase(
        functions=names,
        command=description.get("command"),
        pre_filter=description.get("pre_filter"),
        sources={name: _source(functions[name]) for name in names},
    )


def _source(function: Any) -> str:
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None:
        return ""
    path = os.path.relpath(code.co_filename)
    return f"{code.co_filename if path.startswith('..') else path}:{code.co_firstlineno}"


def whole_number(jobconf: dict[str, Any], name: str) -> int | None:
    """A jobconf property that counts something, under any of its names; ``None`` where it isn't set.

    :raises UsageError: for a value that is no whole number of at least 1
    """
    value = jobconf_from_dict(jobconf, name)
    if value is None:
        return None
    if not str(value).isdigit() or int(value) < 1:
        raise UsageError(f"{name}: expected a whole number of at least 1; got {value!r}.")
    return int(value)
