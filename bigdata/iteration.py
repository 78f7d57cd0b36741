"""Rounds of a job, one run after another, with the state of each kept until it isn't needed.

The state of round n is the directory ``round-n`` of the state directory; its counters, in ``round-n.json``, come when
the round is done. So a run that finds a state directory goes on after the last round that has both. The state of the
last two rounds is kept.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mrjob.options import _parse_raw_args

from bigdata import options, runner, storage
from bigdata.engines import ENGINES
from bigdata.engines.base import Result
from bigdata.errors import UsageError
from bigdata.iterative import STATE_FILE, IterativeJob
from bigdata.job import DEFAULT_RUNNER

log = logging.getLogger("mrjob.bigdata")

#: when to stop: a function of a round's result, or a counter (group, name) that no step of the round has counted up
Until = Callable[[Result], bool] | tuple[str, str]
_LOCAL = ("duckdb", "spark", "inline", "local")
#: options that are the iteration's and not a round's
_OWN = ("args", "output_dir", "output_format", "cat_output", "rounds", "state", "phase", "state_file", "help")
#: options that are for the phases which read the job's input
_OF_INPUT = ("on_error", "max_errors")


@dataclass
class Rounds:
    """The rounds of a job.

    :param words: the command line of each round, but for its phase, input and output
    :param inputs: the job's, as words of a command line
    :param state: the state directory
    """

    job: Any
    words: Sequence[str]
    of_input: Sequence[str]
    inputs: Sequence[str]
    engine: str
    state: str
    most: int
    until: Until | None

    def run(self) -> Result:
        """Run all rounds that are due; gives the result of the last, or of the start where there is none."""
        phases = isinstance(self.job, IterativeJob)
        number, result = self._last_done()
        if result is None:
            number = 0
            if phases:
                result = self._round(0, "start", self.inputs)
        while number < self.most and not (number > 0 and result is not None and self._is_last(result)):
            number += 1
            inputs = self.inputs if result is None else [result.output]
            state: list[str] = []
            if phases and self.job.READS_INPUT and result is not None:
                inputs, state = self.inputs, [STATE_FILE, self._state_file(result)]
            options = [] if result is None or not phases else self.job.round_args(result)
            result = self._round(number, "round" if phases else None, inputs, [*options, *state])
            self._forget(number - 2)
        if result is None:
            raise UsageError("rounds: expected at least 1 for a job without a start.")
        result.rounds = number
        return result

    def _is_last(self, result: Result) -> bool:
        if callable(self.until):
            return self.until(result)
        if self.until is not None:
            group, name = self.until
            return not any(counters.get(group, {}).get(name) for counters in result.counters)
        return False

    def _round(self, number: int, phase: str | None, inputs: Sequence[str], more: Sequence[str] = ()) -> Result:
        target = self._path(number)
        _remove(target)  # what a round that didn't finish has left
        words = [*self.words, *(["--phase", phase] if phase else []), *more]
        if list(inputs) == list(self.inputs):
            words += self.of_input
        form = self._form(phase)
        if form != "text":
            words += ["--output-format", form]
        started = time.perf_counter()
        with _only_warnings():
            result = runner.ran(type(self.job), [*words, "--output-dir", target, *inputs], target)
        _write(f"{target}.json", json.dumps({"counters": result.counters, "form": form}))
        log.info("%s round %d: %.1f s", type(self.job).__name__, number, time.perf_counter() - started)
        return result

    def _form(self, phase: str | None) -> str:
        if self.engine not in ENGINES or (phase is not None and self.job.READS_INPUT):
            return "text"
        return "pairs"

    def _path(self, number: int) -> str:
        return f"{self.state}/round-{number:05d}"

    def _last_done(self) -> tuple[int, Result | None]:
        """The last round that a run before this one has finished."""
        told = json.dumps([type(self.job).__name__, self.engine, *self.words, *self.inputs])
        known = _read(f"{self.state}/iteration.json")
        if known is None:
            _write(f"{self.state}/iteration.json", told)
            return 0, None
        if known != told:
            raise UsageError(
                f"{self.state} holds the state of another run. Give it the same arguments, or another --state."
            )
        done = [number for number in range(self.most + 1) if _read(f"{self._path(number)}.json") is not None]
        if not done:
            return 0, None
        log.info("%s: resumed after round %d", type(self.job).__name__, done[-1])
        facts = json.loads(str(_read(f"{self._path(done[-1])}.json")))
        return done[-1], runner.result_of(
            type(self.job), self.words, self._path(done[-1]), facts["form"], facts["counters"]
        )

    def _state_file(self, result: Result) -> str:
        """The state in one local file."""
        path = os.path.join(tempfile.mkdtemp(prefix="bigdata-state-"), "state.json")
        with open(path, "wb") as file:
            for part in storage.parts(result.output):
                for chunk in storage.cat(part):
                    file.write(chunk)
        return path

    def _forget(self, number: int) -> None:
        if number >= 0:
            _remove(f"{self._path(number)}.json")
            _remove(self._path(number))


@contextmanager
def _only_warnings() -> Iterator[None]:
    """Keep what each round would say of its stages out of the terminal."""
    logger = logging.getLogger("mrjob")
    level = logger.level
    logger.setLevel(max(level, logging.WARNING))
    try:
        yield
    finally:
        logger.setLevel(level)


@contextmanager
def _state_directory(state: str | None, engine: str) -> Iterator[str]:
    """The directory for the state: the one asked for, which stays, or a temporary one."""
    if state is not None:
        yield state if storage.is_uri(state) or "://" in state else os.path.abspath(state)
        return
    if engine not in _LOCAL:
        raise UsageError(
            f"-r {engine} needs --state URI: a directory for the state of rounds that the cluster can reach."
        )
    directory = tempfile.mkdtemp(prefix="bigdata-rounds-")
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def iterate(
    job_class: type,
    inputs: Any,
    until: Until | None = None,
    rounds: int | None = None,
    engine: str = DEFAULT_RUNNER,
    output: str | os.PathLike[str] | None = None,
    state: str | None = None,
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

    Between the rounds of an engine of ours, pairs go to disk in binary and not as text.

    >>> import bigdata, tempfile
    >>> from jobs.pagerank import PageRank
    >>> ranks = bigdata.iterate(PageRank, "sample_data/graph", args=["--tolerance", "0.01"])
    >>> ranks.rounds < 100
    True
    """
    runner.check_engine(engine)
    words = ["-r", engine, *args, *runner.switches(kwargs)]
    job = job_class([*words])
    with _state_directory(state, engine) as directory:
        done = _rounds(job, words, [], runner.input_words(inputs), engine, directory, rounds, until)
        return _finished(job, done, words, None if output is None else os.fspath(output))


def from_command_line(job: Any) -> None:
    """Run an iterative job as its command line says, and write its output."""
    raw = _parse_raw_args(job.arg_parser, options.join_quarantine(job._cl_args))
    named = [(dest, [option, *values] if option else values) for dest, option, values in raw]
    words = [word for dest, item in named if dest not in (*_OWN, *_OF_INPUT, "input") for word in item]
    of_input = [word for dest, item in named if dest in _OF_INPUT for word in item]
    inputs = [word for dest, item in named if dest in ("args", "input") for word in item] or ["-"]
    engine = job.options.runner or DEFAULT_RUNNER
    if getattr(job.options, "explain", False):
        for phase in ("start", "round", "finish"):
            print(f"-- {phase}")
            type(job)([*words, "--phase", phase, *inputs]).run_job()
        return
    with _state_directory(job.options.state, engine) as directory:
        done = _rounds(job, words, of_input, inputs, engine, directory, job.options.rounds, None)
        form = [] if job.options.output_format is None else ["--output-format", job.options.output_format]
        result = _finished(job, done, [*words, *form], job.options.output_dir)
        if not job.options.output_dir or job.options.cat_output:
            for part in storage.parts(result.output):
                for chunk in storage.cat(part):
                    sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
        result.close()


def _rounds(
    job: Any,
    words: Sequence[str],
    of_input: Sequence[str],
    inputs: Sequence[str],
    engine: str,
    directory: str,
    rounds: int | None,
    until: Until | None,
) -> Result:
    most = rounds if rounds is not None else getattr(job, "ROUNDS", 100)
    until = until or getattr(job, "converged", None)
    return Rounds(job, words, of_input, inputs, engine, directory, most, until).run()


def _finished(job: Any, last: Result, words: Sequence[str], output: str | None) -> Result:
    """The output of an iteration, from its last round."""
    owned = None if output is not None else tempfile.mkdtemp(prefix="bigdata-")
    target = output if output is not None else os.path.join(str(owned), "output")
    if isinstance(job, IterativeJob):
        finish = [*words, *job.round_args(last), "--phase", "finish", "--output-dir", target, last.output]
        result = runner.ran(type(job), finish, target, owned)
    else:
        _write_text(last, job.output_protocol().write, target)
        result = runner.result_of(type(job), words, target, "text", last.counters)
        result.owned = owned
    result.rounds = last.rounds
    return result


def _write_text(pairs: Result, write: Any, output: str) -> None:
    """Write pairs as lines to a new output directory, all at once."""
    with tempfile.TemporaryDirectory(prefix="bigdata-") as directory:
        committer = storage.Committer(output, directory)
        try:
            path = os.path.join(committer.staging, "part-00000")
            with storage.disk_errors(path), open(path, "wb") as file:
                file.writelines(write(key, value) + b"\n" for key, value in pairs)
            committer.commit()
        except BaseException:
            committer.abort()
            raise


def _read(path: str) -> str | None:
    if not storage.is_uri(path):
        file = Path(storage.local(path))
        return file.read_text(encoding="utf-8") if file.exists() else None
    from pyarrow.fs import FileType

    filesystem, name = storage.filesystem_of(path)
    if filesystem.get_file_info(name).type != FileType.File:
        return None
    with filesystem.open_input_stream(name) as stream:
        return str(stream.read().decode("utf-8"))


def _write(path: str, text: str) -> None:
    if storage.is_uri(path):
        filesystem, name = storage.filesystem_of(path)
        with filesystem.open_output_stream(name) as stream:
            stream.write(text.encode("utf-8"))
        return
    file = Path(storage.local(path))
    with storage.disk_errors(str(file)):
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(file)


def _remove(path: str) -> None:
    """Remove a file or directory, if it is there."""
    if not storage.is_uri(path):
        file = Path(storage.local(path))
        shutil.rmtree(file, ignore_errors=True) if file.is_dir() else file.unlink(missing_ok=True)
        return
    from pyarrow.fs import FileType

    filesystem, name = storage.filesystem_of(path)
    kind = filesystem.get_file_info(name).type
    if kind == FileType.Directory:
        filesystem.delete_dir(name)
    elif kind == FileType.File:
        filesystem.delete_file(name)
