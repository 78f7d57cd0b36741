"""matrix_multiply, in one step and in two, against numpy."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import TaskFailed, UsageError
from jobs.matrix_multiply import MatrixMultiply
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "edges.txt": b"M 0 0 1\r\n\n  \nN\t0\t1\t2.5\nM  0 0 0.5\nM 1 2 -1e3\nN 2 0 1\nN 2 1 -0\nM 1 0 2\nN 1 1 7",
    "empty.txt": b"",
}
CASES = [
    Case("matrix_multiply of a sample", MatrixMultiply, sample("matrix/matrices.txt")),
    Case(
        "matrix_multiply of a sample in one step",
        MatrixMultiply,
        sample("matrix/matrices.txt"),
        "--one-step 40x50 {inputs}",
    ),
    Case("matrix_multiply of edges", MatrixMultiply, EDGES),
    Case("matrix_multiply of edges in one step", MatrixMultiply, EDGES, "--one-step 2x2 {inputs}"),
]
ENTRIES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-5, 5)))


def by_numpy(lines):
    """The product as a dict of its cells; those that no product was added to are left out."""
    matrices, held = numpy.zeros((2, 50, 50)), numpy.zeros((2, 50, 50))
    for line in lines:
        name, row, column, value = line.split()
        matrices["MN".index(name), int(row), int(column)] += float(value)
        held["MN".index(name), int(row), int(column)] = 1
    product = matrices[0] @ matrices[1]
    return {(int(i), int(k)): product[i, k] for i, k in numpy.argwhere(held[0] @ held[1])}


def multiplied(path, *args):
    with bigdata.run(MatrixMultiply, path, args=args) as result:
        return {tuple(cell): value for cell, value in result}


@pytest.mark.parametrize("args", [(), ("--one-step", "40x50")])
def test_product_is_that_of_numpy(args):
    path = SAMPLES / "matrix" / "matrices.txt"
    wanted = by_numpy(path.read_text().splitlines())
    assert len(wanted) > 1000
    assert multiplied(path, *args) == pytest.approx(wanted, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(ENTRIES, ENTRIES)
def test_entries_of_one_place_add_up(tmp_path_factory, m, n):
    path = tmp_path_factory.mktemp("matrix") / "matrices.txt"
    lines = [f"{name} {i} {j} {value}" for name, entries in (("N", n), ("M", m)) for i, j, value in entries]
    path.write_text("\n".join(lines))
    assert multiplied(path) == multiplied(path, "--one-step", "4x4") == by_numpy(lines)


@pytest.mark.parametrize("line", ["M 1 2", "A 1 2 3", "M 1.5 2 3", "N 1 2 x", "M 1 2 3 4"])
def test_a_line_that_is_no_entry_is_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"M 0 0 1\n{line}\n")
    with pytest.raises(TaskFailed, match=rf"expected M or N, two whole numbers and a number; got '{line}'.*line 2"):
        bigdata.run(MatrixMultiply, tmp_path)


@pytest.mark.parametrize("line", ["M 2 0 1", "N 0 3 1", "M -1 0 1", "N 0 -1 1"])
def test_an_index_outside_of_the_product_is_refused(tmp_path, line):
    (tmp_path / "bad").write_text(f"M 1 5 1\nN 5 2 1\n{line}\n")
    with pytest.raises(TaskFailed, match=rf"expected an index inside of a 2x3 product; got '{line}'.*line 3"):
        multiplied(tmp_path, "--one-step", "2x3")


def test_a_size_that_is_none_is_refused():
    with pytest.raises(UsageError, match="--one-step: invalid size value: '40'"):
        multiplied(SAMPLES / "matrix", "--one-step", "40")
