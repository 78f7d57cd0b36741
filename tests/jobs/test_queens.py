"""queens against OEIS A000170, and against all permutations."""

from itertools import permutations

import pytest

import bigdata
from bigdata import TaskFailed
from jobs.queens import Queens
from tests.engines.conformance import Case
from tests.jobs.samples import sample

# https://oeis.org/A000170
A000170 = [1, 1, 0, 0, 2, 10, 4, 40, 92, 352, 724]

CASES = [
    Case("queens of a sample", Queens, sample("queens/sizes.txt")),
    Case("queens of awkward sizes", Queens, {"a.txt": b"3\r\n\r\n 0\n1\n5\n5", "empty.txt": b""}, "--rows 3 {inputs}"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("sizes") / "sizes.txt"


def counts(path, sizes, *args):
    path.write_text("".join(f"{size}\n" for size in sizes))
    return dict(bigdata.run(Queens, path, args=list(args)))


def test_counts_are_those_of_oeis(path):
    assert counts(path, range(11)) == dict(enumerate(A000170))


def test_counts_are_those_of_a_search_through_all_permutations(path):
    def is_safe(columns):
        return (
            len({row + column for row, column in enumerate(columns)})
            == len(columns)
            == len({row - column for row, column in enumerate(columns)})
        )

    wanted = {size: sum(map(is_safe, permutations(range(size)))) for size in range(8)}
    assert counts(path, range(8)) == wanted


@pytest.mark.parametrize("rows", ["0", "1", "4", "7"])
def test_count_does_not_depend_on_how_the_work_is_shared_out(rows, path):
    assert counts(path, range(6), "--rows", rows) == dict(enumerate(A000170[:6]))


@pytest.mark.parametrize("line", ["eight", "-1", "8.0", "8 8"])
def test_line_that_is_no_size(line, path):
    with pytest.raises(TaskFailed, match=r"expected a board's size.*line 2"):
        counts(path, [4, line])
