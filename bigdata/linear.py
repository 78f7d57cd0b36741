"""Small systems of linear equations, without numpy, which nodes of a cluster may lack."""

from __future__ import annotations

import math
from collections.abc import Sequence

#: a pivot of a matrix with a unit diagonal that counts as none
_NEGLIGIBLE = 1e-12


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution x of ``matrix @ x == right``, for a matrix that is symmetric and positive: covariances, a Hessian.

    It is found by Gaussian elimination with pivoting, after the matrix is scaled to a unit diagonal, which for such a
    matrix is nearly the best scale. So units don't matter, and a pivot is the share of a variable that the others leave
    unexplained. The time is cubic in the number of equations.

    :param matrix: its rows
    :param right: the right sides, as many as rows
    :raises ValueError: for a matrix that isn't square, and where there is no one solution, or nearly none: a pivot is
        below 1e-12

    Source of the scale: van der Sluis, "Condition Numbers and Equilibration of Matrices" (1969).

    >>> solve([[4, 2], [2, 4]], [8, 10])
    [1.0, 2.0]
    """
    size = len(matrix)
    if {len(right), *map(len, matrix)} != {size}:
        raise ValueError(f"expected a square matrix and a right side a row; got {matrix!r} and {right!r}")
    scales = [math.sqrt(abs(row[place])) or 1.0 for place, row in enumerate(matrix)]
    rows = [
        [*(x / scale / other for x, other in zip(row, scales)), side / scale]
        for row, side, scale in zip(matrix, right, scales)
    ]
    for place in range(size):
        pivot = max(range(place, size), key=lambda number: abs(rows[number][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place]
        if not abs(head[place]) >= _NEGLIGIBLE:  # so NaN is none either
            raise ValueError(f"no one solution: column {place + 1} of {size} is a combination of those before it")
        for row in rows:
            if row is not head:
                factor = row[place] / head[place]
                row[:] = [x - factor * y for x, y in zip(row, head)]
    return [row[-1] / row[place] / scales[place] for place, row in enumerate(rows)]
