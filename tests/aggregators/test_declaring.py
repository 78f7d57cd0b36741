"""What can be declared as an aggregator, and what is refused."""

import math

import pytest

from bigdata import BottomK, Histogram, Quantiles, Sample, Sum, TopK
from bigdata.aggregators import Aggregator, aggregator_of
from bigdata.errors import UsageError


@pytest.mark.parametrize("declared", [None, Sum, {}, (), "sum", 1, {"a": 1}, (Sum(), [])])
def test_what_is_no_aggregator_is_refused(declared):
    with pytest.raises(UsageError, match="expected an Aggregator"):
        aggregator_of(declared)


@pytest.mark.parametrize(
    "make",
    [
        lambda: TopK(0),
        lambda: BottomK(-1),
        lambda: Sample(1.5),
        lambda: Histogram([1]),
        lambda: Histogram([0, 0]),
        lambda: Histogram([0, math.nan]),
        lambda: Quantiles([1.5]),
    ],
)
def test_arguments_that_cannot_work_are_refused(make):
    with pytest.raises(UsageError, match="expected"):
        make()


def test_an_aggregator_of_ones_own_needs_only_merge():
    class Longest(Aggregator):
        def merge(self, a, b):
            return max(a, b, key=len)

    assert Longest().aggregate(["a", "abc", "ab"]) == "abc"
    with pytest.raises(NotImplementedError, match="Aggregator must define merge"):
        Aggregator().aggregate([1, 2])
