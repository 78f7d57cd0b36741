"""Where a test writes its rows."""

import pytest


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.parquet"
