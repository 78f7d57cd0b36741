"""`bigdata hive` in a folder of its own, and what it prints."""

import sys

import pytest

from bigdata.cli import main
from tests.sql.command.cases import ROOT


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    """An empty folder to be in, in which jobs are found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture
def hive(capsys):
    """Runs ``bigdata hive`` with such arguments; gives its exit status, its output and its errors."""

    def run(*words):
        status = 0
        try:
            main(["hive", *map(str, words)])
        except SystemExit as end:
            status = end.code
        if isinstance(status, str):  # Python prints it as it exits
            print(status, file=sys.stderr)
            status = 1
        printed = capsys.readouterr()
        return status, printed.out.splitlines(), printed.err.splitlines()

    return run


@pytest.fixture
def rows(hive):
    """The lines that ``bigdata hive -S`` prints; nothing goes wrong."""

    def run(*words):
        status, printed, errors = hive("-S", *words)
        assert (status, errors) == (0, [])
        return printed

    return run
