"""What marks the tests of the spark engine, and the fixture that runs a job on it."""

from importlib.util import find_spec

import pytest

import bigdata
from tests.conftest import NO_SPARK

MARKS = [
    pytest.mark.slow,
    pytest.mark.skipif(NO_SPARK, reason="the spark engine needs pyspark and Java"),
    pytest.mark.skipif(find_spec("sqlglot") is None, reason="the spark engine needs sqlglot"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

WORDS = ["the quick brown fox", "jumps over the lazy dog", "the dog sleeps"] * 20


@pytest.fixture
def run(spark, tmp_path):
    """Run a job on lines, or on the bytes of files; gives its Result."""
    numbers = iter(range(100))

    def run(job, lines=WORDS, **options):
        folder = tmp_path / f"input-{next(numbers)}"
        folder.mkdir()
        files = lines if isinstance(lines, dict) else {"lines.txt": "".join(f"{line}\n" for line in lines).encode()}
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return bigdata.run(job, folder, engine="spark", **options)

    return run
