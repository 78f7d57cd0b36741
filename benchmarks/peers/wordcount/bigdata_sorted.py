"""Count words with a job that declares no aggregator: mapper, combiner and reducer run in Python, pairs are sorted."""

import re
from collections.abc import Iterator

from bigdata import Job

WORD = re.compile(r"[\w']+")


class SortedWordCount(Job):
    """Yield each word and how often it occurs."""

    def mapper(self, _: None, line: str) -> Iterator[tuple[str, int]]:
        for word in WORD.findall(line):
            yield word.lower(), 1

    def combiner(self, word: str, counts: Iterator[int]) -> Iterator[tuple[str, int]]:
        yield word, sum(counts)

    def reducer(self, word: str, counts: Iterator[int]) -> Iterator[tuple[str, int]]:
        yield word, sum(counts)


if __name__ == "__main__":
    SortedWordCount.run()
