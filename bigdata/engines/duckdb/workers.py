"""Worker processes: each runs one task at a time, and may die without taking the job with it.

A worker is a fresh Python that this module starts as a command, so it inherits no threads or locks, and a script
without a main guard is safe. Tasks and answers are pickles on its stdin and stdout, each after its length in 8 bytes.
A thread in the parent serves each worker; a worker that dies fails only the task that it held, and is replaced.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import IO, Any

import cloudpickle

from bigdata.engines.shipping import Shipped
from bigdata.errors import BigdataError, TaskFailed, WorkerLost
from bigdata.explain import one_line, user_frames
from bigdata.tasks import JobSpec

Task = Callable[[int], Any]


class Pool:
    """Runs tasks in `workers` processes; with 0 workers, in this one.

    :param spec: the job's; each worker builds it once
    """

    def __init__(self, spec: JobSpec, workers: int) -> None:
        self._spec = spec
        self.workers = workers
        self._local = threading.local()
        self._processes: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(workers) if workers else None
        self._closing = False

    def run(
        self, function: Callable[..., Any], tasks: Sequence[Any], label: str, attempts: int
    ) -> Iterator[tuple[int, Any]]:
        """Call ``function(spec, task, attempt)`` for each task; gives (place in `tasks`, answer) as they finish.

        :param attempts: how often a task may be tried
        :raises BigdataError: the first task's that failed for good; the others are stopped
        """
        if self._threads is None:
            for number, task in enumerate(tasks):
                yield number, self._here(function, task, attempts)
            return
        waiting: dict[Future[Any], int] = {}
        for number, task in enumerate(tasks):
            waiting[self._threads.submit(self._there, function, task, f"{label} task {number}", attempts)] = number
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()

    def _here(self, function: Callable[..., Any], task: Any, attempts: int) -> Any:
        for attempt in range(attempts):
            try:
                return function(self._spec, task, attempt)
            except TaskFailed:
                if attempt + 1 == attempts:
                    raise
        raise AssertionError("unreachable")

    def _there(self, function: Callable[..., Any], task: Any, label: str, attempts: int) -> Any:
        for attempt in range(attempts):
            if self._closing:
                raise KeyboardInterrupt
            worker = getattr(self._local, "worker", None)
            if worker is None:
                worker = self._local.worker = _Worker(self._spec)
                self._processes.add(worker)
                if self._closing:
                    worker.kill()  # close() may have gone through the processes just before
            try:
                return worker.call(function, task, attempt)
            except TaskFailed:
                if attempt + 1 == attempts:
                    raise
            except EOFError:
                self._local.worker = None
                self._processes.discard(worker)
                if attempt + 1 == attempts:
                    raise WorkerLost(
                        f"{label}: its worker process was {worker.cause_of_death()}, {attempts} times over."
                        " If the machine ran out of memory, set --memory-limit or fewer --workers."
                    ) from None
        raise AssertionError("unreachable")

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        self._closing = True
        for worker in list(self._processes):
            worker.kill()
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in list(self._processes):
            worker.kill()


class _Worker:
    """One worker process, seen from the parent."""

    def __init__(self, spec: JobSpec) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from bigdata.engines.duckdb.workers import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
            start_new_session=True,  # Ctrl-C is the parent's to handle
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        shipped = Shipped(spec)
        self._dumps = pickle.dumps if shipped.value is None else cloudpickle.dumps
        with contextlib.suppress(BrokenPipeError):  # the first call will tell why it died
            _send(self._stdin, pickle.dumps(shipped))

    def call(self, function: Callable[..., Any], task: Any, attempt: int) -> Any:
        try:
            _send(self._stdin, self._dumps((function, task, attempt)))
        except BrokenPipeError:
            raise EOFError from None
        failed, answer = pickle.loads(_receive(self._stdout))
        if failed:
            raise answer
        return answer

    def cause_of_death(self) -> str:
        code = self._process.wait()
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(struct.pack("!Q", len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    header = stream.read(8)
    if len(header) < 8:
        raise EOFError
    size = struct.unpack("!Q", header)[0]
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def serve() -> None:
    """A worker's main loop: answer tasks until stdin ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what user code prints must not mix with the answers
    tasks = os.fdopen(os.dup(0), "rb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # nor may it read the tasks
    with contextlib.suppress(EOFError):
        shipped = pickle.loads(_receive(tasks))
        spec: JobSpec | BaseException
        try:
            spec = shipped.spec()
        except BaseException as error:
            spec = TaskFailed(f"a worker can't import the job: {one_line(error)}", user_frames(error))
        while True:
            message = _receive(tasks)
            try:
                if isinstance(spec, BaseException):
                    raise spec
                function, task, attempt = pickle.loads(message)
                answer = (False, function(spec, task, attempt))
            except BigdataError as error:
                answer = (True, error)
            except Exception as error:
                answer = (
                    True,
                    TaskFailed(f"a task failed: {one_line(error)}", "".join(traceback.format_exception(error))),
                )
            _send(answers, pickle.dumps(answer))
