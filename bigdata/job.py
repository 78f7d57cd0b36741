"""Job: an mrjob job that any engine runs."""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import mrjob.step
from mrjob.job import MRJob, _im_func
from mrjob.step import _JOB_STEP_FUNC_PARAMS

from bigdata import options
from bigdata.aggregators import aggregator_of
from bigdata.errors import BigdataError, UsageError

if TYPE_CHECKING:
    from bigdata.plan import Plan

DEFAULT_RUNNER = "duckdb"


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


class Job(MRJob):
    """A MapReduce job; write it as for mrjob, or with an :attr:`aggregator` in place of combiner and reducer.

    Run it with ``YourJob.run()`` under ``if __name__ == "__main__"``, or with :func:`bigdata.run`. ``-r`` chooses the
    engine: ``duckdb`` (the default), ``spark``, or mrjob's ``inline``, ``local``, ``hadoop``, ``emr``, ``dataproc``.

    >>> from bigdata import Job, Sum
    >>> class WordCount(Job):
    ...     aggregator = Sum()
    ...     def mapper(self, _, line):
    ...         for word in line.split():
    ...             yield word, 1
    """

    #: The combiner and reducer of a one-step job in one declaration: an Aggregator, or a dict or tuple of them.
    aggregator = None

    def steps(self) -> list[Any]:
        if self.aggregator is None:
            return list(super().steps())
        redefined = {
            name: getattr(self, name)
            for name in _JOB_STEP_FUNC_PARAMS
            if _im_func(getattr(self, name)) is not _im_func(getattr(MRJob, name))
        }
        commands = {name: value() for name, value in redefined.items() if name.endswith(("_cmd", "_pre_filter"))}
        return [MRStep(aggregator=self.aggregator, **{**redefined, **commands})]

    def plan(self) -> Plan:
        """The job as data: a :class:`bigdata.plan.Plan`. Building it runs nothing."""
        from bigdata.plan import plan_of

        return plan_of(self)

    @classmethod
    def mr_job_script(cls) -> Any:
        try:
            return super().mr_job_script()
        except OSError:
            return ""  # a class that was typed in, under ``python -c`` say, has no script

    def load_args(self, args: Sequence[str]) -> None:
        super().load_args(options.join_quarantine(args))

    def configure_args(self) -> None:
        options.install()
        super().configure_args()

    def _runner_class(self) -> Any:
        from bigdata import runner

        return runner.runner_class(self.options.runner or DEFAULT_RUNNER) or super()._runner_class()

    def _runner_kwargs(self) -> dict[str, Any]:
        from bigdata import runner

        return runner.runner_kwargs(self, super()._runner_kwargs())

    @classmethod
    def set_up_logging(cls, quiet: bool = False, verbose: bool = False, stream: Any = None) -> None:
        super().set_up_logging(quiet=quiet, verbose=verbose, stream=stream)
        from bigdata import runner

        if not verbose:
            runner.quiet_configuration()

    def run_job(self) -> None:
        """Run all steps and write the output; an error is a line on stderr and a non-zero exit."""
        signals: list[int] = []
        try:
            with _signals_interrupt(signals):
                super().run_job()
        except BigdataError as error:
            sys.exit(f"{type(error).__name__}: {error}")
        except KeyboardInterrupt:
            print("Interrupted: the job was stopped and left no output.", file=sys.stderr)
            sys.exit(128 + (signals or [signal.SIGINT])[0])
        except BrokenPipeError:
            # the reader of the output (head, say) has what it wants
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(141)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            sys.exit("DiskFull: no space left on the disk of standard output. Free some, or write to another with -o.")


@contextlib.contextmanager
def _signals_interrupt(came: list[int]) -> Iterator[None]:
    """Let SIGTERM and SIGHUP stop a job as Ctrl-C does, so that its workers end and its files go.

    :param came: a list that takes their numbers
    """

    def interrupt(number: int, _: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    is_main = threading.current_thread() is threading.main_thread()
    numbers = (signal.SIGTERM, signal.SIGHUP) if is_main else ()
    ours = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
