"""A small input, the rounds that ran, and temporary folders."""

import tempfile

import pytest

from tests.iteration.jobs import NUMBERS


@pytest.fixture
def numbers(tmp_path):
    path = tmp_path / "numbers"
    path.write_text("".join(f"{name} {number}\n" for name, number in NUMBERS.items()))
    return path


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The directory of temporary files, which is to be empty after the test."""
    directory = tmp_path / "temporary"
    directory.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(directory))
    yield directory
    assert list(directory.iterdir()) == []
