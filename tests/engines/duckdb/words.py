"""Word counts that take each of the engine's ways."""

from collections import Counter

from bigdata import Job, Sum, columnar

TEXT = b"the quick brown fox\njumps over the lazy dog\nthe dog sleeps\n"
COUNTS = Counter(TEXT.decode().split())


class Words(Job):
    def mapper(self, _, line):
        for word in line.split(" "):
            yield word, 1


class Folded(Words):
    aggregator = Sum()


class Columnar(Folded):
    @columnar("SELECT unnest(string_split(line, ' ')) AS key, 1 AS value FROM input")
    def mapper(self, _, line):
        yield from super().mapper(_, line)


class Sorted(Words):
    def reducer(self, word, ones):
        yield word, sum(ones)


class Combined(Sorted):
    def combiner(self, word, ones):
        yield word, sum(ones)


class MapOnly(Job):
    def mapper(self, _, line):
        yield len(line), line


class ColumnarMap(Job):
    @columnar("SELECT length(line) AS key, line AS value FROM input")
    def mapper(self, _, line):
        yield len(line), line
