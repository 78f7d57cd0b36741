"""Fit a linear model by least squares, in one pass.

Each line is ``y<TAB>x1,x2,...``, finite numbers, with as many features in every line; blank lines hold none.

Map: all rows of a task to one state: their number, means and co-moments (sums of products of deviations), p^2 numbers
for p features however many rows there are. Reduce: the states are merged so that nothing cancels, and the normal
equations made of them are solved.
Source: Chu and others, "Map-Reduce for Machine Learning on Multicore" (2006), section 4; merging: Chan, Golub and
LeVeque, "Algorithms for Computing the Sample Variance" (1983).
Output: null, {"intercept", "coefficients"}.
"""

import math
from functools import reduce

from bigdata import Job

NEGLIGIBLE = 1e-12  # share of a feature's variance that counts as none


def merged(a, b):
    """The state of the rows of two states."""
    (count, means, moments), (more, others, other_moments) = a, b
    if len(means) != len(others):
        raise ValueError(f"expected as many features in every line; got {len(means) - 1} and {len(others) - 1}")
    weight = more / (count + more)
    deltas = [other - mean for mean, other in zip(means, others)]
    return [
        count + more,
        [mean + weight * delta for mean, delta in zip(means, deltas)],
        [
            [x + y + count * weight * delta * other for x, y, other in zip(row, other_row, deltas)]
            for row, other_row, delta in zip(moments, other_moments, deltas)
        ],
    ]


def solved(equations):
    """The solution of normal equations, right sides last, by Gaussian elimination with pivoting.

    It is for features scaled to unit variance: then a pivot is what other features leave unexplained of one.
    """
    scales = [math.sqrt(row[place]) or 1.0 for place, row in enumerate(equations)]
    rows = [[x / scale / other for x, other in zip(row, [*scales, 1.0])] for row, scale in zip(equations, scales)]
    for place in range(len(rows)):
        pivot = max(range(place, len(rows)), key=lambda number: abs(rows[number][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place]
        if abs(head[place]) < NEGLIGIBLE:
            raise ValueError(
                "no one solution: a feature is constant or a combination of others, or the rows are too few"
            )
        for row in rows:
            if row is not head:
                factor = row[place] / head[place]
                row[:] = [x - factor * y for x, y in zip(row, head)]
    return [row[-1] / row[place] / scales[place] for place, row in enumerate(rows)]


class LinearRegression(Job):
    def mapper_init(self):
        self.state = None

    def mapper(self, _, line):
        if not line.strip():
            return
        y, _, xs = line.partition("\t")
        try:
            row = [float(text) for text in [*xs.split(","), y]]
        except ValueError:
            row = [math.nan]
        if not all(map(math.isfinite, row)):
            raise ValueError(f"expected y<TAB>x1,x2,...; got {line!r}")
        state = [1, row, [[0.0] * len(row) for _ in row]]
        self.state = merged(self.state, state) if self.state else state

    def mapper_final(self):
        if self.state:
            yield None, self.state

    def reducer(self, _, states):
        _, means, moments = reduce(merged, states)
        coefficients = solved(moments[:-1])
        explained = sum(coefficient * mean for coefficient, mean in zip(coefficients, means))
        yield None, {"intercept": means[-1] - explained, "coefficients": coefficients}


if __name__ == "__main__":
    LinearRegression.run()
