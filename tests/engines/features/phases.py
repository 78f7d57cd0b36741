"""One job for each phase of a step: mapper, combiner and reducer, and what runs before and after each.

How many tasks run is an engine's choice, so what _init and _final emit is summed by a later phase.
"""

from collections import Counter

from bigdata import Job, MRStep


class MapperOnly(Job):
    def mapper(self, _, line):
        yield len(line), line


class MapperReducer(Job):
    def mapper(self, _, line):
        for word in line.split():
            yield word, 1

    def reducer(self, word, counts):
        yield word, sum(counts)


class WithCombiner(MapperReducer):
    def combiner(self, word, counts):
        yield word, sum(counts)


class CombinerThatHolds(MapperReducer):
    """Emits everything from combiner_final, so under other keys than that of the last group."""

    def mapper(self, _, line):
        yield "", 1  # sorts before every word: a combiner's output has to stay sorted
        yield from super().mapper(_, line)

    def combiner_init(self):
        self.held = Counter()
        yield "", 0

    def combiner(self, word, counts):
        self.held[word] += sum(counts)

    def combiner_final(self):
        yield from sorted(self.held.items())


class IdentityCombiner(MapperReducer):
    def combiner_init(self):
        yield "a", 0

    def combiner_final(self):
        yield "z", 0

    def mapper(self, _, line):
        yield from [("a", 1), (line, 1), ("z", 1)]


class MapperInitFinal(MapperReducer):
    """Counts in the mapper, which emits nothing before mapper_final."""

    def mapper_init(self):
        self.held = Counter()
        yield "the", 0

    def mapper(self, _, line):
        self.held.update(line.split())

    def mapper_final(self):
        yield from self.held.items()


class MapTaskMarks(Job):
    """Shows each map task: its init and final emit straight to the output."""

    def mapper_init(self):
        self.lines = 0
        yield "began", None

    def mapper(self, _, line):
        self.lines += 1

    def mapper_final(self):
        yield "lines", self.lines


class IdentityMapper(Job):
    def mapper_init(self):
        yield "mapper_init ran", 0

    def reducer(self, key, values):
        yield key, sorted(set(values))


class ReducerOnly(Job):
    def reducer(self, key, lines):
        yield key, sorted(lines)


class ReducerInitFinal(MapperReducer):
    def steps(self):
        return [
            MRStep(mapper=self.mapper, reducer_init=self.begin, reducer=self.add, reducer_final=self.end),
            MRStep(reducer=self.reducer),
        ]

    def begin(self):
        self.total = 0
        yield "reducer_init ran", 0

    def add(self, word, counts):
        count = sum(counts)
        self.total += count
        yield word, count

    def end(self):
        yield "total", self.total


class IdentityReducer(MapperReducer):
    def steps(self):
        return [
            MRStep(mapper=self.mapper, reducer_init=self.begin, reducer_final=self.end),
            MRStep(reducer=self.reducer),
        ]

    def begin(self):
        yield "reducer_init ran", 0

    def end(self):
        yield "reducer_final ran", 0


class ReturnsLists(Job):
    """mrjob takes any iterable of pairs, and None, where a generator is usual."""

    def mapper_init(self):
        return None

    def mapper(self, _, line):
        if line:
            return [(word, 1) for word in line.split()]

    def mapper_final(self):
        return (("the", 0),)

    def combiner(self, word, counts):
        return iter([[word, sum(counts)]])

    def reducer(self, word, counts):
        total = sum(counts)
        return {word: total}.items() if total > 1 else None


class NestedGenerators(Job):
    def mapper(self, _, line):
        yield from self.pairs(word for word in line.split())

    def pairs(self, words):
        yield from ((word[0], word) for word in words)

    def reducer(self, letter, words):
        def lengths():
            for word in words:
                yield len(word)

        yield from ((letter, total) for total in [sum(lengths())])


class IgnoresValues(MapperReducer):
    def reducer(self, word, counts):
        yield word, "seen"


class ReadsOneValue(Job):
    SORT_VALUES = True

    def mapper(self, _, line):
        for word in line.split():
            yield word[0], word

    def reducer(self, letter, words):
        yield letter, next(words)


class YieldsWhileReading(ReadsOneValue):
    """Emits between two values, then leaves the rest of the group unread."""

    def reducer(self, letter, words):
        for place, word in enumerate(words):
            if place == 2:
                return
            yield [letter, place], word


class ReadsValuesTwice(MapperReducer):
    """Values are one pass: the second reading finds nothing left."""

    def reducer(self, word, counts):
        yield word, [sum(counts), list(counts)]
