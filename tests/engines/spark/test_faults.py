"""Failing tasks and records, and what is refused."""

import json
import os
import signal
import subprocess
import sys

import pytest
from mrjob.protocol import ReprProtocol

from bigdata import Job, MRStep
from bigdata.errors import BadPair, DecodeError, EncodeError, OutputExists, TaskFailed, TooManyErrors, UsageError
from jobs.wordcount import WordCount

from .conftest import MARKS
from .process import ROOT, python, wait_for

pytestmark = MARKS


class Failing(Job):
    def mapper(self, _, line):
        self.increment_counter("lines", "seen")
        yield line, 1 / len(line)

    def reducer(self, line, values):
        yield line, sum(values)


class NoPairs(Job):
    def mapper(self, _, line):
        yield line


class Unencodable(Job):
    def mapper(self, _, line):
        yield line, object()


class Undecodable(Job):
    def steps(self):
        return [MRStep(mapper=self.mapper), MRStep(mapper=self.mapper)]

    INTERNAL_PROTOCOL = ReprProtocol

    def mapper(self, _, line):
        yield "(", sys  # its repr is none that can be read


@pytest.mark.parametrize(
    "job, error, message",
    [
        (
            Failing,
            TaskFailed,
            r"Failing stage 0: mapper \(.*test_faults.py:\d+\) raised ZeroDivisionError: .*, line 2",
        ),
        (NoPairs, BadPair, "must yield"),
        (Unencodable, EncodeError, "can't write the pair"),
        (Undecodable, DecodeError, "Undecodable stage 1"),
    ],
)
def test_errors_of_tasks_are_bigdatas_and_leave_no_output(run, tmp_path, job, error, message):
    with pytest.raises(error, match=message) as caught:
        run(job, ["a", "", "b"], output=tmp_path / "out")
    assert "java" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input-0"]
    if error is TaskFailed:
        assert "yield line, 1 / len(line)" in str(caught.value)


def test_failing_records_are_skipped_counted_and_kept(run, tmp_path):
    result = run(Failing, ["a", "", "bb"], on_error=f"quarantine {tmp_path / 'bad'}")
    assert dict(result) == {"a": 1.0, "bb": 0.5}
    assert result.counters == [{"lines": {"seen": 3}, "bigdata": {"records quarantined": 1}}]
    (record,) = map(json.loads, (tmp_path / "bad" / "stage-0.json").read_text().splitlines())
    assert (record["line"], record["record"]) == (2, "")
    with pytest.raises(TooManyErrors, match="1 of 3 records failed"):
        run(Failing, ["a", "", "bb"], on_error="skip", max_errors=0)


def test_output_that_exists_is_refused(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "part-00000").touch()
    with pytest.raises(OutputExists):
        run(WordCount, output=tmp_path / "out")


def test_a_session_that_is_not_what_was_asked_for_is_refused(run):
    with pytest.raises(UsageError, match=r"wants spark\.master=local\[7\], and the Spark session .* has local\[2\]"):
        run(WordCount, spark_master="local[7]")
    with pytest.raises(UsageError, match=r"spark\.executor\.cores=7"):
        run(WordCount, args=["-D", "spark.executor.cores=7"])


def test_without_java_one_line_says_so(tmp_path):
    (tmp_path / "in.txt").write_text("a\n")
    done = python("-m", "jobs.wordcount", "-r", "spark", "in.txt", cwd=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("EngineNotInstalled: the spark engine needs Java")


SLEEP_SCRIPT = """
import time
from pathlib import Path
from bigdata import Job

class Sleep(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--mark")

    def mapper(self, _, line):
        Path(self.options.mark).touch()
        time.sleep(300)

if __name__ == "__main__":
    Sleep.run()
"""


def test_an_interrupted_run_ends_at_once_with_one_line_and_no_output(tmp_path):
    (tmp_path / "sleep.py").write_text(SLEEP_SCRIPT)
    mark = tmp_path / "began"
    command = [sys.executable, "sleep.py", "-r", "spark", "--spark-master", "local[1]", "--mark", mark, "-o", "out"]
    with open(tmp_path / "errors", "w") as errors:
        running = subprocess.Popen(
            [*map(str, command), "sleep.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=errors
        )
    wait_for(mark.exists)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 130
    assert (tmp_path / "errors").read_text().splitlines()[-1].startswith("Interrupted:")
    assert "Traceback" not in (tmp_path / "errors").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["began", "errors", "sleep.py"]
