"""Jobs that count and report. How often a combiner runs is free, so its counters have a group that isn't compared."""

from bigdata import Job, MRStep


class CountersInEveryPhase(Job):
    JOBCONF = {"mapreduce.job.reduces": 1}

    def mapper_init(self):
        self.increment_counter("map", "began")

    def mapper(self, _, line):
        self.increment_counter("map", "lines")
        self.increment_counter("map", "letters", len(line))
        yield None, len(line)

    def mapper_final(self):
        self.increment_counter("map", "ended")

    def combiner_init(self):
        self.increment_counter("combiner", "began")

    def combiner(self, key, lengths):
        self.increment_counter("combiner", "groups")
        yield key, sum(lengths)

    def combiner_final(self):
        self.increment_counter("combiner", "ended")

    def reducer_init(self):
        self.increment_counter("reduce", "began")

    def reducer(self, key, lengths):
        self.increment_counter("reduce", "groups")
        yield key, sum(lengths)

    def reducer_final(self):
        self.increment_counter("reduce", "ended")


class CounterNames(Job):
    def mapper(self, _, line):
        self.increment_counter("commas, in the group", "and, in, the name")
        self.increment_counter(1, None)
        self.increment_counter("errors", ValueError("no such thing"))
        self.increment_counter("größe", "日本: 1", amount=2**40)
        self.increment_counter("amounts", "zero", 0)
        self.increment_counter("amounts", "negative", -3)
        self.increment_counter("", "no group")
        yield line, None


class CountersOfSteps(Job):
    """The same counter in every step counts for each step by itself."""

    def steps(self):
        return [
            MRStep(mapper=self.split, reducer=self.count),
            MRStep(reducer=self.count),
            MRStep(mapper=self.pass_silently),
        ]

    def split(self, _, line):
        for word in line.split():
            self.increment_counter("words", "seen")
            yield word, 1

    def count(self, word, counts):
        self.increment_counter("words", "seen")
        yield word[0], sum(counts)

    def pass_silently(self, letter, count):
        yield letter, count


class CounterAfterLastPair(Job):
    """Counts in a generator that has emitted all it will, and in one that emits nothing."""

    def mapper(self, _, line):
        yield line[:1], 1
        self.increment_counter("map", "after the pair")

    def reducer(self, key, values):
        self.increment_counter("reduce", "silent")
        yield from ()


class Status(Job):
    """Status lines and other text on stderr are neither output nor counters."""

    def mapper_init(self):
        self.set_status("beginning, with a comma")

    def mapper(self, _, line):
        self.set_status(f"at line: {line}")
        self.stderr.write(b"a remark\nreporter:counter:map,by hand,2\n")
        yield line, 1

    def reducer(self, line, counts):
        self.set_status("größe")
        yield line, sum(counts)

    def reducer_final(self):
        self.set_status(None)
