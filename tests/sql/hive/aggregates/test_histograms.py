"""Hive's histograms agree with the algorithm's paper, and with its plain form, one step at a time."""

import statistics
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata import JobError
from bigdata.sql.hive.functions.histograms import Histogram, JavaRandom, histogram_numeric


def plain(values, limit):
    """Bins as the paper's algorithm 1 makes them, ties decided by java.util.Random as its documentation defines it."""
    state = (31183 ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def bits(count):
        nonlocal state
        state = (state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return state >> (48 - count)

    bins = []
    for value in values:
        same = next((one for one in bins if one[0] == value), None)
        if same:
            same[1] += 1
            continue
        bins = sorted([*bins, [value, 1.0]])
        while len(bins) > limit:
            gaps = [right[0] - left[0] for left, right in pairwise(bins)]
            least, place, equals = gaps[0], 0, 1
            for at, gap in enumerate(gaps[1:], start=1):
                if gap < least:
                    least, place, equals = gap, at, 1
                elif gap == least:
                    equals += 1
                    if ((bits(26) << 27) + bits(27)) * 2.0**-53 <= 1.0 / equals:
                        place = at
            (x, y), (other_x, other_y) = bins[place : place + 2]
            height = y + other_y
            bins[place : place + 2] = [[x * (y / height) + other_x / height * other_y, height]]
    return bins


def test_the_example_of_the_paper():
    drawn = Histogram([23.0, 19.0, 10.0, 16.0, 36.0, 2.0, 9.0, 32.0, 30.0, 45.0], 5)
    assert drawn.centres.round(2).tolist() == [2.0, 9.5, 19.33, 32.67, 45.0]
    assert drawn.heights.tolist() == [1.0, 2.0, 3.0, 3.0, 1.0]


@given(st.lists(st.integers(0, 60).map(float) | st.floats(-9, 9), min_size=1, max_size=80), st.integers(2, 12))
def test_bins_are_those_of_the_plain_algorithm(values, limit):
    drawn = Histogram(values, limit)
    assert [list(one) for one in zip(drawn.centres.tolist(), drawn.heights.tolist())] == plain(values, limit)


@given(st.lists(st.integers(0, 1000).map(float), min_size=1, max_size=40, unique=True))
def test_the_greatest_value_is_the_last_quantile_and_the_low_median_the_middle_one(values):
    drawn = Histogram(values, 10_000)
    assert drawn.quantile(1.0) == max(values)
    if len(values) % 2 == 0:
        assert drawn.quantile(0.5) == pytest.approx(statistics.median_low(values))


def test_random_numbers_are_those_of_java():
    # new java.util.Random(42).nextDouble(), twice
    assert JavaRandom(42).doubles(2).tolist() == [0.7275636800328681, 0.6832234717598454]
    whole, parts = JavaRandom(7), JavaRandom(7)
    assert whole.doubles(100).tolist() == [*parts.doubles(3), *parts.doubles(0), *parts.doubles(97)]


def test_one_bin_is_too_few():
    with pytest.raises(JobError, match="at least 2 bins; got 1"):
        histogram_numeric([1.0], 1)
