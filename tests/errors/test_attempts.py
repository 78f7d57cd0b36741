"""Tasks and workers that fail, and are tried again."""

import os
import signal

import pytest

import bigdata
from bigdata import Job
from bigdata.errors import TaskFailed, WorkerLost

from .faulty import SCRIPT


class FailsAtFirst(Job):
    """Its tasks raise, or kill their process, on the first ``--times`` attempts, after having counted."""

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--times", type=int, default=0)
        self.add_passthru_arg("--kill", action="store_true")

    def mapper_init(self):
        self.attempt = int(os.environ["mapreduce_task_attempt_id"].rpartition("_")[2])

    def mapper(self, _, line):
        self.increment_counter("lines", "mapped")
        yield line, 1

    def mapper_final(self):
        if self.attempt < self.options.times:
            if self.options.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError("not yet")

    def reducer(self, line, ones):
        yield line, sum(ones)


def test_task_that_fails_at_first_is_tried_again(shell):
    with bigdata.run(FailsAtFirst, "in.txt", args=["--times", "3"]) as result:
        assert dict(result) == {"the dog": 1, "the end": 1}
        assert result.counters == [{"lines": {"mapped": 2}}]


def test_number_of_attempts_is_the_jobconfs(shell):
    jobconf = ["-D", "mapreduce.map.maxattempts=2"]
    with bigdata.run(FailsAtFirst, "in.txt", args=["--times", "1", *jobconf]) as result:
        assert result.counters == [{"lines": {"mapped": 2}}]
    with pytest.raises(TaskFailed, match="not yet"):
        bigdata.run(FailsAtFirst, "in.txt", args=["--times", "2", *jobconf])


def test_killed_worker_is_replaced(shell):
    with bigdata.run(FailsAtFirst, "in.txt", args=["--times", "1", "--kill"], workers=2) as result:
        assert dict(result) == {"the dog": 1, "the end": 1}
        assert result.counters == [{"lines": {"mapped": 2}}]


def test_worker_that_is_killed_over_and_over(shell):
    before = shell.files()
    with pytest.raises(WorkerLost, match=r"FailsAtFirst stage 0 map task 0.* killed by SIGKILL, 4 times") as caught:
        bigdata.run(FailsAtFirst, "in.txt", args=["--times", "9", "--kill"], output="out", workers=2)
    assert "\n" not in str(caught.value)
    assert shell.files() == before


def test_job_that_its_workers_cannot_import(shell):
    shell.write("torn.py", SCRIPT.replace("class", 'open("in.txt").close()\n\n\nclass', 1).encode())
    lines = ["import bigdata, os, torn", "os.remove('in.txt')", "bigdata.run(torn.Lengths, __file__, workers=2)"]
    shell.write("elsewhere.py", "\n".join(lines).encode())
    ended = shell.python("elsewhere.py")
    assert "TaskFailed: a worker can't import the job: FileNotFoundError" in ended.err
    assert "WorkerLost" not in ended.err
