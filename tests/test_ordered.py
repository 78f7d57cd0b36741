"""OrderedProtocol's bytes sort as the values do, by the order that its module states, and read back as the values."""

import json
import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import Descending, EncodeError, Job, OrderedProtocol
from bigdata.ordered import decode, encode
from tests.engines.conformance import Case, Outcome, assert_same, run_engine
from tests.engines.features.ordering import TypedOrder
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

NAMED = [None, False, True, 0, 0.0, -0.0, 1, 1.0, -1, 9, 10, 2**53, 2.0**53, 2**53 + 1, 5e-324, math.inf, -math.inf]
TEXTS = ["", "a", "A", "é", "\ud7ff", "\ud800", "\udfff", "\ue000", "\uffff", "😀", "\ud83d\ude00", "\x00", "!", '"']
NUMBERS = (
    st.integers()
    | st.integers(-(2**1000), 2**1000)
    | st.floats()
    | st.builds(lambda near, more: int(near) + more, st.floats(-1e300, 1e300), st.integers(-2, 2))
)
TEXT = st.sampled_from(TEXTS) | st.text(st.characters()) | st.text('\x00\t\n\r !"#a')
VALUES = st.recursive(
    st.sampled_from([*NAMED, *TEXTS]) | NUMBERS | TEXT,
    lambda items: (
        st.lists(items, max_size=3)
        | st.dictionaries(TEXT, items, max_size=2)
        | items.map(Descending)
        | st.tuples(items)
    ),
    max_leaves=6,
)


@dataclass(frozen=True)
class Reversed:
    order: tuple

    def __lt__(self, other):
        return other.order < self.order


def order(value):
    """What Python compares as the module says that values compare."""
    if value is None or isinstance(value, bool):
        return ([None, False, True].index(value),)
    if isinstance(value, (int, float)):
        whole = isinstance(value, int)
        exact = value if math.isinf(value) else 0 if math.isnan(value) else Fraction(value)
        return 3, math.isnan(value), exact, 1 if value or whole else math.copysign(1, value), whole
    if isinstance(value, str):
        return 4, value
    if isinstance(value, (list, tuple)):
        return 5, [order(item) for item in value]
    if isinstance(value, dict):
        return 6, [order(item) for pair in sorted(value.items()) for item in pair]
    return 7, Reversed(order(value.value))


@settings(max_examples=1000, deadline=None)
@given(VALUES, VALUES)
@example([], [None])
@example("a", "a\x00")
@example(["a", 1], ["a!", 0])
@example({"a": 1}, {"a": 1, "b": 0})
@example(2**1000, 2**1000 + 1)
@example([Descending("a"), 1], [Descending("ab"), 0])
@example(Descending(Descending(1)), Descending(Descending(2)))
@example(math.nan, -math.nan)
def test_bytes_sort_as_the_values(a, b):
    first, second = encode(a), encode(b)
    assert (first < second) == (order(a) < order(b))
    assert (first == second) == (order(a) == order(b))
    assert first == second or not second.startswith(first)


@settings(max_examples=500, deadline=None)
@given(VALUES)
def test_a_value_reads_back_with_its_types(value):
    assert order(decode(encode(value))) == order(value)


@settings(max_examples=500, deadline=None)
@given(VALUES)
def test_bytes_fit_into_a_line(value):
    assert min(encode(value)) > ord(" ")


@given(VALUES, VALUES)
def test_a_line_is_key_tab_value(key, value):
    line = OrderedProtocol().write(key, value)
    assert line == encode(key) + b"\t" + encode(value)
    assert order(OrderedProtocol().read(line)) == order([key, value])


def test_a_tuple_reads_back_as_a_list():
    assert decode(encode((1, (2,)))) == [1, [2]]


def test_descending_is_told_by_what_it_holds():
    assert Descending([1]) == Descending([1]) != Descending([2])
    assert Descending(1) != 1
    assert len({Descending("a"), Descending("a"), Descending("b")}) == 2
    assert repr(Descending("a")) == "Descending('a')"


@pytest.mark.parametrize("value", [b"a", {1}, 1j, object(), {1: 2}, {"a": {"b": {1}}}, [b""], Descending(b"")])
def test_another_type_is_refused(value):
    with pytest.raises(ValueError, match=r"^expected None, a bool, number, text, list, dict with text as keys, or D"):
        encode(value)


@pytest.mark.parametrize("value", [2**1024, -(2**1024), [10**400]])
def test_a_whole_number_beyond_all_floats_is_refused(value):
    with pytest.raises(ValueError, match="expected a whole number in the range of floats"):
        encode(value)


@settings(max_examples=300, deadline=None)
@given(VALUES, st.data())
def test_bytes_that_are_cut_short_or_go_on_are_refused(value, data):
    whole = encode(value)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    for broken in (cut, whole + b"!", whole + whole):
        with pytest.raises(ValueError, match=r"^expected (an|one) encoded value"):
            decode(broken)


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=20) | st.text('01234567!"8bf', max_size=40).map(str.encode))
@example(b"3" + b"f" * 16 + b"8")
@example(b"3fff00000000000008")
@example(b'4"zz!')
@example(b"4\xff!")
@example(b"6501!0!")
def test_other_bytes_are_refused_or_read_as_some_value(data):
    try:
        value = decode(data)
    except ValueError:
        return
    assert order(decode(encode(value))) == order(value)


def test_a_pair_that_cannot_be_written_fails_the_job(tmp_path):
    class Bytes(Job):
        INTERNAL_PROTOCOL = OrderedProtocol

        def mapper(self, _, line):
            yield line, b"bytes"

        def reducer(self, key, values):
            yield key, None

    (tmp_path / "lines").write_text("a\n")
    with pytest.raises(EncodeError, match=r"can't write the pair \('a', b'bytes'\): ValueError: expected None"):
        bigdata.run(Bytes, tmp_path)


KEYS = [10, 9, 9.5, -1, 1e300, 2**70, 0, None, True, False, "", "10", "9", "é\n\t", [], [2], [10], [2, 1], {"a": 1}]
SEVERAL = [*KEYS, 0.0, -0.0]  # which mrjob would join with the key 0
PAIRS = [(key, value) for place, key in enumerate(KEYS) for value in SEVERAL[place % 4 :: 3]]
CASE = Case(
    "typed order",
    TypedOrder,
    {f"{n}.json": "".join(f"{json.dumps(pair)}\n" for pair in PAIRS[n::2]).encode() for n in (0, 1)},
    "--cmdenv JOB=TypedOrder {inputs}",
)


@pytest.mark.parametrize(
    "switches",
    [
        pytest.param(["-r", "inline"], id="inline"),
        pytest.param(["-r", "local"], id="local", marks=pytest.mark.slow),
        DUCKDB,
        DUCKDB_WORKERS,
        SPARK,
    ],
)
def test_every_engine_sorts_keys_and_values(switches, tmp_path):
    pairs = sorted(PAIRS, key=order, reverse=True)
    wanted = [[key, [value for _, value in group]] for key, group in groupby(pairs, key=itemgetter(0))]
    CASE.write_files(tmp_path)
    assert_same(run_engine(CASE, tmp_path, *switches), Outcome([(None, wanted)]))
