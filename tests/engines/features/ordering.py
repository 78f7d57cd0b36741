"""Jobs that depend on the order of keys and values, on the partitioner, or on the number of reduce tasks."""

import json
import os
from itertools import groupby

from mrjob.protocol import TextProtocol

from bigdata import Descending, Job, MRStep, OrderedProtocol


class SecondarySort(Job):
    """Values come in the order of their encoded bytes, so 10 before 9."""

    SORT_VALUES = True

    def mapper(self, _, line):
        key, *values = line.split()
        for value in values:
            yield key, int(value) if value.isdigit() else value

    def reducer(self, key, values):
        yield key, list(values)


class SecondarySortByOption(SecondarySort):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--sorted", action="store_true")

    def sort_values(self):
        return self.options.sorted

    def reducer(self, key, values):
        yield key, list(values) if self.options.sorted else sorted(map(str, values))


class Shares(Job):
    """The total sorts before the counts, so each share is known in one pass over the values."""

    SORT_VALUES = True

    def mapper(self, _, line):
        for word in line.split():
            yield word[0], ["A total", "", 1]
            yield word[0], ["B word", word, 1]

    def combiner(self, letter, values):
        for (kind, word), same in groupby(values, lambda value: value[:2]):
            yield letter, [kind, word, sum(value[2] for value in same)]

    def reducer(self, letter, values):
        total = 0
        for (kind, word), same in groupby(values, lambda value: value[:2]):
            count = sum(value[2] for value in same)
            if kind == "A total":
                total = count
            else:
                yield [letter, word], [count, total]


class TypedOrder(Job):
    """All keys, and the values of each, in the order of OrderedProtocol: the greatest first."""

    INTERNAL_PROTOCOL = OrderedProtocol
    SORT_VALUES = True

    def steps(self):
        return [
            MRStep(mapper=self.pair, combiner=self.pass_on, reducer=self.collect),
            MRStep(reducer=self.show),
        ]

    def pair(self, _, line):
        key, value = json.loads(line)
        yield key, Descending(value)

    def pass_on(self, key, values):
        for value in values:
            yield key, value

    def collect(self, key, values):
        yield None, [Descending(key), [value.value for value in values]]

    def show(self, _, groups):
        yield None, [[key.value, values] for key, values in groups]


class SortedKeys(Job):
    """Within a reduce task, keys come in the order of their bytes."""

    INTERNAL_PROTOCOL = TextProtocol

    def mapper(self, _, line):
        for word in line.split():
            yield word, "1"

    def reducer_init(self):
        self.last = b""

    def reducer(self, word, ones):
        yield word, self.last < word.encode()
        self.last = word.encode()


class CountsReduceTasks(Job):
    """Each reduce task counts itself, also one that gets no key."""

    def mapper(self, _, line):
        for word in line.split():
            yield word, 1

    def reducer_init(self):
        self.increment_counter("tasks", "reduce")

    def reducer(self, word, counts):
        yield word, sum(counts)


class ThreeReduceTasks(CountsReduceTasks):
    JOBCONF = {"mapreduce.job.reduces": 3}


class ReduceTasksByMethod(CountsReduceTasks):
    def jobconf(self):
        return {"mapreduce.job.reduces": "4"}


class ReduceTasksOfSteps(CountsReduceTasks):
    def steps(self):
        def step(reduces, **phases):
            return MRStep(
                reducer_init=self.reducer_init,
                reducer=self.reducer,
                jobconf={"mapreduce.job.reduces": reduces},
                **phases,
            )

        return [step(3, mapper=self.mapper), step(1), step(2)]


class ShowsPartitions(Job):
    """Emits, for each reduce task, what keys it got."""

    INTERNAL_PROTOCOL = TextProtocol

    def mapper(self, _, line):
        for word in line.split():
            yield word, ""

    def reducer_init(self):
        self.words = []

    def reducer(self, word, values):
        self.words.append(word)

    def reducer_final(self):
        yield None, sorted(self.words)


class HashPartitioned(ShowsPartitions):
    PARTITIONER = "org.apache.hadoop.mapred.lib.HashPartitioner"
    JOBCONF = {"mapreduce.job.reduces": 3}


class KeyFieldPartitioned(ShowsPartitions):
    """Keys that share their first field meet in one reduce task."""

    JOBCONF = {
        "mapreduce.job.reduces": 4,
        "mapreduce.map.output.key.field.separator": ".",
        "mapreduce.partition.keypartitioner.options": "-k1,1",
    }

    def partitioner(self):
        return "org.apache.hadoop.mapred.lib.KeyFieldBasedPartitioner"


if __name__ == "__main__":
    # mrjob's local runner starts a task by the path of its file; this one holds several jobs
    globals()[os.environ["JOB"]].run()
