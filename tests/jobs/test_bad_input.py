"""Every job on input that goes wrong: none, of another system, in another encoding, cut, not of its form.

mrjob's inline runner is the law. Where it gives records, so does the engine, by column and by row. Where it raises on a
line, the engine says in one line which line of which file, and told to skip it, gives what inline gives for the others.
A job is tried on some lines of the first file of its first case; those that are no lines, on the beginning of it.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bigdata import BigdataError, Csv, Job
from bigdata.engines.duckdb import way_of
from bigdata.inputs import ONLY
from tests.engines.conformance import Case, assert_same, run_engine
from tests.engines.test_conformance import DUCKDB, SPARK
from tests.jobs.test_conformance import EVERY

JOBS = {case.job.__module__.removeprefix("jobs."): case for case in reversed(EVERY)}
LINES, BYTES = 8, 800
PLACE = Path("directory")


def job_of(case: Case) -> Job:
    return case.job(["--no-conf", *case.arguments(PLACE)])


def first_file(case: Case) -> str:
    return next(iter(case.inputs))


def lines_of(case: Case) -> list[bytes]:
    """The first lines of a case's first file, but for comments and blank ones."""
    lines = case.inputs[first_file(case)].split(b"\n")
    return [line for line in lines if line.strip() and not line.startswith(b"#")][:LINES]


def with_content(case: Case, content: bytes) -> Case:
    """The case with another content of its first file."""
    return replace(case, inputs={**case.inputs, first_file(case): content})


def header_of(case: Case) -> bytes | None:
    """The line that names the columns of a case's first file, if such lines are skipped."""
    job = job_of(case)
    formats = job.INPUTS or {ONLY: job.RECORDS}
    path = str(PLACE / "input" / first_file(case))
    [records] = [formats[name] for name, paths in job.input_paths().items() if path in paths]
    if not isinstance(records, Csv):
        return None
    header = records.separator.join(column.name for column in records.columns).encode()
    return header if records.skips(header) else None


RAW = {name for name, case in JOBS.items() if job_of(case).plan().stages[0].mapper.functions == ("mapper_raw",)}
OF_LINES = sorted(JOBS.keys() - RAW)
WITH_HEADER = [name for name in OF_LINES if header_of(JOBS[name])]

BAD_LINES: dict[str, Callable[[bytes], bytes]] = {
    "no UTF-8": lambda line: b"\xff\xe9" + line,
    "a missing column": lambda line: re.split(rb"[\t |,]", line.strip())[0],
    "no number": lambda line: re.sub(rb"[0-9]+", b"x", line),
}
#: which jobs refuse which line; to the others it is one like any other
REFUSALS = {
    "no UTF-8": "join kmeans linear_regression logistic_regression matrix_multiply pi queens self_join sudoku"
    " teragen ticket_sales unicorn_stats",
    "a missing column": "adjacency_list bfs bloom_filter bloom_join connected_components distinct_users histogram join"
    " kmeans linear_regression logistic_regression matrix_multiply naive_bayes pagerank pi"
    " reverse_links secondary_sort sessions similarity summary teragen ticket_sales top_k triangles"
    " unicorn_stats url_frequency",
    "no number": "histogram join kmeans linear_regression logistic_regression matrix_multiply pi queens"
    " secondary_sort sessions sudoku summary teragen ticket_sales top_k unicorn_stats url_frequency",
}
REFUSED = [(name, kind) for kind, names in REFUSALS.items() for name in names.split()]


def each(pairs: list[tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name, kind", pairs, ids=[f"{name}, {kind}" for name, kind in pairs])


def assert_as_inline(case: Case, directory: Path) -> None:
    case.write_files(directory)
    wanted = run_engine(case, directory, "-r", "inline")
    assert_same(run_engine(case, directory, *DUCKDB.values[0]), wanted)
    if any(way_of(stage).name == "columnar" for stage in job_of(case).plan().stages):
        by_row = ["--on-error", "skip", "--max-errors", "0"]
        assert_same(run_engine(case, directory, *DUCKDB.values[0], *by_row), wanted)


# bfs wants an edge of its source
@pytest.mark.parametrize("name", sorted(JOBS.keys() - {"bfs"}))
def test_an_empty_file_gives_what_inline_gives(name, tmp_path):
    assert_as_inline(with_content(JOBS[name], b""), tmp_path)


@pytest.mark.parametrize("name", WITH_HEADER)
def test_a_header_alone_gives_what_inline_gives(name, tmp_path):
    assert_as_inline(with_content(JOBS[name], header_of(JOBS[name]) + b"\n"), tmp_path)


# linear and logistic regression want more, and say so in a reducer: that is no line's fault
@pytest.mark.parametrize("name", [name for name in OF_LINES if not name.endswith("_regression")])
def test_one_line_without_a_newline_gives_what_inline_gives(name, tmp_path):
    assert_as_inline(with_content(JOBS[name], lines_of(JOBS[name])[0]), tmp_path)


@pytest.mark.parametrize("name", OF_LINES)
def test_lines_of_another_system_give_what_inline_gives(name, tmp_path):
    """Lines that end with CRLF, but for the last, and among them those bad ones that the job doesn't refuse."""
    first, *others = lines_of(JOBS[name])
    odd = [make(first) for kind, make in BAD_LINES.items() if (name, kind) not in REFUSED]
    assert_as_inline(with_content(JOBS[name], b"\r\n".join([first, *odd, *others])), tmp_path)


def with_bad_line(case: Case, kind: str) -> Case:
    """The case with a bad line as the second of its first file."""
    first, *others = lines_of(case)
    return with_content(case, b"\n".join([first, BAD_LINES[kind](first), *others]))


def assert_refused(case: Case, directory: Path, switches: list[str], place: str) -> None:
    """The job ends with an error of one line that names the first file, and a place in it."""
    with pytest.raises(BigdataError) as caught:
        run_engine(case, directory, *switches)
    message = getattr(caught.value, "message", str(caught.value))
    assert message.endswith(f", in {directory / 'input' / first_file(case)}{place}")
    assert "\n" not in message


@each(REFUSED)
def test_a_bad_line_is_named_and_can_be_skipped(name, kind, tmp_path):
    case = with_bad_line(JOBS[name], kind)
    case.write_files(tmp_path)
    with pytest.raises(ValueError, match="expected"):
        run_engine(case, tmp_path, "-r", "inline")
    assert_refused(case, tmp_path, DUCKDB.values[0], ", line 2.")
    skipped = run_engine(case, tmp_path, *DUCKDB.values[0], "--on-error", "skip")
    without = with_content(case, b"\n".join(lines_of(JOBS[name])))
    without.write_files(tmp_path)
    assert_same(skipped, run_engine(without, tmp_path, "-r", "inline"))


@pytest.mark.parametrize("switches", [SPARK])
@each(list(dict(REFUSED).items()))
def test_a_bad_line_is_named_on_spark(name, kind, switches, tmp_path):
    case = with_bad_line(JOBS[name], kind)
    case.write_files(tmp_path)
    assert_refused(case, tmp_path, switches, ", line 2.")


@pytest.mark.parametrize("name", sorted(RAW))
def test_a_file_that_is_cut_short_is_named(name, tmp_path):
    case = with_content(JOBS[name], JOBS[name].inputs[first_file(JOBS[name])][: BYTES - 1])
    if name == "line_count":  # to which all files are whole
        assert_as_inline(case, tmp_path)
        return
    case.write_files(tmp_path)
    assert_refused(case, tmp_path, DUCKDB.values[0], "")
