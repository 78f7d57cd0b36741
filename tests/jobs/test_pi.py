"""pi against Hadoop's published output, and against exact rational numbers."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import TaskFailed
from jobs.pi import Pi
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

CASES = [
    Case("pi of a sample", Pi, sample("pi/10x1000.tsv")),
    Case("pi of awkward requests", Pi, {"a.tsv": b"\r\n0\t7\r\n \n7\t1\n1000000007\t13", "empty.tsv": b""}),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("requests") / "requests.tsv"


def requests(maps, samples):
    return "".join(f"{number * samples}\t{samples}\n" for number in range(maps))


def estimate(path, text):
    path.write_text(text)
    ((_, value),) = bigdata.run(Pi, path)
    return value


# "Estimated value of Pi is …" as printed by the hadoop-mapreduce-examples jars of Hadoop 2.6.3 (10 x 1000), 2.7.0
# (4 x 100), 2.7.2 (10 x 100), 3.1.0 (16 x 1000), 3.3.6 (10 x 15) and 3.3.1 (16 x 100000)
@pytest.mark.parametrize(
    ("maps", "samples", "value"),
    [
        (10, 1000, "3.14080000000000000000"),
        (4, 100, "3.17000000000000000000"),
        (10, 100, "3.14800000000000000000"),
        (16, 1000, "3.14250000000000000000"),
        (10, 15, "3.17333333333333333333"),
        (16, 100_000, "3.14157500000000000000"),
    ],
)
def test_value_is_hadoops(maps, samples, value, path):
    assert estimate(path, requests(maps, samples)) == value


def test_sample_is_ten_maps_of_a_thousand():
    assert (SAMPLES / "pi" / "10x1000.tsv").read_text() == requests(10, 1000)


def radical_inverse(index, base):
    value, weight = Fraction(0), Fraction(1, base)
    while index:
        index, digit = divmod(index, base)
        value += digit * weight
        weight /= base
    return value


def is_inside(index):
    return sum((2 * radical_inverse(index, base) - 1) ** 2 for base in (2, 3)) <= 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**17), st.integers(1, 100))
def test_points_are_those_of_the_halton_sequence(path, offset, size):
    inside = sum(map(is_inside, range(offset + 1, offset + size + 1)))
    value = estimate(path, f"{offset}\t{size}\n")
    assert abs(Fraction(value) - Fraction(4 * inside, size)) <= Fraction(1, 2 * 10**20)


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(1, 999)))
def test_value_does_not_depend_on_how_the_points_are_shared_out(path, cuts):
    borders = [0, *sorted(cuts), 1000]
    text = "".join(f"{start}\t{end - start}\n" for start, end in pairwise(borders))
    assert estimate(path, text) == estimate(path, "0\t1000\n")


@pytest.mark.parametrize("line", ["1000", "0\t0", "0 1000", "0\t1e3", "-1\t5", "0\t5\t6"])
def test_line_that_is_no_request(line, path):
    with pytest.raises(TaskFailed, match=r"expected offset<TAB>size.*line 2"):
        estimate(path, f"0\t5\n{line}\n")
