"""Rounds of a job, one run after another, with the state of each kept until it isn't needed.

The state directory has the state of the last two rounds: of round n the directory ``round-n``, and its counters in
``round-n.json``, which comes when the round is done. A run that finds the state of its own like goes on after the last
round that has both.
"""

from __future__ import annotations

import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mrjob.options import _parse_raw_args
from mrjob.protocol import JSONProtocol

from bigdata import options, runner, storage
from bigdata.engines import ENGINES
from bigdata.engines.base import Result
from bigdata.errors import UnsupportedOption, UnsupportedPlan, UsageError
from bigdata.formats import convert
from bigdata.iterative import STATE_FILE, IterativeJob
from bigdata.job import DEFAULT_RUNNER
from bigdata.pairs import Writer

log = logging.getLogger("mrjob.bigdata")

#: when to stop: a function of a round's result, or a counter (group, name) that no step of the round has counted up
Until = Callable[[Result], bool] | tuple[str, str]
_LOCAL = ("duckdb", "spark", "inline", "local")
#: options that are the iteration's and not a round's
_OWN = ("output_dir", "output_format", "cat_output", "rounds", "state", "phase", "state_file", "help")
_INPUTS = ("args", "input", "replica")
#: options for the phases that read the job's input
_OF_INPUT = ("on_error", "max_errors")
#: what a state directory may hold, and the notes of rounds that are done among it
_OWN_NAME, _NOTE = re.compile(r"\.?round-[0-9]{5,}\b"), re.compile(r"round-([0-9]{5,})\.json")


class StateDirectory:
    """The directory that a run keeps its state in, local or remote.

    :param uri: a path or URI
    """

    def __init__(self, uri: str) -> None:
        from pyarrow.fs import LocalFileSystem

        self.uri = uri if "://" in uri else os.path.abspath(uri)
        if storage.is_uri(uri):
            self._files, self._root = storage.filesystem_of(uri)
        else:
            self._files, self._root = LocalFileSystem(), storage.local(self.uri)

    def round(self, number: int) -> str:
        """Where the state of a round is."""
        return f"{self.uri}/round-{number:05d}"

    def done(self, run: str) -> dict[int, Any]:
        """The counters of each round that is done and kept, by its number.

        :param run: what a run says of itself
        :raises UsageError: for the directory of another run, or of something else
        """
        names = self._names()
        kept = {int(match[1]): self._read(match[0]) for match in map(_NOTE.fullmatch, names) if match}
        if any(note["run"] != run for note in kept.values()):
            raise UsageError(
                f"{self.uri} holds the state of another run. Give it the same arguments, or another --state."
            )
        if not kept and not all(map(_OWN_NAME.match, names)):
            raise UsageError(f"{self.uri} holds something else than the state of a run. Choose a new --state.")
        return {number: note["counters"] for number, note in kept.items()}

    def note(self, run: str, number: int, counters: Any) -> None:
        """Say that a round is done."""
        name = f"round-{number:05d}.json"
        with storage.disk_errors(self.uri):
            with self._files.open_output_stream(f"{self._root}/.{name}") as stream:
                stream.write(json.dumps({"run": run, "counters": counters}).encode("ascii"))
            self._files.move(f"{self._root}/.{name}", f"{self._root}/{name}")

    def keep(self, *numbers: int) -> None:
        """Remove what there is of other rounds, and what rounds that were killed have left."""
        kept = {f"round-{number:05d}{ending}" for number in numbers for ending in ("", ".json")}
        for name in self._names():
            if _OWN_NAME.match(name) and name not in kept:
                self.remove(name)

    def remove(self, name: str) -> None:
        """Remove a file or directory, if it is there."""
        from pyarrow.fs import FileType

        path = f"{self._root}/{name}"
        kind = self._files.get_file_info(path).type
        if kind == FileType.Directory:
            self._files.delete_dir(path)
        elif kind == FileType.File:
            self._files.delete_file(path)

    def _names(self) -> list[str]:
        from pyarrow.fs import FileSelector

        selector = FileSelector(self._root, allow_not_found=True)
        with storage.disk_errors(self.uri):
            return [str(info.base_name) for info in self._files.get_file_info(selector)]

    def _read(self, name: str) -> Any:
        with self._files.open_input_stream(f"{self._root}/{name}") as stream:
            return json.loads(stream.read())


class Iteration:
    """A job, round by round.

    :param job: built from its command line
    :param scratch: a local directory that is removed after the run
    """

    def __init__(self, job: Any, state: str | None, scratch: str) -> None:
        self.job = job
        self.engine = job.options.runner or DEFAULT_RUNNER
        self._scratch = scratch
        self._phases = isinstance(job, IterativeJob)
        self._reads_input = self._phases and bool(job.READS_INPUT)
        # text of another kind than JSON doesn't hold all of a pair
        lossless = self._phases or type(job.output_protocol()) is type(job.input_protocol()) is JSONProtocol
        self._form = "pairs" if self.engine in ENGINES and lossless and not self._reads_input else "text"
        if self.engine not in _LOCAL and "://" not in (state or ""):
            raise UsageError(
                f"-r {self.engine} needs --state URI: a directory for the state of rounds that the cluster can reach."
            )
        self.state = StateDirectory(state or os.path.join(scratch, "state"))
        raw = _parse_raw_args(job.arg_parser, options.join_quarantine(job._cl_args))
        given = [(dest, [option, *values] if option else values) for dest, option, values in raw]
        self.words = [word for dest, item in given if dest not in (*_OWN, *_INPUTS, *_OF_INPUT) for word in item]
        self._inputs = [word for dest, item in given if dest in _INPUTS for word in item] or ["-"]
        self._of_input = [word for dest, item in given if dest in _OF_INPUT for word in item]
        self._run = json.dumps([type(job).__name__, self.engine, self.words, self._of_input, self._inputs])
        if self._reads_input and any(word == "-" or word.endswith("=-") for word in self._inputs):
            raise UsageError(f"{type(job).__name__} reads its input in every round: expected files; got -.")
        if self._reads_input and any(word.startswith("quarantine ") for word in self._of_input):
            raise UsageError(f"{type(job).__name__} reads its input in every round: use --on-error skip.")

    def run(self, most: int, until: Callable[[Result], bool]) -> Result:
        """Run all rounds that are due; gives the result of the last, or of the start where there is none."""
        number, result = self._resumed(most)
        if result is None and self._phases:
            result = self._round(0, None)
        while number < most and not (number > 0 and result is not None and until(result)):
            number += 1
            result = self._round(number, result)
        assert result is not None
        result.rounds = number
        return result

    def _round(self, number: int, last: Result | None) -> Result:
        words, inputs = self._phase("round" if number else "start"), [*self._of_input, *self._inputs]
        if last is not None:
            words += self.job.round_args(last) if self._phases else []
            if self._reads_input:
                words += [STATE_FILE, self._state_file(last, number)]
            else:
                inputs = [last.output]
        words += ["--output-format", self._form] if self.engine in ENGINES else []
        target = self.state.round(number)
        self.state.keep(number - 2, number - 1)
        started = time.perf_counter()
        with _without_stages():
            result = runner.ran(type(self.job), [*words, "--output-dir", target, *inputs], target)
        if self.engine not in _LOCAL and not any(result.counters):
            raise UnsupportedPlan(f"-r {self.engine} gave no counters of round {number}, and they say when to stop.")
        self.state.note(self._run, number, result.counters)
        self.state.keep(number - 1, number)
        log.info("%s round %d: %.1f s", type(self.job).__name__, number, time.perf_counter() - started)
        return result

    def _phase(self, phase: str) -> list[str]:
        return [*self.words, "--phase", phase] if self._phases else list(self.words)

    def _resumed(self, most: int) -> tuple[int, Result | None]:
        """The last round that a run before this one has finished."""
        done = self.state.done(self._run)
        if not done:
            return 0, None
        number = max(done)
        if number > most:
            raise UsageError(f"{self.state.uri} is at round {number}: expected at least as many --rounds; got {most}.")
        log.info("%s: resumed after round %d", type(self.job).__name__, number)
        words = self._phase("round")
        return number, runner.result_of(type(self.job), words, self.state.round(number), self._form, done[number])

    def _state_file(self, last: Result, number: int) -> str:
        """The state in one local file."""
        path = os.path.join(self._scratch, f"state-{number:05d}.json")
        with storage.disk_errors(path), open(path, "wb") as file:
            file.writelines(_bytes_of(last))
        return path

    def finish(self, last: Result, output: str | None, form: str) -> Result:
        """Make the output of the last round's state; without `output` it goes with the result."""
        owned, target = None, output
        if target is None and self.engine in _LOCAL:
            owned = tempfile.mkdtemp(prefix="bigdata-", dir=os.path.dirname(self._scratch))
            target = os.path.join(owned, "output")
        elif target is None:
            self.state.remove("output")
            target = f"{self.state.uri}/output"
        if self._phases:
            words = [*self._phase("finish"), *self.job.round_args(last)]
            words += ["--output-format", form] if self.engine in ENGINES else []
            result = runner.ran(type(self.job), [*words, "--output-dir", target, last.output], target, owned)
        else:
            result = runner.result_of(type(self.job), self.words, target, form, last.counters)
            result.stages, result.owned = last.stages, owned
            self._write(last, target, form)
        result.rounds = last.rounds
        return result

    def _write(self, pairs: Result, target: str, form: str) -> None:
        """Write pairs to a new output directory, all at once."""
        protocol = self.job.output_protocol()
        committer = storage.Committer(target, self._scratch)
        part = os.path.join(committer.staging, "part-00000")
        try:
            with storage.disk_errors(part):
                if form == "pairs":
                    writer = Writer(open(f"{part}.pairs", "wb"))
                    for key, value in pairs:
                        writer.add(key, value)
                    writer.close()
                else:
                    with open(part, "wb") as file:
                        file.writelines(protocol.write(key, value) + b"\n" for key, value in pairs)
                    convert([part], protocol.read, form)
            committer.commit()
        except BaseException:
            committer.abort()
            raise


@contextmanager
def _without_stages() -> Iterator[None]:
    """Keep what each round would say of its stages out of the terminal."""
    logger = logging.getLogger("mrjob")
    level = logger.level
    logger.setLevel(logging.WARNING if level == logging.INFO else level)
    try:
        yield
    finally:
        logger.setLevel(level)


def _bytes_of(result: Result) -> Iterator[bytes]:
    for part in storage.parts(result.output):
        yield from storage.cat(part)


def iterate(
    job_class: type,
    inputs: Any,
    until: Until | None = None,
    rounds: int | None = None,
    engine: str = DEFAULT_RUNNER,
    output: str | os.PathLike[str] | None = None,
    state: str | os.PathLike[str] | None = None,
    args: Sequence[str] = (),
    **kwargs: Any,
) -> Result:
    """Run a job again and again, each time on what it gave the time before.

    :param job_class: an :class:`~bigdata.IterativeJob`; or any job whose output is input to it
    :param inputs: as for :func:`bigdata.run`; a job that isn't iterative takes them for the first state
    :param until: stops after a round: a function of its :class:`~bigdata.Result`, or a counter ``(group, name)`` that
        the round hasn't counted up; by default the job's own ``converged``
    :param rounds: the most rounds; by default the job's ``ROUNDS``, or 100
    :param state: a directory for the state of the rounds, kept; a run that finds the state of the same run there goes
        on after its last round
    :param kwargs: as for :func:`bigdata.run`
    :returns: a :class:`bigdata.Result` of the last round, or of what finishes an iterative job; ``.rounds`` is how many

    Between the rounds of an engine of ours, pairs that JSON can hold go to disk in binary and not as text.

    >>> import bigdata, tempfile
    >>> from jobs.pagerank import PageRank
    >>> ranks = bigdata.iterate(PageRank, "sample_data/graph", args=["--tolerance", "0.01"])
    >>> ranks.rounds < 100
    True
    """
    runner.check_engine(engine)
    words = ["-r", engine, *args, *runner.switches(kwargs), *runner.input_words(inputs)]
    job = runner.built(job_class, words)
    return _iterated(job, until, rounds, _path(state), _path(output))


def _path(path: str | os.PathLike[str] | None) -> str | None:
    return None if path is None else os.fspath(path)


def from_command_line(job: Any) -> None:
    """Run an iterative job as its command line says, and write its output."""
    given = job.options
    if given.explain:
        _explain(job)
        return
    if given.output_format in options.FOR_FILES and not given.output_dir:
        raise UsageError(f"--output-format {given.output_format} is not for the terminal: add -o DIR.")
    with _iterated(job, None, None, None, None) as result:
        if job._should_cat_output():
            for chunk in _bytes_of(result):
                job.stdout.write(chunk)
            job.stdout.flush()


def _explain(job: Any) -> None:
    with tempfile.TemporaryDirectory(prefix="bigdata-") as scratch:
        iteration = Iteration(job, None, scratch)
        inputs = [path for paths in job.input_paths().values() for path in paths]
        for phase in ("start", "round", "finish"):
            print(f"-- {phase}")
            type(job)([*iteration.words, "--phase", phase, *inputs]).run_job()


def _iterated(job: Any, until: Until | None, rounds: int | None, state: str | None, output: str | None) -> Result:
    """Run a job to its end; what isn't given is in its options."""
    given = job.options
    rounds = getattr(given, "rounds", None) if rounds is None else rounds
    most = getattr(job, "ROUNDS", 100) if rounds is None else rounds
    least = getattr(job, "LEAST_ROUNDS", 1)
    if most < least:
        raise UsageError(f"rounds: expected at least {least}; got {most}.")
    output = output or given.output_dir
    parent = os.path.abspath(given.local_tmp_dir or tempfile.gettempdir())
    with storage.disk_errors(parent):
        os.makedirs(parent, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bigdata-rounds-", dir=parent) as scratch:
        iteration = Iteration(job, state or getattr(given, "state", None), scratch)
        if given.output_format and iteration.engine not in ENGINES:
            raise UnsupportedOption(f"-r {iteration.engine} has no option --output-format.")
        if output is not None and (iteration.engine in _LOCAL or storage.is_uri(output)):
            storage.Committer(output, scratch).abort()  # which refuses a directory that holds something
        last = iteration.run(most, _stop(until or getattr(job, "converged", None)))
        return iteration.finish(last, output, given.output_format or "text")


def _stop(until: Until | None) -> Callable[[Result], bool]:
    if until is None:
        return lambda result: False
    if callable(until):
        return until
    group, name = until
    return lambda result: result.counter(group, name) == 0
