"""A text's words as numbers, so that references count many keys without an object for each."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.peers.wordcount.counter_loop import WORD


def numbered(path: Path) -> tuple[pa.Array, np.ndarray, np.ndarray]:
    """Give the words in the order in which they first come, and for each that occurs its number and its line's."""
    numbers: dict[str, int] = {}
    words, lines = [], []
    with open(path, encoding="utf-8") as text:
        for place, line in enumerate(text):
            found = WORD.findall(line.lower())
            words += [numbers.setdefault(word, len(numbers)) for word in found]
            lines += [place] * len(found)
    return pa.array(list(numbers)), np.array(words, dtype=np.int64), np.array(lines, dtype=np.int64)


def apart(words: np.ndarray, lines: np.ndarray, distance: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the numbers of each two words that are so far apart in one line, the first before the second.

    >>> first, second = apart(np.array([7, 8, 9]), np.array([0, 0, 1]), 1)
    >>> first.tolist(), second.tolist()
    ([7], [8])
    """
    together = lines[:-distance] == lines[distance:]
    return words[:-distance][together], words[distance:][together]


def counted(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the distinct pairs of two numbers, and how often each comes."""
    pairs, counts = np.unique(first << 32 | second, return_counts=True)
    return pairs >> 32, pairs & (2**32 - 1), counts
