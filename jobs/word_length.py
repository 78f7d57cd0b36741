"""Mean, median and standard deviation of the length of words.

Map: a line to (length, 1) for each word. Reduce: the sum. The table of lengths that this leaves is small however long
the text, so a second step gathers it under one key and reads all three from it.
Source: Hadoop's examples wordmean, wordmedian and wordstandarddeviation; Miner and Shook, "MapReduce Design Patterns"
(2012), chapter 2, "Median and standard deviation".
Output: "mean", "median" or "standard deviation" (of the population); the number of characters. No words, no output.
"""

from bisect import bisect_left
from itertools import accumulate
from math import sqrt

from bigdata import Job, MRStep, Sum, columnar, words


class WordLength(Job):
    def steps(self):
        return [
            MRStep(mapper=self.lengths, aggregator=Sum()),
            MRStep(mapper=self.gather, reducer=self.statistics),
        ]

    @columnar(words.each("length(token)"))
    def lengths(self, _, line):
        for word in words(line):
            yield len(word), 1

    def gather(self, length, count):
        yield None, (length, count)

    def statistics(self, _, table):
        lengths, counts = zip(*sorted(table))
        places = list(accumulate(counts))
        total = places[-1]
        mean = sum(length * count for length, count in zip(lengths, counts)) / total
        variance = sum((length - mean) ** 2 * count for length, count in zip(lengths, counts)) / total
        lower, upper = (lengths[bisect_left(places, place)] for place in ((total + 1) // 2, total // 2 + 1))
        yield "mean", mean
        yield "median", (lower + upper) / 2
        yield "standard deviation", sqrt(variance)


if __name__ == "__main__":
    WordLength.run()
