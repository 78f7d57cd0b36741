"""Jobs that read, pass on and write with each protocol of mrjob, and with one of their own."""

import mrjob.protocol
from mrjob.protocol import JSONProtocol, PickleProtocol, RawProtocol, RawValueProtocol, ReprProtocol

from bigdata import Job, MRStep

JSON = [("a", 1), ("é 😀", "tab\tnewline\n"), (None, {"x": [1.5, None, True]}), ([1, {"k": "v"}], -(2**70)), ("a", "")]
PYTHON = [("a", (1, "two")), ((1, 2), {3}), (None, b"\x00\xff\t\n"), ("é", {"x": 1 + 2j}), ("a", [None, True])]
TEXT = [("a", "1"), ("é 😀", "tab\tin value"), ("", ""), ("a", "  spaces  ")]
BYTES = [(b"a", b"1"), (b"\xff\xfe", b"\x80\tand tab"), (b"", b""), (b"a", b"\x00")]


def pairs_for(protocol):
    """Pairs that the protocol of this name can carry."""
    if "JSON" in protocol:
        return JSON
    if "Pickle" in protocol or "Repr" in protocol:
        return PYTHON
    return BYTES if "Bytes" in protocol else TEXT


class ProtocolJob(Job):
    """A job whose protocol is named by an option."""

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--protocol")

    def protocol(self):
        return getattr(mrjob.protocol, self.options.protocol)()

    def pairs(self, _, line):
        yield pairs_for(self.options.protocol)[int(line)]

    def show(self, key, value):
        yield repr(key), repr(value)


class InputProtocol(ProtocolJob):
    def input_protocol(self):
        return self.protocol()

    def mapper(self, key, value):
        yield from self.show(key, value)


class InternalProtocol(ProtocolJob):
    """Its pairs cross a shuffle and a border of steps; a Value protocol makes one group of all of them."""

    def internal_protocol(self):
        return self.protocol()

    def steps(self):
        return [MRStep(mapper=self.pairs, reducer=self.ungroup), MRStep(mapper=self.show)]

    def ungroup(self, key, values):
        for value in values:
            yield key, value


class InternalProtocolOfCombiner(InternalProtocol):
    def steps(self):
        return [MRStep(mapper=self.pairs, combiner=self.ungroup, reducer=self.ungroup), MRStep(mapper=self.show)]


class InternalProtocolReadInPart(InternalProtocol):
    """A reducer that leaves most values of a group unread."""

    def ungroup(self, key, values):
        next(values)
        yield key, "called"


class OutputProtocol(ProtocolJob):
    def output_protocol(self):
        return self.protocol()

    def mapper(self, _, line):
        yield from self.pairs(_, line)


class ProtocolAttributes(Job):
    INPUT_PROTOCOL = JSONProtocol
    INTERNAL_PROTOCOL = PickleProtocol
    OUTPUT_PROTOCOL = ReprProtocol

    def mapper(self, key, value):
        yield (key, "tuple"), {value}

    def reducer(self, key, values):
        yield key, set().union(*values)


class ProtocolsOfSteps(Job):
    """Each border between two phases has a protocol of its own."""

    OUTPUT_PROTOCOL = RawProtocol
    BORDERS = (RawValueProtocol, PickleProtocol, ReprProtocol, JSONProtocol, RawProtocol)

    def pick_protocols(self, step_num, step_type):
        place = 2 * step_num + (step_type == "reducer")
        before = place + (step_type == "combiner")
        return self.BORDERS[before]().read, self.BORDERS[place + 1]().write

    def steps(self):
        return [
            MRStep(mapper=self.words, combiner=self.unite, reducer=self.unite),
            MRStep(mapper=self.lists, reducer=self.text),
        ]

    def words(self, _, line):
        for word in line.split():
            yield (len(word),), {word}

    def unite(self, length, words):
        yield length, set().union(*words)

    def lists(self, length, words):
        yield list(length), sorted(words)

    def text(self, length, words):
        for some in words:
            yield str(length[0]), " ".join(some)


class CommaProtocol:
    def read(self, line):
        key, value = line.decode().split(",", 1)
        return key, int(value)

    def write(self, key, value):
        return f"{key},{value}".encode()


class ProtocolOfItsOwn(Job):
    INPUT_PROTOCOL = CommaProtocol
    OUTPUT_PROTOCOL = CommaProtocol

    def mapper(self, key, value):
        yield key, value

    def reducer(self, key, values):
        yield key, sum(values)
