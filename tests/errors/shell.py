"""Runs jobs as a user does, and checks how they end."""

import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import bigdata
from bigdata import Job
from bigdata.errors import BigdataError, TaskFailed

ROOT = Path(__file__).parent.parent.parent
TEXT = b"the dog\nthe end\n"


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Runs jobs as a user does, in ``here``, with temporary files in ``tmp``."""

    here: Path
    tmp: Path
    capture: pytest.CaptureFixture

    def write(self, name: str, data: bytes) -> str:
        (self.here / name).write_bytes(data)
        return name

    def command(self, job: type[Job], *words: str) -> Ended:
        """Run the job as ``python job.py words…`` does, in this process."""
        self.capture.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["job.py", "--no-conf", *words])
            patch.setattr(logging.getLogger("mrjob"), "handlers", [])
            try:
                job.run()
                code, last = 0, ""
            except SystemExit as end:
                code, last = (1, f"{end.code}\n") if isinstance(end.code, str) else (end.code or 0, "")
        out, err = self.capture.readouterr()
        return Ended(code, out, err + last)

    def process(self, *command: str, **keywords) -> subprocess.Popen:
        """Start Python in a process of its own."""
        environment = {**os.environ, "TMPDIR": str(self.tmp), "PYTHONPATH": str(ROOT)}
        environment.pop("MRJOB_CONF", None)
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.here,
            env=environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **keywords,
        )

    def python(self, *command: str) -> Ended:
        process = self.process(*command)
        out, err = process.communicate(timeout=60)
        return Ended(process.returncode, out, err)

    def files(self) -> set[Path]:
        return {path for directory in (self.here, self.tmp) for path in directory.rglob("*")}


def assert_refused(shell: Shell, job: type[Job], words: list[str], error: type[BigdataError], *named: str) -> str:
    """The job ends with this error, on the command line as one line, in a script as an exception; gives the message."""
    before = shell.files()
    ended = shell.command(job, *words)
    assert ended.code == 1
    assert ended.out == ""
    assert shell.files() == before
    message = ended.err.partition(f"{error.__name__}: ")[2].rstrip("\n")
    assert message, ended.err
    assert "Traceback (most recent call last)" not in ended.err
    if not issubclass(error, TaskFailed):
        assert "\n" not in message
        assert ended.err.count("\n") == 1, "nothing but the error"
    for word in named:
        assert word in message
    *options, path = words
    output = None
    if options[:1] == ["-o"]:
        output, *options = options[1:]
    with pytest.raises(error) as caught:
        bigdata.run(job, path, output=output, args=["--no-conf", *options])
    assert type(caught.value) is error
    assert shell.files() == before
    return message
