"""Every job of the library gives on every engine what it gives on mrjob's own runner.

The cases come from the jobs' own tests: ``tests/jobs/test_NAME.py`` lists them in ``CASES``.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import jobs
from bigdata import IterativeJob
from bigdata.engines.duckdb import way_of
from tests.engines.conformance import Case, Outcome, assert_same, run_engine, run_reference
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

NAMES = [module.name for module in pkgutil.iter_modules(jobs.__path__)]


def cases() -> Iterator[Case]:
    for name in NAMES:
        if find_spec(f"tests.jobs.test_{name}"):
            yield from getattr(import_module(f"tests.jobs.test_{name}"), "CASES", [])


EVERY = list(cases())
#: the first case of each job but those of rounds
PLAIN = {case.job.__module__: case for case in reversed(EVERY) if not issubclass(case.job, IterativeJob)}
each_case = pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in EVERY])


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[Case, tuple[Path, Outcome]]:
    """What each case's reference gave, once a run of this module."""
    return {}


@each_case
@pytest.mark.parametrize("switches", [DUCKDB, DUCKDB_WORKERS, SPARK])
def test_job_gives_what_the_reference_gives(case, switches, prepared, tmp_path_factory):
    if case not in prepared:
        directory = tmp_path_factory.mktemp("case")
        case.write_files(directory)
        prepared[case] = directory, run_reference(case, directory)
    directory, wanted = prepared[case]
    assert_same(run_engine(case, directory, *switches), wanted)


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in sorted(PLAIN.items())])
def test_a_sample_runs_the_way_that_its_stages_allow(case, tmp_path):
    """No twin fails on a job's sample, which the mapper would make good for in silence."""
    case.write_files(tmp_path)
    job = case.job(["--no-conf", *case.arguments(tmp_path)])
    with job.make_runner() as runner:
        runner.run()
        assert [stage.way for stage in runner.result.stages] == [way_of(stage).name for stage in job.plan().stages]


@pytest.mark.parametrize("name", NAMES)
def test_job_has_cases(name: str) -> None:
    assert any(case.job.__module__ == f"jobs.{name}" for case in EVERY), f"tests/jobs/test_{name}.py lists no CASES"
