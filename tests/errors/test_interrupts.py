"""Signals end a job at once, and leave nothing."""

import os
import signal
import time
from pathlib import Path

import pytest

from .shell import TEXT

SLEEPER = """\
import os, time
from bigdata import Job


class Sleeper(Job):
    def mapper(self, _, line):
        with open(os.path.join(os.environ["MARKS"], str(os.getpid())), "w"):
            pass
        time.sleep(60)

    def reducer(self, key, values):
        yield key, None


Sleeper.run()
"""


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_the_job(shell, tmp_path, monkeypatch, number, workers):
    marks = tmp_path / "marks"
    marks.mkdir()
    monkeypatch.setenv("MARKS", str(marks))
    shell.write("sleeper.py", SLEEPER.encode())
    shell.write("more.txt", TEXT)
    before = shell.files()
    words = ["--no-conf", "--workers", str(workers), "-o", "out", "in.txt", "more.txt"]
    process = shell.process("sleeper.py", *words, start_new_session=True)
    wait_for(lambda: len(list(marks.iterdir())) == workers)
    os.killpg(process.pid, number)
    out, err = process.communicate(timeout=20)
    assert err == "Interrupted: the job was stopped and left no output.\n"
    assert (process.returncode, out) == (128 + number, "")
    assert not [pid for pid in marks.iterdir() if Path("/proc", pid.name).exists()]
    assert shell.files() == before


QUERY = """\
from bigdata import Job, columnar


class Endless(Job):
    @columnar("SELECT line AS key, count(*) AS value FROM input, range(1000000000000) GROUP BY line")
    def mapper(self, _, line):
        yield line, 1000000000000


Endless.run()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_a_query(shell, number):
    shell.write("endless.py", QUERY.encode())
    before = shell.files()
    process = shell.process("endless.py", "--no-conf", "-o", "out", "in.txt")
    wait_for(lambda: list(shell.tmp.glob("*/stage-0/columnar-*")))
    time.sleep(1)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert err == "Interrupted: the job was stopped and left no output.\n"
    assert (process.returncode, out) == (128 + number, "")
    assert shell.files() == before


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
