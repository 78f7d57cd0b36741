"""The native folds do what Sum.fold and Count.fold do, errors included."""

import itertools
import sys
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import BadPair, Count, Job, Max, Sum, tasks
from bigdata.kernels import missing, native
from bigdata.kernels.folds import fold_of

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

AGGREGATORS = [Sum(), Count()]


class Text(str):
    """A string that isn't exactly one."""


class Grows:
    """A value that adds up in place."""

    def __init__(self, items=()):
        self.items = [*items]

    def __radd__(self, zero):
        return Grows([zero, *self.items])

    def __iadd__(self, other):
        self.items += other.items
        return self

    def __repr__(self):
        return f"Grows({self.items!r})"


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
    st.sampled_from(["a", "b", "é"]), st.text(max_size=2), st.integers(-2, 2), st.none(), st.builds(Text, st.just("a"))
)
VALUES = st.one_of(
    st.integers(),
    st.integers(-3, 3),
    st.booleans(),
    st.floats(),
    st.builds(Fraction, st.integers(-9, 9), st.integers(1, 9)),
    st.builds(Decimal, st.integers(-9, 9)),
    st.builds(Grows, st.lists(st.integers(), max_size=2)),
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


def outcome(fold, make):
    """The table after folding new pairs, and the error with what errors name as no pair."""
    table = {"a": 1}
    try:
        fold(table, make(), group)
    except Exception as error:
        return shown(table), type(error), str(error), repr(tasks._yielded(error))
    return shown(table)


def shown(table):
    return [
        (key, type(state), state.items if isinstance(state, Grows) else repr(state)) for key, state in table.items()
    ]


def again(items):
    """Makes items anew, for values that change in place."""
    return lambda: iter([again_of(item) for item in items])


def again_of(item):
    if isinstance(item, (tuple, list)):
        return type(item)(Grows(part.items) if isinstance(part, Grows) else part for part in item)
    return Pair(*again_of(item.items)) if isinstance(item, Pair) else item


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
@given(st.lists(TWO))
@settings(deadline=None)
def test_pairs_fold_as_in_python(aggregator, pairs):
    assert outcome(fold_of(aggregator), again(pairs)) == outcome(aggregator.fold, again(pairs))


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
@given(st.lists(ITEMS))
@settings(deadline=None)
def test_odd_pairs_fold_or_fail_as_in_python(aggregator, items):
    assert outcome(fold_of(aggregator), again(items)) == outcome(aggregator.fold, again(items))


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
    assert outcome(fold_of(aggregator), make) == outcome(aggregator.fold, make)


@pytest.mark.parametrize("aggregator", AGGREGATORS, ids=repr)
def test_a_group_that_cannot_be_a_key(aggregator):
    for fold in (fold_of(aggregator), aggregator.fold):
        table = {}
        with pytest.raises(TypeError, match="unhashable type: 'list'"):
            fold(table, [("a", 1), (5, 1), ("b", 1)], unhashable)
        assert table == {"a": 1}


def test_a_list_may_change_while_its_key_is_grouped():
    pair = [5, 7]

    def clearing(key):
        pair.clear()
        return b"5"

    table = {}
    fold_of(Sum())(table, [pair], clearing)
    assert table == {b"5": 7}


def test_nothing_leaks():
    key, value = "a key of its own"[:-1], 10**40
    pair = (key, value)
    before = [sys.getrefcount(item) for item in (key, value, pair, None)]
    for fold in map(fold_of, AGGREGATORS):
        fold({}, itertools.repeat(pair, 1000), group)
        with pytest.raises(TypeError):
            fold({}, [pair, None], group)
    after = [sys.getrefcount(item) for item in (key, value, pair, None)]
    assert all(late - early < 50 for early, late in zip(before, after))


def test_other_aggregators_keep_their_own_fold():
    class Doubled(Sum):
        def fold(self, table, pairs, group):
            super().fold(table, pairs, group)
            super().fold(table, pairs, group)

    table = {}
    fold_of(Doubled())(table, [("a", 1)], group)
    fold_of(Max())(table, [("b", 1), ("b", 3)], group)
    assert table == {"a": 2, "b": 3}


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
