"""Sketches and samples are within their errors."""

import math
import random

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata import ApproxDistinct, Quantiles, Sample
from tests.aggregators.cases import JSON, json_text, laws, state_of, through_json


def tree(aggregator, values, chance):
    """The values' result over a random tree of tasks, states as JSON between them."""
    states = [state_of(aggregator, values[start : start + 700]) for start in range(0, len(values), 700)]
    chance.shuffle(states)
    while len(states) > 1:
        states.append(aggregator.merge(through_json(states.pop(0)), through_json(states.pop(0))))
    return aggregator.present(states[0])


@pytest.mark.parametrize("lg_k", [10, 14])
@pytest.mark.parametrize("copies", [1, 3])
def test_approx_distinct_is_within_its_error(lg_k, copies):
    chance = random.Random(2)
    values = [f"user {number}" for number in range(20_000)] * copies
    chance.shuffle(values)
    error = 1.04 / math.sqrt(2**lg_k)
    for got in (ApproxDistinct(lg_k).aggregate(values), tree(ApproxDistinct(lg_k), values, chance)):
        assert got == pytest.approx(20_000, rel=4 * error)


def test_quantiles_leave_nan_out():
    assert Quantiles([0, 0.5]).aggregate([math.nan, 2, 1, math.nan, 3]) == [1.0, 2.0]
    assert Quantiles([0, 0.5]).aggregate([math.nan]) == [None, None]


def test_approx_distinct_tells_values_apart_as_json_does():
    assert ApproxDistinct().aggregate([1, 1.0, True, "1", 1]) == 4


@pytest.mark.parametrize("draw", [random.Random(3).random, lambda: random.Random(4).paretovariate(1)])
def test_quantiles_are_within_their_error(draw):
    chance = random.Random(5)
    values = [draw() for _ in range(20_000)]
    ranks = [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1]
    # twice what 99% of the sketches keep to, because a sketch flips coins of its own
    error = 2 * 0.0133
    for got in (Quantiles(ranks).aggregate(values), tree(Quantiles(ranks), values, chance)):
        least, most = (numpy.quantile(values, numpy.clip(numpy.add(ranks, off), 0, 1)) for off in (-error, error))
        assert all(low <= value <= high for low, value, high in zip(least, got, most, strict=True)), got
        assert (got[0], got[-1]) == (min(values), max(values))


@laws
@given(values=st.lists(JSON, min_size=1, max_size=12), k=st.integers(1, 8), chance=st.randoms(use_true_random=False))
def test_sample_is_a_sub_multiset_free_of_the_order(values, k, chance):
    drawn = Sample(k, seed="s").aggregate(values)
    left = list(map(json_text, values))
    for value in drawn:
        left.remove(json_text(value))
    assert len(drawn) == min(k, len(values))
    chance.shuffle(values)
    assert list(map(json_text, Sample(k, seed="s").aggregate(values))) == list(map(json_text, drawn))


def test_sample_of_another_seed_is_another():
    assert len({tuple(Sample(5, seed).aggregate(range(1000))) for seed in range(20)}) == 20


def test_sample_is_uniform():
    draws, size, k = 1500, 50, 10
    drawn = numpy.zeros(size)
    for seed in range(draws):
        drawn[Sample(k, seed).aggregate(range(size))] += 1
    expected = draws * k / size
    chi_square = ((drawn - expected) ** 2 / expected).sum()
    # the 99.9% point of chi-square with 49 degrees of freedom is 85.4; the seeds are fixed, so this can't flicker
    assert chi_square < 85.4
