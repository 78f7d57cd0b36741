"""Sorted batches hold what sorted lines say; lines of any batch are those of json.dumps."""

import itertools
import json
import math
import struct

import pyarrow
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bigdata.kernels import missing, native
from tests.kernels.test_postings import DOCUMENTS, NAMES, postings_of
from tests.kernels.test_token_counter import BLOCKS, FORMS, counter_of, read

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")


def rows_of(batches):
    """All rows, of valid batches."""
    found = []
    for number in range(len(batches)):
        batch = pyarrow.record_batch(batches.read(number))
        batch.validate(full=True)
        found += zip(batch["key"].to_pylist(), batch["value"].to_pylist(), strict=True)
    return found


def as_lines(pairs):
    return b"".join(f"{json.dumps(key)}\t{json.dumps(value)}\n".encode() for key, value in pairs)


@pytest.mark.parametrize("form, size", [(form, size) for form, size in FORMS if form != "ngrams" or size <= 4])
@given(st.lists(st.lists(BLOCKS, max_size=3), min_size=1, max_size=3), st.integers(1, 9))
@settings(deadline=None, max_examples=40)
def test_counts_are_those_of_the_lines(form, size, parts, rows):
    counters = [counter_of(*blocks, form=form, size=size) for blocks in parts]
    others = [counter_of(*blocks, form=form, size=size) for blocks in parts]
    assert as_lines(rows_of(native.SortedBatches(counters, size=rows))) == read(native.SortedLines(others))


@pytest.mark.parametrize("ranked", [False, True])
@given(st.lists(DOCUMENTS, min_size=1, max_size=3), st.integers(1, 9))
@settings(deadline=None)
def test_postings_are_those_of_the_lines(ranked, parts, rows):
    names = [json.dumps(name) for name in NAMES]
    lines = read(native.PostingLines(postings_of(*parts), names, ranked))
    pairs = rows_of(native.PostingBatches(postings_of(*parts), names, by_token=True, ranked=ranked, size=rows))
    for _, value in pairs:
        value["postings"] = [list(posting.values()) for posting in value["postings"]]
    assert as_lines(pairs) == lines


@given(st.lists(DOCUMENTS, min_size=1, max_size=3), st.integers(1, 9))
@settings(deadline=None)
def test_postings_by_document_are_in_the_order_of_their_keys(parts, rows):
    names = sorted(map(json.dumps, NAMES))
    pairs = rows_of(native.PostingBatches(postings_of(*parts), names, by_token=False, size=rows))
    by_token = rows_of(native.PostingBatches(postings_of(*parts), names, by_token=True))
    wanted = {(posting["0"], token): posting["1"] for token, value in by_token for posting in value["postings"]}
    assert {tuple(key): value for key, value in pairs} == wanted
    texts = [json.dumps(key).encode() for key, _ in pairs]
    assert texts == sorted(set(texts))


TEXT = st.text(st.sampled_from('aA09 !"\\/\x00\x1f\x7fé€😀'), max_size=4)
FLOAT = st.one_of(
    st.floats(allow_nan=False),
    st.integers(0, 2**64 - 1).map(lambda bits: struct.unpack("d", struct.pack("Q", bits))[0]),
    st.tuples(st.integers(-(10**6), 10**6), st.integers(1, 10**6)).map(lambda pair: pair[0] / pair[1]),
)
TYPES = {
    pyarrow.string(): TEXT,
    pyarrow.large_string(): TEXT,
    pyarrow.float64(): FLOAT,
    pyarrow.int8(): st.integers(-128, 127),
    pyarrow.uint16(): st.integers(0, 65535),
    pyarrow.int32(): st.integers(-(2**31), 2**31 - 1),
    pyarrow.int64(): st.integers(-(2**63), 2**63 - 1),
    pyarrow.uint64(): st.integers(0, 2**64 - 1),
    pyarrow.bool_(): st.booleans(),
    pyarrow.null(): st.none(),
}
VALUES = st.recursive(
    st.sampled_from(list(TYPES.items())),
    lambda inner: st.one_of(
        inner.map(lambda one: (pyarrow.list_(one[0]), st.lists(st.none() | one[1], max_size=3))),
        inner.map(lambda one: (pyarrow.large_list(one[0]), st.lists(one[1], max_size=3))),
        st.tuples(inner, inner, st.sampled_from([("0", "1"), ("a", 'é"')])).map(
            lambda made: (
                pyarrow.struct([(made[2][0], made[0][0]), (made[2][1], made[1][0])]),
                st.fixed_dictionaries({made[2][0]: made[0][1], made[2][1]: st.none() | made[1][1]}),
            )
        ),
    ),
    max_leaves=4,
)


def listed(value):
    if isinstance(value, dict):
        return [listed(v) for v in value.values()] if "0" in value else {n: listed(v) for n, v in value.items()}
    return [listed(item) for item in value] if isinstance(value, list) else value


@given(st.data(), st.integers(0, 2))
@settings(deadline=None, max_examples=300)
def test_lines_are_those_of_json_dumps(data, start):
    columns = []
    for _ in range(2):
        kind, values = data.draw(VALUES)
        columns.append(pyarrow.array(data.draw(st.lists(st.none() | values, min_size=5, max_size=5)), kind))
    batch = pyarrow.record_batch(columns, ["key", "value"]).slice(start, 3)
    pairs = zip(*(map(listed, column.to_pylist()) for column in batch.columns), strict=True)
    assert native.json_lines(batch) == as_lines(pairs)


@pytest.mark.parametrize("odd", '\0\n\x1f"\\\x7f é日😀~')
def test_odd_characters_are_found_at_any_place(odd):
    texts = ["x" * place + odd + "y" * after for place in range(19) for after in range(19)]
    lines = native.json_lines(pyarrow.record_batch([texts] * 2, ["key", "value"]))
    assert lines == as_lines(zip(texts, texts))


@given(st.lists(FLOAT, min_size=1))
@example(
    [0.0, -0.0, 1e16, 9999999999999998.0, 1e-4, 1e-5, 5e-324, 1.7976931348623157e308, math.inf, -math.inf, math.nan]
)
def test_floats_are_written_as_python_writes_them(floats):
    lines = native.json_lines(pyarrow.record_batch([pyarrow.array(floats)] * 2, ["key", "value"]))
    assert lines == as_lines(zip(floats, floats))


@pytest.mark.parametrize("values", [False, True])
@given(st.data())
@settings(deadline=None, max_examples=300)
def test_groups_are_those_of_the_lines(values, data):
    """Of few values, sorted more often than not, so that keys and texts come again."""
    columns = []
    for kind, items in (data.draw(VALUES), data.draw(VALUES)):
        pool = data.draw(st.lists(st.none() | items, min_size=1, max_size=3))
        columns.append(pyarrow.array(data.draw(st.lists(st.sampled_from(pool), min_size=6, max_size=6)), kind))
    pairs = list(zip(*(column.to_pylist() for column in columns), strict=True))
    texts = [as_lines([(listed(key), listed(value))]).split(b"\t") for key, value in pairs]
    if data.draw(st.booleans()):
        order = sorted(range(6), key=texts.__getitem__)
        columns, texts = [column.take(order) for column in columns], sorted(texts)
    begins = native.json_groups(pyarrow.record_batch(columns, ["key", "value"]), values)
    keys = [key for key, _ in texts]
    if keys != sorted(keys) or (values and any(a > b for a, b in itertools.pairwise(texts) if a[0] == b[0])):
        assert begins is None
    else:
        wanted = [row for row in range(6) if row == 0 or keys[row] != keys[row - 1]]
        assert list(struct.unpack(f"{len(wanted)}q", begins)) == wanted


def test_what_has_no_json_is_refused():
    with pytest.raises(ValueError, match="of the Arrow type tdD has no JSON"):
        native.json_lines(pyarrow.record_batch([pyarrow.nulls(1, pyarrow.date32())] * 2, ["key", "value"]))
    with pytest.raises(ValueError, match="two columns"):
        native.json_lines(pyarrow.record_batch([pyarrow.nulls(1)], ["key"]))
