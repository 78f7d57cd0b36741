"""Spills: what does not fit in memory is sorted and grouped on disk, and then gone."""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

import bigdata
from bigdata.codecs import BytePair, flat
from bigdata.engines.duckdb.shuffle import sorted_groups
from bigdata.engines.spills import Run, grouped, size_of, write_run

from .process import python
from .words import COUNTS, Combined, Folded, Sorted

#: the least that --memory-limit takes for a job without workers
LEAST = "234MiB"


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
    assert list(flat(sorted_groups(runs, 1 << 40, sort_values, str(spill)))) == law
    assert not spill.exists()
    stream = flat(sorted_groups(runs, budget, sort_values, str(spill)))
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
