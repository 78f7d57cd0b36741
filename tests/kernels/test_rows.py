"""The native sort of rows is Python's."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata.kernels import missing, native

pytestmark = pytest.mark.skipif(native is None, reason=f"needs the native kernels: {missing}")

WIDTH = 9
ROW = st.binary(min_size=WIDTH, max_size=WIDTH) | st.sampled_from([b"k" * 8 + bytes([last]) for last in range(4)])
BORDER = st.just(b"") | ROW


def sorter_of(rows, hexadecimal=False):
    sorter = native.RowSorter(WIDTH, len(rows))
    if hexadecimal:
        assert sorter.add_hex("\n".join(row.hex() for row in rows).encode())
    else:
        sorter.add(b"".join(rows))
    sorter.sort()
    return sorter


def lines_of(rows):
    return b"".join(row.hex().encode() + b"\n" for row in rows)


@given(st.lists(st.lists(ROW, max_size=40), min_size=1, max_size=3), BORDER, BORDER)
@settings(deadline=None)
def test_rows_between_two_are_in_order(parts, low, high):
    sorters = [sorter_of(rows, hexadecimal=bool(number % 2)) for number, rows in enumerate(parts)]
    wanted = sorted(row for row in itertools.chain(*parts) if low <= row and (not high or row < high))
    lines = native.RowLines(sorters, low, high)
    assert lines.read(1 << 20) == lines_of(wanted)
    assert lines.read(1) == b""


def test_many_rows_come_in_blocks():
    rows = [(number * 0x9E3779B97F4A7C15 % 2**64).to_bytes(WIDTH, "big") for number in range(100_000)]
    lines = native.RowLines([sorter_of(rows[:70_000]), sorter_of(rows[70_000:])], b"", b"")
    blocks = list(itertools.takewhile(bool, iter(lambda: lines.read(1000), None)))
    assert {len(block) for block in blocks[:-1]} == {1000 // 19 * 19}
    assert b"".join(blocks) == lines_of(sorted(rows))


@pytest.mark.parametrize(
    "line", [b"", b"00" * 8, b"00" * 10, b"00" * 9 + b"\r", b"0g" * 9, b"\xff0" * 9, b"0 " * 9, b"\0" * 18]
)
def test_lines_that_are_no_rows_are_told(line):
    sorter = native.RowSorter(WIDTH)
    assert not sorter.add_hex(b"FF" * 9 + b"\n" + line + b"\n" + b"00" * 9)
    sorter.sort()
    assert native.RowLines([sorter], b"", b"").read(100) == b"ff" * 9 + b"\n"


def test_misuse_is_refused():
    with pytest.raises(ValueError, match="at least 8"):
        native.RowSorter(7)
    sorter = native.RowSorter(WIDTH)
    with pytest.raises(ValueError, match="whole rows"):
        sorter.add(b"half")
    with pytest.raises(ValueError, match="sorted rows of one width"):
        native.RowLines([sorter], b"", b"")
    sorter.sort()
    for add in (sorter.add, sorter.add_hex):
        with pytest.raises(RuntimeError, match="are sorted"):
            add(b"")
    with pytest.raises(ValueError, match="of one width"):
        native.RowLines([sorter, native.RowSorter(8)], b"", b"")
    with pytest.raises(ValueError, match="rows as borders"):
        native.RowLines([sorter], b"short", b"")
    with pytest.raises(ValueError, match="one at least"):
        native.RowLines([], b"", b"")


def test_sorters_live_as_long_as_their_lines():
    lines = native.RowLines([sorter_of([b"k" * WIDTH])], b"", b"")
    assert lines.read(1) == lines_of([b"k" * WIDTH])
