"""Build a Bloom filter of a column: bits that know all its values, and few others by mistake.

Each line is a record, fields between separators; --columns is a schema, "user, city", in which the key is text.

For n values (--expected) and a share p of false positives (--false-positives) the filter has m = -n ln p / (ln 2)^2
bits, of which a value sets k = m/n ln 2. The union of two filters is their bitwise or.

Map: a task sets the bits of its records in one filter, which it sends when it is done. Reduce: the or.
Source: Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors" (1970); the sizes: Broder and Mitzenmacher,
"Network Applications of Bloom Filters: A Survey" (2004), section 2.1; k places by two hashes: Kirsch and Mitzenmacher,
"Less Hashing, Same Performance" (2006).
Output: [m, k], the bits in hexadecimal.

    python -m jobs.bloom_filter --columns "user, city" --key user --expected 10000 users.csv > users.bloom
"""

from math import ceil, log

from bigdata import Aggregator, Csv, Job, at_least, bloom_bits


class Or(Aggregator):
    """The bits that are set in any of its values, which are equally long and in hexadecimal."""

    def merge(self, a, b):
        return f"{int(a, 16) | int(b, 16):0{len(a)}x}"


class BloomFilter(Job):
    aggregator = Or()

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--columns", default="", metavar="SCHEMA", help="The columns of the table")
        self.add_passthru_arg("--key", metavar="COLUMN", help="The column whose values to know")
        self.add_passthru_arg("--expected", type=at_least(1), default=1_000_000, help="How many values (1000000)")
        self.add_passthru_arg("--false-positives", type=float, default=0.01, help="What share of others passes (0.01)")
        self.add_passthru_arg("--separator", default=",", help=r"The character between fields (,); \t is a tab")

    def load_args(self, args):
        super().load_args(args)
        if self.options.key not in self.options.columns.replace(",", " ").split():
            self.arg_parser.error("--key: expected one of --columns, where it has no type")
        if not 0 < self.options.false_positives <= 0.5:
            self.arg_parser.error("--false-positives: expected a share above 0, and at most 0.5")

    @property
    def RECORDS(self):
        return Csv(self.options.columns, separator=self.options.separator.replace(r"\t", "\t"))

    def mapper_init(self):
        expected = self.options.expected
        self.size = ceil(-expected * log(self.options.false_positives) / log(2) ** 2)
        self.hashes = round(self.size / expected * log(2))
        self.bits = bytearray(ceil(self.size / 8))

    def mapper(self, _, record):
        for bit in bloom_bits(record[self.options.key], self.size, self.hashes):
            self.bits[bit // 8] |= 1 << bit % 8

    def mapper_final(self):
        yield [self.size, self.hashes], self.bits.hex()


if __name__ == "__main__":
    BloomFilter.run()
