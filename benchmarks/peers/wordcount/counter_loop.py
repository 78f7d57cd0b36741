"""Count words with the standard library's Counter in one process; this loop is also the reference for every answer."""

import re
import sys
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"[\w']+")


def count(lines: Iterable[str]) -> Counter[str]:
    """Count the words of the lines.

    >>> count(["One fish,", "two fish"])
    Counter({'fish': 2, 'one': 1, 'two': 1})
    """
    counts: Counter[str] = Counter()
    for line in lines:
        for word in WORD.findall(line):
            counts[word.lower()] += 1
    return counts


def write(counts: Counter[str], path: str) -> None:
    """Write a line for each word: the word, a tab, its count."""
    with open(path, "w", encoding="utf-8") as output:
        output.writelines(f"{word}\t{count}\n" for word, count in counts.items())


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as lines:
        write(count(lines), sys.argv[2])
