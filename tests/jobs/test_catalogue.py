"""jobs/README.md lists every job, says of each what is so, and its commands run; a job is a page of code."""

import ast
import inspect
import re
import shlex
from importlib import import_module
from itertools import groupby
from pathlib import Path

import pytest

from bigdata import Job
from tests.jobs.samples import SAMPLES
from tests.jobs.test_conformance import NAMES

JOBS = Path(__file__).parent.parent.parent / "jobs"
PAGE = (JOBS / "README.md").read_text("utf-8")
ROWS = re.findall(r"^\| \[(\w+)\]\((.*?)\) \| (.*) \| (.*) \| (.*) \|$", PAGE, re.MULTILINE)
ROW = {name: row for name, *row in ROWS}
#: the commands of each group, which may need what those before them have made
BLOCKS = [
    [shlex.split(command) for command in block.replace("\\\n", "").splitlines()]
    for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
]


def name_of(command: list[str]) -> str:
    return command[2].removeprefix("jobs.")


def job_of(name: str) -> type[Job]:
    module = import_module(f"jobs.{name}")
    members = inspect.getmembers(module, lambda member: inspect.isclass(member) and issubclass(member, Job))
    [job] = [member for _, member in members if member.__module__ == module.__name__]
    return job


def test_every_job_has_a_line_and_a_command():
    assert sorted(name for name, *_ in ROWS) == sorted(NAMES)
    assert sorted(name_of(command) for block in BLOCKS for command in block) == sorted(NAMES)


@pytest.mark.parametrize("name", ROW)
def test_a_line_says_what_the_job_says(name):
    link, description, source, _ = ROW[name]
    docstring = inspect.getdoc(import_module(f"jobs.{name}"))
    assert link == f"{name}.py"
    assert description.replace(r"\|", "|") == docstring.splitlines()[0]
    assert source.partition(",")[0] in " ".join(docstring.partition("Source:")[2].split())


@pytest.mark.parametrize("name", NAMES)
def test_the_code_under_a_docstring_is_a_page(name):
    source = (JOBS / f"{name}.py").read_text("utf-8")
    code = source.splitlines()[ast.parse(source).body[0].end_lineno :]
    assert len("\n".join(code).strip().splitlines()) <= 60


def ways(explanation: str) -> str:
    """The ways of the stages that ``--explain`` tells of, those of each phase of an iterative job apart."""
    plain, *named = re.split(r"^-- (\w+)\n", explanation, flags=re.MULTILINE)
    cells = []
    for title, text in [("", plain), *((f"{name}: ", text) for name, text in zip(named[::2], named[1::2]))]:
        runs = [(way, len(list(run))) for way, run in groupby(re.findall(r"^stage \d+: (\S+)", text, re.MULTILINE))]
        if runs:
            cells.append(title + ", ".join(f"{count} × {way}" if count > 1 else way for way, count in runs))
    return "; ".join(cells)


@pytest.mark.parametrize("commands", BLOCKS, ids=[name_of(commands[0]) for commands in BLOCKS])
def test_commands_run_as_the_page_says(commands, tmp_path, monkeypatch, capfd):
    (tmp_path / "sample_data").symlink_to(SAMPLES)
    monkeypatch.chdir(tmp_path)
    for python, module, job, *words in commands:
        name = job.removeprefix("jobs.")
        assert (python, module) == ("python", "-m")
        run = job_of(name)
        run([*words, "--no-conf", "--quiet", "--explain"]).run_job()
        assert ways(capfd.readouterr().out) == ROW[name][3], name
        run([*words, "--no-conf", "--quiet"]).run_job()
        output = words[words.index("-o") + 1] if "-o" in words else None
        assert (tmp_path / output / "_SUCCESS").exists() if output else capfd.readouterr().out, name
