"""Fit a logistic model of two classes by maximum likelihood: Newton's method.

Each line is ``label<TAB>x1,x2,...``, the label 0 or 1, the features finite numbers, as many in every line; empty lines
hold none.

Start: all coefficients 0. Round, map: each row to its part of the gradient and of the Hessian at the coefficients;
reduce: the sums, which a combiner folds; map: the equations solved, and the coefficients a step farther.
Converges when no coefficient moves by more than the tolerance: a counter takes a round that moves one.
Source: Chu and others, "Map-Reduce for Machine Learning on Multicore" (2006), section 4; Hastie, Tibshirani and
Friedman, "The Elements of Statistical Learning" (2009), section 4.4.1.
Output: null, {"intercept", "coefficients"}.
"""

import math

from bigdata import IterativeJob, Max, MRStep, Tsv, VectorSum, solve


class LogisticRegression(IterativeJob):
    RECORDS = Tsv("label:int, x:floats")
    READS_INPUT = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--tolerance", type=float, default=1e-8, help="How far a settled coefficient may move")

    def start_steps(self):
        return [MRStep(mapper=self.width, aggregator=Max()), MRStep(mapper=self.zeros)]

    def width(self, _, record):
        yield None, len(record["x"])

    def zeros(self, _, width):
        yield None, {"intercept": 0.0, "coefficients": [0.0] * width}

    def round_steps(self):
        slopes = MRStep(mapper_init=self.load, mapper=self.slopes, aggregator=VectorSum())
        return [slopes, MRStep(mapper_init=self.load, mapper=self.move)]

    def load(self):
        self.weights = [x for _, model in self.state() for x in [model["intercept"], *model["coefficients"]]]

    def slopes(self, _, record):
        label, row = record["label"], [1.0, *record["x"]]
        if label not in (0, 1):
            raise ValueError(f"expected the label 0 or 1; got {label}")
        if len(row) != len(self.weights):
            raise ValueError(f"expected as many features in every line; got {len(row) - 1}, {len(self.weights) - 1}")
        chance = (1 + math.tanh(sum(weight * x for weight, x in zip(self.weights, row)) / 2)) / 2
        curvature = chance * (1 - chance)
        factors = [label - chance, *(curvature * x for x in row)]
        yield None, [factor * x for factor in factors for x in row]

    def move(self, _, sums):
        size = len(self.weights)
        gradient, *hessian = [sums[start : start + size] for start in range(0, len(sums), size)]
        try:
            steps = solve(hessian, gradient)
        except ValueError:
            raise ValueError("no one solution: a feature combines others, or a plane parts the classes") from None
        if max(map(abs, steps)) > self.options.tolerance:
            self.increment_counter("newton", "moved")
        intercept, *coefficients = (weight + step for weight, step in zip(self.weights, steps))
        yield None, {"intercept": intercept, "coefficients": coefficients}

    def converged(self, result):
        return "newton" not in result.counters[1]


if __name__ == "__main__":
    LogisticRegression.run()
