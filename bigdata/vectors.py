"""Aggregators of vectors: lists of numbers, all of one length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bigdata.aggregators import Aggregator


class VectorSum(Aggregator):
    """The sum of vectors, place by place, as ``numpy.sum(vectors, axis=0)``.

    Vectors of different length are a ValueError.

    >>> VectorSum().aggregate([[1, 2], [3, 4.5]])
    [4, 6.5]
    """

    def prepare(self, value: Any) -> Any:
        return [0 + number for number in value]

    def merge(self, a: Any, b: Any) -> Any:
        _must_be_of_one_length(a, b)
        return [x + y for x, y in zip(a, b)]


class Covariance(Aggregator):
    """How many vectors there are, their mean and their covariances, merged so that nothing cancels.

    :param ddof: what is taken from the count in the divisor: 0 for a population (the default, as of
        :class:`~bigdata.Variance`), 1 for a sample (the default of ``numpy.cov``). A key with no more than `ddof`
        vectors has the covariance ``None``.

    The result is ``{"count", "mean", "covariance"}``: for p numbers a vector, p means and p rows of p covariances.
    Vectors of different length are a ValueError. A state takes about p**2 / 2 numbers, however many vectors it is of.
    Source: Chan, Golub, LeVeque, "Algorithms for Computing the Sample Variance" (1983), for pairs of variables.

    >>> Covariance().aggregate([[1, 2], [3, 2], [5, 8]])["covariance"][0]
    [2.6666666666666665, 4.0]
    """

    def __init__(self, ddof: int = 0) -> None:
        self.ddof = ddof

    def prepare(self, value: Any) -> Any:
        """A state is count, means and co-moments, these as a lower triangle: row i has i + 1 of them."""
        return [1, [float(number) for number in value], [[0.0] * (place + 1) for place in range(len(value))]]

    def merge(self, a: Any, b: Any) -> Any:
        (count, means, moments), (more, others, other_moments) = a, b
        _must_be_of_one_length(means, others)
        weight = more / (count + more)
        deltas = [other - mean for mean, other in zip(means, others)]
        weighted = [count * weight * delta for delta in deltas]
        return [
            count + more,
            [mean + weight * delta for mean, delta in zip(means, deltas)],
            [
                [x + y + factor * delta for x, y, delta in zip(row, other_row, deltas)]
                for row, other_row, factor in zip(moments, other_moments, weighted)
            ],
        ]

    def present(self, state: Any) -> Any:
        count, means, moments = state
        places = range(len(means))
        divisor = count - self.ddof
        covariance = (
            [[moments[max(i, j)][min(i, j)] / divisor for j in places] for i in places] if divisor > 0 else None
        )
        return {"count": count, "mean": means, "covariance": covariance}


def _must_be_of_one_length(a: Sequence[float], b: Sequence[float]) -> None:
    if len(a) != len(b):
        raise ValueError(f"expected vectors of one length; got {len(a)} and {len(b)} numbers")
