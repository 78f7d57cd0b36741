"""Jobs that run in rounds."""

import os

import pytest
from mrjob.protocol import JSONProtocol, RawValueProtocol

from bigdata import IterativeJob, Job, MRStep
from tests.engines.test_conformance import DUCKDB, DUCKDB_WORKERS, SPARK

INLINE = pytest.param(["-r", "inline"], id="inline")
ENGINES = pytest.mark.parametrize("switches", [INLINE, DUCKDB, DUCKDB_WORKERS, SPARK])
NUMBERS = {"a": 9, "b": 1, "c": 33}  # halved, in rounds: 4 1 16, 2 1 8, 1 1 4, 1 1 2, 1 1 1


class Halve(IterativeJob):
    """Halves numbers until all are 1, and counts those that it changes."""

    OUTPUT_PROTOCOL = RawValueProtocol

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--trap", default="", help="A file: while it is there, a 4 raises")

    def start_steps(self):
        return [MRStep(mapper=self.number)]

    def number(self, _, line):
        name, number = line.split()
        yield name, int(number)

    def round_steps(self):
        return [MRStep(mapper=self.halve, reducer=self.only)]

    def halve(self, name, number):
        if number == 4 and os.path.exists(self.options.trap):
            raise RuntimeError("trapped")
        yield name, max(number // 2, 1)
        if number > 1:
            self.increment_counter("halve", "changed")

    def only(self, name, numbers):
        yield name, next(numbers)

    def converged(self, result):
        return "halve" not in result.counters[0]

    def finish_steps(self):
        return [MRStep(mapper=self.line)]

    def line(self, name, number):
        yield None, f"{name} {number}"


class HalvePairs(Job):
    """The same as a plain job, from JSON to JSON."""

    INPUT_PROTOCOL = JSONProtocol

    def mapper(self, name, number):
        if number > 1:
            self.increment_counter("halve", "changed")
        yield name, max(number // 2, 1)


def lines(result):
    return sorted(line for _, line in result)


ONES = ["a 1", "b 1", "c 1"]


class Twice(Halve):
    ROUNDS = 2
