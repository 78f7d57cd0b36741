"""Count words with mrjob alone, as the example in its documentation does: mapper, combiner, reducer."""

import re
from collections.abc import Iterator

from mrjob.job import MRJob

WORD = re.compile(r"[\w']+")


class WordFrequency(MRJob):
    """Yield each word and how often it occurs."""

    def mapper(self, _: None, line: str) -> Iterator[tuple[str, int]]:
        for word in WORD.findall(line):
            yield word.lower(), 1

    def combiner(self, word: str, counts: Iterator[int]) -> Iterator[tuple[str, int]]:
        yield word, sum(counts)

    def reducer(self, word: str, counts: Iterator[int]) -> Iterator[tuple[str, int]]:
        yield word, sum(counts)


if __name__ == "__main__":
    WordFrequency.run()
