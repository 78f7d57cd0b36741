import pytest

from .hive import Driver


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    """Hive in a process, which has its tables in a folder."""
    started = Driver(tmp_path_factory.mktemp("hive"))
    yield started
    started.close()
