"""Jobs that run in rounds: each round is a job from state to state, until nothing changes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mrjob.protocol import JSONProtocol

from bigdata.arguments import at_least
from bigdata.errors import UsageError
from bigdata.job import Job
from bigdata.steps import MRStep

if TYPE_CHECKING:
    from bigdata.engines.base import Result

#: the file option by which a round gets its state, where its input is the job's
STATE_FILE = "--state-file"


class IterativeJob(Job):
    """A job in rounds, with steps of three phases: ``start`` makes the first state of the input, each ``round`` makes
    the next state of the last, ``finish`` makes the output of the last state, by a mapper unless it takes more steps.

    State is pairs of what JSON can hold. It is the input of the next round; where :attr:`READS_INPUT` is true, each
    round reads the job's input again, and gets the state from :meth:`state`, which is to be small.

    Run it as any job, with ``--rounds N`` at most, and ``--state DIR`` to keep the state and resume after a crash; or
    with :func:`bigdata.iterate`.

    >>> from bigdata import IterativeJob, MRStep
    >>> class Halve(IterativeJob):
    ...     def start_steps(self):
    ...         return [MRStep(mapper=lambda _, line: [(line, int(line))])]
    ...     def round_steps(self):
    ...         return [MRStep(mapper=self.halve)]
    ...     def halve(self, name, number):
    ...         if number > 1:
    ...             self.increment_counter("halve", "changed")
    ...         yield name, max(number // 2, 1)
    ...     def converged(self, result):
    ...         return result.counter("halve", "changed") == 0
    """

    #: The most rounds, unless ``--rounds`` says otherwise.
    ROUNDS = 100
    #: The least rounds that make an output of a state.
    LEAST_ROUNDS = 0
    #: Whether a round reads the job's input, and its state on the side.
    READS_INPUT = False

    def start_steps(self) -> list[Any]:
        """The steps from the input to the first state."""
        raise NotImplementedError(f"{type(self).__name__} must define start_steps()")

    def round_steps(self) -> list[Any]:
        """The steps from one state to the next."""
        raise NotImplementedError(f"{type(self).__name__} must define round_steps()")

    def finish_steps(self) -> list[Any]:
        """The steps from the last state to the output; :meth:`finish` unless redefined."""
        return [MRStep(mapper=self.finish)]

    def finish(self, key: Any, value: Any) -> Iterator[tuple[Any, Any]]:
        """The mapper from the last state to the output; the state is the output unless redefined."""
        yield key, value

    def converged(self, result: Result) -> bool:
        """Whether a round was the last: by its ``result.counters``, a list of one dict a step, or by its pairs."""
        return False

    def round_args(self, result: Result) -> list[str]:
        """Options for the next phase, from the result of the one before: what its counters add up to, say."""
        return []

    def state(self) -> Iterator[tuple[Any, Any]]:
        """In a task of a round that reads the input, the pairs of the state."""
        read = JSONProtocol().read
        with open(self.options.state_file, "rb") as lines:
            for line in lines:
                yield read(line.rstrip(b"\r\n"))

    def configure_args(self) -> None:
        super().configure_args()
        self.add_passthru_arg("--phase", choices=("start", "round", "finish"), help=argparse.SUPPRESS)
        self.add_passthru_arg("--rounds", type=at_least(self.LEAST_ROUNDS), help=f"The most rounds ({self.ROUNDS})")
        self.add_passthru_arg("--state", metavar="DIR", help="Keep the state of rounds here, and resume from there")
        self.add_file_arg(STATE_FILE, help=argparse.SUPPRESS)

    def steps(self) -> list[Any]:
        phase = self.options.phase or "start"
        return list({"start": self.start_steps, "round": self.round_steps, "finish": self.finish_steps}[phase]())

    def load_args(self, args: Sequence[str]) -> None:
        super().load_args(args)
        if self._reads_state:
            self.RECORDS = self.INPUTS = self.JOIN = None

    @property
    def _reads_state(self) -> bool:
        """Whether the phase's input is the state, and not the job's."""
        phase = self.options.phase
        return bool(phase == "finish" or (phase == "round" and not self.READS_INPUT))

    def input_protocol(self) -> Any:
        return JSONProtocol() if self._reads_state else super().input_protocol()

    def output_protocol(self) -> Any:
        return JSONProtocol() if self.options.phase in ("start", "round") else super().output_protocol()

    def make_runner(self) -> Any:
        if self.options.phase is None:
            raise UsageError(f"{type(self).__name__} runs in rounds: use bigdata.iterate, or run_job().")
        return super().make_runner()

    def run_to_end(self) -> None:
        if self.options.phase is not None:
            super().run_to_end()
            return
        self.set_up_logging(quiet=self.options.quiet, verbose=self.options.verbose)
        from bigdata import iteration

        iteration.from_command_line(self)
