"""Part files: how many, in which order, the same from any number of workers, and all at once."""

import json
import os
import random
from pathlib import Path

import pytest

import bigdata
from bigdata import Job

from .words import Columnar, Combined, Folded, MapOnly, Sorted


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


@pytest.fixture
def numbers(tmp_path) -> str:
    """Some three megabytes of numbers, which are several splits."""
    path = tmp_path / "numbers.txt"
    path.write_bytes(b"".join(b"%0600d\n" % number for number in range(5_000)))
    return str(path)


def parts(directory: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(directory.glob("part-*"))]


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
