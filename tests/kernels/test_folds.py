"""The native folds do what Sum.fold and Count.fold do, errors included."""

import functools
import itertools
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import BadPair, Count, Job, Max, Sum, explain
from bigdata.kernels import missing, native
from bigdata.kernels.folds import FoldTable

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

AGGREGATORS = [Sum(), Count()]


class Text(str):
    """A string that isn't exactly one."""


class Grows:
    """A value that adds up in place, with whole numbers too."""

    def __init__(self, total=0):
        self.total = total

    def __add__(self, other):
        return Grows(self.total + getattr(other, "total", other))

    __radd__ = __add__

    def __iadd__(self, other):
        self.total += getattr(other, "total", other)
        return self

    def __repr__(self):
        return f"Grows({self.total!r})"


class Pair:
    """What unpacks, and is no tuple."""

    def __init__(self, *items):
        self.items = items

    def __iter__(self):
        return iter(self.items)

    def __repr__(self):
        return f"Pair{self.items!r}"


class Broken:
    """What raises as it unpacks."""

    def __iter__(self):
        yield "key"
        raise LookupError("half of a pair")

    def __repr__(self):
        return "Broken()"


KEYS = st.one_of(
    st.sampled_from(["a", "b", "é", "", "a\0", "a" * 15, "a" * 16, "é" * 9, "\ud800"]),
    st.text(max_size=2),
    st.integers(-2, 2),
    st.none(),
    st.builds(Text, st.just("a")),
)
# sums of these are exact in any order
VALUES = st.one_of(
    st.sampled_from([2**63 - 1, -(2**63), 2**63, 2**62]),
    st.integers(-3, 3),
    st.booleans(),
    st.sampled_from([0.5, -0.25, float("inf"), float("nan")]),
    st.builds(Fraction, st.integers(-9, 9), st.integers(1, 9)),
    st.builds(Decimal, st.integers(-9, 9)),
    st.builds(Grows, st.integers(0, 9)),
)
ODD_VALUES = st.one_of(VALUES, st.none(), st.just("text"), st.just([1]))
TWO = st.tuples(KEYS, ODD_VALUES)
ITEMS = st.one_of(
    TWO,
    TWO,
    TWO.map(list),
    TWO.map(lambda pair: Pair(*pair)),
    st.sampled_from(
        [None, 5, "ab", "abc", "", (), ("a",), ("a", 1, 2), ["a"], Broken(), Pair("a", 1, 2), {"a": 1, "b": 2}]
    ),
)


def group(key):
    if key == 2:
        raise KeyError(key)
    return repr(key).encode()


def outcomes(aggregator, make):
    """For the table and for the aggregator's own fold: the states, and the error with what errors name as no pair."""
    table, states = FoldTable(aggregator), {}
    errors = []
    for fold in (table.fold, functools.partial(aggregator.fold, states)):
        try:
            fold(make(), group)
        except Exception as error:
            # a key whose sum so far is the native fold's is new to Python's
            errors.append((type(error), str(error).replace("+=", "+"), repr(explain._yielded(error))))
        else:
            errors.append(None)
    return (shown(merged(table, aggregator)), errors[0]), (shown(states), errors[1])


def merged(table, aggregator):
    """The states of a table, each key's in one."""
    states = {}
    table.each(
        lambda key, state: states.update({key: aggregator.merge(states[key], state) if key in states else state})
    )
    return states


def shown(states):
    return {key: (type(state), repr(state)) for key, state in states.items()}


def again(items):
    """Makes items anew, for values that change in place."""
    return lambda: iter([again_of(item) for item in items])


def again_of(item):
    if isinstance(item, (tuple, list)):
        return type(item)(Grows(part.total) if isinstance(part, Grows) else part for part in item)
    return Pair(*again_of(item.items)) if isinstance(item, Pair) else item


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
@given(st.lists(TWO))
@settings(deadline=None)
def test_pairs_fold_as_in_python(aggregator, pairs):
    native, python = outcomes(aggregator, again(pairs))
    assert native == python


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
@given(st.lists(ITEMS))
@settings(deadline=None)
def test_odd_pairs_fold_or_fail_as_in_python(aggregator, items):
    native, python = outcomes(aggregator, again(items))
    assert native == python


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
@given(st.lists(st.text(st.sampled_from("aé\0"), max_size=18), max_size=40), st.integers(1, 400))
@settings(deadline=None)
def test_text_of_any_length_is_counted(aggregator, texts, times):
    table = FoldTable(aggregator)
    for number in range(times):
        table.fold([(text, 1) for text in texts[number % 3 :]], group)
    counted = Counter()
    for number in range(times):
        counted.update(texts[number % 3 :])
    assert merged(table, aggregator) == counted


def test_many_keys():
    table = FoldTable(Sum())
    table.fold(((str(number % 70_001) * (1 + number % 4), number) for number in range(300_000)), group)
    sums = Counter()
    for number in range(300_000):
        sums[str(number % 70_001) * (1 + number % 4)] += number
    assert merged(table, Sum()) == sums
    size = table.nbytes
    assert len(sums) * 16 < size < len(sums) * 200
    table.clear()
    assert merged(table, Sum()) == {} and table.nbytes < size / 50


def failing():
    yield "a", 1
    raise OSError("in the middle")


def unhashable(key):
    return [key]


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
@pytest.mark.parametrize(
    "make", [failing, lambda: 5, lambda: None, lambda: {}, lambda: [("a", 2)], lambda: zip("ab", [1, 2])]
)
def test_what_gives_the_pairs_may_fail(aggregator, make):
    native, python = outcomes(aggregator, make)
    assert native == python


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
def test_a_group_that_cannot_be_a_key(aggregator):
    table = FoldTable(aggregator)
    with pytest.raises(TypeError, match="unhashable type: 'list'"):
        table.fold([("a", 1), (5, 1), ("b", 1)], unhashable)
    assert merged(table, aggregator) == {"a": 1}


def test_a_list_may_change_while_its_key_is_grouped():
    pair = [5, 7]

    def clearing(key):
        pair.clear()
        return b"5"

    table = FoldTable(Sum())
    table.fold([pair], clearing)
    assert merged(table, Sum()) == {b"5": 7}


def test_an_error_of_who_takes_the_states():
    table = FoldTable(Sum())
    table.fold([("a", 1), ("b" * 20, 2), ("c", 3)], group)
    with pytest.raises(ZeroDivisionError):
        table.each(lambda key, state: 1 / 0)
    assert merged(table, Sum()) == {"a": 1, "b" * 20: 2, "c": 3}


def test_nothing_leaks():
    items = ["a key"[:3], "a key that is long"[:17], 10**40, 300]
    pairs = [(key, value) for key in items[:2] for value in items[2:]]
    before = [sys.getrefcount(item) for item in (*items, *pairs, None)]
    for aggregator in AGGREGATORS:
        table = FoldTable(aggregator)
        for pair in pairs:
            table.fold(itertools.repeat(pair, 1000), group)
            with pytest.raises(TypeError):
                table.fold([pair, None], group)
        table.each(lambda key, state: None)
        table.clear()
    after = [sys.getrefcount(item) for item in (*items, *pairs, None)]
    assert all(late - early < 50 for early, late in zip(before, after))


def test_other_aggregators_keep_their_own_fold():
    class Doubled(Sum):
        def fold(self, table, pairs, group):
            super().fold(table, pairs, group)
            super().fold(table, pairs, group)

    for aggregator, pairs, total in (Doubled(), [("a", 1)], 2), (Max(), [("a", 1), ("a", 3)], 3):
        table = FoldTable(aggregator)
        table.fold(pairs, group)
        assert merged(table, aggregator) == {"a": total}


class Yields(Job):
    aggregator = Sum()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--what", default="pair")

    def mapper(self, _, line):
        if self.options.what == "number":
            return 5
        return iter([{"triple": (line, 1, 2), "none": None, "list": [line, 1], "pair": (line, 1)}[self.options.what]])


@pytest.mark.parametrize("what, named", [("number", "5"), ("triple", r"\('x', 1, 2\)"), ("none", "None")])
def test_the_engine_names_what_is_no_pair(tmp_path, what, named):
    (tmp_path / "lines").write_text("x\n")
    with pytest.raises(BadPair, match=rf"must yield \(key, value\); got {named},"):
        bigdata.run(Yields, tmp_path / "lines", args=["--what", what])


@pytest.mark.parametrize("what", ["list", "pair"])
def test_the_engine_folds_natively(tmp_path, what):
    (tmp_path / "lines").write_text("x\ny\nx\n")
    with bigdata.run(Yields, tmp_path / "lines", args=["--what", what]) as result:
        assert dict(result) == Counter("xyx")
