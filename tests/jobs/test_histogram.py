"""histogram against numpy.histogram."""

from collections import defaultdict

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import DecodeError, UsageError
from jobs.histogram import HistogramByKey
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.tsv": b"a\t1\tlast\r\n\na\t1\r\na\t1\tlast\na\t1e2\t\xe9\t,\n\t-0\n\t+0.0\n\t0.1"
    b"\na\t0.30000000000000004\n\t-1e-9\tx",
    "more.tsv": 'Größe\t1000.\nGröße\t-1e-400\nGröße\t3\té \t"'.encode(),
    "empty.tsv": b"",
}
CASES = [
    Case(
        "histogram of a sample",
        HistogramByKey,
        sample("numbers/temperatures.tsv"),
        "--low -20 --high 30 --bins 7 {inputs}",
    ),
    Case("histogram of edges", HistogramByKey, EDGES),
]


def histograms(path, low, high, bins):
    return dict(bigdata.run(HistogramByKey, path, args=[f"--low={low}", f"--high={high}", f"--bins={bins}"]))


def by_numpy(numbers, low, high, bins):
    counts = numpy.histogram(numbers, bins, (low, high))[0].tolist()
    return {"counts": counts, "below": sum(x < low for x in numbers), "above": sum(x > high for x in numbers)}


@pytest.mark.parametrize("low, high, bins", [(-20, 30, 50), (0, 10, 3), (17.7, 17.8, 1), (-5.5, 18.6, 241)])
def test_counts_are_those_of_numpy(low, high, bins):
    path = SAMPLES / "numbers" / "temperatures.tsv"
    groups = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        key, number, _ = line.split("\t")
        groups[key].append(float(number))
    wanted = {key: by_numpy(numbers, low, high, bins) for key, numbers in groups.items()}
    assert histograms(path, low, high, bins) == wanted


@settings(max_examples=40, deadline=None)
@given(st.floats(-100, 100), st.floats(0.01, 100), st.integers(1, 30), st.lists(st.floats(-300, 300)))
def test_counts_at_the_edges_are_those_of_numpy(tmp_path_factory, low, width, bins, numbers):
    path = tmp_path_factory.mktemp("numbers") / "numbers.tsv"
    numbers += numpy.histogram_bin_edges([], bins, (low, low + width)).tolist()
    path.write_text("".join(f"a\t{number!r}\n" for number in numbers))
    assert histograms(path, low, low + width, bins) == {"a": by_numpy(numbers, low, low + width, bins)}


@pytest.mark.parametrize("line", ["a", "a\t", "a\tx\t1", "a\tnan"])
def test_a_line_without_a_number_is_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"a\t1\n{line}\n")
    with pytest.raises(DecodeError, match=r"Tsv can't read b'a.*expected .*line 2"):
        bigdata.run(HistogramByKey, tmp_path)


@pytest.mark.parametrize("low, high, bins", [(1, 1, 3), (2, 1, 3), (0, 1, 0), (0, 1, -1), (0, "nan", 2)])
def test_bins_rise(tmp_path, low, high, bins):
    (tmp_path / "one").write_text("a\t1")
    with pytest.raises(UsageError, match="expected at least two rising edges"):
        histograms(tmp_path, low, high, bins)
