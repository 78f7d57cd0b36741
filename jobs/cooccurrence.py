"""Count how often two words occur near each other: at most N words apart, in one line.

As pairs, map: a line to ([word, neighbour], 1) for each neighbour of each of its words; reduce: the sum. As stripes,
map: a line to (word, {neighbour: count}) for each of its words; reduce: the sum, element by element. Stripes are fewer
and larger: they save sorting, but the stripe of a word must fit in memory. Both give the same counts.
Source: Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 3.2, "Pairs and Stripes".
Output: [word, neighbour], count; as stripes word, {neighbour: count}, the neighbours in order.
"""

from collections import Counter

from bigdata import Aggregator, Job, MRStep, Sum, at_least, columnar, words


class StripeSum(Aggregator):
    """The sum of stripes, element by element."""

    def merge(self, a, b):
        for neighbour, count in b.items():
            a[neighbour] = a.get(neighbour, 0) + count
        return a

    def present(self, state):
        return dict(sorted(state.items()))


def neighbours(line, window):
    """Each word of a line with the list of the words around it."""
    tokens = words(line)
    for i, word in enumerate(tokens):
        yield word, tokens[max(i - window, 0) : i] + tokens[i + 1 : i + window + 1]


class Cooccurrence(Job):
    def configure_args(self):
        super().configure_args()
        self.add_passthru_arg("--window", type=at_least(1), default=2, help="How many words to each side are near (2)")
        self.add_passthru_arg("--stripes", action="store_true", help="Count by stripes, not by pairs")

    def steps(self):
        if self.options.stripes:
            return [MRStep(mapper=self.stripes, aggregator=StripeSum())]
        return [MRStep(mapper=self.pairs, aggregator=Sum())]

    @columnar(lambda job: words.pairs(job.options.window))
    def pairs(self, _, line):
        for word, near in neighbours(line, self.options.window):
            for neighbour in near:
                yield [word, neighbour], 1

    def stripes(self, _, line):
        for word, near in neighbours(line, self.options.window):
            yield word, Counter(near)


if __name__ == "__main__":
    Cooccurrence.run()
