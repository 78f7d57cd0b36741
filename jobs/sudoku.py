"""Solve sudoku puzzles, and tell those that have no solution or several.

Each line is a puzzle: 81 characters row by row, a digit 1 to 9 or, for an empty square, ``.`` or ``0``; empty lines
hold none.

Map: a puzzle to its solutions, by constraint propagation and search. No reduce.
Source: Norvig, "Solving Every Sudoku Puzzle" (2006); Hadoop's examples have the problem (Sudoku).
Output: puzzle, a list of its solutions as 81 digits each, at most ``--most``: none, one, or enough to show that there
are several. They come in the order of the search, which is the same on every run.
"""

from itertools import islice

from bigdata import Job, Pattern, at_least

DIGITS = "123456789"
LINES = [range(first, first + 9) for first in range(0, 81, 9)] + [range(first, 81, 9) for first in range(9)]
BOXES = [[top + row + column for row in (0, 9, 18) for column in range(3)] for top in (0, 3, 6, 27, 30, 33, 54, 57, 60)]
UNITS = [[unit for unit in [*LINES, *BOXES] if square in unit] for square in range(81)]
PEERS = [sorted({peer for unit in units for peer in unit} - {square}) for square, units in enumerate(UNITS)]


def fill(grid, square, digit):
    """Put a digit into a square of a grid, the digits that are left for each; gives whether nothing contradicts it."""
    out = [(square, other) for other in DIGITS if other != digit]
    while out:
        square, digit = out.pop()
        if digit not in grid[square]:
            continue
        grid[square] = left = grid[square].replace(digit, "")
        if not left:
            return False
        if len(left) == 1:
            out += [(peer, left) for peer in PEERS[square]]
        for unit in UNITS[square]:
            places = [place for place in unit if digit in grid[place]]
            if not places:
                return False
            if len(places) == 1:
                out += [(places[0], other) for other in grid[places[0]] if other != digit]
    return True


def solutions(grid):
    square = min((at for at in range(81) if len(grid[at]) > 1), key=lambda at: len(grid[at]), default=None)
    if square is None:
        yield "".join(grid)
        return
    for digit in grid[square]:
        branch = grid.copy()
        if fill(branch, square, digit):
            yield from solutions(branch)


class Sudoku(Job):
    RECORDS = Pattern("(?P<puzzle>[0-9.]{81})")

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--most", type=at_least(0), default=2, help="solutions to look for; 0: all (default: 2)")

    def mapper(self, _, record):
        puzzle = record["puzzle"]
        grid = [DIGITS] * 81
        clues = [(square, digit) for square, digit in enumerate(puzzle) if digit in DIGITS]
        is_possible = all(fill(grid, square, digit) for square, digit in clues)
        yield puzzle, list(islice(solutions(grid), self.options.most or None)) if is_possible else []


if __name__ == "__main__":
    Sudoku.run()
