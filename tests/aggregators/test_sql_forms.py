"""Aggregators as SQL give what they give in Python."""

import duckdb
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata import (
    ApproxDistinct,
    BottomK,
    CollectSet,
    Count,
    CountByValue,
    Covariance,
    Distinct,
    First,
    Histogram,
    Last,
    Mean,
    Quantiles,
    Sample,
    Sessions,
    Sum,
    TopK,
    Variance,
    VectorSum,
)
from bigdata.aggregators import Composite, aggregator_of
from bigdata.engines.columns import plain
from tests.aggregators.cases import CASES, FLOATS, TEXT, assert_same, error_of_sum, error_of_variance, laws

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
