"""sample: lines of the input, as many as asked for, the same for a seed, and uniform by a chi-squared test."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import UsageError
from jobs.sample import SampleLines
from tests.engines.conformance import Case
from tests.jobs.samples import AWKWARD, SAMPLES, sample
from tests.test_twins import LINES

CASES = [
    Case("sample of a sample", SampleLines, sample("visits/visits.tsv", most=500), "--n 20 --seed 7 {inputs}"),
    Case(
        "sample of all of an awkward text",
        SampleLines,
        {**AWKWARD, "again.txt": AWKWARD["awkward.txt"]},
        "--n 99 {inputs}",
    ),
]
VISITS = SAMPLES / "visits" / "visits.tsv"


def sampled(path, n, seed=0):
    with bigdata.run(SampleLines, path, args=["--n", str(n), "--seed", str(seed)]) as result:
        assert [stage.way for stage in result.stages] == ["columnar", "folded", "map-only"]
        return [line for _, line in result]


def test_same_seed_gives_the_same_sample_whatever_the_splits(tmp_path):
    lines = VISITS.read_text().splitlines(keepends=True)
    for number in range(5):
        (tmp_path / f"{5 - number}.tsv").write_text("".join(lines[number::5]))
    assert sampled(tmp_path, 50) == sampled(VISITS, 50)
    assert sampled(VISITS, 50, seed=1) != sampled(VISITS, 50)


@settings(max_examples=20, deadline=None)
@given(LINES, st.integers(1, 6))
def test_sample_is_some_of_the_lines(tmp_path_factory, lines, n):
    path = tmp_path_factory.mktemp("lines") / "lines.txt"
    path.write_bytes("".join(f"{line}\n" for line in lines + lines[::2]).encode())
    all_lines = Counter(line.rstrip("\r") for line in lines + lines[::2])
    got = Counter(sampled(path, n))
    assert got.total() == min(n, all_lines.total()) and got <= all_lines


def test_every_line_has_the_same_chance_copies_too(tmp_path):
    """Of 100 lines 50 are copies of one. Over 20 samples of 50, each line has 10 draws due, with the variance 5."""
    (tmp_path / "lines").write_text("copy\n" * 50 + "".join(f"line {number}\n" for number in range(50)))
    samples = [Counter(sampled(tmp_path / "lines", 50, seed)) for seed in range(20)]
    assert all(10 < drawn["copy"] < 40 for drawn in samples)  # 25 are due, with the standard deviation 2.5
    drawn = sum(samples, Counter())
    assert 450 < drawn["copy"] < 550
    assert (
        sum((drawn[f"line {number}"] - 10) ** 2 / 5 for number in range(50)) < 90
    )  # chi-squared: 50 due, deviation 10


def test_a_sample_of_none_is_refused():
    with pytest.raises(UsageError, match="k: expected a whole number of at least 1; got 0"):
        bigdata.run(SampleLines, VISITS, args=["--n", "0"])
