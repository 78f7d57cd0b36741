"""Every aggregator obeys the laws that let an engine regroup values, and gives what an independent reference gives."""

import inspect
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bigdata import aggregators, multisets, selections, sketches, vectors, windows
from bigdata.aggregators import Aggregator
from tests.aggregators.cases import CASES, assert_same, each_case, laws, state_of, through_json


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
