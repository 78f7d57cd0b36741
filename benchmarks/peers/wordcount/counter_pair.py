"""Count words with two Counter loops side by side, half of the file each, and add the counts up."""

import io
import os
import sys
from collections import Counter
from multiprocessing import Pool
from typing import Any

from benchmarks.peers.wordcount.counter_loop import count, write


class Range(io.RawIOBase):
    """A range of a file's bytes as a file, so that the loop over its lines pays nothing for knowing where to stop."""

    def __init__(self, path: str, start: int, stop: int) -> None:
        self.file = open(path, "rb", buffering=0)
        self.file.seek(start)
        self.left = stop - start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        taken = self.file.readinto(memoryview(buffer)[: self.left]) or 0
        self.left -= taken
        return taken

    def close(self) -> None:
        self.file.close()
        super().close()


def count_range(path: str, start: int, stop: int) -> Counter[str]:
    """Count the words of a range of bytes that begins and ends with a line."""
    with io.TextIOWrapper(io.BufferedReader(Range(path, start, stop)), encoding="utf-8") as lines:
        return count(lines)


def count_halves(path: str) -> Counter[str]:
    """Count the words of a file in two processes."""
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        file.seek(size // 2)
        file.readline()
        middle = file.tell()
    with Pool(2) as pool:
        first, second = pool.starmap(count_range, [(path, 0, middle), (path, middle, size)])
    first.update(second)
    return first


if __name__ == "__main__":
    write(count_halves(sys.argv[1]), sys.argv[2])
