"""Jobs of several steps, and of steps that lack a phase."""

from bigdata import Job, MRStep


class Words(Job):
    """What the jobs below are put together from."""

    def split(self, _, line):
        for word in line.split():
            yield word, 1

    def swap(self, word, count):
        yield count, word

    def add(self, word, counts):
        yield word, sum(counts)

    def collect(self, count, words):
        yield count, sorted(words)

    def collect_under_none(self, word, counts):
        yield None, [sum(counts), word]

    def most(self, _, pairs):
        yield max(pairs)


class TwoSteps(Words):
    def steps(self):
        return [MRStep(mapper=self.split, reducer=self.add), MRStep(mapper=self.swap, reducer=self.collect)]


class LaterStepWithoutMapper(Words):
    def steps(self):
        return [MRStep(mapper=self.split, reducer=self.collect_under_none), MRStep(reducer=self.most)]


class LaterStepMapOnly(Words):
    def steps(self):
        return [MRStep(mapper=self.split, combiner=self.add, reducer=self.add), MRStep(mapper=self.swap)]


class MapOnlySteps(Words):
    def steps(self):
        return [MRStep(mapper=self.split), MRStep(mapper=self.swap), MRStep(mapper=self.swap)]


class MapOnlyThenReduce(Words):
    def steps(self):
        return [MRStep(mapper=self.split), MRStep(mapper=self.swap), MRStep(reducer=self.collect)]


class CombinerOnlyFirstStep(Words):
    def steps(self):
        return [MRStep(mapper=self.split, combiner=self.add), MRStep(reducer=self.add)]


class CombinerOnlyLaterStep(Words):
    def steps(self):
        return [MRStep(mapper=self.split), MRStep(combiner=self.add), MRStep(reducer=self.add)]


class CombinerOnlyLastStep(Words):
    """A last combiner may run or not, so each key comes to it once."""

    def steps(self):
        return [MRStep(mapper=self.split, reducer=self.add), MRStep(combiner=self.add)]


class CombinerBesideIdentityMapper(Words):
    def steps(self):
        return [MRStep(mapper=self.split), MRStep(combiner=self.add, reducer=self.add)]


class QuietFirstStep(Words):
    """The second step has no input: its tasks begin and end all the same."""

    def steps(self):
        return [
            MRStep(mapper=self.drop, reducer=self.add),
            MRStep(mapper_final=self.one, reducer=self.collect),
            MRStep(reducer=self.first),
        ]

    def drop(self, _, line):
        return None

    def one(self):
        yield "mapper_final ran", 1

    def first(self, key, values):
        yield key, next(values)[0]


class StepsFromOptions(Words):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--rounds", type=int, default=1)

    def steps(self):
        round_ = MRStep(mapper=self.double, reducer=self.add)
        return [MRStep(mapper=self.split, reducer=self.add)] + [round_] * self.options.rounds

    def double(self, word, count):
        self.increment_counter("round", "words")
        yield word, 2 * count


class StepsOfFunctions(Job):
    """A phase may be any function, not only a method."""

    def steps(self):
        return [
            MRStep(
                mapper=lambda _, line: [(word, 1) for word in line.split()],
                reducer=lambda word, counts: [(word, sum(counts))],
            )
        ]
