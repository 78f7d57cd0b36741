"""mrjob's own `-r hadoop` on Hadoop Streaming gives what `-r inline` gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from . import hadoop
from .cases import CASES, FAILING, NODE_PYTHON, TWO_STEPS, Case, command_line, outcome

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


def test_a_failing_mapper_ends_the_job_and_names_its_cause(conf: str, tmp_path: Path) -> None:
    run = command_line(FAILING, "hadoop", tmp_path, "-c", conf)
    assert run.returncode != 0
    assert "ZeroDivisionError: division by zero" in run.stderr
    assert "Step 1 of 1 failed" in run.stderr
