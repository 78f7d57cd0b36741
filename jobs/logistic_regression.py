"""Fit a logistic model of two classes by maximum likelihood: Newton's method.

Each line is ``label<TAB>x1,x2,...``, the label 0 or 1, the features finite numbers, as many in every line; blank lines
hold none.

Start: all coefficients 0. Round, map: each row to its part of the gradient and of the Hessian at the coefficients;
reduce: the sums, which a combiner folds; map: the equations solved, and the coefficients a step farther.
Converges when no coefficient moves by more than the tolerance: a counter takes a round that moves one.
Source: Chu and others, "Map-Reduce for Machine Learning on Multicore" (2006), section 4; Hastie, Tibshirani and
Friedman, "The Elements of Statistical Learning" (2009), section 4.4.1.
Output: null, {"intercept", "coefficients"}.
"""

import math

from bigdata import Aggregator, IterativeJob, Max, MRStep

NEGLIGIBLE = 1e-12  # share of a feature's variance that counts as none


class VectorSum(Aggregator):
    def merge(self, a, b):
        return [x + y for x, y in zip(a, b)]


def solved(equations):
    """The solution of equations, right sides last, whose matrix is symmetric and positive: by elimination."""
    rows = [list(row) for row in equations]
    for place, head in enumerate(rows):
        if head[place] <= NEGLIGIBLE * equations[place][place]:
            raise ValueError("no one solution: a feature is a combination of others, or a plane parts the classes")
        for row in rows:
            if row is not head:
                factor = row[place] / head[place]
                row[:] = [x - factor * y for x, y in zip(row, head)]
    return [row[-1] / row[place] for place, row in enumerate(rows)]


class LogisticRegression(IterativeJob):
    READS_INPUT = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--tolerance", type=float, default=1e-8, help="How far a settled coefficient may move")

    def start_steps(self):
        return [MRStep(mapper=self.width, aggregator=Max()), MRStep(mapper=self.zeros)]

    def width(self, _, line):
        if line.strip():
            yield None, len(row_of(line)[1])

    def zeros(self, _, width):
        yield None, [0.0] * width

    def round_steps(self):
        return [
            MRStep(mapper_init=self.load, mapper=self.slope, aggregator=VectorSum()),
            MRStep(mapper_init=self.load, mapper=self.move),
        ]

    def load(self):
        self.weights = next((weights for _, weights in self.state()), None)

    def slope(self, _, line):
        if not line.strip():
            return
        label, row = row_of(line)
        if len(row) != len(self.weights):
            raise ValueError(f"expected as many features in every line; got {len(row) - 1}, {len(self.weights) - 1}")
        score = sum(weight * x for weight, x in zip(self.weights, row))
        chance = (1 + math.tanh(score / 2)) / 2
        curvature = chance * (1 - chance)
        yield None, [y * x for x in row for y in [*(curvature * other for other in row), label - chance]]

    def move(self, _, sums):
        size = len(self.weights)
        steps = solved([sums[start : start + size + 1] for start in range(0, len(sums), size + 1)])
        if max(map(abs, steps)) > self.options.tolerance:
            self.increment_counter("newton", "moved")
        yield None, [weight + step for weight, step in zip(self.weights, steps)]

    def converged(self, result):
        return "newton" not in result.counters[1]

    def finish_steps(self):
        return [MRStep(mapper=self.model)]

    def model(self, _, weights):
        yield None, {"intercept": weights[0], "coefficients": weights[1:]}


def row_of(line):
    """The label of a line, and 1 and its features."""
    label, _, features = line.partition("\t")
    try:
        row = [1.0, *map(float, features.split(","))]
    except ValueError:
        row = [math.nan]
    if label.strip() not in ("0", "1") or not all(map(math.isfinite, row)):
        raise ValueError(f"expected label<TAB>x1,x2,... with the label 0 or 1; got {line!r}")
    return int(label), row


if __name__ == "__main__":
    LogisticRegression.run()
