"""A text, and an empty directory for temporary files."""

import tempfile
from pathlib import Path

import pytest

from .words import TEXT


@pytest.fixture
def text(tmp_path) -> str:
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT)
    return str(path)


@pytest.fixture
def own_tmp(tmp_path, monkeypatch) -> Path:
    """The directory for temporary files, empty."""
    path = tmp_path / "tmp"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path
