"""Cluster points around k centres: Lloyd's algorithm.

Each line is a point, ``x1,x2,...``, finite numbers, with as many coordinates in every line; empty lines hold none.

Start: k points, drawn by the seed, are the centres. Round, map: each point of the input to its nearest centre, of
several the first; reduce: how many points a centre has and their sum, which a combiner folds; map: their mean, and how
far it is from where the centre was. A centre without points stays where it is.
Converges when no centre moves farther than the tolerance: a counter takes those that do.
Source: Lloyd, "Least Squares Quantization in PCM" (1982); start: Forgy (1965); as MapReduce: Zhao, Ma and He, "Parallel
K-Means Clustering Based on MapReduce" (2009).
Output: number of the centre, {"size", "centre"}; sizes are those of the last round. The centres must fit in memory.
"""

import math

from bigdata import IterativeJob, MRStep, Sample, Tsv, VectorSum, at_least


class KMeans(IterativeJob):
    RECORDS = Tsv("point:floats")
    READS_INPUT = True
    dimensions = None

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--k", type=at_least(1), default=5, help="How many clusters (5)")
        self.add_passthru_arg("--seed", default="0", help="Any text; another seed draws other points to start from (0)")
        self.add_passthru_arg("--tolerance", type=float, default=1e-4, help="How far a settled centre may move (1e-4)")

    def start_steps(self):
        sample = Sample(self.options.k, self.options.seed)
        return [MRStep(mapper=self.drawn, aggregator=sample), MRStep(mapper=self.numbered)]

    def drawn(self, _, record):
        self.dimensions = self.dimensions or len(record["point"])
        if len(record["point"]) != self.dimensions:
            raise ValueError(f"expected {self.dimensions} coordinates, as in other lines")
        yield None, record["point"]

    def numbered(self, _, points):
        for number, point in enumerate(sorted(points)):
            yield number, {"size": 0, "centre": point}

    def round_steps(self):
        assign = MRStep(mapper_init=self.standing, mapper=self.nearest, aggregator=VectorSum())
        return [assign, MRStep(mapper_init=self.load, mapper=self.moved)]

    def load(self):
        self.centres = {number: cluster["centre"] for number, cluster in self.state()}

    def standing(self):
        self.load()
        for number, centre in self.centres.items():
            yield number, [0] * (1 + len(centre))

    def nearest(self, _, record):
        point = record["point"]
        yield min(self.centres, key=lambda number: (math.dist(point, self.centres[number]), number)), [1, *point]

    def moved(self, number, total):
        size, *sums = total
        centre = [x / size for x in sums] if size else self.centres[number]
        if math.dist(centre, self.centres[number]) > self.options.tolerance:
            self.increment_counter("kmeans", "moved")
        yield number, {"size": size, "centre": centre}

    def converged(self, result):
        return "kmeans" not in result.counters[1]


if __name__ == "__main__":
    KMeans.run()
