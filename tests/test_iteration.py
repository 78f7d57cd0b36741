"""Rounds: when they stop, what they leave, and how they go on after a crash."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from mrjob.protocol import JSONProtocol, RawValueProtocol

import bigdata
from bigdata import Csv, IterativeJob, Job, MRStep, OutputExists, TaskFailed, UnsupportedOption, UsageError, iteration
from jobs.bfs import BreadthFirstSearch
from jobs.pagerank import PageRank
from tests.cluster import hadoop
from tests.cluster.cases import NODE_PYTHON
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK
from tests.errors.shell import ROOT

INLINE = pytest.param(["-r", "inline"], id="inline")
ENGINES = pytest.mark.parametrize("switches", [INLINE, DUCKDB, DUCKDB_WORKERS, SPARK])
NUMBERS = {"a": 9, "b": 1, "c": 33}  # halved, in rounds: 4 1 16, 2 1 8, 1 1 4, 1 1 2, 1 1 1
CHANGED = [2, 2, 2, 1, 1, 0]


class Halve(IterativeJob):
    """Halves numbers until all are 1, and counts those that it changes."""

    OUTPUT_PROTOCOL = RawValueProtocol

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--trap", default="", help="A file: while it is there, a 4 raises")

    def start_steps(self):
        return [MRStep(mapper=self.number)]

    def number(self, _, line):
        name, number = line.split()
        yield name, int(number)

    def round_steps(self):
        return [MRStep(mapper=self.halve, reducer=self.only)]

    def halve(self, name, number):
        if number == 4 and os.path.exists(self.options.trap):
            raise RuntimeError("trapped")
        yield name, max(number // 2, 1)
        if number > 1:
            self.increment_counter("halve", "changed")

    def only(self, name, numbers):
        yield name, next(numbers)

    def converged(self, result):
        return "halve" not in result.counters[0]

    def finish_steps(self):
        return [MRStep(mapper=self.line)]

    def line(self, name, number):
        yield None, f"{name} {number}"


class HalvePairs(Job):
    """The same as a plain job, from JSON to JSON."""

    INPUT_PROTOCOL = JSONProtocol

    def mapper(self, name, number):
        if number > 1:
            self.increment_counter("halve", "changed")
        yield name, max(number // 2, 1)


class Shorten(Job):
    """A plain job from lines to lines: its keys are in no line."""

    OUTPUT_PROTOCOL = RawValueProtocol

    def mapper(self, key, line):
        assert key is None
        if len(line) > 1:
            self.increment_counter("shorten", "changed")
        yield line, line[:-1] or line


@pytest.fixture
def numbers(tmp_path):
    path = tmp_path / "numbers"
    path.write_text("".join(f"{name} {number}\n" for name, number in NUMBERS.items()))
    return path


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The directory of temporary files, which is to be empty after the test."""
    directory = tmp_path / "temporary"
    directory.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(directory))
    yield directory
    assert list(directory.iterdir()) == []


@pytest.fixture
def ran(monkeypatch):
    """The phases of the rounds that are run."""
    phases = []
    real = iteration.runner.ran

    def spy(job_class, words, target, owned=None):
        phases.append(words[words.index("--phase") + 1] if "--phase" in words else None)
        return real(job_class, words, target, owned)

    monkeypatch.setattr(iteration.runner, "ran", spy)
    return phases


def lines(result):
    return sorted(line for _, line in result)


ONES = ["a 1", "b 1", "c 1"]


@ENGINES
def test_counters_of_rounds_are_exact_and_stop_them(numbers, switches):
    seen = []

    def until(result):
        seen.append(result.counters[0].get("halve", {}).get("changed", 0))
        return not seen[-1]

    with bigdata.iterate(Halve, numbers, until=until, args=switches) as result:
        assert (lines(result), result.rounds, seen) == (ONES, 6, CHANGED)


@pytest.mark.parametrize(
    "until, rounds",
    [
        (None, 6),
        (("halve", "changed"), 6),
        (("halve", "other"), 1),
        (lambda result: ("a", 1) in result, 3),
    ],
    ids=["converged", "counter", "counter that isn't there", "pairs"],
)
def test_rounds_go_on_until_it_says_so(numbers, until, rounds):
    result = bigdata.iterate(Halve, numbers, until=until)
    assert result.rounds == rounds


def test_rounds_run_in_processes_of_mrjob_s(tmp_path):
    (tmp_path / "edges").write_text("a b\n")
    keywords = {"engine": "local", "num_cores": 1, "args": ["--source", "a"], "rounds": 1}
    result = bigdata.iterate(BreadthFirstSearch, tmp_path / "edges", **keywords)
    assert {name: path["distance"] for name, path in result} == {"a": 0, "b": 1}


class Dying(Halve):
    """Its first attempt at each task dies, and has counted by then."""

    def halve(self, name, number):
        yield from super().halve(name, number)
        if os.environ["mapreduce_task_attempt_id"].endswith("_0"):
            os.kill(os.getpid(), signal.SIGKILL)


def test_tasks_that_are_tried_again_count_once(numbers):
    seen = []
    result = bigdata.iterate(Dying, numbers, until=lambda result: seen.append(result.counters) or True, workers=2)
    assert (lines(result), seen) == (["a 4", "b 1", "c 16"], [[{"halve": {"changed": 2}}]])


@pytest.mark.parametrize("rounds, wanted", [(0, ["a 9", "b 1", "c 33"]), (1, ["a 4", "b 1", "c 16"]), (100, ONES)])
def test_rounds_are_capped(numbers, rounds, wanted):
    for result in (
        bigdata.iterate(Halve, numbers, rounds=rounds),
        bigdata.iterate(Halve, numbers, args=["--rounds", str(rounds)]),
    ):
        assert (lines(result), result.rounds) == (wanted, min(rounds, 6))


class Twice(Halve):
    ROUNDS = 2


def test_cap_is_the_job_s_own_by_default(numbers):
    assert bigdata.iterate(Twice, numbers).rounds == 2


class AtLeastOnce(Halve):
    LEAST_ROUNDS = 1


@pytest.mark.parametrize("job, rounds, least", [(Halve, -1, 0), (HalvePairs, 0, 1), (AtLeastOnce, 0, 1)])
def test_too_few_rounds_are_refused(numbers, job, rounds, least):
    with pytest.raises(UsageError, match=f"rounds: expected at least {least}; got {rounds}"):
        bigdata.iterate(job, numbers, rounds=rounds)


@ENGINES
def test_plain_job_reads_what_it_gave(switches, tmp_path):
    (tmp_path / "pairs").write_text("".join(f"{json.dumps(name)}\t{number}\n" for name, number in NUMBERS.items()))
    result = bigdata.iterate(HalvePairs, tmp_path / "pairs", until=("halve", "changed"), args=switches)
    assert (dict(result), result.rounds, result.counters) == (dict.fromkeys("abc", 1), 6, [{}])
    result = bigdata.iterate(HalvePairs, tmp_path / "pairs", until=lambda result: max(dict(result).values()) < 9)
    assert (dict(result), result.rounds) == ({"a": 2, "b": 1, "c": 8}, 2)


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
def test_plain_job_reads_the_lines_that_it_wrote(switches, tmp_path):
    (tmp_path / "lines").write_text("dog\nwords\n")
    result = bigdata.iterate(Shorten, tmp_path / "lines", until=("shorten", "changed"), args=switches)
    assert (lines(result), result.rounds) == (["d", "w"], 5)


@pytest.mark.parametrize("form", ["text", "json", "parquet", "pairs"])
@pytest.mark.parametrize("job", [HalvePairs, BreadthFirstSearch])
def test_output_comes_in_any_format(form, job, tmp_path):
    suffix = "" if form == "text" else f".{form}"
    (tmp_path / "in").write_text('"a"\t9\n' if job is HalvePairs else "a b\n")
    args = [] if job is HalvePairs else ["--source", "a"]
    text = bigdata.iterate(job, tmp_path / "in", rounds=2, args=args)
    result = bigdata.iterate(job, tmp_path / "in", rounds=2, args=args, output=tmp_path / "out", output_format=form)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["_SUCCESS", f"part-00000{suffix}"]
    assert sorted(result) == sorted(text)


def test_result_of_a_plain_job_tells_of_its_last_round(tmp_path):
    (tmp_path / "pairs").write_text('"a"\t9\n')
    result = bigdata.iterate(HalvePairs, tmp_path / "pairs", rounds=2)
    assert (result.counters, [stage.way for stage in result.stages]) == ([{"halve": {"changed": 1}}], ["map-only"])


def test_result_goes_with_its_temporary_output(numbers, temporary):
    with bigdata.iterate(Halve, numbers) as result:
        assert Path(result.output).is_dir()
    assert not Path(result.output or "gone").exists()


def stop(result):
    raise KeyboardInterrupt


@pytest.mark.parametrize("state", [False, True])
def test_temporary_state_goes_on_an_error(numbers, temporary, ran, tmp_path, state):
    trap = tmp_path / "trap"
    trap.touch()
    keywords = {"state": tmp_path / "state"} if state else {}
    for error, until, args in ((TaskFailed, None, ["--trap", str(trap)]), (KeyboardInterrupt, stop, [])):
        with pytest.raises(error):
            bigdata.iterate(Halve, numbers, until=until, args=args, **keywords)
        assert list(temporary.iterdir()) == []
        keywords = {}


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
def test_it_goes_on_after_the_last_round_that_was_finished(numbers, switches, tmp_path, ran):
    trap, state = tmp_path / "trap", tmp_path / "state"
    trap.touch()
    args = [*switches, "--trap", str(trap)]
    with pytest.raises((TaskFailed, RuntimeError), match="trapped"):
        bigdata.iterate(Halve, numbers, state=state, args=args)
    assert ran == ["start", "round", "round"]  # the second halves a's 4
    assert {path.name for path in state.iterdir() if ".json" in path.name} == {"round-00000.json", "round-00001.json"}
    trap.unlink()
    ran.clear()
    result = bigdata.iterate(Halve, numbers, state=state, args=args)
    assert (lines(result), result.rounds) == (ONES, 6)
    assert ran == [*["round"] * 5, "finish"]
    assert {path.name for path in state.iterdir()} == {f"round-0000{n}{end}" for n in (5, 6) for end in ("", ".json")}
    ran.clear()
    assert bigdata.iterate(Halve, numbers, state=state, args=args).rounds == 6
    assert ran == ["finish"]


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
def test_state_of_a_plain_job_is_resumed(switches, tmp_path, ran):
    (tmp_path / "pairs").write_text('"a"\t64\n')
    keywords = {"state": tmp_path / "state", "args": switches}
    assert dict(bigdata.iterate(HalvePairs, tmp_path / "pairs", rounds=2, **keywords)) == {"a": 16}
    assert dict(bigdata.iterate(HalvePairs, tmp_path / "pairs", rounds=4, **keywords)) == {"a": 4}
    assert len(ran) == 4


def test_state_beyond_the_cap_is_refused(numbers, tmp_path):
    bigdata.iterate(Halve, numbers, rounds=3, state=tmp_path / "state")
    with pytest.raises(UsageError, match=r"is at round 3: expected at least as many --rounds; got 2"):
        bigdata.iterate(Halve, numbers, rounds=2, state=tmp_path / "state")
    assert bigdata.iterate(Halve, numbers, rounds=3, state=tmp_path / "state").rounds == 3


def test_state_of_another_run_is_refused(numbers, tmp_path, ran):
    state = tmp_path / "state"
    bigdata.iterate(Halve, numbers, rounds=1, state=state)
    before = sorted(state.rglob("*"))
    ran.clear()
    for job, args in ((Twice, []), (Halve, ["--trap", "x"]), (Halve, ["-r", "inline"])):
        with pytest.raises(UsageError, match="holds the state of another run"):
            bigdata.iterate(job, numbers, state=state, args=args)
    with pytest.raises(UsageError, match="holds the state of another run"):
        bigdata.iterate(Halve, tmp_path, state=state)
    assert (ran, sorted(state.rglob("*"))) == ([], before)


def test_a_directory_of_other_things_is_refused(numbers, tmp_path, ran):
    state = tmp_path / "state"
    state.mkdir()
    (state / ".hidden").touch()
    with pytest.raises(UsageError, match="holds something else than the state of a run"):
        bigdata.iterate(Halve, numbers, state=state)
    (state / ".hidden").unlink()
    assert bigdata.iterate(Halve, numbers, rounds=1, state=state).rounds == 1
    with pytest.raises(UsageError, match="numbers: can't be written"):
        bigdata.iterate(Halve, numbers, state=numbers)


def test_wrong_arguments_leave_a_state_directory_free(numbers, tmp_path):
    with pytest.raises(bigdata.InputNotFound):
        bigdata.iterate(Halve, tmp_path / "typo", state=tmp_path / "state")
    assert lines(bigdata.iterate(Halve, numbers, state=tmp_path / "state")) == ONES


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
@pytest.mark.parametrize("job", [Halve, HalvePairs])
def test_output_that_exists_is_refused_before_any_round(numbers, tmp_path, job, switches, ran):
    out = tmp_path / "out"
    out.mkdir()
    (out / "part-00000").touch()
    with pytest.raises(OutputExists):
        bigdata.iterate(job, numbers, output=out, state=tmp_path / "state", args=switches)
    assert ran == []
    assert sorted(tmp_path.iterdir()) == [numbers, out]


def test_options_are_checked_before_any_round(numbers, tmp_path, ran):
    with pytest.raises(UsageError, match="argument --rounds: expected a whole number"):
        bigdata.iterate(Halve, numbers, args=["--rounds", "x"])
    with pytest.raises(UnsupportedOption, match="-r inline has no option --output-format"):
        bigdata.iterate(Halve, numbers, engine="inline", output_format="json")
    with pytest.raises(bigdata.UnknownEngine):
        bigdata.iterate(Halve, numbers, engine="storm")
    for state in (None, "state"):
        with pytest.raises(UsageError, match="-r hadoop needs --state URI"):
            bigdata.iterate(Halve, numbers, engine="hadoop", state=state)
    assert ran == []


def test_iterative_job_is_for_iterate(numbers):
    with pytest.raises(UsageError, match=r"Halve runs in rounds: use bigdata\.iterate"):
        bigdata.run(Halve, numbers)


def test_cluster_that_gives_no_counters_is_refused(numbers, tmp_path, monkeypatch):
    monkeypatch.setattr(iteration.runner, "ran", lambda *_: bigdata.Result("", lambda: iter(()), [{}], []))
    with pytest.raises(bigdata.UnsupportedPlan, match="-r hadoop gave no counters of round 0"):
        bigdata.iterate(Halve, numbers, engine="hadoop", state=f"file://{tmp_path}/state")


def test_bad_records_of_the_input_are_dealt_with_once(numbers, tmp_path, capsys):
    numbers.write_text("a 9\nb\nc 33\n")
    bad = tmp_path / "bad"
    job = Halve(["--no-conf", "-q", "--on-error", "quarantine", str(bad), "--max-errors", "1", str(numbers)])
    job.sandbox()
    job.run_job()
    assert sorted(job.stdout.getvalue().splitlines()) == [b"a 1", b"c 1"]
    assert json.loads((bad / "stage-0.json").read_text())["record"] == "b"


class TwoInputs(Halve):
    """Reads names and numbers from two inputs; each name has the number of names."""

    INPUTS = {"left": Csv("name, number:int"), "right": Csv("name")}

    def start_steps(self):
        return [MRStep(mapper=self.record, reducer=self.most)]

    def record(self, source, record):
        yield record["name"], record["number"] if source == "left" else 2

    def most(self, name, numbers):
        yield name, max(numbers)


@pytest.mark.parametrize("switches", [INLINE, DUCKDB])
def test_named_inputs_are_the_start_s(switches, tmp_path):
    (tmp_path / "left.csv").write_text("a,9\nb,1\n")
    (tmp_path / "right.csv").write_text("b\nc\n")
    inputs = {"left": tmp_path / "left.csv", "right": tmp_path / "right.csv"}
    assert lines(bigdata.iterate(TwoInputs, inputs, rounds=1, args=switches)) == ["a 4", "b 1", "c 1"]


class Nearest(IterativeJob):
    """Moves a number to the mean of the input's and itself: reads the input in each round."""

    READS_INPUT = True

    def start_steps(self):
        return [MRStep(mapper=lambda _, line: (), mapper_final=lambda: [("number", 0.0)])]

    def round_steps(self):
        return [MRStep(mapper=self.line, reducer=self.mean)]

    def line(self, _, line):
        yield "number", float(line)

    def mean(self, name, numbers):
        [(_, old)] = self.state()
        numbers = [old, *numbers]
        yield name, sum(numbers) / len(numbers)


@ENGINES
def test_rounds_that_read_the_input_get_the_state_on_the_side(switches, tmp_path):
    (tmp_path / "numbers").write_text("4\n")
    result = bigdata.iterate(Nearest, tmp_path / "numbers", rounds=3, state=tmp_path / "state", args=switches)
    assert dict(result) == {"number": 3.5}
    result = bigdata.iterate(Nearest, tmp_path / "numbers", rounds=4, state=tmp_path / "state", args=switches)
    assert dict(result) == {"number": 3.75}


def test_rounds_that_read_the_input_need_one_that_can_be_read_again(tmp_path):
    with pytest.raises(UsageError, match="Nearest reads its input in every round: expected files; got -"):
        bigdata.iterate(Nearest, "-")
    with pytest.raises(UsageError, match="Nearest reads its input in every round: use --on-error skip"):
        bigdata.iterate(Nearest, __file__, on_error=f"quarantine {tmp_path}/bad")


SCRIPT = """\
import os, signal, sys, time
sys.path.insert(0, {root!r})
from tests.test_iteration import Halve


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
