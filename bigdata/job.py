"""Job: an mrjob job that any engine runs."""

from __future__ import annotations

import argparse
import contextlib
import errno
import functools
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mrjob.compat import jobconf_from_env
from mrjob.job import MRJob, _im_func
from mrjob.step import _JOB_STEP_FUNC_PARAMS

from bigdata import compat, inputs, options
from bigdata.errors import BigdataError, UsageError
from bigdata.partitioners import TOTAL_ORDER
from bigdata.steps import JoinStep, MRStep

if TYPE_CHECKING:
    from bigdata.joins import Join
    from bigdata.plan import Plan
    from bigdata.records import Records

compat.mrjob_is_imported()

DEFAULT_RUNNER = "duckdb"


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
    #: The format of the input's records, which the mapper gets as dicts: see :mod:`bigdata.records`.
    RECORDS: Records | None = None
    #: The formats of several inputs by their names; the mapper gets ``(name, record)``: see :mod:`bigdata.inputs`.
    INPUTS: Mapping[str, Records] | None = None
    #: A join of the two :attr:`INPUTS`; the mapper gets ``(key, joined record)``: see :mod:`bigdata.joins`.
    JOIN: Join | None = None

    _cl_args: Sequence[str]

    #: Whether the keys of each reducer come before those of the next: see :mod:`bigdata.total_order`. ``tera.ROWS``
    #: says besides that the job does nothing but sort :mod:`bigdata.tera`'s rows.
    TOTAL_ORDER: bool | str = False

    def steps(self) -> list[Any]:
        redefined = {
            name: getattr(self, name)
            for name in _JOB_STEP_FUNC_PARAMS
            if _im_func(getattr(self, name)) is not _im_func(getattr(MRJob, name))
        }
        if self.JOIN is None:
            return self._own_steps(redefined)
        return [JoinStep(self), *(self._own_steps(redefined) if redefined or self.aggregator is not None else [])]

    def _own_steps(self, redefined: dict[str, Any]) -> list[Any]:
        if self.aggregator is None:
            return list(super().steps())
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
        formats = type(self).INPUTS  # a property, where they depend on options, which there are none of yet
        if formats is not None:
            names = f"; names: {', '.join(formats)}" if isinstance(formats, Mapping) else ""
            self.add_passthru_arg("--input", action="append", metavar="NAME=PATH", help=f"An input{names}")
        if type(self).JOIN is not None:
            self.add_file_arg(inputs.REPLICA, action="append", help=argparse.SUPPRESS)

    def input_paths(self) -> dict[str, list[str]]:
        """The paths that the job reads, by the names of its inputs; ``"input"`` where they have none.

        :raises UsageError: for an input that the job doesn't know, or doesn't get
        """
        if self.INPUTS is None:
            return {inputs.ONLY: self.options.args or ["-"]}
        name = type(self).__name__
        if self.options.args:
            names = ", ".join(self.INPUTS)
            raise UsageError(f"{name} reads {names}: expected --input NAME=PATH; got {self.options.args[0]}.")
        replicas = [f"{self._replica}={path}" for path in self.options.replica or ()] if self._replica else []
        return inputs.named_paths([*(self.options.input or ()), *replicas], self.INPUTS, name)

    @functools.cached_property
    def input_file(self) -> str:
        """In a map task, the path or URI of the file that it reads; Hadoop's ``mapreduce.map.input.file``."""
        return str(jobconf_from_env("mapreduce.map.input.file", ""))

    @property
    def _replica(self) -> str | None:
        """The input that every task gets a copy of, if there is one."""
        return self.JOIN.right if self.JOIN is not None and self.JOIN.replicated else None

    def input_protocol(self) -> Any:
        if self.INPUTS is not None:
            return inputs.NamedInputs(self.INPUTS, self.options.input or ())
        return self.RECORDS or super().input_protocol()

    def partitioner(self) -> Any:
        return TOTAL_ORDER if self.TOTAL_ORDER else super().partitioner()

    def sort_values(self) -> bool:
        return bool(super().sort_values()) or (self.JOIN is not None and not self.JOIN.replicated)

    def _read_input(self) -> Iterator[bytes]:
        lines: Iterator[bytes] = super()._read_input()
        reads_records = self.options.run_mapper and self.options.step_num == 0 and (self.INPUTS or self.RECORDS)
        if not reads_records:
            return lines
        skips = self.input_protocol().skips
        return (line for line in lines if not skips(line.rstrip(b"\r\n")))

    def _runner_class(self) -> Any:
        from bigdata import runner

        return runner.runner_class(self.options.runner or DEFAULT_RUNNER) or super()._runner_class()

    def _runner_kwargs(self) -> dict[str, Any]:
        from bigdata import runner

        if self._replica:
            self._cl_args = inputs.with_replicas(self._cl_args, self._replica)
            self.load_args(self._cl_args)
        return runner.runner_kwargs(self, super()._runner_kwargs())

    @classmethod
    def set_up_logging(cls, quiet: bool = False, verbose: bool = False, stream: Any = None) -> None:
        super().set_up_logging(quiet=quiet, verbose=verbose, stream=stream)
        from bigdata import runner

        if not verbose:
            runner.quiet_configuration()

    def run_to_end(self) -> None:
        """Run all steps and write the output; errors come out as they are."""
        super().run_job()

    def run_job(self) -> None:
        """Run all steps and write the output; an error is a line on stderr and a non-zero exit."""
        signals: list[int] = []
        try:
            with _signals_interrupt(signals):
                self.run_to_end()
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
