"""matrix_multiply, in one step and in two, against numpy."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import DecodeError, TaskFailed, UsageError
from jobs.matrix_multiply import MatrixMultiply
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

EDGES = {
    "m.tsv": b"i\tj\tm\r\n0\t0\t1\r\n\n0\t0\t0.5\n1\t2\t-1e3\n1\t0\t2",
    "n.tsv": b"0\t1\t2.5\n2\t0\t1\n2\t1\t-0\n1\t1\t7",
    "empty.tsv": b"",
}
FILES = "--input M={dir}/input/m.tsv --input N={dir}/input/n.tsv"
SAMPLE = sample("matrix/m.tsv", "matrix/n.tsv")
CASES = [
    Case("matrix_multiply of a sample", MatrixMultiply, SAMPLE, FILES),
    Case("matrix_multiply of a sample in one step", MatrixMultiply, SAMPLE, f"--one-step 40x50 {FILES}"),
    Case("matrix_multiply of edges", MatrixMultiply, EDGES, f"{FILES} --input N={{dir}}/input/empty.tsv"),
    Case("matrix_multiply of edges in one step", MatrixMultiply, EDGES, f"--one-step 2x2 {FILES}"),
]
ENTRIES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-5, 5)))


def by_numpy(*files):
    """The product as a dict of its cells; those that no product was added to are left out."""
    matrices, held = numpy.zeros((2, 50, 50)), numpy.zeros((2, 50, 50))
    for matrix, path in enumerate(files):
        for line in path.read_text().splitlines():
            row, column, value = line.split("\t")
            matrices[matrix, int(row), int(column)] += float(value)
            held[matrix, int(row), int(column)] = 1
    product = matrices[0] @ matrices[1]
    return {(int(i), int(k)): product[i, k] for i, k in numpy.argwhere(held[0] @ held[1])}


def multiplied(m, n, *args):
    with bigdata.run(MatrixMultiply, {"M": m, "N": n}, args=args) as result:
        return {tuple(cell): value for cell, value in result}


@pytest.mark.parametrize("args", [(), ("--one-step", "40x50")])
def test_product_is_that_of_numpy(args):
    files = SAMPLES / "matrix" / "m.tsv", SAMPLES / "matrix" / "n.tsv"
    wanted = by_numpy(*files)
    assert len(wanted) > 1000
    assert multiplied(*files, *args) == pytest.approx(wanted, rel=1e-9)


def test_two_steps_are_one_query():
    files = {"M": SAMPLES / "matrix" / "m.tsv", "N": SAMPLES / "matrix" / "n.tsv"}
    with bigdata.run(MatrixMultiply, files) as result:
        assert [stage.way for stage in result.stages] == ["columnar", "columnar"]


@settings(max_examples=25, deadline=None)
@given(ENTRIES, ENTRIES)
def test_entries_of_one_place_add_up(tmp_path_factory, m, n):
    directory = tmp_path_factory.mktemp("matrix")
    files = directory / "m", directory / "n"
    for path, entries in zip(files, (m, n)):
        path.write_text("".join(f"{row}\t{column}\t{value}\n" for row, column, value in entries))
    assert multiplied(*files) == multiplied(*files, "--one-step", "4x4") == by_numpy(*files)


@pytest.mark.parametrize("line", ["1\t2", "1.5\t2\t3", "1\t2\tx", "1\t2\t3\t4"])
def test_a_line_that_is_no_entry_is_refused(tmp_path, line):
    (tmp_path / "m").write_text(f"0\t0\t1\n{line}\n")
    (tmp_path / "n").write_text("")
    with pytest.raises(DecodeError, match=r"Tsv can't read b'1.*expected .*m, line 2"):
        multiplied(tmp_path / "m", tmp_path / "n")


@pytest.mark.parametrize("m, n", [("2\t0\t1", ""), ("", "0\t3\t1"), ("-1\t0\t1", ""), ("", "0\t-1\t1")])
def test_an_index_outside_of_the_product_is_refused(tmp_path, m, n):
    (tmp_path / "m").write_text(f"1\t5\t1\n{m}")
    (tmp_path / "n").write_text(f"5\t2\t1\n{n}")
    with pytest.raises(TaskFailed, match=r"expected an index inside of a 2x3 product; got (2|3|-1).*line 2"):
        multiplied(tmp_path / "m", tmp_path / "n", "--one-step", "2x3")


def test_a_size_that_is_none_is_refused():
    with pytest.raises(UsageError, match="--one-step: invalid size value: '40'"):
        multiplied(SAMPLES / "matrix" / "m.tsv", SAMPLES / "matrix" / "n.tsv", "--one-step", "40")
