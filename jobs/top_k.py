"""The k largest values of each key.

Each line is ``key<TAB>number`` or ``key<TAB>number<TAB>payload``. Numbers are compared as floats; of equal numbers the
larger payload, as text, comes first.

Map: a line to (key, [number, payload]). Reduce: the k largest; a map task sends no more than k values a key.
Source: Miner and Shook, "MapReduce Design Patterns" (2012), chapter 3, "Top Ten".
Output: key, up to k lists [number, payload], largest first; where a line has no payload, it is empty.
"""

from bigdata import Job, TopK, Tsv, columnar


class TopKByKey(Job):
    RECORDS = Tsv("key, number:float", header=False, rest="payload")

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--k", type=int, default=10, help="How many values of each key (10)")

    @property
    def aggregator(self):
        return TopK(self.options.k)

    # adding 0.0 makes 0.0 of -0.0
    @columnar("SELECT key, {'0': number + 0.0, '1': payload} AS value FROM input")
    def mapper(self, _, record):
        yield record["key"], [record["number"] + 0.0, record["payload"]]


if __name__ == "__main__":
    TopKByKey.run()
