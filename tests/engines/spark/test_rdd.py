"""Jobs as RDDs: combiners, the order and places of keys, where mrjob's Spark runner is wrong."""

import json
import os
from collections import Counter

from mrjob.protocol import RawProtocol

from bigdata import Count, Job
from bigdata.partitioners import java_hash

from .conftest import MARKS, WORDS

pytestmark = MARKS


class WordsByHand(Job):
    """Word count with a combiner that counts in memory and emits all at its end, a mark of its own among it."""

    def mapper(self, _, line):
        for word in line.split():
            yield word, 1

    def combiner_init(self):
        self.increment_counter("combiner", "began")
        self.counts = Counter()

    def combiner(self, word, counts):
        self.counts[word] += sum(counts)

    def combiner_final(self):
        yield from self.counts.items()
        yield "(combiners)", 1

    def reducer(self, word, counts):
        yield word, sum(counts)


def test_combiner_runs_once_a_task_and_its_final_may_emit_another_key(run):
    result = run(WordsByHand, {f"{number}.txt": "\n".join(WORDS).encode() for number in range(3)})
    once = Counter(word for line in WORDS for word in line.split())
    assert dict(result) == {"(combiners)": 3, **{word: 3 * count for word, count in once.items()}}
    assert result.counters == [{"combiner": {"began": 3}}]
    assert result.stages[0].tasks == {"map": 3, "reduce": 2}


def test_small_buffers_change_nothing_but_the_number_of_combiners(run, monkeypatch):
    monkeypatch.setattr("bigdata.engines.spark._BUDGET", 4000)
    counts = dict(run(WordsByHand, [f"{number % 97} {number}" for number in range(500)]))
    combiners = counts.pop("(combiners)")
    assert combiners > 3
    assert counts == Counter(word for number in range(500) for word in (str(number % 97), str(number)))


class SortedValues(Job):
    SORT_VALUES = True
    INTERNAL_PROTOCOL = RawProtocol
    JOBCONF = {"mapreduce.job.reduces": 3}

    def mapper(self, _, line):
        for number, word in enumerate(line.split()):
            yield word, f"{number:03d}" * (1 + number % 3)

    def reducer_init(self):
        self.keys = []

    def reducer(self, word, values):
        assert iter(values) is values, "values are streamed"
        self.keys.append(word)
        values = list(values)
        assert values == sorted(values)
        yield word, len(values)

    def reducer_final(self):
        yield "(keys)", self.keys


def test_keys_are_placed_as_hadoop_places_them_and_sorted_with_their_values(run, tmp_path):
    lines = ["b ab é Z 10 9 a\uffff 😀 a aa"] * 30
    run(SortedValues, lines, output=tmp_path / "out").close()
    parts = sorted((tmp_path / "out").glob("part-*"))
    assert [part.name for part in parts] == ["part-00000", "part-00001", "part-00002"]
    seen = 0
    for number, part in enumerate(parts):
        pairs = [[json.loads(field) for field in line.split("\t")] for line in part.read_text().splitlines()]
        *counts, (_, keys) = pairs
        assert all(count == 30 for _, count in counts)
        assert [key.encode() for key in keys] == sorted(key.encode() for key in keys)
        assert all((java_hash(key.encode(), 0) & 0x7FFFFFFF) % 3 == number for key in keys if key.isascii())
        seen += len(keys)
    assert seen == 10


class InputFiles(Job):
    def mapper(self, _, line):
        yield os.path.basename(os.environ["mapreduce_map_input_file"]), 1

    def reducer(self, path, ones):
        yield path, sum(ones)


def test_tasks_know_their_input_file(run):
    assert dict(run(InputFiles, {"a.txt": b"1\n2\n", "b.txt": b"3\n"})) == {"a.txt": 2, "b.txt": 1}


class OneOfThree(Job):
    aggregator = Count()

    def mapper(self, _, line):
        yield from ((1, 0), (1.0, 0), (True, 0))


def test_keys_are_told_apart_by_their_bytes(run):
    assert sorted(map(repr, run(OneOfThree, ["x", "y"]))) == ["(1, 2)", "(1.0, 2)", "(True, 2)"]
