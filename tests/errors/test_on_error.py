"""Records that fail, under --on-error."""

import gzip
import json
import os

import pytest

import bigdata
from bigdata import Job, MRStep, Sum
from bigdata.errors import OutputExists, TaskFailed, TooManyErrors

from .faulty import Faulty, LengthsOfJson, Numbers
from .shell import assert_refused


def test_failed_records_are_skipped(shell):
    shell.write("in.txt", b"1\ntwo\n3\nfour\n")
    with bigdata.run(Numbers, "in.txt", on_error="skip") as result:
        assert dict(result) == {"sum": 4}
        assert result.counters == [{"bigdata": {"records skipped": 2}}]


def test_record_that_fails_counts_whole_or_not_at_all(shell):
    class Halves(Job):
        def mapper(self, _, line):
            yield "first halves", 1
            yield "second halves", {1} if line == "bad" else 1

        def reducer(self, key, ones):
            yield key, sum(ones)

    class FoldedHalves(Halves):
        def steps(self):
            return [MRStep(mapper=self.mapper, aggregator=Sum())]

    shell.write("in.txt", b"good\nbad\ngood\n")
    for job in (Halves, FoldedHalves):
        with bigdata.run(job, "in.txt", on_error="skip") as result:
            assert dict(result) == {"first halves": 2, "second halves": 2}


def test_good_records_leave_no_trace_of_on_error(shell):
    shell.write("in.txt", b"1\n2\n")
    with bigdata.run(Numbers, "in.txt", on_error="quarantine bad") as result:
        assert dict(result) == {"sum": 3}
        assert result.counters == [{}]
    assert os.listdir("bad") == ["_SUCCESS"]


@pytest.mark.parametrize(
    ("most", "is_enough"), [("2", True), ("1", False), ("0", False), ("50%", True), ("49%", False), (2, True)]
)
def test_threshold_of_failed_records(shell, most, is_enough):
    shell.write("in.txt", b"1\ntwo\n3\nfour\n")
    if is_enough:
        with bigdata.run(Numbers, "in.txt", on_error="skip", max_errors=most) as result:
            assert dict(result) == {"sum": 4}
    else:
        with pytest.raises(TooManyErrors, match=r"2 of 4 records failed.*in\.txt, line 2: ValueError"):
            bigdata.run(Numbers, "in.txt", on_error="skip", max_errors=most)


def test_threshold_leaves_nothing(shell):
    shell.write("in.txt", b"1\ntwo\n")
    words = ["-o", "out", "--on-error", "quarantine", "bad", "--max-errors", "0", "in.txt"]
    assert_refused(shell, Numbers, words, TooManyErrors, "Numbers stage 0", "1 of 2 records", "--max-errors", "line 2")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_quarantine_holds_the_failed_records(shell, workers):
    shell.write("a.txt", b'"fine"\r\n{broken\r\n7\r\n')
    shell.write("b.gz", gzip.compress(b'"fine"\n\xff\n'))
    words = ["--on-error", "quarantine", "bad", "--workers", workers, "-o", "out", "a.txt", "b.gz"]
    ended = shell.command(LengthsOfJson, *words)
    assert ended.code == 0
    assert "records quarantined=3" in ended.err
    assert sorted(os.listdir("bad")) == ["_SUCCESS", "stage-0.json"]
    first, second, third = map(json.loads, (shell.here / "bad/stage-0.json").read_text().splitlines())
    a, b = str(shell.here / "a.txt"), str(shell.here / "b.gz")
    assert (first["input"], first["line"], first["record"]) == (a, 2, "{broken")
    assert "DecodeError" in first["error"]
    assert (second["input"], second["line"], second["record"]) == (a, 3, "7")
    assert second["error"] == "TypeError: object of type 'int' has no len()"
    assert (third["input"], third["line"], third["record"]) == (b, 2, "\\xff")
    assert "".join(path.read_text() for path in (shell.here / "out").glob("part-*")) == "4\t2\n"


def test_quarantine_gives_the_lines_of_a_later_split(shell):
    lines = [b"%0200d" % 1] * 12_000
    lines[11_990] = b"one"
    shell.write("big.txt", b"\n".join(lines))
    with bigdata.run(Numbers, "big.txt", on_error="quarantine bad", workers=2) as result:
        assert result.stages[0].tasks["map"] > 1
        assert dict(result) == {"sum": 11_999}
    (record,) = map(json.loads, (shell.here / "bad/stage-0.json").read_text().splitlines())
    assert (record["line"], record["record"]) == (11_991, "one")


def test_quarantine_that_exists_is_refused(shell):
    (shell.here / "bad").mkdir()
    shell.write("bad/stage-0.json", b"precious\n")
    words = ["-o", "out", "--on-error", "quarantine", "bad", "in.txt"]
    assert_refused(shell, Numbers, words, OutputExists, "bad already holds output")


def test_only_records_are_skipped(shell):
    for phase in ("mapper_init", "mapper_final", "combiner", "reducer"):
        with pytest.raises(TaskFailed, match=rf"{phase} \(.*nobody home"):
            bigdata.run(Faulty, "in.txt", args=["--in", phase], on_error="skip")
