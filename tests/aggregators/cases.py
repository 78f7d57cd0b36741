"""Every aggregator on values of its kind, with the result as an independent reference has it."""

import heapq
import json
import math
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from bigdata import (
    ApproxDistinct,
    BottomK,
    CollectList,
    CollectSet,
    Count,
    CountByValue,
    Covariance,
    Distinct,
    First,
    Histogram,
    Last,
    Max,
    Mean,
    Min,
    Postings,
    Quantiles,
    Sample,
    Sessions,
    Sum,
    TopK,
    Variance,
    VectorSum,
)
from bigdata.aggregators import Aggregator, aggregator_of

EPSILON = 2.0**-52
SMALLEST = 2.0**-1074  # what a quotient or a product that underflows may be off by


@dataclass(frozen=True)
class Case:
    """An aggregator on one kind of values.

    :param reference: the result for a list of values, found in another way; ``None`` where a test of its own does it
    :param tolerance: how far floats may be off for a list of values
    """

    aggregator: Aggregator
    values: st.SearchStrategy
    reference: Callable[[list], Any] | None
    tolerance: Callable[[list], float] = lambda values: 0.0


def impatient(aggregator: Aggregator) -> Aggregator:
    """One that packs its values after four of them, so that few values show what many would."""
    aggregator._WAITING = 4
    return aggregator


def error_of_sum(values):
    return len(values) * EPSILON * math.fsum(map(abs, values))


def error_of_mean(values):
    return error_of_sum(values) / len(values) + len(values) * SMALLEST


def error_of_variance(values):
    """Chan, Golub and LeVeque's bound for updating algorithms, with their small factors rounded up."""
    rounding = 4 * len(values) * EPSILON * max(map(abs, values))
    return rounding * (statistics.pstdev(values) + rounding) * len(values) + len(values) * SMALLEST


def by_column(values):
    return numpy.array(values).T.tolist()


def error_of_vector_sum(values):
    return max(map(error_of_sum, by_column(values)))


def error_of_covariance(values):
    """The greatest bound of a column, for means and variances, of which covariances have no more; 3 for ddof."""
    columns = by_column(values)
    return 3 * max(*map(error_of_variance, columns), *map(error_of_mean, columns))


def numpy_covariance(ddof):
    def reference(values):
        covariance = numpy.cov(values, rowvar=False, ddof=ddof) if len(values) > ddof else None
        return {
            "count": len(values),
            "mean": numpy.mean(values, axis=0).tolist(),
            "covariance": None if covariance is None else numpy.atleast_2d(covariance).tolist(),
        }

    return reference


def json_text(value):
    return json.dumps(value, sort_keys=True)


def distinct(values):
    return [json.loads(text) for text in sorted(set(map(json_text, values)))]


def postings(order):
    def reference(values):
        pairs = sorted(([name, count] for name, count in Counter(values).items()), key=order)
        return {"df": len(pairs), "postings": pairs}

    return reference


def numpy_histogram(edges):
    def reference(values):
        counts = numpy.histogram(values, edges)[0].tolist()
        below, above = sum(value < edges[0] for value in values), sum(value > edges[-1] for value in values)
        return {"counts": counts, "below": below, "above": above}

    return reference


def sessions(gap):
    def reference(values):
        times = sorted(values)
        ends = [place for place in range(1, len(times)) if times[place] - times[place - 1] > gap]
        runs = [times[start:end] for start, end in zip([0, *ends], [*ends, len(times)])]
        return [[run[0], run[-1], len(run)] for run in runs]

    return reference


def by_order(values):
    return sorted(values, key=lambda pair: (pair[0], json_text(pair[1])))


INTEGERS = st.integers(-(2**53), 2**53)
FLOATS = st.floats(-1e9, 1e9)
CLOSE_TOGETHER = st.floats(0, 1).map(lambda small: 1e9 + small)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
TUPLES = st.tuples(st.integers(0, 3), st.tuples(st.integers(0, 3), st.sampled_from("ab")))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([0.0, 1.0, -0.5]), TEXT)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2), max_leaves=4
)
EDGES = [-2.5, 0, 1, 10]


def vectors_of(numbers, size):
    return st.lists(numbers, min_size=size, max_size=size)


def listed(value):
    """A value as JSON gives it back."""
    return [listed(item) for item in value] if isinstance(value, (list, tuple)) else value


CASES = [
    Case(Sum(), INTEGERS, sum),
    Case(Sum(), st.booleans(), sum),
    Case(Sum(), FLOATS, math.fsum, error_of_sum),
    Case(Sum(), CLOSE_TOGETHER, math.fsum, error_of_sum),
    Case(Count(), JSON, len),
    *(
        Case(aggregator, values, lambda values, best=best: listed(best(values)))
        for aggregator, best in [
            (Min(), min),
            (Max(), max),
            (TopK(1), lambda values: heapq.nlargest(1, values)),
            (TopK(3), lambda values: heapq.nlargest(3, values)),
            (BottomK(3), lambda values: heapq.nsmallest(3, values)),
        ]
        for values in (INTEGERS, FLOATS, TEXT, TUPLES)
    ),
    Case(Mean(), INTEGERS, statistics.fmean, error_of_mean),
    Case(Mean(), FLOATS, statistics.fmean, error_of_mean),
    Case(Mean(), CLOSE_TOGETHER, statistics.fmean, error_of_mean),
    *(
        Case(Variance(ddof), values, reference, error_of_variance)
        for ddof, reference in [
            (0, statistics.pvariance),
            (1, lambda values: statistics.variance(values) if len(values) > 1 else None),
        ]
        for values in (st.integers(-(10**6), 10**6).map(float), FLOATS, CLOSE_TOGETHER)
    ),
    Case(
        Variance(2),
        FLOATS,
        lambda values: statistics.pvariance(values) * len(values) / (len(values) - 2) if len(values) > 2 else None,
        lambda values: 3 * error_of_variance(values),
    ),
    Case(VectorSum(), vectors_of(INTEGERS, 2), lambda values: numpy.sum(values, axis=0).tolist()),
    Case(VectorSum(), vectors_of(FLOATS, 3), lambda values: numpy.sum(values, axis=0).tolist(), error_of_vector_sum),
    *(
        Case(Covariance(ddof), vectors_of(numbers, size), numpy_covariance(ddof), error_of_covariance)
        for ddof in (0, 1, 2)
        for numbers, size in [(FLOATS, 1), (FLOATS, 3), (CLOSE_TOGETHER, 2), (st.integers(-9, 9), 3)]
    ),
    Case(First(), st.tuples(st.integers(0, 3), JSON), lambda values: by_order(values)[0][1]),
    Case(First(), st.tuples(TUPLES, TEXT), lambda values: by_order(values)[0][1]),
    Case(Last(), st.tuples(st.integers(0, 3), JSON), lambda values: by_order(values)[-1][1]),
    Case(Last(), st.tuples(TUPLES, TEXT), lambda values: by_order(values)[-1][1]),
    Case(CollectList(), JSON, lambda values: sorted(values, key=json_text)),
    Case(CollectSet(), JSON, distinct),
    Case(Distinct(), JSON, lambda values: len(set(map(json_text, values)))),
    Case(CountByValue(), TEXT, lambda values: dict(sorted(Counter(values).items()))),
    Case(Postings(), TEXT, postings(lambda posting: posting)),
    Case(Postings(ranked=True), TEXT, postings(lambda posting: (-posting[1], posting[0]))),
    Case(Histogram(EDGES), st.sampled_from([*EDGES, math.nan]) | st.floats(allow_nan=False), numpy_histogram(EDGES)),
    Case(Histogram([0, 1]), st.integers(-2, 2), numpy_histogram([0, 1])),
    Case(Sample(3, seed=7), JSON, None),
    Case(Sessions(30), st.integers(-200, 200), sessions(30)),
    Case(impatient(Sessions(0.5)), st.floats(0, 20), sessions(0.5)),
    Case(impatient(ApproxDistinct()), JSON, lambda values: len(set(map(json_text, values)))),
    Case(
        impatient(Quantiles([0, 0.3, 0.5, 1])),
        FLOATS,
        lambda values: numpy.quantile(values, [0, 0.3, 0.5, 1], method="inverted_cdf").tolist(),
    ),
    Case(
        aggregator_of({"n": Count(), "best": TopK(2)}),
        INTEGERS,
        lambda values: {"n": len(values), "best": heapq.nlargest(2, values)},
    ),
    Case(aggregator_of((Min(), Max())), TEXT, lambda values: [min(values), max(values)]),
    Case(
        aggregator_of({"range": (Min(), Max()), 'of "é"': {"distinct": Distinct()}}),
        INTEGERS,
        lambda values: {"range": [min(values), max(values)], 'of "é"': {"distinct": len(set(values))}},
    ),
    Case(
        aggregator_of({'of "é"': {"sum": Sum()}, "Sum": Sum(), "": Max()}),
        INTEGERS,
        lambda values: {'of "é"': {"sum": sum(values)}, "Sum": sum(values), "": max(values)},
    ),
    Case(
        aggregator_of({'of "é"': {"sum": Sum()}, "it's": Max()}),
        INTEGERS,
        lambda values: {'of "é"': {"sum": sum(values)}, "it's": max(values)},
    ),
    Case(aggregator_of({"n": Count(), "N": Max()}), INTEGERS, lambda values: {"n": len(values), "N": max(values)}),
]

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case.aggregator))
laws = settings(max_examples=15, deadline=None, database=None)


def state_of(aggregator, values):
    states = map(aggregator.prepare, values)
    total = next(states)
    for state in states:
        total = aggregator.merge(total, state)
    return total


def through_json(state):
    return json.loads(json.dumps(state))


def assert_same(got, wanted, tolerance=0.0):
    """Equal, floats to within `tolerance`; lists, tuples and dicts in depth."""
    if isinstance(wanted, (list, tuple)):
        assert isinstance(got, (list, tuple)) and len(got) == len(wanted), (got, wanted)
        for ours, theirs in zip(got, wanted, strict=True):
            assert_same(ours, theirs, tolerance)
    elif isinstance(wanted, dict):
        assert list(got) == list(wanted)
        for name in wanted:
            assert_same(got[name], wanted[name], tolerance)
    elif isinstance(wanted, float) and not isinstance(got, str) and got is not None:
        assert math.isclose(got, wanted, rel_tol=4 * EPSILON, abs_tol=tolerance), (got, wanted)
    else:
        assert got == wanted and type(got) is type(wanted), (got, wanted)
