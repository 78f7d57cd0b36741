"""Linear systems against numpy."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bigdata import solve

SEEDS = st.integers(0, 2**32 - 1)


def positive(random, size, most=3):
    """A symmetric matrix with eigenvalues from 1 to 10**most."""
    turn, _ = numpy.linalg.qr(random.normal(size=(size, size)))
    return turn @ numpy.diag(10.0 ** random.uniform(0, most, size)) @ turn.T


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.integers(1, 8))
def test_the_solution_is_that_of_numpy(seed, size):
    random = numpy.random.default_rng(seed)
    matrix, right = positive(random, size), random.normal(size=size)
    wanted = numpy.linalg.solve(matrix, right)
    assert solve(matrix.tolist(), right.tolist()) == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.integers(1, 8))
def test_units_do_not_matter(seed, size):
    """An equation and its variable in other units; numpy solves it in the old ones."""
    random = numpy.random.default_rng(seed)
    matrix, right = positive(random, size), random.normal(size=size)
    units = 10.0 ** random.integers(-60, 60, size)
    wanted = numpy.linalg.solve(matrix, right)
    got = solve((matrix * units * units[:, None]).tolist(), (right * units).tolist())
    assert got * units == pytest.approx(wanted, rel=1e-9, abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(SEEDS, st.integers(2, 8))
def test_a_matrix_of_lower_rank_has_no_one_solution(seed, size):
    random = numpy.random.default_rng(seed)
    variables = numpy.vstack([numpy.eye(size - 1), random.normal(size=size - 1)])
    variables *= 10.0 ** random.integers(-6, 6, (size, 1))
    matrix = variables @ positive(random, size - 1, most=1) @ variables.T
    with pytest.raises(ValueError, match=f"no one solution: column {size} of {size}"):
        solve(matrix.tolist(), [1.0] * size)


@pytest.mark.parametrize(
    "matrix, said",
    [
        ([[0.0]], "column 1 of 1"),
        ([[1.0, 0.0], [0.0, 0.0]], "column 2 of 2"),
        ([[1.0, 2.0], [2.0, 4.0]], "column 2 of 2"),
        ([[1.0, 1.0], [1.0, 1.0 + 1e-13]], "column 2 of 2"),
        ([[float("nan")]], "column 1 of 1"),
        ([[float("inf"), 1.0], [1.0, 1.0]], "column 1 of 2"),
    ],
)
def test_no_one_solution_names_the_column(matrix, said):
    with pytest.raises(ValueError, match=f"no one solution: {said} is a combination of those before it"):
        solve(matrix, [1.0] * len(matrix))


@pytest.mark.parametrize(
    "matrix, right", [([[1.0, 2.0]], [1.0]), ([[1.0], [2.0]], [1.0, 2.0]), ([[1.0]], []), ([], [1])]
)
def test_what_is_no_square_system_is_refused(matrix, right):
    with pytest.raises(ValueError, match="expected a square matrix and a right side a row; got "):
        solve(matrix, right)


def test_arguments_are_left_as_they_are():
    matrix, right = [[2.0, 1.0], [1.0, 3.0]], [3.0, 4.0]
    assert solve(matrix, right) == pytest.approx([1.0, 1.0])
    assert (matrix, right) == ([[2.0, 1.0], [1.0, 3.0]], [3.0, 4.0])
    assert solve([], []) == []
