"""Write seeded text whose words follow Zipf's law, the same bytes for the same seed and options.

    python -m benchmarks.corpus --size 200MB --words 100000 --seed 1 -o zipf.txt
    python -m benchmarks.corpus --size 5GB --distinct -o distinct.txt

A line is a sentence: a capital first, one word in quotes, a comma in the middle, a full stop. So a tokeniser has
something to do, and a reader that takes text for CSV gives itself away. Words are made of syllables, two letters
each, shorter for frequent words; every fiftieth has an apostrophe.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SYLLABLES = np.array([c + v for c in "bcdfghjklmnpqrstvwxz" for v in "aeiou"], dtype="S2")
UNITS = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
CHUNK_LINES = 1 << 14
URN_SLOTS = 1 << 22
DISTINCT_SYLLABLES = 5
# A step without a common factor with 100**5, near its golden section: i * STEP mod 100**5 visits every word once, and
# neighbours in the text lie far apart in the order of keys.
DISTINCT_STEP = 6_180_339_887

Words = NDArray[np.bytes_]
Ranks = NDArray[np.int64]


def parse_size(text: str) -> int:
    """Give the number of bytes in a size with a decimal unit.

    >>> parse_size("20MB"), parse_size("1.5 GB")
    (20000000, 1500000000)
    """
    match = re.fullmatch(r"([\d.]+)\s*(\w+)", text.strip())
    if match is None or match[2] not in UNITS:
        raise argparse.ArgumentTypeError(f"expected a size such as 200MB (units: {', '.join(UNITS)}); got {text!r}")
    return int(float(match[1]) * UNITS[match[2]])


def spell(numbers: Ranks, syllables: int) -> Words:
    """Write each number below 100**syllables as a word of that many syllables.

    >>> spell(np.array([0, 1, 9999]), 2)
    array([b'baba', b'babe', b'zuzu'], dtype='|S4')
    """
    base = len(SYLLABLES)
    digits = np.stack([numbers // base**place % base for place in reversed(range(syllables))], axis=-1)
    return np.ascontiguousarray(SYLLABLES[digits]).view(f"S{2 * syllables}")[..., 0]


def vocabulary(words: int, rng: np.random.Generator) -> Words:
    """Make so many different words, the shortest first, in an order of keys that tells nothing of their rank."""
    parts: list[list[bytes]] = []
    wanted, syllables = words, 1
    while wanted:
        there = len(SYLLABLES) ** syllables
        taken = min(wanted, there)
        parts.append(spell(rng.choice(there, taken, replace=False), syllables).tolist())
        wanted, syllables = wanted - taken, syllables + 1
    spelled = [word for part in parts for word in part]
    spelled[49::50] = [word[:-1] + b"'" + word[-1:] for word in spelled[49::50]]
    return np.array(spelled)


def sentences(words: Words) -> bytes:
    """Punctuate a table of words, one line a row."""
    width = words.shape[1]
    tokens = np.char.add(words, b" ").astype(f"S{words.itemsize + 3}")
    tokens[:, 0] = np.char.capitalize(tokens[:, 0])
    tokens[:, width // 4] = np.char.add(np.char.add(b'"', words[:, width // 4]), b'" ')
    tokens[:, width // 2] = np.char.add(words[:, width // 2], b", ")
    tokens[:, -1] = np.char.add(words[:, -1], b".\n")
    return tokens.tobytes().translate(None, b"\0")


def zipf(words: int = 100_000, exponent: float = 1.1, words_per_line: int = 16, seed: int = 1) -> Iterator[bytes]:
    """Yield chunks of endless text; the word of rank r comes as often as r**-exponent says.

    >>> from zlib import crc32
    >>> f"{crc32(next(zipf(words=1000))):x}"
    'a30afd82'
    """
    rng = np.random.Generator(np.random.PCG64(seed))
    spelled = vocabulary(words, rng)
    frequency = np.arange(1, words + 1, dtype=float) ** -exponent
    # Drawing a slot of an urn costs one look-up a word, where a search in the cumulative frequencies costs seventeen.
    slots = np.maximum(np.rint(frequency / frequency.sum() * max(URN_SLOTS, 8 * words)), 1).astype(np.int64)
    urn = np.repeat(np.arange(words, dtype=np.int32), slots)
    while True:
        yield sentences(spelled[urn[rng.integers(len(urn), size=(CHUNK_LINES, words_per_line))]])


def distinct(words_per_line: int = 16, seed: int = 1) -> Iterator[bytes]:
    """Yield chunks of endless text in which nine words of ten are new and the tenth comes from the first half so far.

    The first n words hold exactly `count_distinct(n)` different ones.
    """
    positions = np.arange(CHUNK_LINES * words_per_line, dtype=np.int64).reshape(CHUNK_LINES, words_per_line)
    while True:
        numbers = np.where(positions % 10 == 9, positions // 20 * 10, positions) + seed
        yield sentences(spell(numbers * DISTINCT_STEP % len(SYLLABLES) ** DISTINCT_SYLLABLES, DISTINCT_SYLLABLES))
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
