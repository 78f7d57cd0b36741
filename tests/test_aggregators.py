"""Every aggregator obeys the laws that let an engine regroup values, and gives what an independent reference gives."""

import heapq
import inspect
import json
import math
import random
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy
import pyarrow
import pytest
from hypothesis import given, settings
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
    aggregators,
    multisets,
    selections,
    sketches,
    vectors,
    windows,
)
from bigdata.aggregators import Aggregator, Composite, aggregator_of
from bigdata.engines.columns import plain
from bigdata.errors import UsageError

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


def test_every_public_aggregator_has_a_case():
    public = {
        value
        for module in (aggregators, multisets, selections, sketches, vectors, windows)
        for name, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, Aggregator) and not name.startswith("_")
    }
    assert public - {Aggregator} == {type(case.aggregator) for case in CASES}


@each_case
@laws
@given(data=st.data())
def test_merge_is_associative_and_commutative(case, data):
    aggregator = case.aggregator
    x, y, z = (data.draw(st.lists(case.values, min_size=1, max_size=6)) for _ in range(3))
    tolerance = 2 * case.tolerance(x + y + z)

    def merged(*parts):
        return aggregator.merge(*(part if isinstance(part, tuple) else state_of(aggregator, part) for part in parts))

    def present(state):
        return aggregator.present(state)

    left = present(aggregator.merge(merged(x, y), state_of(aggregator, z)))
    right = present(aggregator.merge(state_of(aggregator, x), merged(y, z)))
    assert_same(left, right, tolerance)
    assert_same(present(merged(x, y)), present(merged(y, x)), tolerance)


@each_case
@laws
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_any_regrouping_with_json_between_gives_the_same(case, data, chance):
    aggregator = case.aggregator
    values = data.draw(st.lists(case.values, min_size=1, max_size=12))
    states = list(map(aggregator.prepare, values))
    while len(states) > 1:
        a, b = (states.pop(chance.randrange(len(states))) for _ in range(2))
        states.append(aggregator.merge(*(through_json(state) if chance.random() < 0.5 else state for state in (a, b))))
    got = aggregator.present(through_json(states[0]))
    assert_same(got, aggregator.aggregate(values), 2 * case.tolerance(values))


@each_case
@laws
@given(data=st.data())
def test_fold_is_prepare_and_merge(case, data):
    keys = st.one_of(st.sampled_from(["a", "b", "1"]), st.sampled_from([1, 1.0, True, None, ["a"]]))
    pairs = data.draw(st.lists(st.tuples(keys, case.values), min_size=1, max_size=12))
    cut = data.draw(st.integers(0, len(pairs)))

    def group(key):
        return json.dumps(key).encode()

    table: dict[Any, Any] = {}
    case.aggregator.fold(table, pairs[:cut], group)
    case.aggregator.fold(table, iter(pairs[cut:]), group)

    grouped: dict[Any, list] = {}
    for key, value in pairs:
        grouped.setdefault(key if isinstance(key, str) else group(key), []).append(value)
    assert list(table) == list(grouped)
    for key, values in grouped.items():
        got = case.aggregator.present(through_json(table[key]))
        assert_same(got, case.aggregator.aggregate(values), 2 * case.tolerance(values))


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.reference is not None], ids=lambda case: repr(case.aggregator)
)
@laws
@given(data=st.data())
def test_result_is_the_reference(case, data):
    values = data.draw(st.lists(case.values, min_size=1, max_size=60))
    assert_same(case.aggregator.aggregate(values), case.reference(values), case.tolerance(values))


#: a number and a text, as a struct that stands for a list
PAIR = pyarrow.struct([("0", pyarrow.int64()), ("1", pyarrow.string())])
NATIVE = {
    pyarrow.int64(): st.integers(-(2**50), 2**50),
    pyarrow.float64(): FLOATS,
    pyarrow.string(): TEXT,
    PAIR: st.tuples(st.integers(0, 3), TEXT).map(lambda pair: {"0": pair[0], "1": pair[1]}),
}
#: the types of the values of those that don't take any
TYPES = {
    (Sum, Mean, Variance, Histogram, Sessions): [pyarrow.int64(), pyarrow.float64()],
    (Distinct, CollectSet): [pyarrow.int64(), pyarrow.string(), PAIR],
    (CountByValue,): [pyarrow.string()],
}
DUCKDB = duckdb.connect(config={"threads": 1})


def columns_of(aggregator):
    """The column types that an aggregator's values may have."""
    if isinstance(aggregator, Composite):
        return set.intersection(*map(columns_of, aggregator.parts))
    return next((set(kinds) for classes, kinds in TYPES.items() if isinstance(aggregator, classes)), {*NATIVE})


SQL_CASES = {repr(case.aggregator): case.aggregator for case in CASES if case.aggregator.sql("value") is not None}


@pytest.mark.parametrize("aggregator", SQL_CASES.values(), ids=SQL_CASES)
@laws
@given(data=st.data())
def test_sql_form_gives_the_same(aggregator, data):
    kind = data.draw(st.sampled_from(sorted(columns_of(aggregator), key=str)))
    groups = data.draw(st.lists(st.lists(NATIVE[kind], min_size=1, max_size=8), min_size=1, max_size=4))
    rows = [(key, value) for key, values in enumerate(groups) for value in values]
    keys, values = zip(*rows, strict=True)
    DUCKDB.register("pairs", pyarrow.table({"key": keys, "value": pyarrow.array(values, kind)}))
    sql = f"SELECT key, {aggregator.sql('value')} AS value FROM pairs GROUP BY key ORDER BY key"
    answer = DUCKDB.sql(sql).to_arrow_table()["value"].to_pylist()
    for got, group in zip(map(plain, answer), groups, strict=True):
        tolerance = 0.0 if kind in (pyarrow.string(), PAIR) else sql_tolerance(aggregator, group)
        assert_same(aggregator.from_sql(got), aggregator.aggregate([plain(value) for value in group]), tolerance)


def sql_tolerance(aggregator, values):
    if isinstance(aggregator, Variance):
        return 2 * error_of_variance([float(value) for value in values])
    return 2 * error_of_sum(values)


@pytest.mark.parametrize(
    "aggregator",
    [
        *(kind() for kind in (First, Last, ApproxDistinct, Quantiles, VectorSum, Covariance)),
        Histogram([0, 2**53]),
        Sample(2),
        Variance(ddof=2),
        TopK(1_000_000),
        BottomK(1_000_000),
        aggregator_of((Sum(), First())),
        aggregator_of({"sum": Sum(), "first": First()}),
        aggregator_of({"0": Count()}),
        aggregator_of({"n": Count(), "N": Count()}),
        aggregator_of({"": Count()}),
        aggregator_of({1: Count()}),
    ],
    ids=repr,
)
def test_what_sql_cannot_say_has_no_sql_form(aggregator):
    assert aggregator.sql("value") is None


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
