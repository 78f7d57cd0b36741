"""Count words with a job whose mapper has a columnar twin in SQL, and keys that native code doesn't know."""

from collections.abc import Iterator

from bigdata import PLAIN_TEXT, Job, Sum, columnar, words


class ColumnarWordCount(Job):
    """Yield each word and how often it occurs."""

    aggregator = Sum()

    @columnar(f"SELECT unnest({words.sql('line')}) AS key, 1 AS value FROM input", alphabet=PLAIN_TEXT)
    def mapper(self, _: None, line: str) -> Iterator[tuple[str, int]]:
        for word in words(line):
            yield word, 1


if __name__ == "__main__":
    ColumnarWordCount.run()
