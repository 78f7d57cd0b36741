"""Every feature of mrjob's public API gives on every engine what it gives on mrjob's own runner."""

import os
import re
import shutil
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from bigdata.errors import UnsupportedPlan

from .cases import CASES, WORDS
from .conformance import Case, Outcome, assert_same, run_engine, run_reference
from .features import refused

Prepare = Callable[[Case], tuple[Path, Outcome]]

NO_SPARK = find_spec("pyspark") is None or not (shutil.which("java") or "JAVA_HOME" in os.environ)

DUCKDB = pytest.param(["-r", "duckdb"], id="duckdb")
DUCKDB_WORKERS = pytest.param(["-r", "duckdb", "--workers", "2"], id="duckdb, 2 workers")
SPARK = pytest.param(
    ["-r", "spark", "--spark-master", "local[2]"],
    id="spark",
    marks=[pytest.mark.slow, pytest.mark.skipif(NO_SPARK, reason="the spark engine needs pyspark and Java")],
)

each_case = pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES])


@pytest.fixture(scope="session")
def prepare(tmp_path_factory: pytest.TempPathFactory) -> Prepare:
    """Write a case's files and run its reference, once a session."""

    @cache
    def prepare(case: Case) -> tuple[Path, Outcome]:
        directory = tmp_path_factory.mktemp("case")
        case.write_files(directory)
        return directory, run_reference(case, directory)

    return prepare


@each_case
@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
def test_engine_gives_what_the_reference_gives(case: Case, switches: list[str], prepare: Prepare) -> None:
    directory, wanted = prepare(case)
    named = case.unsupported.get(switches[1])
    if named:
        assert_refused(case, named, directory, switches)
    else:
        assert_same(run_engine(case, directory, *switches), wanted)


def assert_refused(case: Case, named: str, directory: Path, switches: list[str]) -> None:
    case.write_files(directory)
    with pytest.raises(UnsupportedPlan, match=re.escape(named)):
        run_engine(case, directory, *switches)


@pytest.mark.parametrize("switches", [DUCKDB, SPARK])
@pytest.mark.parametrize(
    "job, named",
    [
        (refused.JarJob, "jar"),
        (refused.OwnPartitioner, "org.example.RoundRobinPartitioner"),
        (refused.OwnComparator, "org.apache.hadoop.mapred.lib.KeyFieldBasedComparator"),
    ],
)
def test_engine_refuses_by_name_what_only_hadoop_runs(job, named, switches: list[str], tmp_path: Path) -> None:
    assert_refused(Case(named, job, WORDS), named, tmp_path, switches)


def test_duckdb_refuses_a_spark_step(tmp_path: Path) -> None:
    assert_refused(Case("spark step", refused.SparkJob, WORDS), "spark", tmp_path, ["-r", "duckdb"])


@each_case
def test_case_tells_something(case: Case, prepare: Prepare) -> None:
    _, wanted = prepare(case)
    assert wanted.records or any(wanted.counters)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in CASES if case.reference == "inline"])
def test_reference_is_free_of_the_number_of_tasks(case: Case, prepare: Prepare) -> None:
    directory, wanted = prepare(case)
    assert_same(run_reference(case, directory, cores=3), wanted)


@pytest.mark.parametrize(
    "got, wanted",
    [
        (Outcome([(1, 1)]), Outcome([(1.0, 1)])),
        (Outcome([(1, 1)]), Outcome([(True, 1)])),
        (Outcome([("a", [1])]), Outcome([("a", (1,))])),
        (Outcome([("a", 1)]), Outcome([("a", 1), ("a", 1)])),
        (Outcome([("a", 1), ("b", 1), ("b", 1)]), Outcome([("a", 1), ("a", 1), ("b", 1)])),
        (Outcome([("a", 1.00000001)]), Outcome([("a", 1.0)])),
        (Outcome([("a", {"x": 1})]), Outcome([("a", {"x": 1, "y": 1})])),
        (Outcome([], [{"g": {"c": 2}}]), Outcome([], [{"g": {"c": 1}}])),
        (Outcome([], [{}, {"g": {"c": 1}}]), Outcome([], [{"g": {"c": 1}}, {}])),
        (Outcome([], [{"g": {"c": 1, "d": 1}}]), Outcome([], [{"g": {"c": 1}}])),
        (Outcome([]), Outcome([], [{"g": {"c": 0}}])),
    ],
)
def test_comparison_tells_apart(got: Outcome, wanted: Outcome) -> None:
    with pytest.raises(AssertionError):
        assert_same(got, wanted)


def test_comparison_leaves_free_what_is_free() -> None:
    got = Outcome([("b", 0.1 + 0.2), ("a", [1])], [{"engine": {"rows": 9}, "combiner": {"runs": 3}, "g": {"c": 1}}])
    assert_same(got, Outcome([("a", [1]), ("b", 0.3)], [{"combiner": {"runs": 1}, "g": {"c": 1}}]))
