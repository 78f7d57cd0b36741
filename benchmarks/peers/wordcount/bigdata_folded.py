"""Count words with a job that has a Python mapper and a declared aggregator, and no columnar twin."""

import re
from collections.abc import Iterator

from bigdata import Job, Sum

WORD = re.compile(r"[\w']+")


class FoldedWordCount(Job):
    """Yield each word and how often it occurs."""

    aggregator = Sum()

    def mapper(self, _: None, line: str) -> Iterator[tuple[str, int]]:
        for word in WORD.findall(line):
            yield word.lower(), 1


if __name__ == "__main__":
    FoldedWordCount.run()
