"""Count how many words occur once, how many twice, and so on: the frequencies of frequencies.

Map: a line to (word, 1) for each word. Reduce: the sum. Then map: a word's count n to (n, 1); reduce: the sum.
Source: Hadoop's example aggregatewordhist; Good, "The population frequencies of species and the estimation of
population parameters" (1953).
Output: n, how many words occur n times.
"""

from bigdata import Job, MRStep, Sum, columnar, words


class FrequencyHistogram(Job):
    def steps(self):
        return [
            MRStep(mapper=self.occurrences, aggregator=Sum()),
            MRStep(mapper=self.frequencies, aggregator=Sum()),
        ]

    @columnar(words.each())
    def occurrences(self, _, line):
        for word in words(line):
            yield word, 1

    def frequencies(self, word, count):
        yield count, 1


if __name__ == "__main__":
    FrequencyHistogram.run()
