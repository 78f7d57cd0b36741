"""Count, least, greatest, mean, variance and quantiles of the numbers of each key.

Each line is ``key<TAB>number``; further columns are left aside.

Map: a line to (key, number). Reduce: six aggregators over one pass. The variance is a population's, merged so that
nothing cancels. The quantiles come from a KLL sketch: exact for fewer than 200 numbers a key; for more, each is off by
less than 1.33% of the rank with 99% confidence, and differs a little from run to run.
Source: Miner and Shook, "MapReduce Design Patterns" (2012), chapter 2, "Numerical Summarizations".
Output: key, {"count", "min", "max", "mean", "variance", "quantiles"}.
"""

from bigdata import Count, Job, Max, Mean, Min, Quantiles, Tsv, Variance


def ranks(text):
    return [float(rank) for rank in text.split(",")]


class Summary(Job):
    RECORDS = Tsv("key, number:float", header=False, rest="others")

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg(
            "--quantiles", type=ranks, default="0.25,0.5,0.75", help="Their ranks, from 0 to 1 (0.25,0.5,0.75)"
        )

    @property
    def aggregator(self):
        return {
            "count": Count(),
            "min": Min(),
            "max": Max(),
            "mean": Mean(),
            "variance": Variance(),
            "quantiles": Quantiles(self.options.quantiles),
        }

    def mapper(self, _, record):
        yield record["key"], record["number"] + 0.0  # makes 0.0 of -0.0


if __name__ == "__main__":
    Summary.run()
