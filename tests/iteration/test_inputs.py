"""What rounds read: bad records, named inputs, and the input beside the state."""

import json

import pytest

import bigdata
from bigdata import Csv, IterativeJob, MRStep, UsageError
from tests.engines.test_conformance import DUCKDB
from tests.iteration.jobs import ENGINES, INLINE, Halve, lines


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
