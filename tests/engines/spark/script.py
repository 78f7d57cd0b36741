"""A job as a script of its own: what it needs on executors travels with it, and its first attempts fail."""

import json
import os
import sys
from pathlib import Path

from mrjob.protocol import PickleProtocol

from bigdata import Aggregator, Job, MRStep


class Pair:
    """A value that only pickle carries, and that names ``__main__`` when it does."""

    def __init__(self, shortest, longest):
        self.shortest, self.longest = shortest, longest


class Extremes(Aggregator):
    def prepare(self, value):
        return [value, value]

    def merge(self, a, b):
        return [min(a[0], b[0]), max(a[1], b[1])]


class LengthsByLetter(Job):
    """The lengths of the shortest and the longest word by first letter, then by parity of the difference."""

    INTERNAL_PROTOCOL = PickleProtocol

    def steps(self):
        return [
            MRStep(mapper_init=self.read_lists, mapper=self.lengths, aggregator=Extremes()),
            MRStep(mapper=self.differences, combiner=self.together, reducer=self.ranges),
        ]

    def fail_at_first(self):
        if os.environ["mapreduce_task_attempt_id"].endswith("_0"):
            raise RuntimeError("the first attempt")

    def read_lists(self):
        self.stop = {*Path("stop.txt").read_text().split(), *Path("lists/more.txt").read_text().split()}

    def lengths(self, _, line):
        self.increment_counter("map", "lines")
        for word in line.split():
            if word not in self.stop:
                yield word[0], len(word)
        self.fail_at_first()

    def differences(self, letter, extremes):
        yield (extremes[1] - extremes[0]) % 2, Pair(*extremes)

    def together(self, parity, pairs):
        pairs = list(pairs)
        yield parity, Pair(min(pair.shortest for pair in pairs), max(pair.longest for pair in pairs))

    def ranges(self, parity, pairs):
        self.increment_counter("reduce", "groups")
        for _, pair in self.together(parity, pairs):
            yield parity, [pair.shortest, pair.longest]
        self.fail_at_first()


if __name__ == "__main__":
    job = LengthsByLetter(sys.argv[2:])
    with job.make_runner() as runner:
        runner.run()
        Path(sys.argv[1]).write_text(json.dumps(runner.counters()))
