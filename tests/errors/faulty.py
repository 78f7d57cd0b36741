"""Jobs that go wrong as asked for."""

from mrjob.protocol import JSONValueProtocol

from bigdata import Job, Sum, columnar


class LineLengths(Job):
    def mapper(self, _, line):
        yield len(line), 1

    def reducer(self, length, ones):
        yield length, sum(ones)


class LengthsOfJson(LineLengths):
    INPUT_PROTOCOL = JSONValueProtocol

    def mapper(self, _, record):
        self.increment_counter("records", "mapped")
        yield len(record), 1


class Numbers(Job):
    """Raises on a line that is no number, for which it has counted and yielded something by then."""

    aggregator = Sum()

    def mapper(self, _, line):
        yield "sum", 0
        yield "sum", int(line)


def raises():
    raise LookupError("nobody home")


def raises_late():
    yield "a", 1
    raise LookupError("nobody home")


FAULTS = {
    "int": lambda: iter([5]),
    "word": lambda: iter(["the"]),
    "triple": lambda: iter([("a", 1, 2)]),
    "none": lambda: iter([None]),
    "returned int": lambda: 7,
    "unwritable value": lambda: iter([("a", {1})]),
    "unwritable key": lambda: iter([({1}, "a")]),
    "raises": raises,
    "raises late": raises_late,
}


class Faulty(Job):
    """Does what ``--fault`` names in the phase that ``--in`` names."""

    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--fault", choices=FAULTS, default="raises")
        self.add_passthru_arg("--in", dest="phase", default="mapper")

    def act(self, phase, pairs):
        return FAULTS[self.options.fault]() if self.options.phase == phase else pairs

    def mapper_init(self):
        return self.act("mapper_init", None)

    def mapper(self, _, line):
        return self.act("mapper", [(line, 1)])

    def mapper_final(self):
        return self.act("mapper_final", None)

    def combiner_init(self):
        return self.act("combiner_init", None)

    def combiner(self, key, values):
        return self.act("combiner", [(key, sum(values))])

    def combiner_final(self):
        return self.act("combiner_final", None)

    def reducer_init(self):
        return self.act("reducer_init", None)

    def reducer(self, key, values):
        return self.act("reducer", [(key, sum(values))])

    def reducer_final(self):
        return self.act("reducer_final", None)


class TwinThatStumbles(Job):
    aggregator = Sum()

    @columnar("SELECT 'sum' AS key, line::BIGINT AS value FROM input")
    def mapper(self, _, line):
        yield "sum", int(line)


class MapThatStumbles(Job):
    @columnar("SELECT NULL AS key, line::BIGINT AS value FROM input")
    def mapper(self, _, line):
        yield None, int(line)


class TwinThatReadsTwice(Job):
    @columnar("SELECT line AS key, 1 AS value FROM input UNION ALL SELECT line, 2 FROM input")
    def mapper(self, _, line):
        yield line, 1
        yield line, 2


SCRIPT = """\
from bigdata import Job


class Lengths(Job):
    def mapper(self, _, line):
        yield from self.measure(line)

    def measure(self, line):
        yield len(line), 1 / (line != "the end")

    def reducer(self, length, ones):
        yield length, sum(ones)


if __name__ == "__main__":
    Lengths.run()
"""
