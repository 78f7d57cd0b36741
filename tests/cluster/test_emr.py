"""mrjob's own `-r emr` gives what `-r inline` gives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("moto.server", reason="EMR runs on moto's server: pip install 'moto[server]'")

from . import emr
from .cases import CASES, FAILING, NODE_PYTHON, TWO_STEPS, Case, command_line, outcome

pytestmark = [
    pytest.mark.slow,
    # mrjob compares releases and Hadoop's versions with distutils
    pytest.mark.filterwarnings("ignore:distutils Version classes are deprecated:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with emr.serve() as endpoint:
        yield endpoint


@pytest.fixture
def conf(endpoint: str, tmp_path: Path) -> str:
    path = tmp_path / "mrjob.conf"
    path.write_text(json.dumps({"runners": {"emr": emr.options(endpoint) | {"python_bin": NODE_PYTHON}}}))
    return str(path)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_job_gives_the_records_and_counters_of_inline(case: Case, conf: str, tmp_path: Path) -> None:
    inline = outcome(case, "inline", tmp_path, "--no-conf")
    assert outcome(case, "emr", tmp_path, "-c", conf).only_groups_of(inline) == inline


@pytest.mark.parametrize("case", TWO_STEPS.values(), ids=TWO_STEPS)
def test_two_steps_give_the_records_of_inline(case: Case, conf: str, tmp_path: Path) -> None:
    # Step by step, the cluster would terminate after the first; with logs, mrjob would wait ten minutes for its own.
    options = ("-c", conf, "--add-steps-in-batch", "--no-read-logs")
    inline = outcome(case, "inline", tmp_path, "--no-conf")
    assert outcome(case, "emr", tmp_path, *options).records == inline.records


def test_a_failing_mapper_ends_the_job_and_names_its_cause(conf: str, tmp_path: Path) -> None:
    run = command_line(FAILING, "emr", tmp_path, "-c", conf)
    assert run.returncode != 0
    assert "ZeroDivisionError: division by zero" in run.stderr
    assert "Step 1 of 1 failed" in run.stderr
