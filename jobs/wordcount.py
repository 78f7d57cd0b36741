"""Count how often each word occurs.

A word is a run of letters, digits, underscores and apostrophes, in lower case.

Map: a line to (word, 1) for each word. Reduce: the sum. Source: Dean and Ghemawat, "MapReduce" (2004), section 2.1.
Output: word, count.
"""

from bigdata import Job, Sum, columnar, words


class WordCount(Job):
    aggregator = Sum()

    @columnar(words.each())
    def mapper(self, _, line):
        for word in words(line):
            yield word, 1


if __name__ == "__main__":
    WordCount.run()
