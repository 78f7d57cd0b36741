"""The native sort of lines is Python's."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata.kernels import missing, native

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

#: lines of few characters, some below the newline, with long beginnings in common
LINE = st.builds(
    lambda *parts: "".join(parts).encode() + b"\n",
    st.sampled_from(["", "http://", "http://long.example/" * 3]),
    st.text(st.sampled_from("ab\t\0é"), max_size=12),
    st.sampled_from(["", "", "z" * 9]),
)


def read(sorter, size):
    return b"".join(itertools.takewhile(bool, iter(lambda: sorter.read(size), None)))


@given(st.lists(st.lists(LINE, max_size=60), max_size=4), st.sampled_from([1, 100, 1 << 20]))
@settings(deadline=None, max_examples=300)
def test_lines_are_sorted_by_their_bytes(blocks, size):
    sorter = native.LineSorter()
    for block in blocks:
        sorter.add(b"".join(block))
    sorter.sort()
    assert read(sorter, size) == b"".join(sorted(itertools.chain(*blocks)))


@pytest.mark.parametrize("end", [b"", b"x"])
def test_lines_that_go_on_and_on_alike_are_sorted(end):
    lines = [b"a" * length + end + b"\n" for length in range(3000)]
    sorter = native.LineSorter()
    sorter.add(b"".join(lines[::-1] + lines))
    sorter.sort()
    assert read(sorter, 1 << 16) == b"".join(sorted(lines + lines))


def test_what_is_no_whole_line_or_comes_late_is_refused():
    sorter = native.LineSorter()
    with pytest.raises(ValueError, match="whole lines"):
        sorter.add(b"a\nb")
    with pytest.raises(RuntimeError, match="not sorted"):
        sorter.read(1)
    sorter.sort()
    with pytest.raises(RuntimeError, match="are sorted"):
        sorter.add(b"a\n")
