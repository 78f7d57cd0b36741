"""How the duckdb engine runs a job: the way it takes, its workers, its spills, its part files, its progress."""

import bz2
import contextlib
import gzip
import io
import json
import logging
import os
import pty
import random
import re
import subprocess
import sys
import tempfile
import termios
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow
import pytest
from mrjob.protocol import JSONValueProtocol

import bigdata
from bigdata import Distinct, Job, MRStep, Sum, columnar
from bigdata.engines.duckdb import way_of
from bigdata.engines.duckdb.progress import progress
from bigdata.engines.duckdb.shuffle import sorted_pairs
from bigdata.engines.spills import BytePair, Run, grouped, size_of, write_run
from bigdata.errors import InputNotFound

ROOT = Path(__file__).parent.parent
TEXT = b"the quick brown fox\njumps over the lazy dog\nthe dog sleeps\n"
COUNTS = Counter(TEXT.decode().split())
#: the least that --memory-limit takes for a job without workers
LEAST = "234MiB"


class Columnar(Job):
    aggregator = Sum()

    @columnar("SELECT unnest(string_split(line, ' ')) AS key, 1 AS value FROM input")
    def mapper(self, _, line):
        for word in line.split(" "):
            yield word, 1


class ColumnarMap(Job):
    @columnar("SELECT length(line) AS key, line AS value FROM input")
    def mapper(self, _, line):
        yield len(line), line


class Folded(Job):
    aggregator = Sum()

    def mapper(self, _, line):
        for word in line.split():
            yield word, 1


class Sorted(Job):
    def mapper(self, _, line):
        for word in line.split():
            yield word, 1

    def reducer(self, word, ones):
        yield word, sum(ones)


class Combined(Sorted):
    def combiner(self, word, ones):
        yield word, sum(ones)


class MapOnly(Job):
    def mapper(self, _, line):
        yield len(line), line


class FoldedDistinct(Folded):
    aggregator = Distinct()


class ManyKinds(Job):
    """Keys of every kind that JSON has, values in the order of their emission."""

    def mapper(self, _, line):
        number = int(line)
        for key in (str(number), number, number / 7, number % 2 == 0, None, [number], f"é{number}", f"a\t{number}"):
            yield key, number

    def reducer(self, key, numbers):
        yield key, list(numbers)


class SortedValues(Job):
    SORT_VALUES = True

    def mapper(self, _, line):
        number = int(line)
        yield number % 7, -number

    def reducer(self, key, numbers):
        yield key, list(numbers)


class TwoSteps(Sorted):
    def steps(self):
        return [MRStep(mapper=self.mapper, reducer=self.reducer), MRStep(mapper=self.swap, reducer=self.reducer)]

    def swap(self, word, count):
        yield count, 1


@pytest.fixture
def text(tmp_path) -> str:
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT)
    return str(path)


@pytest.fixture
def numbers(tmp_path) -> str:
    """Some three megabytes of numbers, which are several splits."""
    path = tmp_path / "numbers.txt"
    path.write_bytes(b"".join(b"%0600d\n" % number for number in range(5_000)))
    return str(path)


@pytest.fixture
def own_tmp(tmp_path, monkeypatch) -> Path:
    """The directory for temporary files, empty."""
    path = tmp_path / "tmp"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


def python(*command: str, cwd: Path, **keywords) -> subprocess.CompletedProcess:
    """Run Python in a process of its own, which must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60, **keywords
    )
    assert done.returncode == 0, done.stderr
    return done


def parts(directory: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(directory.glob("part-*"))]


# ways

WAYS = [
    (Columnar, "columnar", "the mapper has a columnar twin and Sum has a SQL form"),
    (ColumnarMap, "columnar", "the mapper has a columnar twin and it has no reducer"),
    (Folded, "folded", "its mapper has no columnar twin; Sum folds pairs as they are emitted"),
    (Sorted, "sorted", "its reducer is Python"),
    (MapOnly, "map-only", "its mapper has no columnar twin; it has no reducer"),
]


@pytest.mark.parametrize(("job", "way", "why"), WAYS)
def test_way_and_its_reason(job, way, why, text):
    (stage,) = job([]).plan().stages
    assert (way_of(stage).name, way_of(stage).why) == (way, why)
    with bigdata.run(job, text) as result:
        (report,) = result.stages
        assert (report.way, report.why) == (way, why)


class NoLines(Columnar):
    INPUT_PROTOCOL = JSONValueProtocol


class WithInit(Columnar):
    def mapper_init(self):
        pass


class WithFilter(Columnar):
    def mapper_pre_filter(self):
        return "cat"


class NoSQLForm(Columnar):
    class Longest(bigdata.Aggregator):
        def merge(self, a, b):
            return max(a, b)

    aggregator = Longest()


@pytest.mark.parametrize(
    ("job", "why"),
    [
        (NoLines, "its input protocol gives no lines of text"),
        (WithInit, "its map is more than a mapper function"),
        (WithFilter, "its map is more than a mapper function"),
        (NoSQLForm, "Longest has no SQL form"),
    ],
)
def test_what_keeps_a_twin_from_being_used(job, why):
    (stage,) = job([]).plan().stages
    assert way_of(stage).name == "folded"
    assert way_of(stage).why.startswith(why)


def test_records_that_are_watched_go_through_the_mapper(text):
    with bigdata.run(Columnar, text, on_error="skip") as result:
        assert dict(result) == COUNTS
        assert (result.stages[0].way, result.stages[0].why[:21]) == ("folded", "--on-error skip watch")


@pytest.mark.parametrize(("job", "way", "why"), WAYS)
def test_explain_says_how_and_runs_nothing(job, way, why, text, tmp_path, own_tmp, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["job.py", "--no-conf", "-q", "--explain", "-o", str(tmp_path / "out"), text])
    job.run()
    out = capsys.readouterr().out
    assert f"{job.__name__} on duckdb: 1 input file, {len(TEXT)} bytes" in out
    assert f"stage 0: {way}\n  why: {why}\n" in out
    assert "workers: none" in out
    if way == "columnar":
        assert "  query: SELECT" in out
        assert "  types: key " in out
    else:
        assert "  mapper: mapper (" in out
        assert "test_duckdb_engine.py:" in out
    assert ("aggregator: Sum()" in out) is (way == "folded")
    assert not (tmp_path / "out").exists()
    assert list(own_tmp.iterdir()) == []


def test_report_of_each_stage(text):
    with bigdata.run(TwoSteps, text, workers=2) as result:
        assert dict(result) == Counter(COUNTS.values())
        first, second = result.stages
    assert (first.number, first.way, second.number, second.way) == (0, "sorted", 1, "sorted")
    assert first.tasks == {"map": 1, "reduce": 2}
    assert second.tasks["map"] == 2
    for stage in (first, second):
        assert stage.seconds.keys() == {"map", "reduce"}
        assert all(0 < seconds < 60 for seconds in stage.seconds.values())
    with bigdata.run(Columnar, text) as result:
        assert result.stages[0].seconds.keys() == {"query"}


# workers and part files


@pytest.mark.parametrize("job", [ManyKinds, SortedValues, Combined, Folded, MapOnly])
def test_workers_give_the_same_bytes(job, numbers, tmp_path):
    jobconf = ["-D", "mapreduce.job.reduces=3"]
    for workers in (1, 2):
        output = tmp_path / str(workers)
        with bigdata.run(job, numbers, output=output, args=jobconf, workers=workers) as result:
            tasks = result.stages[0].tasks
    assert tasks["map"] > 1
    alone, together = parts(tmp_path / "1"), parts(tmp_path / "2")
    if job is MapOnly:
        assert (len(alone), len(together)) == (1, tasks["map"])
        assert b"".join(alone) == b"".join(together)
    else:
        assert len(alone) == 3
        assert all(alone)
        assert alone == together


@pytest.mark.parametrize("reduces", [1, 2, 5])
@pytest.mark.parametrize("job", [ManyKinds, Columnar, Folded])
def test_parts_are_as_many_as_reducers_and_sorted(job, reduces, tmp_path):
    lines = list(range(400))
    random.Random(5).shuffle(lines)
    (tmp_path / "in.txt").write_text("".join(f"{line}\n" for line in lines))
    jobconf = ["-D", f"mapreduce.job.reduces={reduces}"]
    bigdata.run(job, tmp_path / "in.txt", output=tmp_path / "out", args=jobconf).close()
    names = sorted(os.listdir(tmp_path / "out"))
    assert names == ["_SUCCESS", *(f"part-{number:05d}" for number in range(reduces))]
    seen = set()
    for part in parts(tmp_path / "out"):
        keys = [line.partition(b"\t")[0] for line in part.splitlines()]
        assert keys
        assert keys == sorted(keys)
        assert seen.isdisjoint(keys)
        seen.update(keys)
    assert len(seen) == (6 * 400 + 3 if job is ManyKinds else 400)


def test_output_shows_itself_at_the_end_and_all_at_once(text, tmp_path, monkeypatch):
    output = tmp_path / "out"
    monkeypatch.setenv("OUTPUT", str(output))

    class Looks(Sorted):
        def mapper(self, _, line):
            yield "map", os.path.exists(os.environ["OUTPUT"])

        def reducer(self, key, seen):
            yield key, [*seen, os.path.exists(os.environ["OUTPUT"])]

    with bigdata.run(Looks, text, output=output) as result:
        assert dict(result) == {"map": [False] * 4}
    success = (output / "_SUCCESS").stat()
    assert success.st_size == 0
    assert all(success.st_mtime_ns >= path.stat().st_mtime_ns for path in output.glob("part-*"))


def test_configuration_file_sets_the_workers(text, tmp_path):
    conf = tmp_path / "mrjob.conf"
    conf.write_text(json.dumps({"runners": {"duckdb": {"workers": 2}}}))
    job = Sorted(["-c", str(conf), "-o", str(tmp_path / "out"), text])
    with job.make_runner() as runner:
        runner.run()
        assert runner.result.stages[0].tasks["reduce"] == 2
    assert len(parts(tmp_path / "out")) == 2


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
from bigdata import Job, Sum

class Folded(Job):
    aggregator = Sum()
    def mapper(self, _, line):
        for word in line.split():
            yield word, 1

class Sorted(Job):
    def mapper(self, _, line):
        for word in line.split():
            yield word, 1
    def combiner(self, word, ones):
        yield word, sum(ones)
    def reducer(self, word, ones):
        yield word, sum(ones)

if __name__ == "__main__":
    workers = int(sys.argv[2]) if sys.argv[2:] else None
    for job in (Sorted,) if workers else (Folded, Sorted):
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


# inputs


def zstd(data: bytes) -> bytes:
    sink = pyarrow.BufferOutputStream()
    with pyarrow.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(("job", "workers"), [(Columnar, 1), (Folded, 1), (Sorted, 1), (Sorted, 2)])
def test_inputs_of_every_kind(job, workers, tmp_path, monkeypatch):
    books = tmp_path / "books"
    (books / "more" / "deep").mkdir(parents=True)
    (books / "_hidden").mkdir()
    for path, data in {
        "books/plain.txt": TEXT,
        "books/more/a.gz": gzip.compress(TEXT),
        "books/more/b.bz2": bz2.compress(TEXT),
        "books/more/deep/c.zst": zstd(TEXT),
        "books/_SUCCESS": b"never",
        "books/.crc": b"never",
        "books/_hidden/d.txt": b"never",
        "one.txt": TEXT.replace(b"\n", b"\r\n"),
        "two.txt": TEXT.rstrip(b"\n"),
        "three.log": b"never",
    }.items():
        (tmp_path / path).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    with bigdata.run(job, ["books", "*.txt", f"file://{tmp_path}/one.txt"], workers=workers) as result:
        assert dict(result) == {word: 7 * count for word, count in COUNTS.items()}


def test_members_of_a_gzip_file(tmp_path):
    (tmp_path / "two.gz").write_bytes(gzip.compress(TEXT) + gzip.compress(TEXT))
    with bigdata.run(Sorted, tmp_path / "two.gz") as result:
        assert dict(result) == {word: 2 * count for word, count in COUNTS.items()}


def test_standard_input_beside_a_file(text):
    job = Sorted(["--no-conf", text, "-"]).sandbox(stdin=io.BytesIO(TEXT))
    with job.make_runner() as runner:
        runner.run()
        assert dict(job.parse_output(runner.cat_output())) == {word: 2 * count for word, count in COUNTS.items()}


def test_glob_that_matches_nothing_beside_one_that_does(text, tmp_path):
    with pytest.raises(InputNotFound, match=r"none\*"):
        bigdata.run(Sorted, [text, tmp_path / "none*"])


# spills


def emitted(count: int) -> list[BytePair]:
    """Pairs with keys of uneven length and frequency, some without a value."""
    chance = random.Random(7)
    return [
        (b"%d" % chance.randrange(count // 4) * chance.randrange(1, 30), chance.choice([None, b"", b"%d" % number]))
        for number in range(count)
    ]


def runs_of(pairs: Sequence[BytePair], directory: Path) -> list[Run]:
    """The pairs as spills: most in files, the last in memory."""
    size = len(pairs) // 4
    runs = []
    for start in range(0, len(pairs), size):
        groups = grouped(pairs[start : start + size])
        if start + size < len(pairs):
            path = directory / f"run-{start}"
            write_run(str(path), groups)
            runs.append(Run(size_of(groups), str(path)))
        else:
            runs.append(Run(size_of(groups), groups=groups))
    return runs


@pytest.mark.parametrize(
    ("count", "budget", "sort_values"),
    [
        (2_000, 1 << 16, False),
        (20_000, 1 << 20, True),
        pytest.param(150_000, 24 << 20, True, marks=pytest.mark.slow),
        pytest.param(150_000, 32 << 20, False, marks=pytest.mark.slow),
    ],
)
def test_sort_out_of_core_equals_sort_in_memory(count, budget, sort_values, tmp_path):
    pairs = emitted(count)
    runs = runs_of(pairs, tmp_path)
    law = sorted(pairs, key=lambda pair: (pair[0], pair[1] or b"") if sort_values else pair[0])
    spill = tmp_path / "spill"
    assert list(sorted_pairs(runs, 1 << 40, sort_values, str(spill))) == law
    assert not spill.exists()
    stream = sorted_pairs(runs, budget, sort_values, str(spill))
    first = next(stream)
    assert any(spill.iterdir())
    assert [first, *stream] == law


@pytest.mark.parametrize("job", [Folded, Combined])
def test_more_keys_than_fit(job, tmp_path, own_tmp):
    chance = random.Random(11)
    words = [f"{chance.randrange(100_000):x}" for _ in range(100_000)]
    (tmp_path / "in.txt").write_text("\n".join(words))
    with bigdata.run(job, tmp_path / "in.txt", memory_limit=LEAST) as result:
        assert dict(result) == Counter(words)
    assert list(own_tmp.iterdir()) == []


GROUP = """\
import re, sys
import bigdata
from bigdata import Job

class OneGroup(Job):
    def mapper(self, _, line):
        for number in range(1000):
            yield "all", line
    def reducer(self, key, lines):
        count = 0
        for line in lines:
            count += 1
        yield key, count

with bigdata.run(OneGroup, sys.argv[1], memory_limit=sys.argv[2]) as result:
    # not ru_maxrss, which remembers what the process was before it became this program
    print(dict(result), re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""


def test_group_that_does_not_fit_is_streamed(tmp_path):
    (tmp_path / "in.txt").write_text("\n".join("x" * 200 for _ in range(300)))
    (tmp_path / "group.py").write_text(GROUP)
    out = python("group.py", str(tmp_path / "in.txt"), LEAST, cwd=tmp_path).stdout
    count, peak = out.rsplit(" ", 1)
    assert count == "{'all': 300000}"
    assert int(peak) >> 10 < 234


def test_temporary_files_go(text, own_tmp, tmp_path):
    for options in ({}, {"workers": 2}, {"output": tmp_path / "out"}):
        result = bigdata.run(Sorted, text, **options)
        assert dict(result) == COUNTS
        result.close()
        assert list(own_tmp.iterdir()) == []
    assert len(list(own_tmp.parent.iterdir())) == 3, "text, tmp and out"


# progress


def test_progress_in_a_log_is_a_line_now_and_then(monkeypatch, caplog):
    monkeypatch.setattr(sys.modules[progress.__module__], "_LOG_EVERY", 0)
    with caplog.at_level(logging.INFO), progress("Job stage 0 map", 200) as advance:
        advance(50)
        advance(100)
    assert caplog.messages == ["Job stage 0 map: 25%", "Job stage 0 map: 75%"]


def test_quick_job_says_how_it_ran_and_no_more(text, tmp_path):
    (tmp_path / "job.py").write_text(FRUGAL.partition("if __name__")[0] + "Sorted.run()\n")
    done = python("job.py", "--no-conf", text, cwd=tmp_path)
    assert re.fullmatch(r"Sorted stage 0: sorted in \d\.\d s\n", done.stderr)
    assert len(done.stdout.splitlines()) == len(COUNTS)
    assert python("job.py", "--no-conf", "-q", text, cwd=tmp_path).stderr == ""


SLOW = """\
import time
from bigdata import Job

class Slow(Job):
    def mapper(self, _, line):
        time.sleep(0.4)
        yield line, 1

Slow.run()
"""


def test_progress_on_a_terminal_is_a_bar(tmp_path):
    (tmp_path / "job.py").write_text(SLOW)
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(f"{name}\n")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    command = [sys.executable, "job.py", "--no-conf", *(f"{name}.txt" for name in "abcd")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs, timeout=60)
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # how the end of a terminal looks
        while chunk := os.read(ours, 1 << 16):
            shown += chunk
    os.close(ours)
    assert done.stdout == b'"a"\t1\n"b"\t1\n"c"\t1\n"d"\t1\n'
    assert b"Slow stage 0 map:" in shown
    assert b"75%" in shown
