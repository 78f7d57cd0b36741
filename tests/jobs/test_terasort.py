"""terasort against the published md5 of Hadoop's TeraSort, and against Python's sort."""

import hashlib
from pathlib import Path

import pytest

import bigdata
from bigdata import tera
from bigdata.errors import TaskFailed, UsageError
from jobs.terasort import TeraSort
from tests.engines.conformance import Case
from tests.jobs.samples import SAMPLES, sample

ROWS = SAMPLES / "tera" / "tera.bin"

CASES = [
    Case("terasort of a sample", TeraSort, sample("tera/tera.bin")),
    Case(
        "terasort of lines in hexadecimal",
        TeraSort,
        {"rows.txt": b"".join(row.hex().encode() + b"\n" for row in tera.rows(7, 9))},
    ),
    Case("terasort of nothing", TeraSort, {"empty.bin": b""}),
]


def sorted_rows(directory: Path, *args: str, **options) -> list[bytes]:
    """The part files of a run on the sample, in order."""
    bigdata.run(TeraSort, ROWS, output=directory / "out", output_format="binary", args=args, **options)
    return [part.read_bytes() for part in sorted((directory / "out").glob("part-*"))]


@pytest.mark.parametrize("reducers", ["1", "2", "7"])
@pytest.mark.parametrize("options", [{}, {"workers": 2}], ids=["here", "workers"])
def test_part_files_in_turn_are_those_of_hadoop(tmp_path, reducers, options):
    parts = sorted_rows(tmp_path, "--jobconf", f"mapreduce.job.reduces={reducers}", **options)
    assert len(parts) == int(reducers) and all(parts)
    assert hashlib.md5(b"".join(parts)).hexdigest() == "7d0a004cba24a5664992d0c447601456"


def test_rows_with_one_key_all_stay(tmp_path):
    rows = [b"k" * 10 + row[10:] for row in tera.rows(0, 50)] + list(tera.rows(50, 50))
    (tmp_path / "rows.bin").write_bytes(b"".join(rows))
    bigdata.run(TeraSort, tmp_path / "rows.bin", output=tmp_path / "out", output_format="binary")
    got = b"".join(part.read_bytes() for part in sorted((tmp_path / "out").glob("part-*")))
    assert [got[place : place + 100] for place in range(0, len(got), 100)] == sorted(rows)


def test_a_file_that_is_cut_short_is_refused(tmp_path):
    (tmp_path / "rows.bin").write_bytes(ROWS.read_bytes()[:250])
    with pytest.raises(TaskFailed, match="expected rows of 100 bytes; the last has 50"):
        bigdata.run(TeraSort, tmp_path / "rows.bin")


def test_standard_input_is_refused_because_a_sample_comes_first():
    with pytest.raises(UsageError, match=r"TOTAL_ORDER.*give files, not -"):
        bigdata.run(TeraSort, "-")


def test_several_steps_are_refused():
    class InTwoSteps(TeraSort):
        def steps(self):
            return [*super().steps(), *super().steps()]

    with pytest.raises(UsageError, match=r"TOTAL_ORDER, which is for one step"):
        bigdata.run(InTwoSteps, ROWS)
