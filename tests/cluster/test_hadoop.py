"""mrjob's own `-r hadoop` on Hadoop Streaming gives what `-r inline` gives."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from . import hadoop
from .cases import CASES, FAILING, NODE_PYTHON, TWO_STEPS, Case, command_line, outcome
from .jobs_for_cluster import NumbersInOrder

pytestmark = [
    pytest.mark.slow,
    # mrjob compares Hadoop's versions with distutils
    pytest.mark.filterwarnings("ignore:distutils Version classes are deprecated:DeprecationWarning"),
    pytest.mark.skipif(hadoop.missing() is not None, reason=str(hadoop.missing())),
]


@pytest.fixture(scope="module")
def home() -> Path:
    try:
        return hadoop.install()
    except RuntimeError as error:
        pytest.skip(str(error))


@pytest.fixture
def conf(home: Path, tmp_path: Path) -> str:
    path = tmp_path / "mrjob.conf"
    path.write_text(json.dumps({"runners": {"hadoop": hadoop.options(home, tmp_path) | {"python_bin": NODE_PYTHON}}}))
    return str(path)


@pytest.mark.parametrize("case", [*CASES.values(), *TWO_STEPS.values()], ids=[*CASES, *TWO_STEPS])
def test_a_job_gives_the_records_and_counters_of_inline(case: Case, conf: str, tmp_path: Path) -> None:
    inline = outcome(case, "inline", tmp_path, "--no-conf")
    assert outcome(case, "hadoop", tmp_path, "-c", conf).only_groups_of(inline) == inline


def test_hadoops_partitioner_takes_our_cut_points(conf: str, tmp_path: Path) -> None:
    numbers = random.Random(1).choices(range(-500, 500), k=400)
    case = Case(NumbersInOrder, {"numbers.txt": "".join(f"{number}\n" for number in numbers)}, ["numbers.txt"])
    parts = {}
    for runner, switches in (("hadoop", ["-c", conf]), ("duckdb", ["--no-conf"])):
        output = f"file://{tmp_path}/by-{runner}"
        reducers = ["--jobconf", "mapreduce.job.reduces=3", "-o", output, "--no-cat-output"]
        run = command_line(case, runner, tmp_path, *switches, *reducers)
        assert run.returncode == 0, run.stderr
        parts[runner] = [part.read_text() for part in sorted((tmp_path / f"by-{runner}").glob("part-*"))]
    assert parts["hadoop"] == parts["duckdb"]
    assert len(parts["hadoop"]) == 3 and all(parts["hadoop"])
    assert [int(line.split("\t")[0]) for part in parts["hadoop"] for line in part.splitlines()] == sorted(numbers)


def test_a_failing_mapper_ends_the_job_and_names_its_cause(conf: str, tmp_path: Path) -> None:
    run = command_line(FAILING, "hadoop", tmp_path, "-c", conf)
    assert run.returncode != 0
    assert "ZeroDivisionError: division by zero" in run.stderr
    assert "Step 1 of 1 failed" in run.stderr
