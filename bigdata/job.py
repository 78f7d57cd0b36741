"""Job: an mrjob job that any engine runs.

This module is the first that a job's script imports, in the terminal and on a cluster's nodes alike, so it puts
mrjob's missing modules in place before it imports mrjob.
"""

import functools
import os
import sys

from bigdata import compat

compat.install()

import mrjob.step  # noqa: E402
from mrjob.job import MRJob, _im_func  # noqa: E402
from mrjob.step import _JOB_STEP_FUNC_PARAMS  # noqa: E402

from bigdata import options  # noqa: E402
from bigdata.aggregators import aggregator_of  # noqa: E402
from bigdata.errors import BigdataError, UsageError  # noqa: E402

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

    def __init__(self, aggregator=None, **kwargs):
        self.aggregator = None if aggregator is None else aggregator_of(aggregator)
        self.declared = {name: value for name, value in kwargs.items() if value}
        if self.aggregator is not None:
            kwargs = self._on_mrjob(dict(self.declared))
        super().__init__(**kwargs)

    def _on_mrjob(self, kwargs):
        clash = [name for name in sorted(kwargs) if name.startswith(("combiner", "reducer")) or name == "mapper_cmd"]
        if clash:
            raise UsageError(f"a step with an aggregator can't have {clash[0]}: the aggregator takes its place.")
        if "mapper_raw" not in kwargs:
            kwargs.setdefault("mapper", _identity)
        for name in ("mapper", "mapper_init", "mapper_final", "mapper_raw"):
            if name in kwargs:
                kwargs[name] = self._prepared(kwargs[name])
        return {"combiner": self._merge, "reducer": self._present, **kwargs}

    def _prepared(self, function):
        prepare = self.aggregator.prepare

        @functools.wraps(function)
        def prepared(*args):
            for key, value in function(*args) or ():
                yield key, prepare(value)

        return prepared

    def _merge(self, key, states):
        yield key, functools.reduce(self.aggregator.merge, states)

    def _present(self, key, states):
        yield key, self.aggregator.present(functools.reduce(self.aggregator.merge, states))


def _identity(key, value):
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

    def steps(self):
        if self.aggregator is None:
            return super().steps()
        redefined = {
            name: getattr(self, name)
            for name in _JOB_STEP_FUNC_PARAMS
            if _im_func(getattr(self, name)) is not _im_func(getattr(MRJob, name))
        }
        commands = {name: value() for name, value in redefined.items() if name.endswith(("_cmd", "_pre_filter"))}
        return [MRStep(aggregator=self.aggregator, **{**redefined, **commands})]

    def plan(self):
        """The job as data: a :class:`bigdata.plan.Plan`. Building it runs nothing."""
        from bigdata.plan import plan_of

        return plan_of(self)

    def load_args(self, args):
        super().load_args(options.join_quarantine(args))

    def configure_args(self):
        options.install()
        super().configure_args()

    def _runner_class(self):
        from bigdata import runner

        return runner.runner_class(self.options.runner or DEFAULT_RUNNER) or super()._runner_class()

    def _runner_kwargs(self):
        from bigdata import runner

        return runner.runner_kwargs(self, super()._runner_kwargs())

    @classmethod
    def set_up_logging(cls, quiet=False, verbose=False, stream=None):
        super().set_up_logging(quiet=quiet, verbose=verbose, stream=stream)
        from bigdata import runner

        if not verbose:
            runner.quiet_configuration()

    def run_job(self):
        """Run all steps and write the output; an error is a line on stderr and a non-zero exit."""
        try:
            super().run_job()
        except BigdataError as error:
            sys.exit(f"{type(error).__name__}: {error}")
        except KeyboardInterrupt:
            print("Interrupted: the job was stopped and left no output.", file=sys.stderr)
            sys.exit(130)
        except BrokenPipeError:
            # the reader of the output (head, say) has what it wants
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(141)
