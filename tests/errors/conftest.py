"""The shell that every test here runs its jobs in."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .shell import TEXT, Shell


@pytest.fixture
def shell(tmp_path, monkeypatch, capfd) -> Iterator[Shell]:
    here, tmp = tmp_path / "here", tmp_path / "tmp"
    here.mkdir()
    tmp.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp))
    shell = Shell(here, tmp, capfd)
    shell.write("in.txt", TEXT)
    yield shell
    assert Path.cwd() == here
