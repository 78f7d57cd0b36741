"""Rounds: when they stop, what they count and what they leave."""

import json
import os
import signal
from pathlib import Path

import pytest
from mrjob.protocol import RawValueProtocol

import bigdata
from bigdata import Job, UsageError
from jobs.bfs import BreadthFirstSearch
from tests.engines.test_conformance import DUCKDB
from tests.iteration.jobs import ENGINES, INLINE, NUMBERS, ONES, Halve, HalvePairs, Twice, lines

CHANGED = [2, 2, 2, 1, 1, 0]


class Shorten(Job):
    """A plain job from lines to lines: its keys are in no line."""

    OUTPUT_PROTOCOL = RawValueProtocol

    def mapper(self, key, line):
        assert key is None
        if len(line) > 1:
            self.increment_counter("shorten", "changed")
        yield line, line[:-1] or line


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
    [(None, 6), (("halve", "changed"), 6), (("halve", "other"), 1), (lambda result: ("a", 1) in result, 3)],
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
