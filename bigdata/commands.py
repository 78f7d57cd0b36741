"""Commands as phases of a job: lines go through a process, and come back as lines or pairs."""

from __future__ import annotations

import shlex
import subprocess
import threading
from collections.abc import Iterable, Iterator

from bigdata.codecs import BytePair, split
from bigdata.errors import TaskFailed
from bigdata.plan import Phase
from bigdata.tasks import Reporter


def pipe(
    command: str, lines: Iterable[bytes], reporter: Reporter, label: str, shell: bool = False, cwd: str | None = None
) -> Iterator[bytes]:
    """Lines of bytes through a command, as they come out of it.

    :param shell: whether the command is for ``sh`` and may end as it likes (a pre-filter: ``grep`` without a match
        exits with 1); else its words are run as they are
    :raises TaskFailed: when the command can't be run, or exits with another code than 0
    """
    words = ["/bin/sh", "-ec", command] if shell else shlex.split(command)
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd
        )
    except OSError as error:
        raise TaskFailed(f"{label}: the command {command!r} can't be run: {error.strerror}") from None
    tail: list[bytes] = []
    failures: list[Exception] = []
    stdin, stdout, stderr = process.stdin, process.stdout, process.stderr
    assert stdin is not None and stdout is not None and stderr is not None

    def feed() -> None:
        try:
            for line in lines:
                stdin.write(line + b"\n")
            stdin.close()
        except BrokenPipeError:
            pass  # the command has read as much as it wants
        except Exception as error:
            failures.append(error)
            process.kill()

    def listen() -> None:
        for line in stderr:
            reporter.write(line)
            tail[:] = [*tail[-4:], line]

    threads = [threading.Thread(target=target, daemon=True) for target in (feed, listen)]
    for thread in threads:
        thread.start()
    try:
        for line in stdout:
            yield line.rstrip(b"\r\n")
        for thread in threads:
            thread.join()
        if failures:
            raise failures[0]
        if process.wait() != 0 and not shell:
            said = b"".join(tail).decode("utf-8", "replace").strip().splitlines()
            raise TaskFailed(
                f"{label}: the command {command!r} exited with {process.returncode}" + (f": {said[-1]}" if said else "")
            )
    finally:
        process.kill()
        process.wait()


def filtered(phase: Phase, lines: Iterable[bytes], reporter: Reporter, label: str) -> Iterable[bytes]:
    """The lines of a phase after its pre-filter, if it has one."""
    return lines if phase.pre_filter is None else pipe(phase.pre_filter, lines, reporter, label, shell=True)


def command_pairs(phase: Phase, lines: Iterable[bytes], reporter: Reporter, label: str) -> Iterator[BytePair]:
    """The pairs of bytes that a phase's command writes."""
    assert phase.command is not None
    return map(split, pipe(phase.command, lines, reporter, label))
