"""Multiply two sparse matrices, M and N.

Each line is an entry: ``i<TAB>j<TAB>value`` of M, ``j<TAB>k<TAB>value`` of N. Entries for one place add up, and the
others are 0.

In two steps:

1. Join the entries of M and N on j.
2. Map: two entries that met to ([i, k], their product). Reduce: the sum.

In one step, where the product's size I x K is known (``--one-step IxK``, indices counted from 0):

- Map: an entry of M to ([i, k], ["M", j, value]) for all k, one of N likewise for all i. Reduce: row i of M comes first
  and is held in memory; the products with column k of N are added up.

The first has a shuffle more; the second sends each entry of M K times, and each of N I times.
Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", sections 2.3.9 and 2.3.10.
Output: [i, k], value, where at least one product was added.
"""

from collections import defaultdict

from bigdata import Job, Join, MRStep, Sum, Tsv, columnar


def size(text):
    rows, columns = map(int, text.split("x"))
    return rows, columns


class MatrixMultiply(Job):
    INPUTS = {"M": Tsv("i:int, j:int, m:float"), "N": Tsv("j:int, k:int, n:float")}
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--one-step", type=size, metavar="IxK", help="The size of the product (take two steps)")

    @property
    def JOIN(self):
        return None if self.options.one_step else Join("M", "N", on="j")

    @property
    def aggregator(self):
        return None if self.options.one_step else Sum()

    def steps(self):
        return [MRStep(mapper=self.spread, reducer=self.dot)] if self.options.one_step else super().steps()

    @columnar("SELECT [i, k] AS key, m * n AS value FROM input")
    def mapper(self, _, entries):
        yield [entries["i"], entries["k"]], entries["m"] * entries["n"]

    def spread(self, name, entry):
        rows, columns = self.options.one_step
        index, limit = (entry["i"], rows) if name == "M" else (entry["k"], columns)
        if not 0 <= index < limit:
            raise ValueError(f"expected an index inside of a {rows}x{columns} product; got {index}")
        if name == "M":
            for k in range(columns):
                yield [index, k], [name, entry["j"], entry["m"]]
        else:
            for i in range(rows):
                yield [i, index], [name, entry["j"], entry["n"]]

    def dot(self, cell, entries):
        row, total, is_sum = defaultdict(float), 0.0, False
        for name, inner, value in entries:
            if name == "M":
                row[inner] += value
            elif inner in row:
                total += row[inner] * value
                is_sum = True
        if is_sum:
            yield cell, total


if __name__ == "__main__":
    MatrixMultiply.run()
