"""Count the ways to place n queens on an n x n board so that none attacks another.

Each line holds a size n; blank lines hold none, and a size that comes twice is counted once.

Map: a size to ([size, the columns of the queens in the first rows], nothing), for all such columns.
Reduce: how many ways there are to fill the other rows. Second step: the sum over a size's openings. The search is the
reducer's work, so as many tasks as there are reducers share it; ``--rows`` says how finely.
Source: Hadoop's examples split the search for pentomino tilings so (DistributedPentomino); the search is that of
Richards, "Backtracking algorithms in MCPL using bit patterns and recursion" (1997).
Output: size, number of ways (OEIS A000170).
"""

from itertools import product

from bigdata import Job, MRStep, Sum


def ways(size, opening=(), columns=0, falling=0, rising=0):
    """How many ways there are to fill the board from a row on, the first rows as `opening` has them.

    :param columns: the columns that queens above attack, as bits; `falling` and `rising` are what their diagonals
        attack of the row
    """
    full = (1 << size) - 1
    if columns == full:
        return 1
    free = (1 << opening[0] if opening else full) & ~(columns | falling | rising)
    count = 0
    while free:
        queen = free & -free
        free -= queen
        count += ways(size, opening[1:], columns | queen, (falling | queen) << 1, (rising | queen) >> 1)
    return count


class Queens(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--rows", type=int, default=2, help="how many rows an opening fills (default: 2)")

    def steps(self):
        return [MRStep(mapper=self.openings, reducer=self.fill), MRStep(aggregator=Sum())]

    def openings(self, _, line):
        if not line.strip():
            return
        if not line.strip().isdecimal():
            raise ValueError(f"expected a board's size, a whole number; got {line!r}")
        size = int(line)
        for columns in product(range(size), repeat=min(size, self.options.rows)):
            yield [size, *columns], None

    def fill(self, opening, _):
        size, *columns = opening
        yield size, ways(size, columns)


if __name__ == "__main__":
    Queens.run()
