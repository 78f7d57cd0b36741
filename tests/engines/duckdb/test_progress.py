"""Progress: a bar on a terminal, a line now and then in a log."""

import contextlib
import logging
import os
import pty
import re
import subprocess
import sys
import termios

from bigdata.engines.duckdb.progress import progress

from .process import ROOT, python
from .words import COUNTS


def test_progress_in_a_log_is_a_line_now_and_then(monkeypatch, caplog):
    monkeypatch.setattr(sys.modules[progress.__module__], "_LOG_EVERY", 0)
    with caplog.at_level(logging.INFO), progress("Job stage 0 map", 200) as advance:
        advance(50)
        advance(100)
    assert caplog.messages == ["Job stage 0 map: 25%", "Job stage 0 map: 75%"]


def test_quick_job_says_how_it_ran_and_no_more(text, tmp_path):
    (tmp_path / "job.py").write_text("from tests.engines.duckdb.words import Sorted\n\nSorted.run()\n")
    done = python("job.py", "--no-conf", text, cwd=tmp_path)
    assert re.fullmatch(r"Sorted stage 0: sorted in \d\.\d s\n", done.stderr)
    assert len(done.stdout.splitlines()) == len(COUNTS)
    assert python("job.py", "--no-conf", "-q", text, cwd=tmp_path).stderr == ""


SLOW = """\
import time
from bigdata import Job

class Slow(Job):
    def mapper(self, _, line):
        time.sleep(0.4)
        yield line, 1

Slow.run()
"""


def test_progress_on_a_terminal_is_a_bar(tmp_path):
    (tmp_path / "job.py").write_text(SLOW)
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(f"{name}\n")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "job.py", "--no-conf", *(f"{name}.txt" for name in "abcd")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs, timeout=60)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how the end of a terminal looks
        while chunk := os.read(ours, 1 << 16):
            shown += chunk
    os.close(ours)
    assert done.stdout == b'"a"\t1\n"b"\t1\n"c"\t1\n"d"\t1\n'
    assert b"Slow stage 0 map:" in shown
    assert b"75%" in shown
