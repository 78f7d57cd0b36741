"""Rows of statements: in memory or in a file, and errors that come after many rows."""

import os

import pytest

from bigdata import Session
from bigdata.errors import TaskFailed
from bigdata.sql import results

COUNT = 200_000


@pytest.fixture
def session(tmp_path):
    """One with a table of the numbers up to COUNT."""
    (tmp_path / "numbers").mkdir()
    (tmp_path / "numbers" / "a.txt").write_text("\n".join(map(str, range(COUNT))))
    with Session("hive", warehouse=tmp_path / "warehouse", variables={"here": str(tmp_path)}) as made:
        made.sql("CREATE EXTERNAL TABLE numbers (n INT) LOCATION '${here}/numbers'")
        yield made


def test_many_rows_are_in_a_file_that_has_no_name(session, tmp_path, monkeypatch):
    monkeypatch.setattr(results, "IN_MEMORY", 1 << 16)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    found = session.sql("SELECT n, concat('n', n) FROM numbers ORDER BY n")
    assert os.listdir(tmp_path / "tmp") == []
    assert list(found) == [(n, f"n{n}") for n in range(COUNT)]
    assert list(found.lines())[-1] == f"{COUNT - 1}\tn{COUNT - 1}"
    assert found.to_arrow().num_rows == COUNT


def test_whole_numbers_wrap_around_in_late_rows_too(session):
    high = (1 << 63) - COUNT + 1
    found = list(session.sql(f"SELECT n + {high}L FROM numbers"))
    assert found[COUNT - 2 : COUNT] == [((1 << 63) - 1,), (-(1 << 63),)]


def test_an_error_in_a_late_row_is_told(session):
    with pytest.raises(TaskFailed, match="assertion failed"):
        session.sql(f"SELECT assert_true(n < {COUNT - 1}) FROM numbers")
    assert list(session.sql("SELECT count(*) FROM numbers")) == [(COUNT,)]
