"""Means, variances and covariances of numbers that are far from zero, beside numpy's and the statistics module's."""

import random
import statistics

import numpy
import pytest

from bigdata import Covariance, Variance, VectorSum


@pytest.mark.parametrize("offset, error", [(0.0, 1e-12), (1e9, 1e-6), (-1e12, 1e-3)])
def test_variance_of_many_values_far_from_zero(offset, error):
    chance = random.Random(1)
    values = [offset + chance.random() for _ in range(10_000)]
    assert Variance().aggregate(values) == pytest.approx(statistics.pvariance(values), rel=error)
    assert Variance(1).aggregate(values) == pytest.approx(statistics.variance(values), rel=error)


@pytest.mark.parametrize("offset, error", [(0.0, 1e-12), (1e9, 1e-6)])
def test_covariance_of_many_vectors_far_from_zero(offset, error):
    vectors = numpy.random.default_rng(1).normal(size=(5_000, 3)) @ [[1, 2, 0], [0, 1, -1], [0, 0, 3]]
    got = Covariance(1).aggregate((offset + vectors).tolist())
    assert got["covariance"] == pytest.approx(numpy.cov(vectors, rowvar=False), rel=error)


@pytest.mark.parametrize("aggregator", [VectorSum(), Covariance()], ids=repr)
def test_vectors_of_different_length_are_refused(aggregator):
    with pytest.raises(ValueError, match="expected vectors of one length; got 2 and 3 numbers"):
        aggregator.aggregate([[1, 2], [1, 2, 3]])
