"""Join two tables, and don't shuffle left records that a Bloom filter of the right table's keys knows to match nothing.

Each line is a record, fields between separators; --left-columns and --right-columns are schemas, in which the column
--on is text. The filter is one that jobs/bloom_filter.py made of that column of the right table. Its false positives
cost their way through the shuffle and find no match there; so the output is the same as without a filter.

Map: a record to (key, [side, record]), unless it is a left one that the filter doesn't know; a counter says how many
those are. Reduce: the left records of a key, which come first, are held in memory while the right ones stream past.
Source: Miner and Shook, "MapReduce Design Patterns" (2012), chapter 5, "Reduce Side Join with Bloom Filter".
Output: key, [left record, right record], for each two that match.

    python -m jobs.bloom_join --left-columns "order, user" --right-columns "user, city" --on user \\
        --filter users.bloom --input left=orders.csv --input right=users.csv
"""

import json

from bigdata import Csv, Job, bloom_bits


class BloomJoin(Job):
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_file_arg("--filter", help="What jobs/bloom_filter.py made of the right table")
        self.add_passthru_arg("--left-columns", default="", metavar="SCHEMA", help="The columns of the left table")
        self.add_passthru_arg("--right-columns", default="", metavar="SCHEMA", help="The columns of the right table")
        self.add_passthru_arg("--on", metavar="COLUMN", help="The column to join on")
        self.add_passthru_arg("--separator", default=",", help=r"The character between fields (,); \t is a tab")

    def load_args(self, args):
        super().load_args(args)
        schemas = (self.options.left_columns, self.options.right_columns)
        if any(self.options.on not in schema.replace(",", " ").split() for schema in schemas):
            self.arg_parser.error("--on: expected one of --left-columns and --right-columns, where it has no type")
        if self.options.filter is None:
            self.arg_parser.error("--filter: expected a file that jobs/bloom_filter.py made")

    @property
    def INPUTS(self):
        separator = self.options.separator.replace(r"\t", "\t")
        schemas = {"left": self.options.left_columns, "right": self.options.right_columns}
        return {name: Csv(schema, separator=separator) for name, schema in schemas.items()}

    def mapper_init(self):
        with open(self.options.filter, encoding="utf-8") as lines:
            (self.size, self.hashes), bits = map(json.loads, lines.readline().split("\t"))
        self.bits = bytes.fromhex(bits)

    def mapper(self, side, record):
        key = record[self.options.on]
        if side == "left" and not self.known(key):
            self.increment_counter("bloom filter", "left records dropped")
        else:
            yield key, [side, record]

    def known(self, key):
        return all(self.bits[bit // 8] >> bit % 8 & 1 for bit in bloom_bits(key, self.size, self.hashes))

    def reducer(self, key, values):
        held = []
        for side, record in values:
            if side == "left":
                held.append(record)
            else:
                for left in held:
                    yield key, [left, record]


if __name__ == "__main__":
    BloomJoin.run()
