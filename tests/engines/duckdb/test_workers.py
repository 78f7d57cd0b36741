"""Workers: jobs from any kind of module reach them, and small jobs have none."""

import pytest

import bigdata

from .process import python
from .words import COUNTS, Sorted

SCRIPT = """\
import sys
import bigdata
from bigdata import Aggregator, Job, MRStep
from mrjob.protocol import PickleProtocol


class Tally:
    def __init__(self, count):
        self.count = count


class Longest(Aggregator):
    def merge(self, a, b):
        return max(a, b)


class LongestOfEachCount(Job):
    INTERNAL_PROTOCOL = PickleProtocol

    def steps(self):
        return [
            MRStep(mapper=self.words, reducer=self.count),
            MRStep(mapper=self.lengths, aggregator=Longest()),
        ]

    def words(self, _, line):
        for word in line.split():
            yield word, Tally(1)

    def count(self, word, tallies):
        yield word, sum(tally.count for tally in tallies)

    def lengths(self, word, count):
        yield count, len(word)


with bigdata.run(LongestOfEachCount, sys.argv[1], workers=2) as result:
    print(*sorted(result))
"""


LONGEST = "(1, 6) (2, 3) (3, 3)"


@pytest.mark.parametrize("start", ["script", "-c", "standard input", "module"])
def test_workers_of_a_main_without_a_guard(start, text, tmp_path):
    (tmp_path / "job.py").write_text(SCRIPT)
    (tmp_path / "sub").mkdir()
    command, folder, stdin = {
        "script": (["../job.py"], "sub", None),
        "-c": (["-c", SCRIPT], ".", None),
        "standard input": (["-"], ".", SCRIPT),
        "module": (["-m", "job"], ".", None),
    }[start]
    done = python(*command, text, cwd=tmp_path / folder, input=stdin)
    assert (done.stdout, done.stderr) == (f"{LONGEST}\n", "")


def test_workers_of_a_job_in_a_function(text):
    bound = 3

    class LongWords(Sorted):
        def mapper(self, _, line):
            for word in line.split():
                if len(word) > bound:
                    yield word, 1

    with bigdata.run(LongWords, text, workers=2) as result:
        assert dict(result) == {word: count for word, count in COUNTS.items() if len(word) > bound}


def test_workers_of_a_main_that_cannot_be_pickled(text, tmp_path):
    """They import it, which takes a guard."""
    script = SCRIPT.replace("tally.count for", "LOCK and tally.count for").replace("\nwith", "\nif GUARD:\n  with")
    lock = "import threading\nLOCK = threading.Lock()\nGUARD = __name__ == '__main__'\n"
    (tmp_path / "job.py").write_text(lock + script.replace("    print(", "      print("))
    assert python("job.py", text, cwd=tmp_path).stdout == f"{LONGEST}\n"


def test_workers_of_a_module_with_side_effects(text, tmp_path):
    noise = "import os, sys\nprint('importing')\nprint(sys.stdin.read(), end='')\nos.chdir('/')\n"
    (tmp_path / "noisy.py").write_text(noise + SCRIPT.partition("with bigdata")[0])
    (tmp_path / "start.py").write_text(SCRIPT[SCRIPT.index("with bigdata") :].replace("Longest", "noisy.Longest"))
    lines = (tmp_path / "start.py").read_text()
    (tmp_path / "start.py").write_text(f"import sys\nimport bigdata, noisy\n{lines}")
    done = python("start.py", text, cwd=tmp_path, input="hello\n")
    assert done.stdout == f"importing\nhello\n{LONGEST}\n"


FRUGAL = """\
import resource, sys
import bigdata
from tests.engines.duckdb.words import Combined, Folded

if __name__ == "__main__":
    workers = int(sys.argv[2]) if sys.argv[2:] else None
    for job in (Combined,) if workers else (Folded, Combined):
        with bigdata.run(job, sys.argv[1], workers=workers) as result:
            assert dict(result)["the"] == 3
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0)
    print(*sorted({"duckdb", "pyarrow", "numpy", "tqdm"} & set(sys.modules)))
"""


def test_small_job_starts_no_process_and_loads_no_library(text, tmp_path):
    (tmp_path / "frugal.py").write_text(FRUGAL)
    assert python("frugal.py", text, cwd=tmp_path).stdout.splitlines() == ["False", ""]


def test_workers_are_processes(text, tmp_path):
    """So that the test above means something."""
    (tmp_path / "frugal.py").write_text(FRUGAL)
    assert python("frugal.py", text, "2", cwd=tmp_path).stdout.startswith("True\n")
