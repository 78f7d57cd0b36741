"""sudoku against an exact cover search, and against published solutions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bigdata
from bigdata import DecodeError
from jobs.sudoku import Sudoku
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

WIKIPEDIA = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
SOLVED = "534678912672195348198342567859761423426853791713924856961537284287419635345286179"

CASES = [
    Case("sudoku of a sample", Sudoku, sample("sudoku/puzzles.txt")),
    Case(
        "sudoku of awkward puzzles",
        Sudoku,
        {"a.txt": b"\r\n" + WIKIPEDIA.replace(".", "0").encode() + b"\r\n\n" + b"55" + b"." * 79, "empty.txt": b""},
    ),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("puzzles") / "puzzles.txt"


def solutions(path, *puzzles, most=0):
    path.write_text("".join(f"{puzzle}\n" for puzzle in puzzles))
    return dict(bigdata.run(Sudoku, path, args=["--most", str(most)]))


@pytest.mark.parametrize(
    ("puzzle", "solution"),
    [
        # puzzle1.dta of Hadoop's examples, and what its Sudoku prints
        (
            "85.39......2........6.1...2..4..3.59..89.14..32.4..8..9...8.5........2......45.78",
            "851392647432678195796514382614823759578961423329457816947286531185739264263145978",
        ),
        # Wikipedia, "Sudoku"
        (WIKIPEDIA, SOLVED),
        # the first of Gordon Royle's collection of puzzles with 17 clues, the least that make a solution the only one
        (
            "000000010400000000020000000000050407008000300001090000300400200050100000000806000",
            "693784512487512936125963874932651487568247391741398625319475268856129743274836159",
        ),
    ],
    ids=["Hadoop", "Wikipedia", "Royle"],
)
def test_published_solution(puzzle, solution, path):
    assert solutions(path, puzzle) == {puzzle: [solution]}


def constraints(square, digit):
    row, column = divmod(square, 9)
    return {("square", square), ("row", row, digit), ("column", column, digit), ("box", row // 3, column // 3, digit)}


def exact_covers(puzzle):
    """All solutions, by Knuth's Algorithm X: each constraint is met by one of the chosen moves."""
    moves = {
        (square, digit): constraints(square, digit)
        for square, clue in enumerate(puzzle)
        for digit in (clue if clue in "123456789" else "123456789")
    }
    every = {constraint for square in range(81) for digit in "123456789" for constraint in constraints(square, digit)}

    def search(open_constraints):
        if not open_constraints:
            yield []
            return
        least = min(open_constraints, key=lambda constraint: len(open_constraints[constraint]))
        for move in open_constraints[least]:
            left = {
                constraint: [other for other in others if moves[other].isdisjoint(moves[move])]
                for constraint, others in open_constraints.items()
                if constraint not in moves[move]
            }
            for rest in search(left):
                yield [move, *rest]

    meeting = {constraint: [move for move, met in moves.items() if constraint in met] for constraint in every}
    return sorted("".join(digit for _, digit in sorted(cover)) for cover in search(meeting))


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(0, 80), max_size=50), st.integers(0, 80), st.sampled_from("123456789"))
def test_solutions_are_the_exact_covers(path, blanks, square, digit):
    """Of a solved grid with some squares blank, and one clue perhaps wrong."""
    puzzle = "".join("." if square in blanks else clue for square, clue in enumerate(SOLVED))
    puzzle = puzzle[:square] + digit + puzzle[square + 1 :]
    assert sorted(solutions(path, puzzle)[puzzle]) == exact_covers(puzzle)


def test_sample_has_each_kind_of_puzzle():
    found = dict(bigdata.run(Sudoku, SAMPLES / "sudoku" / "puzzles.txt"))
    assert all(sorted(several) == exact_covers(puzzle) for puzzle, several in found.items())
    assert {len(several) for several in found.values()} == {0, 1, 2}


def test_search_stops_at_the_most_that_are_asked_for(path):
    blank = "." * 81
    for most in (1, 3):
        (found,) = solutions(path, blank, most=most).values()
        assert len(set(found)) == most
        assert all(set(grid[first : first + 9]) == set("123456789") for grid in found for first in range(0, 81, 9))


@pytest.mark.parametrize("line", [WIKIPEDIA[1:], WIKIPEDIA + ".", WIKIPEDIA[1:] + "x", "1"])
def test_line_that_is_no_puzzle(line, path):
    with pytest.raises(DecodeError, match=r"can't read b'.*': expected a line of the form .*\[0-9\.\]\{81\}.*line 2"):
        solutions(path, WIKIPEDIA, line)
