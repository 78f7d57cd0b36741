"""summary against numpy; quantiles within the rank error that the sketch states."""

from collections import defaultdict

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import DecodeError, UsageError
from jobs.summary import Summary
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"a\t1\tlast\r\n\na\t1\r\na\t1\tlast\na\t1e2\t\xe9\t,\n\t-0\n\t+0.0\n\t0.1"
    b"\na\t0.30000000000000004\n\t-1e-9\tx",
    "more.tsv": 'Größe\t1000.\nGröße\t-1e-400\nGröße\t3\té \t"'.encode(),
    "empty.tsv": b"",
}
CASES = [
    Case("summary of a sample", Summary, sample("numbers/temperatures.tsv")),
    Case("summary of edges, other quantiles", Summary, EDGES, "--quantiles 0,0.1,1 {inputs}"),
]
RANKS = [0.05, 0.25, 0.5, 0.75, 0.95]
#: twice the error that Quantiles states for 99 of 100 quantiles: five standard deviations, so that chance fails nothing
RANK_ERROR = 2 * 0.0133


def assert_summaries(got, groups):
    assert got.keys() == groups.keys()
    for key, numbers in groups.items():
        summary = got[key]
        assert summary["count"] == len(numbers)
        assert (summary["min"], summary["max"]) == (min(numbers), max(numbers))
        scale = max(map(abs, numbers))
        assert summary["mean"] == pytest.approx(numpy.mean(numbers), rel=1e-9, abs=1e-9 * scale)
        assert summary["variance"] == pytest.approx(numpy.var(numbers), rel=1e-9, abs=1e-9 * scale**2)
        for rank, quantile in zip(RANKS, summary["quantiles"], strict=True):
            assert numpy.mean(numpy.less(numbers, quantile)) <= rank + RANK_ERROR
            assert numpy.mean(numpy.less_equal(numbers, quantile)) >= rank - RANK_ERROR


def summaries(path):
    return dict(bigdata.run(Summary, path, args=["--quantiles", ",".join(map(str, RANKS))]))


def test_summaries_are_those_of_numpy():
    path = SAMPLES / "numbers" / "temperatures.tsv"
    groups = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        key, number, _ = line.split("\t")
        groups[key].append(float(number))
    assert_summaries(summaries(path), groups)


def test_summaries_of_many_numbers_are_those_of_numpy(tmp_path):
    random = numpy.random.default_rng(1)
    groups = {"normal": random.normal(1e6, 1, 20_000), "skewed": random.pareto(1.5, 20_000)}
    for key, numbers in groups.items():
        (tmp_path / key).write_text("".join(f"{key}\t{float(number)!r}\n" for number in numbers))
    assert_summaries(summaries(tmp_path), groups)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-1e100, 1e100) | st.integers(-9, 9), min_size=1))
def test_summaries_are_those_of_numpy_for_any_numbers(tmp_path_factory, numbers):
    path = tmp_path_factory.mktemp("numbers") / "numbers.tsv"
    path.write_text("".join(f"a\t{number}\n" for number in numbers))
    assert_summaries(summaries(path), {"a": numbers})


@pytest.mark.parametrize("line", ["a", "a\t", "a\tx\t1", "a\tnan", "a\t-inf"])
def test_a_line_without_a_finite_number_is_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"a\t1\n{line}\n")
    with pytest.raises(DecodeError, match=r"Tsv can't read b'a.*expected .*line 2"):
        bigdata.run(Summary, tmp_path)


@pytest.mark.parametrize(
    "quantiles, message", [("0.5,1.5", "expected ranks from 0 to 1"), ("half", "invalid ranks value")]
)
def test_quantiles_are_ranks(tmp_path, quantiles, message):
    (tmp_path / "one").write_text("a\t1")
    with pytest.raises(UsageError, match=message):
        bigdata.run(Summary, tmp_path, args=["--quantiles", quantiles])
