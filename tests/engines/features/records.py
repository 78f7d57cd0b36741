"""Jobs that carry all kinds of lines, keys and values, and groups of many sizes."""

from mrjob.protocol import BytesValueProtocol, JSONValueProtocol

from bigdata import Job


class LineCounts(Job):
    def mapper(self, _, line):
        yield line, 1

    def reducer(self, line, ones):
        yield line, sum(ones)


class LinesAsBytes(Job):
    INPUT_PROTOCOL = BytesValueProtocol

    def mapper(self, _, line):
        yield len(line), list(line)


class KeysOfAllTypes(Job):
    INPUT_PROTOCOL = JSONValueProtocol

    def mapper(self, _, key):
        yield key, 1

    def combiner(self, key, ones):
        yield key, sum(ones)

    def reducer(self, key, ones):
        yield key, sum(ones)


class EqualKeysOfThreeTypes(Job):
    """1, 1.0 and True are equal in Python, but their encoded bytes differ."""

    def mapper(self, _, line):
        for key in (1, 1.0, True):
            yield key, 1

    def reducer(self, key, ones):
        yield key, sum(ones)


class ValuesOfAllTypes(Job):
    INPUT_PROTOCOL = JSONValueProtocol

    def mapper(self, _, value):
        yield type(value).__name__, value

    def reducer(self, name, values):
        for value in values:
            yield name, value


class TuplesBecomeLists(Job):
    def mapper(self, _, line):
        yield (line, (1,)), ("value", (2, None))

    def reducer(self, key, values):
        yield [type(key).__name__, type(key[1]).__name__], sorted(type(value).__name__ for value in values)


class LargeGroup(Job):
    def mapper(self, _, line):
        for number in range(2000):
            yield "everything", number

    def reducer(self, key, numbers):
        count, total = 0, 0
        for number in numbers:
            count += 1
            total += number
        yield key, [count, total]


class ManyGroups(Job):
    def mapper(self, _, line):
        for number in range(1000):
            yield f"key {number * int(line) % 3001}", number

    def reducer(self, key, numbers):
        yield key, sum(numbers)


class FloatSums(Job):
    """Adds floats in whatever order they come, so the last digits are free."""

    def mapper(self, _, line):
        for number in range(1, 500):
            yield number % 7, 1 / (number + len(line))

    def combiner(self, key, values):
        yield key, sum(values)

    def reducer(self, key, values):
        yield key, sum(values)
