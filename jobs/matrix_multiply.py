"""Multiply two sparse matrices, M and N.

Each line is an entry, ``M i j value`` or ``N j k value``, separated by white space; blank lines hold none. Entries for
one place add up, and the others are 0.

In two steps:

1. Map: an entry to its place in the sum over j: (j, ["M", i, value]) or (j, ["N", k, value]). Reduce: of the sorted
   values column j of M comes first and is held in memory; each entry of row j of N is multiplied by all of it:
   ([i, k], product).
2. Reduce: the sum.

In one step, where the product's size I x K is known (``--one-step IxK``, indices counted from 0):

- Map: an entry of M to ([i, k], ["M", j, value]) for all k, one of N likewise for all i. Reduce: row i of M comes first
  and is held in memory; the products with column k of N are added up.

The first has a shuffle more; the second sends each entry of M K times, and each of N I times.
Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", sections 2.3.9 and 2.3.10.
Output: [i, k], value, where at least one product was added.
"""

from collections import defaultdict

from bigdata import Job, MRStep, Sum


def size(text):
    rows, columns = map(int, text.split("x"))
    return rows, columns


def entry(line):
    try:
        name, row, column, value = line.split()
        if name in ("M", "N"):
            return name, int(row), int(column), float(value)
    except ValueError:
        pass
    raise ValueError(f"expected M or N, two whole numbers and a number; got {line!r}")


class MatrixMultiply(Job):
    SORT_VALUES = True

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--one-step", type=size, metavar="IxK", help="The size of the product (take two steps)")

    def steps(self):
        if self.options.one_step:
            return [MRStep(mapper=self.spread, reducer=self.dot)]
        return [MRStep(mapper=self.by_inner_index, reducer=self.multiply), MRStep(aggregator=Sum())]

    def by_inner_index(self, _, line):
        if line.strip():
            name, row, column, value = entry(line)
            yield (column, [name, row, value]) if name == "M" else (row, [name, column, value])

    def multiply(self, _, entries):
        of_column = []
        for name, index, value in entries:
            if name == "M":
                of_column.append((index, value))
            else:
                for row, other in of_column:
                    yield [row, index], other * value

    def spread(self, _, line):
        if not line.strip():
            return
        name, row, column, value = entry(line)
        rows, columns = self.options.one_step
        if not (0 <= row < rows if name == "M" else 0 <= column < columns):
            raise ValueError(f"expected an index inside of a {rows}x{columns} product; got {line!r}")
        if name == "M":
            for k in range(columns):
                yield [row, k], [name, column, value]
        else:
            for i in range(rows):
                yield [i, column], [name, row, value]

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
