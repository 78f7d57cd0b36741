"""A histogram of the numbers of each key, in bins of equal width.

Each line is ``key<TAB>number``; further columns are left aside, and blank lines hold none.

Map: a line to (key, number). Reduce: counts a bin, which add up. A bin holds its left edge and not its right one; the
last holds both, as numpy.histogram has it.
Source: Ahmad and others, "PUMA: Purdue MapReduce Benchmarks Suite" (2012), Histogram-movies.
Output: key, {"counts": [number of values a bin], "below": values under --low, "above": values over --high}.
"""

import math

from bigdata import Histogram, Job


class HistogramByKey(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--low", type=float, default=0.0, help="The left edge of the first bin (0)")
        self.add_passthru_arg("--high", type=float, default=1.0, help="The right edge of the last bin (1)")
        self.add_passthru_arg("--bins", type=int, default=10, help="How many (10)")

    @property
    def aggregator(self):
        low, high, bins = self.options.low, self.options.high, self.options.bins
        return Histogram([*(number * ((high - low) / bins) + low for number in range(bins)), high])

    def mapper(self, _, line):
        if not line.strip():
            return
        key, *fields = line.split("\t", 2)
        try:
            number = float(fields[0])
        except (IndexError, ValueError):
            number = math.nan
        if math.isnan(number):
            raise ValueError(f"expected key<TAB>number; got {line!r}")
        yield key, number


if __name__ == "__main__":
    HistogramByKey.run()
