"""Cluster points around k centres: Lloyd's algorithm.

Each line is a point, ``x1,x2,...``, finite numbers, with as many coordinates in every line; blank lines hold none.

Start: k points, drawn by the seed, are the centres. Round, map: each point of the input to its nearest centre, of
several the first; reduce: the mean of a centre's points, whose sums and counts a combiner folds; map: how far it has
moved from where it was. A centre without points stays where it is.
Converges when no centre moves farther than the tolerance: a counter takes those that do.
Source: Lloyd, "Least Squares Quantization in PCM" (1982); start: Forgy (1965); as MapReduce: Zhao, Ma and He, "Parallel
K-Means Clustering Based on MapReduce" (2009).
Output: number of the centre, {"size", "centre"}; sizes are those of the last round. The centres must fit in memory.
"""

import math

from bigdata import Aggregator, IterativeJob, MRStep, Sample, at_least


class Centroid(Aggregator):
    """The mean of points, from values ``[1, point]``; ``[0, point]`` is what it is without any."""

    def merge(self, a, b):
        if not a[0] or not b[0]:
            return a if a[0] else b
        return [a[0] + b[0], [x + y for x, y in zip(a[1], b[1])]]

    def present(self, state):
        size, sums = state
        return {"size": size, "centre": [x / max(size, 1) for x in sums]}


class KMeans(IterativeJob):
    READS_INPUT = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--k", type=at_least(1), default=5, help="How many clusters (5)")
        self.add_passthru_arg("--seed", default="0", help="Any text; another seed draws other points to start from (0)")
        self.add_passthru_arg("--tolerance", type=float, default=1e-4, help="How far a settled centre may move (1e-4)")

    def start_steps(self):
        draw = MRStep(mapper_init=self.begin, mapper=self.drawn, aggregator=Sample(self.options.k, self.options.seed))
        return [draw, MRStep(mapper=self.numbered)]

    def begin(self):
        self.dimensions = None

    def drawn(self, _, line):
        if line.strip():
            yield None, self.point(line)

    def point(self, line):
        point = coordinates(line)
        self.dimensions = self.dimensions or len(point)
        if len(point) != self.dimensions:
            raise ValueError(f"expected {self.dimensions} coordinates, as in other lines; got {line!r}")
        return point

    def numbered(self, _, points):
        for number, point in enumerate(sorted(points)):
            yield number, {"size": 0, "centre": point}

    def round_steps(self):
        assign = MRStep(mapper_init=self.standing, mapper=self.nearest, aggregator=Centroid())
        return [assign, MRStep(mapper_init=self.load, mapper=self.moved)]

    def load(self):
        self.centres = {number: cluster["centre"] for number, cluster in self.state()}

    def standing(self):
        self.load()
        for number, centre in self.centres.items():
            self.dimensions = len(centre)
            yield number, [0, centre]

    def nearest(self, _, line):
        if line.strip():
            point = self.point(line)
            yield min(self.centres, key=lambda number: (math.dist(point, self.centres[number]), number)), [1, point]

    def moved(self, number, cluster):
        if math.dist(cluster["centre"], self.centres[number]) > self.options.tolerance:
            self.increment_counter("kmeans", "moved")
        yield number, cluster

    def converged(self, result):
        return "kmeans" not in result.counters[1]


def coordinates(line):
    try:
        point = [float(text) for text in line.split(",")]
    except ValueError:
        point = [math.nan]
    if not all(map(math.isfinite, point)):
        raise ValueError(f"expected x1,x2,...; got {line!r}")
    return point


if __name__ == "__main__":
    KMeans.run()
