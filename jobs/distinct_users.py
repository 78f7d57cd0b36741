"""About how many distinct users each key had: unique visitors a page.

Each line is ``key<TAB>user``; further columns are left aside.

Map: a line to (key, user). Reduce: a HyperLogLog sketch, of 2 ** lg-k bytes however many users there are.
Source: Flajolet and others, "HyperLogLog" (2007); the question: Miner and Shook, "MapReduce Design Patterns" (2012),
chapter 3, "Distinct".
Output: key, estimate, with a standard error of 1.04 / sqrt(2 ** lg-k): 0.8% for the default.
"""

from bigdata import ApproxDistinct, Job, Tsv


class DistinctUsers(Job):
    RECORDS = Tsv("key, user", header=False, rest="others")

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg(
            "--lg-k",
            type=int,
            choices=range(4, 22),
            metavar="LG_K",
            default=14,
            help="The base-2 logarithm of the sketch's size, 4 to 21 (14)",
        )

    @property
    def aggregator(self):
        return ApproxDistinct(self.options.lg_k)

    def mapper(self, _, record):
        yield record["key"], record["user"]


if __name__ == "__main__":
    DistinctUsers.run()
