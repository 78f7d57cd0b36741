"""The map and reduce tasks that run Python a record, for every engine that runs tasks itself.

Each task is a function of the job's spec, a frozen description and the attempt's number; it runs in this process or
in a worker alike. What it writes goes to a directory of the attempt's own; the engine takes the files of the attempt
that succeeded and never looks at the others.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bigdata import attempt, storage
from bigdata.aggregators import Aggregator
from bigdata.codecs import ByteGroup, BytePair, by_key, flat, join, key_encoder, pair_encoder, shares_keys, split
from bigdata.commands import command_pairs, filtered, pipe
from bigdata.engines.sinks import PairPart, Part, Sink, fold_sink, pair_sink
from bigdata.engines.spills import Run, Spills
from bigdata.errors import InputError, JobError, TaskFailed
from bigdata.explain import encode_or_explain, explain, shown
from bigdata.formats import BLOCK, blocks, byte_lines, lines_before, pairs_in, rows_before, text_lines
from bigdata.plan import Stage
from bigdata.splits import Split
from bigdata.storage import File
from bigdata.tasks import BadRecords, JobSpec, MapTask, Reporter, run_reduce


@dataclass(frozen=True)
class Work:
    """What all tasks of a stage have in common.

    :param label: how messages name the stage
    :param partitions: how many reducers
    :param budget: bytes that a task may hold as records
    :param directory: where attempts make their directories
    :param place: where tasks run, but for their numbers
    :param keep: bytes of records that a map task in this process may hand over as they are
    :param on_error: ``fail``, ``skip`` or ``quarantine``
    :param in_pairs: whether part files hold pairs, and no lines
    """

    stage: Stage
    label: str
    partitions: int
    budget: int
    directory: str
    place: attempt.Place
    keep: int = 0
    on_error: str = "fail"
    in_pairs: bool = False

    def attempt_directory(self, role: str, task: int, number: int) -> str:
        """A new directory for an attempt; what an earlier try left in it goes."""
        path = os.path.join(self.directory, f"{role}-{task:05d}-{number}")
        shutil.rmtree(path, ignore_errors=True)
        with storage.disk_errors(path):
            os.makedirs(path)
        return path

    def part(self, path: str, spec: JobSpec) -> Part:
        """A part file of the stage's output."""
        if not self.in_pairs:
            return Part(path, self.label)
        role = "mapper" if self.stage.map_only else "reducer"
        return PairPart(path, self.label, spec.build(self.stage.number, role).output_protocol().read)

    def at(self, role: str, task: int, number: int, directory: str, source: tuple[Any, ...] = ()) -> attempt.Place:
        """Where an attempt runs."""
        wd = os.path.join(directory, "wd")
        return replace(self.place, role=role, task=task, attempt=number, directory=wd, input=source)


@dataclass(frozen=True)
class MapWork:
    """One map task: a split of the stage's input."""

    work: Work
    number: int
    split: Split


def mapped_files(stage: Stage, files: Sequence[File]) -> list[File]:
    """Those files that go through the stage's map; a replicated input comes to the tasks another way."""
    join = stage.join
    return [file for file in files if not (join is not None and join.replicated and file.source == join.right)]


@dataclass
class TaskReport:
    """What a successful attempt hands over.

    :param runs: for each partition, what a map task gives the shuffle
    :param part: the part file that it wrote, if its pairs are the stage's output
    """

    counters: dict[str, dict[str, int]]
    records: int = 0
    runs: list[list[Run]] = field(default_factory=list)
    part: str | None = None
    bad: BadRecords | None = None


def run_map_task(spec: JobSpec, task: MapWork, number: int) -> TaskReport:
    """Run one map task, with the combiner where the stage has one."""
    work, stage = task.work, task.work.stage
    directory = work.attempt_directory("mapper", task.number, number)
    split = task.split
    source = (split.path, split.start, split.length, split.source)
    with attempt.at(work.at("mapper", task.number, number, directory, source)) as reporter:
        bad = None if work.on_error == "fail" else BadRecords(keep=work.on_error == "quarantine")
        report = TaskReport(reporter.counters, bad=bad)
        if stage.map_only:
            part = work.part(os.path.join(directory, "part"), spec)
            report.records = _map_to(spec, task, reporter, bad, part.line_sink, part.add)
            report.part = part.close()
        else:
            combine = _combiner(spec, work, reporter)
            spills = Spills(stage, work.partitions, directory, work.budget, combine, work.keep)
            flushes: list[Callable[[], None]] = []

            def sink_for(write: Any) -> Sink:
                if stage.aggregator is None:
                    spills.encode_key = key_encoder(write)
                    return pair_sink(write, spills, work.label)
                sink, flush = fold_sink(stage.aggregator, write, spills, work.label, work.budget // 2)
                flushes.append(flush)
                return sink

            report.records = _map_to(spec, task, reporter, bad, sink_for, spills.add)
            for flush in flushes:
                flush()
            report.runs = spills.close()
        return report


def _map_to(
    spec: JobSpec,
    task: MapWork,
    reporter: Reporter,
    bad: BadRecords | None,
    sink_for: Callable[[Any], Sink],
    add: Callable[[bytes, bytes | None], None],
) -> int:
    """Send the mapper's pairs to the sink that ``sink_for(write)`` makes, or bytes as they are to `add`."""
    work, stage = task.work, task.work.stage
    mapper = stage.mapper
    if task.split.holds_pairs and mapper is not None and (mapper.command or mapper.pre_filter):
        raise InputError(
            f"{task.split.path}: it has no lines of text for {work.label}'s {mapper.command or mapper.pre_filter}."
        )
    if mapper is None or mapper.command is not None:
        count = 0
        lines = itertools.chain.from_iterable(map(byte_lines, blocks(task.split)))
        pairs = map(split, lines) if mapper is None else command_pairs(mapper, lines, reporter, work.label)
        for key, value in pairs:
            add(key, value)
            count += 1
        return count
    raw = "mapper_raw" in mapper.functions
    with _local_copy(task.split.path) if raw else contextlib.nullcontext("") as path:
        job = spec.build(stage.number, "mapper", (path, task.split.path) if raw else ())
        job.sandbox(stderr=reporter)
        mapping = MapTask(job, stage, work.label, sink_for(job.pick_protocols(stage.number, "mapper")[1]), bad)
        try:
            if raw:
                mapping.run_raw(path, task.split.path)
            elif task.split.holds_pairs:
                mapping.run(pairs_in(task.split, stage.formats.get(task.split.source)), decoded=True)
            else:
                mapping.run(_batches(task, reporter))
        except JobError as error:
            raise _placed(error, task.split, mapper.pre_filter) from error.__cause__
        return mapping.records


@contextlib.contextmanager
def _local_copy(path: str) -> Iterator[str]:
    """A local path for mapper_raw: the file itself, or a copy of a remote one in the working directory."""
    if not storage.is_uri(path):
        yield path
        return
    name = os.path.abspath(os.path.basename(path))
    with storage.disk_errors(name), open(name, "wb") as copy:
        for chunk in storage.cat(path):
            copy.write(chunk)
    yield name


def _batches(task: MapWork, reporter: Reporter) -> Iterator[list[Any]]:
    """The split's records in lists: text where the stage reads text, else bytes."""
    work, mapper = task.work, task.work.stage.mapper
    assert mapper is not None
    size = max(min(BLOCK, work.budget // 64), 1 << 14)
    if mapper.pre_filter is not None:
        raw = itertools.chain.from_iterable(map(byte_lines, blocks(task.split, size)))
        lines = filtered(mapper, raw, reporter, work.label)
        while batch := list(itertools.islice(lines, 1 << 10)):
            yield text_lines(b"\n".join(batch) + b"\n") if work.stage.text_lines else batch
        return
    yield from map(text_lines if work.stage.text_lines else byte_lines, blocks(task.split, size))


def _placed(error: JobError, source: Split, pre_filter: str | None) -> JobError:
    """The error with the place of its record: the file, and the line where that is known."""
    line = error.line
    place = source.path
    if line is not None and pre_filter is None:
        place = _place(source, line)
    message = error.message if isinstance(error, TaskFailed) else str(error)
    message = f"{message.rstrip('.')}, in {place}." if line is not None else message
    return TaskFailed(message, error.frames) if isinstance(error, TaskFailed) else type(error)(message)


def _place(source: Split, line: int) -> str:
    if source.holds_pairs:
        return f"{source.path}, row {rows_before(source) + line}"
    return f"{source.path}, line {lines_before(source) + line}"


def first_bad(report: TaskReport, source: Split) -> str:
    """Where a task's first failed record is and why it failed, for a message."""
    assert report.bad is not None and report.bad.first is not None
    line, error = report.bad.first
    return f"{_place(source, line)}: {error}"


def quarantined(report: TaskReport, source: Split) -> Iterator[str]:
    """The task's failed records as JSON lines: input, line, error, record."""
    assert report.bad is not None
    before = 0
    if report.bad.kept:
        before = rows_before(source) if source.holds_pairs else lines_before(source)
    for record in report.bad.kept:
        yield json.dumps({"input": source.path, **record, "line": before + record["line"]}, ensure_ascii=False)


def _combiner(spec: JobSpec, work: Work, reporter: Reporter) -> Callable[[Iterable[ByteGroup]], list[BytePair]] | None:
    stage = work.stage
    phase = stage.combiner
    if phase is None:
        return None

    def combine(groups: Iterable[ByteGroup]) -> list[BytePair]:
        combined: list[BytePair] = []
        if phase.command is not None:
            combined.extend(command_pairs(phase, _lines(groups), reporter, work.label))
        else:
            job = spec.build(stage.number, "combiner")
            job.sandbox(stderr=reporter)
            if phase.pre_filter is not None:
                groups = by_key(map(split, filtered(phase, _lines(groups), reporter, work.label)))
            encode = encode_or_explain(pair_encoder(job.pick_protocols(stage.number, "combiner")[1]), work.label)

            def sink(pairs: Iterable[Any]) -> None:
                for pair in pairs:
                    key, value = pair
                    combined.append(encode(key, value))

            run_reduce(job, stage, "combiner", work.label, groups, sink)
        return combined

    return combine


def _lines(groups: Iterable[ByteGroup]) -> Iterator[bytes]:
    """The pairs of groups, a line each."""
    return itertools.starmap(join, flat(groups))


def run_reduce_task(
    spec: JobSpec, work: Work, number: int, attempt_number: int, groups: Iterator[ByteGroup]
) -> TaskReport:
    """Run one reduce task: stream its groups, sorted by key, through the reducer or the aggregator."""
    stage = work.stage
    directory = work.attempt_directory("reducer", number, attempt_number)
    with attempt.at(work.at("reducer", number, attempt_number, directory)) as reporter:
        part = work.part(os.path.join(directory, "part"), spec)
        if stage.aggregator is not None:
            job = spec.build(stage.number, "reducer")
            _present(job, stage, stage.aggregator, groups, part, work.label)
        elif stage.reducer is None:
            for key, value in flat(groups):
                part.add(key, value)
        elif stage.reducer.command is not None:
            for line in pipe(stage.reducer.command, _lines(groups), reporter, work.label):
                part.write(line)
        else:
            job = spec.build(stage.number, "reducer")
            job.sandbox(stderr=reporter)
            if stage.reducer.pre_filter is not None:
                groups = by_key(map(split, filtered(stage.reducer, _lines(groups), reporter, work.label)))
            sink = part.line_sink(job.pick_protocols(stage.number, "reducer")[1])
            run_reduce(job, stage, "reducer", work.label, groups, sink)
        return TaskReport(reporter.counters, part=part.close())


def _present(
    job: Any, stage: Stage, aggregator: Aggregator, groups: Iterator[ByteGroup], part: Part, label: str
) -> None:
    """Merge the states of each key and write its result."""
    read, write = job.pick_protocols(stage.number, "reducer")
    encode = encode_or_explain(write, label)
    dumps = shares_keys(read, write)
    decode_key = _key_decoder(read, job.pick_protocols(stage.number, "mapper")[1])
    for key, values in groups:
        states = map(_state, values)
        try:
            state = next(states)
            for other in states:
                state = aggregator.merge(state, other)
            result = aggregator.present(state)
        except Exception as error:
            raise explain(error, label, repr(aggregator), "", f" for the key {shown(key)}") from error
        if dumps is None:
            part.write(encode(decode_key(key), result))
        else:
            part.write(key + b"\t" + dumps(result))


def _state(data: bytes | None) -> Any:
    return int(data) if data and data.isdigit() else json.loads(data or b"null")


def _key_decoder(read: Any, write: Any) -> Callable[[bytes], Any]:
    """A function from a key's bytes to the key, given that they were written in a pair with the value ``None``."""
    none = pair_encoder(write)("", None)[1]
    return lambda key: read(join(key, none))[0]
