"""Steps of a job: mrjob's own with an aggregator, and the step that is a join."""

from __future__ import annotations

import bz2
import functools
import gzip
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import mrjob.step

from bigdata.aggregators import aggregator_of
from bigdata.errors import DecodeError, UsageError


class MRStep(mrjob.step.MRStep):
    """mrjob's step, with an aggregator where a combiner and a reducer would be.

    :param aggregator: an :class:`~bigdata.Aggregator`, or a dict or tuple of them over one pass
    :raises UsageError: for an aggregator beside a combiner, a reducer or a mapper_cmd

    On mrjob's own runners the mapper emits states, and the aggregator's ``merge`` is both combiner and reducer.

    >>> from bigdata import MRStep, Sum
    >>> step = MRStep(mapper=lambda _, line: [(line, 1)], aggregator=Sum())
    >>> sorted(step.description())
    ['combiner', 'mapper', 'reducer', 'type']
    """

    def __init__(self, aggregator: Any = None, **kwargs: Any) -> None:
        self.aggregator = None if aggregator is None else aggregator_of(aggregator)
        self.declared = {name: value for name, value in kwargs.items() if value}
        if self.aggregator is not None:
            kwargs = self._on_mrjob(dict(self.declared))
        super().__init__(**kwargs)

    def _on_mrjob(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        clash = [name for name in sorted(kwargs) if name.startswith(("combiner", "reducer")) or name == "mapper_cmd"]
        if clash:
            raise UsageError(f"a step with an aggregator can't have {clash[0]}: the aggregator takes its place.")
        if "mapper_raw" not in kwargs:
            kwargs.setdefault("mapper", _identity)
        for name in ("mapper", "mapper_init", "mapper_final", "mapper_raw"):
            if name in kwargs:
                kwargs[name] = self._prepared(kwargs[name])
        return {"combiner": self._merge, "reducer": self._present, **kwargs}

    def _prepared(self, function: Callable[..., Any]) -> Callable[..., Any]:
        assert self.aggregator is not None
        prepare = self.aggregator.prepare

        @functools.wraps(function)
        def prepared(*args: Any) -> Iterator[tuple[Any, Any]]:
            for key, value in function(*args) or ():
                yield key, prepare(value)

        return prepared

    def _merge(self, key: Any, states: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        assert self.aggregator is not None
        yield key, functools.reduce(self.aggregator.merge, states)

    def _present(self, key: Any, states: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        assert self.aggregator is not None
        yield key, self.aggregator.present(functools.reduce(self.aggregator.merge, states))


def _identity(key: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    yield key, value


class JoinStep(MRStep):
    """The step of a job's :class:`~bigdata.Join`, for runners that have no join of their own."""

    def __init__(self, job: Any) -> None:
        self._job, self._join, self._formats = job, job.JOIN, job.INPUTS
        if self._join.replicated:
            super().__init__(mapper_init=self._load, mapper=self._match)
        else:
            super().__init__(mapper=self._join.mapper, reducer=functools.partial(self._join.reducer, self._formats))

    def _load(self) -> None:
        self._table = self._join.table(self._replicas())

    def _replicas(self) -> Iterator[Any]:
        records = self._formats[self._join.right]
        for path in self._job.options.replica:
            opened: Any = {".gz": gzip.open, ".bz2": bz2.open}.get(os.path.splitext(path)[1], open)
            with opened(path, "rb") as lines:
                for number, line in enumerate(lines, 1):
                    line = line.rstrip(b"\r\n")
                    if records.skips(line):
                        continue
                    try:
                        record = records.read(line)[1]
                    except ValueError as error:
                        reader = f"{type(self._job).__name__} stage 0: {type(records).__name__}"
                        raise DecodeError(f"{reader} can't read {line!r}: {error}, in {path}, line {number}.") from None
                    yield record

    def _match(self, source: str, record: Any) -> Iterator[tuple[Any, Any]]:
        yield from self._join.replica(self._formats, record, self._table)
