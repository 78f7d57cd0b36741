"""Iterative jobs as a user runs them: killed and resumed, standard input, `--explain`, Hadoop."""

import json
import os
import signal
import subprocess
import sys

import pytest

import bigdata
from jobs.bfs import BreadthFirstSearch
from jobs.pagerank import PageRank
from tests.cluster import hadoop
from tests.cluster.cases import NODE_PYTHON
from tests.errors.shell import ROOT
from tests.iteration.jobs import ONES, Halve

SCRIPT = """\
import os, signal, sys, time
sys.path.insert(0, {root!r})
from tests.iteration.jobs import Halve


class Script(Halve):
    def halve(self, name, number):
        if number == 4 and os.path.exists(self.options.trap):
            if self.options.trap.endswith("sleep"):
                print("asleep", file=sys.stderr, flush=True)
                time.sleep(60)
            os.kill(os.getpid(), signal.SIGKILL)
        yield from super().halve(name, number)


if __name__ == "__main__":
    Script.run()
"""


@pytest.fixture
def script(tmp_path, numbers):
    """A function that starts the job as a user does."""
    path = tmp_path / "script.py"
    path.write_text(SCRIPT.format(root=str(ROOT)))
    (tmp_path / "tmp").mkdir()

    def start(*words):
        environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(path), "--no-conf", *map(str, words)]
        return subprocess.Popen(
            command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    return start


def test_a_run_that_was_killed_is_resumed(script, tmp_path, numbers):
    (tmp_path / "trap").touch()
    words = ["--state", tmp_path / "state", "--trap", tmp_path / "trap", numbers]
    killed = script(*words)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    left = {path.name[:12] for path in (tmp_path / "state").iterdir()}
    assert left == {"round-00000", "round-00000.", "round-00001", "round-00001.", ".round-00002"}
    (tmp_path / "trap").unlink()
    again = script(*words)
    out, err = again.communicate(timeout=60)
    assert sorted(out.splitlines()) == ONES
    assert "Script: resumed after round 1\n" in err
    assert "round 1:" not in err
    assert {path.name[:12] for path in (tmp_path / "state").iterdir()} == {
        f"round-0000{number}{dot}" for number in (5, 6) for dot in ("", ".")
    }


def test_a_signal_ends_a_round_and_its_temporary_state(script, tmp_path, numbers):
    (tmp_path / "sleep").touch()
    process = script("--trap", tmp_path / "sleep", numbers)
    while "asleep" not in (line := process.stderr.readline()):
        assert line, process.wait()
    assert list((tmp_path / "tmp").iterdir())
    process.terminate()
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (128 + signal.SIGTERM, "")
    assert err.endswith("Interrupted: the job was stopped and left no output.\n")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_command_line_reads_standard_input_and_says_what_rounds_it_runs(script):
    process = script("--rounds", "2")
    out, err = process.communicate("a 9\nb 2\n", timeout=60)
    assert sorted(out.splitlines()) == ["a 2", "b 1"]
    assert [line.partition(":")[0] for line in err.splitlines()][:3] == [f"Script round {n}" for n in range(3)]


def test_command_line_writes_an_output_directory(script, tmp_path, numbers):
    process = script("-q", "-o", tmp_path / "out", "--output-format", "json", "--rounds", "1", numbers)
    assert process.communicate(timeout=60) == ("", "")
    [part] = (tmp_path / "out").glob("part-*")
    assert {json.loads(line)["value"] for line in part.read_text().splitlines()} == {"a 4", "b 1", "c 16"}
    assert list((tmp_path / "tmp").iterdir()) == []


def test_command_line_refuses_binary_for_the_terminal(script, numbers):
    process = script("--output-format", "parquet", numbers)
    _, err = process.communicate(timeout=60)
    assert err == "UsageError: --output-format parquet is not for the terminal: add -o DIR.\n"


def test_explain_shows_the_phases_and_runs_none(script, tmp_path, numbers):
    process = script("--explain", numbers)
    out, err = process.communicate(timeout=60)
    assert [line for line in out.splitlines() if line.startswith(("--", "stage"))] == [
        "-- start",
        "stage 0: map-only",
        "-- round",
        "stage 0: sorted",
        "-- finish",
        "stage 0: map-only",
    ]
    assert err == ""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:distutils Version classes are deprecated:DeprecationWarning")
@pytest.mark.skipif(hadoop.missing() is not None, reason=str(hadoop.missing()))
def test_rounds_run_on_hadoop(tmp_path):
    try:
        home = hadoop.install()
    except RuntimeError as error:
        pytest.skip(str(error))
    conf = tmp_path / "mrjob.conf"
    conf.write_text(json.dumps({"runners": {"hadoop": hadoop.options(home, tmp_path) | {"python_bin": NODE_PYTHON}}}))
    (tmp_path / "edges").write_text("a b\nb c\n")
    args = ["-c", str(conf), "--source", "a"]
    keywords = {"engine": "hadoop", "args": args, "state": f"file://{tmp_path}/state"}
    result = bigdata.iterate(BreadthFirstSearch, tmp_path / "edges", rounds=1, **keywords)
    assert {name: path["distance"] for name, path in result} == {"a": 0, "b": 1}
    result = bigdata.iterate(BreadthFirstSearch, tmp_path / "edges", output=f"file://{tmp_path}/out", **keywords)
    assert {name: path["distance"] for name, path in result} == {"a": 0, "b": 1, "c": 2}
    assert result.rounds == 3


def test_a_counter_of_a_result_is_that_of_all_steps(numbers):
    with bigdata.iterate(Halve, numbers, rounds=2) as result:
        result.counters = [{"halve": {"changed": 2}}, {}, {"halve": {"changed": 3, "other": 1}}]
        assert (result.counter("halve", "changed"), result.counter("halve", "none"), result.counter("none", "")) == (
            5,
            0,
            0,
        )


def test_state_in_a_bucket(s3, tmp_path):
    edges = "".join(f"{node}\t{(node * 7 + 3) % 20}\n" for node in range(20))
    s3("edges/e.txt", edges.encode())
    (tmp_path / "e.txt").write_text(edges)
    local = dict(bigdata.iterate(PageRank, tmp_path / "e.txt"))
    for _ in range(2):  # the second goes on from the state of the first
        remote = dict(bigdata.iterate(PageRank, "s3://books/edges", state="s3://books/state"))
        assert remote == pytest.approx(local)
