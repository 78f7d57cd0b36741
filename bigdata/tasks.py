"""What one task does, on every engine that runs tasks itself: feed records to the job, and its pairs to a sink.

The functions here know nothing of files, workers or shuffles. A *sink* takes the pairs that one call of the job's
code gave, as an iterable, and consumes it: into a fold table, a spill buffer or an output file.
"""

from __future__ import annotations

import inspect
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import length_hint
from typing import Any

from bigdata.codecs import ByteGroup, group_decoder, is_keyless
from bigdata.errors import BadPair, BigdataError, DecodeError, ResourceError
from bigdata.explain import decode_or_explain, explain, is_pair, one_line, shown
from bigdata.plan import Stage

COUNTER_GROUP = "bigdata"
Sink = Callable[["Iterable[Any]"], None]
#: how many lines of text a sink gets the pairs of
_TOGETHER = 128
#: what the job's code may raise that is the job's own failure; an exit in a task would pass for a job well done
_RAISED = (Exception, SystemExit)


@dataclass(frozen=True)
class JobSpec:
    """How a task builds its job: the class, and the arguments that mrjob would pass to its script."""

    job_class: type
    args: tuple[str, ...]

    def build(self, number: int, role: str, paths: Sequence[str] = ()) -> Any:
        """The job as a task of step `number` sees it; `paths` are mapper_raw's two."""
        return self.job_class([f"--step-num={number}", f"--{role}", *self.args, *paths])


class Reporter(io.RawIOBase):
    """A task's stderr: takes ``reporter:counter:`` and ``reporter:status:`` lines out, and passes the rest on.

    :param passed_on: a binary file, or ``None`` to drop the rest
    """

    def __init__(self, passed_on: Any = None) -> None:
        super().__init__()
        self.counters: dict[str, dict[str, int]] = {}
        self.status: str | None = None
        self._passed_on = passed_on
        self._begun = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        data = bytes(data)
        lines = (self._begun + data).split(b"\n")
        self._begun = lines.pop()
        for line in lines:
            self._line(line)
        return len(data)

    def _line(self, line: bytes) -> None:
        if line.startswith(b"reporter:counter:"):
            fields = line[len(b"reporter:counter:") :].decode("utf-8", "replace").rsplit(",", 2)
            if len(fields) == 3 and fields[2].lstrip("-").isdigit():
                self.increment(fields[0], fields[1], int(fields[2]))
                return
        elif line.startswith(b"reporter:status:"):
            self.status = line[len(b"reporter:status:") :].decode("utf-8", "replace")
            return
        if self._passed_on is not None:
            self._passed_on.write(line + b"\n")
            self._passed_on.flush()

    def finish(self) -> None:
        """Pass on a last line that has no newline."""
        if self._begun:
            self.write(b"\n")

    def increment(self, group: str, name: str, amount: int) -> None:
        """Count up, as ``job.increment_counter`` does."""
        names = self.counters.setdefault(group, {})
        names[name] = names.get(name, 0) + amount


class MapTask:
    """One map task of a stage: its records go through the job's mapper one by one.

    :param job: built for the role ``mapper``
    :param stage: the :class:`~bigdata.plan.Stage`
    :param label: how messages name the stage
    :param sink: takes each record's pairs
    :param bad_records: a :class:`BadRecords`, or ``None`` where the first failure ends the task
    """

    def __init__(self, job: Any, stage: Stage, label: str, sink: Sink, bad_records: BadRecords | None = None) -> None:
        self.step = job.steps()[stage.number]
        self.declared = getattr(self.step, "declared", None) if stage.aggregator is not None else None
        self.read, self.write = job.pick_protocols(stage.number, "mapper")
        self.skips = self.read.__self__.skips if stage.formats and stage.joined is None else None
        self.text = stage.text_lines
        self.stage = stage
        self.label = label
        self.sink = sink
        self.bad_records = bad_records
        self.records = 0

    def _function(self, name: str) -> Any:
        return self.step[name] if self.declared is None else self.declared.get(name)

    def run(self, batches: Iterable[Sequence[Any]], decoded: bool = False) -> None:
        """Map batches of records: lists of text where the stage reads text lines, else of bytes.

        :param decoded: whether the records are pairs already, or :class:`Unreadable`
        """
        if decoded:
            self.text, self.read, self.skips = False, _as_it_is, None
        self._call("mapper_init")
        mapper = self._mapper()
        for batch in batches:
            self._map(mapper, batch)
        self._call("mapper_final")

    def run_raw(self, path: str, uri: str) -> None:
        """Map one whole file with mapper_raw."""
        self._call("mapper_init")
        self._call("mapper_raw", path, uri, at=f", in {uri}")
        self._call("mapper_final")

    def _mapper(self) -> Callable[[Any, Any], Any]:
        if self.declared is not None and "mapper" not in self.declared:
            return lambda key, value: ((key, value),)
        mapper: Callable[[Any, Any], Any] = self._function("mapper")
        return mapper

    def _map(self, mapper: Callable[[Any, Any], Any], batch: Sequence[Any]) -> None:
        if self.text and self.bad_records is None and inspect.isgeneratorfunction(mapper):
            self._map_together(mapper, batch)
            return
        sink, read, text, skips = self.sink, self.read, self.text, self.skips
        check = None if self.bad_records is None else self._check
        for record in batch:
            self.records += 1
            if skips is not None and skips(record):
                continue
            try:
                pairs = mapper(None, record) if text else mapper(*self._decode(read, record))
                if check is not None:
                    pairs = checked_pairs(pairs, check)
                if pairs is not None:
                    sink(pairs)
            except _RAISED as error:
                self._failed(error, record)

    def _map_together(self, mapper: Callable[[Any, Any], Any], batch: Sequence[Any]) -> None:
        """Map lines of text with a generator, giving the sink the pairs of many at a time: that costs less."""
        for start in range(0, len(batch), _TOGETHER):
            lines = batch[start : start + _TOGETHER]
            rest = iter(lines)
            try:
                self.sink(itertools.chain.from_iterable(map(mapper, itertools.repeat(None), rest)))
            except _RAISED as error:
                place = len(lines) - length_hint(rest)
                self.records += place
                self._failed(error, lines[place - 1])
            self.records += len(lines)

    def _decode(self, read: Callable[[Any], tuple[Any, Any]], record: Any) -> tuple[Any, Any]:
        try:
            return read(record)
        except Unreadable as error:
            raise DecodeError(f"{self.label}: {error}") from None
        except Exception as error:
            reason = f"{type(error).__name__}: {error}" if self.skips is None else error
            raise DecodeError(
                f"{self.label}: {type(getattr(read, '__self__', read)).__name__} can't read {shown(record)}: {reason}"
            ) from None

    def _check(self, key: Any, value: Any) -> None:
        """Raise what the sink would raise for a pair, before the sink has any of the record's pairs."""
        if self.stage.aggregator is not None:
            self.stage.aggregator.prepare(value)
            value = None
        self.write(key, value)

    def _call(self, name: str, *args: Any, at: str = "") -> None:
        function = self._function(name)
        if function is None:
            return
        try:
            pairs = function(*args)
            if pairs is not None:
                self.sink(pairs)
        except _RAISED as error:
            raise explain(error, self.label, name, self._source(name), at) from error

    def _source(self, name: str) -> str:
        return self.stage.phases["mapper"].sources.get(name, "")

    def _failed(self, error: BaseException, record: Any) -> None:
        if isinstance(error, BigdataError) and error.explained:
            raise error  # the combiner's, which ran because the record's pairs filled the buffer
        if self.bad_records is not None and not isinstance(error, ResourceError):
            self.bad_records.add(self.records, record, one_line(error))
            return
        at = f" on the record {shown(record)}"
        raise explain(error, self.label, "mapper", self._source("mapper"), at, self.records) from error


class Unreadable(ValueError):
    """Stands among decoded pairs for one that can't be; its text is what reads them, the record, and why."""


def _as_it_is(pair: tuple[Any, Any] | Unreadable) -> tuple[Any, Any]:
    if isinstance(pair, Unreadable):
        raise pair
    return pair


class BadRecords:
    """The records of one task that failed, under ``--on-error skip`` and ``quarantine``.

    :param keep: whether to keep the records themselves, for the quarantine
    """

    def __init__(self, keep: bool = False) -> None:
        self.keep = keep
        self.count = 0
        self.first: tuple[int, str] | None = None
        self.kept: list[dict[str, Any]] = []

    def add(self, line: int, record: Any, error: str) -> None:
        """Note the record on the task's line `line`, counted from 1."""
        self.count += 1
        if self.first is None:
            self.first = (line, error)
        if self.keep:
            text = record.decode("utf-8", "backslashreplace") if isinstance(record, bytes) else str(record)
            self.kept.append({"line": line, "error": error, "record": text})


def checked_pairs(pairs: Any, check: Callable[[Any, Any], object]) -> list[Any]:
    """A record's pairs as a list, each checked, so that a record counts whole or not at all."""
    whole = [] if pairs is None else list(pairs)
    for pair in whole:
        if not is_pair(pair):
            raise BadPair(f"expected (key, value); got {shown(pair)}")
        check(*pair)
    return whole


def run_reduce(job: Any, stage: Stage, role: str, label: str, groups: Iterable[ByteGroup], sink: Sink) -> None:
    """Run a stage's combiner or reducer over groups of bytes, in their order.

    :param role: ``combiner`` or ``reducer``
    """
    read = job.pick_protocols(stage.number, role)[0]
    step = job.steps()[stage.number]
    sources = stage.phases[role].sources

    def call(name: str, function: Callable[..., Any], *args: Any) -> None:
        try:
            out = function(*args)
            if out is not None:
                sink(out)
        except _RAISED as error:
            at = f" on the key {shown(args[0])}" if args else ""
            raise explain(error, label, name, sources.get(name, ""), at) from error

    if step[role + "_init"]:
        call(role + "_init", step[role + "_init"])
    for key, values in _decoded(groups, read, label):
        call(role, step[role], key, values)
    if step[role + "_final"]:
        call(role + "_final", step[role + "_final"])


def _decoded(groups: Iterable[ByteGroup], read: Any, label: str) -> Iterator[tuple[Any, Iterator[Any]]]:
    """Groups as (key, iterator of values), as the protocol method `read` decodes them.

    Keys are told apart by their bytes, so ``1``, ``1.0`` and ``true`` are three; but where the protocol reads no keys,
    all values are one group with the key ``None``, as in mrjob.
    """
    decode = group_decoder(read, lambda function: decode_or_explain(function, label))
    if not is_keyless(read):
        yield from itertools.starmap(decode, groups)
        return
    whole = (value for group in groups for value in decode(*group)[1])
    for first in whole:
        yield None, itertools.chain([first], whole)
        return  # what the reducer left unread is no group of its own
