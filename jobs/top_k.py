"""The k largest values of each key.

Each line is ``key<TAB>number`` or ``key<TAB>number<TAB>payload``; blank lines hold none. Numbers are compared as
floats; of equal numbers the larger payload, as text, comes first.

Map: a line to (key, [number, payload]). Reduce: the k largest; a map task sends no more than k values a key.
Source: Miner and Shook, "MapReduce Design Patterns" (2012), chapter 3, "Top Ten".
Output: key, up to k lists [number] or [number, payload], largest first.
"""

import math

from bigdata import Job, TopK


class TopKByKey(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--k", type=int, default=10, help="How many values of each key (10)")

    @property
    def aggregator(self):
        return TopK(self.options.k)

    def mapper(self, _, line):
        if not line.strip():
            return
        key, *fields = line.split("\t", 2)
        try:
            number = float(fields[0]) + 0.0  # makes 0.0 of -0.0
        except (IndexError, ValueError):
            number = math.nan
        if math.isnan(number):
            raise ValueError(f"expected key<TAB>number or key<TAB>number<TAB>payload; got {line!r}")
        yield key, [number, *fields[1:]]


if __name__ == "__main__":
    TopKByKey.run()
