"""A histogram of the numbers of each key, in bins of equal width.

Each line is ``key<TAB>number``; further columns are left aside.

Map: a line to (key, number). Reduce: counts a bin, which add up. A bin holds its left edge and not its right one; the
last holds both, as numpy.histogram has it.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), Histogram-movies.
Output: key, {"counts": [number of values a bin], "below": values under --low, "above": values over --high}.
"""

from bigdata import Histogram, Job, Tsv, columnar


class HistogramByKey(Job):
    RECORDS = Tsv("key, number:float", header=False, rest="others")

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--low", type=float, default=0.0, help="The left edge of the first bin (0)")
        self.add_passthru_arg("--high", type=float, default=1.0, help="The right edge of the last bin (1)")
        self.add_passthru_arg("--bins", type=int, default=10, help="How many (10)")

    @property
    def aggregator(self):
        low, high, bins = self.options.low, self.options.high, self.options.bins
        return Histogram([*(number * ((high - low) / bins) + low for number in range(bins)), high])

    @columnar("SELECT key, number AS value FROM input")
    def mapper(self, _, record):
        yield record["key"], record["number"]


if __name__ == "__main__":
    HistogramByKey.run()
