"""Write seeded text whose words follow Zipf's law, the same bytes for the same seed and options.

    python -m benchmarks.corpus --size 200MB --words 100000 --seed 1 -o zipf.txt
    python -m benchmarks.corpus --size 5GB --distinct -o distinct.txt

The text is that of `bigdata generate text`, which `bigdata.generators.text` describes, by size instead of by lines.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bigdata.generators.draws import scatter
from bigdata.generators.text import CHUNK_LINES, sentences, zipf
from bigdata.generators.words import SYLLABLES, spell

UNITS = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
DISTINCT_SYLLABLES = 5


def parse_size(text: str) -> int:
    """Give the number of bytes in a size with a decimal unit.

    >>> parse_size("20MB"), parse_size("1.5 GB")
    (20000000, 1500000000)
    """
    match = re.fullmatch(r"([\d.]+)\s*(\w+)", text.strip())
    if match is None or match[2] not in UNITS:
        raise argparse.ArgumentTypeError(f"expected a size such as 200MB (units: {', '.join(UNITS)}); got {text!r}")
    return int(float(match[1]) * UNITS[match[2]])


def distinct(words_per_line: int = 16, seed: int = 1) -> Iterator[bytes]:
    """Yield chunks of endless text in which nine words of ten are new and the tenth comes from the first half so far.

    The first n words hold exactly `count_distinct(n)` different ones.
    """
    positions = np.arange(CHUNK_LINES * words_per_line, dtype=np.int64).reshape(CHUNK_LINES, words_per_line)
    while True:
        numbers = np.where(positions % 10 == 9, positions // 20 * 10, positions) + seed - 1
        yield sentences(spell(scatter(numbers, len(SYLLABLES) ** DISTINCT_SYLLABLES), DISTINCT_SYLLABLES))
        positions += positions.size


def count_distinct(words: int) -> int:
    """Give the number of different words among the first of `distinct`.

    >>> count_distinct(1000)
    900
    """
    return words - words // 10


def write(chunks: Iterator[bytes], size: int, path: Path) -> None:
    """Write whole lines, as many as fit in size bytes; the file appears under its name when it is complete."""
    unfinished = path.with_name(path.name + ".unfinished")
    with open(unfinished, "wb") as file:
        while (left := size - file.tell()) > 0:
            chunk = next(chunks)
            if len(chunk) > left:
                file.write(chunk[: chunk.rfind(b"\n", 0, left) + 1])
                break
            file.write(chunk)
    unfinished.rename(path)


def main(argv: list[str] | None = None) -> None:
    """Write a corpus from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=parse_size, default="20MB", help="bytes to write, such as 200MB (default: 20MB)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=100_000, help="size of the vocabulary (default: 100000)")
    parser.add_argument("--exponent", type=float, default=1.1, help="of Zipf's law (default: 1.1)")
    parser.add_argument("--words-per-line", type=int, default=16)
    parser.add_argument("--distinct", action="store_true", help="nine words of ten are new; no vocabulary, no Zipf")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options: Any = parser.parse_args(argv)
    if options.distinct:
        chunks = distinct(options.words_per_line, options.seed)
    else:
        chunks = zipf(options.words, options.exponent, options.words_per_line, options.seed)
    write(chunks, options.size, options.output)


if __name__ == "__main__":
    main()
