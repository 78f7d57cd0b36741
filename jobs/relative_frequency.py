"""Estimate the probability of the word that follows a word in a line: P(next | word).

Map: each word and the next to ([word, next], 1) and, for the word's total, ([word, ""], 1); reduce: the sum. Then map:
to (word, [next, count]); reduce: order inversion. The values of a word come sorted, so its total comes before the
counts that it divides, and no group is held in memory.
Source: Lin and Dyer, "Data-Intensive Text Processing with MapReduce" (2010), section 3.3, "Computing Relative
Frequencies".
Output: [word, next], probability.
"""

from bigdata import Job, MRStep, Sum, columnar, words

TOTAL = ""  # sorts before every word


class RelativeFrequency(Job):
    SORT_VALUES = True

    def steps(self):
        return [
            MRStep(mapper=self.pairs, aggregator=Sum()),
            MRStep(mapper=self.by_word, reducer=self.divide),
        ]

    @columnar(words.successors())
    def pairs(self, _, line):
        tokens = words(line)
        for word, following in zip(tokens, tokens[1:]):
            yield [word, TOTAL], 1
            yield [word, following], 1

    @columnar("SELECT key[1] AS key, {'0': key[2], '1': value} AS value FROM input")
    def by_word(self, pair, count):
        word, following = pair
        yield word, (following, count)

    @columnar("""
        SELECT [key, n['0']] AS key, n['1'] / total AS value
        FROM (SELECT key, values[1]['1'] AS total, unnest(values) AS n FROM input) WHERE n['0'] <> ''
    """)
    def divide(self, word, counts):
        _, total = next(counts)
        for following, count in counts:
            yield (word, following), count / total


if __name__ == "__main__":
    RelativeFrequency.run()
