"""Rows that the kernel sorts, and those that it leaves to Python."""

import itertools

import pytest

import bigdata
from bigdata import kernels, tera
from bigdata.engines.duckdb import sorting
from bigdata.errors import TaskFailed
from jobs.terasort import TeraSort

pytestmark = pytest.mark.skipif(kernels.native is None, reason=f"needs the native kernels: {kernels.missing}")

ROWS = list(tera.rows(0, 3000))
LINES = b"".join(row.hex().encode() + b"\n" for row in ROWS)
NATIVE = "all that it does is to sort rows, which native code does"


def sort(tmp_path, inputs, *args, **options):
    """The report of the stage, and the lines of each part."""
    result = bigdata.run(TeraSort, inputs, output=tmp_path / "out", args=args, **options)
    [stage] = result.stages
    return stage, [part.read_bytes().splitlines() for part in sorted((tmp_path / "out").glob("part-*"))]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("reducers", [1, 3])
def test_lines_and_binary_rows_are_sorted_together(tmp_path, workers, reducers):
    (tmp_path / "a.txt").write_bytes(LINES)
    (tmp_path / "b.bin").write_bytes(b"".join(ROWS))
    (tmp_path / "c.txt").write_bytes(LINES.upper().rstrip(b"\n"))
    (tmp_path / "d").write_bytes(b"")
    inputs = [tmp_path / name for name in ("a.txt", "b.bin", "c.txt", "d")]
    stage, got = sort(tmp_path, inputs, "--jobconf", f"mapreduce.job.reduces={reducers}", workers=workers)
    assert (stage.way, stage.why) == ("sorted", NATIVE)
    assert len(got) == reducers and all(got)
    assert list(itertools.chain(*got)) == sorted(3 * LINES.splitlines())


def test_rows_that_do_not_fit_in_memory_are_sorted_by_ranges(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(LINES)
    (tmp_path / "b.bin").write_bytes(b"".join(ROWS))
    run, groups = sorting.run, []
    monkeypatch.setattr(sorting, "_SPLIT", 50_000)
    monkeypatch.setattr(sorting, "run", lambda spec, work, files, threads, memory, progress: run(
        spec, work, files, threads, 100_000, progress
    ))  # fmt: skip
    sorted_pieces = sorting._Sorting.sorted
    monkeypatch.setattr(
        sorting._Sorting, "sorted", lambda self, pieces: groups.append(pieces) or sorted_pieces(self, pieces)
    )
    stage, got = sort(tmp_path, [tmp_path / "a.txt", tmp_path / "b.bin"], "--jobconf", "mapreduce.job.reduces=2")
    assert stage.why == NATIVE and len(got) == 2 and all(got)
    assert list(itertools.chain(*got)) == sorted(2 * LINES.splitlines())
    assert len(groups) > 8 and all(sum(piece.rows for piece in group) * sorting._TAKEN < 200_000 for group in groups)


@pytest.mark.parametrize("kind", ["crlf", "gz"])
def test_other_files_are_left_to_python(tmp_path, kind):
    if kind == "gz":
        (tmp_path / "rows.gz").write_bytes(b"not read as gzip by mapper_raw")
        with pytest.raises(TaskFailed, match="expected a row as 200 hexadecimal digits"):
            sort(tmp_path, [tmp_path / "rows.gz"])
        return
    (tmp_path / "rows").write_bytes(LINES.replace(b"\n", b"\r\n"))
    stage, got = sort(tmp_path, [tmp_path / "rows"])
    assert "lines that are no rows" in stage.why
    assert list(itertools.chain(*got)) == sorted(LINES.splitlines())


def test_bad_lines_are_told_by_python(tmp_path):
    (tmp_path / "rows").write_bytes(LINES + b"what is this\n")
    with pytest.raises(TaskFailed, match="expected a row as 200 hexadecimal digits; got b'what is this"):
        sort(tmp_path, [tmp_path / "rows"])


def test_without_kernels_python_sorts(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "native", None)
    (tmp_path / "rows").write_bytes(LINES)
    stage, got = sort(tmp_path, [tmp_path / "rows"])
    assert stage.way == "sorted" and stage.why == "its map is more than a mapper function"
    assert list(itertools.chain(*got)) == sorted(LINES.splitlines())
