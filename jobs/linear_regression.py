"""Fit a linear model by least squares, in one pass.

Each line is ``y<TAB>x1,x2,...``, finite numbers, with as many features in every line; empty lines hold none.

Map: a line to the vector of its features and y. Reduce: the covariances of these, p^2 numbers for p features however
many lines there are, merged so that nothing cancels. Map: the normal equations made of them are solved.
Source: Chu and others, "Map-Reduce for Machine Learning on Multicore" (2006), section 4.
Output: null, {"intercept", "coefficients"}.
"""

from bigdata import Covariance, Job, MRStep, Tsv, solve


class LinearRegression(Job):
    RECORDS = Tsv("y:float, x:floats")

    def steps(self):
        return [MRStep(mapper=self.vector, aggregator=Covariance()), MRStep(mapper=self.model)]

    def vector(self, _, record):
        yield None, [*record["x"], record["y"]]

    def model(self, _, found):
        *means, mean = found["mean"]
        *rows, right = found["covariance"]
        try:
            coefficients = solve([row[:-1] for row in rows], right[:-1])
        except ValueError:
            raise ValueError(
                "no one solution: a feature is constant or a combination of others, or the rows are too few"
            ) from None
        explained = sum(coefficient * feature for coefficient, feature in zip(coefficients, means))
        yield None, {"intercept": mean - explained, "coefficients": coefficients}


if __name__ == "__main__":
    LinearRegression.run()
