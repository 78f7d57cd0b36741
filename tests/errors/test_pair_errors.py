"""Pairs that are none, and pairs and records that a protocol can't write or read."""

import gzip

import pytest

from bigdata import Aggregator, Job, MRStep, Sum
from bigdata.errors import BadPair, DecodeError, EncodeError

from .faulty import Faulty, LengthsOfJson, LineLengths
from .shell import assert_refused

NO_PAIR = {
    "int": "got 5",
    "word": "got 'the'",
    "triple": "got ('a', 1, 2)",
    "none": "got None",
    "returned int": "got 7",
}


class FaultyMapOnly(Faulty):
    def steps(self):
        return [MRStep(mapper_init=self.mapper_init, mapper=self.mapper, mapper_final=self.mapper_final)]


class FaultyFold(Faulty):
    def steps(self):
        functions = {"mapper_init": self.mapper_init, "mapper": self.mapper, "mapper_final": self.mapper_final}
        return [MRStep(aggregator=Sum(), **functions)]


class UnwritableState(Job):
    class Together(Aggregator):
        def prepare(self, value):
            return {value}

        def merge(self, a, b):
            return a | b

    aggregator = Together()

    def mapper(self, _, line):
        yield "lines", line


@pytest.mark.parametrize("fault", NO_PAIR)
@pytest.mark.parametrize("phase", ["mapper", "combiner", "reducer"])
def test_phase_yields_no_pair(shell, phase, fault):
    words = ["-o", "out", "--in", phase, "--fault", fault, "in.txt"]
    line = Faulty.__dict__[phase].__code__.co_firstlineno
    place = f"Faulty stage 0: {phase} ("
    message = assert_refused(shell, Faulty, words, BadPair, place, "must yield (key, value)", NO_PAIR[fault])
    assert f"faulty.py:{line})" in message
    assert ("in.txt, line 1." in message) is (phase == "mapper")


@pytest.mark.parametrize("edge", ["init", "final"])
@pytest.mark.parametrize("role", ["mapper", "combiner", "reducer"])
def test_init_or_final_yields_no_pair(shell, role, edge):
    phase = f"{role}_{edge}"
    words = ["-o", "out", "--in", phase, "--fault", "word", "in.txt"]
    line = Faulty.__dict__[phase].__code__.co_firstlineno
    message = assert_refused(shell, Faulty, words, BadPair, f"Faulty stage 0: {phase} (", "must yield", "got 'the'")
    assert f"faulty.py:{line})" in message


@pytest.mark.parametrize("job", [FaultyMapOnly, FaultyFold], ids=["map-only", "folded"])
@pytest.mark.parametrize("fault", NO_PAIR)
def test_mapper_yields_no_pair_on_every_way(shell, job, fault):
    words = ["-o", "out", "--fault", fault, "in.txt"]
    assert_refused(shell, job, words, BadPair, f"{job.__name__} stage 0: mapper", NO_PAIR[fault], "in.txt, line 1")


@pytest.mark.parametrize("job", [Faulty, FaultyMapOnly], ids=["sorted", "map-only"])
def test_mapper_yields_what_its_protocol_cannot_write(shell, job):
    words = ["-o", "out", "--fault", "unwritable value", "in.txt"]
    assert_refused(shell, job, words, EncodeError, "stage 0", "'a', {1}", "set", "in.txt, line 1", "another protocol")


@pytest.mark.parametrize("job", [Faulty, FaultyMapOnly, FaultyFold], ids=["sorted", "map-only", "folded"])
def test_mapper_yields_a_key_that_its_protocol_cannot_write(shell, job):
    words = ["-o", "out", "--fault", "unwritable key", "in.txt"]
    assert_refused(shell, job, words, EncodeError, "stage 0", "{1}", "set", "in.txt, line 1")


@pytest.mark.parametrize("phase", ["combiner", "reducer", "mapper_final", "reducer_final"])
def test_other_phase_yields_what_its_protocol_cannot_write(shell, phase):
    words = ["-o", "out", "--in", phase, "--fault", "unwritable value", "in.txt"]
    assert_refused(shell, Faulty, words, EncodeError, "stage 0", "'a', {1}", "set")


def test_state_that_json_cannot_write(shell):
    words = ["-o", "out", "in.txt"]
    assert_refused(shell, UnwritableState, words, EncodeError, "UnwritableState stage 0", "'lines'", "{'the", "set")


@pytest.mark.parametrize("name", ["records.json", "records.json.gz"])
def test_record_that_the_input_protocol_cannot_read(shell, name):
    text = b'"fine"\r\n"fine too"\r\n{broken\r\n"fine"\r\n'
    shell.write(name, gzip.compress(text) if name.endswith(".gz") else text)
    words = ["-o", "out", name]
    assert_refused(shell, LengthsOfJson, words, DecodeError, "JSONValueProtocol", "{broken", f"{name}, line 3.")


def test_pair_that_the_next_step_cannot_read(shell):
    class Disagrees(LineLengths):
        def internal_protocol(self):
            protocol = super().internal_protocol()
            protocol.read = self.refuse
            return protocol

        def refuse(self, line):
            raise ValueError("illegible")

    assert_refused(shell, Disagrees, ["in.txt"], DecodeError, "Disagrees stage 0", "illegible")
